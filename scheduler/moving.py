"""A bound that can be moved between two runs of the same model: no need to build it anew."""

from __future__ import annotations

from ortools.sat.python import cp_model

from constraints.shapes import Sum
from scheduler.variables import Variables


class MovingBound:
    """A sum that may stay below its lower bound by so much, and how much that is can be told before each run."""

    def __init__(self, variables: Variables, shape: Sum) -> None:
        self._model = variables.model
        self._missing = self._model.new_int_var(0, 0, "")
        terms = [variables.presence(term.entries) * term.weight for term in shape.terms]
        low = shape.low or 0
        self._model.add(cp_model.LinearExpr.sum([*terms, self._missing]) >= low)

    def allow(self, missing: int) -> None:
        """Let so much be missing, no more."""
        domain = self._model.proto.variables[self._missing.index].domain
        domain[0] = domain[1] = missing
