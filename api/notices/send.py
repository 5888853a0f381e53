"""Sending notices outside: after the change they tell of is committed, each at least once and under a stable name."""

from __future__ import annotations

import logging
import smtplib
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Final

from sqlalchemy import Select, select

from api.http.problems import Problem
from api.notices.mail import Carrier, message
from api.notices.words import letter_of
from api.store import tables as t
from api.store.store import Store
from domain.language import Language, Text
from domain.time import Zone

LOG: Final = logging.getLogger("paiban.notices")
FOR_GOOD: Final = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError)
"""What will not go better the next time."""
BATCH: Final = 200
STALE: Final = timedelta(days=3)
"""Older notices are for the inbox alone: a mail server that was away does not flood people afterwards."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The ways outside, and who writes."""

    carrier: Carrier
    sender: str


def send_notices(store: Store, outside: Outside, site_id: int) -> tuple[int, int]:
    """Send what a site's people were not sent yet; how many were taken, and how many addresses were refused.

    Raises a `Problem` when the server cannot be reached: what is left is sent by the next job.
    """
    taken = refused = 0
    for number, letter in _letters(store, outside, site_id):
        try:
            outside.carrier.carry(letter)
            taken += 1
        except FOR_GOOD as fault:
            LOG.warning("letter refused: %s", type(fault).__name__, extra={"notice": number})
            refused += 1
        except (OSError, smtplib.SMTPException) as fault:
            raise Problem("busy", Text("邮件服务器不可用", "the mail server is not available")) from fault
        with store.writing() as work:
            work.session.get_one(t.Notice, number).sent_at = work.now
    return taken, refused


def unsent(store: Store, site_id: int) -> Select[t.Notice, t.Account, str, str]:
    """The notices of a site that have an address and were not sent."""
    return (
        select(t.Notice, t.Account, t.Person.email, t.Site.zone)
        .join(t.Account, t.Account.id == t.Notice.account_id)
        .join(t.Person, t.Person.id == t.Account.person_id)
        .join(t.Site, t.Site.id == t.Notice.site_id)
        .where(t.Notice.site_id == site_id, t.Notice.sent_at.is_(None), t.Notice.read_at.is_(None))
        .where(t.Notice.made_at > store.now() - STALE, t.Person.email != "", ~t.Account.disabled)
        .order_by(t.Notice.id)
    )


def _letters(store: Store, outside: Outside, site_id: int) -> list[tuple[int, EmailMessage]]:
    with store.reading() as session:
        rows = session.execute(unsent(store, site_id).limit(BATCH)).all()
        return [(row[0].id, _letter(outside, *row)) for row in rows]


def _letter(outside: Outside, notice: t.Notice, account: t.Account, email: str, zone: str) -> EmailMessage:
    words, language = letter_of(notice.kind, notice.facts, Zone(zone)), Language(account.language)
    subject, body = words.subject.said(language), words.body.said(language)
    return message(outside.sender, email, subject, body, f"notice-{notice.id}")
