"""A cell of the roster in words: its shift, its work and, where they could lie elsewhere, its breaks."""

from __future__ import annotations

from api.pauses import pauses
from api.speech import say
from domain.roster import Duty
from domain.site import Site


def cell_words(duty: Duty | None, site: Site) -> str:
    """A duty, or rest."""
    if duty is None:
        return say("休", "rest")
    code = f"{duty.shift} ({duty.work})"
    if len(site.shift(duty.shift).layouts) < 2:
        return code
    return say("{code} 休息 {times}", "{code} break {times}", code=code, times=", ".join(pauses(duty, site)))
