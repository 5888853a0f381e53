"""The outside in the test: a letter box and a net that keep what they take, and answer as they are told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.message import EmailMessage
from typing import Any

from api.notices.send import Ways
from api.outside.courier import Bag, carry
from api.outside.post import Posted
from api.outside.seals import channel_seal, hook_seal
from tests.api.clients import World


class Pillar:
    """A letter box; faults are raised first, in order."""

    def __init__(self, *faults: Exception) -> None:
        self.letters: list[EmailMessage] = []
        self.faults = list(faults)

    def carry(self, letter: EmailMessage) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.letters.append(letter)


class Net:
    """Whoever is posted to; answers are given in order, then 200."""

    def __init__(self, *answers: int | Posted | Exception) -> None:
        self.asked: list[tuple[str, bytes, dict[str, str]]] = []
        self.answers = list(answers)

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        self.asked.append((url, body, dict(headers)))
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Posted) else Posted(answer)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body, _ in self.asked]


def bag(world: World, pillar: Pillar | None = None, net: Net | None = None) -> Bag:
    settings = world.service.settings
    sender, key, url = "排班 <roster@gas.example>", settings.key(), "https://paiban.example"
    ways = Ways(pillar, sender, net or Net(), channel_seal(settings), key, url)
    return Bag(world.store, ways, hook_seal(settings))


def carried(world: World, pillar: Pillar | None = None, net: Net | None = None) -> int:
    """One round of the courier."""
    return carry(bag(world, pillar, net))
