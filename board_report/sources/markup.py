"""Read XML as a stream of records with their lines, safe from entities, bombs and depth."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import Locator

from board_report.sources.faults import ReadCode, ReadFaultError

DEEPEST = 200
"""Elements within one another; no export of a tool comes near it."""

MOST_HELD = 2_000_000
"""Elements that are kept at one time; those given out are not."""

_CHUNK = 1 << 16


@dataclass
class Node:
    """One element: its name without a prefix, attributes, text, and what lies in it."""

    name: str
    line: int
    attributes: dict[str, str]
    parent: Node | None = field(default=None, repr=False)
    children: list[Node] = field(default_factory=list, repr=False)
    texts: list[str] = field(default_factory=list, repr=False)

    @property
    def text(self) -> str:
        """Its own text, without that of the elements in it."""
        return "".join(self.texts).strip()

    def all(self, name: str) -> list[Node]:
        """The elements of this name directly within it."""
        return [each for each in self.children if each.name == name]

    def first(self, *path: str) -> Node | None:
        """The first element at a path of names."""
        found: Node | None = self
        for name in path:
            found = next(iter(found.all(name)), None) if found else None
        return found

    def value(self, *path: str) -> str:
        """The text of the first element at a path of names; empty where there is none."""
        found = self.first(*path)
        return found.text if found else ""

    def above(self, name: str) -> Node | None:
        """The nearest element of this name that it lies in."""
        found = self.parent
        while found and found.name != name:
            found = found.parent
        return found


def elements(content: bytes, names: Collection[str]) -> Iterator[Node]:
    """The elements of these names (without prefixes), each as soon as it is complete.

    An element that was given out is not kept, so memory follows the largest of them; what lies
    beside them, such as the properties of their host, is kept and reached by ``above``.

    Raises:
        ReadFaultError: not well-formed XML, entities or external references, or too deep.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.expatreader import DefusedExpatParser

    if not content.strip():
        raise ReadFaultError(ReadCode.BAD_XML, detail="it is empty")
    parser: Any = DefusedExpatParser(
        namespaceHandling=0, forbid_dtd=False, forbid_entities=True, forbid_external=True
    )
    handler = _Collector(frozenset(names))
    parser.setContentHandler(handler)
    # A parser that is fed tells nobody where it is, unlike one that reads by itself.
    handler.setDocumentLocator(parser)
    try:
        for start in range(0, len(content), _CHUNK):
            parser.feed(content[start : start + _CHUNK])
            yield from handler.taken()
        parser.close()
        yield from handler.taken()
    except DefusedXmlException as error:
        raise ReadFaultError(
            ReadCode.XML_FORBIDDEN, line=handler.line, detail=type(error).__name__
        ) from error
    except (SAXException, ValueError, LookupError, AssertionError) as error:
        detail = getattr(error, "getMessage", lambda: "its encoding is unknown")()
        line = getattr(error, "getLineNumber", lambda: handler.line)() or 0
        raise ReadFaultError(ReadCode.BAD_XML, line=line, detail=detail) from error


class _Collector(ContentHandler):
    """Builds elements from events and sets the wanted ones aside."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self.names = names
        self.open: list[Node] = []
        self.done: list[Node] = []
        self.held = 0
        self.locator: Locator | None = None

    @property
    def line(self) -> int:
        """The line that is being read."""
        return (self.locator.getLineNumber() or 0) if self.locator else 0

    def taken(self) -> list[Node]:
        """The wanted elements that were completed since this was last asked."""
        done, self.done = self.done, []
        return done

    def setDocumentLocator(self, locator: Locator) -> None:
        """Remember who knows the line."""
        self.locator = locator

    def startElement(self, name: str, attrs: Any) -> None:
        """Open an element."""
        if len(self.open) >= DEEPEST:
            raise ReadFaultError(
                ReadCode.BAD_XML, line=self.line, detail=f"it is more than {DEEPEST} levels deep"
            )
        self.held += 1
        if self.held > MOST_HELD:
            limit = f"{MOST_HELD:,} elements at one time"
            raise ReadFaultError(ReadCode.TOO_LARGE, line=self.line, limit=limit)
        parent = self.open[-1] if self.open else None
        attributes = {_bare(key): str(value) for key, value in attrs.items()}
        self.open.append(Node(_bare(name), self.line, attributes, parent))

    def characters(self, content: str) -> None:
        """Add to the text of the innermost element."""
        if self.open:
            self.open[-1].texts.append(content)

    def endElement(self, name: str) -> None:  # noqa: ARG002  the library's names
        """Close the innermost element: give it out, or keep it in the one around it."""
        node = self.open.pop()
        if node.name in self.names:
            self.done.append(node)
            self.held -= 1 + _held_in(node)
        elif self.open:
            self.open[-1].children.append(node)


def _held_in(node: Node) -> int:
    """Elements in an element, at any depth."""
    return sum(1 + _held_in(each) for each in node.children)


def _bare(name: str) -> str:
    return name.rpartition(":")[2]
