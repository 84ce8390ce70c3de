"""What the bot can do: the menu, a short hint of it, the greeting of a channel."""

from views.core import Language, blocks as b, bold, said


def menu(t: Language) -> b.Rendered:
    """Everything, in groups, with a button for what people do most."""
    tell = b.actions(*four_commands(t))
    look = b.actions(
        b.runs(t("My tasks"), "gemba task list"),
        b.runs(t("My issues"), "issue list mine"),
        b.runs(t("What costs most"), "issue top"),
        b.runs(t("Optimizations"), "optimize list"),
        b.runs(t("Weekly sync now"), "gemba report"),
        b.runs(t("Projects"), "gemba project"),
        b.runs(t("Processes"), "gemba process"),
    )
    more = b.actions(b.runs(t("Settings"), "gemba settings"), b.runs(t("Help"), "gemba help"))
    record = b.actions(
        b.button(t("Add a task"), "home.task"),
        b.runs(t("KPI values"), "gemba kpi"),
        b.runs(t("Pilot values"), "gemba pilot"),
    )
    return b.sentence(
        said(t("What would you like to do?")),
        b.section(bold(t("Say what you see"))),
        tell,
        b.section(bold(t("Look up"))),
        look,
        b.section(bold(t("Keep going"))),
        record,
        b.divider(),
        more,
    )


def hint(t: Language) -> b.Rendered:
    """To who wrote to the bot without a command."""
    text = said(t("I do not read messages, but I can help: press a button, or type help to see everything."))
    buttons = [*four_commands(t), b.runs(t("Menu"), "gemba"), b.runs(t("Help"), "gemba help")]
    return b.sentence(text, b.actions(*buttons))


def greeting(channel_id: str, t: Language) -> b.Rendered:
    """To a channel: what the bot does there, and the way to set it up."""
    text = said(t("Hello! I am Gemba. I help this team to improve its processes."))
    about = said(
        t(
            "Issues, optimizations and KPI alerts of your processes can be posted here, and once a week a sync of what "
            "moved, what is late and who owes what. A lead or the head of the department says which.",
        )
    )
    buttons = b.actions(
        b.button(t("Set up this channel"), "settings.channel", channel_id, style="primary"),
        b.runs(t("What I can do"), "gemba"),
    )
    return b.sentence(text, b.section(about), buttons)


def four_commands(t: Language) -> list[b.Element]:
    """The buttons of the four things that people bring."""
    return [
        b.button(t("File an issue"), "home.issue", style="primary"),
        b.button(t("Give feedback"), "home.feedback"),
        b.button(t("Log an optimization"), "home.optimize"),
        b.button(t("Make a suggestion"), "home.suggest"),
    ]
