"""Sending notices: what is due for one address at once goes as one message, under the name of its first."""

from __future__ import annotations

import json
import logging
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Final

from jinja2 import Environment, PackageLoader, select_autoescape
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.secrets import Seal
from api.notices.fan import STALE
from api.notices.mail import Carrier, message
from api.notices.rows import Word, tell
from api.notices.words import letter_of
from api.outside import push, robots
from api.outside.box import DROPPED, Claims, settle, still_ours
from api.outside.outcome import LETTER_WAITS, Outcome, Verdict, outcome_of
from api.outside.post import Post, Posted
from api.outside.robots import Asked, Message
from api.store import tables as t
from api.store.store import Store, Work
from domain.language import Language, Text, plain
from domain.time import Zone

LOG: Final = logging.getLogger("paiban.notices")
TEMPLATES: Final = Environment(
    loader=PackageLoader("api.notices"), autoescape=select_autoescape(("html", "html.j2")), trim_blocks=False
)
FOR_GOOD: Final = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError)
"""What may be a server's last word."""
MOST_TOGETHER: Final = 20
PUSH: Final = "push"


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways outside."""

    carrier: Carrier | None
    """None: no mail."""
    sender: str
    post: Post
    seal: Seal
    """Of channels' addresses."""
    key: bytes
    """Of this service, from which its key for web push comes."""
    url: str
    """Where people reach the service."""


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in the language of who reads it."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """Notices for one address, in words."""

    name: str
    letters: tuple[Said, ...]
    language: Language
    email: str
    channel: t.Channel | None

    @property
    def subject(self) -> str:
        """Of all of it, on one line."""
        first = " ".join(self.letters[0].subject.split())
        if len(self.letters) == 1:
            return first
        words = Text("{n}条通知: {first} 等", "{n} notices: {first}, …")
        return words.filled(n=plain(len(self.letters)), first=plain(first)).said(self.language)


def deliver(store: Store, ways: Ways, claims: Claims) -> None:
    """Send some claimed deliveries of one address."""
    told = list(claims.items())
    for start in range(0, len(told), MOST_TOGETHER):
        _deliver(store, ways, dict(told[start : start + MOST_TOGETHER]))


def _deliver(store: Store, ways: Ways, claims: Claims) -> None:
    with store.writing() as work:
        parcel, mine = _packed(work, still_ours(work, claims))
    if parcel is None:
        return
    outcome = _tried(ways, parcel, store.now())
    with store.writing() as work:
        rows = list(work.session.scalars(select(t.Delivery).where(t.Delivery.id.in_(mine))))
        given_up = settle(work, rows, outcome, LETTER_WAITS)
        if parcel.channel is not None:
            _note(work, work.session.get_one(t.Channel, parcel.channel.id), outcome, given_up=given_up)


def _packed(work: Work, ids: Sequence[int]) -> tuple[Parcel | None, list[int]]:
    """What is still to be told of some deliveries; what was read meanwhile, or is stale, is dropped."""
    asked = select(t.Delivery, t.Notice).join(t.Notice, t.Notice.id == t.Delivery.notice_id)
    rows = work.session.execute(asked.where(t.Delivery.id.in_(ids)).order_by(t.Delivery.id)).all()
    fresh = [(each, notice) for each, notice in rows if not notice.read_at and notice.made_at > work.now - STALE]
    for each, _ in rows:
        if each.id not in {kept.id for kept, _ in fresh}:
            each.state, each.ended_at = DROPPED, work.now
    if not fresh:
        return None, []
    first, notice = fresh[0]
    account = work.session.get_one(t.Account, notice.account_id)
    if account.disabled:
        for each, _ in fresh:
            each.state, each.ended_at = DROPPED, work.now
        return None, []
    language, channel = Language(account.language), first.channel_id
    letters = tuple(_said(work.session, each, language) for _, each in fresh)
    email = account.person.email if account.person else ""
    found = work.session.get_one(t.Channel, channel) if channel else None
    return Parcel(first.name, letters, language, email, found), [each.id for each, _ in fresh]


def _said(session: Session, notice: t.Notice, language: Language) -> Said:
    site = session.get(t.Site, notice.site_id) if notice.site_id else None
    letter = letter_of(notice.kind, notice.facts, Zone(site.zone if site else "UTC"))
    return Said(letter.subject.said(language), letter.body.said(language))


def _tried(ways: Ways, parcel: Parcel, now: datetime) -> Outcome:
    """A try; what nobody foresaw ends this parcel and no other."""
    try:
        return _sent(ways, parcel, now)
    except Exception as fault:
        LOG.exception("notice", extra={"delivery": parcel.name})
        return Outcome(Verdict.REFUSED, reason=type(fault).__name__)


def _sent(ways: Ways, parcel: Parcel, now: datetime) -> Outcome:
    if parcel.channel is None:
        return _mailed(ways, parcel)
    address = ways.seal.open(parcel.channel.address)
    if address is None:
        return Outcome(Verdict.GONE, reason="sealed with another key")
    told = Message(parcel.subject, rendered("chat.txt.j2", ways, parcel).strip(), now)
    kind = parcel.channel.kind
    if kind == PUSH:
        who = f"mailto:{parseaddr(ways.sender)[1]}"
        return _posted(ways.post, push.pushed(json.loads(address), told, ways.key, who), push.outcome_of)
    return _posted(ways.post, robots.ROBOTS[kind](json.loads(address), told), robots.outcome_of)


def _mailed(ways: Ways, parcel: Parcel) -> Outcome:
    if ways.carrier is None or not parcel.email:
        return Outcome(Verdict.REFUSED, reason="no mail")
    body, html = (rendered(name, ways, parcel) for name in ("mail.txt.j2", "mail.html.j2"))
    letter = message(ways.sender, parcel.email, parcel.subject, body, parcel.name)
    letter.add_alternative(html, subtype="html")
    try:
        ways.carrier.carry(letter)
    except FOR_GOOD as fault:
        return Outcome(Verdict.REFUSED if _for_good(fault) else Verdict.AGAIN, reason=type(fault).__name__)
    except (OSError, smtplib.SMTPException) as fault:
        return Outcome(Verdict.AGAIN, reason=type(fault).__name__)
    return Outcome(Verdict.TAKEN)


def _for_good(fault: smtplib.SMTPException) -> bool:
    """Whether a server's refusal is its last word: 4xx asks to come again (RFC 5321 4.2.1)."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in fault.recipients.values())
    return not isinstance(fault, smtplib.SMTPDataError) or fault.smtp_code >= 500


def _posted(post: Post, asked: Asked, read: Callable[[Posted], Outcome]) -> Outcome:
    return outcome_of(lambda: post(asked.url, asked.body, asked.headers), read, Verdict.REFUSED)


def rendered(template: str, ways: Ways, parcel: Parcel) -> str:
    """A message by its template."""
    facts = {"letters": parcel.letters, "subject": parcel.subject, "url": ways.url}
    return TEMPLATES.get_template(template).render(zh=parcel.language is Language.ZH, **facts)


def _note(work: Work, channel: t.Channel, outcome: Outcome, *, given_up: bool) -> None:
    """How a channel fares; its owner is told once where it ends."""
    if outcome.verdict is Verdict.TAKEN:
        channel.revision += channel.state != "active"  # should it fail again, that is told again
        channel.state, channel.used_at = "active", work.now
    elif given_up:
        channel.state = "gone" if outcome.verdict is Verdict.GONE else "failing"
        facts = {"name": channel.name, "reason": outcome.reason}
        word = Word(None, "channel-failed", f"channel/{channel.id}/{channel.revision}")
        tell(work, word, {channel.account_id: facts})
