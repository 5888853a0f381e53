"""Against reference values of manuals and papers (Garnett, Mandelbaum, Reiman 2002) and a slow exact way."""

from __future__ import annotations

import math
from decimal import Decimal, getcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language import Refusal
from forecasting.erlang import Service, erlang_a, erlang_b, erlang_c, fewest_lines

getcontext().prec = 60


@pytest.mark.parametrize(
    ("load", "lines", "blocked"),
    [(1, 1, 0.5), (5, 5, 0.284868), (10, 10, 0.214582), (10, 15, 0.036497), (50, 50, 0.104787), (100, 110, 0.027463)],
)
def test_erlang_b_gives_the_reference_values(load: float, lines: int, blocked: float) -> None:
    assert erlang_b(load, lines) == pytest.approx(blocked, abs=5e-7)


@pytest.mark.parametrize(
    ("load", "agents", "waits"),
    [(0.5, 1, 0.5), (2, 3, 0.444444), (5, 7, 0.324150), (20, 24, 0.298072), (50, 56, 0.309348), (100, 110, 0.237008)],
)
def test_erlang_c_gives_the_reference_values(load: float, agents: int, waits: float) -> None:
    assert erlang_c(load, 1.0, agents, 0.0).p_wait[0] == pytest.approx(waits, abs=5e-7)


def numbers(service: Service) -> list[float]:
    fields = service.service_level, service.abandoned, service.p_wait, service.mean_wait_s, service.occupancy
    return [float(field[0]) for field in fields]


def test_erlang_c_of_a_worked_example() -> None:
    found = numbers(erlang_c(100 / 1800, 180, 14, 20))
    assert found == pytest.approx([0.88835, 0.0, 0.1741319, 7.83594, 0.7142857], abs=5e-6)


@pytest.mark.parametrize(
    ("calls", "handle", "patience", "agents", "reference"),
    [
        (48 * 30, 60, 120, 50, [0.94302, 0.03091, 0.46777, 3.7095, 0.93032]),
        (100, 180, 300, 13, [0.85818, 0.02496, 0.22580, 7.49, 0.75003]),
        (60, 240, 180, 10, [0.804380, 0.059518, 0.268523, 10.7132, 0.752386]),
        (2, 240, 120, 1, [0.789560, 0.153186, 0.225817, 18.3824, 0.225817]),
    ],
)
def test_erlang_a_gives_the_reference_values(
    calls: float, handle: float, patience: float, agents: int, reference: list[float]
) -> None:
    found = numbers(erlang_a(calls / 1800, handle, patience, agents, 20))
    assert found == pytest.approx(reference, rel=2e-4)


def chain(rate: float, handle: float, patience: float, agents: int) -> tuple[float, float]:
    """P(wait) and share abandoned by the birth-death chain itself, in 60 digits."""
    states = [Decimal(1)]
    for number in range(1, agents + int(40 * (rate * patience + 1)) + 200):
        out = Decimal(min(number, agents)) / Decimal(handle) + Decimal(max(0, number - agents)) / Decimal(patience)
        states.append(states[-1] * Decimal(rate) / out)
    whole = sum(states)
    waiting = sum((state for state in states[agents:]), Decimal(0)) / whole
    lost = sum((state * (number - agents) for number, state in enumerate(states) if number > agents), Decimal(0))
    return float(waiting), float(lost / whole / Decimal(patience) / Decimal(rate))


@pytest.mark.parametrize("calls", [0.3, 4.0, 60.0, 400.0])
@pytest.mark.parametrize("staffing", [0.5, 1.0, 1.5])
def test_erlang_a_is_exact_to_a_billionth(calls: float, staffing: float) -> None:
    rate, handle, patience = calls / 1800, 240.0, 150.0
    agents = max(1, round(rate * handle * staffing))
    found = erlang_a(rate, handle, patience, agents, 20)
    waiting, lost = chain(rate, handle, patience, agents)
    assert float(found.p_wait[0]) == pytest.approx(waiting, abs=1e-9)
    assert float(found.abandoned[0]) == pytest.approx(lost, abs=1e-9)
    assert float(found.mean_wait_s[0]) == pytest.approx(lost * patience, abs=1e-6)


def test_no_calls_mean_perfect_service_and_idle_agents() -> None:
    assert numbers(erlang_a(0, 240, 120, 0, 20)) == [1.0, 0.0, 0.0, 0.0, 0.0]
    assert numbers(erlang_c(0, 240, 3, 20)) == [1.0, 0.0, 0.0, 0.0, 0.0]


def test_no_agents_mean_that_every_caller_hangs_up() -> None:
    assert numbers(erlang_a(0.1, 240, 120, 0, 20)) == [0.0, 1.0, 1.0, 120.0, 0.0]


def test_overload_is_stated() -> None:
    patient = erlang_c(1.0, 240, 10, 20)
    assert patient.overloaded[0]
    assert math.isinf(patient.mean_wait_s[0])
    assert patient.service_level[0] == 0
    assert erlang_a(1.0, 240, 120, 10, 20).overloaded[0]


calls = st.floats(0.0, 50.0)
handle = st.floats(5.0, 2000.0)
patience = st.floats(1.0, 5000.0)


@given(calls, handle, patience, st.integers(0, 400), st.floats(0.0, 600.0))
def test_shares_are_shares_and_finite_whatever_comes(
    rate: float, each: float, mean: float, agents: int, within: float
) -> None:
    service = erlang_a(rate, each, mean, agents, within)
    for field in (service.service_level, service.abandoned, service.p_wait, service.occupancy):
        assert 0 <= float(field[0]) <= 1 + 1e-9
    assert 0 <= float(service.mean_wait_s[0]) <= mean * (1 + 1e-9)


@given(calls, handle, patience, st.integers(0, 200))
def test_one_more_agent_never_hurts(rate: float, each: float, mean: float, agents: int) -> None:
    few, more = (erlang_a(rate, each, mean, number, 20) for number in (agents, agents + 1))
    assert float(more.abandoned[0]) <= float(few.abandoned[0]) + 1e-9
    assert float(more.service_level[0]) >= float(few.service_level[0]) - 1e-9


def test_whole_arrays_give_what_single_numbers_give() -> None:
    rates = np.array([0.0, 0.01, 0.2])
    together = erlang_a(rates, 240, 120, np.array([0, 3, 60]), 20)
    single = [numbers(erlang_a(rate, 240, 120, agents, 20))[0] for rate, agents in zip(rates, (0, 3, 60), strict=True)]
    assert together.service_level.tolist() == single


def test_endless_patience_is_erlang_c() -> None:
    patient, endless = erlang_a(60 / 1800, 240, 1e300, 10, 20), erlang_c(60 / 1800, 240, 10, 20)
    assert numbers(patient) == pytest.approx(numbers(endless))
    nearly = erlang_a(60 / 1800, 240, 2e8, 10, 20)
    assert numbers(nearly) == pytest.approx(numbers(endless), rel=1e-4, abs=1e-5)


def test_numbers_without_end_are_refused() -> None:
    with pytest.raises(Refusal):
        erlang_a(math.inf, 240, 120, 10, 20)
    with pytest.raises(Refusal):
        erlang_c(0.1, math.nan, 10, 20)


@given(st.floats(0.01, 3000), st.floats(0.5, 0.999))
def test_the_fewest_lines_are_enough_and_one_less_is_not(load: float, served: float) -> None:
    lines = int(fewest_lines(load, served)[0])
    assert float(erlang_b(load, lines)) <= 1 - served
    assert lines == 0 or float(erlang_b(load, lines - 1)) > 1 - served


def test_no_calls_need_no_lines_and_a_share_of_one_is_refused() -> None:
    assert fewest_lines([0.0, 1.0], 0.98).tolist() == [0, 4]
    with pytest.raises(Refusal, match="between 0 and 1"):
        fewest_lines(1.0, 1.0)
