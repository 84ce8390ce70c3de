"""Taking what Slack sends: who asks what, which handler answers, and the way back to the person."""
