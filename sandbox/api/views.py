"""views.*: modals and the Home tab."""

from sandbox.api.call import Call, Methods
from sandbox.base import Json, SlackError
from sandbox.modals import check_hash, make_view, replace_content
from sandbox.objects import view_object
from sandbox.validate import check_view

methods = Methods()


@methods("views.open")
def open_(call: Call) -> Json:
    view = _view(call, "modal")
    user = _owner_of_trigger(call)
    return _shown(call, call.slack.modals.open(user, view))


@methods("views.push")
def push(call: Call) -> Json:
    view = _view(call, "modal")
    user = _owner_of_trigger(call)
    if not call.slack.modals.stack(user):
        raise SlackError("not_found")
    return _shown(call, call.slack.modals.push(user, view))


@methods("views.update")
def update(call: Call) -> Json:
    payload = _view(call, "modal")
    view = call.slack.modals.find(call.text("view_id"), call.text("external_id"))
    if view is None:
        raise SlackError("not_found")
    check_hash(view, call.text("hash"))
    replace_content(view, payload)
    return _shown(call, view)


@methods("views.publish")
def publish(call: Call) -> Json:
    workspace = call.slack.workspace
    user = call.user("user_id")["id"]
    payload = _view(call, "home")
    view = workspace.homes.get(user)
    check_hash(view, call.text("hash"))
    if view is None:
        view = workspace.homes[user] = make_view(workspace, user, payload)
    else:
        replace_content(view, payload)
    shown = view_object(view)
    call.slack.push("home", lambda page: page == user, view=shown)
    call.slack.changed()
    return {"view": shown}


def _view(call: Call, kind: str) -> Json:
    payload = call.json("view")
    check_view(payload, kind)
    return dict(payload)


def _owner_of_trigger(call: Call) -> str:
    return call.slack.triggers.spend(call.need("trigger_id"))


def _shown(call: Call, view: Json) -> Json:
    call.slack.modals_changed(view["user"])
    return {"view": view_object(view)}
