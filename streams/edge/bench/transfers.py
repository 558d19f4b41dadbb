"""Full transfers to filter: six names, two addresses and a remittance text each, in the three formats in turn.

Of the names, most are ordinary, some are built of listed words, and about one transfer in fifty names a listed party.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.sax.saxutils import escape

from streams.edge.bench.invented import Invented

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

NAMES_EACH: Final = 6
_LISTED_SHARE: Final = 0.02 / (NAMES_EACH - 2)
_NEIGHBOUR_SHARE: Final = 0.10
_OTHER_BIC = "BNCHDEFF"
_DAY = "2026-11-02"
_MT_LINE = 35
_TEXTS = (
    "Invoice {n} of {d}.10.2026, thank you",
    "Order {n}: {d} pallets of spare parts, delivery to {name}",
    "Rent November 2026, flat {d}, contract {n}",
    "Salary 10/2026 personnel number {n}",
    "Birthday present for {name} from all of us",
    "Consulting services {n}, second instalment of {d}",
)


@dataclass(frozen=True, slots=True)
class Transfer:
    """What one transfer says. `names`: payer, payee, ultimate payer, ultimate payee, and two institutions."""

    number: int
    names: tuple[str, ...]
    streets: tuple[str, str]
    ibans: tuple[str, str]
    bics: tuple[str, str]
    text: str

    @property
    def amount(self) -> str:
        """In euro, with cents."""
        return f"{1_500 + self.number % 90_000}.{self.number % 100:02d}"

    @property
    def uetr(self) -> str:
        """A UUID of version 4 that belongs to the number."""
        return str(uuid.UUID(int=self.number * 0x9E3779B97F4A7C15 % (1 << 128), version=4))


def transfers(seed: int, count: int, own_bic: str, listed: Sequence[str], known_parties: int = 0) -> list[bytes]:
    """So many messages, one transfer each; half of them of our own customers. `listed` are names that are on a list.

    Everybody is new every time; or there are so many `known_parties`, some of which pay and are paid far more often.
    """
    source = drawn(seed, own_bic, listed, known_parties)
    return [write(next(source)) for write, _ in zip(cycle(FORMATS), range(count), strict=False)]


class Party(NamedTuple):
    """A payer or payee: the same name, street and account whenever it comes again."""

    name: str
    street: str
    iban: str


def parties(invented: Invented, listed: Sequence[str], known: int) -> Callable[[str], Party]:
    """Who is next, with an account in that country."""

    def new(land: str) -> Party:
        return Party(party_name(invented, listed), invented.street().title(), _iban(land, invented))

    if not known:
        return new
    ranks = invented.numbers_by_rank(known)
    met: dict[tuple[int, str], Party] = {}

    def known_or_new(land: str) -> Party:
        who = next(ranks), land
        if who not in met:
            met[who] = new(land)
        return met[who]

    return known_or_new


def drawn(seed: int, own_bic: str, listed: Sequence[str], known_parties: int = 0) -> Iterator[Transfer]:
    """Transfers without end; the same seed gives the same ones."""
    invented = Invented(seed)
    party = parties(invented, listed, known_parties)
    number = 0
    while True:
        number += 1
        ours, other = (own_bic, "LU"), (_OTHER_BIC, "DE")
        (payer_bic, payer_land), (payee_bic, payee_land) = (ours, other) if number % 2 else (other, ours)
        text = _TEXTS[invented.number(0, len(_TEXTS) - 1)]
        payer, payee = party(payer_land), party(payee_land)
        ultimate = (party(payer_land).name, party(payee_land).name)
        yield Transfer(
            number=number,
            names=(payer.name, payee.name, *ultimate, invented.bank().title(), invented.bank().title()),
            streets=(payer.street, payee.street),
            ibans=(payer.iban, payee.iban),
            bics=(payer_bic, payee_bic),
            text=text.format(n=10_000 + number, d=1 + number % 28, name=invented.ordinary_name().title()),
        )


def party_name(invented: Invented, listed: Sequence[str]) -> str:
    """A name as one of those in a transfer."""
    if listed and invented.chance(_LISTED_SHARE):
        return listed[invented.number(0, len(listed) - 1)]
    return (invented.neighbour() if invented.chance(_NEIGHBOUR_SHARE) else invented.ordinary_name()).title()


def _iban(country: str, invented: Invented) -> str:
    """An account in Luxembourg or Germany: neither has check digits beyond the international ones (ISO 13616)."""
    account = "".join(str(invented.number(0, 9)) for _ in range(16 if country == "LU" else 18))
    rest = int("".join(str(int(sign, 36)) for sign in f"{account}{country}00")) % 97
    return f"{country}{98 - rest:02d}{account}"


def as_json(one: Transfer) -> bytes:
    """The product's own format."""
    payer, payee, ultimate_payer, ultimate_payee, first_bank, second_bank = one.names
    return json.dumps(
        {
            "ids": {"end_to_end": f"E{one.number}", "transaction": f"T{one.number}", "uetr": one.uetr},
            "amount": {"value": one.amount, "currency": "EUR"},
            "business_date": _DAY,
            "payer": {"name": payer, "address": _json_address(one, 0)},
            "payer_account": {"iban": one.ibans[0]},
            "payer_institution": {"bic": one.bics[0], "name": first_bank},
            "payee": {"name": payee, "address": _json_address(one, 1)},
            "payee_account": {"iban": one.ibans[1]},
            "payee_institution": {"bic": one.bics[1], "name": second_bank},
            "ultimate_payer": {"name": ultimate_payer},
            "ultimate_payee": {"name": ultimate_payee},
            "texts": [{"kind": "remittance", "text": one.text}],
        }
    ).encode()


def _json_address(one: Transfer, end: int) -> dict[str, str]:
    town = "Luxembourg" if one.ibans[end].startswith("LU") else "Kassel"
    street, _, house = one.streets[end].rpartition(" ")
    return {"street": street, "building": house, "postcode": "1234", "town": town, "country": one.ibans[end][:2]}


def as_pacs008(one: Transfer) -> bytes:
    """pacs.008.001.08 with one transaction."""
    payer, payee, ultimate_payer, ultimate_payee, first_bank, second_bank = map(escape, one.names)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr>'
        f"<MsgId>M{one.number}</MsgId><CreDtTm>{_DAY}T09:30:00Z</CreDtTm><NbOfTxs>1</NbOfTxs>"
        "<SttlmInf><SttlmMtd>INDA</SttlmMtd></SttlmInf></GrpHdr><CdtTrfTxInf><PmtId>"
        f"<EndToEndId>E{one.number}</EndToEndId><TxId>T{one.number}</TxId><UETR>{one.uetr}</UETR></PmtId>"
        f'<IntrBkSttlmAmt Ccy="EUR">{one.amount}</IntrBkSttlmAmt><IntrBkSttlmDt>{_DAY}</IntrBkSttlmDt>'
        f"<ChrgBr>SHAR</ChrgBr><UltmtDbtr><Nm>{ultimate_payer}</Nm></UltmtDbtr>"
        f"<Dbtr><Nm>{payer}</Nm>{_xml_address(one, 0)}</Dbtr>"
        f"<DbtrAcct><Id><IBAN>{one.ibans[0]}</IBAN></Id></DbtrAcct>"
        f"<DbtrAgt><FinInstnId><BICFI>{one.bics[0]}</BICFI><Nm>{first_bank}</Nm></FinInstnId></DbtrAgt>"
        f"<CdtrAgt><FinInstnId><BICFI>{one.bics[1]}</BICFI><Nm>{second_bank}</Nm></FinInstnId></CdtrAgt>"
        f"<Cdtr><Nm>{payee}</Nm>{_xml_address(one, 1)}</Cdtr>"
        f"<CdtrAcct><Id><IBAN>{one.ibans[1]}</IBAN></Id></CdtrAcct>"
        f"<UltmtCdtr><Nm>{ultimate_payee}</Nm></UltmtCdtr><RmtInf><Ustrd>{escape(one.text)}</Ustrd></RmtInf>"
        "</CdtTrfTxInf></FIToFICstmrCdtTrf></Document>"
    ).encode()


def _xml_address(one: Transfer, end: int) -> str:
    told = _json_address(one, end)
    return (
        f"<PstlAdr><StrtNm>{escape(told['street'])}</StrtNm><BldgNb>{told['building']}</BldgNb>"
        f"<PstCd>{told['postcode']}</PstCd><TwnNm>{told['town']}</TwnNm><Ctry>{told['country']}</Ctry></PstlAdr>"
    )


def as_mt103(one: Transfer) -> bytes:
    """MT103; the ultimate parties stand in field 70, as market practice has it for want of a field of their own."""
    _, payee, ultimate_payer, ultimate_payee, first_bank, second_bank = map(_plain, one.names)
    sender, receiver = one.bics
    ours_first = one.number % 2
    remittance = _plain(f"/ULTD/{ultimate_payer[:30]}/ULTB/{ultimate_payee[:30]} {one.text}")
    lines = [remittance[start : start + _MT_LINE] for start in range(0, min(len(remittance), 4 * _MT_LINE), _MT_LINE)]
    fields = (
        f":20:R{one.number}",
        ":23B:CRED",
        f":32A:261102EUR{one.amount.replace('.', ',')}",
        f":50F:/{one.ibans[0]}\r\n{_numbered_payer(one)}",
        f":53D:{first_bank}",
        f":54D:{second_bank}",
        f":59:/{one.ibans[1]}\r\n{payee}\r\n{_plain(_address_lines(one, 1))}",
        ":70:" + "\r\n".join(lines),
        ":71A:SHA",
    )
    kind = f"I103{receiver}XXXXN" if ours_first else f"O1030930261102{sender}AXXX12345678902611020931N"
    own = sender if ours_first else receiver
    text = "\r\n".join(fields)
    return f"{{1:F01{own}AXXX1234567890}}{{2:{kind}}}{{3:{{121:{one.uetr}}}}}{{4:\r\n{text}\r\n-}}".encode("ascii")


def _plain(text: str) -> str:
    """Upper case; in a field of its own, one line."""
    return text.upper().encode("ascii", "replace").decode()


def _numbered_payer(one: Transfer) -> str:
    """Name, address, customer and document number in the four lines that option F has."""
    told, width = _json_address(one, 0), _MT_LINE - 2
    place = f"{told['country']}/{told['town']} {told['building']} {told['street']}"[:width]
    lines = (
        f"1/{one.names[0][:width]}",
        f"3/{place}",
        f"6/{told['country']}/{one.bics[0]}/C{10_000_000 + one.number}",
        f"7/{told['country']}/{19_000_000 + one.number}",
    )
    return _plain("\r\n".join(lines))


def _address_lines(one: Transfer, end: int) -> str:
    told = _json_address(one, end)
    return (
        f"{told['building']} {told['street']}"[:_MT_LINE] + f"\r\n{told['postcode']} {told['town']} {told['country']}"
    )


FORMATS: tuple[Callable[[Transfer], bytes], ...] = (as_json, as_pacs008, as_mt103)
