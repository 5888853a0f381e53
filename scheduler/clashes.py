"""Which entries of a succession clash, day by day, in as few groups as say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from constraints.book import Entry
from constraints.shapes import Entries, Succession

Clash = tuple[Entries, Entries]


def clashes(shape: Succession, *, apart: bool = False) -> Iterator[Clash]:
    """Pairs of groups, one of each day, any two members of which clash; all clashes lie in one of them.

    With `apart` every clash lies in exactly one pair of groups, so that pairs can be counted; otherwise the groups are
    as large as can be, which is stronger.
    """
    earlier, later = _by_day(shape.earlier), _by_day(shape.later)
    for day, first in earlier.items():
        for following in _reach(shape, day, first, later):
            groups: defaultdict[Entries, list[Entry]] = defaultdict(list)
            for before in first:
                near = tuple(
                    after for after in later[following] if shape.clash(before, after) and not _past(before, after)
                )
                groups[near].append(before)
            for near, members in groups.items():
                if near:
                    yield tuple(members) if apart else tuple(_all_that_clash(groups, near)), near


def clashing_pairs(shape: Succession) -> Iterator[tuple[Entry, Entry]]:
    """Every clash by itself."""
    for members, near in clashes(shape, apart=True):
        for before in members:
            for after in near:
                yield before, after


def _all_that_clash(groups: dict[Entries, list[Entry]], near: Entries) -> Iterator[Entry]:
    wanted = set(near)
    for clashing, members in groups.items():
        if wanted <= set(clashing):
            yield from members


def _reach(shape: Succession, day: date, first: list[Entry], later: dict[date, list[Entry]]) -> Iterator[date]:
    """The following days on which a later entry may be too near."""
    until = max(entry.end for entry in first) + shape.apart
    following = day + timedelta(days=1)
    last = max(later, default=day)
    while following <= last:
        there = later.get(following)
        if there and (following - day).days > shape.days and min(entry.start for entry in there) >= until:
            return
        if there:
            yield following
        following += timedelta(days=1)


def _by_day(entries: Entries) -> dict[date, list[Entry]]:
    days: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        days[entry.day].append(entry)
    return days


def _past(before: Entry, after: Entry) -> bool:
    return before.fixed and after.fixed
