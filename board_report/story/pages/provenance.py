"""The appendix on provenance: which files, which settings, which versions made this report."""

from __future__ import annotations

from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.page import Page

FILES_A_COLUMN = 17


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; the manifest beside the report holds the whole hashes."""
    project = facts.project
    files = sorted(facts.sources, key=lambda each: each.path)
    shown = files[: 2 * FILES_A_COLUMN]
    return (
        Page(
            id="provenance",
            section="Provenance",
            title=(
                f"This report was made from {formats.counted(len(files), 'file', words=False)} "
                f"drawn on {formats.day_long(project.frozen_on)}, and can be made again from "
                f"{'it' if len(files) == 1 else 'them'}"
            ),
            context=(
                f"As of {formats.day_long(facts.as_of)}; quarters begin at midnight, "
                f"{project.calendar.time_zone}. Past quarters are shown as known on that day."
            ),
            owners=facts.owner("CISO", "CTO"),
            sources=(
                f"Risk model: seed {project.risk.seed}, {formats.number(project.risk.trials)} "
                f"simulated years. Configuration {project.config_sha256[:12]}. Hashes are the "
                "first 12 digits of SHA-256; the manifest has them whole, with library versions."
            ),
            voices_room=None,
            body={
                "columns": [
                    [{"path": each.path, "sha": each.sha256[:12]} for each in part]
                    for part in (shown[:FILES_A_COLUMN], shown[FILES_A_COLUMN:])
                    if part
                ],
                "more": len(files) - len(shown),
            },
        ),
    )
