"""From a project's folder to typed tables, and from those to figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.errors import DataError
from board_report.model import Finding, Severity

if TYPE_CHECKING:
    from board_report.metrics.declare import MetricSpec
    from board_report.metrics.evaluate import Figures
    from board_report.model import Compared, MetricResult, Target
    from board_report.period import Window
    from board_report.project import Project
    from board_report.risk.metrics import RiskModel
    from board_report.tables.load import LoadedTables
    from board_report.tables.schema import TableSet


@dataclass(frozen=True)
class Inputs:
    """A project with its typed tables and every finding."""

    project: Project
    loaded: LoadedTables

    @property
    def stops(self) -> tuple[Finding, ...]:
        """Findings with which no document can be made."""
        return tuple(each for each in self.loaded.findings if each.stops)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that set a row aside or stop the build."""
        return tuple(each for each in self.loaded.findings if each.severity is Severity.ERROR)


def read_inputs(folder: Path, *, quarter: str | None = None, as_of: date | None = None) -> Inputs:
    """Read the project and type its tables; data faults are findings, not exceptions.

    Raises:
        ProjectError: ``report.toml`` cannot be used.
    """
    from board_report.metrics.freshness import stale_records, with_record_spans
    from board_report.metrics.references import check_targets, unknown_metrics
    from board_report.period import Quarter
    from board_report.project import load_project
    from board_report.tables.load import load_tables

    chosen = Quarter.parse(quarter) if quarter else None
    project = load_project(folder, quarter=chosen, as_of=as_of)
    known, _ = catalogue(project)
    check_targets(project.targets, known)
    loaded = load_tables(project)
    tables = with_record_spans(
        loaded.tables,
        time_zone=project.calendar.time_zone,
        as_of=project.as_of,
        stale_after_days=project.stale_after_days,
    )
    required_approvers(project, tables)
    more = (
        *unknown_metrics(tables, known),
        *stale_records(tables, project.as_of),
        *_leftovers(project, loaded),
    )
    return Inputs(project, replace(loaded, tables=tables, findings=(*loaded.findings, *more)))


def _leftovers(project: Project, loaded: LoadedTables) -> tuple[Finding, ...]:
    """What is still the sample company's in the project of another."""
    from board_report.project import load_project
    from board_report.resources import sample_folder
    from board_report.tables.leftovers import sample_leftovers

    sample = load_project(sample_folder())
    if project.company.name == sample.company.name:
        return ()
    kept = ("commentary/*.md", "governance/incidents/*/0001-*.json")
    found = [path for each in kept for path in sorted(sample.folder.glob(each))]
    words = [path.relative_to(sample.folder).as_posix() for path in found]
    files = {each.path: each.sha256 for each in loaded.sources}
    files |= _hashes(project.folder, words)
    return sample_leftovers(project, sample, files, _hashes(sample.folder, files))


def _hashes(folder: Path, files: Iterable[str]) -> dict[str, str]:
    """The sha256 of each file that the folder has and that can be read."""
    from contextlib import suppress
    from hashlib import sha256

    from board_report.sources.faults import ReadFaultError
    from board_report.sources.file_bytes import file_bytes

    found = {}
    for each in files:
        with suppress(ReadFaultError):
            found[each] = sha256(file_bytes(folder, each)).hexdigest()
    return found


def required_approvers(project: Project, tables: TableSet) -> dict[str, tuple[str, ...]]:
    """Who must approve each section: its id to roles.

    Raises:
        ProjectError: ``[approvers]`` names a section or a role that there is not.
    """
    from board_report.governance.rows import plain_rows
    from board_report.story.signed_sections import required_roles

    people = plain_rows(tables.frame("people"), ["role"])
    return required_roles(project.approvers, [str(row["role"]) for row in people])


def catalogue(project: Project | None = None) -> tuple[dict[str, MetricSpec], RiskModel]:
    """Every metric by id, those of the loss model last, and the model itself."""
    from board_report.metrics.catalogue import metric_catalogue
    from board_report.project import RiskSettings
    from board_report.risk.metrics import RiskModel

    model = RiskModel(
        project.risk if project else RiskSettings(), project.company.currency if project else ""
    )
    return {**metric_catalogue(), **model.metrics()}, model


def report_windows(project: Project) -> tuple[Window, ...]:
    """The quarters that a report shows, the oldest first and the one reported on last."""
    from board_report.period import HISTORY, windows

    return windows(project.calendar, project.quarter, project.as_of, HISTORY)


def compute_figures(inputs: Inputs, only: Collection[str] = ()) -> tuple[Figures, RiskModel]:
    """All series of the report, or some, and the loss model they share.

    Args:
        inputs: the project.
        only: the metrics to compute, whether they are reported or not; all when there are none.

    Raises:
        DataError: findings stand that stop a build.
    """
    from board_report.governance.shown_figures import latest_shown
    from board_report.metrics.declare import Settings
    from board_report.metrics.evaluate import evaluate

    if inputs.stops:
        raise DataError(
            f"{len(inputs.stops)} finding(s) stop the build.",
            where=_named(inputs.project.folder),
            mend="Mend what is listed above; `board-report check` lists everything at once.",
        )
    project, tables = inputs.project, inputs.loaded.tables
    specs, model = catalogue(project)
    figures = evaluate(
        {
            each: spec
            for each, spec in specs.items()
            if (each in only if only else _is_reported(spec, inputs))
        },
        tables,
        report_windows(project),
        settings=Settings(discount_rate=project.discount_rate),
        targets=_targets(project),
        reported=latest_shown(tables, project.meeting.on),
        business_units=project.company.business_units,
        max_rejected_share=project.max_rejected_share,
    )
    return figures, model


def _is_reported(spec: MetricSpec, inputs: Inputs) -> bool:
    """Whether a figure belongs in the report, be it measured or a gap."""
    given = inputs.loaded.tables.measured(*spec.tables)
    return given or not spec.only_if_given or spec.id in inputs.project.targets


def _targets(project: Project) -> dict[str, Target]:
    """The declared targets, and the board's tolerance as the ceiling of the 1-in-20 loss."""
    from board_report.model import Target
    from board_report.risk.position import curve_at

    tolerance = curve_at(project.risk.tolerance, 0.05)
    if tolerance is None:
        return dict(project.targets)
    ceiling = Target("loss_1_in_20", at_least=False, value=tolerance, near=tolerance)
    return {ceiling.metric_id: ceiling, **project.targets}


def _named(folder: Path) -> str:
    """A project's folder by its own name, also where it is the one that we are in."""
    return folder.resolve().name or "the project"


def explain_metric(inputs: Inputs, metric_id: str) -> tuple[MetricSpec, MetricResult]:
    """One metric in the quarter reported on, with the rows it came from.

    Raises:
        UnknownMetricError: there is no such metric; the message names the nearest.
        DataError: findings stand that stop a build.
    """
    from board_report.metrics.declare import Settings
    from board_report.metrics.evaluate import compute, find_spec
    from board_report.period import window

    specs, _ = catalogue(inputs.project)
    spec = find_spec(specs, metric_id)
    if inputs.stops:
        raise DataError(
            f"{len(inputs.stops)} finding(s) stop every figure.",
            where=_named(inputs.project.folder),
            mend="`board-report check` lists them.",
        )
    project = inputs.project
    result = compute(
        spec,
        inputs.loaded.tables,
        window(project.calendar, project.quarter, project.as_of),
        Settings(discount_rate=project.discount_rate),
        max_rejected_share=project.max_rejected_share,
        trace=True,
    )
    return spec, result


def explain_change(inputs: Inputs, spec: MetricSpec) -> tuple[Compared | None, Compared | None]:
    """How one figure's move since a quarter and a year ago is told from chance, by itself.

    A report also holds it against all its other figures, which may make chance of a signal and
    never a signal of chance.
    """
    from dataclasses import replace

    from board_report.metrics.declare import Settings
    from board_report.metrics.evaluate import evaluate

    project = inputs.project
    figures = evaluate(
        {spec.id: replace(spec, splits=())},
        inputs.loaded.tables,
        report_windows(project),
        settings=Settings(discount_rate=project.discount_rate),
        targets={},
        reported={},
        business_units=(),
        max_rejected_share=project.max_rejected_share,
    )
    series = figures[spec.id]
    return series.compared, series.year_compared
