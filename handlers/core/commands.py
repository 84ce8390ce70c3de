"""Commands: the first word chooses the handler; a word that is nearly one is asked about, and nothing typed is lost."""

from collections.abc import Callable, Sequence

from domain.text.command_words import Spellings, nearly, word_of
from handlers.core.replies import Reply, Say
from handlers.core.request import Request
from handlers.core.routing import Kind, Routes
from handlers.core.verbs import first_word
from views.core import notices
from views.home import help as help_views
from views.home.help import HELP, Command

SHORT = 3
"""More words than this are a title or a suggestion, never a mistyped subcommand."""


def run_command(routes: Routes, request: Request) -> Reply:
    """Carry out `/name text`."""
    first, rest = first_word(request.text)
    if first == "--":  # the words as they stand, even if they look like a subcommand
        return _default(routes, request, rest)
    command, offered = routes.slash_command(request.name), [*routes.subcommands(request.name), HELP]
    word = word_of(first, offered, routes.spellings)
    near = "" if word else _nearly(request, command, first, offered, routes.spellings)
    meant = word or word_of(near, offered, routes.spellings)
    if rest and meant in _alone(command):
        return _default(routes, request, request.text)
    if word == HELP:
        return _help(routes, request)
    if word:
        request.text = rest
        return _run(routes, f"{request.name} {word}", request)
    if first and (meant or not command.takes_text):
        suggestion = HELP if meant in ("", HELP) else f"{near} {rest}".strip()
        free_text = request.t("Take it as it stands") if command.takes_text else ""
        return Say(notices.did_you_mean(request.name, suggestion, request.text, request.t, free_text=free_text))
    return _default(routes, request, request.text)


def rerun(routes: Routes) -> Callable[[Request], Reply]:
    """The handler of the buttons that run a command: 'did you mean', menus, help."""

    def run_button(request: Request) -> Reply:
        request.name, request.text = first_word(request.value)
        request.payload = {name: value for name, value in request.payload.items() if name != "actions"}
        return run_command(routes, request)

    return run_button


def _alone(command: Command) -> set[str]:
    """Subcommands that take nothing: with more words behind them they begin a text (`top shelf is too high`)."""
    return {HELP, *(usage.hint for usage in command.usages)} if command.takes_text else set()


def _nearly(request: Request, command: Command, first: str, offered: Sequence[str], spellings: Spellings) -> str:
    """Chinese writes no spaces: where a text may follow, one Chinese word is a whole text."""
    short = len(request.text.split()) <= SHORT
    return nearly(first, offered, spellings) if short and (first.isascii() or not command.takes_text) else ""


def _help(routes: Routes, request: Request) -> Reply:
    """Of one command; of all for `/gemba help`."""
    wanted = routes.commands if request.name == "gemba" else (routes.slash_command(request.name),)
    return Say(help_views.of_commands(wanted, request.t))


def _default(routes: Routes, request: Request, text: str) -> Reply:
    request.text = text.strip()
    return _run(routes, request.name, request)


def _run(routes: Routes, name: str, request: Request) -> Reply:
    handler = routes.find(Kind.COMMAND, name)
    if handler is None:
        return _help(routes, request)
    return handler(request)
