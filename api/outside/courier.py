"""The courier of a worker: looks into the box again and again, and carries what is due, several addresses at a time."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import select

from api.auth.secrets import Seal
from api.hooks.send import deliver as deliver_events
from api.hooks.send import fan_out_events
from api.notices.fan import fan_out
from api.notices.mail import Smtp
from api.notices.send import Ways
from api.notices.send import deliver as deliver_notices
from api.outside.addresses import allowing
from api.outside.box import claim
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
    """One round: lay new deliveries into the box, and carry what is due; how many were carried."""
    fan_out(bag.store, mail=bag.ways.carrier is not None)
    fan_out_events(bag.store)
    ids = claim(bag.store)
    with ThreadPoolExecutor(HANDS) as hands:
        for done in [hands.submit(errand) for errand in _errands(bag, ids)]:
            done.result()
    return len(ids)


def _errands(bag: Bag, ids: list[int]) -> list[Callable[[], None]]:
    """A walk to each address, with all that is for it."""
    notices: defaultdict[tuple[int, int | None], list[int]] = defaultdict(list)
    events: defaultdict[int, list[int]] = defaultdict(list)
    with bag.store.reading() as session:
        asked = select(t.Delivery, t.Notice.account_id).outerjoin(t.Notice, t.Notice.id == t.Delivery.notice_id)
        for row, account in session.execute(asked.where(t.Delivery.id.in_(ids)).order_by(t.Delivery.id)):
            (events[row.hook_id] if row.hook_id else notices[account, row.channel_id]).append(row.id)
    walks: list[Callable[[], None]] = [partial(deliver_notices, bag.store, bag.ways, mine) for mine in notices.values()]
    return walks + [partial(deliver_events, bag.store, bag.ways.post, bag.hook_seal, mine) for mine in events.values()]


class Courier:
    """A thread that goes its rounds until it is stopped."""

    def __init__(self, bag: Bag, every: float = EVERY_S) -> None:
        self._bag, self._every = bag, every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the round that runs; what it holds is somebody else's when its lease is over."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(10)

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                carried = carry(self._bag)
            except Exception:
                LOG.exception("courier")
                carried = 0
            if not carried and self._over.wait(self._every):
                return
