"""Whether a request is Slack's, by what it was signed with: known before anything of it is read as JSON or a form."""

import re
from collections.abc import Mapping
from time import time

from slack_sdk.signature import SignatureVerifier

TIMESTAMP, SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
FRESH_SECONDS = 300  # docs.slack.dev, "Verifying requests from Slack"


class Signature:
    """Of the app with this signing secret."""

    def __init__(self, secret: str) -> None:
        self._verifier = SignatureVerifier(secret)

    def is_announced(self, headers: Mapping[str, str]) -> bool:
        """The headers alone: a signature that may be one, of the last five minutes."""
        timestamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
        if not (_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
            return False
        return abs(time() - int(timestamp)) <= FRESH_SECONDS

    def is_of(self, body: bytes, headers: Mapping[str, str]) -> bool:
        return self._verifier.is_valid(body, headers[TIMESTAMP], headers[SIGNATURE])
