"""Shapes as clauses and sums of the constraint programme; a priced shape gets slack that costs."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from constraints.book import Entry
from constraints.shapes import AnyOf, Cover, Entries, Forbid, Run, Shape, Succession, Sum
from scheduler.clashes import clashes, clashing_pairs
from scheduler.exclusion import is_exclusion
from scheduler.variables import Expression, Variables

Bounded = cp_model.BoundedLinearExpression | bool | np.bool_


class Posting:
    """Posts shapes onto variables and collects what breaking them costs."""

    def __init__(self, variables: Variables) -> None:
        self.variables = variables
        self.model = variables.model
        self.costs: list[Expression] = []
        self.posted: list[int] = []
        """The constraints that shapes made, by number; those that define what is counted are not among them."""

    def post_all(self, shapes: list[Shape]) -> None:
        """Post every shape and minimise the price of the priced ones."""
        self.variables.exclude(shapes)
        for shape in shapes:
            if not is_exclusion(shape):
                self.post(shape)
        self.model.minimize(cp_model.LinearExpr.sum(self.costs))

    def post(self, shape: Shape) -> None:
        """Post one shape."""
        match shape:
            case Forbid():
                self._keep(shape, self.variables.total(_free(shape.forbidden)), 0, len(shape.forbidden))
            case Succession():
                self._succession(shape)
            case Run():
                self._run(shape)
            case Sum():
                self._sum(shape)
            case Cover():
                self._cover(shape)
            case AnyOf():
                self._any_of(shape)
            case _:
                raise TypeError(f"no way to post {shape!r}")

    def _add(self, constraint: Bounded) -> None:
        self._posted(self.model.add(constraint))

    def _posted(self, constraint: cp_model.Constraint) -> cp_model.Constraint:
        self.posted.append(constraint.index)
        return constraint

    def _keep(self, shape: Shape, value: Expression, bound: int, most: int) -> None:
        """Keep a value at or below its bound, or pay for each of at most `most` units above it."""
        if shape.price is None:
            self._add(value <= bound)
        elif most > 0:
            self._add(value <= bound + self._paid_units(shape, most))

    def _paid_units(self, shape: Shape, most: int) -> Expression:
        """Slack in the steps of the shape's price."""
        assert shape.price is not None  # noqa: S101 - only priced shapes come here
        units: list[Expression] = []
        for step in shape.price.steps:
            part = self.model.new_int_var(0, most if step.units is None else min(step.units, most), "")
            units.append(part)
            self.costs.append(part * (step.each * shape.weight))
        return cp_model.LinearExpr.sum(units)

    def _sum(self, shape: Sum) -> None:
        value = cp_model.LinearExpr.sum(
            [self.variables.presence(term.entries) * term.weight for term in shape.terms if term.entries]
        )
        if shape.high is not None:
            done = sum(term.weight for term in shape.terms if any(entry.fixed for entry in term.entries))
            high = max(shape.high, done)
            self._keep(shape, value, high, sum(max(0, term.weight) for term in shape.terms) - high)
        if shape.low is not None:
            least = sum(min(0, term.weight) for term in shape.terms)
            self._keep(shape, shape.low - value, 0, shape.low - least)

    def _cover(self, shape: Cover) -> None:
        heads = cp_model.LinearExpr.sum([self.variables.heads(team) * sign for team, sign in shape.counted])
        done = sum(sign * sum(entry.fixed for entry in team) for team, sign in shape.counted)
        if shape.low is not None:
            against = sum(len(team) * -sign for team, sign in shape.counted if sign < 0)
            low = shape.low + min(0, done)
            self._keep(shape, low - heads, 0, low + against)
        if shape.high is not None:
            most = sum(len(team) * sign for team, sign in shape.counted if sign > 0)
            high = max(shape.high, done)
            self._keep(shape, heads, high, most - high)

    def _succession(self, shape: Succession) -> None:
        """Clashing pairs; where each side is exclusive all pairs of two days are one clause."""
        pairs = list(clashes(shape)) if shape.price is None else list(clashes(shape, apart=True))
        if not all(self.variables.exclusive(side) for pair in pairs for side in pair):
            pairs = [((before,), (after,)) for before, after in clashing_pairs(shape)]
        totals = [cp_model.LinearExpr.sum([self.variables.presence(side) for side in pair]) for pair in pairs]
        self._windows(shape, [(total, 1) for total in totals])

    def _run(self, shape: Run) -> None:
        """No window of one day more than the longest run is full; no run ends before it is long enough."""
        of_class = [self._in_class(day, idle=shape.idle) for day in shape.days]
        known = shape.known
        if shape.longest is not None:
            places = range(max(0, known - shape.longest), len(of_class) - shape.longest)
            windows = [of_class[place : place + shape.longest + 1] for place in places]
            totals = [cp_model.LinearExpr.sum(window) for window in windows]
            self._windows(shape, [(total, shape.longest) for total in totals])
        elif shape.price is None:
            self._no_short_run(shape, of_class, max(1, known))
        else:
            self._short_runs_paid(shape, of_class, max(1, known))

    def _in_class(self, day: Entries, *, idle: bool) -> Expression:
        worked = self.variables.presence(day) if day else 0
        return 1 - worked if idle else worked

    def _no_short_run(self, shape: Run, of_class: list[Expression], begin: int) -> None:
        for start in range(begin, len(of_class)):
            for length in range(1, min(shape.shortest, len(of_class) - start)):
                self._add(_alone(of_class, start, length) <= length - 1)

    def _short_runs_paid(self, shape: Run, of_class: list[Expression], begin: int) -> None:
        """A literal for each run that is too short; its price counts the days missing."""
        missing: list[Expression] = []
        for start in range(begin, len(of_class)):
            for length in range(1, min(shape.shortest, len(of_class) - start)):
                short = self.model.new_bool_var("")
                self._add(_alone(of_class, start, length) <= length - 1 + short)
                missing.append(short * (shape.shortest - length))
        self._keep(shape, cp_model.LinearExpr.sum(missing), 0, len(of_class) * shape.shortest)

    def _windows(self, shape: Shape, limits: list[tuple[Expression, int]]) -> None:
        """Keep each value within its limit, or pay for the number of those that pass it by one."""
        if shape.price is None or len(limits) <= 1:
            for value, high in limits:
                self._keep(shape, value, high, 1)
            return
        passed = [self.model.new_bool_var("") for _ in limits]
        for literal, (value, high) in zip(passed, limits, strict=True):
            self._add(value <= high + literal)
        self._keep(shape, cp_model.LinearExpr.sum(passed), 0, len(passed))

    def _any_of(self, shape: AnyOf) -> None:
        open_bundles = [bundle for bundle in shape.bundles if not _any_fixed(bundle)]
        if not open_bundles:
            return
        free: list[cp_model.IntVar] = []
        for bundle in open_bundles:
            literal = self.model.new_bool_var("")
            self._posted(
                self.model.add_bool_and([~self.variables.literals[entry] for entry in bundle])
            ).only_enforce_if(literal)
            free.append(literal)
        self._keep(shape, 1 - cp_model.LinearExpr.sum(free), 0, 1)


def _alone(of_class: list[Expression], start: int, length: int) -> Expression:
    """The length of a run if it is just these days; less otherwise."""
    return cp_model.LinearExpr.weighted_sum(of_class[start - 1 : start + length + 1], [-1, *[1] * length, -1])


def _free(entries: Entries) -> Entries:
    return tuple(entry for entry in entries if not entry.fixed)


def _any_fixed(entries: tuple[Entry, ...]) -> bool:
    return any(entry.fixed for entry in entries)
