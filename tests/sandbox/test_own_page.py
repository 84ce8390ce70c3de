"""A page of another site in the same browser reaches nothing; programs of this machine and its own page do."""

import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from sandbox.server import Sandbox

SAY = "/api/chat.postMessage?token=xoxb-sandbox&channel=C0TEAM&text=hi"
RESET = "/sandbox/api/reset"


def asked(sandbox: Sandbox, verb: str, path: str, body: str = "", **headers: str) -> int:
    at = urlsplit(sandbox.url)
    connection = HTTPConnection(at.hostname or "", at.port, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(verb, path, body or None, {"Host": at.netloc, **named})
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize(
    "verb, path, headers",
    [
        pytest.param("GET", "/", {"Host": "evil.example:8091"}, id="a name that somebody's DNS leads here"),
        pytest.param("GET", "/sandbox/api/workspace", {"Host": "127.0.0.1.evil.example"}, id="one like ours"),
        pytest.param("POST", RESET, {"Origin": "https://evil.example"}, id="a form of another site"),
        pytest.param("POST", RESET, {"Origin": "http://127.0.0.1:1"}, id="another port of this machine"),
        pytest.param("POST", RESET, {"Origin": "null"}, id="a file, or a frame without origin"),
        pytest.param("GET", SAY, {"Sec_Fetch_Site": "cross-site"}, id="a picture of another site"),
        pytest.param("GET", SAY, {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}, id="a link to an act"),
    ],
)
def test_what_a_browser_sends_for_another_site_is_refused(
    sandbox: Sandbox, verb: str, path: str, headers: dict[str, str]
) -> None:
    assert asked(sandbox, verb, path, **headers) == 403


def test_programs_its_own_page_and_links_to_it_are_answered(sandbox: Sandbox) -> None:
    port = urlsplit(sandbox.url).port
    assert asked(sandbox, "GET", "/sandbox/api/workspace") == 200
    assert asked(sandbox, "GET", "/sandbox/api/workspace", Host=f"localhost:{port}") == 200
    assert asked(sandbox, "GET", "/sandbox/api/workspace", Host=f"[::1]:{port}") == 200
    own = {"Origin": sandbox.url, "Sec_Fetch_Site": "same-origin"}
    assert asked(sandbox, "POST", "/sandbox/api/as/U0LEAD/home", **own) == 200
    assert asked(sandbox, "GET", "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate") == 200


def test_a_socket_for_another_site_is_refused(sandbox: Sandbox) -> None:
    live = sandbox.url.replace("http", "ws") + "/sandbox/api/live?user=U0LEAD"
    with pytest.raises(InvalidStatus), connect(live, origin="https://evil.example"):  # type: ignore[arg-type]
        pass
    with connect(live, origin=sandbox.url):  # type: ignore[arg-type]
        pass


def test_the_control_api_takes_json_only(sandbox: Sandbox) -> None:
    body = json.dumps({"channel": "C0TEAM", "text": "hi"})
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        assert asked(sandbox, "POST", "/sandbox/api/as/U0LEAD/messages", body, Content_Type=kind) == 415
    assert asked(sandbox, "POST", "/sandbox/api/as/U0LEAD/messages", body, Content_Type="application/json") == 200
