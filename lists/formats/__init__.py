"""One published list format per file, all with parse(raw) -> Iterator[Entry]."""
