"""The PostgreSQL of the tests survives what a crash test does to it."""

import pytest
from sqlalchemy import text

from storage.engine import open_engine
from tests.postgres import PostgresServer

pytestmark = pytest.mark.postgres


def test_it_is_killed_started_again_and_has_lost_nothing(postgres: PostgresServer, postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (value integer)"))
        connection.execute(text("INSERT INTO kept VALUES (42)"))
    postgres.kill()
    with pytest.raises(Exception, match=r"server closed|connection|socket"), engine.connect() as connection:
        connection.execute(text("SELECT value FROM kept"))
    postgres.start()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT value FROM kept")).scalar_one() == 42
    engine.dispose()


def test_it_is_version_18(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with engine.connect() as connection:
        assert str(connection.execute(text("SHOW server_version")).scalar_one()).startswith("18.")
    engine.dispose()
