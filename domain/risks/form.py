"""What is typed to add a risk. A red one, whose level is high, needs a response and an owner."""

from typing import Annotated

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from domain.core import Severity, UserError, words
from domain.forms.asked import Asked, Menu
from domain.forms.base import Form, Text, cleaned, typed
from domain.forms.choices import OneOf
from domain.risks.record import risk_level

LONGEST = 300
SUCH_AS = words("Staff resist the new process")
ONE_A_LINE = words("One a line. A red risk (level high) needs at least one.")
ANSWERS = words("Answers for the risk, and gets a message. A red one needs somebody.")
What = Annotated[Text, Field(min_length=1, max_length=LONGEST)]
Response = Annotated[str, Field(max_length=LONGEST)]
Responses = Annotated[tuple[Response, ...], typed(lambda text: tuple(filter(None, map(cleaned, text.splitlines()))))]


class RiskForm(Form):
    model_config = ConfigDict(validate_default=True)

    what: Annotated[What, Asked(words("What could go wrong?"), placeholder=SUCH_AS)]
    project: Annotated[int, Asked(words("Project"), menu=Menu.SELECT)]
    likelihood: Annotated[Severity, Asked(words("How likely is it?"))]
    impact: Annotated[Severity, Asked(words("How bad would it be?"))]
    responses: Annotated[Responses, Asked(words("Response"), hint=ONE_A_LINE, lines=True)] = ()
    owner: Annotated[OneOf, Asked(words("Owner"), hint=ANSWERS, menu=Menu.ONE_PERSON)] = ""

    @field_validator("responses", "owner")
    @classmethod
    def _needed_where_red(cls, value: object, info: ValidationInfo) -> object:
        """Nothing is said of the level while one of its two is missing."""
        likelihood, impact = info.data.get("likelihood"), info.data.get("impact")
        if not value and likelihood and impact and risk_level(likelihood, impact) is Severity.HIGH:
            raise UserError("This risk is red: it needs a response and an owner.")
        return value
