"""A computer with Marea at which somebody sits: clicks on what has a name, and reads what is there. Several in one test."""
import pathlib
import re
import tempfile
import time

import screenreader
from desktop import DesktopCase
from media import make_album
from support import wait_for


class Seat(DesktopCase):
    """Not a test by itself: Seat.taken_by(test)."""
    screen = "1280x1100x24"

    def runTest(self):
        pass

    @classmethod
    def taken_by(cls, test):
        seat = cls()
        test.addCleanup(seat.doCleanups)
        seat.setUp()
        return seat

    def setUp(self):
        super().setUp()
        screenreader.require()
        self.session_bus()
        folder = tempfile.TemporaryDirectory(prefix="marea-seat-")
        self.addCleanup(folder.cleanup)
        self.music = pathlib.Path(folder.name) / "Records"
        self.reader = screenreader.ScreenReader(self.environment())

    def environment(self):
        return {**super().environment(), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "USER": "marina"}

    def press(self, name, until=None, role=None):
        """A click on what has that name; again, while it did nothing."""
        def pressed():
            if until and until():
                return True
            thing = self.reader.find(name, role)
            if not thing:
                return False
            self.display.click(thing["x"] + thing["width"] / 2, thing["y"] + thing["height"] / 2)
            end = time.monotonic() + 20
            while until and not until() and time.monotonic() < end:
                time.sleep(0.1)
            return not until or until()
        wait_for(pressed, 120, f"“{name}” to be there, and to do something")

    def sees(self, name):
        return self.reader.find(name) is not None

    def named(self, pattern):
        """What the first name on the screen says that matches."""
        for thing in self.reader.shown():
            found = re.fullmatch(pattern, thing["name"])
            if found:
                return found
        return None

    def waits_for(self, pattern, what):
        wait_for(lambda: self.named(pattern), 120, what)
        return self.named(pattern)

    def types(self, text):
        self.display.xdotool("type", text)

    def begins_with_music(self, tracks=3):
        """As somebody does who has no server."""
        make_album(self.music / "The Tides" / "Low Water", tracks=tracks, seconds=3)
        app = self.start()
        self.display.xdotool("search", "--sync", "--onlyvisible", "--class", "marea", "windowsize", 1200, 1000)
        self.press("Use films and music on this computer", lambda: self.sees("Folder"))
        self.press("Folder")
        self.types(str(self.music))
        self.keys("Return")
        wait_for(lambda: self.sees("Begin"), 120, "the folder to be taken")
        self.press("Begin", lambda: not self.sees("Begin"))
        self.waits_for("Low Water.*", "the album on the home page")
        return app

    def setting(self, group, name):
        """What the program keeps, or None."""
        files = list((self.home / "config").glob("**/marea.conf"))
        found = re.search(rf"^\[{group}\]$(?:\n[^\[].*)*?\n{name}=(.*)$", files[0].read_text(), re.MULTILINE) if files else None
        return found and found[1]
