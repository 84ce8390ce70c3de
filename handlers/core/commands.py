"""Commands: the first word chooses the handler; a word that is nearly one is asked about, and nothing typed is lost."""

from collections.abc import Callable

from domain.text.likeness import nearest
from handlers.core.replies import Reply, Say
from handlers.core.request import Request
from handlers.core.routing import Kind, Routes
from handlers.core.typed import first_word
from views.core import notices
from views.home import help as help_views

SHORT = 3
"""More words than this are a title or a suggestion, never a mistyped subcommand."""
TAKES_TEXT = {"issue", "suggest", "feedback", "optimize"}
ALONE = {"help", "top"}
"""Subcommands that take nothing: with more words behind them they begin a text (`top shelf is too high`)."""
ALIASES = {
    "帮助": "help",
    "列表": "list",
    "查看": "show",
    "状态": "status",
    "汇总": "summary",
    "设置": "settings",
    "任务": "task",
    "报告": "report",
    "指标": "kpi",
    "试点": "pilot",
    "项目": "project",
    "流程": "process",
    "意见箱": "box",
    "?": "help",
}


def run_command(routes: Routes, request: Request) -> Reply:
    """Carry out `/name text`."""
    first, rest = first_word(request.text)
    word = ALIASES.get(first, first.casefold())
    if first == "--":  # the words as they stand, even if they look like a subcommand
        return _default(routes, request, rest)
    if _begins_text(request, word, rest):
        return _default(routes, request, request.text)
    if word == "help":
        return Say(help_views.of_command(request.name, request.t))
    known = routes.subcommands(request.name)
    if word in known:
        request.text = rest
        return _run(routes, f"{request.name} {word}", request)
    meant = nearest(word, [*known, "help"]) if len(request.text.split()) <= SHORT else None
    if meant and not _begins_text(request, meant, rest):
        return _ask(request, meant, rest)
    if first and request.name not in TAKES_TEXT:
        return _ask(request, "help", rest)
    return _default(routes, request, request.text)


def rerun(routes: Routes) -> Callable[[Request], Reply]:
    """The handler of the buttons that run a command: 'did you mean', menus, help."""

    def run_button(request: Request) -> Reply:
        request.name, request.text = first_word(request.value)
        request.payload = {name: told for name, told in request.payload.items() if name != "actions"}
        return run_command(routes, request)

    return run_button


def _begins_text(request: Request, word: str, rest: str) -> bool:
    return bool(rest) and word in ALONE and request.name in TAKES_TEXT


def _default(routes: Routes, request: Request, text: str) -> Reply:
    request.text = text.strip()
    return _run(routes, request.name, request)


def _run(routes: Routes, name: str, request: Request) -> Reply:
    handler = routes.find(Kind.COMMAND, name)
    if handler is None:
        return Say(help_views.of_command(request.name, request.t))
    return handler(request)


def _ask(request: Request, meant: str, rest: str) -> Reply:
    suggestion = meant if meant == "help" else f"{meant} {rest}".strip()
    free_text = request.t("Take it as it stands") if request.name in TAKES_TEXT else ""
    return Say(notices.did_you_mean(request.name, suggestion, request.text, request.t, free_text=free_text))
