"""One-time codes as a second factor (TOTP, RFC 6238): each code counts once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import pyotp

from api.auth.secrets import Seal
from api.store import tables as t

STEP: Final = 30
SLACK: Final = (0, -1, 1)
"""Steps by which the clock of a telephone may be off."""


def begin(account: t.Account, seal: Seal) -> str:
    """A new secret, not in force before it is confirmed."""
    secret = pyotp.random_base32()
    account.second_factor, account.second_confirmed, account.last_code = seal.close(secret), False, 0
    return secret


def address(secret: str, login: str) -> str:
    """What an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="Paiban")


def accept(account: t.Account, code: str, seal: Seal, now: datetime) -> bool:
    """Whether a code is right and was not used before; it is used up."""
    secret = seal.open(account.second_factor) if account.second_factor else None
    if secret is None:
        return False
    codes = pyotp.TOTP(secret)
    step = int(now.timestamp()) // STEP
    for off in SLACK:
        if step + off > account.last_code and pyotp.utils.strings_equal(codes.generate_otp(step + off), code.strip()):
            account.last_code = step + off
            return True
    return False


def forget(account: t.Account) -> None:
    """Take the second factor away."""
    account.second_factor, account.second_confirmed, account.last_code = None, False, 0
