"""Requests against a server that misbehaves in every way we could think of."""

from __future__ import annotations

import datetime
import gzip
import itertools
import time
import zlib
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from corpus.errors import FetchError, Offline, Refused, Unreachable
from ingest.network.carrier import user_agent
from ingest.sources.arrival import is_ended
from tests.servers.loopback import HTML, bomb, broken, crawling, named, reset, send, sent_on, silent, stalled, trickling

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from ingest.network import Carrier
    from tests.servers.loopback import Act, Site

    Make = Callable[..., Carrier]

BODY = b"%PDF-1.7\n" + b"lamps and ledgers " * 5000 + b"\n%%EOF\n"


def test_a_body_comes_whole_and_we_say_who_we_are(site: Site, carrier: Make) -> None:
    site.acts["/a.pdf"] = send(BODY, Content_Type="application/pdf")
    reply = carrier().get(f"{site.url}/a.pdf", accept="application/pdf")
    assert (reply.content, reply.url, reply.headers["content-type"]) == (BODY, f"{site.url}/a.pdf", "application/pdf")
    [asked] = site.asked
    assert asked.headers["user-agent"] == user_agent()
    assert asked.headers["user-agent"].startswith("Pincite/")
    assert asked.headers["accept"] == "application/pdf"
    assert asked.headers["host"] == site.url.removeprefix("http://")


def test_offline_forbids_every_attempt(site: Site, carrier: Make) -> None:
    with pytest.raises(Offline, match="PINCITE_OFFLINE"):
        carrier(offline=True).get(f"{site.url}/a.pdf")
    assert site.asked == []


@pytest.mark.parametrize(
    "passing",
    [
        send(b"", 500), send(b"", 502), send(b"", 503), send(b"", 429), send(b"", 503, Retry_After="0"), silent, reset,
        broken(BODY, 500), broken(BODY, 0), stalled(BODY, 500), broken(BODY, 5000, told=False),
        send(gzip.compress(BODY)[:-20], Content_Encoding="gzip"),
    ],
)  # fmt: skip
def test_a_passing_failure_is_repeated_and_leaves_no_trace(site: Site, carrier: Make, passing: Act, home: Path) -> None:
    site.acts["/a.pdf"] = [passing, send(BODY)]
    reply = carrier().get(f"{site.url}/a.pdf", whole=lambda content: content.endswith(b"%%EOF\n"))
    assert reply.content == BODY
    assert len(site.asked) == 2
    assert not list((home / "fetching").glob("*"))


@pytest.mark.parametrize(
    ("act", "error", "says", "attempts"),
    [
        (send(b"", 500), Unreachable, "error 500", 3),
        (send(b"", 503), Unreachable, "error 503", 3),
        (send(b"", 429), Unreachable, "slow down", 3),
        (send(b"", 429, Retry_After="17"), Unreachable, "17 seconds", 1),
        (send(b"", 404), Refused, "nothing at", 1),
        (send(b"", 410), Refused, "nothing at", 1),
        (send(b"", 403), Refused, "403", 1),
        (send(b"", 418), Refused, "418", 1),
        (send(b"", 204), Refused, "204", 1),
        (silent, Unreachable, "did not answer in time", 3),
        (reset, Unreachable, "broke off", 3),
        (broken(BODY, 300), Unreachable, "broke off", 3),
        (send(b"", 302), Refused, "does not say where", 1),
        (send(BODY, Content_Encoding="br"), Refused, "not asked for", 1),
    ],
)
def test_a_lasting_failure_is_told_after_so_many_attempts(
    site: Site, carrier: Make, act: Act, error: type[FetchError], says: str, attempts: int
) -> None:
    site.acts["/a.pdf"] = act
    with pytest.raises(error) as raised:
        carrier().get(f"{site.url}/a.pdf")
    assert says in str(raised.value)
    assert raised.value.remedy
    assert len(site.asked) == attempts


def test_each_wait_is_longer_than_the_one_before(site: Site, carrier: Make) -> None:
    site.acts["/a.pdf"] = [send(b"", 500)] * 3 + [send(BODY)]
    carrier(retries=3, retry_seconds=0.1).get(f"{site.url}/a.pdf")
    times = [asked.began for asked in site.asked]
    waits = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert 0.05 <= waits[0] <= 0.2
    assert 0.1 <= waits[1] <= 0.3
    assert 0.2 <= waits[2] <= 0.6


def _in_a_second() -> str:
    return format_datetime(datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=2), usegmt=True)


@pytest.mark.parametrize("dated", [False, True])
def test_the_wait_that_a_server_asks_for_is_kept(site: Site, carrier: Make, dated: bool) -> None:
    when = _in_a_second() if dated else "1"
    site.acts["/a.pdf"] = [send(b"", 429, Retry_After=when), send(BODY)]
    assert carrier(longest_wait=5.0).get(f"{site.url}/a.pdf").content == BODY
    first, second = site.asked
    assert second.began - first.ended >= 0.95


def test_a_download_goes_on_where_it_broke_off(site: Site, carrier: Make) -> None:
    site.acts["/a.pdf"] = [broken(BODY, 40_000, ETag='"one"', Accept_Ranges="bytes"), named(BODY)]
    assert carrier().get(f"{site.url}/a.pdf").content == BODY
    start = int(site.asked[1].headers["range"].removeprefix("bytes=").rstrip("-"))
    assert 0 < start <= 40_000
    assert site.asked[1].headers["if-range"] == '"one"'


def test_another_file_by_now_comes_from_its_beginning(site: Site, carrier: Make) -> None:
    newer = BODY.replace(b"lamps", b"wicks")
    site.acts["/a.pdf"] = [broken(BODY, 40_000, ETag='"one"', Accept_Ranges="bytes"), named(newer, '"two"')]
    assert carrier().get(f"{site.url}/a.pdf").content == newer


def test_a_part_that_does_not_fit_is_thrown_away(site: Site, carrier: Make) -> None:
    odd = send(BODY[100:], 206, Content_Range=f"bytes 100-{len(BODY) - 1}/{len(BODY)}", ETag='"one"')
    site.acts["/a.pdf"] = [broken(BODY, 40_000, ETag='"one"', Accept_Ranges="bytes"), odd, named(BODY)]
    assert carrier().get(f"{site.url}/a.pdf").content == BODY
    assert "range" not in site.asked[2].headers


def test_without_a_name_a_download_begins_again(site: Site, carrier: Make) -> None:
    site.acts["/a.pdf"] = [broken(BODY, 40_000, ETag='W/"one"'), send(BODY)]
    assert carrier().get(f"{site.url}/a.pdf").content == BODY
    assert "range" not in site.asked[1].headers


def test_another_process_goes_on_too(site: Site, carrier: Make, home: Path) -> None:
    site.acts["/a.pdf"] = broken(BODY, 40_000, ETag='"one"', Accept_Ranges="bytes")
    with pytest.raises(Unreachable):
        carrier(retries=0).get(f"{site.url}/a.pdf")
    assert len(list((home / "fetching").iterdir())) == 1
    site.acts["/a.pdf"] = named(BODY)
    assert carrier().get(f"{site.url}/a.pdf").content == BODY
    assert "range" in site.asked[1].headers
    assert not list((home / "fetching").iterdir())


@pytest.mark.parametrize(
    ("packed", "name"), [(gzip.compress(BODY), "gzip"), (zlib.compress(BODY), "deflate"), (zlib.compress(BODY)[2:-4], "deflate")]
)
def test_a_packed_body_is_unpacked(site: Site, carrier: Make, packed: bytes, name: str) -> None:
    site.acts["/a.pdf"] = send(packed, Content_Encoding=name)
    assert carrier().get(f"{site.url}/a.pdf").content == BODY


@pytest.mark.parametrize(
    "act",
    [bomb(50_000_000), send(bytes(3_000_000)), broken(bytes(3_000_000), 3_000_000, told=False)],
    ids=["bomb", "told", "untold"],
)
def test_what_is_too_large_is_given_up(site: Site, carrier: Make, act: Act, home: Path) -> None:
    site.acts["/a.pdf"] = act
    with pytest.raises(Refused, match="more than 2,000,000 bytes"):
        carrier().get(f"{site.url}/a.pdf")
    assert len(site.asked) <= 1
    assert not list((home / "fetching").glob("*"))


@pytest.mark.parametrize("head", [True, False], ids=["head", "body"])
def test_what_crawls_is_as_good_as_silent(site: Site, carrier: Make, head: bool) -> None:
    site.acts["/a.pdf"] = [crawling(head), send(BODY)]
    assert carrier(connect_seconds=0.3).get(f"{site.url}/a.pdf").content == BODY
    site.acts["/a.pdf"] = crawling(head)
    began = time.monotonic()
    with pytest.raises(Unreachable, match="did not answer in time" if head else "fewer than 200 bytes"):
        carrier(connect_seconds=0.3, retries=1).get(f"{site.url}/a.pdf")
    assert time.monotonic() - began < 4.0  # the server would have gone on for ten seconds


def test_a_page_that_was_cut_off_where_no_length_was_told_is_asked_for_again(site: Site, carrier: Make) -> None:
    page = b"<!DOCTYPE html><html><body><p>Lamps.</p></body></html>"
    site.acts["/a"] = [broken(page, 40, told=False), broken(page, len(page), told=False)]
    assert carrier().get(f"{site.url}/a", ended=is_ended).content == page
    untidy = page[:40]
    site.acts["/b"] = send(untidy)  # its length was told: it is whole, and whoever wrote it left the end tags out
    assert carrier().get(f"{site.url}/b", ended=is_ended).content == untidy


def test_the_rest_of_another_file_is_not_taken_for_ours(site: Site, carrier: Make) -> None:
    newer = BODY.replace(b"lamps", b"wicks")

    def careless(request: BaseHTTPRequestHandler) -> None:  # gives the range of what it has by now, whatever If-Range says
        start = int(request.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        span = f"bytes {start}-{len(newer) - 1}/{len(newer)}"
        send(newer[start:], 206 if start else 200, Content_Range=span, ETag='"two"')(request)

    site.acts["/a.pdf"] = [broken(BODY, 40_000, ETag='"one"', Accept_Ranges="bytes"), careless]
    assert carrier().get(f"{site.url}/a.pdf").content == newer


@pytest.mark.parametrize("target", ["http://0251.0376.0251.0376/", "http://[::1", "http://lamp\x80/"])
def test_a_redirect_to_what_is_no_address_is_one_letter(site: Site, carrier: Make, target: str) -> None:
    site.acts["/a.pdf"] = sent_on(target)
    with pytest.raises(Refused, match=r"no address|no host|not asked"):
        carrier().get(f"{site.url}/a.pdf")
    assert len(site.asked) == 1


def test_what_is_no_http_is_told_without_its_bytes(site: Site, carrier: Make) -> None:
    site.acts["/a.pdf"] = lambda request: request.wfile.write(b"\x00\x01lamps\r\n\r\n")
    with pytest.raises(Unreachable, match="no answer of a web server") as raised:
        carrier().get(f"{site.url}/a.pdf")
    assert "bytearray" not in str(raised.value)


def test_who_wants_to_be_left_alone_for_long_is_left_alone_by_all(site: Site, carrier: Make) -> None:
    site.acts |= {"/a.pdf": send(b"", 429, Retry_After="900"), "/b.pdf": send(BODY)}
    ours, others = (carrier(arxiv_urls=(site.url,)) for _ in range(2))
    with pytest.raises(Unreachable, match="slow down"):
        ours.get(f"{site.url}/a.pdf")
    with pytest.raises(Unreachable, match=r"left alone for another (?:900|899|89\d) seconds"):
        others.get(f"{site.url}/b.pdf")
    assert site.paths == ["/a.pdf"]


def test_what_trickles_for_ever_is_given_up(site: Site, carrier: Make) -> None:
    site.acts["/a.pdf"] = trickling
    with pytest.raises(Unreachable, match=r"more than 0\.3 seconds"):
        carrier(total_seconds=0.3).get(f"{site.url}/a.pdf")


def test_redirects_are_followed(site: Site, carrier: Make) -> None:
    site.acts |= {"/a.pdf": sent_on("/b.pdf", 301), "/b.pdf": sent_on(f"{site.url}/c.pdf", 307), "/c.pdf": send(BODY)}
    reply = carrier().get(f"{site.url}/a.pdf")
    assert (reply.content, reply.url) == (BODY, f"{site.url}/c.pdf")


@pytest.mark.parametrize("target", ["/a.pdf", "/long/0"])
def test_circles_are_left(site: Site, carrier: Make, target: str) -> None:
    site.acts["/a.pdf"] = sent_on(target)
    site.acts |= {f"/long/{number}": sent_on(f"/long/{number + 1}") for number in range(40)}
    with pytest.raises(Refused, match="in circles"):
        carrier().get(f"{site.url}/a.pdf")
    assert len(site.asked) <= 10


@pytest.mark.parametrize(
    ("target", "private", "says"),
    [
        ("http://169.254.169.254/latest/meta-data/", True, "link-local"),
        ("http://[::ffff:169.254.169.254]/", True, "link-local"),
        ("http://0.0.0.0/", True, "no single machine"),
        ("ftp://127.0.0.1/a.pdf", True, "only http and https"),
        ("file:///etc/passwd", True, "only http and https"),
        ("http://keeper:lamp@127.0.0.1/", True, "name or password"),
    ],
)
def test_a_redirect_to_where_nobody_should_go_is_refused(
    site: Site, carrier: Make, target: str, private: bool, says: str
) -> None:
    site.acts["/a.pdf"] = sent_on(target)
    with pytest.raises(Refused, match=says) as raised:
        carrier(allow_private=private).get(f"{site.url}/a.pdf")
    assert "lamp" not in str(raised.value)
    assert len(site.asked) == 1


def test_a_redirect_to_this_machine_needs_leave(site: Site, carrier: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.network import carrier as module

    real, hops = module.check, iter([True, False])
    monkeypatch.setattr(module, "check", lambda url, **words: real(url, **{**words, "allow_private": next(hops)}))
    site.acts |= {"/a.pdf": sent_on("/b.pdf"), "/b.pdf": send(BODY)}
    with pytest.raises(Refused, match="private address"):
        carrier(allow_private=False).get(f"{site.url}/a.pdf")
    assert site.paths == ["/a.pdf"]


def test_this_machine_is_not_asked_without_leave(site: Site, carrier: Make) -> None:
    with pytest.raises(Refused, match="PINCITE_ALLOW_PRIVATE"):
        carrier(allow_private=False).get(f"{site.url}/a.pdf")
    assert site.asked == []


def test_nothing_new_costs_no_download(site: Site, carrier: Make) -> None:
    site.acts["/a.pdf"] = named(BODY)
    reply = carrier().get(f"{site.url}/a.pdf", etag='"one"', last_modified="Wed, 01 Jan 2031 00:00:00 GMT")
    assert (reply.not_modified, reply.content) == (True, b"")
    assert site.asked[0].headers["if-modified-since"].startswith("Wed")
    assert carrier().get(f"{site.url}/a.pdf", etag='"old"').content == BODY


def test_where_nobody_listens_is_asked_once(carrier: Make) -> None:
    ours = carrier()
    for _ in range(2):
        with pytest.raises(Unreachable, match="cannot be reached"):
            ours.get("http://127.0.0.1:1/a.pdf")


def test_a_host_that_nobody_knows(carrier: Make) -> None:
    with pytest.raises(Unreachable, match="no host"):
        carrier().get("http://nowhere.invalid/a.pdf")


def test_a_page_in_place_of_a_file_is_no_matter_of_ours(site: Site, carrier: Make) -> None:
    site.acts["/a.pdf"] = send(HTML)
    assert carrier().get(f"{site.url}/a.pdf").content == HTML
