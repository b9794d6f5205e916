"""The leaders' words are measured before they are set."""

from dataclasses import replace

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from board_report.errors import CommentaryError
from board_report.resources import templates_folder
from board_report.story.fit import fitted, voices_height
from board_report.story.page import Action, Ask, Judgement, Voices
from board_report.typeset import FACES, lines_needed, text_width

SENTENCE = "We see attackers sooner than a year ago, yet recovery has not moved."


@pytest.mark.parametrize("face", FACES)
def test_width_agrees_with_another_engine(face):
    """Matplotlib's own text path, kerning included, is within two percent."""
    font = FontProperties(fname=templates_folder() / "fonts" / FACES[face])
    other = TextPath((0, 0), SENTENCE, size=12, prop=font).get_extents().width
    assert text_width(SENTENCE, 12, face) == pytest.approx(other, rel=0.02)


def test_words_are_set_greedily():
    width = text_width("one two", 12)
    assert lines_needed("one two", width + 0.1, 12) == 1
    assert lines_needed("one two three", width + 0.1, 12) == 2
    assert lines_needed("x" * 100, 60, 12) > 5


def test_height_is_the_sum_of_the_style_sheet():
    """One line each: rule, head and text of the three voices."""
    voices = Voices(
        means=(Judgement("CISO", "Yes."),),
        does=(Action("Do.", "D", "1"),),
        needs=Ask("Go", "soon"),
    )
    expected = (
        (6.4 + 14 + 3 + 18 + 12) + (6.4 + 14 + 4 + 16 + 14 + 12) + (2.4 + 6 + 14 + 2 + 16 + 14 + 9)
    )
    assert voices_height(voices, 272) == pytest.approx(expected)
    assert voices_height(Voices(), 272) == 0


def test_facts_and_recommendations_take_their_room():
    """Two facts of one person share a head; a recommendation has no rule over it."""
    facts = (Judgement("", "One."), Judgement("", "Two."), Judgement("CTO", "Three."))
    expected = 6.4 + 2 * 14 + (3 + 4 + 7 + 3) + 3 * 16 + 12
    assert voices_height(Voices(facts=facts), 272) == pytest.approx(expected)
    asked = (Judgement("CISO", "Buy."), Judgement("CTO", "Wait."))
    expected = 2 * (14 + 2 + 16) + 7 + 12
    assert voices_height(Voices(recommends=asked), 272) == pytest.approx(expected)


@pytest.mark.parametrize("voice", ["facts", "means", "recommends", "does"])
def test_emphasis_is_measured_as_if_all_were_bold(voice):
    """At a width that just holds the text in one line, it takes two when any of it is bold."""
    face = "serif-italic" if voice == "means" else "sans"
    size = 13 if voice == "means" else 12
    inner = text_width(SENTENCE, size, face) + 1
    width = inner + (10.4 if voice == "recommends" else 0)

    def height(marked):
        said = Action(SENTENCE, "", "", marked) if voice == "does" else None
        return voices_height(
            Voices(**{voice: (said or Judgement("CISO", SENTENCE, marked),)}), width
        )

    leading = 18 if voice == "means" else 16
    assert height("<strong>x</strong>") - height("") == pytest.approx(leading)


def test_bold_faces_are_never_narrower():
    for plain, bold in (("sans", "sans-semibold"), ("serif-italic", "serif-semibold")):
        assert text_width(SENTENCE, 12, bold) > text_width(SENTENCE, 12, plain)


def test_words_are_set_closer_before_they_are_refused():
    """At 272 points twelve sentences take 19 lines of 18 usually, and fewer of 15.5 set closer."""
    voices = Voices(means=(Judgement("CISO", " ".join([SENTENCE] * 12)),))
    assert voices_height(voices, 272) > 340
    assert fitted(voices, (272, 340), where="x") == replace(voices, is_dense=True)
    few = Voices(means=(Judgement("CISO", SENTENCE),))
    assert fitted(few, (272, 340), where="x") == few


def test_too_much_is_refused_with_the_words_to_cut():
    voices = Voices(means=(Judgement("CISO", " ".join([SENTENCE] * 16)),))
    with pytest.raises(CommentaryError) as caught:
        fitted(voices, (272, 340), where="commentary/people.md")
    assert caught.value.where == "commentary/people.md"
    assert "the page has 340" in caught.value.what
    assert "of its 208 words" in caught.value.mend


def test_a_page_without_a_column_takes_no_commentary():
    with pytest.raises(CommentaryError, match="no column for commentary"):
        fitted(Voices(means=(Judgement("CISO", SENTENCE),)), None, where="commentary/cover.md")
    assert fitted(Voices(), None, where="x") == Voices()
