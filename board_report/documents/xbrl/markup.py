"""Pages as EDGAR takes them: plain XHTML whose looks stand in ``style`` attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from board_report.documents.xbrl.names import XHTML

if TYPE_CHECKING:
    from lxml.etree import _Element

_SERIF = "font-family:'Times New Roman',Times,serif"
STYLES = {
    "body": f"{_SERIF};font-size:11pt;line-height:1.38;color:#15202b;max-width:6.6in;"
    "margin:0 auto;padding:0.5in 0.3in",
    "notice": "border:1.2pt solid #15202b;padding:6pt 10pt;margin:0 0 24pt;"
    "font-family:Arial,Helvetica,sans-serif;font-size:9.5pt;line-height:1.35",
    "notice-line": "margin:2pt 0",
    "hidden": "display:none",
    "cover": "text-align:center",
    "agency": "font-size:14pt;font-weight:bold;line-height:1.25;margin:0",
    "place": "font-size:11pt;font-weight:bold;margin:2pt 0 10pt",
    "rule": "border:0;border-top:1pt solid #15202b;width:22%;margin:12pt auto",
    "form": "font-size:17pt;font-weight:bold;margin:6pt 0 2pt",
    "amendment": "font-weight:bold;margin:0 0 6pt",
    "kind": "font-weight:bold;margin:0;line-height:1.3",
    "date": "margin:14pt 0",
    "name": "font-size:16pt;font-weight:bold;margin:16pt 0 0;line-height:1.25",
    "caption": "font-size:9pt;margin:1pt 0 0;line-height:1.3",
    "three": "width:100%;border-collapse:collapse;margin:14pt 0",
    "third": "width:33.3%;text-align:center;vertical-align:top;padding:0 6pt",
    "value": "font-weight:bold;margin:0",
    "boxes": "font-size:10pt;text-align:left;margin:12pt 0 0",
    "box": "font-size:10pt;text-align:left;margin:3pt 0 0 18pt;text-indent:-18pt",
    "securities": "width:100%;border-collapse:collapse;margin:6pt 0 0;font-size:10pt",
    "head": "border-bottom:1pt solid #15202b;text-align:center;vertical-align:bottom;"
    "padding:3pt 6pt;font-weight:normal",
    "cell": "text-align:center;vertical-align:top;padding:4pt 6pt",
    "left": "font-size:10pt;text-align:left;margin:12pt 0 0",
    "missing": "font-family:Arial,Helvetica,sans-serif;font-size:9pt;font-weight:normal",
    "page": "border:0;border-top:1pt solid #15202b;margin:30pt 0;page-break-after:always",
    "h1": "font-size:17pt;font-weight:bold;line-height:1.25;margin:0 0 12pt",
    "h2": "font-size:13pt;font-weight:bold;line-height:1.3;margin:20pt 0 6pt",
    "h3": "font-size:11pt;font-weight:bold;font-style:italic;margin:14pt 0 3pt",
    "p": "margin:0 0 7pt",
    "signature": "width:55%;margin:26pt 0 0 45%;border-collapse:collapse",
    "sign": "padding:3pt 0;vertical-align:bottom",
    "line": "border-bottom:0.75pt solid #15202b;padding:14pt 0 2pt",
}
"""Class of an element to its style; EDGAR takes no style sheets, and nothing is fetched."""

BLOCKS = frozenset(
    (
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "br", "ul", "ol", "li", "dl"),
        *("dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "blockquote"),
    )
)
"""Elements that a browser begins on a line of their own; between them words are apart."""


def node(tag: str, style: str = "", *children: _Element | str) -> _Element:
    """An XHTML element with its children; text is text, whatever is in it."""
    from lxml import etree

    element = etree.Element(f"{{{XHTML}}}{tag}")
    if style:
        element.set("style", STYLES[style])
    return fill(element, *children)


def fill(element: _Element, *children: _Element | str) -> _Element:
    """Append text and elements, in order."""
    for child in children:
        if not isinstance(child, str):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + child
        else:
            element.text = (element.text or "") + child
    return element


def break_lines(root: _Element) -> None:
    """Begin each block on a line of the file, so that a fault's line number says something."""
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        is_inline = name in ("span", "b") or (
            name == "nonNumeric" and element.get("escape") != "true"
        )
        if not is_inline and element.tail is None and element is not root:
            element.tail = "\n"
