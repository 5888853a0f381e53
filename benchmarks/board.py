"""The month board and the phone in a real browser, before a running service: frames, edits, first load.

`paiban demo --port 8765`, then `python -m benchmarks.board --site jiangcheng --month 2026-12`. Bounds: a frame of a
60 Hz screen is 16.7 ms, an edit is judged within 150 ms, the phone's scripts weigh less than 150 kB packed.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, sync_playwright

FRAME_MS, VERDICT_MS, SCRIPT_KB = 1000 / 60, 150.0, 150.0
SCROLL = """async () => {
  const area = document.querySelector("[class*=scroll]");
  const frames = [];
  let last = performance.now();
  for (let step = 0; step < 240; step++) {
    area.scrollTop += 24;
    if (area.scrollTop + area.clientHeight >= area.scrollHeight) area.scrollTop = 0;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  return frames;
}"""
EDIT = """async (key) => {
  const told = document.querySelector("output");
  const began = performance.now();
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  const painted = performance.now() - began;
  while (!told.textContent || told.textContent.includes("saving")) await new Promise((done) => setTimeout(done, 2));
  return [painted, performance.now() - began];
}"""

PAINTS = """() => new Promise((done) => {
  const found = {lcp: 0, cls: 0, blocked: 0};
  const watch = (type, hear) => new PerformanceObserver((list) => list.getEntries().forEach(hear)).observe(
    {type, buffered: true});
  watch("largest-contentful-paint", (entry) => { found.lcp = entry.startTime; });
  watch("layout-shift", (entry) => { if (!entry.hadRecentInput) found.cls += entry.value; });
  watch("longtask", (entry) => { found.blocked += Math.max(0, entry.duration - 50); });
  const first = performance.getEntriesByName("first-contentful-paint")[0];
  setTimeout(() => done({...found, fcp: first ? first.startTime : 0}), 500);
})"""
FIRST_MS, LARGEST_MS, SHIFT, BLOCKED_MS = 1800.0, 2500.0, 0.1, 200.0
"""What is called good of a page: first and largest paint, layout shift (web.dev/vitals), time blocked (Lighthouse)."""


def main() -> None:
    """Measure, print a table, write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", default="http://127.0.0.1:8765")
    parser.add_argument("--site", default="jiangcheng")
    parser.add_argument("--month", default="2026-12")
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    with sync_playwright() as player:
        path = shutil.which("chromium")
        browser = player.chromium.launch(executable_path=path, args=["--no-sandbox"])
        where = f"/sites/{told.site}/roster/{told.month}"
        rows = [
            *board(browser, told.url, where),
            *phone(browser, told.url),
            *opened(browser, told.url, where, "scheduler"),
            *opened(browser, told.url, "/me", "agent"),
        ]
        browser.close()
    for name, value, bound in rows:
        print(f"{name:42} {value:9.2f}  bound {bound:7.1f}  ratio {value / bound:5.2f}")
    if told.json:
        found = [{"name": name, "value": value, "bound": bound} for name, value, bound in rows]
        told.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


def board(browser: Browser, url: str, path: str) -> list[tuple[str, float, float]]:
    """Scrolling, and forty edits of one cell, each undone by the next."""
    page = signed_in(browser, url, "scheduler", {"width": 1440, "height": 900})
    page.goto(url + path)
    page.get_by_role("button", name="amber").wait_for()
    people = page.locator("tbody tr").count()
    frames = sorted(page.evaluate(SCROLL))
    page.locator("td[data-row='2'][data-day='1']").click()
    edits = [page.evaluate(EDIT, key) for key in ("3", "Delete") * 20]
    painted, judged = (sorted(each[place] for each in edits) for place in (0, 1))
    return [
        (f"frame while scrolling {people} x 31, p50, ms", middle(frames), FRAME_MS),
        ("the same, p95, ms", late(frames), FRAME_MS),
        ("key to painted cell, p50, ms", middle(painted), VERDICT_MS),
        ("key to verdict, p50, ms", middle(judged), VERDICT_MS),
        ("key to verdict, p95, ms", late(judged), VERDICT_MS),
    ]


def phone(browser: Browser, url: str) -> list[tuple[str, float, float]]:
    """The scripts of the agent's first page, as they come over the wire."""
    page = signed_in(browser, url, "agent", {"width": 390, "height": 844})
    state = page.context.storage_state()
    fresh = browser.new_context(storage_state=state, viewport={"width": 390, "height": 844}).new_page()
    sizes: list[float] = []

    def count(asked: Request) -> None:
        if asked.resource_type == "script":
            sizes.append(asked.sizes()["responseBodySize"] / 1000)

    fresh.on("requestfinished", count)
    fresh.goto(f"{url}/me")
    fresh.wait_for_load_state("networkidle")
    return [("scripts of the phone's first page, kB packed", sum(sizes), SCRIPT_KB)]


def opened(browser: Browser, url: str, path: str, login: str) -> list[tuple[str, float, float]]:
    """How a page opens for somebody who was never there: paints, shifts, blocked time."""
    size: Any = {"width": 1440, "height": 900} if login == "scheduler" else {"width": 390, "height": 844}
    page = signed_in(browser, url, login, size)
    fresh = browser.new_context(storage_state=page.context.storage_state(), viewport=size, locale="en").new_page()
    fresh.goto(url + path)
    fresh.wait_for_load_state("networkidle")
    found = fresh.evaluate(PAINTS)
    name = "board" if login == "scheduler" else "phone"
    return [
        (f"{name}: first paint, ms", found["fcp"], FIRST_MS),
        (f"{name}: largest paint, ms", found["lcp"], LARGEST_MS),
        (f"{name}: layout shift", found["cls"], SHIFT),
        (f"{name}: blocked, ms", found["blocked"], BLOCKED_MS),
    ]


def signed_in(browser: Browser, url: str, login: str, size: Any) -> Page:  # noqa: ANN401 - a viewport
    """Somebody of the demo group before his first page."""
    page = browser.new_context(viewport=size, locale="en").new_page()
    page.goto(f"{url}/sign-in")
    page.locator("input[autocomplete=username]").fill(login)
    page.locator("input[type=password]").fill("paiban-demo")
    page.locator("button[type=submit]").click()
    page.wait_for_url(lambda at: "sign-in" not in at)
    return page


def middle(values: list[float]) -> float:
    """The median of sorted values."""
    return values[len(values) // 2]


def late(values: list[float]) -> float:
    """The 95th percentile of sorted values."""
    return values[int(0.95 * len(values))]


if __name__ == "__main__":
    main()
