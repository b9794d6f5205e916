"""What is wrong with the code by which peers are found."""

from __future__ import annotations

from enum import StrEnum

from board_report.governance.peers.industries import code_at, load_industries, title_at
from board_report.governance.peers.records import Level
from board_report.model import Company, Finding, Severity
from board_report.sources.faults import Explanation, explained


class PeerCode(StrEnum):
    """What is wrong with the company's SIC code."""

    NO_FILERS = "peers_sic_without_filers"
    NO_DIVISION = "peers_sic_unknown"


_MEND = (
    "Compare it with the code that EDGAR gives for the company; "
    "`board-report peers --industry WORDS` finds codes by words."
)
PEER_FAULTS: dict[PeerCode, Explanation] = {
    PeerCode.NO_FILERS: Explanation(
        Severity.WARNING,
        "No filer has the company's SIC code, so that peers are those of a wider industry.",
        "no annual report on hand is of SIC {sic}; peers are looked for in {division}.",
        _MEND,
    ),
    PeerCode.NO_DIVISION: Explanation(
        Severity.WARNING,
        "No industry of filers begins like the company's SIC code; its peers are all filers.",
        "no industry of filers begins like SIC {sic}; peers are all filers of its form.",
        _MEND,
    ),
}
"""Every kind of finding about the code."""


def sic_findings(company: Company) -> tuple[Finding, ...]:
    """What is wrong with the company's code; nothing where it has none."""
    sic = company.sic
    if not sic or sic in load_industries():
        return ()
    has_division = code_at(sic, Level.DIVISION) != ""
    code = PeerCode.NO_FILERS if has_division else PeerCode.NO_DIVISION
    facts: dict[str, object] = {"sic": sic, "division": title_at(sic, Level.DIVISION).lower()}
    return (
        explained(
            PEER_FAULTS[code], code, facts, file="report.toml", column="company.sic", value=sic
        ),
    )
