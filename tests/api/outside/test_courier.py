"""Couriers of several workers at one box: everything is carried, and nothing twice while nobody dies."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select

from api.auth.rights import Role
from api.hooks.send import fan_out_events
from api.notices.fan import fan_out
from api.notices.rows import Word, tell
from api.notices.send import deliver
from api.outside.box import LEASE, claim
from api.outside.courier import Bag, Courier, carry
from api.store import tables as t
from tests.api.clients import World
from tests.api.notices.outgoing import Net, Pillar, bag, carried
from tests.api.rosters.solved import staffed

PEOPLE = 12


def told(world: World) -> list[str]:
    """A notice for each of many people with an address, and an event for a webhook each."""
    staffed(world)
    admin = world.of_role(Role.ADMIN, None)
    admin.post("/api/v1/hooks", json={"name": "ERP", "url": "https://erp.gas.example/", "events": ["person.added"]})
    for number in range(PEOPLE):
        world.account(f"a{number}", (Role.AGENT, "harbour"))
    with world.store.writing() as work:
        site = work.session.scalars(select(t.Site).where(t.Site.code == "harbour")).one()
        accounts = work.session.scalars(select(t.Account).where(t.Account.login.startswith("a"))).all()
        for account in (each for each in accounts if each.login[1:].isdigit()):
            person = t.Person(site_id=site.id, number=f"N{account.id}", name="x", contract="full", created_at=work.now)
            person.email = f"{account.login}@gas.example"
            account.person = person
            work.session.flush()
            tell(work, Word(site.id, "wishes-open", "1"), {account.id: {"month": "2026-12"}})
            work.did("person.added", f"person/{person.number}", site.id)
    return [f"a{number}@gas.example" for number in range(PEOPLE)]


def test_several_couriers_carry_everything_once(world: World) -> None:
    addresses = told(world)
    pillar, net = Pillar(), Net()
    bags = [bag(world, pillar, net) for _ in range(4)]
    with ThreadPoolExecutor(4) as workers:
        for _ in range(3):
            list(workers.map(carry, bags))
    assert Counter(letter["To"] for letter in pillar.letters) == Counter(addresses)
    assert Counter(headers["webhook-id"] for _, _, headers in net.asked).most_common(1)[0][1] == 1
    assert len(net.asked) == PEOPLE
    with world.store.reading() as session:
        assert set(session.scalars(select(t.Delivery.state))) == {"sent"}


def test_what_a_courier_held_when_he_died_comes_again_under_its_name(world: World) -> None:
    told(world)
    fan_out(world.store, mail=True)
    fan_out_events(world.store)
    held = {**claim(world.store, hooks=False), **claim(world.store, hooks=True)}
    assert len(held) == 2 * PEOPLE
    assert carried(world, Pillar(), Net()) == 0
    world.time.passes(seconds=(LEASE + timedelta(seconds=1)).total_seconds())
    net = Net()
    assert carried(world, Pillar(), net) == 2 * PEOPLE
    with world.store.reading() as session:
        assert set(session.scalars(select(t.Delivery.tries))) == {2}


def test_a_courier_goes_his_rounds_and_stops(embedded: World) -> None:
    addresses = told(embedded)
    pillar = Pillar()
    courier = Courier(bag(embedded, pillar), every=0.01)
    courier.start()
    courier.stop()
    while carried(embedded, pillar):
        pass
    assert {letter["To"] for letter in pillar.letters} == set(addresses)


def test_the_bag_of_a_service_has_what_its_settings_tell(embedded: World) -> None:
    made = Bag.of(embedded.service)
    assert made.ways.carrier is None
    assert made.ways.url == embedded.service.settings.public_url


def test_what_another_took_over_is_not_sent_again(world: World) -> None:
    told(world)
    fan_out(world.store, mail=True)
    held = claim(world.store, hooks=False)
    world.time.passes(seconds=LEASE.total_seconds() + 1)
    pillar = Pillar()
    assert carried(world, pillar) >= PEOPLE
    late = bag(world, pillar)
    deliver(late.store, late.ways, held)
    assert len(pillar.letters) == PEOPLE
