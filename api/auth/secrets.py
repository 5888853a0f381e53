"""Secrets: made at random, kept as hashes, sealed where they must be read again."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

OCTETS: Final = 32


def new_secret(prefix: str = "") -> str:
    """256 random bits, fit for a URL."""
    return prefix + secrets.token_urlsafe(OCTETS)


def hashed(secret: str) -> str:
    """What is kept of a random secret: with so many bits a plain hash is enough (ASVS 5.0, 6.5.2)."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Seal:
    """Seals what must be read again, with a key of its own for each purpose."""

    def __init__(self, key: bytes, purpose: str) -> None:
        derived = HKDF(SHA256(), OCTETS, None, purpose.encode()).derive(key)
        self._fernet = Fernet(base64.urlsafe_b64encode(derived))

    def close(self, words: str) -> bytes:
        """Sealed words."""
        return self._fernet.encrypt(words.encode())

    def open(self, sealed: bytes) -> str | None:
        """The words; None: sealed with another key, or touched."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            return None
