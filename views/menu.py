"""What the bot can do: the menu, a short hint of it, the greeting of a channel."""

from views import blocks as b
from views.language import Language
from views.markup import bold, said


def menu(t: Language) -> b.Rendered:
    """Everything, in groups, with a button for what people do most."""
    intro = said(t("What would you like to do?"))
    tell = b.actions(*four_commands(t))
    look = b.actions(
        _run(t("My tasks"), "gemba task list"),
        _run(t("My issues"), "issue list mine"),
        _run(t("What costs most"), "issue top"),
        _run(t("Optimizations"), "optimize list"),
        _run(t("Weekly sync now"), "gemba report"),
        _run(t("Projects"), "gemba project"),
        _run(t("Processes"), "gemba process"),
    )
    more = b.actions(_run(t("Settings"), "gemba settings"), _run(t("Help"), "gemba help"))
    record = b.actions(
        b.button(t("Add a task"), "home.task"),
        _run(t("KPI values"), "gemba kpi"),
        _run(t("Pilot values"), "gemba pilot"),
    )
    return b.Rendered(intro, [
        b.section(intro),
        _group(t("Say what you see")), tell,
        _group(t("Look up")), look,
        _group(t("Keep going")), record,
        b.divider(),
        more,
    ])  # fmt: skip


def hint(t: Language) -> b.Rendered:
    """To who wrote to the bot without a command."""
    text = said(t("I do not read messages, but I can help: press a button, or type help to see everything."))
    buttons = [*four_commands(t), _run(t("Menu"), "gemba"), _run(t("Help"), "gemba help")]
    return b.Rendered(text, [b.section(text), b.actions(*buttons)])


def greeting(channel_id: str, t: Language) -> b.Rendered:
    """To a channel: what the bot does there, and the way to set it up."""
    text = said(t("Hello! I am Gemba. I help this team to improve its processes."))
    about = said(t(
        "Issues, optimizations and KPI alerts of your processes can be posted here, and once a week a sync of what "
        "moved, what is late and who owes what. A lead or the head of the department says which.",
    ))  # fmt: skip
    buttons = b.actions(
        b.button(t("Set up this channel"), "settings.channel", channel_id, style="primary"),
        _run(t("What I can do"), "gemba"),
    )
    return b.Rendered(text, [b.section(text), b.section(about), buttons])


def four_commands(t: Language) -> list[b.Element]:
    """The buttons of the four things that people bring."""
    return [
        b.button(t("File an issue"), "home.issue", style="primary"),
        b.button(t("Give feedback"), "home.feedback"),
        b.button(t("Log an optimization"), "home.optimize"),
        b.button(t("Make a suggestion"), "home.suggest"),
    ]


def _group(title: str) -> b.Block:
    return b.section(bold(title))


def _run(text: str, command: str) -> b.Element:
    """A button that runs a command. Ids are unique in a block, so that the command stands in them."""
    return b.button(text, f"command.run:{command.replace(' ', '-')}", command)
