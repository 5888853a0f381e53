"""Shapes that say no more than “at most one of these entries”: they make everything else tighter."""

from __future__ import annotations

from constraints.shapes import Shape, Sum


def is_exclusion(shape: Shape) -> bool:
    """Whether a shape says no more than “at most one of these entries”."""
    return (
        isinstance(shape, Sum)
        and shape.price is None
        and (shape.low, shape.high) == (None, 1)
        and all(term.weight == 1 and len(term.entries) == 1 and not term.entries[0].fixed for term in shape.terms)
    )
