"""Socket Mode: connections to Slack that are watched, and opened anew when they are lost."""
