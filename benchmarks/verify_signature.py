"""Time the comparison of what was appended to a signed report, beside pyHanko's own.

Run ``python -m benchmarks.verify_signature [--runs 3] [--deck]`` from the repository. The sample
company's disclosure (with ``--deck`` its deck, which takes pyHanko minutes) is signed at level
B-LTA by a test authority, and both comparisons judge it in turn, A B A B. Each begins with the
bytes of the file, and both must accept it.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

from board_report import pipeline
from board_report.archive.pades import KeyFile, Trust, Verdict, sign_pdf, verify_pdf
from board_report.resources import sample_folder
from board_report.sources.secret import Secret
from tests.signing_authority import PASSWORD, SIGNED_AT, running


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--deck", action="store_true", help="the deck instead of the disclosure")
    chosen = parser.parse_args()
    name = "board-deck.pdf" if chosen.deck else "governance-disclosure.pdf"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        built = pipeline.build(sample_folder(), folder / "output")
        signed, trust = sign(folder, (built.folder / name).read_bytes())
        print(compare(name, signed, trust, chosen.runs))


def sign(folder: Path, data: bytes) -> tuple[bytes, Trust]:
    """The document signed at level B-LTA, and the root that vouches for it."""
    with running() as authority:
        trust = Trust((authority.root.pem,))
        key = KeyFile(authority.key_file(folder / "signer.p12"), Secret(PASSWORD))
        url = f"{authority.address}/tsa"
        signed = sign_pdf(data, key, level="B-LTA", at=SIGNED_AT, timestamp_url=url, trust=trust)
    return signed, trust


def compare(name: str, signed: bytes, trust: Trust, runs: int) -> str:
    """The table: medians of each step, and ratios by pairs."""
    steps: dict[str, Callable[[], None]] = {
        "comparison of revisions, ours": lambda: compare_ours(signed),
        "comparison of revisions, pyHanko's": lambda: compare_pyhanko(signed),
        "whole verification": lambda: verify_whole(signed, trust),
    }
    seconds: dict[str, list[float]] = {step: [] for step in steps}
    compare_ours(signed)
    for _ in range(runs):
        for step, run in steps.items():
            start = perf_counter()
            run()
            seconds[step].append(perf_counter() - start)
    ours, theirs, whole = seconds.values()
    lines = [
        f"{name}, {len(signed):,} bytes, {runs} runs each.",
        "",
        "| step | median s | least | most |",
        "| --- | ---: | ---: | ---: |",
        *(row(step, values) for step, values in seconds.items()),
        row("ratio, pyHanko's comparison to ours", ratios(theirs, ours)),
        row("ratio, pyHanko's comparison to whole verification", ratios(theirs, whole)),
    ]
    return "\n".join(lines)


def compare_ours(signed: bytes) -> None:
    """Explain every revision after the signed one, object by object."""
    from board_report.archive.pades.history import History
    from board_report.archive.pades.prefix import revision_ends
    from board_report.archive.pades.reading import open_pdf
    from board_report.archive.pades.updates import Update

    reader = open_pdf(signed)
    history, ends = History(reader), revision_ends(signed)
    first = reader.embedded_signatures[0].signed_revision
    for revision in range(first + 1, history.count):
        Update(history, revision, (ends[revision - 1], ends[revision])).explain()


def compare_pyhanko(signed: bytes) -> None:
    """The comparison that pyHanko makes unless it is told otherwise."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, SuspiciousModification

    reader = PdfFileReader(BytesIO(signed))
    first = reader.embedded_signatures[0].signed_revision
    found = DEFAULT_DIFF_POLICY.review_file(reader, first)
    assert not isinstance(found, SuspiciousModification), found


def verify_whole(signed: bytes, trust: Trust) -> None:
    """Both signatures of the file, with everything that is checked."""
    reports = verify_pdf(signed, trust_roots=trust, at=SIGNED_AT)
    assert {each.verdict for each in reports} == {Verdict.VALID}


def ratios(one: list[float], other: list[float]) -> list[float]:
    """Ratios of runs that were made one after the other."""
    return [first / second for first, second in zip(one, other, strict=True)]


def row(name: str, values: list[float]) -> str:
    """One row of the table."""
    return f"| {name} | {median(values):.2f} | {min(values):.2f} | {max(values):.2f} |"


if __name__ == "__main__":
    main()
