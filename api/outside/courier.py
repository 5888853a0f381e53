"""The courier of a worker: looks into the box again and again, and carries what is due, several addresses at a time."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import Select, select

from api.auth.secrets import Seal
from api.hooks.send import deliver as deliver_events
from api.hooks.send import fan_out_events
from api.notices.fan import fan_out
from api.notices.mail import Smtp
from api.notices.send import Ways
from api.notices.send import deliver as deliver_notices
from api.outside.addresses import allowing
from api.outside.box import Claims, claim
from api.outside.post import poster
from api.outside.seals import channel_seal, hook_seal
from api.service import Service
from api.store import tables as t
from api.store.store import Store

LOG: Final = logging.getLogger("paiban.courier")
EVERY_S: Final = 5.0
HANDS: Final = 4


@dataclass(frozen=True, slots=True)
class Bag:
    """What a courier works with."""

    store: Store
    ways: Ways
    hook_seal: Seal

    @classmethod
    def of(cls, service: Service) -> Bag:
        """By the settings of a service."""
        settings = service.settings
        mail = settings.mail_url.get_secret_value()
        ways = Ways(
            Smtp(mail) if mail else None,
            settings.mail_from,
            poster(allowing(settings.outbound_networks), settings.outbound_ca),
            channel_seal(settings),
            settings.key(),
            settings.public_url,
        )
        return cls(service.store, ways, hook_seal(settings))


def carry(bag: Bag) -> int:
    """One round to everybody: how many deliveries were carried."""
    return carry_notices(bag) + carry_events(bag)


def carry_notices(bag: Bag) -> int:
    """One round to people: lay new deliveries into the box, and carry what is due."""
    fan_out(bag.store, mail=bag.ways.carrier is not None)
    claims = claim(bag.store, hooks=False)
    asked = select(t.Delivery.id, t.Notice.account_id, t.Delivery.channel_id)
    asked = asked.join(t.Notice, t.Notice.id == t.Delivery.notice_id)
    return _walk(bag, claims, asked, partial(deliver_notices, bag.store, bag.ways))


def carry_events(bag: Bag) -> int:
    """The same to webhooks, on their own feet: one that is slow holds up no call for people."""
    fan_out_events(bag.store)
    claims = claim(bag.store, hooks=True)
    send = partial(deliver_events, bag.store, bag.ways.post, bag.hook_seal)
    return _walk(bag, claims, select(t.Delivery.id, t.Delivery.hook_id), send)


def _walk(bag: Bag, claims: Claims, asked: Select[*tuple[Any, ...]], send: Callable[[Claims], None]) -> int:
    """A walk to each address, with all that is for it."""
    bundles: defaultdict[tuple[object, ...], dict[int, int]] = defaultdict(dict)
    with bag.store.reading() as session:
        for delivery, *address in session.execute(asked.where(t.Delivery.id.in_(claims)).order_by(t.Delivery.id)):
            bundles[tuple(address)][delivery] = claims[delivery]
    with ThreadPoolExecutor(HANDS) as hands:
        for done in [hands.submit(send, bundle) for bundle in bundles.values()]:
            done.result()
    return len(claims)


class Courier:
    """Threads that go their rounds until they are stopped: one to people, one to webhooks."""

    def __init__(self, bag: Bag, every: float = EVERY_S) -> None:
        self._bag, self._every = bag, every
        self._over = threading.Event()
        rounds = (carry_notices, carry_events)
        self._threads = [threading.Thread(target=self._run, args=(each,), daemon=True) for each in rounds]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End after the rounds that run; what they hold is somebody else's when its lease is over."""
        self._over.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(10)

    def _run(self, round_: Callable[[Bag], int]) -> None:
        while not self._over.is_set():
            try:
                carried = round_(self._bag)
            except Exception:
                LOG.exception("courier")
                carried = 0
            if not carried and self._over.wait(self._every):
                return
