"""Time: where it is, moving it forward, what the app will do by itself; and the story that the page can tell."""

from sandbox.base import Json
from sandbox.control.call import Call, Routes
from sandbox.hook import moment

routes = Routes()


@routes("/clock")
async def clock(call: Call) -> Json:
    return {"now": call.platform.stamps.now(), "hook": bool(call.platform.hook.url)}


@routes("/clock", "POST")
async def travel(call: Call) -> Json:
    return await call.platform.hook.travel(moment(call.need("now")), _locale(call))


@routes("/hook", "POST")
async def hook(call: Call) -> Json:
    await call.platform.hook.learn(call.need("url"))
    return {}


@routes("/jobs")
async def jobs(call: Call) -> Json:
    return await call.platform.hook.jobs(call.query.get("locale", "en-US"))


@routes("/jobs/{job}/run", "POST")
async def run(call: Call) -> Json:
    return await call.platform.hook.run(call.request.path_params["job"], _locale(call))


@routes("/story")
async def story(call: Call) -> Json:
    return {"story": call.platform.story}


def _locale(call: Call) -> str:
    return call.get("locale", "en-US")
