"""Read the ``[[match]]`` blocks of ``report.toml``: when two systems speak of one thing."""

from __future__ import annotations

from board_report.project.records import MatchRule
from board_report.toml_reader import Section


def read_match_block(section: Section) -> MatchRule:
    """One block, checked as far as that goes without knowing the tables.

    Raises:
        ProjectError: it names fewer than two files, or no rule.
    """
    section.only("table", "files", "same", "refers", "within_hours")
    files = section.texts("files")
    if len(set(files)) < 2 or len(set(files)) < len(files):
        mend = 'Write files = ["ciso/one.csv", "ciso/other.csv"], the one to keep first.'
        raise section.error("files", "two different files are needed.", mend)
    hours = section.section("within_hours")
    rule = MatchRule(
        table=section.text("table"),
        files=files,
        same=section.texts("same", ()),
        refers=section.text("refers", ""),
        within_hours={name: hours.number(name, least=0) for name in hours.values},
        line=section.line,
    )
    if not (rule.same or rule.refers or rule.within_hours):
        mend = "Add same = [...], refers = ... or within_hours = { detected_at = 4 }."
        raise section.error("", "it has no rule by which rows match.", mend)
    return rule
