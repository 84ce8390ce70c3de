"""What only a human can mend: it stops that target and nothing else, is told once a cause, and is tried again."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from typing import Any

import pytest

from bot.delivery.blocked_destinations import BlockedDestinations
from bot.observability.doctor import examine
from bot.slack.verdicts import Verdict, retry_after, verdict
from domain.core import NotAllowed
from domain.destinations.actions import try_again
from domain.destinations.record import BlockedDestination
from domain.people.actions import register
from domain.people.record import Member
from sandbox.person import Person
from storage.unit_of_work import Database
from tests.bot.delivery.desk import refusal
from tests.conftest import MONDAY
from tests.office import TEAM, Office

pytestmark = pytest.mark.opens_at(MONDAY)
BOT = "U0APPBOT"


@pytest.mark.parametrize(
    "name, expected",
    [
        pytest.param("not_in_channel", Verdict.STOPS_TARGET, id="the bot is not in the channel"),
        pytest.param("is_archived", Verdict.STOPS_TARGET, id="the channel is archived"),
        pytest.param("restricted_action_read_only_channel", Verdict.STOPS_TARGET, id="the channel is read-only"),
        pytest.param("cannot_dm_bot", Verdict.STOPS_TARGET, id="a bot cannot be written to"),
        pytest.param("missing_scope", Verdict.STOPS_ACTION, id="a permission is missing: this action"),
        pytest.param("token_revoked", Verdict.STOPS_WORKSPACE, id="the token is revoked: everything"),
        pytest.param("account_inactive", Verdict.STOPS_WORKSPACE, id="the app was removed: everything"),
        pytest.param("invalid_blocks", Verdict.FAULT, id="our own fault: this message alone"),
        pytest.param("an_error_of_next_year", Verdict.FAULT, id="an unknown error: this message alone"),
        pytest.param("message_not_found", Verdict.GONE, id="somebody deleted the message"),
        pytest.param("ratelimited", Verdict.LATER, id="too fast"),
        pytest.param("internal_error", Verdict.UNSURE, id="part of it may have happened"),
    ],
)
def test_what_an_error_means(name: str, expected: Verdict) -> None:
    assert verdict(refusal(name)) is expected


def test_a_wait_that_is_no_number_is_a_second() -> None:
    assert retry_after(refusal("ratelimited", 429, Retry_After="soon")) == 1


class Scene:
    """A private channel, which the bot can be thrown out of, and the lead, who is an admin."""

    channel = "C0SECRET"

    def __init__(self, office: Office) -> None:
        self.office = office
        self.admin = office.lead
        members = {"members": ["U0LEAD", "U0CLERK"], "bot": True}
        self._control("/channels", id=self.channel, name="secret", is_private=True, **members)

    def set_bot_there(self, there: bool) -> None:
        self._control(f"/channels/{self.channel}/members", user=BOT, remove=not there)

    def _control(self, path: str, **body: Any) -> None:
        self.admin._call("POST", path, json.dumps(body).encode())

    def file(self, title: str) -> None:
        self.office.clerk.command(f"/issue {title}", self.channel)
        self.office.clerk.submit(self.office.clerk.modal(), {"what": title})

    def told(self, person: Person | None = None) -> list[dict[str, Any]]:
        """What was said about it, to the admin or somebody else."""
        messages = (person or self.admin).messages()
        return [one for one in messages if any(f"{word} " in one["text"] for word in ("lets no", "Trying", "get"))]

    def titles(self) -> list[str]:
        """Cards of issues in the channel, in order."""
        return [one["text"] for one in self.office.clerk.messages(self.channel) if one["text"].startswith("Issue")]

    def waits(self, count: int) -> None:
        """Until so many messages wait, and nothing is under way."""
        queue = self.office.program.queue
        self.admin.wait_for(lambda: queue.depth().get("ready", 0) == count and not queue.depth().get("sending"))


@pytest.fixture
def scene(office: Office) -> Scene:
    with office.store() as work:  # so that the bot knows who is an admin
        register(work, office.program.gateway.member("U0LEAD"), now=MONDAY)
    return Scene(office)


def test_a_channel_that_lost_the_bot_is_told_once_and_nothing_else_waits(scene: Scene) -> None:
    scene.set_bot_there(False)
    scene.file("The scale is broken")
    scene.file("The printer is slow")
    scene.waits(2)
    [told] = scene.told()
    assert "lets no messages of mine through: <#C0SECRET>" in told["text"]
    assert "Invite me with /invite" in str(told["blocks"]) and "channel_not_found" in str(told["blocks"])
    whispered = [one for one in scene.office.clerk.messages() if one["text"].startswith("Filed as")]
    assert len(whispered) == 2, "who filed hears of it all the same"


def test_replicas_that_are_refused_at_the_same_moment_tell_it_once(database: Database) -> None:
    with database.writing(TEAM) as work:
        work.of(Member).add(Member(user_id="U0LEAD", name="Lead", is_admin=True), by="", at=MONDAY)
    together = Barrier(6)

    def refused(_replica: int) -> None:
        together.wait()
        BlockedDestinations(database).blocked(TEAM, "C1", "is_archived")

    with ThreadPoolExecutor(6) as replicas:
        list(replicas.map(refused, range(6)))
    with database.reading(TEAM) as work:
        assert [destination.told for destination in work.of(BlockedDestination).find()] == [("U0LEAD",)]
        assert work.outbox.waiting("U0LEAD") == 1


def test_try_again_sends_everything_in_order_and_says_so(scene: Scene) -> None:
    scene.set_bot_there(False)
    for title in ("First", "Second", "Third"):
        scene.file(title)
    scene.waits(3)
    rejoin_quietly(scene)
    [told] = scene.told()
    scene.admin.press(told, f"stop.try:{destination_id(scene)}")
    scene.office.settle()
    assert [title.split()[2] for title in scene.titles()] == ["First", "Second", "Third"]
    [told] = scene.told()
    assert "get through again: <#C0SECRET>" in told["text"] and "stop.try" not in str(told["blocks"])


def test_in_vain_it_says_so_in_the_same_message(scene: Scene) -> None:
    scene.set_bot_there(False)
    scene.file("First")
    scene.waits(1)
    [told] = scene.told()
    scene.admin.press(told, f"stop.try:{destination_id(scene)}")
    scene.admin.wait_for(lambda: "lets no" in str(told := scene.told()[:1]) and told and told[0].get("edited"))
    scene.waits(1)
    assert len(scene.told()) == 1 and "stop.try" in str(scene.told()[0]["blocks"])


def test_an_invitation_is_enough(scene: Scene) -> None:
    scene.set_bot_there(False)
    scene.file("First")
    scene.waits(1)
    scene.set_bot_there(True)
    scene.office.settle()
    assert len(scene.titles()) == 1 and "get through again" in scene.told()[0]["text"]


def test_only_who_may_can_try(scene: Scene) -> None:
    scene.set_bot_there(False)
    scene.file("First")
    scene.waits(1)
    with scene.office.store() as work:
        destination = work.of(BlockedDestination).find()[0]
        clerk = work.of(Member).one(user_id="U0CLERK")
        assert clerk is not None
        with pytest.raises(NotAllowed):
            try_again(work, clerk, destination.id, now=MONDAY)


def test_an_admin_sees_it_on_the_home_tab_and_others_do_not(scene: Scene) -> None:
    scene.set_bot_there(False)
    scene.file("First")
    scene.waits(1)
    scene.admin.open_home()
    scene.office.clerk.open_home()
    assert "Needs you" in str(scene.admin.home()) and "Needs you" not in str(scene.office.clerk.home())
    home = scene.admin.home()
    assert home is not None
    scene.set_bot_there(True)
    scene.office.settle()
    outcome = scene.admin.press(home, f"stop.try:{destination_id(scene)}")
    assert outcome.acked, "what has been mended meanwhile is said, not broken"


def test_a_second_time_is_told_anew(scene: Scene) -> None:
    for title in ("The scale is broken", "Papers are missing"):
        scene.set_bot_there(False)
        scene.file(title)
        scene.waits(1)
        scene.set_bot_there(True)
        scene.office.settle()
    assert len(scene.told()) == 2


def test_without_permission_to_pin_only_pinning_stops(scene: Scene) -> None:
    scene.admin.inject({"where": "pins.add", "kind": "refuse", "error": "missing_scope"})
    scene.admin.command("/suggest box here", scene.channel)
    scene.waits(1)
    scene.file("First")
    scene.admin.wait_for(lambda: scene.titles())
    [told] = scene.told()
    assert "pinning messages" in told["text"] and "manifest" in str(told["blocks"])
    scene.admin.mend()
    scene.admin.press(told, f"stop.try:{destination_id(scene)}")
    scene.office.settle()
    assert "get through again" in scene.told()[0]["text"]


def test_a_revoked_token_holds_everything_until_the_bot_starts_with_another(scene: Scene) -> None:
    scene.admin.inject({"where": "chat.postMessage", "kind": "refuse", "error": "token_revoked"})
    scene.file("First")
    scene.file("Second")
    scene.admin.wait_for(lambda: destination_id(scene))
    sleep(0.2)
    refusals = len(scene.admin.injected())
    assert refusals <= 4, "each thread of the worker may have been under way; then nothing is tried any more"
    scene.admin.mend()
    scene.office.program.register_workspace()
    scene.office.program.worker.wake()
    scene.office.settle()
    assert len(scene.titles()) == 2
    assert all("get through again" in one["text"] for one in scene.told()), "what is over is not told as if it were not"


def test_doctor_names_it_with_its_remedy(scene: Scene) -> None:
    scene.set_bot_there(False)
    scene.file("First")
    scene.waits(1)
    findings = list(examine(scene.office.program.settings))
    blocked = next(one for one in findings if one.what == "Stopped")
    assert "C0SECRET: channel_not_found" in blocked.found and "/invite" in blocked.remedy


def test_the_chinese_admin_reads_chinese(scene: Scene) -> None:
    with scene.office.store() as work:
        lead = work.of(Member).one(user_id="U0LEAD")
        assert lead is not None
        work.of(Member).change(lead, by="", at=MONDAY, language="zh_CN")
    scene.set_bot_there(False)
    scene.file("First")
    scene.waits(1)
    text = str(scene.admin.messages()[-1])
    assert "再试一次" in text and "lets no" not in text


def destination_id(scene: Scene) -> int | None:
    with scene.office.records() as work:
        found = work.of(BlockedDestination).find()
    return found[0].id if found else None


def rejoin_quietly(scene: Scene) -> None:
    """Without the event: as if it had been lost."""
    channel = scene.office.sandbox.slack.workspace.channels[scene.channel]
    channel["members"].append(BOT)
