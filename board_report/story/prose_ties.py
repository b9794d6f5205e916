"""Which figure a claim is about: the one that is its subject, or that follows it directly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from board_report.story.page_numbers import Known
from board_report.story.prose_lexicon import MOVES, TARGETS, Claim
from board_report.story.prose_numbers import Kind, Number
from board_report.story.prose_words import Said, Stretch

if TYPE_CHECKING:
    from board_report.metrics.declare import MetricSpec
    from board_report.story.sections import Passage

ALIASES: Mapping[str, tuple[str, ...]] = {
    "mttd": ("detection", "time to detection", "mean time to detect"),
    "mtta": ("acknowledgement", "acknowledgment", "mean time to acknowledge"),
    "mttc": ("containment", "time to containment", "mean time to contain"),
    "mttr": ("recovery", "recovery time", "time to recovery", "mean time to recover"),
    "phishing_click_rate": ("click rate",),
    "phishing_report_rate": ("report rate", "reporting rate"),
    "vulnerabilities_overdue": ("security debt",),
    "edr_coverage": ("EDR",),
    "mfa_coverage": ("MFA", "multi-factor sign-in"),
    "time_to_secure_approval": ("approval time", "approvals", "approval"),
    "secure_code_deployment_rate": ("secure delivery", "secure deployments"),
    "unapproved_bypasses": ("unapproved bypasses", "bypasses"),
    "loss_1_in_20": ("the loss in a bad year", "a bad year"),
    "incidents_detected": ("incidents",),
    "alerts_raised": ("alerts",),
    "systems_past_support": ("systems past support",),
    "hunts_finished": ("hunts", "threat hunts"),
    "training_completion": ("training",),
}
"""What leaders call a figure, beside its title and its id; it counts on the figure's page alone."""
_PLAIN = frozenset(
    """
    a about across after again against ago all almost already also an and around as at average
    back be been being board both but by clearly compared day days down during even every far
    figures first for from further get gets getting got h had has have here hour hours in indeed
    is it its just last level little markedly mean measurably median much nearly now number
    numbers of on once only or our out over overall performance picture position quarter rate
    response result results s share sharply significantly since slightly some steadily still such
    than that the their them then there these they things this those time times to today too trend
    under up us value very was we were which while with within year years yet
    """.split()  # noqa: SIM905
)
"""Words that name nothing of their own, between a figure and what is said of it."""
NAMED = "\ufffb"
"""Stands for each sign of a figure's name."""
_NEW_SUBJECT = re.compile(
    r"(?<!\bof)(?<!\bin)(?<!\bat)(?<!\bon)(?<!\bby)(?<!\bto)(?<!\bfor)(?<!\bthan)(?<!\bfrom)"
    r"(?<!\bwith)(?<!\bover)(?<!\bagainst)(?<!\bacross)(?<!\bduring)(?<!\bafter)(?<!\bsince)"
    r"(?<!\bbetween)(?<!\bunder)\s(?:our|the|their|an?|these|those|my)\s\w",
    re.IGNORECASE,
)
_LOOSE = (Claim.BETTER, Claim.WORSE, Claim.FASTER, Claim.SLOWER, *TARGETS)
"""Claims that may stand some words before their figure: nothing else is said to be better."""


@dataclass(frozen=True)
class Mention:
    """A figure named, cited or typed in a text."""

    metric_id: str
    start: int
    end: int
    ago: int = 0
    is_typed: bool = False
    """True for a number that a person typed and that can be no other figure."""
    is_named: bool = False
    """True for a title or an alias."""


def mentions_in(
    passage: Passage,
    numbers: Sequence[Number],
    known: Sequence[Known],
    specs: Iterable[MetricSpec],
) -> list[Mention]:
    """Every figure of a passage, in order.

    Args:
        passage: what was written.
        numbers: those typed in it.
        known: figures of the page; a typed number that can be only one of them stands for it.
        specs: the metrics whose names count.
    """
    found = list(_cited(passage))
    for each in numbers:
        ids = {one.metric_id for one in known if one.metric_id and one.agrees(each)}
        if len(ids) == 1 and each.kind is not Kind.COUNT:
            found.append(Mention(ids.pop(), each.start, each.end, is_typed=True))
    found += _named(passage.text, specs, [(each.start, each.end) for each in found])
    return sorted(found, key=lambda each: each.start)


def without_names(text: str, mentions: Iterable[Mention]) -> str:
    """The text with the names of figures blotted out: "reviews not booked" denies nothing."""
    for each in mentions:
        name = text[each.start : each.end]
        if each.is_named and " " in name and not name.lower().endswith("incidents"):
            text = f"{text[: each.start]}{NAMED * len(name)}{text[each.end :]}"
    return text


def _cited(passage: Passage) -> Iterator[Mention]:
    at = 0
    for piece in passage.pieces:
        if piece.live and piece.live.metric_id:
            live = piece.live
            yield Mention(live.metric_id, at, at + len(piece.text), live.ago)
        at += len(piece.text)


def _named(
    text: str, specs: Iterable[MetricSpec], taken: list[tuple[int, int]]
) -> Iterator[Mention]:
    """Titles, ids in words and aliases; the longest name where one holds another."""
    names: dict[str, str] = {}
    for spec in specs:
        own = (spec.title, spec.id.replace("_", " "), re.sub(r"\s*\(.*\)|,.*", "", spec.title))
        for name in (*own, *ALIASES.get(spec.id, ())):
            names.setdefault(name.lower(), spec.id)
    for name in sorted(names, key=len, reverse=True):
        for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text, re.IGNORECASE):
            if not any(a < found.end() and found.start() < b for a, b in taken):
                taken.append(found.span())
                yield Mention(names[name], *found.span(), is_named=True)


@dataclass(frozen=True)
class Tie:
    """The figures that a claim is about."""

    metric_ids: tuple[str, ...] = ()
    must_all: bool = False
    """True for "detection and recovery improved": each of them has to."""


def tie(said: Said, sentence: Stretch, mentions: Sequence[Mention], text: str) -> Tie:
    """What a claim is about; nothing where that cannot be told."""
    clause = [each for each in mentions if _is_in(each, said.clause)]
    before = [each for each in clause if each.end <= said.start]
    after = [each for each in clause if each.start >= said.end]
    if before and not _NEW_SUBJECT.search(text[before[-1].end : said.start]):
        return _subjects(before, text)
    if after and _is_plain(text[said.end : after[0].start]):
        return Tie((after[0].metric_id,))
    alone = {each.metric_id for each in clause}
    if after and not before and len(alone) == 1 and said.claim in _LOOSE:
        return Tie(tuple(alone))
    if clause or not _is_plain(text[said.clause.start : said.start]):
        return _only(said, sentence, mentions, text)
    earlier = [
        each for each in mentions if sentence.start <= each.start and each.end <= said.clause.start
    ]
    if earlier:
        return Tie((earlier[-1].metric_id,))
    return _only(said, sentence, mentions, text)


def _subjects(before: Sequence[Mention], text: str) -> Tie:
    """The nearest figure before the claim, with those that are joined to it by "and"."""
    joined = [before[-1]]
    for each in reversed(before[:-1]):
        between = text[each.end : joined[-1].start].strip(" \u00a0()\ufffc")
        if each.metric_id == joined[-1].metric_id or between in ("and", ",", "both"):
            joined.append(each)
        else:
            break
    ids = tuple(dict.fromkeys(each.metric_id for each in joined))
    return Tie(ids, must_all=len(ids) > 1)


def _only(said: Said, sentence: Stretch, mentions: Sequence[Mention], text: str) -> Tie:
    """The one figure of the sentence, where the claim's clause names nothing else."""
    ids = {each.metric_id for each in mentions if _is_in(each, sentence)}
    rest = text[said.clause.start : said.start] + " " + text[said.end : said.clause.end]
    is_free = said.claim not in (*MOVES, *TARGETS)
    if len(ids) == 1 and (is_free or _is_plain(rest)):
        return Tie(tuple(ids))
    return Tie()


def _is_in(mention: Mention, stretch: Stretch) -> bool:
    return stretch.start <= mention.start < stretch.end


def _is_plain(text: str) -> bool:
    """True when the words name nothing of their own."""
    words = re.findall(r"[A-Za-z]+", text.lower())
    return all(word in _PLAIN for word in words) and not re.search(r"\d", text)
