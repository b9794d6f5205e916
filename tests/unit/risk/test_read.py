"""Scenarios as the tables say them, and a finding for everything that is wrong."""

from __future__ import annotations

import math
from datetime import date

import pytest
from scipy import stats

from board_report.model import Severity
from board_report.project import Insurance, RiskSettings
from board_report.risk.codes import RISK_FAULTS, RiskCode
from board_report.risk.frequency import CountKind
from board_report.risk.metrics import RiskModel
from board_report.risk.quantities import Beta, Fixed, Gamma, Limited, Lognormal
from board_report.risk.read import RiskReading, read_risks
from board_report.risk.report import risk_in_money
from tests.spec.tables import Row, tables, window_of

WAITING = RiskSettings(trials=1000, insurance=Insurance(1.0, 9.0, waiting_hours=8.0))


def in_register(risk_id: str = "R1", **more: object) -> Row:
    """A row that is described in full, unless a value is emptied."""
    said = {"events_low": 0.1, "events_high": 0.4, "loss_low": 10.0, "loss_high": 100.0}
    words = {"title": f"Title {risk_id}", "short_title": risk_id, "owner_role": "CISO"}
    return {"risk_id": risk_id, **words, **said, **more}


def stated(kind: str, low: float, high: float, **more: object) -> Row:
    return {"risk_id": "R1", "input": kind, "shape": "lognormal", "low": low, "high": high, **more}


def fixed(kind: str, value: float, **more: object) -> Row:
    return {"risk_id": "R1", "input": kind, "shape": "fixed", "likely": value, **more}


def correlated(one: str, other: str, rank: float) -> Row:
    return {"risk_id": one, "other_risk_id": other, "rank_correlation": rank}


def reading(*register: Row, currency: str = "USD", settings=None, **more: list[Row]) -> RiskReading:
    found = read_risks(tables(risk_register=register, **more), window_of(), currency, settings)
    assert found is not None
    return found


def scenario(*inputs: Row, register: Row | None = None, **more: list[Row]):
    found = reading(register or in_register(), risk_inputs=list(inputs), **more)
    assert not found.is_faulty, found.findings
    [only] = found.scenarios
    return only


# --- what is read --------------------------------------------------------------------------------


def test_the_register_s_two_intervals():
    found = scenario()
    assert found.frequency.rate == Lognormal.from_interval(0.1, 0.4)
    assert found.frequency.vulnerability == Fixed(1.0)
    assert [part.amount for part in found.parts] == [Lognormal.from_interval(10, 100)]
    assert (found.basis, found.line, found.owner_role) == ("90% interval", 2, "CISO")


def test_an_interval_of_one_value_is_known():
    found = scenario(register=in_register(events_low=0.3, events_high=0.3))
    assert found.frequency.rate == Fixed(0.3)


def test_what_inputs_leave_out_is_the_register_s():
    """Frequency from inputs and loss from the register, and the other way round."""
    often = scenario(fixed("loss_event_frequency", 2.0))
    assert often.frequency.rate == Fixed(2.0)
    assert often.parts[0].amount == Lognormal.from_interval(10, 100)
    much = scenario(fixed("primary_loss", 7.0, loss_form="response"))
    assert much.frequency.rate == Lognormal.from_interval(0.1, 0.4)
    assert (much.parts[0].amount, much.parts[0].form) == (Fixed(7.0), "response")
    assert often.basis == much.basis == "stated inputs"


def test_a_register_without_intervals_described_by_inputs():
    row = in_register(events_low=None, events_high=None, loss_low=None, loss_high=None)
    found = scenario(fixed("loss_event_frequency", 2.0), fixed("primary_loss", 7.0), register=row)
    assert found.expected_loss == 2 * 7


def test_a_tree_in_full():
    """Expected loss by hand: threats x share x (primary + chance x secondary)."""
    found = scenario(
        fixed("threat_event_frequency", 10.0),
        {"risk_id": "R1", "input": "vulnerability", "shape": "beta", "low": 0.1, "high": 0.4},
        fixed("primary_loss", 5.0, loss_form="productivity"),
        fixed("primary_loss", 3.0, loss_form="response"),
        fixed("secondary_loss", 20.0, loss_form="reputation"),
        fixed("secondary_loss_frequency", 0.3),
        fixed("outage_hours", 16.0),
    )
    share = Beta.from_interval(0.1, 0.4).mean
    assert found.expected_loss == pytest.approx(10 * share * (5 + 3 + 0.3 * 20))
    assert [(part.form, part.is_secondary) for part in found.parts] == [
        ("productivity", False),
        ("response", False),
        ("reputation", True),
    ]
    assert found.outage_hours == Fixed(16.0)
    assert found.basis == "Open FAIR tree"


def test_vulnerability_follows_from_capability_and_resistance():
    """Capability PERT(0, 0.5, 1), which is beta(3, 3), above controls of 0.4 and 0.8: their 0.6."""
    found = scenario(
        fixed("threat_event_frequency", 10.0),
        {"risk_id": "R1", "input": "threat_capability", "shape": "pert", "low": 0.0,
         "likely": 0.5, "high": 1.0},
        fixed("resistance_strength", 0.4, part="backup"),
        fixed("resistance_strength", 0.8, part="segments"),
    )  # fmt: skip
    assert found.frequency.mean == pytest.approx(10 * stats.beta(3, 3).sf(0.6))


def test_shapes_and_limits():
    """PERT with its weight, a cap, a cut, and widths of nothing."""
    pert = {"risk_id": "R1", "input": "primary_loss", "shape": "pert", "low": 0.0, "likely": 2.0}
    found = scenario(
        {**pert, "high": 9.0, "weight": 6.0, "loss_form": "response"},
        {**pert, "low": 2.0, "high": 2.0, "loss_form": "replacement"},
        stated("primary_loss", 1.0, 10.0, cap=20.0, truncate_above=30.0, loss_form="reputation"),
        stated("primary_loss", 4.0, 4.0, loss_form="productivity"),
    )
    weighted, known, limited, narrow = (part.amount for part in found.parts)
    assert weighted.mean == pytest.approx((0 + 6 * 2 + 9) / 8)
    assert known == Fixed(2.0)
    assert (limited.cap, limited.cut) == (20.0, 30.0)
    assert narrow == Fixed(4.0)


def test_kinds_of_count():
    one = scenario(fixed("loss_event_frequency", 2.0, count="negative_binomial", dispersion=0.4))
    assert (one.frequency.kind, one.frequency.dispersion) == (CountKind.NEGATIVE_BINOMIAL, 0.4)
    other = scenario(fixed("loss_event_frequency", 2.0, count="whole_number"))
    assert other.frequency.kind is CountKind.WHOLE_NUMBER
    assert other.frequency.count.chance == 1.0


@pytest.mark.parametrize("kind", ["vulnerability", "secondary_loss_frequency"])
def test_a_lognormal_share_stays_below_one(kind):
    """Its own mean would be 6.8."""
    found = scenario(
        fixed("threat_event_frequency", 10.0),
        fixed("secondary_loss", 1.0),
        *(
            stated(each, 1e-6, 1.0) if each == kind else fixed(each, 0.5)
            for each in ("vulnerability", "secondary_loss_frequency")
        ),
    )
    assert 0 < found.expected_loss < 10 * 0.5
    assert found.frequency.mean <= 10
    assert found.secondary_chance <= 1


HISTORY = {"shape": "history"}
RECORD = [
    {"detected_at": "2024-10-01 09:00", "risk_id": "R1", "cost": math.e, "outage_hours": 4.0},
    {"detected_at": "2026-01-01 09:00", "risk_id": "R1", "cost": math.e**3},
]


def test_what_is_fitted_from_history():
    found = scenario(
        stated("loss_event_frequency", 0.25, 1.0, **HISTORY),
        stated("primary_loss", 1.0, 100.0, **HISTORY),
        stated("outage_hours", 1.0, 100.0, **HISTORY),
        incidents=RECORD,
    )
    prior = Gamma.from_interval(0.25, 1.0)
    assert found.frequency.rate == prior.after(2, 730 / 365.25)
    assert found.parts[0].amount.mu == pytest.approx((4 * math.log(10) + 2 * 2) / 6)
    assert found.parts[0].log_error > 0
    assert found.outage_hours.mu == pytest.approx((4 * math.log(10) + math.log(4)) / 5)
    assert found.basis == "own history: 2 events in 2.0 years, 2 losses, 1 outage"


def test_a_fit_with_limits():
    found = scenario(
        stated("primary_loss", 1.0, 100.0, weight=40.0, cap=60.0, **HISTORY), incidents=RECORD
    )
    amount = found.parts[0].amount
    assert isinstance(amount, Limited)
    assert amount.cap == 60
    assert amount.inner.mu == pytest.approx((40 * math.log(10) + 2 * 2) / 42)


def test_a_rate_is_fitted_to_years_without_an_incident():
    """They tell something: the belief falls."""
    found = scenario(
        stated("loss_event_frequency", 0.25, 1.0, **HISTORY),
        incidents=[{**RECORD[0], "risk_id": None}],
    )
    assert found.frequency.rate == Gamma.from_interval(0.25, 1.0).after(0, 730 / 365.25)
    assert found.basis == "own history: 0 events in 2.0 years"


def test_correlations_of_risks_in_either_order():
    found = reading(
        in_register("R2"), in_register("R1"), risk_correlations=[correlated("R2", "R1", 0.3)]
    )
    assert found.correlations == {("R1", "R2"): 0.3}
    model = found.model(WAITING)
    assert (model.seed, model.insurance) == (WAITING.seed, WAITING.insurance)
    assert [each.risk_ids for each in model.groups()] == [("R2", "R1")]


def test_only_the_quarter_s_rows_count():
    found = reading(
        in_register("R1"),
        in_register("R2", quarter="2026-Q2"),
        risk_inputs=[fixed("loss_event_frequency", 5.0, quarter="2026-Q2")],
        risk_correlations=[{**correlated("R1", "R2", 0.3), "quarter": "2026-Q2"}],
    )
    assert [each.risk_id for each in found.scenarios] == ["R1"]
    assert found.scenarios[0].frequency.rate == Lognormal.from_interval(0.1, 0.4)
    assert not found.correlations
    assert not found.findings


def test_a_quarter_without_a_register_is_nothing():
    told = tables(risk_register=[in_register(quarter="2026-Q2")])
    assert read_risks(told, window_of(), "USD") is None
    assert read_risks(tables(), window_of(), "USD") is None


def test_a_register_of_risks_that_no_one_described():
    """No crash and no figure: every risk is unquantified."""
    row = in_register(events_low=None, events_high=None)
    told = tables(
        risk_register=[row, {**row, "risk_id": "R2"}], risk_inputs=[], risk_correlations=[]
    )
    found = read_risks(told, window_of(), "USD")
    assert (found.scenarios, found.unquantified, found.is_faulty) == ((), 2, False)
    model = RiskModel(WAITING, "USD")
    assert risk_in_money(model, told, [window_of()], discount_rate=0.08, time_zone="UTC") is None
    assert model.position(told, window_of()) is None


# --- what is wrong -------------------------------------------------------------------------------

TWICE = [correlated("R1", "R2", 0.3), correlated("R2", "R1", 0.4)]
NEVER = [correlated("R1", "R2", 0.9), correlated("R2", "R3", 0.9), correlated("R1", "R3", -0.9)]
THREE = [in_register("R1"), in_register("R2"), in_register("R3")]

FAULTS = [
    # register, other tables, code, (table, line, column, value), words of the reason, of the mend
    ([in_register(owner_role=None)], {}, RiskCode.UNOWNED,
     ("risk_register", 2, "owner_role", ""), "risk R1, “Title R1”, has no owner", "owner_role"),
    ([in_register(currency="EUR")], {}, RiskCode.CURRENCY_MIXED,
     ("risk_register", 2, "currency", "EUR"), "risk R1 is in EUR; the report is in USD",
     "to USD"),
    ([in_register(loss_low=None, loss_high=None)], {}, RiskCode.UNDESCRIBED,
     ("risk_register", 2, "risk_id", "R1"), "has no loss, so", "risk_inputs"),
    ([in_register(events_low=0.0)], {}, RiskCode.UNDESCRIBED,
     ("risk_register", 2, "risk_id", "R1"), "has no frequency, so", "above zero"),
    ([in_register(events_low=None, events_high=None, loss_low=None, loss_high=None)], {},
     RiskCode.UNDESCRIBED, ("risk_register", 2, "risk_id", "R1"),
     "has no frequency and no loss, so", "90% intervals"),
    ([in_register()], {"risk_inputs": [fixed("loss_event_frequency", 1.0),
                                       fixed("threat_event_frequency", 1.0),
                                       fixed("vulnerability", 0.5)]},
     RiskCode.FREQUENCY_TWICE, ("risk_inputs", 3, "input", "threat_event_frequency"),
     "R1 has a loss event frequency and a threat event frequency", "Keep the threat events"),
    ([in_register()], {"risk_inputs": [fixed("loss_event_frequency", 1.0, part="a"),
                                       fixed("loss_event_frequency", 2.0, part="b")]},
     RiskCode.INPUT_TWICE, ("risk_inputs", 3, "input", "loss_event_frequency"),
     "R1 says its loss event frequency twice", "Keep one"),
    ([in_register()], {"risk_inputs": [fixed("threat_event_frequency", 1.0),
                                       fixed("vulnerability", 0.5),
                                       fixed("threat_capability", 0.5),
                                       fixed("resistance_strength", 0.5)]},
     RiskCode.INPUT_TWICE, ("risk_inputs", 4, "input", "threat_capability"),
     "R1 says its vulnerability twice", "capability and resistance"),
    ([in_register()], {"risk_inputs": [fixed("threat_event_frequency", 1.0)]},
     RiskCode.TREE_INCOMPLETE, ("risk_inputs", 2, "input", "threat_event_frequency"),
     "R1 has threat event frequency and no vulnerability", "Add a row for vulnerability"),
    ([in_register()], {"risk_inputs": [fixed("vulnerability", 0.5)]},
     RiskCode.TREE_INCOMPLETE, ("risk_inputs", 2, "input", "vulnerability"),
     "has vulnerability and no threat event frequency", "threat event frequency"),
    ([in_register()], {"risk_inputs": [fixed("threat_event_frequency", 1.0),
                                       fixed("threat_capability", 0.5)]},
     RiskCode.TREE_INCOMPLETE, ("risk_inputs", 3, "input", "threat_capability"),
     "has threat capability and no resistance strength", "resistance strength"),
    ([in_register()], {"risk_inputs": [fixed("threat_event_frequency", 1.0),
                                       fixed("resistance_strength", 0.5)]},
     RiskCode.TREE_INCOMPLETE, ("risk_inputs", 3, "input", "resistance_strength"),
     "has resistance strength and no threat capability", "threat capability"),
    ([in_register()], {"risk_inputs": [fixed("secondary_loss", 9.0)]},
     RiskCode.TREE_INCOMPLETE, ("risk_inputs", 2, "input", "secondary_loss"),
     "has secondary loss and no secondary loss frequency", "secondary loss frequency"),
    ([in_register()], {"risk_inputs": [fixed("secondary_loss_frequency", 0.5)]},
     RiskCode.TREE_INCOMPLETE, ("risk_inputs", 2, "input", "secondary_loss_frequency"),
     "has secondary loss frequency and no secondary loss", "secondary loss"),
    ([in_register()], {"risk_inputs": [{"risk_id": "R1", "input": "secondary_loss_frequency",
                                        "shape": "beta", "low": 1e-9, "high": 0.999999}]},
     RiskCode.INPUT_IMPOSSIBLE, ("risk_inputs", 2, "low", "1e-09"),
     "secondary loss frequency of risk R1: no beta has", "Change the values"),
    ([in_register()], {"risk_inputs": [{"risk_id": "R1", "input": "loss_event_frequency",
                                        "shape": "history", "low": 0.5, "high": 2.0,
                                        "weight": 10.0}]},
     RiskCode.INPUT_IMPOSSIBLE, ("risk_inputs", 2, "low", "0.5"),
     "its prior interval says how much it is worth", "Change the values"),
    ([in_register()], {"risk_inputs": [fixed("loss_event_frequency", 2e5)]},
     RiskCode.TOO_FREQUENT, ("risk_register", 2, "risk_id", "R1"),
     "risk R1: it has 200,000 events in a mean year, more than 2,000", "larger events"),
    ([in_register()], {"risk_inputs": [fixed("primary_loss", 9.0, risk_id="R7")]},
     RiskCode.INPUT_IDLE, ("risk_inputs", 2, "risk_id", "R7"),
     "risk R7 is not in the register of 2026-Q3", "Add the risk"),
    (THREE, {"risk_correlations": NEVER}, RiskCode.CORRELATIONS_CONTRADICT,
     ("risk_correlations", 4, "rank_correlation", ""),
     "the correlations of R1, R2, R3 contradict one another", "shrunk to 5"),
    (THREE[:2], {"risk_correlations": [correlated("R1", "R2", 1.0)]},
     RiskCode.CORRELATIONS_CONTRADICT, ("risk_correlations", 2, "rank_correlation", ""),
     "R1, R2 contradict", "shrunk to 99%"),
    (THREE[:2], {"risk_correlations": [correlated("R1", "R2", -1.0)]},
     RiskCode.CORRELATIONS_CONTRADICT, ("risk_correlations", 2, "rank_correlation", ""),
     "R1, R2 contradict", "shrunk to 99%"),
    ([in_register()], {"risk_correlations": [correlated("R1", "R9", 0.3)]},
     RiskCode.CORRELATION_IDLE, ("risk_correlations", 2, "other_risk_id", "R9"),
     "R9 is not in the register of the quarter", "Remove the row"),
    ([in_register()], {"risk_correlations": [correlated("R9", "R1", 0.3)]},
     RiskCode.CORRELATION_IDLE, ("risk_correlations", 2, "risk_id", "R9"),
     "R9 is not in the register of the quarter", "add the risk"),
    (THREE[:2], {"risk_correlations": TWICE}, RiskCode.CORRELATION_TWICE,
     ("risk_correlations", 3, "rank_correlation", "0.4"),
     "R2 and R1 are correlated by 0.4 here and by 0.3 in line 2", "Keep one of the two rows"),
    ([in_register()], {"risk_inputs": [stated("loss_event_frequency", 0.1, 1.0, **HISTORY)]},
     RiskCode.NO_HISTORY, ("risk_inputs", 2, "input", "loss_event_frequency"),
     "names risk R1 tells anything of its loss event frequency", "risk_id of the incidents"),
    ([in_register()], {"risk_inputs": [fixed("primary_loss", 9.0, loss_form="productivity")]},
     RiskCode.OUTAGE_UNKNOWN, ("risk_register", 2, "risk_id", "R1"),
     "risk R1 has lost productivity and no outage_hours", "Add a row with outage_hours"),
]  # fmt: skip


@pytest.mark.parametrize(("register", "more", "code", "where", "reason", "mend"), FAULTS)
def test_a_fault_is_named_at_its_place(register, more, code, where, reason, mend):
    """Alone, with file, line, column and value, with the way to mend it."""
    found = reading(*register, settings=WAITING, **more)
    [told] = found.findings
    table, line, column, value = where
    assert (told.code, told.severity) == (str(code), RISK_FAULTS[code].severity)
    assert (told.file, told.table, told.line) == (f"{table}.csv", table, line)
    assert (told.column, told.value) == (column, value)
    assert reason in told.reason
    assert mend in told.mend
    assert "{" not in told.reason + told.mend


def test_every_code_is_raised():
    assert {code for _, _, code, *_ in FAULTS} == set(RiskCode) == set(RISK_FAULTS)


@pytest.mark.parametrize(("register", "more", "code", "where", "reason", "mend"), FAULTS)
def test_an_error_withholds_every_figure(register, more, code, where, reason, mend):
    """And a warning withholds none; nothing crashes in either case."""
    told = tables(risk_register=register, **more)
    model = RiskModel(WAITING, "USD")
    is_error = RISK_FAULTS[code].severity is Severity.ERROR
    found = risk_in_money(model, told, [window_of()], discount_rate=0.08, time_zone="UTC")
    assert [each.code for each in model.findings(told, window_of())] == [str(code)]
    assert model.reading(told, window_of()).is_faulty is is_error
    expected = not is_error and code is not RiskCode.UNDESCRIBED
    assert (found is not None) is expected


def test_the_same_correlation_twice_is_said_once():
    same = [correlated("R1", "R2", 0.3), correlated("R2", "R1", 0.3)]
    found = reading(*THREE[:2], risk_correlations=same)
    assert not found.findings
    assert found.correlations == {("R1", "R2"): 0.3}


def test_a_currency_in_small_letters_is_the_same():
    assert not reading(in_register(currency="usd")).findings


def test_a_waiting_period_asks_nothing_of_a_risk_with_outages():
    inputs = [
        fixed("primary_loss", 9.0, loss_form="productivity"),
        fixed("outage_hours", 5.0),
    ]
    assert not reading(in_register(), settings=WAITING, risk_inputs=inputs).findings
    plain = RiskSettings(insurance=Insurance(1.0, 9.0))
    assert not reading(in_register(), settings=plain, risk_inputs=inputs[:1]).findings


def test_an_impossible_input_leaves_out_its_risk_alone():
    bad = {"risk_id": "R1", "input": "vulnerability", "shape": "beta", "low": 0.4, "high": 0.4}
    found = reading(*THREE, risk_inputs=[bad])
    assert [each.risk_id for each in found.scenarios] == ["R2", "R3"]
    assert (found.unquantified, found.is_faulty) == (1, True)


def test_incidents_of_another_quarter_do_not_count():
    """The quarter's own cutoff; an incident of October is not known at the end of September."""
    late = {**RECORD[0], "detected_at": "2026-10-01 09:00"}
    row = stated("primary_loss", 1.0, 100.0, **HISTORY)
    found = reading(in_register(), risk_inputs=[row], incidents=[late])
    assert [each.code for each in found.findings] == [str(RiskCode.NO_HISTORY)]
    known = stats.norm.ppf(0.95)
    assert found.scenarios[0].parts[0].amount.sigma == pytest.approx(math.log(100) / (2 * known))
    assert date(2026, 9, 30) == window_of().cutoff_day
