"""A model server on loopback that speaks OpenAI's protocol, well or badly, as real ones do."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Literal

Behaviour = Literal[
    "well", "slow", "cut", "garbage", "error in 200", "error in stream", "500", "empty"
]


class ModelServer(ThreadingHTTPServer):
    """Answers every request with ``text``, in the way that ``behaviour`` says."""

    daemon_threads = True

    def __init__(self, *, text: str, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.text, self.behaviour = text, behaviour
        self.requests: list[dict[str, Any]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def serving(text: str, *, behaviour: Behaviour = "well") -> Iterator[ModelServer]:
    """Run a server while the block runs."""
    server = ModelServer(text=text, behaviour=behaviour)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: ModelServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append(json.loads(body))
        behaviour = self.server.behaviour
        if behaviour == "500":
            self._send("application/json", b'{"error": {"message": "boum"}}', status=500)
        elif behaviour == "error in 200":
            self._send("application/json", b'{"error": {"message": "quota", "code": 429}}')
        elif behaviour == "garbage":
            self._send("text/html", b"<html><body>Bienvenue</body></html>")
        elif behaviour == "error in stream":
            self._send("text/event-stream", b'data: {"error": {"message": "surcharge"}}\n\n')
        else:
            self._stream(behaviour)

    def _stream(self, behaviour: Behaviour) -> None:
        if behaviour == "slow":
            time.sleep(3)
        words = self.server.text.split(" ") if behaviour != "empty" else []
        if behaviour == "cut":
            words = words[: len(words) * 2 // 3]
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for word in words:
                self._event({"choices": [{"index": 0, "delta": {"content": f"{word} "}}]})
            if behaviour == "cut":
                # As a server that dies: no end, and the connection closed in the middle of a line.
                self.wfile.write(b'data: {"choi')
                return
            end = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
            usage = {"prompt_tokens": 120, "completion_tokens": 12, "total_tokens": 132}
            self._event(end)
            self._event({"choices": [], "usage": usage})
            self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            return

    def _event(self, content: dict[str, Any]) -> None:
        head = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "essai"}
        self.wfile.write(f"data: {json.dumps(head | content)}\n\n".encode())
        self.wfile.flush()

    def _send(self, kind: str, body: bytes, *, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
