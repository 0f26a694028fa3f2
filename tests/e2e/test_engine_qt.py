"""The player without libmpv: Qt Multimedia plays a film of a server to its end, and what it cannot do is not offered."""
import pathlib
import subprocess
import tempfile
import time
import unittest

from media import make_film
from seat import Hands
from support import PASSWORD, PATIENCE, Server, program, wait_for

SECONDS = 8


def engines():
    """Those that were built in, as the program's help has them."""
    done = subprocess.run([program("marea"), "--help"], env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"}, capture_output=True,
                          text=True, timeout=180)
    return done.stdout


class QtEngine(Hands):
    screen = "1280x1100x24"

    def setUp(self):
        super().setUp()
        if "mpv, qt" not in engines():
            self.skipTest("one engine alone was built in")
        folder = tempfile.TemporaryDirectory(prefix="marea-qt-")
        self.addCleanup(folder.cleanup)
        films = pathlib.Path(folder.name) / "Films"
        films.mkdir()
        make_film(films / "Tide (2020).mkv", seconds=SECONDS)
        self.server = Server(libraries={"Films": films}, data=pathlib.Path(folder.name) / "data")
        self.addCleanup(self.server.close)
        self.server.wait_until_idle()
        self.film = self.server.all_media("kind=movie")[0]["id"]

    def sign_in(self):
        wait_for(self.form_is_shown, 60, "the form")
        self.keys("Tab", "Return")  # by a password
        for text in ("owner", PASSWORD):
            self.types(text)
            self.keys("Return")
        wait_for(lambda: not self.form_is_shown(), 60, "the pages")

    def plays(self):
        """Films, the first of them, Play. Keys that come too early are lost: then once more."""
        end = time.monotonic() + 60 * PATIENCE
        while not self.said("click_to_first_frame_ms="):
            self.assertLess(time.monotonic(), end, "it does not play")
            self.keys("ctrl+1", "ctrl+2")
            time.sleep(1)
            self.keys("Return")
            time.sleep(1)
            self.keys("Return")
            time.sleep(2)

    def watched(self):
        return self.server.get(f"/api/v1/media/{self.film}").json["watched"]

    def test_a_film_plays_to_its_end(self):
        app = self.start("--engine", "qt", "--server", self.server.url)
        self.sign_in()
        self.plays()
        wait_for(self.watched, 120, "the server to hear that it was seen")
        wait_for(lambda: not self.server.get("/api/v1/admin/sessions").json["items"], 60, "the session to end")
        self.press("Account", lambda: self.sees("Settings"))
        self.press("Settings", lambda: self.sees("Sound"))
        self.press("Sound", lambda: self.named("Device: .*"))
        self.assertFalse(self.sees("For Marea alone"), "what it cannot do is offered")
        self.ends_cleanly(app)

    def test_what_there_is_not_is_said(self):
        done = subprocess.run([program("marea"), "--engine", "none"], env=self.environment(), capture_output=True, text=True, timeout=180)
        self.assertEqual(done.returncode, 1)
        self.assertIn("there is no engine none; there are: mpv, qt", done.stderr)


if __name__ == "__main__":
    unittest.main()
