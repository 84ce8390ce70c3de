"""The manifest, the listeners and the docs name the same commands, shortcuts and scopes."""

import json
import re
from pathlib import Path

import pytest

from bot.manifest import SCOPES, SHORTCUTS, manifest
from handlers import pilots, processes, projects, tasks
from handlers.core import Kind
from handlers.kpis import values
from handlers.registry import all_routes
from handlers.settings.menu import PARTS
from tools.command_table import BEGINS, ENDS, PAGE, WORD, around, table
from views.home.help import HELP

ROOT = Path(__file__).parents[2]
COMMANDS = all_routes().commands


def test_the_file_to_paste_is_what_the_code_makes() -> None:
    assert json.loads((ROOT / "manifest.json").read_text()) == manifest()


def test_every_command_of_the_manifest_is_answered_and_explained() -> None:
    named = {command["command"].removeprefix("/") for command in manifest()["features"]["slash_commands"]}
    answered = {name.partition(" ")[0] for name in all_routes().names(Kind.COMMAND)}
    assert named == answered == {command.name for command in COMMANDS}


def test_every_subcommand_is_in_the_help() -> None:
    told = {
        f"{command.name} {usage.hint.split()[0]}"
        for command in COMMANDS
        for usage in command.usages
        if usage.hint and usage.hint[0] != "["
    }
    subcommands = {name for name in all_routes().names(Kind.COMMAND) if " " in name}
    assert subcommands == told


def test_every_shortcut_has_a_handler_and_every_handler_a_shortcut() -> None:
    assert {callback for _, _, callback, _ in SHORTCUTS} == all_routes().names(Kind.SHORTCUT)


def test_the_users_page_names_every_line_of_the_help() -> None:
    page = "".join(around(PAGE.read_text("utf-8"))).replace("\\|", "|")
    lines = [f"/{command.name} {usage.hint}".strip() for command in COMMANDS for usage in command.usages]
    assert [line for line in lines if f"`{line}`" not in page] == []


def test_the_table_of_commands_on_the_users_page_is_what_the_code_makes() -> None:
    page = PAGE.read_text("utf-8")
    before, behind = around(page)
    assert page == f"{before}{BEGINS}{table()}{ENDS}{behind}"


def test_every_word_of_a_command_has_a_chinese_spelling() -> None:
    hints = [usage.hint for command in COMMANDS for usage in command.usages]
    typed = {word for hint in hints for word in WORD.findall(re.sub(r"\[[a-z]+\]", "", hint))}
    offered = {name.partition(" ")[2] for name in all_routes().names(Kind.COMMAND)} - {""}
    nouns = (tasks.VERBS, values.VERBS, pilots.VERBS, projects.VERBS, processes.VERBS)
    offered |= {verb for noun in nouns for verb in noun.handlers}
    assert {word for word in typed | offered | {*PARTS, HELP} if not all_routes().spellings[word][0] >= "一"} == set()


def test_the_operators_page_names_every_scope_and_no_other() -> None:
    table = (ROOT / "docs" / "operations.md").read_text().partition("## Scopes")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([a-z_.:]+)`", table, re.MULTILINE)) == set(SCOPES)


def test_the_manifest_keeps_to_the_limits_of_slack() -> None:
    made = manifest("a-prefix-12-")
    assert len(made["display_information"]["description"]) <= 140
    for command in made["features"]["slash_commands"]:
        assert len(command["command"]) <= 32 and len(command["usage_hint"]) <= 1_000
    for shortcut in made["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24 and len(shortcut["description"]) <= 150


@pytest.mark.parametrize(
    "given", ["https://gemba.example.org", "https://gemba.example.org/", "https://gemba.example.org/slack/events"]
)
def test_the_one_for_http_differs_by_where_requests_go(given: str) -> None:
    url = "https://gemba.example.org/slack/events"
    made, plain = manifest(http=given), manifest()
    assert {command.pop("url") for command in made["features"]["slash_commands"]} == {url}
    assert made["settings"]["event_subscriptions"].pop("request_url") == url
    interactivity = made["settings"]["interactivity"]
    assert interactivity.pop("request_url") == interactivity.pop("message_menu_options_url") == url
    assert (made["settings"].pop("socket_mode_enabled"), plain["settings"].pop("socket_mode_enabled")) == (False, True)
    assert made == plain
