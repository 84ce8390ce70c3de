"""Texts for channels that read both languages."""

from datetime import date

from views.language import language
from views.markup import person

BOTH = language("both")
MONDAY = date(2026, 11, 23)


def test_a_text_within_a_text_is_said_once_in_each_language() -> None:
    said = BOTH("due {due}", due=BOTH.day(MONDAY))
    assert said.count("Mon, Nov 23") == said.count("11月23日周一") == 1


def test_the_same_holds_for_markup_and_for_plurals() -> None:
    said = BOTH.markup("{owner}: {things}", owner=person("U1"), things=BOTH.plural("{count} day", "{count} days", 2))
    assert said.count("2 days") == 1 and "<@U1>" in said
