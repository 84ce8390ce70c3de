"""The socket client, where Slack's own falls short."""

from threading import Event, Thread
from time import sleep
from typing import Any

from slack_sdk.socket_mode.builtin.connection import ConnectionState

from bot.socket import Client


class JustOpened:
    """A session whose reader has seen that it is open, and starts a moment later."""

    session_id = "s"

    def __init__(self) -> None:
        self.seen = Event()

    def is_active(self) -> bool:
        if not self.seen.is_set():
            self.seen.set()
            sleep(0.2)
        return True

    def run_until_completion(self, state: ConnectionState) -> None:
        while not state.terminated:
            sleep(0.01)

    def close(self) -> None:
        pass


def test_it_closes_even_at_the_moment_its_reader_starts() -> None:
    """Slack's client waits for ever then: its reader resets the flag that tells it to end."""
    client, session = Client(app_token="xapp-1"), JustOpened()
    opened: Any = session
    client.current_session = opened
    assert session.seen.wait(2)
    closing = Thread(target=client.close, daemon=True)
    closing.start()
    closing.join(3)
    assert not closing.is_alive()
