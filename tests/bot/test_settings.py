"""The settings, the example file and the documentation name the same variables."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.misspelt import misspelt
from bot.settings import Mode, Settings

ROOT = Path(__file__).parents[2]
NAMES = {name.upper() for name in Settings.model_fields}


def test_the_example_file_names_every_variable_and_no_other() -> None:
    assert set(re.findall(r"^#?\s?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)) == NAMES


def test_the_operators_page_names_every_variable_and_no_other() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    table = page.partition("## Settings")[2].partition("\n## ")[0]
    assert set(re.findall(r"`([A-Z][A-Z_]+)`", table)) == NAMES


@pytest.mark.parametrize(
    "given, mode",
    [
        pytest.param({}, Mode.SANDBOX, id="no token: the sandbox"),
        pytest.param(
            {"slack_bot_token": "xoxb", "slack_app_token": "xapp"}, Mode.SOCKET, id="both tokens: Socket Mode"
        ),
        pytest.param({"slack_bot_token": "xoxb", "slack_signing_secret": "s"}, Mode.HTTP, id="no app token: HTTP"),
        pytest.param({"slack_app_token": "xapp", "slack_signing_secret": "s"}, Mode.SOCKET, id="no bot token"),
        pytest.param({"slack_signing_secret": "s"}, Mode.HTTP, id="no bot token, for HTTP"),
        pytest.param({"slack_bot_token": "xoxb", "gemba_mode": "sandbox"}, Mode.SANDBOX, id="what is set wins"),
    ],
)
def test_the_mode_follows_from_the_tokens(given: dict[str, str], mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    assert Settings(_env_file=None, **given).mode is mode  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name, value, said",
    [
        pytest.param("gemba_admins", "U012AB3CD, @maria", "@maria: no user id", id="a handle"),
        pytest.param("gemba_admins", "maria@example.com", "Copy member ID", id="an address"),
        pytest.param("gemba_admins", "u012ab3cd", "no user id", id="in small letters"),
        pytest.param("gemba_timezone", "Berlin", "an IANA name such as Europe/Berlin", id="a city"),
        pytest.param("gemba_timezone", "../etc/passwd", "no time zone", id="a path"),
        pytest.param("gemba_language", "de", "'en' or 'zh_CN'", id="a language that is not there"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_write(name: str, value: str, said: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        Settings(_env_file=None, **{name: value})  # type: ignore[arg-type]


def test_admins_are_taken_with_spaces_between_them() -> None:
    assert Settings(_env_file=None, gemba_admins="U012AB3CD, W1").gemba_admins == ("U012AB3CD", "W1")  # type: ignore[arg-type]


def test_examples_never_meet_real_data() -> None:
    sandbox, real = Settings(_env_file=None, gemba_mode="sandbox"), Settings(_env_file=None, gemba_mode="socket")
    assert sandbox.database != real.database


@pytest.mark.parametrize(
    "name, meant",
    [
        pytest.param("SLACK_BOT_TOKN", "SLACK_BOT_TOKEN", id="a letter is missing"),
        pytest.param("GEMBA_TIMZONE", "GEMBA_TIMEZONE", id="of ours"),
        pytest.param("DATABASE_ULR", "DATABASE_URL", id="two are swapped"),
        pytest.param("DATABASE_URLS", "DATABASE_URL", id="one too many"),
        pytest.param("gemba_mod", "GEMBA_MODE", id="small letters, as they may be"),
        pytest.param("SLAKC_APP_TOKEN", "SLACK_APP_TOKEN", id="a slip in the first word"),
        pytest.param("GEMBA_DATABASE_URL", "DATABASE_URL", id="our word before it"),
        pytest.param("slack_bot_token", None, id="ours, in small letters"),
        pytest.param("DATABASE_USER", None, id="another one of a database"),
        pytest.param("SLACK_CLIENT_SECRET", None, id="of another Slack app"),
        pytest.param("GEMBA_PORT_8090_TCP", None, id="Kubernetes names a service's port so"),
    ],
)
def test_a_variable_is_asked_about_where_it_is_nearly_one_of_ours(name: str, meant: str | None) -> None:
    assert misspelt({name: "x"}, NAMES).get(name) == meant


def test_what_is_nearly_ours_belongs_to_others_where_ours_is_set_too() -> None:
    given = {"SLACK_API_TOKEN": "xoxp", "SLACK_BOT_TOKEN": "xoxb"}
    assert misspelt(given, NAMES) == {"SLACK_API_TOKEN": "SLACK_APP_TOKEN"}
    assert misspelt({**given, "SLACK_APP_TOKEN": "xapp"}, NAMES) == {}


def test_a_setting_that_cannot_be_used_is_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(_env_file=None, gemba_http_port=70_000)
