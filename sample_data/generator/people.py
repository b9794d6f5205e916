"""Training (records of an awareness platform's API, as JSON) and phishing simulations."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

from generator.company import UNIT_WEIGHTS, UNITS
from generator.draw import apportion, between, chosen, source_of
from generator.files import CELL, Csv, write_csv, write_json
from generator.timeline import AS_OF, QUARTERS, Quarter, at, some_day, utc_text

COURSES = {
    "Annual security awareness": ("All employees", 0.78),
    "Secure coding": ("Developers", 0.10),
    "Privileged access": ("Administrators", 0.08),
    "Executive briefing": ("Leadership", 0.04),
}
EACH_QUARTER = 400
ON_TIME = {
    "Distribution": (0.90, 0.955),
    "Diagnostics": (0.92, 0.972),
    "Home Care": (0.80, 0.815),
    "Europe": (0.93, 0.975),
    "Corporate": (0.95, 0.985),
}
AS_THE_PLATFORM_WRITES = {"Home Care": "HomeCare", "Corporate": "Corporate Functions"}


def write_training(folder: Path) -> None:
    """Write the enrollments."""
    rng = source_of("training_enrollments")
    found = [
        each for place, quarter in enumerate(QUARTERS) for each in _quarter(rng, place, quarter)
    ]
    records = [_record(place, *each) for place, each in enumerate(found, start=1)]
    write_json(folder / "ciso/knowbe4_enrollments.json", _with_impossible_day(records))


Enrollment = tuple[str, str, str, date, date, date | None]


def _quarter(rng: random.Random, place: int, quarter: Quarter) -> Iterator[Enrollment]:
    for unit in UNITS:
        share = between(*ON_TIME[unit], len(QUARTERS))[place]
        people = round(EACH_QUARTER * UNIT_WEIGHTS[unit])
        courses = apportion(people, {name: weight for name, (_, weight) in COURSES.items()})
        for course, in_time in zip(courses, chosen(rng, people, share), strict=True):
            due = some_day(rng, quarter, 8)
            assigned = due - timedelta(days=30)
            if in_time:
                done: date | None = assigned + timedelta(days=rng.randint(0, 30))
            else:
                done = due + timedelta(days=rng.randint(1, 60)) if rng.random() < 0.6 else None
            done = done if done and done <= AS_OF else None
            yield course, COURSES[course][0], unit, assigned, due, done


def _record(
    place: int, course: str, group: str, unit: str, assigned: date, due: date, done: date | None
) -> dict[str, object]:
    division = AS_THE_PLATFORM_WRITES.get(unit, unit)
    return {
        "enrollment_id": 7_420_000 + place,
        "module_name": course,
        "user": {"group": group, "division": division},
        "enrollment_date": utc_text(at(assigned, time(8))),
        "due_date": due.isoformat(),
        "completion_date": utc_text(at(done, _clock(place))) if done else None,
        "status": "Passed" if done else "Past Due" if due < AS_OF else "In Progress",
    }


def _clock(place: int) -> time:
    """A time of the working day and evening; late evenings are the next day in UTC."""
    return time(8 + place * 7 % 15, place * 37 % 60)


def _with_impossible_day(records: list[dict[str, object]]) -> list[dict[str, object]]:
    """One record was mended by hand in the platform, with a day that no calendar has."""
    place = next(
        number for number, each in enumerate(records) if str(each["due_date"]).startswith("2026-02")
    )
    wrong = {**records[place], "due_date": "2026-02-30"}
    return [*records[:place], wrong, *records[place + 1 :]]


PHISHING_HEADER = (
    "pst_id", "name", "group", "started_at", "template_difficulty", "delivered_count",
    "clicked_count", "reported_count",
)  # fmt: skip
CLICKED = {"easy": (0.048, 0.018), "moderate": (0.082, 0.036), "hard": (0.135, 0.078)}
REPORTED = {"easy": (0.34, 0.56), "moderate": (0.27, 0.46), "hard": (0.18, 0.34)}
TEMPLATES = ("easy", "moderate", "moderate")
HARD_FROM = 7
"""From this quarter (counted from 0) on, hard templates replace one of the moderate ones."""
CLICKS_MORE = {"Home Care": 1.5, "Corporate": 0.8, "Europe": 0.9}
THEMES = (
    "Parcel notice",
    "Shared document",
    "Payroll change",
    "Password expiry",
    "Supplier invoice",
)


def write_phishing(folder: Path) -> None:
    """Write three campaigns a quarter by unit."""
    shape = Csv(PHISHING_HEADER, byte_order_mark=True)
    write_csv(folder / "ciso/phishing_tests.csv", shape, _campaigns())


def _campaigns() -> Iterator[tuple[CELL, ...]]:
    rng = source_of("phishing_campaigns")
    number = 16_140
    for place, quarter in enumerate(QUARTERS):
        templates = ("easy", "moderate", "hard") if place >= HARD_FROM or place == 3 else TEMPLATES
        for month, level in enumerate(templates):
            number += 3
            sent = quarter.first_day + timedelta(days=month * 30 + rng.randint(6, 20))
            theme = THEMES[number % len(THEMES)]
            for unit in UNITS:
                delivered = round(6_100 * UNIT_WEIGHTS[unit] * rng.uniform(0.94, 0.99))
                clicked = between(*CLICKED[level], len(QUARTERS))[place] * CLICKS_MORE.get(unit, 1)
                told = between(*REPORTED[level], len(QUARTERS))[place] * rng.uniform(0.93, 1.07)
                yield (
                    number, theme, unit, sent.isoformat(), level.capitalize(), delivered,
                    round(delivered * clicked * rng.uniform(0.92, 1.08)), round(delivered * told),
                )  # fmt: skip
