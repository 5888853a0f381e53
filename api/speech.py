"""The language of the one who listens: PAIBAN_LANGUAGE, else the locale of the terminal."""

from __future__ import annotations

import os

from domain.language import Language, Text


def language() -> Language:
    """Chinese where the environment says so, English elsewhere."""
    told = next(
        (os.environ[name] for name in ("PAIBAN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return Language.ZH if told.lower().startswith("zh") else Language.EN


def say(zh: str, en: str, **facts: object) -> str:
    """Words in the listener's language, with their fields filled."""
    return Text(zh, en).filled(**facts).said(language())
