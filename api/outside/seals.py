"""What addresses and secrets of the outside are sealed with, each kind with a key of its own."""

from __future__ import annotations

from api.auth.secrets import Seal
from api.settings import Settings


def channel_seal(settings: Settings) -> Seal:
    """Seals where people's channels are."""
    return Seal(settings.key(), "channel")


def hook_seal(settings: Settings) -> Seal:
    """Seals the secrets of webhooks."""
    return Seal(settings.key(), "webhook")
