"""The reporting lines in the words of a sentence that is to be filed, and words that disagree."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from board_report.governance.committees import is_board
from board_report.governance.roles import CIO, CISO, CTO, Holder, is_same_person

_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_REPORTS = re.compile(r"\breport(?:s|ing)?\s+(?:directly\s+|solely\s+|only\s+)?to\b", re.IGNORECASE)
_DIRECT = re.compile(r"\b(?:direct|dotted)(?:\s+reporting)?\s+line\s+to\b", re.IGNORECASE)
_ALSO_IS = re.compile(r"\bis\s+also\s+[^,;]*?(?=[,;]|\s+and\b)", re.IGNORECASE)
"""A second role of the officer a sentence is about, who stays the one it is about."""
_TELLING = re.compile(
    r"\b(quarter|year|month|week|annual|regular|periodic|at\s+(?:least|times)|matters|meeting)",
    re.IGNORECASE,
)
"""Words of a sentence in which "report to" means to tell, and not to work under."""
_BOARD = "BOARD"


@dataclass(frozen=True)
class Office:
    """A role as the public may read of it."""

    role: str
    names: tuple[str, ...]
    """Its title as a sentence has it, its title as it is, and its short name."""
    above: tuple[str, ...]
    """The role it reports to and the one it has a direct line to, where they are on record."""
    words: str
    """``reports to the chief technology officer``; empty when no line is on record."""


def offices(holders: Mapping[str, Holder], committees: Collection[str] = ()) -> dict[str, Office]:
    """Each role with its line in words, without the name of any person, and each body.

    A line to a role that has no title, or to a body that is not in the calendar, has no words.

    Args:
        holders: who holds each role; what may not be read must be empty in them.
        committees: as the calendar names them.
    """
    found = {role: _office(role, holders, committees) for role in holders}
    for body in (*(each for each in committees if not is_board(each)), _BOARD):
        found.setdefault(body, Office(body, _names(body, holders), (), ""))
    return found


def _office(role: str, holders: Mapping[str, Holder], committees: Collection[str]) -> Office:
    holder = holders[role]
    to, also = holder.reports_to, _also(holder, holders)
    if to == also:
        # Nobody reports to oneself: the line that counts is that of the other role.
        to = holders[also].reports_to if also else ""
    above = (_BOARD if is_board(each) else each for each in (to, holder.dotted_line_to) if each)
    words = _words(also, to, holder.dotted_line_to, lambda each: _title(each, holders, committees))
    return Office(role, _names(role, holders), tuple(dict.fromkeys(above)), words)


def _also(holder: Holder, holders: Mapping[str, Holder]) -> str:
    """The other role of the same person, where that is one of the two offices' or the superior."""
    return next(
        (
            each.role
            for each in holders.values()
            if each.role != holder.role
            and each.role in (CISO, CTO, CIO, holder.reports_to)
            and each.person_name
            and is_same_person(each, holder)
        ),
        "",
    )


def _words(also: str, to: str, dotted: str, title: Callable[[str], str]) -> str:
    """``reports to the …``; empty where a role that it would name has no title."""
    if not title(to) or (also and not title(also)) or (dotted and not title(dotted)):
        return ""
    parts = [f"is also {title(also)}"] if also else []
    parts.append(f"reports to {title(to)}")
    if dotted:
        parts.append(f"has a direct line to {title(dotted)}")
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


def _title(role: str, holders: Mapping[str, Holder], committees: Collection[str]) -> str:
    """``the chief technology officer``; empty for a role that has no title on record."""
    if not role:
        return ""
    if is_board(role):
        return "the board of directors"
    if role.casefold() in {each.casefold() for each in committees}:
        return f"the {lowered(role)}"
    title = holders[role].role_title if role in holders else ""
    return f"the {lowered(title)}" if title else ""


def lowered(title: str) -> str:
    """A title within a sentence: ``Chair, Risk Committee`` is ``chair of the risk committee``.

    Words all in capitals, such as IT, stay as they are.
    """
    words = " ".join(each if each.isupper() else each.lower() for each in title.split())
    office, comma, of = words.partition(", ")
    return f"{office} of the {of}" if comma and of else words


def _names(role: str, holders: Mapping[str, Holder]) -> tuple[str, ...]:
    if is_board(role):
        return ("board of directors", "board", role)
    title = holders[role].role_title if role in holders else role
    return tuple(dict.fromkeys(each for each in (lowered(title), title, role) if each))


def speaks_of_lines(texts: Iterable[str]) -> bool:
    """Whether any sentence says to whom somebody reports."""
    return any(next(iter(_lines_in(each)), None) for text in texts for each in _sentences(text))


def disagreements(texts: Iterable[str], known: Mapping[str, Office]) -> tuple[str, ...]:
    """One sentence for each line in the text that is another one than the record has.

    The officer is the one named last before it in the same sentence. Where none is, the words must
    be right for one of the officers named before, or for the CISO where none was. A sentence that
    speaks of telling ("reports to the committee every quarter") is about no line.
    """
    found: list[str] = []
    for text in texts:
        before: list[str] = []
        for sentence in _sentences(text):
            lines = list(_lines_in(sentence))
            for said in lines:
                # "and has a direct line to" goes on about whoever the sentence began with.
                first = lines[0] if said.re is _DIRECT else said
                named = _officers(_ALSO_IS.sub("", sentence[: first.start()]), known)
                found += _wrong(named[-1:] or before or [CISO], said, known)
            before += _officers(sentence, known)
    return tuple(found)


def _sentences(text: str) -> list[str]:
    return _SENTENCES.split(text)


def _lines_in(sentence: str) -> Iterable[re.Match[str]]:
    if not _TELLING.search(sentence):
        yield from _REPORTS.finditer(sentence)
    yield from _DIRECT.finditer(sentence)


def _wrong(
    subjects: Sequence[str], said: re.Match[str], known: Mapping[str, Office]
) -> Iterable[str]:
    rest = said.string[said.end() :]
    named = _first_named(rest, known)
    above = [known[each].above if each in known else () for each in subjects]
    is_direct = said.re is _DIRECT
    if any(named in each for each in above):
        return
    # "A direct line to the chair" names no office in full; it needs a second line on record.
    if is_direct and not named and any(len(each) > 1 for each in above):
        return
    record = " and ".join(
        f"the {known[each].names[0]}" if each in known else each for each in above[-1]
    )
    where = f"the record has {record}" if record else "no line is on record"
    words = " ".join(rest.split()[:6]).rstrip(".,;")
    verb = "has a direct line to" if is_direct else "reports to"
    yield f"The text says that the {subjects[-1]} {verb} “{words}”, and {where}."


def _officers(text: str, known: Mapping[str, Office]) -> list[str]:
    """Roles with a line that are named, in the order in which their names end."""
    places = [
        (at + len(name), len(name), role)
        for role, name, at in _mentions(text, known)
        if known[role].above
    ]
    return [role for _, _, role in sorted(places)]


def _first_named(text: str, known: Mapping[str, Office]) -> str:
    places = sorted((at, -len(name), role) for role, name, at in _mentions(text, known))
    return places[0][2] if places else ""


def _mentions(text: str, known: Mapping[str, Office]) -> Iterable[tuple[str, str, int]]:
    """(role, name, place) wherever a role is named, short names only as they are written."""
    for role, office in known.items():
        for name in office.names:
            flags = re.NOFLAG if name.isupper() else re.IGNORECASE
            for found in re.finditer(rf"\b{re.escape(name)}\b", text, flags):
                yield role, name, found.start()
