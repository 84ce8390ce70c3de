"""The settings of a command of the command line, and whether a bot can start with them."""

from pathlib import Path

from pydantic import SecretStr, ValidationError

from bot.misspelt import environment, misspelt
from bot.refusal import Refusal
from bot.settings import Mode, Settings, names

WAYS_ON = "set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to serve a workspace, or start the sandbox with `gemba demo`"


def current_settings() -> Settings:
    """What is set. Raises Refusal, naming the variables that cannot be used, or are nearly ours."""
    settings = settings_as_they_are()
    if nearly := misspelt(environment(), names()):
        asked = ", ".join(f"{name} (did you mean {meant}?)" for name, meant in nearly.items())
        raise Refusal(f"a variable is set that Gemba does not know: {asked}; rename it, or unset it")
    return settings


def settings_as_they_are() -> Settings:
    """The same for who looks for what is wrong with them."""
    try:
        return Settings()
    except ValidationError as error:
        named = (f"{str(detail['loc'][0]).upper()} ({_said(detail['msg'])})" for detail in error.errors())
        raise Refusal(f"a setting cannot be used: {', '.join(named)}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f".env cannot be read ({error})") from None


def check_tokens(settings: Settings) -> None:
    """Raises Refusal where there are not all tokens of the mode; the sandbox needs none, but has to be asked for."""
    match settings.mode:
        case Mode.SANDBOX:
            if settings.gemba_mode is None:
                raise Refusal(f"no Slack tokens are set{_nor_a_file()}: {WAYS_ON}")
        case Mode.SOCKET:
            _need("Socket Mode", SLACK_BOT_TOKEN=settings.slack_bot_token, SLACK_APP_TOKEN=settings.slack_app_token)
        case Mode.HTTP:
            if settings.gemba_mode is None and settings.slack_signing_secret is None:
                also = "SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode)"
                raise Refusal(f"SLACK_BOT_TOKEN alone is half a set: set {also}, too; `gemba doctor` says where from")
            bot, secret = settings.slack_bot_token, settings.slack_signing_secret
            _need("HTTP mode", SLACK_BOT_TOKEN=bot, SLACK_SIGNING_SECRET=secret)


def _need(mode: str, **tokens: SecretStr | None) -> None:
    missing = [name for name, token in tokens.items() if token is None]
    if missing:
        needed, lacking = " and ".join(tokens), " and ".join(missing)
        raise Refusal(f"{mode} needs {needed}; missing: {lacking} (`gemba doctor` says where from)")


def _nor_a_file() -> str:
    """Who starts it from another folder than usual finds another `.env`, or none."""
    return "" if Path(".env").exists() else f" (and there is no .env in {Path.cwd()})"


def _said(message: str) -> str:
    return message.removeprefix("Value error, ")
