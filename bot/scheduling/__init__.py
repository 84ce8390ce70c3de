"""What time does in the bot: the ticker, what is due, and the run of each period."""
