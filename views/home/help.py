"""What can be typed. The manifest, the help and a test of the docs read the same table."""

from dataclasses import dataclass

from domain.core.wording import Command as Typed
from views.core import blocks as b
from views.core.labels import label
from views.core.language import Language
from views.core.markup import code, lines, said


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
    hint: str
    usages: tuple[Usage, ...]


COMMANDS = (
    Command(
        "issue",
        label("File a process issue, or look issues up"),
        "[title] | list | show I-12 | top | help",
        (
            Usage("[title]", label("opens the form to file an issue")),
            Usage("list [mine|open|overdue|PROCESS]", label("lists open issues: yours, all, overdue, or of a process")),
            Usage("show I-12", label("shows one issue")),
            Usage("top", label("shows the five issues that cost most")),
        ),
    ),
    Command(
        "feedback",
        label("Say how a pilot is going"),
        "[pilot] | summary PILOT | help",
        (
            Usage("[pilot]", label("asks you how the week went; you can change your answer until the week ends")),
            Usage("summary PILOT", label("shows the average, the trend and the problems")),
        ),
    ),
    Command(
        "optimize",
        label("Log an optimization and its effects"),
        "[text] | list | show O-3 | help",
        (
            Usage("[text]", label("opens the optimization record; the text becomes its background")),
            Usage("list [PROCESS]", label("lists what was optimized, of all processes or one")),
            Usage("show O-3", label("shows one optimization")),
        ),
    ),
    Command(
        "suggest",
        label("Drop a suggestion into the box, with or without your name"),
        "[text] | status CODE | list | box here | help",
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
        "task | kpi | pilot | project | process | report | settings | help",
        (
            Usage("", label("opens the menu")),
            Usage("report", label("shows the weekly sync of this channel now")),
            Usage("settings", label("changes your settings, this channel's, departments and roles")),
            Usage("task add TITLE", label("adds a task with an owner and a due date")),
            Usage("task list [mine|channel|overdue]", label("lists the open tasks")),
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
            lines(code(t.format(Typed(f"{command.name} {_hint(usage.hint, t)}".strip()))), said(t(usage.does)))
            for usage in command.usages
        ]
        shown += [b.section(lines(*told))]
    intro = said(t("What you can type:"))
    return b.Rendered(intro, [b.section(intro), *shown])


def _hint(hint: str, t: Language) -> str:
    """The hint with its placeholders in the reader's language; what is typed as it stands stays as it is."""
    for placeholder in PLACEHOLDERS:
        hint = hint.replace(placeholder, t(placeholder))
    return hint
