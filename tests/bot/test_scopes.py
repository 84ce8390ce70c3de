"""What the app may do, and what is said of what it may not."""

from pathlib import Path
from shutil import copy

from structlog.testing import capture_logs

from bot.manifest import manifest
from sandbox.server import Sandbox
from tests.business_day import NOW
from tests.office import Office


def test_what_is_missing_is_listed_at_the_start_with_what_does_not_work(upgraded_file: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{copy(upgraded_file, tmp_path / 'gemba.db')}"
    poorer = manifest()
    poorer["oauth_config"]["scopes"]["bot"].remove("pins:write")
    with (
        Sandbox(manifest=poorer) as sandbox,
        capture_logs() as logs,
        Office.open(sandbox, url, NOW),
    ):
        pass
    missing = {entry["scope"]: entry["so"] for entry in logs if "scope" in entry}
    assert missing == {"pins:write": "the suggestion box is not pinned"}
