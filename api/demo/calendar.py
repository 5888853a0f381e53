"""The demo agent's calendar, at an address that everybody knows, as the demo's passwords are."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from api.auth.rights import Role
from api.auth.secrets import hashed
from api.feeds.forms import Scope
from api.store import tables as t
from api.store.store import Work
from domain.language import Language

SECRET: Final = "paiban-demo-agent"  # noqa: S105 - of the demo


def add_calendar(work: Work) -> None:
    """A link of the agent's own calendar, with what may come of swaps."""
    account = work.session.scalars(select(t.Account).where(t.Account.login == Role.AGENT.value)).one()
    site_id = work.session.get_one(t.Person, account.person_id).site_id
    feed = t.Feed(account_id=account.id, scope=Scope.OWN.value, site_id=site_id, name="demo", swaps=True)
    feed.language, feed.secret_hash, feed.made_at = Language.ZH.value, hashed(SECRET), work.now
    work.session.add(feed)
    work.session.flush()
    work.did("feed.made", f"feed/{feed.id}", site_id, scope=feed.scope)
