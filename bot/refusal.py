"""What cannot be done as it is set, in a line: why, and what to do."""


class Refusal(Exception):
    """The text says why, and what to do. Becomes one line on stderr, and the end of the command."""
