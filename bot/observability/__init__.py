"""How the bot is: logs, health, metrics, and what the doctor says."""
