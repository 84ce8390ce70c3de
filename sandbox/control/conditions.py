"""What makes the app's life hard or easy: faults, rate limits, the way by which payloads come."""

from sandbox.base import Json, Refused
from sandbox.control.call import Call, Routes, part
from sandbox.uninstall import revoke, uninstall

routes = Routes()


@routes("/faults", "POST")
async def start_faults(call: Call) -> Json:
    call.platform.faults.start(part(call.body, "rules", list), call.get("seed", 0))
    return call.platform.faults.described()


@routes("/faults")
async def show_faults(call: Call) -> Json:
    return call.platform.faults.described()


@routes("/faults", "DELETE")
async def end_faults(call: Call) -> Json:
    """End the faults; returns what was injected."""
    described = call.platform.faults.described()
    call.platform.faults.end()
    return described


@routes("/rates", "GET", "POST")
async def rates(call: Call) -> Json:
    """Look at the strictness of the rate limits, or set it."""
    if call.request.method == "POST":
        call.platform.rates.set(call.need("strictness"))
    return {"strictness": call.platform.rates.strictness}


@routes("/delivery", "GET", "POST")
async def delivery(call: Call) -> Json:
    """Look at the way by which payloads come, or choose it; a request URL has to pass Slack's check first."""
    platform = call.platform
    if call.request.method == "POST":
        if call.need("mode") == "http":
            url = call.get("url", "")
            await platform.request_url.verify(url)
            platform.deliver_by_http(url)
        else:
            platform.deliver_by_socket()
    return {"mode": platform.delivery.way.name, "url": platform.request_url.url}


@routes("/app", "POST")
async def installation(call: Call) -> Json:
    """Uninstall the app, revoke its token, or install it again, as an admin does; returns the live token."""
    match call.need("action"):
        case "uninstall":
            uninstall(call.slack)
        case "revoke":
            revoke(call.slack)
        case "install":
            call.slack.install()
        case other:
            raise Refused("unknown_action", f"There is no {other}; there are uninstall, revoke and install.")
    return {"token": call.slack.installation.token}
