"""How improvement projects look: a list, and one with its goals, scope, plan (T5), risks (T8) and roll-outs."""

from collections.abc import Sequence

from domain.core import Bilingual, Command
from domain.measures.improvement import percent_of
from domain.projects.queries import ProjectFacts, ProjectStanding
from domain.projects.record import Goal, Project
from domain.risks.record import Risk
from views.core import Language, Mrkdwn, amount, blocks as b, bold, improvement, lines, name_choice, person, said
from views.core.lists import left_out, more, row
from views.core.name_choice import Sentences
from views.risks.card import line as risk_line
from views.rollouts import sections as rollouts

LIST_SHOWN, GOALS, SCOPE, PLAN, RISKS, TEXT = 10, 10, 12, 20, 10, 200


def listing(standings: Sequence[ProjectStanding], t: Language) -> b.Rendered:
    """A private list, as they come, cut after ten."""
    if not standings:
        return name_choice.which([], sentences(t), t)
    blocks = [_row(standing, t) for standing in standings[:LIST_SHOWN]]
    title = t("Projects")
    return b.Rendered(title, [b.header(title), *blocks, *left_out(len(standings) - LIST_SHOWN, t)])


def show(facts: ProjectFacts, t: Language) -> b.Rendered:
    """Everything about one project, for one reader."""
    project = facts.standing.project
    blocks = [
        b.header(t.name(project.name)),
        b.context(said(_when(facts.standing, t))),
        *_rows(facts, t),
        *([b.section(bold(t("Background"))), b.quote(t.format(project.background))] if project.background.text else []),
        b.section(lines(bold(t("Goals")), *_goals(project, t))),
        *_scope(facts, t),
        *_plan(facts.standing, t),
        *_risks(facts.risks, t),
        *rollouts.sections(facts.rollouts, facts.departments, t),
    ]
    text = t.markup("Project {name}: {when}", name=t.name(project.name), when=_when(facts.standing, t))
    return b.Rendered(text, blocks)


def goal_line(goal: Goal, t: Language) -> Mrkdwn:
    """`• Order cycle: 5 days → 3 days, 40 % better, by Jan 3, 2027`; without a value before, `• … : ≤48 hours`."""
    name, better = b.cut(t.name(goal.name), TEXT), bold(improvement(percent_of(goal), t))
    if goal.after is None:
        text = t.markup("• {metric}: {improvement}", metric=name, improvement=better)
    elif goal.before is None:
        least = f"{'≥' if goal.higher_is_better else '≤'}{amount(goal.after, goal.unit, t)}"
        text = t.markup("• {metric}: {goal}", metric=name, goal=bold(least))
    else:
        text = t.markup(
            "• {metric}: {before} → {after}, {improvement}",
            metric=name,
            improvement=better,
            before=amount(goal.before, goal.unit, t),
            after=amount(goal.after, goal.unit, t),
        )
    return t.markup("{goal}, by {day}", goal=text, day=goal.by) if goal.by else text


def sentences(t: Language) -> Sentences:
    return Sentences(
        "gemba project",
        did_you_mean=t("There is no project of that name. Did you mean one of these?"),
        see_list=t("There is no project of that name. The list shows those that there are."),
        which=t("Which project?"),
        none_yet=t(
            "No improvement project is recorded yet. The pilots are here: {command}",
            command=Command("gemba pilot list"),
        ),
    )


def _row(standing: ProjectStanding, t: Language) -> b.Block:
    project = standing.project
    name = b.cut(t.name(project.name), 150)
    goals = [goal_line(goal, t) for goal in project.goals[:1]]
    rest = len(project.goals) - 1
    text = lines(bold(name), said(_when(standing, t)), *goals, more(rest, t) if rest > 0 else None)
    return row(text, f"project show {project.name}", name, t)


def _when(standing: ProjectStanding, t: Language) -> str:
    """`Oct 12, 2026 to Jan 3, 2027 · week 7 of 12 · Pilot`."""
    project, week = standing.project, standing.week
    if week is None or standing.weeks is None or project.starts is None or project.ends is None:
        return t("no dates yet")
    parts = [t("{start} to {end}", start=project.starts, end=project.ends)]
    running = t("week {week} of {weeks}", week=week, weeks=standing.weeks)
    parts.append(t("not begun yet") if not week else t("ended") if standing.is_over else running)
    if standing.stage:
        parts.append(b.cut(t.format(standing.stage.what), TEXT))
    return " · ".join(parts)


def _rows(facts: ProjectFacts, t: Language) -> list[b.Block]:
    """Who answers for it, and what it belongs to."""
    project, process = facts.standing.project, facts.process
    leads = rollouts.named([project.lead_department_id or 0], facts.departments, t)
    rows = [
        (t("Project lead"), person(project.lead) if project.lead else ""),
        (t("Business lead"), person(project.business_lead) if project.business_lead else ""),
        (t("Lead department"), t.listed(leads)),
        (t("Process"), b.cut(t.name(process.name), 150) if process else ""),
        (t("From suggestion"), facts.suggestion.reference if facts.suggestion else ""),
    ]
    return [b.facts(rows, gap="\n")] if any(value for _, value in rows) else []


def _goals(project: Project, t: Language) -> list[Mrkdwn]:
    if not project.goals:
        return [said(t("No goal with a figure is set yet."))]
    goals = [goal_line(goal, t) for goal in project.goals[:GOALS]]
    rest = len(project.goals) - GOALS
    return [*goals, more(rest, t)] if rest > 0 else goals


def _scope(facts: ProjectFacts, t: Language) -> list[b.Block]:
    project = facts.standing.project
    departments = rollouts.named(project.departments[:SCOPE], facts.departments, t)
    rows = [
        (t("In scope"), [*departments, *_texts(project.in_scope, t)]),
        (t("Out of scope"), _texts(project.out_of_scope, t)),
    ]
    parts = [lines(bold(title), said(t.listed(texts))) for title, texts in rows if texts]
    return [b.section(lines(*parts))] if parts else []


def _texts(texts: Sequence[Bilingual], t: Language) -> list[str]:
    return [b.cut(t.format(one), TEXT) for one in texts[:SCOPE]]


def _plan(standing: ProjectStanding, t: Language) -> list[b.Block]:
    """Stage by stage; where the project is now stands out."""
    plan = standing.project.plan
    if not plan:
        return []
    stages = [
        _stage(rollouts.weeks(one.first, one.last, b.cut(t.format(one.what), TEXT), t), now=one is standing.stage)
        for one in plan[:PLAN]
    ]
    rest = [more(len(plan) - PLAN, t)] if len(plan) > PLAN else []
    return [b.section(lines(bold(t("Plan")), *stages, *rest))]


def _stage(text: str, *, now: bool) -> Mrkdwn:
    return Mrkdwn(f"▶ {bold(text)}") if now else Mrkdwn(f"• {said(text)}")


def _risks(risks: Sequence[Risk], t: Language) -> list[b.Block]:
    if not risks:
        return []
    blocks = [b.section(risk_line(risk, t)) for risk in risks[:RISKS]]
    return [b.section(bold(t("Risks"))), *blocks, *left_out(len(risks) - RISKS, t)]
