"""A word that claims something of a figure agrees with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board_report.model import Finding, Severity
from board_report.story.prose_check import prose_findings
from board_report.story.prose_codes import ProseCode
from board_report.story.prose_words import claims_in, sentences
from tests.spec.tables import Row, tables
from tests.unit.prose_cases import PAGE, check, judged, known_facts, write

FINE, CONTRADICTED, UNTIED = None, ProseCode.WORD_CONTRADICTS, ProseCode.WORD_UNTIED
SENTENCES = (
    ("Detection improved, to {{ metric('mttd') }}.", FINE),
    ("Detection got worse.", CONTRADICTED),
    ("Detection has not improved.", CONTRADICTED),
    ("Detection has not got worse.", FINE),
    (
        "We see attackers sooner than a year ago ({{ metric('mttd') }} against {{ metric('mttd', "
        "ago=4) }}).",
        FINE,
    ),
    ("Detection fell to {{ metric('mttd') }}.", FINE),
    ("Detection rose to {{ metric('mttd') }}.", CONTRADICTED),
    ("Recovery improved.", CONTRADICTED),
    ("Recovery is unchanged at {{ metric('mttr') }}.", FINE),
    ("Recovery has not moved.", FINE),
    ("Recovery has not improved.", FINE),
    ("Detection is unchanged.", CONTRADICTED),
    ("Detection improved but recovery got better too.", CONTRADICTED),
    ("Detection and recovery improved.", CONTRADICTED),
    ("Recovery ({{ metric('mttr') }}) must improve.", FINE),
    ("Recovery will be faster once the drill is done.", FINE),
    ("If recovery improved, we would say so.", FINE),
    ("Has recovery improved?", FINE),
    ("Recovery is faster than planned.", FINE),
    ("Recovery is slower than we want.", FINE),
    ("The click rate rose this quarter because we sent harder templates.", FINE),
    ("The click rate fell.", CONTRADICTED),
    ("The click rate improved.", CONTRADICTED),
    ("The click rate got worse.", FINE),
    ("EDR coverage met its target for the first time.", FINE),
    ("Detection met its target for the first time.", CONTRADICTED),
    ("Detection is on target.", FINE),
    ("Detection missed its target.", CONTRADICTED),
    ("Recovery missed its target.", FINE),
    ("Recovery met its target.", CONTRADICTED),
    ("Recovery did not meet its target.", FINE),
    ("Detection did not miss its target.", FINE),
    ("Alerts doubled in a year.", FINE),
    ("Alerts tripled.", CONTRADICTED),
    ("Alerts doubled since last quarter.", CONTRADICTED),
    ("Detection halved against a year ago.", FINE),
    ("Detection is twice as fast as a year ago.", FINE),
    ("Recovery is twice as fast as a year ago.", CONTRADICTED),
    ("EDR coverage is at a record high.", FINE),
    ("Detection is at a record low.", FINE),
    ("Recovery is at a record low.", CONTRADICTED),
    ("Our headcount is at a record high.", UNTIED),
    ("Headcount doubled.", UNTIED),
    ("There were no incidents this quarter.", CONTRADICTED),
    ("There were no major incidents.", FINE),
    ("Nothing happened.", CONTRADICTED),
    ("No incident went unreported.", FINE),
    ("Zero incidents.", CONTRADICTED),
    ("Last quarter there were no incidents.", FINE),
    ("Laboratory scheduling was down for more than a day.", FINE),
    ("People report more than they click.", FINE),
    ("Costs rose, and recovery takes {{ metric('mttr') }}.", FINE),
    (
        "Approval takes {{ metric('time_to_secure_approval') }}, down from {{ "
        "metric('time_to_secure_approval', ago=4) }}.",
        FINE,
    ),
    ("Approval is faster than a year ago.", CONTRADICTED),
    ("Unapproved bypasses are down to {{ metric('unapproved_bypasses') }}.", FINE),
    ("Unapproved bypasses are up.", CONTRADICTED),
    ("It no longer takes days; detection is no longer worse.", FINE),
    ("Detection hardly improved.", FINE),
    ("We improved detection time to {{ metric('mttd') }}.", FINE),
    ("We improved recovery time to {{ metric('mttr') }}.", CONTRADICTED),
    (
        "Response times have improved across the board: we now recover in {{ metric('mttr') }}.",
        CONTRADICTED,
    ),
    ("We failed to reduce recovery.", FINE),
    ("Better logging explains {{ metric('mttd') }}.", FINE),
    ("The picture is worse than last quarter: {{ metric('mttd') }} to detect.", CONTRADICTED),
    ("Training costs rose while detection fell.", FINE),
    ("After {{ metric('mttd') }} of work our costs rose.", FINE),
    ("In Q1 recovery improved.", FINE),
    ("Recovery improved since 2026-Q1.", CONTRADICTED),
    ("Detection is slower than in Q2.", CONTRADICTED),
    ("Detection is 53% faster than a year ago.", FINE),
    ("Detection fell by 4 hours.", FINE),
    ("Detection fell by 16%.", FINE),
    ("Detection is half of what it was.", FINE),
    ("Alerts were 2.2 times those of a year ago.", FINE),
    ("Time to detect has not improved since a year ago.", CONTRADICTED),
    ("Detection worked; restoring from ordinary backups did not.", FINE),
    ("Ratings help us to ask questions; they do not answer them.", FINE),
    ("The estimate of loss did not: it rose after July.", FINE),
    ("Only a different way of restoring will move it to {{ target('mttr') }}.", FINE),
    ("We need faster recovery, and the money for it.", FINE),
    ("The best teams recover sooner; we have not got there.", FINE),
    ("Better tooling is not the answer; rehearsal is.", FINE),
    ("Faster detection bought us time, but recovery ({{ metric('mttr') }}) did not follow.", FINE),
    ("Recovery stays near {{ metric('mttr') }}.", FINE),
    ("Attackers grew bolder: {{ metric('alerts_raised') }} alerts, most of them noise.", FINE),
    ("Our budget was reduced, so detection depends on a smaller team.", FINE),
    ("Reduced staffing did not slow detection ({{ metric('mttd') }}).", FINE),
    ("The vendor missed its target; detection is our own.", FINE),
    ("We keep records of every incident, and every audit record is complete.", FINE),
    ("Detection improved in every quarter.", FINE),
    ("Detection has fallen steadily for two years.", FINE),
    ("Had the drill failed, recovery would be worse than a year ago.", FINE),
    ("Recovery should have improved by now.", FINE),
    ("We expected recovery to have improved.", FINE),
    ("Detection improved; alerts rose to {{ metric('alerts_raised') }}.", FINE),
    ("Alerts rose, bypasses fell and the click rate rose.", FINE),
    ("With {{ metric('alerts_raised') }} alerts raised, our analysts fell behind.", FINE),
    ("Detection at {{ metric('mttd') }} is the good news. Costs have grown.", FINE),
    (
        "Half-year plans and two-factor sign-in are on track; zero trust and 24/7 cover follow "
        "in FY27.",
        FINE,
    ),
    ("Nobody was hurt, nothing was lost, and no incident reached patients.", FINE),
    ("No incidents of this kind were seen before; no incident took longer than a day.", FINE),
    ("There is no record of who approved it.", FINE),
    ("The target of {{ target('mttd') }} is met for the second quarter in a row.", FINE),
    ("Recovery is as slow as a year ago: {{ metric('mttr') }}.", FINE),
    ("Twice the auditors asked for restore tests.", FINE),
    ("We doubled down on rehearsal.", FINE),
    ("The first and the second line agree; one of them will report on page 6.", FINE),
    ("In 2025 we bought the tools, in 2026 we learned to use them.", FINE),
    ("The CISO's deputy starts on 1 January; the works council agreed on October 14.", FINE),
    ("By Q1 2027, or 2027-Q1 at the latest, tier 1 vendors are assessed under NIST CSF 2.0.", FINE),
    ("R-04 and INC0014186 point to the same flaw, CVE-2025-0001, on Windows Server 2016.", FINE),
    ("A 1-in-20 year would hurt; a bad quarter would not.", FINE),
    ("Detection is faster than peers report, and no slower than last year.", FINE),
    ("EDR coverage is above target.", FINE),
    ("EDR coverage is below target.", CONTRADICTED),
    ("Detection is the fastest in eight quarters.", FINE),
    ("Recovery is the slowest on record.", CONTRADICTED),
    ("We had no security incidents.", CONTRADICTED),
    ("Incidents are down from a year ago.", CONTRADICTED),
    ("Incidents fell again.", FINE),
    ("Detection got faster; recovery got slower.", CONTRADICTED),
    ("Recovery hasn’t improved; it didn’t get worse either.", FINE),
    ("Recovery isn’t faster.", FINE),
    ("Alerts are twice as many as a year ago.", FINE),
    ("Recovery takes twice as long as detection.", FINE),
    ("Recovery takes twice as long as a year ago.", CONTRADICTED),
    ("**Detection** *got worse*.", CONTRADICTED),
    ("Time to detect got worse.", CONTRADICTED),
    ("Time to recover improved.", CONTRADICTED),
    ("We hope to get detection down.", FINE),
)
"""Detection: 41 h a year ago, 23 h last quarter, 19 h now. Recovery: 43 h in all three."""


@pytest.mark.parametrize(("sentence", "code"), SENTENCES)
def test_words_of_a_judgement(sentence: str, code: ProseCode | None) -> None:
    assert [each.code for each in judged(sentence)] == ([code] if code else [])


def test_the_finding_says_what_the_figures_are() -> None:
    (found,) = judged("Detection got worse.")
    assert found.stops
    assert found.value == "got worse"
    assert (
        "Time to detect is 19\u00a0h now, 23\u00a0h the quarter before, 41\u00a0h a year ago"
        in (found.reason)
    )
    assert "{% if metric('mttd').is_worse %}" in found.mend


def test_a_negated_word_is_told_as_such() -> None:
    (found,) = judged("Detection has not improved.")
    assert found.value == "not improved"


def test_a_word_without_a_figure_is_a_warning() -> None:
    """The reader may know of one that the check does not."""
    (found,) = judged("Our headcount is at a record high.")
    assert (found.severity, found.stops) == (Severity.WARNING, False)


def said_of(incidents: list[Row], sentence: str) -> list[Finding]:
    """The findings about a sentence where the register has these incidents of the quarter."""
    said = write(f"## What it means: CISO\n{sentence}")
    facts = replace(known_facts(), tables=tables(incidents=incidents), commentary={PAGE.id: said})
    return list(prose_findings([PAGE], facts))


@pytest.mark.parametrize("sentence", ["There were no major incidents.", "No major incident."])
def test_no_major_incident_is_not_borne_out_where_a_severity_is_not_stated(sentence: str) -> None:
    """The figure is zero: of the incidents that state it none was major."""
    graded: Row = {"detected_at": "2026-08-03 12:00", "severity": "low"}
    assert said_of([graded], sentence) == []
    (found,) = said_of([graded, {**graded, "severity": None}], sentence)
    assert (found.code, found.stops) == (UNTIED, False)
    assert found.reason.endswith("the figure does not say that there was none.")
    before: Row = {**graded, "severity": None, "detected_at": "2026-06-03 12:00"}
    assert said_of([graded, before], sentence) == []


def test_plans_and_asks_claim_nothing() -> None:
    """What is to come may well be better."""
    text = (
        "## What we do\n- Recovery improved and proven by a drill | CTO | 2026-12-15\n"
        "## What we need\nNothing today | Next report: recovery improved, no incidents\n"
    )
    assert check(text) == ()


@pytest.mark.parametrize("section", ["Notes", "The facts", "What we recommend: CTO"])
def test_other_sections_are_checked(section: str) -> None:
    (found,) = check(f"## {section}\nDetection got worse.")
    assert found.code == CONTRADICTED


def test_titles_are_checked() -> None:
    (found,) = check("", head="title: Detection got worse, and nobody saw it\n")
    assert (found.code, found.line) == (CONTRADICTED, 3)


def test_questions_claim_nothing_and_their_answers_do() -> None:
    (found,) = check("## Questions\n- Has detection got worse? | Recovery got better.")
    assert (found.value, found.line) == ("got better", 5)


def test_a_question_is_no_claim() -> None:
    (only,) = sentences("Has it improved?")
    assert claims_in("Has it improved?", only) == []
