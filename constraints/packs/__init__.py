"""Law packs: dated rules with their articles. A pack that is not named here does not exist."""

from __future__ import annotations

from datetime import date
from typing import Final

from constraints.packs.china import AVERAGED, AVERAGED_QUARTER, STANDARD
from constraints.packs.europe import EU, GERMANY
from constraints.packs.pack import Article, Pack
from constraints.packs.united_states import PRESETS
from domain.language import Refusal, Text, plain

NONE: Final = Pack("none", Text("不套用法规包", "no law pack"), date(1970, 1, 1), ())

PACKS: Final = (STANDARD, AVERAGED, AVERAGED_QUARTER, EU, GERMANY, *PRESETS, NONE)

__all__ = ["NONE", "PACKS", "Article", "Pack", "pack"]


def pack(pack_id: str) -> Pack:
    """The pack of an id; an unknown one is refused with those there are."""
    for found in PACKS:
        if found.id == pack_id:
            return found
    known = plain("、".join(each.id for each in PACKS))
    words = Text("没有法规包“{id}”, 已有: {known}", "there is no law pack “{id}”; known are {known}")
    raise Refusal(words.filled(id=plain(pack_id), known=known))
