"""The page on which a person allows an app to be installed, as OAuth v2 has it."""

from html import escape
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sandbox.base import CLIENT_ID, Refused
from sandbox.platform import Platform
from sandbox.slack import Slack

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/page/css/base.css">
<link rel="stylesheet" href="/page/css/oauth.css"><main>{content}</main></html>"""
ASK = """{others}<h1>{app} would like to be added to {team}</h1><p>It asks for:</p><ul>{scopes}</ul>
<form method="post"><p><label>You are <select name="user">{people}</select></label></p>
<p><button name="answer" value="cancel">Cancel</button> <button name="answer" value="allow">Allow</button></p></form>"""


async def authorize(request: Request) -> Response:
    """Ask a person, and send their answer to the app's redirect URL."""
    platform: Platform = request.app.state.platform
    try:
        slack = platform.workspace(request.query_params.get("team", ""))
        target = _checked(slack, request.query_params)
        answer = _answer(slack, request.query_params, await request.form(), target)
    except Refused as refused:
        return HTMLResponse(PAGE.format(title="Not possible", content=f"<h1>{escape(str(refused))}</h1>"), 400)
    if request.method == "GET":
        return HTMLResponse(PAGE.format(title="Allow?", content=_question(platform, slack, request.query_params)))
    state = {"state": request.query_params["state"]} if request.query_params.get("state") else {}
    return RedirectResponse(f"{target}{'&' if '?' in target else '?'}{urlencode({**answer, **state})}", 302)


def _checked(slack: Slack, asked: QueryParams) -> str:
    """Return the redirect URL; raises Refused where Slack would show an error instead of asking."""
    known = slack.app.redirect_urls
    target = asked.get("redirect_uri") or next(iter(known), "")
    if asked.get("client_id") != CLIENT_ID:
        raise Refused("invalid_client_id", f"Invalid client_id: the sandbox knows {CLIENT_ID}.")
    if not asked.get("scope"):
        raise Refused("no_scopes", "No scopes requested.")
    if not target or (known and not any(_lies_below(target, url) for url in known)):
        raise Refused("bad_redirect_uri", "redirect_uri did not match any configured URIs.")
    return target


def _lies_below(url: str, known: str) -> bool:
    """Slack takes a redirect URL and what lies below it, of the very same host."""
    one, other = urlsplit(url), urlsplit(known)
    return one[:2] == other[:2] and f"{one.path}/".startswith(f"{other.path.rstrip('/')}/")


def _answer(slack: Slack, asked: QueryParams, form: FormData, target: str) -> dict[str, str]:
    if form.get("answer") != "allow":
        return {"error": "access_denied"}
    user = slack.workspace.person(str(form.get("user")))["id"]
    return {"code": slack.installation.allow(user, asked["scope"], target)}


def _question(platform: Platform, slack: Slack, asked: QueryParams) -> str:
    people = (user for user in slack.workspace.users.values() if not user["is_bot"])
    options = (f'<option value="{escape(user["id"])}">{escape(user["real_name"] or user["name"])}' for user in people)
    return ASK.format(
        others=_others(platform, slack, asked),
        app=escape(slack.app.name),
        team=escape(slack.workspace.team["name"]),
        scopes="".join(f"<li><code>{escape(scope)}</code>" for scope in asked["scope"].split(",")),
        people="".join(options),
    )


def _others(platform: Platform, slack: Slack, asked: QueryParams) -> str:
    """Which workspace it is and the way to the others, where there are several."""
    workspaces = platform.workspaces.values()
    if len(workspaces) == 1:
        return ""
    links = (
        f'<a href="?{escape(urlencode({**asked, "team": other.id}))}"'
        f"{' aria-current=page' if other is slack else ''}>{escape(other.workspace.team['name'])}</a>"
        for other in workspaces
    )
    return f'<nav aria-label="Workspaces">{" ".join(links)}</nav>'
