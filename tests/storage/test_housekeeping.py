"""What nobody will ask for again is thrown away; what may still be asked for stays."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from domain.cards.messages import Card
from domain.commitments.messages import Digest
from domain.core import AlreadyHandled, Ref
from storage.housekeeping import tidy
from storage.tables import handled, outbox, rates
from storage.unit_of_work import Database

TEAM = "T1"
NOW = datetime.now(UTC)
DAY = NOW.date()


def settled(database: Database, key: str, state: str, *, days: float) -> None:
    values = {"state": state, "settled_at": NOW - timedelta(days=days), "channel_id": "C1", "ts": "1.1"}
    with database.engine.begin() as connection:
        connection.execute(update(outbox).where(outbox.c.key == key).values(**values))


def keys(database: Database) -> list[str]:
    with database.engine.connect() as connection:
        return [key.split("#")[0] for key in connection.execute(select(outbox.c.key).order_by(outbox.c.id)).scalars()]


def test_requests_are_known_for_longer_than_slack_delivers_them_again(database: Database) -> None:
    for key, hours in (("old", 26), ("young", 24)):
        with database.engine.begin() as connection:
            connection.execute(insert(handled).values(team_id=TEAM, key=key, at=NOW - timedelta(hours=hours)))
    assert tidy(database.engine, NOW) == 1
    with pytest.raises(AlreadyHandled), database.writing(TEAM, once="young"):
        pass
    with database.writing(TEAM, once="old"):
        pass


def test_old_digests_and_failures_go_and_cards_keep_their_place(database: Database) -> None:
    with database.writing(TEAM) as work:
        for key, message in (
            ("card", Card(Ref("issue", 1))),
            ("failed", Card(Ref("issue", 2))),
            ("young", Digest("U1", DAY)),
        ):
            work.outbox.say(message, to="C1", once=key)
        work.outbox.say(Digest("U1", DAY), to="U1", once="digest")
        work.outbox.say(Card(Ref("issue", 3)), to="C1", once="waiting")
    for key, state in (("card", "sent"), ("failed", "failed"), ("digest", "sent")):
        settled(database, key, state, days=91)
    settled(database, "young", "sent", days=89)
    with database.writing(TEAM) as work:
        work.outbox.refresh("card")
    with database.engine.begin() as connection:
        old = {"state": "sent", "settled_at": NOW - timedelta(days=91)}
        connection.execute(update(outbox).where(outbox.c.action == "update").values(**old))
    assert tidy(database.engine, NOW) == 3
    assert keys(database) == ["card", "young", "waiting"]
    with database.reading(TEAM) as work:
        assert work.outbox.posted("card") == ("C1", "1.1")


def test_more_than_a_batch_goes_in_several(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.housekeeping.BATCH", 10)
    rows = [{"team_id": TEAM, "key": f"{n}", "at": NOW - timedelta(days=2)} for n in range(35)]
    with database.engine.begin() as connection:
        connection.execute(insert(handled), rows)
    assert tidy(database.engine, NOW) == 35
    with database.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(handled)).scalar_one() == 0


def test_buckets_that_have_long_been_open_go(database: Database) -> None:
    with database.engine.begin() as connection:
        for bucket, ago in (("old", 7_300), ("new", 10)):
            connection.execute(insert(rates).values(team_id=TEAM, bucket=bucket, open_at=NOW.timestamp() - ago))
    assert tidy(database.engine, NOW) == 1
