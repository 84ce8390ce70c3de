"""What the command line cannot do."""


class Refusal(Exception):
    """The command cannot be carried out; the text says why, and what to do. Becomes one line on stderr."""
