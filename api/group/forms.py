"""Bodies and answers about the group and its sites."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field, SecretStr

from api.files.parts import Words
from api.files.site_form import SiteFile
from api.http.forms import Body, Code, Name, Note, Shown


class SetUp(Body):
    """The first step of an empty service: the group and its administrator."""

    group: Words
    login: Code
    name: Name
    password: SecretStr = Field(max_length=256)


class GroupShown(Shown):
    """The group."""

    name: dict[str, str]
    sites: int


class SiteShown(Shown):
    """A site as lists show it."""

    code: str
    name: dict[str, str]
    zone: str
    country: str
    households: int
    lines: int | None
    active: bool
    plan: int = Field(description="the number of its newest plan")


class PlanShown(Shown):
    """One version of a site's plan: works, shift types, contracts, targets, rules, cycle."""

    number: int
    document: dict[str, Any] = Field(description="as SITE.yaml (docs/files.md)")
    note: str
    made_at: datetime
    made_by: int | None


class PlanHead(Shown):
    """A version of a plan in a list."""

    number: int
    note: str
    made_at: datetime
    made_by: int | None


class NewPlan(Body):
    """A new version of a site's plan."""

    document: SiteFile
    note: Note = ""


class NewSite(Body):
    """A new site, by its first plan."""

    document: SiteFile


def site_shown(site: Any, plan: int) -> SiteShown:  # noqa: ANN401 - a row
    """A site as lists show it."""
    return SiteShown(
        code=site.code,
        name=site.name,
        zone=site.zone,
        country=site.country,
        households=site.households,
        lines=site.lines,
        active=site.active,
        plan=plan,
    )
