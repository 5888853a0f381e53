"""Compilation by numba where it is installed; the same functions run uncompiled, and slowly, where it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object])

try:
    import numba
except ImportError:  # pragma: no cover - numba is a dependency; a platform without it still gets its rosters
    numba = None


def compiled(function: Function) -> Function:
    """Compile a function of arrays, keep the result on disk, and let other threads run meanwhile."""
    if numba is None:  # pragma: no cover
        return function
    fast: Function = numba.njit(cache=True, nogil=True)(function)
    return fast
