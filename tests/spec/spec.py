"""One specified case of a metric: rows, the sum they come to, and what it says.

Each specification module has ``SPECS`` and the same three lines that check them::

    @pytest.mark.parametrize("spec", SPECS, ids=str)
    def test_spec(spec):
        check(spec, METRICS)
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from board_report.metrics.declare import MetricSpec, Settings
from board_report.model import State
from tests.spec.tables import QUARTER, Rows, result_of, tables

_OPERATORS: dict[type[ast.operator] | type[ast.unaryop], Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}


@dataclass(frozen=True)
class Spec:
    """A case of one metric that can be checked by hand."""

    metric: str
    """Id of the metric."""
    title: str
    """What the case is about, in a few words."""
    rows: Mapping[str, Rows]
    """Table name to its rows; a table left out was not given."""
    expected: str
    """The sum, as ``(10 + 30) / 2``; or the state, as ``nothing happened``."""
    value: float | None
    """What the sum comes to; None for a state."""
    says: str
    """What the case promises, in one sentence."""
    note: str | None = None
    """The note that must stand beside the value; None when the case is not about it."""
    n: int | None = None
    """Size of the denominator; None when the case is not about it."""
    parts: Mapping[str, float] = field(default_factory=dict)
    """Parts that must have these values, among others."""
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Table name to the numbers of the rows (from 1) that the value comes from."""
    quarter: str = QUARTER
    as_of: str | None = None
    """Last day that is known; None for the last day of the quarter."""
    settings: Settings = field(default_factory=Settings)

    def __str__(self) -> str:
        return f"{self.metric}: {self.title}"


def arithmetic(expression: str) -> float:
    """The value of a sum of literal numbers; nothing else is allowed in it."""

    def value(node: ast.AST) -> float:
        match node:
            case ast.Expression(body=body):
                return value(body)
            case ast.Constant(value=int() | float() as number):
                return number
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                return _OPERATORS[type(op)](value(left), value(right))
            case ast.UnaryOp(op=op, operand=operand) if type(op) in _OPERATORS:
                return _OPERATORS[type(op)](value(operand))
        raise ValueError(f"not arithmetic: {ast.unparse(node)}")

    return value(ast.parse(expression, mode="eval"))


def check(spec: Spec, metrics: Iterable[MetricSpec]) -> None:
    """Compare the metric's result with what the case promises."""
    [declared] = [each for each in metrics if each.id == spec.metric]
    # A case is small enough to check by hand; that so few are withheld is a rule of its own, which
    # tests/unit/test_thin_data.py holds every metric to.
    declared = replace(declared, withhold_below=0)
    found = result_of(declared, tables(**spec.rows), spec.quarter, spec.as_of, spec.settings)
    if spec.value is None:
        assert (found.state, found.value) == (State(spec.expected), None)
    else:
        assert spec.value == pytest.approx(arithmetic(spec.expected), rel=1e-12)
        assert (found.state, found.value) == (
            State.MEASURED,
            pytest.approx(spec.value, rel=1e-9, abs=1e-9),
        )
    if spec.note is not None:
        assert found.note == spec.note
    if spec.n is not None:
        assert found.n == spec.n
    for name, promised in spec.parts.items():
        assert found.parts[name] == pytest.approx(promised, rel=1e-9), name
    for table, numbers in spec.lines.items():
        assert tuple(ref.line - 1 for ref in found.rows if ref.table == table) == numbers
