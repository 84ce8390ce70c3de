"""What is said to who meets the bot."""

from dataclasses import dataclass

from domain.core import Message


@dataclass(frozen=True, slots=True)
class MenuHint(Message):
    """To who wrote to the bot: what it can do, in short or as the `whole` menu."""

    whole: bool = False


@dataclass(frozen=True, slots=True)
class ChannelGreeting(Message):
    """To a channel that the bot was just invited to."""

    channel_id: str
