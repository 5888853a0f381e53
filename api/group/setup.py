"""The first step of an empty service: the group and its administrator, once."""

from __future__ import annotations

from sqlalchemy import func, select

from api.auth.accounts import add_account
from api.auth.forms import NewAccount, NewGrant
from api.auth.passwords import hash_password, refuse_weak
from api.auth.rights import Role
from api.auth.sessions import Whence, opened
from api.group.forms import SetUp
from api.http.problems import Problem
from api.service import Service
from api.store import tables as t


def found_group(service: Service, told: SetUp, whence: Whence) -> str:
    """Create the group and its administrator; the secret of his first session."""
    password = told.password.get_secret_value()
    refuse_weak(password, told.login, told.name)
    kept = hash_password(password)
    with service.store.writing() as work:
        if work.session.scalar(select(func.count()).select_from(t.Group)):
            raise Problem("conflict")
        work.session.add(t.Group(name={"zh": told.group.zh, "en": told.group.en}, created_at=work.now))
        roles = [NewGrant(role=Role.ADMIN)]
        admin = NewAccount(login=told.login, name=told.name, password=told.password, roles=roles)
        account = add_account(work, admin, kept, by=None, must_change=False)
        work.did("group.made", "group", None, name=told.group.zh)
        return opened(work, account, whence, second=False)
