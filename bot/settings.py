"""What is set from outside: environment variables, or the same names in `.env`."""

import re
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

USER_ID = re.compile("[UW][A-Z0-9]+")
DATABASES = ("sqlite", "postgresql")


class Mode(StrEnum):
    SOCKET = "socket"
    HTTP = "http"
    SANDBOX = "sandbox"


class Settings(BaseSettings):
    """The environment. `.env.example` and docs/operations.md name the same variables (a test compares them)."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    gemba_mode: Mode | None = None
    database_url: str = ""
    gemba_http_host: str = "127.0.0.1"
    gemba_http_port: int = Field(8090, ge=0, le=65535)
    gemba_admins: Annotated[tuple[str, ...], NoDecode] = ()
    gemba_sql_sources: str = ""
    gemba_timezone: str = "UTC"
    gemba_language: Literal["en", "zh_CN"] = "en"
    gemba_anonymous_wait: int | None = Field(None, ge=0, le=24 * 60)
    gemba_caches: bool = True
    gemba_prefix: str = Field("", max_length=12, pattern=r"^[a-z0-9_-]*$")

    @field_validator("gemba_admins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("gemba_admins")
    @classmethod
    def _are_people(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if wrong := [one for one in value if not USER_ID.fullmatch(one)]:
            raise ValueError(f"{', '.join(wrong)}: no user id (U012AB3CD); a profile's ⋮ in Slack has 'Copy member ID'")
        return value

    @field_validator("gemba_timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key
        except (ValueError, OSError, ZoneInfoNotFoundError):
            raise ValueError(f"{value} is no time zone; write an IANA name such as Europe/Berlin") from None

    @field_validator("database_url")
    @classmethod
    def _supported(cls, value: str) -> str:
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            kind = make_url(value).get_backend_name() if value else "sqlite"
        except ArgumentError:
            raise ValueError(
                "not a URL; write sqlite:///data/gemba.db or postgresql://user:password@host/name"
            ) from None
        if kind not in DATABASES:
            raise ValueError(f"{kind} is not known; Gemba keeps its records in SQLite or PostgreSQL (postgresql://…)")
        return value

    @cached_property
    def mode(self) -> Mode:
        """As set, else by which tokens are there: Socket Mode, HTTP, or the sandbox where there is none at all.

        Who has forgotten one of them wants no example data in a database of their own; and `gemba up` starts the
        sandbox only where that is set.
        """
        if self.gemba_mode is not None:
            return self.gemba_mode
        if self.slack_app_token is not None:
            return Mode.SOCKET
        return Mode.HTTP if self.slack_bot_token or self.slack_signing_secret else Mode.SANDBOX

    @cached_property
    def database(self) -> str:
        """The SQLAlchemy URL. In sandbox mode the default file is another one: examples never meet real data."""
        if self.database_url:
            return self.database_url
        return "sqlite:///data/sandbox.db" if self.mode is Mode.SANDBOX else "sqlite:///data/gemba.db"

    @cached_property
    def anonymous_wait(self) -> int:
        """Minutes within which an anonymous suggestion is taken in; in the sandbox people want to see it at once."""
        if self.gemba_anonymous_wait is not None:
            return self.gemba_anonymous_wait
        return 0 if self.mode is Mode.SANDBOX else 15


def names() -> list[str]:
    """Of all variables."""
    return [name.upper() for name in Settings.model_fields]
