"""What is said of peers, alike on paper and on a terminal: who they are, where a draft stands."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.governance.peers.records import (
    DataSet,
    FlagStanding,
    LengthStanding,
    Level,
    PeerSet,
    Standing,
    Try,
)
from board_report.story import formats

NOT_QUALITY = "Length is not quality: a longer text tells no more by being longer."
NOT_TAGGED = "A fact that is not tagged is neither yes nor no: the text may say it all the same."
_HIGH, _LOW = 0.75, 0.25
_LONGEST_NAMES = 2
"""Blocks that a title names on each side."""


def population(peers: PeerSet) -> str:
    """Who the filers are: ``47 filers of Form 10-K in wholesale trade, durable goods (SIC 50)``."""
    filers = formats.counted(len(peers.filings), "filer", words=False)
    return f"{filers} of Form {peers.form} in {industry(peers.taken)}"


def industry(taken: Try) -> str:
    """The industry in a sentence, with its code."""
    if taken.level is Level.ALL:
        return "all industries"
    title = taken.title or "an industry without a title"
    title = title if title[:2].isupper() else f"{title[:1].lower()}{title[1:]}"
    kind = "division" if taken.level is Level.DIVISION else "SIC"
    return f"{title} ({kind} {taken.code})"


def window(peers: PeerSet) -> str:
    """Which fiscal years: ``fiscal years that ended from 1 Feb 2025 to 31 Jan 2026``."""
    return f"fiscal years that ended from {formats.day(peers.starts)} to {formats.day(peers.ends)}"


def widened(peers: PeerSet) -> str:
    """Why the industry is wider than the company's own; empty where it is not."""
    narrower = peers.tries[:-1]
    if not narrower:
        return "" if peers.sic else "No SIC code is given, so all filers of the form are taken."
    counts = [
        f"{_code_words(each)} has {formats.counted(each.filers, 'filer', words=False)}"
        for each in narrower
    ]
    return f"{formats.listed(counts)}; a comparison takes at least {peers.minimum}."


def _code_words(each: Try) -> str:
    return f"division {each.code}" if each.level is Level.DIVISION else f"SIC {each.code}"


def source(data: DataSet) -> str:
    """Where the data are from, and from when."""
    return (
        f"{data.source} Reports filed from {formats.day(data.filed_from)} to "
        f"{formats.day(data.filed_to)}; table made on {formats.day(data.made_on)}."
    )


def answer(ours: bool | None) -> str:
    """The draft's answer in a word."""
    return "none" if ours is None else "yes" if ours else "no"


def share_words(flag: FlagStanding) -> str:
    """The share of "yes" among those that answered, with its interval: ``93% (81–99%)``."""
    if flag.interval is None:
        return "–"
    low, high = flag.interval
    share = formats.percent(flag.yes / flag.tagged)
    return f"{share} ({_bare(low)}–{formats.percent(high)})"


def _bare(ratio: float) -> str:
    return formats.percent(ratio).removesuffix("%")


def place_words(each: LengthStanding) -> str:
    """Where the draft's text stands: ``longer than 28 of 36``."""
    if not each.ours:
        return "says nothing"
    if each.quartiles is None:
        return f"too few texts ({each.tagged})" if each.tagged else "tagged by nobody"
    if each.shorter >= each.longer:
        return f"longer than {each.shorter} of {each.tagged}"
    return f"shorter than {each.longer} of {each.tagged}"


def standing_title(found: Standing, peers: PeerSet) -> str:
    """The takeaway in a sentence: which texts are long or short, or which answer is unlike most.

    An answer that fewer than a quarter of the filers give comes first; then the texts that stand
    in the outer quarters, the farthest out first. Texts that fewer than half tag are not named.
    """
    if not peers.filings:
        return "There are no peers to compare with"
    if not any(each.ours for each in found.lengths) and all(
        each.ours is None for each in found.flags
    ):
        return f"The draft says nothing yet; {_others(peers)} are here to compare with"
    unlike = [each for each in found.flags if is_unlike(each)]
    if unlike:
        return _unlike_title(unlike)
    return _length_title(found.lengths)


def _others(peers: PeerSet) -> str:
    return formats.counted(len(peers.filings), "filer", words=False)


def is_unlike(flag: FlagStanding) -> bool:
    """Whether fewer than a quarter of those that answered give the draft's answer."""
    if flag.ours is None or not flag.tagged:
        return False
    return (flag.yes if flag.ours else flag.no) / flag.tagged < _LOW


def _unlike_title(unlike: Sequence[FlagStanding]) -> str:
    first = unlike[0]
    same = first.yes if first.ours else first.no
    more = f", and {formats.counted(len(unlike) - 1, 'answer')} more are unlike most" * (
        len(unlike) > 1
    )
    return (
        f"Our answer on “{first.flag.label.lower()}” is {answer(first.ours)}; "
        f"{same} of {first.tagged} peers say so{more}"
    )


def _length_title(lengths: Sequence[LengthStanding]) -> str:
    placed = [(each.place, each) for each in lengths if each.place is not None and _usual(each)]
    long = [each for place, each in sorted(placed, key=lambda each: -each[0]) if place >= _HIGH]
    short = [each for place, each in sorted(placed, key=lambda each: each[0]) if place <= _LOW]
    if not placed:
        return "Too few peers tagged these texts to tell where ours stand"
    if not long and not short:
        return "All of our texts are of a length that is usual among peers"
    sides = [(_widest(long), "longer"), (_widest(short), "shorter")]
    (first, word), *others = [side for side in sides if side[0]]
    if not others:
        return f"Our {_named(first)} {word} than {_most(first, word)}"
    second, other = others[0]
    return f"Our {_named(first)} {word} than most peers’; {_rest(second)} {other}"


def _usual(each: LengthStanding) -> bool:
    """Whether at least half of the filers tag such a text, so that "most peers" has a meaning."""
    return each.tagged >= each.untagged


def _widest(blocks: Sequence[LengthStanding]) -> list[LengthStanding]:
    """Without those that stand in another of them: it is long because they are."""
    whole = [set(each.block.sub_items) for each in blocks]
    return [each for each in blocks if not any(set(each.block.sub_items) < set_ for set_ in whole)]


def _named(blocks: Sequence[LengthStanding]) -> str:
    """``text on expertise is``, ``texts on processes and board oversight are``."""
    if len(blocks) > _LONGEST_NAMES:
        return f"texts on {formats.count_words(len(blocks))} subjects are"
    return f"{'text' if len(blocks) == 1 else 'texts'} on {_listed(blocks)}"


def _rest(blocks: Sequence[LengthStanding]) -> str:
    if len(blocks) > _LONGEST_NAMES:
        return f"those on {formats.count_words(len(blocks))} others are"
    return f"{'that' if len(blocks) == 1 else 'those'} on {_listed(blocks)}"


def _listed(blocks: Sequence[LengthStanding]) -> str:
    verb = "is" if len(blocks) == 1 else "are"
    return f"{formats.listed([each.block.short for each in blocks])} {verb}"


def _most(blocks: Sequence[LengthStanding], word: str) -> str:
    if len(blocks) > 1:
        return "most peers’"
    only = blocks[0]
    count = only.shorter if word == "longer" else only.longer
    return f"those of {count} of {only.tagged} peers"
