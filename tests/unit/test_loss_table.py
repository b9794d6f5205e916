"""The loss as data: every line is a figure of the record, and cells are safe."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from board_report.story.loss_table import LOSS_COLUMNS, losses_csv
from tests.unit.pages.money_for import money_of


def lines_of(money) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(losses_csv(money, "USD"))))


def test_without_a_model_there_is_the_header_alone():
    assert losses_csv(None, "USD") == ",".join(LOSS_COLUMNS) + "\n"


def test_every_figure_is_there_once():
    money = money_of(3)
    position = replace(money.position, limit_exceedance=((0.05, 34e6, 0.0674),))
    found = lines_of(replace(money, position=position))
    heads = [(row["scope"], row["risk_id"], row["statistic"], row["chance"]) for row in found]
    assert len(heads) == len(set(heads))
    by = dict(zip(heads, found, strict=True))
    assert by["total", "", "var_95", ""]["value"] == f"{money.statistics.var_95:.2f}"
    assert by["total after insurance", "", "shortfall_99", ""]["value"] == (
        f"{money.net.shortfall_99:.2f}"
    )
    risk = money.scenarios[1]
    assert by["risk", risk.risk_id, "p90", ""]["value"] == f"{risk.statistics.p90:.2f}"
    assert float(by["risk", risk.risk_id, "tail_share", ""]["value"]) == risk.tail_share
    for chance, loss in risk.statistics.curve:
        assert by["risk", risk.risk_id, "curve", f"{chance:.6g}"]["value"] == f"{loss:.2f}"
    point = by["total", "", "tolerance", "0.05"]
    assert (point["value"], point["printed"], point["model_chance"]) == (
        "34000000.00", "$34M", "0.0674"
    )  # fmt: skip


def test_a_formula_in_a_title_is_text():
    money = money_of(1)
    bad = replace(money, scenarios=(replace(money.scenarios[0], title="=1+1"),))
    assert {row["title"] for row in lines_of(bad) if row["scope"] == "risk"} == {"'=1+1"}
