"""The service on a port, and a real browser before it; without a browser or a built client these tests are skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from api.auth.rights import Role
from api.front.client import BUILT
from tests.api.clients import World, new_world
from tests.api.rosters.solved import drafted_world
from tests.api.rosters.test_rosters import published
from tests.api.stores import DATABASES
from tests.e2e.house import House, listening

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of one file: its event loop must not outlive them in a worker that runs others."""
    if not CHROMIUM:
        pytest.skip("no Chromium here: apt-get install chromium")
    if not (BUILT / "index.html").exists():
        pytest.skip("the web client is not built: make client")
    sandboxed = () if os.geteuid() else ("--no-sandbox",)
    with sync_playwright() as player:
        started = player.chromium.launch(executable_path=CHROMIUM, args=list(sandboxed))
        yield started
        started.close()


@pytest.fixture
def house(browser: Browser) -> Iterator[House]:
    """A site with a clean draft of December, and people at its door."""
    with serving("sqlite") as (world, address):
        yield House(browser, world, address)


@pytest.fixture(params=DATABASES)
def either(request: pytest.FixtureRequest, browser: Browser) -> Iterator[House]:
    """The same on each database."""
    with serving(request.param) as (world, address):
        yield House(browser, world, address)


@pytest.fixture
def published_house(house: House) -> House:
    """The same with its December in force, and an account for everybody."""
    published(house.world.signed_in("scheduler-harbour"))
    for number in house.numbers():
        house.world.account(f"agent-{number.lower()}", (Role.AGENT, "harbour"), number=number)
    return house


@contextmanager
def serving(database: str) -> Iterator[tuple[World, str]]:
    """A site with a clean draft, on a port."""
    with new_world(database, "harbour", "lake") as world:
        drafted_world(world)
        with listening(world) as address:
            yield world, address
