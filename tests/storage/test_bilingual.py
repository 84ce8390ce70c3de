"""A text in two languages: two columns of a table, two keys in JSON, one value in Python."""

import json
from datetime import UTC, datetime

from sqlalchemy import text

from domain.core import Activity, Bilingual
from domain.people.record import Department
from domain.processes.record import Process, Step
from domain.projects.record import Goal, Project
from storage.unit_of_work import Database

TEAM, NOW = "T1", datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SALES, STOCK = Bilingual("Sales", "销售部"), Bilingual("Stock")


def store(database: Database, *records: Department | Process | Project) -> None:
    with database.writing(TEAM) as work:
        for record in records:
            work.of(type(record)).add(record, by="U1", at=NOW)


def test_it_is_two_columns_and_comes_back_as_one_value(database: Database) -> None:
    store(database, Department(name=SALES), Department(name=STOCK))
    with database.reading(TEAM) as work:
        assert [one.name for one in work.of(Department).find()] == [SALES, STOCK]
    with database.engine.connect() as connection:
        rows = connection.execute(text("SELECT name, name_zh FROM departments ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [("Sales", "销售部"), ("Stock", "")]


def test_it_is_found_and_ordered_by_its_first_text_and_picked_whole(database: Database) -> None:
    store(database, Department(name=STOCK, head="U2"), Department(name=SALES, head="U1"))
    with database.reading(TEAM) as work:
        records = work.of(Department)
        assert [one.name for one in records.find(order="name")] == [SALES, STOCK]
        assert [one.name for one in records.find(name=("Stock", "Sales"), order="-name")] == [STOCK, SALES]
        assert records.one(name="Sales") == records.find(order="name")[0] and records.one(name="销售部") is None
        assert records.pick("head", "name", "deputy", order="name") == [("U1", SALES, ""), ("U2", STOCK, "")]


def test_a_change_of_it_changes_both_columns_and_its_activity_names_both(database: Database) -> None:
    store(database, Department(name=SALES))
    with database.writing(TEAM) as work:
        (department,) = work.of(Department).find()
        changed = work.of(Department).change(department, by="U1", at=NOW, name=Bilingual("Selling"), head="U1")
    assert changed.record.name == Bilingual("Selling")
    assert changed.activity.before == {"name": "Sales", "name_zh": "销售部", "head": ""}
    assert changed.activity.after == {"name": "Selling", "name_zh": "", "head": "U1"}
    with database.reading(TEAM) as work:
        assert work.of(Department).find() == [changed.record]
        assert [one.after["name_zh"] for one in work.of(Activity).find()] == ["销售部", ""]


def test_within_json_a_name_is_two_keys_and_any_other_text_is_an_object(database: Database) -> None:
    step = Step(Bilingual("Check", "检查"), time_limit=Bilingual("2 hours", "2小时"))
    goal, slow = Goal(Bilingual("Cycle", "周期")), Bilingual("slow", "慢")
    store(
        database,
        Process(name=SALES, steps=(step,), problems=(slow,)),
        Project(name=STOCK, background=slow, goals=(goal,)),
    )
    with database.reading(TEAM) as work:
        assert [one.steps for one in work.of(Process).find()] == [(step,)]
        assert [one.goals for one in work.of(Project).find()] == [(goal,)]
        added = [one.after for one in work.of(Activity).find()]
    with database.engine.connect() as connection:
        ((steps, problems),) = connection.execute(text("SELECT steps, problems FROM processes")).all()
        ((goals, background),) = connection.execute(text("SELECT goals, background FROM projects")).all()
    kept = {"steps": steps, "problems": problems, "goals": goals, "background": background}
    kept = {name: json.loads(one) if isinstance(one, str) else one for name, one in kept.items()}
    assert {name: (added[0] | added[1])[name] for name in kept} == kept
    assert (kept["steps"][0]["name"], kept["steps"][0]["name_zh"]) == ("Check", "检查")
    assert (kept["goals"][0]["name"], kept["goals"][0]["name_zh"]) == ("Cycle", "周期")
    assert kept["steps"][0]["time_limit"] == {"text": "2 hours", "text_zh": "2小时"}
    assert kept["background"] == kept["problems"][0] == {"text": "slow", "text_zh": "慢"}
