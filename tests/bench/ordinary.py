"""Ordinary payments: clean names of people and companies, and the references that go with them.

People and companies come from ../shared and Faker, traders and references are made up; every choice is seeded.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from faker import Faker

from tests.shared import SHARED

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Sequence

SEED = 20260717


def _words(text: str) -> list[str]:
    return text.split()


_LOCALES = {
    "fr_FR": 1600, "de_DE": 600, "en_GB": 500, "es_ES": 500, "it_IT": 500, "pt_PT": 200, "nl_NL": 200, "pl_PL": 200,
    "tr_TR": 200, "ro_RO": 100, "en_IN": 200, "hu_HU": 80, "sv_SE": 60, "fr_BE": 60,
}  # fmt: skip
_COMPANY_LOCALES = {
    "fr_FR": 900, "de_DE": 500, "en_US": 400, "en_GB": 200, "es_ES": 300, "it_IT": 300, "nl_NL": 200, "pl_PL": 100,
    "pt_PT": 100,
}  # fmt: skip
_US_NAMES = 8000
_TRADE = 3000
_HEADS = _words("""
Global Star Golden Gulf Orient Royal United Premier First National Blue Green Silver Alpha Omega Delta Sigma Euro
Trans Inter Pan Atlantic Pacific Mediterranean Nile Baltic Nordic Alpine Swiss French Anglo Asia African Arab
Emirates Dubai Istanbul Cairo Beirut Paris Lyon London Berlin Hamburg Milano Madrid Lisboa Warsaw Kyiv Moscow Ural
Volga Caspian Black Crown Diamond Crystal Sun Moon Horizon Summit Peak Falcon Eagle Lion Phoenix Titan Atlas Apollo
Zenith Nova Vega Orion Sky Ocean Marine Coral Pearl Amber Jade Dragon Great Modern New Advanced Integrated Digital
Smart Quantum Fusion Vertex Apex Prime Elite Victory Unity Progress Vostok Sever Energo Tekh Stroy Metal Agro Bio
Eco Noor Amal Salam Baraka Fajr Hilal Madina Safa Quds Shams Yaqoot
""")
_TRADES = (
    """
Trading, General Trading, Shipping, Maritime, Logistics, Import Export, Import & Export, Construction, Engineering,
Oil, Petroleum, Gas, Energy, Petrochemical, Chemicals, Steel, Metals, Mining, Investment, Investments, Holding,
Holdings, Capital, Finance, Bank, Exchange, Insurance, Technology, Technologies, Electronics, Systems, Telecom,
Software, Aviation, Airlines, Transport, Industries, Industrial Group, Foods, Textile, Pharma, Medical, Consulting,
Services, Real Estate, Properties, Development, Agriculture, Tourism, Travel, Hotel, Media, Foundation, Charity,
Relief, Institute, Research Center, University, Factory, Plant, Works, Machinery, Motors, Auto Parts, Security,
Marine Services, Ship Management
""".replace("\n", " ")
    .strip()
    .split(", ")
)
_FORMS = _words("LLC Ltd Limited OOO PJSC JSC S.A. SARL GmbH AG BV N.V. Inc Corp PLC FZE S.p.A. SRL SAS A.S. Pte")


def names_csv(name: str) -> list[str]:
    with (SHARED / "data" / "names" / name).open(encoding="utf-8") as lines:
        return [row["full_name"] for row in csv.DictReader(lines)]


def clean_names(dice: random.Random) -> list[tuple[str, str]]:
    """Nobody listed: real-looking people of the world, customers of European banks, companies, traders."""
    us = names_csv("yente_negatives_us_20k.csv")
    queries = [("global", name) for name in names_csv("yente_report_negatives_global.csv")]
    queries += [("us", name) for name in dice.sample(us, _US_NAMES)]
    queries += [(f"faker_{locale}", name) for locale, name in _people(dice)]
    queries += [(f"company_{locale}", name) for locale, name in _companies(dice)]
    queries += [("company_real", name) for name in _real_companies()]
    queries += [("trade", _trader(dice)) for _ in range(_TRADE)]
    dice.shuffle(queries)
    return queries


def _fakers(locales: dict[str, int]) -> Iterator[tuple[str, Faker]]:
    for locale, count in locales.items():
        fake = Faker(locale)
        fake.seed_instance(SEED)
        yield from ((locale, fake) for _ in range(count))


def _people(dice: random.Random) -> Iterator[tuple[str, str]]:
    for locale, fake in _fakers(_LOCALES):
        first, last = fake.first_name(), fake.last_name()
        both = "M ET MME" if locale[:2] == "fr" else "MR AND MRS"
        forms = (
            [f"{first} {last}"] * 7 + [f"{last} {first}".upper()] * 4 + [f"{first} {last}".upper()] * 3
            + [f"{last}, {first}", f"M. {first} {last}", f"{first[0]}. {last}", f"{both} {last} {first}".upper()]
            + [f"{first} {fake.first_name()} {last}"] * 2
        )  # fmt: skip
        yield locale, dice.choice(forms)


def _companies(dice: random.Random) -> Iterator[tuple[str, str]]:
    for locale, fake in _fakers(_COMPANY_LOCALES):
        name = fake.company()
        yield locale, name if dice.random() < 0.6 else name.upper()


def _real_companies() -> Iterable[str]:
    folder = SHARED / "data" / "names"
    for line in (folder / "cleanco_companies.csv").read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield line.rsplit(";", 1)[0]
    with (folder / "dnb_company_names.csv").open(encoding="utf-8") as lines:
        yield from (row["company_name"] for row in csv.DictReader(lines))


def _trader(dice: random.Random) -> str:
    """A company that sounds like those on lists."""
    first, second = dice.sample(_HEADS, 2)
    trade, other = dice.sample(_TRADES, 2)
    forms = (
        [f"{first} {second} {trade}"] * 5
        + [f"{first} {trade}"] * 3
        + [f"{first} {trade} & {other}", f"{first}{second.lower()} {trade}"]
    )
    name = dice.choice(forms)
    if dice.random() < 0.8:
        name = f"{name} {dice.choice(_FORMS)}"
    if dice.random() < 0.1:
        name = f"{dice.choice(('OOO', 'JSC', 'SARL', 'SAS'))} {name}"
    return name if dice.random() < 0.5 else name.upper()


_TEMPLATES = (
    "INVOICE {n} DATED {d} CONSULTING SERVICES {who}", "LOYER {m} APPT {k} {who}", "SALAIRE {m} {who}",
    "/INV/{n} SPARE PARTS SHIPMENT HAMBURG BL {k} {who}", "PAYMENT FOR STEEL PIPES CONTRACT {k}/24 {who}",
    "GIFT FOR {who} HAPPY BIRTHDAY", "{who} FACTURE {n} DU {d}", "RECHNUNG {n} VOM {d} {who} VIELEN DANK",
    "/RFB/{n}///B/O {who} FOR GOODS", "ON BEHALF OF {who} INV {n}", "Hotel booking {n} {d} guest {who}",
    "TUITION FEE {who} STUDENT ID {n}", "Rent {m} flat {k} tenant {who}", "COMMISSION AS AGREED {who} REF {n}",
    "TRANSFER TO {who} ACCOUNT {n} FAMILY SUPPORT", "{m} SALARY {who} EMPLOYEE {k}", "SPENDE {who} DANKE",
)  # fmt: skip
_PLAIN = (
    "INVOICE {n} DATED {d} OFFICE SUPPLIES", "LOYER {m} APPARTEMENT {k}", "ELECTRICITY BILL {m} CUSTOMER {n}",
    "VIREMENT SALAIRE {m}", "MIETE {m} WOHNUNG {k}", "COTISATION ANNUELLE CLUB DE TENNIS", "RATE {k}/36 AUTOKREDIT {n}",
    "SHIPMENT OF COFFEE MACHINES CONTAINER {n} PORT OF ROTTERDAM", "TAX REFUND 2024 REF {n}",
    "PAGO FACTURA {n} GRACIAS",
)  # fmt: skip
_MONTHS = _words("JANVIER FEVRIER MARS AVRIL MAI JUIN JULY AUGUST SEPTEMBER OKTOBER NOVEMBER DEZEMBER")
_CLEAN_TEXTS = 12000


def clean_texts(names: Sequence[str], dice: random.Random) -> list[str]:
    """Payment references that name customers or nobody."""
    return [
        reference(dice.choice(_PLAIN if dice.random() < 0.3 else _TEMPLATES), dice.choice(names), dice)
        for _ in range(_CLEAN_TEXTS)
    ]


def reference_naming(who: str, dice: random.Random) -> str:
    """Write a payment reference that names someone."""
    return reference(dice.choice(_TEMPLATES), who, dice)


def reference(template: str, who: str, dice: random.Random) -> str:
    """Fill a template."""
    date = f"{dice.randint(1, 28):02d}.{dice.randint(1, 12):02d}.2025"
    return template.format(who=who, n=dice.randint(10**5, 10**8), d=date, k=dice.randint(1, 99), m=dice.choice(_MONTHS))
