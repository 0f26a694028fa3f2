"""The desktop program's pages on a real server: every one of them without a warning, and the sign-in by a browser."""
import pathlib
import subprocess
import tempfile
import unittest
import urllib.parse

import gallery
from display import Display
from media import require_program
from oauth import Reader
from support import PASSWORD, Server, program, wait_for

XDG_OPEN = """#!/bin/sh
printf '%s' "$1" > "$MAREA_TEST_OPENED.part" && mv "$MAREA_TEST_OPENED.part" "$MAREA_TEST_OPENED"
"""


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not program("app_gallery").exists():
            raise unittest.SkipTest("the desktop program is not built")
        folder = tempfile.TemporaryDirectory(prefix="marea-pages-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.server = Server(libraries=gallery.library(cls.folder / "media"), args=gallery.arguments(cls.folder))
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        gallery.furnish(cls.server)

    def test_every_page_is_drawn_without_a_warning(self):
        out = self.folder / "pictures"
        out.mkdir()
        done = gallery.take(self.server, out, "--quick")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        pictures = list(out.glob("*.png"))
        self.assertGreater(len(pictures), 30)
        # The small window has little but black in it.
        blank = [picture.name for picture in pictures if picture.stat().st_size < (2000 if picture.name.startswith("small-window") else 5000)]
        self.assertEqual(blank, [])

    def test_an_empty_library_is_drawn_without_a_warning(self):
        out = self.folder / "empty"
        out.mkdir()
        with Server(args=gallery.arguments(self.folder)) as server:
            done = gallery.take(server, out, "--quick", "--empty")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertGreater(len(list(out.glob("empty-*.png"))), 10)

    def test_signs_in_by_the_browser(self):
        require_program("xdotool", "xdotool")
        home = self.folder / "home"
        tools = home / "bin"
        tools.mkdir(parents=True)
        (tools / "xdg-open").write_text(XDG_OPEN)
        (tools / "xdg-open").chmod(0o755)
        opened = home / "opened"
        display = Display()
        self.addCleanup(display.close)
        env = {**display.env, "HOME": str(home), "XDG_CONFIG_HOME": f"{home}/config", "XDG_CACHE_HOME": f"{home}/cache", "XDG_RUNTIME_DIR": str(home),
               "PATH": f"{tools}:{display.env['PATH']}", "MAREA_TEST_OPENED": str(opened), "LC_ALL": "C.UTF-8", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
        app = subprocess.Popen([program("marea"), "--audio", "null", "--server", self.server.url], env=env, stdin=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
        self.addCleanup(app.wait)
        self.addCleanup(app.kill)
        wait_for(lambda: display.xdotool("search", "--onlyvisible", "--class", "marea"), what="the window")

        def page_is_open():
            display.xdotool("key", "Return")
            return opened.exists()

        wait_for(page_is_open, what="the browser's page", pause=1)
        address = opened.read_text()
        self.assertTrue(address.startswith(self.server.url + "/oauth/authorize?"), address)
        reader = Reader(self.server.url)
        page = reader.sign_in(reader.open(address), PASSWORD)
        answer = reader.press(page, "allow")
        self.assertTrue(answer.location.startswith("http://127.0.0.1:"), repr(answer))
        back = urllib.parse.urlsplit(answer.location)
        arrived = Reader(f"http://{back.netloc}").open(answer.location)
        self.assertEqual(arrived.status, 200)
        cache = pathlib.Path(home, "cache")
        wait_for(lambda: [f for f in cache.glob("**/artwork/*") if f.is_file()], what="the library's pictures")
        names = [device["name"] for device in self.server.get("/api/v1/me/devices").json["items"]]
        self.assertTrue(any(name.startswith("Marea, ") for name in names), names)
        app.terminate()
        self.assertEqual(app.wait(60), 0)


if __name__ == "__main__":
    unittest.main()
