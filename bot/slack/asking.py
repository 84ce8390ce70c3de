"""Questions to Slack: what its errors mean. 'There is none' is an answer; 'not now' is not."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from http.client import HTTPException

from slack_sdk.errors import SlackApiError

from bot.error_names import error_name
from domain.core import NotFound, NotNow, Words, words

NO_SUCH_PERSON = frozenset({"user_not_found", "users_not_found", "user_not_visible"})
NO_SUCH_FILE = frozenset({"file_not_found", "file_deleted", "not_visible", "access_denied", "missing_scope"})
NOT_SHOWN = frozenset(
    {
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "access_denied",
        "no_permission",
        "permission_denied",
        "restricted_action",
        "method_not_supported_for_channel_type",
        "no_such_subteam",
        "subteam_not_found",
        "missing_scope",
        "plan_upgrade_required",
        "paid_teams_only",
        "not_allowed_token_type",
    }
)
"""Of a channel or group that the bot may not look into."""


@contextmanager
def asking(gone: Words, meaning: Collection[str]) -> Iterator[None]:
    """Raises NotFound with the sentence `gone` for the errors in `meaning`, and NotNow for any other failure."""
    try:
        yield
    except SlackApiError as error:
        name = error_name(error)
        if name in meaning:
            raise NotFound(gone) from error
        raise _not_now(name) from error
    except (OSError, HTTPException) as error:
        raise _not_now(error_name(error)) from error


def _not_now(name: str) -> NotNow:
    """An error that stays is one for an admin, who finds its name in the log."""
    said = words(
        "Slack does not answer as it should just now. Please try again in a minute; if it stays, tell an "
        "admin of Gemba: {error}.",
        error=name,
    )
    return NotNow(said, f"Slack: {name}")
