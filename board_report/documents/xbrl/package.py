"""A taxonomy package rebuilt from public filings, so that a document can be checked offline.

It is not what the Commission publishes. A pass against it is not an acceptance by EDGAR, and a
genuine package goes before it wherever one is at hand.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from board_report.documents.xbrl.elements import (
    Element,
    cyd_elements,
    dei_schema_text,
    network_elements,
)
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
    YEARS,
    cyd_namespace,
    cyd_schema,
    dei_schema,
    entry_namespace,
    entry_point,
    us_gaap_namespace,
    us_gaap_schema,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

FOLDER = "cyd-reconstructed"
NOTE = (
    "RECONSTRUCTED from public filings by board-report. Not published by the Commission. "
    "Use the genuine taxonomy before filing."
)
ROLES = {
    ANNUAL: (
        "CybersecurityRiskManagementAndStrategyDisclosure",
        "995445 - Disclosure - Cybersecurity Risk Management and Strategy Disclosure",
    ),
    INCIDENT: (
        "MaterialCybersecurityIncidentDisclosure",
        "995446 - Disclosure - Material Cybersecurity Incident Disclosure",
    ),
}
_IMPORTS = (
    (XBRLI, "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"),
    (XBRLDT, "http://www.xbrl.org/2005/xbrldt-2005.xsd"),
    (DTR, "https://www.xbrl.org/dtr/type/2022-03-31/types.xsd"),
)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip file can hold; the same for every entry."""


def taxonomy_package() -> bytes:
    """The whole package as a zip file; the same bytes each time."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, data in sorted(package_files().items()):
            entry = ZipInfo(f"{FOLDER}/{name}", _FIRST_DAY)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def package_files() -> dict[str, bytes]:
    """The package's files by name; schemas stand under the host that their address names."""
    found = {
        "META-INF/taxonomyPackage.xml": _metadata(),
        "META-INF/catalog.xml": _CATALOG,
        "README.txt": f"{NOTE}\n".encode(),
    }
    for year in YEARS:
        found[_path(cyd_schema(year))] = _elements(year)
        found[_path(entry_point(year, ANNUAL))] = _entry_point(year, ANNUAL)
        found[_path(entry_point(year, INCIDENT))] = _entry_point(year, INCIDENT)
        found[_path(dei_schema(year))] = _dei(year)
        found[_path(us_gaap_schema(year))] = _stock_classes(year)
    return found


def _path(address: str) -> str:
    return address.removeprefix("https://")


_CATALOG = b"""<?xml version='1.0' encoding='utf-8'?>
<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
<rewriteURI uriStartString="https://xbrl.sec.gov/" rewritePrefix="../xbrl.sec.gov/"/>
<rewriteURI uriStartString="https://xbrl.fasb.org/" rewritePrefix="../xbrl.fasb.org/"/>
</catalog>
"""


def _metadata() -> bytes:
    from lxml import etree

    space = "http://xbrl.org/2016/taxonomy-package"
    root = etree.Element(f"{{{space}}}taxonomyPackage", nsmap={"tp": space})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    for name, text in (
        ("identifier", "urn:board-report:cyd-reconstructed"),
        ("name", "RECONSTRUCTED cyd taxonomy, for checks offline"),
        ("description", NOTE),
        ("version", "1"),
    ):
        sub(root, space, name).text = text
    points = sub(root, space, "entryPoints")
    for year in YEARS:
        for network in (ANNUAL, INCIDENT):
            point = sub(points, space, "entryPoint")
            name = entry_point(year, network).rpartition("/")[2]
            sub(point, space, "name").text = f"{name} (reconstructed)"
            sub(point, space, "entryPointDocument", href=entry_point(year, network))
    return written(root)


def _schema(namespace: str, prefix: str) -> _Element:
    from lxml import etree

    spaces = {
        "xs": XS,
        "xbrli": XBRLI,
        "link": LINK,
        "xlink": XLINK,
        "xbrldt": XBRLDT,
        "dtr-types": DTR,
        prefix: namespace,
    }
    attributes = {"targetNamespace": namespace, "elementFormDefault": "qualified"}
    return etree.Element(f"{{{XS}}}schema", attributes, nsmap=spaces)


def _import_base(schema: _Element) -> None:
    for space, address in _IMPORTS:
        sub(schema, XS, "import", namespace=space, schemaLocation=address)


def _elements(year: int) -> bytes:
    """The schema of all cyd elements, with the roles of their networks."""
    schema = _schema(cyd_namespace(year), "cyd")
    _import_base(schema)
    info = sub(sub(schema, XS, "annotation"), XS, "appinfo")
    for name, definition in ROLES.values():
        role = sub(info, LINK, "roleType", roleURI=_role(name), id=name)
        sub(role, LINK, "definition").text = definition
        for kind in ("presentationLink", "calculationLink", "definitionLink"):
            sub(role, LINK, "usedOn").text = f"link:{kind}"
    for each in sorted(cyd_elements().values(), key=lambda one: one.name):
        _declare(
            schema,
            "cyd",
            each.name,
            type=each.type,
            group=each.substitution_group,
            abstract=each.is_abstract,
        )
    return written(schema, NOTE)


def _declare(
    schema: _Element, prefix: str, name: str, *, type: str, group: str, abstract: bool
) -> None:
    element = sub(
        schema,
        XS,
        "element",
        id=f"{prefix}_{name}",
        name=name,
        type=type,
        substitutionGroup=group,
        abstract="true" if abstract else "false",
        nillable="true",
    )
    element.set(f"{{{XBRLI}}}periodType", "duration")


def _role(name: str) -> str:
    return f"http://xbrl.sec.gov/cyd/role/{name}"


def _entry_point(year: int, network: str) -> bytes:
    """What a filer's schema imports: the networks and labels of one kind of report."""
    schema = _schema(entry_namespace(year, network), "sub")
    linkbase = sub(sub(sub(schema, XS, "annotation"), XS, "appinfo"), LINK, "linkbase")
    name, _ = ROLES[network]
    elements = network_elements(network)
    address = {each.name: f"{cyd_schema(year)}#cyd_{each.name}" for each in elements}
    add_role_refs(linkbase, [(_role(name), f"{cyd_schema(year)}#{name}")])
    definitions = list(map(_definition, _arcs(elements)))
    defaults = _defaults(elements)
    used = dict.fromkeys(arc.arcrole.removeprefix(DIMENSIONS) for arc in (*definitions, *defaults))
    add_dimension_refs(linkbase, used)
    add_network(linkbase, "presentation", _role(name), _arcs(elements), address)
    add_network(linkbase, "definition", _role(name), definitions, address)
    if defaults:  # in a link of their own: they lead to the same domains as arcs above
        add_network(linkbase, "definition", _role(name), defaults, address)
    labels = {each.name: each.label_of(year) for each in elements if each.label_of(year)}
    add_labels(linkbase, labels, address)
    sub(schema, XS, "import", namespace=cyd_namespace(year), schemaLocation=cyd_schema(year))
    return written(schema, NOTE)


def _arcs(elements: tuple[Element, ...]) -> list[Arc]:
    return [Arc(each.parent, each.name, each.order) for each in elements if each.parent]


def _defaults(elements: tuple[Element, ...]) -> list[Arc]:
    """The default member of each axis: its domain."""
    axes = {each.name for each in elements if each.substitution_group == "xbrldt:dimensionItem"}
    arcrole = f"{DIMENSIONS}dimension-default"
    return [Arc(each.parent, each.name, 1, arcrole) for each in elements if each.parent in axes]


def _definition(arc: Arc) -> Arc:
    """The arc of the definition network that goes with one of the presentation."""
    groups = cyd_elements()
    above, below = groups[arc.above].substitution_group, groups[arc.below].substitution_group
    if below == "xbrldt:hypercubeItem":
        return Arc(arc.above, arc.below, arc.order, f"{DIMENSIONS}all", closed=True)
    if above == "xbrldt:hypercubeItem":
        return Arc(arc.above, arc.below, arc.order, f"{DIMENSIONS}hypercube-dimension")
    if above == "xbrldt:dimensionItem":
        return Arc(arc.above, arc.below, arc.order, f"{DIMENSIONS}dimension-domain")
    return Arc(arc.above, arc.below, arc.order, f"{DIMENSIONS}domain-member")


def _dei(year: int) -> bytes:
    """The dei schema of 2024; for a later year with the year replaced."""
    text = dei_schema_text().replace("/dei/2024", f"/dei/{year}")
    if year == 2024:
        return text.encode()
    head, _, rest = text.partition("?>\n")
    return f"{head}?>\n<!-- {NOTE} This is dei 2024 with the year replaced. -->\n{rest}".encode()


def _stock_classes(year: int) -> bytes:
    """Of us-gaap nothing but the axis that tells classes of stock apart on a cover page."""
    schema = _schema(us_gaap_namespace(year), "us-gaap")
    _import_base(schema)
    for name, type_, group in (
        ("StatementClassOfStockAxis", "xbrli:stringItemType", "xbrldt:dimensionItem"),
        ("ClassOfStockDomain", "dtr-types:domainItemType", "xbrli:item"),
    ):
        _declare(schema, "us-gaap", name, type=type_, group=group, abstract=True)
    return written(schema, f"{NOTE} Of us-gaap it has two elements.")
