"""A page with everything our documents use is PDF/A-3a and PDF/UA-1 at once, by veraPDF's word.

``assert_archival`` in ``tests.verapdf`` takes any finished files; the sample project's two
documents belong through it too.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from board_report.documents.pdf import Attachment, write_pdf
from board_report.resources import templates_folder
from tests.verapdf import Report, assert_archival, require_checker, validate

MOMENT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
DATA = Attachment("figures.csv", b"metric,value\nmttd,3.1\n", "text/csv", "Every figure shown.")

PAGE = """<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8">
<title>Cyber risk, third quarter</title>
<meta name="author" content="Chief Information Security Officer">
<meta name="description" content="Report to the board">
<meta name="keywords" content="cyber risk, board">
<link rel="stylesheet" href="css/fonts.css">
<style>
@page { size: 960pt 540pt; margin: 48pt;
        @bottom-left { content: "Confidential"; font: 9pt "Board Sans"; }
        @bottom-right { content: "Page " counter(page) " of " counter(pages);
                        font: 9pt "Board Sans" }
        @top-right { content: element(owner); } }
body { font: 12pt/16pt "Board Sans"; color: #15202B }
h1 { font: 600 24pt/28pt "Board Serif Display"; string-set: title content() }
em { font: italic 13pt/18pt "Board Serif"; }
.owner { position: running(owner); font-size: 9pt }
.slide { position: relative; height: 400pt; break-after: page }
.left { position: absolute; left: 0; top: 60pt; width: 420pt }
.right { position: absolute; left: 444pt; top: 60pt; width: 346pt; background: #DBE7F2;
         border-left: 2.4pt solid #0B4F8A; padding: 6pt }
.right::before { content: ""; display: block; width: 50pt; height: 3pt; background: #0B4F8A }
.note { float: left; width: 88pt; font-size: 9pt } .flow { margin-left: 104pt }
.row { display: flex; gap: 12pt } .row > div { flex: 1 }
table { border-collapse: collapse; width: 100% } tr { border-bottom: .5pt solid #BFC8D0 }
del { color: #A31621 }
</style></head><body>
<p class="owner">Owner: CISO</p>
<section class="slide" id="risk">
<h1>Risk is within appetite, and above tolerance once in 40 years</h1>
<div class="left"><figure><img src="figure:loss.svg" style="width:420pt; height:200pt"
 alt="Loss by year: 3.1 million dollars in the current quarter, from 4.2 a year ago.">
 <figcaption>Loss, $ million</figcaption></figure></div>
<div class="right"><h2>What it means</h2><p><em>Recovery ≤ 4 h → on target − 0.3×</em></p>
<h2>What we need</h2><ul><li>Approve $4.2M</li><li>Renew cover<ul><li>by 30 June</li></ul></li></ul>
<p>See <a href="#detail">the detail</a> and
<a href="https://www.sec.gov/">the commission's rule</a>.</p></div></section>
<section id="detail"><h1>Detail</h1><h2>Measures</h2>
<table><caption>Measures by quarter</caption>
<thead><tr><th scope="col">Measure</th><th scope="col" colspan="2">Quarters</th></tr></thead>
<tbody><tr><th scope="row">Days to detect</th><td>3.1</td><td>4.0</td></tr>
<tr><th scope="row" rowspan="2">Open cases</th><td>12</td><td>9</td></tr>
<tr><td>11</td><td>8</td></tr></tbody></table>
<div class="row"><div><h3>Left</h3><p>One</p></div><div><h3>Right</h3><p>Two</p></div></div>
<p class="note">Item 106(b)(1)</p><p class="flow">We <del>had</del> <ins>have</ins> a process.</p>
<ol><li>First</li><li>Second</li></ol><dl><dt>CSF</dt><dd>Framework</dd></dl>
<blockquote>Quoted</blockquote><hr>
<p><img src="figure:logo.png" alt="Company logo"></p></section></body></html>"""


def draw_chart() -> bytes:
    """A chart as the program makes them: text as text, a hatch, markers, no date, fixed ids."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    out = BytesIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "x", "font.size": 11}):
        figure = Figure(figsize=(420 / 72, 200 / 72))
        axes = figure.add_axes((0.1, 0.15, 0.85, 0.75))
        axes.bar([1, 2], [4.2, 3.1], hatch="//", alpha=0.5)
        axes.plot([1, 2], [3.0, 3.5], "o--")
        axes.fill_between([1, 2], [2.5, 3.0], [3.5, 4.0], alpha=0.2)
        axes.text(1.4, 1.0, "≤ tolerance")
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None})
    return out.getvalue().replace(b"DejaVu Sans", b"Board Sans")


def draw_logo() -> bytes:
    """A picture made of pixels, half transparent."""
    from PIL import Image

    out = BytesIO()
    Image.new("RGBA", (8, 8), (11, 79, 138, 128)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def chart() -> bytes:
    return draw_chart()


@pytest.fixture(scope="module")
def render(chart: bytes, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    folder = tmp_path_factory.mktemp("archival")

    def render_page(name: str, html: str) -> Path:
        result = write_pdf(
            html,
            base=templates_folder(),
            allowed=[templates_folder()],
            figures={"loss.svg": chart, "logo.png": draw_logo()},
            attachments=[DATA],
            generated_at=MOMENT,
        )
        assert name != "whole" or result.warnings == ()
        (folder / f"{name}.pdf").write_bytes(result.data)
        return folder / f"{name}.pdf"

    return render_page


@pytest.fixture(scope="module")
def judged(render: Callable[[str, str], Path]) -> dict[str, dict[str, Report]]:
    """The page and its spoilt variants, judged in one run of the checker."""
    require_checker()
    whole = render("whole", PAGE)
    plain = whole.with_name("plain.pdf")
    plain.write_bytes(_plain_pdf())
    paths = [
        whole,
        plain,
        render("no_language", PAGE.replace(' lang="en-US"', "")),
        render("no_title", PAGE.replace("<title>Cyber risk, third quarter</title>", "")),
        render("no_alt", PAGE.replace(' alt="Loss', ' title="Loss')),
        render("no_glyph", PAGE.replace("Owner: CISO", "Owner: 漢")),
        render("skipped_heading", PAGE.replace("h2>", "h4>")),
        render("ragged_table", PAGE.replace("<td>9</td>", "")),
        render("see_through", PAGE.replace("<em>", '<em style="display: block; opacity: .5">')),
    ]
    return {path.stem: reports for path, reports in validate(paths).items()}


def _plain_pdf() -> bytes:
    """What the renderer makes of a page when it is asked for no standard."""
    from weasyprint import HTML

    page = HTML(string='<html lang="en"><title>T</title><p>Text</p></html>')
    data: bytes = page.write_pdf()
    return data


def test_whole_page_is_archival(judged: dict[str, dict[str, Report]]) -> None:
    assert judged["whole"] == {"3a": Report(True), "ua1": Report(True)}


@pytest.mark.parametrize(
    ("name", "flavour"),
    [
        ("plain", "3a"),
        ("plain", "ua1"),
        ("no_language", "ua1"),
        ("no_title", "ua1"),
        ("no_alt", "ua1"),
        ("no_glyph", "3a"),
        ("skipped_heading", "ua1"),
        ("ragged_table", "ua1"),
        ("see_through", "ua1"),
    ],
)
def test_checker_bites(judged: dict[str, dict[str, Report]], name: str, flavour: str) -> None:
    assert not judged[name][flavour].compliant
    assert judged[name][flavour].failures


def test_archival_assertion_names_the_broken_rules(tmp_path: Path) -> None:
    require_checker()
    (tmp_path / "plain.pdf").write_bytes(_plain_pdf())

    with pytest.raises(AssertionError, match=r"plain\.pdf is not 3a: 6\."):
        assert_archival(tmp_path / "plain.pdf")
