"""The word behind a draft: no text, pale enough for every colour of words, on every page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pypdfium2
import pytest

from board_report.documents.disclosure import render_disclosure
from board_report.resources import templates_folder
from board_report.story.public import public_context
from tests.governance_data import record

MOMENT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
CSS = templates_folder() / "css"
HEADER = 60
"""Points from the top of a page to its text; the header words the state differently."""
MARKS = ("draft-landscape.svg", "draft-portrait.svg")


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB`` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_rule() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mark", MARKS)
def test_every_colour_of_words_can_be_read_on_it(mark: str) -> None:
    (fill,) = re.findall(r'fill="(#\w{6})"', (CSS / "marks" / mark).read_text())
    tokens = dict(re.findall(r"--([\w-]+): (#\w{6});", (CSS / "tokens.css").read_text()))
    words = ("ink", "text2", "muted", "accent", "band-label", "off", "near", "on")

    assert min(contrast(tokens[name], fill) for name in words) >= 4.5
    # And it can still be seen.
    assert contrast("#FFFFFF", fill) > 1.1


@pytest.mark.parametrize("mark", MARKS)
def test_mark_is_an_outline_and_no_text(mark: str) -> None:
    assert re.findall(r"<(\w+)", (CSS / "marks" / mark).read_text()) == ["svg", "path"]


@pytest.fixture(scope="module")
def rendered() -> Callable[[bool], pypdfium2.PdfDocument]:
    def render(is_draft: bool) -> pypdfium2.PdfDocument:
        context = replace(public_context(record()), is_draft=is_draft)
        result = render_disclosure(context, templates=templates_folder(), generated_at=MOMENT)
        assert result.warnings == ()
        return pypdfium2.PdfDocument(result.data)

    return render


def grey(page: Any) -> np.ndarray[Any, Any]:
    return np.asarray(page.render(scale=1, grayscale=True).to_numpy()).astype(int).squeeze()


def test_draft_differs_by_the_mark_alone(
    rendered: Callable[[bool], pypdfium2.PdfDocument],
) -> None:
    """It lies under the words, in place of white, on every page, and adds no text."""
    draft, plain = rendered(True), rendered(False)

    assert len(draft) == len(plain) >= 2
    for with_mark, without in zip(draft, plain, strict=True):
        texts = [page.get_textpage().get_text_range() for page in (with_mark, without)]
        assert texts[0] == texts[1].replace("counsel · as of ", "counsel · ")
        marked, bare = (grey(page)[HEADER:] for page in (with_mark, without))
        changed = marked != bare
        assert 0.03 < changed.mean() < 0.3
        assert marked[changed & (bare == 255)].min() >= 225
        assert np.abs(marked - bare)[bare < 100].max() <= 15
