"""`python -m sandbox`: a Slack on your own machine."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from sandbox.server import Sandbox


def main() -> int:
    """Serve until Ctrl-C or SIGTERM."""
    options = _options()
    try:
        sandbox = Sandbox(options.workspace, options.manifest, options.state, options.host, options.port)
    except (OSError, ValueError) as problem:
        print(f"sandbox: {problem}", file=sys.stderr)  # noqa: T201
        return 1
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sandbox.ask_to_stop())
    print(f"sandbox ready at {sandbox.url}", flush=True)  # noqa: T201
    asyncio.run(sandbox.serve())
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="where it listens")
    parser.add_argument("--port", default=8091, type=int, help="where it listens; 0 takes a free port")
    parser.add_argument("--manifest", type=Path, help="the app's manifest (JSON)")
    parser.add_argument("--workspace", type=Path, help="people and channels to begin with (JSON)")
    parser.add_argument("--state", type=Path, help="where the workspace is kept between starts (JSON)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
