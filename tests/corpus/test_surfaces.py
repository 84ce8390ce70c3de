"""Cards, digests, Home tabs and forms that an earlier version put there: they still work, and look as they did."""

from pathlib import Path

import pytest

from sandbox.server import Sandbox
from tests.corpus.kept import LANGUAGES, rendered, revisions, scene_of
from tests.corpus.renew import answers_today, differences, messages_today

HOW = "a change that is meant is kept by `python -m tests.corpus.renew`"
kept = pytest.mark.parametrize("revision", revisions())
languages = pytest.mark.parametrize("language", LANGUAGES)


@kept
@languages
def test_messages_look_as_they_did(revision: str, language: str, tmp_path: Path) -> None:
    today = messages_today(revision, scene_of(revision), tmp_path, language)
    assert differences(rendered(revision, "messages", language), today) == [], HOW


@kept
@languages
def test_every_button_menu_and_form_is_answered_as_it_was(
    revision: str, language: str, workspace_server: Sandbox, tmp_path: Path
) -> None:
    """That it is known, and ends in no fault, is looked at with each (`Desk.do`)."""
    today = answers_today(workspace_server, revision, scene_of(revision), tmp_path, language)
    assert differences(rendered(revision, "answers", language), today) == [], HOW


@kept
def test_what_was_pressed_is_kept_with_what_it_carries(revision: str) -> None:
    scene = scene_of(revision)
    pressed = [act for act in scene.acts if act.do == "press"]
    forms = {surface["view"]["callback_id"] for surface in scene.surfaces.values() if surface["in"] == "form"}
    assert len({act.name.partition(":")[0] for act in pressed}) >= 55
    assert len({act.name for act in scene.acts if act.do == "submit"}) >= 30 and len(forms) >= 30
    assert any(surface["view"].get("private_metadata") for surface in scene.surfaces.values() if "view" in surface)


def test_a_difference_is_named() -> None:
    before = {"card": {"blocks": [{"text": "Due"}]}, "gone": {}}
    now = {"card": {"blocks": [{"text": "Owed"}]}, "new": {}}
    assert differences(before, now) == [
        "gone: not there any more",
        "new: new",
        "card / blocks / 0 / text: 'Due' became 'Owed'",
    ]
