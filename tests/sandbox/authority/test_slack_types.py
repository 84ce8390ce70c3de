"""What the sandbox takes is what Slack's own types allow."""

import json
from pathlib import Path
from typing import Any

from sandbox import limits
from sandbox.rich_text import rich_text
from sandbox.rules import OneOf
from sandbox.validate import view_faults
from tests.sandbox.authority.conftest import Ask
from tests.sandbox.authority.newer import FIELDS, KINDS, newer_kind, without_newer
from tests.sandbox.authority.payloads import SURFACES, accepted, fields, fields_in, samples
from tests.sandbox.authority.slack_types import HERE, Typed

TEXT = {"type": "plain_text", "text": "t"}
VIEWS = {"modal": "ModalView", "home": "HomeView"}
WRITTEN = (
    "*b _c_* ~d~ `e` <@U1> <#C1> <!here> <!subteam^S1> :+1::skin-tone-3:",
    "see *<https://e.com|this>*\n&gt; quoted <@U1>\n```\nx = <https://e.com>\n```\nend",
)


def taken() -> list[Any]:
    """All blocks that the sandbox takes somewhere, each once."""
    made = {json.dumps(block): block for surface in SURFACES for block in accepted(surface)}
    return list(made.values())


def test_every_field_that_the_sandbox_knows_is_in_a_payload_that_it_takes() -> None:
    """Else what follows would check less than it says."""
    assert fields(OneOf(limits.BLOCKS), "") - fields_in(taken()) == set()


def test_slacks_types_allow_every_block_that_the_sandbox_takes(ask: Ask) -> None:
    blocks = [Typed(without_newer(block)) for block in taken() if not newer_kind(block)]
    assert len(blocks) > 2_000
    assert ask(blocks) == {}


def test_slacks_types_allow_every_view_that_the_sandbox_takes(ask: Ask) -> None:
    made = [({"type": kind, **view}, name) for kind, name in VIEWS.items() for view in samples(limits.VIEWS[kind])]
    assert [view for view, _ in made if list(view_faults(view, view["type"]))] == []
    assert ask([Typed(view, name) for view, name in made]) == {}


def test_slacks_types_allow_what_people_write(ask: Ask) -> None:
    assert ask([Typed(without_newer(rich_text(text))) for text in WRITTEN]) == {}


def test_the_types_do_refuse(ask: Ask) -> None:
    wrong = [
        {"type": "header", "text": {"type": "mrkdwn", "text": "t"}},
        {"type": "divider", "colour": "red"},
        {"type": "actions", "elements": [{"type": "button", "text": TEXT, "focus_on_load": True}]},
        {"type": "section"} | {"text": TEXT, "accessory": {"type": "file_input"}},
    ]
    assert len(ask([Typed(block) for block in wrong])) == len(wrong)


def test_what_the_types_do_not_know_yet_they_still_do_not_know(ask: Ask) -> None:
    """When this fails, the types have caught up: take the entry off the list."""
    newer: dict[Any, Any] = {kind: next(block for block in taken() if newer_kind(block) == kind) for kind in KINDS}
    fields_only = [block for block in taken() if not newer_kind(block)]
    for field in FIELDS:
        newer[field] = without_newer(next(block for block in fields_only if field in fields_in(block)), but=field)
    still = ask([Typed(block) for block in newer.values()])
    assert [what for at, what in enumerate(newer) if at not in still] == []


def test_the_lock_names_no_host_and_the_hash_of_everything() -> None:
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock and Path(HERE / ".npmrc").exists()
    packages = {name: entry for name, entry in json.loads(lock)["packages"].items() if name}
    assert packages and all(entry["integrity"].startswith("sha512-") for entry in packages.values())
