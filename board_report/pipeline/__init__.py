"""The only place that knows the order of the stages.

``inputs`` reads and computes, ``story`` says what that means, ``contexts`` lays out what each
document may show, ``approval`` holds it against the signatures on file, ``documents`` prints, and
``run`` goes the whole way. Nothing here loads a heavy library until it is called.
"""

from board_report.pipeline.approval import Reviewed, check_story, review, sign_off, with_approvals
from board_report.pipeline.contexts import (
    briefing_context,
    committee_context,
    created_at,
    deck_context,
    disclosure_context,
    document_states,
    explain_sentence,
    read_redline,
)
from board_report.pipeline.documents import render_briefing, render_deck, render_disclosure
from board_report.pipeline.inputs import (
    Inputs,
    catalogue,
    compute_figures,
    explain_change,
    explain_metric,
    read_inputs,
)
from board_report.pipeline.mapping import Mapped, add_block, known_readers, map_file
from board_report.pipeline.names import (
    ALL_DOCUMENTS,
    APPENDIX,
    BRIEFING,
    COMMITTEE,
    DECK,
    DECKS,
    DISCLOSURE,
    DOCUMENTS,
    FIGURES_CSV,
    FIGURES_JSON,
    LEDGER_CSV,
    REDLINE,
)
from board_report.pipeline.prior_import import Imported, import_prior
from board_report.pipeline.run import Built, build
from board_report.pipeline.shown import Recorded, record_shown, restated, restated_figure
from board_report.pipeline.stopwatch import Progress, Stopwatch
from board_report.pipeline.story import Story, gather_facts, tell_story
from board_report.pipeline.tagging import check_tagged, tagged_facts, write_taxonomy_package

__all__ = [
    "ALL_DOCUMENTS",
    "APPENDIX",
    "BRIEFING",
    "COMMITTEE",
    "DECK",
    "DECKS",
    "DISCLOSURE",
    "DOCUMENTS",
    "FIGURES_CSV",
    "FIGURES_JSON",
    "LEDGER_CSV",
    "REDLINE",
    "Built",
    "Imported",
    "Inputs",
    "Mapped",
    "Progress",
    "Recorded",
    "Reviewed",
    "Stopwatch",
    "Story",
    "add_block",
    "briefing_context",
    "build",
    "catalogue",
    "check_story",
    "check_tagged",
    "committee_context",
    "compute_figures",
    "created_at",
    "deck_context",
    "disclosure_context",
    "document_states",
    "explain_change",
    "explain_metric",
    "explain_sentence",
    "gather_facts",
    "import_prior",
    "known_readers",
    "map_file",
    "read_inputs",
    "read_redline",
    "record_shown",
    "render_briefing",
    "render_deck",
    "render_disclosure",
    "restated",
    "restated_figure",
    "review",
    "sign_off",
    "tagged_facts",
    "tell_story",
    "with_approvals",
    "write_taxonomy_package",
]
