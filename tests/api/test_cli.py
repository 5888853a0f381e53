from __future__ import annotations

import csv
import json
import re
import shutil
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from api.cli import app, main
from api.cli.console import BAD_INPUT, BROKEN, CLEAN, NO_ROSTER
from api.cli.forecast import ModelName
from api.files.people import read_people
from api.files.site import read_site
from domain.faults import BadInput
from forecasting.models import ENSEMBLES, EXTRAS, MODELS
from tests.api import harbour
from tests.forecasting import series

run = CliRunner()


def paiban(*words: object) -> Result:
    return run.invoke(app, [str(word) for word in words], catch_exceptions=True)


def plan(folder: Path, out: Path, *more: object) -> Result:
    files = "--calls", folder / "calls.csv.gz", "--people", folder / "people.csv"
    return paiban("plan", folder / "site.yaml", *files, "--month", "2026-12", "--out", out, "--seconds", 5, *more)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    folder = tmp_path_factory.mktemp("site")
    lines = "lines:\n  - {id: main, label: 应急, works: [emergency, service], desk: '8001'}\n"
    (folder / "site.yaml").write_text(harbour.SITE + lines, encoding="utf-8")
    (folder / "people.csv").write_text(harbour.PEOPLE, encoding="utf-8")
    harbour.calls(folder / "calls.csv.gz")
    return folder, plan(folder, folder / "plan", "--json")


def test_the_plan_writes_every_file_it_promises(planned: tuple[Path, Result]) -> None:
    folder, result = planned
    assert result.exit_code == CLEAN, result.output
    made = {path.relative_to(folder / "plan").as_posix() for path in (folder / "plan").rglob("*") if path.is_file()}
    single = {"forecast.csv", "requirement.csv", "roster.csv", "roster.xlsx", "report.html", "certificate.json"}
    single |= {"lines.csv"}
    assert made == single | {f"feeds/P{number}.ics" for number in range(1, 9)}


def test_a_line_with_people_around_the_clock_leads_to_its_desk_at_every_minute(planned: tuple[Path, Result]) -> None:
    led = rows(planned[0] / "plan" / "lines.csv")
    assert {row["target"] for row in led} == {"desk"}
    assert (led[0]["start"], led[-1]["end"]) == ("2026-12-01T00:00:00+08:00", "2027-01-01T00:00:00+08:00")


def test_the_headers_are_those_of_the_documents(planned: tuple[Path, Result]) -> None:
    out = planned[0] / "plan"
    assert list(rows(out / "forecast.csv")[0]) == ["start", "mean", "p10", "p90"]
    assert list(rows(out / "requirement.csv")[0]) == ["start", "skill", "heads", "fractional", "worth"]
    header = ["agent_id", "name", "date", "shift", "start", "end", "work", "breaks"]
    assert list(rows(out / "roster.csv")[0]) == header


def test_breaks_lie_where_the_shift_lets_them(planned: tuple[Path, Result]) -> None:
    early = {row["breaks"] for row in rows(planned[0] / "plan" / "roster.csv") if row["shift"] == "早"}
    assert early <= {"11:00–11:30", "11:30–12:00", "12:00–12:30"}


def test_the_emergency_floor_holds_at_every_minute_counted_from_the_file_alone(planned: tuple[Path, Result]) -> None:
    heads: defaultdict[datetime, int] = defaultdict(int)
    for row in rows(planned[0] / "plan" / "roster.csv"):
        moment = datetime.fromisoformat(row["start"]).astimezone(UTC)
        while moment < datetime.fromisoformat(row["end"]):
            heads[moment] += 1
            moment += timedelta(minutes=30)
    first = datetime.fromisoformat("2026-12-01T00:00:00+08:00").astimezone(UTC)
    assert all(heads[first + timedelta(minutes=30 * number)] >= 1 for number in range(31 * 48))


def test_the_certificate_speaks_of_this_roster(planned: tuple[Path, Result]) -> None:
    facts = json.loads((planned[0] / "plan" / "certificate.json").read_text(encoding="utf-8"))
    assert (facts["holds"], facts["minimum"] >= 1, facts["minutes"]) == (True, True, 31 * 1440)
    assert json.loads(planned[1].stdout)["certificate"] == facts


def test_the_check_finds_the_plan_clean_and_says_so_in_json(planned: tuple[Path, Result]) -> None:
    folder = planned[0]
    result = paiban(
        "check", folder / "plan" / "roster.csv", folder / "site.yaml", "--people", folder / "people.csv", "--json"
    )
    found = json.loads(result.stdout)
    assert (result.exit_code, found["clean"], found["hard"]) == (CLEAN, True, [])
    assert found["score"] == json.loads(planned[1].stdout)["score"]


def test_pins_leave_and_history_are_in_the_roster(planned: tuple[Path, Result]) -> None:
    cells = {(row["agent_id"], row["date"]): row["shift"] for row in rows(planned[0] / "plan" / "roster.csv")}
    assert cells["P3", "2026-12-03"] == "早"
    assert ("P4", "2026-12-04") not in cells
    assert not {("P1", f"2026-12-0{day}") for day in (7, 8, 9)} & cells.keys()


def test_a_broken_roster_is_told_in_words_with_exit_code_one(planned: tuple[Path, Result], tmp_path: Path) -> None:
    folder = planned[0]
    lines = (folder / "plan" / "roster.csv").read_text(encoding="utf-8-sig").splitlines()
    night = next(line for line in lines if ",夜," in line and "2026-12-1" in line)
    broken = tmp_path / "roster.csv"
    broken.write_text("\n".join(line for line in lines if line != night), encoding="utf-8")
    result = paiban("check", broken, folder / "site.yaml", "--people", folder / "people.csv")
    assert result.exit_code == BROKEN
    assert "at least 1 emergency people must be available" in result.stdout


def test_the_month_grid_can_be_read_back(planned: tuple[Path, Result]) -> None:
    sheet = load_workbook(planned[0] / "plan" / "roster.xlsx").active
    assert sheet is not None
    cells = {(row["agent_id"], row["date"]): row["shift"] for row in rows(planned[0] / "plan" / "roster.csv")}
    people = {str(sheet.cell(row, 2).value): row for row in range(4, 12)}
    for agent, row in people.items():
        for day in range(1, 32):
            shown = sheet.cell(row, 4 + day).value
            assert cells.get((agent, f"2026-12-{day:02d}")) == (shown if shown in {"早", "中", "夜"} else None)


def test_each_feed_holds_the_persons_duties_and_nobody_elses(planned: tuple[Path, Result]) -> None:
    duties = [row for row in rows(planned[0] / "plan" / "roster.csv") if row["date"] >= "2026-12-01"]
    for number in range(1, 9):
        text = (planned[0] / "plan" / "feeds" / f"P{number}.ics").read_bytes()
        events = Calendar.from_ical(text).walk("VEVENT")
        starts = sorted(event.decoded("dtstart").isoformat() for event in events)
        assert starts == sorted(row["start"] for row in duties if row["agent_id"] == f"P{number}")
        others = {f"员工{other}" for other in range(1, 9)} - {f"员工{number}"}
        assert not any(name in text.decode() for name in others)


def test_the_report_is_one_file_that_asks_for_nothing_else(planned: tuple[Path, Result]) -> None:
    page = (planned[0] / "plan" / "report.html").read_text(encoding="utf-8")
    assert "Harbour Gas" in page
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert all(f"员工{number}" in page for number in range(1, 9))


BAD = [
    ("people.csv", "P2,员工2", "P1,员工2", "people.csv, row 3, “id”: two people have the id “P1”"),
    ("people.csv", "..2026-12-09", "..2026-12-39", "row 2, “leave”: “2026-12-39” is not a date"),
    ("people.csv", "2026-12-25 on 早", "2026-12-25 on 飞", "people.csv, row 3, “wishes”: there is no shift “飞”"),
    ("people.csv", "P5,员工5,full", "P5,员工5,half", "people.csv, row 6, “contract”: there is no contract “half”"),
    ("people.csv", "contract,skills", "contract,talents", "“skills”: column “skills/skill/技能/证书” is missing"),
    ("people.csv", "2026-11-30 中", "2026-12-02 中", "people.csv, “duties”: the duty on Wed 2 Dec is not before"),
    ("people.csv", "P6,", "P 6,", "people.csv, row 7, “id”: “P 6” is no id"),
    ("site.yaml", "start: \"08:00\"", "begin: \"08:00\"", "site.yaml, row 8, “shifts[1]"),
    ("site.yaml", "zone: Asia/Shanghai", "zone: Asia/Shanhai", "row 1, “site.zone”: there is no time zone “Asia"),
    ("site.yaml", "kind: leave", "kind: holiday", "there is no such rule"),
    ("site.yaml", "people: 1}", "people: none}", "site.yaml, row 15, “policy[1].people”"),
    ("site.yaml", "works: [service, emergency]", "works: [sales]", "site.yaml: shift “早” serves “sales”"),
    ("site.yaml", "works:\n", "works: [\n", "site.yaml, row"),
    ("site.yaml", "target: \"answered:0.80\"", "target: \"80%\"", "row 5, “works[1].target”: “80%” is not"),
    ("site.yaml", "end: \"16:00\"", "end: \"16:00:30\"", "row 8, “shifts[1].end”: hours and"),
    ("site.yaml", "country: CN", "country: ZZ", "row 1, “site.country”: there is no calendar for country “ZZ”"),
    ("site.yaml", "calls: {queue", "calls: {interval: 7, queue", "row 3, “calls.interval”"),
    ("site.yaml", "contracts:\n", "contracts:\n  - {id: full, label: twice}\n", "contract “full” is named twice"),
    ("people.csv", "P2,员工2,full,service;", "P2,员工2,full,servize;", "row 3, “skills”: there is no skill “servize”"),
    ("people.csv", "P2,员工2", "p1,员工2", "row 3, “id”: two people have the id “p1”"),
    ("people.csv", "id,name,contract", "id,id,contract", "people.csv, row 1: the heading “id” is there twice"),
    ("people.csv", "P8,员工8", "P8,员工8,more", "people.csv, row 9: has more cells than the heading"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), BAD)
def test_bad_input_ends_in_one_clear_message_and_nothing_is_written(
    folder: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    old: str,
    new: str,
    said: str,
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    code, message = as_command(monkeypatch, capfd, folder)
    assert (code, said in message) == (BAD_INPUT, True), message
    assert "Traceback" not in message
    assert {path.name for path in folder.iterdir()} == {"site.yaml", "people.csv", "calls.csv.gz"}


def as_command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], folder: Path) -> tuple[int, str]:
    words = [
        "paiban",
        "plan",
        "site.yaml",
        "--calls",
        "calls.csv.gz",
        "--people",
        "people.csv",
        "--month",
        "2026-12",
        "--out",
        "plan",
    ]
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit) as ended:
        main()
    return int(str(ended.value.code)), capfd.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not gzip at all", "calls.csv.gz: is not a whole gzip file"),
        (b"", "calls.csv.gz: is empty"),
        (None, "calls.csv.gz: there is no such file"),
    ],
)
def test_a_call_file_that_is_not_what_it_says_is_refused(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, content: bytes | None, said: str
) -> None:
    (folder / "calls.csv.gz").unlink()
    if content is not None:
        (folder / "calls.csv.gz").write_bytes(content)
    code, message = as_command(monkeypatch, capfd, folder)
    assert (code, said in message) == (BAD_INPUT, True), message


@pytest.mark.parametrize(
    ("out", "said"),
    [("people.csv", "is a file, not a folder"), ("people.csv/deep/plan", "is a file, not a folder")],
)
def test_a_place_that_cannot_be_written_is_refused_before_the_work(folder: Path, out: str, said: str) -> None:
    before = (folder / "people.csv").read_bytes()
    result = plan(folder, folder / out)
    assert isinstance(result.exception, BadInput)
    assert said in str(result.exception)
    assert (folder / "people.csv").read_bytes() == before


EDITED = [
    ("date", "2026-12-01", "2026-12-32", "“2026-12-32” is not a date that exists"),
    ("agent_id", "P1", "P77", "there is nobody with the id “P77”"),
    ("shift", "早", "飞", "there is no shift “飞”"),
    ("start", "T08:00:00", "T09:30:00", "is not the time of this shift"),
    ("breaks", "1[12]:.0", "15:00", "does not let a break lie at “15:00"),
    ("breaks", "1[12]:.0", "noon", "does not tell the breaks (1 of them)"),
]


@pytest.mark.parametrize(("column", "old", "new", "said"), EDITED)
def test_a_roster_edited_by_hand_is_refused_with_row_and_column(
    planned: tuple[Path, Result], tmp_path: Path, column: str, old: str, new: str, said: str
) -> None:
    frame = pd.read_csv(planned[0] / "plan" / "roster.csv", dtype=str, encoding="utf-8-sig")
    place = int(frame[column].fillna("").str.contains(old).to_numpy().argmax())
    frame.loc[place, column] = re.sub(old, new, str(frame.loc[place, column]))
    frame.to_csv(tmp_path / "edited.csv", index=False)
    folder = planned[0]
    result = paiban(
        "check", tmp_path / "edited.csv", folder / "site.yaml", "--people", folder / "people.csv", "--month", "2026-12"
    )
    assert isinstance(result.exception, BadInput)
    assert (result.exception.row, result.exception.column) == (place + 2, column)
    assert said in str(result.exception)


def test_the_same_duty_twice_is_refused(planned: tuple[Path, Result], tmp_path: Path) -> None:
    folder = planned[0]
    lines = (folder / "plan" / "roster.csv").read_text(encoding="utf-8-sig").splitlines()
    (tmp_path / "twice.csv").write_text("\n".join([*lines, lines[-1]]), encoding="utf-8")
    result = paiban("check", tmp_path / "twice.csv", folder / "site.yaml", "--people", folder / "people.csv")
    assert isinstance(result.exception, BadInput)
    assert f"is the same duty as row {len(lines)}" in str(result.exception)


def test_faults_are_told_in_chinese_to_who_reads_chinese(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIBAN_LANGUAGE", "zh")
    text = (folder / "people.csv").read_text(encoding="utf-8").replace("P2,", "P1,")
    (folder / "people.csv").write_text(text, encoding="utf-8")
    assert "people.csv 第3行 “id”: 工号“P1”出现两次" in as_command(monkeypatch, capfd, folder)[1]


def test_a_month_without_enough_people_says_which_rule_on_which_day_lacks_how_many(folder: Path) -> None:
    lines = (folder / "people.csv").read_text(encoding="utf-8").splitlines()
    (folder / "people.csv").write_text("\n".join(lines[:4]), encoding="utf-8")
    result = plan(folder, folder / "plan")
    assert result.exit_code == NO_ROSTER
    assert "at least 1 emergency people must be available, 0 are, 1 missing" in result.output
    assert not (folder / "plan").exists()


def test_a_second_plan_replaces_the_first_and_leaves_other_files_alone(
    planned: tuple[Path, Result], tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(planned[0], folder)
    (folder / "plan" / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "plan" / "feeds" / "P99.ics").write_text("stale", encoding="utf-8")
    assert plan(folder, folder / "plan").exit_code == CLEAN
    assert (folder / "plan" / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not (folder / "plan" / "feeds" / "P99.ics").exists()


def test_a_forecast_from_an_excel_file_is_the_one_from_csv(folder: Path) -> None:
    pd.read_csv(folder / "calls.csv.gz", dtype=str).to_excel(folder / "calls.xlsx", index=False)
    for name in ("calls.csv.gz", "calls.xlsx"):
        common = (
            "--month",
            "2026-12",
            "--timezone",
            "Asia/Shanghai",
            "--country",
            "CN",
            "--out",
            folder / f"{name}.out.csv",
        )
        assert paiban("forecast", "--calls", folder / name, *common).exit_code == CLEAN
    one, other = ((folder / f"{name}.out.csv").read_bytes() for name in ("calls.csv.gz", "calls.xlsx"))
    assert one == other
    assert one.count(b"\n") == 1 + 31 * 48


def test_staffing_reads_any_forecast_and_keeps_its_offsets(folder: Path) -> None:
    (folder / "f.csv").write_text(
        "start,mean\n2026-12-01T00:00:00+08:00,0\n2026-12-01T00:30:00+08:00,60\n", encoding="utf-8"
    )
    result = paiban(
        "staff", "--forecast", folder / "f.csv", "--target", "sl:0.80/20", "--out", folder / "r.csv", "--json"
    )
    assert json.loads(result.stdout)["most_heads"] == 10
    assert [(row["start"], row["skill"], row["heads"]) for row in rows(folder / "r.csv")] == [
        ("2026-12-01T00:00:00+08:00", "service", "0"),
        ("2026-12-01T00:30:00+08:00", "service", "10"),
    ]


def test_erlang_prints_the_keys_that_programs_read() -> None:
    words = "--calls", 60, "--interval", 1800, "--aht", 240, "--agents", 10, "--within", 20, "--json"
    patient = json.loads(paiban("erlang", "--model", "a", "--patience", 180, *words).stdout)
    assert patient["service_level"] == pytest.approx(0.804380, abs=1e-6)
    assert set(patient) == {"service_level", "abandoned", "p_wait", "mean_wait_s", "occupancy", "overloaded"}
    endless = json.loads(paiban("erlang", "--model", "c", "--calls", 600, *words[2:]).stdout)
    assert (endless["mean_wait_s"], endless["overloaded"]) == (None, True)
    silent = json.loads(paiban("erlang", "--model", "c", "--calls", 0, *words[2:]).stdout)
    assert (silent["service_level"], silent["occupancy"]) == (1.0, 0.0)


def test_every_rule_is_listed() -> None:
    listed = paiban("rules").stdout
    assert all(kind in listed for kind in ("emergency-floor", "daily-rest", "fair-share"))


def test_people_may_come_from_excel_with_its_own_dates(folder: Path) -> None:
    people = pd.read_csv(folder / "people.csv", dtype=str)
    people["leave"] = [pd.Timestamp("2026-12-07"), *[None] * 7]
    people["wishes"] = ["2026/12/24 off*3", *[""] * 7]
    people.to_excel(folder / "people.xlsx", index=False)
    found = read_people(folder / "people.xlsx", read_site(folder / "site.yaml"))
    assert [str(leave.days.first) for leave in found.leaves] == ["2026-12-07"]
    assert [str(wish.day) for wish in found.wishes] == ["2026-12-24"]


@pytest.mark.parametrize("model", ["ensemble", *MODELS])
def test_every_forecaster_can_be_asked_for(folder: Path, model: str) -> None:
    out = folder / "f.csv"
    common = "--month", "2026-12", "--timezone", "Asia/Shanghai", "--out", out
    assert paiban("forecast", "--calls", folder / "calls.csv.gz", *common, "--model", model).exit_code == CLEAN
    assert len(rows(out)) == 31 * 48


def test_the_command_offers_every_forecaster() -> None:
    assert [name.value for name in ModelName] == [*ENSEMBLES, *MODELS, *EXTRAS]


def test_an_option_that_cannot_be_read_is_told_in_the_listeners_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIBAN_LANGUAGE", "zh")
    result = paiban("forecast", "--calls", "x", "--month", "2026-13", "--timezone", "Asia/Shanghai", "--out", "y")
    assert result.exit_code == BAD_INPUT
    assert "“2026-13”不是月份" in result.output


def test_people_may_hold_certificates_that_no_rule_asks_for(folder: Path) -> None:
    text = (
        (folder / "people.csv")
        .read_text(encoding="utf-8")
        .replace("service; emergency", "service; emergency; first aid")
    )
    (folder / "people.csv").write_text(text, encoding="utf-8")
    found = read_people(folder / "people.csv", read_site(folder / "site.yaml"))
    assert found.agents[0].certificates[2].skill == "first aid"


def test_a_month_too_far_from_the_records_is_refused(folder: Path) -> None:
    common = "--timezone", "Asia/Shanghai", "--out", folder / "f.csv"
    result = paiban("forecast", "--calls", folder / "calls.csv.gz", "--month", "2027-06", *common)
    assert isinstance(result.exception, BadInput)
    assert "too far from Tue 1 Jun" in str(result.exception)


def test_a_forecast_may_come_in_any_order(folder: Path) -> None:
    times = [f"2026-12-01T{hour:02d}:00:00+08:00" for hour in (2, 0, 1)]
    (folder / "f.csv").write_text("start,mean\n" + "".join(f"{moment},5\n" for moment in times), encoding="utf-8")
    assert paiban("staff", "--forecast", folder / "f.csv", "--out", folder / "r.csv").exit_code == CLEAN
    assert [row["start"] for row in rows(folder / "r.csv")] == sorted(times)


def test_calls_without_a_queue_among_named_ones_are_refused(folder: Path) -> None:
    frame = pd.read_csv(folder / "calls.csv.gz", dtype=str).assign(queue="a")
    frame.loc[5, "queue"] = ""
    frame.to_csv(folder / "calls.csv", index=False)
    common = "--month", "2026-12", "--timezone", "Asia/Shanghai", "--out", folder / "f.csv"
    result = paiban("forecast", "--calls", folder / "calls.csv", *common)
    assert isinstance(result.exception, BadInput)
    assert (result.exception.row, result.exception.column) == (7, "queue")


def test_solve_begins_from_a_roster_and_ends_no_worse(planned: tuple[Path, Result], tmp_path: Path) -> None:
    folder, made = planned
    files = "--people", folder / "people.csv", "--requirement", folder / "plan" / "requirement.csv"
    start = "--start", folder / "plan" / "roster.csv"
    out = tmp_path / "solved"
    result = paiban(
        "solve", folder / "site.yaml", *files, "--month", "2026-12", *start, "--out", out, "--seconds", 3, "--json"
    )
    assert result.exit_code == CLEAN, result.output
    facts = json.loads(result.stdout)
    assert facts["score"] <= json.loads(made.stdout)["score"]
    assert {path.name for path in out.iterdir()} == {"roster.csv", "roster.xlsx", "certificate.json", "run.svg"}
    assert json.loads((out / "certificate.json").read_text(encoding="utf-8"))["law"] == "none/1970-01-01"


def test_explain_names_the_rule_and_the_minutes_that_cannot_be(planned: tuple[Path, Result], tmp_path: Path) -> None:
    folder, _ = planned
    one = tmp_path / "one.csv"
    one.write_text("\n".join((folder / "people.csv").read_text(encoding="utf-8").splitlines()[:2]), encoding="utf-8")
    files = "--people", one, "--requirement", folder / "plan" / "requirement.csv"
    result = paiban("explain", folder / "site.yaml", *files, "--month", "2026-12", "--seconds", 6)
    assert "at least 1 emergency people" in result.output
    whole = "--people", folder / "people.csv", "--requirement", folder / "plan" / "requirement.csv"
    possible = paiban("explain", folder / "site.yaml", *whole, "--month", "2026-12", "--seconds", 10)
    assert "keeps every hard rule" in possible.output


def test_a_site_adds_the_rules_of_its_law(folder: Path) -> None:
    text = (folder / "site.yaml").read_text(encoding="utf-8")
    (folder / "site.yaml").write_text(text + "law: de-arbzg\n", encoding="utf-8")
    policy = read_site(folder / "site.yaml").policy
    assert policy.law.startswith("de-arbzg/")
    assert {"free-sundays", "daily-hours"} <= {rule.kind for rule in policy.rules}
    (folder / "site.yaml").write_text(text + "law: atlantis\n", encoding="utf-8")
    with pytest.raises(BadInput, match="cn-standard"):
        read_site(folder / "site.yaml")


def test_a_backtest_says_how_good_past_forecasts_would_have_been(folder: Path) -> None:
    picture = folder / "backtest.svg"
    series.table(date(2026, 5, 1), date(2026, 11, 25), length=60).to_csv(folder / "calls.csv.gz", index=False)
    common = "--calls", folder / "calls.csv.gz", "--timezone", "Asia/Shanghai", "--months", "2"
    told = paiban("backtest", *common, "--picture", picture, "--json")
    assert told.exit_code == CLEAN
    facts = json.loads(told.stdout)
    assert {score["model"] for score in facts["scores"]} == {"ensemble", *MODELS}
    sums = {score["model"]: score for score in facts["sums"]}
    assert sums["ensemble"]["wape"] < sums["eight-week-mean"]["wape"]
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    assert "ensemble" in paiban("backtest", *common).stdout


def test_a_month_is_simulated_under_its_requirement(folder: Path) -> None:
    files = "--calls", folder / "calls.csv.gz", "--month", "2026-12", "--timezone", "Asia/Shanghai"
    assert paiban("forecast", *files, "--out", folder / "forecast.csv").exit_code == CLEAN
    wanted = "--target", "answered:0.90@month", "--aht", "200", "--out", folder / "need.csv"
    assert paiban("staff", "--forecast", folder / "forecast.csv", *wanted).exit_code == CLEAN
    asked = "--forecast", folder / "forecast.csv", "--requirement", folder / "need.csv", "--paths", "5"
    told = paiban("simulate", folder / "site.yaml", *asked, "--json")
    assert told.exit_code == CLEAN
    answered = json.loads(told.stdout)["queues"][""]["answered"]["mean"]
    assert 0.85 < answered < 0.95
    assert "±" in paiban("simulate", folder / "site.yaml", *asked).stdout
    bare = paiban("simulate", folder / "site.yaml", "--forecast", folder / "forecast.csv")
    assert isinstance(bare.exception, BadInput)
    assert "--requirement" in str(bare.exception)


def test_layers_are_laid_over_a_forecast_and_taken_away_again(folder: Path) -> None:
    files = "--calls", folder / "calls.csv.gz", "--month", "2026-12", "--timezone", "Asia/Shanghai"
    plain, over, back = folder / "f.csv", folder / "over.csv", folder / "back.csv"
    assert paiban("forecast", *files, "--out", plain).exit_code == CLEAN
    (folder / "layers.csv").write_text("name,day,calls\n催费,2026-12-15,3000\n", encoding="utf-8")
    common = "--forecast", plain, "--layers", folder / "layers.csv", "--timezone", "Asia/Shanghai"
    assert "→" in paiban("adjust", *common, "--out", over).stdout
    sums = [
        sum(float(row["mean"]) for row in rows(file) if row["start"][:10] == "2026-12-15") for file in (plain, over)
    ]
    assert sums[0] < 3000
    assert sums[1] == pytest.approx(3000, abs=0.1)
    assert paiban("adjust", *common, "--without", "催费", "--out", back).exit_code == CLEAN
    assert back.read_bytes() == plain.read_bytes()


def test_the_days_to_come_are_told_anew_from_the_calls_so_far(folder: Path) -> None:
    files = "--calls", folder / "calls.csv.gz", "--timezone", "Asia/Shanghai"
    old, new = folder / "old.csv", folder / "new.csv"
    assert paiban("forecast", *files, "--month", "2026-11", "--out", old).exit_code == CLEAN
    done = paiban("update", "--forecast", old, *files, "--now", "2026-11-20 12:00", "--out", new, "--json")
    assert done.exit_code == CLEAN
    changed = [one["start"] for one, other in zip(rows(old), rows(new), strict=True) if one != other]
    assert (changed[0], changed[-1]) == ("2026-11-20T12:00:00+08:00", "2026-11-27T11:30:00+08:00")


def test_call_backs_are_laid_beside_the_calls_and_their_rate_is_told(folder: Path) -> None:
    files = "--calls", folder / "calls.csv.gz", "--month", "2026-12", "--timezone", "Asia/Shanghai"
    assert paiban("forecast", *files, "--out", folder / "f.csv").exit_code == CLEAN
    orders = folder / "orders.csv"
    orders.write_text("kind,closed,count\n应急,2026-12-07 07:30,30\ncomplaint,2026-12-08 10:00,50\n", encoding="utf-8")
    bare = paiban("staff", "--forecast", folder / "f.csv", "--out", folder / "bare.csv", "--json")
    full = paiban(
        "staff",
        "--forecast",
        folder / "f.csv",
        "--orders",
        orders,
        "--reach",
        "0.5",
        "--out",
        folder / "full.csv",
        "--json",
    )
    facts = json.loads(full.stdout)
    assert facts["call_back_rate"] == pytest.approx((30 * 0.5 + 50 * 0.75) / 80)
    assert facts["call_backs_left_over"] == 0
    exact = [sum(float(row["fractional"]) for row in rows(folder / name)) / 2 for name in ("bare.csv", "full.csv")]
    assert exact[1] - exact[0] == pytest.approx((30 + 50 * 1.5) * 240 / 3600, abs=0.1)
    assert facts["person_hours"] >= json.loads(bare.stdout)["person_hours"]
    assert "%" in paiban("staff", "--forecast", folder / "f.csv", "--orders", orders, "--out", folder / "x.csv").stdout
    rows_ = "".join(f"complaint,2026-11-{day:02} 10:00,8\n" for day in range(2, 30))
    orders.write_text("kind,closed,count\n" + rows_, encoding="utf-8")
    asked = "staff", "--forecast", folder / "f.csv", "--orders", orders, "--out", folder / "x.csv", "--json"
    hours = [json.loads(paiban(*asked, *more).stdout)["person_hours"] for more in ((), ("--orders-to-come",))]
    assert hours[1] > hours[0]
    orders.write_text("kind,closed\nrepair,2026-12-07 07:30\n", encoding="utf-8")
    wrong = paiban("staff", "--forecast", folder / "f.csv", "--orders", orders, "--out", folder / "x.csv")
    assert isinstance(wrong.exception, BadInput)
    assert "row 2" in wrong.exception.full.en


def test_a_missed_target_gets_its_cheapest_remedies(folder: Path) -> None:
    files = "--calls", folder / "calls.csv.gz", "--month", "2026-12", "--timezone", "Asia/Shanghai"
    assert paiban("forecast", *files, "--out", folder / "f.csv").exit_code == CLEAN
    starved = "--target", "answered:0.50", "--aht", "200", "--out", folder / "need.csv"
    assert paiban("staff", "--forecast", folder / "f.csv", *starved).exit_code == CLEAN
    asked = folder / "site.yaml", "--forecast", folder / "f.csv", "--requirement", folder / "need.csv", "--paths", "2"
    told = json.loads(paiban("remedies", *asked, "--json").stdout)["service"]
    assert told[0]["enough"]
    assert told[0]["met"] >= 0.8
    assert [each["cost"] for each in told] == sorted(each["cost"] for each in told)
    assert "+" in paiban("remedies", *asked).stdout


def test_kept_forecasts_are_compared_with_what_came(folder: Path) -> None:
    files = "--calls", folder / "calls.csv.gz", "--timezone", "Asia/Shanghai"
    versions = folder / "early.csv", folder / "late.csv"
    for version, day in zip(versions, ("2026-10-15", "2026-10-31"), strict=True):
        assert paiban("forecast", *files, "--month", "2026-11", "--as-of", day, "--out", version).exit_code == CLEAN
    told = json.loads(paiban("accuracy", *versions, *files, "--json").stdout)
    assert [each["name"] for each in told] == ["early.csv", "late.csv"]
    assert all(0 < each["floor"] < each["wape"] * 1.1 < 1 for each in told)
    assert "early.csv" in paiban("accuracy", *versions, *files).stdout


def test_a_new_site_is_forecast_from_a_similar_one(folder: Path) -> None:
    files = "--calls", folder / "calls.csv.gz", "--month", "2026-12", "--timezone", "Asia/Shanghai"
    assert paiban("forecast", *files, "--out", folder / "f.csv").exit_code == CLEAN
    made = paiban(
        "newcomer", f"{folder / 'f.csv'}:200000", "--households", "50000", "--out", folder / "new.csv", "--json"
    )
    assert made.exit_code == CLEAN
    known = sum(float(row["mean"]) for row in rows(folder / "f.csv"))
    assert json.loads(made.stdout)["totals"]["calls"] == pytest.approx(known / 4, rel=1e-3)
    wrong = paiban("newcomer", "f.csv", "--households", "50000", "--out", folder / "new.csv")
    assert isinstance(wrong.exception, BadInput)


def test_handle_times_and_patience_come_from_single_calls(tmp_path: Path) -> None:
    start = pd.date_range("2026-11-02 08:00", periods=400, freq="20min")
    calls = pd.DataFrame(
        {"start": start, "duration": 180, "wait": 30, "result": ["接通", "放弃", "接通", "接通"] * 100}
    )
    calls.to_csv(tmp_path / "calls.csv", index=False)
    asked = "callers", "--calls", tmp_path / "calls.csv", "--timezone", "Asia/Shanghai"
    told = json.loads(paiban(*asked, "--json").stdout)
    assert told["patience"][""]["mean_s"] == pytest.approx((400 * 30 + 20 * 120) / 120)
    assert {round(row["handle_s"]) for row in told["handle_s"]} == {180}
    assert "120 s" in paiban(*asked).stdout


def test_works_are_pooled_with_fewer_people_than_apart(folder: Path) -> None:
    calls = pd.concat([series.table(date(2026, 9, 14)).assign(queue=queue) for queue in ("service", "emergency")])
    calls.to_csv(folder / "calls.csv.gz", index=False)
    files = "--calls", folder / "calls.csv.gz", "--month", "2026-12", "--timezone", "Asia/Shanghai"
    assert paiban("forecast", *files, "--out", folder / "f.csv").exit_code == CLEAN
    asked = folder / "site.yaml", "--forecast", folder / "f.csv", "--out", folder / "pool.csv", "--paths", "2"
    told = json.loads(paiban("pool", *asked, "--json").stdout)
    assert told["person_hours"] < told["apart"]
    assert told["met"]["service"] >= 0.8
    assert told["met"]["emergency"] >= 0.85
    assert len(rows(folder / "pool.csv")) == 31 * 48
    assert "person-hours together" in paiban("pool", *asked, "--work", "emergency", "--work", "service").stdout


def test_lines_of_the_automatic_part_are_counted_by_erlang_b() -> None:
    asked = "erlang", "--model", "b", "--calls", 60, "--aht", 240, "--agents", 10, "--served", 0.98
    told = json.loads(paiban(*asked, "--json").stdout)
    assert told["blocked"] == pytest.approx(0.12166, abs=1e-4)
    assert told["lines_needed"] == 14


def test_shrinkage_is_learnt_from_attendance(tmp_path: Path) -> None:
    file = tmp_path / "attendance.csv"
    file.write_text("activity,hours\nrostered,40000\nrostered,10000\nsickness,3000\ntraining,500\n")
    told = json.loads(paiban("shrinkage", "--attendance", file, "--json").stdout)
    assert told["rostered_hours"] == 50_000
    assert told["shares"]["sickness"] == pytest.approx(0.06, rel=0.01)
    assert told["shrinkage"] == pytest.approx(1 - (1 - 0.0598) * (1 - 0.0101), abs=1e-3)
    assert "sickness: 0.060" in paiban("shrinkage", "--attendance", file).stdout
    file.write_text("activity,hours\nsickness,30\n")
    assert isinstance(paiban("shrinkage", "--attendance", file).exception, BadInput)


def test_staffing_takes_the_handle_times_of_the_forecast_unless_told(tmp_path: Path) -> None:
    rows_ = [
        f"2026-12-07T{half // 2:02}:{half % 2 * 30:02}:00+08:00,30,{120 if half < 16 else 480}" for half in range(48)
    ]
    (tmp_path / "f.csv").write_text("\n".join(["start,mean,handle_s", *rows_]))
    asked = "staff", "--forecast", tmp_path / "f.csv", "--out", tmp_path / "r.csv"
    assert paiban(*asked).exit_code == CLEAN
    heads = [int(row["heads"]) for row in rows(tmp_path / "r.csv")]
    assert max(heads[:16]) < min(heads[16:])
    assert paiban(*asked, "--aht", 240).exit_code == CLEAN
    assert len({row["heads"] for row in rows(tmp_path / "r.csv")}) == 1
