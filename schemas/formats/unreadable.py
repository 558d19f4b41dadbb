"""The one way a decoder gives up on a message: with the place and the problem in words."""

from __future__ import annotations

from schemas.finding import Finding, Reason

_SEEN = 80


class UnreadableError(Exception):
    """This message cannot be read as a whole; `decode` turns it into a finding, so it never leaves this package."""

    def __init__(self, path: str, detail: str, seen: str = "") -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail
        self.seen = seen[:_SEEN]

    def finding(self) -> Finding:
        """The finding that stands for the whole message."""
        return Finding(Reason.MESSAGE_UNREADABLE, self.path, self.seen, self.detail)


def unreadable_field(path: str, seen: str, detail: str) -> Finding:
    """The finding for one field that makes no sense in a payment that is otherwise decoded."""
    return Finding(Reason.FIELD_UNREADABLE, path, seen[:_SEEN], detail)
