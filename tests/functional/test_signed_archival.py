"""Signed documents are still PDF/A-3a and PDF/UA-1, at each level, with the seal and without."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from board_report.archive.pades import (
    KeyFile,
    Level,
    Seal,
    Trust,
    Verdict,
    sign_pdf,
    unsigned_prefix,
    verify_pdf,
)
from board_report.archive.pades.faults import SigningError
from board_report.archive.pades.seal import LANDSCAPE, PORTRAIT
from board_report.documents.pdf import write_pdf
from board_report.documents.seal import write_seal
from board_report.errors import DocumentError
from board_report.pipeline import Built
from board_report.resources import templates_folder
from board_report.sources.secret import Secret
from tests.functional.test_archival import DATA, MOMENT, PAGE, draw_chart, draw_logo
from tests.signing_authority import PASSWORD, SIGNED_AT, Authority, running
from tests.verapdf import assert_archival, require_checker

SEAL = Seal("Jordan Avery", "Chief Information Security Officer")
LEVELS: tuple[Level, ...] = ("B-B", "B-T", "B-LTA")


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    with running() as found:
        yield found


@pytest.fixture(scope="module")
def signer(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> KeyFile:
    path = authority.key_file(tmp_path_factory.mktemp("keys") / "signer.p12")
    return KeyFile(path, Secret(PASSWORD))


@pytest.fixture(scope="module")
def page() -> bytes:
    """A page with everything that our documents use."""
    return write_pdf(
        PAGE,
        base=templates_folder(),
        allowed=[templates_folder()],
        figures={"loss.svg": draw_chart(), "logo.png": draw_logo()},
        attachments=[DATA],
        generated_at=MOMENT,
    ).data


def sign(
    data: bytes, level: Level, visible: Seal | None, authority: Authority, signer: KeyFile
) -> bytes:
    return sign_pdf(
        data,
        signer,
        level=level,
        at=SIGNED_AT,
        timestamp_url=f"{authority.address}/tsa",
        trust=Trust((authority.root.pem,)),
        visible=visible,
    )


def test_signed_pages_stay_archival(
    page: bytes, authority: Authority, signer: KeyFile, tmp_path: Path
) -> None:
    """Every level with the seal and without, and the long-term one with a second signature."""
    require_checker()
    made = {
        f"{level}{'-seal' if seal else ''}": sign(page, level, seal, authority, signer)
        for level in LEVELS
        for seal in (None, SEAL)
    }
    made["twice"] = sign(made["B-LTA-seal"], "B-B", None, authority, signer)
    for name, data in made.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)

    assert_archival(tmp_path / f"{name}.pdf" for name in made)


@pytest.mark.slow
def test_signed_deck_and_disclosure_stay_archival(
    sample_build: Built, authority: Authority, signer: KeyFile, tmp_path: Path
) -> None:
    require_checker()
    trust = Trust((authority.root.pem,))
    for name in ("board-deck.pdf", "governance-disclosure.pdf"):
        data = (sample_build.folder / name).read_bytes()
        signed = sign(data, "B-LTA", SEAL, authority, signer)
        (tmp_path / name).write_bytes(signed)
        reports = verify_pdf(signed, trust_roots=trust, at=SIGNED_AT)
        assert {each.verdict for each in reports} == {Verdict.VALID}
        assert unsigned_prefix(signed) == data

    assert_archival(tmp_path.glob("*.pdf"))


# --- the seal ------------------------------------------------------------------------------------


def test_place_of_the_seal_is_free(sample_build: Built) -> None:
    """No word of a first page lies under it, and none is nearer than three points."""
    for name, place in (
        ("board-deck.pdf", LANDSCAPE),
        ("board-deck-appendix.pdf", LANDSCAPE),
        ("governance-disclosure.pdf", PORTRAIT),
        ("briefing-book.pdf", PORTRAIT),
    ):
        left, bottom, width, height = place
        document = pypdfium2.PdfDocument(sample_build.folder / name)
        text = document[0].get_textpage()
        boxes = [text.get_rect(at) for at in range(text.count_rects())]
        near = [
            box
            for box in boxes
            if box[2] - box[0] < 400  # the word "Draft" across the page is a watermark
            and box[0] < left + width + 3
            and box[2] > left - 3
            and box[1] < bottom + height + 3
            and box[3] > bottom - 3
        ]
        assert near == [], name
        assert boxes


def test_seal_is_seen_and_read_aloud(page: bytes, authority: Authority, signer: KeyFile) -> None:
    place = (600.0, 20.0, 200.0, 40.0)
    seal = Seal(SEAL.name, SEAL.position, place)
    signed = sign(page, "B-B", seal, authority, signer)
    before, after = (_picture(data) for data in (page, signed))
    box = (600, 540 - 60, 800, 540 - 20)

    assert before.crop(box).getextrema() != after.crop(box).getextrema()
    outside = [(0, 0, 599, 540), (801, 0, 960, 540), (0, 0, 960, 479), (0, 521, 960, 540)]
    assert [before.crop(each).tobytes() for each in outside] == [
        after.crop(each).tobytes() for each in outside
    ]
    _assert_read_aloud(signed, "Signed electronically by Jordan Avery. Chief Information")


def _assert_read_aloud(signed: bytes, words: str) -> None:
    """The field names itself, and the tree of tags leads to it."""
    reader = pypdf.PdfReader(BytesIO(signed))
    field = next(
        each.get_object()
        for each in reader.pages[0]["/Annots"]
        if each.get_object().get("/FT") == "/Sig"
    )
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    element = numbers[list(numbers[::2]).index(field["/StructParent"]) * 2 + 1].get_object()

    assert element["/S"] == "/Form"
    assert element["/K"]["/Obj"].get_object() == field
    assert element in [each.get_object() for each in element["/P"]["/K"]]
    assert field["/TU"].startswith(words)
    assert field["/Contents"] == element["/Alt"] == field["/TU"]


def _picture(data: bytes) -> object:
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    return document[0].render(scale=1).to_pil()


@pytest.mark.parametrize(
    "place", [(900.0, 20.0, 200.0, 40.0), (-5.0, 0.0, 90.0, 40.0), (10.0, 10.0, 20.0, 5.0)]
)
def test_a_seal_that_does_not_fit_is_said(
    page: bytes, authority: Authority, signer: KeyFile, place: tuple[float, float, float, float]
) -> None:
    with pytest.raises(SigningError, match="does not fit on the page"):
        sign(page, "B-B", Seal("Jordan Avery", "", place), authority, signer)


def test_words_that_do_not_fit_are_said() -> None:
    with pytest.raises(DocumentError, match="do not fit"):
        write_seal("A" * 200, "", SIGNED_AT, width=164, height=38)


def test_long_names_are_set_smaller_and_still_fit() -> None:
    data, words = write_seal(
        "Maximiliane Featherstonehaugh-Cholmondeley",
        "Executive Vice President and Chief Information Security Officer",
        SIGNED_AT,
        width=336,
        height=27,
    )

    text = pypdfium2.PdfDocument(data)[0].get_textpage()
    assert len(pypdfium2.PdfDocument(data)) == 1
    assert all(text.get_rect(at)[2] <= 336 for at in range(text.count_rects()))
    assert "Featherstonehaugh" in words


def test_an_unknown_page_needs_a_place(authority: Authority, signer: KeyFile) -> None:
    square = write_pdf(
        '<html lang="en"><title>Square</title><link rel="stylesheet" href="css/fonts.css">'
        '<style>@page { size: 400pt 400pt } body { font-family: "Board Sans" }</style>'
        "<h1>Square</h1></html>",
        base=templates_folder(),
        allowed=[templates_folder()],
        generated_at=MOMENT,
    ).data

    with pytest.raises(SigningError, match="no free place is known on a page of 400 by 400"):
        sign(square, "B-B", SEAL, authority, signer)
