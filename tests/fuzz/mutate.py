"""Change a valid file so that it stays nearly valid: other values, places, types and widths."""

from __future__ import annotations

import csv
import io
import json
import random
import struct
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

ODD_TEXTS = (
    *("", " ", "-", "N/A", "null", "0", "-0", "1", "-1", "1e400", "1e-400", "NaN", "inf", "1/60"),
    *("2026-02-31", "0000-01-01", "99999-01-01", "2026-07-01T25:61Z", "2199-12-31T23:59:59-12:00"),
    *("1900-01-01T00:00:00+14:00", "1751328000", "99999999999999", "31/12/2025", "12/31/2025"),
    *("=1+1", "@x", "#REF!", "<b>x</b>", "\u202ex", "\x00", "\x1b[31m", "\ud800", "\ufeff"),
    *("\u0661\u0662", "\uff11", "CVE-2026-0001", "CVE-2026-1,CVE-2026-2", "CVSS:3.1/AV:N", "true"),
    *("a.b.c", "*", "../x", "high", "Critical", "10.0", "9" * 60, "x" * 400, '"', ";", ",", "\n"),
)
ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**30, 1.5, [], {}, [[]], [{}], [None], [1, "a", None], {"": {}}),
    *({"a": {"b": [{}]}}, [[[[]]]], {"id": []}, {"value": None}, {"display_value": {}}),
)
Mutate = Callable[[bytes], bytes]


def mutated(content: bytes, seed: int, inner: Mutate = lambda data: data) -> bytes:
    """The file with one to four changes; what is no file of a known kind is changed as text.

    Args:
        content: the file.
        seed: chooses the changes; the same seed makes the same ones.
        inner: changes the bytes of a part of a workbook.
    """
    draw = random.Random(seed)
    for _ in range(draw.randint(1, 4)):
        content = _once(content, draw, inner)
    return content


def _once(content: bytes, draw: random.Random, inner: Mutate) -> bytes:
    start = content.lstrip()[:1]
    try:
        if content.startswith(b"PK"):
            return _workbook(content, draw, inner)
        if start in (b"{", b"["):
            return _json(content, draw)
        if start == b"<":
            return _xml(content, draw)
        return _csv(content, draw)
    except (ValueError, RecursionError, LookupError, ET.ParseError, csv.Error):
        return _cut(content, draw)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, struct.error):
        return _cut(content, draw)


def _cut(content: bytes, draw: random.Random) -> bytes:
    one, other = sorted((draw.randint(0, len(content)), draw.randint(0, len(content))))
    return content[:one] + content[other:]


def _odd(draw: random.Random) -> Any:
    return draw.choice(ODD_TEXTS) if draw.random() < 0.5 else draw.choice(ODD_VALUES)


def _json(content: bytes, draw: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    try:
        whole = json.loads(text)
    except ValueError:
        return _json_lines(text, draw)
    holder = {"whole": whole}
    nodes = list(_nodes(holder))
    parent, key = draw.choice(nodes)
    how = draw.randrange(6)
    if how == 0:
        parent[key] = _odd(draw)
    elif how == 1:
        other, place = draw.choice(nodes)
        parent[key] = json.loads(json.dumps(other[place]))
    elif how == 2 and parent is not holder:
        del parent[key]
    elif how == 3:
        parent[key] = [parent[key]] if draw.random() < 0.5 else {"value": parent[key]}
    elif how == 4 and isinstance(parent, list):
        parent.append(json.loads(json.dumps(parent[key])))
    elif isinstance(parent, dict) and parent is not holder:
        parent[str(draw.choice(nodes)[1])] = parent.pop(key)
    else:
        parent[key] = _odd(draw)
    return json.dumps(holder["whole"], indent=draw.choice((None, None, 1))).encode()


def _json_lines(text: str, draw: random.Random) -> bytes:
    lines = text.split("\n")
    at = draw.randrange(len(lines))
    json.loads(lines[at])
    lines[at] = _json(lines[at].encode(), draw).decode().replace("\n", " ")
    return "\n".join(lines).encode()


def _nodes(value: Any) -> Any:
    """Every place in a value: what holds it, and its key or position."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inside in list(pairs):
        yield value, key
        if isinstance(inside, (dict, list)):
            yield from _nodes(inside)


def _xml(content: bytes, draw: random.Random) -> bytes:
    root = ET.fromstring(content)
    found = list(root.iter())
    one, other = draw.choice(found), draw.choice(found)
    how = draw.randrange(7)
    if how == 0:
        one.text = _printable(draw)
    elif how == 1:
        one.tag = other.tag
    elif how == 2 and len(one):
        one.remove(draw.choice(list(one)))
    elif how == 3:
        other.append(ET.fromstring(ET.tostring(one)))
    elif how == 4 and one.attrib:
        one.attrib[draw.choice(list(one.attrib))] = _printable(draw)
    elif how == 5 and one.attrib:
        del one.attrib[draw.choice(list(one.attrib))]
    else:
        one.clear()
    return ET.tostring(root)


def _printable(draw: random.Random) -> str:
    text = draw.choice(ODD_TEXTS)
    return text if text.isprintable() else "x"


def _csv(content: bytes, draw: random.Random) -> bytes:
    text = content.decode("utf-8")
    delimiter = max(",;\t|", key=text[:2000].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    row = draw.choice([each for each in rows if each])
    at = draw.randrange(len(row))
    how = draw.randrange(6)
    if how <= 1:
        row[at] = draw.choice(ODD_TEXTS)
    elif how == 2:
        row[at] = draw.choice(draw.choice([each for each in rows if each]))
    elif how == 3:
        del row[at]
    elif how == 4:
        row.insert(at, draw.choice(ODD_TEXTS))
    else:
        rows.insert(draw.randrange(len(rows)), list(row))
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=draw.choice(("\n", "\r\n"))).writerows(
        rows
    )
    return buffer.getvalue().encode("utf-8", "surrogatepass")


def _workbook(content: bytes, draw: random.Random, inner: Mutate) -> bytes:
    """Another part, packed anew so that its sums agree; rarely a part that is not there."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(each.file_size for each in archive.infolist()) > 2_000_000:
            return _cut(content, draw)
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw.choice(list(parts))
    how = draw.randrange(8)
    if how == 0:
        del parts[name]
    elif how <= 3:
        parts[name] = inner(parts[name])
    elif how == 4:
        parts[name] = _cut(parts[name], draw)
    else:
        parts[name] = _xml(parts[name], draw)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in parts.items():
            archive.writestr(each, data)
    return buffer.getvalue()
