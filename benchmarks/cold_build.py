"""Time a cold build of the sample company, stage by stage, beside Chromium printing its HTML.

Run ``python -m benchmarks.cold_build [--runs 5]`` from the repository. The two are run in
turn, A B A B, so that a drift of the machine falls on both. Chromium is optional: without it the
build alone is measured. Chromium gets finished HTML and finished charts, so its figure leaves out
reading, figures, pages and charts, which ours includes; the row "setting alone" compares like
with like.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from board_report import pipeline
from board_report.resources import sample_folder, templates_folder

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
)
SETTING = ("deck", "disclosure alone")


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--output", type=Path, help="also write the table to this file")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(build_once(chosen.one)))
        return
    table = compare(chosen.runs)
    print(table)
    if chosen.output:
        chosen.output.write_text(table, encoding="utf-8")


def build_once(output: Path) -> dict[str, float]:
    """One build in this process: seconds by stage, the whole, and the peak memory in MiB."""
    start = perf_counter()
    built = pipeline.build(sample_folder(), output)
    return {
        **built.seconds,
        "whole": perf_counter() - start,
        "peak MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def compare(runs: int) -> str:
    """The table: medians, least and most of each stage, and the ratio to Chromium by pairs."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        pages = export_html(folder)
        cold_build(folder / "warm-up")
        ours, theirs = [], []
        for at in range(runs):
            ours.append(cold_build(folder / f"run-{at}"))
            if chromium:
                theirs.append(sum(print_with(chromium, page, folder) for page in pages))
    return as_table(ours, theirs)


def cold_build(output: Path) -> dict[str, float]:
    """A build in a process of its own, with the start of the interpreter."""
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.cold_build", "--one", str(output)],
        check=True,
        capture_output=True,
        cwd=ROOT,
        text=True,
    )
    stages = json.loads(done.stdout.splitlines()[-1])
    return {"start and imports": perf_counter() - start - stages["whole"], **stages} | {
        "process": perf_counter() - start
    }


def export_html(folder: Path) -> list[Path]:
    """Both documents as HTML beside their style sheets, fonts and charts, for a browser."""
    from board_report.charts import draw_all
    from board_report.documents.deck import deck_figures, deck_html
    from board_report.documents.disclosure import disclosure_html

    inputs = pipeline.read_inputs(sample_folder())
    figures, model = pipeline.compute_figures(inputs)
    deck = pipeline.deck_context(pipeline.tell_story(inputs, figures, model))
    site = folder / "site"
    shutil.copytree(templates_folder(), site)
    for name, drawing in draw_all(deck_figures(deck)).items():
        (site / name).write_bytes(drawing.svg)
    texts = {
        "deck.html": deck_html(deck, templates_folder()).replace('src="figure:', 'src="'),
        "disclosure.html": disclosure_html(
            pipeline.disclosure_context(inputs, figures), templates_folder()
        ),
    }
    for name, text in texts.items():
        (site / name).write_text(text, encoding="utf-8")
    return [site / name for name in texts]


def print_with(chromium: str, page: Path, folder: Path) -> float:
    """Seconds that a fresh browser takes to print one page to PDF."""
    profile = Path(tempfile.mkdtemp(dir=folder))
    start = perf_counter()
    subprocess.run(
        [
            chromium,
            *CHROMIUM_FLAGS,
            f"--user-data-dir={profile}",
            f"--print-to-pdf={folder / page.stem}.pdf",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        env=os.environ | {"HOME": str(profile)},
    )
    return perf_counter() - start


def as_table(ours: list[dict[str, float]], theirs: list[float]) -> str:
    """Markdown: one row a stage, then the browser and the ratio."""
    lines = [
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {len(ours)} runs each.",
        "",
        "| stage | median s | least | most |",
        "| --- | ---: | ---: | ---: |",
    ]
    names = [name for name in ours[0] if name not in ("whole", "process", "peak MiB")]
    for name in [*names, "process"]:
        lines.append(row("whole process" if name == "process" else name, [o[name] for o in ours]))
    if theirs:
        lines.append(row("Chromium, finished HTML and charts", theirs))
        ratios = [one["process"] / other for one, other in zip(ours, theirs, strict=True)]
        lines.append(row("ratio, whole process to Chromium", ratios))
        setting = [one["deck"] / other for one, other in zip(ours, theirs, strict=True)]
        lines.append(row("ratio, setting the deck to Chromium (both)", setting))
    lines.append("")
    lines.append(f"Peak memory of the process: {median(o['peak MiB'] for o in ours):.0f} MiB.")
    return "\n".join(lines) + "\n"


def row(name: str, values: list[float]) -> str:
    """One row of the table."""
    return f"| {name} | {median(values):.2f} | {min(values):.2f} | {max(values):.2f} |"


if __name__ == "__main__":
    main()
