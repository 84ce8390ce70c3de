"""Type-checks payloads with `@slack/types`, which Slack publishes for its Node SDK. Needs node and npm."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

HERE = Path(__file__).parent
LOCKED = ("package.json", "package-lock.json", ".npmrc")
FAULT = re.compile(r"^payloads\.ts\((\d+),\d+\): (error TS\d+: .*)$")
QUIET = ("--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000")
OURS = ("EINTEGRITY", "EUSAGE")  # a wrong hash; a lock that does not match package.json
STRICT = ("--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022", "--pretty", "false")


class NoCompiler(Exception):
    """Why payloads cannot be checked on this machine."""


@dataclass(frozen=True)
class Typed:
    """A payload and the type that it should have: `KnownBlock`, `ModalView`, `HomeView`, …"""

    payload: Any
    type: str = "KnownBlock"


def refused(payloads: Sequence[Typed], tools: Path) -> dict[int, str]:
    """Check all at once; return what the types say of those that they refuse, by their place in the list."""
    folder = Path(mkdtemp(prefix="payloads-", dir=tools))
    try:
        (folder / "payloads.ts").write_text("\n".join(_lines(payloads)), encoding="utf-8")
        command = [
            shutil.which("node") or "node",
            str(tools / "node_modules/typescript/bin/tsc"),
            *STRICT,
            "payloads.ts",
        ]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    finally:
        shutil.rmtree(folder)
    faults = [found for line in run.stdout.splitlines() if (found := FAULT.match(line))]
    if run.returncode and not faults:
        raise AssertionError(f"tsc failed: {run.stdout[-2000:]}{run.stderr[-2000:]}")
    places = [int(fault[1]) - 2 for fault in faults]
    return {
        at: f"{fault[2]} {json.dumps(payloads[at].payload)[:400]}" for at, fault in zip(places, faults, strict=True)
    }


def installed() -> Path:
    """Return the folder with the locked types and compiler, installed on first use.

    Raises NoCompiler where that cannot be, but not for a lock that is wrong: that is a fault of ours.
    """
    if not (shutil.which("node") and (npm := shutil.which("npm"))):
        raise NoCompiler("no node and npm here: Slack's types cannot be asked")
    name = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in LOCKED)).hexdigest()[:12]
    folder = Path(sys.prefix) / f"npm-{name}"
    if not folder.exists():
        draft = Path(mkdtemp(prefix="npm-", dir=sys.prefix))
        for locked in LOCKED:
            shutil.copy(HERE / locked, draft)
        fault = _install(npm, draft)
        if fault:
            shutil.rmtree(draft)
            assert fault not in OURS, fault
            raise NoCompiler(f"npm could not install Slack's types: {fault}")
        _settle(draft, folder)
    return folder


def _install(npm: str, folder: Path) -> str:
    """Install what is locked; return npm's code for why it cannot."""
    try:
        run = subprocess.run([npm, "ci", *QUIET], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        return "no answer within two minutes"
    code = re.search(r"code (\w+)", run.stderr)
    return (code[1] if code else run.stderr.strip()[-500:]) if run.returncode else ""


def _settle(draft: Path, folder: Path) -> None:
    try:
        draft.rename(folder)
    except OSError:  # another process was faster
        shutil.rmtree(draft)


def _lines(payloads: Sequence[Typed]) -> list[str]:
    """One line a payload, so that a line number names it: literals, for which unknown fields are errors too."""
    names = ", ".join(sorted({typed.type for typed in payloads}))
    head = f"import type {{ {names} }} from '@slack/types';"
    given = (f"export const p{n}: {typed.type} = {json.dumps(typed.payload)};" for n, typed in enumerate(payloads))
    return [head, *given]
