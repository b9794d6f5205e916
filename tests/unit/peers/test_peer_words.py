"""What is said of peers: who they are, why they are so wide, and the takeaway by rule."""

from __future__ import annotations

from board_report.governance.peers.records import Filing
from board_report.governance.peers.standing import standing
from board_report.story import peer_words
from tests.unit.peers.filers import draft, filer
from tests.unit.peers.test_peer_set import chosen

SOME = {"materially_affected": False, "report_to_board": True}


def many(number: int = 20, **lengths: int) -> list[Filing]:
    """Filers whose texts have the lengths given, and one, two ... more."""
    return [
        filer(at, lengths={name: length + at for name, length in lengths.items()}, flags=SOME)
        for at in range(1, number + 1)
    ]


def title(filers: list[Filing], answers: dict[str, bool] | None = None, **texts: str) -> str:
    peers = chosen(*filers, minimum=1)
    return peer_words.standing_title(standing(draft(answers, **texts), peers), peers)


def test_peers_are_named_by_number_form_and_industry() -> None:
    one = chosen(filer(1), minimum=1)
    wide = chosen(filer(1), filer(2, "5122"), minimum=2)

    assert peer_words.population(one) == (
        "1 filer of Form 10-K in wholesale: medical, dental and hospital equipment and supplies "
        "(SIC 5047)"
    )
    assert peer_words.population(wide) == ("2 filers of Form 10-K in wholesale trade (division F)")
    assert peer_words.population(chosen(filer(1), sic="", minimum=1)) == (
        "1 filer of Form 10-K in all industries"
    )


def test_wider_industry_is_said_with_the_reason() -> None:
    wide = chosen(filer(1), filer(2, "5122"), minimum=2)

    assert peer_words.widened(wide) == (
        "SIC 5047 has 1 filer, SIC 504 has 1 filer and SIC 50 has 1 filer; "
        "a comparison takes at least 2."
    )
    assert peer_words.widened(chosen(filer(1), minimum=1)) == ""
    assert "No SIC code" in peer_words.widened(chosen(filer(1), sic="", minimum=1))


def test_title_names_the_texts_in_the_outer_quarters() -> None:
    assert title(many(processes=100), b1="x" * 118) == (
        "Our text on processes is longer than those of 17 of 20 peers"
    )
    assert title(many(processes=100), b1="x" * 103) == (
        "Our text on processes is shorter than those of 17 of 20 peers"
    )
    assert title(many(processes=100), b1="x" * 110) == (
        "All of our texts are of a length that is usual among peers"
    )
    both = many(processes=100, materially_affected=100, committee=100)
    assert title(both, b1="x" * 300, b2="x" * 300, committee="short") == (
        "Our texts on processes and material effects are longer than most peers’; "
        "that on the committee is shorter"
    )


def test_many_long_or_short_texts_are_counted() -> None:
    blocks = ("processes", "materially_affected", "committee", "expertise", "positions")
    filers = many(**dict.fromkeys(blocks, 100))

    assert (
        title(filers, b1="x", b2="x", committee="x")
        == "Our texts on three subjects are shorter than most peers’"
    )
    assert title(
        filers, b1="x", b2="x", committee="x", expertise="x" * 300, positions="x" * 300
    ) == (
        "Our texts on positions and expertise are longer than most peers’; "
        "those on three others are shorter"
    )
    assert title(filers, expertise="x" * 300, positions="x") == (
        "Our text on expertise is longer than most peers’; that on positions is shorter"
    )


def test_text_that_few_peers_have_is_not_named() -> None:
    """Longer than all of ten is not longer than most of thirty."""
    filers = [*many(10, processes=100), *(filer(at, lengths={}) for at in range(50, 71))]

    assert title(filers, b1="x" * 300) == (
        "Too few peers tagged these texts to tell where ours stand"
    )


def test_text_in_a_long_text_is_not_told_again() -> None:
    assert title(many(processes=100, integrated=50), b1i="x" * 300) == (
        "Our text on processes is longer than those of 20 of 20 peers"
    )


def test_rare_answer_comes_before_lengths() -> None:
    said = title(many(processes=100), {"106(b)(2)": True}, b1="x" * 300)

    assert said == "Our answer on “material effects, past or likely” is yes; 0 of 20 peers say so"
    usual = title(many(processes=100), {"106(b)(2)": False}, b1="x" * 300)
    assert usual.startswith("Our text on processes")


def test_title_of_nothing_to_compare() -> None:
    assert title([], b1="x") == "There are no peers to compare with"
    assert title(many(20)) == "The draft says nothing yet; 20 filers are here to compare with"
    assert title(many(9, processes=100), b1="x" * 300) == (
        "Too few peers tagged these texts to tell where ours stand"
    )


def test_place_of_each_text_in_words() -> None:
    peers = chosen(
        *many(12, processes=100, committee=5), filer(90, lengths={"expertise": 3}), minimum=1
    )
    found = standing(draft(b1="x" * 104, expertise="abc", oversight="x"), peers)
    said = {each.block.id: peer_words.place_words(each) for each in found.lengths}

    assert said["processes"] == "shorter than 8 of 12"
    assert said["expertise"] == "too few texts (1)"
    assert said["committee"] == "says nothing"
    assert said["board_oversight"] == "tagged by nobody"


def test_share_has_its_interval_and_none_where_nobody_answered() -> None:
    peers = chosen(*many(10), minimum=1)
    said = {each.flag.id: peer_words.share_words(each) for each in standing(draft(), peers).flags}

    assert said["report_to_board"] == "100% (69–100%)"
    assert said["third_party_engaged"] == "–"
