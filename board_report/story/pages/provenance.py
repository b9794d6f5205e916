"""The appendix on provenance: which files, which settings, which versions made this report."""

from __future__ import annotations

from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.left_out import is_left_out
from board_report.story.page import Page

FILES_A_COLUMN = 17
FILES_WITH_WHOLE_HASH = 17
FILES_IN_OPEN_ROWS = 11
FILES_ABOVE_SETTINGS = 6


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; the manifest beside the report holds the whole hashes.

    There is none where no file was read and no leader wrote of it. A few files stand in one
    column with their whole hashes.
    """
    if is_left_out(facts, "provenance"):
        return ()
    project = facts.project
    files = sorted(facts.sources, key=lambda each: each.path)
    # the line that says how many more there are takes the place of a row
    column = FILES_A_COLUMN - (1 if len(files) > 2 * FILES_A_COLUMN else 0)
    shown = files[: 2 * column]
    is_wide = len(files) <= FILES_WITH_WHOLE_HASH
    settings = _settings(facts) if len(files) <= FILES_ABOVE_SETTINGS else []
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
            sources=_sources(facts, is_wide=is_wide, has_settings=bool(settings)),
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
                    for part in (shown[:column], shown[column:])
                    if part
                ],
                "settings": settings,
                "config_sha": project.config_sha256,
                "more": len(files) - len(shown),
            },
        ),
    )


def _sources(facts: BoardFacts, *, is_wide: bool, has_settings: bool) -> str:
    """What the page has no room for, and where the rest is."""
    project = facts.project
    settings = (
        f"Risk model: seed {project.risk.seed}, {_years(facts)} simulated "
        f"years. Configuration {project.config_sha256[:12]}. "
    )
    hashes = (
        "The manifest has the versions of all libraries, too."
        if is_wide
        else "Hashes are the first 12 digits of SHA-256; the manifest has them whole, with library "
        "versions."
    )
    return hashes if has_settings else f"{settings}{hashes}"


def _years(facts: BoardFacts) -> str:
    """Simulated years: as many as there were, or as many as were asked for."""
    money = facts.money
    return formats.number(money.convergence.trials if money else facts.project.risk.trials)


def _settings(facts: BoardFacts) -> list[tuple[str, str, str, str]]:
    """What the figures follow from beside the files: two names with their values in each row."""
    project = facts.project
    return [
        (
            "As of",
            formats.day_long(facts.as_of),
            "Discount rate",
            f"{formats.percent(project.discount_rate, 1).replace('.0%', '%')} a year",
        ),
        ("Data drawn on", formats.day_long(project.frozen_on), "Seed", str(project.risk.seed)),
        (
            "Time zone",
            project.calendar.time_zone,
            "Simulated years",
            _years(facts),
        ),
    ]
