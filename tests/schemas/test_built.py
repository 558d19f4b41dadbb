from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from schemas import built as module
from schemas.built import Built, built, of_these_sources

if TYPE_CHECKING:
    from types import ModuleType

    import pytest


def test_a_module_of_other_sources_is_not_used() -> None:
    assert of_these_sources(SimpleNamespace(SOURCES="1234abcd"), "1234abcd")
    assert of_these_sources(SimpleNamespace(SOURCES="1234abcd"), "")
    assert not of_these_sources(SimpleNamespace(SOURCES="1234abcd"), "other")
    assert not of_these_sources(SimpleNamespace(), "1234abcd")


def test_what_was_not_built_is_answered_by_its_twin() -> None:
    assert built("schemas.compiled", "_nothing") == Built(None, "python")


def test_what_was_built_is_used_and_a_stale_build_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made = SimpleNamespace(SOURCES=module.sources("schemas.compiled"))
    monkeypatch.setattr(module, "find_spec", lambda _: True)
    monkeypatch.setattr(module, "import_module", lambda _: made)
    assert built("schemas.compiled", "_core") == Built(cast("ModuleType", made), "compiled")
    made.SOURCES = "1234abcd"
    assert built("schemas.compiled", "_core") == Built(None, "python: stale build")


def test_a_folder_without_sources_has_no_checksum() -> None:
    assert module.sources("schemas.information") == ""
    assert len(module.sources("schemas.compiled")) == 8
