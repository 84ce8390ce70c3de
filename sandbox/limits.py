"""Block Kit as data: which fields a block or element has, and how long they may be.

Figures are those of November 2026; where Slack's own pages differ, the smaller one.
"""

from sandbox.rules import Anything, Flag, Items, Number, OneOf, Pattern, Rule, Shape, String, Text, When


def plain(most: int) -> Text:
    return Text(most, ("plain_text",))


def mrkdwn(most: int) -> Text:
    return Text(most, ("mrkdwn",))


ID = String(255)
URL = String(3_000)
DECIMAL = Pattern(r"-?[0-9]+(\.[0-9]+)?", "a number")
STYLE = String(choices=("primary", "danger"))
SLACK_FILE = Shape({"id": String(), "url": URL}, one_of=("id", "url"), never_both=(("id", "url"),))
CONFIRM = Shape(
    {"title": plain(100), "text": Text(300), "confirm": plain(30), "deny": plain(30), "style": STYLE},
    required=("title", "text", "confirm", "deny"),
)
PLAIN_OPTION = Shape({"text": plain(75), "value": String(75), "description": plain(75)}, required=("text", "value"))
LINK_OPTION = Shape({**PLAIN_OPTION.fields, "url": URL}, required=("text", "value"))  # of overflow menus only
OPTION = Shape({**PLAIN_OPTION.fields, "text": Text(75)}, required=("text", "value"))
GROUP = Shape({"label": plain(75), "options": Items(PLAIN_OPTION, 100)}, required=("label", "options"))
DISPATCH = Shape(
    {"trigger_actions_on": Items(String(choices=("on_enter_pressed", "on_character_entered")), 2)},
    required=("trigger_actions_on",),
)
FILTER = Shape(
    {
        "include": Items(String(choices=("im", "mpim", "private", "public")), 4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    one_of=("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
FEEDBACK = Shape(
    {"text": plain(75), "value": String(2_000), "accessibility_label": String(75)}, required=("text", "value")
)
VISIBLE = Items(String(), 10)
PARAMETER = Shape({"name": String(), "value": String()}, required=("name", "value"))
TRIGGER = Shape({"url": URL, "customizable_input_parameters": Items(PARAMETER, 100)}, required=("url",))
WORKFLOW = Shape({"trigger": TRIGGER}, required=("trigger",))


def element(required: tuple[str, ...] = (), /, **fields: Rule) -> Shape:
    """An element to press: it takes no focus."""
    return Shape({"action_id": ID, "confirm": CONFIRM, **fields}, required)


def chooser(required: tuple[str, ...] = (), /, **fields: Rule) -> Shape:
    return element(required, focus_on_load=Flag(), **fields)


def select(**fields: Rule) -> Shape:
    return chooser((), placeholder=plain(150), **fields)


def typed(**fields: Rule) -> Shape:
    """An element to type into."""
    common: dict[str, Rule] = {
        "initial_value": String(3_000),
        "placeholder": plain(150),
        "dispatch_action_config": DISPATCH,
    }
    return Shape({"action_id": ID, "focus_on_load": Flag(), **common, **fields})


def static(**fields: Rule) -> Shape:
    lists: dict[str, Rule] = {"options": Items(PLAIN_OPTION, 100), "option_groups": Items(GROUP, 100)}
    both = (("options", "option_groups"),)
    return Shape(select(**lists, **fields).fields, one_of=("options", "option_groups"), never_both=both)


CHOSEN = Number(1)
SOME = Items(String(), 1_000, least=0)
SOME_OPTIONS = Items(PLAIN_OPTION, 100)
IMAGE_FIELDS: dict[str, Rule] = {"image_url": URL, "slack_file": SLACK_FILE, "alt_text": String(2_000)}
IMAGE = Shape(
    IMAGE_FIELDS, required=("alt_text",), one_of=("image_url", "slack_file"), never_both=(("image_url", "slack_file"),)
)

BLOCKS: dict[str, Rule] = {}
RICH_TEXT = OneOf(BLOCKS, {"rich_text"})
ELEMENTS: dict[str, Rule] = {
    "button": element(
        ("text",),
        text=plain(75),
        url=URL,
        value=String(2_000),
        style=STYLE,
        accessibility_label=String(75),
        agent_prompt=String(4_000),
        agent_prompt_display=String(75),
        visible_to_user_ids=VISIBLE,
    ),
    "checkboxes": chooser(("options",), options=Items(OPTION, 10), initial_options=Items(OPTION, 10)),
    "radio_buttons": chooser(("options",), options=Items(OPTION, 10), initial_option=OPTION),
    "overflow": element(("options",), options=Items(LINK_OPTION, 5)),
    "datepicker": select(initial_date=When("%Y-%m-%d", "YYYY-MM-DD")),
    "timepicker": select(initial_time=When("%H:%M", "HH:mm"), timezone=String(100)),
    "datetimepicker": chooser(initial_date_time=Number(1_000_000_000, 9_999_999_999)),
    "static_select": static(initial_option=PLAIN_OPTION),
    "multi_static_select": static(initial_options=SOME_OPTIONS, max_selected_items=CHOSEN),
    "external_select": select(initial_option=PLAIN_OPTION, min_query_length=Number()),
    "multi_external_select": select(initial_options=SOME_OPTIONS, min_query_length=Number(), max_selected_items=CHOSEN),
    "users_select": select(initial_user=String()),
    "multi_users_select": select(initial_users=SOME, max_selected_items=CHOSEN),
    "channels_select": select(initial_channel=String(), response_url_enabled=Flag()),
    "multi_channels_select": select(initial_channels=SOME, max_selected_items=CHOSEN),
    "conversations_select": select(
        initial_conversation=String(),
        default_to_current_conversation=Flag(),
        response_url_enabled=Flag(),
        filter=FILTER,
    ),
    "multi_conversations_select": select(
        initial_conversations=SOME, default_to_current_conversation=Flag(), max_selected_items=CHOSEN, filter=FILTER
    ),
    "plain_text_input": typed(multiline=Flag(), min_length=Number(0, 3_000), max_length=Number(1, 3_000)),
    "email_text_input": typed(),
    "url_text_input": typed(),
    "number_input": Shape(
        {**typed(min_value=DECIMAL, max_value=DECIMAL).fields, "is_decimal_allowed": Flag()},
        required=("is_decimal_allowed",),
    ),
    "rich_text_input": typed(initial_value=RICH_TEXT, min_lines=Number(1, 100), max_lines=Number(1, 100)),
    "file_input": Shape({"action_id": ID, "filetypes": Items(String(), 100), "max_files": Number(1, 10)}),
    "workflow_button": element(
        ("text", "workflow"), text=plain(75), workflow=WORKFLOW, style=STYLE, accessibility_label=String(75)
    ),
    "feedback_buttons": Shape(
        {"action_id": ID, "positive_button": FEEDBACK, "negative_button": FEEDBACK},
        required=("positive_button", "negative_button"),
    ),
    "icon_button": element(
        ("icon", "text"),
        icon=String(),
        text=plain(75),
        value=String(2_000),
        accessibility_label=String(75),
        visible_to_user_ids=VISIBLE,
    ),
    "image": IMAGE,
    "mrkdwn": mrkdwn(2_000),
    "plain_text": plain(2_000),
}

MENUS = {
    "checkboxes",
    "radio_buttons",
    "datepicker",
    "timepicker",
    "static_select",
    "multi_static_select",
    "external_select",
    "multi_external_select",
    "users_select",
    "multi_users_select",
    "channels_select",
    "multi_channels_select",
    "conversations_select",
    "multi_conversations_select",
}
INPUTS = MENUS | {
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
    "datetimepicker",
}
ACTIONS = MENUS | {"button", "overflow", "datetimepicker", "workflow_button", "rich_text_input"}
ACCESSORIES = MENUS | {"button", "overflow", "image", "workflow_button"}

CELLS: dict[str, Rule] = {
    "raw_text": Shape({"text": String(10_000, 0)}, required=("text",)),
    "raw_number": Shape({"value": Number(float("-inf"), whole=False), "text": String(1_000)}, ("value", "text")),
    "rich_text": RICH_TEXT,
}
CELLS["action_cell"] = Shape(
    {"element": OneOf(ELEMENTS, {"button"}), "fallback": OneOf(CELLS, {"raw_text", "raw_number"})},
    required=("element", "fallback"),
)
TABLE_CELL = OneOf(CELLS, {"raw_text", "raw_number", "rich_text"})
COLUMN = Shape({"align": String(choices=("left", "center", "right")), "is_wrapped": Flag()})
POINT = Shape({"label": String(20), "value": Number(float("-inf"), whole=False)}, required=("label", "value"))
SERIES = Shape({"name": String(20), "data": Items(POINT, 20)}, required=("name", "data"))
AXIS = Shape(
    {"categories": Items(String(20), 20), "x_label": String(50), "y_label": String(50)}, required=("categories",)
)
AXES = Shape({"series": Items(SERIES, 6), "axis_config": AXIS}, required=("series", "axis_config"))
CHARTS: dict[str, Rule] = {
    "pie": Shape({"segments": Items(POINT, 6)}, required=("segments",)),
    "line": AXES,
    "bar": AXES,
    "area": AXES,
}
TASK: dict[str, Rule] = {
    "task_id": String(255),
    "title": String(256),
    "details": RICH_TEXT,
    "output": RICH_TEXT,
    "sources": Items(OneOf({"url": Shape({"url": URL, "text": String(3_000)}, required=("url", "text"))}), 50),
    "status": String(choices=("pending", "in_progress", "complete", "error")),
}
LETTERS: dict[str, Rule] = dict.fromkeys(("bold", "italic", "strike", "underline", "code"), Flag())
LIVELY: dict[str, Rule] = LETTERS | dict.fromkeys(("highlight", "client_highlight", "unlink"), Flag())


def inline(required: tuple[str, ...], /, **fields: Rule) -> Shape:
    """A part of a line of rich text."""
    return Shape({"style": Shape(LETTERS), **fields}, required)


def mention(field: str) -> Shape:
    """A name in a line, which may also be lit up, or not lead anywhere."""
    return Shape({"style": Shape(LIVELY), field: String()}, (field,))


LONG = String(40_000)
INLINE: dict[str, Rule] = {
    "text": inline(("text",), text=LONG),
    "link": inline(("url",), url=LONG, text=LONG, unsafe=Flag()),
    "emoji": inline(("name",), name=String(), unicode=String(), url=URL, skin_tone=Number(1, 6)),
    "user": mention("user_id"),
    "usergroup": mention("usergroup_id"),
    "channel": mention("channel_id"),
    "team": inline(("team_id",), team_id=String()),
    "broadcast": inline(("range",), range=String(choices=("here", "channel", "everyone"))),
    "color": inline(("value",), value=String()),
    "date": inline(("timestamp", "format"), timestamp=Number(), format=String(), url=URL, fallback=String()),
}


def rich(parts: Rule, required: tuple[str, ...] = ("elements",), /, **fields: Rule) -> Shape:
    return Shape({"elements": Items(parts, 1_000, 0), **fields}, required)


BORDER = Number(0, 1)
RICH_PARTS: dict[str, Rule] = {
    "rich_text_section": rich(OneOf(INLINE)),
    "rich_text_quote": rich(OneOf(INLINE), border=BORDER),
    "rich_text_preformatted": rich(OneOf(INLINE, {"text", "link"}), border=BORDER, language=String()),
}
RICH_PARTS["rich_text_list"] = rich(
    OneOf(RICH_PARTS, {"rich_text_section"}),
    ("elements", "style"),
    style=String(choices=("bullet", "ordered")),
    indent=Number(0, 8),
    offset=Number(),
    border=BORDER,
)
CONTAINED = {
    "actions",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
}


def block(required: tuple[str, ...] = (), one_of: tuple[str, ...] = (), /, **fields: Rule) -> Shape:
    return Shape({"block_id": ID, **fields}, required, one_of)


BLOCKS |= {
    "section": block(
        (),
        ("text", "fields"),
        text=Text(3_000),
        fields=Items(Text(2_000), 10),
        accessory=OneOf(ELEMENTS, ACCESSORIES),
        expand=Flag(),
    ),
    "header": block(("text",), text=plain(150)),
    "divider": block(),
    "context": block(("elements",), elements=Items(OneOf(ELEMENTS, {"image", "mrkdwn", "plain_text"}), 10)),
    "context_actions": block(("elements",), elements=Items(OneOf(ELEMENTS, {"feedback_buttons", "icon_button"}), 5)),
    "actions": block(("elements",), elements=Items(OneOf(ELEMENTS, ACTIONS), 25)),
    "input": block(
        ("label", "element"),
        label=plain(2_000),
        element=OneOf(ELEMENTS, INPUTS),
        hint=plain(2_000),
        optional=Flag(),
        dispatch_action=Flag(),
    ),
    "image": Shape(
        {"block_id": ID, **IMAGE_FIELDS, "title": plain(2_000)},
        ("alt_text",),
        ("image_url", "slack_file"),
        (("image_url", "slack_file"),),
    ),
    "video": block(
        ("alt_text", "title", "thumbnail_url", "video_url"),
        alt_text=String(2_000),
        title=plain(199),
        title_url=URL,
        description=plain(200),
        thumbnail_url=URL,
        video_url=URL,
        author_name=String(49),
        provider_name=String(49),
        provider_icon_url=URL,
    ),
    "rich_text": block(("elements",), elements=Items(OneOf(RICH_PARTS), 1_000, least=0)),
    "markdown": block(("text",), text=String(12_000)),
    "table": block(("rows",), rows=Items(Items(TABLE_CELL, 20), 100), column_settings=Items(COLUMN, 20, least=0)),
    "data_table": block(
        ("rows", "caption"),
        rows=Items(Items(OneOf(CELLS), 20), 101, least=2),
        caption=String(3_000),
        page_size=Number(1, 100),
        row_header_column_index=Number(0, 19),
    ),
    "data_visualization": block(("title", "chart"), title=String(50), chart=OneOf(CHARTS)),
    "card": block(
        (),
        ("hero_image", "title", "actions", "body"),
        hero_image=OneOf({"image": IMAGE}),
        icon=OneOf({"image": IMAGE}),
        title=mrkdwn(150),
        subtitle=mrkdwn(150),
        body=mrkdwn(200),
        actions=Items(OneOf(ELEMENTS, {"button"}), 3),
    ),
    "carousel": block(("elements",), elements=Items(OneOf(BLOCKS, {"card"}), 10)),
    "container": block(
        ("child_blocks",),
        ("title", "rich_text_title"),
        child_blocks=Items(OneOf(BLOCKS, CONTAINED), 10),
        title=plain(150),
        rich_text_title=RICH_TEXT,
        subtitle=Text(150),
        width=String(choices=("narrow", "standard", "wide", "full")),
        icon=OneOf({"image": IMAGE}),
        is_collapsible=Flag(),
        default_collapsed=Flag(),
        has_header_divider=Flag(),
    ),
    "alert": block(("text",), text=Text(200), level=String(choices=("default", "info", "warning", "error", "success"))),
    "plan": block(("title",), title=String(3_000), tasks=Items(OneOf({"task_card": Shape(TASK)}), 50)),
    "task_card": block(("task_id", "title", "status"), **TASK),
}

SUGGESTIONS = Shape(
    {"options": Items(PLAIN_OPTION, 100, 0), "option_groups": Items(GROUP, 100, 0)}, one_of=("options", "option_groups")
)

# Which blocks stand where, how many of them, and which at most so often.
EVERYWHERE = {
    "section",
    "header",
    "divider",
    "context",
    "actions",
    "input",
    "image",
    "video",
    "rich_text",
    "card",
}
BLOCK_TYPES: dict[str, set[str]] = {
    "modal": EVERYWHERE | {"alert"},
    "home": EVERYWHERE | {"table", "data_table", "data_visualization", "carousel", "container"},
    "message": set(BLOCKS) - {"alert"},
}
BLOCK_COUNT = {"modal": 100, "home": 100, "message": 50}
AT_MOST = {"table": 1, "data_visualization": 2}
HOME: dict[str, Rule] = {
    "type": String(choices=("home",)),
    "blocks": Anything(),
    "private_metadata": String(3_000, 0),
    "callback_id": String(255, 0),
    "external_id": String(255, 0),
}
MODAL: dict[str, Rule] = {
    **HOME,
    "type": String(choices=("modal",)),
    "title": plain(24),
    "submit": plain(24),
    "close": plain(24),
    "clear_on_close": Flag(),
    "notify_on_close": Flag(),
}
VIEWS = {
    "home": Shape(HOME, required=("type", "blocks")),
    "modal": Shape(MODAL, required=("type", "title", "blocks")),
}
ATTACHMENTS = 100
VIEW_BYTES = 250_000
BLOCKS_CHARACTERS = 13_200  # measured: above it a message is refused with msg_blocks_too_long
HEADER_CHARACTERS = 100
TABLE_CHARACTERS = {"table": 10_000, "data_table": 20_000}
MARKDOWN_CHARACTERS = 12_000
