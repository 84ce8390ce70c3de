"""Blocks made by the classes of `slack_sdk.models`, each with all the arguments that it documents."""

from slack_sdk.models import blocks as b
from slack_sdk.models.blocks.basic_components import (
    DispatchActionConfig,
    FeedbackButtonObject,
    RawNumberObject,
    SlackFile,
    TableBlockColumnSettings,
    Workflow,
    WorkflowTrigger,
)
from slack_sdk.models.blocks.block_elements import (
    FileInputElement,
    RichTextElementParts as Part,
    UrlSourceElement,
    WorkflowButtonElement,
)

NOT_POSTED = {"file", "call"}
"""Slack shows these to apps and takes them from none: remote files and calls have methods of their own."""
UNKNOWN = {"auth_provider"}
"""What the sandbox does not know: it needs hosts in the manifest and a consent that a sandbox cannot give."""

PICTURE = "https://example.com/picture.png"
PLAIN = b.PlainTextObject(text="plain", emoji=True)
MARKED = b.MarkdownTextObject(text="*marked*", verbatim=True)
CONFIRM = b.ConfirmObject(title="Sure?", text=MARKED, confirm="Yes", deny="No", style="danger")
OPTIONS = [b.Option(text=f"Option {n}", value=f"o{n}", description="more") for n in range(3)]
GROUPS = [b.OptionGroup(label="Group", options=OPTIONS)]
FILTER = b.ConversationFilter(include=["public", "private"], exclude_bot_users=True)
ON_ENTER = DispatchActionConfig(trigger_actions_on=["on_enter_pressed"])
WORKFLOW = Workflow(
    trigger=WorkflowTrigger(
        url="https://example.com/trigger", customizable_input_parameters=[{"name": "n", "value": "x"}]
    )
)
USUAL = {"confirm": CONFIRM, "focus_on_load": True}
SELECT = {**USUAL, "placeholder": "Choose"}
TYPED = {"placeholder": "Type", "initial_value": "x", "dispatch_action_config": ON_ENTER, "focus_on_load": True}
CONVERSATIONS = {**SELECT, "default_to_current_conversation": True, "filter": FILTER}

INPUTS: tuple[b.InputInteractiveElement, ...] = (
    b.CheckboxesElement(options=OPTIONS, initial_options=OPTIONS[:2], **USUAL),
    b.RadioButtonsElement(options=OPTIONS, initial_option=OPTIONS[0], **USUAL),
    b.DatePickerElement(initial_date="2026-11-23", **SELECT),
    b.TimePickerElement(initial_time="09:05", timezone="Europe/Berlin", **SELECT),
    b.DateTimePickerElement(initial_date_time=1_795_000_000, **USUAL),
    b.StaticSelectElement(options=OPTIONS, initial_option=OPTIONS[0], **SELECT),
    b.StaticSelectElement(option_groups=GROUPS, initial_option=OPTIONS[2], **SELECT),
    b.StaticMultiSelectElement(options=OPTIONS, initial_options=OPTIONS, max_selected_items=3, **SELECT),
    b.ExternalDataSelectElement(initial_option=OPTIONS[0], min_query_length=2, **SELECT),
    b.ExternalDataMultiSelectElement(min_query_length=2, initial_options=OPTIONS, max_selected_items=3, **SELECT),
    b.UserSelectElement(initial_user="U1", **SELECT),
    b.UserMultiSelectElement(initial_users=["U1"], max_selected_items=2, **SELECT),
    b.ConversationSelectElement(initial_conversation="C1", response_url_enabled=True, **CONVERSATIONS),
    b.ConversationMultiSelectElement(initial_conversations=["C1"], max_selected_items=2, **CONVERSATIONS),
    b.ChannelSelectElement(initial_channel="C1", response_url_enabled=True, **SELECT),
    b.ChannelMultiSelectElement(initial_channels=["C1"], max_selected_items=2, **SELECT),
    b.PlainTextInputElement(multiline=True, min_length=1, max_length=9, **TYPED),
    b.EmailInputElement(**{**TYPED, "initial_value": "x@example.com"}),
    b.UrlInputElement(**{**TYPED, "initial_value": "https://example.com"}),
    b.NumberInputElement(is_decimal_allowed=True, min_value="1", max_value="2", **{**TYPED, "initial_value": "1.5"}),
    b.RichTextInputElement(
        initial_value={"type": "rich_text", "elements": []},
        placeholder="Type",
        focus_on_load=True,
        dispatch_action_config=ON_ENTER,
    ),
    FileInputElement(filetypes=["png"], max_files=3),
)
BUTTONS: tuple[b.InteractiveElement, ...] = (
    b.ButtonElement(
        text=PLAIN,
        value="v",
        style="primary",
        confirm=CONFIRM,
        accessibility_label="A label",
        agent_prompt="Do it",
        agent_prompt_display="Do",
        visible_to_user_ids=["U1"],
    ),
    b.LinkButtonElement(text="Open", url="https://example.com", style="danger"),
    b.OverflowMenuElement(options=[b.Option(text="Open", value="o", url="https://example.com")], confirm=CONFIRM),
    WorkflowButtonElement(text=PLAIN, workflow=WORKFLOW, style="primary", accessibility_label="A label"),
)
STYLE = Part.TextStyle(bold=True, italic=True, strike=True, code=True, underline=True)
PARTS = [
    Part.Text(text="text", style=STYLE),
    Part.Link(url="https://example.com", text="link", style=STYLE),
    Part.Emoji(name="wave", skin_tone=2, unicode="1f44b-1f3fc"),
    Part.User(user_id="U1", style=STYLE),
    Part.UserGroup(usergroup_id="S1"),
    Part.Channel(channel_id="C1", style=STYLE),
    Part.Team(team_id="T1", style=STYLE),
    Part.Broadcast(range="here"),
    Part.Color(value="#ff0000"),
    Part.Date(timestamp=1_795_000_000, format="{date_num}", url="https://example.com", fallback="then"),
]
SECTION = b.RichTextSectionElement(elements=PARTS)
RICH = b.RichTextBlock(
    elements=[
        SECTION,
        b.RichTextListElement(elements=[SECTION], style="ordered", indent=1, offset=1, border=1),
        b.RichTextPreformattedElement(elements=PARTS[:2], border=1),
        b.RichTextQuoteElement(elements=PARTS),
    ]
)
IMAGE = b.ImageElement(image_url=PICTURE, alt_text="a picture")
CARD = b.CardBlock(hero_image=IMAGE, icon=IMAGE, title="*T*", subtitle="S", body="B", actions=[BUTTONS[0]])
TASK = b.TaskCardBlock(
    task_id="t",
    title="Look",
    status="complete",
    details=RICH,
    output=RICH,
    sources=[UrlSourceElement(url="https://example.com", text="where from")],
)
FEEDBACK = {
    side: FeedbackButtonObject(text="Good", value="g", accessibility_label="Good") for side in ("positive", "negative")
}
BLOCKS: tuple[b.Block, ...] = (
    b.SectionBlock(text=MARKED, fields=[PLAIN, MARKED], accessory=IMAGE, expand=True),
    *(b.SectionBlock(text="x", accessory=element) for element in BUTTONS),
    *(b.InputBlock(label="L", element=element, hint="H", optional=True, dispatch_action=True) for element in INPUTS),
    b.ActionsBlock(elements=list(BUTTONS)),
    b.ContextBlock(elements=[IMAGE, PLAIN, MARKED]),
    b.ContextActionsBlock(
        elements=[
            b.FeedbackButtonsElement(positive_button=FEEDBACK["positive"], negative_button=FEEDBACK["negative"]),
            b.IconButtonElement(icon="trash", text="Delete", value="v", accessibility_label="Delete", confirm=CONFIRM),
        ]
    ),
    b.DividerBlock(),
    b.HeaderBlock(text=PLAIN),
    b.ImageBlock(image_url=PICTURE, alt_text="a picture", title="T"),
    b.ImageBlock(slack_file=SlackFile(id="F1"), alt_text="a picture"),
    b.MarkdownBlock(text="# hello"),
    b.VideoBlock(
        alt_text="a video",
        title="T",
        title_url="https://example.com",
        description="D",
        thumbnail_url=PICTURE,
        video_url="https://example.com/v",
        author_name="A",
        provider_name="P",
        provider_icon_url=PICTURE,
    ),
    RICH,
    b.TableBlock(
        rows=[[b.RawTextObject(text="a").to_dict(), RawNumberObject(value=1.5, text="1.5").to_dict(), RICH.to_dict()]],
        column_settings=[TableBlockColumnSettings(align="right", is_wrapped=True).to_dict()],
    ),
    b.AlertBlock(text=MARKED, level="warning"),
    CARD,
    b.CarouselBlock(elements=[CARD, CARD]),
    b.ContainerBlock(
        title="T",
        subtitle=MARKED,
        child_blocks=[b.DividerBlock(), RICH],
        width="wide",
        icon=IMAGE,
        is_collapsible=True,
        default_collapsed=True,
    ),
    b.PlanBlock(title="Plan", tasks=[TASK]),
    TASK,
)
