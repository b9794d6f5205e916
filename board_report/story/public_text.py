"""Put live figures into attested sentences: ``{{ metric('committee_cyber_meetings') }}``.

Nothing else that the template language could do is allowed in a sentence, and no figure is known
here that is not public.
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

    from board_report.story.public_record import PublicFigure

_HOW = "Write {{ metric('id') }} with the id of a public metric, and nothing else in braces."


@dataclass(frozen=True)
class Resolved:
    """A sentence with its figures in place."""

    text: str
    metric_ids: tuple[str, ...]
    """The figures that it cites, in order, without repeats."""
    unmeasured: tuple[str, ...]
    """Those of them that have no value, so that the sentence cannot be printed."""


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


def resolve(text: str, figures: Mapping[str, PublicFigure], *, where: str) -> Resolved:
    """Replace the live figures of a sentence by their text.

    Args:
        text: the sentence as it stands in its file.
        figures: the public metrics, by id.
        where: file and line of the sentence, for messages.

    Raises:
        CommentaryError: the sentence cites a metric that is not public or does not exist, or has
            anything else in braces.
    """
    if "{" not in text:
        return Resolved(text, (), ())
    cited = _cited(text, where)
    for metric_id in cited:
        if metric_id not in figures:
            raise _unknown(metric_id, figures, where)
    said = _environment().from_string(text).render(metric=lambda name: figures[name].text)
    unmeasured = tuple(name for name in cited if figures[name].value is None)
    return Resolved(said, cited, unmeasured)


def _cited(text: str, where: str) -> tuple[str, ...]:
    """The metrics that a sentence cites; anything else in braces is an error."""
    from jinja2 import TemplateSyntaxError, nodes

    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        what = f"the sentence cannot be read: {error.message}"
        raise CommentaryError(what, where=where, mend=_HOW) from error
    found: dict[str, None] = {}
    for node in tree.body:
        parts = node.nodes if isinstance(node, nodes.Output) else [node]
        for part in parts:
            if not isinstance(part, nodes.TemplateData):
                found[_metric_id(part, where)] = None
    return tuple(found)


def _metric_id(part: nodes.Node, where: str) -> str:
    from jinja2 import nodes

    if (
        isinstance(part, nodes.Call)
        and isinstance(part.node, nodes.Name)
        and part.node.name == "metric"
        and len(part.args) == 1
        and isinstance(part.args[0], nodes.Const)
        and isinstance(part.args[0].value, str)
        and not (part.kwargs or part.dyn_args or part.dyn_kwargs)
    ):
        return part.args[0].value
    what = "the sentence has something in braces that is not a figure."
    raise CommentaryError(what, where=where, mend=_HOW)


def _unknown(metric_id: str, figures: Mapping[str, PublicFigure], where: str) -> CommentaryError:
    near = get_close_matches(metric_id, figures, n=1, cutoff=0.0)
    mend = f"The nearest public one is {near[0]}." if near else "No metric is public."
    return CommentaryError(f"there is no public metric {metric_id!r}.", where=where, mend=mend)
