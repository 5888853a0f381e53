from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from benchmarks.nrp import BEST_KNOWN, write
from benchmarks.nrp_format import problem_of, read
from benchmarks.nrp_judge import judge
from constraints.check import check
from constraints.policy import HOUSE_POLICY
from domain.roster import Roster
from domain.situation import Situation
from scheduler.columns import campaign as campaigns
from scheduler.columns.campaign import Campaign
from scheduler.columns.clock import Clock
from scheduler.columns.compile import Compiled
from scheduler.columns.generate import Generation
from scheduler.columns.master import Master
from scheduler.options import option_book
from scheduler.problem import Limits, Problem
from scheduler.result import Status
from scheduler.search import Search
from scheduler.solve import solve
from tests import builders as b
from tests.laws.situations import rostered

INSTANCES = Path(__file__).parents[4] / "shared" / "data" / "nrp"
ABLE = replace(b.EARLY, breaks=()), replace(b.LATE, breaks=()), replace(b.NIGHT, breaks=())


def compiled_for(problem: Problem, limits: Limits) -> Compiled:
    book = option_book(problem)
    shapes = [shape for rule in problem.policy.rules for shape in rule.over(book)]
    return Compiled(book, shapes, Clock(limits, time.monotonic()))


def month(people: int = 9, days: int = 14) -> Problem:
    at = b.site(*ABLE)
    needs = [b.need(at, day, hour, hour + 1, 2) for day in b.horizon(days) for hour in range(9, 20)]
    rules = tuple(
        rule.model_copy(update={"people": 1}) if rule.kind == "emergency-floor" else rule for rule in HOUSE_POLICY.rules
    )
    return Problem(b.situation(people, days=days, at=at, needs=needs), HOUSE_POLICY.model_copy(update={"rules": rules}))


@pytest.fixture(params=["few rows", "many rows"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Take the way of months with few rows, and that of the large."""
    way: str = request.param
    monkeypatch.setattr(campaigns, "MANY_ROWS", 0 if way == "many rows" else 10**9)
    return way


@settings(max_examples=25, deadline=None)
@given(drawn=rostered())
def test_the_bound_never_passes_the_best_roster_there_is(drawn: tuple[Situation, Roster]) -> None:
    problem = Problem(drawn[0], HOUSE_POLICY)
    book = option_book(problem)
    search = Search(book, [shape for rule in HOUSE_POLICY.rules for shape in rule.over(book)], began=0)
    if search.run(Limits(seconds=20, threads=1)) is not Status.OPTIMAL:
        return
    compiled = compiled_for(problem, Limits())
    master = Master(compiled, range(len(compiled.people)))
    generation = Generation(compiled, master)
    for column in compiled.columns(search.best or Roster.of(drawn[0].horizon, ())) or ():
        master.add(column)
    generation.run(lambda: False)
    assert generation.bound <= search.bound + 1e-3


@pytest.mark.usefixtures("way")
def test_a_campaign_ends_with_a_clean_roster_whose_price_is_the_judges() -> None:
    problem = month()
    compiled = compiled_for(problem, Limits(seconds=15))
    campaign = Campaign(compiled, seed=1)
    campaign.run(workers=2)
    assert campaign.best is not None
    report = check(compiled.roster(campaign.best.columns), problem.situation, problem.policy)
    assert report.clean
    assert report.score == round(campaign.best.price)
    assert campaign.bound <= report.score


@pytest.mark.usefixtures("way")
def test_one_worker_one_seed_and_a_limit_of_work_give_one_roster() -> None:
    def run() -> tuple[float, float, int]:
        compiled = compiled_for(month(), Limits(seconds=300, work=2.0))
        campaign = Campaign(compiled, seed=3)
        campaign.run(workers=1)
        assert campaign.best is not None
        return campaign.best.price, campaign.bound, hash(compiled.roster(campaign.best.columns))

    assert run() == run()


def test_answers_get_better_and_bounds_rise() -> None:
    heard: list[tuple[float, float]] = []
    compiled = compiled_for(month(), Limits(seconds=60, work=1.0))
    Campaign(compiled, 1, lambda now: heard.append((now.best.felt if now.best else 0.0, now.bound))).run(workers=1)
    prices, bounds = zip(*heard, strict=True)
    assert list(prices) == sorted(prices, reverse=True)
    assert list(bounds) == sorted(bounds)


def test_a_fault_of_a_further_worker_is_told_by_the_first() -> None:
    def listen(now: Campaign) -> None:
        if now.answers > 1:
            raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        Campaign(compiled_for(month(), Limits(seconds=30)), 1, listen).run(workers=2)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_public_instances_are_solved_to_their_best_known_value(number: int, tmp_path: Path) -> None:
    path = INSTANCES / f"Instance{number}.txt"
    if not path.exists():
        pytest.skip(f"the public instances are not beside the project: {INSTANCES}")
    result = solve(problem_of(read(path)), Limits(seconds=60, threads=2))
    assert result.roster is not None
    write(result.roster, tmp_path / "solution.csv")
    judged = judge(path, tmp_path / "solution.csv")
    assert judged.violations == ()
    assert judged.objective == BEST_KNOWN[number]
    assert result.bound <= judged.objective
