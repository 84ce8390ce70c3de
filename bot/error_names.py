"""What went wrong with a call to Slack, in a word: for logs, counters and lists of errors."""

import re
from urllib.error import URLError

NAME = re.compile(r"[a-z0-9_]+")  # of an error of Slack's; anything else is a page of something in between


def error_name(error: Exception) -> str:
    """Slack's own name of an error, else what kind of failure it was: `http_503`, `TimeoutError`, …"""
    from slack_sdk.errors import SlackApiError

    if isinstance(error, SlackApiError):
        data = error.response.data
        name = str(data.get("error") or "") if isinstance(data, dict) else ""
        return name if NAME.fullmatch(name) else f"http_{error.response.status_code}"
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        return type(error.reason).__name__
    return type(error).__name__
