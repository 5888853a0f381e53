"""The proof of emergency cover, as it is kept, and the refusal where it fails."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from api.http.problems import Problem
from constraints.certificate import Certificate
from domain.language import Text, day_text, plain


def below_floor(proof: Certificate) -> Problem:
    """The refusal that names the first minute below the emergency floor."""
    words = Text(
        "{day}{time}起应急人员只有{minimum}人, 底线{floor}人",
        "from {time} on {day} there are {minimum} emergency people; the floor is {floor}",
    )
    told = words.filled(
        day=day_text(proof.where.date()),
        time=plain(f"{proof.where:%H:%M}"),
        minimum=plain(proof.minimum),
        floor=plain(proof.floor),
    )
    return Problem("floor-broken", told, minutes_below=proof.minutes_below)


def certificate_row(proof: Certificate) -> dict[str, Any]:
    """A proof as it is kept."""
    return {**asdict(proof), "where": proof.where.isoformat(), "holds": proof.holds}
