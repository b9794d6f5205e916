"""Read the facts of an Inline XBRL document, ours or anybody's.

A stranger's file is data: no entity is resolved, nothing is fetched, and a document type, which
Inline XBRL does not have, is refused before it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from board_report.documents.xbrl.markup import BLOCKS
from board_report.documents.xbrl.names import IX, LINK, XBRLDI, XBRLI, XHTML, XLINK, XSI
from board_report.documents.xbrl.read_records import ReadContext, ReadDocument, ReadFact
from board_report.documents.xbrl.transforms import UnknownFormatError, transformed
from board_report.errors import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 64 * 1024 * 1024
"""A larger file is no report of ours or of a filer's."""
_WRAPPER = re.compile(rb"\A\s*<XBRL>\s*|\s*</XBRL>\s*\Z")
"""The tag around a document in EDGAR's full submission text."""
_FACTS = ("nonNumeric", "nonFraction")
_UNSEEN = (f"{{{IX}}}exclude", f"{{{IX}}}header")
_BLOCKS = frozenset(f"{{{XHTML}}}{name}" for name in BLOCKS)


def read_facts(data: bytes) -> tuple[ReadFact, ...]:
    """The facts of an Inline XBRL document.

    Raises:
        DocumentError: it is not well-formed XHTML, is too large, or has a document type.
    """
    return read_document(data).facts


def read_document(data: bytes) -> ReadDocument:
    """The facts and what they rest on.

    Raises:
        DocumentError: it is not well-formed XHTML, is too large, or has a document type.
    """
    root = parse(data)
    continuations = {each.get("id", ""): each for each in root.iter(f"{{{IX}}}continuation")}
    return ReadDocument(
        facts=tuple(_fact(each, continuations) for each in _elements(root)),
        contexts={each.id: each for each in map(_context, root.iter(f"{{{XBRLI}}}context"))},
        schema_refs=tuple(
            each.get(f"{{{XLINK}}}href", "") for each in root.iter(f"{{{LINK}}}schemaRef")
        ),
        namespaces={prefix or "": space for prefix, space in root.nsmap.items()},
        text=_visible(root),
        outside=tuple(_outside(root)),
        has_xhtml_root=root.tag == f"{{{XHTML}}}html",
    )


def parse(data: bytes) -> _Element:
    """The root of a stranger's document, parsed without entities, network or deep trees.

    Raises:
        DocumentError: it is not well-formed, is too large, or has a document type.
    """
    from lxml import etree

    if len(data) > MOST_BYTES:
        raise DocumentError(
            f"it is larger than {MOST_BYTES // 1024 // 1024} MiB.", mend="Name the report itself."
        )
    bare = _WRAPPER.sub(b"", data)
    # A document type is looked for in the bytes as well, so that none of it is ever parsed.
    if re.search(rb"<!\s*DOCTYPE", bare.replace(b"\x00", b""), re.IGNORECASE):
        raise _doctype()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(bare, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(
            f"it is not well-formed XHTML: {error.msg}.",
            where=f"line {error.lineno}",
            mend="Inline XBRL is XML: every element is closed and every attribute quoted.",
        ) from error
    if root.getroottree().docinfo.doctype:
        raise _doctype()
    return root


def _doctype() -> DocumentError:
    return DocumentError(
        "it has a document type declaration, which a filing does not.",
        mend="Remove the <!DOCTYPE ...> line.",
    )


def _elements(root: _Element) -> Iterator[_Element]:
    yield from root.iter(*(f"{{{IX}}}{name}" for name in _FACTS))


def _fact(element: _Element, continuations: Mapping[str, _Element]) -> ReadFact:
    name = element.get("name", "")
    prefix, _, local = name.rpartition(":")
    parts, fault = _parts(element, continuations)
    is_nil = element.get(f"{{{XSI}}}nil") in ("true", "1")
    is_escaped = element.get("escape") in ("true", "1")
    shown = "".join(_words(part) for part in parts)
    value = "".join(_markup(part) for part in parts) if is_escaped else shown
    is_format_unknown = False
    if not is_nil and not fault:
        try:
            value, fault = _value(element, value)
        except UnknownFormatError as error:
            fault, is_format_unknown = str(error), True
    return ReadFact(
        name=name,
        namespace=element.nsmap.get(prefix or None, ""),
        local_name=local,
        context_id=element.get("contextRef", ""),
        value="" if is_nil else value,
        text=" ".join(" ".join(_words(part, apart=True) for part in parts).split()),
        format=element.get("format", ""),
        is_escaped=is_escaped,
        is_hidden=any(each.tag == f"{{{IX}}}hidden" for each in element.iterancestors()),
        is_nil=is_nil,
        id=element.get("id", ""),
        line=element.sourceline or 0,
        continuations=len(parts) - 1,
        is_number=element.tag == f"{{{IX}}}nonFraction",
        fault=fault,
        is_format_unknown=is_format_unknown,
    )


def _parts(element: _Element, continuations: Mapping[str, _Element]) -> tuple[list[_Element], str]:
    """A fact's own element and its continuations, in order, and what is wrong with the chain."""
    parts, seen = [element], set()
    following = element.get("continuedAt")
    while following:
        if following in seen:
            return parts, f"its continuations run in a circle at {following!r}"
        if following not in continuations:
            return parts, f"it is continued at {following!r}, which is not there"
        seen.add(following)
        parts.append(continuations[following])
        following = continuations[following].get("continuedAt")
    return parts, ""


def _value(element: _Element, text: str) -> tuple[str, str]:
    """The value behind a text, and what is wrong with it.

    Raises:
        UnknownFormatError: its format is not known here.
    """
    given = element.get("format")
    if given:
        prefix, _, name = given.rpartition(":")
        try:
            text = transformed(text, element.nsmap.get(prefix or None, ""), name)
        except UnknownFormatError:
            raise
        except ValueError as error:
            return text, f"its text does not fit {given}: {error}"
    if element.tag == f"{{{IX}}}nonFraction":
        return _scaled(element, text)
    return text, ""


def _scaled(element: _Element, text: str) -> tuple[str, str]:
    try:
        number = Decimal(text.strip()).scaleb(int(element.get("scale") or 0))
    except (InvalidOperation, ValueError):
        return text, f"{text[:40]!r} is no number"
    return f"{-number if element.get('sign') == '-' else number:f}", ""


def _words(element: _Element, *, apart: bool = False) -> str:
    """The text within an element, without what is excluded or hidden.

    Args:
        element: whose text.
        apart: true puts a space between what a browser shows as lines or cells of their own.
    """
    found = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN:
            between = " " if apart and child.tag in _BLOCKS else ""
            found += [between, _words(child, apart=apart), between]
        found.append(child.tail or "")
    return "".join(found)


def _markup(element: _Element) -> str:
    """The XHTML within an element, its ``ix`` elements replaced by what is in them."""
    found = [_escaped(element.text or "")]
    for child in element:
        if isinstance(child.tag, str):
            found.append(_tagged(child))
        found.append(_escaped(child.tail or ""))
    return "".join(found)


def _tagged(element: _Element) -> str:
    space, _, name = element.tag.rpartition("}")
    if space == f"{{{IX}":
        return "" if name == "exclude" else _markup(element)
    attributes = "".join(
        f' {key}="{_escaped(value, quote=True)}"'
        for key, value in element.attrib.items()
        if not key.startswith("{")
    )
    inner = _markup(element)
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"


def _escaped(text: str, *, quote: bool = False) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;") if quote else text


def _context(element: _Element) -> ReadContext:
    identifier = element.find(f".//{{{XBRLI}}}identifier")
    dates = {
        name: _date(element.findtext(f".//{{{XBRLI}}}{name}"))
        for name in ("startDate", "endDate", "instant")
    }
    return ReadContext(
        id=element.get("id", ""),
        scheme=identifier.get("scheme", "") if identifier is not None else "",
        identifier=(identifier.text or "").strip() if identifier is not None else "",
        start=dates["startDate"],
        end=dates["endDate"] or dates["instant"],
        members=tuple(
            (each.get("dimension", ""), (each.text or "").strip())
            for each in element.iter(f"{{{XBRLDI}}}explicitMember")
        ),
    )


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None


def _visible(root: _Element) -> str:
    """The words of the body without the hidden header."""
    bodies = root.iter(f"{{{XHTML}}}body")
    return " ".join(" ".join(_words(body, apart=True) for body in bodies).split())


def _outside(root: _Element) -> Iterator[tuple[int, str]]:
    """Scripts, frames, objects, style sheets, and pictures from another host."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2]
        line = element.sourceline or 0
        in_page = element.tag.startswith(f"{{{XHTML}}}")
        if in_page and name in ("script", "iframe", "object", "embed", "applet", "link"):
            yield line, f"<{name}>"
        source = element.get("src", "")
        if in_page and re.match(r"(?i)\s*(https?:)?//", source):
            yield line, source[:80]
        if in_page and re.search(r"(?i)url\s*\(", element.get("style", "")):
            yield line, "url() in a style"
