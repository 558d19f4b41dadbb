"""payment-filter screen: the best listed entries for names, with every comparison piece by piece."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from lists.entry import EntryKind
from streams.cli.common import (
    DEFAULT_LISTS,
    DEFAULT_POLICY,
    JsonOption,
    ListsOption,
    PolicyOption,
    Refusal,
    batches,
    index_at,
    policy_at,
    read_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lists.index import Hit, Index
    from schemas.finding import Piece

app = typer.Typer(add_completion=False)
BATCH = 384


class QueryKind(StrEnum):
    """What is screened. A person is not compared with vessels and aircraft; a text is searched for names inside it."""

    PERSON = "person"
    ORGANISATION = "organisation"
    VESSEL = "vessel"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Query:
    """One name to screen."""

    id: str
    name: str
    kind: QueryKind | None = None


@app.command()
def screen(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME…", help="Names to screen.")] = None,
    file: Annotated[str, typer.Option(help="CSV with columns id, name, kind; - for standard input.")] = "",
    kind: Annotated[QueryKind | None, typer.Option(help="What the names are.")] = None,
    threshold: Annotated[
        float | None, typer.Option(min=0, max=1, help="Lowest score shown; default: the policy's.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="At most so many entries per name.")] = 5,
    policy: PolicyOption = DEFAULT_POLICY,
    lists: ListsOption = DEFAULT_LISTS,
    json: JsonOption = False,
) -> None:
    """Find the best listed entries for NAME… or for the names of a CSV file."""
    queries = [Query(str(number), name, kind) for number, name in enumerate(names or [], start=1)]
    queries += _from_csv(file, kind) if file else []
    if not queries:
        raise Refusal("no name to screen: give NAME… or --file CSV")
    rules = policy_at(policy).screening
    index = index_at(lists)
    floors = (threshold or rules.name_threshold, threshold or rules.text_threshold)
    for batch in batches(queries, BATCH, "names"):
        for query, hits in _search(batch, index, floors):
            _print_json(query, hits[:top]) if json else _print(query, hits[:top])


def _from_csv(path: str, kind: QueryKind | None) -> list[Query]:
    text = read_bytes(path).decode("utf-8-sig", errors="replace")
    reader = csv.DictReader(io.StringIO(text))
    if "name" not in (reader.fieldnames or []):
        raise Refusal(f"{path}: the first line must name the columns id, name, kind; there is no column 'name'")
    return [_row(path, number, row, kind) for number, row in enumerate(reader, start=1)]


def _row(path: str, number: int, row: dict[str, str], kind: QueryKind | None) -> Query:
    said = (row.get("kind") or "").strip().lower()
    if said and said not in set(QueryKind):
        raise Refusal(f"{path} row {number}: kind {said!r} is not one of {', '.join(QueryKind)}")
    return Query(row.get("id") or str(number), row["name"] or "", QueryKind(said) if said else kind)


def _search(queries: Sequence[Query], index: Index, floors: tuple[float, float]) -> Iterator[tuple[Query, list[Hit]]]:
    """Each query with its hits, in the order asked; names and texts are searched in one call each."""
    names = [query for query in queries if query.kind is not QueryKind.TEXT]
    texts = [query for query in queries if query.kind is QueryKind.TEXT]
    found = dict(zip(names, index.search([query.name for query in names], floors[0]), strict=True))
    found |= dict(zip(texts, index.search_texts([query.name for query in texts], floors[1]), strict=True))
    for query in queries:
        yield query, [hit for hit in found[query] if _comparable(query, hit)]


def _comparable(query: Query, hit: Hit) -> bool:
    return query.kind is not QueryKind.PERSON or hit.entry.kind not in {EntryKind.VESSEL, EntryKind.AIRCRAFT}


def _print_json(query: Query, hits: Sequence[Hit]) -> None:
    candidates = [_candidate(hit) for hit in hits]
    line = orjson.dumps({"id": query.id, "name": query.name, "candidates": candidates})
    sys.stdout.buffer.write(line + b"\n")


def _candidate(hit: Hit) -> dict[str, Any]:
    return {
        "reference": hit.entry.reference,
        "list": hit.entry.list,
        "entry_name": hit.entry.name,
        "matched_name": hit.name.text,
        "strength": hit.name.strength,
        "kind": hit.entry.kind,
        "score": hit.score,
        "method": hit.method,
        "span": hit.span,
        "pieces": [asdict(piece) for piece in hit.pieces],
    }


def _print(query: Query, hits: Sequence[Hit]) -> None:
    print(f"\n{query.name}")
    if not hits:
        print("  nothing listed resembles this at the threshold")
    for hit in hits:
        alias = "" if hit.name.text == hit.entry.name else f", as {hit.name.text!r} ({hit.name.strength} alias)"
        print(f"  {hit.score:.3f}  {hit.entry.name}  [{hit.entry.list} {hit.entry.reference}, {hit.entry.kind}{alias}]")
        for piece in hit.pieces:
            print(f"         {piece_line(piece)}")


def piece_line(piece: Piece) -> str:
    """One step of a comparison, as a person reads it. What stands in brackets weighs the whole, not a word."""
    worth = f"{piece.points:+.1f} points"
    if piece.query and piece.listed:
        return f"{piece.query} ~ {piece.listed}: {piece.similarity:.2f} alike, {piece.bits:.1f} bits, {worth}"
    said = piece.query or piece.listed
    if said.startswith("("):
        return f"{said.strip('()')}: {worth}"
    where = "the payment has more" if piece.query else "the payment lacks"
    return f"{where}: {said}, {piece.bits:.1f} bits, {worth}"
