"""People before their browsers, and what may not happen there: errors on the console, requests to other hosts."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from sqlalchemy import select

from api.store import tables as t
from tests.api.clients import PASSWORD, World

Scheme = Literal["light", "dark"]
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class House:
    """A service and the browsers before it."""

    browser: Browser
    world: World
    address: str
    faults: list[str] = field(default_factory=list)

    @contextmanager
    def visitor(
        self, login: str, *, phone: bool = False, language: str = "en", scheme: Scheme = "light"
    ) -> Iterator[Page]:
        """Somebody who has signed in; whatever went wrong in his browser fails the test."""
        size: Any = PHONE if phone else DESK
        context = self.browser.new_context(
            base_url=self.address, viewport=size, locale=language, color_scheme=scheme, has_touch=phone
        )
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._sent)
        page.goto("/sign-in")
        page.locator("input[autocomplete=username]").fill(login)
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("button[type=submit]").click()
        page.wait_for_url(lambda url: "sign-in" not in url)
        yield page
        context.close()
        assert self.faults == []

    def numbers(self) -> list[str]:
        """Everybody of the site."""
        with self.world.store.reading() as session:
            return list(session.scalars(select(t.Person.number).join(t.Site).where(t.Site.code == "harbour")))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def _sent(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"a request to {request.url}")


@contextmanager
def listening(world: World) -> Iterator[str]:
    """The service of a world on a port of its own."""
    server = uvicorn.Server(uvicorn.Config(world.app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@cache
def _axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make client")
    return AXE.read_text(encoding="utf-8")


def axe(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on a page, each with its first place."""
    page.evaluate(_axe())
    run = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    found: dict[str, Any] = page.evaluate(run)
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found["violations"]]
