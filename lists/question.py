"""A name of a payment, ready to be compared: its words, what each may stand for, how much each would prove."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from lists.abjad import ARTICLE, name_after_proclitics, titles_at_head
from lists.abjad_reading import bits_of, has_latin, latin_of, spelt_letters, words_in
from lists.expansion import NOTHING, Expansion, best_weights
from lists.fathers import FATHER_SHARE, fathers_in
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
from lists.meanings import english_of, english_of_abjad, english_of_both, parts_of, parts_of_abjad
from lists.names import TOKENS_MAX, plain_tokens, tokens_of
from lists.rarity import CUT_LEGAL_WORD_BITS, FOREIGN_BITS_MAX, LETTER_BITS, TITLE_BITS, begins_legal_word
from lists.spellings import FOREIGN_CAMEL, script_of
from lists.tables import WORDS
from lists.transcribed import parts_of_foreign
from lists.transcribed_words import asked_by_sounds
from lists.unspaced import UNSPACED_SCRIPT
from lists.unspaced_words import further_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lists.abjad_reading import Spelt
    from lists.expansion import Expander
    from lists.rarity import Rarity
    from lists.tables import Parts
    from lists.unspaced_words import Option

LETTERS_MAX: Final = 2_000
"""Letters of one name that are compared whole; longer fields are searched as texts."""

JOIN_LETTERS: Final = 5
SPLIT_LETTERS: Final = 6
CUT_LETTERS: Final = range(3, 16)
_MEANT_BITS_MAX: Final = 5.0
"""What a word of known meaning costs at most in an organisation's name: translators leave it out, or choose others."""

_LITTLE: Final = "of"
"""The English that the table gives every preposition and article."""

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


@dataclass(frozen=True, slots=True)
class Question:
    """`options` are masks of words, what they may stand for and what they prove at most; `bits` what each word costs.

    A word that is common in payments proves no more by looking like a rare one on the list. `fathers` are the words
    (bit mask) that name a father, `total` the bits of all where these contradict nothing. `foreign`: in letters that
    are not those of the list; `spared`: what words cost less where they may mean listed ones that were not met. The
    words of a person's name `in_syllables` are not compared by their letters: Min is not In.
    """

    tokens: Sequence[str]
    options: Sequence[tuple[int, Mapping[int, float], float]]
    expansions: Sequence[Expansion]
    bits: Sequence[float]
    total: float
    all_words: int
    fathers: int
    sorted_text: str
    exact_keys: Sequence[str]
    foreign: bool = False
    spared: Sequence[float] = ()
    in_syllables: bool = False


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
        parts += other_names(text)
    if not text.isupper():
        parts += [camel.sub(" ", text) for camel in (_CAMEL, FOREIGN_CAMEL) if camel.search(text)]
    return [part for part in dict.fromkeys(parts) if part != text][:READINGS_MAX]


class Cut(NamedTuple):
    """A name cut into words: `plain` as they stand, `tokens` as they are compared."""

    text: str
    plain: list[str]
    tokens: list[str]


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
    text, plain, tokens = name
    if not text.isascii() and (heard := parts_of_foreign(text)):
        by_sounds = asked_by_sounds(heard, expander, rarity)
        question = _question(by_sounds.words, by_sounds.options, by_sounds.costs, exact_keys(plain, tokens))
        return replace(question, foreign=True, in_syllables=True)
    if _is_abjad(text):
        return _ask_abjad(text, plain, expander, rarity)
    keys = exact_keys(plain, tokens)
    foreign = not text.isascii() and ALPHABET.search(text) is not None
    # A word with a meaning is one word, whatever listed words it is made of.
    unspaced = not text.isascii() and UNSPACED_SCRIPT.search(text) is not None
    whole = [unspaced or (foreign and bool(english_of(token, foreign=True) or parts_of(token))) for token in tokens]
    tokens, split_at = _split_one(tokens, whole, expander)
    bits = [rarity.asked(token) for token in tokens]
    if len(tokens) > 1 and begins_legal_word(tokens[-1]) and not expander.knows(tokens[-1]):
        bits[-1] = min(bits[-1], CUT_LEGAL_WORD_BITS)
    of_word = expander.of_spelt.get(script_of(text), expander.of_foreign) if foreign else expander.of_word
    little = little_letters(text) if foreign else frozenset()
    english = [_english(token, little) if foreign else () for token in tokens]
    proofs = proofs_of(bits, english, rarity)
    options = [
        (1 << place, of_word(token), most) for place, (token, most) in enumerate(zip(tokens, proofs, strict=True))
    ]
    options += _joined(tokens, split_at, bits, expander)
    options += _cut_off(tokens, bits, expander)
    options += [(1 << place, expander.of_initial(token), 0.0) for place, token in enumerate(tokens) if len(token) == 1]
    if unspaced:
        further = further_options(text, tokens, options, expander, rarity)
        question = _question(further.words, further.options, further.costs, keys)
        return replace(question, expansions=_counted_once(question), in_syllables=further.in_syllables)
    if not foreign:
        return _question(tokens, options, bits, keys)
    options += _meant(tokens, little, expander, rarity)
    cheap = foreign_costs(text, {token for token, words in zip(tokens, english, strict=True) if words})
    most = [cheap.at_most.get(token, FOREIGN_BITS_MAX) for token in tokens]
    costs = list(map(min, _costs([rarity.asked(token) for token in tokens], english, rarity), most))
    for place in namesakes(tokens, english):
        costs[place] = min(costs[place], NAMESAKE_BITS)
    parts = [parts_told(token, plain) if bound else () for token, bound in zip(tokens, most, strict=True)]
    costs = _told_once(parts, english, costs)
    question = _question(*_in_parts(tokens, options, costs, parts, expander, rarity), keys)
    spared = [
        0.0 if question.fathers >> place & 1 else bits  # a father's name costs little already
        for place, bits in enumerate(cheap.spared(question.tokens, question.bits))
    ]
    best = _counted_once(question)
    return replace(question, expansions=best, foreign=True, spared=spared, total=question.total - sum(spared))


def _counted_once(question: Question) -> list[Expansion]:
    """Count a listed word once: several words may mean it, and names with it would crowd out the one that is meant."""
    return [best_weights(question.expansions)]


def _english(token: str, little: frozenset[str]) -> tuple[str, ...]:
    return LITTLE_WORDS if token in little else english_of(token, foreign=True)


def _meant(tokens: Sequence[str], little: frozenset[str], expander: Expander, rarity: Rarity) -> Iterator[Option]:
    """Read prepositions of one letter, and neighbours that are one English word: "programmnoe obespechenie"."""
    for place, token in enumerate(tokens):
        if token in little:
            yield 1 << place, expander.of_meaning(LITTLE_WORDS), rarity.asked(_LITTLE)
    for place, (left, right) in enumerate(pairwise(tokens)):
        if english := english_of_both(left, right):
            yield 3 << place, expander.of_meaning(english), max(map(rarity.asked, english))


def _costs(bits: Sequence[float], english: Sequence[Sequence[str]], rarity: Rarity) -> list[float]:
    """Give what words of another script cost that the list does not have: no more than their English does.

    Articles and prepositions cost nothing: translated names drop them.
    """
    return [
        0.0 if _LITTLE in words else min(most, FOREIGN_BITS_MAX, *map(rarity.asked, words))
        for most, words in zip(bits, english, strict=True)
    ]


def _told_once(parts: Sequence[Parts], english: Sequence[Sequence[str]], costs: Sequence[float]) -> list[float]:
    """Take a short form for nothing new where the name spells it out too: "Central Election Commission (CEC)"."""
    paid = list(costs)
    for place, several in enumerate(parts):
        others = {word for other, words in enumerate(english) if other != place for word in words}
        if len(several) > 1 and not any(others.isdisjoint(choices) for choices in several):
            paid[place] = 0.0
    return paid


def _in_parts(  # noqa: PLR0913, PLR0917 - one question on its way, and what is known of words
    tokens: Sequence[str],
    options: Sequence[Option],
    costs: Sequence[float],
    parts: Iterable[Parts],
    expander: Expander,
    rarity: Rarity,
) -> tuple[list[str], list[Option], list[float]]:
    """Read a foreign word that is several English ones as these: "npo" is a scientific production association.

    What the word itself may stand for then stands for all of them.
    """
    words: list[str] = []
    bits: list[float] = []
    masks: list[int] = []
    read: list[Option] = []
    for token, cost, several in zip(tokens, costs, parts, strict=True):
        start = len(words)
        for choices in several if start + len(several) <= TOKENS_MAX else ():
            told = tuple(word for word in choices if word != _LITTLE) or choices
            most = min(map(rarity.asked, told))
            read.append((1 << len(words), expander.of_meaning(told), most))
            words.append(told[0])
            # Among other choices, "of" says that lists as often leave the word out: "money exchange".
            bits.append(min(most, cost / len(several)) if told == choices else 0.0)
        if start == len(words):
            words.append(token)
            bits.append(cost)
        masks.append((1 << len(words)) - (1 << start))
    wider = [
        (sum(mask for place, mask in enumerate(masks) if old >> place & 1), expansion, most)
        for old, expansion, most in options
    ]
    return words, [*wider, *read], bits


def _question(
    tokens: Sequence[str], options: Sequence[Option], costs: Sequence[float], keys: Sequence[str]
) -> Question:
    useful = [option for option in options if option[1] is not NOTHING]
    fathers = fathers_in(tokens)
    return Question(
        tokens=tokens,
        options=[(mask, expansion.similarity, most) for mask, expansion, most in useful if expansion.similarity],
        expansions=[expansion for _, expansion, _ in useful],
        bits=costs,
        total=sum(cost * FATHER_SHARE if fathers >> place & 1 else cost for place, cost in enumerate(costs)),
        all_words=(1 << len(tokens)) - 1,
        fathers=fathers,
        sorted_text=" ".join(sorted(tokens)),
        exact_keys=keys,
    )


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


def _ask_abjad(text: str, plain: Sequence[str], expander: Expander, rarity: Rarity) -> Question:
    """Ask with consonants: Arabic and Hebrew leave most vowels out, so words are compared without them."""
    words = words_in(text, expander)
    tokens = [latin_of(word) for word in words]
    bits = [bits_of(word, token, rarity) for word, token in zip(words, tokens, strict=True)]
    english = [english_of_abjad(word) for word in words]
    proofs = proofs_of(bits, english, rarity)
    options = []
    for place, (word, token) in enumerate(zip(words, tokens, strict=True)):
        native = word != ARTICLE and ABJAD.search(word) and not has_latin(word)
        expansion = expander.of_abjad(word, token) if native else expander.of_word(token)
        options.append((1 << place, expansion, proofs[place]))
    the = expander.of_meaning(("the",))
    options += [(1 << place, the, proofs[place]) for place, word in enumerate(words) if word == ARTICLE]
    for place in range(len(words) - 1):
        pair = words[place : place + 2]
        if pair[0] == ARTICLE:
            options.append((3 << place, expander.with_article(pair[1]), bits[place] + bits[place + 1]))
        elif ARTICLE not in pair and all(ABJAD.search(word) for word in pair):
            options.append((3 << place, expander.of_abjad("".join(pair), ""), bits[place] + bits[place + 1]))
        elif pair[1] == ARTICLE and len(words) > place + 2 and len(pair[0]) > 1:
            # "Alam al-Huda" is Alamolhoda, "Zayn al-Din" Zeinoddin: the "l" becomes the letter after it.
            glued = [expander.of_abjad(article.join((pair[0], words[place + 2])), "") for article in (ARTICLE, "")]
            sure_ones = expander.strict(expander.either(glued))
            options.append((7 << place, sure_ones, bits[place] + bits[place + 2]))
    parts = [parts_of_abjad(word) for word in words]
    organisation = _is_organisation([*english, *(choices for several in parts for choices in several)])
    if organisation:
        options += _after_proclitics(words, english, proofs, expander)
    spelt = list(spelt_letters(words))
    options += _spelt(spelt, expander, rarity)
    # The article stands before every word of a translated name; that the list lacks it costs nothing.
    sure = [english_of_abjad(word, sure=True) for word in words]
    most = _MEANT_BITS_MAX if organisation else FOREIGN_BITS_MAX
    costs = [
        0.0 if word == ARTICLE else min(cost, most) if meant or several else cost
        for word, meant, several, cost in zip(words, sure, parts, _costs(bits, sure, rarity), strict=True)
    ]
    for place in range(titles_at_head(words)):
        costs[place] = min(costs[place], TITLE_BITS)
    for start, letters, _ in spelt:
        costs[start : start + len(letters)] = (min(cost, LETTER_BITS) for cost in costs[start : start + len(letters)])
    costs = _told_once(parts, english, costs)
    question = _question(*_in_parts(tokens, options, costs, parts, expander, rarity), exact_keys(plain, tokens))
    return replace(question, foreign=True)


def _after_proclitics(
    words: Sequence[str], english: Sequence[Sequence[str]], proofs: Sequence[float], expander: Expander
) -> Iterator[Option]:
    """Read the names of an organisation that "and" or "for" is written as one with: "Jammoul wa-Ayyad"."""
    for place, word in enumerate(words):
        if not english[place] and (rest := name_after_proclitics(word)):
            yield 1 << place, expander.of_abjad(rest, ""), proofs[place]


def _spelt(spelt: Iterable[Spelt], expander: Expander, rarity: Rarity) -> Iterator[Option]:
    """Read letters that are called by their names as an acronym, or as letters that the list parts."""
    for start, letters, spellings in spelt:
        acronym = expander.either(list(map(expander.exactly, spellings)))
        yield ((1 << len(letters)) - 1) << start, acronym, max(map(rarity.asked, spellings))
        for place, choices in enumerate(letters, start):
            yield 1 << place, expander.either(list(map(expander.exactly, choices))), LETTER_BITS


def _is_organisation(english: Sequence[Sequence[str]]) -> bool:
    """Say whether ordinary words of organisations' names are among these: surnames have a meaning too."""
    return any(not WORDS.organisation_words.isdisjoint(words) for words in english)
