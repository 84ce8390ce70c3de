"""Who may do what: a table of people and deeds."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from domain.core.errors import NotAllowed
from domain.issues.record import Issue
from domain.issues.rights import may_change_issue
from domain.kpis.rights import may_add_kpi, may_record
from domain.optimizations.record import Optimization
from domain.optimizations.rights import may_change_optimization
from domain.people.record import Department, Member, Role
from domain.pilots.rights import may_add_pilot
from domain.processes.record import Process
from domain.processes.rights import may_change_process
from domain.settings.rights import may_change_departments, may_configure, may_configure_channel
from domain.suggestions.rights import may_see_author, may_triage
from domain.tasks.record import Task
from domain.tasks.rights import may_change_task

NOW, TODAY = datetime(2026, 11, 23, tzinfo=UTC), date(2026, 11, 23)
PEOPLE = {
    "anybody": Member(user_id="U0"),
    "owner": Member(user_id="UOWNER"),
    "reporter": Member(user_id="UREPORTER"),
    "process owner": Member(user_id="UPROCESS"),
    "head": Member(user_id="UHEAD"),
    "deputy": Member(user_id="UDEPUTY"),
    "triager": Member(user_id="UT", roles=(Role.TRIAGER,)),
    "sponsor": Member(user_id="US", roles=(Role.SPONSOR,)),
    "lead": Member(user_id="UL", roles=(Role.LEAD,)),
    "admin": Member(user_id="UA", is_admin=True),
}
PROCESS = Process(name="Order fulfilment", owner="UPROCESS")
SALES = Department(name="Sales", head="UHEAD", deputy="UDEPUTY")
ISSUE = Issue(number=12, title="Stock", owner="UOWNER", reporter="UREPORTER", filed_at=NOW)
ANONYMOUS = Issue(number=13, title="Stock", filed_at=NOW)
TASK = Task(number=3, title="Ask IT", owner="UOWNER", created_by="UREPORTER", due=TODAY, created_at=NOW)
OPTIMIZATION = Optimization(number=4, date=TODAY, owner="UOWNER", by="UREPORTER")


@pytest.mark.parametrize(
    "deed, who",
    [
        pytest.param(may_triage, "triager lead admin", id="decide on suggestions"),
        pytest.param(may_see_author, "triager lead admin", id="see a confidential author"),
        pytest.param(may_configure, "admin", id="change the workspace"),
        pytest.param(
            lambda member: may_configure_channel(member, SALES),
            "head deputy lead admin",
            id="change a department's channel",
        ),
        pytest.param(
            lambda member: may_configure_channel(member, None),
            "lead admin",
            id="change a channel of no department",
        ),
        pytest.param(may_change_departments, "lead admin", id="change departments"),
        pytest.param(
            lambda member: may_change_process(member, PROCESS), "process_owner lead admin", id="change a process"
        ),
        pytest.param(lambda member: may_change_process(member, None), "lead admin", id="add a process"),
        pytest.param(
            lambda member: may_change_issue(member, ISSUE, PROCESS),
            "owner reporter process_owner triager lead admin",
            id="change an issue",
        ),
        pytest.param(
            lambda member: may_change_issue(member, ANONYMOUS, None),
            "triager lead admin",
            id="change an issue of nobody",
        ),
        pytest.param(lambda member: may_change_task(member, TASK), "owner reporter lead admin", id="change a task"),
        pytest.param(
            lambda member: may_change_optimization(member, OPTIMIZATION),
            "reporter lead admin",
            id="change an optimization",
        ),
        pytest.param(lambda member: may_add_kpi(member, [PROCESS]), "process_owner triager lead admin", id="add a KPI"),
        pytest.param(
            lambda member: may_add_pilot(member, PROCESS), "process_owner triager lead admin", id="start a pilot"
        ),
        pytest.param(
            lambda member: may_add_pilot(member, None), "triager lead admin", id="start a pilot of no process"
        ),
        pytest.param(lambda member: may_record(member, "UOWNER"), "owner triager lead admin", id="enter a value"),
    ],
)
def test_who_may(deed: Callable[[Member], None], who: str) -> None:
    assert {name for name, member in PEOPLE.items() if _may(deed, member)} == {
        name.replace("_", " ") for name in who.split()
    }


def test_values_that_nobody_is_named_for_anybody_may_enter() -> None:
    assert all(_may(lambda one: may_record(one, ""), member) for member in PEOPLE.values())


def test_nobody_is_taken_for_an_owner_who_is_not_named() -> None:
    assert not _may(lambda one: may_change_issue(one, ANONYMOUS, Process(name="x")), Member(user_id=""))


def test_a_refusal_says_who_may() -> None:
    with pytest.raises(NotAllowed) as refused:
        may_change_issue(PEOPLE["anybody"], ISSUE, PROCESS)
    assert "the process owner, triagers and leads" in refused.value.words.message
    assert refused.value.words.values == {"reference": "I-12"}


def _may(deed: Callable[[Member], None], member: Member) -> bool:
    try:
        deed(member)
    except NotAllowed as refused:
        assert "Only" in refused.words.message
        return False
    return True
