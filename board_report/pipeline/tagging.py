"""What can be asked of a tagged document, ours or another filer's: its faults and its facts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.errors import DocumentError

if TYPE_CHECKING:
    from board_report.documents.xbrl.read_records import ReadFact
    from board_report.model import Finding

MARK = "reconstructed"
"""A rebuilt taxonomy says so in its file's name."""


def check_tagged(path: Path, packages: Sequence[Path] = ()) -> tuple[Finding, ...]:
    """Hold a document against our own rules and, where Arelle is installed, validate it.

    Args:
        path: the document; its own schema stands beside it.
        packages: genuine taxonomy packages; without any, the one that the program rebuilds.

    Raises:
        DocumentError: the document or a package cannot be read, or it is no XHTML.
    """
    from board_report.documents.xbrl.checks import check_read
    from board_report.documents.xbrl.codes import XbrlCode, xbrl_finding
    from board_report.documents.xbrl.reader import read_document
    from board_report.documents.xbrl.validator import is_installed, validate, validator_findings

    for each in packages:
        _read(each)
    document = read_document(_document(path))
    found = check_read(document, file=path.name)
    absent = [each for each in document.schema_refs if _is_absent(path.parent, each)]
    if absent:
        return *found, xbrl_finding(XbrlCode.SCHEMA_ABSENT, file=path.name, value=absent[0])
    if not is_installed():
        return *found, xbrl_finding(XbrlCode.NOT_VALIDATED, file=path.name)
    validation = validate(path, packages or None)
    note = () if packages else (xbrl_finding(XbrlCode.RECONSTRUCTED, file=path.name),)
    return *found, *validator_findings(validation, file=path.name), *note


def _is_absent(folder: Path, address: str) -> bool:
    """Whether a schema of the document's own folder is missing; one elsewhere is not looked for."""
    name = Path(address).name
    return name == address and not (folder / name).is_file()


def tagged_facts(path: Path) -> tuple[ReadFact, ...]:
    """The facts of a document, in its order.

    Raises:
        DocumentError: the document cannot be read, or it is no XHTML.
    """
    from board_report.documents.xbrl.reader import read_facts

    return read_facts(_document(path))


def write_taxonomy_package(path: Path) -> int:
    """Write the taxonomy package that the program rebuilds, and say how many bytes it has.

    Raises:
        DocumentError: the name does not say what it is, or the file cannot be written.
    """
    from board_report.archive.synced import replace_file
    from board_report.documents.xbrl.package import taxonomy_package

    if MARK not in path.name.lower() or path.suffix.lower() != ".zip":
        raise DocumentError(
            f"{path.name} does not say that it is reconstructed.",
            mend=f"Name it so that nobody takes it for the Commission's: cyd-{MARK}.zip.",
        )
    data = taxonomy_package()
    try:
        replace_file(path, data)
    except OSError as error:
        raise DocumentError(
            f"{path} cannot be written: {(error.strerror or 'no reason given').lower()}."
        ) from error
    return len(data)


def _document(path: Path) -> bytes:
    """The bytes of a document that can be parsed.

    Raises:
        DocumentError: it cannot be read or parsed; the message names the file.
    """
    from board_report.documents.xbrl.reader import parse

    data = _read(path)
    try:
        parse(data)
    except DocumentError as error:
        where = ", ".join(each for each in (path.name, error.where) if each)
        raise DocumentError(error.what, where=where, mend=error.mend) from error
    return data


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(
            f"{path} cannot be read: {(error.strerror or 'no reason given').lower()}.",
            mend="Name a file that is there.",
        ) from error
