"""KPI values from a file in Slack, of segments, and where each value came from."""

from collections.abc import Iterator

import pytest

from domain.core import Bilingual
from domain.kpis.record import Frequency, Kpi, KpiReading
from tests.conftest import MONDAY
from tests.office import Office

pytestmark = pytest.mark.opens_at(MONDAY)  # months with their names
FILE = "KPI;Segment;Date;Value\nOrder cycle;;20.11.2026;2,8 days\nReturns;East;2026-10;1.5 %\n"


@pytest.fixture
def shop(office: Office) -> Iterator[Office]:
    with office.store() as work:
        for kpi in (
            Kpi(
                key="order-cycle",
                name=Bilingual("Order cycle"),
                target="≤3 days",
                frequency=Frequency.DAILY,
                data_owner="U0CLERK",
                channel="C0SALES",
            ),
            Kpi(
                key="returns",
                name=Bilingual("Returns", "退货率"),
                target="≤2 %",
                frequency=Frequency.MONTHLY,
                segments=("East", "West"),
                data_owner="U0CLERK",
            ),
        ):
            work.of(Kpi).add(kpi, by="U0LEAD", at=MONDAY)
    yield office


def shown(view: object) -> str:
    return str(view)


def kept(office: Office) -> dict[tuple[str, str], str]:
    with office.records() as work:
        return {(one.segment, str(one.period)): str(one.value) for one in work.of(KpiReading).find()}


def test_a_file_is_uploaded_looked_at_and_imported(shop: Office) -> None:
    clerk = shop.clerk
    assert clerk.command("/gemba kpi import", "C0SALES").ok
    file = clerk.upload("november.csv", FILE.encode())
    assert clerk.submit(clerk.modal(), {"file": [file["id"]]}).ok
    preview = clerk.modal()
    assert preview is not None and preview["submit"]["text"] == "Import 2 values"
    assert "2 new, 0 corrected" in shown(preview) and "2.8 days (new)" in shown(preview) and kept(shop) == {}
    assert clerk.submit(preview).ok
    assert "2 new, 0 corrected" in shown(clerk.modal())
    assert kept(shop) == {("", "2026-11-20"): "2.8", ("East", "2026-10-31"): "1.5"}


def test_a_message_with_a_file_is_enough_and_the_same_file_again_changes_nothing(shop: Office) -> None:
    clerk = shop.clerk
    message = clerk.say("C0SALES", "the figures", files=[clerk.upload("november.csv", FILE.encode())["id"]])
    for _ in range(2):
        assert clerk.message_shortcut("import_kpi_values", message).ok
        view = clerk.modal()
        assert view is not None
        if view.get("submit"):
            assert clerk.submit(view).ok
            clerk.close(clear=True)
    assert "nothing to import" in shown(view)


def test_rows_that_cannot_be_taken_are_told_and_nothing_can_be_imported(shop: Office) -> None:
    clerk = shop.clerk
    assert clerk.command("/gemba kpi import", "C0SALES").ok
    file = clerk.upload("bad.csv", (FILE + "Nobody;;2026-11-20;1\nReturns;;2026-10;1\n").encode())
    assert clerk.submit(clerk.modal(), {"file": [file["id"]]}).ok
    view = clerk.modal()
    assert view is not None and not view.get("submit")
    assert "Row 4: There is no KPI “Nobody”" in shown(view) and "Row 5: Which segment of Returns" in shown(view)
    assert kept(shop) == {}


def test_a_file_that_is_none_is_told_beside_its_field(shop: Office) -> None:
    clerk = shop.clerk
    assert clerk.command("/gemba kpi import", "C0SALES").ok
    outcome = clerk.submit(clerk.modal(), {"file": [clerk.upload("x.csv", b"a,b\n1,2\n")["id"]]})
    assert "no column “KPI”" in outcome.errors["file"]


def test_who_may_not_record_a_kpi_may_not_import_it_either(shop: Office) -> None:
    assert shop.planner.command("/gemba kpi import", "C0SALES").ok
    file = shop.planner.upload("november.csv", FILE.encode())
    assert shop.planner.submit(shop.planner.modal(), {"file": [file["id"]]}).ok
    assert "数据负责人" in shown(shop.planner.modal()) and kept(shop) == {}  # who reads Chinese


def test_of_several_files_the_table_is_imported(shop: Office) -> None:
    clerk = shop.clerk
    files = [
        clerk.upload(name, content)["id"] for name, content in (("scale.png", b"\x89PNG"), ("a.CSV", FILE.encode()))
    ]
    assert clerk.message_shortcut("import_kpi_values", clerk.say("C0SALES", "the figures", files=files)).ok
    assert "2 new" in shown(clerk.modal())


def test_a_message_without_a_file_says_what_to_do(shop: Office) -> None:
    message = shop.clerk.say("C0SALES", "hello")
    shop.clerk.message_shortcut("import_kpi_values", message)
    assert "This message has no file" in shown([shop.clerk.modal(), shop.clerk.messages("C0SALES")])


def test_a_segment_is_named_behind_a_slash_or_chosen_in_the_form(shop: Office) -> None:
    clerk = shop.clerk
    said = clerk.command("/gemba kpi record Returns/East 1.5 % 2026-10-05", "C0SALES")
    assert "Returns / East" in shown(said)
    assert clerk.command("/gemba kpi record 退货率 1.7 2026-10-05", "C0SALES").ok
    form = clerk.modal()
    assert form is not None and "1.7" in shown(form)
    assert clerk.submit(form, {"segment": "West"}).ok
    assert kept(shop) == {("East", "2026-10-31"): "1.5", ("West", "2026-10-31"): "1.7"}


def test_a_value_shows_who_brought_it_and_what_stood_there_before(shop: Office) -> None:
    clerk = shop.clerk
    clerk.command("/gemba kpi record Order cycle 2.9 2026-11-20", "C0SALES")
    message = clerk.say("C0SALES", "the figures", files=[clerk.upload("november.csv", FILE.encode())["id"]])
    assert clerk.message_shortcut("import_kpi_values", message).ok
    assert clerk.submit(clerk.modal()).ok
    clerk.command("/gemba kpi show Order cycle", "C0SALES")
    text = shown(clerk.messages("C0SALES")[-1])
    assert "2.8 days, from the file november.csv <@U0CLERK> (before: 2.9 days, <@U0CLERK>)" in text


def test_a_file_that_takes_long_is_read_and_imported_while_the_modal_says_so(shop: Office) -> None:
    clerk = shop.clerk
    clerk.command("/gemba kpi import", "C0SALES")
    file = clerk.upload("november.csv", FILE.encode())
    clerk.inject({"where": "files.info", "kind": "slow", "delay": 1.9, "times": 2})
    assert clerk.submit(clerk.modal(), {"file": [file["id"]]}).ok
    assert "Reading the file" in shown(clerk.modal())
    preview = clerk.wait_for(lambda: "2 new, 0 corrected" in shown(clerk.modal()) and clerk.modal())
    assert clerk.submit(preview).ok
    assert "Importing" in shown(clerk.modal()) and kept(shop) == {}
    clerk.wait_for(lambda: "is imported: 2 new" in shown(clerk.modal()) or None)
    clerk.mend()
    assert kept(shop) == {("", "2026-11-20"): "2.8", ("East", "2026-10-31"): "1.5"}


@pytest.mark.parametrize("content, said", [(b"a,b\n1,2\n", "no column “KPI”"), (b"KPI,Value\n", "no column “Period”")])
def test_what_is_wrong_with_a_file_that_takes_long_stands_in_the_modal(shop: Office, content: bytes, said: str) -> None:
    clerk = shop.clerk
    message = clerk.say("C0SALES", "the figures", files=[clerk.upload("x.csv", content)["id"]])
    clerk.inject({"where": "files.info", "kind": "slow", "delay": 1.9, "times": 1})
    assert clerk.message_shortcut("import_kpi_values", message).ok
    assert "Reading the file" in shown(clerk.modal())
    clerk.wait_for(lambda: said in shown(clerk.modal()) or None)
    clerk.mend()


def test_a_day_of_another_year_is_told_with_its_year(shop: Office) -> None:
    clerk = shop.clerk
    clerk.command("/gemba kpi record Order cycle 2.8 2025-11-20", "C0SALES")
    assert "2.8 days for Thu, Nov 20, 2025" in clerk.messages("C0SALES")[-1]["text"]
    clerk.command("/gemba kpi show Order cycle", "C0SALES")
    assert "Thu, Nov 20, 2025: 2.8 days" in shown(clerk.messages("C0SALES")[-1])
    clerk.command("/gemba kpi import", "C0SALES")
    file = clerk.upload("old.csv", b"KPI,Period,Value\nOrder cycle,2025-11-20,2.9\nOrder cycle,2026-11-20,2.9\n")
    clerk.submit(clerk.modal(), {"file": [file["id"]]})
    assert "Thu, Nov 20, 2025: 2.8 days → 2.9 days" in shown(clerk.modal())
    assert "Fri, Nov 20, 2026: 2.9 days (new)" in shown(clerk.modal())
