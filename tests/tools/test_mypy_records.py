"""mypy, with our plugin, reads the names and values that calls of `Records` are given."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

HEAD = """
from datetime import UTC, date, datetime
from typing import Any, Final
from domain.core.bilingual import Bilingual
from domain.core.ports import Before, Present, R, Records, Since, UnitOfWork
from domain.issues.record import Issue
from domain.processes.record import Process
from domain.settings.actions import apply
from domain.tasks.record import Task
from storage.repository import Repository

NOW = datetime(2026, 2, 3, tzinfo=UTC)
TODAY = date(2026, 2, 3)
NEWEST: Final = "-numbr"

def calls(work: UnitOfWork, task: Task, some: dict[str, Any], stored: Repository[Task], falling: bool) -> None:
    tasks, process = work.of(Task), work.of(Process).get(1)
"""

WRONG = [
    ('tasks.find(ownr="U1")', 'Unexpected keyword argument "ownr" for "find" of "Records"'),
    ("work.of(Issue).find(done_at=None)", 'Unexpected keyword argument "done_at"'),
    ("tasks.one(finished=True)", 'Unexpected keyword argument "finished"'),
    ("tasks.cached(numbr=3)", 'Unexpected keyword argument "numbr"'),
    ("tasks.count(staus=None)", 'Unexpected keyword argument "staus"'),
    ('tasks.find(**some, ownr="U1")', 'Unexpected keyword argument "ownr"'),
    ("tasks.find(number='3')", 'Argument "number" to "find" of "Records" has incompatible type "str"'),
    ("tasks.find(number=(1, '2'))", 'Argument "number" to "find" of "Records" has incompatible type "tuple[int, str]"'),
    ("tasks.find(number=[1, 2])", 'Argument "number" to "find" of "Records" has incompatible type "list[int]"'),
    ("tasks.find(number=None)", 'Argument "number" to "find" of "Records" has incompatible type "None"'),
    ('tasks.find(due=Before("2026"))', 'Argument 1 to "Before" has incompatible type "str"'),
    ("tasks.find(number=Since(TODAY))", 'Argument 1 to "Since" has incompatible type "date"'),
    (
        'work.of(Process).one(name=Bilingual("A"))',
        'Argument "name" to "one" of "Records" has incompatible type "Bilingual"',
    ),
    ('work.of(Process).find(name_zh="A")', 'Unexpected keyword argument "name_zh" for "find" of "Records"'),
    ('tasks.find(order="dew")', '"dew" is no field of "Task"'),
    ('tasks.find(order="-reference")', '"reference" is no field of "Task"'),
    ('tasks.find(order="-due" if falling else "dew")', '"dew" is no field of "Task"'),
    ("tasks.find(order=NEWEST)", '"numbr" is no field of "Task"'),
    ('tasks.pick("number", "titel")', '"titel" is no field of "Task"'),
    ('work.of(Process).pick("name")[0][0].upper()', '"Bilingual" has no attribute "upper"'),
    ('tasks.pick("number", ownr="U1")', 'Unexpected keyword argument "ownr" for "pick" of "Records"'),
    ('tasks.pick("number")[0][0].upper()', '"int" has no attribute "upper"'),
    ('tasks.change(task, by="", at=NOW, titel="")', 'Unexpected keyword argument "titel" for "change" of "Records"'),
    ('tasks.change(task, by="", at=NOW, due="now")', 'Argument "due" to "change" of "Records" has incompatible type'),
    (
        'work.of(Process).change(process, by="", at=NOW, name="A")',
        'Argument "name" to "change" of "Records" has incompat',
    ),
    ('tasks.change_all([{"id": 1, "staus": 2}])', '"staus" is no field of "Task"'),
    ('tasks.change_all([{"id": one, "staus": 2} for one in (1, 2)])', '"staus" is no field of "Task"'),
    ('stored.find(ownr="U1")', 'Unexpected keyword argument "ownr" for "find" of "Repository"'),
    ('stored.change(task, by="", at=NOW, titel="")', 'Unexpected keyword argument "titel"'),
    ('work.set_workspace(by="", at=NOW, sponsr="U1")', 'Unexpected keyword argument "sponsr" for "set_workspace"'),
    ('apply(tasks, task, by="", now=NOW, titel="")', 'Unexpected keyword argument "titel" for "apply"'),
]

RIGHT = [
    'tasks.find(owner="U1", done_at=None, due=Before(TODAY), order="-due", limit=3)',
    "tasks.find(number=(1, 2), created_at=Since(NOW), snoozed_until=Present())",
    "tasks.find(number=tuple(one for one in [1, 2]), id=())",
    'tasks.find(**some, owner="U1")',
    'tasks.one(number=1) or tasks.cached(number=1) or tasks.count(owner="U1")',
    "number, due = tasks.pick('number', 'due', done_at=None)[0]; due.replace(day=number)",
    'work.of(Process).find(name="A", order="name"), work.of(Process).pick("name", name=("A", "B"))[0][0].text_zh',
    'tasks.pick(*("number", "due"), order="number")',
    'tasks.change(task, by="", at=NOW, verb="done", done_at=NOW, **some)',
    'work.of(Process).change(process, by="", at=NOW, name=Bilingual("A"))',
    'tasks.change_all([{"id": 1, "due": TODAY}])',
    'stored.change(task, by="", at=NOW, title="A")',
    'work.set_workspace(by="", at=NOW, sponsor="U1")',
    'apply(tasks, task, by="", now=NOW, title="A").reference',
]

GENERIC = """
def generic(records: Records[R], of: type[R], work: UnitOfWork, some: dict[str, Any]) -> int:
    records.find(id=1, order="-id")
    work.of(of).find(**some)
    return records.count(owner="U1")
"""


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """Messages of mypy by line of a file that holds all calls, the wrong ones first."""
    folder = tmp_path_factory.mktemp("mypy")
    lines = [*HEAD.splitlines(), *(f"    {call}" for call, _ in WRONG), *(f"    {call}" for call in RIGHT)]
    (folder / "calls.py").write_text("\n".join(lines) + GENERIC)
    command = [sys.executable, "-m", "mypy", f"--cache-dir={folder}/cache", "--no-pretty", f"{folder}/calls.py"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    found: dict[int, list[str]] = {}
    for line, message in re.findall(r"calls\.py:(\d+): error: (.*)", ran.stdout):
        found.setdefault(int(line), []).append(message)
    assert found, ran.stdout + ran.stderr
    return found


def test_each_wrong_call_is_named_with_what_is_wrong(reported: dict[int, list[str]]) -> None:
    first = len(HEAD.splitlines()) + 1
    missed = [
        (call, reported.get(line))
        for line, (call, message) in enumerate(WRONG, first)
        if not any(message in said for said in reported.get(line, []))
    ]
    assert not missed


def test_right_calls_are_left_alone(reported: dict[int, list[str]]) -> None:
    first = len(HEAD.splitlines()) + len(WRONG) + 1
    calls = {line: call for line, call in enumerate(RIGHT, first) if line in reported}
    assert not {call: reported[line] for line, call in calls.items()}


def test_where_the_record_is_not_known_only_what_all_records_have_is_a_field(reported: dict[int, list[str]]) -> None:
    after = len(HEAD.splitlines()) + len(WRONG) + len(RIGHT)
    generic = [message for line, messages in reported.items() if line > after for message in messages]
    assert [message.split(" for ")[0] for message in generic] == ['Unexpected keyword argument "owner"']
