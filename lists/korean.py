"""How Korean syllables are written in Latin letters: as the North does, as the South does, and in foreign words."""

from __future__ import annotations

from itertools import chain, islice, product
from typing import Final

from lists.tables import LETTERS, UNSPACED

HANGUL: Final = range(0xAC00, 0xAC00 + 11172)
_FINALS: Final = 28
_PER_INITIAL: Final = 588
_SILENT: Final = 11
"""The initial of a syllable that begins with its vowel."""
_VOWELS: Final = frozenset("aeiouwy")
_VOICED_ENDS: Final = frozenset("aeiouwynmgl")
_VOICED: Final = {"k": "g", "t": "d", "p": "b"}
_UNVOICED: Final = frozenset({"kk", "tt", "pp"})
_MOVED: Final = {"k": "g", "t": "d", "p": "b", "l": "r"}
"""Finals as they sound when a vowel follows."""
_LOAN_INITIALS: Final = "g k n d t r m b p s s - j j ch k t p h".replace("-", "").split(" ")
_LOAN_VOWELS: Final = "a e ya ye o e yo ye o wa we we yo u wo we wi yu - i i".replace("-", "").split(" ")
_LOAN_SYLLABLES: Final = range(3, 9)
_LIQUID: Final = 5
_NASAL: Final = 2
_STRONG: Final = range(15, 18)
"""The initials k, t and p that are breathed, and never voiced."""
_SOFT_VOWELS: Final = frozenset({2, 3, 6, 7, 12, 17, 20})
"""The vowels that begin with a y, and i."""
_OTHERWISE: Final = {"b": "bv", "p": "pf", "k": "kc", "j": "jz"}
"""Letters of foreign words that Korean writes alike; each is the same all through a word, r and l are not."""
_LOANWORDS_MAX: Final = 32


def jamo(char: str) -> tuple[int, int, int]:
    """Give the numbers of a Hangul syllable's initial, vowel and final (Unicode 3.12)."""
    place = ord(char) - HANGUL.start
    return place // _PER_INITIAL, place % _PER_INITIAL // _FINALS, place % _FINALS


def syllable(char: str) -> str:
    """Write a syllable by itself, as lists write names."""
    initial, vowel, final = jamo(char)
    initials, vowels, finals = LETTERS.hangul
    return f"{initials[initial]}{vowels[vowel]}{finals[final]}"


def voiced(text: str, breath: str = "") -> str:
    """Write Korean as McCune-Reischauer and the North have it: plain k, t and p are voiced between voiced sounds.

    `breath` is written after the strong ones: "h" as the North's ships and companies do, 평천 is "Phyongchon".
    """
    written = ""
    for char in text:
        sound = syllable(char)
        strong = jamo(char)[0] in _STRONG
        if written and sound[0] in _VOWELS and written[-1] in _MOVED:
            written = written[:-1] + _MOVED[written[-1]]
        elif strong:
            sound = f"{sound[0]}{breath}{sound[1:]}"
        elif written and written[-1] in _VOICED_ENDS and sound[:2] not in _UNVOICED:
            sound = _VOICED.get(sound[0], sound[0]) + sound[1:]
        written += sound
    return written


def revised(text: str) -> str:
    """Write Korean in the South's Revised Romanization, letter by letter."""
    initials, vowels = UNSPACED.revised
    written = ""
    for char in text:
        initial, vowel, final = jamo(char)
        if initial == _SILENT and written[-1:] in _MOVED:
            written = written[:-1] + _MOVED[written[-1]]
        written += f"{initials[initial]}{vowels[vowel]}{LETTERS.hangul[2][final]}"
    return written


def ways(text: str) -> tuple[str, ...]:
    """Give the ways in which lists write Korean syllables as one word, the likeliest first."""
    across = _across_the_border(text)
    return tuple(
        dict.fromkeys(
            (
                voiced(text),
                revised(text),
                "".join(map(syllable, text)),
                voiced(text, "h"),
                *((voiced(across),) if across else ()),
            )
        )
    )


def _across_the_border(text: str) -> str:
    """Write a name as the other Korea does: the South drops an r, or makes it n, where the North begins with one.

    "" where both write the same.
    """
    initial, vowel, final = jamo(text[0])
    soft = vowel in _SOFT_VOWELS
    if initial == _LIQUID:
        other = _SILENT if soft else _NASAL
    elif initial == (_SILENT if soft else _NASAL):
        other = _LIQUID
    else:
        return ""
    return chr(HANGUL.start + other * _PER_INITIAL + vowel * _FINALS + final) + text[1:]


def loanwords(text: str) -> tuple[str, ...]:
    """Give the foreign words that syllables may write, the likeliest first: 라자루스 is "lazarus".

    A vowel was put between consonants (the eu of 스); and r and l, j and z, k and c, p and f, b and v are one letter.
    """
    if len(text) not in _LOAN_SYLLABLES or any(ord(char) not in HANGUL for char in text):
        return ()
    written = ""
    for char in text:
        initial, vowel, final = jamo(char)
        liquid = initial == _LIQUID and written.endswith("l")
        written += ("" if liquid else _LOAN_INITIALS[initial]) + _LOAN_VOWELS[vowel] + LETTERS.hangul[2][final]
    same = product(*(pair if letter in written else letter for letter, pair in _OTHERWISE.items()))
    spelt = [written.translate(dict(zip(map(ord, _OTHERWISE), letters, strict=True))) for letters in same]
    likely = (product(*("rl" if letter == "r" else letter for letter in one)) for one in spelt)
    return tuple(dict.fromkeys("".join(way) for way in islice(chain.from_iterable(likely), _LOANWORDS_MAX)))
