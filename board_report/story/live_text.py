"""Put live figures into a leader's text, in a sandbox, and keep apart what a person typed.

The text is a Jinja template of which little is left: ``metric``, ``target`` and ``quoted``, five
filters, and ``if``. Whatever is printed comes from one of these or stands in the text as typed.
"""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from board_report.errors import CommentaryError, UnknownMetricError
from board_report.story.live_figures import Citation, LiveMetric, LiveValue, LiveWord
from board_report.story.live_filters import FILTERS, quoted

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from board_report.metrics.evaluate import Figures

_LINE = 0xF0000
_LIVE = 0x100000
_MOST = 0xFFFD
"""Code points of each of the two private planes that may be used."""
_NAMES = ("metric", "target", "quoted")
_HOW = "Write a figure as {{ metric('mttd') }}; docs/guides/commentary.md lists what else there is."


@dataclass(frozen=True)
class LiveText:
    """What a live reference printed, and which figure it stands for."""

    text: str
    citation: Citation


@dataclass(frozen=True)
class TextLine:
    """One line of the text with its figures in place, each as one private code point."""

    text: str
    line: int
    """Of the file."""


@dataclass
class Resolver:
    """Puts figures into text and remembers what it put where."""

    figures: Figures
    currency: str
    file: str
    live: list[LiveText] = field(default_factory=list)

    def __call__(self, text: str, first: int) -> list[TextLine]:
        """The lines that are left, figures in place.

        Args:
            text: as it stands in the file.
            first: line of the file that it begins on.

        Raises:
            CommentaryError: a figure does not exist, or the text does what it may not.
        """
        from jinja2 import TemplateError, TemplateSyntaxError

        if odd := next((sign for sign in text if ord(sign) >= _LINE), ""):
            raise self._error(f"the sign U+{ord(odd):X} cannot be printed.", first)
        source = "\n" * (first - 1) + text
        environment = self._environment()
        try:
            tree = environment.parse(source)
            self._check(tree)
            _mark_lines(tree)
            said = environment.from_string(tree).render(self._globals())
        except TemplateSyntaxError as error:
            what = f"the live figures cannot be put in: {str(error.message).rstrip('.')}."
            raise self._error(what, error.lineno) from error
        except UnknownMetricError as error:
            where = f"{self.file}:{_line_of(error, first)}"
            raise CommentaryError(error.what, where=where, mend=error.mend) from error
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            said = str(error).rpartition("<locals>.")[2].rstrip(".")
            what = f"the live figures cannot be put in: {said}."
            raise self._error(what, _line_of(error, first)) from error
        return _lines(said, first)[first - 1 :]

    # --- what may be named -----------------------------------------------------------------------

    def _globals(self) -> dict[str, Any]:
        def metric(metric_id: str, *, ago: int = 0, part: str = "") -> LiveMetric | LiveValue:
            found = LiveMetric(self.figures, self.currency, metric_id, ago)
            return found.part(part) if part else found

        def target(metric_id: str) -> LiveValue:
            return LiveMetric(self.figures, self.currency, metric_id).target()

        return {"metric": metric, "target": target, "quoted": quoted}

    def _environment(self) -> ImmutableSandboxedEnvironment:
        from jinja2 import StrictUndefined

        environment = _sandbox()(
            undefined=StrictUndefined, autoescape=False, finalize=self._put, cache_size=0
        )
        environment.globals = {}
        environment.tests = {}
        environment.filters = dict(FILTERS)
        return environment

    def _put(self, value: object) -> str:
        """Called with all that is printed and was not typed: only live values may be."""
        found = value.value() if isinstance(value, LiveMetric) else value
        if isinstance(found, LiveWord):
            live = LiveText(str(found), found.citation)
        elif isinstance(found, LiveValue):
            live = LiveText(found.text, found.citation)
        else:
            raise ValueError(
                f"{found!r} does not come from the figures; only metric, target and quoted print"
            )
        self.live.append(LiveText(re.sub(r"[\r\n\t]+", " ", live.text), live.citation))
        if len(self.live) > _MOST:
            raise ValueError("there are too many live figures in one file")
        return chr(_LIVE + len(self.live) - 1)

    def _check(self, tree: nodes.Template) -> None:
        """Refuse all of the template language but references, conditions and comparisons."""
        from jinja2 import nodes

        for node in tree.find_all(nodes.Node):
            kind = type(node).__name__
            if kind not in _ALLOWED:
                what = f"the live figures cannot be put in: {_WORDS.get(kind, kind.lower())} is "
                raise self._error(f"{what}not for commentary.", node.lineno)
            if isinstance(node, nodes.Name) and node.name not in _NAMES:
                what = f"the live figures cannot be put in: {node.name!r} is undefined."
                raise self._error(what, node.lineno)
            if isinstance(node, nodes.Call) and not isinstance(node.node, nodes.Name):
                what = "the live figures cannot be put in: only metric, target and quoted are "
                raise self._error(f"{what}called.", node.lineno)

    def _error(self, what: str, line: int) -> CommentaryError:
        return CommentaryError(what, where=f"{self.file}:{line}", mend=_HOW)


_ALLOWED = (
    "Template", "Output", "TemplateData", "If", "Call", "Keyword", "Name", "Getattr", "Const",
    "Filter", "Compare", "Operand", "And", "Or", "Not", "CondExpr", "Neg",
)  # fmt: skip
_WORDS = {
    "For": "a loop",
    "Assign": "{% set %}",
    "AssignBlock": "{% set %}",
    "Getitem": "an index in brackets (write metric('mttd').p90)",
    "Concat": "joining with ~",
    **dict.fromkeys(("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow"), "arithmetic"),
}


@cache
def _sandbox() -> type[ImmutableSandboxedEnvironment]:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Attributes are those that live figures declare, and no other object has any."""

        def getattr(self, obj: Any, attribute: str) -> Any:
            if isinstance(obj, LiveMetric | LiveValue):
                return obj.get(attribute)
            raise ValueError(f"{obj!r} has no {attribute!r}")

    return Sandbox


def _mark_lines(tree: nodes.Template) -> None:
    """Put the file's line before all typed text and after each break in it."""
    from jinja2 import nodes

    for node in tree.find_all(nodes.TemplateData):
        lines = node.data.split("\n")
        node.data = "\n".join(
            f"{chr(_LINE + min(node.lineno + at, _MOST))}{line}" for at, line in enumerate(lines)
        )


def _lines(said: str, first: int) -> list[TextLine]:
    """The printed lines, each with the file's line that it begins on, without the marks."""
    found, last = [], first
    for line in said.split("\n"):
        marks = [ord(sign) - _LINE for sign in line if _LINE <= ord(sign) < _LIVE]
        last = marks[0] if marks else last
        text = "".join(sign for sign in line if not _LINE <= ord(sign) < _LIVE)
        found.append(TextLine(text, last))
    return found


def _line_of(error: BaseException, first: int) -> int:
    """The template's line that an error comes from."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [each.lineno for each in frames if each.filename in ("<template>", "<unknown>")]
    return lines[-1] or first if lines else first


def live_index(sign: str) -> int:
    """Which live text a code point stands for; -1 for a sign that was typed."""
    return ord(sign) - _LIVE if ord(sign) >= _LIVE else -1
