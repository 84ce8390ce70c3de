"""The short name of a KPI in files and addresses."""

import re
import unicodedata

LONGEST = 60
_WORD = re.compile(r"[a-z0-9]+")


def key_from(name: str) -> str:
    """`Order cycle (East)` → `order-cycle-east`; empty where a name has no ASCII letter, or only figures."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    key = "-".join(_WORD.findall(plain))[:LONGEST].strip("-")
    return key if re.search("[a-z]", key) else ""
