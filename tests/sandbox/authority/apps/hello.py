"""The app of "Quickstart guide with Bolt for Python" (docs.slack.dev/tools/bolt-python/getting-started)."""

import os

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

app = App(token=os.environ.get("SLACK_BOT_TOKEN"))


@app.message("hello")
def message_hello(message, say):
    greeting = f"Hey there <@{message['user']}>!"
    button = {"type": "button", "text": {"type": "plain_text", "text": "Click Me"}, "action_id": "button_click"}
    text = {"type": "mrkdwn", "text": greeting}
    say(blocks=[{"type": "section", "text": text, "accessory": button}], text=greeting)


@app.action("button_click")
def action_button_click(body, ack, say):
    ack()
    say(f"<@{body['user']['id']}> clicked the button")


if __name__ == "__main__":
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
