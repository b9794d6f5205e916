"""The rules of a SARIF run: which one a result broke, how grave it is, and whether it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from board_report.sources.readers.components.reports import objects_at, text_at

_NO_DECISION = ("underreview", "rejected")

Rule = Mapping[str, Any]


@dataclass(frozen=True)
class Rules:
    """The rules of one run's tool and of its extensions."""

    listed: Mapping[tuple[int, int], Rule]
    """By component (-1 is the driver, 0 the first extension) and place."""
    named: Mapping[str, Rule]
    is_marked: bool
    """True when a rule is marked as being about security."""

    def of(self, result: Any) -> tuple[str, Rule]:
        """The identifier and the rule of a result (SARIF 2.1.0, 3.27.5 to 3.27.7)."""
        place = text_at(result, "ruleIndex") or text_at(result, "rule.index")
        component = text_at(result, "rule.toolComponent.index")
        rule = self.listed.get((_whole(component), _whole(place)), {})
        name = text_at(result, "ruleId") or text_at(result, "rule.id") or text_at(rule, "id")
        if not rule:
            # A result may name a rule more precisely than it is declared: "CA1000/1".
            rule = self.named.get(name) or self.named.get(name.rpartition("/")[0]) or {}
        return name, rule


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def rules_of(run: Any) -> Rules:
    """The rules that a run declares."""
    components = [_driver(run), *objects_at(run, "tool.extensions")]
    listed = {
        (at - 1, place): rule
        for at, component in enumerate(components)
        for place, rule in enumerate(objects_at(component, "rules"))
    }
    named = {text_at(rule, "id"): rule for rule in reversed(listed.values())}
    return Rules(listed, named, any(map(is_about_security, listed.values())))


def _driver(run: Any) -> Mapping[str, Any]:
    tool = run.get("tool") if isinstance(run, dict) else None
    driver = tool.get("driver") if isinstance(tool, dict) else None
    return driver if isinstance(driver, dict) else {}


def is_about_security(rule: Rule) -> bool:
    """True for a rule with a security-severity or the tag ``security``.

    A CWE alone does not make it so: there are CWEs of plain quality, such as an empty exception
    handler.
    """
    if text_at(rule, "properties.security-severity"):
        return True
    tags = text_at(rule, "properties.tags").split(";")
    return any(tag.strip().casefold() == "security" for tag in tags)


def level_of(result: Any, rule: Rule) -> str:
    """How grave a result is (SARIF 2.1.0, 3.27.10): its own word, its rule's, or a warning."""
    own = text_at(result, "level")
    if own:
        return own
    if text_at(result, "kind") not in ("", "fail"):
        return "none"
    return text_at(rule, "defaultConfiguration.level") or "warning"


def standing_of(result: Any, rule: Rule, rules: Rules) -> str:
    """Whether a result counts, in words: ``open``, or why it does not."""
    if text_at(result, "kind") not in ("", "fail"):
        return "no failure"
    if text_at(result, "baselineState") == "absent":
        return "absent"
    if _is_suppressed(result):
        return "suppressed"
    if not rules.is_marked:
        return "unmarked"
    return "open" if is_about_security(rule) else "not about security"


def _is_suppressed(result: Any) -> bool:
    """True when it has suppressions and none of them is undecided or rejected (3.27.23)."""
    states = [text_at(each, "status").casefold() for each in objects_at(result, "suppressions")]
    return bool(states) and not any(each in _NO_DECISION for each in states)
