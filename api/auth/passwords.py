"""Passwords: argon2id, a cap on how many are worked out at a time, and no word that everybody knows."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from domain.language import Refusal, Text

SHORTEST, LONGEST = 10, 128
WEAKEST: Final = 2
"""By zxcvbn (Wheeler, USENIX Security 2016): 2 takes more than a million guesses, with a throttle enough."""
LOOKED_AT: Final = 72
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""ASVS 5.0, 11.4.2: at least 19 MiB and two passes."""
_AT_A_TIME: Final = BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """What is kept of a password."""
    with _AT_A_TIME:
        return _HASHER.hash(password)


def matches(kept: str, password: str) -> bool:
    """Whether a password is the one; where none is kept it takes as long and fails."""
    with _AT_A_TIME:
        try:
            _HASHER.verify(kept or _decoy(), password)
        except (VerificationError, InvalidHashError):
            return False
        return bool(kept)


def outdated(kept: str) -> bool:
    """Whether a hash was made with weaker settings than today's."""
    return _HASHER.check_needs_rehash(kept)


def refuse_weak(password: str, *known: str) -> None:
    """Refuse what is short, or what a guesser tries first; `known`: words about the person."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refusal(Text("密码长度应为10到128个字符", "a password has 10 to 128 characters"))
    if zxcvbn(password[:LOOKED_AT], user_inputs=[word for word in known if word])["score"] < WEAKEST:
        raise Refusal(Text("密码太容易被猜到, 请换一个", "this password is too easy to guess; take another"))


@cache
def _decoy() -> str:
    return _HASHER.hash("nobody has this password")
