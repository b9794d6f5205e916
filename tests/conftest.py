"""Fixtures that several test folders share: the program in process, and one sample build."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from board_report.cli import main
from board_report.pipeline import Built, build
from board_report.resources import sample_folder


@dataclass(frozen=True)
class Outcome:
    """What a run of the program came to."""

    exit_code: int
    stdout: str
    stderr: str


CallCli = Callable[..., Outcome]


class Terminal(io.TextIOWrapper):
    """A stream that says that a person reads it."""

    def isatty(self) -> bool:
        return True


def call_program(*arguments: object, terminal: bool = False, encoding: str = "utf-8") -> Outcome:
    """Run the program in this process, as its entry point does."""
    kind = Terminal if terminal else io.TextIOWrapper
    out, err = kind(io.BytesIO(), encoding=encoding), kind(io.BytesIO(), encoding=encoding)
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
        main([str(each) for each in arguments])
    assert isinstance(left.value.code, int)
    return Outcome(left.value.code, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8", "surrogateescape")


@pytest.fixture
def call_cli() -> CallCli:
    """``call_cli("check", "--project", folder)`` gives exit code, stdout and stderr."""
    return call_program


def copy_sample(folder: Path) -> Path:
    """A project of the test's own, as ``init`` makes it."""
    outcome = call_program("init", folder)
    assert outcome.exit_code == 0, outcome.stderr
    return folder


@pytest.fixture
def project(tmp_path: Path, pristine_project: Path) -> Path:
    """A copy of the sample project that the test may change."""
    return Path(shutil.copytree(pristine_project, tmp_path / "project"))


@pytest.fixture(scope="session")
def pristine_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project as ``init`` makes it; never change it."""
    return copy_sample(tmp_path_factory.mktemp("pristine") / "project")


@pytest.fixture(scope="session")
def sample_build(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Both documents of the sample company, built once; never change the folder."""
    return build(sample_folder(), tmp_path_factory.mktemp("sample") / "output")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of the sample build on one worker, so that it is built once."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "sample_build" in fixtures and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("sample_build"))
