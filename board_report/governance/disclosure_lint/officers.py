"""Who manages the risks, as a text names them, and what it says of their expertise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from board_report.governance.disclosure_lint.reading import Reading, Said, any_of

MANAGEMENT = "106(c)(2)"
POSITIONS = "106(c)(2)(i) positions"
EXPERTISE = "106(c)(2)(i) expertise"

_NAMED = r"(?:[A-Z][\w’'-]*|&)"
TITLE = re.compile(
    r"\b(?:[Cc]hief(?:\s+(?!Chief|chief)[\w&’'-]+){1,6}?\s+[Oo]fficer"
    r"|(?:(?:Senior|Executive|senior|executive)\s+)?[Vv]ice\s+[Pp]resident"
    rf"(?:,?\s+(?:of\s+|for\s+|and\s+)?{_NAMED}(?:,?\s+(?:and\s+|of\s+)?{_NAMED})*)?"
    r"|[Hh]ead\s+of\s+(?:[a-z]+\s+){0,2}(?:security|technology|engineering|cyber\w*)"
    r"|[Dd]irector\s+of\s+(?:[a-zA-Z]+\s+){0,3}(?:[Ss]ecurity|[Tt]echnology|IT)"
    r"|(?:VP|SVP|EVP),?\s+[A-Z]{2,5}\b"
    r"|C[A-Z]{1,3}O\b)"
)
"""An officer's title: ``Chief Security Officer``, ``VP, CIS``, ``CISO``."""
_DEFINED = re.compile(r"^,?\s*\(\s*(?:the\s+|or\s+)?[“\"”]?([A-Z][A-Za-z&, ]{1,12}?)[”\"“]?\s*\)")
_PRONOUN = re.compile(
    r"^(?:In (?:that|this) role, )?(?:He|She|They|The officer|This officer|That officer|"
    r"(?:Mr|Ms|Mrs|Dr)\.)\b"
)
_DUTY = re.compile(
    r"^\W*(?:\([^)]*\)\W*)?(?:who\s+|which\s+)?(?:(?:also|together|jointly|and|he|she)\s+)*"
    r"(?:(?:is|are|has|have|bears?|carries|holds?)\s+(?:[\w-]+\s+){0,5}?(?:responsib|charge\b)"
    r"|leads?\b|heads?\b|oversees?\b|manages?\b|supervises?\b|directs?\b|runs?\b"
    r"|(?:is|are)\s+(?:[\w-]+\s+){0,3}?(?:tasked|charged|leading|in\s+charge))",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"(?:rests?\s+with|led\s+by|headed\s+by|supervised\s+by|managed\s+by|run\s+by|"
    r"overseen\s+by|implemented(?:\s+and\s+maintained)?\s+by|maintained\s+by|"
    r"assigned\s+to|delegated\s+to|responsibility\s+of|designated)\s+(?:[\w-]+\s+){0,5}$",
    re.IGNORECASE,
)
_REPORTS_TO = re.compile(
    r"report(?:s|ing)?\s+(?:\w+ly\s+)?to\s+(?:\w+\s+){0,3}?$|to\s+whom", re.IGNORECASE
)

_NUMBER = (
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|"
    r"twenty|thirty|forty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?\+?"
)
CONCRETE = any_of(
    rf"{_NUMBER}(?: \w+)? (?:years|decades)\b",
    r"(?:undergraduate|graduate|bachelor|master|doctoral|doctorate|law|engineering|university)"
    r"(?:[’']s)?(?: \w+){0,3} degrees?\b",
    r"degrees? in\b",
    r"(?:bachelor|master)(?:[’']s)? (?:of|in)\b",
    r"(?:MBA|Ph\.?D|M\.?Sc?|B\.?Sc?|J\.?D)\b",
    r"graduated? (?:of|from)\b",
    r"(?:certified|certifications?|CISSP|CISM|CISA|CRISC|CGEIT|CCISO|licensed)\b",
    r"(?:previously|formerly|before joining|prior to (?:joining|that|serving))\b",
    r"(?:served|serving|service|worked|employed) (?:as|in|at|on|for|with)\b",
    r"(?:held|hold|holds|holding) (?:\w+ ){0,4}(?:roles?|positions?|posts?)\b",
    r"(?:roles?|positions?|posts?) (?:held|in|at|with|including|outside)\b",
    r"(?:leading|led|managing|running|headed|heading) (?:\w+ ){0,4}"
    r"(?:teams?|organizations?|organisations?|functions?|departments?|programs?|programmes?)\b",
    r"career (?:in|at|as)\b",
    r"(?:military|veteran|armed forces|government (?:service|agenc\w+)|federal government)\b",
    r"(?:training|security clearance|teaches|taught|publishe[sd]|professional qualification)\b",
)
"""Prior work, degrees, certifications, or other knowledge that can be pictured."""
GENERIC = any_of(
    r"(?:experience[ds]?|expertise|knowledge(?:able)?|skill(?:s|ed)?|background|qualified|"
    r"qualifications?|seasoned|credentials|expert)\b"
)
"""Words that say there is expertise and not of which nature."""
_OF_DIRECTORS = any_of(
    r"(?:one|members?|directors?) (?:of (?:its|our|the) (?:members|directors|board|committee))",
    r"(?:directors?|committee members?) (?:has|have|with|who)\b",
)
PROVIDER = any_of(
    r"(?:virtual|fractional|outsourced|external|part-time|interim third[- ]party|third[- ]party|"
    r"contracted|outside) (?:C[IT]?SO|chief (?:information )?security officer)\b",
    r"vCISO\b",
    r"(?:managed|outsourced|third[- ]party|external|outside) (?:\w+ ){0,4}?"
    r"(?:service )?(?:providers?|firms?|MSSPs?|MSPs?|consultants?|vendors?|company) "
    r"(?:that |which |who )?(?:serves?|acts?|functions?|fills?|performs?) (?:\w+ ){0,3}?as "
    r"(?:our |the )?(?:\w+ ){0,4}(?:officer|CISO)\b",
    r"(?:CISO|security officer|security function|cybersecurity function|security team) "
    r"(?:role )?(?:is|has been) (?:outsourced|provided|performed|filled|staffed) (?:to|by)\b",
    r"outsourced? (?:\w+ ){0,4}?(?:CISO|security officer|security function|"
    r"cybersecurity function|responsibilit\w+)\b",
)
"""Somebody from outside who holds the position."""


@dataclass(frozen=True)
class Officer:
    """A position that manages the risks."""

    names: frozenset[str]
    """Its title and its short names, all in small letters."""
    title: str
    """As the text first has it."""
    said: Said
    """Where its duty stands."""

    def is_in(self, text: str) -> bool:
        """Whether a sentence names it."""
        low = " ".join(text.casefold().split())
        return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", low) for each in self.names)


def short_of(title: str) -> str:
    """``ciso`` for a chief information security officer; the title itself where none is usual."""
    low = " ".join(title.casefold().split())
    if low.startswith("chief ") and low.endswith(" officer"):
        words = re.findall(r"[a-z]+", low)
        return "".join(word[0] for word in words if word not in ("and", "of", "the"))
    return low


def titles_in(text: str) -> Iterator[tuple[re.Match[str], frozenset[str]]]:
    """Each title of a sentence with all its names, the one defined in brackets among them."""
    for found in TITLE.finditer(text):
        names = {" ".join(found.group().casefold().split()), short_of(found.group())}
        defined = _DEFINED.match(text[found.end() :])
        if defined:
            names.add(" ".join(defined.group(1).casefold().split()))
        yield found, frozenset(names)


def responsible(reading: Reading) -> tuple[Officer, ...]:
    """The officers that the text makes responsible, each once, in order."""
    known: list[Officer] = []
    named: list[frozenset[str]] = []
    for said in reading.sentences:
        for found, names in titles_in(said.text):
            named.append(names)
            if said.sub_item.startswith(MANAGEMENT) and _has_duty(said.text, found):
                known.append(Officer(names, found.group(), said))
    merged: list[Officer] = []
    for each in known:
        names = _widened(each.names, named)
        if not any(names & other.names for other in merged):
            merged.append(Officer(names, each.title, each.said))
    return tuple(merged)


def _widened(names: frozenset[str], named: list[frozenset[str]]) -> frozenset[str]:
    """All names of an officer, from every place in which two of them stand together."""
    for _ in range(3):
        for each in named:
            if each & names:
                names |= each
    return names


def _has_duty(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    if _REPORTS_TO.search(before[-40:]):
        return False
    return bool(_DUTY.match(after) or _UNDER.search(before[-90:]))


def about_expertise(reading: Reading) -> tuple[Said, ...]:
    """The sentences that tell of the expertise of those who manage the risks."""
    told: list[Said] = []
    before_names_officer = False
    for said in reading.sentences:
        names_officer = bool(TITLE.search(said.text))
        # "President of Digital Experience" has no experience in it.
        words = re.sub(r"(?<=[a-z,] )(?:[A-Z][\w’'-]+ ?)+", " ", said.text)
        speaks = bool(GENERIC.search(words) or CONCRETE.search(said.text))
        is_place = said.sub_item == EXPERTISE
        follows = before_names_officer and bool(_PRONOUN.search(said.text))
        person = said.sub_item.startswith(MANAGEMENT) or bool(GENERIC.search(words))
        about = is_place or ((names_officer or follows) and person)
        if about and speaks and not _OF_DIRECTORS.search(said.text):
            told.append(said)
        before_names_officer = names_officer or follows
    return tuple(told)


def described(officer: Officer, reading: Reading) -> bool:
    """Whether a sentence about this officer, or the next about the same one, is concrete."""
    sentences = reading.sentences
    for place, said in enumerate(sentences):
        if not officer.is_in(said.text):
            continue
        if CONCRETE.search(said.text):
            return True
        for following in sentences[place + 1 : place + 4]:
            if not _PRONOUN.search(following.text):
                break
            if CONCRETE.search(following.text):
                return True
    return False
