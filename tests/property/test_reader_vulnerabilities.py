"""Scan reports in XML, whatever their bytes: rows, or a fault that the user is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.project import SourceSpec
from board_report.sources.faults import ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.readers.vulnerabilities.nessus_xml import read_nessus
from board_report.sources.readers.vulnerabilities.openvas_xml import read_openvas

SPEC = SourceSpec(table="vulnerability_findings", file="scan.xml")
NESSUS = b"""<?xml version="1.0"?>
<NessusClientData_v2><Policy><policyName>P</policyName></Policy><Report name="R">
<ReportHost name="web-1"><HostProperties><tag name="HOST_START">Mon May  2 21:18:23 2016</tag>
<tag name="host-fqdn">web-1.example</tag></HostProperties>
<ReportItem port="443" protocol="tcp" severity="3" pluginID="1"><cve>CVE-2014-0160</cve>
<cve>CVE-2014-0346</cve><plugin_output>a &amp; b</plugin_output></ReportItem>
<ReportItem port="0" protocol="tcp" severity="0" pluginID="2"/>
</ReportHost></Report></NessusClientData_v2>
"""
OPENVAS = b"""<report id="o" format_id="f"><report id="i"><scan_run_status>Done</scan_run_status>
<scan_start>2024-03-18T18:46:31Z</scan_start><results>
<result id="r"><host>10.0.0.1<hostname>web</hostname></host><port>80/tcp</port>
<nvt oid="1.3"><name>N</name><refs><ref type="cve" id="CVE-2014-0160"/></refs></nvt>
<threat>High</threat><severity>7.5</severity><qod><value>80</value></qod>
<detection><result id="d"/></detection></result>
<result id="s"/></results></report></report>
"""
FORMATS: list[tuple[Callable[[bytes, SourceSpec], Grid], bytes]] = [
    (read_nessus, NESSUS),
    (read_openvas, OPENVAS),
]
TOKENS = (
    *(b"<ReportItem>", b"</ReportItem>", b"<ReportHost>", b"</ReportHost>", b"<HostProperties>"),
    *(b"<tag>", b"<tag/>", b"<result>", b"</result>", b"<results>", b"</results>", b"<nvt/>"),
    *(b"<refs/>", b"<ref/>", b"<host/>", b"<cve/>", b"<a b='1' b='2'/>", b"&x;", b"&#0;"),
    *(b"<![CDATA[", b"]]>", b"<!--", b"<?x?>", b"\x00", b"\xff", b"xmlns:a='b'", b"a:"),
)
each_format = pytest.mark.parametrize(("read", "valid"), FORMATS, ids=["nessus", "openvas"])
several = settings(max_examples=150)


def check(read: Callable[[bytes, SourceSpec], Grid], content: bytes) -> None:
    """Nothing but a fault leaves the reader; rows are as wide as their header."""
    try:
        grid = read(content, SPEC)
    except ReadFaultError:
        return
    assert all(len(row.cells) == len(grid.header.cells) for row in grid.rows)
    assert all(isinstance(cell, str) for row in grid.rows for cell in row.cells)
    lines = content.count(b"\n") + content.count(b"\r") + 1
    assert all(1 <= row.line <= lines for row in grid.rows)


@each_format
def test_the_valid_files_are_read(read: Callable[[bytes, SourceSpec], Grid], valid: bytes) -> None:
    """What is mutated below is a report with two rows."""
    assert len(read(valid, SPEC).rows) == 2


@each_format
@several
@given(content=st.binary(max_size=400))
def test_any_bytes(read: Callable[[bytes, SourceSpec], Grid], valid: bytes, content: bytes) -> None:
    """Alone, and behind the beginning of a report."""
    check(read, content)
    check(read, valid[:200] + content)


@each_format
@several
@given(data=st.data())
def test_files_that_break_off_or_are_damaged(
    read: Callable[[bytes, SourceSpec], Grid], valid: bytes, data: st.DataObject
) -> None:
    """Cut, with bytes flipped, and with tokens put in or in place of others."""
    content = bytearray(valid)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= 1 << data.draw(st.integers(0, 7))
    for token in data.draw(st.lists(st.sampled_from(TOKENS), max_size=4)):
        at = data.draw(st.integers(0, len(content)))
        width = data.draw(st.sampled_from((0, 0, 5, 40)))
        content[at : at + width] = token
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    check(read, bytes(content))


@each_format
@several
@given(data=st.data())
def test_elements_in_other_places(
    read: Callable[[bytes, SourceSpec], Grid], valid: bytes, data: st.DataObject
) -> None:
    """Well-formed reports whose elements are renamed, so that what is looked for is elsewhere."""
    names = (
        *(b"ReportHost", b"ReportItem", b"HostProperties", b"tag", b"cve", b"report", b"results"),
        *(b"result", b"host", b"hostname", b"nvt", b"refs", b"ref", b"qod", b"detection"),
    )
    content = valid
    for _ in range(data.draw(st.integers(1, 3))):
        one, other = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
        for mark in (b"<", b"</"):
            content = content.replace(mark + one, mark + other)
    check(read, content)


@each_format
def test_bombs_and_outside_files_are_refused(
    read: Callable[[bytes, SourceSpec], Grid], valid: bytes
) -> None:
    """Before anything is expanded or fetched."""
    body = valid.replace(b'<?xml version="1.0"?>', b"")
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + body
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + body
    for content in (bomb, outside):
        with pytest.raises(ReadFaultError) as caught:
            read(content, SPEC)
        assert caught.value.code == "xml_forbidden"
