"""Payloads in all their shapes, as Slack documents them and as it really sends them."""

from tests.bot.inbound.payloads import (
    CHANNEL,
    CLERK,
    MODAL,
    OLD,
    TEAM,
    action,
    an_input,
    command,
    event,
    in_message,
    interaction,
    message_action,
    typed,
    view,
)

PAYLOADS = {
    "a command": command("list"),
    "a command of an organisation": command("list", enterprise_id="E1", enterprise_name="Example"),
    "a command without text": command(""),
    "a command that is not ours": command("x", "/unknown"),
    "a command of 4,000 characters": command("word " * 800, "/optimize"),
    "one word of 3,000 characters": command("x" * 3_000, "/gemba"),
    "a list that nobody knows": command("task list " + "😀" * 500, "/gemba"),
    "a button in a message": action("command.run", "gemba", **in_message()),
    "a button in a message with blocks only": action("issue.take", **in_message(blocks=[], text=None)),
    "a button in an ephemeral message": action("issue.take", **in_message(ephemeral=True)),
    "a button without a value": action("issue.take", None, **in_message()),
    "a button with somebody else's value": action("issue.close", "abc", **in_message()),
    "a button in a modal": action("settings.menu", view=view("settings.menu"), **MODAL),
    "a button in a view without state": action("settings.menu", view=view("x", state=None), **MODAL),
    "a button on the Home tab": action("home.issue", view=view("", kind="home"), **MODAL),
    "a choice taken back": action("suggest.move", {"selected_option": None}, "static_select", **in_message()),
    "a pilot taken back": action("feedback.pilot", {"selected_option": None}, "static_select", view=view("x"), **MODAL),
    "an emptied field": action("issue.how_much.times", None, "plain_text_input", view=view("issue.file"), **MODAL),
    "a global shortcut": interaction("shortcut", callback_id="file_issue", action_ts=OLD),
    "a shortcut on a message": message_action(text="Broken", user="U1"),
    "a shortcut on a message without text": message_action(text="", bot_id="B2", blocks=[{"type": "image"}]),
    "a shortcut on a message with attachments only": message_action(attachments=[{"fallback": "Alarm"}, {}], text=None),
    "a shortcut that is gone": interaction("shortcut", callback_id="gone", action_ts=OLD),
    "options": interaction(
        "block_suggestion", action_id="optimize.issue", block_id="issue", value="", **MODAL, view=view("optimize.log")
    ),
    "options that are gone": interaction("block_suggestion", action_id="gone", block_id="x", value="a", **MODAL),
    "a closed view": interaction("view_closed", view=view("issue.file"), is_cleared=True),
    "a submission": interaction(
        "view_submission", view=view("issue.file", an_input("title"), **typed(title="Broken")), response_urls=[]
    ),
    "a submission without a hash": interaction(
        "view_submission", view=view("suggest.send", an_input("text"), hash=None, **typed(text="More light"))
    ),
    "a submission with elements missing": interaction(
        "view_submission", view=view("issue.file", an_input("title"), state={"values": {"title": {}, "owner": None}})
    ),
    "a submission without values": interaction("view_submission", view=view("task.add", an_input("title"), state={})),
    "a submission of a form that is gone": interaction("view_submission", view=view("gone", an_input("a"))),
    "a submission of a form without inputs": interaction("view_submission", view=view("gone")),
    "the Home tab": event("app_home_opened", user=CLERK, channel="D1", tab="home", view=None),
    "the messages tab": event("app_home_opened", user=CLERK, channel="D1", tab="messages"),
    "a direct message": event("message", user=CLERK, text="hi", ts=OLD, channel="D1", channel_type="im", team=TEAM),
    "a direct message without text": event(
        "message",
        user=CLERK,
        ts=OLD,
        channel="D1",
        channel_type="im",
        subtype="file_share",
        files=[{"id": "F1"}],
        text="",
    ),
    "an edited message": event(
        "message",
        subtype="message_changed",
        channel="D1",
        channel_type="im",
        hidden=True,
        message={"user": CLERK, "text": "b", "ts": OLD},
        previous_message={},
        ts=OLD,
    ),
    "a deleted message": event("message", subtype="message_deleted", channel="D1", channel_type="im", deleted_ts=OLD),
    "a mention": event("app_mention", user=CLERK, text="<@UBOT> hi", ts=OLD, channel=CHANNEL),
    "a new channel": event("member_joined_channel", user="UBOT", channel=CHANNEL, channel_type="C", team=TEAM),
    "somebody joins": event("member_joined_channel", user=CLERK, channel=CHANNEL, channel_type="C", team=TEAM),
    "a renamed channel": event("channel_rename", channel={"id": CHANNEL, "name": "new", "created": 1}),
    "a renamed private channel": event("group_rename", channel={"id": CHANNEL, "name": "new", "created": 1}),
    "a changed profile": event("user_change", user={"id": CLERK, "profile": {}, "deleted": False}, cache_ts=1),
    "a button in no view": action("command.run", "gemba", view=None, message=None, **MODAL),
    "a button in a view of null values": action("settings.menu", view=view("x", state={"values": None}), **MODAL),
    "a button whose value is too large": action("issue.close", "9" * 20, **in_message()),
    "a command of null": {**command(""), "text": None},
    "a form without metadata": interaction(
        "view_submission",
        view=view("issue.postpone", an_input("due"), an_input("reason"), **typed(due="2026-12-01", reason="x")),
    ),
    "a form whose metadata is a list": interaction(
        "view_submission", view=view("issue.hand", an_input("owner"), private_metadata="[1]", **typed(owner=CLERK))
    ),
    "a form with a field missing": interaction(
        "view_submission", view=view("issue.status", an_input("status"), private_metadata='{"issue": 1}')
    ),
    "a form with a null": interaction(
        "view_submission",
        view=view("issue.status", an_input("status"), private_metadata='{"issue": 1}', **typed(status=None)),
    ),
    "a form with a file of nulls": interaction(
        "view_submission",
        view=view(
            "issue.file",
            an_input("title"),
            state={
                "values": {
                    "title": {"title": {"type": "plain_text_input", "value": "Broken lamp"}},
                    "files": {"files": {"type": "file_input", "files": [{"id": "F1", "name": None, "mimetype": None}]}},
                },
            },
        ),
    ),
    "somebody joins, but nobody": event("member_joined_channel", channel=CHANNEL, channel_type="C", team=TEAM),
    "an event that nobody asked for": event("reaction_added", user=CLERK, reaction="+1", item={}),
    "the app is removed": event("app_uninstalled"),
}
