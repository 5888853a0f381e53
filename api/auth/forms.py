"""Bodies and answers about log-ins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from pydantic import Field, SecretStr

from api.auth.caller import Caller
from api.auth.rights import Action, Reach, Role
from api.http.forms import Body, Code, Flag, Line, Name, Shown
from api.store import tables as t
from domain.language import Language

Far = Literal["own", "team", "site"]
_FAR: Final[dict[Reach, Far]] = {Reach.OWN: "own", Reach.TEAM: "team", Reach.SITE: "site"}


class SignIn(Body):
    """What is shown to come in."""

    login: Line = Field(examples=["anna"])
    password: SecretStr = Field(max_length=256)
    code: Line = Field(default="", description="one-time code, for who has a second factor")


class GrantShown(Shown):
    """A role, and where it holds; `site` null: over the whole group."""

    role: Role
    site: str | None


class RightsShown(Shown):
    """What one may do at a site; `site` null: at every site and in matters of the group."""

    site: str | None
    may: dict[str, Far] = Field(description="how far each action reaches")


class Me(Shown):
    """Who is signed in."""

    account: int
    login: str
    name: str
    language: Language
    number: str | None = Field(description="the number of his person in rosters")
    site: str | None
    roles: list[GrantShown]
    rights: list[RightsShown]
    waits_for: str = Field(description="`password` or `second-factor`: what must be set up before roles count")


class NewPassword(Body):
    """A change of password."""

    old: SecretStr = Field(max_length=256)
    new: SecretStr = Field(max_length=256)


class NewFactor(Shown):
    """A second factor to be confirmed by its first code."""

    secret: str
    address: str = Field(description="otpauth:// address, for a QR code")


class FactorCode(Body):
    """A one-time code."""

    code: Line


class SessionShown(Shown):
    """One of one's own sessions."""

    id: int
    created_at: datetime
    seen_at: datetime
    address: str
    device: str
    this: bool


class NewToken(Body):
    """A personal token to be made."""

    name: Name
    scopes: list[Literal["read", "write"]] = Field(min_length=1, max_length=2)
    days: int | None = Field(default=90, ge=1, le=366, description="null: until revoked")


class TokenShown(Shown):
    """A personal token; its secret is told once, when it is made."""

    id: int
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    secret: str | None = None


class NewGrant(Body):
    """A role to be given."""

    role: Role
    site: Code | None = None


class NewAccount(Body):
    """A log-in to be made; the password holds for the first log-in alone."""

    login: Code
    name: Name
    password: SecretStr | None = Field(
        default=None, max_length=256, description="null: comes in through the identity provider alone"
    )
    number: Code | None = Field(default=None, description="the person it belongs to")
    language: Language = Language.ZH
    roles: list[NewGrant] = Field(default=[], max_length=50)


class ChangedAccount(Body):
    """What an administrator can change of an account."""

    name: Name
    language: Language
    disabled: Flag
    roles: list[NewGrant] = Field(max_length=50)


class AccountShown(Shown):
    """An account, as administrators see it."""

    id: int
    login: str
    name: str
    number: str | None
    language: Language
    disabled: bool
    second_factor: bool
    roles: list[GrantShown]
    created_at: datetime


class Reset(Body):
    """A new first password, and perhaps a lost second factor taken away."""

    password: SecretStr = Field(max_length=256)
    forget_second_factor: Flag = False


def grants_shown(account: t.Account) -> list[GrantShown]:
    """The roles of an account."""
    return [GrantShown(role=Role(grant.role), site=grant.site.code if grant.site else None) for grant in account.roles]


def account_shown(account: t.Account) -> AccountShown:
    """An account, as administrators see it."""
    return AccountShown(
        id=account.id,
        login=account.login,
        name=account.name,
        number=account.person.number if account.person else None,
        language=Language(account.language),
        disabled=account.disabled,
        second_factor=account.second_confirmed,
        roles=grants_shown(account),
        created_at=account.created_at,
    )


def me_shown(caller: Caller, account: t.Account, codes: Mapping[int, str]) -> Me:
    """Who is signed in; the codes of the sites by their ids."""
    return Me(
        account=caller.account_id,
        login=caller.login,
        name=caller.name,
        language=caller.language,
        number=caller.number,
        site=account.person.site.code if account.person else None,
        roles=grants_shown(account),
        rights=[_rights(caller, site, codes) for site in {each.site_id for each in caller.grants}],
        waits_for=caller.waits_for,
    )


def _rights(caller: Caller, site_id: int | None, codes: Mapping[int, str]) -> RightsShown:
    found = {action.value: caller.reach(action, site_id) for action in Action}
    site = None if site_id is None else codes[site_id]
    return RightsShown(site=site, may={action: _FAR[reach] for action, reach in found.items() if reach in _FAR})
