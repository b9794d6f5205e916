"""Read the two leaders' commentary and put live figures into it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from board_report.errors import CommentaryError, ProjectError, UnknownMetricError
from board_report.metrics.evaluate import find_spec
from board_report.period import Quarter
from board_report.story import formats

if TYPE_CHECKING:
    from board_report.metrics.evaluate import Figures

_HEADING = re.compile(r"^##\s+(.*\S)\s*$")
_MEANS = re.compile(r"^What it means:\s*(.+)$", re.IGNORECASE)


@dataclass(frozen=True)
class CommentaryAction:
    """One line under "What we do"."""

    text: str
    role: str
    by: date | None


@dataclass(frozen=True)
class Commentary:
    """One page's commentary, with its figures already in it."""

    page: str
    file: str
    title: str = ""
    """Replaces the computed title where a leader wrote one."""
    means: tuple[tuple[str, str], ...] = ()
    """(role, judgement)."""
    does: tuple[CommentaryAction, ...] = ()
    needs: tuple[str, str] | None = None
    """(what is asked, detail)."""


def read_commentary(
    project_folder: Path, figures: Figures, currency: str, quarter: Quarter
) -> dict[str, Commentary]:
    """All of ``commentary/*.md``, by page id.

    A file begins with ``---``, lines such as ``page: detect-and-respond`` and ``---``; with a line
    ``quarter: 2026-Q3`` it speaks of that quarter alone and is left out of any other. Then come
    the headings "What it means: ROLE", "What we do" (a list of ``text | role | date``) and "What
    we need" (``text | detail``). Figures are written live, as ``{{ metric('mttd') }}``.

    Raises:
        CommentaryError: a file is not of that form, or names a figure that does not exist.
    """
    folder = project_folder / "commentary"
    found: dict[str, Commentary] = {}
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else []:
        name = path.relative_to(project_folder).as_posix()
        lines = _read(path, name)
        head, start = _front_matter(lines, name)
        if not _is_of(head, quarter, name):
            continue
        commentary = _parse(lines, head, start, name, _Resolver(figures, currency, name))
        if commentary.page in found:
            raise CommentaryError(
                f"the page {commentary.page!r} already has commentary in "
                f"{found[commentary.page].file}.",
                where=name,
                mend="Join the two files.",
            )
        found[commentary.page] = commentary
    return found


def _is_of(head: Mapping[str, str], quarter: Quarter, name: str) -> bool:
    """Whether the file speaks of this quarter (or of any)."""
    if "quarter" not in head:
        return True
    try:
        return Quarter.parse(head["quarter"]) == quarter
    except ProjectError as error:
        raise CommentaryError(error.what, where=f"{name}:1", mend=error.mend) from error


def _read(path: Path, name: str) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise CommentaryError(
            f"byte {error.start} is not UTF-8.", where=name, mend="Save the file as UTF-8."
        ) from error


def _parse(
    lines: list[str], head: Mapping[str, str], start: int, name: str, resolve: _Resolver
) -> Commentary:
    known: dict[str, Any] = {"means": [], "does": [], "needs": None}
    section, text, first = "", [], start
    for at, line in enumerate([*lines[start:], "## end"], start + 1):
        heading = _HEADING.match(line)
        if not heading:
            text.append(line)
            continue
        _take(known, section, text, name, first, resolve)
        section, text, first = heading[1], [], at + 1
    return Commentary(
        page=head["page"],
        file=name,
        title=resolve(head.get("title", ""), 1),
        means=tuple(known["means"]),
        does=tuple(known["does"]),
        needs=known["needs"],
    )


def _front_matter(lines: list[str], name: str) -> tuple[dict[str, str], int]:
    end = next((at for at, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if not lines or lines[0].strip() != "---" or end is None:
        raise CommentaryError(
            "the file does not begin with its page.",
            where=f"{name}:1",
            mend="Begin it with a line '---', a line 'page: NAME' and a line '---'.",
        )
    head = {}
    for at, line in enumerate(lines[1:end], 2):
        key, colon, value = line.partition(":")
        if not colon and line.strip():
            raise CommentaryError(
                f"{line.strip()!r} is not of the form 'key: value'.", where=f"{name}:{at}"
            )
        head[key.strip()] = value.strip()
    if not head.get("page"):
        raise CommentaryError("no page is named.", where=f"{name}:1", mend="Add 'page: NAME'.")
    return head, end + 1


def _take(
    known: dict[str, Any], section: str, text: list[str], name: str, first: int, resolve: _Resolver
) -> None:
    """Put one section's text where it belongs."""
    means = _MEANS.match(section)
    lowered = section.lower()
    if means:
        known["means"].append((means[1].strip(), resolve(_paragraph(text), first)))
    elif lowered == "what we do":
        known["does"] += [
            _action(resolve(line.strip()[1:].strip(), at), name, at)
            for at, line in enumerate(text, first)
            if line.strip().startswith(("-", "*"))
        ]
    elif lowered == "what we need":
        ask, _, detail = resolve(_paragraph(text), first).partition("|")
        known["needs"] = (ask.strip(), detail.strip())
    elif section:
        raise CommentaryError(
            f"the heading {section!r} is not one of the three.",
            where=f"{name}:{first - 1}",
            mend="Use 'What it means: ROLE', 'What we do' or 'What we need'.",
        )


def _paragraph(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines if line.strip())


def _action(line: str, name: str, at: int) -> CommentaryAction:
    text, role, when = ([part.strip() for part in line.split("|")] + ["", ""])[:3]
    try:
        by = date.fromisoformat(when) if when else None
    except ValueError as error:
        raise CommentaryError(
            f"{when!r} is not a date.",
            where=f"{name}:{at}",
            mend="Write the action as 'text | role | 2026-12-15'.",
        ) from error
    return CommentaryAction(text, role, by)


class _Resolver:
    """Puts figures into text; knows nothing but ``metric`` and ``target``."""

    def __init__(self, figures: Figures, currency: str, file: str) -> None:
        from jinja2 import StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        self._figures, self._currency, self._file = figures, currency, file
        self._environment = ImmutableSandboxedEnvironment(
            undefined=StrictUndefined, autoescape=False
        )
        self._environment.globals.clear()
        self._names: Mapping[str, Any] = {"metric": self._metric, "target": self._target}

    def __call__(self, text: str, line: int) -> str:
        from jinja2 import TemplateError

        if "{" not in text:
            return text
        try:
            return self._environment.from_string(text).render(self._names)
        except UnknownMetricError as error:
            raise CommentaryError(
                error.what, where=f"{self._file}:{line}", mend=error.mend
            ) from error
        except (TemplateError, TypeError, ValueError) as error:
            raise CommentaryError(
                f"the live figures cannot be put in: {error}.",
                where=f"{self._file}:{line}",
                mend="Write a figure as {{ metric('mttd') }}.",
            ) from error

    def _metric(self, metric_id: str, *, ago: int = 0, part: str = "") -> str:
        spec = find_spec(self._figures.specs, metric_id)
        values = self._figures[metric_id].values
        if not 0 <= ago < len(values):
            raise ValueError(f"{metric_id} has no value {ago} quarters ago")
        found = values[-1 - ago]
        if not part:
            return formats.result(found, spec.unit, self._currency)
        if part not in found.parts:
            known = ", ".join(found.parts) or "none"
            raise ValueError(f"{metric_id} has no part {part!r} (it has: {known})")
        return formats.part(part, found.parts[part], spec.unit, self._currency)

    def _target(self, metric_id: str) -> str:
        spec = find_spec(self._figures.specs, metric_id)
        target = self._figures[metric_id].target
        if target is None:
            raise ValueError(f"no target is declared for {metric_id}")
        return formats.with_unit(target.value, spec.unit, self._currency)
