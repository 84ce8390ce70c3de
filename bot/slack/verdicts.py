"""What an answer of Slack's, or none, means for a message, by the error lists on the pages of its methods."""

from enum import Enum, auto
from http.client import HTTPException
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot.error_names import error_name


class Verdict(Enum):
    """What is to be done about it."""

    NOT_SENT = auto()  # it cannot have arrived: when Slack is back
    LATER = auto()  # when Slack says
    UNSURE = auto()  # part of the work may have happened: look it up
    STOPS_TARGET = auto()  # only a human can mend it: nothing goes there meanwhile
    STOPS_ACTION = auto()
    STOPS_WORKSPACE = auto()
    GONE = auto()  # what it was about is not there any more
    FAULT = auto()  # this message will never be taken


ERRORS: dict[Verdict, frozenset[str]] = {
    Verdict.LATER: frozenset({"ratelimited", "rate_limited", "team_added_to_org"}),
    Verdict.UNSURE: frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"}),
    Verdict.STOPS_TARGET: frozenset(
        {
            "not_in_channel",
            "channel_not_found",
            "is_archived",
            "user_not_found",
            "users_not_found",
            "user_disabled",
            "user_not_visible",
            "cannot_dm_bot",
            "messages_tab_disabled",
            "channel_is_limited_access",
            "is_inactive",
            "user_not_in_channel",
            "restricted_action",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
            "restricted_action_non_threadable_channel",
            "restricted_action_thread_locked",
        }
    ),
    Verdict.STOPS_ACTION: frozenset({"missing_scope", "not_allowed_token_type", "no_permission"}),
    Verdict.STOPS_WORKSPACE: frozenset(
        {
            "token_revoked",
            "token_expired",
            "invalid_auth",
            "not_authed",
            "account_inactive",
            "access_denied",
            "org_login_required",
            "ekm_access_denied",
            "team_access_not_granted",
            "accesslimited",
            "message_limit_exceeded",
            "team_not_found",
            "two_factor_setup_required",
        }
    ),
    Verdict.GONE: frozenset({"message_not_found", "cant_update_message", "edit_window_closed"}),
}
BY_NAME = {name: verdict for verdict, names in ERRORS.items() for name in names}


def verdict(error: SlackApiError | OSError | HTTPException) -> Verdict:
    """What became of a call that raised this."""
    if not isinstance(error, SlackApiError):
        return Verdict.NOT_SENT if _never_left(error) else Verdict.UNSURE
    status, name = error.response.status_code, error_name(error)
    if status == 429:
        return Verdict.LATER
    if name in BY_NAME:
        return BY_NAME[name]
    return Verdict.UNSURE if status >= 500 or name.startswith("http_") else Verdict.FAULT


def retry_after(error: SlackApiError) -> float:
    """How many seconds Slack wants us to wait; one where it does not say."""
    try:
        return max(0.0, float(error.response.headers.get("Retry-After", 1)))
    except ValueError:
        return 1.0


def _never_left(error: Exception) -> bool:
    """The connection failed (a name, a route, a certificate, a proxy) or broke while the request was being written.

    urllib wraps what happens until the last byte is written, and nothing after that; Slack can act on no part of one.
    """
    return isinstance(error, URLError) and isinstance(error.reason, OSError)
