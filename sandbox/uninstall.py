"""The end of an installation, and what the app is told of it."""

from sandbox.slack import Slack


def revoke(slack: Slack) -> None:
    """Revoke the app's token: calls give `token_revoked`."""
    _end(slack, "token_revoked")


def uninstall(slack: Slack) -> None:
    """Take the app out of the workspace: calls give `account_inactive`, and nothing reaches the app any more."""
    slack.events.emit({"type": "app_uninstalled"})
    _end(slack, "account_inactive")


def _end(slack: Slack, error: str) -> None:
    slack.events.emit({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [slack.bot]}})
    slack.installation.end(error)
    slack.channels_changed()
