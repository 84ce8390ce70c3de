"""How a suggestion box looks in its channel, and what is said to who puts one up."""

from domain.core import Command
from domain.suggestions.boxes import Tally
from domain.suggestions.record import Box
from views.core import Language, blocks as b, lines, link, said
from views.suggestions.carried import BoxSeen


def sign(box: Box, tally: Tally, t: Language) -> b.Rendered:
    """The suggestion box as it stands in a channel."""
    title = t("Suggestion box")
    invitation = t.markup(
        "What could we do better? With your name, confidentially, or anonymously: then no author is stored anywhere."
    )
    came = t.plural("{count} suggestion came in", "{count} suggestions came in", tally.came)
    answered = t.plural("{count} answered", "{count} answered", tally.answered)
    counted = t.listed([came, answered]) if tally.came else t("Nothing came in yet. Be the first!")
    press = b.button(t("Make a suggestion"), "suggest.box", str(box.id), style="primary")
    return b.Rendered(
        said(t("Suggestion box: {counted}", counted=counted)),
        [b.header(f"💡 {title}"), b.section(invitation), b.actions(press), b.context(said(counted))],
    )


def there(box: Box, address: str, t: Language) -> b.Rendered:
    """A second box was asked for."""
    seen = link(address, t("see it"))
    text = t.markup("The suggestion box of this channel is already here: {box}.", box=seen)
    lost = t.markup("Is it gone? Then put it up again; what came in is not lost.")
    again = b.button(t("Put it up again"), "suggest.box_again", BoxSeen(box.id, box.signs))
    return b.Rendered(text, [b.section(lines(text, lost)), b.actions(again)])


def how(t: Language) -> b.Rendered:
    here = Command("suggest box here")
    return b.sentence(t.markup("Type {command} in the channel where the suggestion box should stand.", command=here))
