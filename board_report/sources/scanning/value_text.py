"""Write typed values of the engine as the same text that reading them into memory gives."""

from __future__ import annotations

WHOLE = frozenset(
    (
        *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"),
        *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
    )
)
_TIMES = frozenset(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP WITH TIME ZONE"))


def text_of(expression: str, kind: str, *, decimal_comma: bool) -> str | None:
    """SQL for a value as text; None for kinds that only the usual reading writes.

    Args:
        expression: SQL of the value.
        kind: its type, as the engine calls it.
        decimal_comma: whether decimals are to be set off by a comma.
    """
    if kind == "VARCHAR":
        return expression
    if kind == "BOOLEAN":
        return f"CASE {expression} WHEN true THEN 'true' WHEN false THEN 'false' END"
    if kind in WHOLE or kind == "DATE":
        return f"CAST({expression} AS VARCHAR)"
    if kind in _TIMES:
        return _moment(expression, kind)
    text = None
    if kind.startswith("DECIMAL("):
        text = f"CAST({expression} AS VARCHAR)"
    elif kind in ("DOUBLE", "FLOAT"):
        whole = f"{expression} = floor({expression}) AND abs({expression}) < 1e15"
        text = (
            f"CASE WHEN {whole} THEN CAST(CAST({expression} AS BIGINT) AS VARCHAR) "
            f"ELSE CAST({expression} AS VARCHAR) END"
        )
    return f"replace({text}, '.', ',')" if text and decimal_comma else text


def _moment(expression: str, kind: str) -> str:
    """As ISO 8601 with what there is of a second; with a zone it is given in UTC."""
    zone = "+00:00" if kind == "TIMESTAMP WITH TIME ZONE" else ""
    moment = f"make_timestamp(epoch_us({expression}))"
    return (
        f"strftime({moment}, '%Y-%m-%dT%H:%M:%S') || "
        f"CASE WHEN epoch_us({expression}) % 1000000 = 0 THEN '' "
        f"ELSE strftime({moment}, '.%f') END || '{zone}'"
    )
