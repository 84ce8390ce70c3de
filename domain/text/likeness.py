"""Finding what was meant or said before: similar titles, the nearest known word. Works for English and Chinese."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

_WORD = re.compile(r"[一-鿿]+|[^\W一-鿿]+")
_FILLER = re.compile("an?|and|are|at|be|by|for|from|in|is|it|not|of|on|or|the|too?|was|we|with|[的了是在和]")
ALIKE = 0.34


@lru_cache(maxsize=2_000)  # the titles that are like a new one are compared with it
def tokens(text: str) -> frozenset[str]:
    """Latin words, and overlapping pairs of Chinese characters (Chinese writes no spaces)."""
    parts: set[str] = set()
    for run in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        if "一" <= run[0] <= "鿿":
            parts.update(run[at : at + 2] for at in range(max(1, len(run) - 1)))
        elif not _FILLER.fullmatch(run):
            parts.add(_stem(run))
    return frozenset(parts)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared tokens ÷ the smaller set, damped for very short texts; 0 to 1."""
    return len(one & other) / (min(len(one), len(other)) + 1)


class Titles:
    """Titles by the words in them: what is like another one is found without going through them all."""

    def __init__(self) -> None:
        self._sizes: dict[int, int] = {}
        self._having: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, number: int, title: str) -> None:
        """Keep a title under its number; a number that is known keeps its first title."""
        if number in self._sizes:
            return
        title_tokens = tokens(title)
        self._sizes[number] = len(title_tokens)
        for token in title_tokens:
            self._having[token].append(number)

    def like(self, title: str, most: int) -> list[int]:
        """The numbers of at most so many titles that share words with this one, the most alike first."""
        wanted = tokens(title)
        shared = Counter(number for token in wanted for number in self._having.get(token, ()))
        weighed = {number: count / (min(len(wanted), self._sizes[number]) + 1) for number, count in shared.items()}
        return sorted(weighed, key=lambda number: (-weighed[number], -number))[:most]


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The known word that was most likely meant, or None."""
    folded = {name.casefold(): name for name in names}
    matches = get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.7)
    return folded[matches[0]] if matches else None


def nearest_name(typed: str, names: Iterable[str]) -> str | None:
    """The name that was most likely meant, by itself or by some of its words (`ordr` → Order fulfilment), or None."""
    pieces: dict[str, str] = {}
    for name in names:
        for piece in _pieces(name.casefold(), typed.casefold()):
            pieces.setdefault(piece, name)
    match = nearest(typed, pieces)
    return pieces[match] if match else None


def _pieces(name: str, typed: str) -> list[str]:
    """The name, each run of as many words as were typed, and in Chinese each run of as many characters."""
    words, count, length = name.split(), max(1, len(typed.split())), len(typed)
    runs = [" ".join(words[at : at + count]) for at in range(len(words) - count + 1)]
    if length > 1 and "一" <= typed[0] <= "鿿":
        runs += [name[at : at + length] for at in range(len(name) - length + 1)]
    return [name, *runs]


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
