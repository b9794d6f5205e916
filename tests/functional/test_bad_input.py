"""Bad input never hurts: a finding or a clear error, nothing written, nothing raw on a terminal."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import socket
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from board_report.sources import file_bytes
from tests.conftest import CallCli, Outcome
from tests.projects import INCIDENT, INCIDENT_HEADER, incident, incidents, make_project

SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
GOOD = incidents(INCIDENT).encode()
DEEP = "[" * 100_000 + "]" * 100_000
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What steers a terminal, or turns the direction of what it shows."""


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its bytes, links and pipes by their kind."""
    found = {}
    for each in sorted(folder.rglob("*")):
        name = each.relative_to(folder).as_posix()
        if each.is_symlink() or not each.is_file():
            found[name] = str(each.lstat().st_mode)
        else:
            found[name] = sha256(each.read_bytes()).hexdigest()
    return found


def safe(done: Outcome) -> Outcome:
    """No traceback, and nothing that steers a terminal."""
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said[-2000:]
    assert not RAW.search(said), RAW.findall(said)[:5]
    assert done.exit_code in (0, 2), said[-2000:]
    return done


def workbook(*rows: list[Any]) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


INCIDENTS_BOOK = workbook(INCIDENT_HEADER.split(","), INCIDENT.split(","))


def repacked(content: bytes, parts: dict[str, bytes]) -> bytes:
    """An archive with some parts replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in dict.fromkeys((*old.namelist(), *parts)):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return buffer.getvalue()


def sheet_of(rows: str) -> bytes:
    """The XML of a sheet."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def nested_bomb() -> bytes:
    """A workbook that holds others, and a sheet that is declared, and is, 1.3 GB."""
    inner = repacked(INCIDENTS_BOOK, {"xl/media/a.xlsx": INCIDENTS_BOOK})
    archive = repacked(INCIDENTS_BOOK, {"xl/media/b.xlsx": inner, SHEET: b""})
    data, size = _rows_packed()
    return _with_part(archive, data, 0, size)


def lying_bomb(declared: int = 1_000) -> bytes:
    """A workbook whose sheet is declared with 1,000 bytes, and is 1.3 GB.

    Its check sum is that of the bytes declared, so that who reads no more finds nothing wrong.
    """
    data, _ = _rows_packed()
    begin = zlib.decompressobj(-15).decompress(data, declared)
    archive = repacked(INCIDENTS_BOOK, {SHEET: b""})
    return _with_part(archive, data, zlib.crc32(begin), declared)


def _rows_packed() -> tuple[bytes, int]:
    """A sheet of 120 million empty rows, packed, and its size."""
    begin = b'<worksheet xmlns="' + MAIN.encode() + b'"><sheetData>'
    rows = b"<row></row>" * 1_000_000
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    first = packer.compress(begin) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * 120 + packer.flush(), len(begin) + 120 * len(rows)


def _with_part(archive: bytes, data: bytes, check: int, declared: int) -> bytes:
    """An archive with one part more, whose declared size and check sum are chosen freely."""
    end = archive.rfind(b"PK\x05\x06")
    count, _, size, begin = struct.unpack("<HHII", archive[end + 8 : end + 20])
    name = SHEET.encode()
    sizes = (check, len(data), declared, len(name))
    local = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 33, *sizes, 0) + name
    entry = struct.pack(
        "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, *sizes, 0, 0, 0, 0, 0, begin
    )
    directory = archive[begin : begin + size] + entry + name
    at = begin + len(local) + len(data)
    ends = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, count + 1, count + 1, len(directory), at, 0
    )
    return archive[:begin] + local + data + directory + ends


def corner_bomb() -> bytes:
    """A workbook with one cell in the last corner of its sheet: 17 billion in all."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row>'
    cells += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return repacked(INCIDENTS_BOOK, {SHEET: sheet_of(cells)})


HIDDEN = {
    "behind the end of a tag": 'x="&gt;>" r="XFD1048576"',
    "with too many letters": 'r="JJJJJJJJJJJJJJJJA3"',
    "with too many digits": 'r="A99999999999999999999"',
    "in another attribute": """x=" r='A1'" r="XFD1048576\"""",
    "in small letters": "r='xfd1048576'",
    "without a number": 'r="XFD"',
}
"""Addresses that a look at the text might not see, and the library does."""


def hidden_corner_bomb(address: str) -> bytes:
    """The same, with the address written in an odd way."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row>'
    cells += f"<row><c {address}><v>1</v></c></row>"
    return repacked(INCIDENTS_BOOK, {SHEET: sheet_of(cells)})


def repeating_bomb() -> bytes:
    """A workbook whose 20,000 cells all show one text of a million characters: 20 GB."""
    cell = '<c t="s"><v>0</v></c>'
    row = f"<row>{cell * 10}</row>"
    texts = f'<sst xmlns="{MAIN}"><si><t>{"a" * 1_000_000}</t></si></sst>'.encode()
    relation = f'<Relationship Id="rId9" Type="{KINDS}/sharedStrings" Target="sharedStrings.xml"/>'
    with zipfile.ZipFile(io.BytesIO(INCIDENTS_BOOK)) as archive:
        known = archive.read(RELATIONS).decode()
    relations = known.replace("</Relationships>", f"{relation}</Relationships>").encode()
    parts = {SHEET: sheet_of(row * 2_000), "xl/sharedStrings.xml": texts, RELATIONS: relations}
    return repacked(INCIDENTS_BOOK, parts)


def gzip_bomb(megabytes: int = 1_200) -> bytes:
    """A small file that unpacks to more than a gigabyte of rows."""
    return gzip.compress(b"a,b\n" * 250_000) * megabytes


def crowd(begin: bytes, item: bytes, end: bytes) -> bytes:
    """A small file that unpacks to 90 MB of tiny objects or elements."""
    return (
        gzip.compress(begin)
        + gzip.compress(item * 100_000) * (900 // len(item))
        + gzip.compress(end)
    )


def sparse() -> bytes:
    """16,000 records, each with a field of its own: 256 million cells, nearly all empty."""
    return "\n".join(json.dumps({f"f{at}": 1}) for at in range(16_000)).encode()


def laughs() -> bytes:
    """Entities of entities, ten of each in the next."""
    entities = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    head = f'<!DOCTYPE NessusClientData_v2 [<!ENTITY a0 "ha">{entities}]>'
    return f"{head}<NessusClientData_v2><Report>&a9;</Report></NessusClientData_v2>".encode()


@dataclass(frozen=True)
class Bad:
    """A file, and what is said of it."""

    name: str
    file: str
    content: Callable[[], bytes]
    code: str
    line: int = 0
    table: str = "incidents"


CSV_FILE, BOOK, RECORDS = "ciso/i.csv", "ciso/i.xlsx", "ciso/i.json"
PACKED, MARKUP = "ciso/i.csv.gz", "ciso/i.nessus"
WIDE = 10**6
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
OLD_BOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000)
CP1252 = incident(incident_id="I-3", title="Müller").encode("cp1252")


def packed_files() -> tuple[Bad, ...]:
    """Packed files and workbooks that cannot be read at all."""
    return (
        Bad("gzip cut", PACKED, lambda: gzip.compress(GOOD)[:-10], "bad_gzip"),
        Bad("gzip in gzip", PACKED, lambda: gzip.compress(gzip.compress(GOOD)), "undecodable", 1),
        Bad("no gzip", PACKED, lambda: GOOD, "bad_gzip"),
        Bad("cell in the last corner", BOOK, corner_bomb, "bad_workbook"),
        *(
            Bad(f"cell {how}", BOOK, partial(hidden_corner_bomb, address), "bad_workbook")
            for how, address in HIDDEN.items()
        ),
        Bad("text repeated", BOOK, repeating_bomb, "bad_workbook"),
        Bad("password", BOOK, lambda: OLD_BOOK, "bad_workbook"),
        Bad("CSV named workbook", BOOK, lambda: GOOD, "bad_workbook"),
    )


def wide_header() -> bytes:
    return b",".join(b"c%d" % at for at in range(WIDE)) + b"\n1"


def long_cell() -> bytes:
    return incidents(incident(title="x" * 50_000_000)).encode()


def text_files() -> tuple[Bad, ...]:
    """Text files that cannot be read at all."""
    wide_text = GOOD.decode().encode("utf-16-le")
    return (
        Bad("picture", CSV_FILE, lambda: PNG, "undecodable", 1),
        Bad("archive", CSV_FILE, lambda: INCIDENTS_BOOK, "undecodable", 1),
        Bad("empty", CSV_FILE, lambda: b"", "empty_file"),
        Bad("blank lines", CSV_FILE, lambda: b"\n\n  \n", "empty_file"),
        Bad("many columns", CSV_FILE, wide_header, "too_wide", 1),
        Bad("50 MB cell", CSV_FILE, long_cell, "cell_too_long", 2),
        Bad("NUL bytes", CSV_FILE, lambda: GOOD + b"\0" * 100_000, "not_text"),
        Bad("UTF-16 without its mark", CSV_FILE, lambda: wide_text, "not_text"),
        Bad("two encodings", CSV_FILE, lambda: GOOD + CP1252 + b"\n", "undecodable", 3),
        Bad("surrogate in UTF-8", CSV_FILE, lambda: GOOD + b"\xed\xa0\x80,x\n", "undecodable", 3),
    )


def record_files() -> tuple[Bad, ...]:
    """JSON files that cannot be read at all."""
    twice = b'[{"incident_id":"I-1","incident_id":"I-2"}]'
    cut = b'[{"incident_id":"I-1"},\n{"incident_id":'
    objects = b'{"a":' * 99_999 + b"1" + b"}" * 99_999
    return (
        Bad("deep JSON", RECORDS, lambda: DEEP.encode(), "bad_json"),
        Bad("deep value", RECORDS, lambda: f'[{{"incident_id":{DEEP}}}]'.encode(), "bad_json"),
        Bad("deep objects", RECORDS, lambda: objects, "bad_json"),
        Bad("member twice", RECORDS, lambda: twice, "bad_json", 1),
        Bad("JSON cut", RECORDS, lambda: cut, "bad_json", 2),
        Bad("no records", RECORDS, lambda: b"[1, 2, 3]", "not_records", 1),
    )


def markup_files() -> tuple[Bad, ...]:
    """XML files that cannot be read at all, attacks among them."""
    declared = '<?xml version="1.0"?><!DOCTYPE NessusClientData_v2 '
    root = "<NessusClientData_v2><Report/></NessusClientData_v2>"
    outside = f'{declared}[<!ENTITY a SYSTEM "file:///etc/hostname">]>{root}'
    remote = f'{declared}SYSTEM "http://192.0.2.1/x.dtd">{root}'
    deep = b"<NessusClientData_v2>" + b"<a>" * 100_000 + b"</a>" * 100_000
    comments = root.encode()[:22] + b"<!--" * 40_000
    scan = "vulnerability_findings"
    return (
        Bad("billion laughs", MARKUP, laughs, "xml_forbidden", 1, scan),
        Bad("file in XML", MARKUP, lambda: outside.encode(), "xml_forbidden", 1, scan),
        Bad("address in XML", MARKUP, lambda: remote.encode(), "xml_forbidden", 1, scan),
        Bad("deep XML", MARKUP, lambda: deep, "bad_xml", 1, scan),
        Bad("comments without end", MARKUP, lambda: comments, "bad_xml", 1, scan),
    )


UNREAD = (*packed_files(), *text_files(), *record_files(), *markup_files())


def project_of(folder: Path, bad: Bad) -> Path:
    """A small project whose incidents (or scan) are in the file alone."""
    reads = f'table = "{bad.table}"\n' if bad.table == "incidents" else 'reader = "nessus-xml"\n'
    block = f'\n[[source]]\nfile = "{bad.file}"\n{reads}'
    made = make_project(folder, {bad.file: bad.content()}, block)
    if bad.table == "incidents":
        (made / "ciso/incidents.csv").unlink()
    return made


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may even try to reach another machine."""

    def refuse(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def findings_of(done: Outcome) -> list[dict[str, Any]]:
    """What `check --json` found."""
    found = json.loads(done.stdout)["findings"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("bad", UNREAD, ids=lambda each: each.name)
def test_files_that_cannot_be_read(
    call_cli: CallCli, tmp_path: Path, bad: Bad, no_network: None
) -> None:
    """`check` says what and where, `map` and `build` stop; no file is made or changed."""
    folder = project_of(tmp_path / "project", bad)
    before = tree(tmp_path)
    checked = safe(call_cli("check", "--project", folder, "--json"))
    assert checked.exit_code == 2
    (only,) = [each for each in findings_of(checked) if each["code"] == bad.code]
    assert (only["file"], only["line"], only["stops"]) == (bad.file, bad.line, True)
    assert only["severity"] == "error"
    assert len(only["reason"]) < 400
    built = safe(call_cli("build", "--project", folder, "--output", tmp_path / "output"))
    assert built.exit_code == 2
    assert bad.file in built.stderr
    safe(call_cli("map", folder / bad.file, "--project", folder))
    assert tree(tmp_path) == before


MEASURED = """
import resource, sys
from pathlib import Path
from board_report.cli import main
try:
    main(sys.argv[1:])
finally:
    # What getrusage says begins with the memory of the process that started this one.
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    own = [int(each.split()[1]) for each in lines if each.startswith("VmHWM:")]
    peak = (own or [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss])[0] // 1024
    print(f"peak {peak} MB", file=sys.stderr)
"""


def measured(*arguments: object) -> tuple[Outcome, int]:
    """A run in a process of its own, and the most memory it took, in MB."""
    command = (sys.executable, "-c", MEASURED, *map(str, arguments))
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    peak = re.search(r"peak ([0-9]+) MB", done.stderr)
    assert peak, done.stderr[-2000:]
    return Outcome(done.returncode, done.stdout, done.stderr), int(peak[1])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("bad", "most"),
    [
        (Bad("gzip bomb", "ciso/i.csv.gz", gzip_bomb, "bad_gzip"), 500),
        (Bad("objects", "ciso/i.json.gz", lambda: crowd(b"[", b"{},", b"1]"), "too_large"), 300),
        (Bad("sparse", "ciso/i.json", sparse, "too_large"), 250),
        (
            Bad(
                "elements",
                "ciso/i.nessus.gz",
                lambda: crowd(b"<NessusClientData_v2>", b"<a/>", b""),
                "too_large",
                1,
                "vulnerability_findings",
            ),
            1_200,
        ),
        (Bad("declared", "ciso/i.xlsx", nested_bomb, "bad_workbook"), 300),
        (Bad("lying", "ciso/i.xlsx", lying_bomb, "bad_workbook"), 300),
        (Bad("corner", "ciso/i.xlsx", corner_bomb, "bad_workbook"), 300),
        (Bad("repeated", "ciso/i.xlsx", repeating_bomb, "bad_workbook"), 300),
        (
            Bad(
                "quotation never closed",
                "ciso/i.csv",
                lambda: f'{INCIDENT_HEADER}\n"'.encode() + b"a,b,c,d\n" * 12_500_000,
                "cell_too_long",
                2,
            ),
            600,
        ),
    ],
    ids=lambda each: each.name if isinstance(each, Bad) else "",
)
def test_memory_stays_bounded(tmp_path: Path, bad: Bad, most: int) -> None:
    """In MB, for the whole program, which alone takes about 120."""
    folder = project_of(tmp_path / "project", bad)
    before = tree(tmp_path)
    done, peak = measured("check", "--project", folder, "--json")
    safe(done)
    assert done.exit_code == 2
    (only,) = [each for each in findings_of(done) if each["code"] == bad.code]
    assert (only["file"], only["line"]) == (bad.file, bad.line)
    assert peak < most
    assert tree(tmp_path) == before


def test_more_rows_than_memory_should_hold(
    call_cli: CallCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading stops at the row that is one too many, however many follow."""
    monkeypatch.setattr("board_report.sources.text.LARGEST_ROWS", 1_000)
    bad = Bad("rows", "ciso/i.csv.gz", lambda: gzip_bomb(1), "too_large")
    done = safe(call_cli("check", "--project", project_of(tmp_path, bad), "--json"))
    (only,) = [each for each in findings_of(done) if each["code"] == "too_large"]
    assert (done.exit_code, only["file"]) == (2, bad.file)


@dataclass(frozen=True)
class Cell:
    """A cell that cannot be read as what its column holds."""

    column: str
    text: str
    code: str


CELLS = (
    Cell("occurred_at", "2026-02-31", "bad_date"),
    Cell("occurred_at", "0000-01-01T00:00Z", "bad_date"),
    Cell("occurred_at", "99999-01-01", "bad_date"),
    Cell("occurred_at", "9999999999999", "epoch_time"),
    Cell("occurred_at", "99999999999999999999", "bad_date"),
    Cell("occurred_at", "1750-01-01", "implausible_date"),
    Cell("occurred_at", "２０２６-０７-０１", "bad_date"),
    Cell("occurred_at", "٢٠٢٦-٠٧-٠١", "bad_date"),
    Cell("cost", "1e400", "number_too_large"),
    Cell("cost", "1e999999999", "bad_money"),
    Cell("cost", "9" * 100_000, "number_too_large"),
    Cell("cost", "１２３", "bad_money"),
    Cell("cost", "١٢٣", "bad_money"),
    Cell("cost", "NaN", "bad_money"),
    Cell("cost", "Infinity", "bad_money"),
    Cell("cost", "0x10", "bad_money"),
    Cell("cost", "1_000", "bad_money"),
    Cell("title", "a\0b", "control_character"),
    Cell("title", "a\x1b[31mb", "control_character"),
    Cell("incident_id", "I\x9b31m", "control_character"),
    Cell("severity", "\u202ehgih", "control_character"),
    Cell("severity", "\u200fhigh", "unknown_category"),
)


def test_cells_that_cannot_be_read(call_cli: CallCli, tmp_path: Path) -> None:
    """Each row is set aside, with the line, the column and why; the good one is used."""
    rows = [
        incident(**{"incident_id": f"I-{at}", cell.column: cell.text})
        for at, cell in enumerate(CELLS, start=2)
    ]
    folder = make_project(tmp_path, {"ciso/incidents.csv": incidents(INCIDENT, *rows)})
    before = tree(tmp_path)
    checked = safe(call_cli("check", "--project", folder, "--json"))
    assert checked.exit_code == 2
    errors = [each for each in findings_of(checked) if each["severity"] == "error"]
    found = sorted((each["line"], each["column"], each["code"]) for each in errors)
    assert found == [(line, cell.column, cell.code) for line, cell in enumerate(CELLS, start=3)]
    (kept,) = [
        each
        for each in json.loads(checked.stdout)["reconciliation"]
        if each["file"] == "ciso/incidents.csv"
    ]
    assert (kept["read"], kept["used"]) == (len(CELLS) + 1, 1)
    assert kept["rejected"] == len(CELLS)
    assert tree(tmp_path) == before


def test_numbers_at_the_edge_are_read(call_cli: CallCli, tmp_path: Path) -> None:
    """Minus nought is nought, and what is too small for cents is told."""
    rows = (incident(cost="-0"), incident(incident_id="I-2", cost="1e-300"))
    folder = make_project(tmp_path, {"ciso/incidents.csv": incidents(*rows)})
    checked = safe(call_cli("check", "--project", folder, "--json"))
    told = {each["code"] for each in findings_of(checked)}
    assert checked.exit_code == 0
    assert "money_rounded" in told


HOSTILE = (
    *("\x1b[31mred", "\x1b]0;title\x07", "\x9b31m", "\u202egnp.exe", "\u2066x", "a\u2028b"),
    *("\ud800", "\udcff", "tab\there", "bell\x07", "\x7f", "\ufeffx", "e\u0301" * 50),
)


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "pipe"])
def test_nothing_reaches_the_terminal_raw(
    call_cli: CallCli, tmp_path: Path, terminal: bool
) -> None:
    """Hostile texts as cells, headers, keys and values of constants, in every command's output."""
    fields = INCIDENT_HEADER.split(",")
    good = dict(zip(fields, INCIDENT.split(","), strict=True))
    records = [
        {**good, "incident_id": f"{text}-{at}", "severity": text, "title": text, text: text}
        for at, text in enumerate(HOSTILE)
    ]
    block = '\n[[source]]\nfile = "ciso/i.json"\ntable = "incidents"\n'
    folder = make_project(tmp_path, {"ciso/i.json": json.dumps(records)}, block)
    (folder / "ciso/incidents.csv").unlink()
    before = tree(tmp_path)
    for command in (("check",), ("check", "--all"), ("map", folder / "ciso/i.json")):
        done = call_cli(*command, "--project", folder, terminal=terminal)
        said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout) if terminal else done.stdout
        safe(Outcome(done.exit_code, said, done.stderr))
        assert "\x1b[31mred" not in done.stdout
    assert tree(tmp_path) == before


FORMULAS = ("=cmd|' /C calc'!A0", "+1+cmd", "-2+3+cmd", "@SUM(1)", "=HYPERLINK(1)")


@pytest.mark.slow
def test_formulas_are_neutral_in_what_is_written(call_cli: CallCli, tmp_path: Path) -> None:
    """In the rows set aside and in the figures, from a text file whose header holds one too."""
    header = f"{INCIDENT_HEADER},=1+1,tab"
    rows = [
        f'{incident(incident_id=text, title=text, severity="urgent")},{text},"\t=1+1"'
        for text in FORMULAS
    ]
    content = "\n".join((header, f"{INCIDENT},x,y", *rows)) + "\n"
    folder = make_project(
        tmp_path / "p",
        {"ciso/incidents.csv": content},
        "\n[data_quality]\nmax_rejected_share = 1\n",
    )
    built = safe(
        call_cli("build", "--project", folder, "--output", tmp_path / "o", "--only", "disclosure")
    )
    assert built.exit_code == 0, built.stderr
    written = sorted((tmp_path / "o").rglob("*.csv"))
    assert {each.name for each in written} == {
        "metrics.csv", "losses.csv", "restatements.csv", "ciso-incidents.csv"
    }  # fmt: skip
    for path in written:
        with path.open(newline="", encoding="utf-8") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        risky = [each for each in cells if each[:1] in ("=", "@", "\t", "\r")]
        assert not risky, (path, risky)
    with (
        (tmp_path / "o").joinpath("2026-Q3/rejected/ciso-incidents.csv").open(newline="") as stream
    ):
        aside = list(csv.DictReader(stream))
    assert [each["incident_id"] for each in aside] == [f"'{text}" for text in FORMULAS]
    assert all("'=1+1" in each["neutralized"] for each in aside)


def test_error_cells_and_formulas_of_a_workbook(call_cli: CallCli, tmp_path: Path) -> None:
    """Neither is taken for an empty cell."""
    cells = INCIDENT.split(",")
    error, formula = list(cells), list(cells)
    error[0], error[-1] = "I-2", "#REF!"
    formula[0], formula[-1] = "I-3", "=SUM(A1:A2)"
    book = workbook(INCIDENT_HEADER.split(","), cells, error, formula)
    folder = make_project(tmp_path, {"ciso/incidents.xlsx": book})
    (folder / "ciso/incidents.csv").unlink()
    found = findings_of(safe(call_cli("check", "--project", folder, "--json")))
    errors = [(each["code"], each["line"]) for each in found if each["severity"] == "error"]
    assert errors == [("bad_money", 4), ("excel_error", 3)]


def _link_loop(folder: Path) -> None:
    (folder / "ciso/i.csv").symlink_to(folder / "ciso/j.csv")
    (folder / "ciso/j.csv").symlink_to(folder / "ciso/i.csv")


PLACES: dict[str, tuple[Callable[[Path], object], str]] = {
    "link loop": (_link_loop, "file_unreadable"),
    "pipe": (lambda folder: os.mkfifo(folder / "ciso/i.csv"), "file_unreadable"),
    "folder": (lambda folder: (folder / "ciso/i.csv").mkdir(), "file_unreadable"),
    "nothing": (lambda folder: None, "file_missing"),
    "link to nothing": (
        lambda folder: (folder / "ciso/i.csv").symlink_to(folder / "ciso/none"),
        "file_missing",
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_file_of_the_project(call_cli: CallCli, tmp_path: Path, place: str) -> None:
    """Neither followed out of the project, nor waited for, nor read without an end."""
    make, code = PLACES[place]
    block = '\n[[source]]\nfile = "ciso/i.csv"\ntable = "incidents"\n'
    folder = make_project(tmp_path / "p", report=block)
    (folder / "ciso/incidents.csv").unlink()
    make(folder)
    before = tree(tmp_path)
    checked = safe(call_cli("check", "--project", folder, "--json"))
    assert checked.exit_code == 2
    stops = [each for each in findings_of(checked) if each["stops"]]
    assert [(each["code"], each["file"]) for each in stops] == [(code, "ciso/i.csv")]
    assert safe(call_cli("build", "--project", folder, "--output", tmp_path / "o")).exit_code == 2
    assert safe(call_cli("map", folder / "ciso/i.csv", "--project", folder)).exit_code == 2
    assert tree(tmp_path) == before


@pytest.mark.parametrize("target", ["/dev/zero", "/dev/stdin", "outside"])
@pytest.mark.parametrize("pattern", ["ciso/i.csv", "ciso/*.csv"])
def test_links_out_of_the_project(
    call_cli: CallCli, tmp_path: Path, target: str, pattern: str
) -> None:
    """They are not followed, whether report.toml names them or a pattern finds them."""
    (tmp_path / "outside").write_bytes(GOOD)
    block = f'\n[[source]]\nfile = "{pattern}"\ntable = "incidents"\n'
    folder = make_project(tmp_path / "p", report=block)
    (folder / "ciso/incidents.csv").unlink()
    (folder / "ciso/i.csv").symlink_to(tmp_path / target)
    before = tree(tmp_path)
    for command in (("check",), ("build", "--output", tmp_path / "o")):
        done = safe(call_cli(*command, "--project", folder))
        assert done.exit_code == 2
        said = done.stdout + done.stderr
        # A pattern finds plain files only, and a device is none.
        assert "out of" in said or (pattern != "ciso/i.csv" and "no_files" in said)
    assert safe(call_cli("map", folder / "ciso/i.csv", "--project", folder)).exit_code == 2
    assert tree(tmp_path) == before


def test_a_file_replaced_while_it_is_read(
    call_cli: CallCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of one export and half of another are no table."""
    folder = make_project(tmp_path)
    target = folder / "ciso/incidents.csv"
    as_it_is = os.fstat

    def replaced(handle: int) -> os.stat_result:
        state = as_it_is(handle)
        if state.st_ino == target.stat().st_ino:
            other = folder / "new"
            other.write_text("other")
            other.replace(target)
        return state

    monkeypatch.setattr(file_bytes.os, "fstat", replaced)
    found = findings_of(safe(call_cli("check", "--project", folder, "--json")))
    stops = [(each["code"], each["file"]) for each in found if each["stops"]]
    assert stops == [("file_changed", "ciso/incidents.csv")]


NAMES = ("a\nb.csv", "\x1b[31m.csv", "\u202evsc.csv", "-rf.csv", "=cmd.csv", "x" * 240 + ".csv")


@pytest.mark.parametrize(
    "name", NAMES, ids=lambda each: each.encode("unicode_escape").decode()[:12]
)
def test_names_of_files(call_cli: CallCli, tmp_path: Path, name: str) -> None:
    """A pattern finds files of any name; none steers the terminal or leaves the output folder."""
    block = '\n[[source]]\nfile = "in/*.csv"\ntable = "incidents"\n'
    content = incidents(INCIDENT, incident(incident_id="I-2", severity="urgent"))
    folder = make_project(tmp_path / "p", {f"in/{name}": content}, block)
    (folder / "ciso/incidents.csv").unlink()
    before = tree(tmp_path)
    for terminal in (True, False):
        done = call_cli("check", "--project", folder, terminal=terminal)
        said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout) if terminal else done.stdout
        safe(Outcome(done.exit_code, said, done.stderr))
        assert done.exit_code == 2
    assert safe(call_cli("map", folder / f"in/{name}", "--project", folder)).exit_code == 0
    assert tree(tmp_path) == before


@pytest.mark.parametrize("pattern", ["in/*.csv", "in/*"])
def test_a_name_that_is_not_text(call_cli: CallCli, tmp_path: Path, pattern: str) -> None:
    """It is told with its odd byte written out; no record could hold it."""
    block = f'\n[[source]]\nfile = "{pattern}"\ntable = "incidents"\n'
    folder = make_project(tmp_path / "p", {"in/a.csv": GOOD}, block)
    (folder / "ciso/incidents.csv").unlink()
    odd = folder / "in" / os.fsdecode(b"caf\xe9.csv")
    try:
        odd.write_bytes(GOOD)
    except OSError:
        pytest.skip("this system has no such names")
    done = safe(call_cli("check", "--project", folder, "--json"))
    (only,) = [each for each in findings_of(done) if each["stops"]]
    assert (only["code"], only["file"]) == ("file_unreadable", "in/caf\\udce9.csv")
    assert safe(call_cli("build", "--project", folder, "--output", tmp_path / "o")).exit_code == 2
    assert safe(call_cli("map", odd, "--project", folder)).exit_code == 2
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("file", ["../outside.csv", "/etc/hostname", "ciso/../../outside.csv"])
def test_paths_out_of_the_project(call_cli: CallCli, tmp_path: Path, file: str) -> None:
    """They are refused before anything is opened."""
    (tmp_path / "outside.csv").write_bytes(GOOD)
    folder = make_project(
        tmp_path / "p", report=f'\n[[source]]\nfile = "{file}"\ntable = "incidents"\n'
    )
    before = tree(tmp_path)
    for command in ("check", "build"):
        done = safe(call_cli(command, "--project", folder))
        assert done.exit_code == 2
        assert "source[1].file" in done.stderr
    assert safe(call_cli("map", tmp_path / "outside.csv", "--project", folder)).exit_code == 2
    assert tree(tmp_path) == before


EXPRESSIONS = (
    "(a+)+$",
    "(a|aa)*b",
    "(?:a?){30}(a{30})",
    "((?:.*a)*)",
    "(.*).*.*.*x",
    "a?" * 15 + "(b)",
)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expressions_without_an_end_are_refused(
    call_cli: CallCli, tmp_path: Path, expression: str
) -> None:
    """A match that could take for ever is refused before any text is tried."""
    block = (
        '\n[[source]]\nfile = "ciso/incidents.csv"\ntable = "incidents"\n[source.columns]\n'
        f"title = {{ from = \"title\", match = '{expression}' }}\n"
    )
    rows = incidents(incident(title="a" * 60 + "!"))
    folder = make_project(tmp_path, {"ciso/incidents.csv": rows}, block)
    done = safe(call_cli("check", "--project", folder))
    assert done.exit_code == 2
    assert "source[1].columns.title.match" in done.stderr


def test_long_texts_are_not_searched(call_cli: CallCli, tmp_path: Path) -> None:
    """They stay as they are, and so are told; the dearest expression that is allowed ends."""
    block = (
        '\n[[source]]\nfile = "ciso/incidents.csv"\ntable = "incidents"\n[source.columns]\n'
        "cost = { from = \"cost\", match = '(.*).*!.*x' }\n"
    )
    rows = incidents(incident(cost="a" * 120), incident(incident_id="I-2", cost="!" * 301))
    folder = make_project(tmp_path, {"ciso/incidents.csv": rows}, block)
    found = findings_of(safe(call_cli("check", "--project", folder, "--json")))
    errors = [(each["code"], each["line"]) for each in found if each["severity"] == "error"]
    assert errors == [("bad_money", 3)]


@pytest.mark.slow
def test_two_hundred_thousand_findings(tmp_path: Path) -> None:
    """`check --json` has them all, within bounded memory."""
    rows = (
        incident(incident_id=f"I-{at}", severity="urgent", category=f"x{at % 7}")
        for at in range(100_000)
    )
    folder = make_project(tmp_path, {"ciso/incidents.csv": incidents(*rows)})
    done, peak = measured("check", "--project", folder, "--json")
    safe(done)
    found = [each for each in findings_of(done) if each["code"] == "unknown_category"]
    assert len(found) == 200_000
    assert [each["line"] for each in found] == sorted(each["line"] for each in found)
    assert peak < 1_500


def test_a_terminal_shows_ten_of_a_kind(call_cli: CallCli, tmp_path: Path) -> None:
    """And how many more there are."""
    rows = (incident(incident_id=f"I-{at}", severity="urgent") for at in range(5_000))
    folder = make_project(tmp_path, {"ciso/incidents.csv": incidents(*rows)})
    shown = call_cli("check", "--project", folder, terminal=True)
    assert "unknown_category (5,000)" in shown.stdout
    assert "and 4,990 more" in shown.stdout
    assert shown.stdout.count("'urgent'") == 10


def test_values_of_json_at_the_edge(call_cli: CallCli, tmp_path: Path) -> None:
    """Numbers that no machine holds, and texts of any length, are cells like others."""
    good = dict(zip(INCIDENT_HEADER.split(","), INCIDENT.split(","), strict=True))
    costs = ("NaN", "Infinity", "1e999999999", "9" * 1_000_000, "-0")
    records = [
        json.dumps({**good, "incident_id": f"I-{at}"}).replace('"1200.50"', cost)
        for at, cost in enumerate(costs)
    ]
    long = json.dumps({**good, "incident_id": "I-9", "title": "x" * 10_000_000})
    block = '\n[[source]]\nfile = "ciso/i.json"\ntable = "incidents"\n'
    content = "[" + ",\n".join((*records, long)) + "]"
    folder = make_project(tmp_path, {"ciso/i.json": content}, block)
    (folder / "ciso/incidents.csv").unlink()
    done = safe(call_cli("check", "--project", folder, "--json"))
    found = [
        (each["line"], each["code"])
        for each in findings_of(done)
        if each["file"] == "ciso/i.json" and each["value"]
    ]
    assert found == [
        (1, "bad_money"), (2, "bad_money"), (3, "bad_money"), (4, "number_too_large"),
        (6, "text_long"),
    ]  # fmt: skip
    assert len(done.stdout) < 200_000


def test_a_row_of_a_million_cells(call_cli: CallCli, tmp_path: Path) -> None:
    """Empty cells beyond the header are none; filled ones set the row aside."""
    rows = incidents(INCIDENT, INCIDENT + "," * 1_000_000, "a" + ",b" * 1_000_000)
    folder = make_project(tmp_path, {"ciso/incidents.csv": rows})
    found = findings_of(safe(call_cli("check", "--project", folder, "--json")))
    errors = [(each["code"], each["line"]) for each in found if each["severity"] == "error"]
    assert errors == [("too_many_cells", 4)]


def test_a_header_alone(call_cli: CallCli, tmp_path: Path) -> None:
    """It says that nothing happened, and is told."""
    folder = make_project(tmp_path, {"ciso/incidents.csv": INCIDENT_HEADER + "\n"})
    found = findings_of(safe(call_cli("check", "--project", folder, "--json")))
    (only,) = [each for each in found if each["code"] == "no_rows"]
    assert (only["file"], only["line"], only["severity"]) == ("ciso/incidents.csv", 1, "warning")


def _many_columns() -> Iterator[str]:
    yield ",".join(f"column {at}" for at in range(1_500))
    yield ",".join("1" for _ in range(1_500))


def test_a_proposal_for_too_many_columns(call_cli: CallCli, tmp_path: Path) -> None:
    """Each column is held against every known name, so that their number is bounded."""
    folder = make_project(tmp_path, {"wide.csv": "\n".join(_many_columns())})
    done = safe(call_cli("map", folder / "wide.csv", "--project", folder))
    assert done.exit_code == 2
    assert "1,500 columns" in done.stderr
