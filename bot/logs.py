"""Structured logs: one JSON line an event on stderr, without message texts, tokens or people."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from bot.error_names import error_name

HOME = Path(__file__).parents[1]
DEEPEST = 30  # frames of a trace


def configure(*, level: int = logging.INFO, pretty: bool = False) -> None:
    """Send our events, and warnings of the libraries, to stderr."""
    shared = _processors()
    renderer: Any = structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer(default=str)
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    of_libraries = logging.StreamHandler(sys.stderr)
    of_libraries.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[of_libraries])
    quiet("slack_sdk")
    quiet("slack_bolt", logging.ERROR)
    threading.excepthook = _thread_ended


def quiet(name: str, level: int = logging.CRITICAL) -> logging.Logger:
    """A library's logger that keeps to itself what it raises, tells a listener, or would quote of people's texts."""
    logger = logging.getLogger(name)
    logger.setLevel(level)
    return logger


def _thread_ended(raised: threading.ExceptHookArgs) -> None:
    """What nobody has caught; Python would print its words."""
    name = raised.thread.name if raised.thread is not None else ""
    log.error("a thread has ended", thread=name, exc_info=raised.exc_value)


def _processors() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_words,
    ]


def without_words(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Tell an exception by its kind and where it was raised: its words may quote what somebody typed, or a token."""
    raised = event.pop("exc_info", None)
    error = sys.exc_info()[1] if raised is True else raised[1] if isinstance(raised, tuple) else raised
    if isinstance(error, BaseException):
        event["exception"] = [f"{_kind(link)} at {' < '.join(_where(link)) or 'nowhere'}" for link in _chain(error)]
    return event


def _kind(error: BaseException) -> str:
    """Its class, and the name that Slack or the database gives it."""
    kind = type(error).__name__
    named = error_name(error) if isinstance(error, Exception) else kind
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return " ".join(dict.fromkeys(str(part) for part in (kind, named, state) if part))


def _where(error: BaseException) -> Iterator[str]:
    """From the place where it was raised outwards."""
    frames = [(frame.f_code, line) for frame, line in walk_tb(error.__traceback__)]
    for code, line in reversed(frames[-DEEPEST:]):
        file = Path(code.co_filename)
        yield f"{file.relative_to(HOME) if file.is_relative_to(HOME) else file.name}:{line} {code.co_name}"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, then what it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


log: Any = structlog.get_logger("gemba")
