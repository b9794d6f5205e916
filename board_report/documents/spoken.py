"""Tell whoever hears a document what lines tell the eye: that words are struck out or put in.

HTML has ``ins`` and ``del``, PDF has neither. A ``span`` with ``data-said="deleted"`` gets the
words "deleted: ..." as its replacement text, and its line as an attribute of the structure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SAID = "data-said"
_LINES = {"line-through": "/LineThrough", "underline": "/Underline"}


def speak(document: Any, pdf: Any) -> None:
    """Give every span of the tagged PDF that has ``data-said`` its words to be read out.

    Args:
        document: what WeasyPrint laid out.
        pdf: what it wrote, with one structure element for each span of each line, in order.
    """
    boxes = [box for page in document.pages for box in _spans(page._page_box)]
    if not any(_said(box) for box in boxes):
        return
    for box, element in zip(boxes, _elements(pdf), strict=True):
        if _said(box):
            _describe(box, element)


def _spans(box: Any) -> Iterator[Any]:
    """The boxes of spans, in the order in which structure elements are made for them."""
    from weasyprint.formatting_structure import boxes

    # An absolute box stands in a placeholder; lines and text have no element of their own.
    box = getattr(box, "_box", box)
    if box.element_tag == "span" and not isinstance(box, boxes.LineBox | boxes.TextBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _spans(child)


def _said(box: Any) -> str:
    return str(box.element.get(_SAID) or "") if box.element is not None else ""


def _elements(pdf: Any) -> list[Any]:
    """The structure elements of spans; one that holds nothing but text is not a span's own."""
    return [
        each
        for each in pdf.objects
        if isinstance(each, dict)
        and each.get("Type") == "/StructElem"
        and each.get("S") == "/Span"
        and not any(isinstance(kid, int) for kid in each["K"])
    ]


def _describe(box: Any, element: Any) -> None:
    import pydyf

    element["ActualText"] = pydyf.String(f"{_said(box)}: {''.join(_texts(box))}")
    lines = box.style["text_decoration_line"]
    for line, name in _LINES.items():
        if lines != "none" and line in lines:
            element["A"] = pydyf.Dictionary({"O": "/Layout", "TextDecorationType": name})


def _texts(box: Any) -> Iterator[str]:
    if hasattr(box, "text"):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _texts(child)
