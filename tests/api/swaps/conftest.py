"""Swaps run on both databases where they come into force (test_swaps.py); what leads there runs on the embedded one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.clients import World, new_world


@pytest.fixture
def embedded() -> Iterator[World]:
    """A service with two sites on SQLite."""
    with new_world("sqlite", "harbour", "lake") as made:
        yield made
