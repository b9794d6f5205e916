"""Record what Arelle reads from the real reports in the shared folder, for the test of our reader.

Text blocks are recorded by length and hash, so that nobody's words are kept here. Run it from the
root of the repository with ``BOARD_REPORT_SHARED_DATA`` set, after the reports or Arelle changed::

    python -m tests.tools.record_filed_facts
"""

from __future__ import annotations

import json
import os
import re
from hashlib import sha256
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from board_report.documents.xbrl.elements import dei_schema_text
from board_report.documents.xbrl.package import taxonomy_package
from board_report.documents.xbrl.validator import ArelleFact, validate

RECORDED = Path(__file__).parents[1] / "unit" / "xbrl" / "filed_facts.json"
LONGEST = 80
"""Characters of a value that is recorded as it is; a longer one is words."""

SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xbrli="http://www.xbrl.org/2003/instance" targetNamespace="{own}">
<xs:import namespace="http://www.xbrl.org/2003/instance"
 schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
{imports}
{elements}
</xs:schema>"""
ELEMENT = (
    '<xs:element name="{name}" id="own_{name}" type="xbrli:{type}ItemType" '
    'substitutionGroup="xbrli:item" xbrli:periodType="duration" nillable="true"/>'
)


def filings(shared: Path) -> list[Path]:
    """The real reports, beside the folder of data."""
    return sorted((shared.parent / "sec" / "filings_8k").glob("*.html"))


def words_of(value: str) -> str:
    """The words of a value, tags and white space left out: what two readers must agree on."""
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", value)).replace("\xa0", " "))


def recorded_value(value: str) -> str:
    """A short value as it is, a long one as its length and hash."""
    words = words_of(value)
    if len(value) <= LONGEST and "<" not in value:
        return " ".join(value.split())
    return f"{len(words)} characters, sha256 {sha256(words.encode()).hexdigest()}"


def read_by_arelle(report: Path, work: Path) -> tuple[ArelleFact, ...]:
    """The facts as Arelle reads them; the filer's own schema, which is not at hand, is made up."""
    text = re.sub(r"^<XBRL>\s*|\s*</XBRL>\s*$", "", report.read_text(encoding="utf-8"))
    schema = re.search(r'schemaRef[^>]*xlink:href="([^"]+)"', text)
    assert schema
    spaces = dict(re.findall(r'xmlns:([\w-]+)="([^"]+)"', text))
    own = next(
        (prefix for prefix, space in spaces.items() if re.search(r"/20\d{6}$", space)), "own"
    )
    numbers = set(re.findall(rf'nonFraction[^>]*name="{own}:(\w+)"', text))
    elements = "\n".join(ELEMENT.format(name=each, type="decimal") for each in sorted(numbers))
    imports = "\n".join(
        f'<xs:import namespace="{space}" schemaLocation="'
        f'https://xbrl.sec.gov/{name}/{year}/{name}-{year}.xsd"/>'
        for name, space in spaces.items()
        for year in re.findall(rf"^http://xbrl\.sec\.gov/{name}/(\d{{4}})$", space)
        if name in ("cyd", "dei")
    )
    (work / schema[1]).write_text(
        SCHEMA.format(own=spaces.get(own, "http://own"), imports=imports, elements=elements)
    )
    document = work / "report.htm"
    document.write_text(text, encoding="utf-8")
    return validate(document, [package_with_2023(work)], with_facts=True).facts


def package_with_2023(work: Path) -> Path:
    """Our package with dei 2023 beside the others, which one of the reports uses."""
    path = work / "package.zip"
    path.write_bytes(taxonomy_package())
    with ZipFile(path, "a") as archive:
        text = dei_schema_text().replace("/dei/2024", "/dei/2023")
        archive.writestr("cyd-reconstructed/xbrl.sec.gov/dei/2023/dei-2023.xsd", text)
    return path


def record(shared: Path) -> dict[str, list[list[str]]]:
    """Report to its facts: element, context and value."""
    found = {}
    for report in filings(shared):
        with TemporaryDirectory() as folder:
            facts = read_by_arelle(report, Path(folder))
        found[report.stem] = [
            [each.name, each.context_id, recorded_value(each.value)] for each in facts
        ]
    return found


if __name__ == "__main__":
    recorded = record(Path(os.environ["BOARD_REPORT_SHARED_DATA"]))
    RECORDED.write_text(json.dumps(recorded, indent=1) + "\n", encoding="utf-8")
