"""What all commands share: one clear sentence for every expected problem, and the exits of DESIGN §4."""

from __future__ import annotations

EXIT_DONE = 0
EXIT_NO = 1
EXIT_REFUSED = 2


class Refusal(Exception):  # noqa: N818 - it is a refusal, read as `raise Refusal("...")`
    """Wrong usage or refused configuration: exit 2, and a sentence on stderr that names thing, place and way out."""

    code = EXIT_REFUSED


class CheckFailed(Refusal):
    """A check said no: exit 1."""

    code = EXIT_NO
