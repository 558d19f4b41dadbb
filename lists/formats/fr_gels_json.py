"""The French national register of frozen assets (Registre national des gels), JSON.

Publisher: Direction générale du Trésor, https://gels-avoirs.dgtresor.gouv.fr (its public API, the file
"derniere-publication-fichier-json"). Each entry has a name and details by type of field; identifications are free text,
numbers and other facts mixed ("Numéro d'enregistrement: 1027700132195 - Date d'enregistrement: 22.3.1991").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lists.entry import Entry, EntryKind, ListedNumber, ListRefused, Strength
from lists.formats.facts import country_code, cut_date, unique
from lists.formats.mentions import EMAIL, SITE, WALLET, numbers_in
from lists.formats.naming import listed_names
from lists.formats.parts import MAIN, one_file
from lists.formats.reading import decoded, json_value, mapping, sequence, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lists.formats.parts import Parts

NAME = "fr_gels_json"

_MARK = b'"PublicationDetail"'
_DATE = re.compile(rb'"DatePublication"\s*:\s*"(\d{4}-\d{2}-\d{2})')
_KINDS = {"personne physique": EntryKind.PERSON, "personne morale": EntryKind.ORGANISATION, "navire": EntryKind.VESSEL}
_SHIP = re.compile(r".* - navire (.+)", re.IGNORECASE)
_PIECES = re.compile(r"\s*;\s*|\s+-\s+|\s{2,}|\.\s+(?=[A-Z])")
# What a piece of an identification is about when it is no number that identifies. The "KPP" (code of the reason of
# registration) is shared by all companies of one tax office.
_NO_NUMBER = re.compile(
    r"lieu|date|type d|[ée]tablissement|filiale|entit[ée]s|associ[ée]|\bfax|t[ée]l|mobile|\bkpp\b|motif"
    r"|journal officiel|adresse (?!de portefeuille|[ée]lectronique|e-?mail)|principal|pays|si[èe]ge|bo[îi]te"
    r"|b\.p\.|p\.?o\.? ?box|\+",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(?<![\w/.+-])(?=[^\s,;()]*\d[^\s,;()]*\d[^\s,;()]*\d)[A-Za-z0-9][\w/.-]*\w(?:\s\d+)*")
# Of what numbers_in finds: the rest is told with the words of the register.
_PLAIN = frozenset({"Wallet", "E-mail", "Website"})
_LONGEST_KIND = 70
# Fields with one plain value each: field, key, kind of number.
_CONTACTS = (
    ("NUMERO_OMI", "NumeroOMI", "IMO"),
    ("AUTRE_IDENTITE", "NumeroCarte", "Carte d'identité"),
    ("COURRIEL", "Courriel", "E-mail"),
    ("SITE_INTERNET", "SiteInternet", "Website"),
)
_DAY = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}")


def matches(raw: bytes, filename: str) -> bool:
    """Whether this is the register, by the name of its one array."""
    return filename.lower().endswith(".json") and _MARK in raw[:4096]


part = one_file


def source(_raw: bytes, _filename: str) -> str:
    """The layout has one list."""
    return "FR"


def published(parts: Parts) -> str:
    """The day of `DatePublication`."""
    date = _DATE.search(parts[MAIN][:4096])
    return date.group(1).decode() if date else ""


def parse(parts: Parts, source_id: str) -> Iterator[Entry]:
    """One entry per element of `PublicationDetail`."""
    content = mapping(json_value(decoded(parts[MAIN])))
    details = mapping(content.get("Publications")).get("PublicationDetail")
    if not isinstance(details, list):
        raise ListRefused("there is no Publications/PublicationDetail in it: it is another file, check the address")
    for place, detail in enumerate(details, start=1):
        yield _entry(mapping(detail), place, source_id)


def _entry(detail: Mapping[str, object], place: int, source_id: str) -> Entry:
    reference, name = words(detail.get("IdRegistre")), words(detail.get("Nom"))
    if not reference or not name:
        raise ListRefused(f"entry {place} has no IdRegistre or no Nom: the file is damaged, fetch it again")
    fields = _fields(detail)

    def values(field: str, key: str) -> tuple[str, ...]:
        return unique(words(value.get(key)) for value in fields.get(field, ()))

    kind = _KINDS.get(words(detail.get("Nature")).lower(), EntryKind.ORGANISATION)
    return Entry(
        list=source_id,
        reference=reference,
        kind=kind,
        names=listed_names(_names(name, kind, values("PRENOM", "Prenom"), values("ALIAS", "Alias"))),
        birth_dates=unique(
            cut_date(words(value.get("Annee")), words(value.get("Mois")), words(value.get("Jour")))
            for value in fields.get("DATE_DE_NAISSANCE", ())
        ),
        birth_places=unique(_place(value, "Lieu") for value in fields.get("LIEU_DE_NAISSANCE", ())),
        countries=unique(map(country_code, values("NATIONALITE", "Pays"))),
        addresses=unique(
            _place(value, "Adresse") for field in ("ADRESSE_PP", "ADRESSE_PM") for value in fields.get(field, ())
        ),
        numbers=tuple(dict.fromkeys(_numbers(fields))),
        programmes=unique((*values("FONDEMENT_JURIDIQUE", "FondementJuridiqueLabel"),)),
        remarks=" ".join((*values("TITRE", "Titre"), *values("MOTIFS", "Motifs"))),
        measures=("Gel des avoirs",),  # what the register is of
    )


def _fields(detail: Mapping[str, object]) -> dict[str, list[Mapping[str, object]]]:
    """Type of field -> its values. A field may stand there more than once."""
    fields: dict[str, list[Mapping[str, object]]] = {}
    for one in map(mapping, sequence(detail.get("RegistreDetail"))):
        fields.setdefault(words(one.get("TypeChamp")), []).extend(map(mapping, sequence(one.get("Valeur"))))
    return fields


def _names(
    name: str, kind: EntryKind, first_names: tuple[str, ...], aliases: tuple[str, ...]
) -> Iterator[tuple[str, Strength]]:
    """The family name with each first name; a ship's name is told after its owner's."""
    if kind is EntryKind.VESSEL and (ship := _SHIP.fullmatch(name)) is not None:
        yield ship.group(1), Strength.PRIMARY
    elif first_names:
        yield from ((f"{first} {name}", Strength.PRIMARY) for first in first_names)
    else:
        yield name, Strength.PRIMARY
    yield from ((alias, Strength.STRONG) for alias in aliases)


def _place(value: Mapping[str, object], key: str) -> str:
    return ", ".join(text for text in (words(value.get(key)), words(value.get("Pays"))) if text)


def _numbers(fields: Mapping[str, list[Mapping[str, object]]]) -> Iterator[ListedNumber]:
    for value in fields.get("PASSEPORT", ()):
        text = words(value.get("NumeroPasseport"))
        yield from (ListedNumber("Passeport", number) for number in _VALUE.findall(text) or ([text] if text else []))
    for field, key, kind in _CONTACTS:
        yield from (ListedNumber(kind, text) for value in fields.get(field, ()) if (text := words(value.get(key))))
    for value in fields.get("IDENTIFICATION", ()):
        yield from _identification(str(value.get("Identification") or ""), str(value.get("Commentaire") or ""))


def _identification(text: str, comment: str) -> Iterator[ListedNumber]:
    """The numbers in an identification: what is said of one stands before it, after it, or in the comment."""
    whole = f"{text} - {comment}"
    yield from (number for number in numbers_in(whole) if number.kind in _PLAIN)
    pieces = [piece for piece in _PIECES.split(SITE.sub(" ", EMAIL.sub(" ", WALLET.sub(" ", whole)))) if piece]
    for position, piece in enumerate(pieces):
        found = _VALUE.findall(_DAY.sub(" ", piece))
        about = _words_of(piece) or _words_of("".join(pieces[position + 1 : position + 2]))
        if found and _NO_NUMBER.search(about) is None:
            kind = about if 0 < len(about) <= _LONGEST_KIND else "Identification"
            yield from (ListedNumber(kind, number) for number in found)


def _words_of(piece: str) -> str:
    return " ".join(_VALUE.sub(" ", piece).split()).strip(" :,().")
