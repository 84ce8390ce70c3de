"""What the kept records look like today: `python -m tests.corpus.renew` keeps it, and says what became different.

Run it on purpose, when a message or form is to change, and read what it names before committing.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr

from bot.database import SCHEMA
from bot.delivery.rendering import renderer
from bot.example.load import WORKSPACE
from bot.manifest import manifest
from bot.program import build
from bot.scheduling.clock import FixedClock
from bot.settings import Settings
from sandbox.server import Sandbox
from storage.outbox.queue import Queue
from storage.outbox.rates import NONE
from tests.corpus.desk import desk
from tests.corpus.kept import (
    LANGUAGES,
    Json,
    Scene,
    everybody_reads,
    keep_rendered,
    rendered,
    revisions,
    scene_of,
    unpack,
)
from views.cards.looks import Looks
from views.looks import LOOKS, OF_NO_KIND


def messages_today(revision: str, scene: Scene, folder: Path, language: str) -> Json:
    """Each row of the outbox, rendered from the kept records; None where there is nothing to say any more."""
    file = unpack(revision, folder / f"messages.{language}.db")
    everybody_reads(file, language)
    _all_wait(file)
    nowhere = Settings(_env_file=None, slack_bot_token=SecretStr("xoxb-none"), database_url=f"sqlite:///{file}")
    program = build(nowhere, FixedClock(scene.now), limits=NONE)
    render = renderer(program.database, program.people, Looks(LOOKS, OF_NO_KIND))
    queue = Queue(program.database.engine, SCHEMA.words, "corpus", limits=NONE)
    said: Json = {}
    while (delivery := queue.claim()) is not None:
        said[delivery.key] = _as_kept(render(delivery))
    program.database.engine.dispose()
    return said


def answers_today(sandbox: Sandbox, revision: str, scene: Scene, folder: Path, language: str) -> Json:
    """What each act is answered with, and the forms it opens. Raises AssertionError with all that nobody answers."""
    file, answers, lost = unpack(revision, folder / f"answers.{language}.db"), dict[str, Any](), list[str]()
    with desk(sandbox, file, scene, folder, language) as opened:
        for act in scene.acts:
            try:
                answers[act.title] = opened.do(act)
            except AssertionError as error:
                lost.append(str(error))
    assert not lost, "\n".join(lost)
    return answers


def differences(before: Json, now: Json) -> list[str]:
    """What is not there any more, what is new, and where the others differ."""
    gone = [f"{name}: not there any more" for name in before if name not in now]
    new = [f"{name}: new" for name in now if name not in before]
    return [
        *gone,
        *new,
        *(line for name in before if name in now for line in _differing(before[name], now[name], name)),
    ]


def renew(revision: str) -> None:
    scene = scene_of(revision)
    sandbox = Sandbox(workspace=WORKSPACE, manifest=manifest()).start()
    with TemporaryDirectory() as folder:
        for language in LANGUAGES:
            _keep(messages_today(revision, scene, Path(folder), language), revision, "messages", language)
            answers = answers_today(sandbox, revision, scene, Path(folder), language)
            _keep(answers, revision, "answers", language)
    sandbox.stop()


def _keep(now: Json, revision: str, what: str, language: str) -> None:
    try:
        before = rendered(revision, what, language)
    except FileNotFoundError:
        before = {}
    for line in differences(before, now) if before else ():
        print(f"{language}: {line}")
    keep_rendered(now, revision, what, language)


def _all_wait(file: Path) -> None:
    """Every row is anybody's turn, once: each in a lane of its own, behind none."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM stops")
        connection.execute("DELETE FROM rates")
        connection.execute("DELETE FROM outbox WHERE key LIKE '%#kept:%'")  # the same messages once more
        waits = (
            "state = 'ready', waits_for = '', lane = id, lease_until = NULL, not_before = '2000-01-01 00:00:00.000000'"
        )
        connection.execute(f"UPDATE outbox SET {waits}")


def _as_kept(made: Any) -> Any:
    if made is None:
        return None
    picture = made.picture and {"name": made.picture.name, "alt": made.picture.alt, "instead": made.picture.instead}
    return {
        "text": made.text,
        "blocks": made.blocks,
        "picture": picture,
        "document": made.document and made.document.name,
    }


def _differing(before: Any, now: Any, where: str) -> list[str]:
    if isinstance(before, dict) and isinstance(now, dict):
        names = [*before, *(name for name in now if name not in before)]
        return [line for name in names for line in _differing(before.get(name), now.get(name), f"{where} / {name}")]
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        pairs = enumerate(zip(before, now, strict=True))
        return [line for number, (one, other) in pairs for line in _differing(one, other, f"{where} / {number}")]
    return [] if before == now else [f"{where}: {before!r} became {now!r}"]


if __name__ == "__main__":
    for kept in revisions():
        renew(kept)
