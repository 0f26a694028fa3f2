"""The desktop program on a screen: it opens, signs in, shows the library, plays a file, and ends when asked."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest

from display import Display
from media import require_program

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("MAREA_BIN_DIR", ROOT / "build/dev/bin"))


def until(check, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := check():
            return found
        time.sleep(0.1)
    raise AssertionError("it did not happen")


class App(unittest.TestCase):
    def setUp(self):
        if not (BIN / "marea").exists():
            self.skipTest("marea is not built")
        require_program("xdotool", "xdotool")
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.display = Display()
        self.addCleanup(self.display.close)
        self.log = pathlib.Path(self.folder.name) / "log"

    def start(self, *arguments, bus=None):
        home = self.folder.name
        env = {**self.display.env, "HOME": home, "XDG_CONFIG_HOME": f"{home}/config", "XDG_CACHE_HOME": f"{home}/cache",
               "XDG_RUNTIME_DIR": home, "LC_ALL": "C.UTF-8"}
        # Without an address a bus would be started for the screen, and the keyring on it would ask for a password.
        env["DBUS_SESSION_BUS_ADDRESS"] = bus or "disabled:"
        with open(self.log, "w") as log:
            app = subprocess.Popen([BIN / "marea", "--audio", "null", *map(str, arguments)], env=env, stderr=log, stdin=subprocess.DEVNULL)
        self.addCleanup(app.wait)
        self.addCleanup(app.kill)
        until(lambda: self.display.xdotool("search", "--onlyvisible", "--class", "marea"))
        return app

    def ends_cleanly(self, app):
        app.terminate()
        self.assertEqual(app.wait(10), 0)
        wrong = [line for line in self.log.read_text().splitlines() if line.startswith("qrc:")]
        self.assertEqual(wrong, [], "QML warnings")

    def keys(self, *keys):
        for key in keys:
            self.display.xdotool("key", key)

    def form_is_shown(self):
        """Its button is a wide area of the accent colour, of either theme."""
        shot = pathlib.Path(self.folder.name) / "shot.png"
        self.display.screenshot(shot)
        colours = subprocess.run(["convert", shot, "-depth", "8", "-format", "%c", "histogram:info:"], check=True, capture_output=True, text=True, timeout=180)
        return any(int(count) > 5000 for count, colour in re.findall(r"(\d+):.*#([0-9A-F]{6})", colours.stdout) if colour in ("2BB3C0", "0B7F8C"))

    def fake_server(self):
        server = subprocess.Popen([sys.executable, ROOT / "tests/support/fake_server.py", "--setup"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)
        return json.loads(server.stdout.readline())

    def sign_in(self):
        until(self.form_is_shown)
        for text in ("marina", "tide-and-salt"):
            self.display.xdotool("type", text)
            self.keys("Return")
        until(self.artwork)

    def artwork(self):
        """It lands in the cache once the home page shows it."""
        return [file for file in pathlib.Path(self.folder.name, "cache").glob("**/artwork/*") if file.is_file()]

    def keychain(self):
        """A session bus with an unlocked keyring on it, as a desktop has; its address."""
        require_program("dbus-daemon", "dbus-daemon")
        require_program("gnome-keyring-daemon", "gnome-keyring")
        bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True,
                               stderr=subprocess.DEVNULL)
        self.addCleanup(bus.stdout.close)
        self.addCleanup(bus.wait)
        self.addCleanup(bus.terminate)
        address = bus.stdout.readline().strip()
        home = self.folder.name
        env = {**self.display.env, "HOME": home, "XDG_DATA_HOME": f"{home}/data", "XDG_RUNTIME_DIR": home,
               "DBUS_SESSION_BUS_ADDRESS": address}
        keyring = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], env=env,
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(keyring.wait)
        self.addCleanup(keyring.terminate)
        keyring.stdin.write(b"a keyring's password")
        keyring.stdin.close()
        return address

    def test_signs_in_and_shows_the_library(self):
        ready = self.fake_server()
        app = self.start("--server", ready["url"], "--setup-code", ready["setup_code"])
        self.sign_in()
        self.ends_cleanly(app)

    def test_stays_signed_in_by_the_systems_keychain(self):
        ready, bus = self.fake_server(), self.keychain()
        app = self.start("--server", ready["url"], "--setup-code", ready["setup_code"], bus=bus)
        self.sign_in()
        self.ends_cleanly(app)
        self.assertTrue(list(pathlib.Path(self.folder.name, "data").glob("keyrings/*.keyring")), "nothing was kept")
        for file in self.artwork():
            file.unlink()
        app = self.start("--server", ready["url"], bus=bus)
        until(self.artwork)
        self.assertFalse(self.form_is_shown())
        self.ends_cleanly(app)

    def test_plays_a_file_given_on_the_command_line(self):
        require_program("ffmpeg", "ffmpeg")
        film = pathlib.Path(self.folder.name) / "film.mkv"
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:d=5", film], check=True, timeout=180)
        app = self.start(film)
        until(lambda: "click_to_first_frame_ms=" in self.log.read_text())
        self.keys("space", "i", "Escape")
        self.ends_cleanly(app)

    def test_version(self):
        done = subprocess.run([BIN / "marea", "--version"], env=self.display.env, capture_output=True, text=True, timeout=180)
        self.assertRegex(done.stdout, r"^marea \d+\.\d+\.\d+ \(([0-9a-f]+|unknown)\)$")


if __name__ == "__main__":
    unittest.main()
