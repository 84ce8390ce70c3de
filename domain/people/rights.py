"""Who somebody is to the bot: an admin, a lead, a triager."""

from domain.people.record import Member, Role


def is_lead(member: Member) -> bool:
    return member.is_admin or Role.LEAD in member.roles


def is_triager(member: Member) -> bool:
    return is_lead(member) or Role.TRIAGER in member.roles
