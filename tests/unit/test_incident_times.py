"""Instants as people write them: zones, offsets, and hours that were never or twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.governance.incident_codes import IncidentCode, IncidentError
from board_report.governance.incident_times import read_instant

CHICAGO = "America/Chicago"


@pytest.mark.parametrize(
    ("text", "zone", "instant", "named"),
    [
        ("2026-09-16 10:12", CHICAGO, "2026-09-16T15:12:00+00:00", CHICAGO),
        ("2026-09-16T10:12:30", CHICAGO, "2026-09-16T15:12:30+00:00", CHICAGO),
        ("2026-12-16 9:05", CHICAGO, "2026-12-16T15:05:00+00:00", CHICAGO),
        ("2026-09-16T10:12-04:00", CHICAGO, "2026-09-16T14:12:00+00:00", ""),
        ("2026-09-16T10:12Z", CHICAGO, "2026-09-16T10:12:00+00:00", ""),
        ("2026-09-16 10:12 +0200", CHICAGO, "2026-09-16T08:12:00+00:00", ""),
        # the hour before and after the clocks were put forward, and back
        ("2026-03-08 01:59", CHICAGO, "2026-03-08T07:59:00+00:00", CHICAGO),
        ("2026-03-08 03:00", CHICAGO, "2026-03-08T08:00:00+00:00", CHICAGO),
        ("2026-11-01 00:59", CHICAGO, "2026-11-01T05:59:00+00:00", CHICAGO),
        ("2026-11-01T01:30-06:00", CHICAGO, "2026-11-01T07:30:00+00:00", ""),
    ],
)
def test_an_instant_is_read(text: str, zone: str, instant: str, named: str) -> None:
    found, place = read_instant(text, zone)
    assert (found.astimezone(UTC).isoformat(), place) == (instant, named)


@pytest.mark.parametrize(
    ("text", "zone", "code", "says"),
    [
        ("2026-09-16", CHICAGO, IncidentCode.TIME_UNREADABLE, "time of day"),
        ("16.09.2026 10:12", CHICAGO, IncidentCode.TIME_UNREADABLE, "2026-09-16 10:12"),
        ("2026-02-30 10:12", CHICAGO, IncidentCode.TIME_UNREADABLE, "2026-02-30"),
        ("2026-09-16 25:00", CHICAGO, IncidentCode.TIME_UNREADABLE, "25:00"),
        ("1026-09-16 10:12", CHICAGO, IncidentCode.TIME_UNREADABLE, "1026"),
        ("2026-03-08 02:30", CHICAGO, IncidentCode.TIME_SKIPPED, "2026-03-08T03:30-05:00"),
        ("2026-03-08 02:30", CHICAGO, IncidentCode.TIME_SKIPPED, "2026-03-08T01:30-06:00"),
        ("2026-11-01 01:30", CHICAGO, IncidentCode.TIME_TWICE, "2026-11-01T01:30-05:00"),
        ("2026-11-01 01:30", CHICAGO, IncidentCode.TIME_TWICE, "2026-11-01T01:30-06:00"),
        ("2026-09-16 10:12", "America/Chicaggo", IncidentCode.ZONE_UNKNOWN, "America/Chicago"),
        ("2026-09-16 10:12", "../../etc/passwd", IncidentCode.ZONE_UNKNOWN, "zone"),
        ("2026-09-16 10:12", "localtime", IncidentCode.ZONE_UNKNOWN, "zone"),
        ("2026-09-16 10:12", "", IncidentCode.ZONE_UNKNOWN, "zone"),
    ],
)
def test_what_is_no_instant_is_refused_with_what_to_write(
    text: str, zone: str, code: IncidentCode, says: str
) -> None:
    with pytest.raises(IncidentError) as refused:
        read_instant(text, zone)
    assert refused.value.code is code
    assert says in refused.value.message


def test_an_offset_must_be_one_of_the_zone_that_is_named_with_it() -> None:
    assert read_instant("2026-09-16T10:12-05:00", CHICAGO, is_zone_asked=True)[1] == CHICAGO
    with pytest.raises(IncidentError) as refused:
        read_instant("2026-09-16T10:12-04:00", CHICAGO, is_zone_asked=True)
    assert refused.value.code is IncidentCode.OFFSET_DIFFERS
    assert "2026-09-16T09:12:00-05:00" in refused.value.message


ZONES = (CHICAGO, "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "UTC")


@given(
    st.datetimes(datetime(2001, 1, 1), datetime(2099, 1, 1)),  # noqa: DTZ001
    st.sampled_from(ZONES),
)
def test_every_local_time_is_one_instant_or_refused_with_two_that_are(
    moment: datetime, zone: str
) -> None:
    """Whatever the clocks did, what is read shows the same clock."""
    text = f"{moment:%Y-%m-%d %H:%M:%S}"
    try:
        found, _ = read_instant(text, zone)
    except IncidentError as refused:
        ways = [str(refused.facts[name]) for name in refused.facts if name not in ("value", "zone")]
        read = [datetime.fromisoformat(way) for way in ways]
        assert len({each.astimezone(UTC) for each in read}) == 2
        assert abs(read[0] - read[1]) <= timedelta(hours=24)
    else:
        assert f"{found.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}" == text


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str, zone: str) -> None:
    for place in (CHICAGO, zone):
        try:
            found, _ = read_instant(text, place)
        except IncidentError:
            continue
        assert found.tzinfo is not None
