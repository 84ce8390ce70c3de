"""Block Kit pieces as plain dicts, within Slack's limits. Too long is cut here, never refused there."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from views.core.carried import Carried
from views.core.fitting import cut as cut, cut_markup as cut_markup, fitting
from views.core.markup import Mrkdwn, bold, said

Block = dict[str, Any]
Element = dict[str, Any]

SECTION, FIELD, HEADER, BUTTON, OPTION, TITLE, PLACEHOLDER = 3_000, 2_000, 150, 75, 75, 24, 150
VIEW_BLOCKS, CONTEXT_ELEMENTS, ACTIONS, OPTIONS, BUTTON_VALUE, FALLBACK = 100, 10, 25, 100, 2_000, 3_000
CHART, TABLE = "data_visualization", 10_000
NOT_IN_MODALS = (CHART, "table")
CHANNELS = {"include": ["public", "private"], "exclude_bot_users": True}
NOTHING = "–"
"""Stands where there is no text: Slack refuses an empty one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG that is drawn and uploaded when its message is posted.

    `instead`: only where the workspace refuses Slack's own chart, in its place.
    """

    name: str
    alt: str
    draw: Callable[[], bytes]
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is made and uploaded when its message is posted; the message's text stands above it.

    The message's blocks are said in its place where the workspace takes no files.
    """

    name: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready to be sent. `text` is what notifications and screen readers say."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    picture: Picture | None = None
    document: Document | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", cut_markup(self.text, FALLBACK) if self.text.strip() else NOTHING)
        object.__setattr__(self, "blocks", fitting(self.blocks))

    @property
    def has_chart(self) -> bool:
        """There is a block in it that modals do not take, and that some workspaces refuse."""
        return any(block["type"] == CHART for block in self.blocks)

    def without_charts(self) -> "Rendered":
        return replace(self, blocks=[block for block in self.blocks if block["type"] != CHART])


def _some(text: str) -> str:
    return text if text.strip() else NOTHING


def plain(text: str, limit: int = SECTION) -> dict[str, Any]:
    """People's words may be in it, so emoji codes stay codes; real emoji are shown."""
    return {"type": "plain_text", "text": _some(cut(text, limit)), "emoji": False}


def mrkdwn(text: Mrkdwn, limit: int = SECTION) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": _some(cut_markup(text, limit)), "verbatim": True}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(" · ".join(text.splitlines()), HEADER)}


def section(text: Mrkdwn, accessory: Element | None = None, block_id: str = "") -> Block:
    return _with({"type": "section", "text": mrkdwn(text)}, accessory=accessory, block_id=block_id)


def fields(*pairs: Mrkdwn) -> Block:
    """Up to ten short texts, two in a row."""
    return {"type": "section", "fields": [mrkdwn(pair, FIELD) for pair in pairs[:10]]}


def facts(rows: Iterable[tuple[str, object]], gap: str = "  ") -> Block:
    """Fields of a name and a value each; those without a value are left out."""
    return fields(*(Mrkdwn(f"{bold(name)}{gap}{said(value)}") for name, value in rows if value))


def context(*texts: Mrkdwn) -> Block:
    return {"type": "context", "elements": [mrkdwn(text, FIELD) for text in texts[:CONTEXT_ELEMENTS]]}


def sentence(text: Mrkdwn, *below: Block) -> Rendered:
    """A message that says one thing, and what stands below it."""
    return Rendered(text, [section(text), *below])


def quote(text: str) -> Block:
    """What a person wrote, word for word: a rich_text quote is never read as markup."""
    made = {"type": "rich_text_quote", "elements": [{"type": "text", "text": _some(cut(text, SECTION))}]}
    return {"type": "rich_text", "elements": [made]}


def numbered(items: Sequence[str]) -> Block:
    """A numbered list of what people wrote."""
    return _list(items, "ordered")


def bullets(items: Sequence[str]) -> Block:
    """A list of what people wrote, in no order."""
    return _list(items, "bullet")


def _list(items: Sequence[str], style: str) -> Block:
    """Slack takes no list without entries."""
    entries = [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": _some(cut(item, SECTION))}]}
        for item in items or [NOTHING]
    ]
    made = {"type": "rich_text_list", "style": style, "indent": 0, "elements": entries}
    return {"type": "rich_text", "elements": [made]}


def table(rows: Sequence[Sequence[str]]) -> Block:
    """Plain texts, the first row the headings: at most 100 rows of 20 cells, 10,000 characters. One a message."""
    cells = sum(map(len, rows)) or 1
    longest = TABLE // cells
    made = [[{"type": "raw_text", "text": _some(cut(cell, longest))} for cell in row[:20]] for row in rows[:100]]
    return {"type": "table", "rows": made, "column_settings": [{"is_wrapped": True} for _ in rows[0][:20]]}


def divider() -> Block:
    return {"type": "divider"}


def image_file(file_id: str, alt: str) -> Block:
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": cut(alt, 2_000)}


def actions(*elements: Element, block_id: str = "") -> Block:
    return _with({"type": "actions", "elements": list(elements[:ACTIONS])}, block_id=block_id)


def button(
    text: str,
    action: str,
    value: str | Carried = "",
    *,
    style: str = "",
    url: str = "",
    label: str = "",
    confirm: dict[str, Any] | None = None,
) -> Element:
    """`label` is what a screen reader says where the text alone is not enough ('Done' → 'Mark I-12 as done')."""
    return _with(
        {"type": "button", "text": plain(text, BUTTON), "action_id": action},
        value=str(value)[:BUTTON_VALUE],
        style=style,
        url=url,
        accessibility_label=cut(label, BUTTON),
        confirm=confirm,
    )


def runs(text: str, command: str) -> Element:
    """A button that runs a command. Ids are unique in a block, so that the command stands in them."""
    return button(text, f"command.run:{command.replace(' ', '-')}", command)


def confirm(title: str, text: str, yes: str, no: str) -> dict[str, Any]:
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}


def option(text: str, value: str | Carried, description: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {"text": plain(text, OPTION), "value": str(value)}
    return _with(made, description=plain(description, OPTION) if description else None)


def select(action: str, options: Sequence[dict[str, Any]], *, initial: str = "", placeholder: str = "") -> Element:
    """A menu of at most 100 options; `initial` is the value of the chosen one, which is never among those cut off."""
    offered = _first(options, {initial})
    chosen = next((choice for choice in offered if choice["value"] == initial), None)
    made = {"type": "static_select", "action_id": action, "options": offered}
    return _with(made, initial_option=chosen, placeholder=placeholder)


def radio(action: str, options: Sequence[dict[str, Any]], *, initial: str = "") -> Element:
    chosen = next((choice for choice in options if choice["value"] == initial), None)
    return _with({"type": "radio_buttons", "action_id": action, "options": list(options[:10])}, initial_option=chosen)


def checkboxes(action: str, options: Sequence[dict[str, Any]], initial: Iterable[str] = ()) -> Element:
    wanted = set(initial)
    chosen = [choice for choice in options if choice["value"] in wanted]
    made = {"type": "checkboxes", "action_id": action, "options": list(options[:10])}
    return _with(made, initial_options=chosen or None)


def text_input(
    action: str,
    *,
    initial: str = "",
    placeholder: str = "",
    multiline: bool = False,
    longest: int = SECTION,
    tell: bool = False,
    focus: bool = False,
) -> Element:
    """`tell`: the bot hears of each character as it is typed."""
    return _with(
        {"type": "plain_text_input", "action_id": action, "max_length": longest},
        multiline=multiline or None,
        initial_value=cut(initial if multiline else " ".join(initial.splitlines()), longest),
        placeholder=placeholder,
        dispatch_action_config={"trigger_actions_on": ["on_character_entered"]} if tell else None,
        focus_on_load=focus or None,
    )


def person_select(action: str, initial: str = "", placeholder: str = "") -> Element:
    return _with({"type": "users_select", "action_id": action}, initial_user=initial, placeholder=placeholder)


def people_select(action: str, initial: Sequence[str] = ()) -> Element:
    return _with({"type": "multi_users_select", "action_id": action}, initial_users=list(initial) or None)


def channel_select(action: str, initial: str = "") -> Element:
    """Public and private channels that people work in; no direct messages."""
    made = {"type": "conversations_select", "action_id": action, "filter": CHANNELS}
    return _with(made, initial_conversation=initial)


def one_person(action: str, initial: str = "", placeholder: str = "") -> Element:
    """A menu that takes one person and can be emptied again, which a single one cannot."""
    made = people_select(action, [initial] if initial else [])
    return _with({**made, "max_selected_items": 1}, placeholder=placeholder)


def one_channel(action: str, initial: str = "", placeholder: str = "") -> Element:
    """As `one_person`, for public and private channels."""
    made = {"type": "multi_conversations_select", "action_id": action, "filter": CHANNELS, "max_selected_items": 1}
    return _with(made, initial_conversations=[initial] if initial else None, placeholder=placeholder)


def multi_select(
    action: str, options: Sequence[dict[str, Any]], initial: Iterable[str] = (), placeholder: str = ""
) -> Element:
    """A menu of at most 100 options of which several can be chosen; the chosen ones are never among those cut off."""
    wanted = set(initial)
    offered = _first(options, wanted)
    chosen = [choice for choice in offered if choice["value"] in wanted]
    made = {"type": "multi_static_select", "action_id": action, "options": offered}
    return _with(made, initial_options=chosen or None, placeholder=placeholder)


def _first(options: Sequence[dict[str, Any]], wanted: Collection[str]) -> list[dict[str, Any]]:
    """As many as a menu takes; where there are more, the wanted ones come first."""
    if len(options) <= OPTIONS:
        return list(options)
    return sorted(options, key=lambda choice: choice["value"] not in wanted)[:OPTIONS]


def search_select(action: str, initial: dict[str, Any] | None, placeholder: str = "") -> Element:
    """A menu whose options the bot finds as one types (an options handler of the same name)."""
    made = {"type": "external_select", "action_id": action, "min_query_length": 0}
    return _with(made, initial_option=initial, placeholder=placeholder)


def date_picker(action: str, initial: str = "") -> Element:
    return _with({"type": "datepicker", "action_id": action}, initial_date=initial)


def time_picker(action: str, initial: str = "") -> Element:
    return _with({"type": "timepicker", "action_id": action}, initial_time=initial)


def file_input(action: str, *types: str) -> Element:
    return _with({"type": "file_input", "action_id": action, "max_files": 5}, filetypes=list(types) or None)


def field_input(
    name: str, label: str, element: Element, *, hint: str = "", optional: bool = False, tell: bool = False
) -> Block:
    """An input whose block id is the name of the form's field, so that an error can stand beside it."""
    return _with(
        {"type": "input", "block_id": name, "label": plain(label, 2_000), "element": element, "optional": optional},
        hint=plain(hint, 2_000) if hint else None,
        dispatch_action=tell or None,
    )


READ_ONLY = "notice"
"""Callback of modals with nothing to submit."""


def modal(
    callback: str, title: str, blocks: Sequence[Block], *, submit: str = "", close: str, metadata: str = ""
) -> dict[str, Any]:
    """A modal. `metadata` comes back with what is typed (3,000 characters at most)."""
    return _with(
        {
            "type": "modal",
            "callback_id": callback,
            "title": plain(title, TITLE),
            "close": plain(close, TITLE),
            "blocks": list(blocks[:VIEW_BLOCKS]),
        },
        submit=plain(submit, TITLE) if submit else None,
        private_metadata=metadata,
    )


def home(blocks: Sequence[Block]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks[:VIEW_BLOCKS])}


def _with(made: dict[str, Any], *, placeholder: str = "", **optional: Any) -> dict[str, Any]:
    """Add what has a value: Slack refuses empty strings and nulls."""
    optional["placeholder"] = plain(placeholder, PLACEHOLDER) if placeholder else None
    made.update({name: value for name, value in optional.items() if value not in (None, "")})
    return made
