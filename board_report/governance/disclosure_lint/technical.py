"""Detail that would help an attacker, and names of people, in anything that is to be public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from board_report.governance.disclosure_lint.reading import Reading, Said
from board_report.governance.disclosure_lint.records import Hit, LintEvidence, Vocabulary

_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_ADDRESSES = (
    (
        re.compile(rf"(?<![\d.])(?:{_OCTET}\.){{3}}{_OCTET}(?:/\d{{1,2}})?(?![\d.]*\d)"),
        "IP address",
    ),
    (
        re.compile(
            r"(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])"
            r"|(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}:?){0,6}[0-9a-f]{1,4}(?![\w:])",
            re.IGNORECASE,
        ),
        "IP address",
    ),
    (re.compile(r"\b(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}\b", re.IGNORECASE), "hardware address"),
)
_HASH = re.compile(
    r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})\b",
    re.IGNORECASE,
)
_FLAW = re.compile(r"\bCVE-\d{4}-\d{4,7}\b", re.IGNORECASE)
_INNER_HOST = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:local|internal|corp|lan|intranet|intra|home|localdomain|ad)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_INNER_URL = re.compile(
    r"\b(?:https?|ftp|sftp|smb|ssh|rdp|ldap)://(?:[\w-]+(?::\d+)?(?=[/\s]|$)|[^\s/]+:\d+|"
    r"[^\s]*?(?:admin|login|vpn|portal|owa|sso|api|jira|confluence|sharepoint)[^\s]*)",
    re.IGNORECASE,
)
_TICKET = re.compile(
    r"\b(?:INC|CHG|PRB|RITM|SCTASK|TASK|REQ|CASE|TICKET|BUG|SIR|VUL|VIT|PIR)[- #]?\d{3,}\b"
    r"|\b(?!(?:ISO|IEC|NIST|SP|SOC|PCI|CIS|RFC|FIPS|COVID|CVE|CWE|CMMC|ITU|EN|BS|CFR|FORM|ASC|ASU|"
    r"SAB|IAS|IFRS|SEC|PL|NYSE|CSF|ISAE|SSAE|AU|AS)-)[A-Z]{2,8}-\d{3,}\b"
)
_VERSION = re.compile(
    r"\b(?:version|release|build|firmware|patch level|service pack|v)\s?\d+(?:\.\d+)*"
    r"(?:[a-z]\d*)?\b"
    r"|(?<![\w.§$-])\d+\.\d+\.\d+(?:\.\d+)?(?![\w.]*\d)",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Mx)\.?\s+(?:[A-Z]\.\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?"
)
_BESIDE_TITLE = re.compile(
    r"\b([A-Z][a-z’'-]+(?:\s+[A-Z]\.)?\s+[A-Z][a-z’'-]+),\s+(?:our\s+|the\s+Company[’']s\s+|who\s+)?"
    r"(?:(?:current|interim|former)\s+)?"
    r"(?:Chief\s|Vice\s+President|Senior\s+Vice|Executive\s+Vice|General\s+Counsel|Head\s+of\s|"
    r"C[A-Z]{1,3}O\b)"
)


_NO_NAME = re.compile(
    r"\b(?:Audit|Board|Chief|Committee|Company|Corporate|Council|Counsel|Data|Digital|Director|"
    r"Engineer|Enterprise|Executive|Experience|Financial|General|Global|Head|Human|Information|"
    r"Internal|Legal|Media|Office|Officer|Operating|Operations|People|President|Privacy|Product|"
    r"Resources|Risk|Security|Senior|Strategy|Technology|Vice)\b"
)
"""Words with capitals that stand beside titles and are no names."""


def check_technical(reading: Reading, evidence: LintEvidence) -> Iterator[Hit]:
    """Addresses, flaws, versions, products and numbers of our own, statement by statement."""
    words = evidence.vocabulary
    # There may be many thousands of names on record; a pattern is made of those that occur.
    whole = "\n".join(each.text for each in reading.whole)
    products = frozenset(each for each in words.products if each in whole)
    assets = frozenset(each for each in words.assets if " " in each and each in whole)
    for said in reading.whole:
        yield from _machine(said, evidence)
        yield from _own(said, words, products, assets)


def _machine(said: Said, evidence: LintEvidence) -> Iterator[Hit]:
    taken: list[tuple[int, int]] = []
    for pattern, name in _ADDRESSES:
        for found in pattern.finditer(said.text):
            taken.append(found.span())
            article = "an" if name[0] in "I" else "a"
            yield _hit(said, "technical_address", found, f"The text has {article} {name}.")
    for found in _HASH.finditer(said.text):
        yield _hit(said, "technical_hash", found, "The text has the hash of a file.")
    for found in _FLAW.finditer(said.text):
        if found.group().upper() in evidence.vocabulary.open_flaws:
            sentence = "The text names a flaw that is still open in our systems."
            yield _hit(said, "technical_flaw_open", found, sentence, is_private=True)
        else:
            yield _hit(said, "technical_flaw", found, "The text names a flaw by its number.")
    for pattern, what in (
        (_INNER_HOST, "system inside the company"),
        (_INNER_URL, "way into a system"),
    ):
        for found in pattern.finditer(said.text):
            yield _hit(said, "technical_host", found, f"The text has the address of a {what}.")
    for found in _MAIL.finditer(said.text):
        yield _hit(said, "technical_contact", found, "The text has an address for mail.")
    for found in _VERSION.finditer(said.text):
        if not any(start <= found.start() < end for start, end in taken):
            yield _hit(said, "technical_version", found, "The text has the version of a product.")


def _own(
    said: Said, words: Vocabulary, products: frozenset[str], assets: frozenset[str]
) -> Iterator[Hit]:
    ours = {each for each in _tokens(said.text) if each in words.assets or each in words.records}
    for each in sorted(ours):
        code = "technical_asset" if each in words.assets else "technical_record"
        what = "an asset or system" if each in words.assets else "a record"
        sentence = f"The text has the number of {what} in our own records."
        yield said.hit(code, sentence, each, is_private=True)
    for found in _TICKET.finditer(said.text):
        if found.group() not in ours:
            sentence = "The text has what looks like the number of a ticket or record."
            yield _hit(said, "technical_record", found, sentence)
    for found in _named(said.text, products | assets):
        is_asset = found.group() not in products
        code = "technical_asset" if is_asset else "technical_product"
        what = "system" if is_asset else "product, tool or vendor"
        sentence = f"The text names a {what} of our own records."
        yield _hit(said, code, found, sentence, is_private=True)


def check_people(reading: Reading, evidence: LintEvidence) -> Iterator[Hit]:
    """Names of people; the rule asks for positions."""
    words = evidence.vocabulary
    told: set[str] = set()
    for said in reading.whole:
        for found in _whole_words(said.text, words.others - words.officers):
            sentence = "The text names somebody who holds none of the positions on record."
            told.add(found.group())
            yield _hit(said, "person_other", found, sentence, is_private=True)
        named = [found.group() for found in _whole_words(said.text, words.officers)]
        named += [found.group() for found in _TITLED.finditer(said.text)]
        named += [
            found.group(1)
            for found in _BESIDE_TITLE.finditer(said.text)
            if not _NO_NAME.search(found.group(1))
        ]
        for name in named:
            if name not in told and not any(name.split()[-1] == each.split()[-1] for each in told):
                told.add(name)
                sentence = "The text names a person; the rule asks for positions."
                yield said.hit("person_named", sentence, name)


def _hit(
    said: Said, code: str, found: re.Match[str], sentence: str, *, is_private: bool = False
) -> Hit:
    return said.hit(code, sentence, found.group(), is_private=is_private)


def _tokens(text: str) -> Iterator[str]:
    """Words with a figure in them and at least four signs, which may be numbers of records."""
    for found in re.finditer(r"[\w.-]*\d[\w.-]*", text):
        token = found.group().strip(".-")
        if len(token) >= 4 and re.search(r"[A-Za-z]", token):
            yield token


def _named(text: str, names: frozenset[str]) -> Iterator[re.Match[str]]:
    """Names as they are written, but none that could be an ordinary word at the head of a sentence.

    A name of one word with a single capital, or one whose later words have none, counts within a
    sentence alone.
    """
    for found in _whole_words(text, names):
        at_head = not found.start() or bool(
            re.search(r"[.!?][”\"’')\]]*\s+$", text[: found.start()])
        )
        marked = len(re.findall(r"[A-Z\d]", found.group())) > 1
        if found.group()[:1].isupper() and (marked or not at_head):
            yield found


def _whole_words(text: str, names: frozenset[str]) -> Iterator[re.Match[str]]:
    if names:
        yield from _any_name(names).finditer(text)


@lru_cache(maxsize=16)
def _any_name(names: frozenset[str]) -> re.Pattern[str]:
    """The longest name first, so that a part of it is not found in its place."""
    ordered = sorted((each for each in names if len(each) > 2), key=lambda each: (-len(each), each))
    joined = "|".join(re.escape(each) for each in ordered) or "(?!)"
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])")
