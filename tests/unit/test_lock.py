"""The locks hold what pyproject.toml asks for, on every Python we support, and name no server."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PYPROJECT["project"]["dependencies"]
OPTIONAL = PYPROJECT["project"]["optional-dependencies"]
EXTRAS = [asked for name, some in OPTIONAL.items() if name != "dev" for asked in some]
# The development extra names the package's own extras in one line.
DEV = [*(asked for asked in OPTIONAL["dev"] if not asked.startswith("board-report[")), *EXTRAS]
BUILD = PYPROJECT["build-system"]["requires"]
# Come with WeasyPrint, which works with the same objects and decides their versions.
THROUGH_WEASYPRINT = {"fonttools", "pydyf"}
# Come with pyHanko (the last with its token support), in the same way.
THROUGH_PYHANKO = {"asn1crypto", "cryptography", "pyhanko-certvalidator", "python-pkcs11"}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = ("linux", "darwin")


@dataclass(frozen=True)
class Pin:
    """One locked version, where it applies, and how many files of it are allowed."""

    name: str
    version: Version
    marker: Marker | None
    hash_count: int

    def applies(self, python: str, platform: str) -> bool:
        """Whether this pin is the one for that Python on that system."""
        environment = {
            **{key: str(value) for key, value in default_environment().items()},
            "python_version": python,
            "python_full_version": f"{python}.0",
            "sys_platform": platform,
            "os_name": "posix",
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
        }
        return self.marker is None or self.marker.evaluate(environment)


def read_pins(lock: Path) -> list[Pin]:
    """Every pin of a lock file."""
    logical_lines = lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return [parse_pin(line) for line in logical_lines if line and not line.lstrip().startswith("#")]


def parse_pin(line: str) -> Pin:
    """One logical line of a lock: ``name==version ; marker --hash=... --hash=...``."""
    requirement, *hashes = re.split(r"\s+--hash=", line.strip())
    parsed = Requirement(requirement)
    [specifier] = parsed.specifier
    assert specifier.operator == "==", line
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", found) for found in hashes), line
    name = canonicalize_name(parsed.name)
    return Pin(name, Version(specifier.version), parsed.marker, len(hashes))


def pinned_versions(lock: str, python: str, platform: str) -> dict[str, Version]:
    """Name to version for one Python on one system; a name pinned twice is a fault."""
    pins = [pin for pin in read_pins(ROOT / "requirements" / lock) if pin.applies(python, platform)]
    versions = {pin.name: pin.version for pin in pins}
    assert len(versions) == len(pins)
    return versions


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("runtime.lock", RUNTIME),
        ("build.lock", BUILD),
        ("dev.lock", RUNTIME + DEV + BUILD),
    ],
)
def test_lock_satisfies_the_floors(lock: str, asked: list[str], python: str, platform: str) -> None:
    """Each direct dependency is pinned, to a version that pyproject.toml allows."""
    versions = pinned_versions(lock, python, platform)
    for requirement in map(Requirement, asked):
        name = canonicalize_name(requirement.name)
        assert name in versions, f"{name} is not in {lock}: run `make lock`"
        assert versions[name] in requirement.specifier, f"{name} in {lock}: run `make lock`"


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("part", ["runtime.lock", "build.lock"])
def test_dev_lock_tests_what_users_install(part: str, python: str, platform: str) -> None:
    """The development lock has the same versions as the smaller locks, so tests speak for them."""
    everything = pinned_versions("dev.lock", python, platform).items()
    assert pinned_versions(part, python, platform).items() <= everything


@pytest.mark.parametrize("requirement", RUNTIME)
def test_figures_come_from_the_same_versions_everywhere(requirement: str) -> None:
    """What computes and draws has one version for all Pythons: a new Python moves no figure."""
    name = canonicalize_name(Requirement(requirement).name)
    pins = [pin for pin in read_pins(ROOT / "requirements" / "runtime.lock") if pin.name == name]
    assert len(pins) == 1


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_has_hashes(lock: Path) -> None:
    """A file that is not one of those resolved is refused, wherever it is downloaded from."""
    assert [pin.name for pin in read_pins(lock) if pin.hash_count == 0] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_names_no_server_and_no_folder(lock: Path) -> None:
    """Whoever installs chooses the package index; the lock neither knows nor overrides it."""
    text = lock.read_text(encoding="utf-8")
    found = re.findall(r"\S*://\S*|file:\S*|--(?!hash=)\S+|\S+ @ \S+|\s/\S+", text)
    assert found == []


def test_build_inputs_agree_with_pyproject() -> None:
    """The build backend has the same floor in both places that name it."""
    lines = (ROOT / "requirements" / "build.in").read_text(encoding="utf-8").splitlines()
    assert set(BUILD) <= set(lines)


def test_development_has_every_extra() -> None:
    """Tests run with all of them; what a user leaves out is tried by hiding it."""
    (own,) = [Requirement(asked) for asked in OPTIONAL["dev"] if asked.startswith("board-report[")]
    assert own.extras == set(OPTIONAL) - {"dev"}


@pytest.mark.parametrize("requirement", RUNTIME + DEV + BUILD)
def test_every_direct_dependency_is_explained(requirement: str) -> None:
    """docs/dependencies.md says of each direct dependency what it is for, and its floor."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    parsed = Requirement(requirement)
    floor = str(parsed.specifier).removeprefix(">=")
    assert re.search(rf"^\| `{re.escape(parsed.name)}` \| {re.escape(floor)} \|", text, re.M)


def imported_modules(folder: Path) -> Iterator[str]:
    """The top-level name of every module that the package's files import."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.split(".")[0]


def test_package_imports_only_what_it_declares() -> None:
    """Nothing works only because another dependency happens to bring a library along."""
    distributions = packages_distributions()
    modules = set(imported_modules(ROOT / "board_report")) - sys.stdlib_module_names
    used = {
        canonicalize_name(name)
        for module in modules - {"board_report"}
        for name in distributions.get(module, [module])
    }
    declared = {canonicalize_name(Requirement(asked).name) for asked in (*RUNTIME, *EXTRAS)}
    assert used - declared <= THROUGH_WEASYPRINT | THROUGH_PYHANKO
