"""Who owes something, or hears of what others owe: the bot has to know them, else no digest reaches them."""

from domain.enumerations import UNFINISHED
from domain.ports import UnitOfWork
from domain.use_cases.people import unknown


def strangers_concerned(work: UnitOfWork) -> list[str]:
    """Owners of open work, department heads, their deputies and the sponsor, as far as the bot has never met them."""
    owners = {issue.owner for issue in work.issues.find(status=UNFINISHED)}
    owners |= {task.owner for task in work.tasks.find(done_at=None)}
    heads = {user_id for department in work.departments.find() for user_id in (department.head, department.deputy)}
    return unknown(work, sorted(owners | heads | {work.workspace.sponsor}))
