"""Whether an unstructured address line ends in a country: its name, or its code set apart as SWIFT lines have it.

English names and codes come from rigour's table of territories, the names in the languages of the lexicon from here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rigour.territories import get_territories

from schemas.identifiers import is_country
from schemas.information.lexicon import normalise, words_of

_LOCAL = (
    "USA",
    "UK",
    "UAE",
    "England",
    "Scotland",
    "Wales",
    "Northern Ireland",
    "Great Britain",
    "Deutschland",
    "Allemagne",
    "Alemania",
    "Germania",
    "Duitsland",
    "Alemanha",
    "Däitschland",
    "Frankreich",
    "Francia",
    "Frankrijk",
    "França",
    "Frankräich",
    "Belgique",
    "België",
    "Belgien",
    "Bélgica",
    "Belgio",
    "Belsch",
    "Luxemburg",
    "Lëtzebuerg",
    "Luxemburgo",
    "Lussemburgo",
    "Italia",
    "Italien",
    "Italie",
    "Italië",
    "Itália",
    "España",
    "Espagne",
    "Spanien",
    "Spagna",
    "Spanje",
    "Espanha",
    "Österreich",
    "Autriche",
    "Oostenrijk",
    "Nederland",
    "Niederlande",
    "Pays-Bas",
    "Países Bajos",
    "Paesi Bassi",
    "Holland",
    "Schweiz",
    "Suisse",
    "Svizzera",
    "Suiza",
    "Suíça",
    "Zwitserland",
    "Etats-Unis",
    "Estados Unidos",
    "Stati Uniti",
    "Vereinigte Staaten",
    "Royaume-Uni",
    "Reino Unido",
    "Regno Unito",
    "Vereinigtes Königreich",
    "Großbritannien",
    "Polska",
    "Pologne",
    "Polen",
    "Norge",
    "Norwegen",
    "Sverige",
    "Schweden",
    "Suède",
    "Danmark",
    "Dänemark",
    "Suomi",
    "Finnland",
    "Maroc",
    "Marokko",
    "Brasil",
    "México",
    "Türkiye",
)
_LONGEST = 6  # words
_LONGEST_LINE = 140  # characters
_CODED = re.compile(r"(?:^|[/,\s])([A-Z]{2})(?:/.*)?$", re.ASCII)


def _names() -> frozenset[str]:
    official = (name for one in get_territories() if one.is_country for name in (one.name, one.full_name))
    return frozenset(normalise(name) for name in (*official, *_LOCAL) if name)


_NAMES = _names()


def ends_in_country(line: str) -> bool:
    """Whether the end of a line names a country: "L-1611 Luxembourg", "LONDON GB", "3/FR/PARIS"."""
    return _ends_in_country(line[-_LONGEST_LINE:])


@lru_cache(maxsize=16_384)
def _ends_in_country(line: str) -> bool:
    coded = _CODED.search(line.strip())
    if coded is not None and is_country(coded[1]):
        return True
    words = words_of(line)
    return any(" ".join(words[-size:]) in _NAMES for size in range(1, min(_LONGEST, len(words)) + 1))
