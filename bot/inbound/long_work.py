"""Work that may take longer than Slack waits: answered in time when it is quick, else seen in the modal when done."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context

from bot.inbound.request import InboundRequest
from bot.inbound.responder import Responder
from bot.logs import log
from bot.slack.slack_client import UNREACHABLE
from domain.core import FormErrors, NotNow, UserError
from handlers.core import Long, Reply, Say
from views.core import notices

THREADS = 4
IN_TIME = 1.5
"""Seconds after a request came: longer, and it is answered with what is shown meanwhile. Slack waits for three."""
PAUSE = 0.5
"""Seconds: so much later than the answer a modal is changed, so that Slack does not take the answer for newer."""


class LongWork:
    """Does it in threads of its own."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, "long-work")  # a thread is started when it is needed

    def begin(self, work: Long, responder: Responder, inbound: InboundRequest) -> Reply | None:
        """The reply where it is there in time; else None: it will be shown. Raises what the work raises in time."""
        done = self._pool.submit(copy_context().run, work.do)
        try:
            return done.result(timeout=max(0.0, IN_TIME - inbound.age))
        except TimeoutError:
            if done.done():  # it is the work's own
                raise
        view_id = responder.wait_with(work.meanwhile)
        self._pool.submit(copy_context().run, _show, responder, view_id, done, inbound.reference)
        return None


def _show(responder: Responder, view_id: str, done: "Future[Reply]", reference: str) -> None:
    """Put what came of it into the modal that says that it is under way."""
    time.sleep(PAUSE)
    try:
        responder.show_in(view_id, _reply(responder, done, reference))
    except UNREACHABLE as error:
        log.warning("a modal cannot be changed; maybe it is closed", error=type(error).__name__)


def _reply(responder: Responder, done: "Future[Reply]", reference: str) -> Reply:
    """What it came to, or the sentence that says why it did not."""
    t = responder.t
    try:
        return done.result()
    except FormErrors as problems:
        sentence = " ".join(t.words(said) for said in problems.fields.values())
    except NotNow as problem:
        log.error("long work came to nothing", why=problem.reason)
        sentence = t.words(problem.words)
    except UserError as problem:
        sentence = t.words(problem.words)
    except Exception:  # as in the dispatcher: the person gets a reference, which is in the log
        log.exception("long work failed")
        sentence = notices.unexpected(reference, t)
    return Say(notices.problem(sentence, "", t))
