"""Write lists/data/background.tsv: how often words occur in the names and texts of an ordinary bank's payments.

    python -m tests.bench.make_background

No bank's data: given names and surnames come from Faker's person providers (MIT licence; weighted where Faker has
weights), the words of companies and of payment references from background_words.toml beside this file. A locale
weighs as many payments as TRAFFIC says, an assumption about a bank in western Europe. The same versions give the same
table.
"""

from __future__ import annotations

import importlib
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lists.names import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAMES = 1_000_000
"""The counts are of so many imagined names."""

COMPANIES = 0.30
"""Share of names that are companies'."""

TRAFFIC = {
    "fr_FR": 18, "de_DE": 12, "en_GB": 10, "it_IT": 8, "es_ES": 8, "nl_NL": 6, "en_US": 8, "pt_PT": 4, "pl_PL": 4,
    "fr_BE": 2, "nl_BE": 3, "de_AT": 2, "de_CH": 2, "fr_CH": 1, "ro_RO": 3, "hu_HU": 2, "cs_CZ": 2, "sk_SK": 1,
    "sv_SE": 2, "no_NO": 1, "da_DK": 2, "fi_FI": 1, "hr_HR": 1, "sl_SI": 1, "bg_BG": 1, "el_GR": 1, "lt_LT": 1,
    "lv_LV": 1, "et_EE": 1, "ga_IE": 1, "tr_TR": 4, "en_IN": 3, "pt_BR": 2, "es_MX": 2, "es_CO": 1, "es_AR": 1,
    "es_CL": 1, "id_ID": 1, "vi_VN": 1, "en_NZ": 1, "en_PK": 1, "ar_AA": 2, "fa_IR": 1, "he_IL": 1, "ru_RU": 2,
    "uk_UA": 2, "zh_CN": 1, "zh_TW": 1, "ko_KR": 1, "ja_JP": 1, "hi_IN": 1, "th_TH": 1, "ka_GE": 1, "hy_AM": 1,
    "az_AZ": 1, "sq_AL": 1, "fr_DZ": 1, "ar_PS": 1, "ar_SA": 1, "yo_NG": 1, "en_NG": 1,
}  # fmt: skip

TIERS = (0.04, 0.015, 0.006, 0.002, 0.0008)
"""Share of company names that hold a word, by the tier it stands in."""

REAL_LIST = 20
"""A shorter list is Faker's placeholder ("Doe"), not a locale's names."""

WORDS = Path(__file__).with_name("background_words.toml")
TARGET = Path(__file__).resolve().parents[2] / "lists" / "data" / "background.tsv"


def shares(provider: Any, attributes: Iterable[str]) -> Mapping[str, float]:
    """Share of each name among those of the first attribute that the provider has."""
    found = [values for name in attributes if len(values := getattr(provider, name, ())) >= REAL_LIST]
    if not found:
        return {}
    weights = found[0] if isinstance(found[0], Mapping) else dict.fromkeys(found[0], 1.0)
    total = sum(weights.values())
    return {str(name): float(weight) / total for name, weight in weights.items()}


def both(provider: Any, kind: str) -> Mapping[str, float]:
    """Shares of names, half male and half female where the provider parts them."""
    halves = [shares(provider, (f"{kind}_{sex}", f"{kind}_{sex}_est")) for sex in ("male", "female")]
    if not all(halves):
        return shares(provider, (kind, f"{kind}_male", f"{kind}_female"))
    mixed: Counter[str] = Counter()
    for half in halves:
        for name, share in half.items():
            mixed[name] += share / 2  # type: ignore[assignment]  # a Counter of shares
    return mixed


def person_words(locale: str) -> Iterator[tuple[str, float]]:
    """Each word of given names and surnames with its share."""
    try:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    except ModuleNotFoundError:
        return
    for kind in ("first_names", "last_names"):
        for name, share in both(provider, kind).items():
            for word in set(tokenize(name)):
                yield word, share


def main() -> None:
    """Write the table."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    people = NAMES * (1 - COMPANIES) / sum(TRAFFIC.values())
    for locale, weight in TRAFFIC.items():
        for word, share in person_words(locale):
            counts[word] += share * weight * people  # type: ignore[assignment]  # rounded below
    for tier, share in enumerate(TIERS, start=1):
        for word in dict.fromkeys(tokenize(words["company"][f"tier{tier}"])):
            counts[word] += share * NAMES * COMPANIES  # type: ignore[assignment]  # same
    in_texts = {word for text in words["text"].values() for word in tokenize(text)}
    rows = [(word, round(counts.get(word, 0))) for word in sorted({*counts, *in_texts})]
    lines = [f"{word}\t{count}\t{int(word in in_texts)}" for word, count in rows if count or word in in_texts]
    TARGET.write_text("\n".join([f"names\t{NAMES}", *lines, ""]), encoding="utf-8")
    print(f"{len(lines)} words, {len(in_texts)} of them ordinary in texts, to {TARGET}")


if __name__ == "__main__":
    main()
