from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.language import Refusal
from forecasting.erlang import erlang_a, erlang_b
from forecasting.kernels import centre
from forecasting.kernels.centre import ABANDONED, ANSWERED, BLOCKED, OVERFLOWED
from forecasting.measures import measured, study
from forecasting.simulate import Callers, Calls, Centre, Group, simulate
from tests.forecasting.series import SHANGHAI

START = datetime(2026, 12, 1, tzinfo=SHANGHAI.info)


def staffed(agents: int, minutes: int, **more: object) -> Centre:
    callers = {"service": Callers(240.0, 180.0, **more)}  # type: ignore[arg-type]
    return Centre(START, callers, [Group(("service",), np.full(minutes, agents))])


def exponential(rate: float, agents: int, lines: int = 2**40, hours: int = 6000, patience: float = 180.0) -> Calls:
    """The centre as Erlang has it: exponential handle times."""
    chance = np.random.default_rng(1)
    count = int(rate * hours * 3600)
    start = np.sort(chance.random(count)) * hours * 3600
    handle = 240.0 * chance.standard_exponential(count)
    waits = patience * chance.standard_exponential((count, 1))
    never = np.full((count, 1), np.inf)
    one = np.zeros(count, dtype=np.int64)
    who, outcome, came, wait, _, attempt = centre.run(
        start, one, handle, waits, never, np.full(1, np.inf), np.zeros(1), np.zeros(1, np.int64),
        np.full(1, agents), np.ones((1, 1), np.int64), lines,
    )  # fmt: skip
    return Calls(("service",), one[who], came, wait, outcome, attempt)


@pytest.mark.parametrize(("calls", "agents"), [(60, 10), (20, 3), (5, 1)])
def test_with_exponential_talks_it_agrees_with_erlang_a(calls: int, agents: int) -> None:
    found = exponential(calls / 1800, agents)
    told = erlang_a(calls / 1800, 240.0, 180.0, agents, 20.0)
    in_time = (found.answered & (found.wait <= 20)).mean()
    assert in_time == pytest.approx(float(told.service_level[0]), abs=0.006)
    assert (found.outcome == ABANDONED).mean() == pytest.approx(float(told.abandoned[0]), abs=0.004)
    assert found.wait.mean() == pytest.approx(float(told.mean_wait_s[0]), rel=0.04)


def test_where_lines_are_what_is_missing_it_agrees_with_erlang_b() -> None:
    found = exponential(60 / 1800, 25, lines=10)
    assert (found.outcome == BLOCKED).mean() == pytest.approx(float(erlang_b(8.0, 10)), abs=0.004)
    assert not found.wait.any()


def test_the_same_seed_gives_the_same_calls() -> None:
    calls = {"service": np.full(48, 60.0)}
    one, other = (simulate(calls, 1800.0, staffed(9, 1440), np.random.default_rng(7)) for _ in range(2))
    assert (one.wait == other.wait).all()
    assert (one.outcome == other.outcome).all()


def test_whoever_waits_too_long_is_sent_on_and_hears_nobody() -> None:
    calls = {"service": np.full(4, 30.0)}
    found = simulate(calls, 1800.0, staffed(0, 120, overflow_s=15.0), np.random.default_rng(1))
    assert set(found.outcome.tolist()) == {ABANDONED, OVERFLOWED}
    assert found.wait.max() == pytest.approx(15.0)


def test_who_was_not_served_calls_again_as_often_as_told() -> None:
    calls = {"service": np.full(48, 50.0)}
    found = simulate(calls, 1800.0, staffed(0, 1440, again=1.0, again_after_s=60.0), np.random.default_rng(1))
    assert np.bincount(found.attempt).tolist() == [2400] * 4


def test_a_talk_goes_on_beyond_the_end_of_the_shift_and_nobody_new_is_taken() -> None:
    group = Group(("service",), np.array([1] * 10 + [0] * 50))
    at = Centre(START, {"service": Callers(1200.0, 1e9)}, [group])
    found = simulate({"service": np.array([40.0, 0.0])}, 1800.0, at, np.random.default_rng(1))
    begun = (found.came + found.wait)[found.answered]
    assert len(begun)
    assert begun.max() < 600


def test_specialists_answer_first_and_others_help_out() -> None:
    both = Group(("service", "emergency"), np.full(1440, 2))
    alone = Group(("emergency",), np.full(1440, 2))
    callers = dict.fromkeys(("service", "emergency"), Callers(240.0, 180.0))
    calls = {"service": np.full(48, 2.0), "emergency": np.full(48, 14.0)}
    apart = [Group(("service",), both.heads), alone]
    helped, left = (
        measured(simulate(calls, 1800.0, at, np.random.default_rng(1)), at)
        for at in (Centre(START, callers, [both, alone]), Centre(START, callers, apart))
    )
    assert helped["emergency"]["answered"] > left["emergency"]["answered"] + 0.05
    assert 0.85 < helped["service"]["answered"] < left["service"]["answered"]


def test_many_paths_tell_how_sure_their_mean_is() -> None:
    paths = {"service": np.random.default_rng(1).poisson(60.0, (12, 48)).astype(float)}
    found = study(paths, 1800.0, staffed(10, 1440), np.random.default_rng(2))
    answered = found.of["service"]["answered"]
    told = 1 - float(erlang_a(60 / 1800, 240.0, 180.0, 10, 20.0).abandoned[0])
    assert abs(answered.mean - told) < answered.within + 0.02
    assert 0 < answered.within < 0.02


def test_agents_who_are_away_are_missed() -> None:
    paths = {"service": np.full((4, 48), 60.0)}
    here, away = (
        study(paths, 1800.0, staffed(10, 1440), np.random.default_rng(2), share).of[""]["answered"].mean
        for share in (0.0, 0.3)
    )
    assert away < here - 0.03


def test_behaviour_that_cannot_be_is_refused() -> None:
    with pytest.raises(Refusal, match="positive"):
        Callers(0.0, 60.0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 12), min_size=2, max_size=6),
    st.lists(st.integers(0, 3), min_size=60, max_size=180),
    st.integers(1, 5),
    st.floats(0, 1),
    st.integers(0, 999),
)
def test_every_call_ends_in_one_way_and_nobody_takes_two(
    calls: list[int], heads: list[int], lines: int, again: float, seed: int
) -> None:
    at = Centre(START, {"service": Callers(200.0, 100.0, again=again)}, [Group(("service",), np.array(heads))], lines)
    found = simulate({"service": np.array(calls, dtype=float)}, 1800.0, at, np.random.default_rng(seed))
    assert int((found.attempt == 0).sum()) == sum(calls)
    assert (found.wait >= 0).all()
    assert not found.wait[found.outcome == BLOCKED].any()
    assert (np.diff(found.came) >= 0).all()
    shares = measured(found, at)["service"]
    parts = [shares[name] for name in ("answered", "hung up", "sent on", "no line", "left waiting")]
    assert not sum(calls) or sum(parts) == pytest.approx(1)
    assert set(found.outcome.tolist()) <= {ANSWERED, ABANDONED, OVERFLOWED, BLOCKED}


def test_calls_of_an_interval_last_as_long_as_it_says() -> None:
    handle = np.where(np.arange(48) < 16, 120.0, 360.0)
    at = Centre(START, {"service": Callers(handle, 180.0)}, [Group(("service",), np.full(1440, 200))])
    told = {hours: simulate({"service": calls}, 1800.0, at, np.random.default_rng(3)) for hours, calls in (
        ("night", np.where(handle == 120.0, 400.0, 0.0)), ("day", np.where(handle == 360.0, 400.0, 0.0)))}  # fmt: skip
    assert told["night"].busy_s[0] / len(told["night"].came) == pytest.approx(120.0, rel=0.06)
    assert told["day"].busy_s[0] / len(told["day"].came) == pytest.approx(360.0, rel=0.06)


def test_an_agent_who_serves_two_chats_at_once_serves_as_two() -> None:
    calls = {"service": np.full((8, 48), 60.0)}
    one, two = (
        study(calls, 1800.0, staffed(agents, 1440, concurrent=at_once), np.random.default_rng(1)).of["service"]
        for agents, at_once in ((10, 1), (5, 2))
    )
    assert one["answered"] == two["answered"]


def test_agents_who_serve_calls_and_chats_are_refused() -> None:
    callers = {"service": Callers(240.0, 180.0), "chat": Callers(600.0, 300.0, concurrent=3)}
    at = Centre(START, callers, [Group(("service", "chat"), np.full(1440, 5))])
    with pytest.raises(Refusal, match="calls and chats"):
        simulate({"service": np.full(48, 10.0), "chat": np.full(48, 5.0)}, 1800.0, at, np.random.default_rng(1))
