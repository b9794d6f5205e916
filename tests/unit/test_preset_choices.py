"""Rows that a reader leaves out by itself: what its tool's words say, where the file has them."""

from __future__ import annotations

from dataclasses import replace

from board_report.model import RawRow, RawTable, SourceFile
from board_report.project import SourceSpec
from board_report.sources.reader import Evidence, Reader
from board_report.sources.recognize import Recognized, with_preset
from board_report.tables.catalogue import TABLES
from board_report.tables.mapping import map_columns
from board_report.tables.outcome import CellRules
from board_report.tables.selection import Selection, find_headers, select_rows

PRESET = SourceSpec(
    table="incidents", file="", leave_out={"state": ("Cancelled", "Draft"), "kind": ("Test",)}
)
READER = Reader(
    id="tool",
    tool="Tool",
    export="tickets",
    preset=PRESET,
    signatures=(),
    evidence=Evidence.DOCUMENTED,
    reference="",
)
BLOCK = SourceSpec(table="", file="ciso/tickets.csv")


def merged(**block: object) -> SourceSpec:
    """A block that says this, with what the reader knows."""
    return with_preset(replace(BLOCK, **block), Recognized(READER))  # type: ignore[arg-type]


def select(source: SourceSpec, columns: tuple[str, ...], *rows: tuple[str, ...]) -> Selection:
    """The rows of a file that are records; its headers must be found."""
    raw = RawTable(
        source=SourceFile("ciso/tickets.csv", "", 0),
        columns=columns,
        rows=tuple(RawRow(line, cells) for line, cells in enumerate(rows, start=2)),
        header_line=1,
        sheet="",
    )
    headers = find_headers(raw, source)
    assert headers.findings == ()
    return select_rows(raw, source, headers, range(len(rows)), [], CellRules())


def test_words_of_the_tool_that_no_row_has_are_nothing_unusual() -> None:
    """One of the reader's words is there, the others are not, and nothing is remarked on."""
    chosen = select(merged(), ("State", "Kind"), ("cancelled", ""), ("Open", ""))
    assert (chosen.kept, chosen.left_out) == ([1], {0})
    (told,) = chosen.findings
    assert (told.code, told.reason) == ("left_out", "1 row left out: State is cancelled (1).")


def test_header_that_the_export_lacks_is_passed_over() -> None:
    """Which columns are exported is the user's choice."""
    chosen = select(merged(), ("Title",), ("One",), ("Two",))
    assert (chosen.kept, chosen.findings) == ([0, 1], [])


def test_own_words_replace_those_of_the_same_header_alone() -> None:
    """What the block says of a header holds for it; the reader's other headers stay."""
    source = merged(leave_out={"state": ("Open",)})
    assert source.leave_out == {"state": ("Open",), "kind": ("Test",)}
    chosen = select(source, ("state", "kind"), ("Draft", ""), ("Open", ""), ("Draft", "test"))
    assert (chosen.kept, chosen.left_out) == ([0], {1, 2})


def test_own_word_that_no_row_has_may_be_misspelled() -> None:
    """It is remarked on, as without a reader."""
    source = merged(leave_out={"state": ("Canceled",)})
    chosen = select(source, ("state",), ("Draft",), ("Open",))
    assert [(each.code, each.value) for each in chosen.findings] == [("choice_absent", "Canceled")]


def test_note_counts_each_text_of_rows_left_out() -> None:
    """By header, the most frequent first; a sixth text is only counted."""
    source = merged(only={"kind": ("Incident",)}, leave_out={"state": ("Draft",)})
    kinds = ("b", "a", "b", "", "c", "d", "e", "Incident", "Incident")
    states = (*[""] * 7, "draft", "open")
    chosen = select(source, ("state", "kind"), *zip(states, kinds, strict=True))
    assert (chosen.kept, len(chosen.left_out)) == ([8], 8)
    assert chosen.findings[-1].reason == (
        "8 rows left out: kind is b (2), empty (1), a (1), c (1), d (1) and 1 more; "
        "state is draft (1)."
    )


def test_header_called_like_a_column_of_ours_is_the_tools_own() -> None:
    """A ticket's category is no kind of incident, unless the block says that it is."""
    raw = RawTable(SourceFile("ciso/tickets.csv", "", 0), ("category",), (), 1, "")
    unasked = map_columns(raw, merged(), TABLES["incidents"])
    asked = map_columns(raw, merged(columns={"category": "category"}), TABLES["incidents"])
    plain = map_columns(raw, replace(BLOCK, table="incidents"), TABLES["incidents"])
    assert (unasked.positions, asked.positions, plain.positions) == (
        {}, {"category": (0,)}, {"category": (0,)},
    )  # fmt: skip
