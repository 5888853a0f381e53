"""As few of some things as will do: half of them are left out where that goes, then fewer at once, then one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Thing = TypeVar("Thing")


def fewest(items: tuple[Thing, ...], will_do: Callable[[tuple[Thing, ...]], bool]) -> tuple[Thing, ...]:
    """A part of the items that will do, though not without any one of them; all of them are known to do.

    What will not do must not do either when more is left out: then each thing is asked for once at the end.
    """
    size = max(1, len(items) // 2)
    while True:
        place = 0
        while place < len(items):
            fewer = items[:place] + items[place + size :]
            if will_do(fewer):
                items = fewer
            else:
                place += size
        if size == 1:
            return items
        size //= 2
