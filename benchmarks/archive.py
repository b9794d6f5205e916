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
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from time import perf_counter

from board_report.archive.ledger import Stamp, open_archive, verify
from board_report.archive.ledger.entries import entry_bytes, entry_name, sha256_of
from board_report.archive.ledger.local import Disk, LocalStore
from board_report.archive.ledger.sealing import FileToSeal, SealRequest, bytes_to_seal, seal
from board_report.archive.ledger.store import object_name

SEED = 20261028
SIZES = (96_000, 40_000, 24_000, 12_000, *[4_000] * 6, *[900] * 6)
"""Bytes of the files of one seal: a few documents, then data and inputs."""
TIMED = 20
"""Seals that are measured at the beginning and at the end."""
STAMP = Stamp("2026-12-01T00:00:00Z", "benchmark", "archive seal", {}, "benchmark")
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
        first, last = seal_all(folder, chosen.quarters, chosen.entities)
        copied = copy_and_hash(folder, Path(scratch) / "copy")
        print("\n".join(rows(folder, first, last, copied, chosen.runs)))


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


def seal_all(folder: Path, quarters: int, entities: int) -> tuple[list[float], list[float]]:
    """Fill an archive; seconds of each of its first and of its last seals.

    Those between are written with the same functions, without the look at all that was there
    before and without waiting for the disk, or filling it would take hours.
    """
    chance, store = random.Random(SEED), LocalStore(folder)
    wanted = [
        request(chance, f"{2026 + quarter // 4}-Q{quarter % 4 + 1}", f"Entity {entity:02d}")
        for quarter in range(quarters)
        for entity in range(entities)
    ]
    timed_at = min(TIMED, len(wanted) // 2)
    first = [timed_seal(store, each) for each in wanted[:timed_at]]
    fill(folder, wanted[timed_at:-timed_at])
    last = [timed_seal(store, each) for each in wanted[-timed_at:]]
    return first, last


def timed_seal(store: LocalStore, wanted: SealRequest) -> float:
    """Seconds that one seal takes."""
    start = perf_counter()
    seal(store, wanted, STAMP)
    return perf_counter() - start


def fill(folder: Path, wanted: list[SealRequest]) -> None:
    """Write seals at the end of the chain."""
    store = LocalStore(folder, Unsynced())
    chain = open_archive(store).chain()
    body, number, previous = dict(chain.entries[-1].body), chain.last, chain.head
    for each in wanted:
        number += 1
        files = sorted((one.kept for one in each.files), key=lambda one: one.name)
        body |= {
            "quarter": each.quarter,
            "entity": each.entity,
            "manifest_sha256": each.manifest_sha256,
            "files": [one.record() for one in files if one.name != "public-pack.json"],
        }
        for one in each.files:
            store.write_once(object_name(one.kept.sha256), one.chunks())
        data = entry_bytes(number, "seal", STAMP, previous, body)
        store.write_once(entry_name(number), [data])
        previous = sha256_of(data)


class Unsynced(Disk):
    """A disk that is not waited for."""

    def create(self, path: Path, chunks: Iterable[bytes]) -> None:
        """Write a new file."""
        with path.open("xb") as stream:
            for chunk in chunks:
                stream.write(chunk)


def copy_and_hash(folder: Path, copy: Path) -> float:
    """Seconds a seal's files take when they are copied, synced and hashed by the usual tools."""
    objects = sorted(each for each in (folder / "objects").rglob("*") if each.is_file())
    some = objects[: len(SIZES) * TIMED]
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


def rows(
    folder: Path, first: list[float], last: list[float], copied: float, runs: int
) -> list[str]:
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
        f"{report.entries - 1:,} seals, {len(objects):,} objects, {size / 2**20:,.0f} MiB",
        "",
        "| what | median s | against its yardstick |",
        "| --- | ---: | ---: |",
        f"| copy, sync and hash one seal's files with the usual tools | {copied:.3f} | 1 |",
    ]
    for words, part in (("first", first), ("last", last)):
        seconds = median(part)
        table.append(f"| one of the {words} seals | {seconds:.3f} | {seconds / copied:.1f} |")
    table.append(f"| `sha256sum` over all | {base:.2f} | 1 |")
    for words, found in (("verify", ours), ("verify_archive.py", alone)):
        seconds = median(found[1:])
        table.append(f"| {words} | {seconds:.2f} | {seconds / base:.2f} |")
    table.append(f"| find a quarter's seals by the index | {median(listed[1:]):.3f} | |")
    return table


if __name__ == "__main__":
    main()
