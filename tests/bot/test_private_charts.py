"""Charts that one person sees: where the workspace refuses Slack's own, the rest of the answer is there."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.core import Bilingual
from domain.kpis.record import Frequency, Kpi
from domain.kpis.values.actions import Value, upsert_values
from tests.bot.test_uploading import message
from tests.conftest import MONDAY
from tests.office import Office
from tests.site import Site

pytestmark = pytest.mark.opens_at(MONDAY)
SALES = "C0SALES"


def fill(office: Office) -> None:
    weeks = [date(2026, 11, 22) - timedelta(weeks=back) for back in range(3)]
    with office.store() as work:
        kpi = work.of(Kpi).add(
            Kpi(
                key="cycle", name=Bilingual("Order cycle"), target="≤20 days", frequency=Frequency.WEEKLY, channel=SALES
            ),
            by="",
            at=MONDAY,
        )
        upsert_values(work, kpi, [Value("", week, Decimal(9)) for week in weeks], by="", via="program", now=MONDAY)


@pytest.fixture(params=["socket", "http"])
def place(request: pytest.FixtureRequest) -> Iterator[Office]:
    """By either way in; the clerk's doings reach the bot that way."""
    if request.param == "socket":
        opened: Office = request.getfixturevalue("office")
    else:
        site: Site = request.getfixturevalue("site")
        opened = site.office
        opened.clerk = site.clerk
    fill(opened)
    yield opened
    opened.lead.mend()


def blocks(place: Office) -> list[str]:
    return [str(block["type"]) for block in answer(place)["blocks"]]


def answer(place: Office) -> dict[str, Any]:
    def looked() -> dict[str, Any] | None:
        found = [message for message in place.clerk.messages(SALES) if message.get("is_ephemeral")]
        return found[-1] if found else None

    return place.clerk.wait_for(looked)


def test_a_private_chart_is_shown_where_it_is_taken(place: Office) -> None:
    assert place.clerk.command("/gemba kpi show Order cycle", SALES).ok
    assert "data_visualization" in blocks(place)


@pytest.mark.parametrize("error", ["invalid_blocks", "invalid_blocks_format", "invalid_payload"])
def test_where_a_private_chart_is_refused_the_rest_is_shown(place: Office, error: str) -> None:
    place.lead.inject({"where": "response_url", "kind": "refuse", "error": error, "times": 1})
    assert place.clerk.command("/gemba kpi show Order cycle", SALES).ok
    shown = blocks(place)
    assert shown and "data_visualization" not in shown
    assert "▁" in str(answer(place)["blocks"]) or "9 days" in str(answer(place)["blocks"])


def test_behind_a_button_too(place: Office) -> None:
    place.clerk.command("/gemba kpi show Order cycle", SALES)
    shown = answer(place)
    place.lead.inject({"where": "response_url", "kind": "refuse", "error": "invalid_blocks", "times": 1})
    assert place.clerk.press(shown, "kpi.chart").ok
    place.clerk.wait_for(lambda: "kpi.rebase" in str(answer(place)["blocks"]) or None)
    assert "data_visualization" not in blocks(place)


def test_a_whisper_goes_without_the_chart_that_is_refused(place: Office) -> None:
    place.lead.inject({"where": "chat.postEphemeral", "kind": "refuse", "error": "invalid_blocks", "times": 1})
    place.program.gateway.whisper(SALES, "U0CLERK", message(instead=True))
    assert blocks(place) == ["section", "context"]


def test_an_answer_that_slack_does_not_take_is_shown_in_a_modal(place: Office) -> None:
    place.lead.inject({"where": "response_url", "kind": "refuse", "error": "expired_url"})
    assert place.clerk.command("/gemba kpi show Order cycle", SALES).ok
    modal = place.clerk.wait_for(place.clerk.modal)
    assert "Order cycle" in str(modal["blocks"])
