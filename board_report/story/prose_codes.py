"""What can be wrong with the leaders' words, and how it is mended."""

from __future__ import annotations

from enum import StrEnum

from board_report.model import Severity
from board_report.sources.faults import Explanation


class ProseCode(StrEnum):
    """Faults of the leaders' words."""

    NUMBER_UNKNOWN = "prose_number_unknown"
    NUMBER_ROUNDED = "prose_number_rounded"
    NUMBER_OF_ANOTHER = "prose_number_of_another"
    WORD_CONTRADICTS = "prose_word_contradicts"
    TITLE_OF_CHANCE = "prose_title_of_chance"
    WORD_OF_CHANCE = "prose_word_of_chance"
    WORD_UNTIED = "prose_word_untied"
    PAGE_LEFT_OUT = "prose_page_left_out"


PROSE_FAULTS: dict[ProseCode, Explanation] = {
    ProseCode.NUMBER_UNKNOWN: Explanation(
        Severity.ERROR,
        "Commentary has a number that is no figure of its page.",
        "{value!r} under {section!r} is no figure of the page {page}.",
        "{near}; or name its source: {{{{ quoted('{value}', source='...') }}}}.",
        stops=True,
    ),
    ProseCode.NUMBER_ROUNDED: Explanation(
        Severity.ERROR,
        "Commentary has a number that is a figure of its page rounded wrongly.",
        "{value!r} under {section!r} is no rounding of {figure} on the page {page}.",
        "Write {right}.",
        stops=True,
    ),
    ProseCode.NUMBER_OF_ANOTHER: Explanation(
        Severity.ERROR,
        "A number of commentary stands on its page, and is not of the figure that the sentence "
        "names.",
        "{value!r} under {section!r} is another figure of the page {page} than {figure}.",
        "{near}; or say whose figure it is.",
        stops=True,
    ),
    ProseCode.WORD_CONTRADICTS: Explanation(
        Severity.ERROR,
        "A word of commentary says the opposite of what a figure says.",
        "{value!r} under {section!r} is not so: {figure} is {told}.",
        "Say what the figure says, or put the sentence under a condition: "
        "{{% if metric('{metric}').{answer} %}} ... {{% endif %}}.",
        stops=True,
    ),
    ProseCode.TITLE_OF_CHANCE: Explanation(
        Severity.ERROR,
        "A page's title tells of a move that chance alone makes as well.",
        "{value!r} in the title of the page {page} is no news: {figure} is {told}, which is within "
        "chance.",
        "Say that there is no clear change, or put the title under a condition: "
        "{{% if metric('{metric}').{answer} %}} ... {{% endif %}}.",
        stops=True,
    ),
    ProseCode.WORD_OF_CHANCE: Explanation(
        Severity.WARNING,
        "Commentary tells of a move that chance alone makes as well.",
        "{value!r} under {section!r} is no news: {figure} is {told}, which is within chance.",
        "Say that there is no clear change, or why you know that there is one.",
    ),
    ProseCode.WORD_UNTIED: Explanation(
        Severity.WARNING,
        "Commentary speaks of a record, a doubling or no incidents without a figure that shows it.",
        "{value!r} under {section!r} cannot be checked: {why}.",
        "Cite the figure in the same sentence, as {{{{ metric('mttd') }}}}.",
    ),
    ProseCode.PAGE_LEFT_OUT: Explanation(
        Severity.WARNING,
        "Commentary is about a page that is left out of this report, so that it is not printed.",
        "this page is not in the report: {why}.",
        "Give what the page is made from, or move the words to another page.",
    ),
}
