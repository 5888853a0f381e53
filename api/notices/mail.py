"""Mail as a way outside: `smtp://`, `smtps://` or `smtp+starttls://user:password@host:port`."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

from domain.language import Refusal, Text

PATIENCE: Final = 20.0
PORTS: Final = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class Carrier(Protocol):
    """Takes letters to people outside."""

    def carry(self, letter: EmailMessage) -> None:
        """Hand a letter over; an OSError or SMTPException: it may be tried again."""


class Smtp:
    """Hands letters to a mail server, each over a connection of its own."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        if self._url.scheme not in PORTS or not self._url.hostname:
            words = Text("邮件地址应为 smtp://主机:端口", "mail goes to smtp://host:port, smtps:// or smtp+starttls://")
            raise Refusal(words)

    def carry(self, letter: EmailMessage) -> None:
        """Hand a letter over."""
        with self._server() as server:
            server.send_message(letter)

    @contextmanager
    def _server(self) -> Iterator[smtplib.SMTP]:
        host, port = str(self._url.hostname), self._url.port or PORTS[self._url.scheme]
        safe = ssl.create_default_context()
        kind = smtplib.SMTP(host, port, timeout=PATIENCE) if self._url.scheme != "smtps" else None
        with kind or smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=safe) as server:
            if self._url.scheme == "smtp+starttls":
                server.starttls(context=safe)
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            yield server


def message(sender: str, to: str, subject: str, body: str, name: str) -> EmailMessage:
    """A letter; its name is stable, so that one that is sent again is known (RFC 5322 3.6.4)."""
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Message-ID"] = f"<{name}@paiban>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(body)
    return letter
