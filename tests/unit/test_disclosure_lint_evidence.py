"""What is on record reaches the lint as it is, and its findings reach the line of the statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from board_report.governance.committees import CommitteeMeeting
from board_report.governance.disclosure_lint.evidence import evidence_from, meetings_by_body
from board_report.governance.disclosure_lint.findings import LONGEST_QUOTE, shortened
from board_report.governance.disclosure_lint.lint import lint, lint_statements
from board_report.governance.disclosure_lint.records import (
    BodyMeetings,
    FrameworkOnRecord,
    IncidentOnRecord,
    IncidentStatement,
    LintEvidence,
)
from board_report.governance.disclosure_lint.rules import load_lint_rules
from board_report.governance.filing_text import FiledSentence, FilingText, ItemText
from board_report.model import Severity
from board_report.period import FiscalCalendar, Quarter, Window, window
from board_report.pipeline import Inputs, check_story, compute_figures, gather_facts, read_inputs
from board_report.resources import sample_folder
from board_report.story.disclosure_lint import disclosure_findings, find_objections, lint_points
from board_report.story.facts import BoardFacts
from tests.governance_data import PEOPLE, figures, metric_spec, table_set, tables
from tests.projects import make_project
from tests.test_layers import modules, reachable

CALENDAR = FiscalCalendar(1, "America/Chicago")
WINDOW: Window = window(CALENDAR, Quarter(2026, 3), date(2026, 9, 30))


def evidence(**rows: Any) -> LintEvidence:
    return evidence_from(tables(**rows), figures(), WINDOW, CALENDAR, printed=lambda _: "printed")


# --- evidence ------------------------------------------------------------------------------------


def test_incidents_are_those_known_by_the_cutoff() -> None:
    rows = [
        {"incident_id": "I-1", "title": "a", "detected_at": "2026-07-03T10:00Z",
         "materiality_state": "under_review"},
        {"incident_id": "I-2", "title": "b", "detected_at": "2026-07-04T10:00Z",
         "materiality_state": "determined_material"},
        {"incident_id": "I-3", "title": "c", "detected_at": "2026-10-04T10:00Z"},
    ]  # fmt: skip
    assert evidence(incidents=rows).incidents == (
        IncidentOnRecord("I-1", date(2026, 7, 3), is_pending=True),
        IncidentOnRecord("I-2", date(2026, 7, 4), is_material=True),
    )


def test_frameworks_are_those_of_the_quarter_and_count_what_applies() -> None:
    def row(quarter: str, number: int, result: str, assessor: str = "external") -> dict[str, Any]:
        return {
            "quarter": quarter, "framework": "soc2", "requirement_id": f"CC{number}",
            "result": result, "assessor": assessor,
        }  # fmt: skip

    assessed = [
        row("2026-Q2", 1, "not_met"),
        row("2026-Q3", 1, "met"),
        row("2026-Q3", 2, "partly_met"),
        row("2026-Q3", 3, "not_assessed", "self"),
        row("2026-Q3", 4, "not_applicable", "self"),
    ]
    profile = [
        {"quarter": "2026-Q3", "category_id": "GV.OC", "current": 3.0, "target": 3.0},
        {"quarter": "2026-Q3", "category_id": "GV.RM", "current": 2.0, "target": 3.0},
        {"quarter": "2026-Q3", "category_id": "GV.RR", "current": None, "target": 3.0},
        {"quarter": "2026-Q3", "category_id": "GV.PO", "current": None, "target": 3.0},
    ]
    found = evidence(compliance_assessments=assessed, csf_profile=profile).frameworks
    assert found == {
        "soc2": FrameworkOnRecord("soc2", 2 / 3, 1 / 2, is_external=True),
        "nist_csf": FrameworkOnRecord("nist_csf", 2 / 4, 1 / 2),
    }
    assert evidence().frameworks is None, "nothing is known of any"


def test_figures_without_a_value_are_no_evidence() -> None:
    from board_report.metrics.declare import Unit
    from board_report.tables.schema import Audience

    given = figures(
        (metric_spec("mttd", Audience.BOARD, Unit.HOURS), None),
        (metric_spec("mfa_coverage", Audience.BOARD, Unit.RATIO), 0.5),
    )
    found = evidence_from(tables(), given, WINDOW, CALENDAR, printed=lambda _: "50%").figures
    (only,) = found.values()
    assert (only.metric_id, only.value, only.n, only.text) == ("mfa_coverage", 0.5, 1, "50%")


def meeting(body: str, on: str, about_cyber: bool = True) -> CommitteeMeeting:
    return CommitteeMeeting(body, date.fromisoformat(on), about_cyber, None, None, None, "")


def test_meetings_are_counted_over_the_trailing_year() -> None:
    """From 1 October 2025 to 30 September 2026; two of one quarter are one quarter."""
    held = (
        meeting("Risk Committee", "2025-09-30"),
        meeting("Risk Committee", "2025-10-01"),
        meeting("Board of Directors", "2026-01-20"),
        meeting("Risk Committee", "2026-02-02"),
        meeting("Risk Committee", "2026-03-31"),
        meeting("Risk Committee", "2026-05-05", about_cyber=False),
        meeting("Risk Committee", "2026-10-01"),
    )
    assert meetings_by_body(held, WINDOW, CALENDAR) == (
        BodyMeetings("Risk Committee", False, 3, 2),
        BodyMeetings("Board of Directors", True, 1, 1),
    )


def test_a_calendar_that_begins_later_promises_nothing() -> None:
    held = (meeting("Risk Committee", "2026-02-02"),)
    assert meetings_by_body(held, WINDOW, CALENDAR) == ()
    assert meetings_by_body((), WINDOW, CALENDAR) == ()


def test_names_on_record_are_told_apart() -> None:
    found = evidence(
        people=PEOPLE,
        tool_inventory=[{"tool_id": "TL-11", "name": "Larkmere Shield", "category": "edr"}],
        vulnerability_findings=[
            {"finding_id": "F-1", "asset_id": "LAB-SRV-014", "severity": "high",
             "cve": "cve-2026-10001", "first_seen_on": "2026-05-01"},
            {"finding_id": "F-2", "asset_id": "LAB-SRV-014", "severity": "high",
             "cve": "CVE-2026-10002", "first_seen_on": "2026-05-01", "closed_on": "2026-06-01"},
        ],
    ).vocabulary  # fmt: skip
    assert found.products == {"Larkmere Shield"}
    assert found.assets == {"LAB-SRV-014"}
    assert found.records == {"F-1", "F-2", "TL-11"}
    assert found.open_flaws == {"CVE-2026-10001"}
    assert "Ilse Drummond" in found.officers
    assert found.others == {"Piers Wetherell"}, "who held the role until 2024"


def test_tables_that_were_not_given_leave_their_part_empty() -> None:
    found = evidence_from(table_set(), figures(), WINDOW, CALENDAR)
    assert (found.incidents, found.frameworks, found.meetings) == ((), None, ())
    assert not found.vocabulary.products | found.vocabulary.assets | found.vocabulary.officers


# --- the sample company --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> BoardFacts:
    inputs = read_inputs(sample_folder())
    return gather_facts(inputs, *compute_figures(inputs))


def with_statements(facts: BoardFacts, change: Callable[[str, str], str]) -> BoardFacts:
    """The sample with its statements changed, by number and text."""

    def changed(frame: Any) -> Any:
        pairs = zip(frame["attestation_id"], frame["statement"], strict=True)
        return frame.assign(statement=[change(number, text) for number, text in pairs])

    return replace(facts, tables=facts.tables.replaced("attestations", changed))


def test_the_sample_company_has_nothing_to_mend(sample: BoardFacts) -> None:
    assert find_objections(sample) == ()


PLANTED = {
    "AT-01": ("We intend to implement a program.", "draft_plan"),
    "AT-02": ("Our program complies with PCI DSS.", "filing_framework_met"),
    "AT-03": ("All employees complete security training on time.", "filing_absolute_claim"),
    "AT-04": ("Cybersecurity risk is fully integrated into our enterprise risk management.",
              "filing_integration_no_how"),
    "AT-05": ("We may engage outside consultants.", "filing_third_parties_unclear"),
    "AT-10": ("We have not experienced any cybersecurity incidents.", "filing_incident_denied"),
    "AT-14": ("The committee receives a written report every month.", "filing_cadence"),
    "AT-15": ("The committee meets with Marten Holloway [●] times.", "draft_placeholder"),
    "AT-16": ("Our chief marketing officer is responsible for the program.",
              "filing_expertise_of_one"),
    "AT-21": ("These officers follow INC0014390 until normal operation is restored.",
              "technical_record"),
}  # fmt: skip


@pytest.mark.parametrize("number", PLANTED)
def test_a_fault_planted_in_the_sample_is_found_at_its_line(
    sample: BoardFacts, number: str
) -> None:
    text, code = PLANTED[number]
    facts = with_statements(sample, lambda each, old: text if each == number else old)
    found = [each for each in disclosure_findings(facts) if each.code == code]
    row = int(number.removeprefix("AT-"))
    assert found
    for each in found:
        assert (each.file, each.line) == ("governance/attestations.csv", row + 1)
        assert each.severity in (Severity.WARNING, Severity.NOTE)
        assert not each.stops
        assert number in each.reason


def test_what_is_an_error_keeps_the_disclosure_from_being_final(sample: BoardFacts) -> None:
    text, _ = PLANTED["AT-15"]
    facts = with_statements(sample, lambda each, old: text if each == "AT-15" else old)
    (point,) = lint_points(find_objections(facts))
    assert str(point) == (
        "106(c)(1) informing: Something is still to be filled in. (“[●]”) Fill it in."
    )


def test_a_quote_is_cut_between_words() -> None:
    text = "word " * 40
    assert shortened(text).endswith("word …")
    assert len(shortened(text)) <= LONGEST_QUOTE + 2
    assert shortened("short") == "short"


def test_no_public_document_can_reach_the_lint() -> None:
    """Its sentences may tell what is not public."""
    starts = ["story.public", "story.public_record", "documents.disclosure"]
    starts += [
        name for name in modules() if name.startswith(("documents.xbrl", "documents.tagged"))
    ]
    for start in starts:
        reached = [name for name in reachable(start) if "disclosure_lint" in name]
        assert reached == [], start


# --- small projects ------------------------------------------------------------------------------

ATTESTED = "attestation_id,sub_item,position,statement,attested_by_role,attested_on\n"


def story_of(folder: Path, *rows: str) -> tuple[Inputs, set[str]]:
    files: dict[str, str | bytes] = {
        "governance/attestations.csv": ATTESTED + "".join(f"{row}\n" for row in rows)
    }
    inputs = read_inputs(make_project(folder, files))
    return inputs, {each.code for each in check_story(inputs)}


def test_check_tells_of_the_draft(tmp_path: Path) -> None:
    _, codes = story_of(tmp_path, "A-1,106(b)(1),1,We assess the the risks.,CISO,2026-09-01")
    assert "draft_double_word" in codes


def test_a_draft_with_nothing_attested_is_not_judged(tmp_path: Path) -> None:
    _, codes = story_of(tmp_path, "A-1,106(b)(1),1,We assess the the risks.,CISO,")
    assert not {code for code in codes if code.startswith(("draft_", "filing_"))}


def test_a_draft_that_cannot_be_made_leaves_check_to_the_rest(tmp_path: Path) -> None:
    """It cites a figure that does not exist: a build says so, and a check goes on."""
    row = "A-1,106(b)(1),1,We assess the the {{ metric('nothing') }} risks.,CISO,2026-09-01"
    _, codes = story_of(tmp_path, row)
    assert "draft_double_word" not in codes


# --- whole texts that nobody tuned the rules on --------------------------------------------------

SHIPPING = {
    "106(b)(1)": "Our harbor terminals and vessels depend on networks that others maintain. A "
    "security group of fourteen people watches them around the clock, tests them twice a year "
    "and keeps a register of weaknesses with owners and dates.",
    "106(b)(1)(i)": "The register feeds the enterprise risk register: each cyber scenario is "
    "scored on the scale used for weather and fuel, and the risk council compares them each "
    "quarter.",
    "106(b)(1)(ii)": "An outside laboratory attacks our systems once a year at our request, and we "
    "retain a forensic firm.",
    "106(b)(1)(iii)": "Before a carrier's agent is connected we send a questionnaire, and we visit "
    "the twenty agents that handle the most cargo.",
    "106(b)(2)": "In 2024 an attack on a booking provider delayed sailings for three days. Neither "
    "that event nor any other risk from cybersecurity threats has materially affected, or is "
    "reasonably likely to materially affect, our strategy, results of operations or financial "
    "condition.",
    "106(c)(1) oversight": "Our directors oversee these risks as part of their review of safety.",
    "106(c)(1) committee": "They have assigned the work to the Safety and Systems Committee.",
    "106(c)(1) informing": "The head of security writes to that committee before each of its "
    "meetings and calls its chair when a vessel or terminal is affected.",
    "106(c)(2)(i) positions": "Our head of security leads the program.",
    "106(c)(2)(i) expertise": "Our head of security served in naval communications for eleven "
    "years and holds a master's degree in electrical engineering.",
    "106(c)(2)(ii)": "Watch officers tell the head of security of anything that crosses a written "
    "threshold, and the two review each case when it is closed.",
    "106(c)(2)(iii)": "The head of security reports to the committee in person.",
}
SMALL_BANK = {
    "106(b)(1)": "As a bank we follow a written information security program that our examiners "
    "read each year. It covers assessment, monitoring, response and training.",
    "106(b)(1)(i)": "Cyber risk is one of nine categories in our enterprise risk assessment, which "
    "management updates in spring and presents to the full board.",
    "106(b)(1)(ii)": "We use an outside auditor for technology controls and a consulting firm for "
    "testing.",
    "106(b)(1)(iii)": "Vendors with customer data are reviewed before contract and each year after "
    "that; a vendor manager keeps the reviews.",
    "106(b)(2)": "We are not aware of any risks from cybersecurity threats that have materially "
    "affected us or are reasonably likely to do so, including our business strategy, results of "
    "operations or financial condition. Attacks on our core processor could still disrupt us.",
    "106(c)(1) oversight": "We have no separate committee for this: the whole board oversees "
    "cybersecurity.",
    "106(c)(1) informing": "Our information security officer presents to it in spring and autumn.",
    "106(c)(2)(i) positions": "Our chief operating officer (“COO”) is responsible for the program, "
    "which the information security officer runs day to day.",
    "106(c)(2)(i) expertise": "The COO has managed bank technology since 1998 and worked for two "
    "core processors before. Our information security officer is certified in security management.",
    "106(c)(2)(ii)": "A service that watches our network alerts both officers, who decide what is "
    "raised to the incident team.",
    "106(c)(2)(iii)": "Both officers report to the board.",
}


def whole(items: dict[str, str]) -> FilingText:
    return FilingText(
        2026,
        tuple(ItemText(name, (FiledSentence(text),)) for name, text in items.items()),
    )


@pytest.mark.parametrize("items", [SHIPPING, SMALL_BANK], ids=["shipping", "bank"])
def test_a_sound_text_of_another_kind_of_company_has_no_findings(items: dict[str, str]) -> None:
    assert lint(whole(items), LintEvidence(), rules=load_lint_rules()) == ()


def test_a_sound_report_has_no_findings() -> None:
    said = {
        "nature": "An outsider used a stolen password to reach two booking systems.",
        "scope": "Bookings of some 900 shippers could be read.",
        "timing": "We found it on 3 June 2026 and closed it on the same day.",
        "impact": "We determined on 8 June 2026 that the incident is material. Sailings were "
        "delayed, and it is reasonably likely to have a material effect on our results.",
        "undetermined": "We have not determined the cost of claims and will amend this report when "
        "we have.",
    }
    statements = tuple(IncidentStatement(*each) for each in said.items())
    assert lint_statements(statements, LintEvidence(), rules=load_lint_rules()) == ()
