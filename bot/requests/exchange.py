"""The way back to the person: a reply is carried out in the acknowledgement where it fits, else by a call of Slack."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.requests.home_tab import returning
from bot.requests.refill import refilled
from bot.slack.gateway import Gateway
from handlers.replies import CloseAll, Done, Home, Open, Options, Refuse, Reply, Say, Update
from handlers.routing import Kind
from views import blocks, notices
from views.language import Language

LARGEST_ACK = 60_000  # bytes; no limit is documented, but Slack's own socket client sends 65,535 at most


class Exchange:
    """One request that is to be answered, in the language `t`."""

    def __init__(
        self, kind: Kind, body: Mapping[str, Any], ack: Callable[..., Any], gateway: Gateway, t: Language
    ) -> None:
        self.kind = kind
        self.body = body
        self.t = t
        self._ack = ack
        self._gateway = gateway

    def carry_out(self, reply: Reply, user_id: str) -> None:
        """Do as the handler says; `user_id` is whose Home tab a Home is."""
        match reply:
            case Done():
                self._ack()
            case CloseAll():
                self._ack(response_action="clear")
            case Refuse(errors):
                self.refuse(errors)
            case Options(options):
                self._ack(options=list(options))
            case Home(view):
                self._gateway.publish_home(user_id, view)
                self._ack()
            case Say(message, replace):
                self._say(message, replace=replace)
            case Open(view):
                self._open(view)
            case Update(view):
                self._update(view)

    def acknowledge(self) -> None:
        """There is nothing to say."""
        self._ack(**({"options": []} if self.kind is Kind.OPTIONS else {}))

    def tell(self, sentence: str) -> None:
        """A sentence where the person looks: beside the form, in the answer, or in a small modal."""
        if self.kind is Kind.SUBMISSION:
            self.refuse({"": sentence})
        elif self.kind in (Kind.OPTIONS, Kind.EVENT):
            self.acknowledge()
        else:
            typed = str(self.body.get("text", "")) if self.kind is Kind.COMMAND else ""
            self._say(notices.problem(sentence, typed, self.t), replace=False)

    def refuse(self, errors: Mapping[str, str]) -> None:
        """A form stays as it is, with the sentences beside its inputs; one without inputs makes way for them."""
        if self.kind is not Kind.SUBMISSION:
            self.tell(" ".join(errors.values()))
            return
        self._refuse(errors, self.body.get("view") or {})

    def _refuse(self, errors: Mapping[str, str], view: Mapping[str, Any]) -> None:
        placed = _beside_inputs(errors, view)
        if placed:
            self._ack(response_action="errors", errors=placed)
            return
        message = notices.problem(" ".join(errors.values()), "", self.t)
        self._ack(response_action="update", view=notices.message_modal(message, self.t))

    def _open(self, view: dict[str, Any]) -> None:
        """Triggers live three seconds, so a modal is opened before anything else is waited for."""
        view = returning(view, self.body)
        if self.kind is Kind.SUBMISSION:
            self._ack(response_action="push", view=view)
            return
        in_modal = self.body.get("view", {}).get("type") == "modal"
        show = self._gateway.push_view if in_modal else self._gateway.open_view
        show(str(self.body["trigger_id"]), view)
        self._ack()

    def _update(self, view: dict[str, Any]) -> None:
        """Too large for the acknowledgement goes by itself. An empty one would then close the modal; errors do not."""
        shown = self.body["view"]
        view = returning(view, self.body)
        if view.get("callback_id") == shown.get("callback_id"):
            view = refilled(view, (shown.get("state") or {}).get("values", {}))
        if self.kind is Kind.SUBMISSION and len(json.dumps(view)) < LARGEST_ACK:
            self._ack(response_action="update", view=view)
            return
        self._gateway.update_view(str(shown["id"]), view)
        if self.kind is Kind.SUBMISSION:
            again = self.t("Please look through this once more, then press the button again.")
            self._refuse({"": again}, view)
        else:
            self._ack()

    def _say(self, message: blocks.Rendered, *, replace: bool) -> None:
        private = {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}
        # an acknowledgement does not tell whether the workspace takes a chart
        if self.kind is Kind.COMMAND and len(json.dumps(private)) < LARGEST_ACK and not message.has_chart:
            self._ack(**private)
        elif self.body.get("response_url"):
            self._ack()
            replaced = replace and bool((self.body.get("container") or {}).get("is_ephemeral"))
            self._gateway.respond(str(self.body["response_url"]), {**private, "replace_original": replaced})
        elif self.kind is Kind.SUBMISSION:
            self._update(notices.message_modal(message, self.t))
        else:
            self._open(notices.message_modal(message, self.t))


def _beside_inputs(errors: Mapping[str, str], view: Mapping[str, Any]) -> dict[str, str]:
    """Slack takes errors for input blocks only; what belongs to none goes beside the last one, near the button."""
    inputs = [block["block_id"] for block in view.get("blocks", []) if block["type"] == "input"]
    placed = {name: text for name, text in errors.items() if name in inputs}
    homeless = " ".join(text for name, text in errors.items() if name not in inputs)
    if homeless and inputs:
        placed[inputs[-1]] = " ".join(filter(None, [placed.get(inputs[-1], ""), homeless]))
    return placed
