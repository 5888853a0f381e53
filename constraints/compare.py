"""Which breaches of one roster go beyond those of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from constraints.breach import Breach
from constraints.shapes import About

Key = tuple[object, ...]


def beyond(breaches: Iterable[Breach], known: Iterable[Breach]) -> tuple[Breach, ...]:
    """The breaches that the known ones do not already hold: elsewhere, longer, larger or worse."""
    held: defaultdict[Key, list[Breach]] = defaultdict(list)
    for breach in known:
        held[_key(breach)].append(breach)
    return tuple(breach for breach in breaches if not _held(breach, held[_key(breach)]))


def _key(breach: Breach) -> Key:
    return breach.rule, breach.about.agent, breach.about.work


def _held(breach: Breach, known: list[Breach]) -> bool:
    if breach.about.span:
        return _every_minute_held(breach, breach.about.span, known)
    return any(_within(breach.about, other.about) and _no_worse(breach, other) for other in known)


def _every_minute_held(breach: Breach, span: tuple[int, int], known: list[Breach]) -> bool:
    """Whether known holes, one after the other, cover the span and are each as deep."""
    moment, end = span
    holes = sorted(other.about.span for other in known if other.about.span and other.measure.gap >= breach.measure.gap)
    for start, stop in holes:
        if start <= moment < stop:
            moment = stop
    return moment >= end


def _within(small: About, large: About) -> bool:
    """Whether the days of one lie within those of the other."""
    return large.day <= small.day and (small.until or small.day) <= (large.until or large.day)


def _no_worse(breach: Breach, other: Breach) -> bool:
    """A gap no larger, and a value no farther from its bound."""
    far, was = (abs(each.measure.value - each.measure.bound) for each in (breach, other))
    return breach.measure.gap <= other.measure.gap and far <= was
