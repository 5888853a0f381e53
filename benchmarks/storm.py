"""A storm of approvals: one swap fifty times, fifty rivals, crossed exchanges; against change, publication and leave.

`python -m benchmarks.storm [--rounds 20] [--database URL] [--json FILE]`. In every round each duty may move once,
nobody may hold two at a time, nobody passes his quota without the manager, every account adds up to nought, and nobody
sees a fault of the service. Where a decision meets something else (a publication, a withdrawal, leave), both may be
done, one after the other: of the decisions one at most is.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import httpx2
from sqlalchemy import func, select

from api.audit.chain import first_bad
from api.store import tables as t
from api.store.store import Store
from benchmarks.at_once import Ask, at_once
from benchmarks.crowd import HEAD, LOGINS, SITE, Crowd, doubles, scheduler_at
from benchmarks.served import Served, free_port
from benchmarks.table import arguments, show

RIVALS: Final = 50
SLOTS: Final = tuple(range(2, 30, 2))
"""Even days of the month: people of even number work on them, the others on the days after."""
OTHERS: Final = 76
"""So many pairs give; rivals come from those behind them, third parties from the last."""
PEOPLE: Final = 2 * (2 * OTHERS + RIVALS)
KINDS: Final = ("one", "crossed", "cancel", "change", "publish", "withdraw", "leave", "call")
PAIRS: Final = {**{kind: (7 * place, 7) for place, kind in enumerate(KINDS)}, "rivals": (56, 20)}
"""The first pair of each kind of storm, and how many it has."""
QUOTA: Final = 3
SITES: Final = f"/api/v1/sites/{SITE}"
WHY: Final = "benchmark"
Swap = dict[str, Any]


def main() -> None:
    """Fill, publish, storm."""
    parser = arguments("A storm of approvals")
    parser.add_argument("--database", default="", help="postgresql+psycopg://…, empty; default: SQLite")
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(given.database or f"sqlite:///{folder}/paiban.db")
        crowd, served = Crowd.of(PEOPLE, turns=2), Served(folder, given.database, free_port())
        crowd.fill(store)
        process = served.start()
        try:
            speakers, deciders = ([scheduler_at(served.base, login) for _ in range(RIVALS)] for login in LOGINS)
            storm = Storm(crowd, store, speakers, deciders)
            ways = (
                storm.one_swap, storm.rivals, storm.crossed, storm.against_cancel, storm.against_change,
                storm.against_leave, storm.against_publication, storm.against_withdrawal, storm.call_out,
            )  # fmt: skip
            rows = [storm.row(way, given.rounds) for way in ways]
        finally:
            process.terminate()
            process.wait(20)
    show("storm", rows, given)


class Storm:
    """Rounds of approvals that start together."""

    def __init__(
        self, crowd: Crowd, store: Store, speakers: list[httpx2.Client], deciders: list[httpx2.Client]
    ) -> None:
        self.crowd, self.store, self.speakers, self.deciders = crowd, store, speakers, deciders
        self.client = speakers[0]
        self.publish(self.client).raise_for_status()
        self.turns: Counter[str] = Counter()

    def publish(self, client: httpx2.Client) -> httpx2.Response:
        """The draft put in force."""
        return client.post(f"{self.crowd.path}/publications", json={}, headers={"If-Match": "*"})

    def one_swap(self) -> list[Ask]:
        """Fifty approvals of one swap."""
        swap = self.matched(self.exchange("one"))
        return [partial(self.decide, client, swap) for client in self.deciders]

    def rivals(self) -> list[Ask]:
        """Fifty who say yes to the same duty at once."""
        giver, day, _ = self.pair("rivals")
        takers = [2 * pair + 1 for pair in range(OTHERS, OTHERS + RIVALS)]
        swaps = [self.file([leg(giver, day, taker)]) for taker in takers]
        return [partial(self.say, *told) for told in zip(self.speakers, swaps, takers, strict=True)]

    def crossed(self) -> list[Ask]:
        """A with B, B with C, C with A, over the same duties."""
        one, day, other = self.pair("crossed")
        two, three = one + 1, one + 2 * (OTHERS + RIVALS) + 1
        pairs = [[leg(one, day, two), leg(two, other, one)], [leg(one, day, three), leg(three, other, one)]]
        swaps = [self.file(pair) for pair in pairs]
        told = [(swap, who) for swap, who in zip(swaps, (two, three), strict=True)]
        return [
            partial(self.say, client, swap, who) for client, (swap, who) in zip(self.speakers, told * 8, strict=False)
        ]

    def against_cancel(self) -> list[Ask]:
        """Approved and refused at the same moment."""
        swap = self.matched(self.exchange("cancel"))
        ways = ("approved", "refused")
        return [partial(self.decide, client, swap, ways[place % 2]) for place, client in enumerate(self.deciders[:20])]

    def against_change(self) -> list[Ask]:
        """Approved while the roster under it is changed."""
        legs = self.exchange("change")
        swap = self.matched(legs)
        old = {"shift": "D", "work": "emergency", "breaks": []}
        change = {"agent": legs[0]["giver"], "day": legs[0]["day"], "old": old, "new": None}
        path = f"{self.crowd.path}/changes"
        away = [partial(client.post, path, json={"changes": [change]}) for client in self.speakers[:10]]
        return [*away, *(partial(self.decide, client, swap) for client in self.deciders[10:20])]

    def call_out(self) -> list[Ask]:
        """Fifty who are called in at once for one duty."""
        if self.client.get(self.crowd.path).json()["published"] is None:
            self.publish(self.client).raise_for_status()
        giver, day, _ = self.pair("call")
        told = {"number": name(giver), "day": day, "at_once": True}
        made = self.client.post(f"{SITES}/callouts", json=told)
        made.raise_for_status()
        path, line = f"{SITES}/callouts/{made.json()['id']}/answers", made.json()["asks"][:RIVALS]
        bodies = [{"answer": "accept", "behalf": ask["number"], "reason": WHY} for ask in line]
        return [partial(client.post, path, json=body) for client, body in zip(self.speakers, bodies, strict=True)]

    def against_leave(self) -> list[Ask]:
        """Decided while leave of its giver is approved and a stand-in looked for."""
        legs = self.exchange("leave")
        swap = self.matched(legs)
        day = legs[0]["day"]
        told = {"kind": "leave", "leave": "sick", "first": day, "last": day, "number": legs[0]["giver"]}
        made = self.client.post(f"{SITES}/requests", json=told)
        made.raise_for_status()
        path = f"{SITES}/requests/{made.json()['id']}/decision"
        head = scheduler_at(str(self.client.base_url), HEAD)
        leave = partial(head.put, path, json={"state": "approved"}, headers={"If-Match": "*"})
        return [*(partial(self.decide, client, swap) for client in self.deciders[:10]), leave]

    def against_publication(self) -> list[Ask]:
        """Decided while the month is published anew."""
        swap = self.matched(self.exchange("publish"))
        return [
            *(partial(self.decide, client, swap) for client in self.deciders[:10]),
            partial(self.publish, self.client),
        ]

    def against_withdrawal(self) -> list[Ask]:
        """Decided while the month is withdrawn."""
        self.publish(self.client).raise_for_status()
        swap = self.matched(self.exchange("withdraw"))
        path = f"{self.crowd.path}/withdrawals"
        away = partial(self.client.post, path, json={"note": WHY}, headers={"If-Match": "*"})
        return [*(partial(self.decide, client, swap) for client in self.deciders[:10]), away]

    def row(self, way: Callable[[], list[Ask]], rounds: int) -> dict[str, object]:
        """Rounds of one kind."""
        seen: Counter[int] = Counter()
        fair, took = 0, 0.0
        for _ in range(rounds):
            asks = way()
            began = time.perf_counter()
            statuses = at_once(asks)
            took += time.perf_counter() - began
            seen.update(statuses)
            decided = sum(status < 300 for status in statuses[:-1])
            alone = way in (self.against_leave, self.against_publication, self.against_withdrawal)
            fair += decided <= 1 if alone else decided + (statuses[-1] < 300) == 1
        return {
            "what": f"{(way.__doc__ or '').rstrip('.')} ({self.store.dialect})",
            "rounds": rounds,
            "won": sum(count for status, count in seen.items() if status < 300),
            "late": seen[409] + seen[412],
            "5xx": sum(count for status, count in seen.items() if status >= 500),
            "other": sum(n for status, n in seen.items() if 300 <= status < 500 and status not in (409, 412)),
            "one winner": fair,
            "held twice": doubles(self.store),
            "beyond quota": self._beyond(),
            "log holds": self._log_holds(),
            "sums off": self._sums_off(),
            "s a round": round(took / rounds, 2),
        }

    def pair(self, way: str) -> tuple[int, str, str]:
        """Somebody, a day on which he works, and the day after, on which the person after him does; each once.

        Every kind of storm has people of its own, few enough times each for his quota.
        """
        first, size = PAIRS[way]
        turn, self.turns[way] = self.turns[way], self.turns[way] + 1
        who, day = 2 * (first + turn % size), SLOTS[turn // size]
        return who, f"{self.crowd.month}-{day:02d}", f"{self.crowd.month}-{day + 1:02d}"

    def exchange(self, way: str) -> list[dict[str, Any]]:
        """Two people, two days."""
        one, day, other = self.pair(way)
        return [leg(one, day, one + 1), leg(one + 1, other, one)]

    def file(self, legs: list[dict[str, Any]]) -> Swap:
        """A swap, filed for who gives first."""
        body = {"legs": legs, "behalf": legs[0]["giver"], "reason": WHY}
        answer = self.client.post(f"{self.crowd.path}/swaps", json=body)
        if answer.is_error:
            raise RuntimeError(answer.text)
        found: Swap = answer.json()
        return found

    def matched(self, legs: list[dict[str, Any]]) -> Swap:
        """A swap to which all agreed."""
        swap = self.file(legs)
        self.say(self.client, swap, int(legs[0]["taker"][1:])).raise_for_status()
        return swap

    def say(self, client: httpx2.Client, swap: Swap, who: int) -> httpx2.Response:
        """Somebody's yes."""
        body = {"answer": "take", "behalf": name(who), "reason": WHY}
        return client.post(f"{SITES}/swaps/{swap['id']}/answers", json=body, headers={"If-Match": "*"})

    def decide(self, client: httpx2.Client, swap: Swap, state: str = "approved") -> httpx2.Response:
        """The decision, as it is seen now."""
        path = f"{SITES}/swaps/{swap['id']}/decision"
        return client.put(path, json={"state": state}, headers={"If-Match": "*"})

    def _beyond(self) -> int:
        """People with more swaps in force than the scheduler may approve."""
        with self.store.reading() as session:
            counted = (
                select(t.SwapParty.person_id, func.count().label("swaps"))
                .join(t.Swap, t.Swap.id == t.SwapParty.swap_id)
                .where(t.Swap.state == "approved", t.SwapParty.counts)
                .group_by(t.SwapParty.person_id)
                .subquery()
            )
            return session.scalar(select(func.count()).select_from(counted).where(counted.c.swaps > QUOTA)) or 0

    def _sums_off(self) -> int:
        """Bookings whose sides do not add up to nought."""
        entries = t.LedgerEntry
        asked = select(entries.matter).group_by(entries.matter, entries.account).having(func.sum(entries.amount) != 0)
        with self.store.reading() as session:
            return len(session.scalars(asked).all())

    def _log_holds(self) -> bool:
        with self.store.reading() as session:
            return first_bad(session) is None


def leg(giver: int, day: str, taker: int) -> dict[str, Any]:
    """One duty that changes hands."""
    return {"giver": name(giver), "day": day, "taker": name(taker)}


def name(number: int) -> str:
    """The number of a person of the crowd."""
    return f"P{number:03d}"


if __name__ == "__main__":
    main()
