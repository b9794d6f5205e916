"""The page of the disclosure lint, made from its rule data and from what was judged by hand."""

# ruff: noqa: E501  (the page has one sentence a line)

from __future__ import annotations

from collections.abc import Iterator, Mapping

from board_report.governance.disclosure_lint.rules import LintRule, LintRules, load_lint_rules

JUDGED_ITEMS: Mapping[str, tuple[int, int, int]] = {
    "filing_integration_no_how": (2, 1, 0),
    "filing_effects_incidents": (1, 0, 0),
    "filing_effects_not_likely": (3, 0, 0),
    "filing_effects_aspects": (1, 0, 0),
    "filing_expertise_generic": (1, 0, 0),
    "filing_expertise_of_one": (0, 1, 0),
    "person_named": (1, 0, 0),
}
"""Findings over ten filed annual items by rule: judged true, debatable, false."""

JUDGED_REPORTS: Mapping[str, tuple[int, int, int]] = {
    "report_not_material": (1, 0, 0),
    "report_not_determined": (3, 1, 0),
    "report_unknown_unsaid": (0, 1, 0),
    "report_no_amendment_said": (3, 1, 0),
    "report_undated": (1, 0, 0),
    "person_named": (0, 1, 0),
}
"""The same over nine filed reports under Item 1.05 of Form 8-K."""

HEAD = """# Disclosure lint

What the program objects to in the text of the annual item and in the statements of a current report.
This page is made from the rule data (`board_report/governance/disclosure_lint/rules.toml`); `python -m tests.tools.generate_docs` writes it again.

Rules checked on {checked_on}.
A draft for counsel, not legal advice.
The lint reads words: it finds what a reader would ask about, and not whether an answer is right.
It never says whether an incident is material.

## Where it speaks

- `board-report check` and `build` list its findings with the line of the statement in `governance/attestations.csv`. There they are warnings and notes, and stop nothing.
- `build --final` refuses while there is an **error** of the lint.
- A sub-item of which the draft says nothing is a gap there already, so `filing_item_missing` speaks of other texts alone.
- Some findings tell what is not public: a figure, a review that is open, a name of a system. They stand in the findings and in papers of the board, and never in a public document.

## What it is held against

The text alone is enough for most rules; each rule says where more is needed.
From the project come incidents with their materiality review, assessments of frameworks and the CSF profile, every measured figure, the committee calendar, last year's filing, reports filed, and the names of tools, products, vendors, systems and people.
A rule whose evidence is missing says nothing.

Claims with “all”, “every”, “always”, “no” or “never” are held against a figure where their subject is measured: {subjects}.
A claim that is softened (“nearly all”), required (“must”), aimed at or limited (“where possible”) is left alone.

## Themes

A theme is *checked* where a filing or the rule's own words in a secondary copy show it; the others are from memory, and nobody has looked them up.

| theme | from | checked |
| --- | --- | --- |
"""


def lint_page() -> str:
    """The page as Markdown."""
    rules = load_lint_rules()
    subjects = ", ".join(f"`{each.metric_id}`" for each in rules.subjects)
    head = HEAD.format(checked_on=f"{rules.checked_on:%Y-%m-%d}", subjects=subjects)
    lines = [head.rstrip("\n"), *_themes(rules), "", "## Rules", "", *_rules(rules), *_tried()]
    return "\n".join(lines) + "\n"


def _themes(rules: LintRules) -> Iterator[str]:
    for theme in rules.themes.values():
        checked = "yes" if theme.is_verified else "from memory"
        yield f"| {theme.title} | {theme.source} | {checked} |"


def _rules(rules: LintRules) -> Iterator[str]:
    for rule in rules.rules.values():
        yield f"### `{rule.code}`"
        yield ""
        yield rule.looks_for
        yield from _facts(rule, rules)
        yield ""


def _facts(rule: LintRule, rules: LintRules) -> Iterator[str]:
    yield ""
    needs = f"; needs {rule.needs}" if rule.needs else ""
    yield f"- {rule.severity.capitalize()}; {rules.themes[rule.theme].title}; {rule.reference}{needs}"
    yield f"- Found in: {rule.fires}"
    yield f"- Not in: {rule.silent}"
    yield f"- To mend: {rule.mend}"


def _tried() -> Iterator[str]:
    yield "## Tried on filings"
    yield ""
    yield (
        "Over the tagged annual items of ten large companies, and over nine reports under Item "
        "1.05, without any evidence beside the text, every finding was read against the text."
    )
    yield (
        "The rules were tuned while these were read, so the share of true findings on other texts "
        "will be lower."
    )
    yield (
        "Of four of the ten the tagged text has no conclusion on effects; there the tagged answer "
        "stands for it."
    )
    for title, judged in (("Ten items", JUDGED_ITEMS), ("Nine reports", JUDGED_REPORTS)):
        yield ""
        yield f"| {title.lower()}: rule | findings | true | debatable | false |"
        yield "| --- | --- | --- | --- | --- |"
        for code, counts in judged.items():
            yield f"| `{code}` | {sum(counts)} | {' | '.join(map(str, counts))} |"
        totals = [sum(each) for each in zip(*judged.values(), strict=True)]
        yield f"| all | {sum(totals)} | {' | '.join(map(str, totals))} |"
    yield ""
    yield (
        "Debatable are: integration told as a cross-functional approach; a security officer who "
        "leads beside a committee whose expertise is described; “potentially material” in a "
        "report that tells its impact; a report that will “monitor the materiality”; an analysis "
        "that goes on without a promise to amend; and an officer named in a report because the "
        "office changed hands."
    )
    yield ""
    yield "## What it does not see"
    yield ""
    yield "- Sentences that are wrong in fact and about nothing that is measured."
    yield "- A process that is described well and does not exist."
    yield "- Claims whose subject is left to the sentence before (“All of them are reviewed.”), but for a few words."
    yield "- Languages other than English."
