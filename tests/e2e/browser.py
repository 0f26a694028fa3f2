"""Headless Chromium through the W3C WebDriver protocol, with nothing but the standard library."""
import json
import re
import shutil
import subprocess
import tempfile
import threading
import urllib.error
import urllib.request

from media import require_program

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-first-run", "--mute-audio",
         "--autoplay-policy=no-user-gesture-required"]

SECONDS = 600  # that a page or a script may take: more than all that they wait for themselves


class Browser:
    """One session in a profile folder of its own."""

    def __init__(self, flags=()):
        chromium = require_program("chromium", "chromium")
        driver = require_program("chromedriver", "chromium-driver")
        self.profile = tempfile.mkdtemp(prefix="marea-chromium-")
        self.driver = subprocess.Popen([driver, "--port=0"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, text=True)
        self.base = f"http://127.0.0.1:{self._port()}"
        options = {"binary": chromium, "args": [*FLAGS, *flags, f"--user-data-dir={self.profile}"]}
        answer = self._call("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options}}}, timeout=180)
        self.session = f"/session/{answer['sessionId']}"
        self._call("POST", self.session + "/timeouts", {"script": 1000 * SECONDS, "pageLoad": 1000 * SECONDS})

    def _port(self):
        for line in self.driver.stdout:
            found = re.search(r"successfully.*on port (\d+)", line)
            if found:
                threading.Thread(target=lambda: [None for _ in self.driver.stdout], daemon=True).start()
                return int(found.group(1))
        raise AssertionError("chromedriver did not start")

    def _call(self, method, path, body=None, timeout=SECONDS + 10):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"WebDriver {method} {path}: {error.read().decode(errors='replace')[:600]}") from None

    def open(self, url):
        self._call("POST", self.session + "/url", {"url": url})

    def run(self, script, *args):
        """Runs `script` (a function body; `return` gives the answer)."""
        return self._call("POST", self.session + "/execute/sync", {"script": script, "args": list(args)})

    def run_async(self, script, *args):
        """As run(), but the answer is what the script gives to its last argument, a function."""
        return self._call("POST", self.session + "/execute/async", {"script": script, "args": list(args)})

    def close(self):
        try:
            if hasattr(self, "session"):
                self._call("DELETE", self.session, timeout=180)
        except (AssertionError, OSError):
            pass
        self.driver.terminate()
        self.driver.wait(15)
        shutil.rmtree(self.profile, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
