"""Regimes as data: read, matched with the company's, added to, and refused with key and line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from board_report.errors import ProjectError
from board_report.governance.reporting_regimes import FILE, Limit, load_regimes, read_regimes

OWN = """checked_on = 2026-10-01
[[duties]]
id = "cyber_insurer"
regime = "Insurance"
name = "Notice to the insurer"
rule = "Policy, section 7"
limits = [{ after = "discovered", hours = 48 }]
checked = "source"
source = "The policy"
"""


def project(folder: Path, text: str) -> Path:
    (folder / "governance").mkdir()
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("named", "regime"),
    [("gdpr", "GDPR"), ("NIS 2", "NIS2"), ("nis-2", "NIS2"), ("23 nycrr 500", "NYDFS"),
     ("dora", "DORA"), ("HIPAA", "HIPAA"), ("Regulation (EU) 2016/679", "GDPR")],
)  # fmt: skip
def test_a_regime_is_known_by_the_names_that_a_company_uses(named: str, regime: str) -> None:
    assert {each.regime for each in load_regimes().asked([named]).duties} == {regime}


def test_a_regime_that_asks_nothing_here_has_no_clock() -> None:
    assert load_regimes().asked(["PCI DSS", "SEC", ""]).duties == ()


def test_every_limit_says_what_it_was_checked_against_and_when() -> None:
    for duty in load_regimes().duties:
        assert duty.rule
        assert duty.source
        assert duty.checked in ("secondary", "memory", "source")
        assert duty.checked_on == date(2026, 11, 28)
        assert "2026-11-28" in duty.checked_words


def test_limits_that_boards_know() -> None:
    known = {each.id: [limit.words for limit in each.limits] for each in load_regimes().duties}
    assert known == {
        "nis2_early_warning": ["24 hours"],
        "nis2_notification": ["72 hours"],
        "nis2_final_report": ["1 month"],
        "dora_initial": ["4 hours", "24 hours"],
        "dora_intermediate": ["72 hours"],
        "dora_final": ["1 month"],
        "nydfs_notice": ["72 hours"],
        "nydfs_extortion_payment": ["24 hours"],
        "nydfs_extortion_explanation": ["30 days"],
        "gdpr_authority": ["72 hours"],
        "hipaa_individuals": ["60 days"],
        "hipaa_secretary": ["60 days"],
    }


def test_a_project_adds_its_own_and_takes_the_place_of_one(tmp_path: Path) -> None:
    changed = OWN.replace("cyber_insurer", "gdpr_authority").replace('"Insurance"', '"GDPR"')
    own = load_regimes(project(tmp_path, changed))
    assert len(own.duties) == len(load_regimes().duties)
    found = own.duty("gdpr_authority")
    assert found is not None
    assert found.name == "Notice to the insurer"
    assert load_regimes(tmp_path / "elsewhere") == load_regimes()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "cyber_insurer"', "", "line 2, duties[1].id"),
        ('"cyber_insurer"', '"Cyber Insurer"', "small letters"),
        ('"discovered"', '"thought_of"', "[events]"),
        ("hours = 48", "hours = 0", "below 1"),
        ("hours = 48", "hours = 48, days = 2", "exactly one length"),
        ("hours = 48", "minutes = 48", "'minutes'"),
        ('"source"', '"heard"', "heard"),
        ("checked_on = 2026-10-01", "", "checked_on"),
        ('rule = "Policy, section 7"', "rule = 7", "rule"),
        ("limits = [{ after", "limit = [{ after", "Did you mean limits?"),
        ("[[duties]]", "[[duty]]", "duties"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in OWN
    with pytest.raises(ProjectError) as refused:
        load_regimes(project(tmp_path, OWN.replace(old, new, 1)))
    assert FILE in refused.value.message
    assert says in refused.value.message


def test_an_id_given_twice_is_refused() -> None:
    twice = OWN + OWN.split("\n", 1)[1]
    with pytest.raises(ProjectError, match="twice"):
        read_regimes(twice.encode(), FILE)


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        ("2026-01-31T10:00:00+01:00", 1, "2026-02-28T23:59:59+01:00"),
        ("2028-01-31T10:00:00+01:00", 1, "2028-02-29T23:59:59+01:00"),
        ("2026-12-15T10:00:00+01:00", 1, "2027-01-15T23:59:59+01:00"),
        ("2026-08-31T10:00:00+01:00", 13, "2027-09-30T23:59:59+01:00"),
    ],
)
def test_a_month_ends_with_the_same_day_or_the_months_last(
    start: str, months: int, due: str
) -> None:
    limit = Limit("discovered", months=months)
    assert limit.due(datetime.fromisoformat(start)) == datetime.fromisoformat(due)
