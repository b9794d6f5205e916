"""Lay a visible seal on the first page, tagged so that it can be read aloud."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from board_report.archive.pades.faults import SigningError
from board_report.archive.pades.records import Seal
from board_report.documents.seal import write_seal

LANDSCAPE = (312.0, 488.0, 336.0, 27.0)
"""Where the deck's cover and its appendix's are free: the head, between company and committee."""
PORTRAIT = (400.0, 703.0, 164.0, 38.0)
"""Where the first page of the disclosure and of the briefing book is free: beside the title."""
_SIZES = {(960, 540): LANDSCAPE, (612, 792): PORTRAIT}


class _SealStyle:
    """What pyHanko asks for the look of a field; it is laid on as it is, at its own size."""

    def __init__(self, page: bytes) -> None:
        self._page = page

    def create_stamp(self, writer: IncrementalPdfFileWriter, *_: object) -> _SealStyle:
        self._look = writer.import_page_as_xobject(PdfFileReader(BytesIO(self._page)))
        return self

    def apply_appearance(self, annotation: Any) -> None:
        annotation[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): self._look})


def add_sealed_field(
    writer: IncrementalPdfFileWriter, name: str, seal: Seal, at: datetime
) -> _SealStyle:
    """A signature field on the first page, with its place in the document's structure.

    Returns:
        What draws the seal when the signature is made.

    Raises:
        SigningError: the page has no place for it.
        DocumentError: its words do not fit.
    """
    page = writer.find_page_for_modification(0)[0]
    left, bottom, width, height = _place(page.get_object(), seal)
    picture, words = write_seal(seal.name, seal.position, at, width=width, height=height)
    append_signature_field(
        writer,
        SigFieldSpec(
            name,
            on_page=0,
            box=(left, bottom, left + width, bottom + height),  # type: ignore[arg-type]
            readable_field_name=words,
        ),
    )
    _tag(writer, page, name, words)
    return _SealStyle(picture)


def _place(page: Any, seal: Seal) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(each) for each in _media_box(page))
    size = (round(right - left), round(top - bottom))
    place = seal.place or _SIZES.get(size)
    if place is None:
        raise SigningError(
            f"no free place is known on a page of {size[0]} by {size[1]} points.",
            mend="Say where the seal goes: --seal-at left,bottom,width,height in points.",
        )
    x, y, width, height = place
    fits = x >= left and y >= bottom and x + width <= right and y + height <= top
    if not fits or width < 40 or height < 10:
        raise SigningError(
            "the seal does not fit on the page there.",
            mend="Name left,bottom,width,height in points from the page's lower left corner, at "
            "least 40 wide and 10 high.",
        )
    return x, y, width, height


def _media_box(page: Any) -> Any:
    while "/MediaBox" not in page:
        page = page["/Parent"]
    return page["/MediaBox"]


def _tag(writer: IncrementalPdfFileWriter, page: Any, name: str, words: str) -> None:
    """Put the field into the tree of tags, as PDF/UA asks of everything that is seen."""
    found = next(
        each for each in writer.root["/AcroForm"]["/Fields"] if each.get_object()["/T"] == name
    )
    field = found.get_object()
    field[pdf_name("/Contents")] = generic.TextStringObject(words)
    try:
        root_reference = writer.root.raw_get("/StructTreeRoot")
        tree = root_reference.get_object()
        parents = tree["/ParentTree"]
        numbers = parents["/Nums"]
    except KeyError as error:
        raise SigningError(
            "the PDF is not tagged in a way that a seal can be added to.",
            mend="Sign it without --seal.",
        ) from error
    at = 1 + max((int(numbers[index]) for index in range(0, len(numbers), 2)), default=-1)
    element = writer.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/StructElem"),
                pdf_name("/S"): pdf_name("/Form"),
                pdf_name("/P"): _top(tree, root_reference),
                pdf_name("/Pg"): page,
                pdf_name("/Alt"): generic.TextStringObject(words),
                pdf_name("/K"): generic.DictionaryObject(
                    {
                        pdf_name("/Type"): pdf_name("/OBJR"),
                        pdf_name("/Obj"): found,
                        pdf_name("/Pg"): page,
                    }
                ),
            }
        )
    )
    _append_kid(writer, _top(tree, root_reference).get_object(), element)
    numbers.extend([generic.NumberObject(at), element])
    tree[pdf_name("/ParentTreeNextKey")] = generic.NumberObject(at + 1)
    field[pdf_name("/StructParent")] = generic.NumberObject(at)
    page_now = page.get_object()
    page_now[pdf_name("/Tabs")] = pdf_name("/S")
    for changed in (tree, parents, numbers, page_now):
        writer.update_container(changed)


def _top(tree: Any, root: Any) -> Any:
    """The one element that holds the document, where there is one; else the root of the tree."""
    kids = tree.get("/K", None)
    if not isinstance(kids, generic.ArrayObject):
        return tree.raw_get("/K") if kids is not None else root
    return kids.raw_get(0) if len(kids) == 1 else root


def _append_kid(writer: IncrementalPdfFileWriter, parent: Any, element: Any) -> None:
    kids = parent.get("/K", None)
    if isinstance(kids, generic.ArrayObject):
        kids.append(element)
        writer.update_container(kids)
        return
    items = [parent.raw_get("/K")] if kids is not None else []
    parent[pdf_name("/K")] = generic.ArrayObject([*items, element])
    writer.update_container(parent)
