"""Write lists/data/symbols.tsv.gz: whose name a word can be, which place, which trade, from rigour's own tables.

    pip download --no-deps --no-binary rigour rigour==2.6.1 && tar xzf rigour-2.6.1.tar.gz
    python -m tests.bench.make_symbols rigour-2.6.1/rust/data

rigour (MIT licence, OpenSanctions Datenbanken GmbH; the items are Wikidata's, CC0) spends six seconds and 240 MB on
these tables in every process that asks it for a person's name. What the engine can ask of them are single words in
Latin letters, or in Arabic or Hebrew ones; of names, those whose item has another Latin spelling.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from rigour.names import NameTypeTag, analyze_names, tokenize_name

from lists.symbols import SIMILARITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lists.symbols import Symbol

TARGET = Path(__file__).resolve().parents[2] / "lists" / "data" / "symbols.tsv.gz"

LATIN = re.compile(r"[a-z0-9]+")
ASKED = re.compile(r"[a-z0-9]+|[\u0590-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc]+")


def rigour_symbols(word: str) -> tuple[Symbol, ...]:
    """What rigour itself says of one word, as a person's name and as an organisation's."""
    found = {
        (span.symbol.category.value, str(span.symbol.id))
        for tag in (NameTypeTag.PER, NameTypeTag.ORG)
        for name in analyze_names(tag, [word], phonetics=False, rewrite=False)
        for span in name.spans
    }
    return tuple(sorted(symbol for symbol in found if symbol[0] in SIMILARITY))


def spellings(folder: Path) -> Iterator[str]:
    """Every spelling of rigour's tables that the engine may ask for; some come twice."""
    for line in (folder / "names" / "person_names.txt").read_text(encoding="utf-8").splitlines():
        yield from line.partition(" => ")[0].split(", ")
    tables: dict[str, dict[str, list[str]]] = json.loads(
        (folder / "names" / "symbols.json").read_text(encoding="utf-8")
    )
    for table in tables.values():
        for forms in table.values():
            yield from forms
    for line in (folder / "territories" / "data.jsonl").read_text(encoding="utf-8").splitlines():
        place = json.loads(line)
        yield from (place["name"], place.get("full_name") or "", *place.get("names_strong", ()))


def useful(words: Iterable[str]) -> Mapping[str, Sequence[Symbol]]:
    """The symbols of each word that can make it meet another: names that no other word has, or no Latin one, cannot."""
    known = {word: rigour_symbols(word) for word in sorted(set(words))}
    all_words = Counter(symbol for symbols in known.values() for symbol in symbols)
    latin_words = Counter(symbol for word, symbols in known.items() if LATIN.fullmatch(word) for symbol in symbols)
    met = {symbol for symbol, words in all_words.items() if symbol[0] != "NAME" or (words > 1 and latin_words[symbol])}
    kept = {word: [symbol for symbol in symbols if symbol in met] for word, symbols in known.items()}
    return {word: symbols for word, symbols in kept.items() if symbols}


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    words = (tokenize_name(form.casefold()) for form in spellings(folder))
    table = useful(word[0] for word in words if len(word) == 1 and ASKED.fullmatch(word[0]))
    head = (
        f"!\tfrom rigour {version('rigour')} (MIT licence, OpenSanctions Datenbanken GmbH); items of Wikidata (CC0)\n"
    )
    rows = (f"{word}\t{' '.join(f'{kind}:{item}' for kind, item in symbols)}\n" for word, symbols in table.items())
    packed = gzip.compress((head + "".join(rows).replace("NAME:", "")).encode(), compresslevel=9, mtime=0)
    TARGET.write_bytes(packed)
    print(f"{len(table):,} words, {len(packed):,} bytes")


if __name__ == "__main__":
    main()
