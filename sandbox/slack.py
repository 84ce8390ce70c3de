"""The running workspace: what it holds, what is open for a while, and the ways in and out."""

from collections.abc import Callable
from pathlib import Path

from sandbox.base import Json
from sandbox.delivery import Delivery
from sandbox.events import RETRY_AFTER, Events
from sandbox.faults import Faults
from sandbox.hook import Hook
from sandbox.installation import Installation
from sandbox.live import Live
from sandbox.log import Log
from sandbox.manifest import App
from sandbox.modals import Modals
from sandbox.objects import view_object
from sandbox.posting import RequestUrl
from sandbox.rates import Rates
from sandbox.sockets import Sockets
from sandbox.state import Keeper
from sandbox.tokens import Replies, Triggers
from sandbox.workspace import Workspace


class Slack:
    """One workspace with one app in it. Everything happens on one event loop."""

    def __init__(
        self,
        base_url: str,
        seed: Json | None = None,
        manifest: Json | None = None,
        state: Path | None = None,
        retry_after: tuple[float, ...] = RETRY_AFTER,
    ) -> None:
        self.base_url = base_url
        self._seed = seed
        self._manifest = manifest
        self.app = App.from_manifest(manifest)
        self.live = Live()
        self.log = Log(lambda n: self.live.push("log", n=n))
        self.faults = Faults()
        self.rates = Rates()
        self.sockets = Sockets(self.log, self._app_changed)
        self.request_url = RequestUrl(self.log, self.app)
        self.delivery = Delivery(self.sockets, self.faults, lambda: self.installation.there)
        self.events = Events(self, retry_after)
        self.hook = Hook(self)
        self.story: Json | None = None
        self._keeper = Keeper(state, base_url)
        self._begin(self._keeper.load() or Workspace.from_seed(seed, self.app.name))

    @property
    def changed(self) -> Callable[[], None]:
        """Call it after each change of what is kept."""
        return self._keeper.changed

    def reset(self) -> None:
        """Go back to the workspace file; nothing goes wrong any more."""
        self.faults.end()
        self._begin(Workspace.from_seed(self._seed, self.app.name))
        self.channels_changed()

    def deliver_by_http(self, url: str) -> None:
        """Post what is for the app to this URL, or to those of the manifest; no longer send it by its sockets."""
        self.request_url.url = url
        self.delivery.way = self.request_url
        self._app_changed()

    def deliver_by_socket(self) -> None:
        self.delivery.way = self.sockets
        self._app_changed()

    def channels_changed(self) -> None:
        self.live.push("channels")
        self.changed()

    def modals_changed(self, user: str) -> None:
        views = [view_object(view) for view in self.modals.stack(user)]
        self.live.push("modals", lambda page: page == user, views=views)

    def response_url(self, channel: str, user: str, message_ts: str | None = None) -> str:
        """Return a new response URL for one interaction."""
        return f"{self.base_url}/respond/{self.replies.issue(channel, user, message_ts)}"

    async def stop(self) -> None:
        """Close all connections and keep what is to be kept."""
        self.events.stop()
        self.delivery.stop()
        self.request_url.stop()
        await self.sockets.close()
        self._keeper.flush()

    def _begin(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.modals = Modals(workspace.team["id"])
        self.app = App.from_manifest(self._manifest)  # an installation may have narrowed its scopes
        self.installation = Installation()
        self.triggers = Triggers()
        self.replies = Replies()
        self.ephemerals: dict[str, dict[str, Json]] = {}
        self.uploads: dict[str, Json] = {}
        self._keeper.watch(workspace)

    def _app_changed(self) -> None:
        self.live.push("app", connected=self.delivery.way.connected)
