"""The simulated losses of the sample agree with a second simulation that shares no code."""

import csv
import math
import random
import statistics
from pathlib import Path

import pytest

from board_report import pipeline
from board_report.resources import sample_folder

YEARS = 40_000
Z = 1.6448536269514722


def poisson(draw: random.Random, rate: float) -> int:
    """Knuth's multiplication method."""
    limit, product, count = math.exp(-rate), draw.random(), 0
    while product > limit:
        product *= draw.random()
        count += 1
    return count


def lognormal(low: str, high: str) -> tuple[float, float]:
    """Mean and deviation of the logarithm, from a 90% interval."""
    below, above = math.log(float(low)), math.log(float(high))
    return (below + above) / 2, (above - below) / (2 * Z)


def simulated_years(register: Path, quarter: str) -> list[float]:
    """Annual losses in plain Python, from the file as it is."""
    draw = random.Random(1)
    with register.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["quarter"] == quarter]
    risks = [
        (
            lognormal(row["events_low"], row["events_high"]),
            lognormal(row["loss_low"], row["loss_high"]),
        )
        for row in rows
    ]
    return [
        math.fsum(
            draw.lognormvariate(*loss)
            for events, loss in risks
            for _ in range(poisson(draw, draw.lognormvariate(*events)))
        )
        for _ in range(YEARS)
    ]


@pytest.mark.slow
def test_the_printed_losses_agree_with_plain_python():
    """Quantiles within three standard errors of both simulations, the mean within four."""
    inputs = pipeline.read_inputs(sample_folder())
    model = pipeline.catalogue(inputs.project)[1]
    found = model.position(inputs.loaded.tables.frame("risk_register"), inputs.project.quarter)
    assert found is not None
    years = sorted(simulated_years(sample_folder() / "ciso/risk_register.csv", "2026-Q3"))
    for share, printed in ((0.95, found.loss_1_in_20), (0.99, found.loss_1_in_100)):
        spread = 3 * math.sqrt(share * (1 - share) * YEARS * (1 + YEARS / found.trials))
        low, high = years[int(share * YEARS - spread)], years[int(share * YEARS + spread)]
        assert low < printed < high
        assert high < low * 1.25  # the band is narrow enough to say something
    error = statistics.stdev(years) / math.sqrt(YEARS)
    assert abs(statistics.fmean(years) - found.expected_loss) < 4 * error
    over = sum(year > found.tolerance_1_in_20 for year in years) / YEARS
    assert abs(over - found.tolerance_exceedance) < 3 * math.sqrt(over / YEARS * (1 + YEARS / 1e5))
