"""A photo attached to an issue stands on its card."""

from domain.issues.record import Issue
from tests.office import Office

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def test_a_photo_and_a_file_stand_on_the_card(office: Office) -> None:
    photo, sheet = office.clerk.upload("scale.png", PNG), office.clerk.upload("orders.csv", b"a;b")
    office.clerk.command("/issue Broken scale", "C0SALES")
    outcome = office.clerk.submit(office.clerk.modal(), {"files": [photo, sheet]})
    assert outcome.ok, outcome
    office.settle()
    with office.records() as work:
        issue = work.of(Issue).one(number=1)
        assert issue is not None
        assert [(file.name, file.is_picture) for file in issue.files] == [("scale.png", True), ("orders.csv", False)]
    card = next(message for message in office.lead.messages("C0SALES") if not message.get("is_ephemeral"))
    picture = next(block for block in card["blocks"] if block["type"] == "image")
    assert picture["slack_file"] == {"id": photo["id"]} and picture["alt_text"] == "scale.png"
    assert "orders.csv" in str(card["blocks"])
    assert office.undelivered() == {}
