"""Other people's HLS and DASH clients for the tests: npm packages (tests/e2e/web/package-lock.json names their versions)
in the build folder, the checkers of tests/e2e/web on top of them, and a site that brings players and streams together.

    report = check("hls", url)           {"ok", "problems": [{"rule", "where", "text"}], "facts"}
    with Site(upstream=server.url) as site: browser.open(site.url + "/player.html")
"""
import fcntl
import functools
import hashlib
import http.client
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

from media import require_program

WEB = pathlib.Path(__file__).resolve().parent / "web"
LOCKED = ("package.json", "package-lock.json")
INSTALL_SECONDS = 400
RETRY_SECONDS = 600  # a machine without a registry says so once, not in every test


def _install_folder(name):
    """Below the build folder of the programs under test, so that it goes with it."""
    named = os.environ.get("MAREA_BIN_DIR")
    build = pathlib.Path(named).parent if named else WEB.parents[2] / "build"
    return build / name if build.is_dir() else pathlib.Path(tempfile.gettempdir()) / f"marea-{name}-{os.getuid()}"


def web_tools():
    """The folder that has node_modules of tests/e2e/web."""
    return npm_folder(WEB, "web-tools")


@functools.lru_cache
def npm_folder(source, name):
    """A folder with the node_modules that the lock file in `source` asks for. Installs them once per lock file; skips the
    test where that cannot be done."""
    require_program("node", "nodejs")
    npm = require_program("npm")
    folder = _install_folder(name)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = hashlib.sha256(b"".join((source / file).read_bytes() for file in LOCKED)).hexdigest()
    stamp = folder / "installed"
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != wanted:
            _install(npm, source, folder)
            stamp.write_text(wanted)
    return folder


def _install(npm, source, folder):
    failed = folder / "failed"
    if failed.exists() and time.time() - failed.stat().st_mtime < RETRY_SECONDS:
        raise unittest.SkipTest(failed.read_text())
    for name in LOCKED:
        shutil.copyfile(source / name, folder / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000"]
    try:
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=INSTALL_SECONDS)
        said = done.stderr.strip().splitlines() or ["npm ci failed"]
    except subprocess.TimeoutExpired:
        done, said = None, [f"no end within {INSTALL_SECONDS} s"]
    if done is None or done.returncode:
        wrong = next((line for line in said if "ERR" in line or "error" in line), said[-1])
        failed.write_text(f"the npm packages of tests/e2e/{source.name} could not be installed: {wrong[:150]}")
        raise unittest.SkipTest(failed.read_text())


def check(kind, *args):
    """Runs check-<kind>.mjs ("hls", "dash", "mp4", "vtt") and returns its report."""
    env = {**os.environ, "MAREA_WEB_MODULES": str(web_tools())}
    done = subprocess.run([require_program("node", "nodejs"), str(WEB / f"check-{kind}.mjs"), *map(str, args)], env=env,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
    if not done.stdout.strip():
        raise AssertionError(f"check-{kind}.mjs said nothing: {done.stderr[-2000:]}")
    report = json.loads(done.stdout)
    if done.returncode != (0 if report["ok"] else 1):
        raise AssertionError(f"check-{kind}.mjs ended with {done.returncode}: {done.stdout[:500]} {done.stderr[-1000:]}")
    return report


TYPES = {".html": "text/html", ".json": "application/json", ".js": "text/javascript", ".m3u8": "application/vnd.apple.mpegurl", ".mpd": "application/dash+xml",
         ".mp4": "video/mp4", ".m4s": "video/iso.segment", ".vtt": "text/vtt", ".ts": "video/mp2t", ".jpg": "image/jpeg"}


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 20  # head and body in one packet: else the second waits for the client's delayed acknowledgement

    def handle(self):
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):  # a player that has seen enough
            pass

    def do_POST(self):
        site, body = self.server.site, self.rfile.read(int(self.headers.get("Content-Length", 0)))
        site.requests.append(urllib.parse.urlsplit(self.path).path)
        if site.upstream and self.path.startswith("/stream/"):
            return self._proxy(site.upstream, body)
        self._send(404, {}, b"")

    def do_GET(self):
        site, path = self.server.site, urllib.parse.urlsplit(self.path).path
        site.requests.append(path)
        if site.upstream and path.startswith("/stream/"):
            return self._proxy(site.upstream)
        found = site.find(path)
        self._send(200 if found is not None else 404, {"Content-Type": TYPES.get(pathlib.PurePath(path).suffix, "text/plain")},
                   found or b"")

    def _proxy(self, upstream, body=None):
        """CORS is closed on the server: the streams come from the page's own origin, as through any reverse proxy."""
        parts = urllib.parse.urlsplit(upstream)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=180)
        try:
            sent = {name: self.headers[name] for name in ("Range", "If-None-Match", "Content-Type") if name in self.headers}
            connection.request("GET" if body is None else "POST", self.path, body=body, headers=sent)
            answer = connection.getresponse()
            kept = {name: value for name, value in answer.getheaders()
                    if name.lower() in ("content-type", "content-range", "accept-ranges", "etag", "cache-control")}
            self._send(answer.status, kept, answer.read())
        except OSError as error:
            self._send(502, {"Content-Type": "text/plain"}, str(error).encode())
        finally:
            connection.close()

    def _send(self, status, headers, body):
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_):
        pass


class Site:
    """One origin: `files` (path → bytes), the page tests/e2e/web/player.html, the players below /lib/, and, when
    `upstream` names a server, its /stream/. `requests` has the paths that were asked for."""

    def __init__(self, files=None, upstream=None, tools=False):
        self.files, self.upstream, self.requests = dict(files or {}), upstream, []
        self.libraries = {} if not tools else {
            "/lib/hls.js": web_tools() / "node_modules/hls.js/dist/hls.min.js",
            "/lib/shaka.js": web_tools() / "node_modules/shaka-player/dist/shaka-player.compiled.js",
            "/player.html": WEB / "player.html", "/player.js": WEB / "player.js"}
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.site, self.server.daemon_threads = self, True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def find(self, path):
        if path in self.libraries:
            return self.libraries[path].read_bytes()
        return self.files.get(path)

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
