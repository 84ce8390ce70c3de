"""Two weeks of an improvement team in the sandbox, in which everything happens that is ever told."""

from urllib.request import Request, urlopen

from bot.example.load import load_example
from domain.destinations.record import BlockedDestination
from tests.corpus.hands import SALES, TRIAGE, WAREHOUSE, choose, last, submit
from tests.corpus.play_kpis import play_kpis
from tests.office import TEAM, Office

JSON = {"Content-Type": "application/json"}
MORE = (
    "Lamp in hall two is out",
    "Customers call three times",
    "Invoices arrive late",
    "No spare pallets",
    "Printer jams every morning",
    "Wrong prices in the catalogue",
    "Returns lie around for a week",
    "Passwords are shared",
    "Truck waits at the gate",
)


def play(office: Office) -> None:
    """From Monday, 23 November 2026, to Thursday of the week after."""
    load_example(office.program, TEAM)
    office.settle(10)
    _issues(office)
    _improvements(office)
    _suggestions(office)
    _tasks(office)
    _pilots(office)
    play_kpis(office)
    _settings(office)
    _time_goes_by(office)
    _slack_refuses(office)


def _issues(office: Office) -> None:
    clerk, stock = office.clerk, office.stock
    clerk.command("/issue Broken scale at gate 2", SALES)
    photo = clerk.upload("scale.png", b"\x89PNG\r\n")["id"]
    submit(clerk, what="It shows 2 kg too much.", times="3", minutes="20", owner="U0CLERK", files=[photo])
    office.settle()
    stock.command("/issue 货架编号看不清", WAREHOUSE)
    submit(stock)
    for title in MORE:
        clerk.command(f"/issue {title}", SALES)
        submit(clerk)
    written = clerk.say(SALES, "The labels of bay 4 fade in the sun")
    clerk.message_shortcut("message_to_issue", written)
    submit(clerk)
    office.settle()
    office.lead.press(last(office.lead, SALES, "issue.take"), "issue.take")
    office.settle()
    choose(office.lead, SALES, "issue.more", "hand")
    submit(office.lead, owner="U0SALESHEAD")
    choose(office.lead, SALES, "issue.more", "postpone")
    submit(office.lead, due="2026-12-11", reason="The part is on its way")
    office.settle()
    card = last(office.lead, WAREHOUSE, "issue.close")
    assert office.lead.press(card, "issue.close").ok
    office.settle()


def _improvements(office: Office) -> None:
    office.clerk.command("/optimize Orders were pushed by hand", SALES)
    submit(office.clerk, effect_1_percent="20")
    office.settle()


def _suggestions(office: Office) -> None:
    lead = office.lead
    for person, mode in ((office.clerk, "named"), (office.stock, "confidential"), (office.clerk, "anonymous")):
        person.command(f"/suggest Hand in the papers once ({mode})", SALES if person is office.clerk else WAREHOUSE)
        submit(person, mode=mode)
        office.settle()
    cards = [message for message in lead.messages(TRIAGE) if "suggest.decline" in str(message.get("blocks"))]
    lead.press(cards[0], "suggest.decline")
    submit(lead, reason="The ERP does this from May")
    lead.press(cards[1], "suggest.accept")
    lead.close(clear=True) if lead.modal() else None
    for channel in (WAREHOUSE, SALES):
        lead.command("/suggest box here", channel)
    office.settle()


def _tasks(office: Office) -> None:
    for title, person, owner in (("New chairs", office.clerk, "U0CLERK"), ("盘点", office.lead, "U0STOCK")):
        person.command(f"/gemba task add {title}", SALES)
        submit(person, owner=owner, due="2026-11-24")
    office.settle()
    office.clerk.command("/gemba task done T-5", SALES)
    office.settle()


def _pilots(office: Office) -> None:
    office.lead.command("/gemba pilot add Fewer signatures", SALES)
    submit(office.lead, starts="2026-11-16", ends="2026-12-24", metrics="Signatures; days; 5; ≤3", people=["U0CLERK"])
    office.lead.command("/gemba pilot record P-1 Order cycle 3.1", SALES)
    office.clerk.command("/feedback east china", SALES)
    submit(office.clerk)
    office.stock.command("/feedback", WAREHOUSE)
    if office.stock.modal():
        submit(office.stock)
    office.settle()


def _settings(office: Office) -> None:
    office.lead.command("/gemba settings channel", "C0GENERAL")
    submit(office.lead)
    office.clerk.command("/gemba settings me", SALES)
    submit(office.clerk, deputy=["U0SALESHEAD"])
    invited = Request(f"{office.sandbox.url}/sandbox/api/channels/C0RANDOM/members", b'{"user": "U0APPBOT"}', JSON)
    urlopen(invited).close()
    office.clerk.say(office.clerk.dm, "hello")
    office.clerk.say(SALES, "<@U0APPBOT> help")
    office.settle()


def _time_goes_by(office: Office) -> None:
    clerk = office.clerk
    for value in ("3.6", "3.7", "3.8", "2.5", "", "", "", "", "3.9"):
        office.travel(days=1)
        if value:
            clerk.command(f"/gemba kpi record Order fulfilment cycle {value} {office.clock.now():%Y-%m-%d}", SALES)
    clerk.press(last(clerk, clerk.dm, "sync.yours"), "sync.yours")
    submit(clerk, done="Counted the stock")
    clerk.command("/gemba report", SALES)
    report = [message for message in clerk.messages(SALES) if "sync.post" in str(message)][-1]
    assert clerk.press(report, "sync.post").ok
    for job in ("weekly-sync", "sync-asks", "overdue-reminders", "feedback-asks", "kpi-alerts", "kpi-report"):
        office.program.runner.run_by_hand(job, office.clock.now())
    office.settle(20)


def _slack_refuses(office: Office) -> None:
    """One message for good, one until somebody mends it, one until later; and one has lost its reason."""
    clerk, queue = office.clerk, office.program.queue
    for kind, fault in (("failed", {"kind": "refuse", "error": "msg_too_long"}), ("unsure", {"kind": "500_after"})):
        clerk.inject({"where": "chat.postMessage", "times": 1, **fault})
        clerk.command(f"/gemba task add What Slack answered with {fault['kind']}", SALES)
        submit(clerk, owner="U0STOCK", due="2026-12-24")
        clerk.wait_for(lambda state=kind: queue.depth().get(state))
    clerk.inject({"where": "chat.postMessage", "kind": "refuse", "error": "is_archived"})
    clerk.command("/issue The dock is blocked", SALES)
    submit(clerk)
    clerk.wait_for(lambda: _stopped(office))
    clerk.mend()


def _stopped(office: Office) -> bool:
    with office.records() as work:
        return work.of(BlockedDestination).count() > 0
