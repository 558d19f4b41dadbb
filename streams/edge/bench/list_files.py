"""Lists of invented names in OFAC's csv layout (sdn.csv, alt.csv, add.csv), with the lists.toml that declares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.edge.bench.invented import Invented

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PUBLISHED = "2026-11-02"
_SMALL_SHARE = 0.06  # of all names, on each list but the first
_NAMES_PER_ENTRY = 2.3  # as on the published OFAC list
_END = "\x1a"
_NOTHING = "-0- "


def write_lists(folder: Path, ids: Sequence[str], names: int, seed: int) -> None:
    """Write lists of about so many names in all: most on the first of the ids, some on each other one."""
    invented = Invented(seed)
    small = int(names * _SMALL_SHARE)
    declared = []
    for position, list_id in enumerate(ids):
        wanted = small if position else names - small * (len(ids) - 1)
        declared.append(_write_list(folder, list_id, wanted, invented))
    (folder / "lists.toml").write_text("\n".join(declared), encoding="utf-8")


def _write_list(folder: Path, list_id: str, names: int, invented: Invented) -> str:
    """The three files of one list, below a folder of its name; gives its table of lists.toml."""
    main: list[str] = []
    aliases: list[str] = []
    addresses: list[str] = []
    number = written = 0
    while written < names:
        number += 1
        row, known_as = _entry(number, invented)
        main.append(row)
        aliases += [f'{number},{len(aliases) + k},"aka","{name}",{_NOTHING}' for k, name in enumerate(known_as)]
        if invented.chance(0.7):
            addresses.append(f'{number},{number},"{invented.street()}","{invented.vessel()}","Panama",{_NOTHING}')
        written += 1 + len(known_as)
    (folder / list_id).mkdir(parents=True, exist_ok=True)
    for part, rows in (("sdn", main), ("alt", aliases), ("add", addresses)):
        text = "".join(f"{line}\r\n" for line in rows) + _END
        (folder / list_id / f"{part}.csv").write_text(text, encoding="ascii", newline="")
    files = ", ".join(f'"{list_id}/{part}.csv"' for part in ("sdn", "alt", "add"))
    return (
        f'[[list]]\nsource = "{list_id}"\nfiles = [{files}]\nformat = "ofac_csv"\npublished = "{PUBLISHED}"\n'
        f"minimum_entries = {number * 9 // 10}\nminimum_names = {written * 8 // 10}\n"
    )


def _entry(number: int, invented: Invented) -> tuple[str, list[str]]:
    """One row of sdn.csv, and the other names of the entry as alt.csv has them."""
    if invented.chance(0.45):
        given, family = invented.listed_person()
        name, kind = f"{family.upper()}, {' '.join(given).title()}", "individual"
        remarks = f"DOB {1940 + number % 60}; POB {invented.vessel()}; Passport {10_000_000 + number} (Panama)."
    elif invented.chance(0.85):
        name, kind = invented.listed_company().upper(), _NOTHING
        remarks = f"Tax ID No. {70_000_000 + number} (Panama)."
    else:
        name, kind, remarks = (
            invented.vessel().upper(),
            "vessel",
            f"Vessel Registration Identification IMO {number:07d}.",
        )
    shown = kind if kind == _NOTHING else f'"{kind}"'
    row = f'{number},"{name}",{shown},"BENCH",{",".join([_NOTHING] * 7)},"{remarks}"'
    return row, [_alias(name, invented) for _ in range(_alias_count(invented))]


def _alias_count(invented: Invented) -> int:
    """Half the entries have none, a few have many."""
    if invented.chance(0.45):
        return 0
    mean = (_NAMES_PER_ENTRY - 1) / 0.55
    return invented.number(1, round(2 * mean) - 1 if invented.chance(0.95) else round(5 * mean))


def _alias(name: str, invented: Invented) -> str:
    """Respelled, with a word less, or another name altogether."""
    family, comma, given = name.partition(", ")
    if not comma:
        return invented.respelled(name) if invented.chance(0.5) else invented.listed_company().upper()
    if " " in given and invented.chance(0.3):
        return f"{family}, {given.partition(' ')[0]}"
    if invented.chance(0.8):
        return f"{invented.respelled(family)}, {given if invented.chance(0.5) else invented.respelled(given)}"
    return f"{family}, {' '.join(invented.listed_person()[0]).title()}"
