"""A redline loses no word: each side can be had back from it, whatever the texts."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from board_report.governance.sequence_match import heaviest_rising, in_order
from board_report.governance.word_changes import NEW, OLD, Mark, Run, compare, compare_texts
from board_report.governance.word_tokens import joined, sentences_of, tokens_of

WORDS = st.sampled_from(
    [
        *("we", "assess", "risks", "from", "threats", "each", "year", "the", "board", "oversees"),
        *("them", "with", "$4.6", "million,", "Inc.", "U.S.", "systems;", "providers", "(CISO)"),
        *("reports", "“quarterly”", "third-party", "2026", "and", "not"),
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: f"{' '.join(words)}.")
PARAGRAPHS = st.lists(SENTENCES, max_size=6).map(" ".join)
PROSE = st.lists(PARAGRAPHS, max_size=3).map("\n".join)
ANY = st.one_of(PROSE, st.text(max_size=80))
ITEMS = st.dictionaries(st.sampled_from("abcd"), ANY)


def side(runs: tuple[Run, ...], marks: frozenset[Mark]) -> str:
    return "".join(each.text for each in runs if each.mark in marks)


@given(old=ANY, new=ANY)
@example(old="One. Two three four.", new="Two three four. One.")
@example(old="own or operate.", new="own.")
@example(old="a\n b", new="a b")
def test_each_side_can_be_had_back(old: str, new: str) -> None:
    runs = compare(old, new)

    assert side(runs, OLD) == old
    assert side(runs, NEW) == new


@given(old=ITEMS, new=ITEMS)
def test_each_side_of_every_place_can_be_had_back(old: dict[str, str], new: dict[str, str]) -> None:
    found = compare_texts(old, new)

    assert set(found) == {*old, *new}
    for place, runs in found.items():
        assert side(runs, OLD) == old.get(place, "")
        assert side(runs, NEW) == new.get(place, "")
        assert all(each.text for each in runs)


@given(old=ITEMS, new=ITEMS)
def test_what_moved_left_one_place_and_stands_at_one(
    old: dict[str, str], new: dict[str, str]
) -> None:
    runs = [each for some in compare_texts(old, new).values() for each in some]
    went = {each.move: "" for each in runs if each.mark is Mark.MOVED_FROM}
    came = {each.move: "" for each in runs if each.mark is Mark.MOVED_TO}
    for each in runs:
        if each.mark is Mark.MOVED_FROM:
            went[each.move] += each.text
        if each.mark is Mark.MOVED_TO:
            came[each.move] += each.text

    assert list(came) == list(range(1, len(came) + 1))
    for move, text in went.items():
        assert "".join(text.split()) == "".join(came[move].split())


@given(text=ANY)
def test_a_text_held_against_itself_has_no_change(text: str) -> None:
    assert compare(text, text) == ((Run(Mark.EQUAL, text),) if text else ())


@given(old=ITEMS, new=ITEMS)
def test_the_same_texts_give_the_same_changes(old: dict[str, str], new: dict[str, str]) -> None:
    assert compare_texts(old, new) == compare_texts(dict(old), dict(new))


@given(old=PROSE)
def test_two_neighbours_never_have_one_mark(old: str) -> None:
    runs = compare(old, f"At first. {old} At last.")
    pairs = pairwise(runs)

    assert not any((a.mark, a.move) == (b.mark, b.move) for a, b in pairs)


@given(text=ANY)
def test_tokens_and_sentences_are_the_text(text: str) -> None:
    tokens = tokens_of(text)

    assert joined(tokens) == text
    assert [token for each in sentences_of(tokens) for token in each] == list(tokens)


ITEMS_OF_FEW = st.lists(st.sampled_from("abcdef"), max_size=10)


@given(old=ITEMS_OF_FEW, new=ITEMS_OF_FEW)
def test_pairs_rise_and_are_equal(old: list[str], new: list[str]) -> None:
    pairs = in_order(old, new)

    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@given(st.permutations(range(7)), st.lists(st.integers(1, 9), min_size=7, max_size=7))
def test_no_rising_choice_is_heavier(order: list[int], weights: list[int]) -> None:
    chosen = heaviest_rising(zip(range(7), order, weights, strict=True))

    heaviest = max(
        sum(weights[at] for at in range(7) if bits >> at & 1)
        for bits in range(1 << 7)
        if (rising := [order[at] for at in range(7) if bits >> at & 1]) == sorted(rising)
    )
    assert sum(weights[at] for at, _ in chosen) == heaviest
