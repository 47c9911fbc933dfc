"""A scripted language model on loopback, for everybody who has to hold a program against models good and bad.

It speaks as OpenAI's server does (`/v1/chat/completions`, streamed and whole), as Anthropic's (`/v1/messages`) and as
Ollama's (`/api/chat`), and plays one of the parts of `tests.servers.language_plays`, or a part of one's own:

    $ python -m tests.servers.language_model --play good --port 8099
    $ pincite ask --llm openai-like/anything@http://127.0.0.1:8099/v1 "…"

In a test: `with language_model("invents-quotes") as server: …`; `server.spec` names it to Pincite, `server.asked` holds
every request. `/v1/plays/NAME` as the beginning of the address plays another part than the one chosen.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.servers.language_plays import PLAYS, Reply, seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.language_plays import Play

PIECE = 12
"""Characters of a streamed piece."""
ENOUGH = 400_000
"""Characters after which even the endless play ends, where nobody hangs up."""
STALL = 5.0
"""Seconds of silence, unless the server is shut down before."""


@dataclass
class Asked:
    """One request."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str]
    at: float


@dataclass
class LanguageModelServer:
    """The server while it runs."""

    play: Play
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def spec(self) -> str:
        """Its short name for Pincite."""
        return f"openai-like/scripted@{self.url}/v1"

    @property
    def ollama(self) -> str:
        """The same as Ollama's server would be named."""
        return f"ollama/scripted@{self.url}"


@contextlib.contextmanager
def language_model(play: str | Play = "good", *, port: int = 0) -> Iterator[LanguageModelServer]:
    """Run a server that plays a part."""
    site = LanguageModelServer(PLAYS[play] if isinstance(play, str) else play)
    server = ThreadingHTTPServer(("127.0.0.1", port), _request_class(site))
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _request_class(site: LanguageModelServer) -> type[BaseHTTPRequestHandler]:
    class Request(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _whole(self, {"object": "list", "data": [{"id": "scripted", "object": "model", "owned_by": "nobody"}]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
            chosen, path = _chosen(site, self.path)
            with site.lock:
                headers = {name.lower(): value for name, value in self.headers.items()}
                site.asked.append(Asked(path, body, headers, time.monotonic()))
                turn = len(site.asked)
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                _answer(self, site, chosen(seen(*_prompt(body), turn)), path, body)

        def log_message(self, format: str, *args: object) -> None:
            return

    return Request


def _chosen(site: LanguageModelServer, path: str) -> tuple[Play, str]:
    found = re.match(r"/v1/plays/([\w-]+)(/.*)", path)
    return (PLAYS[found[1]], f"/v1{found[2]}") if found else (site.play, path)


def _prompt(body: dict[str, Any]) -> tuple[str, str]:
    """What the system says, and what the person does."""
    messages = [(each["role"], _text(each["content"])) for each in body.get("messages", [])]
    rules = [_text(body.get("system", "")), *(text for role, text in messages if role == "system")]
    return "\n".join(filter(None, rules)), "\n".join(text for role, text in messages if role == "user")


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content or [])


def _answer(request: BaseHTTPRequestHandler, site: LanguageModelServer, reply: Reply, path: str, body: dict[str, Any]) -> None:
    if reply.status != 200:
        _whole(request, {"error": {"message": reply.text, "type": "error"}, "type": "error"}, reply.status, reply.headers)
        return
    form = {"/v1/messages": _Anthropic, "/api/chat": _Ollama}.get(path, _OpenAI)(body)
    if not body.get("stream", path == "/api/chat"):
        _whole(request, form.whole(reply.text))
        return
    request.send_response(200)
    request.send_header("Content-Type", form.media_type)
    request.send_header("Connection", "close")
    request.end_headers()
    request.close_connection = True
    sent = 0
    for event in form.opening():
        request.wfile.write(event)
    while sent < ENOUGH:
        for start in range(0, len(reply.text), PIECE):
            if _ends_here(request, site, reply, sent):
                return
            piece = reply.text[start : start + PIECE]
            request.wfile.write(form.piece(piece))
            request.wfile.flush()
            sent += len(piece)
        if not reply.endless or site.over.is_set():
            break
    for event in form.closing(sent):
        request.wfile.write(event)


def _ends_here(request: BaseHTTPRequestHandler, site: LanguageModelServer, reply: Reply, sent: int) -> bool:
    """Stall, or tear the connection down, where the play says so."""
    if reply.stalls_after is not None and sent >= reply.stalls_after:
        site.over.wait(STALL)
        return True
    if reply.breaks_after is not None and sent >= reply.breaks_after:
        request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.connection.close()
        return True
    return False


def _whole(
    request: BaseHTTPRequestHandler, held: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None
) -> None:
    body = json.dumps(held).encode()
    request.send_response(status)
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}.items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)


class _OpenAI:
    """Chat completions."""

    media_type = "text/event-stream"

    def __init__(self, body: dict[str, Any]) -> None:
        self.model = body.get("model", "scripted")
        self.usage = bool((body.get("stream_options") or {}).get("include_usage"))
        self.read = len(json.dumps(body.get("messages", []))) // 4

    def _event(self, held: dict[str, Any]) -> bytes:
        stamped = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": self.model, **held}
        return f"data: {json.dumps(stamped)}\n\n".encode()

    def opening(self) -> list[bytes]:
        return [self._event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}]})]

    def piece(self, text: str) -> bytes:
        return self._event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]})

    def closing(self, sent: int) -> list[bytes]:
        events = [self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})]
        if self.usage:
            events.append(self._event({"choices": [], "usage": self._usage(sent)}))
        return [*events, b"data: [DONE]\n\n"]

    def _usage(self, sent: int) -> dict[str, int]:
        written = sent // 4
        return {"prompt_tokens": self.read, "completion_tokens": written, "total_tokens": self.read + written}

    def whole(self, text: str) -> dict[str, Any]:
        message = {"role": "assistant", "content": text}
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": self.model,
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": self._usage(len(text)),
        }


class _Anthropic:
    """Messages."""

    media_type = "text/event-stream"

    def __init__(self, body: dict[str, Any]) -> None:
        self.model = body.get("model", "scripted")
        self.read = len(json.dumps(body.get("messages", []))) // 4

    def _event(self, kind: str, **held: Any) -> bytes:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **held})}\n\n".encode()

    def _message(self, content: list[dict[str, Any]], written: int) -> dict[str, Any]:
        return {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": self.model,
            "content": content,
            "stop_reason": None,
            "stop_sequence": None,
            "usage": {"input_tokens": self.read, "output_tokens": written},
        }

    def opening(self) -> list[bytes]:
        return [
            self._event("message_start", message=self._message([], 1)),
            self._event("content_block_start", index=0, content_block={"type": "text", "text": ""}),
        ]

    def piece(self, text: str) -> bytes:
        return self._event("content_block_delta", index=0, delta={"type": "text_delta", "text": text})

    def closing(self, sent: int) -> list[bytes]:
        return [
            self._event("content_block_stop", index=0),
            self._event(
                "message_delta", delta={"stop_reason": "end_turn", "stop_sequence": None}, usage={"output_tokens": sent // 4}
            ),
            self._event("message_stop"),
        ]

    def whole(self, text: str) -> dict[str, Any]:
        return self._message([{"type": "text", "text": text}], len(text) // 4)


class _Ollama:
    """A line of JSON a piece."""

    media_type = "application/x-ndjson"

    def __init__(self, body: dict[str, Any]) -> None:
        self.model = body.get("model", "scripted")
        self.read = len(json.dumps(body.get("messages", []))) // 4

    def _line(self, text: str, **more: Any) -> dict[str, Any]:
        message = {"role": "assistant", "content": text}
        return {"model": self.model, "created_at": "2031-01-01T00:00:00Z", "message": message, "done": False, **more}

    def opening(self) -> list[bytes]:
        return []

    def piece(self, text: str) -> bytes:
        return json.dumps(self._line(text)).encode() + b"\n"

    def closing(self, sent: int) -> list[bytes]:
        return [json.dumps(self._end("", sent)).encode() + b"\n"]

    def _end(self, text: str, sent: int) -> dict[str, Any]:
        return self._line(text, done=True, done_reason="stop", prompt_eval_count=self.read, eval_count=sent // 4)

    def whole(self, text: str) -> dict[str, Any]:
        return self._end(text, len(text))


def main() -> None:
    """Play until somebody ends it."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers.language_model", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--play", choices=sorted(PLAYS), default="good")
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--list", action="store_true", help="say what each play does, and end")
    chosen = parser.parse_args()
    if chosen.list:
        for name, each in PLAYS.items():
            print(f"{name:26} {(each.__doc__ or '').strip()}")
        return
    with language_model(chosen.play, port=chosen.port) as site:
        print(f"{chosen.play} plays at {site.url}; name it to Pincite as {site.spec}", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
