"""A signal is heeded at whatever line it interrupts the wait for it."""

import subprocess
import sys
from pathlib import Path

WAITING = """
import signal, sys
from pydantic import SecretStr
from bot.program import build
from bot.running import bot as running
from bot.running.over_socket import SocketBot
from bot.settings import Settings

running.TICK_SECONDS = 0.001

class Waiting(SocketBot):
    def stop(self): pass
    def _serve_health(self): pass

program = build(Settings(_env_file=None, slack_bot_token=SecretStr("xoxb-1"), database_url="sqlite:///gemba.db"))
for line in range(1, 40):
    seen = 0
    def look(frame, event, _argument):
        global seen
        seen += event == "line"
        if seen == line and event == "line":
            signal.raise_signal(signal.SIGTERM)
        return look
    bot = Waiting(program)
    bot.run_until_signal(lambda: sys.settrace(look))
    sys.settrace(None)
print("heeded at each")
"""


def test_it_is_heeded_at_each_line_of_the_wait(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WAITING], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "heeded at each\n", done.stderr
