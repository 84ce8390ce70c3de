"""A message that may be out already: looked up in Slack before anything else is done about it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from http.client import HTTPException
from random import uniform

from slack_sdk.errors import SlackApiError

from bot.error_names import error_name
from bot.logs import log
from bot.slack.gateway import Gateway
from bot.slack.message_search import Search, Unfinished
from bot.slack.verdicts import Verdict, retry_after, verdict
from storage.outbox import outcomes
from storage.outbox.outcomes import DeliveryResult
from storage.outbox.queue import Delivery, Queue

CLOSED = "not_in_channel"
"""Of a history: one may write to a public channel without being in it, but not read. Private ones are not found."""
STOPS = frozenset({Verdict.STOPS_TARGET, Verdict.STOPS_WORKSPACE})


class Unconfirmed:
    """That a look fails is no fault of the message: it is no attempt, however often it happens."""

    def __init__(self, queue: Queue, gateway: Gateway) -> None:
        self._queue = queue
        self._gateway = gateway
        self._searches: dict[int, tuple[int, Search]] = {}  # by row, with its attempt: another one is looked for anew

    def look_up(self, delivery: Delivery) -> Delivery | DeliveryResult:
        """The delivery if it is still to be posted; an outcome when it is out, or settled by its kind's policy.

        Raises SlackApiError where only a human can mend it.
        """
        try:
            place = self._gateway.find_posted(self._search(delivery), partial(self._queue.hold, delivery))
        except Unfinished:
            return outcomes.again(timedelta(0), "still being looked for", counts=False)
        except SlackApiError as error:
            return self._not_shown(delivery, error)
        except (OSError, HTTPException) as error:
            return until_slack_is_back(delivery.id, self._queue.age(delivery), error)
        self._searches.pop(delivery.id, None)
        if place is None and (wait := self._queue.too_early()):
            return outcomes.again(wait, "it may still be on its way", counts=False)
        if place is None:  # what only one person sees cannot be read back
            ephemeral = delivery.action == "whisper" and delivery.target != delivery.person
            return replace(delivery, repeats=True) if ephemeral else delivery
        return outcomes.sent(*place)

    def _search(self, delivery: Delivery) -> Search:
        """That of this attempt goes on where it was broken off: by a limited rate, say, in a long history."""
        attempt, search = self._searches.get(delivery.id, (0, None))
        if search is None or attempt != delivery.attempts:
            channel, thread_ts = self._where_it_would_be(delivery)
            search = Search(channel, delivery.token, delivery.created_at, thread_ts)
            self._searches[delivery.id] = delivery.attempts, search
        return search

    def _where_it_would_be(self, delivery: Delivery) -> tuple[str, str]:
        """Channel and thread. A whisper leaves no trace but where it went to the person directly."""
        if delivery.action == "whisper":
            return delivery.person, ""
        parent = self._queue.place_of(delivery.team_id, delivery.waits_for) if delivery.in_thread else None
        return parent or (delivery.target, delivery.thread_ts)

    def _not_shown(self, delivery: Delivery, error: SlackApiError) -> Delivery | DeliveryResult:
        """Wait where Slack will show it later, else follow the policy of the message's kind."""
        what = verdict(error)
        if what is Verdict.LATER:
            wait = timedelta(seconds=retry_after(error) + uniform(0, 0.5))
            return outcomes.again(wait, error_name(error), counts=False)
        if what is Verdict.UNSURE:
            return until_slack_is_back(delivery.id, self._queue.age(delivery), error)
        if what in STOPS and error_name(error) != CLOSED:
            raise error
        if delivery.may_repeat:
            return replace(delivery, repeats=True)
        return outcomes.skipped("it may be out, and cannot be looked up")


def until_slack_is_back(row: int, age: timedelta, error: Exception) -> DeliveryResult:
    """Nothing has gone out by this, nor could another: wait the longer the longer it waits, and never give up."""
    wait = min(60.0, max(2.0, age.total_seconds() / 4))
    why = str(error) if isinstance(error, OSError) else error_name(error)  # the system's own words; of Slack's the name
    log.warning("Slack cannot be reached", row=row, why=why, wait=round(wait))
    return outcomes.again(timedelta(seconds=wait * uniform(0.5, 1)), "Slack cannot be reached", counts=False)
