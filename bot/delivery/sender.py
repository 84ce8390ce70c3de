"""Carrying out one row of the outbox: looked up if it may be out, rendered afresh, posted once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from http.client import HTTPException
from random import uniform

from slack_sdk.errors import SlackApiError

from bot.delivery.blocked_destinations import BlockedDestinations
from bot.delivery.unconfirmed import Unconfirmed, until_slack_is_back
from bot.error_names import error_name
from bot.logs import log
from bot.slack.gateway import Gateway
from bot.slack.slack_client import UNREACHABLE, Hold
from bot.slack.verdicts import Verdict, retry_after, verdict
from domain.people.record import is_person
from storage.outbox import outcomes
from storage.outbox.outcomes import DeliveryResult
from storage.outbox.queue import Delivery, LeaseLost, Queue
from storage.outbox.writer import REASON_GONE
from views.core import Rendered

NOT_THERE = frozenset({"not_in_channel", "channel_not_found", "user_not_in_channel", "is_archived"})
"""Errors of a message that only one person sees, after which they get it directly."""
MOST_ATTEMPTS = 12
"""With their back-off these take three quarters of an hour; only then does a message let others of its lane go on."""
LONGEST_WAIT = 900.0


Renderer = Callable[[Delivery], Rendered | None]
"""Makes the message in its reader's language from today's state; None when its reason is gone."""


@dataclass
class Sender:
    """Carries rows out, and tells what became of each; to note it is the worker's part."""

    queue: Queue
    gateway: Gateway
    render: Renderer
    blocked_destinations: BlockedDestinations

    def __post_init__(self) -> None:
        self._unconfirmed = Unconfirmed(self.queue, self.gateway)

    def carry_out(self, delivery: Delivery) -> DeliveryResult:
        """Raises what the database or the rendering raises; what Slack refuses is an outcome."""
        try:
            outcome = self._carry_out(delivery)
        except UNREACHABLE as error:
            return self._not_taken(delivery, error)
        except LeaseLost:
            log.warning("took too long; somebody else carries it out", row=delivery.id)
            return outcomes.doubt("lease lost")  # which is not noted: it is another's row
        if delivery.trying:
            self.blocked_destinations.resolved(delivery.team_id, delivery.conversation, delivery.action, "")
        return outcome

    def _carry_out(self, delivery: Delivery) -> DeliveryResult:
        if delivery.attempts > MOST_ATTEMPTS:  # its process died each time, maybe by it
            return outcomes.failed("given up: no attempt came to an end")
        if not delivery.target:  # a fault of ours; Slack's answer to it would look like a stop of everything
            return outcomes.failed("it is for nobody")
        if delivery.unsure and delivery.action in ("post", "whisper"):
            looked_up = self._unconfirmed.look_up(delivery)
            if isinstance(looked_up, DeliveryResult):
                return looked_up
            delivery = looked_up
        message = self.render(delivery)
        if message is None or self._too_late(delivery):
            return outcomes.skipped(REASON_GONE if message is None else "too late to be of use")
        self.queue.hold(delivery)
        carry_out: dict[str, Callable[[Delivery, Rendered], DeliveryResult]] = {
            "post": self._post,
            "whisper": self._whisper,
            "update": self._update,
            "pin": self._pin,
        }
        return carry_out[delivery.action](delivery, message)

    def _too_late(self, delivery: Delivery) -> bool:
        limit = delivery.message.useful_for
        return delivery.action == "post" and limit is not None and self.queue.age(delivery) > limit

    def _post(self, delivery: Delivery, message: Rendered) -> DeliveryResult:
        place: tuple[str, str] | None = (delivery.target, delivery.thread_ts)
        if delivery.in_thread:
            place = self.queue.place_of(delivery.team_id, delivery.waits_for)
        if place is None:
            return outcomes.skipped("the message it answers is not there")
        target, thread_ts = place
        key, hold = delivery.token, self._hold(delivery)
        return outcomes.sent(*self.gateway.post(target, message, key=key, thread_ts=thread_ts, hold=hold))

    def _whisper(self, delivery: Delivery, message: Rendered) -> DeliveryResult:
        """Show it in the channel; where the bot or the person is not in it, send it to them directly."""
        if delivery.target != delivery.person:
            try:
                self.gateway.whisper(delivery.target, delivery.person, message)
                return outcomes.sent()
            except SlackApiError as error:
                if error_name(error) not in NOT_THERE:
                    raise
        key, hold = delivery.token, self._hold(delivery)
        return outcomes.sent(*self.gateway.post(delivery.person, message, key=key, hold=hold))

    def _update(self, delivery: Delivery, message: Rendered) -> DeliveryResult:
        place = self.queue.place_of(delivery.team_id, delivery.waits_for)
        if place is None:
            return outcomes.skipped("the message is not there")
        self.gateway.update(*place, message, self._hold(delivery))
        return outcomes.sent()

    def _pin(self, delivery: Delivery, message: Rendered) -> DeliveryResult:  # noqa: ARG002  one shape for all
        place = self.queue.place_of(delivery.team_id, delivery.waits_for)
        if place is not None:
            self.gateway.pin(*place)
        return outcomes.sent()

    def _hold(self, delivery: Delivery) -> Hold:
        return partial(self.queue.hold, delivery)

    def _not_taken(self, delivery: Delivery, error: SlackApiError | OSError | HTTPException) -> DeliveryResult:
        match verdict(error), error:
            case Verdict.NOT_SENT, _:
                return until_slack_is_back(delivery.id, self.queue.age(delivery), error)
            case Verdict.LATER, SlackApiError() as limited:
                return outcomes.limited(retry_after(limited) + uniform(0, 0.5))
            case (Verdict.STOPS_TARGET | Verdict.STOPS_ACTION | Verdict.STOPS_WORKSPACE) as stops, _:
                blocked = {Verdict.STOPS_TARGET: delivery.conversation, Verdict.STOPS_ACTION: delivery.action}
                return self._block(delivery, blocked.get(stops, ""), error_name(error))
            case Verdict.GONE, _:
                return outcomes.skipped(error_name(error))
            case Verdict.FAULT, SlackApiError() as refused:
                return self._refused(delivery, refused)
        return self._lost(delivery, error_name(error))

    def _refused(self, delivery: Delivery, error: SlackApiError) -> DeliveryResult:
        """This message will never be taken; others of its lane go on."""
        data = error.response.data if isinstance(error.response.data, dict) else {}
        log.error(
            "Slack refused a message",
            row=delivery.id,
            kind=type(delivery.message).__name__,
            error=error_name(error),
            detail=(data.get("response_metadata") or {}).get("messages"),
        )
        return outcomes.failed(error_name(error))

    def _block(self, delivery: Delivery, target: str, error: str) -> DeliveryResult:
        """Only a human can mend it: everything for this target waits until somebody has."""
        log.error("Slack lets nothing through", row=delivery.id, target=_unnamed(target), error=error)
        self.blocked_destinations.blocked(delivery.team_id, target, error)
        return outcomes.again(timedelta(0), error, counts=False)

    def _lost(self, delivery: Delivery, why: str) -> DeliveryResult:
        """No answer: what can be repeated without harm is, the rest is looked up before anything else."""
        log.warning("no answer from Slack", row=delivery.id, why=why, attempts=delivery.attempts)
        wait = timedelta(seconds=min(LONGEST_WAIT, 2**delivery.attempts) * uniform(0.5, 1))
        if delivery.attempts >= MOST_ATTEMPTS:
            return outcomes.failed(why)
        return outcomes.again(wait, why) if delivery.action in ("update", "pin") else outcomes.doubt(why, wait)


def _unnamed(target: str) -> str:
    """For the log, which names nobody; `gemba doctor` does."""
    return "a person" if is_person(target) else target or "workspace"
