"""The rest of "Concepts" in Bolt's docs (docs.slack.dev/tools/bolt-python/concepts), page by page, as one app.

Commands, shortcuts, opening and updating modals, view submissions, select menus, App Home, events, lazy listeners.
"""

import os
import re

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

app = App(token=os.environ["SLACK_BOT_TOKEN"], signing_secret=os.environ.get("SLACK_SIGNING_SECRET"))


def plain(text):
    return {"type": "plain_text", "text": text}


def section(text, **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


# Listening to messages, with a pattern; sending messages in a thread
@app.message(re.compile("(hi|hey)"))
def say_hello_regex(say, context, message):
    say(f"{context['matches'][0]}, how are you?", thread_ts=message["ts"])


# Listening to events
@app.event("member_joined_channel")
def welcome(event, say):
    say(text=f"Welcome, <@{event['user']}>! You can introduce yourself in this channel.")


@app.event({"type": "message", "subtype": "file_share"})
def look_at_file(event, client):
    client.reactions_add(channel=event["channel"], timestamp=event["ts"], name="eyes")


# Listening and responding to commands
@app.command("/echo")
def repeat_text(ack, respond, command):
    ack()
    respond(f"{command['text']}")


# Lazy listeners
def respond_to_slack_within_3_seconds(body, ack):
    ack("Usage: /start-process (description here)" if not body.get("text") else f"Accepted! (task: {body['text']})")


def run_long_process(respond, body):
    respond(f"Completed! (task: {body['text']})")


app.command("/start-process")(ack=respond_to_slack_within_3_seconds, lazy=[run_long_process])


# Listening and responding to shortcuts; opening, pushing and updating modals
@app.shortcut("open_modal")
def open_modal(ack, shortcut, client):
    ack()
    button = {"type": "button", "text": plain("Click me!"), "action_id": "button_abc"}
    view = {"type": "modal", "callback_id": "view_1", "title": plain("My App"), "close": plain("Close")}
    blocks = [section("Welcome to a modal with _blocks_", block_id="section-1", accessory=button)]
    client.views_open(trigger_id=shortcut["trigger_id"], view={**view, "blocks": blocks})


@app.action("button_abc")
def update_modal(ack, body, client):
    ack()
    menu = {"type": "external_select", "action_id": "external_action", "min_query_length": 0}
    blocks = [
        {
            "type": "input",
            "block_id": "input_c",
            "label": plain("What are your hopes and dreams?"),
            "element": {"type": "plain_text_input", "action_id": "dreamy_input", "multiline": True},
        },
        {"type": "input", "block_id": "choice", "label": plain("Pick one"), "element": menu},
    ]
    view = {"type": "modal", "callback_id": "view_2", "title": plain("Updated"), "submit": plain("Submit")}
    view_id, version = body["view"]["id"], body["view"]["hash"]
    client.views_update(view_id=view_id, hash=version, view={**view, "blocks": blocks})


# Listening and responding to select menu options
@app.options("external_action")
def show_options(ack, payload):
    options = [{"text": plain("Option 1"), "value": "1-1"}, {"text": plain("Option 2"), "value": "1-2"}]
    wanted = payload.get("value")
    ack(options=[option for option in options if not wanted or wanted in option["text"]["text"]])


# Listening to view submissions
@app.view("view_2")
def handle_submission(ack, body, client, view):
    hopes_and_dreams = view["state"]["values"]["input_c"]["dreamy_input"]["value"]
    if len(hopes_and_dreams) <= 5:
        ack(response_action="errors", errors={"input_c": "The value must be longer than 5 characters"})
        return
    ack()
    client.chat_postMessage(channel=body["user"]["id"], text=f"Your submission: {hopes_and_dreams}")


# Responding to actions: a message shortcut, and its answer by `respond`
@app.shortcut("acknowledge")
def acknowledge(ack, respond, shortcut):
    ack()
    respond(f"Seen: {shortcut['message']['text']}", response_type="ephemeral")


# Publishing views to App Home
@app.event("app_home_opened")
def update_home_tab(client, event):
    home = {"type": "home", "blocks": [section(f"*Welcome home, <@{event['user']}> :house:*")]}
    client.views_publish(user_id=event["user"], view=home)


if __name__ == "__main__":
    if os.environ.get("SLACK_APP_TOKEN"):
        SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
    else:
        app.start(port=int(os.environ.get("PORT", "3000")))
