"""What of an incident is public: statements, dates and forms, and nothing that names it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from datetime import date

import pytest

from board_report.governance.filing_calendar import load_filing_calendar
from board_report.governance.incident_kinds import (
    Aspect,
    Bearing,
    Delay,
    DelayBasis,
    DelayStage,
    Determination,
    Determined,
    Discovered,
    Fact,
    Factor,
    FactorSaid,
    FactState,
    Filed,
    Form,
    Related,
    Statement,
    StatementAspect,
)
from board_report.governance.incident_public import (
    IncidentPublicRecord,
    IncidentStatement,
    PriorFiling,
    incident_public_record,
)
from tests.incident_data import PEOPLE, Step, determined, opened, record_of

SECRET = "qz7001xk"
SATURDAY = "2026-09-05T11:00:00-04:00"
CALENDAR = load_filing_calendar()


def public(
    *steps: Step, is_foreign: bool = False, form: Form | None = None
) -> IncidentPublicRecord:
    return incident_public_record(
        record_of(*steps), PEOPLE, CALENDAR, is_foreign=is_foreign, form=form
    )


def said(aspect: StatementAspect, text: str, at: str = "2026-09-10T12:00:00-04:00") -> Step:
    return (at, Statement(aspect, text))


def test_statements_come_with_role_title_and_day_in_the_order_of_aspects() -> None:
    found = public(
        opened(),
        said(StatementAspect.IMPACT, "No effect is known."),
        said(StatementAspect.NATURE, " Systems were encrypted. "),
    )
    assert found.statements == (
        IncidentStatement(
            "nature", "Systems were encrypted.", "GC", "General Counsel", date(2026, 9, 10)
        ),
        IncidentStatement(
            "impact", "No effect is known.", "GC", "General Counsel", date(2026, 9, 10)
        ),
    )


@pytest.mark.parametrize(
    ("steps", "is_foreign", "form"),
    [
        ([], False, ("8-K", "8.01", 0)),
        ([determined(SATURDAY, Determined.NOT_MATERIAL)], False, ("8-K", "8.01", 0)),
        ([determined(SATURDAY)], False, ("8-K", "1.05", 0)),
        ([determined(SATURDAY), ("2026-09-11T10:00:00-04:00", Filed(Form.ITEM_1_05))], False,
         ("8-K/A", "1.05", 1)),
        ([determined(SATURDAY), ("2026-09-11T10:00:00-04:00", Filed(Form.ITEM_1_05)),
          ("2026-09-25T10:00:00-04:00", Filed(Form.AMENDMENT))], False, ("8-K/A", "1.05", 2)),
        ([determined(SATURDAY)], True, ("6-K", "", 0)),
    ],
)  # fmt: skip
def test_the_form_follows_from_the_record(
    steps: list[Step], is_foreign: bool, form: tuple[str, str, int]
) -> None:
    found = public(opened(), *steps, is_foreign=is_foreign)
    assert (found.form, found.item, found.amendment) == form


def test_another_form_may_be_asked_for() -> None:
    found = public(opened(), determined(SATURDAY), form=Form.ITEM_8_01)
    assert (found.form, found.item) == ("8-K", "8.01")


def test_the_event_is_the_determination_and_filings_count_on_their_day() -> None:
    found = public(
        opened(),
        determined(SATURDAY),
        ("2026-09-08T18:00:00-04:00", Filed(Form.ITEM_8_01)),
        ("2026-09-11T10:00:00-04:00", Filed(Form.ITEM_1_05, "0001234567-26-000123")),
        ("2026-09-25T10:00:00-04:00", Filed(Form.AMENDMENT)),
    )
    assert found.event_on == date(2026, 9, 5)
    assert found.prior_filings == (
        PriorFiling("8-K", "8.01", date(2026, 9, 9), ""),
        PriorFiling("8-K", "1.05", date(2026, 9, 11), "0001234567-26-000123"),
        PriorFiling("8-K/A", "1.05", date(2026, 9, 25), "", 1),
    )
    assert public(opened()).event_on is None


def test_aspects_that_are_not_determined_are_named_and_their_facts_are_not() -> None:
    found = public(
        opened(),
        (SATURDAY, Fact(SECRET, FactState.UNDETERMINED, Aspect.SCOPE, SECRET)),
        (SATURDAY, Fact("tool", FactState.UNDETERMINED, Aspect.OTHER, SECRET)),
    )
    assert found.undetermined == ("scope",)


def test_a_statement_with_markup_is_left_out() -> None:
    found = public(opened(), said(StatementAspect.NATURE, "Systems <b>stopped</b>."))
    assert found.statements == ()


def test_nothing_else_of_the_record_is_in_it() -> None:
    """Everything that can hold words holds a secret, but for the statements."""
    found = incident_public_record(
        record_of(
            ("2026-09-04T18:40:00-04:00", Discovered(SECRET)),
            (SATURDAY, Fact(SECRET, FactState.UNDETERMINED, Aspect.SCOPE, SECRET)),
            (SATURDAY, FactorSaid(Factor.DATA, Bearing.BEARING, SECRET, SECRET)),
            (SATURDAY, Related(SECRET, SECRET)),
            (SATURDAY, Determination(Determined.MATERIAL, SECRET)),
            (SATURDAY, Delay(DelayBasis.ATTORNEY_GENERAL, DelayStage.REQUESTED, 0, SECRET)),
            said(StatementAspect.NATURE, "Systems were encrypted."),
            incident_id=SECRET,
        ),
        [{**row, "person_name": SECRET} for row in PEOPLE],
        CALENDAR,
    )
    assert SECRET not in repr(found)


def test_the_record_has_these_fields_and_no_others() -> None:
    """A field that is added must be argued for: it can reach a filing."""
    assert {each.name for each in fields(IncidentPublicRecord)} == {
        "form", "item", "amendment", "event_on", "statements", "undetermined", "prior_filings",
    }  # fmt: skip
    assert {each.name for each in fields(IncidentStatement)} == {
        "aspect", "text", "role", "role_title", "attested_on",
    }  # fmt: skip
    assert {each.name for each in fields(PriorFiling)} == {
        "form", "item", "filed_on", "accession_number", "amendment",
    }  # fmt: skip
    with pytest.raises(FrozenInstanceError):
        public(opened()).form = "10-K"  # type: ignore[misc]
