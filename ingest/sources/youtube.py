"""YouTube: the transcript of a talk, its title and its channel. Knows the package youtube-transcript-api and oEmbed.

The package finds the transcript, and we carry. YouTube blocks many addresses, of clouds above all; then a transcript
file does the same service.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from corpus.errors import FetchError, Refused
from corpus.works import Author, Identifiers, Work
from ingest.network.failures import host_of
from ingest.sources.arrival import Arrival, slug
from ingest.take_in import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ingest.network import Carrier, Reply

LANGUAGES = ("en", "en-US", "en-GB")
"""Asked for first; a talk that has none of them comes in its own."""
AS_FILE = "Give its transcript as a file: `pincite add TALK.vtt` (or .srt, .json, .txt)."

_PUBLISHED = re.compile(
    r'"(?:publishDate|uploadDate)":\s*"((?:19|20)\d\d)-|itemprop="(?:datePublished|uploadDate)"\s+content="((?:19|20)\d\d)-'
)


class _Answer:
    """What the package reads of a reply."""

    status_code = 200

    def __init__(self, content: bytes) -> None:
        self.text = content.decode("utf-8", "replace")

    def raise_for_status(self) -> None:
        """Errors have been raised before."""

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)


class _Cookies:
    """The cookies that the package and YouTube set."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def set(self, name: str, value: str, **_theirs: object) -> None:
        """Keep one."""
        self.values[name] = value


class _Session:
    """Stands where the package keeps its HTTP session: same verbs, our manners, and YouTube's address from the settings."""

    def __init__(self, carrier: Carrier, url: str) -> None:
        self._carrier = carrier
        self._url = url.rstrip("/")
        self.headers: dict[str, str] = {}
        self.cookies = _Cookies()
        self.year: int | None = None

    def get(self, url: str, **_theirs: object) -> _Answer:
        """A page or a transcript."""
        answer = self._answer(self._carrier.get(self._here(url), headers=self._sent()))
        if self.year is None and (found := _PUBLISHED.search(answer.text)):
            self.year = int(found[1] or found[2])
        return answer

    def post(self, url: str, json: object = None, **_theirs: object) -> _Answer:
        """What a page's script would ask."""
        return self._answer(self._carrier.post(self._here(url), _written(json), headers=self._sent(json=True)))

    def _here(self, url: str) -> str:
        """The address at the place that the settings name."""
        parts = urlsplit(url)
        ours = parts.hostname in ("www.youtube.com", "youtube.com") or not parts.hostname
        return self._url + parts._replace(scheme="", netloc="").geturl() if ours else url

    def _sent(self, *, json: bool = False) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.values.items())
        return {
            **self.headers,
            **({"Cookie": cookies} if cookies else {}),
            **({"Content-Type": "application/json"} if json else {}),
        }

    def _answer(self, reply: Reply) -> _Answer:
        try:
            for name, crumb in SimpleCookie(reply.headers.get("set-cookie", "")).items():
                self.cookies.set(name, crumb.value)
        except CookieError:
            pass
        return _Answer(reply.content)


def _written(value: object) -> bytes:
    return json.dumps(value).encode()


@dataclass(frozen=True, slots=True)
class YouTube:
    """Transcripts of talks."""

    carrier: Carrier
    url: str

    def arrive(self, video: str) -> Arrival:
        """The transcript of a video, with its times, and what YouTube says of the talk."""
        session = _Session(self.carrier, self.url)
        rows = self._transcript(video, session)
        work = self.described(video, session.year)
        name = f"{slug(work.title) or 'talk'}-[{video}].json"
        content = json.dumps(rows, ensure_ascii=False, indent=0).encode()
        return Arrival(Source(content, name, f"https://www.youtube.com/watch?v={video}"), work)

    def _transcript(self, video: str, session: _Session) -> list[dict[str, Any]]:
        from youtube_transcript_api import NoTranscriptFound, YouTubeTranscriptApi, YouTubeTranscriptApiException

        try:
            known = YouTubeTranscriptApi(http_client=session).list(video)  # type: ignore[arg-type]
            try:
                chosen = known.find_transcript(LANGUAGES)
            except NoTranscriptFound:
                chosen = next(iter(known))
            return chosen.fetch().to_raw_data()
        except YouTubeTranscriptApiException as error:
            raise _refused(video, _reason(error)) from error
        except FetchError as error:
            if error.facts.get("status") == 429:
                raise _refused(video, "YouTube blocks requests from this address") from error
            if isinstance(error, Refused):
                raise Refused(error.message, remedy=AS_FILE, **error.facts) from error
            raise
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, StopIteration) as error:
            raise _refused(video, f"{host_of(self.url)} sent something else than a transcript") from error

    def described(self, video: str, year: int | None = None) -> Work:
        """Title and channel; a talk without them is still a talk."""
        known = Identifiers(youtube=video, url=f"https://www.youtube.com/watch?v={video}")
        watch = quote(str(known.url), safe="")
        try:
            found = json.loads(self.carrier.get(f"{self.url.rstrip('/')}/oembed?url={watch}&format=json").content)
        except (FetchError, ValueError, RecursionError):
            found = {}
        told: Mapping[str, Any] = found if isinstance(found, dict) else {}
        title, channel = (" ".join(str(told.get(name) or "").split()) for name in ("title", "author_name"))
        return Work("", title, (Author(channel),) if channel else (), year, venue="YouTube", identifiers=known)


def _refused(video: str, why: str) -> Refused:
    return Refused(f"The transcript of YouTube's {video} cannot be fetched: {why}.", remedy=AS_FILE, youtube=video)


def _reason(error: Exception) -> str:
    reasons = {
        "RequestBlocked": "YouTube blocks requests from this address",
        "IpBlocked": "YouTube blocks requests from this address",
        "PoTokenRequired": "YouTube wants a proof that only a browser can give",
        "TranscriptsDisabled": "it has none",
        "NoTranscriptFound": "it has none",
        "VideoUnavailable": "there is no such video",
        "VideoUnplayable": "YouTube does not play it",
        "AgeRestricted": "YouTube wants to know the viewer's age",
        "FailedToCreateConsentCookie": "YouTube wants a person's consent first",
        "InvalidVideoId": "that is no video",
    }
    return reasons.get(type(error).__name__, "YouTube's page has changed, or is not YouTube's")
