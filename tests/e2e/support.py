"""What the end-to-end tests share: the built server as a process, and a client for it.

    from support import Server, wait_for
    with Server(libraries={"Films": folder}) as server:
        server.wait_until_idle()
        items = server.get("/api/v1/media").json["items"]

MAREA_BIN_DIR names the folder of the built programs (default: the newest build/*/bin). Only the standard library is used.
"""
import http.client
import json
import math
import os
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.parse

from browser import Browser  # noqa: F401  (offered to the tests)
from display import Display  # noqa: F401
from media import make_album, make_film, make_media, make_tone, media_corpus, require_program  # noqa: F401

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "correct horse battery"


def bin_dir():
    """The folder of the built programs."""
    named = os.environ.get("MAREA_BIN_DIR")
    if named:
        return pathlib.Path(named)
    found = sorted(ROOT.glob("build/*/bin/marea-server"), key=lambda p: p.stat().st_mtime)
    if not found:
        raise RuntimeError("no built marea-server; set MAREA_BIN_DIR or run ./test")
    return found[-1].parent


def program(name):
    """A built program's path: "marea-server", "marea-worker" or "marea"."""
    return bin_dir() / name


# What a machine with other things to do may take more than a quiet one. Limits end hangs; they measure nothing.
PATIENCE = 6


WITNESSES = []   # called when a wait was in vain, before anything ends: they print what was to be seen instead


def wait_for(condition, seconds=30, what=None, pause=0.05):
    """
    Asks `condition` again and again until it answers something true, which is returned. Its time-out is a failure, of which WITNESSES tell more;
    `seconds` are those of a quiet machine.
    """
    end = time.monotonic() + seconds * PATIENCE
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            name = what or getattr(condition, "__name__", "the condition")
            for witness in list(WITNESSES):
                try:
                    witness()
                except Exception as wrong:   # the wait is what failed
                    print(f"{witness.__qualname__} could not tell: {wrong!r}")
            raise AssertionError(f"waited {seconds * PATIENCE} s in vain for {name}")
        time.sleep(pause)


class Answer:
    """An HTTP answer, whole: status, headers (lower-case names), body (bytes)."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"<{self.status} {self.headers.get('content-type', '')} {self.body[:300]!r}>"


def http_request(url, method="GET", body=None, headers=None, timeout=30 * PATIENCE):
    """One request on a connection of its own; `body` is bytes, text, or anything that JSON can say."""
    parts = urllib.parse.urlsplit(url)
    headers = dict(headers or {})
    if body is not None and not isinstance(body, (bytes, str)):
        body = json.dumps(body)
        headers.setdefault("Content-Type", "application/json")
    if isinstance(body, str):
        body = body.encode()
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
    try:
        target = parts.path + ("?" + parts.query if parts.query else "")
        connection.request(method, target or "/", body=body, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()


class Client:
    """Requests to a server at `self.url`, with `self.token` when there is one."""

    url = None
    token = None

    def request(self, method, path, body=None, headers=None, token=True, timeout=30 * PATIENCE):
        """`token`: True for the own one, False or None for none, or another token."""
        sent = dict(headers or {})
        chosen = self.token if token is True else token
        if chosen:
            sent["Authorization"] = f"Bearer {chosen}"
        return http_request(self.url + path, method, body, sent, timeout)

    def _checked(self, expect, *args, **kwargs):
        answer = self.request(*args, **kwargs)
        if expect is not None and answer.status not in (expect if isinstance(expect, tuple) else (expect,)):
            raise AssertionError(f"{args[0]} {args[1]}: expected {expect}, got {answer}")
        return answer

    def get(self, path, expect=200, **kwargs):
        return self._checked(expect, "GET", path, **kwargs)

    def post(self, path, body=None, expect=(200, 201, 202, 204), **kwargs):
        return self._checked(expect, "POST", path, body, **kwargs)

    def put(self, path, body=None, expect=(200, 204), **kwargs):
        return self._checked(expect, "PUT", path, body, **kwargs)

    def delete(self, path, expect=204, **kwargs):
        return self._checked(expect, "DELETE", path, **kwargs)

    def raw(self, method, path, **kwargs):
        """Any request, any answer: nothing is expected."""
        return self.request(method, path, **kwargs)

    def form(self, path, fields, expect=200):
        """A form-encoded POST without a token, as OAuth wants it."""
        return self._checked(expect, "POST", path, urllib.parse.urlencode(fields), token=False,
                             headers={"Content-Type": "application/x-www-form-urlencoded"})

    def all_media(self, query=""):
        """Every item of /api/v1/media, following the cursors."""
        items, cursor = [], None
        while True:
            more = f"&cursor={urllib.parse.quote(cursor)}" if cursor else ""
            page = self.get(f"/api/v1/media?limit=200{'&' + query if query else ''}{more}").json
            items += page["items"]
            cursor = page.get("next_cursor")
            if not cursor:
                return items

    def libraries(self):
        return self.get("/api/v1/libraries").json["items"]

    def wait_until_idle(self, seconds=120):
        """Waits until every library was scanned at least once and none is being scanned."""
        def idle():
            found = self.libraries()
            return [found] if all(l["state"] != "scanning" and l["last_scan_at"] for l in found) else None   # also of none
        return wait_for(idle, seconds, "the scans to end")[0]


class Server(Client):
    """The built server on a free port and a data folder of its own.

    `libraries` maps names to folders. `setup=False` leaves the server without an owner. The data folder is removed
    at the end unless `data` was given. Logs go to <data>/server.log and are shown when the start fails.
    """

    def __init__(self, libraries=None, data=None, setup=True, args=(), env=None, start=True, listen="127.0.0.1:0"):
        self.libraries_given = dict(libraries or {})
        self.owns_data = data is None
        self.data = pathlib.Path(data or tempfile.mkdtemp(prefix="marea-e2e-"))
        self.args, self.env, self.listen = list(args), dict(env or {}), listen
        self.want_setup = setup
        self.process = self.ready = self.refresh_token = self.setup_code = None
        self.renew_at, self._renewing = math.inf, threading.Lock()
        self.output = []
        if start:
            self.start()

    def command(self):
        line = [str(program("marea-server")), "serve", "--listen", self.listen, "--data", str(self.data)]
        for name, folder in self.libraries_given.items():
            line += ["--library", f"{name}={folder}"]
        return line + self.args

    @property
    def log_path(self):
        return self.data.parent / f"{self.data.name}.log"

    @property
    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def start(self, seconds=30):
        """Starts the process, waits for its ready line, and makes the owner when there is none. Returns the seconds
        that it took until it was ready."""
        began = time.monotonic()
        env = {**os.environ, **self.env}
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                            stderr=log, env=env)
        self.ready = None
        self.output = []
        self._reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self._reader.start()
        wait_for(lambda: self.ready or self.process.poll() is not None, seconds, "the ready line", 0.01)
        if not self.ready:
            raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.log[-4000:]}")
        took = time.monotonic() - began
        self.url = (self.ready["url"] or "").rstrip("/")  # none of a helper that listens nowhere
        self.setup_code = self.ready.get("setup_code") or self.setup_code
        if self.want_setup and self.ready.get("setup_code"):
            self.setup()
        return took

    def _read(self, process):
        for line in process.stdout:
            self.output.append(line.decode("utf-8", "replace"))
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if isinstance(said, dict) and said.get("event") == "ready":
                self.ready = said
        process.stdout.close()

    def setup(self, username="owner", password=PASSWORD):
        answer = self.post("/api/v1/setup", {"code": self.setup_code, "username": username, "password": password},
                           expect=201, token=False).json
        self._keep(answer)
        return answer

    def login(self, username="owner", password=PASSWORD, device="test"):
        answer = self.post("/api/v1/login", {"username": username, "password": password, "device_name": device},
                           expect=200, token=False).json
        self._keep(answer)
        return answer

    def refresh(self):
        answer = self.form("/oauth/token", {"grant_type": "refresh_token", "refresh_token": self.refresh_token}).json
        self._keep(answer)
        return answer

    def _keep(self, answer):
        self.token, self.refresh_token = answer["access_token"], answer["refresh_token"]
        self.renew_at = time.monotonic() + answer["expires_in"] / 2

    def request(self, method, path, body=None, headers=None, token=True, **more):
        """As a client does that stays: its own token is renewed before it runs out."""
        with self._renewing:
            if token is True and self.token and self.refresh_token and time.monotonic() > self.renew_at:
                self.renew_at = time.monotonic() + 60  # tried again then, also where the server is away
                answer = http_request(self.url + "/oauth/token", "POST", urllib.parse.urlencode(
                    {"grant_type": "refresh_token", "refresh_token": self.refresh_token}),
                    {"Content-Type": "application/x-www-form-urlencoded"})
                if answer.status == 200:
                    self._keep(answer.json)
        return super().request(method, path, body, headers, token, **more)

    @property
    def pid(self):
        return self.process.pid

    def workers(self):
        """Process ids of the server's marea-worker children."""
        found = []
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                name, rest = stat.read_text().rsplit(")", 1)
            except OSError:
                continue
            if int(rest.split()[1]) == self.pid and "marea-worker" in name:
                found.append(int(stat.parent.name))
        return found

    def stop(self, seconds=15 * PATIENCE):
        """SIGTERM; returns the exit code. A server that does not end in time is killed, and that is a failure."""
        if not self.process:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError(f"the server did not end within {seconds} s of SIGTERM:\n{self.log[-4000:]}")
        self._reader.join(5)
        return self.process.returncode

    def kill(self):
        """SIGKILL, as if the power had gone."""
        if self.process and self.process.poll() is None:
            self.process.kill()
        if self.process:
            self.process.wait()
            self._reader.join(5)

    def close(self):
        """Ends the process and removes its folder."""
        try:
            self.stop()
        finally:
            if self.owns_data:
                shutil.rmtree(self.data, ignore_errors=True)
                self.log_path.unlink(missing_ok=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def play(client, media_id, preset="mpv", **more):
    """Asks for playback and returns the answer's JSON, with "full_url" added."""
    answer = client.post(f"/api/v1/media/{media_id}/playback", {"capabilities": {"preset": preset}, **more}, expect=201)
    session = answer.json
    session["full_url"] = client.url + session["url"]
    return session


class Underway:
    """A long answer of which only the beginning has been taken; the rest waits in the sockets, or has not been sent."""

    def __init__(self, url, headers=None):
        parts = urllib.parse.urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60 * PATIENCE)
        self._connection.request("GET", parts.path + ("?" + parts.query if parts.query else ""), headers=headers or {})
        self._answer = self._connection.getresponse()
        self.status, self.length = self._answer.status, int(self._answer.headers["Content-Length"])
        self.taken = len(self._answer.read(1000))

    def take_rest(self):
        """How many bytes came of all, up to the end or to where it was cut."""
        try:
            while some := self._answer.read1(1 << 20):
                self.taken += len(some)
        except (ConnectionError, http.client.IncompleteRead):
            pass
        self._connection.close()
        return self.taken


def lengthen(film, size=64 << 20):
    """Makes a film's file longer than sockets hold, by an empty box that players pass over."""
    with open(film, "r+b") as file:
        file.seek(0, os.SEEK_END)
        file.write(size.to_bytes(4, "big") + b"free")
        file.truncate(file.tell() - 8 + size)


def is_long():
    """Whether the long run was asked for (./test --long)."""
    return os.environ.get("MAREA_LONG") == "1"


def thrown_dice(what):
    """Dice for moments and amounts. What they were thrown with is printed; MAREA_SEED throws them so again."""
    seed = int(os.environ.get("MAREA_SEED") or random.SystemRandom().randrange(1 << 32))
    print(f"{what}: MAREA_SEED={seed}", flush=True)
    return random.Random(seed)
