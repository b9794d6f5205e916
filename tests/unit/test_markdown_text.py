"""Emphasis prints, nothing else does, and every word keeps the line it was typed on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from board_report.story.live_figures import Citation
from board_report.story.live_text import LiveText, TextLine
from board_report.story.markdown_text import (
    Piece,
    Words,
    is_item,
    paragraphs,
    split_at_bars,
    words_of,
)

NINETEEN = LiveText("19 h & *more*", Citation("mttd"))
SIGN = "\U00100000"


class RefusedError(Exception):
    """What the tests have refused with."""


def words(*lines: str) -> Words:
    """The words of lines 5, 6 and so on; the private sign is 19 h."""
    text = [TextLine(line, at) for at, line in enumerate(lines, 5)]
    return words_of(text, [NINETEEN], lambda what, line: RefusedError(f"{line}: {what}"))


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("Plain words.", "Plain words.", ""),
        ("**Bold** and *so*.", "Bold and so.", "<strong>Bold</strong> and <em>so</em>."),
        ("__Bold__ and _so_.", "Bold and so.", "<strong>Bold</strong> and <em>so</em>."),
        ("***Both***", "Both", "<em><strong>Both</strong></em>"),
        ("snake_case_name 2*3*4", "snake_case_name 234", "snake_case_name 2<em>3</em>4"),
        (r"Not \*so\* & <b>no</b>", "Not *so* & <b>no</b>", ""),
        ("**a < b & c**", "a < b & c", "<strong>a &lt; b &amp; c</strong>"),
        ("<script>x</script> *so*", "<script>x</script> so",
         "&lt;script&gt;x&lt;/script&gt; <em>so</em>"),
        ("See [the **plan**](https://example.com/9).", "See the plan.",
         "See the <strong>plan</strong>."),
        ("Run `x*y*z`.", "Run x*y*z.", ""),
        ("A **broken start.", "A **broken start.", ""),
    ],
)  # fmt: skip
def test_emphasis(typed: str, text: str, marked: str) -> None:
    found = words(typed)
    assert (found.text, str(found.marked)) == (text, marked)


def test_markup_is_marked_as_safe_only_where_it_is() -> None:
    assert isinstance(words("*so*").marked, Markup)
    assert words("so").marked == ""


def test_live_text_is_neither_markdown_nor_markup() -> None:
    found = words(f"It took **{SIGN}**.")
    assert found.text == "It took 19 h & *more*."
    assert found.marked == "It took <strong>19 h &amp; *more*</strong>."
    assert found.pieces == (
        Piece("It took ", 5), Piece("19 h & *more*", 5, Citation("mttd")), Piece(".", 5),
    )  # fmt: skip


def test_words_keep_their_lines() -> None:
    """Blank lines between them count."""
    found = words("one **two", "three** four", "", "five ")
    assert found.text == "one two three four five"
    assert [(each.text, each.line) for each in found.pieces] == [
        ("one two ", 5), ("three four ", 6), ("five", 8),
    ]  # fmt: skip
    assert (found.line, words("").line) == (5, 0)


def test_a_picture_is_refused_with_its_line() -> None:
    with pytest.raises(RefusedError, match="6: a picture"):
        words("fine", "![alt](x.png)")


@given(st.text(alphabet="ab *_`<>&[]()!\\#|{}\"'-1.", max_size=40))
def test_only_four_tags_are_ever_marked_up(typed: str) -> None:
    """Whatever is typed, the markup without its tags is the escaped text."""
    try:
        found = words(typed)
    except RefusedError:
        return
    if found.marked:
        bare = str(found.marked)
        for tag in ("<strong>", "</strong>", "<em>", "</em>"):
            bare = bare.replace(tag, "")
        assert bare.strip() == str(escape(found.text)).strip()


def test_blocks_are_paragraphs_and_items() -> None:
    lines = [
        TextLine(text, at)
        for at, text in enumerate(["one", "two", "", "- three", "  four", "* five", "", "six"], 1)
    ]
    assert [[each.text for each in block] for block in paragraphs(lines)] == [
        ["one", "two"], ["three", "  four"], ["five"], ["six"],
    ]  # fmt: skip
    assert [is_item(each) for each in lines] == [
        False, False, False, True, False, True, False, False,
    ]  # fmt: skip
    assert not is_item(TextLine("*so* it is", 1))


def test_bars_part_an_item_over_its_lines() -> None:
    parts = split_at_bars([TextLine("a | b", 3), TextLine("c|d", 4)])
    assert [[(each.text, each.line) for each in part] for part in parts] == [
        [("a ", 3)], [(" b", 3), ("c", 4)], [("d", 4)],
    ]  # fmt: skip
