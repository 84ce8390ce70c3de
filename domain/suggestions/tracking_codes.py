"""Tracking codes of anonymous suggestions: easy to copy by hand, and stored only as a hash."""

import hashlib
import hmac
import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: of signs that look alike only one is used, and the others are read as that one."""
LENGTH, GROUP = 10, 5
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_BETWEEN = re.compile(r"[\W_]+")  # dashes of all kinds, spaces


def code_for(request: str, salt: str) -> str:
    """The code of what one request brought, such as `K7QF2-M2XPA`: 50 bits that only `salt` can work out.

    The same for each delivery of the request, so a person who has not seen it yet is shown it again.
    """
    bits = int.from_bytes(hmac.digest(salt.encode(), f"suggestion:{request}".encode(), "sha256"))
    signs = "".join(ALPHABET[bits >> 5 * place & 31] for place in range(LENGTH))
    return f"{signs[:GROUP]}-{signs[GROUP:]}"


def read_code(typed: str) -> str | None:
    """The code as it was given out, however it was typed (lower case, no dash, O for 0); None for anything else."""
    signs = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper().translate(_READ_AS)
    if len(signs) != LENGTH or not set(signs) <= set(ALPHABET):
        return None
    return f"{signs[:GROUP]}-{signs[GROUP:]}"


def code_hash(code: str, salt: str) -> str:
    """What is stored of a code. scrypt takes 16 MiB and some 50 ms, so that a stolen table cannot be searched."""
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**14, r=8, p=1, dklen=32).hex()
