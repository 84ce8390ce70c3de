"""The PostgreSQL of the tests survives what a crash test does to it."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from domain.core import NotSaved
from storage.engine import open_engine
from tests.postgres import PostgresServer


def test_it_is_killed_started_again_and_has_lost_nothing(postgres: PostgresServer, postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (value integer)"))
        connection.execute(text("INSERT INTO kept VALUES (42)"))
    postgres.kill()
    with pytest.raises(NotSaved), engine.connect() as connection:
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


def test_while_it_is_away_people_and_operators_are_told_so(postgres: PostgresServer, postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    postgres.kill()
    for _ in range(2):  # with a connection that has broken, then with none
        with pytest.raises(NotSaved) as told, engine.begin() as connection:
            connection.execute(text("SELECT 1"))
        assert "cannot reach its database" in told.value.words.message and "check DATABASE_URL" in told.value.reason
    postgres.start()
    with engine.begin() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    engine.dispose()


def test_when_it_is_back_nobody_is_told_that_it_was_away(postgres: PostgresServer, postgres_url: str) -> None:
    """The pool's connections have all broken meanwhile; it opens others instead."""
    engine = open_engine(postgres_url)
    with engine.connect() as one, engine.connect() as another:
        for connection in (one, another):
            connection.execute(text("SELECT 1"))
    postgres.kill()
    postgres.start()
    with engine.begin() as one, engine.begin() as another:
        assert one.execute(text("SELECT 1")).scalar_one() == another.execute(text("SELECT 1")).scalar_one() == 1
    engine.dispose()


def test_what_is_wrong_with_a_statement_is_no_outage(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with pytest.raises(ProgrammingError), engine.begin() as connection:
        connection.execute(text("SELECT * FROM nothing"))
    engine.dispose()


def test_a_server_that_vanishes_is_noticed_within_a_minute_unless_the_url_says_otherwise(postgres_url: str) -> None:
    engine = open_engine(f"{postgres_url}{'&' if '?' in postgres_url else '?'}connect_timeout=9")
    with engine.connect() as connection:
        own: Any = connection.connection.dbapi_connection
        parameters = own.info.get_parameters()
    assert (parameters["connect_timeout"], parameters["tcp_user_timeout"]) == ("9", "30000")
    engine.dispose()
