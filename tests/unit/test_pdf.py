"""The PDF writer: same bytes, our fonts only, nothing read that was not handed over."""

import gc
import hashlib
import logging
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from board_report.documents.pdf import Attachment, PdfResult, write_pdf
from board_report.errors import DocumentError
from board_report.resources import templates_folder

MOMENT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
FONTS = templates_folder() / "fonts"
FACES = {
    ("Board Sans", 400, "normal"): "BoardSans-Regular.ttf",
    ("Board Sans", 600, "normal"): "BoardSans-SemiBold.ttf",
    ("Board Sans", 700, "normal"): "BoardSans-Bold.ttf",
    ("Board Serif", 400, "normal"): "BoardSerif-Regular.ttf",
    ("Board Serif", 400, "italic"): "BoardSerif-Italic.ttf",
    ("Board Serif", 600, "normal"): "BoardSerif-SemiBold.ttf",
    ("Board Serif Display", 600, "normal"): "BoardSerifDisplay-SemiBold.ttf",
}
# Signs a page or chart may print, in any face: punctuation, mathematics, arrows, currencies,
# fractions, and letters of the names of European people and firms.
NOT_IN_SERIF = "ĬĭĲĳŦŧ"  # rare letters; a page that needs them gets a warning
NEEDED = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "".join(sign for sign in map(chr, range(0xA1, 0x180)) if sign not in NOT_IN_SERIF)
    + "‐‑–—‘’‚“”„†‡•…‰′″‹›⁄€₩₹₺₽₴₫£¥¢™←↑→↓−±×÷≈≠≤≥∞∑√∂∆µΩ½¼¾§¶©®°№■▲▼◆✓"
    + "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψω"
    + "".join(map(chr, range(0x410, 0x450)))
    + "ȘșȚțẞЁёІіЇїЄєҐґ"
)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    b' width="60" height="30"><defs><rect id="m" width="9" height="9"/></defs>'
    b'<use xlink:href="#m" x="3" fill="#0B4F8A"/>'
    b'<text x="3" y="25" style="font: 600 9px \'Board Sans\'">12.5</text>%s</svg>'
)


def page(body: str, style: str = "") -> str:
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Report</title>'
        '<meta name="author" content="CISO"><link rel="stylesheet" href="css/fonts.css">'
        f'<style>body {{ font-family: "Board Sans" }} {style}</style></head>'
        f"<body>{body}</body></html>"
    )


def write(html: str, **changes: Any) -> PdfResult:
    given: dict[str, Any] = {
        "base": templates_folder(),
        "allowed": [templates_folder()],
        "generated_at": MOMENT,
    }
    return write_pdf(html, **(given | changes))


def read(result: PdfResult) -> PdfReader:
    return PdfReader(BytesIO(result.data))


def embedded_fonts(reader: PdfReader) -> set[str]:
    """The base names of all fonts in a file, without their subset tags."""
    numbers = range(1, int(reader.trailer["/Size"]))
    objects = [IndirectObject(number, 0, reader).get_object() for number in numbers]
    names = [str(o["/BaseFont"]) for o in objects if isinstance(o, dict) and "/BaseFont" in o]
    return {re.sub(r"^/[A-Z]{6}\+", "", name) for name in names}


# Fonts


@pytest.mark.parametrize("face", FACES, ids=FACES.values())
def test_face_is_named_for_both_engines(face: tuple[str, int, str]) -> None:
    font = TTFont(FONTS / FACES[face])
    names = {record.nameID: str(record) for record in font["name"].names}

    assert (names[1], font["OS/2"].usWeightClass) == face[:2]
    assert bool(font["OS/2"].fsSelection & 1) == (face[2] == "italic")
    assert not {16, 17} & names.keys()
    assert not any("Source" in names[name_id] for name_id in (1, 2, 3, 4, 6))
    assert "Reserved Font Name" in names[0]


@pytest.mark.parametrize("face", FACES, ids=FACES.values())
def test_chart_engine_finds_the_same_file(face: tuple[str, int, str]) -> None:
    from matplotlib.font_manager import FontManager, FontProperties

    manager = FontManager.__new__(FontManager)
    manager.ttflist, manager.afmlist = [], []
    manager._FontManager__default_weight = "normal"  # type: ignore[attr-defined]
    manager.default_size = None
    for path in sorted(FONTS.glob("*.ttf")):
        manager.addfont(path)
    family, weight, style = face

    found = manager.findfont(
        FontProperties(family=family, weight=weight, style=style), fallback_to_default=False
    )

    assert Path(found).name == FACES[face]


def test_page_engine_finds_the_same_files() -> None:
    body = "".join(
        f'<p style="font: {style} {weight} 12pt {family!r}">Words</p>'
        for family, weight, style in FACES
    )

    assert embedded_fonts(read(write(page(body)))) == {
        "Board-Sans",
        "Board-Sans-Semi-Bold",
        "Board-Sans-Bold",
        "Board-Serif",
        "Board-Serif-Italic",
        "Board-Serif-Semi-Bold",
        "Board-Serif-Display-Semi-Bold",
    }


@pytest.mark.parametrize("name", FACES.values())
def test_face_has_every_needed_sign(name: str) -> None:
    known = TTFont(FONTS / name).getBestCmap()

    assert [sign for sign in NEEDED if ord(sign) not in known] == []


def test_faces_have_every_sign_that_templates_print() -> None:
    kinds = {".html", ".css", ".j2"}
    texts = [p.read_text("utf-8") for p in templates_folder().rglob("*") if p.suffix in kinds]
    printed = {sign for text in texts for sign in text if sign.isprintable()}
    known = set.intersection(*(set(TTFont(FONTS / n).getBestCmap()) for n in FACES.values()))

    assert sorted(sign for sign in printed if ord(sign) not in known) == []


@pytest.mark.parametrize("name", FACES.values())
def test_figures_are_tabular_without_a_feature(name: str) -> None:
    font = TTFont(FONTS / name)
    cmap, widths = font.getBestCmap(), font["hmtx"]

    assert len({widths[cmap[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_style_sheet_declares_every_face_and_no_other() -> None:
    css = (templates_folder() / "css" / "fonts.css").read_text("utf-8")
    rule = re.compile(r'family: "(.+?)"; font-weight: (\d+); font-style: (\w+); src: url\("(.+?)"')

    declared = {(m[1], int(m[2]), m[3]): Path(m[4]).name for m in rule.finditer(css)}

    assert declared == FACES
    assert sorted(FACES.values()) == sorted(p.name for p in FONTS.glob("*.ttf"))


def test_fonts_of_the_machine_are_never_used() -> None:
    result = write(page('<p style="font-family: DejaVu Sans, Arial, sans-serif">Words</p>'))

    assert embedded_fonts(read(result)) == {"Board-Sans"}


def test_missing_sign_is_a_warning() -> None:
    (warning,) = write(page("<p>漢</p>")).warnings

    assert "U+6F22" in warning


# What comes out


def test_metadata_comes_from_the_head_and_the_date_from_the_caller() -> None:
    tokyo = timezone(timedelta(hours=9))
    moment = datetime(2026, 10, 14, 18, 30, 0, 999, tzinfo=tokyo)

    reader = read(write(page("<h1>One</h1>"), generated_at=moment))

    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Report", "CISO")
    assert reader.metadata["/CreationDate"] == reader.metadata["/ModDate"] == "D:20261014093000Z"
    assert reader.trailer["/Root"]["/Lang"] == "en"


def test_date_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        write(page(""), generated_at=datetime(2026, 10, 14))  # noqa: DTZ001


def test_both_standards_stand_in_one_description() -> None:
    root = read(write(page("<p>x</p>"))).trailer["/Root"]
    xmp = root["/Metadata"].get_object().get_data().decode()

    assert xmp.count("<rdf:RDF") == 1
    assert 'pdfaid:part="3"' in xmp
    assert 'pdfuaid:part="1"' in xmp


def test_pages_are_counted() -> None:
    result = write(page('<p>1</p><p style="break-before: page">2</p>'))

    assert (result.pages, result.warnings) == (2, ())
    assert len(read(result).pages) == 2


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        (page("<p>x</p>", "p { colour: red }"), "colour"),
        (page('<img src="figure:a.svg">'), "alt"),
        (page('<a href="#nowhere">x</a>'), "nowhere"),
        (page("<p>x</p>").replace(' lang="en"', ""), "lang"),
    ],
)
def test_complaint_is_returned_whatever_logging_is_set_to(html: str, complaint: str) -> None:
    logger = logging.getLogger("weasyprint")
    logger.setLevel(logging.CRITICAL)
    try:
        result = write(html, figures={"a.svg": SVG % b""})
        assert logger.level == logging.CRITICAL
    finally:
        logger.setLevel(logging.NOTSET)

    assert any(complaint in warning for warning in result.warnings)


def test_figure_is_drawn_from_memory_with_its_symbols_and_text() -> None:
    body = '<img src="figure:a%20b.svg" alt="A" style="width: 60pt; height: 30pt">'

    result = write(page(body), figures={"a b.svg": SVG % b""})

    (sheet,) = read(result).pages
    assert result.warnings == ()
    assert "12.5" in sheet.extract_text()
    assert b"9 9 re" in sheet.get_contents().get_data() or b" re" in sheet.get_contents().get_data()


def test_picture_of_pixels_is_not_smoothed() -> None:
    from PIL import Image

    logo = BytesIO()
    Image.new("RGBA", (4, 4), (11, 79, 138, 90)).save(logo, "PNG")

    result = write(page('<img src="figure:a.png" alt="A">'), figures={"a.png": logo.getvalue()})

    (sheet,) = read(result).pages
    (picture,) = [found.get_object() for found in sheet["/Resources"]["/XObject"].values()]
    assert picture["/Interpolate"].value is False


def test_link_is_described_by_its_words() -> None:
    body = '<p id="top">x</p><a href="#top">the\n top</a><a href="https://x.org" title="T">y</a>'

    (sheet,) = read(write(page(body))).pages

    assert [a.get_object()["/Contents"] for a in sheet["/Annots"]] == ["the top", "T"]


def test_attachments_are_embedded_once_in_order() -> None:
    files = [
        Attachment("b.json", b"{}", "application/json", "Second"),
        Attachment("a é.csv", b"x,1\n", "text/csv", "First"),
    ]

    root = read(write(page("<p>x</p>"), attachments=files)).trailer["/Root"]

    specs = [spec.get_object() for spec in root["/AF"]]
    assert [(s["/UF"], s["/Desc"], s["/AFRelationship"]) for s in specs] == [
        ("a é.csv", "First", "/Data"),
        ("b.json", "Second", "/Data"),
    ]
    streams = [spec["/EF"]["/F"].get_object() for spec in specs]
    assert [(s.get_data(), s["/Subtype"]) for s in streams] == [
        (b"x,1\n", "/text/csv"),
        (b"{}", "/application/json"),
    ]
    assert {s["/Params"]["/ModDate"] for s in streams} == {"D:20261014093000Z"}


def test_two_attachments_of_one_name_are_refused() -> None:
    twin = Attachment("a.csv", b"", "text/csv", "A")

    with pytest.raises(ValueError, match="one name"):
        write(page(""), attachments=[twin, twin])


@pytest.mark.parametrize("was_on", [True, False])
def test_garbage_collection_is_left_as_it_was(was_on: bool) -> None:
    (gc.enable if was_on else gc.disable)()
    try:
        with pytest.raises(DocumentError):
            write(page('<img alt="x" src="https://x.org/a.png">'))
        assert gc.isenabled() == was_on
    finally:
        gc.enable()


def test_caller_s_font_setting_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    from board_report.documents import pdf

    pdf._fonts.cache_clear()
    monkeypatch.setenv("FONTCONFIG_FILE", "/theirs.conf")

    write(page("<p>x</p>"))

    assert os.environ["FONTCONFIG_FILE"] == "/theirs.conf"


# What goes in

NESTED = b'<image href="%s" width="9" height="9"/>'


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="x" src="https://example.org/a.png">',
        '<img alt="x" src="http://127.0.0.1:9/a.png">',
        '<img alt="x" src="//example.org/a.png">',
        '<img alt="x" src="ftp://example.org/a.png">',
        '<img alt="x" src="data:image/png;base64,AAAA">',
        '<img alt="x" src="file:///etc/passwd">',
        f'<link rel="stylesheet" href="file://host{templates_folder()}/css/fonts.css">',
        '<img alt="x" src="../pyproject.toml">',
        '<img alt="x" src="css/%2e%2e/%2e%2e/pyproject.toml">',
        '<img alt="x" src="css/none.svg">',
        '<img alt="x" src="css/%00.svg">',
        '<img alt="x" src="fonts">',
        '<img alt="x" src="figure:none.svg">',
        '<img alt="x" src="figure:page.html">',
        '<img alt="x" src="figure:network.svg">',
        '<img alt="x" src="figure:local.svg">',
        '<object data="https://example.org/a.svg">x</object>',
        '<embed src="https://example.org/a.svg">',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<style>@import "https://example.org/a.css";</style>',
        '<style>p { background: url("https://example.org/a.png") }</style><p>x</p>',
        '<style>p::before { content: url("https://example.org/a.png") }</style><p>x</p>',
        '<style>@font-face { font-family: F; src: url("https://example.org/a.ttf") }</style>',
        '<base href="https://example.org/"><img alt="x" src="a.svg">',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.org/a.png"/></svg>',
    ],
)
def test_request_is_refused_and_named(body: str) -> None:
    figures = {
        "page.html": b"<p>",
        "network.svg": SVG % (NESTED % b"https://example.org/nested.png"),
        "local.svg": SVG % (NESTED % b"file:///etc/hostname"),
    }

    with pytest.raises(DocumentError, match="the document asks for ") as caught:
        write(page(body), figures=figures)

    assert "network" in caught.value.mend


def test_link_out_of_an_allowed_folder_is_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "theme", tmp_path / "secret.css"
    inside.mkdir()
    outside.write_text("p { color: red }", encoding="utf-8")
    (inside / "theme.css").symlink_to(outside)

    html = f'<html lang="en"><link rel="stylesheet" href="{inside.as_uri()}/theme.css">'

    with pytest.raises(DocumentError, match=r"theme\.css, which is outside"):
        write(html, allowed=[inside])


def test_file_that_is_no_style_font_or_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report.toml").write_text("secret", encoding="utf-8")

    with pytest.raises(DocumentError, match=r"report\.toml, which is not a style sheet"):
        write(
            f'<html lang="en"><link rel="stylesheet" href="{tmp_path.as_uri()}/report.toml">',
            allowed=[tmp_path],
        )


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<a href="page2.html">x</a>', "file of this machine"),
        ('<a href="file:///etc/passwd">x</a>', "file of this machine"),
        ('<a rel="attachment" href="css/fonts.css">x</a>', "embeds"),
        ('<link rel="attachment" href="css/fonts.css">', "embeds"),
    ],
)
def test_link_that_would_leak_or_embed_is_refused(body: str, what: str) -> None:
    with pytest.raises(DocumentError, match=what):
        write(page(body))


# Same bytes

BUILD = """
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from tests.unit.test_pdf import reproducible_page
print(hashlib.sha256(reproducible_page().data).hexdigest())
"""


def reproducible_page() -> PdfResult:
    body = (
        '<h1>One</h1><p style="font: italic 12pt Board Serif">two <b>three</b> '
        '<a href="#x">x</a></p><p id="x">→</p><img src="figure:a.svg" alt="A">'
        '<img src="figure:b.svg" alt="B"><p style="font-family: Board Serif Display">4</p>'
    )
    return write(
        page(body),
        figures={"a.svg": SVG % b"", "b.svg": SVG % b"<circle r='4'/>"},
        attachments=[Attachment("a.csv", b"1", "text/csv", "A")],
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "setting",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C"},
    ],
    ids=["east", "west"],
)
def test_bytes_are_the_same_in_another_process(setting: dict[str, str], tmp_path: Path) -> None:
    roots = os.pathsep.join(str(Path(name).resolve()) for name in ("", *sys.path) if name != "")
    environment = {**os.environ, **setting, "PYTHONPATH": roots, "HOME": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.strip() == hashlib.sha256(reproducible_page().data).hexdigest()


def test_bytes_do_not_depend_on_what_was_written_before() -> None:
    first = reproducible_page().data
    write(page('<p style="font: 700 9pt Board Sans">other</p>'))

    assert reproducible_page().data == first


def test_bytes_do_not_depend_on_the_folder(tmp_path: Path) -> None:
    (tmp_path / "theme.css").write_text("p { color: #0B4F8A }", encoding="utf-8")
    other = tmp_path / "other"
    other.mkdir()
    (other / "theme.css").write_text("p { color: #0B4F8A }", encoding="utf-8")

    def build(folder: Path) -> bytes:
        html = '<html lang="en"><title>T</title><link rel="stylesheet" href="theme.css"><p>x'
        return write(html, base=folder, allowed=[folder]).data

    assert build(tmp_path) == build(other)


def test_forked_process_writes_the_same_and_leaves_ours_alone() -> None:
    import multiprocessing

    first = reproducible_page().data
    with multiprocessing.get_context("fork").Pool(1) as pool:
        theirs = pool.apply(reproducible_page).data

    assert theirs == first == reproducible_page().data


def test_renderer_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, board_report.documents.pdf; sys.exit('weasyprint' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    assert (
        subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
    )
