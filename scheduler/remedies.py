"""What would let a roster be: the cheapest ways out of a clash, each tried by solving again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from constraints.breach import Breach
from constraints.rule import Only, Role, Rule
from constraints.rules.cells import FixedCells, OnLeave, Unavailable
from constraints.rules.cover import EmergencyFloor, Requirement, ShiftLeader
from constraints.rules.service import ServiceHours
from constraints.rules.wishes import Wishes
from domain.language import Text, day_text, joined, plain
from domain.people import Agent, Certificate
from domain.situation import Situation
from scheduler.branches import with_people
from scheduler.clash import Clash
from scheduler.fewest import fewest
from scheduler.options import option_book
from scheduler.problem import Limits, Problem
from scheduler.result import Status
from scheduler.search import Search

WISH, PIN, SPAN, LEAVE = 1, 2, 4, 10
"""How hard it is to lift somebody's request, beside the other ways out."""
WAIVER: Final[dict[Role, int]] = {Role.SCHEDULER: 3, Role.MANAGER: 6}
PERSON_DAY = 5
MOST_EXTRA = 12
QUESTIONS = 5
"""So small a part of the time one question may take."""
MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class Remedy:
    """A way out in words, how hard it is, and the problem as it would be then; a roster for it exists."""

    words: Text
    weight: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class _Way:
    """A way out that can be taken for more or fewer people or requests: as few as will do are looked for."""

    items: tuple[str, ...]
    weight: int
    """Of each item."""
    take: Callable[[tuple[str, ...]], Problem]
    words: Callable[[tuple[str, ...]], Text]


def remedies(problem: Problem, clash: Clash, missing: Iterable[Breach], limits: Limits) -> tuple[Remedy, ...]:
    """The ways out that work, the easiest first; law, certificates and the emergency floor are never given up."""
    ways = [*_lifts(problem, clash), *_waivers(problem, clash), *_more_people(problem, clash, tuple(missing))]
    until = time.monotonic() + limits.seconds
    found: list[Remedy] = []
    for left, way in zip(range(len(ways), 0, -1), sorted(ways, key=lambda way: way.weight), strict=True):
        share = max(1.0, (until - time.monotonic()) / left)
        remedy = _Trial(replace(limits, seconds=share)).fewest(way)
        found += [remedy] if remedy else []
    return tuple(sorted(found, key=lambda remedy: remedy.weight))


class _Trial:
    """Tries ways out by solving again, within the time there is."""

    def __init__(self, limits: Limits) -> None:
        self.until = time.monotonic() + limits.seconds
        self.limits = replace(limits, seconds=max(1.0, limits.seconds / QUESTIONS))

    def fewest(self, way: _Way) -> Remedy | None:
        """The way with as few items as will do, one at least."""
        if not self._works(way, way.items):
            return None
        items = fewest(way.items, lambda fewer: bool(fewer) and self._works(way, fewer))
        return Remedy(way.words(items), way.weight * len(items), way.take(items))

    def _works(self, way: _Way, items: tuple[str, ...]) -> bool:
        return time.monotonic() < self.until and possible(way.take(items), self.limits)


def possible(problem: Problem, limits: Limits) -> bool:
    """Whether a roster that keeps every hard rule is found in time."""
    book = option_book(problem)
    hard = [shape for rule in problem.policy.rules if rule.price is None for shape in rule.over(book)]
    search = Search(book, hard, began=time.monotonic())
    return search.prove(limits) in (Status.OPTIMAL, Status.FEASIBLE)


def _lifts(problem: Problem, clash: Clash) -> Iterator[_Way]:
    """People's requests of each kind that takes part in the clash."""
    given = problem.situation
    for rule in clash.rules:
        request = _request(rule)
        if request is None:
            continue
        weight, name = request
        people = tuple(agent.id for agent in given.agents if _without(given, rule, {agent.id}) != given)

        def take(people: tuple[str, ...], rule: Rule = rule) -> Problem:
            return replace(problem, situation=_without(given, rule, set(people)))

        def words(people: tuple[str, ...], name: Text = name) -> Text:
            lift = Text("取消{who}的{what}", "lift the {what} of {who}")
            return lift.filled(who=_names(given, people), what=name)

        if people:
            yield _Way(people, weight, take, words)


def _request(rule: Rule) -> tuple[int, Text] | None:
    """How hard a request is to lift, and what it is called."""
    match rule:
        case Wishes():
            return WISH, Text("意愿", "wishes")
        case FixedCells():
            return PIN, Text("锁定", "fixed cells")
        case Unavailable():
            return SPAN, Text("不可排班时段", "unavailability")
        case OnLeave():
            return LEAVE, Text("休假", "leave")
        case _:
            return None


def _without(given: Situation, rule: Rule, people: set[str]) -> Situation:
    """The situation without these people's requests of a kind."""
    match rule:
        case Wishes():
            return replace(given, wishes=tuple(wish for wish in given.wishes if wish.agent not in people))
        case FixedCells():
            return replace(given, pins=tuple(pin for pin in given.pins if pin.agent not in people))
        case Unavailable():
            kept = tuple(span for span in given.unavailabilities if span.agent not in people)
            return replace(given, unavailabilities=kept)
        case _:
            return replace(given, leaves=tuple(leave for leave in given.leaves if leave.agent not in people))


def _waivers(problem: Problem, clash: Clash) -> Iterator[_Way]:
    """Each rule that somebody may waive: for as few people as will do, or for all if it speaks of nobody."""
    given = problem.situation
    for rule in clash.rules:
        if rule.waivable_by is None or _request(rule) is not None:
            continue
        role, personal = rule.waivable_by, any(demand.agent for demand in clash.of(rule)) and rule.only is None
        people = tuple(agent.id for agent in given.agents) if personal else ("",)

        def take(people: tuple[str, ...], rule: Rule = rule, personal: bool = personal) -> Problem:  # noqa: FBT001
            others = tuple(agent.id for agent in given.agents if agent.id not in people)
            spared = [rule.model_copy(update={"only": Only(agents=others)})] if personal and others else []
            rules = [one for each in problem.policy.rules for one in (spared if each == rule else [each])]
            return replace(problem, policy=problem.policy.model_copy(update={"rules": tuple(rules)}))

        def words(people: tuple[str, ...], rule: Rule = rule, role: Role = role, personal: bool = personal) -> Text:  # noqa: FBT001
            who = _names(given, people) if personal else Text("全站", "the site")
            waive = Text("由{role}对{who}豁免“{rule}”", "the {role} waives “{rule}” for {who}")
            return waive.filled(role=_role(role), rule=rule.title, who=who)

        yield _Way(people, WAIVER[role], take, words)


def _role(role: Role) -> Text:
    return Text("经理", "manager") if role is Role.MANAGER else Text("排班员", "scheduler")


def _more_people(problem: Problem, clash: Clash, missing: tuple[Breach, ...]) -> Iterator[_Way]:
    """More people, with the certificates that are missing, on the days on which they are."""
    short = [breach for breach in missing if _skills(problem, breach.rule)]
    days = sorted({breach.about.day for breach in short} | {demand.day for demand in clash.demands if demand.day})
    rules = [breach.rule for breach in short] or list(clash.rules)
    skills = sorted({skill for rule in rules for skill in _skills(problem, rule)})
    if not days or not skills:
        return

    def take(people: tuple[str, ...]) -> Problem:
        return _with_more(problem, people, skills, days)

    def words(people: tuple[str, ...]) -> Text:
        more = Text("增加{count}人(证书: {skills}), {days}", "{count} more with {skills} on {days}")
        named = joined([plain(skill) for skill in skills])
        return more.filled(count=plain(len(people)), skills=named, days=joined([day_text(day) for day in days]))

    people = tuple(f"+{number}" for number in range(1, MOST_EXTRA + 1))
    yield _Way(people, PERSON_DAY * len(days), take, words)


def _skills(problem: Problem, rule: Rule) -> tuple[str, ...]:
    """The certificates of which a cover rule counts people, with a work that brings them to the desk."""
    match rule:
        case EmergencyFloor() | ShiftLeader():
            works = {work.id for work in problem.situation.site.works}
            return (rule.skill,) if rule.skill in works else (rule.skill, *sorted(works)[:1])
        case ServiceHours():
            return (rule.serves,)
        case Requirement():
            return tuple(work.id for work in problem.situation.site.works)
        case _:
            return ()


def _with_more(problem: Problem, people: tuple[str, ...], skills: list[str], days: list[date]) -> Problem:
    """The problem with people who may work from the first to the last of these days, its night to the end."""
    until = days[-1] + timedelta(days=1)
    certificates = tuple(Certificate(skill, days[0] - timedelta(days=1), until) for skill in skills)
    more = (Agent(person, person, problem.situation.agents[0].contract, certificates) for person in people)
    return with_people(problem, *more)


def _names(given: Situation, people: Iterable[str]) -> Text:
    names = [given.agent(agent).name for agent in people]
    shown = joined([plain(name) for name in names[:MOST_NAMES]])
    more = len(names) - MOST_NAMES
    return shown if more <= 0 else Text(f"{shown.zh}等{len(names)}人", f"{shown.en} and {more} more")
