"""What all workspaces share: the app and the ways to it, time, faults, the inspector; and which of them there are."""

from collections.abc import Callable, Container
from pathlib import Path

from sandbox.base import APP_TOKEN, BOT_TOKEN, Json, Refused, SlackError
from sandbox.clock import Stamps
from sandbox.delivery import Delivery
from sandbox.events import RETRY_AFTER
from sandbox.faults import Faults
from sandbox.hook import Hook
from sandbox.live import Live
from sandbox.log import Log
from sandbox.manifest import App
from sandbox.posting import RequestUrl
from sandbox.rates import Rates
from sandbox.services import Services
from sandbox.slack import Slack
from sandbox.sockets import Sockets
from sandbox.state import StateFile
from sandbox.workspace import Workspace


class Platform:
    """One app, and the workspaces by their ids; the first one is `home`. Everything happens on one event loop."""

    def __init__(
        self,
        base_url: str,
        seed: Json | None = None,
        manifest: Json | None = None,
        state: Path | None = None,
        retry_after: tuple[float, ...] = RETRY_AFTER,
    ) -> None:
        self._seed = seed
        self.app = App.from_manifest(manifest)
        self.live = Live()
        self.log = Log(lambda n: self.live.push("log", n=n))
        self.faults = Faults()
        self.rates = Rates()
        self.sockets = Sockets(self.log, self._app_changed)
        self.request_url = RequestUrl(self.log, self.app)
        self.delivery = Delivery(self.sockets, self.faults)
        self.story: Json | None = None
        self._state_file = StateFile(state, base_url, lambda: [slack.workspace for slack in self.workspaces.values()])
        self.hook = Hook(lambda: self.stamps, self.live, self._state_file.changed)
        self._services = Services(
            base_url, self.app, self.sockets, self.delivery, self.live, self._state_file.changed, retry_after
        )
        first, *others = self._state_file.load() or self._seeded()
        first.token = BOT_TOKEN  # an app that was uninstalled would not find in any more
        self.home = Slack(self._services, first, base_url)
        self._open(others)

    @property
    def stamps(self) -> Stamps:
        """Time, which is the same in all workspaces."""
        return self.home.workspace.stamps

    def workspace(self, team_id: str) -> Slack:
        """Return a workspace, the first one without an id; raises Refused when there is none."""
        if team_id and team_id not in self.workspaces:
            raise Refused("team_not_found", f"There is no workspace {team_id}.", 404)
        return self.workspaces[team_id] if team_id else self.home

    def where(self, holds: Callable[[Slack], bool]) -> Slack:
        """Return the workspace of which this holds; if there is none, the first one, which knows what to answer."""
        return next((slack for slack in self.workspaces.values() if holds(slack)), self.home)

    def of_token(self, token: str) -> Slack:
        """Return the workspace that a token opens; raises what Slack answers to a token that opens none."""
        if not token:
            raise SlackError("not_authed")
        if token == APP_TOKEN:
            raise SlackError("not_allowed_token_type")
        for slack in self.workspaces.values():
            if slack.installation.check(token):
                return slack
        raise SlackError("invalid_auth")

    def add(self, seed: Json) -> Slack:
        """Add a workspace, with the app in it if the seed says `install`; raises Refused for one that cannot be."""
        made = self._another(seed, self.workspaces, self.stamps)
        slack = self.workspaces[made.team["id"]] = self._beside(made)
        self._workspaces_changed()
        return slack

    def reset(self) -> None:
        """Go back to the workspace file; nothing goes wrong any more."""
        self.faults.end()
        first, *others = self._seeded()
        for slack in self.workspaces.values():
            slack.events.stop()
        self.home.begin(first)
        self._open(others)
        self._workspaces_changed()
        for slack in self.workspaces.values():
            slack.push("reset")

    def deliver_by_http(self, url: str) -> None:
        """Post what is for the app to this URL, or to those of the manifest; no longer send it by its sockets."""
        self.request_url.url = url
        self.delivery.way = self.request_url
        self._app_changed()

    def deliver_by_socket(self) -> None:
        self.delivery.way = self.sockets
        self._app_changed()

    async def stop(self) -> None:
        """Close all connections and keep what is to be kept."""
        for slack in self.workspaces.values():
            slack.events.stop()
        self.delivery.stop()
        self.request_url.stop()
        await self.sockets.close()
        self._state_file.flush()

    def _seeded(self) -> list[Workspace]:
        first = Workspace.from_seed(self._seed, self.app.name)
        made = [first]
        for seed in (self._seed or {}).get("workspaces", []):
            made.append(self._another(seed, {workspace.team["id"] for workspace in made}, first.stamps))
        return made

    def _another(self, seed: Json, known: Container[str], stamps: Stamps) -> Workspace:
        made = Workspace.another(seed, self.app.name, stamps)
        if made.team["id"] in known:
            raise Refused("already_there", f"There is already a {made.team['id']}.", 409)
        return made

    def _open(self, others: list[Workspace]) -> None:
        opened = [self.home, *(self._beside(workspace) for workspace in others)]
        self.workspaces = {slack.id: slack for slack in opened}

    def _beside(self, workspace: Workspace) -> Slack:
        """Return a workspace, other than the first, that runs."""
        return Slack(self._services, workspace, f"{self._services.base_url}/workspaces/{workspace.team['id']}")

    def _workspaces_changed(self) -> None:
        self.live.push("workspaces", ids=list(self.workspaces))
        self._state_file.changed()

    def _app_changed(self) -> None:
        self.live.push("app", connected=self.delivery.way.connected)
