"""An order as MT103: 50K and 59 as most banks still send, or 50F and 59F with numbered lines."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Literal

from deploy.samples.make.orders import OWN_BIC
from deploy.samples.make.words import ascii_only

if TYPE_CHECKING:
    from deploy.samples.make.orders import End, Order

_WIDTH = 35  # SWIFT User Handbook: 4*35x in 50K, 59, 70, 77B; 6*35x in 72
_LINES = 4
Option = Literal["K", "F"]


def mt103(order: Order, option: Option = "K") -> bytes:
    """One message as it reaches us: input (I103) when we send it, output (O103) when we receive it."""
    fields = list(_fields(order, option))
    text = "\r\n".join(f":{tag}:{value}" for tag, value in fields if value)
    user = f"{{3:{{121:{order.uetr}}}}}" if order.uetr else ""
    check = order.uetr[:12].upper().replace("-", "A") or "0123456789AB"
    return f"{_headers(order)}{user}{{4:\r\n{text}\r\n-}}{{5:{{CHK:{check}}}}}".encode()


def _headers(order: Order) -> str:
    ours, session = f"{OWN_BIC}AXXX", "1234567890"
    if order.sender.startswith(OWN_BIC):
        return f"{{1:F01{ours}{session}}}{{2:I103{_address(order.receiver)}N}}"
    day = order.day[2:].replace("-", "")
    return f"{{1:F01{ours}{session}}}{{2:O1030930{day}{_address(order.sender)}{session}{day}0931N}}"


def _address(bic: str) -> str:
    """The twelve characters of a logical terminal."""
    return f"{bic[:8]}A{bic[8:] or 'XXX'}"


def _fields(order: Order, option: Option) -> list[tuple[str, str]]:
    payer_bank = "" if order.payer.bank in {order.sender, OWN_BIC} else order.payer.bank
    payee_bank = "" if order.payee.bank in {order.receiver, OWN_BIC} else order.payee.bank
    middle = [bank for bank in order.chain[1:-1] if bank not in {order.sender, order.receiver}]
    amount = order.amount.replace(".", ",")
    amount += "" if "," in amount else ","
    return [
        ("20", order.number),
        ("23B", "CRED"),
        ("32A", f"{order.day[2:].replace('-', '')}{order.currency}{amount}"),
        ("33B", f"{order.currency}{amount}"),
        (f"50{option}", _end(order.payer, option)),
        ("52A", payer_bank),
        ("56A", middle[0] if middle else ""),
        ("57A", payee_bank),
        ("59F" if option == "F" else "59", _end(order.payee, option)),
        ("70", _wrapped(_all_of(order), _LINES)),
        ("71A", "SHA"),
        ("72", _coded(order.instruction, "/BNF/")),
        ("77B", _coded(order.regulatory, "")),
    ]


def _all_of(order: Order) -> str:
    """Ultimate parties have no field of their own: /ULTD/ and /ULTB/ in 70 (SWIFT market practice)."""
    ends = [
        f"/ULTD/{order.ultimate_payer}" if order.ultimate_payer else "",
        f"/ULTB/{order.ultimate_payee}" if order.ultimate_payee else "",
    ]
    reference = f"/ROC/{order.end_to_end} " if order.end_to_end else ""
    return f"{''.join(ends)}{' ' if any(ends) else ''}{reference}{order.remittance}"


def _end(end: End, option: Option) -> str:
    account = [] if end.account is None else [f"/{end.account}"]
    if option == "F":
        return "\r\n".join([*account, *_numbered(end)])
    name = textwrap.wrap(_plain(end.name or ""), _WIDTH)
    address = (
        [f"{end.building} {end.street}".strip(), f"{end.postcode} {end.town} {end.country}".strip()]
        if end.has_address
        else []
    )
    return "\r\n".join([*account, *[*name, *map(_plain, address)][:_LINES]])


def _numbered(end: End) -> list[str]:
    """Lines 1/ name, 2/ street, 3/ country/town, 4/ and 5/ birth, 6/ customer, 7/ register; at most four of them."""
    lines = [f"1/{line}" for line in textwrap.wrap(_plain(end.name or ""), _WIDTH - 2)]
    if end.has_address and not (end.birth or end.numbers):
        lines.append(_plain(f"2/{end.building} {end.street}"))
    if end.has_address:
        lines.append(_plain(f"3/{end.country}/{end.town}"))
    if end.birth:
        lines += [f"4/{end.birth[0].replace('-', '')}", _plain(f"5/{end.birth[2]}/{end.birth[1]}")]
    for scheme, value in end.numbers:
        lines.append(f"6/{end.country}/{end.bank[:8]}/{value}" if scheme == "CUST" else f"7/{end.country}/{value}")
    return sorted(lines, key=lambda line: line[0])[: _LINES + 1]


def _coded(text: str, code: str) -> str:
    """Lines of 72: a code word, then continuation lines that begin with two slashes."""
    first, *rest = textwrap.wrap(f"{code}{_plain(text)}", _WIDTH - 2) if text else [""]
    return "\r\n".join([first, *[f"//{line}" for line in rest]])


def _wrapped(text: str, lines: int) -> str:
    return "\r\n".join(textwrap.wrap(_plain(text), _WIDTH, break_on_hyphens=False)[:lines])


def _plain(text: str) -> str:
    """Upper case without accents, as SWIFT character set X knows it."""
    return ascii_only(text).upper()
