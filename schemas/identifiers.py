"""Identifiers a payment may carry: IBAN, BIC, LEI, currency, country. Bad input is an answer, never an exception.

`is_*` says whether a text is one, `*_country` where it belongs (ISO 3166-1 alpha-2, None when it is none). Check digits
and national structures come from python-stdnum; codes are judged as written, so lower case or blanks inside a BIC or
LEI make it another thing. Sources: ISO 13616 (IBAN), ISO 9362 (BIC), ISO 17442 (LEI), ISO 4217 (currencies),
ISO 3166-1 (countries; XK is the user-assigned code that SWIFT and the ECB use for Kosovo).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from stdnum import numdb

from schemas.compiled import MODULE

_CACHE = 65_536


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


COUNTRIES = _codes(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
)

# ISO 4217 active codes and those replaced since 2017 (a replay meets them), by number of decimals.
_CURRENCIES: dict[int, str] = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BYR BZD CAD CDF "
        "CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
        "HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT "
        "MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR "
        "SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN "
        "UYU UZS VED VEF VES WST XCD XCG YER ZAR ZMW ZWG ZWL"
    ),
    3: "BHD IQD JOD KWD LYD OMN TND",
    4: "CLF UYW",
}
_MINOR_UNITS = {code: digits for digits, codes in _CURRENCIES.items() for code in codes.split()}

# ISO 7064 reads letters as numbers: A is 10, Z is 35.
_BASE_36 = str.maketrans({chr(code): str(code - 55) for code in range(ord("A"), ord("Z") + 1)})
_BIC = re.compile(r"[A-Z0-9]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?", re.ASCII)
_BIC_LENGTHS = (8, 11)
_LONGEST_IBAN = 100  # 34 characters and blanks between them
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


def is_iban(text: str) -> bool:
    """Whether this is an IBAN: known country, its length and structure, check digits. Printed with blanks is fine.

    National check digits inside the BBAN are not judged: no rule of the rails asks for them.
    """
    if len(text) > _LONGEST_IBAN:
        return False
    found: bool | None = None if MODULE is None else MODULE.iban(text, _structures())
    return is_iban_in_python(text) if found is None else found


@lru_cache(maxsize=_CACHE)
def is_iban_in_python(text: str) -> bool:
    """Each account of a payment is asked about several times, by the rules and by the screening.

    The reference; compiled/iban.h does the same for what is ASCII, as quickly as it could be looked up.
    """
    compact = _compact(text)
    return looks_like_iban(compact) and int((compact[4:] + compact[:4]).translate(_BASE_36)) % 97 == 1


@cache
def _structures() -> dict[str, str]:
    """Of each country with IBANs the class of every character behind the check digits: n, a or c."""
    found = {country: _classes(country) for country in sorted(COUNTRIES)}
    return {country: "".join(kind * length for length, kind in parts) for country, parts in found.items() if parts}


def looks_like_iban(text: str) -> bool:
    """Whether this is written as an IBAN of a country that has them, in its structure, whatever its check digits."""
    compact = _compact(text)
    structure = _iban_structure(compact[:2]) if compact[:2] in COUNTRIES else None
    return structure is not None and structure.fullmatch(compact) is not None


def has_ibans(country: str) -> bool:
    """Whether accounts in this country (ISO 3166-1 alpha-2) have IBANs."""
    return country in COUNTRIES and _iban_structure(country) is not None


def _compact(text: str) -> str:
    return text.replace(" ", "").upper()


@cache
def _iban_structure(country: str) -> re.Pattern[str] | None:
    """The IBAN of a country as a pattern, from the registry that stdnum ships ("5!n5!n11!c2!n" after the digits)."""
    classes = {"n": "[0-9]", "a": "[A-Z]", "c": "[A-Z0-9]"}
    parts = _classes(country)
    pattern = "".join(f"{classes[kind]}{{{length}}}" for length, kind in parts)
    return re.compile(f"{country}[0-9]{{2}}{pattern}") if parts else None


def _classes(country: str) -> list[tuple[int, str]]:
    """The structure of a country's IBANs behind the check digits: so many of that class. Empty where it has none."""
    facts = numdb.get("iban").info(country)[0][1]
    return [(int(length), kind) for length, kind in re.findall(r"([0-9]+)!([nac])", facts.get("bban", ""))]


def iban_country(text: str) -> str | None:
    """The country of an IBAN. It says where the account is numbered, not where the institution is established."""
    return _compact(text)[:2] if is_iban(text) else None


def bic_country(text: str) -> str | None:
    """The country of a BIC (positions 5 and 6), None when the text is no BIC or names no country."""
    return _bic_country(text) if len(text) in _BIC_LENGTHS else None  # nothing long is ever kept in a cache


@lru_cache(maxsize=_CACHE)
def _bic_country(text: str) -> str | None:
    match = _BIC.fullmatch(text)
    return match[1] if match is not None and match[1] in COUNTRIES else None


def is_bic(text: str) -> bool:
    """Whether this has the shape of a BIC of 8 or 11 characters and names a country."""
    return bic_country(text) is not None


def is_lei(text: str) -> bool:
    """Whether this is a Legal Entity Identifier with the right check digits (mod 97-10)."""
    return _LEI.fullmatch(text) is not None and int(text.translate(_BASE_36)) % 97 == 1


def is_country(text: str) -> bool:
    """Whether this is an ISO 3166-1 alpha-2 code in capitals."""
    return text in COUNTRIES


def is_currency(text: str) -> bool:
    """Whether this is an ISO 4217 code that money can be moved in (no metals, tests or units of account)."""
    return text in _MINOR_UNITS


def minor_units(currency: str) -> int | None:
    """How many decimals a currency has; None for a code that is no currency."""
    return _MINOR_UNITS.get(currency)


def is_uetr(text: str) -> bool:
    """Whether this is a UUID of version 4, the only form of a unique end-to-end transaction reference."""
    return _UUID.fullmatch(text) is not None
