"""`paiban user`: accounts from the console of the machine, for the first one and for emergencies."""

from __future__ import annotations

from typing import Annotated

import typer
from pydantic import SecretStr
from sqlalchemy import select

from api.auth import factors
from api.auth.accounts import add_account
from api.auth.forms import NewAccount, NewGrant
from api.auth.passwords import hash_password, refuse_weak
from api.auth.rights import Role
from api.auth.sessions import end_all
from api.cli.console import out
from api.cli.serve import opened
from api.settings import Settings
from api.speech import say
from api.store import tables as t
from domain.language import Refusal, Text, plain

user = typer.Typer(no_args_is_help=True, help=say("账号", "Accounts"))
Login = Annotated[str, typer.Argument(help=say("账号", "login"))]
Password = Annotated[
    str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, envvar="PAIBAN_NEW_PASSWORD")
]


@user.command("add", help=say("新建账号", "Make an account"))
def add(
    login: Login,
    name: Annotated[str, typer.Option(help=say("姓名", "name"))],
    role: Annotated[list[Role], typer.Option(help=say("角色", "role; may be given several times"))],
    password: Password,
    site: Annotated[str | None, typer.Option(help=say("站点", "site of the roles"))] = None,
) -> None:
    """An account with roles at a site, or over the whole group."""
    refuse_weak(password, login, name)
    grants = [NewGrant(role=each, site=site) for each in role]
    told = NewAccount(login=login, name=name, password=SecretStr(password), roles=grants)
    kept = hash_password(password)
    with opened(Settings()).writing() as work:
        made = add_account(work, told, kept, by=None)
    out.print(say("已建账号 {login}", "made {login}", login=made.login))


@user.command("reset", help=say("重设密码", "A new first password"))
def reset(
    login: Login,
    password: Password,
    forget: Annotated[
        bool, typer.Option("--forget-second-factor", help=say("同时取消动态验证码", "and no second factor"))
    ] = False,
) -> None:
    """A password that holds for the next log-in alone; all sessions end."""
    refuse_weak(password, login)
    kept = hash_password(password)
    with opened(Settings()).writing() as work:
        account = work.session.scalars(select(t.Account).where(t.Account.login == login.lower())).one_or_none()
        if account is None:
            raise Refusal(Text("没有账号“{login}”", "there is no account “{login}”").filled(login=plain(login)))
        account.password_hash, account.must_change = kept, True
        if forget:
            factors.forget(account)
        end_all(work, account.id)
        work.did("account.reset", f"account/{account.id}", None, console=True)
    out.print(say("已重设", "done"))
