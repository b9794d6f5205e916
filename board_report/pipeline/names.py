"""What a build's files are called, and what may be asked for by name."""

from __future__ import annotations

DECK = "board-deck.pdf"
APPENDIX = "board-deck-appendix.pdf"
BRIEFING = "briefing-book.pdf"
DISCLOSURE = "governance-disclosure.pdf"
REDLINE = "disclosure-redline.pdf"
"""The disclosure against the last filing; made where one is on record."""
COMMITTEE = "disclosure-committee.pdf"
"""The disclosure committee's paper: of the board, and never filed."""
TAGS = "disclosure-tags.pdf"
"""The disclosure with its tags in the margin; made where a registrant is on file."""
FOR_FILING = "disclosure-for-filing.pdf"
"""Nothing but the approved text; made only when the disclosure is final."""
DECKS = {
    "full": DECK,
    "brief": "board-deck-brief.pdf",
    "audit-committee": "board-deck-audit-committee.pdf",
}
"""Mode of the deck to its file; the audiences' decks stand beside one another."""
DOCUMENTS = ("deck", "appendix", "briefing", "disclosure", "redline", "committee")
"""What ``only`` may name."""
ALL_DOCUMENTS = (
    *DECKS.values(),
    APPENDIX,
    BRIEFING,
    DISCLOSURE,
    REDLINE,
    COMMITTEE,
    TAGS,
    FOR_FILING,
)
"""Every document that a quarter's folder may hold, in the order in which they are named."""
XBRL_FOLDER = "inline-xbrl"
"""Holds the disclosure's tagged document, its schema and the fragment to paste."""
PUBLIC_DOCUMENTS = (DISCLOSURE, REDLINE, TAGS, FOR_FILING)
"""Made from public fields alone, and so is all that the folder of tagged files holds."""
FIGURES_JSON = "metrics.json"
FIGURES_CSV = "metrics.csv"
LEDGER_CSV = "restatements.csv"
"""Every value that a board was shown and that reads otherwise now."""
LOSSES_CSV = "losses.csv"
CONTENTS_JSON = "contents.json"
"""All that the documents say, section by section and place by place; for the board."""


def is_public(name: str) -> bool:
    """Whether an output, by its name in the quarter's folder, was made from public fields alone."""
    return name in PUBLIC_DOCUMENTS or name.startswith(f"{XBRL_FOLDER}/")
