"""What time does: the ticker, what is due, and time travel in the sandbox."""
