"""Folders of this computer as a library without any server, and that library on the network."""
import json
import pathlib
import re
import sqlite3
import subprocess
import tempfile
import time
import unittest

import screenreader
from desktop import DesktopCase
from media import make_album, require_program
from support import PATIENCE, wait_for

TRACKS = 3
CHIP = "check box"   # by its role


class OwnLibrary(DesktopCase):
    screen = "1280x1500x24"   # a whole page of settings at once

    def setUp(self):
        super().setUp()
        screenreader.require()
        require_program("playerctl", "playerctl")
        require_program("curl", "curl")
        self.session_bus()
        folder = tempfile.TemporaryDirectory(prefix="marea-own-")
        self.addCleanup(folder.cleanup)
        self.music = pathlib.Path(folder.name) / "Records"
        make_album(self.music / "The Tides" / "Low Water", tracks=TRACKS, seconds=30)
        self.reader = screenreader.ScreenReader(self.environment())

    def environment(self):
        return {**super().environment(), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "USER": "marina"}

    def press(self, name, until=None, role=None):
        """A click of the pointer on what has that name; again, while it did nothing."""
        def pressed():
            if until and until():
                return True
            thing = self.reader.find(name, role)
            if not thing:
                return False
            self.display.click(thing["x"] + thing["width"] / 2, thing["y"] + thing["height"] / 2)
            end = time.monotonic() + 20   # a switch that is pressed twice is where it was
            while until and not until() and time.monotonic() < end:
                time.sleep(0.1)
            return not until or until()
        wait_for(pressed, 60, f"“{name}” to be there, and to do something")

    def named(self, pattern):
        """What the first name on the screen says that matches."""
        for thing in self.reader.shown():
            found = re.fullmatch(pattern, thing["name"])
            if found:
                return found
        return None

    def start(self, *arguments):
        app = super().start(*arguments)
        self.sizes_window(1200, 1400)
        return app

    def begin(self):
        """As somebody does who has no server: which folder, and on."""
        app = self.start()
        self.press("Use films and music on this computer", lambda: self.reader.find("Folder"))
        self.press("Folder")
        self.display.xdotool("type", str(self.music))
        self.keys("Return")
        wait_for(lambda: self.reader.find("Begin"), 60, "the folder to be taken")
        self.press("Begin", lambda: not self.reader.find("Begin"))
        wait_for(lambda: self.tracks() == TRACKS, 60, "the folder to be read")
        return app

    def database(self):
        return next((self.home / "data").glob("**/library/marea.db"), None)

    def tracks(self):
        if not self.database():
            return 0
        try:
            with sqlite3.connect(f"file:{self.database()}?mode=ro", uri=True) as database:
                return database.execute("SELECT count(*) FROM media_items WHERE kind = 'track'").fetchone()[0]
        except sqlite3.Error:
            return 0

    def playerctl(self, *words):
        done = subprocess.run(["playerctl", "--player=marea", *words], env=self.environment(), capture_output=True, text=True,
                              timeout=60 * PATIENCE)
        return done.stdout.strip()

    def plays_the_album(self):
        wait_for(lambda: self.named("Low Water.*"), 60, "the album on the home page")
        self.press(self.named("Low Water.*").group(), lambda: self.reader.find("Play"))
        self.press("Play", lambda: self.playerctl("status") == "Playing")
        self.assertEqual(self.playerctl("metadata", "xesam:title"), "Song 1")
        wait_for(lambda: float(self.playerctl("position") or 0) > 0.3, 60, "the sound to go on")

    @staticmethod
    def children(pid):
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, timeout=60)
        return [int(line) for line in found.stdout.split()]

    def test_a_folder_is_a_library_that_outlives_a_kill(self):
        app = self.begin()
        self.plays_the_album()
        workers = self.children(app.pid)
        self.assertTrue(workers, "nothing reads files in a process of its own")
        settings = next((self.home / "config").glob("**/marea.conf")).read_text()
        self.assertIn("address=this computer", settings)
        self.assertNotRegex(settings, "eyJ|refresh|password", "no way in is kept in a plain file")
        app.kill()
        app.wait()
        wait_for(lambda: not any(pathlib.Path(f"/proc/{pid}").exists() for pid in workers), 60, "the workers to go, too")
        app = self.start()
        self.plays_the_album()
        self.assertFalse(self.form_is_shown())
        second = super().start("--new")
        wait_for(lambda: self.named("Another Marea.*"), 60, "the second program to say who has the library")
        second.terminate()
        self.assertEqual(second.wait(60 * PATIENCE), 0)
        self.ends_cleanly(app)

    def curl(self, path, port, pin, *more):
        """The exit code, and what came."""
        done = subprocess.run(["curl", "-sS", "-k", "--pinnedpubkey", pin, "--max-time", "60", *more, f"https://127.0.0.2:{port}{path}"],
                              capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout

    def test_it_is_on_the_network_while_that_is_on(self):
        app = self.begin()
        self.press("Account", lambda: self.reader.find("Settings"))
        self.press("Settings", lambda: self.reader.find("This computer"))
        self.press("This computer", lambda: self.reader.find("Share on the network"), CHIP)
        self.press("Share on the network", lambda: self.reader.find("Show a code"), CHIP)
        pin = self.named("Pin: (sha256//.+)")[1]
        self.press("Show a code", lambda: self.named("Code: .+"))
        code = self.named("Code: (.+)")[1]
        config = next((self.home / "config").glob("**/marea.conf"))
        port = wait_for(lambda: re.search(r"\[sharing\][^[]*port=(\d+)", config.read_text()), 60, "the port to be kept")[1]
        self.assertEqual(self.curl("/api/v1/server", port, pin)[0], 0)
        self.assertEqual(self.curl("/api/v1/server", port, "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")[0], 90, "another's pin")
        body = json.dumps({"username": "guest", "password": code, "device_name": "Kitchen"})
        signed_in = json.loads(self.curl("/api/v1/login", port, pin, "-H", "Content-Type: application/json", "-d", body)[1])
        bearer = ("-H", f"Authorization: Bearer {signed_in['access_token']}")
        def seen():
            return len(json.loads(self.curl("/api/v1/media?kind=track", port, pin, *bearer)[1])["items"])

        self.assertEqual(seen(), TRACKS)
        wait_for(lambda: self.reader.find("Sign out Kitchen"), 60, "who is signed in")
        self.press("Records", lambda: seen() == 0, CHIP)
        self.press("Sign out Kitchen", lambda: json.loads(self.curl("/api/v1/me", port, pin, *bearer)[1]).get("status") == 401)
        self.press("Share on the network", lambda: not self.named("Pin: .+"), CHIP)
        wait_for(lambda: self.curl("/api/v1/server", port, pin)[0] == 7, 60, "nobody to listen there")
        self.ends_cleanly(app)


if __name__ == "__main__":
    unittest.main()
