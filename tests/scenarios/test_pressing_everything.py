"""A curious person: types every command, presses everything there is, submits every form, in any order.

Nothing may go unanswered, break a rule of the platform, or end in 'something went wrong'.
"""

from datetime import timedelta
from typing import Any

import pytest

from bot.example.load import load_example
from sandbox.blocks import elements_of
from sandbox.person import ControlError, Person
from tests.business_day import DAY
from tests.office import TEAM, Office
from tests.reading import english_left

COMMANDS = """
/issue | /issue help | /issue list | /issue list mine | /issue list overdue | /issue list order | /issue lsit
/issue show I-1 | /issue show I-99 | /issue top | /issue 库存不准 | /issue 列表
/feedback | /feedback help | /feedback east china | /feedback nothing like it | /feedback summary
/feedback summary P-1
/optimize | /optimize help | /optimize list | /optimize lits
/suggest | /suggest help | /suggest more light | /suggest status | /suggest status XXXXX-XXXXX | /suggest list
/suggest box here | /suggest box here
/gemba | /gemba help | /gemba hlep | /gemba report | /gemba settings
/gemba task | /gemba task add | /gemba task add New chairs | /gemba task list | /gemba task done T-1
/gemba task done T-99 | /gemba task nonsense
/gemba kpi | /gemba kpi record | /gemba kpi record Order fulfilment cycle 3.4 days
/gemba kpi record 订单履约周期 2,9天 | /gemba kpi record x y | /gemba kpi show Order fulfilment cycle | /gemba kpi add
/gemba kpi edit Order fulfilment cycle | /gemba kpi archive Process exception rate | /gemba kpi edit nothing
/gemba kpi 归档 流程异常率 | /gemba kpi unarchive Process exception rate | /gemba kpi list
/gemba kpi export | /gemba kpi 导出 csv
/gemba pilot | /gemba pilot record | /gemba pilot record P-1 Order cycle 3.2 | /gemba pilot show P-1 | /gemba pilot add
/gemba project | /gemba project show Sales order processing | /gemba project 618 | /gemba project show
/gemba process | /gemba process show 订单履约流程 | /gemba process shwo order | /gemba 项目 | /gemba 流程 查看
"""
MOST_PRESSES = 60


@pytest.mark.parametrize(
    "user, channel", [("U0LEAD", "C0SALES"), ("U0STOCK", "C0WAREHOUSE")], ids=["a lead, in English", "仓库管理员"]
)
def test_pressing_everything(office: Office, user: str, channel: str) -> None:
    load_example(office.program, TEAM)
    before = office.lead.log()[-1]["n"]
    office.settle(10)
    curious = Curious(office.person(user))
    for command in COMMANDS.replace("\n", "|").split("|"):
        if command.strip():
            curious.types(command.strip(), channel)
    office.settle(10)
    for job in ("weekly-sync", "overdue-reminders", "sync-asks", "feedback-asks", "kpi-alerts", "kpi-report"):
        office.program.runner.run_by_hand(job, office.clock.now())
    office.settle(10)
    curious.opens_home()
    for place in (channel, curious.person.dm):
        for message in curious.person.messages(place):
            curious.presses(message)
    office.settle(10)
    assert "\n".join(curious.complaints) == ""
    assert office.undelivered() == {}
    assert [entry for entry in office.lead.log(after=before) if entry["broke"]] == []
    messages = [curious.person.messages(place) for place in (channel, curious.person.dm)]
    said = str(messages)
    assert "went wrong" not in said and "出错" not in said
    if user == "U0STOCK":
        assert english_left([messages, curious.seen]) == []


class Curious:
    """Presses once each kind of thing that shows up, submits each kind of form once, and notes what went wrong."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.complaints: list[str] = []
        self.seen: list[Any] = []
        self._known: set[str] = set()
        self._presses = 0

    def types(self, command: str, channel: str) -> None:
        self._note(command, self.person.command(command, channel))
        self._work_through_modals()

    def opens_home(self) -> None:
        self._note("home", self.person.open_home())
        home = self.person.home()
        self.seen.append(home)
        assert home is not None
        self.presses(home)

    def presses(self, surface: dict[str, Any]) -> None:
        """Each element once by its kind: buttons, menus, every entry of an overflow menu."""
        for block in surface.get("blocks", []):
            for element in elements_of(block):
                kind = str(element.get("action_id", "")).partition(":")[0]
                if not kind or kind in self._known or block["type"] == "input" or element.get("url"):
                    continue
                self._known.add(kind)
                for option in element.get("options", [{"value": None}]) if element["type"] == "overflow" else [None]:
                    self._press(surface, element, block, option)

    def _press(self, surface: dict[str, Any], element: dict[str, Any], block: dict[str, Any], option: Any) -> None:
        value = option["value"] if option else _any_value(element)
        self._presses += 1
        if value is _SKIP or self._presses > MOST_PRESSES:
            return
        try:
            outcome = self.person.press(surface, element["action_id"], value=value, block_id=block["block_id"])
        except ControlError as error:
            if not error.error.startswith("no_such"):  # what was there a moment ago has changed
                self.complaints.append(f"{element['action_id']}: {error}")
            return
        self._note(str(element["action_id"]), outcome)
        self._work_through_modals()

    def _work_through_modals(self) -> None:
        """Press what is in it, submit it, and leave what is still open."""
        for _ in range(6):
            view = self.person.modal()
            if view is None:
                return
            self.seen.append(view)
            name = f"submit {view['callback_id']}"
            if name not in self._known:
                self._known.add(name)
                self.presses(view)
                view = self.person.modal()
                if view is not None and view.get("submit"):
                    self._note(name, self.person.submit(view))
            if self.person.modal() is not None:
                self.person.close(clear=True)

    def _note(self, what: str, outcome: dict[str, Any]) -> None:
        self.seen.append(outcome.get("response"))
        if outcome["error"] == "invalid_input":
            return  # Slack's own client asks for what is missing
        fine = outcome["acked"] and outcome["error"] is None
        answer = str(outcome.get("response"))
        if not fine or "went wrong" in answer or "出错" in answer:
            self.complaints.append(f"{what}: {outcome}")


_SKIP = object()


def _any_value(element: dict[str, Any]) -> Any:
    match element["type"]:
        case "button":
            return None
        case "static_select" | "radio_buttons":
            return element["options"][0]["value"] if element.get("options") else _SKIP
        case "checkboxes":
            return [element["options"][0]["value"]]
        case "users_select":
            return "U0CLERK"
        case "conversations_select" | "channels_select":
            return "C0SALES"
        case "datepicker":
            return str(DAY + timedelta(days=8))
        case "timepicker":
            return "10:00"
    return _SKIP
