"""What changed between two sealed reports: figures, definitions, words, approvals, program.

It reads what the two builds wrote (``metrics.json``, ``contents.json``, ``manifest.json``) and
nothing else, so that a report sealed by an older program can be compared as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board_report.governance.word_changes import compare_texts
from board_report.governance.word_runs import Mark, Run

DEFINITION = ("title", "unit", "direction", "owner", "audience", "formula", "denominator")
"""Keys of ``metrics.json`` that define a figure; its target is compared with them."""
PUBLIC_SECTION = "disclosure"
_PAGE_WORDS = ("title", "context", "voices")
"""Parts of a page that are sentences; tables and pictures hold figures."""
_SPOKEN = ("text", "detail")


@dataclass(frozen=True)
class ReportData:
    """What one build wrote of itself."""

    name: str
    """``2026-Q3``, as it is called on the page."""
    metrics: Mapping[str, Any]
    """``metrics.json``."""
    contents: Mapping[str, Any]
    """``contents.json``; empty where the build wrote none."""
    manifest: Mapping[str, Any]


@dataclass(frozen=True)
class FigureChange:
    """A figure that reads otherwise; empty where one of the two reports does not have it."""

    metric_id: str
    title: str
    owner: str
    was: str
    now: str
    status_was: str
    status_now: str


@dataclass(frozen=True)
class DefinitionChange:
    """A part of a figure's definition that reads otherwise."""

    metric_id: str
    title: str
    part: str
    was: str
    now: str


@dataclass(frozen=True)
class WordChange:
    """A passage of a page, with its changes."""

    section: str
    page: str
    part: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class PlainChange:
    """Something with a name that had one value and has another."""

    name: str
    was: str
    now: str


@dataclass(frozen=True)
class QuarterChanges:
    """Everything that differs between two reports."""

    was: str
    now: str
    figures: tuple[FigureChange, ...]
    same_figures: int
    definitions: tuple[DefinitionChange, ...]
    words: tuple[WordChange, ...]
    same_passages: int
    approvals: tuple[PlainChange, ...]
    """By section: where it stood."""
    program: tuple[PlainChange, ...]
    """Versions of the program and its libraries, formula versions, and the seed."""


def changes_between(was: ReportData, now: ReportData) -> QuarterChanges:
    """Compare two reports, in the order of the later one.

    Args:
        was: the earlier report.
        now: the later one.
    """
    figures = tuple(_figures(was, now))
    words, same_passages = _words(was.contents, now.contents)
    return QuarterChanges(
        was=was.name,
        now=now.name,
        figures=tuple(each for each in figures if _differs(each)),
        same_figures=sum(not _differs(each) for each in figures),
        definitions=tuple(_definitions(was, now)),
        words=words,
        same_passages=same_passages,
        approvals=tuple(_plain(_states(was.contents), _states(now.contents))),
        program=tuple(_plain(_program(was.manifest), _program(now.manifest))),
    )


def _by_id(report: ReportData) -> dict[str, Mapping[str, Any]]:
    return {each["id"]: each for each in report.metrics.get("metrics", ())}


def _figures(was: ReportData, now: ReportData) -> Iterator[FigureChange]:
    before, after = _by_id(was), _by_id(now)
    for metric_id in dict.fromkeys((*after, *before)):
        old, new = before.get(metric_id, {}), after.get(metric_id, {})
        known = new or old
        yield FigureChange(
            metric_id,
            str(known["title"]),
            str(known["owner"]),
            _printed(old),
            _printed(new),
            str(old.get("status", "")),
            str(new.get("status", "")),
        )


def _printed(metric: Mapping[str, Any]) -> str:
    """The value of the quarter reported on, as it was printed."""
    series = metric.get("series") or ()
    return str(series[-1]["printed"]) if series else ""


def _differs(change: FigureChange) -> bool:
    return (change.was, change.status_was) != (change.now, change.status_now)


def _definitions(was: ReportData, now: ReportData) -> Iterator[DefinitionChange]:
    before, after = _by_id(was), _by_id(now)
    for metric_id, new in after.items():
        old = before.get(metric_id)
        if old is None:
            continue
        for part in (*DEFINITION, "target"):
            texts = _part(old, part), _part(new, part)
            if texts[0] != texts[1]:
                yield DefinitionChange(metric_id, str(new["title"]), part, *texts)


def _part(metric: Mapping[str, Any], part: str) -> str:
    value = metric.get(part)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {value[key]}" for key in sorted(value))
    return "" if value is None else str(value)


# --- words -----------------------------------------------------------------------------------


def _words(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[tuple[WordChange, ...], int]:
    """Passages that read otherwise, and how many read the same; moves are found within a page."""
    before, after = _passages(was), _passages(now)
    found: list[WordChange] = []
    same = 0
    for section, page in dict.fromkeys((*after, *before)):
        old, new = before.get((section, page), {}), after.get((section, page), {})
        for part, runs in compare_texts(old, new).items():
            if all(run.mark is Mark.EQUAL and not run.move for run in runs):
                same += 1
            else:
                found.append(WordChange(section, page, part, runs))
    return tuple(found), same


def _passages(contents: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, str]]:
    """(section, page) to part to its sentences, one a line."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for section in contents.get("sections", ()):
        for place, text in section["content"].items():
            named = _place(section["id"], place.split(" / "))
            if named and text not in ("", "none"):
                page, part = named
                found.setdefault((section["id"], page), {}).setdefault(part, []).append(text)
    return {
        page: {part: "\n".join(texts) for part, texts in parts.items()}
        for page, parts in found.items()
    }


def _place(section: str, place: Sequence[str]) -> tuple[str, str] | None:
    """Page and part that a place belongs to; None where it is no sentence."""
    if section == PUBLIC_SECTION:
        if place[0] == "sections" and place[-1] == "text":
            return PUBLIC_SECTION, f"{place[1]}.{place[3]}"
        return None
    page, *rest = place
    if not rest or rest[0] not in _PAGE_WORDS:
        return None
    if rest[0] == "voices" and place[-1] not in _SPOKEN:
        return None
    return page, rest[0]


# --- what has a name ---------------------------------------------------------------------------


def _states(contents: Mapping[str, Any]) -> dict[str, str]:
    return {each["id"]: str(each["state"]) for each in contents.get("sections", ())}


def _program(manifest: Mapping[str, Any]) -> dict[str, str]:
    program = manifest.get("program", {})
    risk = manifest.get("risk_model", {})
    return {
        "board-report": str(program.get("version", "")),
        **{name: str(each) for name, each in sorted(manifest.get("libraries", {}).items())},
        **{
            f"risk model: {key.replace('_', ' ')}": str(risk[key])
            for key in ("formula_version", "generators", "seed", "trials")
            if key in risk
        },
    }


def _plain(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[PlainChange]:
    for name in dict.fromkeys((*now, *was)):
        if was.get(name, "") != now.get(name, ""):
            yield PlainChange(name, was.get(name, ""), now.get(name, ""))
