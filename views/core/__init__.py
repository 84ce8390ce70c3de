"""What all views are made of."""

from views.core.blocks import CHART, OPTIONS, VIEW_BLOCKS, Document, Picture, Rendered, image_file
from views.core.forms import Choices, inputs, of_record
from views.core.language import (
    BOTH,
    CHINESE,
    ENGLISH,
    BothLanguages,
    Language,
    catalogue,
    language,
    language_of,
    tag_of_locale,
)
from views.core.markup import (
    Mrkdwn,
    bold,
    channel,
    code,
    join,
    lines,
    link,
    mentioned,
    person,
    readable,
    said,
    unescaped,
)
from views.core.measures import amount, bounds, goal, goal_of, improvement, step
