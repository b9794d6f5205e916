"""The built wheel works by itself: new environment, other folder, no checkout in sight."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What makes and checks the sample company stays in the repository.
WORKSHOP = {"generate.py", "generator", "known_answers.json"}
QUARTER_FILES = (
    "board-deck.pdf",
    "board-deck-appendix.pdf",
    "briefing-book.pdf",
    "governance-disclosure.pdf",
    "disclosure-redline.pdf",
    "disclosure-committee.pdf",
    "disclosure-tags.pdf",
)

# One worker builds and installs the wheel once for all of these tests.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*command: object, cwd: Path) -> str:
    """Run a command outside the checkout's influence and return its standard output."""
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "BOARD_REPORT_SHARED_DATA")
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def write_constraints(folder: Path) -> Path:
    """The locked versions without their hashes: the wheel says what it needs, the lock which."""
    lock = (ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8")
    pins = [line.removesuffix("\\").strip() for line in lock.splitlines() if line[:1].isalnum()]
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(pins), encoding="utf-8")
    return constraints


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation")
    run(*build, "--outdir", folder, ROOT, cwd=folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of a new environment that holds the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "env", cwd=folder)
    scripts = folder / "env" / "bin"
    pip = (sys.executable, "-m", "pip", "--python", scripts / "python")
    run(*pip, "install", "--quiet", "-c", write_constraints(folder), wheel, cwd=folder)
    return scripts


def names_under(wheel: Path, folder: str) -> set[str]:
    """The files that the wheel holds under one folder of the package, relative to it."""
    prefix = f"board_report/{folder}/"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    return {name.removeprefix(prefix) for name in names if name.startswith(prefix)}


def files_under(folder: Path) -> set[str]:
    """The files of a folder that are to be shipped, relative to it."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    left_out = WORKSHOP | {"__pycache__", "output"}
    return {str(path) for path in files if left_out.isdisjoint(path.parts)}


@pytest.mark.parametrize("folder", ["templates", "sample_data"])
def test_wheel_holds_the_shipped_folders(wheel: Path, folder: str) -> None:
    """Every template, style, font and sample file travels with the package."""
    expected = files_under(ROOT / folder)
    assert expected
    assert names_under(wheel, folder) == expected


def test_wheel_holds_fonts(wheel: Path) -> None:
    """The documents never depend on a font of the machine they are made on."""
    fonts = {name for name in names_under(wheel, "templates") if name.startswith("fonts/")}
    assert any(name.endswith((".ttf", ".otf", ".woff2")) for name in fonts)


def test_wheel_holds_no_tests_and_no_output(wheel: Path) -> None:
    """Only the package and its metadata are installed."""
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0].split("-")[0] for name in archive.namelist()}
    assert tops == {"board_report"}


def test_package_is_the_installed_one(scripts: Path, tmp_path: Path) -> None:
    """The package is imported from the new environment, not from this checkout."""
    show = "import board_report; print(board_report.__file__)"
    module = Path(run(scripts / "python", "-c", show, cwd=tmp_path).strip())
    assert module.is_relative_to(scripts.parent)


def test_installed_program_starts_a_project_and_builds_it(scripts: Path, tmp_path: Path) -> None:
    """``init`` and ``build`` work away from the checkout, inside the project and beside it."""
    program = scripts / "board-report"
    run(program, "init", "demo", cwd=tmp_path)
    inside = run(program, "build", cwd=tmp_path / "demo").splitlines()
    options = ("--project", "demo", "--output", "out")
    beside = run(program, "build", *options, cwd=tmp_path).splitlines()
    check_documents(inside, tmp_path / "demo", tmp_path / "demo" / "output")
    check_documents(beside, tmp_path, tmp_path / "out")


def check_documents(printed: list[str], cwd: Path, output: Path) -> None:
    """The documents are where the contract says, and that is what was printed."""
    [quarter] = {path.parent for path in output.glob("*/board-deck.pdf")}
    documents = [quarter / name for name in QUARTER_FILES]
    assert [(cwd / line).resolve() for line in printed] == [path.resolve() for path in documents]
    assert all(path.read_bytes().startswith(b"%PDF-") for path in documents)
