"""The running bot: how requests come in, and how it starts and stops in good order."""
