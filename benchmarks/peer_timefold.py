"""A site-month by Timefold: a search that changes and swaps the cells of the roster, each a duty or rest.

Every rule that adds up what single duties bring is said as it is, history and prices included: emergency floor, shift
leader, requirement, hours of week and month, wishes, fair shares. Each of its sums is a meter, which knows what every
total costs; each duty moves some meters. Rest between duties and runs of days have constraints of their own. What a
cell alone forbids, as certificates and leave do, is not among its choices. The weekly rest is left out, and a wish for
a day off is refused twice where a night into the day and a duty on it both stand.

Costs are looked up in tables: a function that loops over pairs is not translated for Java but called in Python at each
move, and the search is more than ten times slower.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import gcd
from typing import Annotated

import timefold.solver.domain as model
from timefold.solver import SolverFactory
from timefold.solver._timefold_java_interop import get_class
from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    UniConstraintStream,
    constraint_provider,
)

from constraints.book import Book, Entry
from constraints.price import flat
from constraints.rules.rest import DailyRest, OneDutyADay, RestAfterNights
from constraints.rules.runs import LongestNightRun, LongestWorkRun
from constraints.shapes import Cover, Forbid, Sum
from domain.roster import Duty, Roster
from domain.time import DAY_MINUTES
from scheduler.options import option_book
from scheduler.problem import Problem

REST, REST_AFTER_NIGHT = DailyRest().hours * 60, RestAfterNights().hours * 60
"""Minutes between two duties, and between a night and a duty that is none."""
WORK_RUN, NIGHT_RUN = LongestWorkRun().days, LongestNightRun().days
"""Days in a row at most."""
DUTY = 480
"""What a clash or a day too many weighs beside the hard sums, which weigh by the minute."""
PEOPLE = 1000
"""More than there are days: a cell's place is its person times this, plus its day."""


@dataclass(eq=False)
class Meter:
    """A sum, and what each total of it costs."""

    hard: bool
    costs: list[int]


@dataclass(eq=False)
class Touch:
    """What a duty adds to a meter."""

    meter: Meter
    amount: int


Moved = defaultdict[Entry, list[Touch]]


@dataclass(eq=False)
class Choice:
    """A shift and the work it serves; times are minutes after midnight of its day."""

    number: int
    shift: str
    work: str
    night: bool
    start: int
    end: int


@model.planning_entity
@dataclass(eq=False)
class Cell:
    """A person's day, counted from the first to be planned; the past is pinned. No choice is rest."""

    place: Annotated[int, model.PlanningId]
    person: int
    day: int
    past: Annotated[bool, model.PlanningPin]
    choices: Annotated[list[Choice], model.ValueRangeProvider]
    site: list[list[Touch]]
    own: list[list[Touch]]
    """What each choice moves here, by its number: of the site, and of the person alone."""
    choice: Annotated[Choice | None, model.PlanningVariable(allows_unassigned=True)] = None


@model.planning_solution
@dataclass(eq=False)
class Month:
    """The cells and the meters."""

    cells: Annotated[list[Cell], model.PlanningEntityCollectionProperty]
    meters: Annotated[list[Meter], model.ProblemFactCollectionProperty]
    score: Annotated[HardSoftScore | None, model.PlanningScore] = None


def roster(problem: Problem, seconds: float) -> Roster | None:
    """What the search has found after so many seconds, rules broken or not; handing over to Java and back is extra."""
    config = SolverConfig(
        solution_class=Month,
        entity_class_list=[Cell],
        score_director_factory_config=ScoreDirectorFactoryConfig(
            constraint_provider_function=constraint_provider(_constraints)
        ),
        termination_config=TerminationConfig(spent_limit=Duration(milliseconds=round(seconds * 1000))),
    )
    book = option_book(problem)
    found: Month = SolverFactory.create(config).build_solver().solve(_month(problem, book))
    first = book.horizon.first
    duties = (
        Duty(first + timedelta(cell.day), book.agents[cell.person].id, cell.choice.shift, cell.choice.work)
        for cell in found.cells
        if cell.choice
    )
    return Roster.of(book.horizon, duties)


def _month(problem: Problem, book: Book) -> Month:
    """The cells of history and horizon in which a duty may be, and the meters; one duty a day goes without saying."""
    site: Moved = defaultdict(list)
    own: Moved = defaultdict(list)
    rules = (rule for rule in problem.policy.rules if not isinstance(rule, OneDutyADay))
    shapes = (shape for rule in rules for shape in rule.over(book))
    meters = [
        _meter(shape, site if isinstance(shape, Cover) else own)
        for shape in shapes
        if isinstance(shape, Cover | Sum | Forbid)
    ]
    return Month(list(_cells(book, _shared(site), own)), meters)


def _shared(moved: Moved) -> Moved:
    """The same with one list for all who move the same, since each that is handed to Java takes its time."""
    lists: dict[tuple[Touch, ...], list[Touch]] = {}
    return defaultdict(list, {entry: lists.setdefault(tuple(touches), touches) for entry, touches in moved.items()})


def _meter(shape: Cover | Sum | Forbid, moved: Moved) -> Meter:
    """A shape as a meter that its duties move; a hard one costs its units, a missing head each of its minutes."""
    amounts = _amounts(shape)
    unit = max(1, gcd(*amounts.values()))
    low, high = (0, 0) if isinstance(shape, Forbid) else (shape.low, shape.high)
    totals = range(0, _most(amounts) + 1, unit)
    gaps = (max(0, (low or 0) - total, 0 if high is None else total - high) for total in totals)
    price = shape.price or flat(1)
    meter = Meter(shape.price is None, [shape.weight * price.of(gap) for gap in gaps])
    touches = {amount: Touch(meter, amount // unit) for amount in set(amounts.values())}
    for entry, amount in amounts.items():
        moved[entry].append(touches[amount])
    return meter


def _amounts(shape: Cover | Sum | Forbid) -> dict[Entry, int]:
    """What each duty adds to a shape."""
    if isinstance(shape, Sum):
        return {entry: term.weight for term in shape.terms for entry in term.entries}
    return dict.fromkeys(shape.entries(), 1)


def _most(amounts: dict[Entry, int]) -> int:
    """The largest total: of each person's day the duty that adds most."""
    most: defaultdict[tuple[str, date], int] = defaultdict(int)
    for entry, amount in amounts.items():
        most[entry.agent.id, entry.day] = max(most[entry.agent.id, entry.day], amount)
    return sum(most.values())


def _cells(book: Book, site: Moved, own: Moved) -> Iterator[Cell]:
    """The cells in which a duty may be, with what each choice moves there."""
    choices: dict[tuple[str, str], Choice] = {}
    for entry in book.entries:
        kind, midnight = (entry.duty.shift, entry.duty.work), book.timetable.day(entry.day)[0]
        start, end = entry.start - midnight, entry.end - midnight
        choices.setdefault(kind, Choice(len(choices), *kind, entry.night, start, end))
    for person, agent in enumerate(book.agents):
        for days, entries in groupby(book.of(agent), key=lambda entry: (entry.day - book.horizon.first).days):
            there = {choices[entry.duty.shift, entry.duty.work]: entry for entry in entries}
            held = [there.get(choice) for choice in choices.values()]
            here, alone = ([moved[entry] if entry else [] for entry in held] for moved in (site, own))
            past = next(iter(there)) if days < 0 else None
            yield Cell(person * PEOPLE + days, person, days, days < 0, list(there), here, alone, past)


def _constraints(factory: ConstraintFactory) -> list[Constraint]:
    """The prices of all meters, rest between duties, and runs that end."""
    worked = factory.for_each(Cell)
    return [
        *_prices(worked),
        _rest(worked, 1),
        _rest(worked, 2),
        _run(worked, WORK_RUN, "work days"),
        _run(worked.filter(lambda cell: cell.choice.night), NIGHT_RUN, "nights"),
    ]


def _prices(worked: UniConstraintStream) -> list[Constraint]:
    """What the totals of all meters cost; telling the classes in a stream spares looking names up at each move."""
    own = worked.flatten_last(lambda cell: cell.own[cell.choice.number])
    moved = worked.flatten_last(lambda cell: cell.site[cell.choice.number]).concat(own)
    moved.a_type = get_class(Touch)
    totals = moved.group_by(lambda touch: touch.meter, ConstraintCollectors.sum(lambda touch: touch.amount))
    totals.a_type = get_class(Meter)
    totals = totals.complement(Meter, lambda _: 0)
    hard, priced = totals.filter(lambda meter, _: meter.hard), totals.filter(lambda meter, _: not meter.hard)
    return [
        hard.penalize(HardSoftScore.ONE_HARD, lambda meter, total: meter.costs[total]).as_constraint("bounds"),
        priced.penalize(HardSoftScore.ONE_SOFT, lambda meter, total: meter.costs[total]).as_constraint("prices"),
    ]


def _rest(worked: UniConstraintStream, days: int) -> Constraint:
    """Rest between two duties of a person so many days apart; on the third day all have rested."""
    pairs = worked.join(Cell, Joiners.equal(lambda cell: cell.place + days, lambda cell: cell.place))
    return (
        pairs.filter(lambda cell, later: _too_near(cell.choice, later.choice, days))
        .penalize(HardSoftScore.of_hard(DUTY))
        .as_constraint(f"rest over {days} days")
    )


def _too_near(before: Choice, after: Choice, days: int) -> bool:
    """Whether a duty begins too soon after one so many days before."""
    rest = REST_AFTER_NIGHT if before.night and not after.night else REST
    return after.start + days * DAY_MINUTES - before.end < rest


def _run(counted: UniConstraintStream, most: int, name: str) -> Constraint:
    """At most so many days in a row."""
    days = ConstraintCollectors.to_consecutive_sequences(lambda cell: cell.day)
    runs = counted.group_by(lambda cell: cell.person, days).flatten_last(lambda found: found.getConsecutiveSequences())
    return (
        runs.filter(lambda _, run: run.getCount() > most)
        .penalize(HardSoftScore.of_hard(DUTY), lambda _, run: run.getCount() - most)
        .as_constraint(f"{name} in a row")
    )
