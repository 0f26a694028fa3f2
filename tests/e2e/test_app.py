"""The desktop program on a screen: it opens, signs in, shows the library, plays a file, and ends when asked."""
import json
import subprocess
import sys
import unittest

from desktop import DesktopCase
from media import require_program
from support import ROOT, program, wait_for


class App(DesktopCase):
    def fake_server(self):
        server = subprocess.Popen([sys.executable, ROOT / "tests/support/fake_server.py", "--setup"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)
        return json.loads(server.stdout.readline())

    def sign_in(self):
        wait_for(self.form_is_shown, 20, "the form")
        for text in ("marina", "tide-and-salt"):
            self.display.xdotool("type", text)
            self.keys("Return")
        wait_for(self.artwork, 20, "the home page's pictures")

    def artwork(self):
        """It lands in the cache once the home page shows it."""
        return [file for file in (self.home / "cache").glob("**/artwork/*") if file.is_file()]

    def test_signs_in_and_shows_the_library(self):
        ready = self.fake_server()
        app = self.start("--server", ready["url"], "--setup-code", ready["setup_code"])
        self.sign_in()
        self.ends_cleanly(app, 10)

    def test_stays_signed_in_by_the_systems_keychain(self):
        ready = self.fake_server()
        self.session_bus()
        self.keyring()
        app = self.start("--server", ready["url"], "--setup-code", ready["setup_code"])
        self.sign_in()
        self.ends_cleanly(app, 10)
        self.assertTrue(list((self.home / "data").glob("keyrings/*.keyring")), "nothing was kept")
        for file in self.artwork():
            file.unlink()
        app = self.start("--server", ready["url"])
        wait_for(self.artwork, 20, "the home page's pictures")
        self.assertFalse(self.form_is_shown())
        self.ends_cleanly(app, 10)

    def test_plays_a_file_given_on_the_command_line(self):
        require_program("ffmpeg", "ffmpeg")
        film = self.home / "film.mkv"
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:d=60", film], check=True, timeout=180)
        app = self.start(film)
        wait_for(lambda: self.said("click_to_first_frame_ms="), 20, "the first picture")
        self.keys("space", "i", "Escape")
        self.ends_cleanly(app, 10)

    def test_version(self):
        done = subprocess.run([program("marea"), "--version"], env=self.display.env, capture_output=True, text=True, timeout=180)
        self.assertRegex(done.stdout, r"^marea \d+\.\d+\.\d+ \(([0-9a-f]+|unknown)\)$")


if __name__ == "__main__":
    unittest.main()
