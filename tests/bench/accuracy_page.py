"""The report of `make accuracy` as a page that is kept: lists/ACCURACY.md."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PAGE = Path(__file__).resolve().parents[2] / "lists" / "ACCURACY.md"

ABOUT = {
    "abbrev": "company words abbreviated",
    "concat": "two words without the blank",
    "diacritics": "accents that are not there",
    "drop": "a middle word left out",
    "evasion": "look-alike letters, digits, invisible characters, letters apart",
    "exact": "the very name in capitals",
    "initial": "given names cut to initials",
    "legal_form": "another legal form, one more or none",
    "nickname": "a given name by its short form",
    "noise_org": "words after a company's name",
    "noise_person": "titles and bank words around a person's name",
    "nonlatin_arab": "real: persons in Arabic script, held out",
    "nonlatin_arab_org": "real: organisations in Arabic script, held out; often translations",
    "nonlatin_cjk": "real: persons in Chinese, Japanese, Korean, held out",
    "nonlatin_cjk_org": "real: organisations in Chinese, Japanese, Korean, held out",
    "nonlatin_cyr": "real: persons in Cyrillic, held out",
    "nonlatin_cyr_org": "real: organisations in Cyrillic, held out; translations, acronyms",
    "nonlatin_oth": "real: persons in other scripts, held out",
    "nonlatin_oth_org": "real: organisations in other scripts, held out",
    "phonetic": "two sounds written as heard",
    "reorder": "words in another order",
    "split": "a blank inside a word",
    "translit": "two or three sounds in another romanisation",
    "translit+drop": "that, and a word left out",
    "translit_real": "real: another transliteration of a listed person, held out",
    "truncate": "cut at the end of a line",
    "typo+legal": "a typing error and another legal form",
    "typo+noise": "a typing error, and words around",
    "typo+reorder": "a typing error and another order",
    "typo1": "one typing error",
    "typo2": "two typing errors",
    "vessel_typo": "one typing error in the name of a ship or aircraft",
}


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterable[str]:
    heads = list(heads)
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _head(report: Mapping[str, Any]) -> Iterable[str]:
    yield "# What the screening engine finds"
    yield ""
    yield "Generated: `make accuracy` prints this and writes it anew. It needs the real lists of `../shared`."
    yield ""
    yield f"Workload `{report['workload']}`, engine `{report['engine']}`: another hash, other figures. A test"
    yield "compares the engine's (tests/lists/test_accuracy_page.py); a run prints both."
    yield ""
    yield (
        f"{report['half'].title()} half: {report['list_names']:,} listed names of {report['list_entries']:,} entries "
        f"(OFAC, UN, a third of the EU's); {report['clean_latin']:,} clean Latin names set the thresholds."
    )
    yield "A listed name counts as found when its own entry reaches the threshold; weights are tuned on the other half."
    yield ""


def _recall(report: Mapping[str, Any]) -> Iterable[str]:
    yield "## Recall by alert rate"
    yield ""
    heads = ("alerts per 1,000 clean", "threshold", "recall", "mean of classes", "other scripts", "brute force",
             "recombined listed names that alert, of 1,000", "clean names in other scripts, of 1,000")  # fmt: skip
    pairs = zip(report["recall"], report["brute_force"], strict=True)
    yield from _table(
        heads,
        (
            (
                f"{ours['alerts_per_thousand']}", f"{ours['threshold']:.3f}", f"{ours['micro']:.3f}",
                f"{ours['macro']:.3f}", f"{ours['non_latin']:.3f}", f"{brute['micro']:.3f}",
                f"{ours['hard_per_thousand']:.0f}", f"{ours['non_latin_clean_per_thousand']:.0f}",
            )
            for ours, brute in pairs
        ),
    )  # fmt: skip
    yield "Brute force is rapidfuzz's `token_sort_ratio`, in Latin letters, at its own threshold for the same rate."
    yield ""


def _peers(report: Mapping[str, Any]) -> Iterable[str]:
    if not report["peers"]:
        return
    yield "## Beside other scorers, at 5 alerts per 1,000 clean Latin names"
    yield ""
    five = next(row for row in report["recall"] if row["alerts_per_thousand"] == 5)
    brute = next(row for row in report["brute_force"] if row["alerts_per_thousand"] == 5)
    speed = report["speed"]
    rows = [("this engine", five, report["clean_latin"], speed["names_per_second_cold"])]
    rows.append(("rapidfuzz token_sort_ratio", brute, report["clean_latin"], speed["brute_force_names_per_second"]))
    rows += [
        (peer["scorer"], peer, peer["clean"], peer["names_per_second"])
        for peer in report["peers"]
        if "note" not in peer
    ]
    yield from _table(
        ("scorer", "recall", "mean of classes", "clean names asked", "names/s of one core"),
        (
            (name, f"{row['micro']:.3f}", f"{row['macro']:.3f}", f"{clean:,}", f"{speed:,.0f}")
            for name, row, clean, speed in rows
        ),
    )
    yield "Slow scorers are asked fewer clean names. logic-v2 is asked 1,200 distorted names, and compares a clean name"
    yield "only with the 30 entries whose names are most like it: its recall is rather too high than too low."
    yield from ("", *(peer["note"] for peer in report["peers"] if "note" in peer), "")


def _classes(report: Mapping[str, Any]) -> Iterable[str]:
    yield "## Recall by class, at 5 alerts per 1,000 clean Latin names"
    yield ""
    yield from _table(
        ("class", "what happened to the name", "names", "engine", "brute force"),
        (
            (kind, ABOUT.get(kind, ""), f"{row['names']:.0f}", f"{row['recall']:.3f}", f"{row['brute_force']:.3f}")
            for kind, row in report["classes"].items()
        ),
    )


def _wider(report: Mapping[str, Any]) -> Iterable[str]:
    yield "## Names in other scripts, a wider set"
    yield ""
    yield "Some classes above are too small for a figure. These names stand in the rest of the EU's list, the French"
    yield "register and Ukraine's list; what has to do with a name asked above is left out. Half of the entries were"
    yield "looked at when vocabulary was written: the figures are of the others, at the same threshold. `_typo`: the"
    yield "same names with one letter wrong (other dots, one lost or doubled, two changed about)."
    yield ""
    rows = report["wider"].items()
    yield from _table(
        ("class", "names", "engine"),
        ((kind, f"{row['names']:,}", f"{row['recall']:.3f}") for kind, row in rows),
    )


def _organisations(report: Mapping[str, Any]) -> Iterable[str]:
    yield "## Honest organisations in other scripts"
    yield ""
    yield "Invented customers of banks (tests/bench/clean_organisations.toml), at the same threshold: how many of 1,000"
    yield "alert. One half was looked at when rules were weighed, the other never. Some share their whole name with"
    yield f"somebody listed, in translation; {report['organisations']['listed']} that do so word for word are left out."
    yield ""
    yield from _table(
        ("script", "names never looked at", "alerts of 1,000", "names looked at", "alerts of 1,000"),
        (
            (script, f"{row['names_unseen']:,}", f"{row['unseen']:.0f}", f"{row['names_seen']:,}", f"{row['seen']:.0f}")
            for script, row in report["organisations"]["scripts"].items()
        ),
    )


def _rest(report: Mapping[str, Any]) -> Iterable[str]:
    text, un, speed = report["text"], report["un"], report["speed"]
    yield "## Texts, the UN's people, speed"
    yield ""
    kinds = ", ".join(f"{kind.removeprefix('planted_')} {share:.3f}" for kind, share in text["by_class"].items())
    yield f"- Names in texts: {text['micro']:.3f} at 5 alerts per 1,000 of {text['texts']:,} clean texts (threshold"
    yield f"  {text['threshold']:.3f}): {kinds}."
    yield f"- {un['names']} names of the UN: as they stand {un['untreated']:.3f}, with one distortion each"
    yield f"  {un['treated']:.3f}, at the name threshold of 5 per 1,000."
    yield f"- {speed['names_per_second_cold']:,.0f} names/s of one core, cold; index in {speed['build_s']:.1f} s,"
    yield f"  {speed['memory_mb']:,.0f} MB with lists and index. Speeds vary with the machine; `make bench` has more."


def page(report: Mapping[str, Any]) -> str:
    """Write the report as Markdown."""
    parts = (_head, _recall, _peers, _classes, _wider, _organisations, _rest)
    return "\n".join(line for part in parts for line in part(report)) + "\n"
