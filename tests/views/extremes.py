"""Extreme values of any type that views take: the longest, the emptiest, and what people really type."""

import random
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from domain.core import Bilingual, Severity
from domain.kpis.charts.xmr import Chart, Point, chart
from domain.kpis.record import Signals
from domain.pilots.values import Recorded
from domain.weekly_sync.queries import SECTIONS
from handlers.registry import all_routes
from views.core import Language, Mrkdwn, said

NASTY = (
    "&&&<>&",
    "😀👩‍👩‍👧🇨🇳",
    "库存数据不准确，",
    "<!channel> ",
    "<@U0EVIL> ",
    "<https://evil.example|x>",
    "*_~`",
    "\u200b\u200d\ufeff",
    "\u202eمرحبا ",
    "&lt;!here&gt; ",
    "```code``` ",
    ":smile: @here ",
    "> quote\n",
    "word ",
    "\x07\x1b",
    " ",
    "W",
)
LONGEST = {
    "title": 150,
    "name": 150,
    "site": 150,
    "metric": 100,
    "unit": 30,
    "version": 30,
    "reference": 12,
    "position": 100,
    "time_limit": 100,
    "data_source": 300,
    "formula": 300,
    "source": 300,
    "reason": 500,
    "segment": 40,
    "segments": 40,
}
PEOPLE = {
    "owner",
    "reporter",
    "also",
    "head",
    "deputy",
    "member",
    "members",
    "author",
    "by",
    "created_by",
    "done_by",
    "decided_by",
    "user_id",
    "people",
    "leads",
    "triagers",
    "sponsor",
    "put_by",
    "bot_user_id",
    "lead",
    "business_lead",
    "data_owner",
    "acknowledged_by",
    "snoozed_by",
    "person",
    "who",
    "away",
}
CHANNELS = {"channel", "channel_id", "channels", "box", "triage_channel", "source_channel"}
ADDRESSES = {"link", "links", "issue_link", "permalink", "url", "address"}
AMOUNTS = ("times", "minutes", "people")
TARGETS = ("≤3 days", "at least 99.95 %", "≥4.5 of 5", "<123456789012.5 " + "库存" * 20)
SPECIAL: dict[str, tuple[Any, ...]] = {
    "rating": (1, 5),
    "rating?": (1, 5, None),
    "sync_day": (0, 6),
    "quiet_days": ((), (5, 6), (0, 1, 2, 3, 4, 5, 6)),
    "language": ("", "en", "zh_CN", "both"),
    "timezone": ("Asia/Shanghai", "America/Argentina/ComodRivadavia"),
    "zone": ("Asia/Shanghai", "America/Argentina/ComodRivadavia"),
    "country": ("", "CN", "DE"),
    "locale": ("", "zh-CN"),
    "id": ("F1234567890",),
    "mimetype": ("image/png", "text/plain"),
    "start": (0, 20, 180),
    "target": TARGETS,
    "typed_code": ("XXXXX-XXXXX",),
    "metadata": ("", '{"channel": "C0SALES"}'),
    "callback": ("settings.person",),
    "prefix": ("", "dev-"),
    "tag": ("en", "both"),
    "kind": ("issue", "task"),
    "tracking_code": ("ABCDE-23456",),
    "problems": (),
}


class Extremes:
    """Makes a value of any type. `size`: 0 makes everything empty or smallest, 2 largest, 1 anything in between."""

    def __init__(self, seed: int, size: int) -> None:
        self._chance = random.Random(seed)
        self._size = size
        self._ids = 0
        self._depth = 0

    def arguments(self, function: Callable[..., Any]) -> dict[str, Any]:
        """All arguments of a function but those with `*`."""
        code = function.__code__
        count = code.co_argcount + code.co_kwonlyargcount
        hints = get_type_hints(function)
        owner = f"{function.__module__.removeprefix('views.')}.{function.__name__}"
        self.made: dict[str, Any] = {}
        for name in code.co_varnames[:count]:
            self.made[name] = self.of(hints[name], name, owner)
        return self.made

    def of(self, kind: Any, name: str, owner: str = "") -> Any:
        """A value for the field or argument `name` of the class or function `owner`."""
        return _way(kind, name, owner)(self)

    def text(self, name: str) -> str:
        longest = LONGEST.get(name, 3_000)
        if self._size == 0:
            return ""
        piece = NASTY[0] if self._size == 2 and self._chance.random() < 0.5 else self._one_of(NASTY)
        return _repeated(piece, longest)[: longest if self._size == 2 else self._chance.randint(1, longest)]

    def _string(self, name: str) -> str:
        empty = self._size == 0 or (self._size == 1 and self._chance.random() < 0.2)
        if name in PEOPLE:
            return "" if empty else f"U0PERSON{self._id()}"
        if name in CHANNELS:
            return "" if empty else f"C0CHANNEL{self._id()}"
        if name in ADDRESSES:
            return "" if empty else f"https://example.slack.com/archives/C0CHANNEL/p{self._id():016d}?x=1"
        return self.text(name)

    def _record(self, kind: Any) -> Any:
        self._depth += 1
        made = {name: way(self) for name, way in _fields(kind)}
        self._depth -= 1
        return kind(**made)

    def _many(self, kind: Any, origin: Any, name: str, owner: str) -> Any:
        parts = get_args(kind)
        if origin is tuple and not (len(parts) == 2 and parts[1] is Ellipsis):
            return tuple(self.of(part, name, owner) for part in parts)
        items = [item for _ in range(self._count()) if (item := self.of(parts[0], name, owner)) != ""]
        return tuple(dict.fromkeys(items)) if origin is tuple else items

    def _is_absent(self) -> bool:
        return self._size == 0 or (self._size == 1 and self._chance.random() < 0.3)

    def _count(self) -> int:
        if self._size == 1:
            return self._one_of((0, 1, 2, 11, 26))
        if self._size == 0:
            return 0
        return 120 if self._depth == 0 else 40 if self._depth == 1 else 12

    def _callable(self, kind: Any) -> Callable[..., Any]:
        _, returned = get_args(kind)
        if returned is str:
            return lambda _owed: self._string("link")
        return lambda record: (f"command.run:{record.id}", f"gemba pilot show {record.reference}")

    def _one_of(self, choices: Sequence[Any]) -> Any:
        return choices[int(self._chance.random() * len(choices))]  # a third of the time that `choice` takes

    def _id(self) -> int:
        self._ids += 1
        return self._ids


@cache
def _repeated(piece: str, longest: int) -> str:
    return (piece * longest)[:longest]


Way = Callable[[Extremes], Any]
"""How a value is made. It is found once for each field: a large view is made of 100,000 records."""


@cache
def _fields(kind: Any) -> list[tuple[str, Way]]:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else kind._fields
    return [(name, _way(hints[name], name, kind.__name__)) for name in names]


@cache
def _way(kind: Any, name: str, owner: str) -> Way:
    origin = get_origin(kind)
    if name == "rating" and kind is not int:
        return _choice(SPECIAL["rating?"])
    if f"{owner}.{name}" in OWN:
        return OWN[f"{owner}.{name}"]
    if SPECIAL.get(name) and kind in (str, int, tuple[int, ...]) and not (name == "id" and kind is int):
        return _choice(SPECIAL[name])
    if origin in (Union, types.UnionType):
        return _way_to_one_of(kind, name, owner)
    if origin in (tuple, list, Sequence, Iterable):
        return lambda make: make._many(kind, origin, name, owner)
    if origin in (dict, Mapping):
        key, value = get_args(kind)
        return lambda make: {make.of(key, "key"): make.of(value, name) for _ in range(make._count())}
    if origin is Callable or kind is Callable:
        return lambda make: make._callable(kind)
    if kind is Language:
        return lambda make: None  # given by the test
    return _plain_way(kind, name)


def _way_to_one_of(kind: Any, name: str, owner: str) -> Way:
    """To the first of several types, or to None where that is one of them."""
    given = [part for part in get_args(kind) if part is not type(None)]
    optional, way = len(given) < len(get_args(kind)), _way(given[0], name, owner)
    return lambda make: None if make._is_absent() and optional else way(make)


def _plain_way(kind: Any, name: str) -> Way:
    if kind in PLAIN:
        return PLAIN[kind]
    if kind is Mrkdwn:
        return lambda make: said(make.text(name))
    if kind in (str, Any):
        return lambda make: make._string(name)
    if kind is Bilingual:
        return lambda make: Bilingual(make._string(name), make._string(name))
    if kind is int:
        is_id = name in ("id", "key") or name.endswith("_id")
        return (lambda make: make._id()) if is_id else _choice((0, 1, 987_654))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice(tuple(kind))
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return lambda make: make._record(kind)
    raise AssertionError(f"tests/views/extremes.py does not know how to make a {kind} ({name})")


def _choice(choices: Sequence[Any]) -> Way:
    return lambda make: make._one_of(choices)


PLAIN: dict[Any, Way] = {
    bool: lambda make: make._chance.random() < 0.5,
    Decimal: _choice((Decimal(0), Decimal("-12345678901.2345"), Decimal("999999999999"), Decimal("3.5"))),
    datetime: lambda make: datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
    date: lambda make: date(2026, 11, 23) + timedelta(days=make._chance.randint(-400, 400)),
    time: lambda make: time(23, 59),
}


def _typed(make: Extremes) -> dict[str, str]:
    """What stands in an optimization's form."""
    names = ("background", "measures", "remarks", "effect_1_metric", "effect_1_unit", "effect_1_before", "process")
    return {name: make.text("measures") for name in names} | {"date": "2026-11-23", "owner": "U0CLERK"}


def _chart(make: Extremes) -> Chart:
    """Of values that rise, fall, or are all the same, and come from anybody."""
    many = make._one_of((1, 13, 60)) if make._size else 0
    values = [Decimal(make._one_of((0, n, -n, 10**11 + n, "0.000001"))) for n in range(many)]
    return chart([Point(date(2026, 1, 4) + timedelta(weeks=n), value) for n, value in enumerate(values)], Signals.NHS)


def _after(make: Extremes) -> dict[str, Any]:
    """What an activity row tells of a change: of an issue, or of a suggestion."""
    status = make._one_of(("closed", "open", "rejected"))
    state = make._one_of(("declined", "planned", "verified", "classified"))
    return {"status": status, "state": state, "reason": make.text("reason"), "due": "2026-12-01", "owner": "U0CLERK"}


# What is not made from its type alone: `Class.field` or `function.argument`.
OWN: dict[str, Callable[[Extremes], Any]] = {
    "Kpi.warning": lambda make: "",
    "KpiVersion.warning": lambda make: "",
    "kpis.alert_dialogs.acknowledge_form.until": lambda make: "2026-11-26",
    "kpis.forms.confirm_form.before": lambda make: make._one_of(TARGETS),
    "kpis.forms.confirm_form.after": lambda make: make._one_of(TARGETS),
    "KpiChart.chart": lambda make: _chart(make),
    "kpis.signals.signal.drawn": lambda make: [{"type": "divider"}],
    "Activity.after": _after,
    "Activity.before": lambda make: {},
    "Activity.verb": lambda make: make._one_of(("taken", "handed", "same", "postponed", "closed")),
    "Summary.problems": lambda make: [(how, make.of(list[str], "text")) for how in (*Severity, None)],
    "Overview.to_set_up": lambda make: make._one_of(((), ("channel", "department", "process", "triage"))),
    **{f"Issue.{name}": lambda make: make._one_of((None, Decimal(0), Decimal(1_000_000))) for name in AMOUNTS},
    "BlockedDestination.target": lambda make: make._one_of(
        ("", "pin", f"C0CHANNEL{make._id()}", f"U0PERSON{make._id()}")
    ),
    "BlockedDestination.error": lambda make: make._one_of(
        ("not_in_channel", "an_error_of_next_year", "restricted_action_x")
    ),
    "Average.value": lambda make: make._one_of((None, Decimal(1), Decimal("4.25"), Decimal(5))),
    "Rendered.blocks": lambda make: [{"type": "section", "text": {"type": "mrkdwn", "text": "text"}}],
    "optimizations.form.form.typed": _typed,
    "optimizations.form.form.effects": lambda make: make._one_of((1, 5)),
    "settings.menu.form.blocks": lambda make: [{"type": "divider"}],
    "settings.menu.form.title": lambda make: "Team channel",
    "pilots.feedback.rating.value": lambda make: make._one_of((1, 2, 3, 4, 5)),
    "home.help.of_commands.wanted": lambda make: all_routes().commands[: make._one_of((1, 5))],
    "weekly_sync.report.detail.name": lambda make: make._one_of(SECTIONS),
    "weekly_sync.report.whole.name": lambda make: make._one_of(SECTIONS),
    "weekly_sync.lines.section_lines.name": lambda make: make._one_of(SECTIONS),
    "core.lists.whole.title": lambda make: "Weekly sync",
    "core.lists.whole.heading": lambda make: {"type": "divider"},
    "issues.lists.listing.title": lambda make: "Open issues",  # ours, not a person's
    "kpis.dialogs.which_day.days": lambda make: [date(2026, 3, 4), date(2026, 4, 3)],
    "pilots.card.recorded.values": lambda make: [
        Recorded(row.metric, 3, Decimal(4), before)
        for row, before in zip(make.made["standing"].metrics, [None, Decimal(4), Decimal(5)], strict=False)
    ],
    "settings.time_zones.option.zone": lambda make: "Asia/Shanghai",
    "settings.time_zones.country_option.code": lambda make: make._one_of(("", "CN")),
    "settings.time_zones.search_countries.codes": lambda make: ["CN", "DE", "FR"],
    "core.measures.goal.text": lambda make: make._one_of(TARGETS),
    "commitments.lines.owed_buttons.origin": lambda make: make._one_of(
        ("", "2026-11-23", "2026-11-23@U0", "list:mine@C0SALES")
    ),
}
