"""The accuracy workload: real lists, real aliases held out of them, seeded distortions, clean names, texts.

Built from ../shared (tests.shared) and Faker; every random choice is seeded. Each kind is parted in a tuning half (even
places) and a reporting half (odd places); weights are tuned on the first only.
"""

from __future__ import annotations

import csv
import dataclasses
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from faker import Faker
from rapidfuzz.distance import JaroWinkler

from lists.entry import EntryKind, Strength
from lists.folding import fold
from lists.formats import recognise
from lists.mutations import ANYONE, MUTATIONS, ORGANISATION, PERSON, mutate_until
from lists.names import plain_tokens
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lists.entry import Entry, ListedName
    from lists.mutations import Mutation

SEED = 20260717
LISTS = (
    ("OFAC", "ofac/rebuilt/sdn_rebuilt_2026-04.xml"),
    ("UN", "un/consolidated_2026-02.xml"),
    ("EU", "eu/rebuilt/xmlFullSanctionsList_1_1_rebuilt_2026-04-22.xml"),
)
EU_PART = 3
"""One EU entry in three is taken: with it the list side has about 57,000 names, the size the targets are set for."""

NON_LATIN = re.compile(r"[^\u0000-\u024f\u1e00-\u1eff\u2000-\u206f\u2100-\u214f]")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Query:
    """A name of a payment: its class, and the entry it is about (-1: nobody listed)."""

    kind: str
    text: str
    entry: int = -1


@dataclass(frozen=True, slots=True)
class Half(Generic[_T]):
    """The two halves of one kind of questions."""

    tuning: Sequence[_T]
    reporting: Sequence[_T]

    @classmethod
    def of(cls, items: Sequence[_T]) -> Half[_T]:
        """Part by place, after a shuffle: even for tuning, odd for the report."""
        return cls(items[::2], items[1::2])


@dataclass(slots=True)
class Workload:
    """Entries without the held-out names, and the questions."""

    entries: list[Entry]
    positives: Half[Query] = field(default_factory=lambda: Half((), ()))
    clean: Half[Query] = field(default_factory=lambda: Half((), ()))
    hard: Half[Query] = field(default_factory=lambda: Half((), ()))
    texts: Half[Query] = field(default_factory=lambda: Half((), ()))
    planted: Half[Query] = field(default_factory=lambda: Half((), ()))
    un: Sequence[Query] = ()
    un_treated: Sequence[Query] = ()


def is_latin(text: str) -> bool:
    """Whether a name is written in Latin letters only."""
    return NON_LATIN.search(text) is None


def load_entries(*, everything: bool = False) -> list[Entry]:
    """Entries of the real lists; all of the EU's on demand."""
    entries: list[Entry] = []
    for source, path in LISTS:
        raw = (SHARED / "data" / "lists" / path).read_bytes()
        found = recognise(raw, path.rsplit("/", 1)[1])
        assert found is not None, f"{path} is not a list we read"
        parsed = list(found.parse({"main": raw}, source))
        entries += parsed[::EU_PART] if source == "EU" and not everything else parsed
    return entries


def build(*, everything: bool = False, seed: int = SEED) -> Workload:
    """Build the whole workload."""
    dice = random.Random(seed)
    entries = load_entries(everything=everything)
    entries, real = _hold_out(entries, dice)
    positives = [*real, *_distorted(entries, dice)]
    dice.shuffle(positives)
    clean = _clean(dice)
    latin = [query.text for query in clean if is_latin(query.text)]
    texts, planted = _texts(entries, latin, dice)
    untreated = _un_untreated(entries)
    return Workload(
        entries=entries,
        positives=Half.of(positives),
        clean=Half.of(clean),
        hard=Half.of(_recombined(entries, dice)),
        texts=Half.of(texts),
        planted=Half.of(planted),
        un=untreated,
        un_treated=_treated(untreated, dice),
    )


# --- real aliases held out of the list -------------------------------------------------------------------------------

_SCRIPTS = (("cyr", re.compile(r"[\u0400-\u04ff]")), ("arab", re.compile(r"[\u0600-\u06ff]")),
            ("cjk", re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")))  # fmt: skip
_LATIN_RUN = re.compile(r"[A-Za-z]{3}")
_ALIASES = 450
_ALIKE = 0.70


def _hold_out(entries: Sequence[Entry], dice: random.Random) -> tuple[list[Entry], list[Query]]:
    """Take real names off the list and ask for them: originals in other scripts, and real transliterations."""
    queries: list[Query] = []
    held: dict[int, set[str]] = {}
    for number, kind, names in [*_originals(entries, dice), *_transliterations(entries, dice)]:
        if number in held:
            continue
        held[number] = names
        text = min(names, key=len) if kind.startswith("nonlatin") else next(iter(names))
        queries.append(Query(kind, text, number))
    kept = [
        dataclasses.replace(entry, names=tuple(name for name in entry.names if name.text not in held.get(number, ())))
        for number, entry in enumerate(entries)
    ]
    return kept, queries


def _originals(entries: Sequence[Entry], dice: random.Random) -> Iterator[tuple[int, str, set[str]]]:
    taken: Counter[str] = Counter()
    for number in dice.sample(range(len(entries)), len(entries)):
        entry = entries[number]
        others = {name.text for name in entry.names if not is_latin(name.text)}
        pure = [text for text in others if len(text) > 3 and not _LATIN_RUN.search(text)]
        if not pure or len(others) == len(entry.names):
            continue
        script = next((name for name, letters in _SCRIPTS if letters.search(min(pure, key=len))), "oth")
        kind = f"nonlatin_{script}{'' if entry.kind is EntryKind.PERSON else '_org'}"
        if taken[kind] < (150 if script == "cyr" else 70):
            taken[kind] += 1
            yield number, kind, others


def _transliterations(entries: Sequence[Entry], dice: random.Random) -> Iterator[tuple[int, str, set[str]]]:
    taken = 0
    for number in dice.sample(range(len(entries)), len(entries)):
        entry = entries[number]
        alias = _another_spelling(entry, dice) if entry.kind is EntryKind.PERSON else None
        if alias is not None and taken < _ALIASES:
            taken += 1
            yield number, "translit_real", {alias}


def _another_spelling(entry: Entry, dice: random.Random) -> str | None:
    """A listed alias that spells another listed name differently, word by word."""
    latin = {name.text: plain_tokens(fold(name.text)) for name in entry.names if is_latin(name.text)}
    for text in dice.sample(sorted(latin), len(latin)):
        words, others = latin[text], [tokens for other, tokens in latin.items() if other != text]
        if len(words) < 2 or any(_letters(words) == _letters(other) for other in others):
            continue
        if any(len(other) == len(words) and _alike(words, other) >= _ALIKE for other in others):
            return text
    return None


def _letters(words: Sequence[str]) -> str:
    return "".join(sorted("".join(words)))


def _alike(words: Sequence[str], others: Sequence[str]) -> float:
    """The least similarity of the words paired greedily."""
    left = list(others)
    least = 1.0
    for word in words:
        best = max(left, key=lambda other: JaroWinkler.similarity(word, other))
        least = min(least, JaroWinkler.similarity(word, best))
        left.remove(best)
    return least


# --- seeded distortions ----------------------------------------------------------------------------------------------


def _pool(entries: Sequence[Entry], whom: str) -> list[int]:
    kinds = {
        PERSON: {EntryKind.PERSON},
        ORGANISATION: {EntryKind.ORGANISATION},
        ANYONE: {EntryKind.PERSON, EntryKind.ORGANISATION},
    }.get(whom, {EntryKind.VESSEL, EntryKind.AIRCRAFT})
    return [number for number, entry in enumerate(entries) if entry.kind in kinds and _good_names(entry)]


def _good_names(entry: Entry) -> list[ListedName]:
    """Strong Latin names of at least two words and seven letters: what a distortion leaves recognisable."""
    return [
        name
        for name in entry.names
        if name.strength is not Strength.WEAK and is_latin(name.text) and _long_enough(plain_tokens(fold(name.text)))
    ]


def _long_enough(tokens: Sequence[str]) -> bool:
    return len(tokens) >= 2 and sum(map(len, tokens)) >= 7


def _surname_first(name: str) -> str:
    """Write "Given SURNAME" as lists print it: "SURNAME, Given"."""
    words = name.split()
    last = [word for word in words if word.isupper()]
    given = [word for word in words if not word.isupper()]
    return f"{' '.join(last)}, {' '.join(given)}" if last and given else name


def _distorted(entries: Sequence[Entry], dice: random.Random) -> Iterator[Query]:
    for kind, (whom, count, mutation) in MUTATIONS.items():
        pool = _pool(entries, whom)
        for _ in range(count):
            yield _one_distorted(kind, entries, pool, mutation, dice)


def _one_distorted(
    kind: str, entries: Sequence[Entry], pool: Sequence[int], mutation: Mutation, dice: random.Random
) -> Query:
    while True:
        number = dice.choice(pool)
        name = dice.choice(_good_names(entries[number])).text
        base = _surname_first(name) if entries[number].kind is EntryKind.PERSON and dice.random() < 0.4 else name
        distorted = mutate_until(base, mutation, dice)
        if distorted is not None and _long_enough([*plain_tokens(fold(distorted)), ""]):
            return Query(kind, distorted, number)


# --- clean names -----------------------------------------------------------------------------------------------------

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
_HEADS = """
Global Star Golden Gulf Orient Royal United Premier First National Blue Green Silver Alpha Omega Delta Sigma Euro Trans
Inter Pan Atlantic Pacific Mediterranean Nile Baltic Nordic Alpine Swiss French Anglo Asia African Arab Emirates Dubai
Istanbul Cairo Beirut Paris Lyon London Berlin Hamburg Milano Madrid Lisboa Warsaw Kyiv Moscow Ural Volga Caspian Black
Crown Diamond Crystal Sun Moon Horizon Summit Peak Falcon Eagle Lion Phoenix Titan Atlas Apollo Zenith Nova Vega Orion Sky
Ocean Marine Coral Pearl Amber Jade Dragon Great Modern New Advanced Integrated Digital Smart Quantum Fusion Vertex Apex
Prime Elite Victory Unity Progress Vostok Sever Energo Tekh Stroy Metal Agro Bio Eco Noor Amal Salam Baraka Fajr Hilal
Madina Safa Quds Shams Yaqoot
""".split()
_TRADES = (
    "Trading|General Trading|Shipping|Maritime|Logistics|Import Export|Import & Export|Construction|Engineering|Oil"
    "|Petroleum|Gas|Energy|Petrochemical|Chemicals|Steel|Metals|Mining|Investment|Investments|Holding|Holdings|Capital"
    "|Finance|Bank|Exchange|Insurance|Technology|Technologies|Electronics|Systems|Telecom|Software|Aviation|Airlines"
    "|Transport|Industries|Industrial Group|Foods|Textile|Pharma|Medical|Consulting|Services|Real Estate|Properties"
    "|Development|Agriculture|Tourism|Travel|Hotel|Media|Foundation|Charity|Relief|Institute|Research Center|University"
    "|Factory|Plant|Works|Machinery|Motors|Auto Parts|Security|Marine Services|Ship Management"
).split("|")
_FORMS = "LLC Ltd Limited OOO PJSC JSC S.A. SARL GmbH AG BV N.V. Inc Corp PLC FZE S.p.A. SRL SAS A.S. Pte".split()


def _names_csv(name: str) -> list[str]:
    with (SHARED / "data" / "names" / name).open(encoding="utf-8") as lines:
        return [row["full_name"] for row in csv.DictReader(lines)]


def _clean(dice: random.Random) -> list[Query]:
    """Nobody listed: real-looking people of the world, customers of European banks, companies, traders."""
    us = _names_csv("yente_negatives_us_20k.csv")
    queries = [Query("global", name) for name in _names_csv("yente_report_negatives_global.csv")]
    queries += [Query("us", name) for name in dice.sample(us, _US_NAMES)]
    queries += [Query(f"faker_{locale}", name) for locale, name in _people(dice)]
    queries += [Query(f"company_{locale}", name) for locale, name in _companies(dice)]
    queries += [Query("company_real", name) for name in _real_companies()]
    queries += [Query("trade", _trader(dice)) for _ in range(_TRADE)]
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


def _recombined(entries: Sequence[Entry], dice: random.Random, count: int = 3000) -> list[Query]:
    """Given names and surnames of listed people of one programme, newly paired: the hardest clean names there are."""
    groups: defaultdict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    listed = set()
    for entry in entries:
        for name in entry.names:
            listed.add(" ".join(sorted(plain_tokens(fold(name.text)))))
        words = entry.name.split()
        if entry.kind is EntryKind.PERSON and 2 <= len(words) <= 4 and is_latin(entry.name):
            groups[entry.programmes[:1]].append((" ".join(words[:-1]), words[-1]))
    big = [group for group in groups.values() if len(group) > 30]
    found: list[Query] = []
    while len(found) < count:
        group = dice.choices(big, [len(group) for group in big])[0]
        name = f"{dice.choice(group)[0]} {dice.choice(group)[1]}"
        if " ".join(sorted(plain_tokens(fold(name)))) not in listed:
            found.append(Query("hard", name))
    return found


# --- texts -----------------------------------------------------------------------------------------------------------

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
    "SHIPMENT OF COFFEE MACHINES CONTAINER {n} PORT OF ROTTERDAM", "TAX REFUND 2024 REF {n}", "PAGO FACTURA {n} GRACIAS",
)  # fmt: skip
_MONTHS = "JANVIER FEVRIER MARS AVRIL MAI JUIN JULY AUGUST SEPTEMBER OKTOBER NOVEMBER DEZEMBER".split()
_CLEAN_TEXTS = 6000
_PLANTED = 900
_PLANT: tuple[tuple[str, Callable[[str, random.Random], str | None] | None], ...] = (
    ("planted_exact", None), ("planted_typo", MUTATIONS["typo1"][2]), ("planted_translit", MUTATIONS["translit"][2]),
)  # fmt: skip


def _texts(entries: Sequence[Entry], clean: Sequence[str], dice: random.Random) -> tuple[list[Query], list[Query]]:
    """Payment references that name customers and nobody listed; and the same with a listed name planted."""
    texts = [
        Query("text", _text(dice.choice(_PLAIN if dice.random() < 0.3 else _TEMPLATES), dice.choice(clean), dice))
        for _ in range(_CLEAN_TEXTS)
    ]
    pool = _pool(entries, ANYONE)
    planted: list[Query] = []
    while len(planted) < _PLANTED:
        kind, mutation = _PLANT[len(planted) % len(_PLANT)]
        number = dice.choice(pool)
        name = dice.choice(_good_names(entries[number])).text
        shown = name if mutation is None else mutate_until(name, mutation, dice)
        if shown is not None:
            planted.append(Query(kind, _text(dice.choice(_TEMPLATES), shown.upper(), dice), number))
    dice.shuffle(planted)
    return texts, planted


def _text(template: str, who: str, dice: random.Random) -> str:
    date = f"{dice.randint(1, 28):02d}.{dice.randint(1, 12):02d}.2025"
    return template.format(who=who, n=dice.randint(10**5, 10**8), d=date, k=dice.randint(1, 99), m=dice.choice(_MONTHS))


# --- the UN's names --------------------------------------------------------------------------------------------------


def _un_untreated(entries: Sequence[Entry]) -> list[Query]:
    """683 UN names; each about the UN entry that has the very name, -1 where the list in hand has it no longer."""
    known: dict[str, int] = {}
    for number, entry in enumerate(entries):
        for name in entry.names if entry.list == "UN" else ():
            known.setdefault(" ".join(sorted(plain_tokens(fold(name.text)))), number)
    return [
        Query("un", name, known.get(" ".join(sorted(plain_tokens(fold(name)))), -1))
        for name in _names_csv("yente_positives_un_untreated.csv")
    ]


def _treated(untreated: Sequence[Query], dice: random.Random) -> list[Query]:
    """The same names as payments carry them: one seeded distortion each."""
    kinds = ("typo1", "reorder", "translit", "initial", "concat", "diacritics", "noise_person", "exact")
    treated = []
    for query in untreated:
        mutation = MUTATIONS[dice.choice(kinds)][2]
        treated.append(dataclasses.replace(query, text=mutate_until(query.text, mutation, dice) or query.text))
    return [query for query in treated if query.entry >= 0]
