"""A curious person: finds everything that can be pressed, chosen and submitted, each kind of it once."""

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from sandbox.blocks import blocks_of, elements_of, options_of
from tests.corpus.desk import Desk
from tests.corpus.kept import Act, Json, Scene

COMMANDS = """
/issue | /issue help | /issue list | /issue list mine | /issue list overdue | /issue list order | /issue lsit
/issue show I-1 | /issue show I-99 | /issue top | /issue 库存不准 | /issue 列表
/feedback | /feedback help | /feedback east china | /feedback nothing like it | /feedback summary
/feedback summary P-1
/optimize | /optimize help | /optimize list | /optimize lits | /optimize show O-1
/suggest | /suggest help | /suggest more light | /suggest status | /suggest status XXXXX-XXXXX | /suggest list
/suggest box here | /suggest status S-1
/gemba | /gemba help | /gemba hlep | /gemba report | /gemba settings | /gemba settings me | /gemba settings channel
/gemba kpi show Gate 6 | /gemba settings workspace | /gemba settings processes
/gemba settings departments | /gemba settings roles
/gemba task | /gemba task add | /gemba task add New chairs | /gemba task list | /gemba task done T-1
/gemba task done T-99 | /gemba task nonsense
/gemba kpi | /gemba kpi record | /gemba kpi record Order fulfilment cycle 3.4 days | /gemba kpi import
/gemba kpi record 订单履约周期 2,9天 | /gemba kpi record x y | /gemba kpi show Order fulfilment cycle | /gemba kpi add
/gemba kpi edit Order fulfilment cycle | /gemba kpi archive Process exception rate | /gemba kpi edit nothing
/gemba kpi 归档 流程异常率 | /gemba kpi unarchive Process exception rate | /gemba kpi list
/gemba kpi export | /gemba kpi 导出 csv
/gemba pilot | /gemba pilot record | /gemba pilot record P-1 Order cycle 3.2 | /gemba pilot show P-1 | /gemba pilot add
/gemba project | /gemba project show Sales order processing | /gemba project 618 | /gemba project show
/gemba process | /gemba process show 订单履约流程 | /gemba process shwo order | /gemba 项目 | /gemba 流程 查看
"""
WHO, WHERE = "U0LEAD", "C0SALES"
SHORTCUTS = ("file_issue", "make_suggestion")
TYPED = {"kpi.edit": '{"target": "≤2.6 days", "holds": "day", "since": "2026-11-20"}'}
"""What is typed into some forms besides what they ask for."""
MENUS = frozenset({"overflow", "static_select", "radio_buttons"})


def crawl(desk: Desk, scene: Scene) -> None:
    """Fill the scene's acts, and its surfaces with the forms that they lead to."""
    known: set[tuple[str, ...]] = set()
    waiting = deque(_typed(scene))
    for name, surface in list(scene.surfaces.items()):
        waiting += _acts_on(scene, name, surface, known)
    while waiting:
        act = waiting.popleft()
        scene.acts.append(act)
        for surface in _surfaces(desk.do(act), act.who):
            about, shown = _about(surface), _shown(scene, surface)
            fields = sorted(_shape(block["block_id"]) for block in shown["blocks"] if block["type"] == "input")
            if "view" in surface and (about, *fields) in known:
                continue
            known.add((about, *fields))
            name = f"{surface['in']} {len(scene.surfaces)}: {about}"
            if acts := list(_acts_on(scene, name, surface, known)):
                scene.surfaces[name] = surface
                waiting += acts


def _typed(scene: Scene) -> Iterator[Act]:
    yield Act(WHO, "home")
    for shortcut in SHORTCUTS:
        yield Act(WHO, "shortcut", shortcut)
    for command in COMMANDS.replace("\n", "|").split("|"):
        if command.strip():
            yield Act(WHO, "command", command.strip(), WHERE)
    for name, surface in scene.surfaces.items():
        if surface["in"] == "said":
            yield Act(surface["person"], "shortcut", "message_to_issue", name)


def _acts_on(scene: Scene, name: str, surface: Json, known: set[tuple[str, ...]]) -> Iterator[Act]:
    """Each kind of element once: by where it stands, and by what it carries.

    The blocks of a Home tab have other ids each time that it is shown.
    """
    shown = _shown(scene, surface)
    about, who = _about(surface), surface["person"]
    for block in blocks_of(shown):
        block_id = block.get("block_id", "") if surface["in"] != "home" else ""
        for element in elements_of(block):
            if element.get("url") or (block["type"] == "input" and not block.get("dispatch_action")):
                continue
            chosen = [one["value"] for one in options_of(element)] if element["type"] in MENUS else []
            values = chosen or [element.get("value")]
            for value in values:
                place = "" if element["action_id"].startswith("command.run") else about  # a command, typed for one
                kind = tuple(_shape(str(part)) for part in (place, element["action_id"], value))
                if kind not in known:
                    known.add(kind)
                    yield Act(who, "press", element["action_id"], name, block_id, value)
    if shown.get("submit"):
        typed = TYPED.get(shown["callback_id"])
        for values in (None, typed) if typed else (None,):
            yield Act(who, "submit", shown["callback_id"], name, value=values)


def _shown(scene: Scene, surface: Json) -> Json:
    match surface["in"]:
        case "message" | "said":
            shown = scene.messages[surface["channel"]][surface["ts"]]
        case "whisper":
            shown = scene.whispers[surface["person"]][surface["ts"]]
        case "home":
            shown = scene.homes[surface["person"]]
        case "answer":
            shown = surface["message"]
        case _:
            shown = surface["view"]
    return dict(shown)


def _surfaces(answers: list[Any], who: str) -> Iterator[Json]:
    """The forms and messages in what the bot has sent, wherever they stand."""
    for answer in answers:
        for sent in answer.values():
            view = sent.get("view") if isinstance(sent, dict) else None
            view = json.loads(view) if isinstance(view, str) else view
            if view and view["type"] == "modal":
                yield {"in": "form", "person": who, "view": view}
            elif isinstance(sent, dict) and sent.get("blocks") and "ts" not in sent:
                yield {"in": "answer", "person": who, "channel": WHERE, "message": {"blocks": sent["blocks"]}}


def _about(surface: Json) -> str:
    """What kind of thing it is: of elements that look the same in two of a kind, one is pressed."""
    if "view" not in surface:
        return str(surface.get("about") or surface["in"])
    view = surface["view"]
    return f"{view['callback_id']} {_shape(view.get('private_metadata', ''))} {_shape(view['title']['text'])}"


def _shape(text: str) -> str:
    """Without what tells one record from another."""
    return re.sub(r"[0-9A-Z]*\d[\dA-Z-]*", "#", text)
