"""Seeded distortions of listed names, as typists, clerks, machines and evaders make them: material for accuracy runs.

A mutation takes a name and a seeded generator and gives the distorted name, or None where the name offers nothing to
distort. The same seed gives the same names.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias

from lists.tables import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

Mutation: TypeAlias = "Callable[[str, Random], str | None]"

_TABLE = tomllib.loads(read_text("mutations.toml"))
_KEYBOARD: dict[str, str] = _TABLE["keyboard"]


def _pairs(name: str) -> list[tuple[str, str]]:
    rows = [pair.split(":") for pair in _TABLE["pairs"][name].split()]
    return [(left, right) for left, right in rows]


def _both_ways(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [*pairs, *((right, left) for left, right in pairs if right)]


def _by_first(name: str) -> dict[str, list[str]]:
    table: defaultdict[str, list[str]] = defaultdict(list)
    for left, right in _pairs(name):
        table[left].append(right)
    return dict(table)


_TRANSLITERATION = _both_ways(_pairs("transliteration"))
_SOUNDS = _both_ways(_pairs("sounds"))
_NICKNAMES = _by_first("nicknames")
_ABBREVIATIONS = _by_first("abbreviations")
_AROUND: Mapping[str, Sequence[str]] = _TABLE["around"]
_ACCENTS = {row[0]: row[1:] for row in _TABLE["letters"]["accents"].split()}
_LOOKALIKES = {row[0]: row[1] for row in _TABLE["letters"]["lookalikes"].split()}
_LEET = {row[0]: row[1] for row in _TABLE["letters"]["leet"].split()}
_INVISIBLE: Final = "\u200b\u00ad\u200d"
_LEGAL_FORM = re.compile(
    r"\b(?:L\.?L\.?C\.?|LTD\.?|LIMITED LIABILITY COMPANY|LIMITED|CO\.?,? ?LTD\.?|COMPANY|OOO|OAO|ZAO|PAO|AO|PJSC|JSC"
    r"|OJSC|S\.?A\.? DE C\.?V\.?|S\.?A\.?|SARL|GMBH|AG|B\.?V\.?|INC\.?|CORP\.?|CORPORATION|PLC|FZE|FZCO|S\.?P\.?A\.?"
    r"|S\.?R\.?L\.?|LTDA\.?|JOINT STOCK COMPANY|PUBLIC|PRIVATE|SDN BHD)(?=\W|$)",
    re.IGNORECASE,
)
_TYPO_LETTERS: Final = 5
_TYPO_LETTERS_TWICE: Final = 8
_FIRST_LETTER_SHARE: Final = 0.15
_HEARD_LETTERS: Final = 8
_LINE: Final = 16
_CUT_LETTERS: Final = 4
_OFTEN: Final = 0.6
_ACCENTED_SHARE: Final = 0.3
_LINE_LEAST: Final = 12


def _words(name: str) -> list[str]:
    return name.replace(",", " ").split()


def _long_words(words: Sequence[str], letters: int) -> list[int]:
    return [place for place, word in enumerate(words) if len(word) >= letters and word.isascii() and word.isalpha()]


def _edit(word: str, random: Random) -> str:
    """Make one typing error: leave out, hit the next key, double, swap, or insert."""
    place = random.randrange(0 if random.random() < _FIRST_LETTER_SHARE else 1, len(word))
    head, letter, tail = word[:place], word[place], word[place + 1 :]
    kind = random.choice(("omit", "slip", "double", "swap", "insert"))
    if kind == "omit":
        return head + tail
    if kind == "slip":
        slip = random.choice(_KEYBOARD.get(letter.lower(), "e"))
        return head + (slip.upper() if letter.isupper() else slip) + tail
    if kind == "double":
        return head + letter * 2 + tail
    if kind == "swap" and tail:
        return head + tail[0] + letter + tail[1:]
    extra = random.choice("aeiourstln")
    return head + (extra.upper() if letter.isupper() else extra) + letter + tail


def typo(name: str, random: Random) -> str | None:
    """One typing error in one long word."""
    words = _words(name)
    long = _long_words(words, _TYPO_LETTERS)
    if not long:
        return None
    place = random.choice(long)
    words[place] = _edit(words[place], random)
    return " ".join(words)


def two_typos(name: str, random: Random) -> str | None:
    """Two typing errors, in two words where there are two long ones."""
    words = _words(name)
    long = _long_words(words, _TYPO_LETTERS)
    if len(long) >= 2:  # noqa: PLR2004 - one error each
        for place in random.sample(long, 2):
            words[place] = _edit(words[place], random)
    elif long and len(words[long[0]]) >= _TYPO_LETTERS_TWICE:
        words[long[0]] = _edit(_edit(words[long[0]], random), random)
    else:
        return None
    return " ".join(words)


def reorder(name: str, random: Random) -> str | None:
    """Words in another order."""
    words = _words(name)
    shuffled = random.sample(words, len(words))
    return None if shuffled == words else " ".join(shuffled)


def drop(name: str, random: Random) -> str | None:
    """Leave out a middle word."""
    words = _words(name)
    telling = [word for word in words if len(word) > 2]  # noqa: PLR2004 - particles do not count
    if len(telling) < 3:  # noqa: PLR2004 - two words must remain
        return None
    words.remove(random.choice(telling[1:-1]))
    return " ".join(words)


def initial(name: str, random: Random) -> str | None:
    """Cut the first word, sometimes the second too, to its initial."""
    words = _words(name)
    if len(words) < 2:  # noqa: PLR2004 - something must remain
        return None
    words[0] = words[0][0] + random.choice(("", "."))
    if len(words) > 2 and len(words[1]) >= _CUT_LETTERS and random.random() < _OFTEN:  # noqa: PLR2004 - a given name, a second one, a surname
        words[1] = words[1][0] + "."
    return " ".join(words) if max(map(len, words)) >= _CUT_LETTERS else None


def concat(name: str, random: Random) -> str | None:
    """Two neighbours without the blank."""
    words = _words(name)
    if len(words) < 2:  # noqa: PLR2004 - two are joined
        return None
    place = random.randrange(len(words) - 1)
    return " ".join([*words[:place], words[place] + words[place + 1], *words[place + 2 :]])


def split(name: str, random: Random) -> str | None:
    """A blank inside a long word."""
    words = _words(name)
    long = _long_words(words, 6)
    if not long:
        return None
    place = random.choice(long)
    cut = random.randrange(2, len(words[place]) - 1)
    return " ".join([*words[:place], words[place][:cut], words[place][cut:], *words[place + 1 :]])


def _respell(name: str, pairs: Sequence[tuple[str, str]], most: int, random: Random) -> str | None:
    """Write two or more sounds another way; None where fewer can be."""
    spelt = " ".join(_words(name)).lower()
    changed = 0
    for old, new in random.sample(pairs, len(pairs)):
        if old not in spelt or len(spelt) < _HEARD_LETTERS:
            continue
        places = [found.start() for found in re.finditer(re.escape(old), spelt)]
        place = random.choice(places)
        spelt = spelt[:place] + new + spelt[place + len(old) :]
        changed += 1
        if changed == most:
            break
    return spelt.title() if changed >= 2 else None  # noqa: PLR2004 - one change is the class of typos


def transliterate(name: str, random: Random) -> str | None:
    """Two or three sounds in another romanisation."""
    return _respell(name, _TRANSLITERATION, random.choice((2, 2, 3)), random)


def mishear(name: str, random: Random) -> str | None:
    """Two sounds as heard."""
    return _respell(name, _SOUNDS, 2, random)


def nickname(name: str, random: Random) -> str | None:
    """A given name by its short form."""
    return _replace_word(name, _NICKNAMES, 1, random)


def abbreviate(name: str, random: Random) -> str | None:
    """One or two company words by their abbreviation."""
    return _replace_word(name, _ABBREVIATIONS, 2, random)


def _replace_word(name: str, table: Mapping[str, Sequence[str]], most: int, random: Random) -> str | None:
    words = _words(name)
    places = [place for place, word in enumerate(words) if word.lower() in table]
    if not places or len(words) < 2:  # noqa: PLR2004 - something must stay as it was
        return None
    for place in places[:most]:
        words[place] = random.choice(table[words[place].lower()]).upper()
    return " ".join(words)


def legal_form(name: str, random: Random) -> str | None:
    """Another legal form, none, or one more."""
    form = random.choice(_AROUND["legal_forms"])
    if not _LEGAL_FORM.search(name):
        return f"{name} {form}"
    bare = " ".join(_LEGAL_FORM.sub(" ", name).split()).strip(" ,.")
    if len(bare) < 4:  # noqa: PLR2004 - nothing but a form
        return None
    return random.choice((bare, f"{bare} {form}", f"{bare} {form}", f"{form} {bare}"))


def noise_person(name: str, random: Random) -> str | None:
    """Titles and bank words around a person's name."""
    before = random.random() < _OFTEN
    word = random.choice(_AROUND["person_before" if before else "person_after"])
    return f"{word} {name}" if before else f"{name} {word}"


def noise_organisation(name: str, random: Random) -> str | None:
    """Words after an organisation's name."""
    word = random.choice(_AROUND["organisation_after"])
    return f"{name} {word}"


def accents(name: str, random: Random) -> str | None:
    """Accents that are not there."""
    changed = "".join(_accented(letter, random) for letter in name)
    return None if changed == name else changed


def _accented(letter: str, random: Random) -> str:
    choices = _ACCENTS.get(letter.lower())
    if choices is None or random.random() >= _ACCENTED_SHARE:
        return letter
    accented: str = random.choice(choices)
    return accented.upper() if letter.isupper() else accented


def truncate(name: str, random: Random) -> str | None:
    """Cut at the end of a line."""
    if len(name) < _LINE:
        return None
    cut = name.upper()[: random.randrange(max(_LINE_LEAST, int(len(name) * 0.7)), len(name) - 1)].strip()
    return cut if len(cut) >= _LINE_LEAST else None


def shout(name: str, _random: Random) -> str | None:
    """Capitals without punctuation, as MT messages carry a name."""
    return " ".join(re.sub(r"[^\w ]", " ", name.upper()).split())


def _swap_letters(name: str, table: Mapping[str, str], most: int, random: Random) -> str | None:
    places = [place for place, letter in enumerate(name) if letter in table]
    if not places:
        return None
    letters = list(name)
    for place in random.sample(places, min(len(places), random.randint(1, most))):
        letters[place] = table[letters[place]]
    return "".join(letters)


def look_alike(name: str, random: Random) -> str | None:
    """Up to three letters by their Cyrillic doubles."""
    return _swap_letters(name, _LOOKALIKES, 3, random)


def leet(name: str, random: Random) -> str | None:
    """Up to two letters by digits."""
    return _swap_letters(name, _LEET, 2, random)


def invisible(name: str, random: Random) -> str | None:
    """A character nobody sees inside the name."""
    place = random.randrange(1, max(2, len(name) - 1))
    return name[:place] + random.choice(_INVISIBLE) + name[place:]


def spaced(name: str, random: Random) -> str | None:
    """One long word letter by letter."""
    words = _words(name)
    long = _long_words(words, _TYPO_LETTERS)
    if not long:
        return None
    place = random.choice(long)
    words[place] = random.choice(".- _*").join(words[place])
    return " ".join(words)


def marked(name: str, random: Random) -> str | None:
    """A mark inside a long word."""
    words = _words(name)
    long = _long_words(words, _TYPO_LETTERS)
    if not long:
        return None
    place = random.choice(long)
    cut = random.randrange(1, len(words[place]) - 1)
    words[place] = words[place][:cut] + random.choice(".-_/") + words[place][cut:]
    return " ".join(words)


_EVASIONS: Final = (look_alike, leet, invisible, spaced, marked)


def evade(name: str, random: Random) -> str | None:
    """One of the ways to hide a name from machines."""
    evasion: Mutation = random.choice(_EVASIONS)
    return evasion(name, random)


def chain(*steps: Mutation) -> Mutation:
    """Apply mutations one after the other; None where one finds nothing to do."""

    def chained(name: str, random: Random) -> str | None:
        distorted: str | None = name
        for step in steps:
            distorted = None if distorted is None else step(distorted, random)
        return distorted

    return chained


PERSON: Final = "person"
ORGANISATION: Final = "organisation"
ANYONE: Final = "anyone"
THING: Final = "thing"

MUTATIONS: Final[Mapping[str, tuple[str, int, Mutation]]] = {
    "exact": (ANYONE, 150, shout),
    "diacritics": (ANYONE, 100, accents),
    "typo1": (ANYONE, 200, typo),
    "typo2": (ANYONE, 200, two_typos),
    "reorder": (PERSON, 120, reorder),
    "drop": (ANYONE, 200, drop),
    "initial": (PERSON, 150, initial),
    "concat": (ANYONE, 150, concat),
    "split": (ANYONE, 150, split),
    "translit": (PERSON, 250, transliterate),
    "phonetic": (PERSON, 200, mishear),
    "nickname": (PERSON, 150, nickname),
    "legal_form": (ORGANISATION, 200, legal_form),
    "noise_person": (PERSON, 130, noise_person),
    "noise_org": (ORGANISATION, 70, noise_organisation),
    "evasion": (ANYONE, 150, evade),
    "truncate": (ANYONE, 120, truncate),
    "abbrev": (ORGANISATION, 120, abbreviate),
    "typo+reorder": (PERSON, 120, chain(typo, reorder)),
    "translit+drop": (PERSON, 120, chain(transliterate, drop)),
    "typo+noise": (PERSON, 120, chain(typo, noise_person)),
    "typo+legal": (ORGANISATION, 120, chain(typo, legal_form)),
    "vessel_typo": (THING, 60, typo),
}
"""Class → (kind of entry, names in a full run, mutation)."""

_TRIES: Final = 9


def mutate_until(name: str, mutation: Mutation, random: Random) -> str | None:
    """Try a few times for a distortion that differs from the name; None where there is none."""
    for _ in range(_TRIES):
        distorted = mutation(name, random)
        if distorted is not None and (distorted != name or mutation is shout):
            return distorted
    return None
