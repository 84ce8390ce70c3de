"""What the sandbox does for each of its workspaces."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.delivery import Delivery
from sandbox.live import Live
from sandbox.manifest import App
from sandbox.sockets import Sockets


@dataclass(frozen=True)
class Services:
    """The app and the ways to it, the pages that look on, and keeping; the same for all workspaces."""

    base_url: str
    app: App
    sockets: Sockets
    delivery: Delivery
    live: Live
    changed: Callable[[], None]
    """Called after each change of what is kept."""
    retry_after: tuple[float, ...]
    """The waits before the second, third and fourth try of an event."""
