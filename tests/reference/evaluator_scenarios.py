"""The 56 scenarios of the R package evaluator, through our loss engine.

How evaluator reads its sample, and what follows for us:

- Labels name rows of the mappings, letter by letter, within one type: ``tef``, ``tc`` and ``lm`` of
  the scenario, and for each control the capability's ``diff``, as ``5 - Optimized``.
- Every distribution is a PERT (``mc2d::rpert``) with the weight of the mode in ``conf``.
- Threat events of a year: the PERT drawn and rounded to a whole number.
- Each threat event has a threat capability of its own and a draw of each control's difficulty of
  its own; the resistance is the mean over the controls. It is a loss where the capability is
  strictly above the resistance.
- Each loss event has a loss of its own; the year's loss is their sum, and a year without is 0.
- Percentiles are R's type 7, which is linear interpolation, as ours.

Since nothing is shared by two threat events of a year, the number of losses given that of threats
is binomial, and one number, the vulnerability, says all that capabilities and controls tell.

Run it to write what comes of them::

    python -m tests.reference.evaluator_scenarios --data ../shared/data/reference --out FILE
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from board_report.risk.distribution import LossHistogram
from board_report.risk.frequency import CountKind, Frequency
from board_report.risk.quantities import Beta, Fixed, chance_of_exceeding
from board_report.risk.scenarios import LossPart, Scenario
from board_report.risk.simulate import CENTS, LossModel
from board_report.risk.years import simulate

DATA = Path(__file__).parent / "data"
SEED = 20260930
TRIALS = 200_000


@dataclass(frozen=True)
class Pert:
    """One row of the mappings."""

    low: float
    mode: float
    high: float
    weight: float

    def beta(self) -> Beta:
        """The distribution, as ours."""
        return Beta.pert(self.low, self.mode, self.high, self.weight)


@dataclass(frozen=True)
class EvaluatorScenario:
    """One scenario with its labels looked up."""

    scenario_id: str
    threats: Pert
    """Threat events a year, before they are rounded."""
    capability: Pert
    controls: tuple[Pert, ...]
    """Difficulty of each control."""
    loss: Pert
    """Of one loss event, dollars."""

    @property
    def vulnerability(self) -> float:
        """Chance that a threat event becomes a loss, 0 to 1."""
        return chance_of_exceeding(self.capability.beta(), [each.beta() for each in self.controls])

    @property
    def threat_frequency(self) -> Frequency:
        """Threat events a year, as whole numbers."""
        return Frequency(self.threats.beta(), kind=CountKind.WHOLE_NUMBER)

    def scenario(self) -> Scenario:
        """The scenario as the loss engine draws it."""
        return Scenario(
            self.scenario_id,
            self.scenario_id,
            self.scenario_id,
            "",
            Frequency(self.threats.beta(), Fixed(self.vulnerability), kind=CountKind.WHOLE_NUMBER),
            (LossPart(self.loss.beta()),),
        )


@dataclass(frozen=True)
class Result:
    """What comes of one scenario in a year; money in dollars."""

    scenario_id: str
    threat_events: float
    vulnerability: float
    loss_events: float
    ale_mean: float
    ale_median: float
    ale_p95: float
    chance: float
    """Of at least one loss event."""


def read_evaluator(folder: Path = DATA) -> tuple[EvaluatorScenario, ...]:
    """The scenarios of a folder with evaluator's three tables, in their order.

    Raises:
        KeyError: a label or a control is not declared.
    """
    mappings = {
        (row["type"], row["label"]): Pert(*(float(row[name]) for name in ("l", "ml", "h", "conf")))
        for row in _rows(folder / "evaluator_mc_mappings.csv")
    }
    levels = {
        row["capability_id"]: mappings["diff", row["diff"]]
        for row in _rows(folder / "evaluator_mc_capabilities.csv")
    }
    return tuple(
        EvaluatorScenario(
            row["scenario_id"],
            mappings["tef", row["tef"]],
            mappings["tc", row["tc"]],
            tuple(levels[name] for name in row["controls"].split(", ")),
            mappings["lm", row["lm"]],
        )
        for row in _rows(folder / "evaluator_mc_qualitative_scenarios.csv")
    )


def _rows(path: Path) -> Sequence[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def results(
    given: Sequence[EvaluatorScenario], trials: int = TRIALS, seed: int = SEED
) -> tuple[Result, ...]:
    """Frequencies, mean and chance in closed form; median and 95th percentile simulated."""
    scenarios = tuple(each.scenario() for each in given)
    drawn = simulate(LossModel(scenarios, seed), trials).scenarios
    return tuple(map(_result, given, scenarios, drawn))


def _result(given: EvaluatorScenario, scenario: Scenario, losses: LossHistogram) -> Result:
    return Result(
        scenario_id=given.scenario_id,
        threat_events=given.threat_frequency.mean,
        vulnerability=scenario.frequency.vulnerability.mean,
        loss_events=scenario.frequency.mean,
        ale_mean=scenario.expected_loss,
        ale_median=losses.quantile(0.5) / CENTS,
        ale_p95=losses.quantile(0.95) / CENTS,
        chance=scenario.chance_a_year,
    )


def write(found: Sequence[Result], path: Path) -> None:
    """Write the results as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Result.__dataclass_fields__)
        for each in found:
            writer.writerow(
                [
                    each.scenario_id,
                    *(f"{number:.6f}" for number in (each.threat_events, each.vulnerability)),
                    f"{each.loss_events:.6f}",
                    *(f"{money:.2f}" for money in (each.ale_mean, each.ale_median, each.ale_p95)),
                    f"{each.chance:.6f}",
                ]
            )


def main() -> None:
    parser = argparse.ArgumentParser(description="evaluator's 56 scenarios by our loss engine")
    parser.add_argument("--data", type=Path, default=DATA, help="folder with evaluator_mc_*.csv")
    parser.add_argument("--out", type=Path, required=True, help="CSV to write")
    parser.add_argument("--trials", type=int, default=TRIALS, help="years to simulate")
    given = parser.parse_args()
    write(results(read_evaluator(given.data), given.trials), given.out)


if __name__ == "__main__":
    main()
