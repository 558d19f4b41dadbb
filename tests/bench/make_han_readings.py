"""Write lists/data/han_readings.tsv: how characters are read and what they mean, from Unicode's Unihan.

    apt-get install unicode-data
    python -m tests.bench.make_han_readings /usr/share/unicode

Unihan is Unicode's own (Unicode licence v3). Taken are the characters of GB 2312, which the engine's tables are written
in: Jyutping without tones, the first Sino-Japanese readings, the first Korean syllable, what is defined in one
English word; "-" where there is none.
"""

from __future__ import annotations

import argparse
import bz2
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Path(__file__).resolve().parents[2] / "lists" / "data" / "han_readings.tsv"
ON_READINGS = 2
NONE = "-"
WORDS = 5
TELLING_KINDS = """
adjunct animal bird certain character chinese class classical county cyclical etc family fish form insect interrogative
kind measure mountain name non numerary old part particle person place places plant prefix pronoun radical river same
simplified state suffix surname this tree type used variant various very word
"""
"""Words by which definitions tell what a character is, not what it means."""
LONG = (("OU", "O"), ("UU", "U"), ("OO", "O"))


def fields(path: Path) -> Iterator[tuple[str, str, str]]:
    """Character, field and value of each line of a file of Unihan."""
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                code, field, value = line.rstrip("\n").split("\t")
                yield chr(int(code.removeprefix("U+"), 16)), field, value


def hepburn(reading: str) -> str:
    """Write a Sino-Japanese reading as names are: long vowels short."""
    for long, short in LONG:
        reading = reading.replace(long, short)
    return reading.lower()


def english(definition: str) -> list[str]:
    """The meanings of a definition that are one word: "(a river); to reach, arrive at; intelligent"."""
    glosses = re.split(r"[;,]", re.sub(r"\([^)]*\)", "", definition.lower()))
    words = (re.sub(r"^(?:to|an?|the|be) ", "", gloss.strip()) for gloss in glosses)
    return [
        word for word in dict.fromkeys(words) if re.fullmatch("[a-z]{3,}", word) and word not in TELLING_KINDS.split()
    ][:WORDS]


def row(char: str, read: dict[str, str]) -> str:
    """The line of a character."""
    cantonese = re.sub("[1-6]", "", read.get("kCantonese", NONE).split()[0])
    japanese = ",".join(dict.fromkeys(map(hepburn, read.get("kJapaneseOn", NONE).split()[:ON_READINGS])))
    korean = read.get("kHangul", NONE)[:1]
    return "\t".join([char, cantonese, japanese, korean, ",".join(english(read.get("kDefinition", ""))) or NONE])


def main() -> None:
    """Read the files, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="with Unihan_Readings.txt.bz2 and Unihan_OtherMappings.txt.bz2")
    folder = parser.parse_args().folder
    if not (folder / "Unihan_Readings.txt.bz2").is_file():
        parser.error(
            f"{folder} has no Unihan_Readings.txt.bz2: give the folder of the Unihan files, /usr/share/unicode"
        )
    read: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for char, field, value in fields(folder / "Unihan_Readings.txt.bz2"):
        read[char][field] = value
    for char, field, value in fields(folder / "Unihan_Variants.txt.bz2"):
        if field == "kTraditionalVariant":
            # What a simplified character is not read as in Japan or Korea, its traditional form is.
            for other in (chr(int(code.removeprefix("U+"), 16)) for code in value.split()):
                for known, reading in read[other].items():
                    read[char].setdefault(known, reading)
                if other != char and (defined := read[other].get("kDefinition")):
                    read[char]["kDefinition"] = f"{read[char]['kDefinition']}; {defined}"
    simplified = sorted({char for char, field, _ in fields(folder / "Unihan_OtherMappings.txt.bz2") if field == "kGB0"})
    lines = [row(char, read[char]) for char in simplified if read[char]]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(lines):,} characters")


if __name__ == "__main__":
    main()
