"""Record what a board was shown, and hold what it was shown before against today's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from board_report.errors import ProjectError
from board_report.pipeline.inputs import Inputs, compute_figures, report_windows

if TYPE_CHECKING:
    from pathlib import Path

    from board_report.governance.record_shown import ToRecord
    from board_report.governance.restatements import Restatement
    from board_report.metrics.declare import MetricSpec
    from board_report.metrics.evaluate import Figures


@dataclass(frozen=True)
class Recorded:
    """What was added to the record, and where it is."""

    added: ToRecord
    on: date
    files: tuple[str, ...]
    """Relative to the project; none where nothing was to be added."""


def restated(inputs: Inputs, figures: Figures) -> tuple[Restatement, ...]:
    """Every figure on record that reads otherwise now, with the rows that caused it."""
    from board_report.governance.restatements import restatements
    from board_report.metrics.declare import Settings

    project = inputs.project
    return restatements(
        figures,
        inputs.loaded.tables,
        report_windows(project),
        Settings(discount_rate=project.discount_rate),
        meeting_on=project.meeting.on,
        max_rejected_share=project.max_rejected_share,
    )


def restated_figure(inputs: Inputs, spec: MetricSpec) -> tuple[Restatement, ...]:
    """The quarters of one figure that a board was shown otherwise than they read now."""
    figures, _ = compute_figures(inputs, only=(spec.id,))
    return tuple(each for each in restated(inputs, figures) if each.is_latest)


def record_shown(
    inputs: Inputs, *, on: date | None = None, metric_ids: Sequence[str] = ()
) -> Recorded:
    """Add the figures that the quarter's deck shows, and the rows behind them, to the project.

    Args:
        inputs: the project.
        on: date of the meeting; the project's own when None.
        metric_ids: the figures to record; all that have a value when there are none.

    Raises:
        BoardReportError: nothing was recorded; the message says why.
    """
    from board_report.archive.shown_record import added_to, write_record
    from board_report.governance.record_shown import FIGURE_COLUMNS, ROW_COLUMNS, to_record
    from board_report.metrics.declare import Settings

    project = inputs.project
    figures_at, rows_at = (_file(inputs, name) for name in ("reported_figures", "reported_rows"))
    figures, _ = compute_figures(inputs)
    when = on or project.meeting.on
    added = to_record(
        figures,
        inputs.loaded.tables,
        report_windows(project),
        Settings(discount_rate=project.discount_rate),
        on=when,
        metric_ids=metric_ids,
        max_rejected_share=project.max_rejected_share,
    )
    content: dict[Path, bytes] = {}
    # The rows first: a figure on record then never lacks its rows, whenever a run is cut short.
    if added.rows:
        content[project.folder / rows_at] = added_to(
            project.folder / rows_at, ROW_COLUMNS, added.rows
        )
    if added.figures:
        content[project.folder / figures_at] = added_to(
            project.folder / figures_at, FIGURE_COLUMNS, added.figures
        )
    write_record(content)
    return Recorded(added, when, (figures_at, rows_at) if content else ())


def _file(inputs: Inputs, table: str) -> str:
    """The file of the record that lines are added to.

    Raises:
        ProjectError: the project reads the table from elsewhere, and would not see the lines.
    """
    from board_report.tables.catalogue import TABLES
    from board_report.tables.mapping import DEFAULT_SUFFIXES, default_file

    project, file = inputs.project, default_file(TABLES[table])
    blocks = [each for each in project.sources if each.table == table]
    if any(each.file == file and not (each.columns or each.rules) for each in blocks):
        return file
    if blocks:
        raise ProjectError(
            f"{table} is read from {blocks[0].file}, and lines are added to {file}.",
            where=f"report.toml:{blocks[0].line}",
            mend=f'Add a block for it too: [[source]], table = "{table}", file = "{file}".',
        )
    stem = file.removesuffix(".csv")
    others = [stem + suffix for suffix in DEFAULT_SUFFIXES if suffix != ".csv"]
    for other in others:
        if not (project.folder / file).exists() and (project.folder / other).exists():
            raise ProjectError(
                f"lines are added to {file}, and this file would no longer be read beside it.",
                where=other,
                mend=f"Save it as {file}, in UTF-8.",
            )
    return file
