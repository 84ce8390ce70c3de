"""A Slack on your own machine: for trying an app by hand and for testing it. See docs/sandbox.md."""
