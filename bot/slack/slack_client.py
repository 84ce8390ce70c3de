"""Slack's client, which also tells of every call that failed."""

from collections.abc import Callable
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.error_names import error_name

UNREACHABLE = (SlackApiError, OSError, HTTPException)
"""What a call raises that Slack refuses, or does not answer."""
Failed = Callable[[str, str], None]
"""Hears the method and the name of the error."""
Hold = Callable[[], None]
"""Called before each step that may take long: keeps a message for who is sending it, or raises."""


class Client(WebClient):
    """A WebClient whose failures are heard, and raised as ever."""

    def __init__(self, *args: Any, failed: Failed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._failed = failed

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        try:
            return super().api_call(api_method, **arguments)
        except UNREACHABLE as error:
            self._failed(api_method, error_name(error))
            raise
        except UnicodeDecodeError as error:  # a page of something in between
            self._failed(api_method, error_name(error))
            raise HTTPException("what was answered is no text") from error
