"""Three sites of a gas group, small, middle and large, filled the way users would fill them: from files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import func, select

from api.auth.accounts import add_account
from api.auth.forms import NewAccount, NewGrant
from api.auth.passwords import hash_password
from api.auth.rights import GROUP_WIDE, Role
from api.demand.calls import add_batch, batch_of
from api.demo.calendar import add_calendar
from api.demo.requests import add_requests
from api.demo.swaps import add_swaps
from api.example import site_document
from api.example.calls import draw_calls
from api.example.people import Crowd, write_people
from api.files.people import read_people
from api.files.site import SitePlan, plan_of
from api.files.site_form import SiteFile
from api.group.plans import add_site, newest, read_plan
from api.people.imports import take_people
from api.rosters.routes import opened_roster
from api.store import tables as t
from api.store.store import Store, Work
from domain.time import Days, Month
from forecasting.records import understand

PASSWORD: Final = "paiban-demo"  # noqa: S105 - told to everybody
SEED: Final = 20261125
SMALL_FLOOR: Final = 1


@dataclass(frozen=True, slots=True)
class DemoSite:
    """One site of the demo group."""

    code: str
    zh: str
    en: str
    prefix: str
    people: int
    households: int
    calls: float
    """How many times the calls of the usual site."""


SITES: Final = (
    DemoSite("xiling", "西岭燃气热线", "Xiling Gas hotline", "X", 12, 60_000, 0.03),
    DemoSite("binhai", "滨海燃气热线", "Binhai Gas hotline", "B", 40, 380_000, 1.0),
    DemoSite("jiangcheng", "江城燃气热线", "Jiangcheng Gas hotline", "J", 120, 1_400_000, 5.0),
)
HOME: Final = "binhai"
"""The site of the demo's agent and shift leader."""
NAMES: Final = {
    Role.AGENT: "坐席",
    Role.LEADER: "班长",
    Role.SCHEDULER: "排班员",
    Role.MANAGER: "主管",
    Role.ADMINISTRATION: "行政",
    Role.GENERAL: "总经理",
    Role.AUDITOR: "审计",
    Role.ADMIN: "管理员",
}
PEOPLE_OF: Final = {Role.AGENT: "B020", Role.LEADER: "B003"}


def fill(store: Store) -> bool:
    """Make the demo group in an empty store; whether it was empty."""
    with store.reading() as session:
        if session.scalar(select(func.count()).select_from(t.Group)):
            return False
    today = store.now().date()
    for number, site in enumerate(SITES):
        document = SiteFile.model_validate(_document(site))
        batch = _calls(site, plan_of(document), today)
        with store.writing() as work:
            if number == 0:
                work.session.add(t.Group(name={"zh": "示例燃气集团", "en": "Demo Gas Group"}, created_at=work.now))
                work.session.flush()
            row = add_site(work, document, by=None)
            add_batch(work, row.id, batch)
            _people(work, row, plan_of(document), site, today)
    with store.writing() as work:
        _accounts(work)
    with store.writing() as work:
        home = work.session.scalars(select(t.Site.id).where(t.Site.code == HOME)).one()
        add_calendar(work)
        add_swaps(work, home, PEOPLE_OF[Role.AGENT])
        add_requests(work, home, read_plan(newest(work.session, home)), PEOPLE_OF[Role.AGENT])
    return True


def planned(today: date) -> Month:
    """The month that the demo plans: the next."""
    return Month.of(Month.of(today).days.last + timedelta(days=1))


def worked(today: date) -> Month:
    """The month that the demo has behind it: the last whole one."""
    return Month.of(Month.of(today).days.first - timedelta(days=1))


def _document(site: DemoSite) -> dict[str, Any]:
    """The plan of the example, for a site of another size."""
    found = site_document()
    name = {"zh": site.zh, "en": site.en}
    found["site"] |= {"id": site.code, "name": name, "households": site.households}
    if site.people < 40:
        found["works"][1]["minimum"] = SMALL_FLOOR
        found["policy"] = [rule for rule in found["policy"] if rule["kind"] != "shift-leader"]
        found["policy"][0]["people"] = SMALL_FLOOR
    return found


def _calls(site: DemoSite, plan: SitePlan, today: date) -> t.CallBatch:
    """A year of calls until yesterday."""
    calls = draw_calls(SEED + site.people, Days(today - timedelta(days=365), today - timedelta(days=1)), site.calls)
    calls.index += 2
    return batch_of(understand(calls.astype(str), plan.site.zone), "calls.csv.gz", plan.site.zone)


def _people(work: Work, row: t.Site, plan: SitePlan, site: DemoSite, today: date) -> None:
    """People with leave and wishes; the month that runs and the one before were worked."""
    month = planned(today)
    running = Month.of(today).days
    before = worked(today).days
    crowd = Crowd(site.prefix, site.people, month, Days(before.first, running.last), _leave(site.people, month))
    with TemporaryDirectory(prefix="paiban-") as folder:
        path = Path(folder) / "people.csv"
        write_people(path, SEED + site.people, crowd)
        take_people(work, row, read_people(path, plan), month)
    opened_roster(work, row.id, month)


def _leave(people: int, month: Month) -> dict[int, str]:
    """Every eighth person is away for three to five days."""
    first = month.days.first
    spans = {number: (3 + number * 5 % 20, 2 + number % 3) for number in range(4, people + 1, 8)}
    return {
        number: f"{first + timedelta(days=begin)}..{first + timedelta(days=begin + length)} annual"
        for number, (begin, length) in spans.items()
    }


def _accounts(work: Work) -> None:
    """An account of every role; who builds rosters does so at all three sites."""
    kept = hash_password(PASSWORD)
    for role, name in NAMES.items():
        codes = [None] if role in GROUP_WIDE else [HOME] if role in PEOPLE_OF else [site.code for site in SITES]
        grants = [NewGrant(role=role, site=code) for code in codes]
        told = NewAccount(login=role.value, name=name, password=PASSWORD, number=PEOPLE_OF.get(role), roles=grants)
        add_account(work, told, kept, by=None, must_change=False)
