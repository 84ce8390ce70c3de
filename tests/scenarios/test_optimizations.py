"""The optimization log, from the form to the card, in both languages."""

from typing import Any

from domain.core import Activity, Bilingual, UnitOfWork
from domain.optimizations.record import Optimization
from domain.processes.record import Process
from sandbox.person import Person
from tests.business_day import DAY
from tests.office import Office, texts

T4: dict[str, Any] = {
    "background": "The pilot found scheduling too slow",
    "measures": "1. Scheduling module that pushes orders\n2) Priority flag for urgent orders",
    "effect_1_metric": "Scheduling",
    "effect_1_before": "8 h",
    "effect_1_after": "3 hours",
    "remarks": "Rolled out to all of production",
}
SECOND = {"effect_2_metric": "Whole cycle", "effect_2_percent": "20 %"}


def process(office: Office, **fields: Any) -> Process:
    with office.store() as work:
        new = Process(name=Bilingual("Order fulfilment", "订单履约流程"), **{"channel": "C0SALES", **fields})
        return work.of(Process).add(new, by="", at=office.clock.now())


def log(office: Office, person: Person, typed: dict[str, Any] | None = None, channel: str = "C0SALES") -> None:
    """The example of METHOD's T4, with its second effect in a group of its own."""
    person.command("/optimize", channel)
    person.press(person.modal() or {}, "optimize.more", fill=T4)
    outcome = person.submit(person.modal(), T4 | SECOND | (typed or {}))
    assert outcome.ok and not outcome.errors, outcome
    office.settle()


def shown(message: dict[str, Any]) -> str:
    """All that stands in a message or modal."""
    return str(message["blocks"])


def stored(work: UnitOfWork) -> Any:
    found = work.of(Optimization).one(number=1)
    assert found is not None
    return found


def test_an_optimization_with_two_effects_is_worked_out_on_its_card(office: Office) -> None:
    order_fulfilment = process(office)
    log(office, office.clerk, {"process": str(order_fulfilment.id)}, "C0GENERAL")

    (card,) = office.clerk.messages("C0SALES")  # the process's channel, not where it was typed
    assert card["text"].startswith("Optimization O-1: Order fulfilment.")
    assert "8 hours → 3 hours, *62.5 % better*" in shown(card) and "Whole cycle: *20 % better*" in shown(card)
    assert "'text': 'Scheduling module that pushes orders'" in shown(card)  # its number is the card's
    private = office.clerk.messages("C0GENERAL")[-1]
    assert private["is_ephemeral"] and f"p{card['ts'].replace('.', '')}|O-1>" in private["text"]
    with office.records() as work:
        record = stored(work)
        assert (record.owner, record.by, str(record.date)) == ("U0CLERK", "U0CLERK", str(DAY))
        assert [activity.verb for activity in work.of(Activity).find(subject="optimizations")] == ["logged"]
    assert office.undelivered() == {}


def test_the_improvement_is_worked_out_as_one_types(office: Office) -> None:
    office.clerk.command("/optimize", "C0SALES")
    modal = office.clerk.modal() or {}
    typed = {"effect_1_before": "15", "effect_1_after": "8 d", "measures": "Reviewed side by side"}
    office.clerk.press(modal, "optimize.effect", "8 d", block_id="effect_1_after", fill=typed)
    modal = office.clerk.modal() or {}
    assert "That is *46.7 % better*." in shown(modal)
    office.clerk.press(modal, "optimize.effect", ["higher"], block_id="effect_1_higher", fill=typed)
    assert "That is *46.7 % worse*." in shown(office.clerk.modal() or {})


def test_what_is_typed_stays_when_another_effect_is_added(office: Office) -> None:
    office.clerk.command("/optimize", "C0SALES")
    for effects in range(2, 6):
        office.clerk.press(office.clerk.modal() or {}, "optimize.more", fill=T4)
        assert f"effect_{effects}_metric" in shown(office.clerk.modal() or {})
    modal = office.clerk.modal() or {}
    assert "optimize.more" not in shown(modal)  # five are the most
    assert office.clerk.submit(modal).ok
    with office.records() as work:
        assert stored(work).measures == ("Scheduling module that pushes orders", "Priority flag for urgent orders")
        assert len(stored(work).effects) == 1


def test_what_does_not_fit_is_said_beside_each_field_at_once(office: Office) -> None:
    office.stock.command("/optimize", "C0WAREHOUSE")
    office.stock.press(office.stock.modal() or {}, "optimize.more")
    bad = {
        "measures": "推送订单",
        "effect_1_metric": "调度",
        "effect_1_before": "8 小时",
        "effect_1_after": "3 天",
        "effect_2_metric": "周期",
        "effect_2_percent": "很多",
    }
    outcome = office.stock.submit(office.stock.modal(), bad)
    assert set(outcome.errors) == {"effect_1_after", "effect_2_percent"}
    outcome = office.stock.submit(office.stock.modal(), {"effect_1_after": "3 小时", "effect_2_percent": "20"})
    assert outcome.ok and office.stock.modal() is None


def test_the_author_edits_and_the_card_follows_while_others_are_told_who_may(office: Office) -> None:
    log(office, office.clerk)
    card = next(message for message in office.clerk.messages("C0SALES") if not message.get("is_ephemeral"))
    office.sales_head.press(card, "optimize.edit", "1")
    office.settle()
    refusal = "Only who logged it, leads and admins can change O-1."
    assert refusal in office.sales_head.messages("C0SALES")[-1]["text"]

    office.clerk.press(card, "optimize.edit", "1")
    modal = office.clerk.modal() or {}
    assert "That is *62.5 % better*." in shown(modal)
    office.clerk.submit(modal, {"effect_1_after": "2"})
    office.settle()
    assert "8 hours → 2 hours, *75 % better*" in shown(office.clerk.message("C0SALES", card["ts"]))
    with office.records() as work:
        assert stored(work).measures == ("Scheduling module that pushes orders", "Priority flag for urgent orders")
        assert stored(work).remarks == "Rolled out to all of production"


def test_of_two_people_who_edit_at_once_the_second_is_told_and_keeps_what_was_typed(office: Office) -> None:
    log(office, office.clerk)
    card = next(message for message in office.clerk.messages("C0SALES") if not message.get("is_ephemeral"))
    office.clerk.press(card, "optimize.edit", "1")
    office.lead.press(card, "optimize.edit", "1")
    assert office.lead.submit(office.lead.modal(), {"effect_1_after": "2"}).ok
    outcome = office.clerk.submit(office.clerk.modal(), {"effect_1_after": "4"})
    assert "Somebody else changed O-1" in str(outcome.errors) and office.clerk.modal() is not None
    with office.records() as work:
        assert stored(work).effects[0].after == 2


def test_an_issue_is_found_by_its_number_and_linked(office: Office) -> None:
    office.clerk.command("/issue Scheduling is agreed offline", "C0SALES")
    office.clerk.submit(office.clerk.modal())
    office.clerk.command("/optimize", "C0SALES")
    modal = office.clerk.modal() or {}
    assert [option["text"]["text"] for option in office.clerk.options(modal, "optimize.issue", "offline")] == [
        "I-1 · Scheduling is agreed offline"
    ]
    assert office.clerk.options(modal, "optimize.issue", "no such thing") == []
    office.clerk.submit(modal, T4 | {"issue": "I-1 · Scheduling is agreed offline"})
    office.settle()
    with office.records() as work:
        assert stored(work).issue_id == 1
    card = [message for message in office.clerk.messages("C0SALES") if not message.get("is_ephemeral")][-1]
    assert "I-1 Scheduling is agreed offline" in shown(card)
    office.clerk.press(card, "optimize.edit", "1")
    assert office.clerk.submit(office.clerk.modal(), {"remarks": ""}).ok
    with office.records() as work:
        assert (stored(work).issue_id, stored(work).remarks) == (1, "")


def test_the_log_is_listed_and_shown_in_chinese(office: Office) -> None:
    office.stock.command("/optimize list", "C0WAREHOUSE")
    order_fulfilment = process(office, channel="C0WAREHOUSE")
    log(office, office.stock, {"process": str(order_fulfilment.id)}, "C0WAREHOUSE")
    office.stock.command("/optimize list 订单履约流程", "C0WAREHOUSE")
    office.stock.command("/optimize show O-1", "C0WAREHOUSE")
    empty, *_, listed, single = [m for m in office.stock.messages("C0WAREHOUSE") if m.get("is_ephemeral")]
    assert "/optimize" in empty["text"]
    assert "O-1" in shown(listed) and "订单履约流程" in shown(listed)
    assert "Scheduling：8 小时 → 3 小时， *改善 62.5%*" in shown(single)


def test_an_unknown_process_or_number_says_what_to_do(office: Office) -> None:
    process(office)
    office.clerk.command("/optimize list Order fulfilmant", "C0SALES")
    office.clerk.command("/optimize list Nonsense", "C0SALES")
    office.clerk.command("/optimize show O-9", "C0SALES")
    near, unknown, missing = texts(office.clerk.messages("C0SALES"))
    assert "Did you mean “Order fulfilment”?" in near
    assert "/optimize list" in unknown and "O-9" in missing


def test_what_people_write_is_never_markup(office: Office) -> None:
    evil = "<!channel> *bold* & `code` :tada:"
    log(office, office.clerk, {"effect_1_metric": evil, "measures": evil, "remarks": evil})
    card = next(message for message in office.clerk.messages("C0SALES") if not message.get("is_ephemeral"))
    assert "<!channel>" not in card["text"]
    assert not [b for b in card["blocks"] if b["type"] == "section" and "<!channel>" in str(b)]


def test_where_no_channel_takes_it_the_answer_is_private_and_the_record_is_there(office: Office) -> None:
    office.stock.command("/optimize", office.stock.dm)
    assert office.stock.submit(office.stock.modal(), T4).ok
    office.settle()
    assert "O-1" in texts(office.stock.messages())[-1]
    with office.records() as work:
        assert stored(work).channel == ""
    assert office.undelivered() == {}


def test_it_is_logged_from_the_home_tab_too(office: Office) -> None:
    office.clerk.open_home()
    office.clerk.press(office.clerk.home() or {}, "home.optimize")
    assert office.clerk.submit(office.clerk.modal(), T4).ok
    office.settle()
    assert "O-1" in texts(office.clerk.messages())[-1]
