"""The one way out to Slack, and what its answers mean."""
