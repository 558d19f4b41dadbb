"""A name of a payment, ready to be compared: its words, what each may stand for, how much each would prove."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from lists.asked import LITTLE, costs_of, in_parts, question_of, told_once
from lists.east_asian_fields import east_asian_readings
from lists.expanded import best_weights
from lists.folding import ABJAD, ALPHABET, fold
from lists.foreign import (
    LITTLE_WORDS,
    NAMESAKE_BITS,
    foreign_costs,
    little_letters,
    namesakes,
    other_names,
    parts_told,
    proofs_of,
)
from lists.listed import exact_keys
from lists.meanings import english_of, english_of_both, parts_of
from lists.names import TOKENS_MAX, plain_tokens, tokens_of
from lists.question_abjad import ask_abjad
from lists.rarity import CUT_LEGAL_WORD_BITS, FOREIGN_BITS_MAX, begins_legal_word
from lists.spellings import FOREIGN_CAMEL, script_of
from lists.transcribed import parts_of_foreign
from lists.transcribed_words import asked_by_sounds
from lists.unspaced import UNSPACED_SCRIPT
from lists.unspaced_words import further_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lists.asked import Question
    from lists.expanded import Expansion
    from lists.expansion import Expander
    from lists.rarity import Rarity
    from lists.unspaced_words import Option

LETTERS_MAX: Final = 2_000
"""Letters of one name that are compared whole; longer fields are searched as texts."""

JOIN_LETTERS: Final = 5
SPLIT_LETTERS: Final = 6
CUT_LETTERS: Final = range(3, 16)
_READING_LETTERS: Final = 3
READINGS_MAX: Final = 6

# One field may hold two names: "X a.k.a. Y", "X / Y", "X c/o Y", "X trading as Y".
_SEPARATORS = re.compile(
    r"\s*(?:;|\s/\s|(?<=[\u0600-\u06ff])/(?=[\u0600-\u06ff])"
    r"|\b[afn]\.?k\.?a\b\.?|\balias\b|\bd/b/a\b|\bdba\b|\bt/a\b|\btrading as\b|\bc/o\b|\battn\b|\bn[ée]e\b"
    r"|\bon behalf of\b|\bo/b/o\b"
    # ... and "Mr X or Mrs Y", "M et Mme X".
    r"|\b(?:or|and|et|ou|und|y|e)\s+(?:mr|mrs|ms|miss|mme|madame|mlle|frau|herr|sra?|sig(?:nora)?)\b\.?|&\s*(?:mrs|mme|frau|sra)\b\.?"
    r")\s*:?\s*",
    re.IGNORECASE,
)
# What every separator of an ASCII name begins with: nearly no name has it, and looking for that is ten times as quick.
_MAY_SEPARATE = re.compile(
    r"[;/&]|\W(?:[afn]\.?k\.?a|alias|dba|trading as|attn|nee|on behalf|(?:or|and|et|ou|und|y|e)\s+[mfhs])"
)
# "VladimirPutin": a capital after two small letters begins a word.
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][A-Za-z]{2})")
READING_RULES: Final = (_MAY_SEPARATE.pattern, _CAMEL.pattern)
"""What lists/compiled/names.h repeats: a name that surely has one reading."""


def is_long(name: str) -> bool:
    """Say whether a name is too long to be compared whole."""
    return len(name) > LETTERS_MAX or len(name.split()) > TOKENS_MAX


def all_readings(name: str) -> list[str]:
    """Give a name, as far as it is compared, and the further names it may hold."""
    head = name[:LETTERS_MAX]
    return [head, *readings(head)]


def readings(text: str) -> list[str]:
    """Give further names a field may hold: the parts of "X a.k.a. Y", and glued words parted at capitals."""
    parts: list[str] = []
    if (not text.isascii() or _MAY_SEPARATE.search(f" {text.lower()}")) and _SEPARATORS.search(text):
        parts = [part for part in _SEPARATORS.split(text) if len(part) >= _READING_LETTERS]
    if not text.isascii():
        parts += [*other_names(text), *east_asian_readings(text)]
    if not text.isupper():
        parts += [camel.sub(" ", text) for camel in (_CAMEL, FOREIGN_CAMEL) if camel.search(text)]
    return [part for part in dict.fromkeys(parts) if part != text][:READINGS_MAX]


class Cut(NamedTuple):
    """A name cut into words: `plain` as they stand, `tokens` as they are compared."""

    text: str
    plain: list[str]
    tokens: list[str]

    @property
    def keys(self) -> Sequence[str]:
        """What finds the name word for word."""
        return exact_keys(self.plain, self.tokens)


class _Read(NamedTuple):
    """The words of a name: where one was split, what each is worth, its English, and which are `little` ones."""

    name: Cut
    tokens: list[str]
    split_at: int
    bits: list[float]
    english: list[tuple[str, ...]]
    little: frozenset[str]
    foreign: bool
    unspaced: bool


def ask(texts: Sequence[str], expander: Expander, rarity: Rarity) -> list[Question]:
    """Make a question of each name, in any script; the words of all are looked up together."""
    cuts = [cut(text) for text in texts]
    expander.look_up(
        (token for name in cuts for token in name.tokens),
        (left + right for name in cuts for _, left, right in _neighbours(name.tokens)),
    )
    return [_ask(name, expander, rarity) for name in cuts]


def in_latin(text: str) -> bool:
    """Say whether all of a name is asked for by its Latin letters: no other script."""
    return text.isascii() or not any(script.search(text) for script in (ABJAD, ALPHABET, UNSPACED_SCRIPT))


def cut(text: str) -> Cut:
    """Cut a name into words."""
    folded = fold(text)
    # Arabic and Hebrew words are compared in their own letters.
    tokens = [] if _is_abjad(text) else tokens_of(folded)[:TOKENS_MAX]
    return Cut(text, plain_tokens(folded), tokens)


def _is_abjad(text: str) -> bool:
    return not text.isascii() and ABJAD.search(text) is not None


def _ask(name: Cut, expander: Expander, rarity: Rarity) -> Question:
    text = name.text
    if not text.isascii() and (heard := parts_of_foreign(text)):
        words, options, costs = asked_by_sounds(heard, expander, rarity)
        return replace(question_of(words, options, costs, name.keys), foreign=True, in_syllables=True)
    if _is_abjad(text):
        return ask_abjad(text, name.plain, expander, rarity)
    read = _read(name, expander, rarity)
    options = _options(read, expander, rarity)
    if read.unspaced:
        return _ask_unspaced(read, options, expander, rarity)
    if read.foreign:
        return _ask_foreign(read, options, expander, rarity)
    return question_of(read.tokens, options, read.bits, name.keys)


def _read(name: Cut, expander: Expander, rarity: Rarity) -> _Read:
    text = name.text
    foreign = not text.isascii() and ALPHABET.search(text) is not None
    unspaced = not text.isascii() and UNSPACED_SCRIPT.search(text) is not None
    # A word with a meaning is one word, whatever listed words it is made of.
    whole = [
        unspaced or (foreign and bool(english_of(token, foreign=True) or parts_of(token))) for token in name.tokens
    ]
    tokens, split_at = _split_one(name.tokens, whole, expander)
    bits = [rarity.asked(token) for token in tokens]
    if len(tokens) > 1 and begins_legal_word(tokens[-1]) and not expander.knows(tokens[-1]):
        bits[-1] = min(bits[-1], CUT_LEGAL_WORD_BITS)
    little = little_letters(text) if foreign else frozenset()
    english = [_english(token, little) if foreign else () for token in tokens]
    return _Read(name, tokens, split_at, bits, english, little, foreign, unspaced)


def _options(read: _Read, expander: Expander, rarity: Rarity) -> list[Option]:
    """Give what words may stand for in any script: each alone, with a neighbour, cut off, as an initial."""
    tokens, bits = read.tokens, read.bits
    of_word = expander.of_word
    if read.foreign:
        of_word = expander.of_spelt.get(script_of(read.name.text), expander.of_foreign)
    proofs = proofs_of(bits, read.english, rarity)
    options = [
        (1 << place, of_word(token), most) for place, (token, most) in enumerate(zip(tokens, proofs, strict=True))
    ]
    options += _joined(tokens, read.split_at, bits, expander)
    options += _cut_off(tokens, bits, expander)
    options += [(1 << place, expander.of_initial(token), 0.0) for place, token in enumerate(tokens) if len(token) == 1]
    return options


def _ask_unspaced(read: _Read, options: Sequence[Option], expander: Expander, rarity: Rarity) -> Question:
    """Ask with all that words written without blanks may mean and sound like."""
    further = further_options(read.name.text, read.tokens, options, expander, rarity)
    question = question_of(further.words, further.options, further.costs, read.name.keys)
    return replace(
        question,
        expansions=_counted_once(question),
        in_syllables=further.in_syllables,
        spared=further.spared,
        total=question.total - sum(further.spared),
    )


def _ask_foreign(read: _Read, options: Sequence[Option], expander: Expander, rarity: Rarity) -> Question:
    """Ask with the English of Cyrillic, Greek and Indian words: a list that translates a name has that."""
    tokens, english = read.tokens, read.english
    cheap = foreign_costs(read.name.text, {token for token, words in zip(tokens, english, strict=True) if words})
    most = [cheap.at_most.get(token, FOREIGN_BITS_MAX) for token in tokens]
    parts = [parts_told(token, read.name.plain) if bound else () for token, bound in zip(tokens, most, strict=True)]
    costs = told_once(parts, english, _costs(read, most, rarity))
    options = [*options, *_meant(tokens, read.little, expander, rarity)]
    question = question_of(*in_parts(tokens, options, costs, parts, expander, rarity), read.name.keys)
    spared = [
        0.0 if question.fathers >> place & 1 else bits  # a father's name costs little already
        for place, bits in enumerate(cheap.spared(question.tokens, question.bits))
    ]
    best = _counted_once(question)
    return replace(question, expansions=best, foreign=True, spared=spared, total=question.total - sum(spared))


def _costs(read: _Read, most: Sequence[float], rarity: Rarity) -> list[float]:
    """Give what foreign words cost, at most so much; hardly anything whom something is named after."""
    costs = list(map(min, costs_of(list(map(rarity.asked, read.tokens)), read.english, rarity), most))
    for place in namesakes(read.tokens, read.english):
        costs[place] = min(costs[place], NAMESAKE_BITS)
    return costs


def _counted_once(question: Question) -> list[Expansion]:
    """Count a listed word once: several words may mean it, and names with it would crowd out the one that is meant."""
    return [best_weights(question.expansions)]


def _english(token: str, little: frozenset[str]) -> tuple[str, ...]:
    return LITTLE_WORDS if token in little else english_of(token, foreign=True)


def _meant(tokens: Sequence[str], little: frozenset[str], expander: Expander, rarity: Rarity) -> Iterator[Option]:
    """Read prepositions of one letter, and neighbours that are one English word: "programmnoe obespechenie"."""
    for place, token in enumerate(tokens):
        if token in little:
            yield 1 << place, expander.of_meaning(LITTLE_WORDS), rarity.asked(LITTLE)
    for place, (left, right) in enumerate(pairwise(tokens)):
        if english := english_of_both(left, right):
            yield 3 << place, expander.of_meaning(english), max(map(rarity.asked, english))


def _split_one(tokens: list[str], whole: Sequence[bool], expander: Expander) -> tuple[list[str], int]:
    """Cut the first word that is two listed words written as one; give its place, -1 where there is none."""
    for place, token in enumerate(tokens):
        halves = expander.halves(token) if len(token) >= SPLIT_LETTERS and not whole[place] else None
        # A last word may be cut off instead.
        if halves and not (place == len(tokens) - 1 and expander.begins_a_word(token)):
            return [*tokens[:place], *halves, *tokens[place + 1 :]], place
    return tokens, -1


def _neighbours(tokens: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Give the neighbours that may be one word written as two, and the place of the first."""
    for place, (left, right) in enumerate(pairwise(tokens)):
        if len(left) + len(right) >= JOIN_LETTERS and not left.isdigit() and not right.isdigit():
            yield place, left, right


def _joined(tokens: Sequence[str], split_at: int, bits: Sequence[float], expander: Expander) -> list[Option]:
    """Read neighbours as one word; the halves of a word just split are read as the word that stood there."""
    return [
        (
            3 << place,
            (expander.of_word if place == split_at else expander.of_joined)(left + right),
            bits[place] + bits[place + 1],
        )
        for place, left, right in _neighbours(tokens)
    ]


def _cut_off(tokens: Sequence[str], bits: Sequence[float], expander: Expander) -> list[Option]:
    """Read the last word as the beginning of one: fields are cut at 35, 70 or 140 characters."""
    if len(tokens) < 2 or len(tokens[-1]) not in CUT_LETTERS:  # noqa: PLR2004 - a lone word is not cut
        return []
    return [(1 << (len(tokens) - 1), expander.of_cut_word(tokens[-1]), bits[-1])]
