"""Signing in, staying signed in, and going out: opaque secrets in a cookie, their hashes in the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Update, delete, func, or_, select, update
from sqlalchemy.orm import Session, selectinload

from api.auth import factors
from api.auth.caller import Caller, Way, powerful
from api.auth.deputies import lent
from api.auth.passwords import hash_password, matches, outdated
from api.auth.rights import Grant
from api.auth.secrets import hashed, new_secret
from api.http.problems import Problem
from api.service import Service
from api.settings import Settings
from api.store import tables as t
from api.store.store import Work

WINDOW: Final = timedelta(minutes=15)
TRIES: Final = 5
"""Failed tries of one account within the window, after which it is not looked at."""
TRIES_FROM: Final = 50
"""The same of one address: many people may sit behind it."""
SEEN_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody shows to come in."""

    login: str
    password: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Whence:
    """From where, and with what device."""

    address: str
    device: str
    request: str = ""


def sign_in(service: Service, shown: Credentials, whence: Whence) -> str:
    """A new session's secret; a wrong login and a wrong password are told alike, and take as long."""
    login = shown.login.strip().lower()
    with service.store.reading() as session:
        _refuse_many(session, login, whence.address, service.store.now())
        account = session.scalars(select(t.Account).where(t.Account.login == login)).one_or_none()
        kept = account.password_hash if account and not account.disabled else ""
    right = matches(kept, shown.password)
    if account is None or not right:
        _note_failure(service, login, whence)
        raise Problem("wrong-credentials")
    fresh = hash_password(shown.password) if outdated(kept) else None
    with service.store.writing() as work:
        mine = work.session.get_one(t.Account, account.id, with_for_update=True)
        second = _second(service, mine, shown.code, work.now)
        if second is not None:
            mine.password_hash = fresh or mine.password_hash
            return opened(work, mine, whence, second=second)
    _note_failure(service, login, whence)
    raise Problem("wrong-credentials")


def sign_in_by_claims(service: Service, claims: Mapping[str, Any], whence: Whence) -> str:
    """A session for whom an identity provider vouches; somebody without an account is refused."""
    settings = service.settings
    subject = f"{settings.oidc_issuer}|{claims['sub']}"
    with service.store.writing() as work:
        account = work.session.scalars(select(t.Account).where(t.Account.subject == subject)).one_or_none()
        account = account or _bound(work, str(claims.get("preferred_username", "")).lower(), subject)
        if account is None or account.disabled:
            raise Problem("wrong-credentials")
        return opened(work, account, whence, second=settings.oidc_second_factor)


def _bound(work: Work, login: str, subject: str) -> t.Account | None:
    """An account that waits for the provider is bound to the subject for good; one with a password is not."""
    waits = (t.Account.login == login) & t.Account.subject.is_(None) & (t.Account.password_hash == "")
    account = work.session.scalars(select(t.Account).where(waits).with_for_update()).one_or_none()
    if account is not None:
        account.subject, account.must_change = subject, False
        work.did("account.bound", f"account/{account.id}", None, subject=subject)
    return account


def opened(work: Work, account: t.Account, whence: Whence, *, second: bool) -> str:
    """A new session for an account: its secret."""
    secret = new_secret()
    session = t.Session(
        secret_hash=hashed(secret),
        account_id=account.id,
        second=second,
        created_at=work.now,
        seen_at=work.now,
        address=whence.address,
        device=whence.device[:200],
    )
    work.session.add(session)
    work.did("session.opened", f"account/{account.id}", None, address=whence.address)
    return secret


def caller_of_cookie(service: Service, secret: str, request: str) -> Caller | None:
    """Who holds a session's secret, while it lasts."""
    now = service.store.now()
    with service.store.reading() as session:
        found = session.scalars(
            select(t.Session)
            .where(t.Session.secret_hash == hashed(secret))
            .options(selectinload(t.Session.account).selectinload(t.Account.person))
        ).one_or_none()
        if found is None or _over(found, service.settings, now) or found.account.disabled:
            return None
        deputed = lent(session, found.account_id, now)
        caller = Caller.of(
            found.account,
            Way.COOKIE,
            deputed,
            session_id=found.id,
            scopes=frozenset({"read", "write"}),
            waits_for=_waits_for(found.account, service.settings, deputed, second=found.second),
            request=request,
        )
        last, seen = found.seen_at, update(t.Session).where(t.Session.id == found.id).values(seen_at=now)
    _note_seen(service, last, seen)
    return caller


def caller_of_token(service: Service, secret: str, request: str) -> Caller | None:
    """Who holds a personal token."""
    now = service.store.now()
    with service.store.reading() as session:
        found = session.scalars(
            select(t.Token)
            .where(t.Token.secret_hash == hashed(secret))
            .options(selectinload(t.Token.account).selectinload(t.Account.person))
        ).one_or_none()
        if found is None or found.account.disabled or (found.expires_at and found.expires_at <= now):
            return None
        caller = Caller.of(
            found.account,
            Way.TOKEN,
            lent(session, found.account_id, now),
            session_id=None,
            scopes=frozenset(found.scopes),
            waits_for="password" if found.account.must_change else "",
            request=request,
        )
        last, seen = found.used_at, update(t.Token).where(t.Token.id == found.id).values(used_at=now)
    _note_seen(service, last, seen)
    return caller


def _note_seen(service: Service, last: datetime | None, seen: Update) -> None:
    """Write when somebody was here, but not at each of his requests."""
    if last is None or service.store.now() - last > SEEN_EVERY:
        with service.store.writing() as work:
            work.session.execute(seen)


def sign_out(work: Work, session_id: int) -> None:
    """End one session."""
    work.session.execute(delete(t.Session).where(t.Session.id == session_id))
    work.did("session.closed", f"session/{session_id}")


def end_all(work: Work, account_id: int, but: int | None = None) -> None:
    """End all sessions of an account, but perhaps the one that asks."""
    asked = delete(t.Session).where(t.Session.account_id == account_id)
    work.session.execute(asked if but is None else asked.where(t.Session.id != but))


def sweep(work: Work, settings: Settings) -> None:
    """Forget what is over: sessions, and failed tries that no longer count."""
    longest = work.now - timedelta(hours=settings.session_hours)
    idle = work.now - timedelta(minutes=settings.idle_minutes)
    work.session.execute(delete(t.Session).where(or_(t.Session.created_at < longest, t.Session.seen_at < idle)))
    work.session.execute(delete(t.FailedTry).where(t.FailedTry.at < work.now - WINDOW))


def _over(session: t.Session, settings: Settings, now: datetime) -> bool:
    idle = now - session.seen_at > timedelta(minutes=settings.idle_minutes) + SEEN_EVERY
    return idle or now - session.created_at > timedelta(hours=settings.session_hours)


def _waits_for(account: t.Account, settings: Settings, deputed: Iterable[Grant] = (), *, second: bool) -> str:
    if account.must_change:
        return "password"
    demanded = settings.second_factor == "required" and not settings.demo and powerful([*account.roles, *deputed])
    return "second-factor" if demanded and not second else ""


def _second(service: Service, account: t.Account, code: str, now: datetime) -> bool | None:
    """Whether a second factor was shown; None: a wrong one. Who has one must show it."""
    if not account.second_confirmed:
        return False
    if not code:
        raise Problem("second-factor-needed")
    return True if factors.accept(account, code, service.factors, now) else None


def _refuse_many(session: Session, login: str, address: str, now: datetime) -> None:
    """Refuse to look at a log-in after too many failed tries of the account, or from the address."""
    recent = select(func.count()).select_from(t.FailedTry).where(t.FailedTry.at > now - WINDOW)
    mine = session.scalar(recent.where(t.FailedTry.login == login[:64])) or 0
    theirs = session.scalar(recent.where(t.FailedTry.address == address)) or 0
    if mine >= TRIES or theirs >= TRIES_FROM:
        raise Problem("too-many", headers={"Retry-After": str(int(WINDOW.total_seconds()))})


def _note_failure(service: Service, login: str, whence: Whence) -> None:
    with service.store.writing() as work:
        work.session.add(t.FailedTry(login=login[:64], address=whence.address, at=work.now))
        work.did("session.refused", "login", None, login=login[:64], address=whence.address)
