"""Validate a document with Arelle, offline and in a process of its own.

Arelle keeps state of its own in a process and a cache in the user's folders; a process with a home
that is thrown away leaves neither behind. It is told to work offline, and any proxy that it might
find leads nowhere.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from board_report.documents.xbrl.codes import XbrlCode, xbrl_finding
from board_report.documents.xbrl.package import taxonomy_package
from board_report.errors import DocumentError
from board_report.model import Finding, Severity

SECONDS = 300
"""After which a validation is given up; an ordinary document takes one or two."""
OUR_PACKAGE = "cyd-reconstructed.zip"
_SEVERITIES = {"critical": Severity.ERROR, "error": Severity.ERROR, "warning": Severity.WARNING}
_NOWHERE = "http://127.0.0.1:9"
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH")


@dataclass(frozen=True)
class Message:
    """One line of Arelle's log."""

    code: str
    """Arelle's own: ``xmlSchema:valueError``."""
    level: str
    """``error``, ``warning``, ``inconsistency``, ``info``."""
    text: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class ArelleFact:
    """One fact as Arelle read it."""

    name: str
    context_id: str
    value: str


@dataclass(frozen=True)
class Validation:
    """What a run of Arelle said."""

    messages: tuple[Message, ...]
    facts: tuple[ArelleFact, ...] = ()
    """Only where they were asked for."""

    @property
    def objections(self) -> tuple[Message, ...]:
        """Errors, warnings and inconsistencies; a clean document has none."""
        return tuple(each for each in self.messages if each.level != "info")


def is_installed() -> bool:
    """Whether Arelle is there; it is an extra."""
    return find_spec("arelle") is not None


def validate(
    document: Path, packages: Sequence[Path] | None = None, *, with_facts: bool = False
) -> Validation:
    """Validate a document that has its schema beside it.

    Args:
        document: the ``.htm`` file.
        packages: taxonomy packages; by default the one that the program rebuilds.
        with_facts: true lists the facts as well.

    Raises:
        DocumentError: Arelle is not installed, does not end, or says nothing.
    """
    if not is_installed():
        raise DocumentError(
            "Arelle is not installed.", mend='Install it: pip install "board-report[xbrl]".'
        )
    with TemporaryDirectory(prefix="board-report-xbrl-") as folder:
        home = Path(folder)
        if packages is None:
            own = home / OUR_PACKAGE
            own.write_bytes(taxonomy_package())
            packages = [own]
        return _run(document, packages, home, with_facts)


def _run(document: Path, packages: Sequence[Path], home: Path, with_facts: bool) -> Validation:
    log, facts = home / "log.json", home / "facts.json"
    command = [
        *(sys.executable, "-P", "-m", "arelle.CntlrCmdLine"),
        *("--workOffline", "--validate"),
        *("--xdgConfigHome", str(home), "--logFile", str(log)),
        *("--file", str(document.resolve())),
    ]
    if packages:
        command += ["--packages", "|".join(str(each.resolve()) for each in packages)]
    if with_facts:
        command += ["--facts", str(facts), "--factListCols", "Name,contextRef,Value"]
    try:
        done = subprocess.run(
            command,
            env=_environment(os.environ, home),
            cwd=home,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentError(
            f"Arelle did not end within {SECONDS} seconds.", where=document.name
        ) from error
    if not log.is_file():
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no reason"]
        raise DocumentError(f"Arelle could not run: {last[0][:200]}", where=document.name)
    return Validation(read_log(log.read_text(encoding="utf-8")), _facts(facts))


def _environment(given: Mapping[str, str], home: Path) -> dict[str, str]:
    """What Arelle may know of this machine: where programs are, and a home of its own."""
    kept = {key: given[key] for key in _KEPT if key in given}
    folders = dict.fromkeys(("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "TMPDIR"), str(home))
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
    return {**kept, **folders, **proxies, "PYTHONDONTWRITEBYTECODE": "1"}


def read_log(text: str) -> tuple[Message, ...]:
    """The messages of a log that Arelle wrote as JSON."""
    found = []
    for entry in json.loads(text)["log"]:
        refs = entry.get("refs") or [{}]
        href = str(refs[0].get("href", "")).partition("#")[0]
        found.append(
            Message(
                code=str(entry.get("code", "")),
                level=str(entry.get("level", "")).lower(),
                text=_bare(str(entry.get("message", {}).get("text", ""))),
                file=href.rpartition("/")[2],
                line=int(refs[0].get("sourceLine") or 0),
            )
        )
    return tuple(found)


def _bare(text: str) -> str:
    """A message without its code before it and its file after it."""
    squeezed = " ".join(text.split())
    return re.sub(r"^\[[^\]]*\] ?| - [^ ]+\.\w+( \d+)?$", "", squeezed)


def _facts(path: Path) -> tuple[ArelleFact, ...]:
    """The list of facts, where one was asked for."""
    if not path.is_file():
        return ()
    listed = json.loads(path.read_text(encoding="utf-8"))["factList"]
    return tuple(
        ArelleFact(str(name["name"]), str(given.get("contextRef", "")), str(given.get("value", "")))
        for kind, name, given in listed
        if kind == "item"
    )


def validator_findings(validation: Validation, *, file: str) -> tuple[Finding, ...]:
    """Arelle's objections as findings, with its own code and words."""
    found = []
    for each in validation.objections:
        finding = xbrl_finding(
            XbrlCode.VALIDATOR,
            file=each.file or file,
            line=each.line,
            value=each.code,
            message=each.text,
        )
        severity = _SEVERITIES.get(each.level, Severity.WARNING)
        found.append(replace(finding, severity=severity))
    return tuple(found)
