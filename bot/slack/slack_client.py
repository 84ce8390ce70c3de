"""Slack's client, which also tells of every call that failed."""

from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

Failed = Callable[[str, str], None]
"""Hears the method and the name of the error."""


class Client(WebClient):
    """A WebClient whose failures are heard, and raised as ever."""

    def __init__(self, *args: Any, failed: Failed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._failed = failed

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        try:
            return super().api_call(api_method, **arguments)
        except (SlackApiError, OSError, HTTPException) as error:
            self._failed(api_method, error_name(error))
            raise


def error_name(error: Exception) -> str:
    """Slack's own name of an error, else what kind of failure it was: `http_503`, `TimeoutError`, …"""
    if isinstance(error, SlackApiError):
        data = error.response.data
        named = data.get("error") if isinstance(data, dict) else None
        return str(named or f"http_{error.response.status_code}")
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        return type(error.reason).__name__
    return type(error).__name__
