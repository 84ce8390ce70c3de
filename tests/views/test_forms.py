"""A form is written once: what its model asks for is drawn, and what is typed comes back as the model."""

from datetime import date, time
from typing import Annotated, Any

import pytest
from pydantic import Field, field_validator, model_validator

from domain.core import Bilingual, FormErrors, Severity, UserError, words
from domain.forms.asked import Asked, Menu
from domain.forms.base import Form, Number, Short, Title
from domain.forms.choices import OneOf, RecordId
from domain.people.record import Department
from handlers.core import Request
from sandbox.validate import check_view
from views.core import Language, blocks as b, inputs, language, of_record

LANGUAGES = [language("en"), language("zh_CN"), language("both")]


class Outing(Form):
    """One of everything that can be asked for."""

    title: Annotated[Title, Asked(words("Name"), hint=words("Next step"), placeholder=words("Sales department"))]
    why: Annotated[Short, Asked(words("Why?"), lines=True)]
    seats: Annotated[int, Field(ge=1), Asked(words("Level"))]
    cost: Annotated[Number | None, Asked(words("Costs"))] = None
    day: Annotated[date, Asked(words("Due date"))]
    at: Annotated[time, Asked(words("Time of the weekly sync"))]
    guide: Annotated[str, Asked(words("Owner"), menu=Menu.PERSON)] = ""
    deputy: Annotated[OneOf, Asked(words("Deputy"), menu=Menu.ONE_PERSON)] = ""
    people: Annotated[tuple[str, ...], Asked(words("Members"), menu=Menu.PEOPLE)] = ()
    place: Annotated[str, Asked(words("Channel"), menu=Menu.CHANNEL)] = ""
    other: Annotated[OneOf, Asked(words("Channel"), menu=Menu.ONE_CHANNEL)] = ""
    weather: Annotated[Severity, Asked(words("Status"))] = Severity.HIGH
    stops: Annotated[tuple[int, ...], Asked(words("Processes"), menu=Menu.SEVERAL)] = ()
    days: Annotated[tuple[int, ...], Asked(words("Quiet days"))] = ()
    issue: Annotated[RecordId, Asked(words("For the issue"), menu=Menu.SELECT)] = None
    town: Annotated[str, Asked(words("Time zone"))] = ""
    guests: Annotated[
        tuple[str, ...],
        Field(max_length=2),
        Asked(words("Key steps in order, one a line"), lines=True, longest=200),
    ] = ()
    silent: str = "not asked for"

    @field_validator("guests", mode="before")
    @classmethod
    def _one_a_line(cls, value: object) -> object:
        return tuple(value.splitlines()) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _not_both(self) -> "Outing":
        if self.guide and self.guide == self.deputy:
            raise UserError(words("Please choose one of the options."))
        return self


TYPED: dict[str, Any] = {
    "title": "To the mill",
    "why": "To see\nhow it runs",
    "seats": 4,
    "cost": "12.5",
    "day": date(2028, 2, 29),
    "at": time(9, 30),
    "guide": "U0LEAD",
    "deputy": "U0CLERK",
    "people": ("U0CLERK", "U0LEAD"),
    "place": "C0SALES",
    "other": "C0STOCK",
    "weather": Severity.LOW,
    "stops": (1, 3),
    "days": (2,),
    "issue": 7,
    "town": "Europe/Berlin",
    "guests": ("Ada", "Lin"),
}
NUMBERS = [b.option(str(number), str(number)) for number in range(9)]


def drawn(t: Language, typed: object = TYPED) -> list[b.Block]:
    zone = b.search_select("settings.zone", b.option("Berlin", "Europe/Berlin"))
    choices = {"stops": NUMBERS, "days": NUMBERS, "issue": NUMBERS}
    return inputs(Outing, t, typed, choices=choices, elements={"town": zone})


def state_of(blocks: list[b.Block]) -> dict[str, Any]:
    """What Slack sends where nothing is touched: each element with its first value."""
    state = {}
    for block in blocks:
        element = block["element"]
        first = {name: value for name, value in element.items() if name.startswith("initial_")}
        now = {name.replace("initial_", "selected_"): value for name, value in first.items()}
        if "initial_value" in element:
            now = {"value": element["initial_value"]}
        state[block["block_id"]] = {element["action_id"]: {"type": element["type"], **now}}
    return state


def read(blocks: list[b.Block], **others: Any) -> Outing:
    view = {"state": {"values": state_of(blocks)}}
    request = Request("", "", None, None, None, {"view": view}, None, None, "")  # type: ignore[arg-type]
    return Outing.read({**request.values, **others})


@pytest.mark.parametrize("t", LANGUAGES, ids=lambda t: t.tag)
def test_everything_goes_there_and_back(t: Language) -> None:
    blocks = drawn(t)
    check_view(b.modal("x", "x", blocks, submit="Save", close="Cancel"), "modal")
    assert read(blocks) == Outing.read(TYPED)


def test_a_text_is_as_long_as_its_type_says_and_where_it_is_of_several_lines_as_it_is_asked() -> None:
    longest = {block["block_id"]: block["element"].get("max_length") for block in drawn(LANGUAGES[0])}
    assert (longest["title"], longest["why"], longest["seats"], longest["guests"]) == (150, 500, 10, 200)


def test_what_may_be_left_out_is_optional_and_what_is_not_asked_for_is_not_drawn() -> None:
    optional = {block["block_id"] for block in drawn(LANGUAGES[0]) if block["optional"]}
    required = {"title", "why", "seats", "day", "at", "weather"}
    assert optional == set(TYPED) - required
    assert "silent" not in {block["block_id"] for block in drawn(LANGUAGES[0])}


@pytest.mark.parametrize(
    "left_out",
    [
        pytest.param({"choices": {"issue": [], "stops": NUMBERS, "days": NUMBERS}}, id="no options to choose from"),
        pytest.param({"elements": {"issue": None}}, id="no element"),
    ],
)
def test_a_menu_without_entries_is_left_out(left_out: dict[str, Any]) -> None:
    blocks = inputs(Outing, LANGUAGES[0], **{"choices": {"stops": NUMBERS, "days": NUMBERS}, **left_out})
    assert "issue" not in {block["block_id"] for block in blocks}


def test_where_nothing_is_typed_yet_the_default_stands_in_the_form() -> None:
    by_name = {block["block_id"]: block["element"] for block in drawn(LANGUAGES[0], {})}
    assert by_name["weather"]["initial_option"]["value"] == Severity.HIGH
    assert not any(name.startswith("initial_") for name in by_name["guests"])


def test_a_record_stands_in_its_form_by_its_fields_and_its_name_in_both_languages() -> None:
    typed = of_record(Department(name=Bilingual("Sales", "销售部"), head="U0LEAD", deputy="U0CLERK"), deputy="")
    assert (typed["name"], typed["name_zh"], typed["head"], typed["deputy"]) == ("Sales", "销售部", "U0LEAD", "")


def test_what_stands_above_a_field_comes_before_it_and_what_the_bot_hears_of_is_told() -> None:
    heard = b.text_input("outing.cost", tell=True)
    choices = {"stops": NUMBERS, "days": NUMBERS, "issue": NUMBERS}
    blocks = inputs(
        Outing, LANGUAGES[0], choices=choices, elements={"cost": heard}, above={"cost": [b.divider()], "issue": []}
    )
    at = blocks.index(b.divider())
    assert blocks[at + 1]["block_id"] == "cost"
    assert [block["block_id"] for block in blocks if block.get("dispatch_action")] == ["cost"]


@pytest.mark.parametrize(
    "others, beside",
    [
        pytest.param({"title": ""}, {"title"}, id="a field that is empty"),
        pytest.param({"seats": "0", "cost": "dear"}, {"seats", "cost"}, id="two fields"),
        pytest.param({"guide": "U0CLERK"}, {"title"}, id="all of it together: beside the first"),
    ],
)
def test_an_error_stands_beside_its_field(others: dict[str, str], beside: set[str]) -> None:
    with pytest.raises(FormErrors) as refused:
        read(drawn(LANGUAGES[0]), **others)
    assert set(refused.value.fields) == beside
