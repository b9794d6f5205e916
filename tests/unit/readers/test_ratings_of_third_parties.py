"""SecurityScorecard's and BitSight's portfolios, in the shape of their APIs."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.projects import found, load

QUARTER = 'constants = { quarter = "2026-Q3" }\n'
SOURCE = '\n[[source]]\nfile = "export.json"\n'
SCORED = {
    "domain": "one.example",
    "name": "One",
    "score": 63,
    "grade": "D",
    "last30days_score_change": 12,
    "industry": "technology",
    "size": "size_51_to_200",
    "is_custom_vendor": False,
}
RATED = {
    "guid": "11111111-1111-1111-1111-111111111111",
    "custom_id": None,
    "name": "Two",
    "shortname": "Two",
    "network_size_v4": 50,
    "rating": 740,
    "rating_date": "2026-08-01",
    "added_date": "2026-07-01",
    "industry": {"name": "Technology", "slug": "technology"},
}


def _load(tmp_path: Path, value: object, block: str = SOURCE + QUARTER) -> Any:
    return load(tmp_path, {"export.json": json.dumps(value)}, block)[1]


def test_securityscorecard(tmp_path: Path) -> None:
    """Scores are 0 to 100; a vendor's domain is its number."""
    loaded = _load(tmp_path, {"entries": [SCORED, {**SCORED, "domain": "x", "score": "N/A"}]})
    rows = loaded.tables.frame("third_parties").to_dict("records")
    assert [(row["quarter"], row["vendor_id"], row["vendor_name"]) for row in rows] == [
        ("2026-Q3", "one.example", "One"),
        ("2026-Q3", "x", "One"),
    ]
    assert rows[0]["rating"] == 63
    assert rows[1]["rating"] != rows[1]["rating"], "no score is not zero"
    assert rows[0]["rating_out_of"] != rows[0]["rating_out_of"]


@pytest.mark.parametrize("value", [{"entries": [SCORED]}, {"results": [RATED]}])
def test_the_quarter_is_asked_for(tmp_path: Path, value: object) -> None:
    """An answer says nothing of when it is: the message says what to give."""
    missing = found(_load(tmp_path, value, SOURCE), "column_missing")
    assert (missing.column, missing.stops) == ("quarter", True)
    assert 'constants.quarter = "YYYY-Qn"' in missing.mend


@pytest.mark.parametrize("value", [{"links": {}, "count": 2, "results": [RATED]}, [RATED]])
def test_bitsight(tmp_path: Path, value: object) -> None:
    """A rating of 740 stays 740, with the top of its scale beside it."""
    loaded = _load(tmp_path, value)
    (row,) = loaded.tables.frame("third_parties").to_dict("records")
    assert (row["vendor_id"], row["vendor_name"]) == (RATED["guid"], "Two")
    assert (row["rating"], row["rating_out_of"]) == (740.0, 900.0)
    assert row["last_assessed_on"] != row["last_assessed_on"], "their rating is no review of ours"


def test_bitsight_csv_with_a_mark_and_without_a_rating(tmp_path: Path) -> None:
    """The fields as a CSV file begin with a byte order mark; N/A is no rating."""
    text = "\ufeffguid,name,rating,rating_date\ng1,One,250,2026-08-01\ng2,Two,N/A,N/A\n"
    block = '\n[[source]]\nfile = "export.csv"\n' + QUARTER
    loaded = load(tmp_path, {"export.csv": text.encode()}, block)[1]
    frame = loaded.tables.frame("third_parties")
    assert frame["vendor_id"].to_list() == ["g1", "g2"]
    assert frame["rating"].to_list()[0] == 250
    assert frame["rating"].isna().to_list() == [False, True]
