"""Time sealing and verifying beside ``sha256sum`` over the same bytes.

Run ``python -m benchmarks.archive [--quarters 40] [--entities 50] [--runs 3]`` from the repository.
Every entity seals every quarter into one archive, each seal with files of the sizes that a small
report has. The yardstick of sealing is ``cp`` with ``sync`` and ``sha256sum``; that of verifying
is ``sha256sum`` alone, over the objects and the entries, from a warm cache for both.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from board_report.archive.ledger import Stamp, open_archive, verify
from board_report.archive.ledger.local import LocalStore
from board_report.archive.ledger.sealing import FileToSeal, SealRequest, bytes_to_seal, seal

SEED = 20261028
SIZES = (96_000, 40_000, 24_000, 12_000, *[4_000] * 6, *[900] * 6)
"""Bytes of the files of one seal: a few documents, then data and inputs."""
VERIFIER = "verify_archive.py"


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quarters", type=int, default=40)
    parser.add_argument("--entities", type=int, default=50)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="on whose disk; the system's own when left out")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as scratch:
        folder = Path(scratch) / "archive"
        sealed = seal_all(folder, chosen.quarters, chosen.entities)
        copied = copy_and_hash(folder, Path(scratch) / "copy", sealed)
        print("\n".join(rows(folder, sealed, copied, chosen.runs)))


def request(chance: random.Random, quarter: str, entity: str) -> SealRequest:
    """A seal whose files no other has."""
    manifest = bytes_to_seal("manifest.json", chance.randbytes(6_000), "manifest")
    files: list[FileToSeal] = [manifest]
    for number, size in enumerate(SIZES):
        role = ("document", "public", "data", "source")[number % 4]
        files.append(bytes_to_seal(f"file-{number:02d}.bin", chance.randbytes(size), role))
    return SealRequest(
        quarter=quarter,
        entity=entity,
        as_of="2026-09-30",
        is_draft=False,
        manifest_sha256=manifest.kept.sha256,
        inputs_sha256="0" * 64,
        program={"name": "board-report", "version": "0"},
        files=tuple(files),
        left_out=(),
        years={"default": 7},
    )


def seal_all(folder: Path, quarters: int, entities: int) -> list[float]:
    """Seconds of each seal, in order."""
    chance, store = random.Random(SEED), LocalStore(folder)
    seconds = []
    for quarter in range(quarters):
        name = f"{2026 + quarter // 4}-Q{quarter % 4 + 1}"
        stamp = Stamp(f"{2026 + quarter // 4}-12-01T00:00:00Z", "benchmark", "seal", {}, "bench")
        for entity in range(entities):
            wanted = request(chance, name, f"Entity {entity:02d}")
            start = perf_counter()
            seal(store, wanted, stamp)
            seconds.append(perf_counter() - start)
        print(f"{name}: {seconds[-1]:.3f} s for the last seal", file=sys.stderr)
    return seconds


def copy_and_hash(folder: Path, copy: Path, sealed: list[float]) -> float:
    """Seconds a seal's files take when they are copied, synced and hashed by the usual tools."""
    objects = sorted(each for each in (folder / "objects").rglob("*") if each.is_file())
    some = objects[: len(SIZES) * min(20, len(sealed))]
    seconds = []
    for at in range(0, len(some), len(SIZES)):
        files = [str(each) for each in some[at : at + len(SIZES)]]
        target = copy / str(at)
        target.mkdir(parents=True)
        start = perf_counter()
        subprocess.run(["cp", *files, str(target)], check=True)
        made = [str(each) for each in target.iterdir()]
        subprocess.run(["sync", *made, str(target)], check=True)
        subprocess.run(["sha256sum", *made], check=True, stdout=subprocess.DEVNULL)
        seconds.append(perf_counter() - start)
    return median(seconds)


def timed(arguments: list[str], given: bytes = b"") -> float:
    """Seconds that a command takes."""
    start = perf_counter()
    subprocess.run(arguments, input=given, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def rows(folder: Path, sealed: list[float], copied: float, runs: int) -> list[str]:
    """The table."""
    named = "\0".join(
        str(each) for part in ("entries", "objects") for each in (folder / part).rglob("*.json")
    )
    objects = [str(each) for each in (folder / "objects").rglob("*") if each.is_file()]
    names = "\0".join([*filter(None, named.split("\0")), *objects]).encode()
    ours, alone, theirs, listed = [], [], [], []
    for _ in range(runs + 1):
        theirs.append(timed(["xargs", "-0", "sha256sum"], names))
        start = perf_counter()
        report = verify(folder)
        ours.append(perf_counter() - start)
        assert report.faults == ()
        alone.append(timed([sys.executable, str(folder / VERIFIER), str(folder)]))
        start = perf_counter()
        open_archive(folder).seals(quarter="2026-Q1")
        listed.append(perf_counter() - start)
    size = sum(Path(os.fsdecode(each)).stat().st_size for each in names.split(b"\0"))
    base = median(theirs[1:])
    table = [
        f"{len(sealed):,} seals, {len(objects):,} objects, {size / 2**20:,.0f} MiB",
        "",
        "| what | median s | against its yardstick |",
        "| --- | ---: | ---: |",
        f"| copy, sync and hash one seal's files with the usual tools | {copied:.3f} | 1 |",
    ]
    tenth = max(1, len(sealed) // 10)
    for words, part in (("first", sealed[1 : tenth + 1]), ("last", sealed[-tenth:])):
        seconds = median(part)
        table.append(f"| seal, the {words} {tenth:,} | {seconds:.3f} | {seconds / copied:.1f} |")
    table.append(f"| `sha256sum` over all | {base:.2f} | 1 |")
    for words, found in (("verify", ours), ("verify_archive.py", alone)):
        seconds = median(found[1:])
        table.append(f"| {words} | {seconds:.2f} | {seconds / base:.2f} |")
    table.append(f"| find a quarter's seals by the index | {median(listed[1:]):.3f} | |")
    return table


if __name__ == "__main__":
    main()
