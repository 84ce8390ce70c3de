"""What is said about risks."""

from domain.projects.record import Project
from domain.risks.record import Risk
from views.cards.looks import Look, Making
from views.risks.card import RiskFacts, card, given, receipt


def _facts(making: Making, risk: Risk) -> RiskFacts:
    return RiskFacts(risk, making.work.of(Project).get(risk.project_id).name)


LOOK = Look("risk", _facts, card=card, receipt=receipt, given=given)
