"""A typed number stands on its page, or the build says which ones do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.metrics.declare import Unit
from board_report.story import formats
from board_report.story.page import FigureSpec
from board_report.story.page_numbers import Known, figures_on, nearest
from board_report.story.prose_codes import PROSE_FAULTS, ProseCode
from board_report.story.prose_numbers import Kind, numbers_in
from board_report.story.prose_owner import owner_of
from tests.unit.prose_cases import FILE, PAGE, check, judged, known_facts

FINE, UNKNOWN, ROUNDED = None, ProseCode.NUMBER_UNKNOWN, ProseCode.NUMBER_ROUNDED
SENTENCES = (
    ("Detection took 19 h.", FINE),
    ("Detection took 19 hours, against 41 h a year ago.", FINE),
    ("We found intruders in 20 hours.", ROUNDED),
    ("The slow tail is 33 hours.", FINE),
    ("The slow tail is 33.3 h.", FINE),
    ("The slow tail is 33.1 h.", UNKNOWN),
    ("On average it took 23 hours.", FINE),
    ("Coverage reached 98%.", FINE),
    ("Coverage reached 98.1%.", FINE),
    ("Coverage reached 99%.", ROUNDED),
    ("Coverage reached 98 hours.", UNKNOWN),
    ("Coverage gained 1.1 points.", FINE),
    ("Coverage gained 5 points since last year.", FINE),
    ("Coverage gained 1.1%.", UNKNOWN),
    ("We raised 1,293 alerts.", FINE),
    ("We raised 1,300 alerts.", ROUNDED),
    ("We raised 1293 alerts.", FINE),
    ("We raised 1,400 alerts.", UNKNOWN),
    ("We spent $4.6M.", FINE),
    ("We spent $4.62 million.", FINE),
    ("We spent $5M.", FINE),
    ("We spent $4.7M.", ROUNDED),
    ("We spent USD 4.6 million of the $3.4M planned.", FINE),
    ("Home Care stands at 71%.", FINE),
    ("The repair takes 5.5 days.", FINE),
    ("The backlog is 118.", FINE),
    ("The backlog is 119.", UNKNOWN),
    ("Two incidents are still open.", FINE),
    ("Nine cases were seen.", FINE),
    ("Twenty-three cases were seen.", UNKNOWN),
    ("On 27 October 2026 the committee met for the third time.", FINE),
    ("By June 30, 2027 every gap is closed.", FINE),
    ("Item 106(b)(1) and Item 1.05 of Form 8-K apply; ISO 27001 and SOC 2 do not.", FINE),
    ("CVE-2026-1234 on TLS 1.3 was patched in Q3 2026, as D-31 asks.", FINE),
    ("A third of our systems lag.", UNKNOWN),
    ("One in five clicks.", UNKNOWN),
    ("The target is 24 h.", FINE),
    ("We report within 72 hours.", UNKNOWN),
    ("We report within {{ quoted('72 hours', source='GDPR Art. 33') }}.", FINE),
    ("Detection is 40% faster than a year ago.", UNKNOWN),
    ("Fewer than half of us read the policy before the drill.", UNKNOWN),
    ("MTTD was 19h, P90 33 h.", FINE),
    ("The 24-hour target is met; the 36-hour one is not.", FINE),
    ("Between 19 and 43 hours pass.", FINE),
    ("Detection fell from 41 to 19 hours.", FINE),
    ("Click rate rose 1.4 percentage points.", FINE),
    ("Click rate rose 1.4%.", UNKNOWN),
    ("Detection improved by 53% in a year and by 16% in the quarter.", FINE),
    ("Detection improved by 20%.", UNKNOWN),
    ("Time to detect is now a third of what it was.", UNKNOWN),
    ("It took us half the time of a year ago to detect.", FINE),
    ("We caught them within a day (19 h), not a week.", FINE),
    ("In 2 weeks the drill begins.", UNKNOWN),
    ("2 of 14 incidents are open; 0 were major.", FINE),
    ("Budget 2027: $3.4M; plan FY25/26; 24/7/365.", FINE),
    ("**19** hours, `43 h` and *41 h* a year ago.", FINE),
    ("Costs were EUR 4.6M.", FINE),
    ("It took 19 hours to detect, against 41 a year ago.", FINE),
    ("It took 19 hours to detect, against 47 a year ago.", UNKNOWN),
    ("It took 19 h, after 23 last quarter (from 41).", FINE),
    ("It took 19 h, after 14 incidents.", FINE),
    ("Detection took 19 h, and incidents fell to 14.", FINE),
    ("[19 h](https://example.com/99)", FINE),
)


@pytest.mark.parametrize(("sentence", "code"), SENTENCES)
def test_numbers_of_a_judgement(sentence: str, code: ProseCode | None) -> None:
    """Against a page where detection takes 19.4 h (p90 33.25, mean 22.6) and 41 h a year ago."""
    assert [each.code for each in judged(sentence)] == ([code] if code else [])


# --- what a finding says -------------------------------------------------------------------------


def test_the_finding_names_file_line_number_page_and_the_nearest_figures() -> None:
    """The third line of the text is the sixth of the file."""
    (found,) = check("## What it means: CISO\nFine so far.\nWe found them in 18 h.")
    assert (found.file, found.line, found.value) == (FILE, 6, "18 h")
    assert found.stops
    assert "detect-and-respond" in found.reason
    assert "Time to detect 19" in found.mend
    assert "{{ metric('mttd') }}" in found.mend
    assert "{{ quoted('18 h', source='...') }}" in found.mend


def test_a_wrong_rounding_names_the_right_one() -> None:
    """19.4 is no 20."""
    (found,) = judged("We found them in 20 h.")
    assert found.stops
    assert found.mend == "Write 19\u00a0h, or {{ metric('mttd') }}."


def test_all_faults_are_told_at_once() -> None:
    """In the order of the file, whatever the section."""
    text = (
        "## The facts\nWe lost 51 h.\n\nAnd 52 h.\n"
        "## What it means: CISO\nIt cost $9M.\n"
        "## What we do\n- Rehearse 54 times | CTO | 2026-12-15\n"
        "## What we recommend: CTO\nBuy 55 licences.\n"
        "## What we need\nApprove $56M | by 27 Oct 2026, or 57 days later\n"
        "## Notes\nSay that 58% agree.\n"
        "## Questions\n- Why 59? | Since 61 said so\n"
    )
    found = check(text, head="title: Detection took 48 days\n")
    assert [each.value for each in found] == [
        "48 days", "51 h", "52 h", "$9M", "54 times", "55", "$56M", "57 days", "58%", "59", "61",
    ]  # fmt: skip
    assert [each.line for each in found] == [3, 6, 8, 10, 12, 14, 16, 16, 18, 20, 20]
    assert {each.code for each in found} == {UNKNOWN}


def test_a_title_does_not_bear_itself_out() -> None:
    """The computed title has the number seventeen; a leader's own title takes its place."""
    said = "## What it means: CISO\nSeventeen of 40 systems lag."
    assert check(said) == ()
    assert {each.value for each in check(said, head="title: Seventeen of 40\n")} == {
        "Seventeen",
        "40",
    }


def test_only_the_branch_taken_counts() -> None:
    text = (
        "## What it means: CISO\n{% if metric('mttd').is_better %}It took 19 h.\n"
        "{% else %}It took 99 h.\n{% endif %}\nAnd 77 h."
    )
    assert [(each.value, each.line) for each in check(text)] == [("77 h", 8)]


def test_figures_of_other_pages_do_not_count() -> None:
    """A page without the metric has no 19 h."""
    page = replace(PAGE, metric_ids=("edr_coverage",))
    (found,) = check("## What it means: CISO\nIt took 19 h.", page=page)
    assert found.code == UNKNOWN


def test_words_of_the_page_are_figures_too() -> None:
    """Title, context, body at any depth, pictures' sentences and texts; layout numbers are not."""
    known = {(each.kind, each.value) for each in figures_on(PAGE, known_facts())}
    assert {
        (Kind.COUNT, 17), (Kind.COUNT, 40), (Kind.COUNT, 2), (Kind.PERCENT, 71),
        (Kind.MONEY, 3.4e6),
        (Kind.COUNT, 118), (Kind.DAYS, 5.5), (Kind.COUNT, 9),
    } <= known  # fmt: skip
    assert not {(Kind.COUNT, 35), (Kind.COUNT, 77), (Kind.COUNT, 2026)} & known


def test_terms_of_the_glossary_are_names() -> None:
    """As a company's own ``Program 40X``, or words that would count otherwise."""
    assert [each.text for each in numbers_in("The Three Rivers plan costs three days.")] == [
        "Three", "three days",
    ]  # fmt: skip
    assert [
        each.text
        for each in numbers_in("The Three Rivers plan costs three days.", ["Three Rivers"])
    ] == ["three days"]


# --- reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("41%", Kind.PERCENT, 41), ("41 percent", Kind.PERCENT, 41), ("4.1 pp", Kind.POINTS, 4.1),
        ("three percentage points", Kind.POINTS, 3), ("19h", Kind.HOURS, 19),
        ("36-hour", Kind.HOURS, 36), ("two business days", Kind.DAYS, 2),
        ("$4.6M", Kind.MONEY, 4.6e6),
        ("€350K", Kind.MONEY, 350e3), ("USD 1.2 billion", Kind.MONEY, 1.2e9), ("3x", Kind.TIMES, 3),
        ("five million dollars", Kind.MONEY, 5e6), ("1,293", Kind.COUNT, 1293),
        ("twenty-one", Kind.COUNT, 21), ("a dozen", Kind.COUNT, 12), ("2.5 years", Kind.YEARS, 2.5),
        ("a third of", Kind.PERCENT, 100 / 3), ("half the", Kind.PERCENT, 50),
        ("one in five", Kind.PERCENT, 20), ("6% faster", Kind.RELATIVE, 6),
        ("half of what", Kind.RELATIVE, 50), ("fell by 6%", Kind.RELATIVE, 6),
    ],
)  # fmt: skip
def test_kinds_and_values(text: str, kind: Kind, value: float) -> None:
    (found,) = numbers_in(f"It was {text} then.")
    assert (found.kind, found.value) == (kind, pytest.approx(value))


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-27", "27 Oct 2026", "27 October", "October 2026", "June 30, 2027", "Oct. 14",
        "3–5 October", "in 2026", "2026-Q3", "Q3", "Q3 2026", "FY26", "fiscal 2026", "H1",
        "FY25/26",
        "third quarter", "second half", "two quarters", "two years ago", "for six months",
        "the 90th percentile", "at 14:00", "5 p.m.", "D-31", "R-04", "INC0014186", "CVE-2026-1234",
        "106(b)(1)", "Item 1.05", "8-K", "10-K", "page 6", "tier 1", "phase two", "P1",
        "Rule 10b-5",
        "ISO 27001", "ISO/IEC 27001:2022", "SOC 2", "CSF 2.0", "PCI DSS 4.0", "NIST SP 800-53",
        "TLS 1.3", "24x7", "24/7", "zero trust", "zero-day", "two-factor", "IPv6", "SHA-256",
        "Office 365", "Windows Server 2016", "log4j", "3-2-1", "a 1-in-20 year", "one", "a",
        "first",
        "OWASP Top 10", "2FA", "half-year", "three lines of defense",
    ],
)  # fmt: skip
def test_names_and_dates_are_no_figures(text: str) -> None:
    assert numbers_in(f"This is about {text}.") == []
    assert numbers_in(f"{text[:1].upper()}{text[1:]} came up, as we said") == []


# --- properties ----------------------------------------------------------------------------------

UNITS = {
    Unit.RATIO: Kind.PERCENT, Unit.HOURS: Kind.HOURS, Unit.DAYS: Kind.DAYS, Unit.COUNT: Kind.COUNT,
    Unit.MONEY: Kind.MONEY,
}  # fmt: skip


@given(st.sampled_from(sorted(UNITS)), st.floats(0, 1))
def test_what_is_printed_of_a_figure_is_always_that_figure(unit: Unit, share: float) -> None:
    """Whatever digits the formats choose."""
    most = {Unit.RATIO: 1, Unit.MONEY: 9e8, Unit.COUNT: 9e5}.get(unit, 9e3)
    value = float(round(share * most)) if unit is Unit.COUNT else share * most
    text = formats.with_unit(value, unit)
    if text.startswith(("over", "under")):
        return
    factor = 100 if unit is Unit.RATIO else 1
    printed = round(formats.shown(value, unit) * factor, 6)
    (number,) = numbers_in(f"It was {text} then.".replace("\u00a0", " "))
    assert Known(UNITS[unit], value * factor, printed, text, "").agrees(number)


@given(st.integers(0, 9999), st.integers(-9999, 9999))
def test_a_number_that_is_off_is_refused(value: int, apart: int) -> None:
    """By one or more in the last digit typed."""
    known = Known(Kind.HOURS, value / 10, value / 10, "", "")
    typed = (value + apart) / 10
    if typed < 0:
        return
    (number,) = numbers_in(f"It was {typed:.1f} h then.")
    assert known.agrees(number) is (apart == 0)


@given(st.dates(date(1990, 1, 1), date(2049, 12, 31)))
def test_a_date_is_never_a_figure(day: date) -> None:
    for text in (
        f"{day:%Y-%m-%d}",
        f"{day.day} {day:%B}",
        f"{day:%B} {day.day}",
        f"{day:%b} {day.year}",
    ):
        assert numbers_in(f"By {text}, we said.") == []


def test_the_nearest_are_of_the_same_kind_first() -> None:
    known = figures_on(PAGE, known_facts())
    (number,) = numbers_in("It was 18 h.")
    assert nearest(number, known)[0].text == "19\u00a0h"
    assert {each.kind for each in nearest(number, known)} == {Kind.HOURS}


def test_every_code_is_explained() -> None:
    assert set(PROSE_FAULTS) == set(ProseCode)


def test_the_labels_of_an_axis_bear_nothing_out() -> None:
    """Every axis has a 70% somewhere."""
    drawn = FigureSpec("bars", {"axis": {"ticks": [[0.7, "70%"]]}, "label": "61%"}, 10, 10, "")
    page = replace(PAGE, figures={"share": drawn})
    known = {(each.kind, each.value) for each in figures_on(page, known_facts())}
    assert (Kind.PERCENT, 61) in known
    assert (Kind.PERCENT, 70) not in known


TITLES = {"a": "Crown jewels patched in time", "b": "Patched in time", "c": "Tier 1 rating"}


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("93% of crown-jewel flaws were patched in time.", "a"),
        ("In time we patched 93% on every crown jewel.", "a"),
        ("Diagnostics patched 93% of its crown jewels in time.", ""),
        ("We patched 93% in time.", ""),
        ("Crown jewels: 93% patched in time, 71% in Diagnostics.", ""),
        ("Crown jewels cost $93 patched in time.", ""),
        ("Nothing of the kind, 93%.", ""),
    ],
)
def test_whose_figure_a_number_must_be(sentence: str, owner: str) -> None:
    """Every word of one title, one number of its kind, and no part of the company."""
    specs = [SimpleNamespace(id=name, title=title) for name, title in TITLES.items()]
    known = [Known(Kind.PERCENT, 91, 91, "91%", "", "", name) for name in TITLES]
    numbers = numbers_in(sentence)
    parts = ("Diagnostics", "crown_jewel")
    assert owner_of(sentence, numbers[0], numbers, specs, known, parts) == owner  # type: ignore[arg-type]


def test_a_number_of_another_figure_is_refused() -> None:
    """The page has 5.5 days in a chart; an approval took 22."""
    approval = known_facts().figures.spec("time_to_secure_approval").title
    (found,) = judged(f"{approval} took 5.5 days.")
    assert found.code == ProseCode.NUMBER_OF_ANOTHER
    assert approval in found.reason
    assert "22" in found.mend
    assert judged(f"{approval} took 22 days.") == ()


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("It took 41 hours a year ago.", None),
        ("It came down from 41 hours.", None),
        ("In 2025-Q3 it took 41 hours.", None),
        ("It took 41 hours.", ProseCode.NUMBER_UNKNOWN),
        ("Scheduling was down for 41 hours.", ProseCode.NUMBER_UNKNOWN),
    ],
)
def test_an_earlier_quarter_is_meant_only_where_the_past_is_spoken_of(
    sentence: str, code: ProseCode | None
) -> None:
    """Detection took 41 hours in 2025-Q3, and nothing takes 41 hours now."""
    assert [each.code for each in judged(sentence)] == ([code] if code else [])
