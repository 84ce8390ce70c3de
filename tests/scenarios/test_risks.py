"""Risks of a project (T8): added, listed, looked at."""

from typing import Any

import pytest

from domain.core import Bilingual, NotFound, Severity
from domain.people.record import Member
from domain.projects.record import Project
from domain.risks.actions import add_risk
from domain.risks.form import RiskForm
from domain.risks.record import Risk
from tests.business_day import NOW
from tests.office import Office, texts

RED = {"likelihood": "medium", "impact": "high"}


@pytest.fixture
def project(office: Office) -> Project:
    with office.store() as work:
        work.of(Project).add(Project(name=Bilingual("Complaints", "客户投诉")), by="", at=NOW)
        return work.of(Project).add(Project(name=Bilingual("Sales orders", "销售订单")), by="", at=NOW)


def form(office: Office, text: str = "Staff resist the new process") -> Any:
    office.clerk.command(f"/gemba risk add {text}", "C0SALES")
    return office.clerk.modal()


def asked(office: Office, command: str) -> str:
    office.clerk.command(command, "C0SALES")
    said = office.clerk.messages("C0SALES")[-1]
    return f"{said['text']} {said['blocks']}"


def test_it_goes_from_the_command_to_a_receipt_its_owner_and_its_project(office: Office, project: Project) -> None:
    typed = {**RED, "project": str(project.id), "responses": "Kick-off\n\n Staff in the design ", "owner": ["U0LEAD"]}
    assert office.clerk.submit(form(office), typed).ok
    office.settle()
    receipt, given = office.clerk.messages("C0SALES")[-1], office.lead.messages()[-1]
    assert receipt["is_ephemeral"] and receipt["text"].startswith("Added as *R-1* to Sales orders.")
    assert given["text"].startswith("You answer for risk R-1 of Sales orders.") and "🔴" in given["text"]
    with office.records() as work:
        [risk] = work.of(Risk).find()
    assert (risk.level, risk.responses) == (Severity.HIGH, (Bilingual("Kick-off"), Bilingual("Staff in the design")))
    shown = asked(office, "/gemba project show Sales orders")
    assert "R-1 *High: Staff resist the new process*" in shown and "Kick-off, Staff in the design" in shown


def test_a_red_one_without_a_response_or_an_owner_is_refused_beside_the_fields(
    office: Office, project: Project
) -> None:
    outcome = office.clerk.submit(form(office), {**RED, "project": str(project.id)})
    needed = "This risk is red: it needs a response and an owner."
    assert outcome.errors == {"responses": needed, "owner": needed}
    typed = {"likelihood": "low", "impact": "medium", "project": str(project.id)}
    assert office.clerk.submit(office.clerk.modal(), typed).ok, "a yellow one needs neither"


def test_a_list_has_the_gravest_first_and_names_a_project_where_one_is_asked_for(
    office: Office, project: Project
) -> None:
    grave = {"likelihood": "high", "impact": "high", "responses": "Stop", "owner": ["U0LEAD"]}
    for number, typed in enumerate(({"likelihood": "low", "impact": "low"}, grave), start=project.id - 1):
        assert office.clerk.submit(form(office, f"Risk of {number}"), {**typed, "project": str(number)}).ok
    office.settle()
    every = asked(office, "/gemba risk list")
    assert every.index("R-2") < every.index("R-1") and "Complaints" in every
    assert "R-2" in asked(office, "/gemba 风险 列表 销售订单") and "R-1" not in asked(office, "/gemba risk list sales")
    shown = asked(office, "/gemba risk show R-2")
    assert "🔴 High" in shown and "gemba project show Sales orders" in shown
    assert "🔴 High" in asked(office, "/gemba risk R-2"), "its number alone is enough"
    assert asked(office, "/gemba risk show R-9").startswith("There is no R-9. Type /gemba risk list")
    assert asked(office, "/gemba risk show T-1").startswith("T-1 is something else.")


def test_a_list_of_a_project_that_is_not_there_leads_to_those_that_are(office: Office, project: Project) -> None:
    answer = asked(office, "/gemba risk list salse ordres")
    assert "There is no project of that name. Did you mean one of these?" in answer and "Sales orders" in answer
    assert "gemba project list" in asked(office, "/gemba risk list nowhere")


def test_a_project_that_is_not_there_is_refused(office: Office, project: Project) -> None:
    risk = RiskForm(what="It burns", project=project.id + 1, likelihood=Severity.LOW, impact=Severity.LOW)
    with pytest.raises(NotFound), office.store() as work:
        add_risk(work, Member(user_id="U0LEAD", name="Lead"), risk, "C0SALES", NOW)
    assert "No risks here." in asked(office, "/gemba risk list")


def test_without_a_project_there_is_nothing_to_add_it_to(office: Office) -> None:
    assert form(office) is None
    assert texts(office.clerk.messages("C0SALES"))[-1].startswith("A risk belongs to a project, and there is none yet.")
    assert "No risks here. Add one with `/gemba risk add`." in asked(office, "/gemba risk list")
