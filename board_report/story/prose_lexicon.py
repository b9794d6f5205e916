"""Words with which a text claims something of a figure, as patterns.

Each claim is a statement about today: base forms ("fall", "improve") speak of what is to come and
are left out.
"""

from __future__ import annotations

import re
from enum import StrEnum

_BE = r"(?:is|are|was|were|be|been|being|got|get|gets|getting|became|become|becomes|has|have|[’']s)"
_ADVERBS = (
    r"(?:\s(?:now|also|again|still|much|far|clearly|slightly|a\slittle|even|both|all|markedly|"
    r"sharply|steadily|already|measurably|significantly))*"
)
_THAN = (
    r"\sthan\s(?:a\syear|last|in\s(?:Q[1-4]|20|the\s\w+\squarter)|(?:it|they|we)\s(?:was|were|did)|"
    r"before|ever|(?:the\s)?(?:previous|prior)|(?:the|a)\s(?:quarter|year)|twelve\smonths|\ufffc)"
)
_ENDED = r"(?=\s*(?:[.!,;:)(\ufffc]|$))"
_TARGET = (
    r"(?:(?:its|their|the|our|his|her|this|that|both|every|all)\s)?(?:of\s)?(?:its\s|the\s|our\s)?"
    r"(?:declared\s|own\s|board[’']s\s)?targets?"
)
_REACHED = r"(?:met|meets|passed|passes|reached|reaches|hit|hits|beat|beats|on|within|inside)"
_MISSED = r"(?:missed|misses|missing|(?:fell|falls)\sshort\sof|short\sof|off|outside)"
_NOT_AS_OTHERS = (
    r"(?!\sas\s(?!a\syear|last|in\s(?:Q|20)|before|ever|it\s|they\s|the\s(?:quarter|year)|\ufffc))"
)
"""Not "twice as long as detection", which compares two figures and no two times."""
_EVER = (
    r"(?:ever|on\srecord|yet|so\sfar|(?:(?:value|level|figure|result|quarter)\s)?(?:(?:in|for)\s"
    r"(?:the\slast\s)?(?:eight|seven|six|five|four|two|\d)\s(?:quarters|years)|ever|on\srecord))\b"
)


class Claim(StrEnum):
    """What can be said of a figure's course or state."""

    BETTER = "better"
    WORSE = "worse"
    FASTER = "faster"
    SLOWER = "slower"
    UP = "up"
    DOWN = "down"
    SAME = "unchanged"
    DOUBLED = "doubled"
    TRIPLED = "tripled"
    HALVED = "halved"
    TWICE_AS_FAST = "twice as fast"
    RECORD_LOW = "lowest"
    RECORD_HIGH = "highest"
    RECORD_BEST = "best"
    RECORD_WORST = "worst"
    FIRST_TIME = "on target for the first time"
    ON_TARGET = "on target"
    OFF_TARGET = "off target"
    NEAR_TARGET = "near target"
    ABOVE_TARGET = "above target"
    BELOW_TARGET = "below target"
    NO_INCIDENT = "no incidents"
    NO_MAJOR_INCIDENT = "no major incidents"


MOVES = (Claim.BETTER, Claim.WORSE, Claim.FASTER, Claim.SLOWER, Claim.UP, Claim.DOWN, Claim.SAME)
RATIOS = (Claim.DOUBLED, Claim.TRIPLED, Claim.HALVED, Claim.TWICE_AS_FAST)
RECORDS = (Claim.RECORD_LOW, Claim.RECORD_HIGH, Claim.RECORD_BEST, Claim.RECORD_WORST)
TARGETS = (
    Claim.FIRST_TIME, Claim.ON_TARGET, Claim.OFF_TARGET, Claim.NEAR_TARGET, Claim.ABOVE_TARGET,
    Claim.BELOW_TARGET,
)  # fmt: skip
ALWAYS = (Claim.NO_INCIDENT, Claim.NO_MAJOR_INCIDENT)
"""Claims that name their figure themselves."""


def _one_of(*words: str) -> str:
    return rf"\b(?:{'|'.join(words)})\b"


def _going(*words: str) -> str:
    """``is rising``, ``keeps falling``."""
    return rf"\b(?:is|are|keeps?|has\sbeen|have\sbeen)\s(?:{'|'.join(words)})\b"


def _compared(*words: str) -> str:
    """A comparative that tells of a change: ``is faster``, ``faster than a year ago``."""
    either = "|".join(words)
    return (
        rf"(?:\b{_BE}{_ADVERBS}\s(?:{either})\b(?!\sthan)|\b(?:{either})(?={_THAN})|"
        rf"\b(?:{either})\b(?=\s(?:again|this\squarter))|(?<=[a-z\ufffb]\s)(?:{either})\b{_ENDED})"
    )


def _no_incidents(kind: str) -> str:
    """``no incidents this quarter``; "no incidents of this kind" claims less and is left alone."""
    return (
        rf"\b(?:no|zero|not\s(?:a\ssingle|one)|without(?:\s(?:any|a|an))?){kind}"
        r"(?:\s(?:security|cyber|new))*\sincidents?\b(?=\s*(?:[.!,;:—–]|$)|"
        r"\s(?:and|but|this\squarter|in\sthe\squarter|in\sQ[1-4]|again|occurred|happened|"
        r"(?:was|were)\s(?:detected|recorded|found|seen)|to\sreport|at\sall)\b)"
    )


_BY_CLAIM: tuple[tuple[Claim, tuple[str, ...]], ...] = (
    (Claim.NO_MAJOR_INCIDENT, (_no_incidents(r"\s(?:major|serious|severe|significant)"),)),
    (
        Claim.NO_INCIDENT,
        (
            _no_incidents(""),
            r"\bnothing\shappened(?=\s*(?:[.!,;]|$)|\sthis\squarter)",
            r"\bincident-free\b",
        ),
    ),
    (
        Claim.FIRST_TIME,
        (rf"\b{_REACHED}\s{_TARGET}(?:\s[^.;,]{{0,40}}?)?\sfor\sthe\sfirst\stime\b",),
    ),
    (Claim.OFF_TARGET, (rf"\b{_MISSED}\s{_TARGET}\b(?!\srating)",)),
    (Claim.NEAR_TARGET, (r"\bnear\s(?:its\s|the\s|our\s)?target\b(?!\srating)",)),
    (Claim.ABOVE_TARGET, (rf"\b(?:above|over)\s{_TARGET}\b(?!\srating)",)),
    (Claim.BELOW_TARGET, (rf"\b(?:below|under)\s{_TARGET}\b(?!\srating)",)),
    (Claim.ON_TARGET, (rf"\b{_REACHED}\s{_TARGET}\b(?!\srating)",)),
    (Claim.RECORD_LOW, (r"\b(?:record|all-time)[\s-]lows?\b", rf"\blowest\s{_EVER}")),
    (Claim.RECORD_HIGH, (r"\b(?:record|all-time)[\s-]highs?\b", rf"\bhighest\s{_EVER}")),
    (Claim.RECORD_BEST, (rf"\b(?:best|fastest|shortest)\s{_EVER}",)),
    (Claim.RECORD_WORST, (rf"\b(?:worst|slowest|longest)\s{_EVER}",)),
    (
        Claim.TWICE_AS_FAST,
        (
            r"\btwice\sas\s(?:fast|quick|quickly|soon)\b" + _NOT_AS_OTHERS,
            r"\bin\shalf\sthe\stime\b",
        ),
    ),
    (
        Claim.DOUBLED,
        (
            r"\b(?:doubled|doubles|doubling)\b(?!\sdown)",
            r"\btwice\sas\s(?:many|much|long|high|often|slow)\b" + _NOT_AS_OTHERS,
        ),
    ),
    (
        Claim.TRIPLED,
        (
            _one_of("tripled", "trebled", "triples", "tripling"),
            r"\bthree\stimes\sas\s(?:many|much|long|high)\b" + _NOT_AS_OTHERS,
        ),
    ),
    (
        Claim.HALVED,
        (
            _one_of("halved", "halves", "halving", r"cut\sin\shalf"),
            r"\bhalf\sas\s(?:many|much|long|high)\b" + _NOT_AS_OTHERS,
        ),
    ),
    (
        Claim.SAME,
        (
            _one_of("unchanged", r"no\schange"),
            r"\b(?:has|have|had|did)\s(?:not|hardly|barely)\s(?:moved?|changed?)\b",
            r"\b(?:has|have|had|did)n[’']t\s(?:moved?|changed?)\b",
            r"\b(?:is|are|was|were|stayed|remains?|remained|stays?|held)\s(?:\w+\s)?(?:flat|steady)\b",
            r"\bwhere\s(?:it|they|we)\s(?:was|were|stood)\b",
        ),
    ),
    (
        Claim.BETTER,
        (
            _one_of("improved", "improves", r"g(?:o|e)ts?\sbetter"),
            _going("improving"),
            _compared("better", "stronger"),
        ),
    ),
    (
        Claim.WORSE,
        (
            _one_of("worsened", "worsens", "deteriorated", "deteriorates"),
            _going("worsening", "deteriorating"),
            _compared("worse", "weaker"),
        ),
    ),
    (Claim.FASTER, (r"\bsped\sup\b", _compared("faster", "sooner", "quicker", "shorter"))),
    (Claim.SLOWER, (r"\bslowed(?:\sdown)?\b", _compared("slower", "longer"))),
    (
        Claim.UP,
        (
            _one_of("rose", "risen", "rises", "grew", "grown", "grows", "increased", "increases",
                    "climbed", "climbs", "jumped"),
            _going("rising", "growing", "climbing", "increasing"),
            r"\b(?:went|is|are|was|were|has\sgone|have\sgone|moved)\sup\b"
            r"(?!\s(?:to\sdate|and\srunning|for|again\sand))",
            r"\bup\s(?:by|from)\b",
            _compared("higher"),
        ),
    ),
    (
        Claim.DOWN,
        (
            r"\b(?:fell|falls)\b(?!\sshort)",
            _one_of("fallen", "dropped", "drops", "shrank", "shrunk", "shrinks", "decreased",
                    "decreases", "declined", "declines", "reduced"),
            _going("falling", "dropping", "shrinking", "declining"),
            r"\b(?:went|is|are|came|comes|has\scome|have\scome|brought)\sdown\b(?!\sfor)",
            r"\bdown\s(?:to|by|from)\b",
            r"\b(?:was|were|been|we)\scut\b",
            _compared("lower", "fewer"),
        ),
    ),
)  # fmt: skip
PATTERNS: tuple[tuple[Claim, re.Pattern[str]], ...] = tuple(
    (claim, re.compile("|".join(words), re.IGNORECASE)) for claim, words in _BY_CLAIM
)
"""In this order: where two overlap, the first counts."""
