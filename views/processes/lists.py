"""How the process inventory looks: a list, and one process with its steps (T2), problems and suggestions (T1)."""

from collections.abc import Sequence

from domain.core import Bilingual, Command
from domain.inventory.queries import ProcessFacts
from domain.processes.record import Process, Step
from views.core import Language, Mrkdwn, blocks as b, bold, channel, goal, join, lines, name_choice, person, said
from views.core.lists import left_out, more, row
from views.core.name_choice import Sentences
from views.rollouts import sections as rollouts
from views.rollouts.sections import Departments

SETTINGS = Command("gemba settings")
LIST_SHOWN, STEPS, TEXTS, LINKED, TEXT = 15, 15, 12, 8, 200


def listing(processes: Sequence[Process], departments: Departments, t: Language) -> b.Rendered:
    """A private list, cut after fifteen."""
    if not processes:
        return name_choice.which([], sentences(t), t)
    blocks = [_row(process, departments, t) for process in processes[:LIST_SHOWN]]
    title = t("Processes")
    return b.Rendered(title, [b.header(title), *blocks, *left_out(len(processes) - LIST_SHOWN, t)])


def show(facts: ProcessFacts, t: Language) -> b.Rendered:
    """Everything about one process, for one reader."""
    process = facts.process
    name = t.name(process.name)
    blocks = [
        b.header(name),
        b.facts(_rows(facts, t), gap="\n"),
        *_steps(facts, t),
        *_listed(t("Problems"), process.problems, t),
        *_listed(t("Suggestions for improvement"), process.suggestions, t),
        *_linked(facts, t),
        *rollouts.sections(facts.rollouts, facts.departments, t),
        _buttons(facts, t),
    ]
    return b.Rendered(t.markup("Process {name}", name=name), blocks)


def sentences(t: Language) -> Sentences:
    return Sentences(
        "gemba process",
        did_you_mean=t("There is no process of that name. Did you mean one of these?"),
        see_list=t("There is no process of that name. The list shows those that there are."),
        which=t("Which process?"),
        none_yet=t("No processes yet. Leads can add them under {command}.", command=SETTINGS),
    )


def _row(process: Process, departments: Departments, t: Language) -> b.Block:
    name = b.cut(t.name(process.name), 150)
    parts: list[object] = [
        *rollouts.named([process.department_id or 0], departments, t),
        process.version,
        person(process.owner) if process.owner else "",
        t.plural("{count} step", "{count} steps", len(process.steps)),
    ]
    text = lines(bold(name), join(" · ", [part for part in parts if part]))
    return row(text, f"process show {process.name}", name, t)


def _rows(facts: ProcessFacts, t: Language) -> list[tuple[str, object]]:
    process = facts.process
    return [
        (t("Level"), t.label(process.level)),
        (t("Department"), t.listed(rollouts.named([process.department_id or 0], facts.departments, t))),
        (t("Version"), process.version),
        (t("Process owner"), person(process.owner) if process.owner else ""),
        (t("Channel"), channel(process.channel) if process.channel else ""),
        (t("Open issues"), t.format(facts.open_issues)),
    ]


def _steps(facts: ProcessFacts, t: Language) -> list[b.Block]:
    steps = facts.process.steps
    title = b.section(bold(t("Key steps")))
    if not steps:
        none = t.markup("No steps are recorded yet. Its owner can add them under {command}.", command=SETTINGS)
        return [title, b.section(none)]
    blocks = [b.section(_step(number, step, facts, t)) for number, step in enumerate(steps[:STEPS], 1)]
    return [title, *blocks, *left_out(len(steps) - STEPS, t)]


def _step(number: int, step: Step, facts: ProcessFacts, t: Language) -> Mrkdwn:
    """`1. Receive order · Sales / Order clerk`, and what is promised below it."""
    who = [*rollouts.named([step.department_id or 0], facts.departments, t), *_text(step.position, t)]
    promised = [
        (t("Time limit"), step.time_limit),
        (t("Deliverable"), step.deliverable),
        (t("Accepted when"), step.criteria),
        (t("Assisted by"), step.assistants),
    ]
    first = [bold(f"{number}. {b.cut(t.name(step.name), 150)}"), *([" / ".join(who)] if who else [])]
    parts = [t("{label}: {text}", label=label, text=text) for label, line in promised for text in _text(line, t)]
    return lines(join(" · ", first), join(" · ", parts) if parts else None)


def _text(line: Bilingual, t: Language) -> list[str]:
    return [b.cut(t.format(line), TEXT)] if line.text else []


def _listed(title: str, texts: Sequence[Bilingual], t: Language) -> list[b.Block]:
    if not texts:
        return []
    entries = [b.cut(t.format(one), TEXT) for one in texts[:TEXTS]]
    return [b.section(bold(title)), b.bullets(entries), *left_out(len(texts) - TEXTS, t)]


def _linked(facts: ProcessFacts, t: Language) -> list[b.Block]:
    """The projects that improve it, and the KPIs that watch it."""
    kpis = [f"{b.cut(t.name(kpi.name), 100)} {goal(kpi.target, t)}" for kpi in facts.kpis[:LINKED]]
    projects = [b.cut(t.name(project.name), 100) for project in facts.projects[:LINKED]]
    rows = [(t("KPIs"), kpis, len(facts.kpis)), (t("Projects"), projects, len(facts.projects))]
    parts = [
        lines(bold(title), said(t.listed(texts)), more(count - LINKED, t) if count > LINKED else None)
        for title, texts, count in rows
        if texts
    ]
    return [b.section(lines(*parts))] if parts else []


def _buttons(facts: ProcessFacts, t: Language) -> b.Block:
    """What leads on; each runs a command."""
    name = facts.process.name
    buttons = [
        b.button(t("Open issues"), "command.run:issues", f"issue list {name}"),
        b.button(t("Optimizations"), "command.run:optimizations", f"optimize list {name}"),
    ]
    for project in facts.projects[:LINKED]:
        text = t("Project: {name}", name=b.cut(t.name(project.name), 60))
        buttons.append(b.button(text, f"command.run:project-{project.id}", f"gemba project show {project.name}"))
    return b.actions(*buttons)
