"""The control API: do as a person does, read what a person sees. Described in docs/sandbox.md."""

from starlette.routing import BaseRoute, Route

from sandbox.control import acts, reads, setup

ROUTES: list[BaseRoute] = [
    Route("/workspace", reads.workspace),
    Route("/as/{user}/channels", reads.channels),
    Route("/as/{user}/channels/{channel}/messages", reads.messages_),
    Route("/as/{user}/home", reads.home, methods=["GET"]),
    Route("/as/{user}/modals", reads.modals),
    Route("/as/{user}/drafts", reads.drafts),
    Route("/log", reads.log),
    Route("/as/{user}/messages", acts.message, methods=["POST"]),
    Route("/as/{user}/files", acts.file, methods=["POST"]),
    Route("/as/{user}/commands", acts.command, methods=["POST"]),
    Route("/as/{user}/shortcuts", acts.shortcut, methods=["POST"]),
    Route("/as/{user}/actions", acts.action, methods=["POST"]),
    Route("/as/{user}/options", acts.options, methods=["POST"]),
    Route("/as/{user}/views/{view}/submit", acts.submit, methods=["POST"]),
    Route("/as/{user}/views/{view}/close", acts.close, methods=["POST"]),
    Route("/as/{user}/home", acts.open_home, methods=["POST"]),
    Route("/as/{user}/reactions", acts.react, methods=["POST"]),
    Route("/as/{user}/read", acts.read, methods=["POST"]),
    Route("/as/{user}/reload", acts.reload, methods=["POST"]),
    Route("/people", setup.add_person, methods=["POST"]),
    Route("/people/{user}", setup.change_person, methods=["PATCH"]),
    Route("/channels", setup.add_channel, methods=["POST"]),
    Route("/channels/{channel}", setup.change_channel, methods=["PATCH"]),
    Route("/channels/{channel}/members", setup.members_, methods=["POST"]),
    Route("/usergroups", setup.add_usergroup, methods=["POST"]),
    Route("/sockets", setup.sockets, methods=["POST"]),
    Route("/reset", setup.reset, methods=["POST"]),
]
