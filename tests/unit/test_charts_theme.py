"""The theme: one set of colours, measured words, and drawing that the user's settings leave be."""

import re

import matplotlib
import pytest
from fontTools.ttLib import TTFont

from board_report.charts import draw, theme
from board_report.resources import templates_folder
from board_report.story.page import FigureSpec

SPARK = FigureSpec("sparkline", {"values": [3.0, 1.0, 2.0], "target": 2.5}, 104, 24, "")


def luminance(code: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_charts_and_pages_have_the_same_colours() -> None:
    css = (templates_folder() / "css" / "tokens.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6})", css))
    assert tokens == dict(theme.COLORS)


@pytest.mark.parametrize(
    "name", ["ink", "text2", "muted", "accent", "band-label", "off", "near", "on"]
)
def test_every_colour_that_words_are_set_in_can_be_read_on_white(name: str) -> None:
    assert contrast(theme.color(name), "#FFFFFF") >= 4.5


@pytest.mark.parametrize("name", ["ink", "text2", "accent"])
def test_the_words_in_the_ask_can_be_read_on_its_tint(name: str) -> None:
    assert contrast(theme.color(name), theme.color("accent-tint")) >= 4.5


def test_a_colour_that_the_theme_lacks_is_an_error() -> None:
    with pytest.raises(KeyError):
        theme.color("pink")


def test_text_width_is_the_sum_of_the_advances_in_the_font_file() -> None:
    font = TTFont(templates_folder() / "fonts" / "BoardSans-SemiBold.ttf")
    glyphs, metrics = font.getBestCmap(), font["hmtx"]
    advances = sum(metrics[glyphs[ord(letter)]][0] for letter in "Q3 2026 ≤ $44M")
    expected = advances / font["head"].unitsPerEm * 11
    assert theme.text_width("Q3 2026 ≤ $44M", 11, 600) == pytest.approx(expected, abs=0.02)


def test_figures_are_all_equally_wide() -> None:
    assert len({round(theme.text_width(digit), 3) for digit in "0123456789"}) == 1


def test_fit_keeps_what_fits_and_says_that_it_cut() -> None:
    assert theme.fit("short", 200) == "short"
    cut = theme.fit("Pharmaceutical cold-chain logistics", 100)
    assert cut.endswith("…")
    assert theme.text_width(cut) <= 100


def test_wrap_keeps_every_word_where_there_is_room() -> None:
    lines = theme.wrap("Pharmaceutical cold-chain logistics West", 120, lines=3)
    assert " ".join(lines) == "Pharmaceutical cold-chain logistics West"
    assert all(theme.text_width(line) <= 120 for line in lines)


def test_drawing_ignores_the_users_settings_and_leaves_them_as_they_were() -> None:
    clean = draw(SPARK)
    with matplotlib.rc_context({"svg.fonttype": "path", "svg.hashsalt": None, "figure.dpi": 200}):
        assert draw(SPARK) == clean
        assert matplotlib.rcParams["figure.dpi"] == 200
    assert matplotlib.rcParams["svg.fonttype"] == matplotlib.rcParamsDefault["svg.fonttype"]


def test_an_unknown_kind_of_chart_is_named() -> None:
    with pytest.raises(ValueError, match="radar"):
        draw(FigureSpec("radar", {}, 10, 10, ""))
