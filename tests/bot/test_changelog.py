"""What changed, as an operator reads it."""

from pathlib import Path

from bot.version import VERSION

ROOT = Path(__file__).parents[2]


def test_the_changes_are_short_and_ordered_by_version() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
    headings = [line for line in lines if line.startswith("#")]
    kinds = {"### Before you upgrade", "### Added", "### Changed", "### Fixed", "### Removed"}
    assert headings[0] == "# Changes" and f"## {VERSION}" in "\n".join(headings)
    assert [line for line in headings[1:] if line not in kinds and not line.startswith("## ")] == []
    facts = [line for line in lines if line and not line.startswith("#")]
    assert [fact for fact in facts if not fact.startswith("- ") or len(fact.split()) > 21] == []
