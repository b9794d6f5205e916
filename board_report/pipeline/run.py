"""The whole way: from a project's folder to the documents of its quarter, written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.model import Finding
from board_report.pipeline.approval import refuse_unless_final, with_approvals
from board_report.pipeline.contexts import document_states
from board_report.pipeline.documents import render_documents
from board_report.pipeline.inputs import Inputs, compute_figures, read_inputs
from board_report.pipeline.names import (
    ALL_DOCUMENTS,
    CONTENTS_JSON,
    FIGURES_CSV,
    FIGURES_JSON,
    LEDGER_CSV,
    LOSSES_CSV,
    XBRL_FOLDER,
)
from board_report.pipeline.stopwatch import Progress, Stopwatch
from board_report.pipeline.story import Story, refuse, tell_story
from board_report.pipeline.tagged_disclosure import Tagged, tag_disclosure
from board_report.side_process import SideProcess
from board_report.story.page import Mode

if TYPE_CHECKING:
    from board_report.metrics.evaluate import Figures
    from board_report.model import SourceFile


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
    tag_findings: tuple[Finding, ...] = ()
    """About the disclosure's tagged document."""


def build(
    folder: Path,
    output: Path,
    *,
    quarter: str | None = None,
    as_of: date | None = None,
    mode: str = "full",
    only: str | None = None,
    final: bool = False,
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
        final: refuse unless the disclosure is complete and approved, and make its text for filing.
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
            is_drafted = is_needed or only == "committee"
            story = with_approvals(inputs, figures, story, needs_disclosure=is_drafted)
        on_review(story)
        refuse(story)
        if final:
            refuse_unless_final(story)
        outputs = render_documents(
            inputs, figures, story, Mode(mode), only, watch, side, final=final
        )
        tagged = tag_disclosure(story.public) if is_needed and story.public else Tagged({}, ())
    outputs |= tagged.files
    outputs |= _data_files(inputs, figures, story)
    with watch.stage("write"):
        built = _write(inputs, story, output, outputs, watch)
    return replace(built, tag_findings=tagged.findings)


def _data_files(inputs: Inputs, figures: Figures, story: Story) -> dict[str, bytes]:
    """What is said and computed, as data; the ledger of restatements; and the rows set aside."""
    from board_report.story.contents_record import contents_json
    from board_report.story.loss_table import losses_csv
    from board_report.story.record import figures_csv, figures_json
    from board_report.story.restatement_ledger import ledger_csv
    from board_report.tables.rejected import rejected_files

    currency = inputs.project.company.currency
    return {
        **({CONTENTS_JSON: contents_json(story.approvals).encode()} if story.approvals else {}),
        FIGURES_JSON: figures_json(figures, currency).encode(),
        FIGURES_CSV: figures_csv(figures, currency).encode(),
        LOSSES_CSV: losses_csv(story.facts.measured_money, currency).encode(),
        LEDGER_CSV: ledger_csv(story.facts.restatements, figures, currency).encode(),
        **{
            f"rejected/{name}": text.encode()
            for name, text in rejected_files(inputs.loaded.rejected).items()
        },
    }


def _write(
    inputs: Inputs, story: Story, output: Path, outputs: Mapping[str, bytes], watch: Stopwatch
) -> Built:
    """Replace the quarter's folder by what was made, with its manifest."""
    from board_report.archive.folder import MANIFEST, write_quarter
    from board_report.archive.manifest import inputs_fingerprint, manifest
    from board_report.resources import templates_folder

    folder = output / str(inputs.project.quarter)
    sources = _sources(inputs, story)
    fingerprint = inputs_fingerprint(inputs.project, sources)
    whole = {**outputs, **_still_good(folder, outputs, fingerprint)}
    text = manifest(
        inputs.project,
        sources,
        inputs.loaded.reconciliation,
        whole,
        fonts=templates_folder() / "fonts",
        fingerprint=fingerprint,
        approvals=story.approvals.record if story.approvals else (),
        states=document_states(story) if story.approvals else {},
        risk_model=_risk_model(story),
    )
    carried = write_quarter(folder, {**whole, MANIFEST: text.encode()})
    return Built(
        folder=folder,
        documents=tuple(folder / name for name in ALL_DOCUMENTS if name in outputs),
        inputs=inputs,
        seconds=dict(watch.seconds),
        carried_over=carried,
        story_findings=story.findings,
    )


def _risk_model(story: Story) -> dict[str, object]:
    """What the figures of risk in money rest on; empty where there are none."""
    money = story.facts.money
    if money is None:
        return {}
    told, errors = money.assumptions, money.convergence
    return {
        "trials": errors.trials,
        "precision": errors.precision,
        "precision_reached": errors.is_reached,
        "formula_version": told.formula_version,
        "generators": told.generator,
        "standard_error_expected_loss": round(errors.expected_error, 2),
        "standard_error_loss_1_in_20": round(errors.var_95_error, 2),
        "correlated_pairs": told.correlation_pairs,
        "assumptions": list(told.statements),
    }


def _sources(inputs: Inputs, story: Story) -> tuple[SourceFile, ...]:
    """Everything that the report rests on: tables, queries, commentary and signatures."""
    from board_report.archive.manifest import files_read
    from board_report.governance.sign_off_files import signed_files

    project = inputs.project
    said = [each.file for each in story.facts.commentary.values()]
    signed = signed_files(project.folder, project.quarter)
    asked = [each.query_file for each in project.sources if each.query_file]
    register = story.facts.incident_register
    kept = register.files if register else ()
    return (*inputs.loaded.sources, *files_read(project.folder, (*said, *signed, *kept, *asked)))


def _still_good(folder: Path, made: Mapping[str, bytes], fingerprint: str) -> dict[str, bytes]:
    """Documents of an earlier build of the same inputs that this one did not make anew."""
    from board_report.archive.folder import built_files, is_as_built, read_manifest

    if read_manifest(folder).get("inputs_sha256") != fingerprint:
        return {}
    tagged = [each for each in built_files(folder) if each.startswith(f"{XBRL_FOLDER}/")]
    return {
        name: (folder / name).read_bytes()
        for name in (*ALL_DOCUMENTS, *tagged)
        if name not in made and is_as_built(folder, name)
    }
