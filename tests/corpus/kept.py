"""What is kept of an earlier version: its database, what stood in Slack, what people did there, what they read."""

import gzip
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent
DATABASES, SCENES, ANSWERS = HOME / "databases", HOME / "scenes", HOME / "rendered"
LANGUAGES = ("en", "zh_CN")

Json = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """What one person does: `on` a surface of the scene, by the `name` of a button, form, shortcut or command."""

    who: str
    do: str  # command, home, press, submit, shortcut
    name: str = ""
    on: str = ""
    block: str = ""
    value: str | None = None

    @property
    def title(self) -> str:
        value = "" if self.value is None else f" = {self.value}"
        return f"{self.who} {self.do} {self.name}{value}" + (f" on {self.on}" if self.on else "")


@dataclass
class Scene:
    """What stands in Slack at business time `now`: messages and Home tabs as Slack has them, forms as they were sent.

    `surfaces` names what can be pressed: a message by channel and ts, a Home tab or a form by its person.
    """

    now: datetime
    messages: Json
    whispers: Json
    homes: Json
    surfaces: dict[str, Json] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)


def revisions() -> list[str]:
    """The schemas of which a database is kept, the oldest first."""
    return sorted(file.name.partition(".")[0] for file in DATABASES.glob("*.db.gz"))


def unpack(revision: str, file: Path) -> Path:
    """Put the database of that schema there, as it was kept."""
    file.write_bytes(gzip.decompress((DATABASES / f"{revision}.db.gz").read_bytes()))
    return file


def pack(file: Path, revision: str) -> None:
    """Keep a database that nobody uses now, as small as it gets."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("VACUUM")
    DATABASES.mkdir(exist_ok=True)
    (DATABASES / f"{revision}.db.gz").write_bytes(gzip.compress(file.read_bytes(), mtime=0))


def scene_of(revision: str) -> Scene:
    read = _read(SCENES / f"{revision}.json.gz")
    acts = [Act(**act) for act in read.pop("acts")]
    return Scene(**{**read, "now": datetime.fromisoformat(read["now"]), "acts": acts})


def keep_scene(scene: Scene, revision: str) -> None:
    acts = [vars(act) for act in scene.acts]
    _write(SCENES / f"{revision}.json.gz", vars(scene) | {"now": scene.now.isoformat(), "acts": acts})


def rendered(revision: str, what: str, language: str) -> Json:
    """`messages` or `answers` in a language, each by its name."""
    return _read(ANSWERS / f"{revision}.{what}.{language}.json.gz")


def keep_rendered(read: Json, revision: str, what: str, language: str) -> None:
    _write(ANSWERS / f"{revision}.{what}.{language}.json.gz", read)


def everybody_reads(file: Path, language: str, *, moment: datetime | None = None) -> None:
    """Let all people and channels of a database read one language; nobody needs to be asked about again."""
    seen = (moment or datetime.now(UTC)).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE members SET language = ?, seen_at = ?", (language, seen))
        connection.execute("UPDATE channels SET language = ?", (language,))
        connection.execute("UPDATE workspaces SET language = ?", (language,))


def _read(file: Path) -> Json:
    read: Json = json.loads(gzip.decompress(file.read_bytes()))
    return read


def _write(file: Path, content: Json) -> None:
    file.parent.mkdir(exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    file.write_bytes(gzip.compress(text.encode(), mtime=0))
