"""Writes the samples of the demo: invented lists in official layouts, invented payments in every format.

python deploy/samples/generate.py           write lists/ and payments/ beside this file
python deploy/samples/generate.py --check   exit 1 if what stands there is not what would be written

Everything is drawn by label (make/dice.py): the same files on every machine, and one more sample changes no other.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))  # run as a file: the project's own folder is not on the path

from deploy.samples.make import eu, ofac, un  # noqa: E402 - after the path is set
from deploy.samples.make.listed import CONS, EU, SDN, UN, Listed, everyone  # noqa: E402 - same
from deploy.samples.make.payments import payment_files  # noqa: E402 - same

PUBLISHED = "2026-11-02"
_LISTS_TOML = """\
# What the invented lists beside this file are, and how much they must hold (lists/README.md describes the form).
"""


def list_files() -> dict[str, bytes]:
    """Path below samples/ and content of every list file."""

    def on(name: str) -> list[Listed]:
        return [one for one in everyone() if name in one.lists]

    files = {f"lists/ofac/{name}": content for name, content in ofac.csv_files(on(SDN)).items()}
    files["lists/ofac/consolidated.xml"] = ofac.legacy_xml(on(CONS), "11/02/2026")
    files["lists/un/consolidated.xml"] = un.xml_file(on(UN), f"{PUBLISHED}T06:00:00.000Z")
    files["lists/eu/xmlFullSanctionsList_1_1.xml"] = eu.xml_file(on(EU), f"{PUBLISHED}T06:00:00.000+01:00")
    tables = [
        _table("OFAC_SDN", ["ofac/sdn.csv", "ofac/alt.csv", "ofac/add.csv"], on(SDN)),
        _table("OFAC_NON_SDN", ["ofac/consolidated.xml"], on(CONS)),
        _table("UN", ["un/consolidated.xml"], on(UN)),
        _table("EU", ["eu/xmlFullSanctionsList_1_1.xml"], on(EU)),
    ]
    files["lists/lists.toml"] = "\n".join([_LISTS_TOML, *tables]).encode()
    return files


def _table(source: str, files: list[str], entries: list[Listed]) -> str:
    """One list of lists.toml; the minimum is nine tenths of what is there, the bound of real lists."""
    names = sum(1 + len(one.aliases) + len(one.weak) for one in entries)
    quoted = ", ".join(f'"{name}"' for name in files)
    return (
        f'[[list]]\nsource = "{source}"\nfiles = [{quoted}]\npublished = "{PUBLISHED}"\n'
        f"minimum_entries = {len(entries) * 9 // 10}\nminimum_names = {names * 9 // 10}\n"
    )


def everything() -> dict[str, bytes]:
    """Path below samples/ and content of every generated file."""
    return list_files() | payment_files()


def _present() -> set[str]:
    found = (path for folder in ("lists", "payments") for path in (HERE / folder).rglob("*") if path.is_file())
    return {path.relative_to(HERE).as_posix() for path in found}


def differences(files: dict[str, bytes]) -> list[str]:
    """What stands on disk and is not what would be written: missing, different or left over; one sentence each."""
    present = _present()
    stale = (name for name in sorted(present & files.keys()) if (HERE / name).read_bytes() != files[name])
    changed = [f"{name}: is not what the generator writes" for name in stale]
    missing = [f"{name}: is missing" for name in sorted(files.keys() - present)]
    left = [f"{name}: is no longer written by the generator" for name in sorted(present - files.keys())]
    return missing + changed + left


def write(files: dict[str, bytes]) -> None:
    """Write all files, and take away what an earlier generator left."""
    for name in _present() - files.keys():
        (HERE / name).unlink()
    for name, content in files.items():
        (HERE / name).parent.mkdir(parents=True, exist_ok=True)
        (HERE / name).write_bytes(content)


def main() -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(description="Write the invented samples of the demo.")
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 if a file is not up to date")
    check = parser.parse_args().check
    files = everything()
    if not check:
        write(files)
        print(f"{len(files)} sample files, {sum(map(len, files.values())) / 1e6:.1f} MB, in {HERE}")
        return 0
    problems = differences(files)
    for problem in problems[:20]:
        print(f"deploy/samples/{problem}", file=sys.stderr)
    if problems:
        print(f"{len(problems)} sample files are not up to date: run `make generate`", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
