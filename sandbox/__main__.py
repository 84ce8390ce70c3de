"""`python -m sandbox`: a Slack on your own machine."""

import argparse
import asyncio
import os
import signal
import sys
import threading
from pathlib import Path

from sandbox.base import Refused
from sandbox.rates import BURSTS
from sandbox.server import Sandbox


def main() -> int:
    """Serve until Ctrl-C or SIGTERM."""
    options = _options()
    try:
        sandbox = Sandbox(**{name: value for name, value in vars(options).items() if name != "with_parent"})
    except (OSError, ValueError, Refused) as problem:
        print(f"sandbox: {problem}", file=sys.stderr)  # noqa: T201
        return 1
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sandbox.ask_to_stop())
    if options.with_parent:
        threading.Thread(target=_end_with_parent, args=(sandbox,), daemon=True).start()
    print(f"sandbox ready at {sandbox.url}", flush=True)  # noqa: T201
    asyncio.run(sandbox.serve())
    return 0


def _end_with_parent(sandbox: Sandbox) -> None:
    """Stop when nobody holds the other end of standard input any more, however that came to be."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    sandbox.ask_to_stop()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="where it listens")
    parser.add_argument("--port", default=8091, type=int, help="where it listens; 0 takes a free port")
    parser.add_argument("--or-any-port", action="store_true", help="another port where that one is taken")
    parser.add_argument("--manifest", type=Path, help="the app's manifest (JSON)")
    parser.add_argument("--workspace", type=Path, help="people and channels to begin with (JSON)")
    parser.add_argument("--state", type=Path, help="where the workspace is kept between starts (JSON)")
    parser.add_argument("--rates", default="on", choices=list(BURSTS), help="how strictly Slack's rate limits are kept")
    parser.add_argument("--request-url", default="", help="deliver by HTTP to this URL; 'manifest': to its URLs")
    parser.add_argument("--hook", default="", help="where the app lets its time be moved (docs/sandbox.md)")
    parser.add_argument("--story", type=Path, help="a tour that the page can show (JSON)")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
