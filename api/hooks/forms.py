"""Bodies and answers about webhooks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from api.hooks.events import EVENTS
from api.http.forms import Body, Line, Name, Shown
from api.outside.pinned import AddressRefused
from api.outside.post import refuse_odd
from domain.language import Refusal, Text, plain


def _url(url: str) -> str:
    try:
        refuse_odd(url)
    except AddressRefused as error:
        words = Text("应为公网 https 地址(端口443或8443)", "an https address on port 443 or 8443 is wanted")
        raise Refusal(words) from error
    return url


def _event(name: str) -> str:
    if name not in EVENTS:
        words = Text("没有事件“{name}”", "there is no event “{name}”; see the list of events")
        raise Refusal(words.filled(name=plain(name)))
    return name


Url = Annotated[Line, Field(max_length=500, examples=["https://erp.gas.example/hooks"]), AfterValidator(_url)]
EventName = Annotated[str, AfterValidator(_event)]


class NewHook(Body):
    """An address that is to be told."""

    name: Name
    url: Url
    site: Line | None = Field(default=None, max_length=64, description="of this site alone; default: the whole group")
    events: list[EventName] = Field(default=[], max_length=50, description="empty: all")


class HookChange(Body):
    """What becomes of a webhook; what is not told stays."""

    name: Name | None = None
    url: Url | None = None
    events: list[EventName] | None = Field(default=None, max_length=50)
    state: Literal["active", "paused"] | None = None


class HookShown(Shown):
    """A webhook; its secret is told when it is made or changed, and never again."""

    id: int
    name: str
    url: str
    site: str | None
    events: list[str]
    state: str = Field(description="active, paused, stopped (it failed too often) or gone (it answered 410)")
    failures: int
    made_at: datetime
    secret: str | None = Field(default=None, description="whsec_…, by which its receiver knows us")


class HooksShown(Shown):
    """The webhooks of the group."""

    items: list[HookShown]


class EventShown(Shown):
    """A kind of event."""

    name: str
    words: dict[str, str]
    facts: list[str]


class EventsShown(Shown):
    """The events that there are."""

    items: list[EventShown]


class DeliveryShown(Shown):
    """An event on its way to a webhook, or there."""

    id: int
    name: str = Field(description="webhook-id: the same however often it is tried")
    event: str
    state: str
    tries: int
    status: int | None
    reason: str
    took_ms: int | None
    due_at: datetime
    made_at: datetime
    ended_at: datetime | None
    body: str
