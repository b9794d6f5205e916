"""What entries of a record say together, and what is wrong with one beside the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from board_report.governance.incident_checks import (
    entry_faults,
    record_findings,
    refuse_faulty,
)
from board_report.governance.incident_codes import INCIDENT_FAULTS, IncidentCode, IncidentError
from board_report.governance.incident_kinds import (
    Aspect,
    Bearing,
    Content,
    Correction,
    Delay,
    DelayBasis,
    DelayStage,
    Determined,
    Discovered,
    Event,
    Fact,
    Factor,
    FactorSaid,
    FactState,
    Filed,
    Form,
    Notified,
    Related,
    Statement,
    StatementAspect,
)
from board_report.governance.incident_record import IncidentRecord
from tests.incident_data import Step, around, determined, opened, record_of

SATURDAY = "2026-09-05T11:00:00-04:00"
NEXT_WEEK = "2026-09-14T11:00:00-04:00"
LATER = "2026-09-20T11:00:00-04:00"


def fact(state: FactState, name: str = "records", aspect: Aspect = Aspect.SCOPE) -> Fact:
    return Fact(name, state, aspect, "So many.")


def codes(*steps: Step, regimes: tuple[str, ...] = (), form: str = "10-K") -> list[IncidentCode]:
    """What is found in a record of these entries."""
    found = record_findings(record_of(*steps), around("INC-8", regimes=regimes, form=form))
    return [IncidentCode(each.code) for each in found]


# --- what it says --------------------------------------------------------------------------------


def test_the_last_determination_counts_from_where_it_held_without_a_break() -> None:
    record = record_of(
        opened(),
        determined(SATURDAY, Determined.NOT_MATERIAL),
        determined(NEXT_WEEK),
        determined(LATER),
    )
    assert record.state is Determined.MATERIAL
    assert record.determined is not None
    assert record.determined.at == datetime.fromisoformat(NEXT_WEEK)


def test_not_yet_determined_is_no_determination() -> None:
    record = record_of(opened(), determined(SATURDAY, Determined.NOT_YET))
    assert (record.state, record.determined) == (Determined.NOT_YET, None)
    taken_back = record_of(opened(), determined(SATURDAY), determined(LATER, Determined.NOT_YET))
    assert taken_back.determined is None


def test_a_corrected_entry_counts_no_more_and_stays() -> None:
    record = record_of(opened(), determined(SATURDAY), (LATER, Correction(2, "Wrong day.")))
    assert record.state is Determined.NOT_YET
    assert len(record.entries) == 3
    assert record.corrected[2].number == 3


def test_facts_are_undetermined_until_they_are_available() -> None:
    record = record_of(
        opened(),
        (SATURDAY, fact(FactState.UNDETERMINED)),
        (SATURDAY, fact(FactState.UNDETERMINED, "cost", Aspect.IMPACT)),
        (SATURDAY, fact(FactState.UNDETERMINED, "tool", Aspect.OTHER)),
        (NEXT_WEEK, fact(FactState.AVAILABLE)),
    )
    before = datetime.fromisoformat(NEXT_WEEK) - timedelta(seconds=1)
    assert [each.name for _, each in record.undetermined_at(before)] == ["records", "cost", "tool"]
    assert [each.name for _, each in record.undetermined] == ["cost", "tool"]
    assert record.undetermined_aspects == (Aspect.IMPACT,)
    assert len(record.known_at(before).facts["records"]) == 1


def test_factors_that_nobody_spoke_of_are_unknown_and_aggregation_is_asked_for_each() -> None:
    record = record_of(
        opened(),
        (SATURDAY, FactorSaid(Factor.FINANCIAL, Bearing.BEARING, "A week of orders.")),
        (SATURDAY, FactorSaid(Factor.DATA, Bearing.UNKNOWN, "Logs are read.")),
        (SATURDAY, Related("INC-8", "Same way in.")),
        (SATURDAY, Related("INC-9", "Same quarter.")),
        (LATER, FactorSaid(Factor.AGGREGATION, Bearing.NOT_BEARING, "Another actor.", "INC-9")),
    )
    assert record.unknown_factors == (
        "operational", "data", "regulatory", "reputational", "aggregation with INC-8",
    )  # fmt: skip
    alone = record_of(opened())
    assert alone.unknown_factors[-1] == "aggregation"
    assert len(alone.unknown_factors) == 6


def test_the_latest_statement_of_each_aspect_counts_in_the_order_of_aspects() -> None:
    record = record_of(
        opened(),
        (SATURDAY, Statement(StatementAspect.IMPACT, "First.")),
        (SATURDAY, Statement(StatementAspect.NATURE, "What.")),
        (LATER, Statement(StatementAspect.IMPACT, "Second.")),
    )
    assert [each.text for _, each in record.statements] == ["What.", "Second."]


def test_nothing_on_record_is_a_score_or_a_verdict() -> None:
    """The record has words of people, and no number or state that the program computed."""
    for kind in Content.__args__:
        names = {each.casefold() for each in kind.__dataclass_fields__}
        assert not names & {"score", "weight", "rating", "verdict", "is_material", "total"}
    assert not {name for name in dir(IncidentRecord) if "score" in name or "verdict" in name}


# --- what is wrong -------------------------------------------------------------------------------

BEFORE = "2026-09-04T18:39:00-04:00"
AG, FCC = DelayBasis.ATTORNEY_GENERAL, DelayBasis.FCC
REQUESTED = (SATURDAY, Delay(AG, DelayStage.REQUESTED))


def granted(at: str, days: int) -> Step:
    return (at, Delay(AG, DelayStage.GRANTED, days))


SCOPE, NOT_MATERIAL = StatementAspect.SCOPE, Determined.NOT_MATERIAL
BAD_ORDER = IncidentCode.DELAY_OUT_OF_ORDER


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([determined(SATURDAY)], IncidentCode.NOT_DISCOVERED),
        ([(SATURDAY, Filed(Form.ITEM_8_01))], IncidentCode.NOT_DISCOVERED),
        ([opened(), determined(BEFORE)], IncidentCode.BEFORE_DISCOVERY),
        ([opened(), (BEFORE, Statement(SCOPE, "x"))], IncidentCode.BEFORE_DISCOVERY),
        ([opened(), (SATURDAY, Discovered("Again"))], IncidentCode.ALREADY_OPEN),
        ([opened(), (SATURDAY, fact(FactState.KNOWN), "CTO")], IncidentCode.ROLE_NOT_HELD),
        ([opened(), (SATURDAY, Related("INC-8", " "))], IncidentCode.NOTHING_SAID),
        ([opened(), (SATURDAY, fact(FactState.AVAILABLE))], IncidentCode.NOT_UNDETERMINED),
        ([opened(), (SATURDAY, Related("INC-99", "x"))], IncidentCode.RELATED_UNKNOWN),
        ([opened(), (SATURDAY, Related("INC-7", "x"))], IncidentCode.RELATED_SELF),
        (
            [opened(), (SATURDAY, FactorSaid(Factor.AGGREGATION, Bearing.BEARING, "x", "INC-8"))],
            IncidentCode.NOT_RELATED,
        ),
        ([opened(), (SATURDAY, Filed(Form.ITEM_1_05))], IncidentCode.FILED_EARLY),
        (
            [opened(), (SATURDAY, Filed(Form.ITEM_1_05)), determined(NEXT_WEEK)],
            IncidentCode.FILED_EARLY,
        ),
        (
            [opened(), determined(SATURDAY, NOT_MATERIAL), (LATER, Filed(Form.ITEM_1_05))],
            IncidentCode.FILED_EARLY,
        ),
        (
            [opened(), determined(SATURDAY), (LATER, Filed(Form.AMENDMENT))],
            IncidentCode.AMENDS_NOTHING,
        ),
        ([opened(), (LATER, Filed(Form.SIX_K))], IncidentCode.FORM_DIFFERS),
        ([opened(), (LATER, Filed(Form.ITEM_8_01, "26-1"))], IncidentCode.ACCESSION_WRONG),
        ([opened(), REQUESTED, granted(NEXT_WEEK, 31)], IncidentCode.DELAY_TOO_LONG),
        (
            [opened(), granted(SATURDAY, 30), granted(NEXT_WEEK, 30), granted(LATER, 61)],
            IncidentCode.DELAY_TOO_LONG,
        ),
        (
            [opened(), *(granted(f"2026-09-1{day}T09:00:00-04:00", 10) for day in range(4))],
            BAD_ORDER,
        ),
        ([opened(), granted(SATURDAY, 0)], BAD_ORDER),
        ([opened(), (SATURDAY, Delay(AG, DelayStage.ENDED_EARLY))], BAD_ORDER),
        ([opened(), (SATURDAY, Delay(AG, DelayStage.DECLINED))], BAD_ORDER),
        ([opened(), (SATURDAY, Delay(FCC, DelayStage.GRANTED, 5))], BAD_ORDER),
        ([opened(), (SATURDAY, Notified("gdpr_authority"))], IncidentCode.DUTY_UNKNOWN),
        ([opened(), (SATURDAY, Event("classified_major"))], IncidentCode.EVENT_UNKNOWN),
        ([opened(), (SATURDAY, Correction(9, "x"))], IncidentCode.CORRECTS_NOTHING),
        (
            [opened(), (SATURDAY, Correction(1, "x")), (SATURDAY, Correction(2, "x"))],
            IncidentCode.CORRECTS_NOTHING,
        ),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_stand_is_found_and_would_be_refused(
    steps: list[Step], code: IncidentCode
) -> None:
    assert code in codes(*steps)
    record = record_of(*steps)
    faulty = [
        each
        for each in record.entries
        if code in {fault for fault, _ in entry_faults(each, record, around("INC-8"))}
    ]
    assert faulty
    with pytest.raises(IncidentError) as refused:
        refuse_faulty(faulty[-1], record, around("INC-8"))
    assert "incident INC-7" in refused.value.message


def test_a_whole_record_has_nothing_wrong() -> None:
    assert (
        codes(
            opened(),
            (SATURDAY, fact(FactState.UNDETERMINED)),
            (SATURDAY, Related("INC-8", "Same way in.")),
            (SATURDAY, FactorSaid(Factor.AGGREGATION, Bearing.BEARING, "Together.", "INC-8")),
            determined(SATURDAY),
            REQUESTED,
            granted("2026-09-10T09:00:00-04:00", 30),
            (NEXT_WEEK, Delay(AG, DelayStage.ENDED_EARLY)),
            (NEXT_WEEK, Statement(StatementAspect.NATURE, "It happened; 5 < 6 & so on.\nMore.")),
            ("2026-09-18T10:00:00-04:00", Filed(Form.ITEM_1_05, "0001234567-26-000123")),
            (LATER, fact(FactState.AVAILABLE)),
            (LATER, Filed(Form.AMENDMENT)),
            (SATURDAY, Event("aware_of_personal_data_breach")),
            (NEXT_WEEK, Notified("gdpr_authority")),
            regimes=("GDPR",),
        )
        == []
    )


def test_a_foreign_issuer_files_on_form_6_k_alone() -> None:
    steps = [opened(), determined(SATURDAY)]
    assert codes(*steps, (LATER, Filed(Form.SIX_K)), form="20-F") == []
    assert codes(*steps, (LATER, Filed(Form.ITEM_1_05)), form="20-F") == [IncidentCode.FORM_DIFFERS]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We <b>stopped</b> it.", "<b"),
        ("<!-- secret --> Stopped.", "<!"),
        ("Stopped &amp; started.", "&amp;"),
        ("Stopped&#8203;.", "&#8203;"),
        ("Cost {{ metric('x') }}.", "{{"),
        ("Stop\u202eped.", "U+202E"),
        ("Stop\u200bped.", "U+200B"),
        ("Stop\x07ped.", "U+0007"),
        ("One line.\nStop\x1bped.", "U+001B"),
    ],
)
def test_markup_and_hidden_signs_have_no_place_in_a_public_statement(text: str, shown: str) -> None:
    step = (SATURDAY, Statement(StatementAspect.NATURE, text))
    (found,) = record_findings(record_of(opened(), step), around())
    assert found.code == IncidentCode.MARKUP
    assert shown in found.reason


def test_a_person_who_does_not_hold_the_role_is_told() -> None:
    record = record_of(opened())
    (entry,) = record.entries
    other = IncidentRecord("INC-7", (replace(entry, person="Somebody Else"),))
    (found,) = record_findings(other, around())
    assert found.code == IncidentCode.PERSON_DIFFERS
    assert "Ilse Drummond" in found.reason


def test_a_role_with_a_typo_is_answered_with_the_nearest() -> None:
    (found,) = record_findings(
        record_of(opened(), (SATURDAY, fact(FactState.KNOWN), "CISSO")), around()
    )
    assert "Did you mean CISO?" in found.reason


def test_a_role_is_looked_up_on_the_day_of_the_entry() -> None:
    late = replace(around(), people=[{**row, "since": date(2026, 9, 6)} for row in around().people])
    found = record_findings(record_of(opened(), determined(SATURDAY), determined(LATER)), late)
    assert [each.code for each in found] == [IncidentCode.ROLE_NOT_HELD] * 2


def test_every_code_is_explained_once_with_its_own_words() -> None:
    assert set(INCIDENT_FAULTS) == set(IncidentCode)
    assert len({each.meaning for each in INCIDENT_FAULTS.values()}) == len(IncidentCode)
