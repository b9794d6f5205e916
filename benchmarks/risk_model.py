"""Time the loss model beside pyfair: fifty scenarios, with and without correlation and insurance.

Run ``python -m benchmarks.risk_model [--years 1000000]`` from the repository. pyfair is no
dependency of ours: install it into any environment and name that one's interpreter with
``--pyfair-python``; without it our times stand alone. The two are run in turn, so that a drift of
the machine falls on both. pyfair multiplies a frequency by a magnitude for each year; ours draws
events, ranks and policies, which pyfair cannot do, so its time is of less work.

``--arrays`` measures without compiled loops, as where numba is not installed. Loading the loops, or
compiling them in a first run, is timed apart: it is done once, however many years there are.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np

from board_report.project import Insurance
from board_report.risk import drawing
from board_report.risk.frequency import Frequency
from board_report.risk.quantities import Beta
from board_report.risk.scenarios import LossPart, Scenario
from board_report.risk.simulate import LossModel
from board_report.risk.years import simulate

SCENARIOS = 50
PYFAIR_YEARS = 100_000
RANK = 0.2
"""Rank correlation of every pair: the densest matrix there is."""

PYFAIR = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
import pyfair
scenarios, years = json.load(sys.stdin)
def run():
    models = []
    for at, (threat, share, loss, later) in enumerate(scenarios):
        model = pyfair.FairModel(str(at), n_simulations=years)
        model.input_data("Threat Event Frequency", low=threat[0], mode=threat[1], high=threat[2])
        model.input_data("Vulnerability", low=share[0], mode=share[1], high=share[2])
        model.input_data("Primary Loss", low=loss[0], mode=loss[1], high=loss[2])
        model.input_data("Secondary Loss Event Frequency", low=0.1, mode=0.2, high=0.4)
        model.input_data(
            "Secondary Loss Event Magnitude", low=later[0], mode=later[1], high=later[2]
        )
        model.calculate_all()
        models.append(model)
    total = pyfair.FairMetaModel("all", models)
    total.calculate_all()
run_once = time.perf_counter()
run()
print(time.perf_counter() - run_once)
"""

Tree = tuple[tuple[float, float, float], ...]


def trees() -> list[Tree]:
    """Fifty made-up scenarios: threats a year, share that succeeds, primary and secondary loss."""
    draw = np.random.default_rng(20260930)
    found = []
    for _ in range(SCENARIOS):
        threats = float(draw.uniform(0.1, 1.5))
        share = float(draw.uniform(0.1, 0.4))
        loss = float(10 ** draw.uniform(4.5, 6.5))
        found.append(
            (
                (threats / 3, threats, threats * 3),
                (share / 2, share, share * 2),
                (loss / 5, loss, loss * 10),
                (loss / 10, loss, loss * 5),
            )
        )
    return found


def model_of(some: list[Tree]) -> LossModel:
    """The same scenarios as ours, independent and without insurance."""
    return LossModel(
        tuple(
            Scenario(
                risk_id=f"R-{at}",
                title=f"R-{at}",
                short_title=f"R-{at}",
                owner_role="CISO",
                frequency=Frequency(Beta.pert(*threat), Beta.pert(*share)),
                parts=(
                    LossPart(Beta.pert(*loss), "response"),
                    LossPart(Beta.pert(*later), "reputation", is_secondary=True),
                ),
                secondary_chance=Beta.pert(0.1, 0.2, 0.4).mean,
            )
            for at, (threat, share, loss, later) in enumerate(some)
        ),
        seed=7,
    )


def variants(some: list[Tree]) -> dict[str, LossModel]:
    """What is timed, by name."""
    plain = model_of(some)
    pairs = {(f"R-{one}", f"R-{other}"): RANK for one in range(SCENARIOS) for other in range(one)}
    policy = Insurance(5e6, 20e6, coinsurance=0.1)
    detailed = replace(policy, applies="event", aggregate_limit=40e6, retention=5e5, limit=5e6)
    return {
        "independent": plain,
        "correlated, yearly insurance": replace(plain, correlations=pairs, insurance=policy),
        "correlated, insurance by event": replace(plain, correlations=pairs, insurance=detailed),
    }


def time_of(model: LossModel, years: int) -> tuple[float, float]:
    """Microseconds a year, and of processor time, the tables made anew as in a first run."""
    fresh = replace(model, scenarios=model_of(trees()).scenarios)
    began, worked = perf_counter(), process_time()
    simulate(fresh, years)
    return (perf_counter() - began) / years * 1e6, (process_time() - worked) / years * 1e6


def load_loops() -> str:
    """Load what is compiled, and say how long that took."""
    began = perf_counter()
    is_found = drawing.by_loops() is not None
    return f"loops loaded in {perf_counter() - began:.1f} s" if is_found else "no loops"


def time_of_pyfair(python: Path, some: list[Tree]) -> float:
    """Microseconds a year of the same scenarios in pyfair, without its imports."""
    done = subprocess.run(
        [str(python), "-c", PYFAIR],
        input=json.dumps([some, PYFAIR_YEARS]),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.split()[-1]) / PYFAIR_YEARS * 1e6


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--years", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pyfair-python", type=Path, help="an interpreter that has pyfair")
    parser.add_argument("--arrays", action="store_true", help="without compiled loops")
    chosen = parser.parse_args()
    some = trees()
    if chosen.arrays:
        drawing.WORTH_LOADING = sys.maxsize
    loops = "arrays alone" if chosen.arrays else load_loops()
    ours: dict[str, list[float]] = {name: [] for name in variants(some)}
    worked: dict[str, list[float]] = {name: [] for name in variants(some)}
    theirs: list[float] = []
    for _ in range(chosen.runs):
        for name, model in variants(some).items():
            passed, processor = time_of(model, chosen.years)
            ours[name].append(passed)
            worked[name].append(processor)
        if chosen.pyfair_python:
            theirs.append(time_of_pyfair(chosen.pyfair_python, some))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{chosen.years:,} years of {SCENARIOS} scenarios, {chosen.runs} runs; {loops}")
    print(f"Python {platform.python_version()}, numpy {np.__version__}, peak {peak} MiB\n")
    print("| model | µs a year, median | least | most | processor µs | pyfair / ours, median |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, times in ours.items():
        ratio = f"{median(theirs) / median(times):.0f}" if theirs else ""
        spread = f"{median(times):.2f} | {min(times):.2f} | {max(times):.2f}"
        print(f"| {name} | {spread} | {median(worked[name]):.2f} | {ratio} |")
    if theirs:
        print(
            f"| pyfair, independent, no insurance | {median(theirs):.1f} | {min(theirs):.1f} | "
            f"{max(theirs):.1f} | | 1 |"
        )


if __name__ == "__main__":
    sys.exit(main())
