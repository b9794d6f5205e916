"""The data dictionary: every canonical table and column, as a Markdown page."""

from __future__ import annotations

from collections.abc import Mapping

from board_report.tables.catalogue import TABLES
from board_report.tables.cells import LONGEST_TEXT
from board_report.tables.demand_words import demand_in_words, names_in_words
from board_report.tables.mapping import default_file
from board_report.tables.schema import (
    Audience,
    Column,
    InOrder,
    Kind,
    Leader,
    RowCheck,
    TableSpec,
)

KIND_WORDS: dict[Kind, str] = {
    Kind.ID: "identifier",
    Kind.TEXT: "text",
    Kind.CATEGORY: "one of",
    Kind.ROLE: "role",
    Kind.LIST: "list",
    Kind.DATETIME: "point in time",
    Kind.DATE: "date",
    Kind.QUARTER: "quarter",
    Kind.BOOLEAN: "true or false",
    Kind.INTEGER: "whole number",
    Kind.NUMBER: "number",
    Kind.RATIO: "share",
    Kind.MONEY: "money",
    Kind.AMOUNT: "amount",
}
"""What a column holds, in words."""

_HOW_WRITTEN = f"""\
| kind | how it is written |
| --- | --- |
| identifier, text, role | as it is; a text over {LONGEST_TEXT} characters is warned about, unless \
the column allows more |
| one of | one of the values listed; case, spaces, hyphens and underscores do not matter |
| list | values separated by semicolons |
| point in time | ISO 8601 (`2026-03-14T09:30Z`), or as `date_format` says; without an offset it \
is read in `time_zone` |
| date | ISO 8601 (`2026-03-14`), or as `date_format` says |
| quarter | `2026-Q3` |
| true or false | true, false, yes, no, y, n, 1, 0 |
| whole number, number | digits; thousands may be separated; `decimal_comma` says which \
mark is which |
| share | 0 to 1, or 0 to 100 where `ratio_as = "percent"`; `85%` speaks for itself |
| money | an amount in the reporting currency, with or without its sign or code; `(1,200)` is \
negative |
| amount | as money, with all its decimals: nothing is rounded before it is summed |
"""

_LEADERS = {
    Leader.CISO: "Tables of the CISO",
    Leader.CTO: "Tables of the CTO",
    Leader.JOINT: "Tables that both keep",
}


def dictionary_page(tables: Mapping[str, TableSpec] = TABLES) -> str:
    """The data dictionary as Markdown, by leader and table."""
    parts = [
        "# Data dictionary\n",
        "The tables that a project can fill.\n"
        "A file may have other columns, which are ignored, and other names for these, which a\n"
        "`[[source]]` block of `report.toml` maps.\n"
        "A column marked *required* needs a value in every row.\n"
        "Only columns marked *public* can reach the disclosure.\n",
        "## How values are written\n",
        _HOW_WRITTEN,
    ]
    for leader, heading in _LEADERS.items():
        parts.append(f"## {heading}\n")
        parts += [_table(spec) for spec in tables.values() if spec.leader is leader]
    return "\n".join(parts)


def _table(spec: TableSpec) -> str:
    needed = "; no report is made without it" if spec.required else ""
    lines = [
        f"### {spec.title} (`{spec.name}`)",
        "",
        spec.meaning,
        "",
        f"- Looked for at `{default_file(spec)}`{needed}.",
        f"- One row for each {names_in_words(spec.key)}.",
        *(f"- {_check(check)}" for check in spec.checks),
        *(f"- {demand_in_words(demand)}" for demand in spec.demands),
        *(
            f"- `{column}` refers to `{other}.{other_column}`."
            for column, other, other_column in spec.refers
        ),
        "",
        "| column | kind | unit | required | public | meaning |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_column(column) for column in spec.columns),
        "",
    ]
    return "\n".join(lines)


def _check(check: RowCheck) -> str:
    if isinstance(check, InOrder):
        return f"`{check.later}` may not lie before `{check.earlier}`."
    usual = "" if check.unless_given is None else f" ({check.unless_given:g} where it is empty)"
    return f"`{check.part}` may not be above `{check.whole}`{usual}."


def _column(column: Column) -> str:
    required = "yes" if column.required else ""
    public = "yes" if column.audience is Audience.PUBLIC else ""
    return (
        f"| `{column.name}` | {_kind(column)} | {column.unit} | {required} | {public} "
        f"| {column.meaning} |"
    )


def _kind(column: Column) -> str:
    words = KIND_WORDS[column.kind]
    if column.allowed:
        return f"{words} {', '.join(f'`{value}`' for value in column.allowed)}"
    if column.kind is Kind.TEXT and column.maximum is not None:
        return f"{words}, up to {column.maximum:,g} characters"
    if column.minimum is not None and column.maximum is not None:
        return f"{words}, {column.minimum:g} to {column.maximum:g}"
    if column.minimum is not None:
        return f"{words}, {column.minimum:g} or more"
    return words
