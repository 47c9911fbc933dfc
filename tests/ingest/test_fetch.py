from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from corpus.errors import FetchError, Offline, Refused, SettingsError, Unreachable
from corpus.works import Author, Identifiers, Work
from ingest.fetch import FetchSettings, fetch, user_agent

if TYPE_CHECKING:
    from collections.abc import Iterator

PDF = b"%PDF-1.7\n" + b"lamps and ledgers " * 500 + b"\n%%EOF\n"
PAPER = Work("keeper-2031", "Lanterns", (Author("Keeper", "Ada"),), 2031, identifiers=Identifiers(arxiv="3101.00042"))
FORUM = Work("clerk-2030", "Ledgers", (Author("Clerk", "Bo"),), 2030, identifiers=Identifiers(openreview="Ab-12_xyz"))
TALK = Work("rey-2030", "Oil", (Author("Rey", "Jo"),), 2030, identifiers=Identifiers(youtube="dQ-abcdefgh"))

ENTRY = """<entry><id>http://arxiv.org/abs/{id}</id><updated>2031-01-02T00:00:00Z</updated><published>2031-01-01T00:00:00Z</published>
<title>Lanterns</title><summary>Lamps.</summary><author><name>Ada Keeper</name></author>
<link href="http://arxiv.org/pdf/{id}" rel="related" type="application/pdf" title="pdf"/>
<arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.DL"/><category term="cs.DL"/></entry>"""


def _feed(*ids: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><title>arXiv</title>'
        f"<opensearch:totalResults>{len(ids)}</opensearch:totalResults>{''.join(ENTRY.format(id=one) for one in ids)}</feed>"
    ).encode()


Act = Callable[[BaseHTTPRequestHandler], None]


def _send(body: bytes, status: int = 200, **headers: str) -> Act:
    def act(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **{k.replace("_", "-"): v for k, v in headers.items()}}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return act


def _hang(request: BaseHTTPRequestHandler) -> None:
    time.sleep(1.0)


def _trickle(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(40):
        request.wfile.write(b"%PDF " * 20)
        request.wfile.flush()
        time.sleep(0.05)


@dataclass
class Site:
    """A server on loopback that plays arXiv and OpenReview."""

    url: str = ""
    acts: dict[str, Act] = field(default_factory=dict)
    asked: list[tuple[str, float, str]] = field(default_factory=list)
    """(path, time, user agent)."""

    def settings(self, **others: object) -> FetchSettings:
        ours = FetchSettings(f"{self.url}/api/query", self.url, self.url, arxiv_pause_seconds=0.0)
        return replace(ours, **others)  # type: ignore[arg-type]

    @property
    def paths(self) -> list[str]:
        return [path.split("?")[0] for path, _, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    played = Site()

    class Request(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            played.asked.append((self.path, time.monotonic(), self.headers["User-Agent"]))
            act = played.acts.get(self.path.split("?")[0], _send(b"nothing here", 404))
            try:
                act(self)
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Request)
    server.daemon_threads = True
    played.url = f"http://127.0.0.1:{server.server_port}"
    played.acts = {
        "/api/query": _send(_feed("3101.00042v4")),
        "/pdf/3101.00042v4": _send(PDF),
        "/pdf": _send(PDF),
    }
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield played
    server.shutdown()
    server.server_close()
    thread.join()


def test_arxivs_newest_version_is_asked_for_and_fetched(site: Site) -> None:
    fetched = fetch(PAPER, site.settings())
    assert (fetched.content, fetched.name, fetched.version) == (PDF, "3101.00042v4.pdf", "v4")
    assert fetched.origin == f"{site.url}/pdf/3101.00042v4"
    assert site.paths == ["/api/query", "/pdf/3101.00042v4"]
    assert "id_list=3101.00042" in site.asked[0][0]


def test_we_say_who_we_are_in_every_request(site: Site) -> None:
    fetch(PAPER, site.settings())
    assert {agent for _, _, agent in site.asked} == {user_agent()}
    assert user_agent().startswith("Pincite/")


def test_an_old_id_has_a_slash_in_the_address_and_none_in_the_name(site: Site) -> None:
    site.acts["/api/query"] = _send(_feed("hep-th/9901001v2"))
    site.acts["/pdf/hep-th/9901001v2"] = _send(PDF)
    fetched = fetch(replace(PAPER, identifiers=Identifiers(arxiv="hep-th/9901001")), site.settings())
    assert (fetched.name, fetched.version) == ("hep-th-9901001v2.pdf", "v2")


def test_openreview_gives_the_pdf_of_a_forum(site: Site) -> None:
    fetched = fetch(FORUM, site.settings())
    assert (fetched.content, fetched.name, fetched.version) == (PDF, "Ab-12_xyz.pdf", None)
    assert site.asked[0][0] == "/pdf?id=Ab-12_xyz"


def test_requests_to_arxiv_keep_their_distance(site: Site) -> None:
    started = time.monotonic()
    threads = [threading.Thread(target=fetch, args=(PAPER, site.settings(arxiv_pause_seconds=0.2))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(moment for _, moment, _ in site.asked)
    assert len(times) == 4
    assert all(later - earlier >= 0.19 for earlier, later in itertools.pairwise(times))
    assert time.monotonic() - started < 5
    assert FetchSettings().arxiv_pause_seconds == 3.0


def test_offline_forbids_every_attempt(site: Site) -> None:
    for work in (PAPER, FORUM):
        with pytest.raises(Offline) as caught:
            fetch(work, site.settings(offline=True))
        assert "PINCITE_OFFLINE" in caught.value.message
        assert caught.value.remedy
    assert site.asked == []


@pytest.mark.parametrize("work", [TALK, replace(PAPER, identifiers=Identifiers(doi="10.1000/x"))])
def test_what_cannot_be_fetched_must_be_given(site: Site, work: Work) -> None:
    with pytest.raises(Refused) as caught:
        fetch(work, site.settings())
    assert "--from" in caught.value.remedy
    assert ("transcript" in caught.value.message) == work.is_talk
    assert site.asked == []


@pytest.mark.parametrize("feed", [_feed(), _feed("3101.00043v1"), _feed("3101.00042")])
def test_an_id_that_arxiv_does_not_know_is_refused(site: Site, feed: bytes) -> None:
    site.acts["/api/query"] = _send(feed)
    with pytest.raises(Refused, match=r"no paper 3101\.00042"):
        fetch(PAPER, site.settings())
    assert site.paths == ["/api/query"]


HTML = b"<!DOCTYPE html><html><body>Are you a person?</body></html>"


@pytest.mark.parametrize(
    ("path", "act", "error", "word"),
    [
        ("/api/query", _send(HTML), Refused, "a web page"),
        ("/api/query", _send(b"", 503), Unreachable, "503"),
        ("/api/query", _send(b"", 429, Retry_After="17"), Refused, "17 seconds"),
        ("/api/query", _hang, Unreachable, "in time"),
        ("/pdf/3101.00042v4", _send(HTML), Refused, "a web page"),
        ("/pdf/3101.00042v4", _send(b""), Refused, "nothing at all"),
        ("/pdf/3101.00042v4", _send(PDF, 403), Refused, "403"),
        ("/pdf/3101.00042v4", _send(b"", 404), Refused, "nothing at"),
        ("/pdf/3101.00042v4", _send(b"", 500), Unreachable, "500"),
        ("/pdf/3101.00042v4", _send(PDF, Content_Length=str(len(PDF) + 100)), Unreachable, "broke off"),
        ("/pdf/3101.00042v4", _send(b"", 302, Location="/pdf/3101.00042v4"), Refused, "circles"),
        ("/pdf/3101.00042v4", _send(b"", 302, Location="gopher://nowhere/"), SettingsError, "no address"),
    ],
)
def test_a_server_that_misbehaves_gives_an_error_with_a_remedy(
    site: Site, path: str, act: Act, error: type[FetchError], word: str
) -> None:
    site.acts[path] = act
    with pytest.raises(error) as caught:
        fetch(PAPER, site.settings(read_seconds=0.4))
    assert word in str(caught.value)
    assert caught.value.remedy
    if "circles" not in word:
        assert site.paths.count(path) == 1, "one attempt"


def test_a_redirect_is_followed(site: Site) -> None:
    site.acts["/pdf/3101.00042v4"] = _send(b"", 301, Location="/moved.pdf")
    site.acts["/moved.pdf"] = _send(PDF)
    assert fetch(PAPER, site.settings()).content == PDF


def test_a_file_that_trickles_for_ever_is_given_up(site: Site) -> None:
    site.acts["/pdf/3101.00042v4"] = _trickle
    with pytest.raises(Unreachable, match=r"more than 0\.2 seconds"):
        fetch(PAPER, site.settings(total_seconds=0.2))


def test_a_file_that_is_too_large_is_given_up(site: Site) -> None:
    with pytest.raises(Refused, match="more than 1,000 bytes"):
        fetch(FORUM, site.settings(max_bytes=1000))


def test_nobody_listens(site: Site) -> None:
    with pytest.raises(Unreachable, match="cannot be reached"):
        fetch(FORUM, site.settings(openreview_url="http://127.0.0.1:1"))


def test_an_address_that_is_none(site: Site) -> None:
    with pytest.raises(SettingsError):
        fetch(FORUM, site.settings(openreview_url="ftp://papers"))
    with pytest.raises(SettingsError):
        fetch(FORUM, site.settings(openreview_url="papers"))
