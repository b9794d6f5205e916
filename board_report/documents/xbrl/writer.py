"""Write a report as Inline XBRL, with the files that go beside it.

The same record gives the same bytes. What is written is a draft until counsel files it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.documents.xbrl.cover import contexts, cover, hidden_facts
from board_report.documents.xbrl.extension import extension_files
from board_report.documents.xbrl.inline import Tagger, header
from board_report.documents.xbrl.linkbase import sub
from board_report.documents.xbrl.markup import STYLES, break_lines, fill, node
from board_report.documents.xbrl.names import (
    IX,
    IXT,
    LINK,
    XBRLDI,
    XBRLI,
    XHTML,
    XLINK,
    XML,
    cyd_namespace,
    dei_namespace,
    us_gaap_namespace,
)
from board_report.documents.xbrl.pieces import annual_pieces, pieces_of
from board_report.documents.xbrl.records import (
    AnnualRecord,
    CurrentReport,
    file_prefix,
    schema_namespace,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTEXT = "c-1"
FRAGMENT_CONTEXT = "item1c-fiscal-year"
"""Stands in the fragment for the id that the annual report's own context of the year has."""


def write_annual(record: AnnualRecord) -> dict[str, bytes]:
    """The item of an annual report as a document of its own, and as a fragment to paste.

    Returns:
        ``corvane-20261231.htm`` with its ``.xsd`` and ``_pre.xml``, and
        ``corvane-20261231-fragment.xhtml``.

    Raises:
        ValueError: a sub-item is not one that is tagged.
    """
    return {**_written(record), f"{record.stem}-fragment.xhtml": annual_fragment(record)}


def write_current_report(record: CurrentReport) -> dict[str, bytes]:
    """A report on Form 8-K or 8-K/A, with its own schema and what that refers to.

    Returns:
        ``corvane-20260914.htm``, ``.xsd`` and ``_pre.xml``.
    """
    return _written(record)


def _written(record: AnnualRecord | CurrentReport) -> dict[str, bytes]:
    tagger = Tagger(CONTEXT)
    page = cover(record, tagger)
    text = tagger.body(pieces_of(record))
    hidden = hidden_facts(record, tagger)
    root = _root(record)
    head = sub(root, XHTML, "head")
    sub(head, XHTML, "meta", **{"http-equiv": "Content-Type", "content": "text/html"})
    sub(head, XHTML, "title").text = record.stem
    body = sub(root, XHTML, "body", style=STYLES["body"])
    fill(body, header(hidden, contexts(record, CONTEXT), f"{record.stem}.xsd"))
    if record.notice:
        fill(body, _notice(record.notice))
    fill(body, page, node("hr", "page"), node("div", "", *text))
    if isinstance(record, CurrentReport):
        fill(body, node("hr", "page"), *_signature(record))
    break_lines(root)
    found = {f"{record.stem}.htm": _page_bytes(root)}
    return found | extension_files(record, _cover_elements(root))


def annual_fragment(record: AnnualRecord) -> bytes:
    """The tagged item alone, for pasting into the annual report that is tagged elsewhere."""
    from lxml import etree

    tagger = Tagger(FRAGMENT_CONTEXT, prefix="item1c-")
    year = record.taxonomy_year
    spaces = {None: XHTML, "ix": IX, "ixt": IXT, "cyd": cyd_namespace(year)}
    root = etree.Element(f"{{{XHTML}}}div", nsmap=spaces)
    fill(root, *tagger.body(annual_pieces(record)))
    break_lines(root)
    note = "\n".join(_host_must_hold(record))
    body: bytes = etree.tostring(root, encoding="US-ASCII")
    head = f"<?xml version='1.0' encoding='US-ASCII'?>\n<!--\n{note}\n-->\n"
    return head.encode("ascii") + body + b"\n"


def _host_must_hold(record: AnnualRecord) -> list[str]:
    """What the report has to bring that the fragment is pasted into."""
    year = record.taxonomy_year
    return [
        f"{record.item} of Form {record.form} for the fiscal year {record.fiscal_year}, tagged.",
        "A draft for counsel, not legal advice. Paste the div and what is in it; leave out this",
        "comment and the line above it. The report that it is pasted into must have:",
        f'1. On its root: xmlns:cyd="{cyd_namespace(year)}" and the ix and ixt namespaces',
        "   below; dei, cyd and us-gaap of one year.",
        "2. A context for the fiscal year without a segment: entity identifier with the scheme",
        f"   http://www.sec.gov/CIK, {record.year_starts} to {record.year_ends}. Put its id in",
        f"   place of {FRAGMENT_CONTEXT} everywhere.",
        f"3. In its own schema an import of the entry point cyd-af-sub-{year}.xsd,",
        "   which brings the networks and labels of these elements.",
        "4. No other element whose id begins with item1c-.",
        "The styles stand in the elements; nothing else is needed.",
    ]


def _root(record: AnnualRecord | CurrentReport) -> _Element:
    from lxml import etree

    year = record.taxonomy_year
    spaces: dict[str | None, str] = {
        None: XHTML,
        "ix": IX,
        "ixt": IXT,
        "link": LINK,
        "xlink": XLINK,
        "xbrli": XBRLI,
        "xbrldi": XBRLDI,
        "dei": dei_namespace(year),
        "cyd": cyd_namespace(year),
    }
    if len(record.filer.securities) > 1:
        spaces |= {
            "us-gaap": us_gaap_namespace(year),
            file_prefix(record.filer): schema_namespace(record),
        }
    root = etree.Element(f"{{{XHTML}}}html", nsmap=spaces)
    root.set(f"{{{XML}}}lang", "en-US")
    return root


def _notice(lines: Sequence[str]) -> _Element:
    return node("div", "notice", *(node("p", "notice-line", line) for line in lines))


def _signature(record: CurrentReport) -> list[_Element]:
    """The page that the Form ends with; who signs and when stays open."""
    law = (
        "Pursuant to the requirements of the Securities Exchange Act of 1934, the registrant has "
        "duly caused this report to be signed on its behalf by the undersigned hereunto duly "
        "authorized."
    )
    blank = "\u00a0"
    rows = [
        node("tr", "", node("td", "sign", node("b", "", record.filer.registrant_name))),
        node("tr", "", node("td", "line", f"By:{blank}")),
        node("tr", "", node("td", "sign", record.signer or "Name and title:")),
        node("tr", "", node("td", "line", f"Date:{blank}")),
    ]
    return [
        node("h2", "h2", "Signature"),
        node("p", "p", law),
        node("table", "signature", node("tbody", "", *rows)),
    ]


def _cover_elements(root: _Element) -> tuple[str, ...]:
    """Local names of the dei elements of a document, in its order and once each."""
    names = (each.get("name", "") for each in root.iter(f"{{{IX}}}nonNumeric"))
    return tuple(dict.fromkeys(name[4:] for name in names if name.startswith("dei:")))


def _page_bytes(root: _Element) -> bytes:
    """ASCII with numeric references, as EDGAR takes it, and no document type."""
    from lxml import etree

    body: bytes = etree.tostring(root, encoding="US-ASCII", xml_declaration=True)
    return body + b"\n"
