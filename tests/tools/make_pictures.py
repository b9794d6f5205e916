"""Make the pictures in ``docs/pictures``: every page of the sample's documents, small.

Run ``python -m tests.tools.make_pictures`` after any change to a page, and look at them.
"""

import io
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
from PIL import Image

from board_report.pipeline import DECK, DISCLOSURE, build, review, sign_off
from board_report.resources import sample_folder
from board_report.story.signed_sections import PUBLIC

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
DECK_WIDTH = 800
LETTER_WIDTH = 560
FULL = ("executive-summary", "escalations", "incidents", "risk-against-appetite", "disclosure-1")
SIGNED = datetime(2026, 10, 20, 9, tzinfo=UTC)


def main() -> None:
    """Build the sample and write one PNG a page, named for the page."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(shutil.copytree(sample_folder(), Path(scratch) / "project"))
        approve_deck(project)
        built = build(project, Path(scratch) / "output")
        save(built.folder / DECK, target, DECK_WIDTH)
        save(built.folder / DISCLOSURE, target, LETTER_WIDTH)


def approve_deck(project: Path) -> None:
    """Sign every section but the public document's, so that the deck is not marked as a draft."""
    reviewed = review(project)
    for section in reviewed.approvals.sections:
        if section.id == PUBLIC:
            continue
        for step, role in (("prepared", "COO"), ("reviewed", "CAE")):
            sign_off(reviewed, section.id, step, role, on=SIGNED)
        for role in section.required_roles:
            sign_off(reviewed, section.id, "approved", role, on=SIGNED)


def save(pdf: Path, target: Path, width: int) -> None:
    """Write each page of a PDF; deck pages take the name of their bookmark."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        names = page_names(document) if pdf.name == DECK else {}
        for at, page in enumerate(document):
            name = names.get(at, f"disclosure-{at + 1}")
            scale = (2 if name in FULL else 1) * width / page.get_width()
            picture = page.render(scale=scale).to_pil().quantize(128, Image.Quantize.MAXCOVERAGE)
            buffer = io.BytesIO()
            picture.save(buffer, "PNG", optimize=True)
            (target / f"{name}.png").write_bytes(buffer.getvalue())
    finally:
        document.close()


def page_names(document: pypdfium2.PdfDocument) -> dict[int, str]:
    """Page number to a file name made of the page's bookmark."""
    return {
        each.get_dest().get_index(): "-".join(
            "".join(sign if sign.isalnum() else " " for sign in each.get_title().lower()).split()
        )
        for each in document.get_toc()
    }


if __name__ == "__main__":
    main()
