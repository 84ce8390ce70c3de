"""One transaction: all or nothing, once for each request, numbers without gaps or repeats."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Event
from time import sleep

import pytest

from bot.database import SCHEMA
from domain.cards.messages import Card
from domain.core import Activity, AlreadyHandled, Ref
from domain.issues.record import Issue
from domain.people.actions import register
from domain.people.record import Member
from domain.schedules.record import Schedule
from domain.suggestions.actions import announce_waiting, collect
from domain.suggestions.form import Origin, SuggestionForm
from domain.suggestions.record import SuggestionMode
from storage.outbox.outcomes import sent
from storage.outbox.queue import Queue
from storage.unit_of_work import Commit, Database

TEAM = "T1"
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TAKING_NUMBERS = """
import sys
from threading import Thread
from bot.database import SCHEMA
from bot.scheduling.clock import SystemClock
from storage.engine import open_engine
from storage.unit_of_work import Database

database = Database(open_engine(sys.argv[1]), SystemClock(), SCHEMA)

def take():
    for _ in range(10):
        with database.writing("T1") as work:
            print(work.next_number("I"), flush=True)

threads = [Thread(target=take) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""


def issue(number: int, title: str = "x") -> Issue:
    return Issue(number=number, title=title, filed_at=NOW)


def url_of(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def test_numbers_have_no_gap_and_no_repeat_in_four_threads_of_two_processes(database: Database) -> None:
    command = [sys.executable, "-c", TAKING_NUMBERS, url_of(database)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    taken = [int(line) for process in running for line in process.communicate(timeout=120)[0].split()]
    assert sorted(taken) == list(range(1, 81))


def test_a_number_that_was_rolled_back_is_given_again(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing(TEAM) as work:
        assert work.next_number("I") == 1
        raise ZeroDivisionError
    with database.writing(TEAM) as work:
        assert [work.next_number("I"), work.next_number("I")] == [1, 2]


def test_series_and_workspaces_count_apart(database: Database) -> None:
    with database.writing(TEAM) as work:
        assert [work.next_number("I"), work.next_number("T"), work.next_number("I")] == [1, 1, 2]
    with database.writing("T2") as work:
        assert work.next_number("I") == 1


def test_an_exception_leaves_nothing_behind(database: Database) -> None:
    heard: list[Commit] = []
    database.listeners.append(heard.append)
    with pytest.raises(ZeroDivisionError), database.writing(TEAM, once="request:1") as work:
        stored = work.of(Issue).add(issue(1), by="U1", at=NOW)
        work.outbox.say(Card(Ref("issue", stored.id)), to="C1", once="issue:1:card")
        raise ZeroDivisionError
    assert heard == []
    with database.writing(TEAM, once="request:1") as work:  # so the request may be tried again
        assert work.of(Issue).count() == work.of(Activity).count() == 0
        assert work.outbox.say(Card(Ref("issue", 1)), to="C1", once="issue:1:card")


def test_listeners_hear_of_a_commit_and_what_it_changed(database: Database) -> None:
    heard: list[Commit] = []
    database.listeners.append(heard.append)
    with database.writing(TEAM) as work:
        work.outbox.say(
            Card(Ref("issue", work.of(Issue).add(issue(1), by="U1", at=NOW).id)), to="C1", once="issue:1:card"
        )
    with database.writing(TEAM) as work:
        work.of(Issue).find()
    assert heard == [Commit(frozenset({"issues"}), said=True), Commit(frozenset(), said=False)]


def test_a_request_is_handled_once(database: Database) -> None:
    with database.writing(TEAM, once="request:1") as work:
        work.of(Issue).add(issue(1), by="U1", at=NOW)
    with pytest.raises(AlreadyHandled), database.writing(TEAM, once="request:1"):
        pytest.fail("a redelivery must not get in")
    with database.writing("T2", once="request:1"), database.reading(TEAM) as work:
        assert work.of(Issue).count() == 1


def test_of_two_deliveries_of_a_request_at_the_same_time_one_gets_in(database: Database) -> None:
    together = Barrier(2)

    def handle(number: int) -> bool:
        together.wait()
        try:
            with database.writing(TEAM, once="request:1") as work:
                work.of(Issue).add(issue(number), by="U1", at=NOW)
        except AlreadyHandled:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(handle, (1, 2))) == [False, True]
    with database.reading(TEAM) as work:
        assert work.of(Issue).count() == 1


def test_two_who_look_whether_something_is_there_do_not_both_add_it(database: Database) -> None:
    """Two requests of somebody whom the bot has never met, at once; of two replicas too."""
    together = Barrier(4)

    def meet(_: int) -> int:
        together.wait()
        with database.writing("T1") as work:
            return register(work, Member(user_id="U1", name="clerk"), now=NOW).id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(meet, range(4)))) == 1
    with database.reading("T1") as work:
        assert work.of(Member).count() == 1 and work.of(Schedule).count() == 1


def test_a_refresh_that_is_asked_for_while_one_is_being_rendered_is_not_lost(database: Database) -> None:
    """The worker may have read the record before this change was committed."""
    queue = Queue(database.engine, SCHEMA.words, "worker")
    with database.writing("T1") as work:
        work.outbox.say(Card(Ref("issue", 1)), to="C1", once="card")
    card = queue.claim()
    assert card is not None
    queue.settle(card, sent("C1", "1.1"))
    with database.writing("T1") as work:
        work.outbox.refresh("card")
    taken = []
    with ThreadPoolExecutor(1) as pool:
        with database.writing("T1") as work:
            work.outbox.refresh("card")  # merges with the one that waits
            claiming = pool.submit(lambda: taken.append(queue.claim()))
            sleep(0.2)
            assert not any(taken), "nobody renders it before this change is there"
        claiming.result(5)
    assert taken[0] is not None or queue.claim() is not None


def test_who_reads_a_record_to_change_it_waits_for_who_is_changing_it(database: Database) -> None:
    with database.writing(TEAM) as work:
        stored = work.of(Issue).add(issue(1), by="U1", at=NOW)
    read, together = Event(), Barrier(2)

    def append(letter: str) -> None:
        together.wait()
        with database.writing(TEAM) as work:
            current = work.of(Issue).get(stored.id)
            read.wait(0.05)  # time enough for the other to read the same, if it could
            work.of(Issue).change(current, by="U1", at=NOW, title=current.title + letter)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(append, "ab"))
    with database.reading(TEAM) as work:
        assert sorted(work.of(Issue).get(stored.id).title) == ["a", "b", "x"]


def test_who_only_looks_waits_for_nobody(database: Database) -> None:
    with database.writing(TEAM) as work:
        stored = work.of(Issue).add(issue(1), by="U1", at=NOW)
    with database.writing(TEAM) as writing:
        writing.of(Issue).change(stored, by="U1", at=NOW, title="y")
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(_title, database, stored.id).result(timeout=120) == "x"
    assert _title(database, stored.id) == "y"


def _title(database: Database, issue_id: int) -> str:
    with database.reading(TEAM) as work:
        return work.of(Issue).get(issue_id).title


def test_a_triage_channel_that_another_replica_has_just_set_gets_the_card(database: Database) -> None:
    """That replica has announced what waited by then; nobody would announce this one later."""
    other = Database(database.engine, database.clock, SCHEMA)
    with other.writing(TEAM) as work:
        assert work.workspace.triage_channel == ""
    with database.writing(TEAM) as work:
        work.set_workspace(by="U1", at=NOW, triage_channel="C1")
        announce_waiting(work)
    with other.writing(TEAM) as work:
        new = SuggestionForm(text="A second scale", mode=SuggestionMode.NAMED)
        collect(work, Member(user_id="U1"), new, Origin(), now=NOW)
        assert work.outbox.waiting("C1") == 1
