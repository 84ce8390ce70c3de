"""The running program: settings, wiring, the Slack gateway, delivery, HTTP, command line."""
