"""A value is made once for each instance, and by one instance while another makes its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

from board_report.risk.kept import kept


@dataclass(frozen=True)
class Numbers:
    values: tuple[int, ...]

    @kept
    def doubled(self) -> list[int]:
        """Twice each."""
        return [2 * each for each in self.values]


def test_a_value_is_made_once():
    one, same = Numbers((1, 2)), Numbers((1, 2))
    assert one.doubled is one.doubled
    assert one.doubled is not same.doubled
    assert (one.doubled, one) == ([2, 4], same)


def test_the_class_tells_what_it_keeps():
    assert Numbers.doubled.__doc__ == "Twice each."


def test_two_instances_make_theirs_at_once():
    """Each waits for the other: under one lock for both they would wait for ever."""
    both = Barrier(2, timeout=20)

    class Waiting:
        @kept
        def met(self) -> bool:
            both.wait()
            return True

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda each: each.met, [Waiting(), Waiting()])) == [True, True]
