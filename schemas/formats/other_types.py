"""Message types that are recognised and not decided: what they are, so that whoever sees the finding knows what to do.

Sources: ISO 20022 catalogue of messages; SWIFT Standards MT categories 1, 2, 9 and n (common group).
"""

from __future__ import annotations

from schemas.formats.unreadable import UnreadableError

_WHAT = {
    "pacs.002": "a report on the status of payments; it moves no money",
    "pacs.007": "a reversal of direct debits",
    "pacs.010": "a direct debit between institutions",
    "pacs.028": "a request for the status of payments; it moves no money",
    "pacs.029": "a request for multilateral settlement",
    "camt.029": "an answer to an investigation or a request to cancel; it moves no money",
    "camt.055": "a customer's request to cancel; it moves no money",
    "camt.110": "a request in an investigation; it moves no money",
    "camt.111": "an answer in an investigation; it moves no money",
    "pain.002": "a report on the status of orders; it moves no money",
    "pain.007": "a customer's reversal of direct debits",
    "pain.013": "a request to pay; it moves no money",
    "pain.014": "a report on the status of requests to pay; it moves no money",
    "MT101": "a customer's order of credit transfers",
    "MT102": "several customer credit transfers in one message",
    "MT104": "direct debits, or a request for them",
    "MT107": "direct debits",
    "MT110": "an advice of cheques",
    "MT200": "a transfer between an institution's own accounts",
    "MT201": "several transfers between an institution's own accounts",
    "MT203": "several transfers between institutions",
    "MT204": "a direct debit between institutions",
    "MT210": "a notice of money to come; it moves no money",
    "MT900": "a confirmation of a debit; it moves no money",
    "MT910": "a confirmation of a credit; it moves no money",
    "MT940": "an account statement; it moves no money",
    "MT942": "an interim account statement; it moves no money",
    "MT950": "an account statement; it moves no money",
}
# Category n: the last two digits mean the same in each category.
_COMMON = {
    "90": "an advice of charges; it moves no money",
    "91": "a request for payment of charges; it moves no money",
    "92": "a request to cancel; it moves no money",
    "95": "a query; it moves no money",
    "96": "an answer; it moves no money",
    "98": "a message in a form of its own",
    "99": "a free message; it moves no money",
}


def not_decided(path: str, name: str) -> UnreadableError:
    """The refusal of a message of another type, `name` being `camt.029.001.09` or `MT199`."""
    what = _WHAT.get(name[:8]) or _WHAT.get(name[:5])
    if what is None and name.startswith("MT"):
        what = _COMMON.get(name[3:5])
    told = f" ({what})" if what else ""
    return UnreadableError(path, f"{name}{told} is not a payment this filter decides yet", name)
