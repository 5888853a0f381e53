"""Compilation by numba where it is installed; the same functions run uncompiled, and slowly, where it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Compile a function of arrays, keep the result on disk, and let other threads run meanwhile.

    A platform without numba still gets its rosters, more slowly.
    """
    try:
        from numba import njit  # noqa: PLC0415 - absent on some platforms
    except ImportError:  # pragma: no cover - it is a dependency where it can be installed
        return function
    return cast("Function", njit(cache=True, nogil=True)(function))
