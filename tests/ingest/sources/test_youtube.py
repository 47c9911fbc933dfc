"""YouTube's transcripts, played on loopback in the form in which the package expects them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from corpus.errors import FetchError, Refused, Unreachable
from corpus.works import Author, Identifiers
from ingest.extract import extract
from ingest.sources import parse
from tests.servers.loopback import send

if TYPE_CHECKING:
    from ingest.sources import Sources
    from tests.servers.loopback import Act, Site

VIDEO = "dQ-abcdefgh"
WATCH = b'<html><script>{"INNERTUBE_API_KEY": "key-1", "publishDate":"2031-05-06T00:00"}</script></html>'
CUES = (
    b'<?xml version="1.0" encoding="utf-8" ?><transcript><text start="0.5" dur="2.5">Welcome to the harbour.</text>'
    b'<text start="3.0" dur="2.0">A lantern hangs &amp;quot;here&amp;quot;.</text></transcript>'
)


def track(language: str = "en", url: str = "https://www.youtube.com/api/timedtext?v=x&lang=") -> dict[str, Any]:
    """A transcript as YouTube's player lists it."""
    return {"baseUrl": url + language, "name": {"runs": [{"text": language}]}, "languageCode": language, "isTranslatable": False}


def player(*tracks: dict[str, Any], status: str = "OK", reason: str = "") -> Act:
    """What YouTube's player would be told."""
    captions = {"playerCaptionsTracklistRenderer": {"captionTracks": list(tracks)}} if tracks else {}
    return send(json.dumps({"playabilityStatus": {"status": status, "reason": reason}, "captions": captions}).encode())


@pytest.fixture
def tube(site: Site) -> Site:
    """YouTube with one talk."""
    site.acts |= {
        "/tube/watch": send(WATCH),
        "/tube/youtubei/v1/player": player(track("de"), track("en")),
        "/tube/api/timedtext": send(CUES),
        "/tube/oembed": send(json.dumps({"title": "Lanterns: a talk", "author_name": "Harbour Seminar"}).encode()),
    }
    return site


def test_a_talk_comes_with_its_times_its_title_and_its_channel(tube: Site, sources: Sources) -> None:
    arrival = sources.arrive(parse(f"https://youtu.be/{VIDEO}"))
    assert arrival.source.name == f"lanterns-a-talk-[{VIDEO}].json"
    assert arrival.source.origin == f"https://www.youtube.com/watch?v={VIDEO}"
    _, extraction = extract(arrival.source.content, arrival.source.name)
    assert extraction.timed
    assert extraction.pages[0].text == 'Welcome to the harbour.\nA lantern hangs "here".'
    assert [seconds for _, seconds in extraction.pages[0].times] == [0.5, 3.0]
    assert arrival.work is not None
    assert (arrival.work.title, arrival.work.authors) == ("Lanterns: a talk", (Author("Harbour Seminar"),))
    assert (arrival.work.year, arrival.work.identifiers.youtube) == (2031, VIDEO)
    asked = {each.path: each for each in tube.asked}
    assert "lang=en" in asked["/tube/api/timedtext"].query
    assert json.loads(asked["/tube/youtubei/v1/player"].body)["videoId"] == VIDEO
    assert all(each.headers["user-agent"].startswith("Pincite/") for each in tube.asked)


def test_the_same_talk_gives_the_same_bytes(tube: Site, sources: Sources) -> None:
    first, second = (sources.arrive(parse(f"https://youtu.be/{VIDEO}")).source for _ in range(2))
    assert first == second


def test_a_talk_in_another_language_comes_in_its_own(tube: Site, sources: Sources) -> None:
    tube.acts["/tube/youtubei/v1/player"] = player(track("de"))
    sources.arrive(parse(f"https://youtu.be/{VIDEO}"))
    assert any("lang=de" in each.query for each in tube.asked)


@pytest.mark.parametrize("act", [send(b"", 404), send(b"{"), send(b"[]"), send(b"{}")])
def test_a_talk_without_a_title_is_still_a_talk(tube: Site, sources: Sources, act: Act) -> None:
    tube.acts["/tube/oembed"] = act
    arrival = sources.arrive(parse(f"https://youtu.be/{VIDEO}"))
    assert arrival.source.name == f"talk-[{VIDEO}].json"
    assert arrival.work is not None
    assert arrival.work.identifiers == Identifiers(youtube=VIDEO, url=f"https://www.youtube.com/watch?v={VIDEO}")


def test_a_page_that_asks_for_consent_is_given_it(tube: Site, sources: Sources) -> None:
    consent = b'<form action="https://consent.youtube.com/s"><input name="v" value="cb.1"></form>'
    tube.acts["/tube/watch"] = [send(consent), send(WATCH)]
    sources.arrive(parse(f"https://youtu.be/{VIDEO}"))
    assert [each.headers.get("cookie") for each in tube.asked[:2]] == [None, "CONSENT=YES+cb.1"]


BLOCKED = player(status="LOGIN_REQUIRED", reason="Sign in to confirm you’re not a bot")


@pytest.mark.parametrize(
    ("path", "act", "error", "says"),
    [
        ("/tube/watch", send(b"", 429), Refused, "blocks requests from this address"),
        ("/tube/watch", send(b'<div class="g-recaptcha">'), Refused, "blocks requests from this address"),
        ("/tube/watch", send(b"<html>something else</html>"), Refused, "page has changed"),
        ("/tube/watch", send(b"", 500), Unreachable, "error 500"),
        ("/tube/youtubei/v1/player", BLOCKED, Refused, "blocks requests from this address"),
        ("/tube/youtubei/v1/player", player(), Refused, "it has none"),
        ("/tube/youtubei/v1/player", player(status="ERROR", reason="This video is unavailable"), Refused, "no such video"),
        ("/tube/youtubei/v1/player", send(b"[1"), Refused, "something else than a transcript"),
        ("/tube/youtubei/v1/player", send(b"[]"), Refused, "something else than a transcript"),
        ("/tube/youtubei/v1/player", player({"odd": 1}), Refused, "something else than a transcript"),
        ("/tube/youtubei/v1/player", player(track(url="https://www.youtube.com/api?a=1&exp=xpe&l=")), Refused, "only a browser"),
        ("/tube/api/timedtext", send(b""), Refused, "something else than a transcript"),
        ("/tube/api/timedtext", send(b"<html>"), Refused, "something else than a transcript"),
        ("/tube/api/timedtext", send(b"", 403), Refused, "403"),
    ],
)
def test_what_goes_wrong_is_one_message_that_names_transcript_files(
    tube: Site, sources: Sources, path: str, act: Act, error: type[FetchError], says: str
) -> None:
    tube.acts[path] = act
    with pytest.raises(error) as raised:
        sources.arrive(parse(f"https://youtu.be/{VIDEO}"))
    assert says in raised.value.message
    if error is Refused:
        assert "pincite add TALK.vtt" in raised.value.remedy


def test_a_transcript_kept_at_a_forbidden_place_is_not_fetched(tube: Site, sources: Sources) -> None:
    tube.acts["/tube/youtubei/v1/player"] = player(track(url="http://169.254.169.254/latest?"))
    with pytest.raises(Refused, match="link-local"):
        sources.arrive(parse(f"https://youtu.be/{VIDEO}"))
