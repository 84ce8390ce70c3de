"""Writes the table of commands in docs/users.md from the help and the words of commands: `make messages`."""

import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from handlers.registry import all_routes
from views.core import CHINESE, Language
from views.home.help import hint_in

ROUTES = all_routes()
ROOT = Path(__file__).resolve().parent.parent

PAGE = ROOT / "docs" / "users.md"
BEGINS, ENDS = "<!-- made by `make messages` -->\n", "<!-- end -->\n"
WORD = re.compile(r"(?<![\w-])[a-z]+(?![\w-])")


def around(page: str) -> tuple[str, str]:
    """What people wrote, before and behind the table."""
    before, _, rest = page.partition(BEGINS)
    return before, rest.partition(ENDS)[2]


def table() -> str:
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    t = Language(CHINESE, ZoneInfo("UTC"))
    yield "| type | it does | 输入 | 作用 |"
    yield "| --- | --- | --- | --- |"
    for command in ROUTES.commands:
        for usage in command.usages:
            english, chinese = (_typed(command.name, hint) for hint in (usage.hint, in_chinese(usage.hint, t)))
            yield f"| {english} | {usage.does} | {chinese} | {t(usage.does)} |"
    yield ""
    more = [f"`{word}`: {' '.join(others)}" for word, (_, *others) in ROUTES.spellings.items() if others]
    yield f"Also understood · 也可以输入：{' · '.join(more)}"


def in_chinese(hint: str, t: Language) -> str:
    """The hint in Chinese words; what has no Chinese word stays."""
    return WORD.sub(lambda found: ROUTES.spellings.get(found[0], (found[0],))[0], hint_in(hint, t))


def _typed(name: str, hint: str) -> str:
    return f"`{f'/{name} {hint}'.strip()}`".replace("|", "\\|")


def main() -> None:
    before, behind = around(PAGE.read_text("utf-8"))
    PAGE.write_text(f"{before}{BEGINS}{table()}{ENDS}{behind}", "utf-8")


if __name__ == "__main__":
    main()
