"""Messages that show what the bot can do."""

from domain.home.messages import ChannelGreeting, MenuHint
from views.cards.looks import Makers, Making
from views.core import Rendered
from views.home import menu


def _hint(message: MenuHint, making: Making) -> Rendered:
    return menu.menu(making.t) if message.whole else menu.hint(making.t)


def _greeting(message: ChannelGreeting, making: Making) -> Rendered:
    return menu.greeting(message.channel_id, making.t)


MAKERS: Makers = {MenuHint: _hint, ChannelGreeting: _greeting}
