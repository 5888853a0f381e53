"""The addresses of a calendar, as each client wants to be told them."""

from __future__ import annotations

from urllib.parse import quote

from api.feeds.forms import Links


def links_of(base: str, secret: str, name: str) -> Links:
    """How to subscribe to a calendar; `base`: where people reach the service."""
    https = f"{base.rstrip('/')}/feeds/{secret}/paiban.ics"
    webcal = "webcal://" + https.partition("://")[2]
    told = f"url={quote(https, safe='')}&name={quote(name, safe='')}"
    return Links(
        https=https,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{told}",
        page=f"{base.rstrip('/')}/subscribe/{secret}",
    )
