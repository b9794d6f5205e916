"""How the word-by-word comparison grows with its text, beside the standard library's on words.

Each case is compared at growing lengths in one process, and the ratios are printed: seconds differ
from machine to machine, ratios much less.

    python -m benchmarks.word_changes
    python -m benchmarks.word_changes --words 20000 --standard
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from difflib import SequenceMatcher

from board_report.governance.word_changes import compare

VOCABULARY = [f"word{number:x}" for number in range(800)] + ["the", "of", "and", "to", "our"] * 40
Case = Callable[[random.Random, int], tuple[str, str]]


def sentences(chance: random.Random, words: int) -> list[str]:
    """Sentences of 8 to 30 words, of common and less common ones."""
    found: list[str] = []
    while words > 0:
        size = chance.randint(8, 30)
        found.append(" ".join(chance.choices(VOCABULARY, k=size)).capitalize() + ".")
        words -= size
    return found


def edited(chance: random.Random, words: int) -> tuple[str, str]:
    """A year's changes: one sentence in 20 gone, one new, one moved; one in four reworded."""
    old = sentences(chance, words)
    new: list[str] = []
    for each in old:
        fate = chance.random()
        parts = each.split()
        if fate < 0.30:
            parts[chance.randrange(len(parts))] = "changed"
        if fate >= 0.05:
            new.append(" ".join(parts))
        if fate > 0.95:
            new += sentences(chance, 10)
    for _ in range(len(new) // 20):
        new.insert(chance.randrange(len(new)), new.pop(chance.randrange(len(new))))
    return " ".join(old), " ".join(new)


def anew(chance: random.Random, words: int) -> tuple[str, str]:
    """Nothing in common but words."""
    return " ".join(sentences(chance, words)), " ".join(sentences(chance, words))


def shuffled(chance: random.Random, words: int) -> tuple[str, str]:
    """The same sentences in another order."""
    old = sentences(chance, words)
    return " ".join(old), " ".join(chance.sample(old, len(old)))


def repeated(_: random.Random, words: int) -> tuple[str, str]:
    """One sentence again and again."""
    year, quarter = "We assess these risks each year.", "We assess these risks each quarter."
    return " ".join([year] * (words // 6)), " ".join([quarter, year] * (words // 12))


def unbroken(chance: random.Random, words: int) -> tuple[str, str]:
    """One sentence as long as the text, and another: no full stop to hold on to."""
    old, new = anew(chance, words)
    return old.replace(".", ""), new.replace(".", "")


CASES: tuple[Case, ...] = (edited, anew, shuffled, repeated, unbroken)
HOPELESS = (repeated,)
"""Where the standard library's matcher was not done after eight minutes."""


def seconds(case: Case, words: int, *, standard: bool) -> float:
    """Seconds for one comparison, by ours or by the standard library's matcher on words."""
    old, new = case(random.Random(1), words)
    start = time.perf_counter()
    if standard:
        SequenceMatcher(None, old.split(), new.split(), autojunk=False).get_opcodes()
    else:
        compare(old, new)
    return time.perf_counter() - start


def main() -> None:
    """Print a line for each case."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--standard", action="store_true", help="also the standard library's")
    given = parser.parse_args()
    for case in CASES:
        long = seconds(case, given.words, standard=False)
        short = seconds(case, given.words // 4, standard=False)
        line = f"{case.__name__:10} {long:7.3f} s, {long / short:5.1f} times a quarter of it"
        if given.standard and case not in HOPELESS:
            line += f"; standard / ours {seconds(case, given.words, standard=True) / long:6.1f}"
        print(line)


if __name__ == "__main__":
    main()
