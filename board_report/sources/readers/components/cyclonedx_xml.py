"""The vulnerabilities of a CycloneDX document that is written in XML."""

from __future__ import annotations

from collections.abc import Iterator

from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.markup import Node, elements
from board_report.sources.readers.components.ratings import (
    COLUMNS,
    affected_only,
    rated,
    standing,
)
from board_report.sources.readers.components.reports import (
    Texts,
    cve_numbers,
    grid_of,
    with_known,
)

_NAMES = ("vulnerability", "vulnerabilities", "components")


def read_xml(content: bytes) -> Grid:
    """A row for each component that each vulnerability affects.

    Raises:
        ReadFaultError: not XML, or a list of components without vulnerabilities.
    """
    return grid_of(_rows(content), COLUMNS)


def _rows(content: bytes) -> Iterator[tuple[int, Texts]]:
    looked, count = False, 0
    for node in elements(content, _NAMES):
        if node.name == "vulnerability":
            yield from _vulnerability(node)
        elif node.name == "vulnerabilities":
            looked = True
        elif node.parent and node.parent.name == "bom":
            count = len(node.all("component"))
    if not looked:
        what = f"a CycloneDX list of {count:,} components (an SBOM) without vulnerabilities"
        raise ReadFaultError(ReadCode.NO_SCAN, line=1, what=what)


def _vulnerability(node: Node) -> Iterator[tuple[int, Texts]]:
    one = {**_document(node), **_texts(node)}
    affects = node.first("affects")
    targets = affects.all("target") if affects else []
    if not targets:
        # The extension of versions 1.2 and 1.3 names the component in an attribute.
        yield node.line, {**one, **affected_only(node.attributes.get("ref", ""), ())}
    for target in targets:
        versions = target.first("versions")
        states = [each.value("status") for each in versions.children] if versions else []
        yield node.line, {**one, **affected_only(target.value("ref"), states)}


def _document(node: Node) -> Texts:
    bom = node.above("bom")
    if bom is None:
        return {}
    names = [bom.value("metadata", "component", each) for each in ("group", "name")]
    timestamp = bom.value("metadata", "timestamp")
    return {
        "metadata.component": "/".join(filter(None, names)),
        **with_known({"metadata.timestamp": timestamp}),
    }


def _texts(node: Node) -> Texts:
    name = node.value("id")
    source = node.first("source")
    ratings, references = node.first("ratings"), node.first("references")
    return {
        "id": name,
        "source.name": (source.value("name") or source.attributes.get("name", ""))
        if source
        else "",
        "cves": cve_numbers(
            name, *(each.value("id") for each in (references.children if references else ()))
        ),
        **rated(
            [
                (
                    each.value("severity"),
                    each.value("method"),
                    each.value("score", "base") or each.value("score"),
                )
                for each in (ratings.all("rating") if ratings else ())
            ]
        ),
        **standing(node.value("analysis", "state"), node.value("analysis", "lastUpdated")),
    }
