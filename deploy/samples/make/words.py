"""How publishers write what all of them write: countries, dates, names without accents."""

from __future__ import annotations

import re
import unicodedata

COUNTRIES = {
    "AE": "United Arab Emirates", "BY": "Belarus", "CD": "Democratic Republic of the Congo", "CM": "Cameroon",
    "CN": "China", "GA": "Gabon", "GT": "Guatemala", "IQ": "Iraq", "IR": "Iran", "KM": "Comoros", "KP": "North Korea",
    "ME": "Montenegro",
       "MM": "Burma", "PA": "Panama", "RU": "Russia", "SO": "Somalia", "SY": "Syria", "TR": "Turkey", "TZ": "Tanzania",
    "UA": "Ukraine", "VE": "Venezuela", "YE": "Yemen",
}  # fmt: skip
PROGRAMMES = {
    "RUS": "RUSSIA-EO14024", "BLR": "BELARUS-EO14038", "UKR": "UKRAINE-EO13660", "TERR": "SDGT", "SYR": "SYRIA",
    "YEM": "YEMEN", "IRN": "IRAN", "PRK": "DPRK4", "SDNTK": "SDNTK", "COD": "DRCONGO", "MMR": "BURMA-EO14014",
    "BALKANS": "BALKANS-EO14033", "SOM": "SOMALIA", "CYB": "CYBER2", "VEN": "VENEZUELA-EO13850",
}  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def ascii_only(text: str) -> str:
    """Without accents, as the csv files of OFAC are."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def day(born: str) -> str:
    """`1961-04-12` as `12 Apr 1961`; years and `circa 1970` stay as they are."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", born)
    return f"{found[3]} {_MONTHS[int(found[2]) - 1]} {found[1]}" if found else born


def year(born: str) -> str:
    """The year of a birth date in any of the forms."""
    found = re.search(r"\d{4}", born)
    return found[0] if found else ""
