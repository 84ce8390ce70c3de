"""users.*, usergroups.*, team.*, auth.*: who is who, and who am I."""

from sandbox.api.call import Call, Methods, paged
from sandbox.base import APP_ID, Json, SlackError
from sandbox.objects import user_object, usergroup_object

methods = Methods()


@methods("api.test")
def api_test(call: Call) -> Json:
    if call.text("error"):
        raise SlackError(call.text("error"), args=call.args)
    return {"args": {key: value for key, value in call.args.items() if key != "token"}}


@methods("auth.test")
def auth_test(call: Call) -> Json:
    known, team = call.slack.workspace, call.slack.workspace.team
    me = {"user": known.users[known.bot_user]["name"], "user_id": known.bot_user, "bot_id": known.bot_id}
    names = {"url": f"{call.slack.url}/", "team": team["name"], "team_id": team["id"]}
    return {**names, **me, "is_enterprise_install": False}


@methods("team.info", "team:read")
def team_info(call: Call) -> Json:
    team = call.slack.workspace.team
    return {"team": {**team, "email_domain": "", "icon": {"image_default": True}}}


@methods("bots.info", "users:read")
def bots_info(call: Call) -> Json:
    """The one bot that there is; its id may be left out."""
    bot_id = call.slack.workspace.bot_id
    if call.text("bot", bot_id) != bot_id:
        raise SlackError("bot_not_found")
    ids = {"id": bot_id, "app_id": APP_ID, "user_id": call.slack.bot}
    return {"bot": {**ids, "name": call.slack.app.name, "deleted": False, "updated": 0, "icons": {}}}


@methods("users.info", "users:read")
def info(call: Call) -> Json:
    return {"user": _seen(call, call.user(), locale=call.flag("include_locale"))}


@methods("users.list", "users:read")
def list_(call: Call) -> Json:
    locale = call.flag("include_locale")
    people = [_seen(call, user, locale=locale) for user in call.slack.workspace.users.values()]
    return paged("members", call.page(people, default=1_000, most=1_000), cache_ts=0)


@methods("users.lookupByEmail", "users:read.email")
def lookup_by_email(call: Call) -> Json:
    wanted = call.need("email", "users_not_found").lower()
    for user in call.slack.workspace.users.values():
        if user["profile"]["email"].lower() == wanted:
            return {"user": _seen(call, user, locale=False)}
    raise SlackError("users_not_found")


@methods("users.profile.get", "users.profile:read")
def profile(call: Call) -> Json:
    user = call.user() if call.text("user") else call.slack.workspace.users[call.slack.bot]
    return {"profile": _seen(call, user, locale=False)["profile"]}


@methods("usergroups.list", "usergroups:read")
def usergroups(call: Call) -> Json:
    groups = call.slack.workspace.usergroups.values()
    return {"usergroups": [usergroup_object(group, users=call.flag("include_users")) for group in groups]}


@methods("usergroups.users.list", "usergroups:read")
def usergroup_users(call: Call) -> Json:
    group = call.slack.workspace.usergroups.get(call.need("usergroup", "no_such_subteam"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group["users"])}


def _seen(call: Call, user: Json, *, locale: bool) -> Json:
    shown = user_object(user, locale=locale)
    if not call.slack.app.may("users:read.email"):
        del shown["profile"]["email"]
    return shown
