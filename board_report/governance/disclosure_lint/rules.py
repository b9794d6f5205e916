"""The lint's rules as dated data: what each looks for, its theme, and where that comes from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from board_report.governance.disclosure_lint.claims import Subject
from board_report.governance.disclosure_lint.records import Hit, LintFinding, LintSeverity


@dataclass(frozen=True)
class Theme:
    """What readers of filings have objected to, and how far that was checked."""

    id: str
    title: str
    source: str
    """One sentence."""
    is_verified: bool
    """Whether a filing or the rule's own words were seen; else it is from memory."""


@dataclass(frozen=True)
class LintRule:
    """One rule, without the code that applies it."""

    code: str
    theme: str
    """Id of the theme."""
    severity: LintSeverity
    looks_for: str
    """One sentence."""
    mend: str
    reference: str
    """Paragraph of the rule; ``drafting`` where it is none."""
    fires: str
    """A text in which it finds something."""
    silent: str
    """A text near it in which it finds nothing."""
    needs: str = ""
    """What it is held against beside the text; empty where the text is enough."""


@dataclass(frozen=True)
class LintRules:
    """All rules of one date."""

    checked_on: date
    themes: Mapping[str, Theme]
    rules: Mapping[str, LintRule]
    """By code, in the order of the data."""
    subjects: tuple[Subject, ...]
    """What absolute claims are about, and the figure that each is held against."""

    def finding(self, hit: Hit) -> LintFinding:
        """The finding that a hit makes with its rule's data.

        Raises:
            KeyError: no rule has the hit's code.
        """
        rule = self.rules[hit.code]
        theme = self.themes[rule.theme]
        return LintFinding(
            code=hit.code,
            theme=theme.title,
            severity=rule.severity,
            sub_item=hit.sub_item,
            source=hit.source,
            quote=hit.quote,
            sentence=hit.sentence,
            mend=rule.mend,
            reference=rule.reference,
            checked_on=self.checked_on,
            is_verified=theme.is_verified,
            is_private=hit.is_private,
        )


@cache
def load_lint_rules() -> LintRules:
    """The rule data shipped with the program."""
    return read_lint_rules(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))


def read_lint_rules(text: str) -> LintRules:
    """Rules from the text of a ``rules.toml``.

    Raises:
        ValueError: a rule names a theme that does not exist, or two rules have one code.
    """
    data = tomllib.loads(text)
    themes = {name: Theme(id=name, **each) for name, each in data["themes"].items()}
    rules: dict[str, LintRule] = {}
    for each in data["rules"]:
        rule = LintRule(**{**each, "severity": LintSeverity(each["severity"])})
        if rule.theme not in themes:
            raise ValueError(f"{rule.code}: no theme {rule.theme!r}")
        if rule.code in rules:
            raise ValueError(f"{rule.code} is there twice")
        rules[rule.code] = rule
    subjects = tuple(
        Subject(
            metric_id=each["metric"],
            nouns=tuple(each["nouns"]),
            all=tuple(each.get("all", ())),
            none=tuple(each.get("none", ())),
            is_whole_at=float(each["whole"]),
        )
        for each in data["subjects"]
    )
    return LintRules(
        data["checked_on"], MappingProxyType(themes), MappingProxyType(rules), subjects
    )
