"""A site with a crowd of people who all work every day of next month: what trials of the service are done to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx2
from sqlalchemy import func, select

from api.auth.accounts import add_account
from api.auth.forms import NewAccount, NewGrant
from api.auth.passwords import hash_password
from api.auth.rights import Role
from api.files.site_form import SiteFile
from api.group.plans import add_site
from api.rosters.routes import opened_roster
from api.store import tables as t
from api.store.migrate import migrate
from api.store.store import Store, Work
from domain.time import Month

SITE: Final = "crowd"
LOGINS: Final = ("bench", "second")
"""Two schedulers: who files for somebody does not decide."""
HEAD: Final = "head"
"""A manager."""
PASSWORD: Final = "benchmark pass phrase"  # noqa: S105
HEADERS: Final = {"X-Paiban-Client": "benchmark"}
DOCUMENT: Final[dict[str, Any]] = {
    "site": {"id": SITE, "name": SITE, "zone": "Asia/Shanghai"},
    "works": [{"id": "emergency", "label": "emergency"}],
    "shifts": [{"code": "D", "label": "day", "start": "08:00", "end": "16:00", "works": ["emergency"]}],
    "contracts": [{"id": "full", "label": "full"}],
    "policy": [{"kind": "one-duty-a-day"}],
}


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many people, who have accounts, and a scheduler."""

    people: int
    month: Month
    turns: int = 1
    """Everybody works every day; 2: every other day, half of them the odd days."""

    @classmethod
    def of(cls, people: int, turns: int = 1) -> Crowd:
        """A crowd in the month after this one."""
        return cls(people, Month.of(Month.of(datetime.now(UTC).date()).days.last + timedelta(days=1)), turns)

    @property
    def path(self) -> str:
        """The month over HTTP."""
        return f"/api/v1/sites/{SITE}/rosters/{self.month}"

    @property
    def duties(self) -> int:
        """How many duties the month has."""
        return len(self.month.days) * self.people // self.turns

    def fill(self, store: Store) -> None:
        """Write the site, its people and their draft."""
        migrate(store.engine)
        with store.writing() as work:
            work.session.add(t.Group(name={"zh": "c", "en": "c"}, created_at=work.now))
            work.session.flush()
            site = add_site(work, SiteFile.model_validate(DOCUMENT), by=None)
            for number in range(self.people):
                _add_person(work, site, f"P{number:03d}")
            for login in (*LOGINS, HEAD):
                roles = [NewGrant(role=Role.MANAGER if login == HEAD else Role.SCHEDULER, site=SITE)]
                told = NewAccount(login=login, name=login, password=PASSWORD, roles=roles)
                add_account(work, told, hash_password(PASSWORD), by=None, must_change=False)
            roster = opened_roster(work, site.id, self.month)
            roster.draft = [
                [day.isoformat(), f"P{number:03d}", "D", "emergency", []]
                for day in self.month.days
                for number in range(self.people)
                if (day.day + number) % self.turns == 0
            ]


def scheduler_at(base: str, login: str = LOGINS[0]) -> httpx2.Client:
    """A scheduler of the crowd, signed in."""
    client = httpx2.Client(base_url=base, headers=HEADERS, timeout=60)
    client.post("/api/v1/session", json={"login": login, "password": PASSWORD}).raise_for_status()
    return client


def doubles(store: Store) -> int:
    """Pairs of duties in force of one person at one time."""
    with store.reading() as session:
        one = select(t.Duty).where(t.Duty.state == "active").subquery()
        two = select(t.Duty).where(t.Duty.state == "active").subquery()
        same = (one.c.person_id == two.c.person_id) & (one.c.id < two.c.id)
        apart = (one.c.start_at >= two.c.end_at) | (two.c.start_at >= one.c.end_at)
        return session.scalar(select(func.count()).select_from(one).join(two, same).where(~apart)) or 0


def _add_person(work: Work, site: t.Site, number: str) -> None:
    row = t.Person(site_id=site.id, number=number, name=number, contract="full", created_at=work.now)
    work.session.add(row)
    work.session.flush()
    work.session.add(t.Account(login=number.lower(), name=number, person_id=row.id, created_at=work.now))
