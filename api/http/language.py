"""The language of an answer: what the browser likes best of the two."""

from __future__ import annotations

from domain.language import Language


def preferred(header: str | None, otherwise: Language = Language.ZH) -> Language:
    """Read Accept-Language (RFC 9110, 12.5.4): the first of the best that the product speaks."""
    best, found = 0.0, otherwise
    for part in (header or "").split(","):
        tag, _, weight = part.strip().partition(";")
        quality = _quality(weight)
        known = {"zh": Language.ZH, "en": Language.EN}.get(tag.strip().lower()[:2])
        if known and quality > best:
            best, found = quality, known
    return found


def _quality(weight: str) -> float:
    try:
        return float(weight.strip().removeprefix("q=")) if weight else 1.0
    except ValueError:
        return 0.0
