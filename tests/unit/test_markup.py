"""XML is read as a stream of records with their lines, and attacks are refused."""

from __future__ import annotations

import pytest

from board_report.sources.faults import ReadFaultError
from board_report.sources.markup import DEEPEST, elements

REPORT = b"""<?xml version="1.0"?>
<r:Report xmlns:r="urn:x">
  <r:Host name="web"><r:Props><tag n="os">Linux</tag></r:Props>
    <r:Item id="1"><cve>CVE-1</cve><cve>CVE-2</cve>
      <text>a &amp; b</text></r:Item>
    <r:Item
        id="2"/>
  </r:Host>
  <r:Host name="db"><r:Item id="3"/></r:Host>
</r:Report>
"""


def test_records_with_lines_children_and_what_is_around() -> None:
    """Prefixes are left out of names; what stands beside a record is reached from it."""
    one, two, three = elements(REPORT, {"Item"})
    assert [each.line for each in (one, two, three)] == [4, 6, 9]
    assert [each.attributes["id"] for each in (one, two, three)] == ["1", "2", "3"]
    assert [each.text for each in one.all("cve")] == ["CVE-1", "CVE-2"]
    assert one.value("text") == "a & b"
    host = one.above("Host")
    assert host is not None
    assert (host.attributes["name"], host.value("Props", "tag")) == ("web", "Linux")
    other = three.above("Host")
    assert other is not None
    assert (other.attributes["name"], other.first("Props")) == ("db", None)
    assert one.above("Nothing") is None


def test_memory_follows_one_record() -> None:
    """A record that was given out is not kept by the element around it."""
    content = b"<a>" + b"<i>x</i>" * 50_000 + b"</a>"
    last = None
    for each in elements(content, {"i"}):
        last = each
    assert last is not None
    assert last.parent is not None
    assert last.parent.children == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "xml_forbidden"),
        (b'<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><a/>', "xml_forbidden"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "xml_forbidden"),
        (
            b'<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]><a>&c;</a>',
            "xml_forbidden",
        ),
        (b"<a><b></a>", "bad_xml"),
        (b"<a", "bad_xml"),
        (b"", "bad_xml"),
        (b"\0\1", "bad_xml"),
        (b'<?xml version="1.0" encoding="none-such"?><a/>', "bad_xml"),
        (b"<a>" * (DEEPEST + 1), "bad_xml"),
        (b"<a>&#0;</a>", "bad_xml"),
    ],
)
def test_attacks_and_damage(content: bytes, code: str) -> None:
    """Entities, external files, depth, and files that break off."""
    with pytest.raises(ReadFaultError) as told:
        list(elements(content, {"a"}))
    assert told.value.code == code


def test_a_document_type_without_entities_is_harmless() -> None:
    """Some exports name theirs."""
    (only,) = elements(b"<!DOCTYPE a><a>x</a>", {"a"})
    assert only.text == "x"


def test_other_encodings() -> None:
    """As the file itself declares."""
    text = '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>'
    (only,) = elements(text.encode("iso-8859-1"), {"a"})
    assert only.text == "é"
    (wide,) = elements('<?xml version="1.0" encoding="utf-16"?><a>é</a>'.encode("utf-16"), {"a"})
    assert wide.text == "é"
