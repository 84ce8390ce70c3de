"""Where the database of a KPI source is: a URL whose parts may come from the environment."""

import os
import re
from string import Template

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

NAME_ALONE = re.compile(r"\$(\w+|\{\w+\})")


def address(url: str) -> URL:
    """Take the URL apart, then fill each `$NAME` in: so a password may hold any sign. `$$` is a dollar sign.

    Raises ValueError for what is no URL, and for a name that is not set. Nothing of the URL is quoted.
    """
    if NAME_ALONE.fullmatch(url):
        return _parsed(_filled(url))
    parsed = _parsed(url)
    query = {
        name: _filled(value) if isinstance(value, str) else tuple(map(_filled, value))
        for name, value in parsed.query.items()
    }
    return parsed.set(
        username=parsed.username and _filled(parsed.username),
        password=parsed.password and _filled(parsed.password),
        host=parsed.host and _filled(parsed.host),
        database=parsed.database and _filled(parsed.database),
        query=query,
    )


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # the port is no number
        raise ValueError("this is no URL; write sqlite:///… or postgresql://…") from None


def _filled(text: str) -> str:
    try:
        return Template(text).substitute(os.environ)
    except KeyError as missing:
        raise ValueError(f"the environment has no {missing.args[0]}; set it, or write $$ for a dollar sign") from None
    except ValueError:
        raise ValueError("write $$ for a dollar sign") from None
