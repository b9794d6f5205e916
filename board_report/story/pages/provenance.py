"""The appendix on provenance: which files, which settings, which versions made this report."""

from __future__ import annotations

from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.left_out import is_left_out
from board_report.story.page import Page

FILES_A_COLUMN = 17
FILES_WITH_WHOLE_HASH = 17
FILES_IN_OPEN_ROWS = 11


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; the manifest beside the report holds the whole hashes.

    There is none where no file was read and no leader wrote of it. A few files stand in one
    column with their whole hashes.
    """
    if is_left_out(facts, "provenance"):
        return ()
    project = facts.project
    files = sorted(facts.sources, key=lambda each: each.path)
    shown = files[: 2 * FILES_A_COLUMN]
    is_wide = len(files) <= FILES_WITH_WHOLE_HASH
    rows_read = {each.file: each.read for each in facts.reconciliation}
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
                f"simulated years. Configuration {project.config_sha256[:12]}. "
                + (
                    "The manifest has the versions of all libraries, too."
                    if is_wide
                    else "Hashes are the first 12 digits of SHA-256; the manifest has them whole, "
                    "with library versions."
                )
            ),
            voices_room=None,
            body={
                "is_wide": is_wide,
                "density": 28 if len(files) <= FILES_IN_OPEN_ROWS else 18,
                "columns": [
                    [
                        {
                            "path": each.path,
                            "rows": formats.number(rows_read[each.path])
                            if each.path in rows_read
                            else "–",
                            "sha": each.sha256 if is_wide else each.sha256[:12],
                        }
                        for each in part
                    ]
                    for part in (shown[:FILES_A_COLUMN], shown[FILES_A_COLUMN:])
                    if part
                ],
                "more": len(files) - len(shown),
            },
        ),
    )
