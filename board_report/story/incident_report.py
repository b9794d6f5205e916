"""Make the context of a current report from an incident's public record, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from board_report.governance.current_report_rules import (
    UNDETERMINED,
    ReportForm,
    ReportItem,
    ReportRules,
    load_report_rules,
)
from board_report.project.edgar_codes import EXCHANGE, INCORPORATION, edgar_codes
from board_report.story import formats
from board_report.story.current_report import (
    CheckBox,
    CounselNote,
    CoverSecurity,
    CurrentReport,
    ReportCover,
    ReportParagraph,
    ReportPart,
)
from board_report.story.public_page import Attested

if TYPE_CHECKING:
    from board_report.governance.incident_public import IncidentPublicRecord
    from board_report.model import Filer

_CHARACTERS_OF_A_LONG_PARAGRAPH = 1200
_NO_DATE = "to be dated"


def current_report(
    record: IncidentPublicRecord,
    filer: Filer,
    *,
    signs: str = "",
    rules_checked_on: date | None = None,
) -> CurrentReport:
    """The report as it would be filed, with what is missing marked in its place.

    Args:
        record: what of the incident is public.
        filer: what the cover says of the registrant.
        signs: title of the officer who signs.
        rules_checked_on: when the company last checked the rules; the program's own date if None.
    """
    rules = load_report_rules()
    form, item = rules.forms[record.form], rules.items[record.item]
    return CurrentReport(
        form=record.form,
        amendment=record.amendment,
        kind=form.kind,
        pursuant=form.pursuant,
        is_domestic=form.is_domestic,
        item=f"Item {record.item}" if record.item else "",
        item_title=item.title,
        event_label=form.event_label,
        event_on=_day_in_full(record.event_on) if record.event_on else _NO_DATE,
        event_date=record.event_on,
        cover=_cover(filer, form),
        filer=filer,
        explanatory=tuple(_explanatory(record)),
        parts=tuple(_parts(record, item, rules)),
        signs=signs,
        notes=(
            *(CounselNote(head, text) for head, text in item.notes),
            CounselNote("Where the rules were checked.", " ".join(rules.sources)),
        ),
        state="Draft for counsel",
        is_draft=True,
        rules_checked_on=formats.day(rules_checked_on or rules.checked_on),
    )


def _parts(
    record: IncidentPublicRecord, item: ReportItem, rules: ReportRules
) -> Iterator[ReportPart]:
    """Every aspect of which something is said, or has to be."""
    for aspect, rule in rules.aspects.items():
        paragraphs = tuple(
            ReportParagraph(
                each.text,
                Attested(each.role_title or each.role, formats.day(each.attested_on)),
                len(each.text) > _CHARACTERS_OF_A_LONG_PARAGRAPH,
            )
            for each in record.statements
            if each.aspect == aspect
        )
        gaps = () if paragraphs else tuple(_gap(aspect, record, item, rules))
        if paragraphs or gaps:
            in_item = record.item and rule.paragraph.startswith("(")
            paragraph = f"{record.item}{rule.paragraph}" if in_item else rule.paragraph
            paragraph = paragraph if record.item == "1.05" else ""
            yield ReportPart(aspect, paragraph, rule.label, paragraphs, gaps)


def _gap(
    aspect: str, record: IncidentPublicRecord, item: ReportItem, rules: ReportRules
) -> Iterator[str]:
    if aspect in item.asks:
        yield "No attested statement is on file, and the item asks for it."
    if aspect == UNDETERMINED and record.undetermined and item.asks:
        of = formats.listed([rules.aspects[each].label.lower() for each in record.undetermined])
        yield f"Something of its {of} is not determined or available, and no statement says so."
    is_silent = not record.statements and not item.asks
    if is_silent and aspect == next(iter(rules.aspects)):
        yield "No attested statement is on file, so there is nothing to report."


def _explanatory(record: IncidentPublicRecord) -> Iterator[str]:
    """What an amendment amends: only what was filed before, on the days on record."""
    if not record.amendment:
        return
    amended = [
        f"the report on Form {each.form} filed on {_day_in_full(each.filed_on)}"
        for each in record.prior_filings
    ]
    of = formats.listed(amended) if amended else "an earlier report, which is not on record,"
    yield (
        f"This amendment supplements {of} under Item {record.item} with what was not determined "
        "or not available then."
    )


def _cover(filer: Filer, form: ReportForm) -> ReportCover:
    places = edgar_codes(INCORPORATION)
    exchanges = edgar_codes(EXCHANGE)
    return ReportCover(
        registrant_name=filer.registrant_name,
        jurisdiction=places.get(filer.incorporated_in, "") or filer.incorporated_in,
        file_number=filer.file_number,
        ein=filer.ein,
        address=_address(filer),
        phone=f"({filer.area_code}) {filer.phone}" if filer.area_code else filer.phone,
        boxes=_boxes(filer) if form.is_domestic else (),
        securities=tuple(
            CoverSecurity(
                each.title, each.symbol, exchanges.get(each.exchange, "") or each.exchange
            )
            for each in filer.securities
        ),
        is_emerging_growth=filer.is_emerging_growth,
    )


def _address(filer: Filer) -> str:
    region = " ".join(each for each in (filer.state, filer.postal_code) if each)
    parts = (*filer.address_lines, filer.city, region, filer.country)
    return ", ".join(each for each in parts if each)


def _boxes(filer: Filer) -> tuple[CheckBox, ...]:
    return (
        CheckBox(
            "Written communications (Rule 425 under the Securities Act)",
            filer.written_communications,
        ),
        CheckBox(
            "Soliciting material (Rule 14a-12 under the Exchange Act)", filer.soliciting_material
        ),
        CheckBox(
            "Pre-commencement communications (Rule 14d-2(b) under the Exchange Act)",
            filer.pre_commencement_tender_offer,
        ),
        CheckBox(
            "Pre-commencement communications (Rule 13e-4(c) under the Exchange Act)",
            filer.pre_commencement_issuer_tender_offer,
        ),
    )


def _day_in_full(day: date) -> str:
    """``October 10, 2026``, as covers of the Commission's forms write it."""
    return f"{day:%B} {day.day}, {day.year}"
