"""Claims about a framework, held against what was assessed of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from board_report.governance.disclosure_lint.reading import Reading, Said, any_of
from board_report.governance.disclosure_lint.records import FrameworkOnRecord, Hit, LintEvidence

FRAMEWORKS: dict[str, tuple[str, re.Pattern[str]]] = {
    "nist_csf": (
        "NIST CSF",
        any_of(
            r"NIST[- ]?CSF\b",
            r"(?:NIST|National Institute (?:of|for) Standards and Technology)(?:[’']s)? "
            r"(?:\(\W*NIST\W*\) )?Cyber\s?security Framework\b",
            r"CSF 2\.0\b",
        ),
    ),
    "iso27001": ("ISO 27001", any_of(r"ISO(?:/IEC)?[ -]?27001\b")),
    "soc2": ("SOC 2", any_of(r"SOC[ -]?(?:2|II)\b")),
    "hipaa": ("HIPAA", any_of(r"HIPAA\b", r"Health Insurance Portability\b")),
    "gdpr": ("GDPR", any_of(r"GDPR\b", r"General Data Protection Regulation\b")),
    "pci_dss": ("PCI DSS", any_of(r"PCI[- ]?DSS\b", r"Payment Card Industry\b")),
}
"""Those on record, with the words for each."""
THIN = 0.6
"""Below this share assessed nothing is claimed of a framework, as in the deck."""
_CERTIFIED = any_of(r"(?:certifi(?:ed|cations?|cates?)|attest(?:ed|ations?)|accredited)\b")
_MET = any_of(
    r"(?:compl(?:y|ies|ied|iance|iant)|meet(?:s|ing)?|met|conform\w*|adher\w+|satisf\w+|"
    r"fulfil\w*|in accordance|implement(?:s|ed))\b"
)
_FOLLOWED = any_of(
    r"(?:follow\w*|align\w*|based (?:up)?on|modell?ed (?:on|after)|consistent with|"
    r"designed (?:to|around)|built (?:on|around)|uses?|adopted|leverag\w+)\b"
)
_DENIED = any_of(
    r"(?:not|n[’']t|no|never) (?:\w+ ){0,6}?(?:mean|imply|impl|meet|met|compl\w+|certif\w+|"
    r"represent|suggest|conform|satisf\w+)\w*",
    r"not (?:intended|meant) to\b",
)
_AIM = any_of(
    r"(?:seek|seeks|aim|aims|intend\w*|designed|plan|plans|strive\w*|work\w* toward|goal|"
    r"help\w*|in order|so as|suppliers?|vendors?|third[- ]part(?:y|ies)) \b",
    r"(?:suppliers?|vendors?|third[- ]part\w+|service providers?)\b",
)


def check_frameworks(reading: Reading, evidence: LintEvidence) -> Iterator[Hit]:
    """Claims that the assessment on record does not bear out; silent without a record."""
    if evidence.frameworks is None:
        return
    for said in reading.sentences:
        if _DENIED.search(said.text):
            continue
        for key, (name, words) in FRAMEWORKS.items():
            found = words.search(said.text)
            if found:
                record = evidence.frameworks.get(key)
                yield from _judged(said, name, found.group(), record)


def _judged(said: Said, name: str, quote: str, record: FrameworkOnRecord | None) -> Iterator[Hit]:
    aims = bool(_AIM.search(said.text))
    complete = record is not None and record.assessed_share >= 1 and record.met_share >= 1
    if _CERTIFIED.search(said.text) and not aims:
        if not (complete and record and record.is_external):
            sentence = f"A certificate is claimed for {name}; on record {_told(record)}."
            yield said.hit("filing_framework_certified", sentence, quote, is_private=True)
    elif _MET.search(said.text) and not aims:
        if not complete:
            sentence = f"{name} is said to be met; on record {_told(record)}."
            yield said.hit("filing_framework_met", sentence, quote, is_private=True)
    elif _is_claimed(said.text) and (record is None or record.assessed_share < THIN):
        sentence = f"{name} is said to be followed; on record {_told(record)}."
        yield said.hit("filing_framework_thin", sentence, quote, is_private=True)


def _is_claimed(text: str) -> bool:
    return any(each.search(text) for each in (_FOLLOWED, _MET, _CERTIFIED))


def _told(record: FrameworkOnRecord | None) -> str:
    if record is None:
        return "nothing of it is assessed"
    by = ", all of it by an outside assessor" if record.is_external else ""
    assessed, met = _percent(record.assessed_share), _percent(record.met_share)
    return f"{assessed} is assessed{by}, and of that {met} met"


def _percent(share: float) -> str:
    """Whole percent, and never 100% or 0% for what is not whole."""
    whole = round(share * 100)
    if whole == 100 and share < 1:
        return "over 99%"
    if whole == 0 and share > 0:
        return "under 1%"
    return f"{whole}%"
