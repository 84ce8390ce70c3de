"""oauth.v2.access, auth.revoke, apps.uninstall: how an installation begins and ends."""

from sandbox.api.call import Call, Methods
from sandbox.base import APP_ID, Json
from sandbox.installation import check_client
from sandbox.uninstall import revoke, uninstall

methods = Methods()


@methods("oauth.v2.access")
def access(call: Call) -> Json:
    """Exchange a code for the token. What was asked for is what is granted, where there is a manifest."""
    check_client(call.text("client_id"), call.text("client_secret"))
    code = call.slack.installation.exchange(call.text("code"), call.text("redirect_uri"))
    call.slack.install()
    call.slack.installation.grant(code.scope)
    team = call.slack.workspace.team
    return {
        "app_id": APP_ID,
        "authed_user": {"id": code.user},
        "scope": code.scope,
        "token_type": "bot",
        "access_token": call.slack.installation.token,
        "bot_user_id": call.slack.bot,
        "team": {"id": team["id"], "name": team["name"]},
        "enterprise": None,
        "is_enterprise_install": False,
    }


@methods("auth.revoke")
def revoke_(call: Call) -> Json:
    if not call.flag("test"):
        revoke(call.slack)
    return {"revoked": not call.flag("test")}


@methods("apps.uninstall")
def uninstall_(call: Call) -> Json:
    check_client(call.text("client_id"), call.text("client_secret"))
    uninstall(call.slack)
    return {}
