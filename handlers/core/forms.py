"""From what a modal holds to a checked form."""

from typing import TypeVar

from domain.forms.base import Form
from handlers.core.request import Request

F = TypeVar("F", bound=Form)


def form_of(request: Request, kind: type[F]) -> F:
    """The submitted form. Raises FormErrors, which the dispatcher shows beside the fields."""
    return kind.read(request.values)
