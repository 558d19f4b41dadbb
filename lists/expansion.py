"""One word of a payment to the listed words it may stand for, each with a similarity; worked out once per word."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

import numpy as np

from lists import abjad
from lists.abjad_typos import english_if_mistyped
from lists.derived import ordinals, places_of, short_forms
from lists.expanded import NOTHING, STRICT, Expansion, expansion_of, raise_to
from lists.learned import Learned
from lists.listed import initial_row
from lists.meanings import ENGLISH, FULL_WORDS, SAME_NAMES, english_forms, english_of, english_of_abjad
from lists.memory import MOST, Memory
from lists.near import Asked
from lists.parting import GLUED_ARTICLES, HALF_LETTERS, abjad_parts, two_in_one, without_glued
from lists.similarity import INITIAL_SIMILARITY, POWER, as_ordinary
from lists.sounds import abjad_keys, hidden_abjad_keys
from lists.spellings import other_spellings, romanisations
from lists.symbols import SIMILARITY, symbols
from lists.tables import LETTERS, NICKNAMES, WORDS
from lists.transcribed_sounds import brands_heard, heard, resembling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from lists.compiled import Engine
    from lists.rarity import Rarity
    from lists.vocabulary import Vocabulary


_LEET = str.maketrans("013457", "oieast")
_LEET_SHARE: Final = 0.95
_NICKNAME_SIMILARITY: Final = 0.86
_SHORT_SIMILARITY: Final = 0.88
_SAME_NAME_SIMILARITY: Final = 0.90
_FOREIGN_SIMILARITY: Final = 0.96
_RELATIVE_SIMILARITY: Final = 0.959
"""A little less: where two words of a name may mean one listed word, "sea" is the sea and not navigation."""
_ADJECTIVE_SIMILARITY: Final = 0.92
_COGNATE_LETTERS: Final = 7
_COGNATE_ALIKE: Final = 0.85
_SPELT_SHARE: Final = 0.98
_SPELT_ALIKE: Final = 0.80
_ONE_WORD: Final = 0.80
_GLUED_SIMILARITY: Final = 0.93
_ABJAD_SIMILAR: Final = 0.62
_ABJAD_MEANT: Final = 0.81
_ABJAD_BY_LETTERS: Final = {2: 0.70, 3: 0.80}
_ABJAD_LONG: Final = 0.86
_ABJAD_DOUBT: Final = 0.04
_ABJAD_LETTERS_MAX: Final = 24
"""No Arabic word of a name is longer, and working out how one may be spelt takes its time letter by letter."""
_SLIP_SHARE: Final = 0.9
_SLIP_LETTERS: Final = 5
_SLIP_CONSONANTS: Final = 4
_SLIP_KEYS: Final = 6
_LATIN_ARTICLES: Final = ("al", "el", "ol", "ul")
_HEBREW_AL: Final = "\u05d0\u05dc"
_HEBREW_GLUED: Final = 5
_CUT_WORD_MAX: Final = 200
_CUT_WHOLE_WORD_MAX: Final = 60
_CUT_WHOLE_WORD: Final = 0.9
_RECENT: Final = 1 << 13
"""Words whose meanings are kept beside those the sieves keep: what stands in a name soon stands in a text."""


class Expander:
    """Expansions against one vocabulary; bounded caches that never change an answer."""

    _raise = staticmethod(raise_to)

    def __init__(self, vocabulary: Vocabulary, rarity: Rarity, learned: Learned | None = None) -> None:
        self._vocabulary = vocabulary
        self._rarity = rarity
        self._learned = learned
        self._looked_up: dict[Asked, list[tuple[int, float]]] = {}
        self._recent = Memory(self._meant, _RECENT)
        self._words = Memory(self._of_word)
        self._joined = Memory(self._of_joined)
        self._initials = Memory(self._of_initial)
        self._full_names = Memory(self._of_full_name)
        # Asked a hundred times for each payment: a dictionary's own look-up is the cheapest call there is.
        self.of_word: Callable[[str], Expansion] = self._words.__getitem__
        self.of_joined: Callable[[str], Expansion] = self._joined.__getitem__
        self.of_foreign: Callable[[str], Expansion] = Memory(self._of_foreign).__getitem__
        self.of_spelt: Mapping[str, Callable[[str], Expansion]] = {
            script: Memory(functools.partial(self._of_spelt, script)).__getitem__ for script in LETTERS.spellings
        }
        self.of_meaning: Callable[[tuple[str, ...]], Expansion] = functools.lru_cache(MOST)(self._of_meaning)
        self.of_abjad: Callable[[str, str], Expansion] = functools.lru_cache(MOST)(self._of_abjad)
        self.abjad_halves: Callable[[str], tuple[str, ...]] = Memory(self._abjad_halves).__getitem__
        self.with_article: Callable[[str], Expansion] = Memory(self._with_article).__getitem__
        self.of_cut_word: Callable[[str], Expansion] = Memory(self._of_cut_word).__getitem__
        self.exactly: Callable[[str], Expansion] = Memory(self._exactly).__getitem__
        self.heard: Callable[[str], Expansion] = Memory(functools.partial(self._by_sound, heard)).__getitem__
        self.heard_brand: Callable[[str], Expansion] = Memory(
            functools.partial(self._by_sound, brands_heard)
        ).__getitem__
        self.sounding_like: Callable[[str], Expansion] = Memory(
            functools.partial(self._by_sound, resembling)
        ).__getitem__
        self.word: Callable[[int], str] = vocabulary.words.__getitem__
        self._cuts = Memory(self._halves)
        self.halves: Callable[[str], tuple[str, str] | None] = self._cuts.__getitem__
        self._splits = Memory(self._split)
        self.split: Callable[[str], tuple[str, str] | None] = self._splits.__getitem__

    def __reduce__(self) -> tuple[type[Expander], tuple[Vocabulary, Rarity, Learned]]:
        """Hand over what was worked out for whole words, in arrays; the rest is soon worked out again."""
        words = {word: expansion.similarity for word, expansion in self._words.items()}
        splits = {word: (len(split[0]), self.halves(word) is not None) for word, split in self._splits.items() if split}
        none = {word: (0, False) for word, split in self._splits.items() if not split}
        return Expander, (self._vocabulary, self._rarity, Learned.of(words, {**splits, **none}))

    @property
    def compiled_words(self) -> Engine | None:
        """The words it expands to, as the compiled core holds them; None where Python looks them up."""
        return self._vocabulary.compiled

    def look_up(self, words: Iterable[str], joined: Iterable[str]) -> None:
        """Look up the unknown words of a batch, and its neighbours written as one, together.

        Changes no answer: a word that was not looked up ahead is looked up when it is asked for.
        """
        asked = [Asked(word) for word in dict.fromkeys(words) if not (word in self._words or word in self._recent)]
        if self._learned is not None:
            asked = [one for one in asked if one.word not in self._learned.words]
        glued = [Asked(word, joined=True) for word in dict.fromkeys(joined) if word not in self._joined]
        found = self._vocabulary.near([*asked, *glued]) if asked or glued else []
        self._looked_up = dict(zip(asked, found, strict=False))
        for (word, _), near in zip(glued, found[len(asked) :], strict=True):
            self._joined.learn(word, expansion_of(dict(near)))

    def learn(self, words: Sequence[str]) -> None:
        """Work out ahead what these words may stand for, to be handed over."""
        self.look_up(words, ())
        for word in words:
            self.of_word(word)
            self.halves(word)

    def _halves(self, word: str) -> tuple[str, str] | None:
        """Cut a word that is two listed ones, "mohammedreza", unless it is more likely one word."""
        halves = self.split(word)
        if halves is None:
            return None
        if self._learned is not None and (known := self._learned.cut(word)):
            return halves if known[1] else None
        if not self.stands_for_a_word(word):
            return halves
        left, right = halves
        # Near a listed word, it must surely be two: both known, both long, or an article before the second.
        long_enough = min(len(left), len(right)) >= HALF_LETTERS or left in GLUED_ARTICLES
        return halves if long_enough and not self.knows(word) and all(map(self.knows, halves)) else None

    def knows(self, word: str) -> bool:
        """Say whether a listed name has this very word."""
        return word in self._vocabulary.ids

    def begins_a_word(self, word: str) -> bool:
        """Say whether a listed word begins so and goes on."""
        return bool(self._vocabulary.starting(word, 1))

    def stands_for_a_word(self, word: str) -> bool:
        """Say whether a word is listed, nearly listed, or ordinary in payments: then it is one word, not two."""
        best = max(self.of_word(word).similarity.values(), default=0.0)
        return best >= _ONE_WORD or self._rarity.is_ordinary(word)

    def _of_word(self, word: str) -> Expansion:
        return expansion_of(self._recent[word])

    def meant(self, word: str) -> Mapping[int, float]:
        """Give the similarities of `of_word`: for the sieves, which keep them themselves."""
        return self._words[word].similarity if word in self._words else self._recent[word]

    def remember(self, word: str, meant: dict[int, float]) -> None:
        """Take over what was found before, and kept elsewhere."""
        self._recent.learn(word, meant)

    def _meant(self, word: str) -> dict[int, float]:
        """Expand a word in Latin letters: spelling, sound, meaning, digits for letters, short forms, glued words."""
        if len(word) < 2:  # noqa: PLR2004 - a single letter is an initial, paired later
            return {}
        if self._learned is not None and (known := self._learned.similarity(word)) is not None:
            return known
        best = dict(self._near(Asked(word)))
        self._raise(best, self._by_meaning(word))
        if word in NICKNAMES:
            self._raise(best, self._as_nickname(word))
        if word in SAME_NAMES:
            self._raise(best, self._as(SAME_NAMES[word], _SAME_NAME_SIMILARITY))
        if word in FULL_WORDS:
            self._raise(best, self._as(FULL_WORDS[word], _SHORT_SIMILARITY))
        if english := english_of(word, foreign=False):
            self._raise(best, self._as(english, _FOREIGN_SIMILARITY))
        if not word.isalpha() and not word.isdigit():
            self._raise(best, self._digits_as_letters(word))
        if not self.knows(word):
            self._raise(best, short_forms(word, self._vocabulary.words, self._vocabulary.ordinary))
            self._raise(best, self._as(without_glued(word), _GLUED_SIMILARITY))
        return best

    def of_initial(self, letter: str) -> Expansion:
        """Expand a single letter: the matrix has a row for each, so that names it may stand in are looked at.

        It stands for no word by itself: compare.align pairs it with what the other words leave over.
        """
        return self._initials[letter]

    def _of_initial(self, letter: str) -> Expansion:
        row = initial_row(letter, len(self._vocabulary.words))
        return Expansion({}, np.array([row], np.int32), np.array([INITIAL_SIMILARITY**POWER], np.float32))

    def _of_joined(self, word: str) -> Expansion:
        """Expand two neighbouring words written as one: spelling and sound only."""
        return expansion_of(dict(self._near(Asked(word, joined=True))))

    def _of_abjad(self, word: str, folded: str) -> Expansion:
        """Expand an Arabic or Hebrew word: by its consonants, and listed names in its own script."""
        english = english_of_abjad(word)
        # "Company" is no name, whatever its consonants are like.
        named = WORDS.legal_forms.isdisjoint(english[:1])
        best = dict(self._near(Asked(folded))) if named and len(folded) > 1 else {}
        if named:
            # A word with a meaning is a name as well, if its letters say so: "Arab" is not Europe.
            least = _ABJAD_MEANT if english else _ABJAD_SIMILAR
            by_letters = self._by_consonants(word, english if english_of_abjad(word, sure=True) else ())
            self._raise(best, (found for found in by_letters if found[1] >= least))
        # Hebrew writes the Arabic article as one with its word.
        if named and len(word) >= _HEBREW_GLUED and word.startswith(_HEBREW_AL):
            self._raise(best, self._by_consonants(word[len(_HEBREW_AL) :]))
        self._raise(best, self._by_meaning(word))
        self._raise(best, self._meaning(english))
        if folded and not english:  # of two words read as one, or halves of one, that would be too much
            self._raise(best, self._mistyped(abjad.abjad_word(word)))
        return expansion_of(best)

    def _mistyped(self, word: str) -> Iterable[tuple[int, float]]:
        """Take an Arabic-script word nobody knows for what it is but for one letter."""
        yield from ((number, alike * _SLIP_SHARE) for number, alike in self._meaning(english_if_mistyped(word)))
        keys = [key for key in abjad_keys(word) if len(key) >= _SLIP_CONSONANTS and key.isascii()][:_SLIP_KEYS]
        for key, alike in self._vocabulary.near_consonants(keys) if len(word) >= _SLIP_LETTERS else ():
            for number in self._vocabulary.by_consonants[key] if len(key) >= _SLIP_CONSONANTS else ():
                likely = alike * _SLIP_SHARE - abjad.doubt_of(word, self._vocabulary.words[number])
                if likely >= _ABJAD_SIMILAR:
                    yield number, likely

    def _of_foreign(self, word: str) -> Expansion:
        """Expand a word of a text in Cyrillic or Greek: as any word, and without its ending."""
        english = english_of(word, foreign=True)
        best = as_ordinary(self.of_word(word).similarity) if english else dict(self.of_word(word).similarity)
        self._raise(best, self._meaning(english))
        self._raise(best, self._as(ordinals(word), _FOREIGN_SIMILARITY))
        self._raise(best, self._as_adjective(word))
        self._raise(best, self._as(romanisations(word), 1.0))
        if "yo" in word:  # mostly written without its dots
            self._raise(best, self.of_word(word.replace("yo", "e")).similarity.items())
        return expansion_of(best)

    def _of_spelt(self, script: str, word: str) -> Expansion:
        """Expand a word of a script that lacks letters: by its meaning; a name by all that its letters may spell."""
        best = dict(self.of_foreign(word).similarity)
        for spelt in () if english_of(word, foreign=True) else other_spellings(word, script):
            near = self.of_word(spelt).similarity.items()
            self._raise(best, ((number, alike * _SPELT_SHARE) for number, alike in near if alike >= _SPELT_ALIKE))
        return expansion_of(best)

    def _as_adjective(self, word: str) -> Iterable[tuple[int, float]]:
        """Take a Slavic adjective for the place it is made of: "tulskiy" is "of Tula"; long ones however spelt."""
        places, stem = places_of(word)
        yield from self._as(places, _ADJECTIVE_SIMILARITY)
        if stem:
            yield from ((number, _ADJECTIVE_SIMILARITY * alike) for number, alike in self._near(Asked(stem)))

    def _of_meaning(self, english: Sequence[str]) -> Expansion:
        """Expand one of the English words that a foreign word stands for."""
        return expansion_of(dict(self._meaning(english)))

    def _meaning(self, english: Iterable[str]) -> Iterable[tuple[int, float]]:
        """Take English words for themselves, their relatives, and words of other languages that are nearly the same.

        Lists name a party in many languages, and often not in English: "Federación", "Ministerium".
        """
        yield from self._as(english, _FOREIGN_SIMILARITY)
        yield from self._as((form for word in english for form in english_forms(word)), _RELATIVE_SIMILARITY)
        for word in english:
            for number, alike in self.of_word(word).similarity.items() if len(word) >= _COGNATE_LETTERS else ():
                if alike >= _COGNATE_ALIKE:
                    yield number, alike * _FOREIGN_SIMILARITY

    def _by_sound(self, hear: Callable[[str, Vocabulary], dict[int, float]], word: str) -> Expansion:
        return expansion_of(hear(word, self._vocabulary))

    def of_number(self, word: str) -> Expansion:
        """Expand a number in digits: lists have it as an ordinal, too."""
        return expansion_of(dict(self._as(ordinals(word), _FOREIGN_SIMILARITY)))

    def _exactly(self, word: str) -> Expansion:
        number = self._vocabulary.ids.get(word)
        return NOTHING if number is None else expansion_of({number: 1.0})

    def _of_cut_word(self, word: str) -> Expansion:
        return expansion_of(self.begun(word))

    def begun(self, word: str) -> dict[int, float]:
        """Give the similarities of `of_cut_word`: the last word of a field that was cut off, listed words begin so."""
        words = self._vocabulary.words
        whole = self.knows(word) or self._rarity.is_ordinary(word)
        found = self._vocabulary.starting(word, _CUT_WORD_MAX)
        if not found or (whole and len(found) > _CUT_WHOLE_WORD_MAX):
            return {}
        best = {number: max(0.70, min(0.90, len(word) / len(words[number]) + 0.1)) for number in found}
        return {number: alike * _CUT_WHOLE_WORD for number, alike in best.items()} if whole else best

    def _near(self, asked: Asked) -> list[tuple[int, float]]:
        found = self._looked_up.pop(asked, None)
        return self._vocabulary.near([asked])[0] if found is None else found

    def _by_meaning(self, word: str) -> Iterable[tuple[int, float]]:
        for symbol in symbols(word):
            for number in self._vocabulary.by_symbol.get(symbol, ()):
                yield number, SIMILARITY[symbol[0]]

    def _as(self, words: Iterable[str], alike: float) -> Iterable[tuple[int, float]]:
        """Take a word for these very words."""
        ids = self._vocabulary.ids
        return ((ids[word], alike) for word in words if word in ids)

    def _as_nickname(self, word: str) -> Iterable[tuple[int, float]]:
        """Take a short form for the full names it may stand for, however the list spells them."""
        return (listed for full in NICKNAMES.get(word, ()) for listed in self._full_names[full])

    def _of_full_name(self, full: str) -> list[tuple[int, float]]:
        return [(number, _NICKNAME_SIMILARITY * alike) for number, alike in self._near(Asked(full)) if alike >= STRICT]

    def _digits_as_letters(self, word: str) -> Iterable[tuple[int, float]]:
        letters = word.translate(_LEET)
        if letters == word:
            return ()
        return ((number, alike * _LEET_SHARE) for number, alike in self.of_word(letters).similarity.items())

    def _by_consonants(self, word: str, meant: Sequence[str] = ()) -> Iterable[tuple[int, float]]:
        """Take a word for those with its letters; if long or without meaning, by consonants; for no other's English."""
        if len(word) > _ABJAD_LETTERS_MAX:
            return
        doubt = _ABJAD_DOUBT if abjad.knows_letters(word) else 0.0
        by_letters = dict.fromkeys(_ABJAD_BY_LETTERS, doubt) if meant else _ABJAD_BY_LETTERS
        keys = [(key, by_letters.get(len(key), _ABJAD_LONG) - doubt) for key in abjad_keys(word)]
        for key, alone in (*keys, *((key, 0.0) for key in hidden_abjad_keys(word))):
            base = alone if len(key) > 1 else 0.0
            for number in self._vocabulary.by_consonants.get(key, ()):
                listed = self._vocabulary.words[number]
                if meant and listed in ENGLISH and listed not in meant and self._rarity.is_ordinary(listed):
                    continue  # "people" is not "maritime"
                alike = max(abjad.similarity(word, listed), base and base - abjad.doubt_of(word, listed))
                if alike >= _ABJAD_SIMILAR:
                    yield number, alike

    def _abjad_halves(self, word: str) -> tuple[str, ...]:
        head = abjad.given_name_at_head(word)
        return (head, *self.abjad_halves(word[len(head) :])) if head else abjad_parts(word, self._best_abjad)

    def _best_abjad(self, word: str) -> float:
        stem = abjad.without_article(word)
        if stem in abjad.LATIN_WORDS:
            return 1.0
        return max(self.of_abjad(stem, "").similarity.values(), default=0.0)

    def _with_article(self, word: str) -> Expansion:
        """Expand an Arabic word whose article a Latin name may write as one with it: "Albakr"."""
        best: dict[int, float] = {}
        by_consonants, words = self._vocabulary.by_consonants, self._vocabulary.words
        whole = abjad.ARTICLE + word
        keys = (*abjad_keys(whole), *hidden_abjad_keys(whole))
        for number in (number for key in keys for number in by_consonants.get(key, ())):
            listed = words[number]
            if listed.startswith(_LATIN_ARTICLES) and (alike := abjad.similarity(word, listed[2:])) >= _ABJAD_SIMILAR:
                best[number] = alike
        return expansion_of(best)

    def _split(self, word: str) -> tuple[str, str] | None:
        """Cut an unknown word into two listed ones, the cut that proves most; None where no cut proves enough."""
        if self._learned is not None and (known := self._learned.cut(word)):
            place = known[0]
            return (word[:place], word[place:]) if place else None
        return two_in_one(word, self._vocabulary, self._rarity)
