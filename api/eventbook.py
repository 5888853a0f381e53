"""docs/events.md: the events that webhooks tell, written by the code that tells them."""

from __future__ import annotations

from typing import Final

from api.hooks.events import EVENTS

HEAD: Final = """# Events · 事件

What webhooks tell ([how to](how-to-webhooks.md)). Each event is an entry of the log with that action, told after its
change is committed; notes, reasons and contacts stay inside. Every body has `type`, `timestamp` (of the change) and
`data` with `site` (code, or null), `object` (`roster/5/2`, `swap/17`) and the facts below.
Made by `paiban rules --events --out docs/events.md`; do not edit by hand.

| event | 事件 | when | facts |
|---|---|---|---|
"""


def event_page() -> str:
    """The page."""
    rows = (
        f"| `{name}` | {event.words.zh} | {event.words.en} | {', '.join(f'`{fact}`' for fact in event.facts)} |"
        for name, event in EVENTS.items()
    )
    return HEAD + "\n".join(rows) + "\n"
