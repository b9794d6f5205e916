"""Fuzz every reader with atheris: ``python -m tests.fuzz.fuzz_readers --seconds 60``.

Atheris is no dependency: install it into an environment of its own, or put it on PYTHONPATH. Each
target runs in a process of its own for so many seconds of processor time. Any exception but
ReadFaultError, a minute without an end, or more than 2 GB of memory is a failure; the bytes that
led to it are kept, and their file is printed.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

FAULTS = "faults"
_INITED = re.compile(r"INITED\s+cov: (\d+)")
_COV = re.compile(r"cov: (\d+)")
_RUNS = re.compile(r"ended after (\d+) runs and ([\d.]+) s")
_LONGEST = 65_536
_SLOWEST = 40
"""Times the processor time that a target may take by the clock, on a busy machine."""


def main() -> int:
    """Fuzz the targets one after the other; 1 when one of them failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="of the processor, for each target")
    parser.add_argument("--reader", action="append", default=[], help="a target; all when absent")
    parser.add_argument("--folder", type=Path, help="for seeds, corpora and failures")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        _fuzz(given.child, given.folder, given.seconds)
        return 0
    folder = given.folder or Path(tempfile.mkdtemp(prefix="board-report-fuzz-"))
    return _all(folder, given.seconds, given.reader)


def _all(folder: Path, seconds: int, chosen: list[str]) -> int:
    from tests.fuzz.seeds import plant
    from tests.fuzz.targets import targets

    names = chosen or list(targets())
    print(f"everything is kept in {folder}")
    if not (folder / "seeds").exists():
        planted = plant(folder / "seeds")
        print(f"{sum(planted.values()):,} seeds of {len(planted)} kinds")
    runs, spent, failed = 0, 0.0, 0
    for name in names:
        log = _run_child(name, folder, seconds)
        done = _RUNS.search(log)
        some, took = (int(done[1]), float(done[2])) if done else (0, 0.0)
        runs, spent = runs + some, spent + took
        begun, coverage = _INITED.search(log), _COV.findall(log)
        faults = _failures(folder / FAULTS / name)
        failed += len(faults) + (done is None)
        print(
            f"{name}: {some:,} runs, {took:.0f} s, coverage {begun[1] if begun else '?'} -> "
            f"{coverage[-1] if coverage else '?'}, {len(faults)} failures"
            f"{'' if done else ', ENDED EARLY'}",
            flush=True,
        )
        for each in faults:
            print(f"  {each}", flush=True)
    print(f"{runs:,} runs in {spent:.0f} s over {len(names)} targets, {failed} failures")
    return 1 if failed else 0


def _failures(folder: Path) -> list[Path]:
    """The files of failing bytes; those that were only slow are kept beside them."""
    return sorted(
        each
        for each in folder.glob("*")
        if each.is_file() and each.suffix != ".txt" and not each.name.startswith("slow-unit")
    )


def _run_child(name: str, folder: Path, seconds: int) -> str:
    """Fuzz one target in a process of its own; what libFuzzer said."""
    command = (
        *(sys.executable, "-m", "tests.fuzz.fuzz_readers", "--child", name),
        *("--folder", str(folder), "--seconds", str(seconds)),
    )
    ended = subprocess.run(command, capture_output=True, check=False)
    log = ended.stderr.decode("utf-8", "replace") + ended.stdout.decode("utf-8", "replace")
    (folder / f"{name}.log").write_text(log, encoding="utf-8")
    return log


def _fuzz(name: str, folder: Path, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["board_report.sources", "board_report.tables"]):
        from tests.fuzz.targets import targets
    from tests.fuzz.mutate import mutated

    target = targets()[name]
    faults = folder / FAULTS / name
    faults.mkdir(parents=True, exist_ok=True)
    known: set[str] = set()
    count = 0

    def one_input(content: bytes) -> None:
        nonlocal count
        count += 1
        try:
            target(content)
        except BaseException as error:  # noqa: BLE001  (a panic in Rust is no Exception)
            _keep(faults, content, error, known)
        if time.process_time() > seconds:
            print(f"ended after {count} runs and {time.process_time():.1f} s", flush=True)
            os._exit(0)

    def change(content: bytes, largest: int, seed: int) -> bytes:
        def inner(data: bytes) -> bytes:
            return bytes(atheris.Mutate(data, max(largest, len(data) + 64)))

        if seed % 3:
            changed = mutated(content, seed, inner)
            if len(changed) <= largest:
                return changed
        return bytes(atheris.Mutate(content, largest))

    corpus = folder / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = [folder / "seeds" / each for each in (name, "plain")]
    atheris.Setup(
        [
            *(sys.argv[0], str(corpus), *(str(each) for each in seeds if each.exists())),
            *(f"-max_total_time={_SLOWEST * seconds}", "-timeout=60", "-rss_limit_mb=2048"),
            *(f"-max_len={_LONGEST}", f"-artifact_prefix={faults}{os.sep}", "-report_slow_units=5"),
        ],
        one_input,
        custom_mutator=change,
    )
    atheris.Fuzz()


def _keep(folder: Path, content: bytes, error: BaseException, known: set[str]) -> None:
    """Keep the first bytes that led to an error at a place, and what it said."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}-{Path(last.filename).stem}-{last.lineno}"
    if place in known:
        return
    known.add(place)
    (folder / place).write_bytes(content)
    text = "".join(traceback.format_exception(error))
    (folder / f"{place}.txt").write_text(text, encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
