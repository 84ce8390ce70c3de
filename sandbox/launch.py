"""`python -m sandbox.launch app.py …`: a Slack app in Python as it stands, with the sandbox in Slack's place.

Nothing is set but the base URL of slack_sdk's clients, for which the SDK knows no environment variable.
"""

import argparse
import runpy
import sys
from pathlib import Path

from slack_sdk.web.base_client import BaseClient

SLACK = BaseClient.BASE_URL


def main() -> None:
    """Run an app as its `__main__`, with the arguments that follow it."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.launch", description=__doc__)
    parser.add_argument("--sandbox", default="http://127.0.0.1:8091", help="where the sandbox is")
    parser.add_argument("app", help="the app's file")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="what the app is called with")
    options = parser.parse_args()
    point_clients_to(options.sandbox)
    sys.argv = [options.app, *options.arguments]
    sys.path.insert(0, str(Path(options.app).resolve().parent))
    runpy.run_path(options.app, run_name="__main__")


def point_clients_to(sandbox: str) -> None:
    """Let clients that are made without a base URL call the sandbox; the async ones too where aiohttp is there."""
    clients: list[type] = [BaseClient]
    try:
        from slack_sdk.web.async_base_client import AsyncBaseClient
    except ImportError:
        pass
    else:
        clients.append(AsyncBaseClient)
    for client in clients:
        make = client.__init__  # type: ignore[misc]
        url = f"{sandbox.rstrip('/')}/api/"
        make.__defaults__ = tuple(url if value == SLACK else value for value in make.__defaults__ or ())


if __name__ == "__main__":
    main()
