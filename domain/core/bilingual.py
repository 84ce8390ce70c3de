"""Text in two languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Bilingual:
    """A text as the workspace wrote it first, and in Chinese, which may be empty; readers get theirs (`views`)."""

    text: str = ""
    text_zh: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def texts(self) -> tuple[str, ...]:
        """Those that are there."""
        return tuple(filter(None, (self.text, self.text_zh)))


NO_TEXT = Bilingual()
