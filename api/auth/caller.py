"""Who asks: an account with its roles, known by a session's cookie or by a token."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from api.audit.chain import Actor
from api.auth.rights import NOBODY, POWERFUL, Action, Grant, Reach, Role, reach
from api.store import tables as t
from domain.language import Language


class Way(StrEnum):
    """How a caller was known."""

    COOKIE = "cookie"
    TOKEN = "token"  # noqa: S105 - a word, no secret


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who is signed in."""

    account_id: int
    login: str
    name: str
    language: Language
    person_id: int | None
    number: str | None
    """The number of his person, by which rosters know him."""
    person_site: int | None
    team_id: int | None
    grants: tuple[Grant, ...]
    way: Way
    session_id: int | None
    scopes: frozenset[str]
    waits_for: str = ""
    """What must be set up first: `password`, `second-factor`; until then no role counts."""
    request: str = ""

    @classmethod
    def of(cls, account: t.Account, way: Way, lent: Iterable[Grant] = (), **more: object) -> Self:
        """The caller of an account, with what was lent to him."""
        person = account.person
        return cls(
            account_id=account.id,
            login=account.login,
            name=account.name,
            language=Language(account.language),
            person_id=account.person_id,
            number=person.number if person else None,
            person_site=person.site_id if person else None,
            team_id=person.team_id if person else None,
            grants=(*(Grant(Role(grant.role), grant.site_id) for grant in account.roles), *lent),
            way=way,
            **more,  # type: ignore[arg-type]
        )

    @property
    def actor(self) -> Actor:
        """As the log names him."""
        return Actor(self.account_id, self.request)

    def reach(self, action: Action, site_id: int | None, about: frozenset[int] = NOBODY) -> Reach:
        """How far he may do something at a site, in a matter about some people."""
        return Reach.NOWHERE if self.waits_for else reach(self.grants, action, site_id, about)

    @property
    def sites(self) -> frozenset[int] | None:
        """The sites that are his business; None: all of them."""
        found = {grant.site_id for grant in self.grants}
        return None if None in found else frozenset(site for site in found if site is not None)

    def knows(self, site_id: int) -> bool:
        """Whether a site is his business at all; others do not exist for him."""
        return self.sites is None or site_id in self.sites


def powerful(grants: Iterable[t.RoleGrant | Grant]) -> bool:
    """Whether any of the roles demands a second factor."""
    return any(Role(grant.role) in POWERFUL for grant in grants)
