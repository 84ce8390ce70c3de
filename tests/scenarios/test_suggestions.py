"""The suggestion box, from what somebody has to say to what becomes of it."""

import re
from typing import Any

import pytest
from sqlalchemy import text

from domain.core import Activity
from domain.issues.record import Issue
from domain.people.actions import give_role, register
from domain.people.record import Member, Role
from domain.suggestions.actions import announce_waiting
from domain.suggestions.record import Box, Suggestion, SuggestionState
from sandbox.person import Person
from tests.business_day import DAY
from tests.office import Office, texts

TRIAGE = "C0TRIAGE"
RETURNS = "Customers hand in their papers twice when they return goods"
UNSEEN = {"type", "block_id", "action_id", "value", "style"}
KEPT = re.compile(r"<[^>]*>|/gemba settings|/suggest \w*|@Gemba")
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}")


@pytest.fixture
def box(office: Office) -> Office:
    """An office with a triage channel; the project lead is an admin, and so a triager."""
    with office.store() as work:
        work.set_workspace(by="", at=office.clock.now(), triage_channel=TRIAGE)
    return office


def suggest(office: Office, person: Person, mode: str, what: str = RETURNS, channel: str = "C0SALES") -> str:
    """Make a suggestion; returns the code of an anonymous one."""
    person.command(f"/suggest {what}", channel)
    outcome = person.submit(person.modal(), {"mode": mode})
    assert outcome.ok, outcome
    shown = person.modal()
    if shown is not None:
        person.close(shown)
    office.settle()
    found = CODE.search(str(shown))
    return found[0] if found else ""


def cards(office: Office) -> list[dict[str, Any]]:
    return [message for message in office.lead.messages(TRIAGE) if not message.get("is_ephemeral")]


def stored(office: Office, number: int = 1) -> Suggestion:
    with office.records() as work:
        found = work.of(Suggestion).one(number=number)
        assert found is not None
        return found


def private(person: Person, channel: str = "C0SALES") -> str:
    """The last thing that only this person saw in a channel."""
    return str([message for message in person.messages(channel) if message.get("is_ephemeral")][-1])


def test_a_named_suggestion_reaches_the_triagers_and_its_author_gets_the_number(box: Office) -> None:
    suggest(box, box.clerk, "named")
    (card,) = cards(box)
    assert card["text"] == f"Suggestion S-1 (Collected): {RETURNS}"
    assert "<@U0CLERK>" in str(card["blocks"])
    assert "S-1" in private(box.clerk)
    assert box.undelivered() == {}


def test_a_decline_reaches_the_author_with_its_reason(box: Office) -> None:
    suggest(box, box.stock, "named", "退货单只填一次", "C0WAREHOUSE")
    box.lead.press(cards(box)[0], "suggest.decline")
    assert box.lead.submit(box.lead.modal(), {"reason": " "}).errors.keys() == {"reason"}
    assert box.lead.submit(box.lead.modal(), {"reason": "The ERP does this from May"}).ok
    box.settle()
    told = box.stock.messages()[-1]
    assert "U0LEAD" in told["text"] and "The ERP does this from May" in str(told["blocks"])
    assert stored(box).state is SuggestionState.DECLINED
    assert "The ERP does this from May" in str(cards(box)[0]["blocks"])


def test_the_card_of_a_confidential_suggestion_tells_nobody_and_looking_is_recorded(box: Office) -> None:
    suggest(box, box.clerk, "confidential")
    (card,) = cards(box)
    assert "U0CLERK" not in str(card)
    assert "S-1" in private(box.clerk) and "Only triagers" in private(box.clerk)

    box.sponsor.press(card, "suggest.author")
    assert "Only triagers" in private(box.sponsor, TRIAGE) and "U0CLERK" not in private(box.sponsor, TRIAGE)
    box.lead.press(card, "suggest.author")
    assert "<@U0CLERK>" in private(box.lead, TRIAGE)
    with box.records() as work:
        looked = work.of(Activity).find(subject="suggestions", verb="looked_up")
        assert [activity.by for activity in looked] == ["U0LEAD"]
    box.lead.press(card, "suggest.accept")
    box.settle()
    assert "U0CLERK" not in str(cards(box))
    assert "accepted your suggestion" in texts(box.clerk.messages())[-1]


def test_nothing_tells_who_wrote_an_anonymous_suggestion(box: Office, capfd: pytest.CaptureFixture[str]) -> None:
    code = suggest(box, box.clerk, "anonymous")
    assert CODE.fullmatch(code)
    assert "suggest.author" not in str(cards(box))
    box.lead.press(cards(box)[0], "suggest.accept")
    box.clerk.command(f"/suggest status {code}", "C0SALES")
    box.settle()

    kept = dump(box)
    assert RETURNS in kept["suggestions"] and kept["outbox"] and kept["activities"] and kept["handled_requests"]
    name = box.program.gateway.member("U0CLERK").name
    for table, rows in kept.items():
        for trace in ("U0CLERK", name, code, code.replace("-", "")):
            assert trace not in rows, f"{trace} in {table}: {rows}"
    logged = "".join(capfd.readouterr())
    assert "kind=submission" in logged, "the log was captured"
    assert "suggest.send" not in logged and "name=suggest " not in logged
    for trace in ("U0CLERK", name, code, RETURNS):
        assert trace not in logged


def test_an_anonymous_suggestion_that_is_delivered_again_shows_the_same_code_again(
    box: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    box.clerk.command(f"/suggest {RETURNS}", "C0SALES")
    form = box.clerk.modal()
    assert form is not None
    box.clerk.inject({"where": "interactive", "kind": "redelivery", "times": 1})
    assert box.clerk.submit(form, {"mode": "anonymous"}).ok

    def answers() -> list[str] | None:
        told = [entry for entry in map(str, box.clerk.log()) if form["id"] in entry and CODE.search(entry)]
        return told if len(told) == 2 else None

    codes = {CODE.findall(told)[0] for told in box.clerk.wait_for(answers)}
    (code,) = codes & set(CODE.findall(str(box.clerk.modal())))
    assert codes == {code}
    box.settle()
    assert len(cards(box)) == 1
    box.clerk.command(f"/suggest status {code}", "C0SALES")
    assert RETURNS in private(box.clerk)

    assert all(form["id"] not in rows for rows in dump(box).values()), "it leads from Slack's logs to the code"
    logged = "".join(capfd.readouterr())
    assert logged.count("kind=submission") == 2 and "suggest.send" not in logged and form["id"] not in logged


def test_two_anonymous_suggestions_of_one_person_have_nothing_in_common(box: Office) -> None:
    codes = {suggest(box, box.clerk, "anonymous", f"{RETURNS} {number}") for number in range(3)}
    assert len(codes) == 3 and len({stored(box, number).code_hash for number in (1, 2, 3)}) == 3


def test_of_the_time_of_an_anonymous_suggestion_only_the_day_is_kept(box: Office) -> None:
    suggest(box, box.clerk, "anonymous")
    with box.records() as work:
        (collected,) = work.of(Activity).find(subject="suggestions", verb="collected")
        assert collected.at.isoformat() == f"{DAY}T00:00:00+00:00" and collected.by == ""
        assert not work.of(Member).find() and not work.of(Activity).find(subject="members"), "using it stores nobody"
    suggestion = stored(box)
    assert (suggestion.author, str(suggestion.on)) == ("", str(DAY))


def test_a_code_finds_its_suggestion_however_it_is_typed(box: Office) -> None:
    code = suggest(box, box.stock, "anonymous", "退货单只填一次", "C0WAREHOUSE")
    box.lead.press(cards(box)[0], "suggest.decline")
    box.lead.submit(box.lead.modal(), {"reason": "ERP 五月起已包含"})
    box.settle()
    assert len(box.stock.messages()) == 0, "there is nobody to tell"
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    box.stock.command(f"/suggest status {typed}", "C0WAREHOUSE")
    assert "ERP 五月起已包含" in private(box.stock, "C0WAREHOUSE")

    box.clerk.command("/suggest status ABCDE-FGHJK", "C0SALES")
    assert "No suggestion has this code" in private(box.clerk)
    box.clerk.command("/suggest status S-1", "C0SALES")
    assert "found by its code only" in private(box.clerk)


def test_people_see_where_their_own_suggestions_stand(box: Office) -> None:
    box.clerk.command("/suggest status", "C0SALES")
    assert "no suggestion under your name yet" in private(box.clerk)
    suggest(box, box.clerk, "confidential")
    suggest(box, box.clerk, "anonymous", "Something that nobody should connect with me")
    box.clerk.command("/suggest status s-1", "C0SALES")
    assert "*Collected*" in private(box.clerk)
    box.clerk.command("/suggest status", "C0SALES")
    assert RETURNS in private(box.clerk) and "nobody should connect" not in private(box.clerk)
    box.planner.command("/suggest status S-1", "C0PRODUCTION")
    assert RETURNS not in private(box.planner, "C0PRODUCTION")


def test_the_second_of_two_who_decide_at_once_is_told_who_was_first(box: Office) -> None:
    suggest(box, box.clerk, "named")
    triager(box, box.sponsor)
    card = cards(box)[0]
    box.sponsor.press(card, "suggest.decline")
    waiting = box.sponsor.modal()
    copy = opened(box.sponsor)
    box.lead.press(card, "suggest.accept")
    outcome = box.sponsor.submit(waiting, {"reason": "No"})
    assert names(box)["U0LEAD"] in outcome.errors["reason"] and "Classified" in outcome.errors["reason"]
    box.sponsor.press(copy, "suggest.accept")
    assert names(box)["U0LEAD"] in private(box.sponsor, TRIAGE)
    box.settle()
    assert stored(box).state is SuggestionState.CLASSIFIED
    assert len(box.clerk.messages()) == 1, "the author is told once"


def test_a_suggestion_is_moved_along_the_pipeline(box: Office) -> None:
    suggest(box, box.clerk, "named")
    box.lead.press(cards(box)[0], "suggest.move", "1:collected:prioritised")
    box.settle()
    assert stored(box).state is SuggestionState.PRIORITISED
    box.lead.press(cards(box)[0], "suggest.move", "1:prioritised:verified")
    box.settle()
    assert "verified" in texts(box.clerk.messages())[-1]
    box.clerk.command("/suggest list", "C0SALES")
    assert "Only triagers" in private(box.clerk)


def test_a_suggestion_becomes_an_issue_when_the_issue_is_filed(box: Office) -> None:
    suggest(box, box.clerk, "anonymous")
    box.lead.press(cards(box)[0], "suggest.issue")
    assert stored(box).state is SuggestionState.COLLECTED, "not before it is filed"
    assert RETURNS in str(box.lead.modal())
    assert box.lead.submit(box.lead.modal()).ok
    box.settle()
    with box.records() as work:
        issue = work.of(Issue).one(number=1)
        assert issue is not None and (issue.reporter, issue.suggestion_id) == ("U0LEAD", 1)
    assert (stored(box).state, stored(box).issue_id) == (SuggestionState.PLANNED, issue.id)
    card = next(message for message in cards(box) if message["text"].startswith("Suggestion"))
    assert "I-1" in str(card["blocks"]) and "suggest.issue" not in str(card["blocks"])


def test_a_second_issue_is_not_made_of_the_same_suggestion(box: Office) -> None:
    suggest(box, box.clerk, "named")
    triager(box, box.sponsor)
    card = cards(box)[0]
    for person in (box.lead, box.sponsor):
        person.press(card, "suggest.issue")
    assert box.lead.submit(box.lead.modal()).ok
    outcome = box.sponsor.submit(box.sponsor.modal(), {"title": "Papers are asked for twice"})
    again = box.sponsor.submit(box.sponsor.modal(), {"same_as": "new"}) if outcome.ok else outcome
    assert any("I-1" in said for said in again.errors.values())
    with box.records() as work:
        assert work.of(Issue).count() == 1


def test_a_box_in_a_channel_counts_what_came_in_and_what_was_answered(box: Office) -> None:
    box.stock.command("/suggest box here", "C0WAREHOUSE")
    box.settle()
    (sign,) = box.stock.messages("C0WAREHOUSE")
    assert sign["pinned_to"] == ["C0WAREHOUSE"]
    box.warehouse_head.press(sign, "suggest.box")
    box.warehouse_head.submit(box.warehouse_head.modal(), {"text": "货架编号看不清", "mode": "anonymous"})
    box.settle()
    assert "1 suggestion came in, 0 answered" in box.stock.messages("C0WAREHOUSE")[0]["text"]
    assert "<#C0WAREHOUSE>" in str(cards(box)[0]["blocks"])
    box.lead.press(cards(box)[0], "suggest.accept")
    box.settle()
    assert "1 suggestion came in, 1 answered" in box.stock.messages("C0WAREHOUSE")[0]["text"]

    box.stock.command("/suggest box here", "C0WAREHOUSE")
    again = [message for message in box.stock.messages("C0WAREHOUSE") if message.get("is_ephemeral")][-1]
    assert f"p{sign['ts'].replace('.', '')}" in str(again)
    box.stock.press(again, "suggest.box_again", "1:1")
    box.stock.press(again, "suggest.box_again", "1:1")
    box.settle()
    signs = [message for message in box.stock.messages("C0WAREHOUSE") if not message.get("is_ephemeral")]
    assert len(signs) == 2 and signs[1]["pinned_to"] == ["C0WAREHOUSE"]


def test_a_box_is_not_put_where_the_bot_cannot_pin_it(box: Office) -> None:
    box.clerk.command("/suggest box here", "C0RANDOM")
    assert "/invite" in private(box.clerk, "C0RANDOM")
    box.clerk.command("/suggest box here")
    assert "Open the channel" in private(box.clerk, box.clerk.dm)
    with box.records() as work:
        assert work.of(Box).count() == 0


def test_suggestions_wait_until_there_is_a_triage_channel(office: Office) -> None:
    suggest(office, office.clerk, "named")
    assert "/gemba settings" in private(office.clerk)
    office.clerk.command("/suggest Later", "C0SALES")
    office.clerk.submit(office.clerk.modal(), {"mode": "anonymous"})
    assert "/gemba settings" in str(office.clerk.modal())
    assert cards(office) == []
    for _ in range(2):
        with office.store() as work:
            work.set_workspace(by="", at=office.clock.now(), triage_channel=TRIAGE)
            announce_waiting(work)
    office.settle()
    assert len(cards(office)) == 2


def test_the_list_of_triagers_begins_with_what_waits_and_opens_each(box: Office) -> None:
    suggest(box, box.clerk, "named", "The first")
    suggest(box, box.clerk, "confidential", "The second")
    box.lead.press(cards(box)[0], "suggest.accept")
    box.settle()
    box.lead.command("/suggest list", TRIAGE)
    shown = box.lead.messages(TRIAGE)[-1]
    assert str(shown).index("The second") < str(shown).index("The first") and "U0CLERK" not in str(shown)
    box.lead.press(shown, "suggest.show", "2")
    copy = box.lead.messages(TRIAGE)[-1]
    box.lead.press(copy, "suggest.accept")
    assert stored(box, 2).state is SuggestionState.CLASSIFIED


def test_words_that_only_begin_like_a_subcommand_are_a_suggestion(box: Office) -> None:
    for typed in ("status board in the hall", "box lunches for the night shift", "list orders by date"):
        box.clerk.command(f"/suggest {typed}", "C0SALES")
        assert typed in str(box.clerk.modal())
        box.clerk.close()


def test_the_longest_text_goes_through_whole(box: Office) -> None:
    longest = "退货 🧾 مرحبا <!channel> `x` " * 120
    box.clerk.command("/suggest", "C0SALES")
    assert box.clerk.submit(box.clerk.modal(), {"text": longest[:3000]}).ok
    box.settle()
    assert box.undelivered() == {} and stored(box).text == longest[:3000].strip()
    box.lead.press(cards(box)[0], "suggest.issue")
    assert box.lead.submit(box.lead.modal()).ok
    box.settle()
    assert box.undelivered() == {}


def test_in_chinese_everything_is_chinese(box: Office) -> None:
    with box.store() as work:
        work.set_workspace(by="", at=box.clock.now(), language="zh_CN")
    box.stock.command("/suggest 退货单只填一次", "C0WAREHOUSE")
    form = box.stock.modal()
    assert form is not None and form["title"]["text"] == "提建议" and english_in(form["blocks"]) == []
    box.stock.submit(form, {"mode": "confidential"})
    box.stock.command("/suggest 意见箱 这里", "C0WAREHOUSE")
    box.settle()
    assert english_in(cards(box)[0]["blocks"]) == []
    assert "建议编号是 *S-1*" in private(box.stock, "C0WAREHOUSE")
    sign = next(message for message in box.stock.messages("C0WAREHOUSE") if not message.get("is_ephemeral"))
    assert sign["text"].startswith("意见箱") and english_in(sign["blocks"]) == []
    box.stock.press(sign, "suggest.box")
    box.stock.submit(box.stock.modal(), {"text": "货架编号看不清", "mode": "anonymous"})
    shown = box.stock.modal()
    assert shown is not None and shown["title"]["text"] == "您的追踪码"
    box.lead.press(cards(box)[0], "suggest.move", "1:collected:planned")
    box.settle()
    assert english_in(cards(box)[0]["blocks"]) == [] and english_in(box.stock.messages()[-1]["blocks"]) == []
    box.stock.command("/suggest status", "C0WAREHOUSE")
    assert "列入优化计划" in private(box.stock, "C0WAREHOUSE")


def test_markup_in_a_suggestion_mentions_nobody(box: Office) -> None:
    suggest(box, box.clerk, "named", "<!channel> *all* &lt;b&gt; <@U0LEAD>")
    (card,) = cards(box)
    assert "<!channel>" not in card["text"] and "<@U0LEAD>" not in card["text"]


def opened(person: Person) -> dict[str, Any]:
    """A private copy of the first card: it stays as it is when others decide."""
    person.command("/suggest list", TRIAGE)
    person.press(person.messages(TRIAGE)[-1], "suggest.show")
    return person.messages(TRIAGE)[-1]


def english_in(blocks: Any) -> list[str]:
    """Words of English that a reader would see in these blocks."""
    if isinstance(blocks, list):
        return [word for block in blocks for word in english_in(block)]
    if isinstance(blocks, dict):
        return [word for name, value in blocks.items() if name not in UNSEEN for word in english_in(value)]
    return re.findall(r"[A-Za-z]{4,}", KEPT.sub("", blocks)) if isinstance(blocks, str) else []


def triager(office: Office, person: Person) -> None:
    """Make somebody a triager."""
    seen = office.program.gateway.member(person.id)
    with office.store() as work:
        register(work, seen, now=office.clock.now())
        give_role(work, Role.TRIAGER, [person.id], by="U0LEAD", now=office.clock.now())


def names(office: Office) -> dict[str, str]:
    with office.records() as work:
        return {member.user_id: member.name for member in work.of(Member).find()}


def dump(office: Office) -> dict[str, str]:
    """Every row of every table, but for the lists of people and of their reminders."""
    kept: dict[str, str] = {}
    with office.program.database.engine.connect() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        for table in set(tables) - {"members", "schedules"}:
            kept[table] = str([tuple(row) for row in connection.execute(text(f'SELECT * FROM "{table}"'))])
    return kept
