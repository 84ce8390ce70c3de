"""Sentences of the bot itself: that something went wrong, what was meant, help."""

from typing import Any

from domain.core import Command
from views.core import blocks as b
from views.core.language import Language
from views.core.markup import Mrkdwn, code, said

IN_A_SENTENCE = 200


def problem(sentence: str, typed: str, t: Language) -> b.Rendered:
    """What happened and what to do next; what was typed is shown, so that it can be copied."""
    quoted = [b.context(said(t("What you typed:"))), b.quote(typed)] if typed else []
    return b.sentence(said(sentence), *quoted)


def message_modal(message: b.Rendered, t: Language) -> dict[str, Any]:
    """A private message where there is no channel to show it in: on the Home tab, or above another modal."""
    blocks = [block for block in message.blocks if block["type"] not in b.NOT_IN_MODALS]
    return b.modal(b.READ_ONLY, t("Gemba"), blocks or [b.section(Mrkdwn(message.text))], close=t("Close"))


def unexpected(reference: str, t: Language) -> str:
    return t(
        "Something went wrong on our side; nothing you typed is lost. Try again, and if it stays, tell an admin the "
        "reference {reference}.",
        reference=reference,
    )


def outdated(t: Language) -> str:
    """To who pressed something that a former version of the bot put there."""
    return t(
        "This is from an older version of Gemba and does not work any more. Type {command} to find it anew.",
        command=Command("gemba"),
    )


def did_you_mean(command: str, meant: str, typed: str, t: Language, *, free_text: str = "") -> b.Rendered:
    """The nearest known subcommand; `free_text` labels the button that takes the words as they stand."""
    whole, nearest = (t.format(Command(f"{command} {behind}")) for behind in (typed, meant))
    what = {"typed": code(b.cut(whole, IN_A_SENTENCE)), "meant": code(b.cut(nearest, IN_A_SENTENCE))}
    sentence = (
        t.markup("There is no {typed}. Type {meant} to see what there is.", **what)
        if meant == "help"
        else t.markup("There is no {typed}. Did you mean {meant}?", **what)
    )
    buttons = [b.button(nearest, "command.run", f"{command} {meant}", style="primary")]
    if free_text:
        buttons.append(b.button(free_text, "command.run:text", f"{command} -- {typed}"))
    lost = [b.quote(whole)] if len(whole) > IN_A_SENTENCE else []
    return b.sentence(sentence, *lost, b.actions(*buttons))
