"""Incidents that did happen, told as if they might, denied, or still under review and left out."""

from __future__ import annotations

from collections.abc import Iterator

from board_report.governance.disclosure_lint.effects import EFFECTS
from board_report.governance.disclosure_lint.reading import Reading, any_of, first
from board_report.governance.disclosure_lint.records import Hit, LintEvidence

_INCIDENTS = (
    r"(?:cyber\s?(?:security)?[- ]?|security |data |information security |ransomware )?"
    r"(?:incidents?|attacks?|cyber\s?attacks?|breach(?:es)?|intrusions?|unauthorized access)\b"
)
HYPOTHETICAL = any_of(
    rf"(?:could|may|might) (?:\w+ ){{0,3}}?(?:experience|suffer|face|be (?:subject|exposed|"
    rf"vulnerable) to|be (?:the )?(?:targets?|victims?) of|fall victim to|encounter|have) "
    rf"(?:[\w,-]+ ){{0,5}}?{_INCIDENTS}",
    rf"(?:if|should|were) (?:\w+ ){{0,3}}?(?:experience|suffer|be subject to|face) "
    rf"(?:[\w,-]+ ){{0,5}}?{_INCIDENTS}",
    rf"{_INCIDENTS} (?:[\w,]+ ){{0,4}}?(?:could|may|might) (?:occur|happen|arise|take place)\b",
)
"""An incident in the mood of what may be."""
HAPPENED = any_of(
    r"(?:have|has|had) (?:\w+ ){0,3}?(?:experienced|suffered|encountered|faced|identified|"
    r"detected|discovered)\b",
    r"(?:have|has) been (?:\w+ )?(?:the )?(?:subject|targets?|victims?)\b",
    r"(?:experienced|suffered|became aware of|detected|discovered|learned of|were subject to)"
    r" (?:an?|one|two|several|various|cyber|security|certain|that)\b",
    r"(?:in|on|during|since) (?:\w+ )?(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December|fiscal|20\d\d)\b.{0,120}?" + _INCIDENTS,
    r"(?:prior|past|previous|earlier) (?:\w+ )?incidents (?:have|has|had|did)\b",
)
"""An incident that is owned up to."""
_NOT = any_of(
    r"(?:not|never|n[’']t|no) (?:\w+ ){0,3}?(?:experienced|suffered|encountered|been|identified|"
    r"detected|discovered|had)\b",
    r"(?:experienced|suffered|encountered|had|identified|detected) no\b",
)
DENIED = any_of(
    r"(?:have|has|had|did|were|are|is)(?: not|n[’']t| never) (?:\w+ ){0,3}?"
    r"(?:experienced?|suffer(?:ed)?|encounter(?:ed)?|been (?:\w+ )?(?:subject to|targets? of|"
    r"victims? of|aware of)|identif(?:y|ied)|detect(?:ed)?|had|have|aware of) (?:any |an? )?"
    rf"{_INCIDENTS}",
    rf"(?:there (?:have been|were|was|has been)|experienced|had|suffered|identified|detected) no "
    rf"{_INCIDENTS}",
    rf"no {_INCIDENTS} (?:has|have|was|were|did) (?:\w+ )?(?:occur\w*|happen\w*|identified|"
    r"detected|experienced|reported)\b",
)
"""There has been no incident at all; one that says "no material incident" is not meant."""
_PENDING = any_of(
    r"(?:still |currently |being |under |pending |subject to )"
    r"(?:\w+ ){0,3}?(?:assess\w*|review\w*|evaluat\w*|investigat\w*|consider\w*|analy\w*)\b",
    r"(?:not|n[’']t) (?:yet )?(?:\w+ )?(?:determined|concluded|completed|assessed)\b",
    r"(?:continues?|continuing) to (?:assess|review|evaluate|investigate)\b",
    r"(?:remains?|is|are) (?:open|pending|ongoing|under way|underway)\b",
)


def check_hypothetical(reading: Reading, evidence: LintEvidence) -> Iterator[Hit]:
    """ "Could" and "may" about what did happen; only where an incident is on record."""
    if not evidence.incidents:
        return
    for said in reading.sentences:
        found = DENIED.search(said.text)
        if found:
            sentence = f"{_on_record(evidence)}, and the text says that there was none."
            yield said.hit("filing_incident_denied", sentence, found.group(), is_private=True)
    if any(HAPPENED.search(each.text) and not _NOT.search(each.text) for each in reading.sentences):
        return
    for said in reading.matching(HYPOTHETICAL):
        found = HYPOTHETICAL.search(said.text)
        assert found
        sentence = (
            f"{_on_record(evidence)}; the text speaks of what could happen, "
            "and nowhere of what did."
        )
        yield said.hit("filing_hypothetical", sentence, found.group(), is_private=True)


def check_pending(reading: Reading, evidence: LintEvidence) -> Iterator[Hit]:
    """An incident under review that the paragraph on effects does not mention."""
    pending = [each for each in evidence.incidents if each.is_pending]
    about = [each for each in reading.sentences if each.sub_item == EFFECTS]
    if not pending or not about or any(_PENDING.search(each.text) for each in about):
        return
    ids = ", ".join(sorted(each.incident_id for each in pending))
    verb = "is" if len(pending) == 1 else "are"
    sentence = f"The materiality of {ids} {verb} under review, which the conclusion does not say."
    yield first(about, EFFECTS).hit("filing_pending_unsaid", sentence, is_private=True)


def _on_record(evidence: LintEvidence) -> str:
    count = len(evidence.incidents)
    if count == 1:
        return "One incident is on record"
    return f"{count} incidents are on record"
