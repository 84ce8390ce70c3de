"""How often Slack lets an app call each method. Source: docs.slack.dev, "Rate limits" and each method's page."""

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute by tier, for each method, app and workspace."""

MANY = 600  # "hundreds per minute"

PER_CHANNEL = {"chat.postMessage": 60}
"""Calls a minute in each channel: one a second, short bursts allowed."""

PER_WORKSPACE = {"chat.postMessage": 300, "auth.test": MANY, "chat.getPermalink": MANY, "oauth.v2.access": MANY}
"""Calls a minute of the methods that have no tier."""

TIER_OF = {
    "apps.connections.open": 3,
    "apps.uninstall": 1,
    "auth.revoke": 3,
    "bots.info": 3,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.invite": 3,
    "conversations.join": 3,
    "conversations.leave": 3,
    "conversations.list": 2,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.replies": 3,
    "files.completeUploadExternal": 4,
    "files.delete": 3,
    "files.getUploadURLExternal": 4,
    "files.info": 4,
    "pins.add": 2,
    "pins.list": 2,
    "pins.remove": 2,
    "reactions.add": 3,
    "reactions.get": 3,
    "reactions.remove": 2,
    "team.info": 3,
    "usergroups.list": 2,
    "usergroups.users.list": 2,
    "users.conversations": 3,
    "users.info": 4,
    "users.list": 2,
    "users.lookupByEmail": 3,
    "users.profile.get": 4,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}
