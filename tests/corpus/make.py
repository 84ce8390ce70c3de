"""Makes the corpus of this version: `python -m tests.corpus.make`. What is kept of earlier ones stays as it is.

A schema's database is made once. `--again` replaces that of the present schema, which only who has just made it may do.
"""

import json
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from bot.example.load import WORKSPACE
from bot.manifest import manifest
from sandbox.server import Sandbox
from storage.upgrade import newest_revision
from tests.corpus.crawl import crawl
from tests.corpus.desk import desk
from tests.corpus.kept import Json, Scene, keep_scene, pack, revisions
from tests.corpus.play import play
from tests.corpus.renew import renew
from tests.office import Office

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
QUEUED = ("ready", "sending", "unsure", "skipped", "failed")
AT_HOME = ("U0LEAD", "U0CLERK")


def main() -> None:
    revision = newest_revision()
    assert revision is not None
    if revision in revisions() and "--again" not in sys.argv:
        sys.exit(f"the database of schema {revision} is there already, and stays as it was played")
    sandbox = Sandbox(workspace=WORKSPACE, manifest=manifest()).start()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "gemba.db"
        scene = _played(sandbox, file)
        queue_each(file)
        pack(file, revision)
        with desk(sandbox, file, scene, Path(folder), "en") as curious:
            crawl(curious, scene)
        keep_scene(scene, revision)
    sandbox.stop()
    renew(revision)


def _played(sandbox: Sandbox, file: Path) -> Scene:
    with Office.open(sandbox, f"sqlite:///{file}", MONDAY) as office:
        play(office)
        for user in AT_HOME:
            office.person(user).open_home()
        slack, now = sandbox.slack, office.clock.now()
        shown = [slack.workspace.messages, slack.ephemerals, slack.workspace.homes]
        scene = Scene(now, *json.loads(json.dumps(shown)))
    scene.surfaces = _surfaces(scene, _names(file), sandbox.slack.bot)
    return scene


def _names(file: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Key and kind of each message that is out, by channel and ts."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT channel_id, ts, key, kind FROM outbox WHERE ts <> ''")
        return {(channel, ts): (key, kind) for channel, ts, key, kind in rows}


def _surfaces(scene: Scene, names: dict[tuple[str, str], tuple[str, str]], bot: str) -> dict[str, Json]:
    """All that can be pressed, the newest first: what is looked at is its state today."""
    surfaces: dict[str, Json] = {}
    for channel, messages in scene.messages.items():
        who = f"U{channel[1:]}" if channel.startswith("D") else "U0LEAD"
        for ts, message in reversed(messages.items()):
            where = {"channel": channel, "ts": ts, "person": who}
            if (channel, ts) in names:
                key, kind = names[channel, ts]
                surfaces[f"{kind} {key}"] = {"in": "message", "about": kind, **where}
            elif message.get("user") != bot and len(message["text"]) > 10:
                surfaces[f"said {ts}"] = {"in": "said", **where}
    for user, whispers in scene.whispers.items():
        for number, (ts, whisper) in enumerate(whispers.items()):
            where = {"channel": whisper["channel"], "ts": ts, "person": user}
            surfaces[f"whisper {number} to {user}"] = {"in": "whisper", **where}
    for user in AT_HOME:
        surfaces[f"home of {user}"] = {"in": "home", "person": user}
    return surfaces


def queue_each(file: Path) -> None:
    """Let a message of each kind and action wait, or have ended, in each way there is: as after a crash and faults."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.row_factory = sqlite3.Row
        query = (
            "SELECT * FROM outbox WHERE id IN (SELECT max(id) FROM outbox WHERE state = 'sent' GROUP BY kind, action)"
        )
        for row in connection.execute(query).fetchall():
            for state in QUEUED:
                _queue(connection, dict(row), state)


def _queue(connection: sqlite3.Connection, row: Json, state: str) -> None:
    waiting = state in ("ready", "sending", "unsure")
    held = {"lease_owner": "host:1:abc", "lease_until": row["created_at"]} if state == "sending" else {}
    ended = (
        {"settled_at": None} if waiting else {"error": "its reason is gone" if state == "skipped" else "msg_too_long"}
    )
    anew = {"key": f"{row['key']}#kept:{row['action']}:{state}", "token": uuid4().hex, "state": state}
    row |= {"channel_id": "", "ts": "", "attempts": int(state != "ready"), **anew, **held, **ended}
    del row["id"]
    columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO outbox ({columns}) VALUES ({marks})", tuple(row.values()))


if __name__ == "__main__":
    main()
