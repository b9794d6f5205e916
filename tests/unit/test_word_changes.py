"""What a redline shows of single changes: it reads as a person would have marked it."""

import pytest

from board_report.governance.passage_moves import follow_passages
from board_report.governance.word_changes import Mark, Run, compare, compare_texts
from board_report.governance.word_tokens import sentences_of, tokens_of

_SIGNS = {
    Mark.EQUAL: "{}",
    Mark.DELETE: "[-{}-]",
    Mark.INSERT: "{{+{}+}}",
    Mark.MOVED_FROM: "[<{}<]",
    Mark.MOVED_TO: "{{>{}>}}",
}


def shown(runs: tuple[Run, ...]) -> str:
    return "".join(_SIGNS[each.mark].format(each.text) for each in runs)


# Words within a sentence


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("We review them regularly.", "We review them each year.",
         "We review them [-regularly-]{+each year+}."),
        ("It covers systems that we own or operate.", "It covers systems that we own.",
         "It covers systems that we own[- or operate-]."),
        ("It cost us $4.6 million.", "It cost us $4.7 million.",
         "It cost us [-$4.6 -]{+$4.7 +}million."),
        ("The board meets four times.", "The board meets.",
         "The board meets[- four times-]."),
        ("", "All of it is new.", "{+All of it is new.+}"),
        ("All of it went.", "", "[-All of it went.-]"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_words_that_changed(old: str, new: str, expected: str) -> None:
    assert shown(compare(old, new)) == expected


def test_single_kept_words_do_not_split_a_change() -> None:
    """``our`` is in both, and a change that stops at it would be harder to read."""
    old = "Cyber risks are fully integrated into our enterprise risk framework."
    new = "Cyber risks are held and scored on the same calendar as our financial risks."

    assert shown(compare(old, new)) == (
        "Cyber risks are [-fully integrated into our enterprise risk framework-]"
        "{+held and scored on the same calendar as our financial risks+}."
    )


def test_sentence_put_anew_is_one_change() -> None:
    old = "During 2025 we had no incident that affected us."
    new = "On August 6 we discovered ransomware on a gateway."

    assert shown(compare(old, new)) == f"[-{old}-]{{+{new}+}}"


def test_what_is_struck_out_of_the_next_sentence_stands_with_it() -> None:
    old = "We were not attacked. We have not found risks that matter to the business."
    new = (
        "One incident is still being looked into by counsel. Subject to that, we have not found "
        "risks that matter to the business."
    )

    assert shown(compare(old, new)) == (
        "[-We were not attacked. -]{+One incident is still being looked into by counsel. +}"
        "[-We -]{+Subject to that, we +}have not found risks that matter to the business."
    )


def test_paragraph_break_is_no_change_that_a_reader_sees() -> None:
    runs = compare("We plan. We act.", "We plan.\nWe act.")

    assert [each.mark for each in runs] == [Mark.EQUAL, Mark.DELETE, Mark.INSERT, Mark.EQUAL]
    assert not any(each.is_change for each in runs)


def test_sentence_that_was_parted_did_not_move() -> None:
    whole = (
        "We train all of our staff each year and we test them with mails that look like attacks."
    )
    parted = whole.replace(" and we test", ".\nWe test")

    marks = {each.mark for each in compare(whole, parted)}

    assert not marks & {Mark.MOVED_FROM, Mark.MOVED_TO}


# Moves

TRAINED = "Employees receive security training when they join and once a year after that."
OTHER = "Our board oversees these risks."


def test_sentence_is_followed_to_another_place() -> None:
    found = compare_texts({"a": TRAINED, "b": OTHER}, {"a": "", "b": f"{OTHER} {TRAINED}"})

    assert found["a"] == (Run(Mark.MOVED_FROM, TRAINED, 1),)
    assert shown(found["b"]) == f"{OTHER}{{+ +}}{{>{TRAINED}>}}"
    assert found["b"][-1].move == 1


def test_words_that_changed_on_the_way_are_marked_in_the_move() -> None:
    changed = TRAINED.replace("once a year", "every quarter")

    found = compare_texts({"a": TRAINED, "b": OTHER}, {"a": "", "b": f"{OTHER} {changed}"})

    assert shown(found["a"]) == (
        "[<Employees receive security training when they join and <][-once a year -][<after that.<]"
    )
    assert shown(found["b"]).endswith("{+every quarter +}{>after that.>}")
    assert {each.move for each in found["a"]} == {1}


def test_sentence_that_changed_place_within_its_text_moves() -> None:
    third = "We test our plan with the whole management team twice."
    found = shown(compare(f"{third} {TRAINED} {OTHER}", f"{TRAINED} {OTHER} {third}"))

    assert found == f"[<{third} <]{TRAINED} {OTHER}{{+ +}}{{>{third}>}}"


def test_neighbours_that_moved_together_are_one_move() -> None:
    more = "The plan is tested twice a year by people who did not write it."
    found = compare_texts(
        {"a": f"{TRAINED} {more}", "b": OTHER}, {"a": "", "b": f"{OTHER} {TRAINED} {more}"}
    )

    assert found["a"] == (Run(Mark.MOVED_FROM, f"{TRAINED} {more}", 1),)


def test_passage_of_six_words_is_followed_and_one_of_five_is_not() -> None:
    six, five = "set security terms in our agreements", "set security terms in agreements"
    old = {"a": "We rank providers by need. {} with them.", "b": "We pay."}
    new = {"a": "We rank providers by need.", "b": "We pay and {} where we can."}

    moved = [
        shown(compare_texts(
            {place: text.format(words) for place, text in old.items()},
            {place: text.format(words) for place, text in new.items()},
        )["b"])
        for words in (six, five)
    ]  # fmt: skip

    assert f"{{>{six} >}}" in moved[0]
    assert "{>" not in moved[1]


def test_moves_are_numbered_as_the_new_text_has_them() -> None:
    one, two = TRAINED, "The plan is tested twice a year by people who did not write it."
    found = compare_texts({"a": one, "b": two, "c": ""}, {"a": two, "b": "", "c": one})

    assert [(each.text, each.move) for each in found["a"] if each.mark is Mark.MOVED_TO] == [
        (two, 1)
    ]
    assert [each.move for each in found["c"]] == [2]


def test_phrase_that_is_struck_out_everywhere_is_no_move() -> None:
    phrase = "as we describe in our risk factors"
    runs = {
        **{str(at): (Run(Mark.DELETE, phrase),) for at in range(9)},
        "new": (Run(Mark.INSERT, phrase),),
    }

    assert follow_passages(runs) == runs


# Sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One. ", "Two."]),
        ("Corvane, Inc. files it. It does.", ["Corvane, Inc. files it. ", "It does."]),
        ("The U.S. Board acts. See No. 4.", ["The U.S. Board acts. ", "See No. 4."]),
        ("He said “no.” She left.", ["He said “no.” ", "She left."]),
        ("At 9 a.m. we met", ["At 9 a.m. we met"]),
        ("A head\nIts text.", ["A head\n", "Its text."]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    found = sentences_of(tokens_of(text))

    assert ["".join(t.text + t.space for t in each) for each in found] == expected
