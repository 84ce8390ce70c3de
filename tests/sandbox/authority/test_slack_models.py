"""`slack_sdk.models` and the sandbox agree: each takes what the other makes."""

import json
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block, BlockElement
from slack_sdk.models.views import View

from sandbox import limits
from sandbox.person import Person
from tests.sandbox.authority.models import BLOCKS, NOT_POSTED, UNKNOWN
from tests.sandbox.authority.payloads import SURFACES, accepted

NO_CLASS = {"data_table", "data_visualization"}
"""Blocks that `slack_sdk` 3.47 has no class for."""


def kinds_in(value: Any) -> set[str]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = {str(value["type"])} if isinstance(value, dict) and "type" in value else set()
    return own.union(*(kinds_in(item) for item in inner))


def classes_of(base: type) -> set[type]:
    return {base}.union(*(classes_of(below) for below in base.__subclasses__()))


def named(surface: str) -> list[Any]:
    return [
        pytest.param(block, id=f"{block.type}-{n}")
        for n, block in enumerate(BLOCKS)
        if block.type in limits.BLOCK_TYPES[surface]
    ]


def test_each_class_of_the_models_is_tried() -> None:
    made = kinds_in([block.to_dict() for block in BLOCKS])
    blocks = {kind.type for kind in classes_of(Block) if isinstance(getattr(kind, "type", None), str)}
    assert blocks - made == NOT_POSTED | UNKNOWN
    elements = {str(kind.type) for kind in classes_of(BlockElement) if isinstance(getattr(kind, "type", None), str)}
    assert elements - made == set()


@pytest.mark.parametrize("block", named("message"))
def test_a_message_of_the_models_is_posted(web: WebClient, block: Block) -> None:
    posted = web.chat_postMessage(channel="C0TEAM", text="x", blocks=[block])["message"]["blocks"]
    assert posted[0]["type"] == block.type


@pytest.mark.parametrize("block", named("home"))
def test_a_home_tab_of_the_models_is_published(web: WebClient, block: Block) -> None:
    view = View(type="home", blocks=[block], callback_id="home", private_metadata="{}", external_id=None)
    assert web.views_publish(user_id="U0LEAD", view=view)["view"]["type"] == "home"


@pytest.mark.parametrize("block", named("modal"))
def test_a_modal_of_the_models_is_opened(web: WebClient, sandbox: Any, lead: Person, block: Block) -> None:
    words = {"title": "Title", "submit": "Save", "close": "Cancel"}
    view = View(type="modal", callback_id="m", notify_on_close=True, clear_on_close=True, blocks=[block], **words)
    opened = web.views_open(trigger_id=sandbox.slack.triggers.issue("U0LEAD"), view=view)["view"]
    assert View(**opened).to_dict()["callback_id"] == "m"  # and the answer is one that the models can read
    assert lead.close().ok or lead.modal() is None


def test_the_models_take_every_block_that_the_sandbox_takes() -> None:
    made = {json.dumps(block): block for surface in SURFACES for block in accepted(surface)}
    refused: dict[str, str] = {}
    for text, block in made.items():
        if block["type"] not in NO_CLASS:
            try:
                parsed = Block.parse(json.loads(text))
                assert parsed is not None and parsed.to_dict()["type"] == block["type"]
            except Exception as problem:  # whatever the models say of it
                refused[text[:300]] = repr(problem)
    assert len(made) > 2_000 and refused == {}


def test_the_models_still_lack_classes_for_the_newest_blocks() -> None:
    """When this fails they have caught up: take the entry off the list."""
    assert {kind for kind in NO_CLASS if Block.parse({"type": kind}) is not None} == set()
