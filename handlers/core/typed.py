"""What a person typed behind a command."""


def first_word(text: str) -> tuple[str, str]:
    """The first word and the rest. Any space parts them: a Chinese one (`任务　列表`), a tab, a line break."""
    first, rest = [*text.split(None, 1), "", ""][:2]
    return first, rest.rstrip()
