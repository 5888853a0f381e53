"""Why somebody cannot work is between him and who keeps the roster: colleagues hear that he cannot, and no more."""

from __future__ import annotations

from typing import Final

from constraints.breach import Breach
from domain.language import Text

PRIVATE: Final = frozenset({"leave", "unavailable", "protected", "protected-hours"})
VEIL: Final = Text("有同事因个人原因不能上这个班", "a colleague cannot work this duty, for reasons of his own")


def veiled(breach: Breach, reader: str | None) -> bool:
    """Whether a breach is not for a reader, by his number; None: who keeps the roster, who reads everything."""
    if reader is None or breach.rule.kind not in PRIVATE:
        return False
    return breach.about.agent is None or breach.about.agent.id != reader
