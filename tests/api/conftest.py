"""A small site on disk, stores on both databases, and services over them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.store.store import Store
from tests.api.clients import World, new_world
from tests.api.harbour import PEOPLE, SITE, calls
from tests.api.stores import DATABASES, drop_templates, new_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the site, its people and its calls."""
    (tmp_path / "site.yaml").write_text(SITE, encoding="utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    calls(tmp_path / "calls.csv.gz")
    return tmp_path


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty, migrated store, once on each database."""
    with new_store(request.param) as made:
        yield made


@pytest.fixture(scope="session", autouse=True)
def _no_templates_left() -> Iterator[None]:
    yield
    drop_templates()


@pytest.fixture(params=DATABASES)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A service with two sites, once on each database."""
    with new_world(request.param, "harbour", "lake") as made:
        yield made


@pytest.fixture
def embedded() -> Iterator[World]:
    """The same on SQLite alone: for what leads to the changes that run on both databases."""
    with new_world("sqlite", "harbour", "lake") as made:
        yield made
