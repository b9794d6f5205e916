"""Whether the expertise of those who manage the risks is described (106(c)(2)(i))."""

from __future__ import annotations

from collections.abc import Iterator

from board_report.governance.disclosure_lint.officers import (
    CONCRETE,
    EXPERTISE,
    PROVIDER,
    about_expertise,
    described,
    responsible,
)
from board_report.governance.disclosure_lint.reading import Reading, Said, any_of
from board_report.governance.disclosure_lint.records import Hit, LintEvidence

_DENIED = any_of(r"no (?:\w+ ){0,2}(?:position|officer|committee) (?:is|has)\b")


def check_expertise(reading: Reading, _evidence: LintEvidence) -> Iterator[Hit]:
    """Nothing of expertise, nothing but the word, or nothing of one of several officers."""
    officers = responsible(reading)
    told = about_expertise(reading)
    if not officers and not told:
        return
    if not told:
        said = officers[0].said
        sentence = f"The {officers[0].title} is responsible, and nothing tells of expertise."
        yield Hit("filing_expertise_missing", sentence, EXPERTISE, said.source, officers[0].title)
        return
    if not any(CONCRETE.search(each.text) for each in told):
        sentence = (
            "Expertise is asserted and not described: no earlier work, degree, certification "
            "or other knowledge."
        )
        yield told[0].hit("filing_expertise_generic", sentence)
        return
    for officer in officers:
        if not described(officer, reading):
            sentence = f"The {officer.title} is responsible, and of that expertise nothing is told."
            yield officer.said.hit("filing_expertise_of_one", sentence, officer.title)


def check_providers(reading: Reading, _evidence: LintEvidence) -> Iterator[Hit]:
    """A position that somebody from outside holds, without what qualifies them."""
    named = [each for each in reading.matching(PROVIDER) if not _DENIED.search(each.text)]
    if named and not any(_tells(each, reading) for each in named):
        found = PROVIDER.search(named[0].text)
        assert found
        sentence = "A provider holds the position, and its expertise is not described."
        yield named[0].hit("filing_provider_expertise", sentence, found.group())


def _tells(said: Said, reading: Reading) -> bool:
    """Whether the sentence, or the next two, describe expertise."""
    place = reading.sentences.index(said)
    return any(CONCRETE.search(each.text) for each in reading.sentences[place : place + 3])
