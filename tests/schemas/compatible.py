"""Whether readers and writers built for a released schema still work with today's. Pure."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_TYPES = ("type", "format", "const", "pattern")


def breaks_readers(old: Json, new: Json) -> list[str]:
    """What a reader of the old schema would stumble over in new records, one sentence each.

    New fields and new words of an enumeration are announced as allowed (deploy/connect/README.md); a field that is
    gone, may now be absent or null, or is of another type, is not.
    """
    return _compare(_Side(old, old), _Side(new, new), "", reading=True)


def breaks_writers(old: Json, new: Json) -> list[str]:
    """What a record made for the old schema would be refused for by the new one, one sentence each."""
    return _compare(_Side(old, old), _Side(new, new), "", reading=False)


class _Side:
    """One schema, its references followed."""

    def __init__(self, root: Json, node: Json) -> None:
        self.root = root
        while "$ref" in node:
            node = root["$defs"][node["$ref"].removeprefix("#/$defs/")]
        self.node = node

    def at(self, node: Any) -> _Side:
        return _Side(self.root, node)

    def fields(self) -> Json:
        found: Json = self.node.get("properties", {})
        return found

    def choices(self) -> dict[str, _Side]:
        """The alternatives, by what tells them apart; a schema without alternatives is its only one."""
        written: list[Json] = self.node.get("anyOf") or self.node.get("oneOf") or [self.node]
        sides = [self.at(one) for one in written]
        return {str(one.node.get("title") or one.node.get("type") or ""): one for one in sides}


def _compare(old: _Side, new: _Side, path: str, *, reading: bool) -> list[str]:
    olds, news = old.choices(), new.choices()
    if len(olds) > 1 or len(news) > 1:
        return _compare_choices(olds, news, path, reading=reading)
    return [
        *_retyped(old, new, path),
        *_compare_words(old, new, path, reading=reading),
        *_compare_fields(old, new, path, reading=reading),
        *_compare_items(old, new, path, reading=reading),
    ]


def _compare_choices(olds: dict[str, _Side], news: dict[str, _Side], path: str, *, reading: bool) -> list[str]:
    """A reader must know every alternative that may come; a writer may still use every one it had."""
    extra = news.keys() - olds.keys() if reading else olds.keys() - news.keys()
    word = "may now also be" if reading else "may no longer be"
    said = [f"{path or '/'} {word} {name}" for name in sorted(extra)]
    for name in sorted(olds.keys() & news.keys()):
        said += _compare(olds[name], news[name], path, reading=reading)
    return said


def _retyped(old: _Side, new: _Side, path: str) -> list[str]:
    return [
        f"{path or '/'} had {key} {old.node.get(key)!r} and has {new.node.get(key)!r}"
        for key in _TYPES
        if old.node.get(key) != new.node.get(key)
    ]


def _compare_words(old: _Side, new: _Side, path: str, *, reading: bool) -> list[str]:
    gone = set(old.node.get("enum", ())) - set(new.node.get("enum", ()))
    if reading or "enum" not in new.node:
        return []
    return [f"{path or '/'} no longer takes {word!r}" for word in sorted(gone)]


def _compare_fields(old: _Side, new: _Side, path: str, *, reading: bool) -> list[str]:
    before, after = old.fields(), new.fields()
    said = [f"{path}/{name} is gone" for name in before if name not in after]
    must, musts = set(old.node.get("required", ())), set(new.node.get("required", ()))
    if reading:
        said += [f"{path}/{name} may now be absent" for name in sorted(must - musts) if name in after]
    else:
        said += [f"{path}/{name} is now required" for name in sorted(musts - must)]
    for name in before.keys() & after.keys():
        said += _compare(old.at(before[name]), new.at(after[name]), f"{path}/{name}", reading=reading)
    return sorted(said)


def _compare_items(old: _Side, new: _Side, path: str, *, reading: bool) -> list[str]:
    before, after = old.node.get("items"), new.node.get("items")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    return _compare(old.at(before), new.at(after), f"{path}[]", reading=reading)
