"""The paragraphs on processes (106(b)(1)): integration, third parties engaged, third parties
overseen; and whether each sub-item is answered at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from board_report.governance.disclosure_lint.reading import Reading, Said, any_of
from board_report.governance.disclosure_lint.records import Hit, LintEvidence

INTEGRATION, ENGAGED, OVERSEEN = "106(b)(1)(i)", "106(b)(1)(ii)", "106(b)(1)(iii)"
PROCESSES = "106(b)(1)"

WHOLE_RISK = any_of(
    r"(?:enterprise|overall|broader|company[- ]wide|corporate|principal|general|wider)"
    r"(?:[- ](?:wide|level))? (?:approach to )?(?:enterprise )?(?:business )?risks?\b",
    r"ERM\b",
    r"other (?:\w+ )?(?:risks|risk categories)\b",
    r"overall (?:\w+ ){0,3}risk management\b",
    r"risk registers?\b",
)
"""The risk management of the whole company."""
_JOINED = any_of(
    r"(?:(?:fully|closely|well) )?integrat(?:ed|es?|ion|ing)\b",
    r"(?:an? )?(?:\w+ )?(?:part|component|element|aspect) of\b",
    r"(?:embedded|incorporated|included) (?:in|into|within)\b",
)
_HOW = any_of(
    r"(?:are|is|was|were|be|been) (?:also |regularly |then |periodically |so )*"
    r"(?:reviewed|reported|presented|assessed|evaluated|prioriti[sz]ed|compared|considered|ranked|"
    r"rated|scored|measured|expressed|tracked|discussed|shared|aggregated|escalated|recorded|"
    r"identified|overseen|monitored|mapped|weighed|communicated|analy[sz]ed|entered|"
    r"held against)\b",
    r"(?<!to\s)(?:reviews?|reports?|presents?|assess(?:es)?|evaluates?|prioriti[sz]es?|compares?|"
    r"considers?|ranks?|rates?|scores?|measures?|tracks?|discuss(?:es)?|shares?|escalates?|records?|"
    r"uses?|appl(?:y|ies)|participates?|sits?|meets?) \w+",
    r"(?:that|which) (?:are|is) (?:\w+ )?(?:reviewed|presented|reported|assessed)\b",
    r"(?:using|through|by) (?:the |our |a |an )?(?:same|common|shared|enterprise|ERM)\b",
    r"provid(?:e|es|ing) (?:\w+ )*(?:framework|criteria|method)",
    r"in the (?:context|same)\b",
)
_ENGAGES = any_of(
    r"(?:engag(?:e|es|ed|ing)|retain(?:s|ed)?|consult(?:s|ed)? with|hir(?:e|es|ed)|us(?:e|es)|"
    r"utiliz(?:e|es)|work(?:s)? with|rel(?:y|ies) on|collaborate(?:s)? with|obtain(?:s)? input|"
    r"leverag(?:e|es)|employ(?:s)?|partner(?:s)? with|contract(?:s)? with|commission(?:s)?|"
    r"appoint(?:s)?|assisted by|supported by|conducted by|performed by|consult(?:s)?)\b"
)
_OUTSIDER = any_of(
    r"(?:third[- ]part(?:y|ies)|assessors?|consultants?|auditors?|advis[eo]rs?|advisory firms?|"
    r"(?:external|outside|independent|specialist|specialized|cybersecurity|security) "
    r"(?:\w+ ){0,3}(?:firms?|experts?|part(?:y|ies)|specialists?|consultants?|counsel|companies|"
    r"assessors?|testers?|organizations?|providers?|professionals))\b"
)
_MODAL = any_of(r"(?:may|might|could|can|from time to time may|will consider) (?:\w+ ){0,3}?")
_NOT_ENGAGED = any_of(
    r"(?:do|does|did|have|has) not (?:\w+ ){0,2}(?:engage|retain|use|hire|currently engage)\w*\b",
    r"no (?:\w+ ){0,2}(?:third part(?:y|ies)|assessors?|consultants?) (?:are|is|were) engaged\b",
)
_PROVIDERS = any_of(
    r"(?:third[- ]part(?:y|ies)|vendors?|suppliers?|service providers?|supply[- ]chain|"
    r"subcontractors?|outsourc\w+|business partners)\b"
)
_OVERSIGHT = any_of(
    r"(?:oversee|oversight|overse\w+|assess\w*|evaluat\w+|monitor\w*|due diligence|"
    r"questionnaires?|review(?:s|ed|ing)?|rank(?:s|ed)?|audit(?:s|ed)?|require[sd]?|contract\w*|"
    r"screen\w*|risk management (?:program|process)\w*|"
    r"manag(?:e|es|ing) (?:\w+ ){0,4}(?:risks?|threats?)|"
    r"identif(?:y|ies|ying) (?:\w+ ){0,5}(?:risks?|threats?)|track(?:s|ing)?|rated?|rating)\b"
)
_NONE = any_of(r"(?:do|does) not (?:currently )?have\b", r"no (?:formal )?process(?:es)?\b")
_NOT_APPLICABLE = re.compile(
    r"^\W*(?:(?:this|the|sub-?)?\s*(?:item|section|paragraph)?\s*(?:is\s+)?"
    r"(?:not\s+applicable|n/?a|none|omitted|intentionally\s+omitted|not\s+required))\b[^.]{0,60}\W*$",
    re.IGNORECASE,
)


def check_answered(reading: Reading, _evidence: LintEvidence) -> Iterator[Hit]:
    """A sub-item left out as not applicable."""
    for said in reading.sentences:
        if _NOT_APPLICABLE.search(said.text):
            sentence = "A sub-item is answered with “not applicable”, which tells nothing."
            yield said.hit("filing_not_applicable", sentence)


def check_integration(reading: Reading, _evidence: LintEvidence) -> Iterator[Hit]:
    """Integration asserted without how, or not mentioned."""
    about = reading.matching(WHOLE_RISK)
    joined = [each for each in about if _JOINED.search(each.text)]
    if not about:
        if not reading.answered(INTEGRATION):
            yield _missing(INTEGRATION, "integration into the risk management of the whole")
        return
    own = [each for each in reading.under(INTEGRATION) if each.sub_item == INTEGRATION]
    asserted = joined or [each for each in own if _JOINED.search(each.text)]
    if asserted and not any(_says_how(each) for each in (*about, *own)):
        sentence = "Integration is asserted, and no sentence says how."
        yield asserted[0].hit("filing_integration_no_how", sentence)


def _says_how(said: Said) -> bool:
    """Whether a process joins the two, beside the words that assert that they are joined."""
    return bool(_HOW.search(_JOINED.sub(" ", said.text)))


def check_third_parties(reading: Reading, _evidence: LintEvidence) -> Iterator[Hit]:
    """Whether third parties are engaged, and whether those that serve the company are overseen."""
    own = [each for each in reading.sentences if each.sub_item == ENGAGED]
    engaged = _engaging(own) or _engaging(
        [each for each in reading.sentences if each.sub_item != OVERSEEN]
    )
    open_ones = [each for each in engaged if _only_modal(each.text)]
    denied = reading.matching(_NOT_ENGAGED)
    if engaged and len(open_ones) == len(engaged) and not denied:
        sentence = "The text says that third parties may be engaged, and not whether they are."
        yield open_ones[0].hit("filing_third_parties_unclear", sentence)
    elif not (engaged or denied or own or reading.answered(ENGAGED)):
        yield _missing(ENGAGED, "whether third parties are engaged")
    overseen = [
        each
        for each in reading.sentences
        if _PROVIDERS.search(each.text)
        and (_OVERSIGHT.search(each.text) or _NONE.search(each.text))
        and each.sub_item.startswith((PROCESSES, "106(c)(2)"))
        and not (each in engaged and each.sub_item == ENGAGED)
    ]
    if not overseen and not reading.answered(OVERSEEN):
        sentence = "No sentence tells of processes to oversee third-party service providers."
        yield Hit("filing_provider_oversight_missing", sentence, OVERSEEN)


def _engaging(said: Sequence[Said]) -> list[Said]:
    """The sentences in which somebody from outside is engaged, or may be."""
    return [each for each in said if _ENGAGES.search(each.text) and _OUTSIDER.search(each.text)]


def _only_modal(text: str) -> bool:
    """Whether every verb of engaging in a sentence stands behind "may" or the like."""
    found = list(_ENGAGES.finditer(text))
    return bool(found) and all(
        any(m.end() == each.start() for m in _MODAL.finditer(text)) for each in found
    )


def _missing(sub_item: str, what: str) -> Hit:
    return Hit("filing_item_missing", f"No sentence tells of {what}.", sub_item)
