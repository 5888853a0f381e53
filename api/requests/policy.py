"""How a site takes wishes: how much each person may wish for in a month."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class WishPolicy(BaseModel):
    """The budget of wishes: the same for everybody, and more for whose wishes were refused before."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    budget: int = Field(default=12, ge=1, le=999, description="weight of wishes a month and person")
    most_credit: int = Field(default=6, ge=0, le=999, description="weight refused before that comes on top, at most")
