"""Small files to begin with: those of the tests, what the signatures ask for, and real ones cut."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from board_report.sources.peek import peek
from board_report.sources.reader import Header, Markup, Reader, Records
from board_report.sources.readers import readers_by_id
from board_report.sources.recognize import recognize
from tests.fuzz.harvest import FOLDER, LONGEST
from tests.fuzz.targets import name_of

SHARED = "BOARD_REPORT_SHARED_DATA"
_ITEMS = 3
"""Items of each list, rows, and like elements that are kept of a real file."""


def plant(folder: Path) -> dict[str, int]:
    """Write seeds below the folder, by target, and count them."""
    _harvest(folder)
    for reader in readers_by_id().values():
        for content in _made(reader):
            _put(folder / reader.id, content)
    if os.environ.get(SHARED):
        for content in _real(Path(os.environ[SHARED])):
            found = recognize(peek(name_of(content), content), tuple(readers_by_id().values()))
            for each in found:
                _put(folder / each.reader.id, content)
            _put(folder / "plain", content)
    return {each.name: len(list(each.iterdir())) for each in sorted(folder.iterdir())}


def _put(folder: Path, content: bytes) -> None:
    if len(content) <= LONGEST:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / sha256(content).hexdigest()[:16]).write_bytes(content)


def _harvest(folder: Path) -> None:
    """Run the tests of the readers once, and keep the files that they read."""
    tests = ("tests/unit/readers", "tests/unit/test_sources.py", "tests/unit/test_recognize.py")
    command = (sys.executable, "-m", "pytest", "-q", "-p", "tests.fuzz.harvest", *tests)
    subprocess.run(
        (*command, "-p", "no:cacheprovider", "-W", "ignore"),
        env={**os.environ, FOLDER: str(folder)}, check=False, capture_output=True,
    )  # fmt: skip


def _made(reader: Reader) -> Iterator[bytes]:
    """The least that each signature asks for."""
    for signature in reader.signatures:
        if isinstance(signature, Header):
            columns = dict.fromkeys((*signature.has, *_headers(reader)))
            text = ",".join(f'"{each}"' for each in columns)
            yield f"{text}\n{','.join('1' for _ in columns)}\n".encode()
        elif isinstance(signature, Records):
            yield json.dumps(_document(signature)).encode()
        elif isinstance(signature, Markup):
            inside = f"<a b='c'>{' '.join(signature.has)}</a>"
            yield f"<{signature.root}>{inside}</{signature.root}>".encode()


def _headers(reader: Reader) -> list[str]:
    preset = reader.preset
    return [
        *preset.columns.values(),
        *(each for rule in preset.rules.values() for each in rule.headers),
    ]


def _document(signature: Records) -> Any:
    record: dict[str, Any] = {}
    for path, value in (*((each, "1") for each in signature.has), *signature.equal):
        _set(record, path.split("."), value)
    value: Any = [record]
    for key in reversed(signature.at.split(".") if signature.at else ()):
        value = [value] if key == "*" else {key: value}
    if isinstance(value, dict):
        value |= {key: "1" for key in signature.beside if key not in value}
    return value


def _set(record: dict[str, Any], path: list[str], value: Any) -> None:
    for key in path[:-1]:
        inner = record.setdefault(key, {})
        if not isinstance(inner, dict):
            return
        record = inner
    record[path[-1]] = value


def _real(shared: Path) -> Iterator[bytes]:
    for path in sorted(each for each in shared.rglob("*") if each.is_file()):
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        if path.suffix in (".md", ".py"):
            continue
        try:
            yield _cut(content, path.name)
        except (ValueError, ET.ParseError):
            yield content


def _cut(content: bytes, name: str) -> bytes:
    """The first few records of a file, still whole."""
    if ".xlsx" in name:
        return content
    if ".jsonl" in name or ".csv" in name:
        return b"".join(io.BytesIO(content).readlines()[: 4 * _ITEMS])
    if content.lstrip()[:1] == b"<":
        root = ET.fromstring(content)
        _thin(root)
        return ET.tostring(root)
    if content.lstrip()[:1] in (b"{", b"["):
        return json.dumps(_few(json.loads(content)), indent=1).encode()
    return content[:LONGEST]


def _few(value: Any) -> Any:
    if isinstance(value, list):
        return [_few(each) for each in value[:_ITEMS]]
    if isinstance(value, dict):
        return {key: _few(each) for key, each in value.items()}
    return value[:200] if isinstance(value, str) else value


def _thin(element: ET.Element) -> None:
    seen: dict[str, int] = {}
    for each in list(element):
        seen[each.tag] = seen.get(each.tag, 0) + 1
        if seen[each.tag] > _ITEMS:
            element.remove(each)
        else:
            _thin(each)
