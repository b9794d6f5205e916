"""The only module that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from board_report.errors import CommentaryError, DataError, DocumentError
from board_report.model import Finding, Severity
from board_report.side_process import SideProcess
from board_report.story.page import Mode

if TYPE_CHECKING:
    from board_report.documents.pdf import PdfResult
    from board_report.governance.sign_offs import SignOff
    from board_report.metrics.declare import MetricSpec
    from board_report.metrics.evaluate import Figures
    from board_report.model import MetricResult, Target
    from board_report.period import Quarter
    from board_report.project import Project
    from board_report.risk.metrics import RiskModel
    from board_report.story.approvals import Approvals, SignedSection
    from board_report.story.briefing_page import BriefingContext
    from board_report.story.facts import BoardFacts
    from board_report.story.page import BoardContext, Page
    from board_report.story.public_page import PublicContext
    from board_report.tables.load import LoadedTables
    from board_report.tables.schema import TableSet

DECK = "board-deck.pdf"
APPENDIX = "board-deck-appendix.pdf"
BRIEFING = "briefing-book.pdf"
DISCLOSURE = "governance-disclosure.pdf"
DECKS = {
    "full": DECK,
    "brief": "board-deck-brief.pdf",
    "audit-committee": "board-deck-audit-committee.pdf",
}
"""Mode of the deck to its file; the audiences' decks stand beside one another."""
DOCUMENTS = ("deck", "appendix", "briefing", "disclosure")
"""What ``only`` may name."""
ALL_DOCUMENTS = (*DECKS.values(), APPENDIX, BRIEFING, DISCLOSURE)
"""Every document that a quarter's folder may hold, in the order in which they are named."""
FIGURES_JSON = "metrics.json"
FIGURES_CSV = "metrics.csv"
HISTORY = 8

Progress = Callable[[str], None]
"""Called with the name of each stage as it begins."""


@dataclass
class Stopwatch:
    """How long each stage took, for the benchmarks."""

    seconds: dict[str, float] = field(default_factory=dict)
    progress: Progress = lambda _: None

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Announce a stage and measure it."""
        self.progress(name)
        start = perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - start


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


@dataclass(frozen=True)
class Built:
    """What a build wrote."""

    folder: Path
    documents: tuple[Path, ...]
    inputs: Inputs
    seconds: Mapping[str, float]
    carried_over: tuple[str, ...] = ()
    story_findings: tuple[Finding, ...] = ()
    """About governance, the leaders' words, the deck and the signatures."""


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
    _required_roles(project, tables)
    more = (*unknown_metrics(tables, known), *stale_records(tables, project.as_of))
    return Inputs(project, replace(loaded, tables=tables, findings=(*loaded.findings, *more)))


def _required_roles(project: Project, tables: TableSet) -> dict[str, tuple[str, ...]]:
    """Who must approve each section.

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

    model = RiskModel(project.risk if project else RiskSettings())
    return {**metric_catalogue(), **model.metrics()}, model


def compute_figures(inputs: Inputs) -> tuple[Figures, RiskModel]:
    """All series of the report, and the loss model they share.

    Raises:
        DataError: findings stand that stop a build.
    """
    from board_report.metrics.declare import Settings
    from board_report.metrics.evaluate import evaluate
    from board_report.period import windows

    if inputs.stops:
        raise DataError(
            f"{len(inputs.stops)} finding(s) stop the build.",
            where=str(inputs.project.folder),
            mend="Mend what is listed above; `board-report check` lists everything at once.",
        )
    project, tables = inputs.project, inputs.loaded.tables
    specs, model = catalogue(project)
    figures = evaluate(
        specs,
        tables,
        windows(project.calendar, project.quarter, project.as_of, HISTORY),
        settings=Settings(discount_rate=project.discount_rate),
        targets=_targets(project),
        reported=_reported(inputs),
        business_units=project.company.business_units,
        max_rejected_share=project.max_rejected_share,
    )
    return figures, model


def _targets(project: Project) -> dict[str, Target]:
    """The declared targets, and the board's tolerance as the ceiling of the 1-in-20 loss."""
    from board_report.model import Target
    from board_report.risk.position import curve_at

    tolerance = curve_at(project.risk.tolerance, 0.05)
    if tolerance is None:
        return dict(project.targets)
    ceiling = Target("loss_1_in_20", at_least=False, value=tolerance, near=tolerance)
    return {ceiling.metric_id: ceiling, **project.targets}


def _reported(inputs: Inputs) -> dict[str, dict[Quarter, float]]:
    """Values that earlier decks showed, by metric and quarter."""
    from board_report.period import Quarter

    frame = inputs.loaded.tables.frame("reported_figures")
    found: dict[str, dict[Quarter, float]] = {}
    for row in frame.to_dict("records"):
        quarter = Quarter.parse(row["quarter"])
        found.setdefault(row["metric_id"], {})[quarter] = float(row["value"])
    return found


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
            where=str(inputs.project.folder),
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


def gather_facts(inputs: Inputs, figures: Figures, model: RiskModel) -> BoardFacts:
    """Everything the deck's pages are built from."""
    from board_report.governance.roles import holders_at
    from board_report.governance.rows import plain_rows
    from board_report.period import windows
    from board_report.story.commentary import read_commentary
    from board_report.story.facts import BoardFacts

    project, loaded = inputs.project, inputs.loaded
    tables = loaded.tables
    return BoardFacts(
        project=project,
        windows=windows(project.calendar, project.quarter, project.as_of, HISTORY),
        figures=figures,
        tables=tables,
        risk=model.position(tables.frame("risk_register"), project.quarter),
        holders=holders_at(plain_rows(tables.frame("people")), project.as_of),
        commentary=read_commentary(
            project.folder, figures, project.company.currency, project.quarter
        ),
        findings=loaded.findings,
        reconciliation=loaded.reconciliation,
        sources=loaded.sources,
    )


def created_at(project: Project) -> datetime:
    """The instant that documents carry: noon UTC of the day the data were drawn.

    It comes from the inputs and not from the clock, so the same inputs give the same bytes.
    """
    return datetime.combine(project.frozen_on, time(12), UTC)


@dataclass(frozen=True)
class Story:
    """Everything that is said in a report, before it is set: facts, pages, findings."""

    facts: BoardFacts
    pages: Mapping[str, tuple[Page, ...]]
    """By the module that built them."""
    findings: tuple[Finding, ...]
    """About governance, the leaders' words and the deck; those of the data stand in the inputs."""
    approvals: Approvals | None = None
    """Where its sections stand; None until they were held against what is on file."""
    public: PublicContext | None = None
    """What the disclosure says, with its state; None where it cannot be drafted."""

    @property
    def stops(self) -> tuple[Finding, ...]:
        """Findings with which no document can be made."""
        return tuple(each for each in self.findings if each.stops)


def tell_story(inputs: Inputs, figures: Figures, model: RiskModel) -> Story:
    """Build every page and review what is said on them.

    Raises:
        CommentaryError: commentary cannot be read at all.
    """
    from board_report.governance.escalations import escalation_findings
    from board_report.governance.findings import governance_findings
    from board_report.story.decision_register import decision_promise_findings
    from board_report.story.deck import build_pages
    from board_report.story.deck_lint import lint_findings
    from board_report.story.escalation_rows import escalations_of
    from board_report.story.prose_check import prose_findings

    facts = gather_facts(inputs, figures, model)
    pages = build_pages(facts)
    every = tuple(page for some in pages.values() for page in some)
    found = (
        *governance_findings(facts.tables, facts.window, figures),
        *decision_promise_findings(facts),
        *escalation_findings(escalations_of(facts)),
        *prose_findings(every, facts),
        *lint_findings(every, facts),
    )
    return Story(facts, pages, found)


def with_approvals(
    inputs: Inputs, figures: Figures, story: Story, *, needs_disclosure: bool = True
) -> Story:
    """Hold what every section says against the signatures on file.

    Raises:
        CommentaryError: the disclosure is needed and cannot be drafted.
    """
    from board_report.story.approvals import read_approvals
    from board_report.story.public import with_approval
    from board_report.story.section_content import contents_of
    from board_report.story.signed_sections import PUBLIC

    project, facts = inputs.project, story.facts
    public = None
    with nullcontext() if needs_disclosure else suppress(CommentaryError):
        public = disclosure_context(inputs, figures)
    approvals = read_approvals(
        project.folder,
        project.quarter,
        contents_of(
            story.pages,
            deck_context(story).pages[:1],
            {metric_id: facts.text(metric_id) for metric_id in figures.specs},
            [briefing_context(story, Mode(mode)) for mode in DECKS],
            public,
        ),
        _required_roles(project, inputs.loaded.tables),
    )
    if public is not None:
        signed = approvals[PUBLIC]
        public = with_approval(public, signed.standing.approved_on, signed.required_roles)
    found = (*story.findings, *approvals.findings)
    return replace(story, approvals=approvals, public=public, findings=found)


def check_story(inputs: Inputs) -> tuple[Finding, ...]:
    """What is wrong with what would be said, where the data allow a report at all.

    Raises:
        CommentaryError: commentary cannot be read at all.
        ProjectError: ``[approvers]`` names what there is not.
    """
    if inputs.stops:
        return ()
    figures, model = compute_figures(inputs)
    story = tell_story(inputs, figures, model)
    return with_approvals(inputs, figures, story, needs_disclosure=False).findings


@dataclass(frozen=True)
class Reviewed:
    """A report that is told and not printed, with where its sections stand."""

    inputs: Inputs
    story: Story
    approvals: Approvals


def review(
    folder: Path,
    *,
    quarter: str | None = None,
    as_of: date | None = None,
    on_findings: Callable[[Inputs], None] = lambda _: None,
) -> Reviewed:
    """Everything that a build says, and where its sections stand; nothing is written.

    Raises:
        BoardReportError: the report cannot be built as it is, so there is nothing to sign.
    """
    inputs = read_inputs(folder, quarter=quarter, as_of=as_of)
    on_findings(inputs)
    figures, model = compute_figures(inputs)
    story = with_approvals(inputs, figures, tell_story(inputs, figures, model))
    _refuse(story)
    assert story.approvals is not None
    return Reviewed(inputs, story, story.approvals)


def sign_off(
    reviewed: Reviewed, section: str, step: str, role: str, *, on: datetime, note: str = ""
) -> tuple[SignOff, SignedSection]:
    """Record a signature in the project.

    Args:
        reviewed: what the report says.
        section: its id, however it is written.
        step: ``prepared``, ``reviewed``, ``approved`` or ``withdrawn``.
        role: of whoever signs.
        on: date and time with offset.
        note: of whoever signs, for the record.

    Returns:
        The record, and where the section stands with it.

    Raises:
        SignOffError: it may not be given; nothing was recorded.
        ProjectError: there is no such section.
    """
    from board_report.archive.sign_off_record import add_record
    from board_report.governance.rows import plain_rows
    from board_report.governance.sign_off_files import read_section, record_text, section_folder
    from board_report.governance.sign_offs import Step
    from board_report.governance.signing import Request, signature
    from board_report.story.approvals import sign_section

    project, told = reviewed.inputs.project, reviewed.approvals.find(section)

    def on_file() -> SignedSection:
        """Read anew, since somebody may have signed while this report was told."""
        files = read_section(project.folder, project.quarter, told.id)
        return sign_section(told.id, told.pages, told.content, told.required_roles, files)

    signed = on_file()
    record = signature(
        Request(signed.id, Step(step), role, on, note, _incomplete(reviewed.story, signed.id)),
        plain_rows(reviewed.inputs.loaded.tables.frame("people")),
        signed.content,
        signed.standing,
        signed.files,
        section_folder(project.quarter, signed.id),
    )
    add_record(project.folder / record.file, record_text(record))
    return record, on_file()


def _incomplete(story: Story, section: str) -> str:
    """Why the disclosure cannot be approved as it is; empty for every other section."""
    from board_report.story.signed_sections import PUBLIC

    public = story.public
    return public.summary if section == PUBLIC and public and not public.is_complete else ""


def build(
    folder: Path,
    output: Path,
    *,
    quarter: str | None = None,
    as_of: date | None = None,
    mode: str = "full",
    only: str | None = None,
    progress: Progress = lambda _: None,
    on_findings: Callable[[Inputs], None] = lambda _: None,
    on_review: Callable[[Story], None] = lambda _: None,
) -> Built:
    """From a project's folder to the documents, the figures as data and the manifest.

    Args:
        folder: the project, with ``report.toml``.
        output: where the quarter's folder goes.
        quarter: such as ``2026-Q3``; the project's own when None.
        as_of: last day that counts; the quarter's last day when None.
        mode: which pages the deck holds: a key of ``DECKS``.
        only: one of ``DOCUMENTS``; all of them when None.
        progress: told the name of each stage.
        on_findings: told the inputs before anything is computed, to show findings.
        on_review: told the story before anything is drawn, to show its findings.

    Raises:
        BoardReportError: anything the user can mend; nothing was written then.
    """
    watch = Stopwatch(progress=progress)
    with SideProcess(wanted=only is None) as side:
        with watch.stage("read"):
            inputs = read_inputs(folder, quarter=quarter, as_of=as_of)
        on_findings(inputs)
        with watch.stage("figures"):
            figures, model = compute_figures(inputs)
        with watch.stage("pages"):
            story = tell_story(inputs, figures, model)
            is_needed = only in (None, "disclosure")
            story = with_approvals(inputs, figures, story, needs_disclosure=is_needed)
        on_review(story)
        _refuse(story)
        outputs = _render(inputs, figures, story, Mode(mode), only, watch, side)
    outputs |= _data_files(inputs, figures)
    with watch.stage("write"):
        return _write(inputs, story, output, outputs, watch)


def _refuse(story: Story) -> None:
    """Stop where what is said cannot stand.

    Raises:
        CommentaryError: with the first finding that stops the build; all were shown before.
    """
    if not story.stops:
        return
    first, more = story.stops[0], len(story.stops) - 1
    rest = f" ({more} more such {'finding' if more == 1 else 'findings'}.)" if more else ""
    raise CommentaryError(
        f"{first.reason}{rest}", where=f"{first.file}:{first.line}", mend=first.mend
    )


def _render(
    inputs: Inputs,
    figures: Figures,
    story: Story,
    mode: Mode,
    only: str | None,
    watch: Stopwatch,
    side: SideProcess,
) -> dict[str, bytes]:
    """The documents: the lesser ones beside, while the deck is made here."""
    created = created_at(inputs.project)
    waited: dict[str, Callable[[], PdfResult]] = {}
    with watch.stage("pages"):
        if only in (None, "disclosure"):
            public = story.public or disclosure_context(inputs, figures)
            waited[DISCLOSURE] = side.run(render_disclosure, public, created)
        if only in (None, "appendix"):
            appendix = deck_context(story, Mode.APPENDIX)
            waited[APPENDIX] = side.run(render_deck, appendix, created)
        if only in (None, "briefing"):
            book = briefing_context(story, mode)
            waited[BRIEFING] = side.run(render_briefing, book, created)
    outputs: dict[str, bytes] = {}
    if only in (None, "deck"):
        name = DECKS[mode.value]
        outputs[name] = _checked(name, render_deck(deck_context(story, mode), created, watch))
    for name, document in waited.items():
        with watch.stage("documents beside"):
            outputs[name] = _checked(name, document())
    return outputs


def _checked(name: str, result: PdfResult) -> bytes:
    if result.warnings:
        raise DocumentError(
            f"{name} would not be printed as designed: {'; '.join(result.warnings[:3])}.",
            mend="If you changed a theme, a logo or commentary, undo that; else report it.",
        )
    return result.data


def deck_context(story: Story, mode: Mode = Mode.FULL, *, has_notes: bool = False) -> BoardContext:
    """All that the templates of one deck may see.

    Args:
        story: what is said.
        mode: of the deck.
        has_notes: True when its briefing book is made from it, and is approved only with them.
    """
    from board_report.story.deck import build_board_context
    from board_report.story.signed_sections import sections_of

    facts, approvals = story.facts, story.approvals
    approved_on = (
        approvals.approved_on(sections_of(mode, has_notes=has_notes)) if approvals else None
    )
    return build_board_context(facts, story.pages, mode, created_at(facts.project), approved_on)


def briefing_context(story: Story, mode: Mode = Mode.FULL) -> BriefingContext:
    """All that the templates of the briefing book may see: one page for each of the deck."""
    from board_report.story.briefing import briefing_context as context

    return context(
        story.facts,
        deck_context(story, mode, has_notes=True),
        deck_file=DECKS[mode.value],
        appendix_file=APPENDIX,
    )


def disclosure_context(inputs: Inputs, figures: Figures) -> PublicContext:
    """All that the disclosure's templates may see: made from public fields alone."""
    from board_report.story.public import public_context
    from board_report.story.public_record import public_record

    return public_context(public_record(inputs.project, inputs.loaded.tables, figures))


def document_states(story: Story) -> dict[str, str]:
    """Each document's file to its state, as it is printed: ``Draft``, ``Approved 20 Oct 2026``."""
    states = {name: deck_context(story, Mode(mode)).state for mode, name in DECKS.items()}
    states[APPENDIX] = deck_context(story, Mode.APPENDIX).state
    states[BRIEFING] = deck_context(story, has_notes=True).state
    if story.public is not None:
        states[DISCLOSURE] = story.public.state
    return states


def render_deck(
    context: BoardContext, created: datetime, watch: Stopwatch | None = None
) -> PdfResult:
    """A deck as PDF."""
    from board_report.charts import draw_all
    from board_report.documents.deck import deck_figures
    from board_report.documents.deck import render_deck as render
    from board_report.resources import templates_folder

    watch = watch or Stopwatch()
    with watch.stage("charts"):
        drawings = draw_all(deck_figures(context))
    with watch.stage("deck"):
        return render(
            context, templates=templates_folder(), drawings=drawings, generated_at=created
        )


def render_disclosure(context: PublicContext, created: datetime) -> PdfResult:
    """The disclosure as PDF; sees nothing but the public context."""
    from board_report.documents.disclosure import render_disclosure as render
    from board_report.resources import templates_folder

    return render(context, templates=templates_folder(), generated_at=created)


def render_briefing(context: BriefingContext, created: datetime) -> PdfResult:
    """The briefing book as PDF."""
    from board_report.documents.briefing import render_briefing as render
    from board_report.resources import templates_folder

    return render(context, templates=templates_folder(), generated_at=created)


def _data_files(inputs: Inputs, figures: Figures) -> dict[str, bytes]:
    from board_report.story.record import figures_csv, figures_json
    from board_report.tables.rejected import rejected_files

    currency = inputs.project.company.currency
    return {
        FIGURES_JSON: figures_json(figures, currency).encode(),
        FIGURES_CSV: figures_csv(figures, currency).encode(),
        **{
            f"rejected/{name}": text.encode()
            for name, text in rejected_files(inputs.loaded.rejected).items()
        },
    }


def _write(
    inputs: Inputs,
    story: Story,
    output: Path,
    outputs: dict[str, bytes],
    watch: Stopwatch,
) -> Built:
    from board_report.archive.folder import MANIFEST, is_as_built, read_manifest, write_quarter
    from board_report.archive.manifest import files_read, inputs_fingerprint, manifest
    from board_report.governance.sign_off_files import signed_files
    from board_report.resources import templates_folder

    folder = output / str(inputs.project.quarter)
    project, loaded = inputs.project, inputs.loaded
    said = [each.file for each in story.facts.commentary.values()]
    signed = signed_files(project.folder, project.quarter)
    sources = (*loaded.sources, *files_read(project.folder, (*said, *signed)))
    fingerprint = inputs_fingerprint(project, sources)
    made = [name for name in ALL_DOCUMENTS if name in outputs]
    if read_manifest(folder).get("inputs_sha256") == fingerprint:
        for name in ALL_DOCUMENTS:
            if name not in outputs and is_as_built(folder, name):
                outputs[name] = (folder / name).read_bytes()
    text = manifest(
        project,
        sources,
        loaded.reconciliation,
        outputs,
        fonts=templates_folder() / "fonts",
        fingerprint=fingerprint,
        approvals=story.approvals.record if story.approvals else (),
    )
    carried = write_quarter(folder, {**outputs, MANIFEST: text.encode()})
    return Built(
        folder=folder,
        documents=tuple(folder / name for name in made),
        inputs=inputs,
        seconds=dict(watch.seconds),
        carried_over=carried,
        story_findings=story.findings,
    )
