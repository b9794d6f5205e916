"""Roles at a glance: the two leaders side by side, and whether the structure suits the company."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.governance.roles import CTO, ReportingLine, Structure, reporting_line
from board_report.governance.rows import plain_rows
from board_report.governance.tool_findings import NO_SINGLE_OWNER, ToolCode, tool_findings
from board_report.governance.tools import Domain, ToolInventory, tool_inventory
from board_report.model import Finding
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits
from board_report.story.left_out import is_left_out
from board_report.story.page import Page
from board_report.story.role_columns import (
    LEADERS,
    LENSES,
    METRICS_RULE,
    key_metrics,
    reporting_words,
    tools_words,
)
from board_report.story.structure_words import METRICS, fit_body
from board_report.typeset import lines_needed

FAULTS = 3
"""Gaps and doubles that the page says in words; further ones are counted."""
FAULT_WIDTH = 460.0
"""Points for one of them, beside its mark."""
_BROADER = (Domain.INFRASTRUCTURE, Domain.OTHER)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; there is none where neither people nor tools were given and no leader wrote."""
    if is_left_out(facts, "roles-at-a-glance"):
        return ()
    line = reporting_line(facts.holders)
    inventory = tool_inventory(plain_rows(facts.rows("tool_inventory")), facts.as_of)
    found = tool_findings(facts.tables, facts.window)
    measures = {role: key_metrics(facts, role) for role in LEADERS}
    return (
        Page(
            id="roles-at-a-glance",
            section="Roles at a glance",
            title=_title(facts, line, inventory, found),
            context=_context(facts, line, inventory),
            owners=facts.owner("CEO"),
            sources=(
                f"Sources: people, tools, settings, risk register. {METRICS_RULE} "
                "Definitions: appendix."
            ),
            body={
                "columns": [_column(facts, role, inventory, len(found)) for role in LEADERS],
                "metrics": list(zip(*measures.values(), strict=True)),
                "has_tools": facts.tables.measured("tool_inventory"),
                "faults": _fault_rows(found),
                "faults_more": max(len(found) - FAULTS, 0),
                "fit": fit_body(facts, line),
            },
            voices_room=None,
            metric_ids=tuple(
                dict.fromkeys(
                    [each["id"] for row in measures.values() for each in row]
                    + [each for each in METRICS if each in facts.figures.specs]
                )
            ),
        ),
    )


def _column(
    facts: BoardFacts, role: str, inventory: ToolInventory, faults: int
) -> dict[str, object]:
    lens, horizon = LENSES[role]
    lines = 3 if faults < FAULTS else 2
    return {
        "role": role,
        "name": facts.person(role) if role in facts.holders else "nobody on record",
        "lens": lens,
        "horizon": horizon,
        "line": reporting_words(facts, role),
        "security": tools_words(inventory, role, (Domain.SECURITY,), lines),
        "broader": tools_words(inventory, role, _BROADER, lines),
    }


def _fault_rows(found: Sequence[Finding]) -> list[dict[str, object]]:
    """The first gaps and doubles with the lines that each may take, as far as there is room."""
    room = 3 if len(found) < FAULTS else 4
    rows: list[dict[str, object]] = []
    for at, each in enumerate(found[:FAULTS]):
        after = min(len(found), FAULTS) - at - 1
        lines = min(lines_needed(each.reason, FAULT_WIDTH, 11), room - after, 2)
        room -= lines
        rows.append({"text": each.reason, "lines": lines})
    return rows


# --- sentences -----------------------------------------------------------------------------------


def _title(
    facts: BoardFacts, line: ReportingLine, inventory: ToolInventory, found: Sequence[Finding]
) -> str:
    who, brief = _who(facts, line), _who_briefly(facts, line)
    tools = _tools(facts, inventory, found)
    full = [f"{who}; {each}" for each in tools]
    if _no_owner(found) and _doubled(found):
        both = f"{_no_owner(found)} and {_doubled(found, 'kind')}"
        full[1:1] = [f"{each}; {both}" for each in (who, brief)]
    return first_that_fits(*full)


def _who(facts: BoardFacts, line: ReportingLine) -> str:
    missing = [role for role in LEADERS if role not in facts.holders]
    if len(missing) == len(LEADERS):
        return "Who is CISO and who is CTO is not on record"
    if missing:
        return f"Nobody is on record as {missing[0]}"
    if line.structure is Structure.COMBINED and line.also_holds == CTO:
        return "One person guards today’s operations and builds for the next three years"
    return "The CISO guards today’s operations and the CTO builds for the next three years"


def _who_briefly(facts: BoardFacts, line: ReportingLine) -> str:
    """The same in fewer words, for a title that has more to say of the tools."""
    if any(role not in facts.holders for role in LEADERS):
        return _who(facts, line)
    if line.structure is Structure.COMBINED and line.also_holds == CTO:
        return "One person guards today and builds the next three years"
    return "The CISO guards today, the CTO builds the next three years"


def _tools(facts: BoardFacts, inventory: ToolInventory, found: Sequence[Finding]) -> list[str]:
    """What is wrong with the ownership of tools: the fullest words first, then shorter ones."""
    if not facts.tables.measured("tool_inventory"):
        return ["which tools each owns was not given", "no tools given"]
    said = list(filter(None, (_no_owner(found), _doubled(found), _missing(found))))
    if said:
        first = said[0] if _no_owner(found) or _doubled(found) else "one kind of tool is missing"
        return [*(formats.listed(said[:count]) for count in range(len(said), 0, -1)), first]
    count = formats.count_words(len(inventory.tools))
    return ["the one tool has one owner" if len(inventory.tools) == 1
            else f"each of {count} tools has one owner"]  # fmt: skip


def _of(found: Sequence[Finding], *codes: ToolCode) -> list[Finding]:
    return [each for each in found if each.code in codes]


def _no_owner(found: Sequence[Finding]) -> str:
    count = len(_of(found, *NO_SINGLE_OWNER))
    verb = "has" if count == 1 else "have"
    return f"{formats.counted(count, 'tool')} {verb} no single owner" if count else ""


def _doubled(found: Sequence[Finding], one: str = "kind of security tool") -> str:
    count = len(_of(found, ToolCode.DOUBLED))
    if not count:
        return ""
    kinds = formats.counted(count, one, one.replace("kind", "kinds"))
    return f"{kinds} {'is' if count == 1 else 'are'} run twice"


def _missing(found: Sequence[Finding]) -> str:
    gaps = _of(found, ToolCode.CATEGORY_GAP)
    if not gaps:
        return ""
    if len(gaps) == 1:
        return f"{sentences.within(gaps[0].reason.rstrip('.'))}"
    return f"{formats.count_words(len(gaps))} kinds of tool are missing"


def _context(facts: BoardFacts, line: ReportingLine, inventory: ToolInventory) -> str:
    parts = []
    if line.structure is Structure.COMBINED:
        name = facts.person("CISO")
        parts.append(f"{name} is CISO and {line.also_holds}: one person, two lenses.")
    if inventory.tools:
        count = formats.counted(len(inventory.tools), "tool", words=False)
        parts.append(f"{count} in use: {_shares(inventory)}.")
    return " ".join(parts)


def _shares(inventory: ToolInventory) -> str:
    """Whose the tools in use are: ``11 of the CISO, 17 of the CTO, 1 of nobody``."""
    of = {f"the {role}": len(inventory.of(role)) for role in LEADERS}
    of["nobody"] = len(inventory.of(""))
    of["others"] = len(inventory.tools) - sum(of.values())
    return ", ".join(f"{formats.number(count)} of {who}" for who, count in of.items() if count)
