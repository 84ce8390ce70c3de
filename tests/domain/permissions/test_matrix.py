"""docs/permissions.md says who may do what: every cell of its table is tried against the rights."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from shutil import copy
from typing import Any

import pytest

import domain
from bot.database import SCHEMA
from bot.scheduling.clock import FixedClock
from domain.core import Bilingual, NotAllowed, UnitOfWork
from domain.destinations.record import BlockedDestination
from domain.destinations.rights import TRY_AGAIN
from domain.issues.record import Issue
from domain.issues.rights import CHANGE_ISSUE
from domain.kpis.record import Kpi
from domain.kpis.rights import ADD_KPI, CHANGE_KPI, ENTER_VALUES, SILENCE_ALERT
from domain.optimizations.record import Optimization
from domain.optimizations.rights import CHANGE_OPTIMIZATION
from domain.people.record import Department, Member, Role
from domain.permissions.rights import GroupRight, Right
from domain.pilots.record import Pilot
from domain.pilots.rights import ENTER_PILOT_VALUES, START_PILOT
from domain.processes.record import Process
from domain.processes.rights import CHANGE_PROCESS
from domain.settings.rights import CHANGE_DEPARTMENTS, CONFIGURE_CHANNEL, CONFIGURE_WORKSPACE
from domain.suggestions.rights import SEE_AUTHOR, TRIAGE
from domain.tasks.record import Task
from domain.tasks.rights import CHANGE_TASK
from storage.engine import open_engine
from storage.unit_of_work import Database

PAGE = Path(__file__).parents[3] / "docs" / "permissions.md"
NOW, TODAY = datetime(2026, 11, 23, tzinfo=UTC), date(2026, 11, 23)
PEOPLE = {
    "member": Member(user_id="UMEMBER"),
    "owner": Member(user_id="UOWNER", deputy="UDEPUTY"),
    "deputy": Member(user_id="UDEPUTY"),
    "maker": Member(user_id="UMAKER"),
    "data owner": Member(user_id="UDATA"),
    "process owner": Member(user_id="UPROCESS"),
    "head": Member(user_id="UHEAD"),
    "head's deputy": Member(user_id="UHEADSDEPUTY"),
    "told": Member(user_id="UTOLD"),
    "triager": Member(user_id="UTRIAGER", roles=(Role.TRIAGER,)),
    "sponsor": Member(user_id="USPONSOR", roles=(Role.SPONSOR,)),
    "lead": Member(user_id="ULEAD", roles=(Role.LEAD,)),
    "admin": Member(user_id="UADMIN", is_admin=True),
}
PROCESS = Process(id=1, name=Bilingual("Order fulfilment"), owner="UPROCESS")
SALES = Department(name=Bilingual("Sales"), head="UHEAD", deputy="UHEADSDEPUTY")
ISSUE = Issue(number=1, title="Stock", process_id=1, owner="UOWNER", reporter="UMAKER", filed_at=NOW)
TASK = Task(number=1, title="Ask IT", owner="UOWNER", created_by="UMAKER", due=TODAY, created_at=NOW)
OPTIMIZATION = Optimization(number=1, date=TODAY, process_id=1, owner="UOWNER", by="UMAKER")
KPI = Kpi(name=Bilingual("Days"), target="≤3 days", process_id=1, owner="UOWNER", data_owner="UDATA")
PILOT = Pilot(number=1, name=Bilingual("Scales"), process_id=1, owner="UOWNER", starts=TODAY, ends=TODAY)
BLOCKED = BlockedDestination(error="is_archived", since=NOW, told=("UTOLD",))

ACTIONS: dict[str, tuple[GroupRight] | tuple[Right[Any], Any]] = {
    "change an issue": (CHANGE_ISSUE, ISSUE),
    "change an issue of nobody, of no process": (CHANGE_ISSUE, Issue(number=2, title="Stock", filed_at=NOW)),
    "change a task": (CHANGE_TASK, TASK),
    "change an optimization": (CHANGE_OPTIMIZATION, OPTIMIZATION),
    "decide on suggestions": (TRIAGE,),
    "see who wrote a confidential suggestion": (SEE_AUTHOR,),
    "add a KPI": (ADD_KPI, [PROCESS]),
    "add a KPI of no process": (ADD_KPI, []),
    "change a KPI, re-base its chart": (CHANGE_KPI, KPI),
    "snooze or dismiss a KPI's alert": (SILENCE_ALERT, KPI),
    "enter a KPI's values": (ENTER_VALUES, KPI),
    "enter a KPI's values, nobody brings them": (ENTER_VALUES, Kpi(name=Bilingual("Days"), target="≤3 days")),
    "start a pilot": (START_PILOT, PROCESS),
    "start a pilot of no process": (START_PILOT, None),
    "enter a pilot's values": (ENTER_PILOT_VALUES, PILOT),
    "enter a pilot's values, nobody owns it": (
        ENTER_PILOT_VALUES,
        Pilot(number=2, name=Bilingual("Scales"), starts=TODAY, ends=TODAY),
    ),
    "change a process": (CHANGE_PROCESS, PROCESS),
    "add a process": (CHANGE_PROCESS, None),
    "change departments": (CHANGE_DEPARTMENTS,),
    "change a channel's settings": (CONFIGURE_CHANNEL, SALES),
    "change a channel's settings, it has no department": (CONFIGURE_CHANNEL, None),
    "change the workspace's settings, give roles": (CONFIGURE_WORKSPACE,),
    "try a blocked destination again": (TRY_AGAIN, BLOCKED),
}


def _table() -> dict[str, dict[str, bool]]:
    """Action → role → whether it may."""
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    (_, *roles), _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    signs = {"✓": True, "–": False}
    return {action: dict(zip(roles, [signs[cell] for cell in cells], strict=True)) for action, *cells in rows}


@pytest.fixture(scope="module")
def work(upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnitOfWork]:
    """The people and their process, in a database."""
    file = copy(upgraded_file, tmp_path_factory.mktemp("rights") / "gemba.db")
    engine = open_engine(f"sqlite:///{file}")
    with Database(engine, FixedClock(NOW), SCHEMA).writing("T1") as opened:
        for member in PEOPLE.values():
            opened.of(Member).add(member, by="", at=NOW)
        assert opened.of(Process).add(PROCESS, by="", at=NOW).id == PROCESS.id
        yield opened
    engine.dispose()


def test_the_table_has_a_row_for_each_action_and_a_column_for_each_role() -> None:
    assert list(_table()) == list(ACTIONS)
    assert all(list(row) == list(PEOPLE) for row in _table().values())


def test_every_right_of_the_domain_is_tried() -> None:
    rooms = [room.name for room in walk_packages(domain.__path__, "domain.") if room.name.endswith(".rights")]
    rights = {
        name: right
        for room in rooms
        for name, right in vars(import_module(room)).items()
        if isinstance(right, Right | GroupRight)
    }
    tried = {id(entry[0]) for entry in ACTIONS.values()}
    assert {name for name, right in rights.items() if id(right) not in tried} == set()


@pytest.mark.parametrize("action, expected", _table().items(), ids=_table().keys())
def test_who_may(action: str, expected: dict[str, bool], work: UnitOfWork) -> None:
    assert {role: _may(work, PEOPLE[role], action) for role in expected} == expected


def test_nobody_is_taken_for_an_owner_who_is_not_named(work: UnitOfWork) -> None:
    unowned = work.of(Process).add(Process(name=Bilingual("Returns")), by="", at=NOW)
    issue = Issue(number=3, title="Stock", process_id=unowned.id, filed_at=NOW)
    assert not CHANGE_ISSUE.allows(work, Member(user_id=""), issue)


def _may(work: UnitOfWork, member: Member, action: str) -> bool:
    try:
        match ACTIONS[action]:
            case (GroupRight() as right,):
                right.check(member)
            case (Right() as right, record):
                right.check(work, member, record)
    except NotAllowed:
        return False
    return True
