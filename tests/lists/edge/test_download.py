"""Downloads from a real HTTPS server: what comes whole is taken, everything else is told in one sentence."""

from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING

import pytest

from lists.edge.download import Downloader, Limits
from lists.entry import ListRefused
from tests.lists.edge.publisher import Answer, Publisher, publisher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIST = b"<list>" + b"name " * 2_000 + b"</list>"
QUICK = Limits(bytes=100_000, seconds=5, silence_seconds=1, tries=3, pause=0.01)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Publisher]:
    with publisher(tmp_path) as made:
        yield made


@pytest.fixture
def loader(site: Publisher, tmp_path: Path) -> Downloader:
    return Downloader(tmp_path / "downloads", QUICK, site.authorities)


def test_a_file_is_fetched(site: Publisher, loader: Downloader) -> None:
    got = loader.fetch(site.gives("/list.xml", Answer(LIST)))
    assert (got.raw, got.changed) == (LIST, True)
    assert site.asked[0][1]["User-Agent"] == "payment-filter"


def test_what_was_accepted_is_not_fetched_again(site: Publisher, loader: Downloader) -> None:
    address = site.gives("/list.xml", Answer(LIST, headers={"ETag": '"1"', "Last-Modified": "Sun, 22 Nov 2026"}))
    loader.keep(loader.fetch(address))
    again = loader.fetch(address)
    assert (again.raw, again.changed) == (LIST, False)
    assert site.asked[1][1]["If-None-Match"] == '"1"'
    assert site.asked[1][1]["If-Modified-Since"] == "Sun, 22 Nov 2026"


def test_what_was_not_accepted_is_fetched_again(site: Publisher, loader: Downloader) -> None:
    address = site.gives("/list.xml", Answer(LIST, headers={"ETag": '"1"'}))
    loader.fetch(address)
    assert loader.fetch(address).changed
    assert "If-None-Match" not in site.asked[1][1]


def test_kept_bytes_that_were_damaged_are_fetched_again(site: Publisher, loader: Downloader, tmp_path: Path) -> None:
    address = site.gives("/list.xml", Answer(LIST, headers={"ETag": '"1"'}))
    loader.keep(loader.fetch(address))
    next((tmp_path / "downloads").glob("*.body")).write_bytes(LIST[:100])
    assert loader.fetch(address).raw == LIST


@pytest.mark.parametrize("bad", [Answer(status=500), Answer(status=503), Answer(LIST[:900], length=len(LIST))])
def test_a_failure_that_passes_is_tried_again(site: Publisher, loader: Downloader, bad: Answer) -> None:
    assert loader.fetch(site.gives("/list.xml", bad, Answer(LIST))).raw == LIST
    assert len(site.asked) == 2


def test_a_packed_body_is_unpacked(site: Publisher, loader: Downloader) -> None:
    packed = Answer(gzip.compress(LIST), headers={"Content-Encoding": "gzip"})
    assert loader.fetch(site.gives("/list.xml", packed)).raw == LIST


def test_a_redirection_is_followed(site: Publisher, loader: Downloader) -> None:
    site.gives("/new.xml", Answer(LIST))
    assert loader.fetch(site.gives("/old.xml", Answer(status=302, headers={"Location": "/new.xml"}))).raw == LIST


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Answer(status=500), r"/list.xml did not give the list in 3 tries \(it answers 500"),
        (Answer(LIST[:900], length=len(LIST)), "in 3 tries .*IncompleteRead"),
        (Answer(status=404), r"does not give the list \(it answers 404 Not Found\): correct the address"),
        (Answer(status=304), r"it answers 304"),
        (Answer(b"x" * 100_001), "sends more than 100,000 bytes: that is no list"),
        (Answer(gzip.compress(bytes(10_000_000)), headers={"Content-Encoding": "gzip"}), "more than 100,000 bytes"),
        (Answer(b"no gzip", headers={"Content-Encoding": "gzip"}), "in 3 tries .*DecodeError"),
        (Answer(status=302, headers={"Location": "http://localhost/"}), "is no https address"),
        (Answer(status=302, headers={"Location": "/list.xml"}), "redirects more than 5 times"),
    ],
    ids=str,
)
def test_what_is_no_list_is_refused(site: Publisher, loader: Downloader, answer: Answer, says: str) -> None:
    with pytest.raises(ListRefused, match=says):
        loader.fetch(site.gives("/list.xml", answer) + "?token=secret")


def test_a_token_is_never_told(site: Publisher, loader: Downloader) -> None:
    with pytest.raises(ListRefused) as refused:
        loader.fetch(site.gives("/list.xml", Answer(status=500)) + "?token=secret")
    assert "secret" not in str(refused.value)
    assert site.asked[0][0] == "/list.xml?token=secret"


@pytest.mark.parametrize("pause", [0.01, 3.0])
def test_a_slow_or_silent_publisher_is_given_up(site: Publisher, tmp_path: Path, pause: float) -> None:
    loader = Downloader(tmp_path, Limits(seconds=1.5, silence_seconds=0.6, tries=2, pause=0.01), site.authorities)
    began = time.monotonic()
    with pytest.raises(ListRefused, match=r"only \d+ bytes in 2 s|timed out"):
        loader.fetch(site.gives("/list.xml", Answer(LIST, pause=pause)))
    assert time.monotonic() - began < 4


def test_a_publisher_that_is_not_there_is_refused(loader: Downloader) -> None:
    with pytest.raises(ListRefused, match=r"https://localhost:1/list\.xml did not give the list in 3 tries"):
        loader.fetch("https://localhost:1/list.xml?token=secret")


def test_a_certificate_of_an_unknown_authority_is_refused(site: Publisher, tmp_path: Path) -> None:
    with pytest.raises(ListRefused, match="CERTIFICATE_VERIFY_FAILED"):
        Downloader(tmp_path, QUICK).fetch(site.gives("/list.xml", Answer(LIST)))


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    with publisher(tmp_path, host="elsewhere.example") as site, pytest.raises(ListRefused, match="CERTIFICATE_VERIFY"):
        Downloader(tmp_path, QUICK, site.authorities).fetch(site.gives("/list.xml", Answer(LIST)))


def test_an_address_without_tls_is_refused(loader: Downloader) -> None:
    with pytest.raises(ListRefused, match="is no https address"):
        loader.fetch("http://localhost/list.xml")


def test_a_folder_that_cannot_be_written_is_refused(site: Publisher, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    loader = Downloader(tmp_path / "file" / "downloads", QUICK, site.authorities)
    with pytest.raises(ListRefused, match="cannot be written"):
        loader.keep(loader.fetch(site.gives("/list.xml", Answer(LIST))))
