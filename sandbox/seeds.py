"""What a workspace begins with, as data: a workspace file follows these rules, and what the control API adds."""

from sandbox.rules import Anything, Flag, Items, Pattern, Rule, Shape, String

ID = Pattern(r"\w+", "letters and digits")
NAME = String(80)
WORDS = String(250, 0)
MEMBERS = Items(ID, 10_000, 0)
FLAGS = ("deleted", "is_bot", "is_admin", "is_owner", "is_restricted", "is_ultra_restricted", "is_app_user")
PERSON_FIELDS: dict[str, Rule] = {
    "name": NAME,
    "real_name": WORDS,
    "locale": Pattern(r"[A-Za-z]{2,3}(-\w+)*", "a language such as zh-CN"),
    "tz": NAME,
    "title": WORDS,
    "email": WORDS,
    **dict.fromkeys(FLAGS, Flag()),
}
CHANNEL_FIELDS: dict[str, Rule] = {"name": NAME, "topic": WORDS, "archived": Flag()}
CHANGED_PERSON = Shape(PERSON_FIELDS)
CHANGED_CHANNEL = Shape(CHANNEL_FIELDS)
PERSON = Shape({"id": ID, **PERSON_FIELDS})
CHANNEL = Shape({"id": ID, **CHANNEL_FIELDS, "is_private": Flag(), "members": MEMBERS, "bot": Flag()}, ("name",))
USERGROUP = Shape({"id": ID, "handle": NAME, "name": NAME, "description": WORDS, "users": MEMBERS}, ("handle",))
TEAM = Shape({"id": Pattern("T[A-Z0-9]+", "T with capitals and digits"), "name": NAME, "domain": NAME})
CONTENT: dict[str, Rule] = {
    "people": Items(PERSON, 10_000, 0),
    "channels": Items(CHANNEL, 10_000, 0),
    "usergroups": Items(USERGROUP, 10_000, 0),
}
FIRST = Shape({"team": TEAM, **CONTENT, "workspaces": Anything()})
ANOTHER = Shape({"team": Shape(TEAM.fields, ("name",)), **CONTENT, "install": Flag()}, ("team",))
