"""What stands in a file that is in Slack."""

from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient

from domain.errors import NotFound, Problem
from domain.wording import words


class _NoRedirect(HTTPRedirectHandler):
    """Slack sends who may not see a file to its sign-in page; the token goes nowhere but to Slack."""

    def redirect_request(self, *_arguments: object, **_more: object) -> None:
        return None


_opener = build_opener(_NoRedirect)


def download(client: WebClient, url: str, largest: int) -> bytes:
    """The content of a file. Raises NotFound where Slack does not show it, Problem above `largest` bytes, OSError."""
    request = Request(url, headers={"Authorization": f"Bearer {client.token}"})
    try:
        with _opener.open(request, timeout=client.timeout) as answer:
            content: bytes = answer.read(largest + 1)
    except HTTPError as error:
        if error.code >= 500:
            raise
        raise NotFound(words("Slack does not show me this file. Upload it with /gemba kpi import.")) from error
    if len(content) > largest:
        raise too_large(largest)
    return content


def too_large(largest: int) -> Problem:
    return Problem(words("This file is larger than {limit} MB. Import it in parts.", limit=largest // 1_000_000))
