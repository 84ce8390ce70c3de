"""What the settings' forms take, and what they refuse."""

from datetime import datetime, time
from typing import Any

import pytest

from domain.core import FormErrors
from domain.people.record import Member
from domain.settings.actions import next_digest
from domain.settings.forms import ChannelForm, ProcessForm, WorkspaceForm

WORKSPACE = {
    "timezone": "UTC",
    "language": "en",
    "due_days_high": "3",
    "due_days_medium": "10",
    "due_days_low": "20",
    "soon_days": "2",
    "escalate_days": "5",
    "sponsor_days": "10",
    "feedback_minimum": "5",
}


@pytest.mark.parametrize(
    "typed, steps",
    [
        pytest.param("Receive\nShip", (("Receive", ""), ("Ship", "")), id="one a line"),
        pytest.param(" Receive | 接收 \n\n｜\n", (("Receive", "接收"),), id="both names; empty lines and bars go"),
        pytest.param("\u200b|\u200b\nShip|\u200b", (("Ship", ""),), id="what nobody can see is nothing"),
        pytest.param("接收订单｜", (("接收订单", ""),), id="a bar of full width"),
        pytest.param("| 发货", (("发货", ""),), id="a name behind the bar only is the name"),
    ],
)
def test_key_steps(typed: str, steps: tuple[tuple[str, str], ...]) -> None:
    assert ProcessForm.read({"name": "Order", "steps": typed}).steps == steps


@pytest.mark.parametrize(
    "name, typed",
    [
        pytest.param("timezone", "Berlin", id="no such time zone"),
        pytest.param("country", "Atlantis", id="no such country"),
        pytest.param("due_days_low", "2.5", id="half a day"),
        pytest.param("due_days_high", "0", id="due at once"),
        pytest.param("soon_days", "-1", id="a day that is over"),
        pytest.param("sponsor_days", "4", id="the sponsor before the head"),
        pytest.param("feedback_minimum", "some", id="no number"),
        pytest.param("language", "fr", id="a language that is not here"),
    ],
)
def test_the_workspaces_form_refuses_beside_the_field(name: str, typed: str) -> None:
    with pytest.raises(FormErrors) as refused:
        WorkspaceForm.read({**WORKSPACE, name: typed})
    assert list(refused.value.fields) == [name]


@pytest.mark.parametrize(
    "typed, code",
    [
        pytest.param("cn", "CN", id="small letters"),
        pytest.param("none", "", id="none"),
        pytest.param("", "", id="empty"),
    ],
)
def test_countries(typed: str, code: str) -> None:
    assert WorkspaceForm.read({**WORKSPACE, "country": typed}).country == code


def test_a_channel_may_hear_nothing_and_belong_nowhere() -> None:
    typed: dict[str, Any] = {"department": "none", "sync_day": "4", "sync_time": "16:30", "timezone": "Asia/Shanghai"}
    form = ChannelForm.read({**typed, "notices": ()})
    assert (form.department, form.notices, form.sync_day, form.sync_time) == (None, (), 4, time(16, 30))


@pytest.mark.parametrize(
    "now, quiet, expected",
    [
        pytest.param("2026-11-23T08:30Z", (5, 6), "2026-11-24T01:00Z", id="Monday evening there: Tuesday at nine"),
        pytest.param("2026-11-27T08:30Z", (5, 6), "2026-11-30T01:00Z", id="Friday: over the weekend"),
        pytest.param("2026-11-23T00:59Z", (5, 6), "2026-11-23T01:00Z", id="a minute before"),
        pytest.param("2026-11-23T08:30Z", (0, 1, 2, 3, 4, 5), "2026-11-29T01:00Z", id="Sundays only"),
        pytest.param("2026-11-23T08:30Z", tuple(range(7)), None, id="never"),
    ],
)
def test_next_digest_in_shanghai_at_nine(now: str, quiet: tuple[int, ...], expected: str | None) -> None:
    member = Member(user_id="U1", timezone="Asia/Shanghai", digest_time=time(9), quiet_days=quiet)
    wanted = None if expected is None else datetime.fromisoformat(expected)
    assert next_digest(member, datetime.fromisoformat(now)) == wanted
