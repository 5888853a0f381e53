"""Whatever people do with swaps, leave and call-outs, in whatever order: the roster stays legal, covered and told.

`PAIBAN_SWAP_RUNS=2000 PAIBAN_SWAP_STEPS=50 pytest tests/api/swaps/test_machine.py` is the long run.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import func, select

from api.audit.chain import first_bad
from api.cycle.tick import tick
from api.plan import certified
from api.rosters.given import roster_row
from api.store import tables as t
from api.store.engine import open_engine
from api.store.store import Store
from api.swaps.judge import Ground, ground_of
from constraints.check import check
from tests.api.clients import CLIENT, Time, World, new_world
from tests.api.rosters.solved import MONTH, PATH, site_id
from tests.api.swaps.parties import PEOPLE, SITE, Floor

RUNS = int(os.environ.get("PAIBAN_SWAP_RUNS", "6"))
STEPS = int(os.environ.get("PAIBAN_SWAP_STEPS", "25"))
QUOTA = 3
picks = st.integers(0, 10_000)


@cache
def template() -> tuple[Path, dict[str, dict[str, str]]]:
    """A published month on disk, and everybody's cookies."""
    with new_world("sqlite", "harbour", session_hours=10_000, idle_minutes=600_000) as world:
        floor = Floor(world)
        clients = {**{who: floor.agents[who] for who in PEOPLE}, "scheduler": floor.scheduler, "manager": floor.manager}
        cookies = {who: dict(client.cookies) for who, client in clients.items()}
        with world.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        path = Path(mkdtemp()) / "published.db"
        shutil.copy(str(world.store.engine.url.database), path)
    return path, cookies


class People(RuleBasedStateMachine):
    """Agents, a scheduler and a manager who do what they like."""

    def __init__(self) -> None:
        super().__init__()
        source, cookies = template()
        self.folder = Path(mkdtemp())
        shutil.copy(source, self.folder / "paiban.db")
        self.time = Time()
        self.proved = 0
        store = Store(open_engine(f"sqlite:///{self.folder / 'paiban.db'}"), self.time)
        self.world = World(store, self.time, None, session_hours=10_000, idle_minutes=600_000)
        self.clients = {
            who: TestClient(self.world.app, headers=CLIENT, cookies=jar, raise_server_exceptions=False)
            for who, jar in cookies.items()
        }

    def teardown(self) -> None:
        """The log is whole, and everything is put away."""
        with self.world.store.reading() as session:
            assert first_bad(session) is None
        self.world.store.engine.dispose()
        shutil.rmtree(self.folder)

    @rule(pick=picks, taker=st.sampled_from(PEOPLE), back=st.booleans(), other=picks)
    def files(self, pick: int, taker: str, back: bool, other: int) -> None:  # noqa: FBT001 - drawn
        """Somebody files a cover, or an exchange."""
        duty = self.duty(pick)
        legs = [leg(duty, taker)]
        own = [each for each in self.duties() if each["agent"] == taker]
        if back and own:
            legs.append(leg(own[other % len(own)], duty["agent"]))
        self.asked("file", self.clients[duty["agent"]].post(f"{PATH}/swaps", json={"legs": legs}))

    @rule(pick=picks, wanted=st.lists(st.integers(5, 31), max_size=6))
    def posts(self, pick: int, wanted: list[int]) -> None:
        """Somebody puts a duty on the board."""
        duty = self.duty(pick)
        days = [f"2026-12-{day:02d}" for day in set(wanted)]
        body = {"day": duty["day"], "shift": duty["shift"], "wanted": {"cover": not days, "days": days}}
        self.asked("post", self.clients[duty["agent"]].post(f"{PATH}/posts", json=body))

    @rule(pick=picks, taker=st.sampled_from(PEOPLE))
    def takes_from_the_board(self, pick: int, taker: str) -> None:
        """Somebody takes what is on it."""
        board = self.clients[taker].get(f"{SITE}/posts").json()["items"]
        if board:
            post = board[pick % len(board)]
            told = {
                "giver": post["giver"],
                "day": post["day"],
                "shift": post["shift"],
                "taker": taker,
                "post": post["id"],
            }
            self.asked("take", self.clients[taker].post(f"{PATH}/swaps", json={"legs": [told]}))

    @rule(pick=picks, other=picks)
    def files_what_the_search_offers(self, pick: int, other: int) -> None:
        """Somebody asks who could take his duty, and files one of the answers."""
        duty = self.duty(pick)
        client, ask = self.clients[duty["agent"]], {"day": duty["day"], "shift": duty["shift"]}
        found = client.post(f"{PATH}/partners", json=ask).json()["partners"]
        if found:
            partner = found[other % len(found)]
            back = [leg(partner["returns"], duty["agent"])] if partner["returns"] else []
            body = {"legs": [leg(duty, partner["number"]), *back]}
            self.asked("file", client.post(f"{PATH}/swaps", json=body))

    @rule(pick=picks, who=picks, way=picks)
    def somebody_does_what_he_may(self, pick: int, who: int, way: int) -> None:
        """A party, or who decides, does one of the things that the service says he may."""
        swaps = self.clients["manager"].get(f"{SITE}/swaps").json()["items"]
        open_ones = [swap for swap in swaps if swap["state"] in ("offered", "approved") or swap["approver"]]
        if not open_ones:
            return
        swap = open_ones[pick % len(open_ones)]
        people = [*(party["number"] for party in swap["parties"]), "scheduler", "manager"]
        client = self.clients[people[who % len(people)]]
        may = client.get(f"{SITE}/swaps/{swap['id']}").json()["may"]
        if may:
            self.asked(may[way % len(may)], act(client, swap, may[way % len(may)]))

    @rule(pick=picks, taker=st.sampled_from(PEOPLE))
    def changes_the_roster(self, pick: int, taker: str) -> None:
        """The scheduler gives a duty to somebody else."""
        duty = self.duty(pick)
        old = {name: duty[name] for name in ("shift", "work", "breaks")}
        away = {"agent": duty["agent"], "day": duty["day"], "old": old, "new": None}
        to = {"agent": taker, "day": duty["day"], "old": None, "new": old}
        changes = [away, to] if taker != duty["agent"] else [away]
        self.asked("change", self.clients["scheduler"].post(f"{PATH}/changes", json={"changes": changes}))

    @rule(pick=picks, at_once=st.booleans())
    def cannot_come(self, pick: int, at_once: bool) -> None:  # noqa: FBT001 - drawn
        """Somebody is sick: the scheduler looks for a stand-in."""
        duty = self.duty(pick)
        body = {"number": duty["agent"], "day": duty["day"], "shift": duty["shift"], "at_once": at_once}
        self.asked("call out", self.clients["scheduler"].post(f"{SITE}/callouts", json=body))

    @rule(pick=picks, who=picks, accepts=st.booleans())
    def answers_a_call(self, pick: int, who: int, accepts: bool) -> None:  # noqa: FBT001 - drawn
        """Somebody in the line says yes or no."""
        asking = self.clients["scheduler"].get(f"{SITE}/callouts", params={"state": "asking"}).json()["items"]
        line = asking[pick % len(asking)]["asks"] if asking else []
        if line:
            path = f"{SITE}/callouts/{asking[pick % len(asking)]['id']}/answers"
            client = self.clients[line[who % len(line)]["number"]]
            self.asked("call in", client.post(path, json={"answer": "accept" if accepts else "decline"}))

    @rule(who=st.sampled_from(PEOPLE), day=st.integers(1, 30), more=st.integers(0, 1), phone=st.booleans())
    def asks_for_leave(self, who: str, day: int, more: int, phone: bool) -> None:  # noqa: FBT001 - drawn
        """Somebody asks for a day or two, or tells by phone."""
        days = {"first": f"2026-12-{day:02d}", "last": f"2026-12-{day + more:02d}"}
        body: dict[str, object] = {"kind": "leave", "leave": "personal", **days}
        body |= {"by_phone": True, "number": who} if phone else {}
        client = self.clients["scheduler" if phone else who]
        self.asked("leave", client.post(f"{SITE}/requests", json=body))

    @rule(pick=picks, file=st.booleans())
    def turns_to_his_leave(self, pick: int, file: bool) -> None:  # noqa: FBT001 - drawn
        """Somebody files what he told by phone, or takes his leave back."""
        rows = self.clients["manager"].get(f"{SITE}/requests", params={"kind": "leave"}).json()["items"]
        rows = [row for row in rows if row["state"] in ("told", "open", "waitlisted", "approved")]
        if rows:
            row = rows[pick % len(rows)]
            client, path = self.clients[row["number"]], f"{SITE}/requests/{row['id']}"
            filing = {"leave": "sick", "note": "补办"}
            self.asked("turn", client.post(f"{path}/filing", json=filing) if file else client.delete(path))

    @rule(approved=st.booleans(), together=st.booleans(), count=st.integers(1, 8))
    def decides_on_what_waits(self, approved: bool, together: bool, count: int) -> None:  # noqa: FBT001 - drawn
        """The manager goes through his inbox."""
        inbox = self.clients["manager"].get("/api/v1/me/inbox").json()["items"][:count]
        items = [{"matter": row["matter"], "id": row["id"]} for row in inbox]
        if items:
            body: dict[str, object] = {
                "items": items,
                "state": "approved" if approved else "declined",
                "reason": "商定",
            }
            body |= {"all_or_nothing": together}
            self.asked("decide", self.clients["manager"].post(f"{SITE}/decisions", json=body))

    @rule()
    def publishes_again(self) -> None:
        """The scheduler publishes the draft as it has become."""
        client = self.clients["scheduler"]
        tag = {"If-Match": client.get(f"{PATH}/draft").headers["etag"]}
        self.asked("publish", client.post(f"{PATH}/publications", json={}, headers=tag))

    @rule(hours=st.integers(1, 16))
    def time_passes(self, hours: int) -> None:
        """The clock moves, and the service looks at it."""
        self.time.passes(hours=hours)
        tick(self.world.service)

    @invariant()
    def the_roster_in_force_breaks_no_hard_rule_and_keeps_its_floor(self) -> None:
        """A duty of somebody on leave stays his until somebody takes it: that alone may be. Each version once."""
        with self.world.store.reading() as session:
            version = roster_row(session, site_id(self.world), MONTH).versions
        if version == self.proved:
            return
        self.proved = version
        ground = self.ground()
        given = ground.given
        hard = check(ground.roster, given.situation, given.plan.policy).hard
        assert {breach.rule.kind for breach in hard} <= {"leave"}
        assert certified(given.plan, ground.roster, given.situation).holds

    @invariant()
    def nobody_passes_the_quota_but_by_the_manager(self) -> None:
        with self.world.store.reading() as session:
            asked = select(t.Swap).where(t.Swap.state == "approved", t.Swap.approver == "scheduler")
            by_scheduler = Counter(p.person_id for swap in session.scalars(asked) for p in swap.parties if p.counts)
        assert max(by_scheduler.values(), default=0) <= QUOTA

    @invariant()
    def every_account_adds_up_to_nought(self) -> None:
        with self.world.store.reading() as session:
            asked = select(func.sum(t.LedgerEntry.amount)).group_by(t.LedgerEntry.matter, t.LedgerEntry.account)
            assert {int(total) for total in session.scalars(asked)} == {0}

    @invariant()
    def one_stand_in_is_looked_for_at_a_time_and_whoever_took_a_duty_has_it(self) -> None:
        with self.world.store.reading() as session:
            rows = session.scalars(select(t.Callout)).all()
            asking = [row.duty_id for row in rows if row.state == "asking"]
            taken = [sum(ask.state == "accepted" for ask in row.asks) for row in rows if row.state == "filled"]
        assert len(asking) == len(set(asking))
        assert set(taken) <= {1}

    @invariant()
    def a_duty_waits_in_one_match_alone(self) -> None:
        with self.world.store.reading() as session:
            asked = select(t.SwapLeg.duty_id).join(t.Swap).where(t.Swap.state.like("waiting-%"))
            waiting = [duty for duty in session.scalars(asked) if duty is not None]
        assert len(waiting) == len(set(waiting))

    def asked(self, what: str, answer: Response) -> None:
        """Whatever was asked, the answer is no fault of the service; what came out is in the statistics."""
        told = answer.json()
        event(f"{what}: {told.get('code') or told.get('state') or 'done'}")
        assert answer.status_code < 500, answer.text

    def duties(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.clients["scheduler"].get(f"{PATH}/duties").json()["duties"]
        return found

    def duty(self, pick: int) -> dict[str, Any]:
        duties = self.duties()
        return duties[pick % len(duties)]

    def ground(self) -> Ground:
        with self.world.store.reading() as session:
            return ground_of(session, roster_row(session, site_id(self.world), MONTH))


def leg(duty: dict[str, Any], taker: str) -> dict[str, Any]:
    return {"giver": duty["agent"], "day": duty["day"], "shift": duty["shift"], "taker": taker}


def act(client: TestClient, swap: dict[str, Any], way: str) -> Response:
    path, seen = f"{SITE}/swaps/{swap['id']}", {"If-Match": "*"}
    if way in ("approve", "refuse"):
        state = "approved" if way == "approve" else "refused"
        return client.put(f"{path}/decision", json={"state": state}, headers=seen)
    if way in ("cancel", "undo"):
        return client.post(f"{path}/{way}", json={"reason": "想法变了"}, headers=seen)
    if way == "counter":
        back = [leg({**told, "agent": told["giver"]}, told["taker"]) for told in swap["legs"] if told["giver"]]
        return client.post(f"{path}/counters", json={"legs": back[:1]}, headers=seen) if back else client.get(path)
    return client.post(f"{path}/answers", json={"answer": way}, headers=seen)


People.TestCase.settings = settings(
    max_examples=RUNS, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
)
TestPeople = People.TestCase
