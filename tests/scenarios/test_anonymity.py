"""An anonymous suggestion leaves the same behind whoever sends it: as seen by who holds the database."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.people.actions import register
from domain.people.record import Member
from domain.schedules.record import Schedule
from domain.suggestions.record import Box, Suggestion, WaitingSuggestion
from sandbox.person import Person
from sandbox.server import Sandbox
from storage.backup import back_up
from tests.business_day import MONDAY
from tests.office import Office
from tests.scenarios.test_suggestions import CODE, TRIAGE, cards, private, suggest

PLACE = {"sqlite": "rowid", "postgresql": "xmin, ctid"}
"""What a database tells of a row beside its columns."""
SHUFFLED = 8


@pytest.fixture
def box(workspace_server: Sandbox, upgraded_url: str) -> Iterator[Office]:
    """Anonymous suggestions wait for a quarter of an hour. The stock keeper is a member; nobody knows the clerk yet."""
    with Office.open(workspace_server, upgraded_url, MONDAY, gemba_anonymous_wait=15) as office:
        stock = office.program.gateway.member("U0STOCK")
        with office.store() as work:
            work.set_workspace(by="", at=MONDAY, triage_channel=TRIAGE, salt="0123456789abcdef")
            work.of(Box).add(Box(channel_id="C0SALES"), by="", at=MONDAY)
            register(work, stock, now=MONDAY)
            for member in work.of(Member).find():  # for so long that Slack is asked again
                work.of(Member).change(member, by="", at=MONDAY, verb="seen", seen_at=MONDAY - timedelta(days=900))
        yield office


def rows(office: Office) -> set[str]:
    """Every row of every table, with its place."""
    engine = office.program.database.engine
    with engine.connect() as connection:
        return {
            f"{table.name}: {tuple(row)}"
            for table in office.program.database.schema.metadata.tables.values()
            for row in connection.execute(text(f'SELECT {PLACE[engine.dialect.name]}, * FROM "{table.name}"'))
        }


def written_by(office: Office, person: Person, what: str) -> tuple[set[str], set[str]]:
    """What has come and what has gone by an anonymous suggestion."""
    before = rows(office)
    suggest(office, person, "anonymous", what)
    after = rows(office)
    return after - before, before - after


def test_a_new_person_and_a_known_one_leave_one_row_each_that_tells_nothing_of_them(box: Office) -> None:
    for person, what in ((box.clerk, "Papers twice"), (box.stock, "退货单只填一次")):
        came, gone = written_by(box, person, what)
        [row] = came
        assert row.startswith("waiting_suggestions: ") and what in row and not gone
        assert person.id not in row and box.program.gateway.member(person.id).name not in row
    assert not [row for row in rows(box) if "U0CLERK" in row], "using it stores nobody"
    assert not cards(box), "nobody is shown it yet"


def test_looking_at_things_stores_nobody(box: Office) -> None:
    before = rows(box)
    box.clerk.open_home()
    for command in ("/gemba menu", "/issue list", "/suggest status", "/gemba task list"):
        box.clerk.command(command, "C0SALES")
    box.clerk.command("/issue", "C0SALES")
    box.clerk.close()
    box.settle()
    assert rows(box) == before


def test_they_are_taken_in_together_within_the_time_in_no_order(box: Office) -> None:
    texts = [f"Suggestion {number}" for number in range(SHUFFLED)]
    for each in texts:
        suggest(box, box.clerk, "anonymous", each)
    with box.records() as work:
        ids = [one.id for one in work.of(WaitingSuggestion).find(order="text")]
        assert ids != sorted(ids), "their keys tell no order"
    assert not cards(box)
    box.travel(minutes=16)
    with box.records() as work:
        taken = [one.text for one in work.of(Suggestion).find(order="number")]
        assert not work.of(WaitingSuggestion).find()
    assert sorted(taken) == texts and taken != texts
    assert len(cards(box)) == SHUFFLED
    of_people = ("members: ", "schedules: ")  # all of whom the directory tells
    assert not [row for row in rows(box) if "U0CLERK" in row and not row.startswith(of_people)]


def test_its_code_tells_that_it_waits_and_then_where_it_stands(box: Office) -> None:
    box.clerk.command("/suggest Papers twice", "C0SALES")
    form = box.clerk.modal()
    assert "triagers see it within 15 minutes" in str(form)
    assert box.clerk.submit(form, {"mode": "anonymous"}).ok
    shown = str(box.clerk.modal())
    assert "within 15 minutes" in shown
    code = CODE.findall(shown)[0]
    box.clerk.command(f"/suggest status {code}", "C0SALES")
    assert "within 15 minutes" in private(box.clerk) and "Papers twice" in private(box.clerk)
    box.travel(minutes=16)
    box.clerk.command(f"/suggest status {code}", "C0SALES")
    assert "S-1" in private(box.clerk) and "Collected" in private(box.clerk)


def test_the_files_of_the_database_and_its_backup_name_nobody(box: Office, tmp_path: Path) -> None:
    """SQLite's file, its log and a copy; on PostgreSQL the rows above are all that one can ask for."""
    engine = box.program.database.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's log is its server's")
    suggest(box, box.clerk, "anonymous", "Papers twice")
    back_up(tmp_path / "gemba.db", tmp_path / "copy.db")
    files = [path for path in tmp_path.iterdir() if path.name.startswith(("gemba.db", "copy.db"))]
    assert len(files) >= 2
    kept = b"".join(path.read_bytes() for path in files)
    assert b"Papers twice" in kept and b"U0CLERK" not in kept


def test_who_does_something_under_their_name_is_a_member_and_gets_a_digest(box: Office) -> None:
    box.clerk.command("/issue Broken scale", "C0SALES")
    assert box.clerk.submit(box.clerk.modal()).ok
    with box.records() as work:
        member = work.of(Member).one(user_id="U0CLERK")
        assert member is not None and member.timezone == "Europe/Berlin"
        assert work.of(Schedule).one(subject="U0CLERK") is not None


def test_the_daily_reading_takes_over_everybody_in_the_channels_whether_they_used_it_or_not(box: Office) -> None:
    suggest(box, box.clerk, "anonymous", "Papers twice")
    box.travel(hours=24)
    with box.records() as work:
        members = {member.user_id: member for member in work.of(Member).find()}
    assert {"U0CLERK", "U0SALESHEAD", "U0LEAD", "U0STOCK"} <= members.keys()
    assert len({member.seen_at for member in members.values()}) == 1, "all by the same reading"
    assert members["U0STOCK"].seen_at is not None and members["U0STOCK"].seen_at > MONDAY - timedelta(days=800)
    box.travel(hours=1)
    came, gone = written_by(box, box.stock, "退货单只填一次")
    assert len(came) == 1 and not gone
