"""How a word sounds: keys under which different spellings of one name fall together."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from lists.compiled import engine_for
from lists.tables import LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable

_CACHE: Final = 1 << 17
_SHORTEST: Final = 3

# Letter groups that romanisations use for one sound, longest first.
_GROUPS: Final = (
    ("tech", "tek"), ("tekh", "tek"), ("ex", "es"), ("ax", "as"), ("ix", "is"), ("ox", "os"),
    ("shch", "x"), ("sch", "x"), ("tch", "x"), ("tsh", "x"), ("dzh", "j"), ("sh", "x"), ("ch", "x"), ("tj", "x"),
    ("cz", "x"), ("zh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"),
    ("cq", "k"), ("qu", "k"), ("ts", "s"), ("tz", "s"), ("ks", "s"), ("q", "k"), ("w", "v"), ("z", "s"),
)  # fmt: skip

# Then, in this order: c by its neighbour, endings, vowel groups to a / u / i, silent h. A rule is tried only on words
# with one of the letters before it (looked at once groups are gone; a letter that an earlier rule may bring in is there
# under what it stood for): a look at the letters costs a tenth of a pattern.
_RULES: Final = tuple(
    (frozenset(letters), re.compile(pattern), sound)
    for letters, pattern, sound in (
        ("c", r"(?<=vi)c$", "x"),  # Slavic patronymics without the hook: Borisovic
        ("c", r"c(?=[eiy])", "s"),
        ("c", r"c", "k"),
        ("f", r"of+$", "ov"),
        ("iyj", r"(?:iy|yy|ii|ij|ey|ei|i|y)$", "i"),
        ("o", r"ou|oo", "u"),
        ("e", r"ee|ea", "i"),
        ("iyje", r"(?<=.)[iyj](?=[aeou])", "i"),
        ("e", r"^(?:ye|ie|je(?=[^a-z]))", "e"),
        ("y", r"y", "i"),
        ("ae", r"[ae]+[iu]?", "a"),
        ("ou", r"[ou]+", "u"),
        ("iyje", r"ii+", "i"),
        ("h", r"(?<=[aui])h(?=$|[^aui])|(?<=[^aui])h(?=.)", ""),
    )
)
_DOUBLED = re.compile(r"(.)(?=\1)")  # all but the last of a row of equal letters


@functools.lru_cache(maxsize=_CACHE)
def sound_key_in_python(word: str) -> str:
    """Give one spelling to what romanisations spell differently: vowels a, i, u; one letter a consonant sound."""
    if len(word) < _SHORTEST or word.isdigit():
        return word
    for group, sound in _GROUPS:
        if group in word:
            word = word.replace(group, sound)
    letters = set(word)
    for needed, pattern, sound in _RULES:
        if not needed.isdisjoint(letters):
            word = pattern.sub(sound, word)
    return _DOUBLED.sub("", word)


_CLASSES = str.maketrans("gqkvpdtzsj", "kkkfbttssj")
_VOWELS = re.compile(r"[aiuh]")


@functools.lru_cache(maxsize=_CACHE)
def consonant_key_in_python(word: str) -> str:
    """Keep the consonant classes of a word and its first sound: Mohammed and Muhamad are both mmt."""
    sounds = sound_key_in_python(word).translate(_CLASSES)
    first = sounds[:1]
    return _DOUBLED.sub("", ("a" if first in {"i", "u"} else first) + _VOWELS.sub("", sounds[1:]))


SOUND_RULES: Final = (
    [(sorted(letters), pattern.pattern, sound) for letters, pattern, sound in _RULES],
    _CLASSES,
    _VOWELS.pattern,
)
"""What lists/compiled/sounds.h repeats; the groups are handed to it."""

_ENGINE = engine_for(SOUND_RULES, "SOUND_RULES")
_TWINS: tuple[Callable[[str], str], Callable[[str], str]] = (sound_key_in_python, consonant_key_in_python)
sound_key, consonant_key = _ENGINE.following(_GROUPS, *_TWINS) if _ENGINE else _TWINS


_ALTERNATIVES_MAX: Final = 12
_SILENT: Final = ("",)
_JIMS = re.compile("(?<=.)[\u062c\u0698\u0696\u05d2]")
_JIM, _KAF, _KHA = "\u062c", "\u0643", "\u062e"
# Two letters for one sound of foreign names, and the one that has its key: the x of Latin letters, which sounds like an
# s in the keys, and the ch of "Timchenko".
_AS_ONE = (("\u0643\u0633", "\u0633"), ("\u06a9\u0633", "\u0633"), ("\u062a\u0634", "\u0634"))
_SIN_HA = re.compile("\u0633[\u062d\u0647]")
_SHIN = "\u0634"
_CHE = "\u0686"


def abjad_keys(word: str) -> list[str]:
    """Consonant keys an Arabic or Hebrew word may have in Latin letters; at most a dozen, in a fixed order."""
    if not word:
        return []
    first = LETTERS.abjad_first.get(word[0])
    keys = [first] if first else list(LETTERS.abjad.get(word[0], (word[0],)))
    for letter in word[1:]:
        keys = [key + sound for key in keys for sound in LETTERS.abjad.get(letter, _SILENT)][:_ALTERNATIVES_MAX]
    return list(dict.fromkeys(_DOUBLED.sub("", key) for key in keys))


def hidden_abjad_keys(word: str) -> list[str]:
    """Further keys, of Latin spellings in which a letter is heard as another: only every letter tells such a word.

    A j before a vowel sounds like an i here ("Hejailan"); Egyptians write the first letter of Jamal as a g; who lacks
    the Persian ch types a j.
    What Arabic writes as k and s has the key of the x of Latin letters ("Alexander", "Saksouk"), an s; t and sh that of
    a ch; s and h, heard apart, that of a sh ("Ishaqi"); some write every k as kh ("Makhtab").
    """
    known = abjad_keys(word)
    as_one = functools.reduce(lambda written, pair: written.replace(*pair), _AS_ONE, word)
    others = (
        *(_JIMS.sub("", word), word.replace(_JIM, _KAF), word.replace(_JIM, _CHE)),
        *(as_one, _SIN_HA.sub(_SHIN, word), word.replace(_KAF, _KHA)),
    )
    return [key for key in dict.fromkeys(key for other in others for key in abjad_keys(other)) if key not in known]
