"""Hard rules that somebody takes upon himself with a reason, and the refusal where nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.http.problems import Problem
from api.rosters.privacy import VEIL, veiled
from constraints.breach import Breach
from constraints.rule import Role
from domain.language import Language, Text, plain


@dataclass(frozen=True, slots=True)
class Waivers:
    """The hard rules that somebody takes upon himself, by kind, each with its reason; law and floor: nobody."""

    reasons: dict[str, str] = field(default_factory=dict)
    may: frozenset[Role] = frozenset()

    def covers(self, breach: Breach) -> bool:
        """Whether a breach is taken upon oneself by somebody who may."""
        rule = breach.rule
        return rule.waivable_by is not None and rule.waivable_by in self.may and rule.kind in self.reasons

    def left(self, breaches: Iterable[Breach]) -> list[Breach]:
        """The hard breaches that nobody took upon himself."""
        return [breach for breach in breaches if breach.hard and not self.covers(breach)]


def broken(breaches: Sequence[Breach], instead: Sequence[dict[str, Any]] = (), reader: str | None = None) -> Problem:
    """The refusal that names the hard rules against it, as its reader may know them; perhaps who could stand in."""
    errors = [_error(breach, reader) for breach in breaches[:50]]
    words = Text("有{count}处违反硬性规则", "{count} hard rules would be broken")
    told = words.filled(count=plain(len(breaches)))
    if instead:
        return Problem("rule-broken", told, errors=errors, instead=list(instead))
    return Problem("rule-broken", told, errors=errors)


def _error(breach: Breach, reader: str | None) -> dict[str, str]:
    if veiled(breach, reader):
        return {"rule": "private", "detail": VEIL.en, "detail_zh": VEIL.zh}
    return {"rule": breach.rule.kind, "detail": breach.said(Language.EN), "detail_zh": breach.said(Language.ZH)}
