"""Rows a second and peak memory of one big table: read whole, and reduced where it lies.

Both ways run on the same file in one go, each in a process of its own, and are printed side by side
with their ratios: seconds differ from machine to machine, ratios much less.

    python -m benchmarks.big_tables 100000 1000000
    python -m benchmarks.big_tables --engine-only 10000000
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

REPORT = """\
[company]
name = "Example, Inc."
currency = "USD"
employees = 100
annual_revenue = 1_000_000
business_units = ["Retail", "Home Care", "Europe"]

[report]
quarter = "2026-Q3"
meeting_on = 2026-10-27

[[source]]
table = "detections"
file = "ciso/detections.csv"
engine = "{engine}"
"""
MEASURE = """
import json, resource, sys, time
from dataclasses import replace
from pathlib import Path
from board_report.project import load_project
from board_report.tables.load import load_tables
from board_report.metrics.catalogue import metric_catalogue
from board_report.metrics.declare import Settings
from board_report.metrics.evaluate import evaluate
from board_report.period import windows
project = load_project(Path(sys.argv[1]))
begun = time.perf_counter()
loaded = load_tables(project)
read = time.perf_counter() - begun
specs = {key: each for key, each in metric_catalogue().items() if each.tables == ("detections",)}
figures = evaluate(
    specs, loaded.tables, windows(project.calendar, project.quarter, project.as_of),
    settings=Settings(), targets={}, reported={}, business_units=project.company.business_units,
)
print(json.dumps({
    "seconds": read,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "rows": loaded.tables["detections"].size,
    "held": len(loaded.tables["detections"].frame),
    "figures": repr(sorted(figures.series.items())) + repr(sorted(figures.slices.items())),
}))
"""


def write_alerts(path: Path, count: int) -> None:
    """Alerts over two years: half a million different times of triage, five verdicts, six tools."""
    import numpy as np

    random = np.random.default_rng(20260930)
    begins = np.datetime64("2024-10-01T00:00:00")
    with path.open("w", encoding="utf-8") as file:
        file.write("detection_id,created_at,source,severity,verdict,triaged_at,business_unit\n")
        for first in range(0, count, 100_000):
            size = min(100_000, count - first)
            created = begins + random.integers(0, 63_000_000, size)
            took = np.minimum(np.exp(random.normal(8, 1.6, size)), 5e6).astype("int64")
            columns = zip(
                created.astype(str),
                random.choice(["edr", "siem", "email", "cloud", "identity", "network"], size),
                random.choice(["critical", "high", "medium", "low"], size),
                random.choice(["true_positive", "false_positive", "benign", "undetermined"], size),
                (created + took).astype(str),
                random.choice(["Retail", "Home Care", "Europe"], size),
                strict=True,
            )
            file.writelines(
                f"D-{first + at:09d},{a}Z,{b},{c},{d},{e}Z,{f}\n"
                for at, (a, b, c, d, e, f) in enumerate(columns)
            )


def measure(folder: Path, engine: str) -> dict[str, object]:
    """One way of reading, in a process of its own."""
    (folder / "report.toml").write_text(REPORT.format(engine=engine), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder)], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def compare(count: int, *, engine_only: bool) -> None:
    """Print one line for each way, and their ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "ciso").mkdir()
        write_alerts(folder / "ciso/detections.csv", count)
        ways = ["duckdb"] if engine_only else ["pandas", "duckdb"]
        found = {way: measure(folder, way) for way in ways}
    for way, each in found.items():
        rate = count / float(str(each["seconds"]))
        print(
            f"{count:>12,} rows  {way:<7} {rate:>10,.0f} rows/s {each['megabytes']:>8,.0f} MB"
            f"  {each['held']:>10,} rows held"
        )
    if not engine_only:
        whole, reduced = found["pandas"], found["duckdb"]
        faster = float(str(whole["seconds"])) / float(str(reduced["seconds"]))
        smaller = float(str(whole["megabytes"])) / float(str(reduced["megabytes"]))
        same = "same figures" if whole["figures"] == reduced["figures"] else "FIGURES DIFFER"
        print(f"{'':>12}       the engine is {faster:.1f} times as fast in 1/{smaller:.1f} of the")
        print(f"{'':>12}       memory; {same}")


def main() -> None:
    """Read the sizes from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rows", nargs="*", type=int, default=[100_000, 1_000_000])
    parser.add_argument("--engine-only", action="store_true")
    given = parser.parse_args()
    for count in given.rows:
        compare(count, engine_only=given.engine_only)


if __name__ == "__main__":
    main()
