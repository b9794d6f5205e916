"""Keys of which a part may be empty: the empty cell is a part of the key like any other."""

from __future__ import annotations

from pathlib import Path

from board_report.tables.load import LoadedTables
from tests.projects import found, load, told

HEADER = "campaign_id,business_unit,sent_on,difficulty,delivered,clicked,reported,update"
BLOCK = """
[[source]]
table = "phishing_campaigns"
file = "ciso/campaigns.csv"
"""


def campaigns(folder: Path, *rows: str, more: str = "") -> LoadedTables:
    """A project whose campaigns are these rows."""
    content = "\n".join((HEADER, *rows)) + "\n"
    return load(folder, {"ciso/campaigns.csv": content}, BLOCK + more)[1]


def clicked(loaded: LoadedTables) -> list[int]:
    return [int(each) for each in loaded.tables.frame("phishing_campaigns")["clicked"]]


def test_a_row_without_a_unit_is_no_row_without_a_key(tmp_path: Path) -> None:
    """A whole company's campaign beside one of a unit, and another without a unit: three keys."""
    loaded = campaigns(
        tmp_path,
        "C-1,,2026-08-01,easy,100,4,9,1",
        "C-1,Retail,2026-08-01,easy,50,3,8,1",
        "C-2,,2026-08-02,easy,10,1,2,1",
    )
    assert clicked(loaded) == [4, 3, 1]
    assert not told(loaded) & {"key_missing", "value_missing", "duplicate_key"}


def test_the_first_part_of_the_key_must_be_there(tmp_path: Path) -> None:
    loaded = campaigns(tmp_path, ",,2026-08-01,easy,100,4,9,1", "C-2,,2026-08-02,easy,10,1,2,1")
    assert clicked(loaded) == [1]
    assert (found(loaded, "key_missing").line, found(loaded, "key_missing").column) == (
        2,
        "campaign_id",
    )


def test_the_same_key_twice_is_told_with_its_empty_part(tmp_path: Path) -> None:
    loaded = campaigns(tmp_path, "C-1,,2026-08-01,easy,100,4,9,1", "C-1,,2026-08-01,easy,100,5,9,2")
    assert clicked(loaded) == [4]
    twice = found(loaded, "duplicate_key")
    assert (twice.line, twice.value) == (3, "C-1 and (empty)")
    assert "None" not in twice.reason


def test_the_same_row_twice_counts_once(tmp_path: Path) -> None:
    row = "C-1,,2026-08-01,easy,100,4,9,1"
    loaded = campaigns(tmp_path, row, row)
    assert clicked(loaded) == [4]
    assert found(loaded, "duplicate_row").value == "C-1 and (empty)"


def test_a_log_is_folded_by_the_whole_key(tmp_path: Path) -> None:
    """The last state of the campaign without a unit; the unit's own state stands beside it."""
    loaded = campaigns(
        tmp_path,
        "C-1,,2026-08-01,easy,100,4,9,1",
        "C-1,Retail,2026-08-01,easy,50,3,8,1",
        "C-1,,2026-08-01,easy,100,6,9,2",
        more='keep = "last"\norder_by = "update"\n',
    )
    assert clicked(loaded) == [3, 6]
    assert "duplicate_key" not in told(loaded)
    assert found(loaded, "superseded").line == 2


def test_two_last_states_of_an_empty_part_are_told_in_words(tmp_path: Path) -> None:
    loaded = campaigns(
        tmp_path,
        "C-1,,2026-08-01,easy,100,4,9,2",
        "C-1,,2026-08-01,easy,100,6,9,2",
        more='keep = "last"\norder_by = "update"\n',
    )
    assert found(loaded, "order_tied").value == "C-1 and (empty)"
