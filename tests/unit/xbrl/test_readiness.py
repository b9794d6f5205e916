"""What keeps a report from being filed: missing facts by their key, faults, untagged answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board_report.documents.xbrl.readiness import filing_findings
from board_report.model import Filer, Severity
from tests.unit.xbrl.samples import FILER, annual, incident


def test_a_whole_record_is_ready() -> None:
    assert filing_findings(annual()) == ()
    assert filing_findings(incident()) == ()


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"cik": ""}, "company.cik"),
        ({"file_number": ""}, "filer.file_number"),
        ({"address_lines": ()}, "filer.address.lines"),
        ({"state": ""}, "filer.address.state"),
        ({"securities": ()}, "filer.security"),
        ({"is_emerging_growth": None}, "filer.emerging_growth_company"),
        ({"namespace": ""}, "filer.namespace"),
    ],
)
def test_a_fact_that_is_missing_is_told_once_by_its_key(
    changes: dict[str, object], key: str
) -> None:
    (found,) = filing_findings(incident(filer=replace(FILER, **changes)))  # type: ignore[arg-type]
    assert (found.code, found.severity) == ("xbrl_not_on_file", Severity.ERROR)
    assert (found.file, found.column) == ("report.toml", key)


def test_an_address_abroad_needs_no_state() -> None:
    abroad = replace(FILER, state="", country="IE", incorporated_in="L2")
    assert filing_findings(incident(filer=abroad)) == ()


def test_nothing_known_misses_everything() -> None:
    found = filing_findings(annual(filer=Filer("Larkfield", "")), folder="inline-xbrl")
    assert len([each for each in found if each.code == "xbrl_not_on_file"]) == 13
    assert {each.code for each in found} == {"xbrl_not_on_file"}


def test_an_answer_that_nothing_carries_is_a_note() -> None:
    record = annual(texts={"106(b)(1)(iii)": ()}, answers={"106(b)(1)(iii)": False})
    (found,) = filing_findings(record, folder="inline-xbrl")
    assert (found.code, found.severity) == ("xbrl_flag_not_carried", Severity.NOTE)
    assert (found.file, found.value) == ("inline-xbrl/lkf-20261231.htm", "no")


def test_an_item_of_which_nothing_is_said_is_an_error() -> None:
    (found,) = filing_findings(replace(annual(), sections=()))
    assert (found.code, found.severity) == ("xbrl_no_cyd_fact", Severity.ERROR)
