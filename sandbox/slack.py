"""One workspace that runs: what it holds, what is open for a while, and the app's installation in it."""

from collections.abc import Callable
from typing import Any

from sandbox.base import Json
from sandbox.events import Events
from sandbox.installation import Installation
from sandbox.manifest import App
from sandbox.modals import Modals
from sandbox.objects import view_object
from sandbox.services import Services
from sandbox.sockets import Ack
from sandbox.tokens import ResponseUrls, Triggers
from sandbox.workspace import Workspace


class Slack:
    """One workspace with the app in it, or with a place for it. `url` is where the page shows it."""

    def __init__(self, services: Services, workspace: Workspace, url: str) -> None:
        self.services = services
        self.base_url = services.base_url
        self.url = url
        self.begin(workspace)

    def begin(self, workspace: Workspace) -> None:
        """Run with what a workspace holds, and with nothing open."""
        self.workspace = workspace
        self.modals = Modals(workspace)
        self.installation = Installation(workspace, self.services.app)
        self.events = Events(workspace, self.installation, self.services.delivery, self.services.retry_after)
        self.triggers = Triggers(self.id)
        self.response_urls = ResponseUrls()
        self.ephemerals: dict[str, dict[str, Json]] = {}
        self.uploads: dict[str, Json] = {}

    @property
    def id(self) -> str:
        return str(self.workspace.team["id"])

    @property
    def app(self) -> App:
        """The app as it is installed here."""
        return self.installation.app

    @property
    def bot(self) -> str:
        """The app's bot user here."""
        return self.workspace.bot_user

    @property
    def changed(self) -> Callable[[], None]:
        """Call it after each change of what is kept."""
        return self.services.changed

    def install(self) -> None:
        """Let the app in, as OAuth or an admin does."""
        self.installation.install()
        self.workspace.add_bot(self.app.name)
        self.channels_changed()

    async def send(self, kind: str, what: str, payload: Json, *, accepts: bool = False) -> Ack:
        """Send what a person does to the app, if it is installed, and wait for its answer."""
        if not self.installation.installed:
            return Ack(False, 0, error="app_not_installed")
        return await self.services.delivery.send(kind, what, payload, accepts=accepts)

    def push(self, kind: str, sees: Callable[[str], bool] = lambda _user: True, **fields: Any) -> None:
        """Tell the pages of those people of this workspace for whom `sees` holds."""
        self.services.live.push(kind, lambda team, user: team == self.id and sees(user), **fields)

    def channels_changed(self) -> None:
        self.push("channels")
        self.changed()

    def modals_changed(self, user: str) -> None:
        views = [view_object(view) for view in self.modals.stack(user)]
        self.push("modals", lambda page: page == user, views=views)

    def response_url(self, channel: str, user: str, message_ts: str | None = None) -> str:
        """Return a new response URL for one interaction."""
        return f"{self.base_url}/respond/{self.response_urls.issue(channel, user, message_ts)}"
