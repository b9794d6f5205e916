"""Pieces of schemas and linkbases that the reconstructed package and a filer's own files share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from board_report.documents.xbrl.names import LINK, XBRLDT, XLINK, XML

if TYPE_CHECKING:
    from lxml.etree import _Element

PARENT_CHILD = "http://www.xbrl.org/2003/arcrole/parent-child"
CONCEPT_LABEL = "http://www.xbrl.org/2003/arcrole/concept-label"
LABEL_ROLE = "http://www.xbrl.org/2003/role/label"
DIMENSIONS = "http://xbrl.org/int/dim/arcrole/"


@dataclass(frozen=True)
class Arc:
    """One line of a network: an element, what stands under it, and in which place."""

    above: str
    below: str
    order: int
    arcrole: str = PARENT_CHILD
    closed: bool = False
    """True for a hypercube whose facts may have no further dimensions."""


def sub(parent: _Element, space: str, tag: str, /, **attributes: str) -> _Element:
    """An element appended to another; ``xlink_href`` stands for ``xlink:href``."""
    from lxml import etree

    return etree.SubElement(parent, f"{{{space}}}{tag}", _attributes(attributes))


def _attributes(given: Mapping[str, str]) -> dict[str, str]:
    spaces = {"xlink_": XLINK, "xbrldt_": XBRLDT, "xml_": XML}
    found = {}
    for key, value in given.items():
        prefix = next((each for each in spaces if key.startswith(each)), "")
        name = key.removeprefix(prefix)
        found[f"{{{spaces[prefix]}}}{name}" if prefix else name] = value
    return found


def add_role_refs(linkbase: _Element, roles: Iterable[tuple[str, str]]) -> None:
    """Say where roles are declared: pairs of a role and the address of its declaration."""
    for role, href in roles:
        sub(linkbase, LINK, "roleRef", roleURI=role, xlink_type="simple", xlink_href=href)


def add_dimension_refs(linkbase: _Element, names: Iterable[str]) -> None:
    """Say where the arcroles of dimensions are declared."""
    for name in names:
        sub(
            linkbase,
            LINK,
            "arcroleRef",
            arcroleURI=f"{DIMENSIONS}{name}",
            xlink_type="simple",
            xlink_href=f"http://www.xbrl.org/2005/xbrldt-2005.xsd#{name}",
        )


def add_network(
    linkbase: _Element,
    kind: str,
    role: str,
    arcs: Sequence[Arc],
    address: Mapping[str, str],
) -> None:
    """A presentation or definition network.

    Args:
        linkbase: what it is appended to.
        kind: ``presentation`` or ``definition``.
        role: of the network.
        arcs: its lines.
        address: where each element is declared, by its local name.
    """
    link = sub(linkbase, LINK, f"{kind}Link", xlink_type="extended", xlink_role=role)
    for name in dict.fromkeys(name for arc in arcs for name in (arc.above, arc.below)):
        sub(link, LINK, "loc", xlink_type="locator", xlink_href=address[name], xlink_label=name)
    for arc in arcs:
        line = sub(
            link,
            LINK,
            f"{kind}Arc",
            xlink_type="arc",
            xlink_arcrole=arc.arcrole,
            xlink_from=arc.above,
            xlink_to=arc.below,
            order=str(arc.order),
        )
        if arc.closed:
            line.set(f"{{{XBRLDT}}}closed", "true")
            line.set(f"{{{XBRLDT}}}contextElement", "segment")


def add_labels(linkbase: _Element, labels: Mapping[str, str], address: Mapping[str, str]) -> None:
    """Standard labels in English, by the elements' local names."""
    link = sub(
        linkbase,
        LINK,
        "labelLink",
        xlink_type="extended",
        xlink_role="http://www.xbrl.org/2003/role/link",
    )
    for name, text in labels.items():
        sub(link, LINK, "loc", xlink_type="locator", xlink_href=address[name], xlink_label=name)
        label = sub(
            link,
            LINK,
            "label",
            xlink_type="resource",
            xlink_label=f"lab_{name}",
            xlink_role=LABEL_ROLE,
            xml_lang="en-US",
        )
        label.text = text
        sub(
            link,
            LINK,
            "labelArc",
            xlink_type="arc",
            xlink_arcrole=CONCEPT_LABEL,
            xlink_from=name,
            xlink_to=f"lab_{name}",
        )


def written(root: _Element, comment: str = "") -> bytes:
    """A whole XML file, the same bytes each time."""
    from lxml import etree

    etree.indent(root, space="")
    body: bytes = etree.tostring(root, encoding="utf-8")
    head = b"<?xml version='1.0' encoding='utf-8'?>\n"
    note = f"<!-- {comment} -->\n".encode() if comment else b""
    return head + note + body + b"\n"
