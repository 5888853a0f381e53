"""Requests that start together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import httpx2

Ask = Callable[[], httpx2.Response]


def at_once(asks: Sequence[Ask]) -> list[int]:
    """Ask all at the same moment; the statuses in the order of the askers."""
    start, statuses = threading.Barrier(len(asks)), [0] * len(asks)

    def go(place: int) -> None:
        start.wait()
        statuses[place] = asks[place]().status_code

    threads = [threading.Thread(target=go, args=(place,)) for place in range(len(asks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses
