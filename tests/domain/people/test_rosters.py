"""Asking Slack about people: what one strange answer does to the others."""

from collections.abc import Mapping
from typing import Any, cast

import pytest

from domain.core import Directory, NotFound, NotNow, words
from domain.people import rosters
from domain.people.record import Member
from domain.people.rosters import look_up, meet

GONE, AWAY = NotFound(words("Gone.")), NotNow(words("Later."), "fatal_error")


class Slack:
    """Answers by id: people of a place, or an error."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self._answers = answers

    def people_in(self, channel_id: str) -> list[str]:
        return list(self._answer(channel_id) or ["U0CLERK"])

    def member(self, user_id: str) -> Member:
        self._answer(user_id)
        return Member(user_id=user_id)

    def _answer(self, about: str) -> Any:
        answer = self._answers.get(about)
        if isinstance(answer, Exception):
            raise answer
        return answer


def slack(**answers: Any) -> Directory:
    return cast(Directory, Slack(answers))


def test_whom_slack_does_not_know_is_known_to_be_gone_and_not_asked_about_again() -> None:
    met = meet(slack(U1=GONE), ["U1", "U2"])
    assert [(member.user_id, member.active) for member in met] == [("U1", False), ("U2", True)]


def test_one_who_cannot_be_asked_about_holds_up_nobody_but_many_do() -> None:
    assert [member.user_id for member in meet(slack(U1=AWAY, U2=AWAY), ["U1", "U2", "U3"])] == ["U3"]
    assert meet(slack(U1=AWAY, U2=AWAY, U3=AWAY), ["U1", "U2", "U3", "U4"]) == ()


def test_a_channel_that_cannot_be_asked_about_holds_up_no_other() -> None:
    roster = look_up(slack(C1=AWAY, C2=GONE), ["C1", "C2", "C3"])
    assert roster.places == {"C1": (), "C2": (), "C3": ("U0CLERK",)}


def test_when_the_time_is_up_the_others_wait_for_the_next_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rosters, "SECONDS", -1.0)
    assert meet(slack(), ["U1"]) == () and look_up(slack(), ["C1"]).places == {}
