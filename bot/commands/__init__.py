"""What `gemba …` does on the command line."""
