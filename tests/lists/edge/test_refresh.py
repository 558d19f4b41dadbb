"""Lists from a real HTTPS publisher: what is sound is taken; whatever is broken leaves the edition in use serving."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lists.edge import store as stores
from lists.edge.download import Downloader, Limits
from lists.edge.editions import Renewal, load
from lists.edge.freshness import freshness
from lists.edge.refresh import refresh
from lists.edge.sources import Minimum, sources
from lists.edge.whole_edition import check_edition
from lists.entry import ListRefused
from lists.policy import ListRule, ScreeningPolicy
from tests.lists.edge.publisher import Answer, Publisher, publisher

if TYPE_CHECKING:
    from collections.abc import Iterator

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SAMPLES = Path(__file__).resolve().parents[3] / "deploy" / "samples" / "lists"
EU = (SAMPLES / "eu" / "xmlFullSanctionsList_1_1.xml").read_bytes()
UN = (SAMPLES / "un" / "consolidated.xml").read_bytes()
RULES = ScreeningPolicy(lists={"EU": ListRule(max_age_hours=24), "UN": ListRule(max_age_hours=24)})
EU_SOURCE = replace(sources()["EU"], minimum=(Minimum(10, 20),), maximum_published_days=60)
UN_SOURCE = replace(sources()["UN"], minimum=(Minimum(10, 20),))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Publisher]:
    with publisher(tmp_path) as made:
        yield made


class Bank:
    """A bank that takes two lists from one publisher into its store."""

    def __init__(self, site: Publisher, folder: Path) -> None:
        self.site = site
        self.store = folder / "store"
        limits = Limits(bytes=2_000_000, seconds=20, silence_seconds=2, tries=2, pause=0.01)
        self.downloader = Downloader(self.store / "downloads", limits, site.authorities)
        self.eu = replace(EU_SOURCE, addresses=(f"{site.address}/eu/content",))
        self.publish(EU, UN)

    def publish(self, eu: bytes, un: bytes) -> None:
        self.site.gives("/eu/content", Answer(eu))
        self.site.gives("/un.xml", Answer(un, headers={"ETag": f'"{hashlib.sha256(un).hexdigest()}"'}))

    def refresh(self, hours: float = 0) -> Renewal:
        un = replace(UN_SOURCE, addresses=(f"{self.site.address}/un.xml",))
        return refresh(
            [self.eu, un],
            self.store,
            max_drop=0.1,
            downloader=self.downloader,
            check=lambda new, old: check_edition(new, old, RULES),
            now=NOON + timedelta(hours=hours),
        )


@pytest.fixture
def bank(site: Publisher, tmp_path: Path) -> Bank:
    return Bank(site, tmp_path)


def zipped(raw: bytes, name: str = "list.xml") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, raw)
    return packed.getvalue()


def half(raw: bytes) -> bytes:
    head, *entries = raw.split(b"</sanctionEntity>")
    kept = [head, *entries]
    return b"</sanctionEntity>".join([*kept[: len(kept) // 2], kept[-1]])


def garbled(raw: bytes) -> bytes:
    """Every name backwards: the file is whole, and nobody would be found by it."""
    backwards = re.sub(r'wholeName="([^"&]*)"', lambda name: f'wholeName="{name[1][::-1]}"', raw.decode())
    return backwards.encode()


BOMB = b'<!DOCTYPE export [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
BROKEN = {
    "truncated download": (Answer(EU[: len(EU) // 2], length=len(EU)), "download", "did not give the list in 2 tries"),
    "server error": (Answer(status=500), "download", "it answers 500"),
    "too large": (Answer(EU + b" " * 2_000_000), "download", "more than 2,000,000 bytes: that is no list"),
    "cut file": (Answer(EU[: len(EU) // 2]), "format", "no well-formed XML"),
    "empty": (Answer(b""), "format", "empty"),
    "html error page": (Answer(b"<!DOCTYPE html><html><body>Sign in</body></html>"), "format", "HTML page"),
    "another list": (Answer(UN), "format", "none of the formats"),
    "shrunk by half": (Answer(half(EU)), "drop", "entries to 35, more than the 10% the policy allows"),
    "far too small": (Answer(EU.split(b"<sanctionEntity", 3)[0] + b"</export>"), "count", "holds 0 entries where at"),
    "older than current": (
        Answer(EU.replace(b'"2026-11-02T', b'"2026-11-01T')),
        "date",
        "is older than the one in use",
    ),
    "from the future": (Answer(EU.replace(b'"2026-11-02T', b'"2026-12-24T')), "date", "look at this machine's clock"),
    "an old copy": (Answer(EU.replace(b'"2026-11-02T', b'"2026-01-02T')), "date", "the address serves an old copy"),
    "wrong encoding": (Answer(EU.decode().encode("utf-16")), "format", ""),
    "not the declared encoding": (Answer(EU.decode().encode("cp1251", "replace")), "format", "no well-formed XML"),
    "read in a wrong encoding": (Answer(EU.decode("latin-1").encode()), "encoding", "names are in a wrong encoding"),
    "zip bomb": (Answer(zipped(b"<export>" + bytes(60_000_000))), "format", "that is no list but a bomb"),
    "entity bomb": (Answer(EU.replace(b"<export", BOMB + b"<export", 1)), "format", "document type"),
    "names garbled": (Answer(garbled(EU)), "recall", "names were damaged or left out"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_list_leaves_the_one_in_use_and_its_age(bank: Bank, broken: str) -> None:
    answer, gate, says = BROKEN[broken]
    before = bank.refresh().edition
    bank.publish(EU, UN)
    bank.site.gives("/eu/content", answer)
    renewal = bank.refresh(hours=23)
    [refused] = renewal.refused
    assert (refused.list, refused.gate) == ("EU", gate)
    assert says in refused.sentence
    assert "\n" not in refused.sentence
    assert "Traceback" not in refused.sentence
    serving = load(bank.store)
    assert serving.edition == before.edition
    assert {one.id: one.imported_at for one in serving.lists} == {"EU": NOON, "UN": NOON + timedelta(hours=23)}
    assert [(one.list, one.gate) for one in stores.refusals(bank.store)] == [("EU", gate)]
    assert freshness(serving, RULES, NOON + timedelta(hours=23)) == []
    [stale] = freshness(serving, RULES, NOON + timedelta(hours=25))
    assert "list EU was verified 25 h ago" in stale
    bank.publish(EU, UN)
    assert bank.refresh(hours=26).refused == ()
    assert stores.refusals(bank.store) == ()


def test_an_unchanged_list_is_verified_by_a_short_question(bank: Bank) -> None:
    first = bank.refresh()
    again = bank.refresh(hours=5)
    assert first.edition.edition == again.edition.edition
    assert again.edition.imported_at == NOON + timedelta(hours=5)
    assert bank.site.asked[-1][1]["If-None-Match"]


def test_what_a_publisher_changed_is_taken(bank: Bank) -> None:
    first = bank.refresh()
    bank.publish(EU.replace(b'"2026-11-02T', b'"2026-11-03T'), UN)
    second = bank.refresh(hours=1)
    assert second.refused == ()
    assert first.edition.edition.id != second.edition.edition.id == load(bank.store).edition.id
    assert [one.published for one in second.edition.lists] == ["2026-11-03", "2026-11-02"]


def test_one_list_is_taken_though_another_is_refused(bank: Bank) -> None:
    bank.refresh()
    bank.publish(b"", UN.replace(b"2026-11-02", b"2026-11-20"))
    renewal = bank.refresh(hours=1)
    assert [one.list for one in renewal.refused] == ["EU"]
    assert [(one.id, one.published) for one in renewal.edition.lists] == [("EU", "2026-11-02"), ("UN", "2026-11-20")]


def test_a_list_that_never_came_is_missing_from_the_edition(bank: Bank) -> None:
    bank.publish(b"", UN)
    renewal = bank.refresh()
    assert [one.id for one in renewal.edition.lists] == ["UN"]
    assert "list EU is required and not in the edition" in freshness(renewal.edition, RULES, NOON)[0]


def test_where_nothing_can_be_taken_every_list_is_told(bank: Bank) -> None:
    bank.publish(b"", b"<html>")
    with pytest.raises(ListRefused, match=r"(?s)EU.*empty.*UN.*HTML"):
        bank.refresh()
    assert not stores.is_store(bank.store)


@pytest.mark.parametrize(("of", "gates"), [(EU, []), (UN, ["hash"]), (b"", ["hash"])])
def test_a_list_is_held_against_the_hash_published_beside_it(bank: Bank, of: bytes, gates: list[str]) -> None:
    text = f"{hashlib.sha256(of).hexdigest()}  list.xml\n".encode() if of else b"none"
    bank.eu = replace(bank.eu, hashes=(bank.site.gives("/eu.sha256", Answer(text)),))
    assert [one.gate for one in bank.refresh().refused] == gates


def test_a_zipped_list_is_recognised_by_its_first_byte(bank: Bank) -> None:
    bank.publish(zipped(EU), UN)
    assert bank.refresh().refused == ()
    assert [one.entries for one in load(bank.store).lists] == [69, 21]


def test_an_address_may_stand_in_the_place_of_the_publishers(bank: Bank) -> None:
    bank.site.gives("/mirror/eu.xml", Answer(EU))
    renewal = refresh(
        [EU_SOURCE],
        bank.store,
        max_drop=0.1,
        downloader=bank.downloader,
        addresses={"EU": f"{bank.site.address}/mirror/eu.xml?token=mine"},
        now=NOON,
    )
    assert renewal.refused == ()
    assert "token" not in str(renewal.edition.lists)
