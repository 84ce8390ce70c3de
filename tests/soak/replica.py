"""`gemba up` in a hurry, for the short loop: the same bot with short waits and ticks, and no regard for Slack's rates.

Its lease is still longer than a call to Slack may take (`bot.slack.gateway.TIMEOUT`).
"""

from datetime import timedelta

from bot.logs import configure
from bot.program import build
from bot.running.over_socket import SocketBot
from bot.scheduling.ticker import Ticker
from bot.settings import Settings
from storage.outbox.queue import Patience
from storage.outbox.rates import NONE
from storage.sole_process import sole_process

HURRIED = Patience(lease=timedelta(seconds=14), unsure=timedelta(seconds=3))
TICK = 2.0


def main() -> None:
    configure(pretty=False)
    settings = Settings(_env_file=None)
    with sole_process(settings.database):
        program = build(settings, patience=HURRIED, limits=NONE)
        bot = SocketBot(program, Ticker(program.runner.run_due, every=TICK))
        bot.start()
        bot.run_until_signal(lambda: None)


if __name__ == "__main__":
    main()
