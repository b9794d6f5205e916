"""``board-report peers``: what others in an industry filed, and where the draft stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.options import find_project, json_option
from board_report.cli.output import put, put_json, put_table, say
from board_report.errors import ProjectError

if TYPE_CHECKING:
    from board_report.governance.peers.industries import Industry
    from board_report.governance.peers.records import Compared, FlagStanding, LengthStanding

FORMS = ("10-K", "20-F")
FLAG_HEADS = ("fact", "yes", "no", "not tagged", "yes of tagged, 95%", "draft")
LENGTH_HEADS = (
    "text, characters",
    "tagged by",
    "lower quartile",
    "median",
    "upper quartile",
    "draft",
    "the draft is",
)


@click.command(short_help="Show what peers filed, and where the draft stands.")
@click.option("--sic", metavar="CODE", help="Four digits. [default: the company's own]")
@click.option("--industry", metavar="WORDS", help="Find the code by words of its title.")
@click.option(
    "--form",
    type=click.Choice(FORMS, case_sensitive=False),
    help="The annual report. [default: the company's own, else 10-K]",
)
@click.option(
    "--project",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The project whose draft is compared. [default: the current folder, unless --sic or "
    "--industry is given]",
)
@json_option
def peers(
    sic: str | None, industry: str | None, form: str | None, project: Path | None, as_json: bool
) -> None:
    """Show how others of an industry answered the yes-or-no facts, and how long their texts are.

    Within a project the draft is held against them. Peers are filers of the same form and the
    narrowest industry that has enough of them, each with its latest report.

    \b
      board-report peers
      board-report peers --sic 7372
      board-report peers --industry "medical wholesale" --form 20-F
    """
    from board_report.pipeline import peers as run
    from board_report.pipeline import read_inputs

    if sic is not None and industry is not None:
        raise click.UsageError("Give either --sic or --industry.")
    code = run.checked_sic(sic, "--sic") if sic is not None else ""
    if industry is not None:
        found = run.industries(industry)
        if len(found) != 1:
            _put_industries(industry, found, as_json)
            return
        code = found[0].sic
    if code and project is None:
        compared, has_draft = run.find_peers(code, form or FORMS[0]), False
    else:
        inputs = read_inputs(find_project(project or Path()))
        compared, has_draft = run.draft_peers(inputs, sic=code, form=form or ""), True
    if as_json:
        put_json(_record(compared, has_draft))
    else:
        _put(compared, has_draft)


def _put_industries(words: str, found: Sequence[Industry], as_json: bool) -> None:
    """The industries that the words may mean.

    Raises:
        ProjectError: there is none.
    """
    if not found:
        raise ProjectError(
            f"no industry of filers has {words!r} in its title.",
            where="--industry",
            mend="Give fewer or plainer words, such as software, or the code with --sic.",
        )
    if as_json:
        put_json([{"sic": e.sic, "title": e.title, "office": e.office} for e in found])
        return
    put_table(("SIC", "industry"), [(each.sic, each.title) for each in found], whole=("SIC",))
    say(f"{len(found)} industries have these words; name one with --sic.")


def _put(compared: Compared, has_draft: bool) -> None:
    from board_report.story import peer_words as words

    population, found = compared.peers, compared.standing
    put(f"{words.population(population)}; {words.window(population)}.")
    for line in (words.widened(population), _small(compared)):
        if line:
            put(line)
    if has_draft:
        put(f"{words.standing_title(found, population)}.")
    put("")
    ours = 6 if has_draft else 5
    put_table(
        FLAG_HEADS[:ours],
        [_flag_row(each)[:ours] for each in found.flags],
        right=FLAG_HEADS[1:5],
    )
    put("")
    ours = 7 if has_draft else 5
    put_table(
        LENGTH_HEADS[:ours],
        [_length_row(each)[:ours] for each in found.lengths],
        right=LENGTH_HEADS[1:6],
    )
    say(words.NOT_QUALITY)
    say(words.NOT_TAGGED)
    say(words.source(compared.data))


def _small(compared: Compared) -> str:
    if not compared.peers.is_small:
        return ""
    return f"Fewer than {compared.peers.minimum}: too few to tell what is usual."


def _flag_row(each: FlagStanding) -> tuple[str, ...]:
    from board_report.story import peer_words as words

    counts = (str(each.yes), str(each.no), str(each.untagged))
    return (each.flag.label, *counts, words.share_words(each), words.answer(each.ours))


def _length_row(each: LengthStanding) -> tuple[str, ...]:
    from board_report.story import peer_words as words
    from board_report.story.formats import number

    parts = each.quartiles
    told = [number(q) for q in (parts.low, parts.middle, parts.high)] if parts else ["–"] * 3
    return (
        each.block.label,
        f"{each.tagged} of {each.tagged + each.untagged}",
        *told,
        number(each.ours),
        words.place_words(each),
    )


def _record(compared: Compared, has_draft: bool) -> dict[str, Any]:
    population, found = compared.peers, compared.standing
    return {
        "form": population.form,
        "sic": population.sic,
        "year_ends_from": population.starts.isoformat(),
        "year_ends_to": population.ends.isoformat(),
        "filers": len(population.filings),
        "minimum": population.minimum,
        "industries": [
            {"level": each.level.name.lower(), "code": each.code, "title": each.title,
             "filers": each.filers}
            for each in population.tries
        ],
        "facts": [_flag_record(each, has_draft) for each in found.flags],
        "texts": [_length_record(each, has_draft) for each in found.lengths],
        "filings": [
            {"cik": each.cik, "name": each.name, "sic": each.sic, "form": each.form,
             "year_ends": each.period.isoformat(), "filed": each.filed_on.isoformat(),
             "accession": each.accession}
            for each in population.filings
        ],
        "source": compared.data.source,
        "filed_from": compared.data.filed_from.isoformat(),
        "filed_to": compared.data.filed_to.isoformat(),
        "made_on": compared.data.made_on.isoformat(),
        "notes": list(compared.data.notes),
    }  # fmt: skip


def _flag_record(each: FlagStanding, has_draft: bool) -> dict[str, Any]:
    counts: dict[str, Any] = {
        "fact": each.flag.id,
        "sub_item": each.flag.sub_item,
        "yes": each.yes,
        "no": each.no,
        "not_tagged": each.untagged,
        "yes_of_tagged_95": list(each.interval) if each.interval else None,
    }
    return {**counts, "draft": each.ours} if has_draft else counts


def _length_record(each: LengthStanding, has_draft: bool) -> dict[str, Any]:
    parts = each.quartiles
    told: dict[str, Any] = {
        "text": each.block.id,
        "sub_items": list(each.block.sub_items),
        "tagged": each.tagged,
        "not_tagged": each.untagged,
        "shortest": each.shortest,
        "quartiles": [parts.low, parts.middle, parts.high] if parts else None,
        "longest": each.longest,
    }
    if not has_draft:
        return told
    return {
        **told,
        "draft": each.ours,
        "shorter": each.shorter,
        "equal": each.equal,
        "longer": each.longer,
        "place": each.place,
    }
