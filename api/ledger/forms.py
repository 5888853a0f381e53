"""Answers about accounts."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.http.forms import Shown
from api.ledger.accounts import Account


class BalanceShown(Shown):
    """What somebody brings into a month: duties above (or below) his share, by account; of wishes, their weight."""

    number: str
    name: str
    month: str
    accounts: dict[Account, float]


class EntryShown(Shown):
    """One booking."""

    id: int
    month: str
    account: Account
    amount: float = Field(description="duties, or weight of wishes; above nought: more than the share")
    cause: str
    matter: str
    said: str
    made_at: datetime
