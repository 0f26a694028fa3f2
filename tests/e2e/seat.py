"""A computer with Marea at which somebody sits: clicks on what has a name, and reads what is there. Several in one test."""
import pathlib
import re
import tempfile
import time

import screenreader
from desktop import DesktopCase
from media import make_album
from support import wait_for

MENU_ROLES = ("menu item", "check menu item", "popup menu")


class Hands(DesktopCase):
    """Clicks on what a program says of itself to screen readers."""

    def runTest(self):
        pass

    def setUp(self):
        super().setUp()
        screenreader.require()
        self.session_bus()
        self.reader = screenreader.ScreenReader(self.environment())

    def environment(self):
        return {**super().environment(), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}

    def click(self, thing):
        self.display.click(thing["x"] + thing["width"] / 2, thing["y"] + thing["height"] / 2)

    def press(self, name, until=None, role=None, find=None):
        """A click on what has that name, or what `find` finds by it; again, while it did nothing."""
        def pressed():
            if until and until():
                return True
            thing = find(name) if find else self.reader.find(name, role)
            if not thing:
                return False
            self.click(thing)
            end = time.monotonic() + 20   # a switch that is pressed twice is where it was
            while until and not until() and time.monotonic() < end:
                time.sleep(0.1)
            if not until or until():
                return True
            self.close_menus()
            return False
        self.waits(pressed, f"“{name}” to be there, and to do something")

    def close_menus(self):
        """One that opened by a click on what had moved meanwhile would take those to come."""
        if any(thing["role"] in MENU_ROLES for thing in self.reader.shown()):
            self.keys("Escape")

    def waits(self, condition, what):
        """As wait_for(); in vain, it tells what was to be seen instead."""
        try:
            return wait_for(condition, 60, what)
        except AssertionError as wrong:
            names = [thing["name"] for thing in self.reader.shown()]
            raise AssertionError(f"{wrong}; there is {names}") from None

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
        return self.waits(lambda: self.named(pattern), what)

    def types(self, text):
        self.display.xdotool("type", text)

    def write(self, field, text):
        """Into the field of that name, in place of what it has; again, where the page took the keys away meanwhile."""
        def written():
            thing = self.reader.find(field, "text")
            if not thing:
                return False
            if thing["text"] != text:
                self.click(thing)
                self.keys("ctrl+a")
                self.types(text)
            return (self.reader.find(field, "text") or {}).get("text") == text
        self.waits(written, f"“{text}” in the field “{field}”")


class Seat(Hands):
    """Not a test by itself: Seat.taken_by(test)."""
    screen, window = "1280x1100x24", (1200, 1000)

    @classmethod
    def taken_by(cls, test):
        seat = cls()
        test.addCleanup(seat.doCleanups)
        seat.setUp()
        return seat

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="marea-seat-")
        self.addCleanup(folder.cleanup)
        self.music = pathlib.Path(folder.name) / "Records"

    def environment(self):
        return {**super().environment(), "USER": "marina"}

    def begins_with_music(self, tracks=3, seconds=3):
        """As somebody does who has no server."""
        make_album(self.music / "The Tides" / "Low Water", tracks=tracks, seconds=seconds)
        app = self.start()
        self.sizes_window(*self.window)
        self.press("Use films and music on this computer", lambda: self.sees("Folder"))
        self.press("Folder")
        self.types(str(self.music))
        self.keys("Return")
        self.waits(lambda: self.sees("Begin"), "the folder to be taken")
        self.press("Begin", lambda: not self.sees("Begin"))
        self.waits_for("Low Water.*", "the album on the home page")
        return app

    def setting(self, group, name):
        """What the program keeps, or None."""
        files = list((self.home / "config").glob("**/marea.conf"))
        found = re.search(rf"^\[{group}\]$(?:\n[^\[].*)*?\n{name}=(.*)$", files[0].read_text(), re.MULTILINE) if files else None
        return found and found[1]
