"""The permissions that the app asks for, and what does not work without each."""

SCOPES = {
    "app_mentions:read": "it does not answer when it is mentioned",
    "channels:history": "a message whose answer got lost is posted again, and says that it may be a repeat",
    "channels:read": "channels have no names, and nobody in a channel is asked about its pilot",
    "chat:write": "nothing is posted",
    "chat:write.public": "it posts only into channels that it is invited to",
    "commands": "there are no slash commands and no shortcuts",
    "files:read": "photos of issues, and files with KPI values, cannot be read",
    "files:write": "charts are told in text, and `/gemba kpi export` says what to do",
    "groups:history": "as channels:history, in private channels",
    "groups:read": "as channels:read, in private channels",
    "im:history": "as channels:history, in direct messages",
    "im:write": "as im:history",
    "pins:write": "the suggestion box is not pinned",
    "usergroups:read": "user groups cannot take part in pilots",
    "users:read": "people have no name, language and time zone",
}


def missing_scopes(granted: str) -> dict[str, str]:
    """Those that are not among the granted ones (Slack's header `x-oauth-scopes`), with what does not work.

    None where Slack does not say.
    """
    given = {scope.strip() for scope in granted.split(",")}
    return {scope: without for scope, without in SCOPES.items() if scope not in given} if granted else {}
