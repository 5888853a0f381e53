"""Bodies that were rendered before, by what they show and its revision: once for all who read it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final

MOST: Final = 128


class Rendered:
    """The last bodies of this process."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._bodies: OrderedDict[Hashable, bytes] = OrderedDict()

    def body(self, key: Hashable, render: Callable[[], bytes]) -> bytes:
        """The body of a key; rendered where it is not kept. The key names the revision, so nothing old is shown."""
        with self._lock:
            if key in self._bodies:
                self._bodies.move_to_end(key)
                return self._bodies[key]
        body = render()
        with self._lock:
            self._bodies[key] = body
            while len(self._bodies) > self._most:
                self._bodies.popitem(last=False)
        return body
