"""Why a month cannot be, and how one that stands is mended: asked of a process of its own."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from api.jobs.questions import Facts, Tell, named, told
from api.rosters.cells import to_row, to_rows
from constraints.breach import Breach
from constraints.breach import told as grouped
from domain.language import Language, Text, day_text, plain
from domain.roster import Duty, Roster
from scheduler.clash import Clash, Found, clash
from scheduler.explain import explain
from scheduler.problem import Limits, Problem
from scheduler.remedies import Remedy, remedies
from scheduler.repair import Leeway, Reasoned, Repaired, repair
from scheduler.search import Stop
from scheduler.solve import solve

PARTS: Final = 4
"""What must be missing, what clashes, what would help, and the rosters that help lets be: a part of the time each."""
MOST_WORDS: Final = 40


@dataclass(frozen=True, slots=True)
class Explain:
    """Why no roster keeps every hard rule, and the easiest ways out, each with the roster that it lets be."""

    problem: Problem
    limits: Limits

    def answer(self, tell: Tell, stop: Stop) -> Facts:
        """What is found, part by part."""
        part = replace(self.limits, seconds=self.limits.seconds / PARTS)
        missing = explain(self.problem, part)
        facts: Facts = {"least": missing.least, "missing": words_of(missing.breaches)}
        tell(facts)
        clashing = clash(self.problem, part)
        facts |= _clash(clashing, self.problem)
        tell(facts)
        if clashing.state is not Found.CLASH or stop():
            return {**facts, "rosters": []}
        found = remedies(self.problem, clashing, missing.breaches, part)
        return {**facts, "rosters": self._ways(found, part, stop)}

    def _ways(self, found: tuple[Remedy, ...], limits: Limits, stop: Stop) -> list[Facts]:
        """Each way out with its roster; the easiest first."""
        until = time.monotonic() + limits.seconds
        ways: list[Facts] = []
        for left, remedy in zip(range(len(found), 0, -1), found, strict=True):
            share = replace(limits, seconds=max(1.0, (until - time.monotonic()) / left))
            roster = None if stop() else solve(remedy.problem, share, stop=stop).roster
            ways.append({**named(remedy.words, roster), "weight": remedy.weight})
        return ways


@dataclass(frozen=True, slots=True)
class Mend:
    """A roster mended with the fewest changes for what is given now: a sick call, a new leave, another need."""

    problem: Problem
    roster: Roster
    limits: Limits
    leeway: Leeway

    def answer(self, tell: Tell, stop: Stop) -> Facts:  # noqa: ARG002 - it tells at its end
        """The ways, the least change first, each change with its reason."""
        found = repair(self.problem, self.roster, self.limits, self.leeway, stop)
        return {
            "first": found.window.first.isoformat(),
            "last": found.window.last.isoformat(),
            "rosters": [self._way(way) for way in found.ways],
        }

    def _way(self, way: Repaired) -> Facts:
        words = Text("改动 {n} 格", "{n} cells changed").filled(n=plain(way.changed))
        return {
            "name": told(words),
            "rows": to_rows(way.roster.planned),
            "changed": way.changed,
            "moved": way.moved,
            "proved": way.proved,
            "left": words_of(way.left),
            "changes": [self._change(reasoned) for reasoned in way.changes if not reasoned.change.of_breaks],
        }

    def _change(self, reasoned: Reasoned) -> Facts:
        change = reasoned.change
        return {
            "agent": change.agent,
            "name": self.problem.situation.agent(change.agent).name,
            "day": change.day.isoformat(),
            "old": _row(change.old),
            "new": _row(change.new),
            "because": words_of(reasoned.because),
        }


def words_of(breaches: Iterable[Breach]) -> list[dict[str, str]]:
    """Breaches in both languages, what is alike said once."""
    listed = tuple(breaches)
    both = zip(grouped(listed, Language.ZH), grouped(listed, Language.EN), strict=True)
    return [{"zh": zh, "en": en} for zh, en in both][:MOST_WORDS]


def _clash(found: Clash, problem: Problem) -> Facts:
    """The demands that clash, rule by rule."""
    given = problem.situation
    demands = []
    for rule in found.rules:
        of = found.of(rule)
        people = [given.agent(demand.agent).name for demand in of if demand.agent]
        days = [told(day_text(demand.day)) for demand in of if demand.day]
        demands.append({"rule": told(rule.title), "source": told(rule.source), "people": people, "days": days})
    return {"state": found.state.value, "irreducible": found.irreducible, "demands": demands}


def _row(duty: Duty | None) -> list[object] | None:
    return to_row(duty) if duty else None
