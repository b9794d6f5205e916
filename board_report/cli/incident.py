"""``board-report incident``: the record of each incident, its materiality, and its clocks."""

from __future__ import annotations

from collections.abc import Sequence

import click

from board_report.cli.incident_clock import clock
from board_report.cli.incident_options import Saying, put_on_record, says
from board_report.cli.incident_report import report
from board_report.cli.incident_views import list_, show
from board_report.cli.output import say

ASPECTS = ("nature", "scope", "timing", "impact")
FACTORS = ("financial", "operational", "data", "regulatory", "reputational", "aggregation")
FORMS = ("8-K 1.05", "8-K/A", "8-K 8.01", "6-K")
STAGES = ("requested", "granted", "declined", "ended-early", "fcc-notified", "fcc-correspondence")
DETERMINED = ("material", "not-material", "not-yet-determined")


class Incident(click.Group):
    """The commands, in the order in which an incident goes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names as they were added, not by the alphabet."""
        return sorted(super().list_commands(ctx), key=list(self.commands).index)


@click.group(cls=Incident, short_help="Keep the record of an incident, and read its clocks.")
def incident() -> None:
    """Keep the record of an incident: facts, reasons, determinations, statements, filings.

    Entries are only ever added, each with who said so and when; a wrong one is corrected by an
    entry of its own. The record gives no score and no verdict: people determine, and it keeps
    their reasons. It stands in governance/incidents and belongs to the project.

    \b
      board-report incident open INC0014390 --role CISO --at "2026-09-16 10:12"
      board-report incident factor INC0014390 data --role GC --bearing bearing --reason "..."
      board-report incident determine INC0014390 --role GC --as material --reasons "..."
      board-report incident clock INC0014390
    """


@incident.command("open", short_help="Open a record with the discovery.")
@says(needs_time=True, has_day=False)
@click.option("--title", default="", metavar="TEXT", help="What it is. [default: the register's]")
def open_(saying: Saying, title: str) -> None:
    """Open the record of INCIDENT with the instant of its discovery.

    \b
      board-report incident open INC0014390 --role CISO --at "2026-09-16 10:12"
    """
    from board_report.governance.incident_kinds import Discovered

    put_on_record(saying, Discovered(title.strip() or _title_of(saying)))


def _title_of(saying: Saying) -> str:
    """The incident's title in the register; empty where it has none."""
    from board_report.governance.rows import plain_rows, text_of
    from board_report.pipeline.incident import open_book

    rows = plain_rows(open_book(saying.project).tables.frame("incidents"), ["incident_id", "title"])
    name = saying.incident.strip()
    return next((text_of(row, "title") for row in rows if text_of(row, "incident_id") == name), "")


@incident.command(short_help="Record a fact, or that one is not known yet.")
@says()
@click.argument("name", metavar="NAME")
@click.option(
    "--is",
    "state",
    type=click.Choice(("known", "undetermined", "available")),
    default="known",
    show_default=True,
    help="available: it was undetermined before, and is known now.",
)
@click.option(
    "--aspect",
    type=click.Choice((*ASPECTS, "other")),
    required=True,
    help="What of Item 1.05(a) it belongs to; other where to none.",
)
@click.option("--text", required=True, metavar="TEXT", help="What is known of it, for the record.")
def fact(saying: Saying, name: str, state: str, aspect: str, text: str) -> None:
    """Record what is known of INCIDENT under a NAME, or that it is not determined yet.

    A fact that was undetermined when a report under Item 1.05 was filed starts the four business
    days of an amendment as soon as it is available.

    \b
      board-report incident fact INC0014390 "records affected" --role CISO --aspect scope \\
        --is undetermined --text "The vendor's list is not complete."
    """
    from board_report.governance.incident_kinds import Aspect, Fact, FactState

    put_on_record(saying, Fact(name.strip(), FactState(state), Aspect(aspect), text.strip()))


@incident.command(short_help="Record whether a factor bears on materiality.")
@says()
@click.argument("factor", type=click.Choice(FACTORS))
@click.option(
    "--bearing",
    type=click.Choice(("bearing", "not-bearing", "unknown")),
    required=True,
    help="Whether it bears, in the view of the role.",
)
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@click.option("--with", "other", default="", metavar="INCIDENT", help="For aggregation: with what.")
def factor(saying: Saying, factor: str, bearing: str, reason: str, other: str) -> None:
    """Record whether FACTOR bears on the materiality of INCIDENT, with the reason.

    Aggregation is asked for each related incident.

    \b
      board-report incident factor INC0014390 data --role CISO --bearing bearing \\
        --reason "Contact data of 18,400 patients."
    """
    from board_report.governance.incident_kinds import Bearing, Factor, FactorSaid

    said = FactorSaid(
        Factor(factor), Bearing(bearing.replace("-", "_")), reason.strip(), other.strip()
    )
    put_on_record(saying, said)


@incident.command(short_help="Record that another incident is related.")
@says()
@click.argument("other", metavar="OTHER")
@click.option("--reason", required=True, metavar="TEXT", help="What connects them.")
def relate(saying: Saying, other: str, reason: str) -> None:
    """Record that INCIDENT is looked at together with OTHER.

    \b
      board-report incident relate INC0014390 INC0014186 --role CISO --reason "Same quarter."
    """
    from board_report.governance.incident_kinds import Related

    put_on_record(saying, Related(other.strip(), reason.strip()))


@incident.command(short_help="Record what starts the clock of another regime.")
@says(has_day=False)
@click.argument("event", metavar="EVENT")
@click.option("--note", default="", metavar="TEXT", help="A sentence for the record.")
def event(saying: Saying, event: str, note: str) -> None:
    """Record that EVENT happened, from which the clock of another regime runs.

    `board-report incident clock` names the events of the regimes that the company is under.

    \b
      board-report incident event INC0014390 aware_of_personal_data_breach --role GC
    """
    from board_report.governance.incident_kinds import Event

    put_on_record(saying, Event(event.strip(), note.strip()))


@incident.command(short_help="Record a determination of materiality, with reasons.")
@says(has_day=False)
@click.option(
    "--as", "state", type=click.Choice(DETERMINED), required=True, help="What was determined."
)
@click.option("--reasons", required=True, metavar="TEXT", help="Why, in words.")
def determine(saying: Saying, state: str, reasons: str) -> None:
    """Record what people determined of INCIDENT, with their reasons.

    From a determination of "material" the four business days of Form 8-K, Item 1.05 run.

    \b
      board-report incident determine INC0014390 --role GC --as material --reasons "..."
    """
    from board_report.governance.incident_kinds import Determination, Determined

    said = Determination(Determined(state.replace("-", "_")), reasons.strip())
    book = put_on_record(saying, said)
    record = book.register.record(saying.incident.strip())
    if record is not None and record.unknown_factors:
        factors: Sequence[str] = record.unknown_factors
        say(f"Whether these factors bear is not on record: {', '.join(factors)}.")


@incident.command(short_help="Attest a statement for the public.")
@says()
@click.argument("aspect", type=click.Choice((*ASPECTS, "undetermined")))
@click.option("--text", required=True, metavar="TEXT", help="As it is to be read, without markup.")
def state(saying: Saying, aspect: str, text: str) -> None:
    """Attest the public text on one ASPECT of INCIDENT; the latest of each aspect counts.

    It is the only text of the record that a filing can print. It must hold no detail of a planned
    response, of systems or of weaknesses that would impede the response.

    \b
      board-report incident state INC0014390 nature --role GC --text "..."
    """
    from board_report.governance.incident_kinds import Statement, StatementAspect

    put_on_record(saying, Statement(StatementAspect(aspect), text.strip()))


@incident.command(short_help="Record a step of putting off the filing.")
@says(has_day=False)
@click.argument("stage", type=click.Choice(STAGES))
@click.option("--days", type=int, default=0, help="Calendar days that were granted.")
@click.option("--note", default="", metavar="TEXT", help="A sentence for the record.")
def delay(saying: Saying, stage: str, days: int, note: str) -> None:
    """Record a step of a delay of the report on INCIDENT under Item 1.05(c) or (d).

    The Attorney General may grant up to 30 days, 30 more, and 60 more. The stages fcc-notified
    and fcc-correspondence are those of a registrant under 47 CFR 64.2011.

    \b
      board-report incident delay INC0014390 requested --role GC
      board-report incident delay INC0014390 granted --role GC --days 30
    """
    from board_report.governance.incident_kinds import Delay, DelayBasis, DelayStage

    is_fcc = stage.startswith("fcc-")
    basis = DelayBasis.FCC if is_fcc else DelayBasis.ATTORNEY_GENERAL
    step = DelayStage(stage.removeprefix("fcc-").replace("-", "_"))
    put_on_record(saying, Delay(basis, step, days, note.strip()))


@incident.command(short_help="Record that a notification was made.")
@says(has_day=False)
@click.argument("duty", metavar="DUTY")
@click.option("--note", default="", metavar="TEXT", help="A sentence for the record.")
def notify(saying: Saying, duty: str, note: str) -> None:
    """Record that the notification DUTY, which another regime asks for, was made.

    `board-report incident clock` names them.

    \b
      board-report incident notify INC0014390 gdpr_authority --role GC
    """
    from board_report.governance.incident_kinds import Notified

    put_on_record(saying, Notified(duty.strip(), note.strip()))


@incident.command(short_help="Record that a report was filed.")
@says(has_day=False)
@click.argument("form", type=click.Choice(FORMS))
@click.option("--accession", default="", metavar="NUMBER", help="Such as 0001234567-26-000123.")
def filed(saying: Saying, form: str, accession: str) -> None:
    """Record that FORM was filed on INCIDENT; after 5:30 p.m. Eastern it counts as the next day.

    \b
      board-report incident filed INC0014390 "8-K 1.05" --role GC --at "2026-09-11 15:05"
    """
    from board_report.governance.incident_kinds import Filed, Form

    put_on_record(saying, Filed(Form(form), accession.strip()))


@incident.command(short_help="Record that an entry was wrong.")
@says()
@click.argument("number", type=int)
@click.option("--reason", required=True, metavar="TEXT", help="What was wrong with it.")
def correct(saying: Saying, number: int, reason: str) -> None:
    """Record that entry NUMBER of INCIDENT counts no more; it stays on file.

    What counts in its place is recorded as an entry of its own.

    \b
      board-report incident correct INC0014390 4 --role GC --reason "Wrong day."
    """
    from board_report.governance.incident_kinds import Correction

    put_on_record(saying, Correction(number, reason.strip()))


for command in (list_, show, clock, report):
    incident.add_command(command)
