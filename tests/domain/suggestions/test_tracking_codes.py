"""Tracking codes: how they may be typed."""

import pytest

from domain.suggestions.tracking_codes import ALPHABET, code_for, code_hash, read_code


@pytest.mark.parametrize(
    "typed, code",
    [
        pytest.param("K7QF2-M2XPA", "K7QF2-M2XPA", id="as it was shown"),
        pytest.param("k7qf2-m2xpa", "K7QF2-M2XPA", id="in lower case"),
        pytest.param("K7QF2M2XPA", "K7QF2-M2XPA", id="without the dash"),
        pytest.param(" k7qf2 m2xpa ", "K7QF2-M2XPA", id="with spaces"),
        pytest.param("K7QF2–M2XPA", "K7QF2-M2XPA", id="with the dash of a word processor"),
        pytest.param("Ｋ７ＱＦ２－Ｍ２ＸＰＡ", "K7QF2-M2XPA", id="with full-width signs of a Chinese keyboard"),
        pytest.param("OoIlL-uuuuu", "00111-VVVVV", id="signs that are never used are read as those they look like"),
        pytest.param("S-3", None, id="a number is no code"),
        pytest.param("K7QF2-M2XP", None, id="one sign is missing"),
        pytest.param("K7QF2-M2XPAA", None, id="one sign too many"),
        pytest.param("库存库存库存库存库存", None, id="ten Chinese characters"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_code_is_read_however_it_was_typed(typed: str, code: str | None) -> None:
    assert read_code(typed) == code


def test_codes_of_different_requests_can_be_read_back_and_differ() -> None:
    codes = {code_for(f"V{number}", "salt") for number in range(200)}
    assert len(codes) == 200
    assert all(read_code(code.lower().replace("-", "")) == code for code in codes)
    assert set("OILU").isdisjoint(ALPHABET) and len(set(ALPHABET)) == 32


def test_each_delivery_of_a_request_has_the_same_code_and_only_the_salt_tells_it() -> None:
    assert code_for("V1", "salt") == code_for("V1", "salt") != code_for("V1", "other")
    assert {sign for number in range(200) for sign in code_for(f"V{number}", "salt")} == {*ALPHABET, "-"}


def test_the_stored_hash_depends_on_the_workspace() -> None:
    assert code_hash("K7QF2-M2XPA", "one") == code_hash("K7QF2-M2XPA", "one") != code_hash("K7QF2-M2XPA", "other")
    assert "K7QF2" not in code_hash("K7QF2-M2XPA", "one")
