"""A request to the outside and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from api.outside.addresses import May, is_public
from api.outside.pinned import CONNECT_S, AddressRefused, deadline, session

READ_S: Final = 15.0
TOTAL_S: Final = 20.0
LARGEST_ANSWER: Final = 4096
PORTS: Final = frozenset({443, 8443})


@dataclass(frozen=True, slots=True)
class Posted:
    """What the other side answered."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)


Post = Callable[[str, bytes, Mapping[str, str]], Posted]
"""Sends octets to an address. Raises `AddressRefused` for one that is not to be sent to, OSError for the net."""


def poster(may: May = is_public, authorities: Path | None = None) -> Post:
    """The way over the net; `authorities`: certificates to trust instead of the usual ones."""

    def post(url: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        refuse_odd(url)
        with deadline(TOTAL_S), session(may, str(authorities) if authorities else True) as made:
            answer = made.post(
                url, data=body, headers=dict(headers), timeout=(CONNECT_S, READ_S), allow_redirects=False, stream=True
            )
            return Posted(answer.status_code, dict(answer.headers), answer.raw.read(LARGEST_ANSWER) or b"")

    return post


def host_of(url: str) -> str:
    """The host that is connected to; empty where there is none, or where readers of addresses might disagree."""
    if "\\" in url or any(sign.isspace() for sign in url):
        return ""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def refuse_odd(url: str) -> None:
    """Refuse what is not plain HTTPS to a host on a usual port."""
    try:
        parts = urlsplit(url)
        usual = parts.scheme == "https" and bool(host_of(url)) and (parts.port or 443) in PORTS
    except ValueError as error:
        raise AddressRefused("not an address") from error
    if not usual or parts.username is not None or parts.fragment:
        raise AddressRefused("https to a host on port 443 or 8443 is wanted, without a user")


FAULTS: Final = (requests.RequestException, OSError, HTTPError)
"""What the net does; its words hold the address, which is a secret: only its class is told on."""
