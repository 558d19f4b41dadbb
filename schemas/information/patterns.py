"""Shapes that mean nothing in any language: repeats, sequences, walks over a keyboard, digits only.

Every function takes a normalised field without blanks (lower case, letters and digits only) and answers yes or no.
They run on every name of every payment, so each first asks something cheap that a real name fails.
Sources: EBA/GL/2024/11 and JC/GL/2017/16 ("xxxxx", "ABCDEFG").
"""

from __future__ import annotations

import itertools
import re

_COVER = 0.8  # of the field
_RUN = 4  # shorter runs are in too many real names
_REPEAT = 3

_ROWS = (
    *("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    *("azertyuiop", "qsdfghjklm", "wxcvbn"),
    *("qwertzuiop", "yxcvbnm"),
    *("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik", "9ol"),
)
_WALKS = tuple(dict.fromkeys([*_ROWS, *[row[::-1] for row in _ROWS]]))
_WALK_STARTS = frozenset(walk[i : i + 3] for walk in _WALKS for i in range(len(walk) - 2))
_WALK_WORDS = frozenset({"wert", "trew", "uiop"})  # Wert and Trew are surnames
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "01234567890")
_STEP_PAIRS = {
    **{row[i : i + 2]: 1 for row in _ALPHABETS for i in range(len(row) - 1)},
    **{row[i + 1] + row[i]: -1 for row in _ALPHABETS for i in range(len(row) - 1)},
}
_FIRST_IDEOGRAPHIC = "\u2e80"
_GROUP = re.compile(r"(.{2,4}?)\1{2,}")
_VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]")
_CONSONANTS_ONLY = 5


def is_repeat(compact: str, letters: set[str]) -> bool:
    """One letter or digit three times or more, or nearly nothing else ("XXXXX", "XXXXXY").

    Not for Chinese, Japanese and Korean, where a name repeats a character as it pleases.
    """
    size = len(compact)
    if size < _REPEAT or len(letters) > 1 + size // 5 or compact > _FIRST_IDEOGRAPHIC:
        return False
    return len(letters) == 1 or (size >= _RUN and max(map(compact.count, letters)) >= _COVER * size)


def is_sequence(compact: str, cover: float = _COVER, run: int = _RUN) -> bool:
    """An alphabet or counting run, up or down, over nearly the whole field ("ABCDEFG", "987654321", "1234567890")."""
    size = len(compact)
    if size < run or compact[size // 2 - 1 : size // 2 + 1] not in _STEP_PAIRS:
        return False
    longest = current = 1
    direction = 0
    for before, after in itertools.pairwise(compact):
        step = _STEP_PAIRS.get(before + after, 0)
        current = current + 1 if step and step == direction else 1 + abs(step)
        direction = step
        longest = max(longest, current)
    return longest >= run and longest >= cover * size


def is_keyboard_walk(compact: str) -> bool:
    """Neighbouring keys of a QWERTY, AZERTY or QWERTZ row or column, over nearly the whole field."""
    size = len(compact)
    if size < _RUN or compact[:3] not in _WALK_STARTS or compact in _WALK_WORDS:
        return False
    covered = position = 0
    while position < size:
        length = max(_walk_length(compact, position, walk) for walk in _WALKS)
        covered += length if length >= _REPEAT else 0
        position += max(length, 1)
    return covered >= _RUN and covered >= _COVER * size


def _walk_length(compact: str, start: int, walk: str) -> int:
    at = walk.find(compact[start])
    length = 0
    while 0 <= at < len(walk) and start + length < len(compact) and walk[at] == compact[start + length]:
        at += 1
        length += 1
    return length


def is_repeated_group(words: list[str], letters: set[str]) -> bool:
    """Two to four characters three times over most of a word, or one word three times ("LALALA", "bla bla bla").

    Twice is a name in Burma, Ghana and the Philippines ("Aung Aung", "Nana Nana").
    """
    if len(letters) > _RUN:
        return False
    if len(words) >= _REPEAT:
        return len(set(words)) == 1
    return len(words) == 1 and any(
        3 * (match.end() - match.start()) >= 2 * len(words[0]) for match in _GROUP.finditer(words[0])
    )


def is_unpronounceable(key: str) -> bool:
    """One Latin word of five letters or more without a vowel ("DFGHJK"); shorter ones are acronyms, Slavic words."""
    return len(key) >= _CONSONANTS_ONLY and key.isascii() and key.isalpha() and _VOWEL.search(key) is None
