"""The way back to the person: a reply is carried out in the acknowledgement where it fits, else by a call of Slack."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.inbound.home_tab import returning
from bot.inbound.payloads import typed_in
from bot.inbound.refill import refilled, with_notice
from bot.logs import log
from bot.slack.gateway import Gateway
from bot.slack.refusals import NotTaken
from handlers.core import Done, Home, Kind, Open, Options, Refuse, Reply, Say, Update
from views.core import Language, blocks, notices

LARGEST_ACK = 60_000  # bytes; no limit is documented, but Slack's own socket client sends 65,535 at most


class Responder:
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
            typed = typed_in(self.body) if self.kind is Kind.COMMAND else ""
            self._tell(notices.problem(sentence, typed, self.t))

    def _tell(self, message: blocks.Rendered) -> None:
        """Above a form there may be no place for another modal: then it stands in the form, and what is typed stays."""
        view = self.body.get("view") or {}
        if self.kind is Kind.ACTION and _is_top(view) and view.get("submit"):
            self._put_in_place(view, refilled(with_notice(view, message), _typed_into(view)))
            self._ack()
        else:
            self._say(message)

    def refuse(self, errors: Mapping[str, str], view: Mapping[str, Any] | None = None) -> None:
        """A form stays as it is, with the sentences beside its inputs; one without inputs makes way for them.

        `view` is what stands there by now, where that is not what was sent.
        """
        if self.kind is not Kind.SUBMISSION:
            self.tell(" ".join(errors.values()))
            return
        placed = _beside_inputs(errors, view or self.body.get("view") or {})
        if placed:
            self._ack(response_action="errors", errors=placed)
            return
        message = notices.problem(" ".join(errors.values()), "", self.t)
        self._ack(response_action="update", view=notices.message_modal(message, self.t))

    def wait_with(self, view: dict[str, Any]) -> str:
        """Show that it is under way; returns the id of the modal that says so."""
        if self.kind is Kind.SUBMISSION:
            self._ack(response_action="update", view=returning(view, self.body))
            return str(self.body["view"]["id"])
        return self._open(view)

    def show_in(self, view_id: str, reply: Reply) -> None:
        """Put what came of it into that modal. What is to close it closes nothing: nobody pressed anything."""
        match reply:
            case Open(view) | Update(view):
                self._gateway.update_view(view_id, returning(view, self.body))
            case Say(message, _):
                self._gateway.update_view(view_id, returning(notices.message_modal(message, self.t), self.body))
            case _:
                raise AssertionError(f"long work ends in a view or a sentence, not in {reply}")

    def _open(self, view: dict[str, Any]) -> str:
        """Triggers live three seconds, so a modal is opened before anything else is waited for. Returns its id."""
        below = self.body.get("view") or {}
        view = returning(view, self.body)
        if self.kind is Kind.SUBMISSION:
            self._ack(response_action="update" if _is_top(below) else "push", view=view)
            return ""
        if _is_top(below):
            self._gateway.update_view(str(below["id"]), view)
            self._ack()
            return str(below["id"])
        show = self._gateway.push_view if below.get("type") == "modal" else self._gateway.open_view
        view_id = show(str(self.body["trigger_id"]), view)
        self._ack()
        return view_id

    def _update(self, view: dict[str, Any]) -> None:
        """Too large for the acknowledgement goes by itself. An empty one would then close the modal; errors do not."""
        submitted = self.body["view"]
        view = returning(view, self.body)
        if view.get("callback_id") == submitted.get("callback_id"):
            view = refilled(view, _typed_into(submitted))
        if self.kind is Kind.SUBMISSION and len(json.dumps(view)) < LARGEST_ACK:
            self._ack(response_action="update", view=view)
            return
        self._put_in_place(submitted, view)
        if self.kind is Kind.SUBMISSION:
            again = self.t("Please look through this once more, then press the button again.")
            self.refuse({"": again}, view)
        else:
            self._ack()

    def _put_in_place(self, modal: Mapping[str, Any], view: dict[str, Any]) -> None:
        """Update the modal, unless it has changed meanwhile: while one types, a newer request brings it up to date."""
        view_id = str(modal["id"])
        try:
            self._gateway.update_view(view_id, view, str(modal.get("hash") or ""))
        except SlackApiError as error:
            if error.response["error"] != "hash_conflict":
                raise
            if not self._is_typing():
                self._gateway.update_view(view_id, view)

    def _is_typing(self) -> bool:
        """The bot hears of each character that is typed into some fields."""
        return any(action.get("type") == "plain_text_input" for action in self.body.get("actions") or ())

    def _say(self, message: blocks.Rendered, *, replace: bool = False) -> None:
        private = {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}
        in_modal = (self.body.get("view") or {}).get("type") == "modal"
        # an acknowledgement does not tell whether the workspace takes a chart
        if self.kind is Kind.COMMAND and len(json.dumps(private)) < LARGEST_ACK and not message.has_chart:
            self._ack(**private)
        elif self.body.get("response_url"):
            self._ack()
            replaced = replace and bool((self.body.get("container") or {}).get("is_ephemeral"))
            try:
                self._gateway.respond(str(self.body["response_url"]), {**private, "replace_original": replaced})
            except NotTaken as error:
                log.warning("an answer was not taken; it is shown in a modal", why=str(error))
                self._open(notices.message_modal(message, self.t))
        elif self.kind is Kind.SUBMISSION or (replace and in_modal):
            self._update(notices.message_modal(message, self.t))
        else:
            self._open(notices.message_modal(message, self.t))


def _typed_into(view: Mapping[str, Any]) -> Mapping[str, Any]:
    return (view.get("state") or {}).get("values") or {}


def _is_top(view: Mapping[str, Any]) -> bool:
    """Whether it is the third modal of a stack: Slack takes no fourth."""
    below, first = view.get("previous_view_id"), view.get("root_view_id")
    return bool(below) and below != first


def _beside_inputs(errors: Mapping[str, str], view: Mapping[str, Any]) -> dict[str, str]:
    """Slack takes errors for input blocks only; what belongs to none goes beside the last one, near the button."""
    inputs = [block["block_id"] for block in view.get("blocks", []) if block["type"] == "input"]
    placed = {name: text for name, text in errors.items() if name in inputs}
    homeless = " ".join(text for name, text in errors.items() if name not in inputs)
    if homeless and inputs:
        placed[inputs[-1]] = " ".join(filter(None, [placed.get(inputs[-1], ""), homeless]))
    return placed
