"""What a person does in Slack: one module a capability; each handler is one use case and one view."""
