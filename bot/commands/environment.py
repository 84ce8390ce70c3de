"""The settings of a command of the command line."""

from pydantic import ValidationError

from bot.refusal import Refusal
from bot.settings import Settings


def current_settings() -> Settings:
    """What is set. Raises Refusal, naming the variables that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        named = (f"{str(detail['loc'][0]).upper()} ({_said(detail['msg'])})" for detail in error.errors())
        raise Refusal(f"a setting cannot be used: {', '.join(named)}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f".env cannot be read ({error})") from None


def _said(message: str) -> str:
    return message.removeprefix("Value error, ")
