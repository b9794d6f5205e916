"""Put live figures and lines into attested sentences: ``{{ metric('committee_cyber_meetings') }}``.

``{{ reporting_line('CISO') }}`` gives to whom a role reports, from the record. Nothing else that
the template language could do is allowed in a sentence, and no figure is known here that is not
public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from board_report.errors import CommentaryError

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from board_report.governance.line_words import Office
    from board_report.story.public_record import PublicFigure

METRIC, LINE = "metric", "reporting_line"
_HOW = (
    "Write {{ metric('id') }} with the id of a public metric, or {{ reporting_line('CISO') }} "
    "with a role, and nothing else in braces."
)


@dataclass(frozen=True)
class Resolved:
    """A sentence with its figures and lines in place."""

    text: str
    metric_ids: tuple[str, ...]
    """The figures that it cites, in order, without repeats."""
    unmeasured: tuple[str, ...]
    """Those of them that have no value, so that the sentence cannot be printed."""
    no_line: tuple[str, ...] = ()
    """Roles whose reporting line it cites and the record does not have: nor can it then."""


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # Not escaped here: the sentence is text, and the page that prints it escapes it.
    environment = ImmutableSandboxedEnvironment(
        autoescape=False, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.globals = {}
    environment.filters = {}
    environment.tests = {}
    return environment


def resolve(
    text: str,
    figures: Mapping[str, PublicFigure],
    offices: Mapping[str, Office] | None = None,
    *,
    where: str,
) -> Resolved:
    """Replace the live figures and reporting lines of a sentence by their text.

    Args:
        text: the sentence as it stands in its file.
        figures: the public metrics, by id.
        offices: the roles of the public record, by short name.
        where: file and line of the sentence, for messages.

    Raises:
        CommentaryError: the sentence cites a metric that is not public or does not exist, or has
            anything else in braces.
    """
    if "{" not in text:
        return Resolved(text, (), ())
    cited = _cited(text, where)
    metric_ids = tuple(name for kind, name in cited if kind == METRIC)
    for metric_id in metric_ids:
        if metric_id not in figures:
            raise _unknown(metric_id, figures, where)
    lines = {name: _line(name, offices or {}) for kind, name in cited if kind == LINE}
    said = _environment().from_string(text).render(
        {METRIC: lambda name: figures[name].text, LINE: lines.__getitem__}
    )  # fmt: skip
    unmeasured = tuple(name for name in metric_ids if figures[name].value is None)
    no_line = tuple(role for role, words in lines.items() if not words)
    return Resolved(said, metric_ids, unmeasured, no_line)


def _line(role: str, offices: Mapping[str, Office]) -> str:
    """The line in words; empty for a role that the record does not have, or without a line."""
    return offices[role].words if role in offices else ""


def _cited(text: str, where: str) -> tuple[tuple[str, str], ...]:
    """(``metric``, id) and (``reporting_line``, role); anything else in braces is an error."""
    from jinja2 import TemplateSyntaxError, nodes

    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        what = f"the sentence cannot be read: {error.message}"
        raise CommentaryError(what, where=where, mend=_HOW) from error
    found: dict[tuple[str, str], None] = {}
    for node in tree.body:
        parts = node.nodes if isinstance(node, nodes.Output) else [node]
        for part in parts:
            if not isinstance(part, nodes.TemplateData):
                found[_call(part, where)] = None
    return tuple(found)


def _call(part: nodes.Node, where: str) -> tuple[str, str]:
    from jinja2 import nodes

    if (
        isinstance(part, nodes.Call)
        and isinstance(part.node, nodes.Name)
        and part.node.name in (METRIC, LINE)
        and len(part.args) == 1
        and isinstance(part.args[0], nodes.Const)
        and isinstance(part.args[0].value, str)
        and not (part.kwargs or part.dyn_args or part.dyn_kwargs)
    ):
        return part.node.name, part.args[0].value
    what = "the sentence has something in braces that is neither a figure nor a reporting line."
    raise CommentaryError(what, where=where, mend=_HOW)


def _unknown(metric_id: str, figures: Mapping[str, PublicFigure], where: str) -> CommentaryError:
    near = get_close_matches(metric_id, figures, n=1, cutoff=0.0)
    mend = f"The nearest public one is {near[0]}." if near else "No metric is public."
    return CommentaryError(f"there is no public metric {metric_id!r}.", where=where, mend=mend)
