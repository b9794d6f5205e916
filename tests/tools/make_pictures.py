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

from board_report.governance.filing_calendar import EASTERN
from board_report.governance.incident_kinds import Determination, Determined, Discovered
from board_report.pipeline import DECK, DISCLOSURE, build, review, sign_off
from board_report.pipeline.incident import add_entry, clocks_at, open_book
from board_report.pipeline.incident_drawing import draw_clocks
from board_report.pipeline.names import COMMITTEE, REDLINE, TAGS
from board_report.resources import sample_folder
from board_report.story.signed_sections import PUBLIC
from tests.conftest import call_program

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
DECK_WIDTH = 800
LETTER_WIDTH = 560
LETTERS = {DISCLOSURE: "disclosure", REDLINE: "redline", TAGS: "tags", COMMITTEE: "committee"}
"""Documents of Letter size, and what the pictures of their pages are called."""
FULL = ("executive-summary", "escalations", "incidents", "risk-against-appetite", "disclosure-1")
STORY = "INC0015001"
SAID = (
    ("nature", "An unauthorized party encrypted systems with which we take orders."),
    ("scope", "Ordering in two of our regions stopped; no other systems are known to be affected."),
    (
        "timing",
        "We discovered it on September 4, 2026, and ordering was restored four days later.",
    ),
    (
        "undetermined",
        "We have not determined the effect on our results of operations, and will amend this "
        "report when we have.",
    ),
)
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
        for name, stem in LETTERS.items():
            save(built.folder / name, target, LETTER_WIDTH, stem)
        save_clock(project, target, DECK_WIDTH)
        save_report(project, Path(scratch), target)


def save_report(project: Path, scratch: Path, target: Path) -> None:
    """The current report on the same incident, as a draft with a gap."""
    for aspect, text in SAID:
        said = ("incident", "state", STORY, aspect, "--text", text, "--role", "GC")
        run(*said, "--on", "2026-09-10", "--project", project)
    asked = ("incident", "report", STORY, "--signs", "GC", "--output", scratch)
    run(*asked, "--project", project)
    report = scratch / "current-reports" / STORY / "form-8-k.pdf"
    save(report, target, LETTER_WIDTH, "form-8-k")


def run(*arguments: object) -> None:
    """Run the program as a user would; a failure is ours."""
    done = call_program(*arguments)
    if done.exit_code:
        raise RuntimeError(done.stderr)


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


def save_clock(project: Path, target: Path, width: int) -> None:
    """The clocks of the incident that ``docs/incident-clock.md`` tells of, after its first part."""
    said = (
        ("2026-09-04T18:40:00-04:00", "CISO", Discovered("Ordering stopped in two regions")),
        (
            "2026-09-05T11:15:00-04:00",
            "GC",
            Determination(Determined.MATERIAL, "A week of orders in two regions."),
        ),
    )
    for at, role, content in said:
        moment = datetime.fromisoformat(at)
        add_entry(
            open_book(project),
            STORY,
            content,
            role=role,
            at=moment,
            zone=EASTERN,
            entered_at=moment,
        )
    now = datetime.fromisoformat("2026-09-09T09:00:00-04:00")
    book, drawn = open_book(project), project / "clock.pdf"
    draw_clocks(book, STORY, clocks_at(book, STORY, now), now, EASTERN, drawn)
    document = pypdfium2.PdfDocument(drawn)
    try:
        write_picture(document[0], target / "incident-clock.png", 2 * width)
    finally:
        document.close()


def write_picture(page: pypdfium2.PdfPage, path: Path, width: float) -> None:
    """One page as a small PNG of so many pixels across."""
    picture = page.render(scale=width / page.get_width()).to_pil()
    buffer = io.BytesIO()
    picture.quantize(128, Image.Quantize.MAXCOVERAGE).save(buffer, "PNG", optimize=True)
    path.write_bytes(buffer.getvalue())


def save(pdf: Path, target: Path, width: int, stem: str = "") -> None:
    """Write each page of a PDF; deck pages take the name of their bookmark."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        names = page_names(document) if pdf.name == DECK else {}
        for at, page in enumerate(document):
            name = names.get(at, f"{stem}-{at + 1}")
            write_picture(page, target / f"{name}.png", (2 if name in FULL else 1) * width)
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
