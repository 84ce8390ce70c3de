"""More processes, pilots and departments than a menu of Slack takes: each can be found, and none is lost."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from domain.core import Bilingual
from domain.optimizations.record import Effect, Optimization
from domain.people.record import Department
from domain.pilots.record import Pilot
from domain.processes.record import Process
from tests.office import Office

MANY = 130


def names(options: list[dict[str, Any]]) -> list[str]:
    return [option["text"]["text"] for option in options]


def crowd(office: Office) -> None:
    now = office.clock.now()
    with office.store() as work:
        for number in range(1, MANY + 1):
            work.of(Process).add(Process(name=Bilingual(f"Process {number:03}", f"流程{number:03}号")), by="", at=now)
            work.of(Department).add(Department(name=Bilingual(f"Team {number:03}")), by="", at=now)
            work.of(Pilot).add(
                Pilot(
                    number=number,
                    name=Bilingual(f"Trial {number:03}"),
                    starts=now.date(),
                    ends=now.date() + timedelta(days=30),
                ),
                by="",
                at=now,
            )


def test_mending_an_optimization_keeps_its_process_and_pilot(office: Office) -> None:
    crowd(office)
    with office.store() as work:
        last, first = work.of(Process).find(order="-name", limit=1)[0], work.of(Pilot).find(order="id", limit=1)[0]
        work.of(Optimization).add(
            Optimization(
                number=1,
                date=office.clock.now().date(),
                measures=("Faster",),
                owner="U0CLERK",
                by="U0CLERK",
                effects=(Effect(metric="Cycle", percent=Decimal(20)),),
                process_id=last.id,
                pilot_id=first.id,
            ),
            by="U0CLERK",
            at=office.clock.now(),
        )
    office.clerk.command("/optimize show O-1", "C0SALES")
    office.clerk.press(office.clerk.messages("C0SALES")[-1], "optimize.edit")
    assert office.clerk.submit(office.clerk.modal(), {"remarks": "Seen again"}).ok
    with office.records() as work:
        mended = work.of(Optimization).get(1)
    assert (mended.remarks, mended.process_id, mended.pilot_id) == ("Seen again", last.id, first.id)


def test_each_is_found_by_what_it_is_called(office: Office) -> None:
    crowd(office)
    office.clerk.command("/issue Broken", "C0SALES")
    form = office.clerk.modal()
    assert form is not None
    assert names(office.clerk.options(form, "choose.process", "Process 129")) == ["Process 129"]
    assert "Process 128" in names(office.clerk.options(form, "choose.process", "流程128"))
    assert len(office.clerk.options(form, "choose.process")) == 100
    office.clerk.command("/optimize", "C0SALES")
    form = office.clerk.modal()
    assert form is not None
    assert names(office.clerk.options(form, "choose.pilot", "p-129")) == ["P-129 · Trial 129"]


def test_a_process_keeps_a_department_that_is_far_down_the_list(office: Office) -> None:
    crowd(office)
    with office.store() as work:
        last = work.of(Department).find(order="-name", limit=1)[0]
        work.of(Process).change(work.of(Process).get(1), by="", at=office.clock.now(), department_id=last.id)
    office.lead.command("/gemba settings processes", "C0SALES")
    office.lead.press(office.lead.modal(), "settings.process", "1")
    form = office.lead.modal()
    assert form is not None
    assert names(office.lead.options(form, "choose.department", "Team 130"))[1] == "Team 130"
    assert office.lead.submit(form, {"version": "V2"}).ok
    with office.records() as work:
        assert work.of(Process).get(1).department_id == last.id
