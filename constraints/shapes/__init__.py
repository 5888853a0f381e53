"""The shapes into which every rule is put: all that solvers, evaluator and explanations know of rules.

A shape speaks about entries of a book. Given the chosen entries it measures itself: the gap is what is missing or too
much, zero when the shape holds. A shape without a price is hard.
"""

from constraints.shapes.any_of import AnyOf
from constraints.shapes.cover import Cover
from constraints.shapes.forbid import Forbid
from constraints.shapes.run import Run
from constraints.shapes.shape import About, Entries, Fault, Measure, Shape
from constraints.shapes.succession import Succession
from constraints.shapes.sums import Sum, Term

__all__ = [
    "About",
    "AnyOf",
    "Cover",
    "Entries",
    "Fault",
    "Forbid",
    "Measure",
    "Run",
    "Shape",
    "Succession",
    "Sum",
    "Term",
]
