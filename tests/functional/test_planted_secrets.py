"""What only the board may read never reaches the disclosure: a secret is planted everywhere."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from board_report.documents.disclosure import disclosure_html, render_disclosure
from board_report.documents.pdf import Attachment, write_pdf
from board_report.documents.tagged_annual import annual_record
from board_report.documents.xbrl.writer import write_annual
from board_report.metrics.evaluate import Figures
from board_report.model import Filer, MetricSeries
from board_report.pipeline.names import is_public
from board_report.project import Project, SourceSpec
from board_report.resources import templates_folder
from board_report.story.public import public_context
from board_report.story.public_page import PublicContext
from board_report.story.public_record import PublicRecord, public_record
from board_report.tables.catalogue import TABLES
from board_report.tables.schema import Audience, Kind
from tests.functional.test_sign_off import SECRET as NOTE_SECRET
from tests.functional.test_sign_off import approve_all, close_the_gap
from tests.governance_data import ATTESTATIONS, fact, figures, person, project, said, tables
from tests.planted import Planted, everything_in, plant, plant_tables

MOMENT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
WORD = "qz9001xk"


def planted_project() -> tuple[Project, Planted]:
    """``report.toml`` with a secret in all that is not public of the company."""
    secrets = {
        name: f"qz80{number:02d}xk"
        for number, name in enumerate(
            ("short_name", "industry", "classification", "board_committee", "unit", "folder",
             "meeting", "source", "hash")
        )
    }  # fmt: skip
    numbers = {"employees": 68_010_001, "revenue": 68_010_002.0}
    made = project(
        short_name=secrets["short_name"],
        industry=secrets["industry"],
        classification=secrets["classification"],
        board_committee=secrets["board_committee"],
        business_units=(secrets["unit"],),
        employees=numbers["employees"],
        annual_revenue=numbers["revenue"],
    )
    made = replace(
        made,
        folder=Path(secrets["folder"]),
        meeting=replace(made.meeting, committee=secrets["meeting"]),
        sources=(SourceSpec("incidents", f"{secrets['source']}.csv"),),
        config_sha256=secrets["hash"],
    )
    spelled = {name: (str(int(value)), f"{value:,.0f}") for name, value in numbers.items()}
    return made, Planted({**{name: (word,) for name, word in secrets.items()}, **spelled})


def planted_figures() -> tuple[Figures, Planted]:
    """A secret in the value, the note, the parts and the slices of every metric."""
    plain = figures()

    def spoiled(series: MetricSeries) -> MetricSeries:
        is_public = plain.specs[series.metric_id].audience is Audience.PUBLIC
        now = replace(series.now, note="qz8101xk", part_of="qz8102xk", parts={"qz8103xk": 1.0})
        before = replace(series.now, value=68_020_001.0)
        return replace(
            series, values=(before, now if is_public else replace(now, value=68020002.0))
        )

    made = replace(
        plain,
        series={name: spoiled(each) for name, each in plain.series.items()},
        slices={(name, "unit"): {"qz8104xk": each} for name, each in plain.series.items()},
    )
    words = [f"qz810{number}xk" for number in range(1, 5)]
    spelled = {word: (word,) for word in words}
    values = {name: (name, f"{int(name):,}") for name in ("68020001", "68020002")}
    return made, Planted({**spelled, **values, "mttd": ("Title of mttd",)})


@pytest.fixture(scope="module")
def secrets() -> tuple[PublicRecord, list[Planted]]:
    some, in_tables = plant_tables(tables())
    settings, in_settings = planted_project()
    values, in_values = planted_figures()
    return public_record(settings, some, values), [in_tables, in_settings, in_values]


@pytest.fixture(scope="module")
def context(secrets: tuple[PublicRecord, list[Planted]]) -> PublicContext:
    return public_context(secrets[0])


def all_found(secrets: tuple[PublicRecord, list[Planted]], text: str) -> dict[str, str]:
    return {place: word for each in secrets[1] for place, word in each.found_in(text).items()}


# The harness itself


def test_every_board_column_is_planted(secrets: tuple[PublicRecord, list[Planted]]) -> None:
    expected = {
        f"{spec.name}.{column.name}"
        for spec in TABLES.values()
        for column in spec.columns
        if column.audience is Audience.BOARD and column.kind is not Kind.BOOLEAN
    }
    planted = {place.split("[")[0] for place in secrets[1][0].tokens}

    assert expected <= planted
    assert len(expected) > 150


def test_secret_is_found_wherever_a_pdf_can_hide_it() -> None:
    places = {
        "text": "qz9101xk", "title": "qz9102xk", "author": "qz9103xk", "bookmark": "qz9104xk",
        "alt": "qz9105xk", "attachment": "qz9106xk", "name": "qz9107xk", "link": "qz9108xk",
        "margin": "qz9109xk", "keywords": "qz9110xk",
    }  # fmt: skip
    page = f"""<html lang="en"><head><title>{places["title"]}</title>
<meta name="author" content="{places["author"]}">
<meta name="keywords" content="{places["keywords"]}">
<link rel="stylesheet" href="css/fonts.css">
<style>@page {{ @top-left {{ content: "{places["margin"]}"; font-family: "Board Sans" }} }}
h1 {{ bookmark-label: "{places["bookmark"]}" }} body {{ font-family: "Board Sans" }}</style></head>
<body><h1>Title</h1><p>{places["text"]}</p><p><a href="https://example.com/{places["link"]}">x</a>
<img src="figure:a.svg" alt="{places["alt"]}" style="width: 9pt; height: 9pt"></p></body></html>"""
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    embedded = Attachment(
        f"{places['name']}.csv", f"a\n{places['attachment']}\n".encode(), "text/csv", "Data."
    )

    result = write_pdf(
        page,
        base=templates_folder(),
        allowed=[templates_folder()],
        figures={"a.svg": picture},
        attachments=[embedded],
        generated_at=MOMENT,
    )

    planted = Planted({name: (word,) for name, word in places.items()})
    assert planted.found_in(everything_in(result.data)) == places


# Board fields


def test_no_secret_in_the_record(secrets: tuple[PublicRecord, list[Planted]]) -> None:
    record = secrets[0]
    # The record keeps file and line of a row for messages; the context below does not.
    cells = [row.cells for rows in record.tables.values() for row in rows]
    rest = replace(record, tables={})

    assert all_found(secrets, repr(cells) + repr(rest)) == {}


def test_no_secret_in_the_context(
    secrets: tuple[PublicRecord, list[Planted]], context: PublicContext
) -> None:
    assert all_found(secrets, repr(context)) == {}


def test_no_secret_in_the_page(
    secrets: tuple[PublicRecord, list[Planted]], context: PublicContext
) -> None:
    assert all_found(secrets, disclosure_html(context, templates_folder())) == {}


def test_no_secret_in_the_tagged_files(
    secrets: tuple[PublicRecord, list[Planted]], context: PublicContext
) -> None:
    filer = Filer(registrant_name="Corvane Medical Supply, Inc.", cik="")
    written = write_annual(annual_record(replace(context, filer=filer)))

    assert len(written) == 4
    for name, data in written.items():
        assert all_found(secrets, f"{name} {data.decode('utf-8')}") == {}
    assert any(b"Corvane Medical Supply" in data for data in written.values())


def test_no_secret_in_the_file(
    secrets: tuple[PublicRecord, list[Planted]], context: PublicContext
) -> None:
    result = render_disclosure(context, templates=templates_folder(), generated_at=MOMENT)
    everything = everything_in(result.data)

    assert all_found(secrets, everything) == {}
    assert "Corvane Medical Supply" in everything


# Public fields, so that an empty page does not pass for a safe one


@pytest.mark.parametrize("column", ["statement", "attestation_id", "person_name", "reason"])
def test_word_in_a_public_column_is_found(column: str) -> None:
    attestations, people = list(ATTESTATIONS), [person("CISO", "Title", "Ilse Drummond")]
    facts = [fact("106(c)(1) committee", "not_applicable", reason=WORD)]
    if column == "statement":
        attestations[0] = said(1, "106(b)(1)", "CISO", "2026-10-06", f"We keep {WORD} safe.")
    elif column == "attestation_id":
        attestations[0] = {**attestations[0], "attestation_id": WORD}
    elif column == "person_name":
        people = [person("CISO", "Title", f"Ilse {WORD}")]
    else:
        attestations = [each for each in attestations if "committee" not in each["sub_item"]]
    if column != "reason":
        facts = []

    some = tables(attestations=attestations, people=people, item_106_facts=facts)
    context = public_context(public_record(project(), some, figures()))
    result = render_disclosure(context, templates=templates_folder(), generated_at=MOMENT)

    planted = Planted({column: (WORD,)})
    assert planted.found_in(disclosure_html(context, templates_folder()))
    assert planted.found_in(everything_in(result.data))


# The whole program


def said_in(name: str, data: bytes) -> str:
    """All that an output says, its name too."""
    return f"{name}\n{everything_in(data) if name.endswith('.pdf') else data.decode('utf-8')}"


def public_files(folder: Path) -> dict[str, str]:
    """Every public output of a built quarter: name to all that it says."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return {name: said_in(name, (folder / name).read_bytes()) for name in names if is_public(name)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, pristine_project: Path) -> tuple[Path, Planted]:
    """All that is public of the sample project with secrets in its files, final and signed."""
    from board_report.pipeline import build, review

    folder = tmp_path_factory.mktemp("planted")
    planted = plant(pristine_project, folder / "project")
    close_the_gap(folder / "project")
    approve_all(review(folder / "project"))
    build(folder / "project", folder / "output", only="redline")
    made = build(folder / "project", folder / "output", only="disclosure", final=True)
    signed = {"sign_off: note": (NOTE_SECRET,)}
    return made.folder, Planted({**planted.tokens, **signed})


def test_project_is_planted_in_every_kind_of_file(built: tuple[Path, Planted]) -> None:
    places = built[1].tokens

    assert {"report.toml: industry", "report.toml: classification"} <= places.keys()
    assert sum(place.endswith(".md") for place in places) > 10
    assert "attestations.csv: evidence" in places
    assert "decisions.csv: title" in places
    assert "servicenow_incidents.csv: title" in places


def test_every_public_output_is_looked_at(built: tuple[Path, Planted]) -> None:
    names = public_files(built[0]).keys()

    assert {
        "governance-disclosure.pdf",
        "disclosure-tags.pdf",
        "disclosure-for-filing.pdf",
        "disclosure-redline.pdf",
        "inline-xbrl/corvane-20261231.htm",
        "inline-xbrl/corvane-20261231.xsd",
        "inline-xbrl/corvane-20261231_pre.xml",
        "inline-xbrl/corvane-20261231-fragment.xhtml",
    } <= names
    board = {"board-deck.pdf", "metrics.csv", "manifest.json", "losses.csv", "contents.json"}
    assert not (board | {"disclosure-committee.pdf"}) & names


def test_no_secret_of_a_project_in_what_is_public(built: tuple[Path, Planted]) -> None:
    folder, planted = built
    found = {name: planted.found_in(text) for name, text in public_files(folder).items()}

    assert {name: secrets for name, secrets in found.items() if secrets} == {}
    said = public_files(folder)
    assert "Corvane Medical Supply" in said["governance-disclosure.pdf"]
    assert "Corvane Medical Supply" in said["inline-xbrl/corvane-20261231.htm"]


def test_word_in_a_public_file_is_found_in_every_public_output(
    tmp_path: Path, pristine_project: Path
) -> None:
    from board_report.pipeline import build

    plant(pristine_project, tmp_path / "project")
    path = tmp_path / "project" / "governance" / "attestations.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace("We maintain", f"We maintain {WORD} and", 1), "utf-8")

    folder = build(tmp_path / "project", tmp_path / "output", only="disclosure").folder

    said = public_files(folder)
    without_text = {"inline-xbrl/corvane-20261231.xsd", "inline-xbrl/corvane-20261231_pre.xml"}
    for name in said.keys() - without_text:
        assert Planted({"statement": (WORD,)}).found_in(said[name]), name
