"""The installed program, started for real, as a shell starts it."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from board_report import __version__

SCRIPT = Path(sysconfig.get_path("scripts")) / "board-report"


def start(
    *arguments: object, cwd: Path | None = None, **environment: str
) -> subprocess.Popen[bytes]:
    """Start the program with its output piped."""
    assert SCRIPT.exists(), "the program is not installed: run ./setup"
    return subprocess.Popen(
        [str(SCRIPT), *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@contextmanager
def interrupts_heard() -> Iterator[None]:
    """Tests that run behind ``&`` inherit that interrupts are ignored; their children need not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def run(*arguments: object, cwd: Path | None = None, **environment: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    process = start(*arguments, cwd=cwd, **environment)
    out, err = process.communicate(timeout=120)
    return process.returncode, out.decode(errors="replace"), err.decode(errors="replace")


def test_version() -> None:
    """The script is the package's."""
    assert run("--version") == (0, f"board-report {__version__}\n", "")


def test_module_is_the_same_program() -> None:
    """``python -m board_report`` says what ``board-report`` says."""
    done = subprocess.run([sys.executable, "-m", "board_report", "-h"], capture_output=True)
    code, out, _ = run("--help")
    assert (done.returncode, done.stdout.decode()) == (code, out)


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "latin-1"},
    ],
    ids=["C", "without-utf-8", "latin-1"],
)
@pytest.mark.parametrize("command", ["check", "metrics", "explain mttr"])
def test_no_locale_makes_it_fail(
    command: str, locale: dict[str, str], tmp_path: Path, project: Path
) -> None:
    """Also with names that the locale's encoding does not have."""
    report = project / "report.toml"
    text = report.read_text(encoding="utf-8").replace('"Europe"', '"Europe", "Zürich 名"')
    report.write_text(text, encoding="utf-8")
    incidents = project / "ciso" / "servicenow_incidents.csv"
    rows = incidents.read_text(encoding="utf-8").replace(",Insider,", ",Ïnsider ≥ 名,", 1)
    incidents.write_text(rows, encoding="utf-8")
    options = () if command == "metrics" else ("--project", project)
    code, out, err = run(*command.split(), *options, cwd=tmp_path, **locale)
    assert code == (2 if command == "check" else 0), err
    assert "Traceback" not in err
    assert out


def test_reader_that_stopped_reading_is_no_error(tmp_path: Path) -> None:
    """As in ``board-report metrics | head -1``: no traceback, no complaint at the end."""
    with start("metrics", "--json", cwd=tmp_path) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        complaint = process.stderr.read().decode()
    assert complaint == ""
    assert process.returncode == 141


def test_interruption_leaves_no_traceback_and_no_output(tmp_path: Path, project: Path) -> None:
    """Ctrl-C reaches every process of the program at once."""
    with interrupts_heard():
        process = start("build", "--project", project, cwd=tmp_path)
    assert process.stderr
    process.stderr.readline()  # the first finding: the data were read, the figures are next
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err.decode()
    assert "Traceback" not in err.decode()
    assert "Interrupted." in err.decode()
    assert out == b""
    assert not (tmp_path / "output").exists() or not any((tmp_path / "output").iterdir())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str) -> None:
    """The line that the documentation gives prints what the shell is to load."""
    code, out, _ = run(_BOARD_REPORT_COMPLETE=f"{shell}_source")
    assert code == 0
    assert "_BOARD_REPORT_COMPLETE" in out
    assert "board-report" in out


@pytest.mark.parametrize(
    ("words", "at", "offered"),
    [
        (
            "board-report ",
            "1",
            {
                "init", "map", "check", "build", "explain", "metrics", "sign-off", "status",
                "record-shown", "incident", "redline", "prior", "peers", "xbrl", "archive", "sign",
                "verify-signature",
            },
        ),
        ("board-report explain mtt", "2", {"mttd", "mtta", "mttc", "mttr"}),
        ("board-report build --only d", "3", {"deck", "disclosure"}),
    ],
)  # fmt: skip
def test_completion_offers(words: str, at: str, offered: set[str]) -> None:
    """Commands, the names of metrics, and the choices of an option."""
    environment = {
        "_BOARD_REPORT_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": at,
    }
    code, out, err = run(**environment)
    assert code == 0, err
    assert {line.split(",", 1)[1] for line in out.splitlines()} == offered


def on_terminal(*arguments: object, cwd: Path) -> tuple[int, str]:
    """Exit code and all that a person at a terminal would see."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [str(SCRIPT), *map(str, arguments)],
        cwd=cwd,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100", "NO_COLOR": "1"},
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end was closed
            break
        if not part:
            break
        seen += part
    os.close(ours)
    return process.wait(timeout=60), seen.decode().replace("\r\n", "\n")


def test_terminal_gets_groups_and_tables(project: Path) -> None:
    """A person sees findings by kind; a pipe gets one line each."""
    code, seen = on_terminal("check", cwd=project)
    assert code == 2
    assert "error: out_of_order (" in seen
    assert "set aside" in seen
    _, piped, _ = run("check", cwd=project)
    assert "error: out_of_order (" not in piped
    assert ": error out_of_order recovered_at '" in piped
