"""Find out which reader each source needs, before any of them is read for its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from board_report.errors import ProjectError
from board_report.model import Finding
from board_report.project import SourceSpec
from board_report.project.origins import is_object
from board_report.project.places import Place
from board_report.sources.faults import READ_FAULTS, ReadCode, ReadFaultError, explained
from board_report.sources.file_bytes import file_bytes, is_text
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.objects import content_of
from board_report.sources.packed import unpacked
from board_report.sources.parquet import parquet_columns
from board_report.sources.parquet_files import is_parquet
from board_report.sources.peek import HeaderRow, Peek, peek, plain
from board_report.sources.reader import Reader
from board_report.sources.readers import reader_named, readers_by_id
from board_report.sources.recognize import Recognized, nearly, recognize, with_preset
from board_report.sources.scanning.csv_proof import CHUNK, head_of

_GLOB = "*?["
_EXPORT_AGAIN = "Export it again, completely."


def resolve_sources(
    folder: Path, sources: Sequence[SourceSpec]
) -> tuple[tuple[SourceSpec, ...], tuple[Finding, ...]]:
    """Every block with its table known, and what its reader knows merged in.

    A pattern such as ``ciso/scans/*.csv`` becomes one source for each file, by name. A block that
    names its table and no reader is left as it is. One whose file no reader knows is left out, and
    a finding that stops the build says so.

    Raises:
        ProjectError: a block names a reader that there is not, or one of another table.
    """
    done: list[SourceSpec] = []
    findings: list[Finding] = []
    for block in sources:
        for each in _files_of(folder, block, findings):
            try:
                resolved, found = _resolve(folder, each)
            except ReadFaultError as fault:
                findings.append(told(each, fault, folder))
                continue
            done.append(resolved)
            findings += found
    return tuple(done), tuple(findings)


def _files_of(folder: Path, block: SourceSpec, findings: list[Finding]) -> list[SourceSpec]:
    """The block for each file that its pattern fits; a plain name stays as it is."""
    is_pattern = any(mark in block.file for mark in _GLOB)
    if block.connection or is_object(block.file) or not is_pattern:
        return [block]
    if (folder / block.file).exists():
        return [block]
    found = sorted(each for each in folder.glob(block.file) if each.is_file())
    if not found:
        findings.append(told(block, ReadFaultError(ReadCode.NO_FILES)))
    names = [each.relative_to(folder).as_posix() for each in found]
    for name in names:
        if not is_text(name):
            shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
            fault = ReadFaultError(ReadCode.FILE_UNREADABLE, detail="its name is not UTF-8")
            findings.append(told(replace(block, file=shown), fault))
    return [replace(block, file=each) for each in names if is_text(each)]


def _resolve(folder: Path, block: SourceSpec) -> tuple[SourceSpec, list[Finding]]:
    if not needs_reader(block):
        return block, []
    named = _named(block)
    looked = look_at(folder, block)
    known = recognize(looked, [named] if named else _candidates(block))
    if not known:
        raise _unknown(looked, block, named)
    if len(known) > 1:
        ids = [each.reader.id for each in known]
        raise ReadFaultError(ReadCode.SEVERAL_READERS, others=", ".join(ids), nearest=ids[0])
    resolved = with_preset(block, known[0])
    return resolved, [] if named else [_found(resolved, known[0])]


def look_at(folder: Path, block: SourceSpec) -> Peek:
    """The beginning of a source's file.

    Raises:
        ReadFaultError: it cannot be read.
    """
    if is_parquet(folder, block.file) and not is_object(block.file):
        names = frozenset(map(plain, parquet_columns(folder, block)))
        return Peek(Kind.PARQUET, rows=(HeaderRow(names, 0),))
    return peek(block.file, _beginning(folder, block))


def _beginning(folder: Path, block: SourceSpec) -> bytes:
    """What there is to look at: of text its beginning is enough, however long it is."""
    if kind_of(block.file) is not Kind.TEXT or is_object(block.file):
        return unpacked(block.file, content_of(folder, block))
    content = file_bytes(folder, block.file, most=CHUNK)
    is_packed = block.file.lower().endswith(".gz")
    return head_of(folder / block.file, block.file) if is_packed else content


def needs_reader(block: SourceSpec) -> bool:
    """True for a block that names its reader, or neither reader nor table."""
    return bool(block.reader) or not block.table


def _named(block: SourceSpec) -> Reader | None:
    if not block.reader:
        return None
    reader = reader_named(block.reader)
    place = f"report.toml, line {block.line}" if block.line else "report.toml"
    if reader is None:
        near = get_close_matches(block.reader, readers_by_id(), n=1, cutoff=0.4)
        hint = f"Did you mean {near[0]}?" if near else "`board-report map` lists the readers."
        raise ProjectError(
            f"there is no reader {block.reader!r}.", where=f"{place}, source.reader", mend=hint
        )
    if block.table and block.table != reader.table:
        raise ProjectError(
            f"the reader {reader.id} fills {reader.table}, and the block says {block.table}.",
            where=f"{place}, source.table",
            mend="Remove table, or name another reader.",
        )
    return reader


def _candidates(block: SourceSpec) -> list[Reader]:
    return [each for each in readers_by_id().values() if block.table in ("", each.table)]


def _unknown(looked: Peek, block: SourceSpec, named: Reader | None) -> ReadFaultError:
    """What to raise about a file that its reader, or any reader, does not know."""
    if named is None:
        return ReadFaultError(ReadCode.NOT_RECOGNIZED, near=_nearly(looked, block))
    others = recognize(looked, _candidates(replace(block, reader="", table="")))
    looks = f"it looks like {titled(others[0].reader)}" if others else "no reader knows it"
    return ReadFaultError(ReadCode.READER_DIFFERS, export=titled(named), looked=looks)


def _nearly(looked: Peek, block: SourceSpec) -> str:
    """What the file nearly is, in words that go on after "no reader knows this file"."""
    if not looked.kind:
        return ": it is of a kind that cannot be read"
    found = nearly(looked, _candidates(block))
    if found is None:
        return ""
    reader, lacked = found
    return f": it looks like {titled(reader)}, but lacks {' and '.join(lacked)}"


def _found(block: SourceSpec, known: Recognized) -> Finding:
    return explained(
        READ_FAULTS[ReadCode.READER_FOUND],
        ReadCode.READER_FOUND,
        {
            "export": titled(known.reader),
            "table": block.table,
            "reader": known.reader.id,
            "block": Place(replace(block, table="")),
        },
        file=block.file,
        table=block.table,
    )


def _alike(folder: Path, file: str) -> str:
    """The file beside a missing one whose name is most like its own, in words."""
    try:
        names = [each.name for each in (folder / file).parent.iterdir() if each.is_file()]
    except (OSError, ValueError):
        return ""
    near = get_close_matches(Path(file).name, sorted(names), n=1, cutoff=0.75)
    return f" ({(Path(file).parent / near[0]).as_posix()} is there)" if near else ""


def titled(reader: Reader) -> str:
    """A reader in words: ``Tenable: list of vulnerabilities, as CSV``."""
    return f"{reader.tool}: {reader.export}"


def told(spec: SourceSpec, fault: ReadFaultError, folder: Path | None = None) -> Finding:
    """The finding of a fault in reading a source; ``folder`` is the project, where it is known."""
    near = _alike(folder, spec.file) if folder and fault.code is ReadCode.FILE_MISSING else ""
    return explained(
        READ_FAULTS[fault.code],
        fault.code,
        {"block": Place(spec), "near": near, "advice": _EXPORT_AGAIN, **fault.facts},
        file=spec.file,
        line=fault.line,
        value=fault.value,
        table=spec.table,
    )
