"""How the bot is: readiness, metrics, and what the doctor says."""
