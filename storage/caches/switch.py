"""The switch of all caches (`GEMBA_CACHES`). Nothing is right only by them: without one, the same is done each time."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
Built = TypeVar("Built")

MOST_STATEMENTS = 1_000


class Caches:
    """Of this process: the titles, the records remembered for a second, the people for two, SQL that was built once."""

    on = True


CACHES = Caches()


def built_once(build: Callable[P, Built]) -> Callable[P, Built]:
    """Keep what a function of its arguments alone has built, a statement most of all."""
    kept = lru_cache(MOST_STATEMENTS)(build)

    @wraps(build)
    def built(*args: P.args, **kwargs: P.kwargs) -> Built:
        if not CACHES.on:
            return build(*args, **kwargs)
        return kept(*args, **kwargs)  # type: ignore[arg-type]  # hashable, or it raises

    return built
