from __future__ import annotations

from pathlib import Path

from api.example import MONTH, write_example
from api.plan import Inputs, prepare
from domain.time import Month


def test_the_example_is_complete_and_the_same_each_time(tmp_path: Path) -> None:
    write_example(tmp_path / "one")
    write_example(tmp_path / "two")
    names = {"site.yaml", "people.csv", "calls.csv.gz"}
    assert {path.name for path in (tmp_path / "one").iterdir()} == names
    assert all((tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in names)
    one = tmp_path / "one"
    prepared = prepare(Inputs(one / "site.yaml", one / "calls.csv.gz", one / "people.csv", Month.parse(MONTH)))
    situation = prepared.problem.situation
    assert (len(situation.agents), len(situation.site.shifts), len(situation.requirement.needs)) == (40, 5, 2 * 31 * 48)
    assert set(prepared.history.queues) == {"service", "emergency"}
    assert not prepared.history.cleaning["service"].duplicates
