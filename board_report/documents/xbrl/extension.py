"""A filer's own schema, and the linkbases that its cover page needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from board_report.documents.xbrl.cover import members
from board_report.documents.xbrl.linkbase import (
    DIMENSIONS,
    Arc,
    add_dimension_refs,
    add_labels,
    add_network,
    add_role_refs,
    sub,
    written,
)
from board_report.documents.xbrl.names import (
    ANNUAL,
    DTR,
    INCIDENT,
    LINK,
    XBRLDT,
    XBRLI,
    XLINK,
    XS,
    XSI,
    cyd_namespace,
    cyd_schema,
    dei_namespace,
    dei_schema,
    entry_namespace,
    entry_point,
    us_gaap_namespace,
    us_gaap_schema,
)
from board_report.documents.xbrl.records import (
    AnnualRecord,
    CurrentReport,
    file_prefix,
    schema_namespace,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_AXIS = "StatementClassOfStockAxis"
_DOMAIN = "ClassOfStockDomain"
_REF = "http://www.xbrl.org/2003/role/"


def extension_files(
    record: AnnualRecord | CurrentReport, cover_elements: tuple[str, ...]
) -> dict[str, bytes]:
    """The schema, the presentation of the cover, and what several classes of stock need.

    Networks of the cyd elements come with the entry point that the schema imports; a report under
    Item 8.01 has none and imports dei alone.

    Args:
        record: what is reported.
        cover_elements: local names of the dei elements that the document has, in its order.
    """
    files = {
        f"{record.stem}.xsd": _schema(record),
        f"{record.stem}_pre.xml": _presentation(record, cover_elements),
    }
    if members(record.filer):
        files[f"{record.stem}_def.xml"] = _definition(record)
        files[f"{record.stem}_lab.xml"] = _labels(record)
    return files


def _role(record: AnnualRecord | CurrentReport) -> str:
    return f"{schema_namespace(record).rpartition('/')[0]}/role/Cover"


def _schema(record: AnnualRecord | CurrentReport) -> bytes:
    from lxml import etree

    prefix, namespace = file_prefix(record.filer), schema_namespace(record)
    schema = etree.Element(
        f"{{{XS}}}schema",
        {"targetNamespace": namespace, "elementFormDefault": "qualified"},
        nsmap={
            "xs": XS,
            "xbrli": XBRLI,
            "link": LINK,
            "xlink": XLINK,
            "xbrldt": XBRLDT,
            "dtr-types": DTR,
            prefix: namespace,
        },
    )
    info = sub(sub(schema, XS, "annotation"), XS, "appinfo")
    for suffix in ("pre", *(("def", "lab") if members(record.filer) else ())):
        _refer(info, f"{record.stem}_{suffix}.xml", suffix)
    role = sub(info, LINK, "roleType", roleURI=_role(record), id="Cover")
    sub(role, LINK, "definition").text = "0000001 - Document - Cover"
    for kind in ("presentationLink", "definitionLink"):
        sub(role, LINK, "usedOn").text = f"link:{kind}"
    for space, address in _imports(record):
        sub(schema, XS, "import", namespace=space, schemaLocation=address)
    for name in members(record.filer):
        element = sub(
            schema,
            XS,
            "element",
            id=f"{prefix}_{name}",
            name=name,
            type="dtr-types:domainItemType",
            substitutionGroup="xbrli:item",
            abstract="true",
            nillable="true",
        )
        element.set(f"{{{XBRLI}}}periodType", "duration")
    return written(schema)


def _imports(record: AnnualRecord | CurrentReport) -> list[tuple[str, str]]:
    year = record.taxonomy_year
    found = [(XBRLI, "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd")]
    if isinstance(record, AnnualRecord) or record.item == "1.05":
        network = ANNUAL if isinstance(record, AnnualRecord) else INCIDENT
        found.append((entry_namespace(year, network), entry_point(year, network)))
        found.append((cyd_namespace(year), cyd_schema(year)))
    found.append((dei_namespace(year), dei_schema(year)))
    if members(record.filer):
        found.append((DTR, "https://www.xbrl.org/dtr/type/2022-03-31/types.xsd"))
        found.append((us_gaap_namespace(year), us_gaap_schema(year)))
    return found


def _refer(info: _Element, file: str, suffix: str) -> None:
    """Name a linkbase that goes with the schema."""
    roles = {"pre": "presentation", "def": "definition", "lab": "label"}
    sub(
        info,
        LINK,
        "linkbaseRef",
        xlink_type="simple",
        xlink_href=file,
        xlink_role=f"{_REF}{roles[suffix]}LinkbaseRef",
        xlink_arcrole="http://www.w3.org/1999/xlink/properties/linkbase",
    )


def _linkbase() -> _Element:
    from lxml import etree

    spaces = {"link": LINK, "xlink": XLINK, "xbrldt": XBRLDT, "xsi": XSI}
    linkbase = etree.Element(f"{{{LINK}}}linkbase", nsmap=spaces)
    where = f"{LINK} http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd"
    linkbase.set(f"{{{XSI}}}schemaLocation", where)
    return linkbase


def _addresses(
    record: AnnualRecord | CurrentReport, cover_elements: tuple[str, ...] = ()
) -> dict[str, str]:
    """Where every element of the cover is declared."""
    year, prefix = record.taxonomy_year, file_prefix(record.filer)
    found = {name: f"{dei_schema(year)}#dei_{name}" for name in ("CoverAbstract", *cover_elements)}
    found |= {name: f"{us_gaap_schema(year)}#us-gaap_{name}" for name in (_AXIS, _DOMAIN)}
    found |= {name: f"{record.stem}.xsd#{prefix}_{name}" for name in members(record.filer)}
    return found


def _presentation(record: AnnualRecord | CurrentReport, cover_elements: tuple[str, ...]) -> bytes:
    linkbase = _linkbase()
    add_role_refs(linkbase, [(_role(record), f"{record.stem}.xsd#Cover")])
    classes = members(record.filer)
    under = [*([_AXIS] if classes else []), *cover_elements]
    arcs = [Arc("CoverAbstract", name, number) for number, name in enumerate(under, 1)]
    if classes:
        arcs.append(Arc(_AXIS, _DOMAIN, 1))
        arcs += [Arc(_DOMAIN, name, number) for number, name in enumerate(classes, 1)]
    add_network(linkbase, "presentation", _role(record), arcs, _addresses(record, cover_elements))
    return written(linkbase)


def _definition(record: AnnualRecord | CurrentReport) -> bytes:
    """The members of the axis."""
    linkbase = _linkbase()
    add_role_refs(linkbase, [(_role(record), f"{record.stem}.xsd#Cover")])
    add_dimension_refs(linkbase, ("dimension-domain", "domain-member"))
    arcs = [Arc(_AXIS, _DOMAIN, 1, f"{DIMENSIONS}dimension-domain")]
    arcs += [
        Arc(_DOMAIN, name, number, f"{DIMENSIONS}domain-member")
        for number, name in enumerate(members(record.filer), 1)
    ]
    add_network(linkbase, "definition", _role(record), arcs, _addresses(record))
    return written(linkbase)


def _labels(record: AnnualRecord | CurrentReport) -> bytes:
    """Each class of stock by its title."""
    linkbase = _linkbase()
    securities = zip(members(record.filer), record.filer.securities, strict=True)
    labels = {name: f"{each.title} [Member]" for name, each in securities}
    add_labels(linkbase, labels, _addresses(record))
    return written(linkbase)
