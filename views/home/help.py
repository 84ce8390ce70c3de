"""What can be typed. The manifest, the help and a test of the docs read the same table."""

from dataclasses import dataclass

from domain.core.wording import Command as Typed
from domain.issues import queries as issues
from domain.tasks import actions as tasks
from views.core import blocks as b
from views.core.labels import label
from views.core.language import Language
from views.core.markup import code, lines, said

HELP = "help"
ISSUE_LISTS, TASK_LISTS = "|".join(issues.LISTS), "|".join(tasks.LISTS)


@dataclass(frozen=True, slots=True)
class Usage:
    """A line of help: what to type behind the command, and what it does."""

    hint: str
    does: str


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command as the manifest announces it (`description`, `hint`), and its lines of help."""

    name: str
    description: str
    usages: tuple[Usage, ...]

    @property
    def takes_text(self) -> bool:
        """What is no subcommand is a title, a text, a name."""
        return self.usages[0].hint.startswith("[")

    @property
    def hint(self) -> str:
        """`[title] | list | show I-12 | help`; of a command that takes no text the first words alone."""
        until = " [" if self.takes_text else " "
        shown = {usage.hint.partition(" ")[0]: usage.hint.partition(until)[0] for usage in reversed(self.usages)}
        return " | ".join([*filter(None, reversed(shown.values())), HELP])


COMMANDS = (
    Command(
        "issue",
        label("File a process issue, or look issues up"),
        (
            Usage("[title]", label("opens the form to file an issue")),
            Usage(f"list [{ISSUE_LISTS}|PROCESS]", label("lists open issues: yours, all, overdue, or of a process")),
            Usage("show I-12", label("shows one issue")),
            Usage("top", label("shows the five issues that cost most")),
        ),
    ),
    Command(
        "feedback",
        label("Say how a pilot is going"),
        (
            Usage("[pilot]", label("asks you how the week went; you can change your answer until the week ends")),
            Usage("summary PILOT", label("shows the average, the trend and the problems")),
        ),
    ),
    Command(
        "optimize",
        label("Log an optimization and its effects"),
        (
            Usage("[text]", label("opens the optimization record; the text becomes its background")),
            Usage("list [PROCESS]", label("lists what was optimized, of all processes or one")),
            Usage("show O-3", label("shows one optimization")),
        ),
    ),
    Command(
        "suggest",
        label("Drop a suggestion into the box, with or without your name"),
        (
            Usage("[text]", label("opens the suggestion box")),
            Usage("status CODE", label("tells where an anonymous suggestion stands")),
            Usage("status [S-3]", label("tells where a suggestion under your name stands, or lists all of yours")),
            Usage("list", label("lists what waits for a decision (for triagers)")),
            Usage("box here", label("puts a suggestion box into this channel")),
        ),
    ),
    Command(
        "gemba",
        label("Menu, tasks, KPIs, pilots, projects, report, settings"),
        (
            Usage("", label("opens the menu")),
            Usage("task add TITLE", label("adds a task with an owner and a due date")),
            Usage(f"task list [{TASK_LISTS}]", label("lists the open tasks")),
            Usage("task done T-3", label("marks a task as done")),
            Usage("kpi", label("lists the KPIs with their latest values")),
            Usage("kpi record NAME[/SEGMENT] VALUE [DATE]", label("records a KPI value")),
            Usage("kpi import", label("imports KPI values from a CSV or XLSX file")),
            Usage("kpi export [csv]", label("sends you all KPIs as an XLSX or CSV file")),
            Usage("kpi show NAME", label("shows one KPI")),
            Usage("kpi add", label("adds a KPI")),
            Usage("kpi edit NAME", label("changes a KPI: its target, who answers for it, when the channel is told")),
            Usage("kpi archive NAME", label("stops watching a KPI; unarchive brings it back")),
            Usage("pilot record PILOT METRIC VALUE", label("records this week's value of a pilot metric")),
            Usage("pilot list", label("lists the pilots")),
            Usage("pilot show P-1", label("shows a pilot's values against baseline and target")),
            Usage("pilot add [name]", label("starts a pilot")),
            Usage("project list", label("lists the improvement projects")),
            Usage("project show NAME", label("shows a project's goals, scope, plan, risks and roll-outs")),
            Usage("process list", label("lists the processes")),
            Usage("process show NAME", label("shows a process's steps and time limits, its problems and suggestions")),
            Usage("report", label("shows the weekly sync of this channel now")),
            Usage("settings", label("changes your settings, this channel's, departments and roles")),
        ),
    ),
)


PLACEHOLDERS = (
    label("[title]"),
    label("[text]"),
    label("[name]"),
    label("[pilot]"),
    label("PROCESS"),
    label("PILOT"),
    label("METRIC"),
    label("CODE"),
    label("TITLE"),
    label("NAME"),
    label("SEGMENT"),
    label("VALUE"),
    label("DATE"),
)
"""What stands for something of one's own in a hint."""


def of_command(name: str, t: Language) -> b.Rendered:
    """The help of one command; of all for `/gemba help`."""
    wanted = COMMANDS if name == "gemba" else tuple(command for command in COMMANDS if command.name == name)
    shown: list[b.Block] = []
    for command in wanted:
        told = [
            lines(code(t.format(Typed(f"{command.name} {hint_in(usage.hint, t)}".strip()))), said(t(usage.does)))
            for usage in command.usages
        ]
        shown += [b.section(lines(*told))]
    intro = said(t("What you can type:"))
    return b.Rendered(intro, [b.section(intro), *shown])


def hint_in(hint: str, t: Language) -> str:
    """The hint with its placeholders in the reader's language; what is typed as it stands stays as it is."""
    for placeholder in PLACEHOLDERS:
        hint = hint.replace(placeholder, t(placeholder))
    return hint
