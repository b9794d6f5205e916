"""The sample's words stand, and thousands of sentences about its figures are judged rightly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from board_report.metrics.declare import Direction
from board_report.model import Status, Verdict
from board_report.pipeline import compute_figures, gather_facts, read_inputs
from board_report.resources import sample_folder
from board_report.story import formats
from board_report.story.commentary import read_commentary
from board_report.story.deck import build_pages
from board_report.story.facts import BoardFacts
from board_report.story.page import Page
from board_report.story.prose_check import prose_findings
from board_report.story.prose_codes import ProseCode
from tests.conftest import CallCli


@cache
def sample_facts() -> BoardFacts:
    """The sample company's figures and commentary."""
    inputs = read_inputs(sample_folder())
    return gather_facts(inputs, *compute_figures(inputs))


def pages_of(facts: BoardFacts) -> tuple[Page, ...]:
    return tuple(page for some in build_pages(facts).values() for page in some)


def test_the_sample_says_nothing_that_its_figures_deny() -> None:
    """Every section of every page, notes and answers among them."""
    facts = sample_facts()
    assert prose_findings(pages_of(facts), facts) == ()
    assert sum(len(each.passages) for each in facts.commentary.values()) > 100


def is_of_chance(metric_id: str, facts: BoardFacts, agos: list[int]) -> bool:
    """Whether every one of these moves is within chance, as the series has it on record."""
    series = facts.series(metric_id)
    verdicts = {1: series.compared, 4: series.year_compared}
    found = [verdicts[ago] for ago in agos]
    return bool(found) and all(each and each.verdict is Verdict.CHANCE for each in found)


def true_and_false(metric_id: str, facts: BoardFacts) -> Iterator[tuple[str, bool | None]]:
    """Sentences about one metric, and whether each is so, from the series itself.

    None stands for what is so in the digits, and within chance.
    """
    spec, series, now = facts.figures.spec(metric_id), facts.series(metric_id), facts.now(metric_id)
    if now.value is None:
        return
    for ago, each in enumerate(reversed(series.values)):
        if each.value is not None:
            when = f" in {each.quarter}" if ago else ""
            yield f"{spec.title} was {facts.text(metric_id, ago=ago)}{when}.", True
    if series.target and series.status is not Status.NONE:
        yield f"The aim for it is {facts.amount(series.target.value, metric_id)}.", True
        yield f"{spec.title} met its target.", series.status is Status.ON
        yield f"{spec.title} missed its target.", series.status is not Status.ON
    then = {ago: each for ago in (1, 4) if (each := facts.ago(metric_id, ago)) and each.measured}
    moves = {
        ago: _move(now.value, each.value or 0.0, metric_id, facts) for ago, each in then.items()
    }

    def so(borne: dict[int, float]) -> bool | None:
        """Whether any of these moves goes the way that is claimed, by more than chance."""
        agos = [ago for ago, move in borne.items() if move > 0]
        return None if is_of_chance(metric_id, facts, agos) else bool(agos)

    if moves:
        yield f"{spec.title} rose.", so(moves)
        fell = {ago: -move for ago, move in moves.items()}
        yield f"{spec.title} fell to {{{{ metric('{metric_id}') }}}}.", so(fell)
    enough = {
        ago: move if spec.direction is Direction.UP else -move
        for ago, move in moves.items()
        if min(then[ago].n, now.n) >= spec.minimum_n and spec.direction is not Direction.NEITHER
    }
    if enough:
        yield f"{{{{ metric('{metric_id}') }}}}: {spec.title} improved.", so(enough)
        worse = {ago: -move for ago, move in enough.items()}
        yield f"{spec.title} got worse.", so(worse)
        none = [ago for ago, move in enough.items() if is_of_chance(metric_id, facts, [ago])]
        yield f"{spec.title} has not improved.", bool(none) or min(enough.values()) <= 0


def _move(now: float, then: float, metric_id: str, facts: BoardFacts) -> float:
    unit = facts.unit(metric_id)
    return formats.shown(now, unit) - formats.shown(then, unit)


def test_every_figure_may_be_typed_and_every_false_word_is_found(tmp_path: Path) -> None:
    """On each page, of each metric that stands on it."""
    facts = replace(sample_facts(), commentary={})
    file = tmp_path / "commentary" / "page.md"
    file.parent.mkdir()
    count, of_chance, wrong = 0, 0, []
    for page in pages_of(facts):
        cases = [case for each in page.metric_ids for case in true_and_false(each, facts)]
        lines = "".join(f"- {sentence}\n" for sentence, _ in cases)
        file.write_text(f"---\npage: {page.id}\n---\n## Notes\n{lines}", "utf-8")
        said = read_commentary(tmp_path, facts.figures, facts.currency, facts.project.quarter)
        findings = prose_findings([page], replace(facts, commentary=said))
        chance = {each.line for each in findings if each.code == ProseCode.WORD_OF_CHANCE}
        found = {each.line for each in findings} - chance
        count += len(cases)
        wrong += [
            (page.id, sentence, is_so)
            for line, (sentence, is_so) in enumerate(cases, 5)
            if (line in found, line in chance) != (is_so is False, is_so is None)
        ]
        of_chance += len(chance)
    assert wrong == []
    assert count > 3000
    assert of_chance > 50


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("We found them in 3,771 h.", "'3,771 h'"),
        ("There were no incidents.", "Incidents detected"),
        ("Time to detect got worse.", "{% if metric('mttd').is_worse %}"),
    ],
)
def test_a_build_stops_and_says_where(
    tmp_path: Path, project: Path, call_cli: CallCli, said: str, told: str
) -> None:
    """With exit code 2, the file and the line, and nothing written."""
    page = project / "commentary" / "detect-and-respond.md"
    head, means, rest = page.read_text("utf-8").partition("## What it means: CISO\n")
    page.write_text(f"{head}## Notes\n{said}\n{means}{rest}", "utf-8")
    output = tmp_path / "output"
    outcome = call_cli("build", "--project", project, "--output", output, "--only", "deck")
    assert outcome.exit_code == 2
    assert "commentary/detect-and-respond.md:6" in outcome.stderr
    assert told in outcome.stderr
    assert not output.exists() or not list(output.iterdir())
