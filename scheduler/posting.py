"""Shapes as clauses and sums of the constraint programme; a priced shape gets slack that costs."""

from __future__ import annotations

from itertools import product

from ortools.sat.python import cp_model

from constraints.book import Entry
from constraints.shapes import AnyOf, Cover, Entries, Forbid, Run, Shape, Succession, Sum
from scheduler.variables import Expression, Variables, is_exclusion


class Posting:
    """Posts shapes onto variables and collects what breaking them costs."""

    def __init__(self, variables: Variables) -> None:
        self.variables = variables
        self.model = variables.model
        self.costs: list[Expression] = []

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
                heads = cp_model.LinearExpr.sum([self.variables.heads(team) for team in shape.teams])
                self._keep(shape, shape.low - heads, 0, shape.low)
            case AnyOf():
                self._any_of(shape)
            case _:
                raise TypeError(f"no way to post {shape!r}")

    def _keep(self, shape: Shape, value: Expression, bound: int, most: int) -> None:
        """Keep a value at or below its bound, or pay for each of at most `most` units above it."""
        if shape.price is None:
            self.model.add(value <= bound)
        elif most > 0:
            self.model.add(value <= bound + self._paid_units(shape, most))

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
            self._keep(shape, value, high, sum(term.weight for term in shape.terms) - high)
        if shape.low is not None:
            self._keep(shape, shape.low - value, 0, shape.low)

    def _succession(self, shape: Succession) -> None:
        """Clashing pairs; where each side is exclusive all pairs are one clause."""
        sides = shape.earlier, shape.later
        if all(_all_fixed(side) for side in sides):
            return
        if all(map(self.variables.exclusive, sides)):
            pairs = [sides]
        else:
            pairs = [((before,), (after,)) for before, after in product(*sides) if not (before.fixed and after.fixed)]
        self._windows(
            shape, [(cp_model.LinearExpr.sum([self.variables.presence(side) for side in pair]), 1) for pair in pairs]
        )

    def _run(self, shape: Run) -> None:
        """No window of one day more than the longest run is full."""
        length = shape.longest + 1
        windows = [shape.days[place : place + length] for place in range(len(shape.days) - length + 1)]
        full = [window for window in windows if all(window) and not all(map(_any_fixed, window))]
        totals = [cp_model.LinearExpr.sum([self.variables.presence(day) for day in window]) for window in full]
        self._windows(shape, [(total, shape.longest) for total in totals])

    def _windows(self, shape: Shape, limits: list[tuple[Expression, int]]) -> None:
        """Keep each value within its limit, or pay for the number of those that pass it by one."""
        if shape.price is None or len(limits) <= 1:
            for value, high in limits:
                self._keep(shape, value, high, 1)
            return
        passed = [self.model.new_bool_var("") for _ in limits]
        for literal, (value, high) in zip(passed, limits, strict=True):
            self.model.add(value <= high + literal)
        self._keep(shape, cp_model.LinearExpr.sum(passed), 0, len(passed))

    def _any_of(self, shape: AnyOf) -> None:
        open_bundles = [bundle for bundle in shape.bundles if not _any_fixed(bundle)]
        if not open_bundles:
            return
        free: list[cp_model.IntVar] = []
        for bundle in open_bundles:
            literal = self.model.new_bool_var("")
            self.model.add_bool_and([~self.variables.literals[entry] for entry in bundle]).only_enforce_if(literal)
            free.append(literal)
        self._keep(shape, 1 - cp_model.LinearExpr.sum(free), 0, 1)


def _free(entries: Entries) -> Entries:
    return tuple(entry for entry in entries if not entry.fixed)


def _any_fixed(entries: tuple[Entry, ...]) -> bool:
    return any(entry.fixed for entry in entries)


def _all_fixed(entries: tuple[Entry, ...]) -> bool:
    return all(entry.fixed for entry in entries)
