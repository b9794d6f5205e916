"""A file of commentary: its head, its sections, and the live figures in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from board_report.errors import CommentaryError
from board_report.story.commentary import Commentary, CommentaryAction
from board_report.story.deck import _with_commentary
from board_report.story.page import Action, Ask, Judgement
from tests.unit.prose_cases import FILE, PAGE, check, judged, known_facts, write

WHOLE = """
## The facts
Fourteen incidents.

**Two** are open.
## The facts: CTO
- Restores failed.
## What it means: CISO
We see them *sooner*.

And that is all.
## What we do
- Rehearse **restores**
  every month | CTO | 2026-12-15
* Ask again | CISO
## What we recommend: CISO
Buy `backup`.
## What we need
Approve **D-31** | by 27 Oct 2026
## Notes
First say this.

Then that.
## Questions
- Why now? | Because
  of *that*.
"""


def test_every_section_is_read() -> None:
    said = write(WHOLE, head="title: It *worked*\n")
    assert said.title == "It worked"
    assert said.facts == (
        Judgement("", "Fourteen incidents."),
        Judgement("", "Two are open.", "<strong>Two</strong> are open."),
        Judgement("CTO", "Restores failed."),
    )
    assert said.means == (
        Judgement("CISO", "We see them sooner. And that is all.",
                  "We see them <em>sooner</em>. And that is all."),
    )  # fmt: skip
    assert said.does == (
        CommentaryAction("Rehearse restores every month", "CTO", date(2026, 12, 15),
                         "Rehearse <strong>restores</strong> every month"),
        CommentaryAction("Ask again", "CISO", None),
    )  # fmt: skip
    assert said.recommends == (Judgement("CISO", "Buy backup."),)
    assert said.needs == Ask("Approve D-31", "by 27 Oct 2026", "Approve <strong>D-31</strong>")
    assert said.notes == ("First say this.", "Then that.")
    assert said.questions == (("Why now?", "Because of that."),)
    assert {each.section for each in said.passages} == {
        "title", "The facts", "What it means", "What we do", "What we recommend", "What we need",
        "Notes", "Questions",
    }  # fmt: skip


def test_several_leaders_may_judge() -> None:
    said = write("## What it means: CISO\nYes.\n## what it MEANS:  CTO\nNo.")
    assert said.means == (Judgement("CISO", "Yes."), Judgement("CTO", "No."))


def test_an_empty_section_is_left_out() -> None:
    """As one whose condition is not met."""
    text = "## What it means: CISO\n{% if metric('mttd').is_worse %}Bad.{% endif %}\n## Notes\n"
    assert write(text) == Commentary(PAGE.id, FILE)


def test_a_condition_may_hold_whole_sections() -> None:
    text = (
        "{% if metric('mttd').is_better and not metric('mttr').on_target %}\n"
        "## What it means: CISO\nMixed.\n{% else %}\n## What it means: CTO\nClear.\n{% endif %}"
    )
    assert write(text).means == (Judgement("CISO", "Mixed."),)


def test_the_page_shows_what_was_written() -> None:
    """Notes and questions are for the briefing book."""
    page = _with_commentary(PAGE, replace(known_facts(), commentary={PAGE.id: write(WHOLE)}))
    assert page.voices.does[0] == Action(
        "Rehearse restores every month", "CTO", "15\u00a0Dec\u00a02026",
        "Rehearse <strong>restores</strong> every month",
    )  # fmt: skip
    assert page.voices.needs == Ask(
        "Approve D-31", "by 27 Oct 2026", "Approve <strong>D-31</strong>"
    )
    assert [each.who for each in page.voices.facts] == ["", "", "CTO"]
    assert [each.who for each in page.voices.recommends] == ["CISO"]
    assert "Then that." not in repr(page)


@pytest.mark.parametrize("section", ["The facts", "What we recommend: CISO"])
def test_facts_and_recommendations_may_stand_alone(section: str) -> None:
    said = write(f"## {section}\nWords.")
    page = _with_commentary(PAGE, replace(known_facts(), commentary={PAGE.id: said}))
    assert page.voices.is_heard
    assert [each.text for each in (*page.voices.facts, *page.voices.recommends)] == ["Words."]


# --- live figures --------------------------------------------------------------------------------

PRINTED = (
    ("{{ metric('mttd') }}", "19 h"),
    ("{{ metric('mttd', ago=4) }}", "41 h"),
    ("{{ metric('mttd', part='p90') }}", "33 h"),
    ("{{ metric('mttd').value }}", "19 h"),
    ("{{ metric('mttd').p90 }}", "33 h"),
    ("{{ metric('mttd').mean }}", "23 h"),
    ("{{ metric('mttd').open }}", "2"),
    ("{{ metric('mttd').n }}", "14"),
    ("{{ metric('mttd').before }}", "23 h"),
    ("{{ metric('mttd').year_ago }}", "41 h"),
    ("{{ metric('mttd', ago=1).before }}", "30 h"),
    ("{{ metric('mttd').target }}", "24 h"),
    ("{{ target('mttd') }}", "24 h"),
    ("{{ metric('mttd').status }}", "on target"),
    ("{{ metric('mttd', ago=4).status }}", "off target"),
    ("{{ metric('mttd').change }}", "4 h"),
    ("{{ metric('edr_coverage') }}", "98.1%"),
    ("{{ metric('edr_coverage').change }}", "1.1 points"),
    ("{{ metric('spend_actual') }}", "$4.62M"),
    ("{{ metric('mttd')|hours(1) }}", "19.4 h"),
    ("{{ metric('mttd')|days }}", "0.8 days"),
    ("{{ metric('mttd').p90|days(decimals=2) }}", "1.39 days"),
    ("{{ metric('time_to_secure_approval')|hours }}", "528 h"),
    ("{{ metric('edr_coverage')|percent(2) }}", "98.10%"),
    ("{{ metric('edr_coverage')|percent(0) }}", "98%"),
    ("{{ metric('edr_coverage')|number }}", "98.1"),
    ("{{ metric('spend_actual')|money(1) }}", "$4.6M"),
    ("{{ metric('spend_actual')|number }}", "4,618,532"),
    ("{{ metric('alerts_raised')|number }}", "1,293"),
    ("{{ metric('mttc') }}", "not measured"),
    ("{{ metric('mttc')|hours(1) }}", "not measured"),
    ("{{ quoted('72 hours', source='GDPR Art. 33') }}", "72 hours (GDPR Art. 33)"),
    ("{{ metric('mttd') if metric('mttd').measured else metric('mttr') }}", "19 h"),
    ("{% if metric('mttd').number < 20 %}few{% elif true %}many{% endif %}", "few"),
    ("{% if metric('edr_coverage').number >= 0.98 %}full{% endif %}", "full"),
    ("{% if metric('mttd').status == 'on target' %}met{% endif %}", "met"),
    ("{# nobody sees this #}seen", "seen"),
    ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
)


@pytest.mark.parametrize(("typed", "printed"), PRINTED)
def test_what_is_printed(typed: str, printed: str) -> None:
    (judgement,) = write(f"## What it means: CISO\n{typed}").means
    assert judgement.text.replace("\u00a0", " ") == printed


@pytest.mark.parametrize(
    ("answer", "is_so"),
    [
        ("metric('mttd').is_better", True), ("metric('mttd').is_worse", False),
        ("metric('mttr').is_unchanged", True), ("metric('mttr').is_worse", False),
        ("metric('phishing_click_rate').is_worse", True), ("metric('mttd').on_target", True),
        ("metric('mttr').near_target", True), ("metric('phishing_click_rate').off_target", True),
        ("metric('mttd').off_target", False), ("metric('mttc').measured", False),
        ("metric('mttc').is_better", False), ("metric('mttd').measured", True),
        ("metric('mttd').p90.number > 33.2", True), ("metric('mttd').year_ago.number == 41", True),
        ("not metric('mttd').is_better or metric('mttd').is_worse", False),
    ],
)  # fmt: skip
def test_conditions(answer: str, is_so: bool) -> None:
    """Recovery moved from 43.1 to 43.4 h, which prints as 43 h both times."""
    said = write(f"## Notes\n{{% if {answer} %}}so{{% else %}}not so{{% endif %}}")
    assert said.notes == ("so" if is_so else "not so",)


REFUSED = (
    ("{{ metric('mtttr') }}", "Did you mean mttr"),
    ("{{ metric('mttd').p99 }}", "did you mean p90"),
    ("{{ metric('mttd').is_beter }}", "did you mean is_better"),
    ("{{ metric('mttd', part='p99') }}", "it has: median, p90, mean, open"),
    ("{{ metric('mttd', ago=8) }}", "no value 8 quarters ago"),
    ("{{ metric('mttd', ago=-1) }}", "no value -1 quarters ago"),
    ("{{ metric('mttd', ago=4).is_better }}", "leave out ago="),
    ("{{ target('incidents_detected') }}", "no target is declared"),
    ("{{ metric('mttc').change }}", "no change"),
    ("{{ metric('mttd')|percent }}", "it has no |percent"),
    ("{{ metric('edr_coverage')|money }}", "it has no |money"),
    ("{{ metric('edr_coverage').change|percent }}", "percentage points"),
    ("{{ metric('mttd')|upper }}", "No filter named 'upper'"),
    ("{{ 19|hours }}", "for figures only"),
    ("{{ 19 }}", "19 does not come from the figures"),
    ("{{ '19 h' }}", "does not come from the figures"),
    ("{{ metric('mttd').number }}", "does not come from the figures"),
    ("{{ metric('mttd').is_better }}", "does not come from the figures"),
    ("{{ metric('mttd').number * 2 }}", "arithmetic"),
    ("{{ metric('mttd').number + 1 }}", "arithmetic"),
    ("{{ metric('mttd') ~ '!' }}", "joining with ~"),
    ("{{ metric('mttd')['p90'] }}", "an index in brackets"),
    ("{{ mttd }}", "'mttd' is undefined"),
    ("{{ quoted('72 hours') }}", "needs its source"),
    ("{{ quoted('72 hours', source=' ') }}", "needs its source"),
    ("{{ quoted('', source='x') }}", "needs the words"),
    ("{{ quoted(metric('mttd'), source='x') }}", "needs the words"),
    ("{% for x in [1] %}{{ x }}{% endfor %}", "a loop"),
    ("{% set x = 5 %}", "{% set %}"),
    ("{% include 'x' %}", "not for commentary"),
    ("{% if metric('mttd') %}x{% endif %}", "neither true nor false"),
    ("{% if metric('mttd') > 3 %}x{% endif %}", "'>' not supported"),
    ("{% if metric('mttd') == 19 %}x{% endif %}", "compare its .number"),
    ("{% if metric('mttd').value == 19 %}x{% endif %}", "compare its .number"),
    ("{% if metric('edr_coverage').number > 95 %}x{% endif %}", "write 0.95, not 95"),
    ("{% if metric('mttc').number > 95 %}x{% endif %}", "ask .measured first"),
    ("{{ metric('mttd').status.upper() }}", "are called"),
    ("{{ metric('mttd').status.upper }}", "has no 'upper'"),
    ("{{ metric('mttd').spec }}", "has no 'spec'"),
    ("{{ metric('mttd').__class__ }}", "has no '__class__'"),
    ("{{ ''.__class__ }}", "cannot be put in"),
    ("{{ metric() }}", "metric() missing"),
    ("{{ metric(1) }}", "cannot be put in"),
    ("{{ metric('mttd')|hours('x') }}", "cannot be put in"),
    ("{{ metric('mttd')|hours(99) }}", "cannot be put in"),
    ("{{ metric('mttd', ago='x') }}", "no value x quarters ago"),
    ("{{ metric('mttd') ", "cannot be put in"),
    ("{% if metric('mttd').is_better %}", "cannot be put in"),
    ("\U000f0001", "U+F0001"),
)  # fmt: skip


@pytest.mark.parametrize(("typed", "why"), REFUSED)
def test_what_is_refused_and_where(typed: str, why: str) -> None:
    """With the line that it stands on: the third of the text, the sixth of the file."""
    with pytest.raises(CommentaryError) as caught:
        write(f"## What it means: CISO\nFine.\n{typed}")
    assert why in f"{caught.value.what} {caught.value.mend}"
    if not typed.startswith(("{% if metric('mttd').is_better %}", "\U000f0001")):
        assert caught.value.where == f"{FILE}:6"


# --- form ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "what", "mend"),
    [
        ("## What it mean: CISO\nx", 4, "'What it mean: CISO'", "'## What it means: CISO'"),
        ("## What it means\nx", 4, "does not say who", "## What it means: CISO"),
        ("## What we recommend\nx", 4, "does not say who", "## What we recommend: CISO"),
        ("## What we need: CISO\nx", 4, "is not known", "'## What we need'"),
        ("# Notes\nx", 4, "is not known", "'## Notes'"),
        ("## Note\nx", 4, "is not known", "'## Notes'"),
        ("## Zebra\nx", 4, "is not known", "The headings are: The facts"),
        ("Loose words.\n## Notes\nx", 4, "before the first heading", "## What it means"),
        ("## What we do\nRehearse | CTO | 2026-12-15", 5, "is a list", "- text | role"),
        ("## Questions\nWhy?", 5, "is a list", "- question | answer"),
        ("## Questions\n- Why?", 5, "has no answer", "- question | answer"),
        ("## What we do\n- x | CTO | soon", 5, "'soon' is not a date", "2026-12-15"),
        ("## What we need\nx\n## What we need\ny", 6, "twice", "join the two"),
        ("## Notes\n\n<!-- not yet -->", 6, "would be printed", "{# ... #}"),
        ("## Notes\n![x](y.png)", 5, "picture", ""),
    ],
)
def test_faults_of_form(text: str, line: int, what: str, mend: str) -> None:
    with pytest.raises(CommentaryError) as caught:
        write(text)
    assert caught.value.where == f"{FILE}:{line}"
    assert what in caught.value.what
    assert mend in caught.value.mend


def test_the_head_knows_three_keys() -> None:
    with pytest.raises(CommentaryError, match="'titel' is not known here") as caught:
        write("", head="titel: x\n")
    assert caught.value.where == f"{FILE}:3"


# --- the guide -----------------------------------------------------------------------------------

GUIDE = Path(__file__).resolve().parents[2] / "docs/guides/commentary.md"
FILES = re.findall(r"^```markdown\n(.*?)^```$", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
VERDICTS = re.findall(
    r"^\| (.+) \| (fine|stops|warning) \|$", GUIDE.read_text("utf-8"), re.MULTILINE
)
TOLD = re.findall(r"^\| (`\{\{.+`) \| (.+) \|$", GUIDE.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("text", FILES)
def test_files_of_the_guide_pass(text: str) -> None:
    """As they stand, on the page that the guide speaks of."""
    _, head, body = text.split("---\n", 2)
    assert check(body, head=head.replace("page: detect-and-respond\n", "")) == ()


@pytest.mark.parametrize(("sentence", "verdict"), VERDICTS)
def test_verdicts_of_the_guide_are_those_of_the_program(sentence: str, verdict: str) -> None:
    found = judged(sentence)
    assert verdict == ("fine" if not found else "stops" if found[0].stops else "warning")


@pytest.mark.parametrize(("written", "prints"), TOLD)
def test_live_figures_of_the_guide_print_what_it_says(written: str, prints: str) -> None:
    for each in re.findall(r"`(\{\{.+?\}\})`", written.replace("\\|", "|")):
        (judgement,) = write(f"## What it means: CISO\n{each}").means
        assert judgement.text.replace("\u00a0", " ") == prints


def test_the_guide_has_examples_of_all() -> None:
    assert (len(FILES), len(VERDICTS), len(TOLD)) == (3, 20, 13)
