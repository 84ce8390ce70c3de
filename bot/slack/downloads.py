"""What stands in a file that is in Slack."""

from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient

from domain.core import Command, NotFound, UserError, words


class _NoRedirect(HTTPRedirectHandler):
    """Slack sends who may not see a file to its sign-in page; the token goes nowhere but to Slack."""

    def redirect_request(self, *_arguments: object, **_more: object) -> None:
        return None


_opener = build_opener(_NoRedirect)


def content_of(client: WebClient, file: Mapping[str, Any], largest: int) -> bytes:
    """What stands in a file (Slack's object of it). Raises UserError where it is kept elsewhere or too large
    (`largest`, in bytes), NotFound where Slack does not show it, OSError."""
    if int(file.get("size") or 0) > largest:
        raise too_large(largest)
    url = str(file.get("url_private") or "")
    if file.get("is_external") or file.get("mode") == "external" or not is_slacks(url, client.base_url):
        raise UserError(
            "This file is kept outside Slack, and I fetch nothing from there. Download it, then upload "
            "the file itself to Slack."
        )
    return _download(client, url, largest)


def is_slacks(url: str, api: str) -> bool:
    """Whether a URL may be given our token: it leads to Slack's hosts, or to the one whose Web API we use (`api`).

    A remote file's `url_private` leads wherever the app that added it says.
    """
    asked, own = urlsplit(url), urlsplit(api)
    if (asked.scheme, asked.netloc) == (own.scheme, own.netloc):
        return True
    return asked.scheme == "https" and f".{asked.hostname}".endswith(
        (".slack.com", ".slack-files.com", f".{own.hostname}")
    )


def _download(client: WebClient, url: str, largest: int) -> bytes:
    request = Request(url, headers={"Authorization": f"Bearer {client.token}"})
    try:
        with _opener.open(request, timeout=client.timeout) as answer:
            content: bytes = answer.read(largest + 1)
    except HTTPError as error:
        if error.code >= 500:
            raise
        said = words("Slack does not show me this file. Upload it with {command}.", command=Command("gemba kpi import"))
        raise NotFound(said) from error
    if len(content) > largest:
        raise too_large(largest)
    return content


def too_large(largest: int) -> UserError:
    return UserError("This file is larger than {limit} MB. Import it in parts.", limit=largest // 1_000_000)
