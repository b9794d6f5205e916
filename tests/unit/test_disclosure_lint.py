"""Each rule finds something in a text that has the fault and nothing in one near it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.governance.disclosure_lint.lint import lint, lint_statements
from board_report.governance.disclosure_lint.records import (
    BodyMeetings,
    FiledReport,
    FrameworkOnRecord,
    IncidentOnRecord,
    IncidentStatement,
    LintEvidence,
    LintFinding,
    LintSeverity,
    MeasuredFigure,
    Vocabulary,
)
from board_report.governance.disclosure_lint.rules import (
    LintRule,
    load_lint_rules,
    read_lint_rules,
)
from board_report.governance.filing_text import FiledSentence, FilingText, ItemText
from board_report.tables.item_106 import SUB_ITEMS

RULES = load_lint_rules()
ASPECTS = ("nature", "scope", "timing", "impact", "undetermined")


def filing(*said: tuple[str, str], answers: dict[str, bool] | None = None) -> FilingText:
    """A text of some sentences, each under its sub-item, and some answers."""
    answers = answers or {}
    names = dict.fromkeys([*(name for name, _ in said), *answers])
    return FilingText(
        2026,
        tuple(
            ItemText(
                name,
                tuple(
                    FiledSentence(text, f"AT-{place:02}")
                    for place, (under, text) in enumerate(said, 1)
                    if under == name
                ),
                answers.get(name),
            )
            for name in names
        ),
    )


def example(text: str) -> tuple[str, str, dict[str, bool]]:
    """Place, text and answer of an example in the rule data."""
    for name in sorted(SUB_ITEMS, key=len, reverse=True):
        for word, answer in ((" yes", True), (" no", False), ("", None)):
            head = f"{name}{word}: "
            if text.startswith(head):
                answers = {} if answer is None else {name: answer}
                return name, text.removeprefix(head), answers
    head, colon, rest = text.partition(": ")
    return (head, rest, {}) if colon and head in ASPECTS else ("", text, {})


def report(*said: tuple[str, str]) -> tuple[IncidentStatement, ...]:
    return tuple(IncidentStatement(aspect, text) for aspect, text in said)


EVIDENCE = LintEvidence(
    incidents=(
        IncidentOnRecord("INC0014084", date(2026, 7, 7)),
        IncidentOnRecord("INC0014301", date(2026, 9, 20), is_pending=True),
    ),
    frameworks={
        "iso27001": FrameworkOnRecord("iso27001", 0.995, 0.9),
        "pci_dss": FrameworkOnRecord("pci_dss", 1.0, 0.97, is_external=True),
        "nist_csf": FrameworkOnRecord("nist_csf", 0.5, 0.2),
    },
    figures={
        "training_completion": MeasuredFigure(
            "training_completion", "Training completed in time", 0.917, 6412, "91.7%"
        )
    },
    meetings=(BodyMeetings("Audit Committee", False, 3, 3), BodyMeetings("Board", True, 1, 1)),
    prior=filing(
        ("106(b)(1)(ii)", "We engage consultants."),
        ("106(c)(1) committee", "The Audit Committee oversees these risks."),
        (
            "106(c)(2)(i) positions",
            "Our chief information security officer is responsible for the program. Our chief "
            "information security officer reports to the chief financial officer.",
        ),
        answers={"106(b)(1)(ii)": False},
    ),
    filed=(
        FiledReport(
            "1.05",
            date(2026, 5, 8),
            "On May 4, 2026 an attack affected 3,000 customers and cost $4 million. We have not "
            "determined the whole impact.",
        ),
    ),
    vocabulary=Vocabulary(
        products=frozenset({"Larkmere Shield", "Voice picking", "Okra"}),
        assets=frozenset({"LAB-SRV-014"}),
        records=frozenset({"INC0014084"}),
        open_flaws=frozenset({"CVE-2026-10001"}),
        officers=frozenset({"Tamsin Oakhurst"}),
        others=frozenset({"Ilse Drummond"}),
    ),
)


def found(rule: LintRule, text: str) -> tuple[LintFinding, ...]:
    """The rule's findings in an example, held against evidence where it needs some."""
    name, said, answers = example(text)
    evidence = EVIDENCE if rule.needs else LintEvidence()
    if rule.code.startswith("report_"):
        findings = lint_statements(report((name, said)), evidence, rules=RULES)
    else:
        findings = lint(filing((name, said), answers=answers), evidence, rules=RULES)
    return tuple(each for each in findings if each.code == rule.code)


@pytest.mark.parametrize("rule", RULES.rules.values(), ids=lambda rule: rule.code)
def test_a_rule_finds_its_fault(rule: LintRule) -> None:
    """In the example that the documentation prints, with the rule's own data."""
    findings = found(rule, rule.fires)
    assert findings
    for each in findings:
        assert (each.severity, each.mend, each.reference) == (
            rule.severity,
            rule.mend,
            rule.reference,
        )
        assert each.checked_on == RULES.checked_on
        assert each.theme == RULES.themes[rule.theme].title
        assert each.quote in rule.fires
        assert each.sentence.endswith(".")


@pytest.mark.parametrize("rule", RULES.rules.values(), ids=lambda rule: rule.code)
def test_a_rule_is_silent_beside_it(rule: LintRule) -> None:
    """In an example that is near the fault and has none."""
    if rule.code in ("filing_item_missing", "filing_text_dropped"):
        # Of other sub-items something is missing in so short a text; not of this one.
        place, _, _ = example(rule.silent)
        assert place not in {each.sub_item for each in found(rule, rule.silent)}
    elif rule.code == "filing_report_not_amended":
        amended = replace(EVIDENCE.filed[0], amended_on=date(2026, 6, 1))
        text = filing(("106(b)(2)", "As we reported on Form 8-K, an attack happened."))
        findings = lint(text, replace(EVIDENCE, filed=(amended,)), rules=RULES)
        assert rule.code not in {each.code for each in findings}
    else:
        assert found(rule, rule.silent) == ()


# --- any text ------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *(each.fires for each in RULES.rules.values()),
        "Mr.", "“", "(", "U.S. Inc.", "Item 1A.", "May 4, 2026", "31 June 2026", "not", "no", "all",
        "materially", "reasonably likely", "Chief", "Officer", "committee", "10.0.0.1", "[●]", "\n",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=6).map(" ".join))
SAID = st.lists(st.tuples(st.sampled_from(SUB_ITEMS), TEXTS), max_size=5)


@given(said=SAID, with_evidence=st.booleans())
def test_any_text_is_judged_and_quoted_as_it_stands(
    said: list[tuple[str, str]], with_evidence: bool
) -> None:
    """No text raises; each quote is a piece of a statement; all that needs evidence needs it."""
    text = filing(*said)
    findings = lint(text, EVIDENCE if with_evidence else LintEvidence(), rules=RULES)
    for each in findings:
        assert not each.quote or any(each.quote in words for _, words in said)
        assert with_evidence or not each.is_private
    assert len(set(findings)) == len(findings)


@given(said=st.lists(st.tuples(st.sampled_from((*ASPECTS, "")), TEXTS), max_size=4))
def test_any_report_is_judged_and_quoted_as_it_stands(said: list[tuple[str, str]]) -> None:
    findings = lint_statements(report(*said), EVIDENCE, rules=RULES)
    for each in findings:
        assert not each.quote or any(each.quote in words for _, words in said)


def test_an_empty_text_lacks_every_sub_item_and_has_no_other_fault() -> None:
    findings = lint(FilingText(2026, ()), LintEvidence(), rules=RULES)
    assert {each.code for each in findings} == {
        "filing_item_missing",
        "filing_provider_oversight_missing",
    }
    assert lint_statements((), LintEvidence(), rules=RULES) == ()


def test_answers_stand_for_what_is_said_elsewhere() -> None:
    """A filing whose flags are tagged on other words is not found to lack the sub-items."""
    answers = dict.fromkeys(SUB_ITEMS, True)
    codes = {each.code for each in lint(filing(answers=answers), LintEvidence(), rules=RULES)}
    assert codes == set()


# --- claims held against figures -----------------------------------------------------------------

CLAIMS = {
    "training_completion": "Every employee completes security training.",
    "tier_1_assessed_share": "We review all of our important service providers each year.",
    "patch_sla_compliance": "All critical vulnerabilities are corrected by their due dates.",
    "vulnerabilities_overdue": "No weakness is overdue.",
    "mfa_coverage": "All accounts are protected by multi-factor authentication.",
    "edr_coverage": "Endpoint protection runs on every laptop and device.",
    "siem_coverage": "All systems are monitored.",
    "pam_coverage": "All privileged accounts are managed in a vault.",
    "restore_tested_coverage": "We test the backups of all systems.",
    "firewall_review_coverage": "Every firewall is reviewed.",
    "policies_in_date": "All policies are reviewed and current.",
    "secure_code_deployment_rate": "We never deploy software without a review.",
    "secure_adoption_rate": "Every new technology is reviewed before it goes live.",
    "ai_gate_coverage": "All uses of artificial intelligence are approved by a committee.",
    "systems_past_support": "None of our systems is past vendor support.",
    "materiality_reviews_open": "No incident is pending.",
    "incidents_open": "All incidents have been resolved.",
    "incident_reviews_held": "Every major incident is followed by a review.",
    "audit_closed_on_time": "No audit finding is overdue.",
    "acceptances_lapsed": "No risk acceptance has expired.",
    "ciso_attendance": "Our chief information security officer attends all meetings.",
    "csf_assessed_share": "All categories of the NIST CSF are assessed.",
}


def claims(sentence: str, metric_id: str, value: float) -> tuple[LintFinding, ...]:
    figure = MeasuredFigure(metric_id, "The figure", value, 40, "as printed")
    evidence = LintEvidence(figures={metric_id: figure})
    findings = lint(filing(("106(b)(1)", sentence)), evidence, rules=RULES)
    return tuple(each for each in findings if each.code == "filing_absolute_claim")


def test_every_subject_has_an_example_and_is_a_metric() -> None:
    assert list(CLAIMS) == [each.metric_id for each in RULES.subjects]


@pytest.mark.parametrize("metric_id", CLAIMS)
def test_a_whole_claim_is_held_against_its_figure(metric_id: str) -> None:
    """It contradicts a figure with exceptions, and none without."""
    whole = next(each.is_whole_at for each in RULES.subjects if each.metric_id == metric_id)
    (only,) = claims(CLAIMS[metric_id], metric_id, 0.9 if whole else 2)
    assert only.is_private
    assert "The figure is as printed (of 40)." in only.sentence
    assert claims(CLAIMS[metric_id], metric_id, whole) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Not all employees complete security training.",
        "Nearly all of our employees complete security training.",
        "All employees are required to complete security training.",
        "All employees should complete security training.",
        "Employees complete security training.",
        "We train all employees to report incidents promptly, subject to exceptions.",
        "We review all of our service providers; employees complete security training.",
        "Employees complete all security courses where possible.",
    ],
)
def test_what_claims_no_whole_is_left_alone(sentence: str) -> None:
    assert claims(sentence, "training_completion", 0.5) == ()


# --- frameworks, calendars, reports --------------------------------------------------------------


def codes(text: str, under: str, evidence: LintEvidence = EVIDENCE) -> dict[str, LintFinding]:
    """Findings of one sentence by code."""
    return {each.code: each for each in lint(filing((under, text)), evidence, rules=RULES)}


def test_a_framework_is_told_with_what_is_on_record() -> None:
    """A share that is not whole never reads as 100%, and one that is not nothing never as 0%."""
    told = codes("We are certified under ISO/IEC 27001.", "106(b)(1)")["filing_framework_certified"]
    assert "over 99% is assessed, and of that 90% met" in told.sentence
    told = codes("Our processes meet HIPAA.", "106(b)(1)")["filing_framework_met"]
    assert "nothing of it is assessed" in told.sentence
    told = codes("Our processes meet PCI DSS.", "106(b)(1)")["filing_framework_met"]
    assert (
        "100% is assessed, all of it by an outside assessor, and of that 97% met" in told.sentence
    )
    whole = {"soc2": FrameworkOnRecord("soc2", 1.0, 1.0, is_external=True)}
    done = codes("We hold a SOC 2 attestation.", "106(b)(1)", LintEvidence(frameworks=whole))
    assert "filing_framework_certified" not in done


def test_vendors_may_be_held_to_a_framework_that_we_do_not_claim() -> None:
    text = "We assess whether our suppliers conform to ISO 27001."
    assert not any("framework" in code for code in codes(text, "106(b)(1)"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The Audit Committee receives a report every quarter.", "in 3 quarters"),
        ("The Audit Committee is briefed monthly.", "in 3 meetings"),
        ("Our board of directors reviews these risks twice a year.", "in 1 meeting."),
        ("The Audit Committee receives reports, and the full board hears of it quarterly.",
         "of the Board in 1 quarter."),
    ],
)  # fmt: skip
def test_more_meetings_are_promised_than_were_held(text: str, says: str) -> None:
    told = codes(text, "106(c)(1) informing")["filing_cadence"]
    assert says in told.sentence
    assert told.is_private


@pytest.mark.parametrize(
    "text",
    [
        "The Audit Committee receives a report at least annually.",
        "Our board of directors reviews these risks every year.",
        "A management risk committee meets monthly.",
        "Employees are trained every quarter, and the Audit Committee receives reports.",
    ],
)
def test_what_the_calendar_bears_out_is_left_alone(text: str) -> None:
    assert "filing_cadence" not in codes(text, "106(c)(1) informing")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("On May 5, 2026 an attack interrupted our plants.", "5 May 2026"),
        ("As reported on Form 8-K, an attack cost $5 million.", "$4million"),
        ("The attack of 4 May 2026 affected 2,500 customers.", "3000"),
    ],
)
def test_days_counts_and_sums_are_those_of_the_report(text: str, what: str) -> None:
    assert what in codes(text, "106(b)(2)")["filing_report_differs"].sentence


@pytest.mark.parametrize(
    "text",
    [
        "On 4 May 2026 an attack affected 3,000 customers and cost $4 million.",
        "On June 5, 2025 another attack affected 12 customers.",
    ],
)
def test_what_the_report_has_too_or_has_nothing_of_is_left_alone(text: str) -> None:
    assert "filing_report_differs" not in codes(text, "106(b)(2)")


def test_a_month_of_the_report_is_a_mention_of_it() -> None:
    assert "filing_report_not_mentioned" in codes("All is well.", "106(b)(2)")
    assert "filing_report_not_mentioned" not in codes("An attack of May 2026.", "106(b)(2)")


# --- names and numbers of our own ----------------------------------------------------------------


def test_a_name_that_could_be_a_word_counts_within_a_sentence_alone() -> None:
    """“Voice picking” and “Okra” may begin a sentence that names no product."""
    assert "technical_product" not in codes("Voice picking is a craft.", "106(b)(1)")
    assert "technical_product" not in codes("We teach voice picking.", "106(b)(1)")
    assert "technical_product" in codes("We use Voice picking.", "106(b)(1)")
    assert "technical_product" in codes("Larkmere Shield protects us.", "106(b)(1)")
    assert "technical_product" not in codes("Okra is eaten.", "106(b)(1)")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The address fe80:0:0:0:1:2:3:4 was used.", "technical_address"),
        ("The card 00:1A:2B:3C:4D:5E was cloned.", "technical_address"),
        ("See https://vpn.example.com/login for access.", "technical_host"),
        ("The ticket JIRA-4711 has more.", "technical_record"),
        ("We run 10.2.1 everywhere.", "technical_version"),
    ],
)
def test_technical_detail_is_found(text: str, code: str) -> None:
    assert code in codes(text, "106(b)(1)", LintEvidence())


@pytest.mark.parametrize(
    "text",
    [
        "Updates are given at https://www.example.com and https://news.example.com.",
        "The meeting began at 10:30:00 on that day, under Item 1.05.",
        "COVID-19, NIST SP 800-53, ISO 27001 and C-TPAT are known; 1.2 million records.",
        "Our ratio rose 3.5 times, to 12,345.67.",
    ],
)
def test_what_is_no_technical_detail_is_left_alone(text: str) -> None:
    assert not any(
        code.startswith("technical") for code in codes(text, "106(b)(1)", LintEvidence())
    )


def test_titles_with_commas_are_no_names() -> None:
    text = "We tell our Chief Financial Officer, President of Digital Experience, General Counsel."
    assert "person_named" not in codes(text, "106(c)(2)(ii)", LintEvidence())


# --- rule data -----------------------------------------------------------------------------------


def test_rules_must_name_a_theme_and_a_code_of_their_own() -> None:
    head = "checked_on = 2026-11-23\nsubjects = []\n"
    rule = (
        '[[rules]]\ncode = "a"\ntheme = "t"\nseverity = "note"\nlooks_for = "x."\nmend = "y."\n'
        'reference = "106"\nfires = "f"\nsilent = "s"\n'
    )
    theme = '[themes.t]\ntitle = "T"\nsource = "S."\nis_verified = false\n'
    rules = read_lint_rules(head + theme + rule)
    assert rules.rules["a"].severity is LintSeverity.NOTE
    with pytest.raises(ValueError, match="no theme 't'"):
        read_lint_rules(head + theme.replace(".t]", ".u]") + rule)
    with pytest.raises(ValueError, match="a is there twice"):
        read_lint_rules(head + theme + rule + rule)


def test_what_keeps_a_draft_from_being_final_is_certain() -> None:
    """An error is something that no reading of the words excuses; all else is for counsel."""
    errors = {each.code for each in RULES.rules.values() if each.severity is LintSeverity.ERROR}
    assert errors == {
        "draft_placeholder",
        "filing_incident_denied",
        "filing_item_missing",
        "filing_not_applicable",
        "filing_report_not_mentioned",
        "technical_address",
        "technical_asset",
        "technical_flaw_open",
        "technical_hash",
        "technical_host",
    }
