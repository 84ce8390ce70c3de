"""What Python means is what is kept: instants, decimals, nested values, and texts of every kind."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.core import Activity, Bilingual
from domain.issues.record import Attachment, Issue
from domain.kpis.record import KpiReading, KpiSeries, KpiState
from domain.optimizations.record import Effect, Optimization
from domain.people.record import Member, Notice, OverdueMode, Role, TeamChannel
from domain.processes.record import Process, Step
from storage.unit_of_work import Database

TEAM = "T1"
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def there_and_back(database: Database, record: Any) -> Any:
    with database.writing(TEAM) as work:
        stored = work.of(type(record)).add(record, by="U1", at=NOW)
    with database.reading(TEAM) as work:
        found = work.of(type(record)).get(stored.id)
    assert found == stored
    return found


@pytest.mark.parametrize(
    "value",
    ["0", "3.4", "-2", "0.1", "100.00", "123456789012.123456", "0.000000001", "99999999999999999999", "1E+3", "-0.5"],
)
def test_a_decimal_is_kept_exactly(database: Database, value: str) -> None:
    reading = KpiReading(kpi_id=1, period=date(2026, 11, 22), value=Decimal(value))
    assert there_and_back(database, reading).value == Decimal(value)


@pytest.mark.parametrize(
    "at",
    [
        pytest.param(NOW, id="in UTC"),
        pytest.param(NOW.replace(microsecond=123_456), id="to the microsecond"),
        pytest.param(datetime(2026, 7, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai")), id="in Shanghai"),
        pytest.param(datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")), id="the second 02:30"),
        pytest.param(datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=-3, minutes=-30))), id="half an hour off"),
    ],
)
def test_an_instant_comes_back_aware_in_utc(database: Database, at: datetime) -> None:
    with database.writing(TEAM) as work:
        stored = work.of(Issue).add(Issue(number=1, title="x", filed_at=at), by="U1", at=at)
    with database.reading(TEAM) as work:
        found = [work.of(Issue).get(stored.id).filed_at, work.of(Activity).find()[0].at]
    assert found == [at.astimezone(UTC)] * 2 and {one.tzinfo for one in found} == {UTC}


def test_a_naive_datetime_is_refused(database: Database) -> None:
    naive = datetime(2026, 11, 23)  # noqa: DTZ001
    with pytest.raises(Exception, match="naive"), database.writing(TEAM) as work:
        work.of(Issue).add(Issue(number=1, title="x", filed_at=naive), by="U1", at=NOW)


def test_files_steps_and_effects_come_back_as_what_they_are(database: Database) -> None:
    files = (Attachment("F1", "库存 🧾.png", "image/png", "https://x.slack.com/f"), Attachment("F2"))
    assert there_and_back(database, Issue(number=1, title="x", filed_at=NOW, files=files)).files == files
    steps = (
        Step(Bilingual("Check stock", "库存检查"), time_limit=Bilingual("2 hours", "2小时")),
        Step(Bilingual("Ship")),
    )
    process = Process(name=Bilingual("Orders"), steps=steps, problems=(Bilingual("slow", "慢"),))
    assert there_and_back(database, process).steps == steps
    effects = (
        Effect("scheduling", Decimal("8.0"), Decimal("3.10"), "h"),
        Effect("cycle", percent=Decimal("20"), higher_is_better=True),
    )
    logged = there_and_back(database, Optimization(number=1, date=date(2024, 3, 15), effects=effects))
    assert [str(effect.after) for effect in logged.effects] == ["3.10", "None"]


def test_words_times_and_tuples_come_back_as_what_they_are(database: Database) -> None:
    channel = TeamChannel(
        channel_id="C1", processes=(3, 1), notices=(Notice.KPIS,), sync_time=time(9, 30), overdue=OverdueMode.OFF
    )
    assert there_and_back(database, channel).notices[0] is Notice.KPIS
    member = Member(user_id="U1", is_admin=True, active=False, roles=(Role.LEAD,), quiet_days=())
    found = there_and_back(database, member)
    assert (found.is_admin, found.active, found.roles, found.quiet_days) == (True, False, (Role.LEAD,), ())
    assert there_and_back(database, KpiSeries(kpi_id=1)).state is KpiState.NO_DATA


TEXTS = {
    "3,000 characters": "流程优化 process! " * 214 + "1234",
    "emoji of several parts": "👩🏽‍💻 🏳️‍🌈 🇨🇳 👨‍👩‍👧‍👦",
    "right to left": "مشكلة في المخزون \u202eevil\u202c שלום",
    "zero width": "a\u200bb\u200c\u200d\ufeffc\u2060d",
    "control characters": "tab\tnew\nline\r\nbell\x07 escape\x1b[31m delete\x7f next\x85",
    "markup of Slack": "<!channel> &lt;b&gt; <@U1> *bold* ```code``` `x` <https://x|y>",
    "quotes and SQL": "'; DROP TABLE issues; -- \" \\ % _ {name} :colon %(x)s",
    "combining marks": "Zürich Z\u0308urich ñ n\u0303",
    "beyond the basic plane": "𠮷野家 𝒜 \U0010ffff",
    "white space at both ends": "  two spaces \n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_comes_back_to_the_character(database: Database, text: str) -> None:
    issue = Issue(number=1, title=text, what=text, files=(Attachment("F1", text),), also=(text,), filed_at=NOW)
    found = there_and_back(database, issue)
    assert (found.title, found.what, found.files[0].name, found.also) == (text, text, text, (text,))
    with database.reading(TEAM) as work:
        assert work.of(Issue).one(title=text) == found
        (activity,) = work.of(Activity).find()
    assert activity.after["what"] == text


def test_a_text_has_3000_characters() -> None:
    assert len(TEXTS["3,000 characters"]) == 3_000 and json.dumps(TEXTS)
