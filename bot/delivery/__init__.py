"""Carrying out the outbox: each message once, in order, or a person is told why not."""
