"""Films on the computer: downloaded, played while the server is away, and what was seen told to it afterwards."""
import json
import pathlib
import tempfile
import time
import unittest

from desktop import DesktopCase
from media import make_film
from support import PASSWORD, PATIENCE, Server, wait_for

SECONDS = 150


class Offline(DesktopCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="marea-offline-")
        self.addCleanup(folder.cleanup)
        self.film = pathlib.Path(folder.name) / "Films" / "Tide (2020).mkv"
        self.film.parent.mkdir()
        make_film(self.film, seconds=SECONDS, rate=12)
        (self.film.parent / "Tide (2020).en.srt").write_text("1\n00:00:01,000 --> 00:02:00,000\nHigh water\n")
        self.server = Server(libraries={"Films": self.film.parent}, data=pathlib.Path(folder.name) / "data")
        self.addCleanup(self.server.close)
        self.server.wait_until_idle()
        self.server.listen = self.server.url.split("//")[1]   # there again after it was away
        self.item = self.server.all_media("kind=movie")[0]["id"]
        self.session_bus()
        self.keyring()

    def sign_in(self):
        wait_for(self.form_is_shown, 60, "the form")
        self.keys("Tab", "Return")  # by a password
        for text in ("owner", PASSWORD):
            self.display.xdotool("type", text)
            self.keys("Return")
        wait_for(lambda: [f for f in (self.home / "cache").glob("**/artwork/*") if f.is_file()] or not self.form_is_shown(), 60, "the pages")

    def task(self):
        """What the program keeps of the film, and its folder."""
        for file in (self.home / "data").glob(f"**/{self.item}/task.json"):
            return json.loads(file.read_text()), file.parent
        return None, None

    def download(self):
        """Films, the first of them, Download, Original. Keys that come too early are lost: then once more."""
        end = time.monotonic() + 60 * PATIENCE
        while not self.task()[0]:
            self.assertLess(time.monotonic(), end, "it was not downloaded")
            self.keys("ctrl+1", "ctrl+2")
            time.sleep(1)
            self.keys("Return")
            time.sleep(1)
            self.keys("Tab", "Tab", "Tab", "Return")
            time.sleep(1)
            self.keys("Return")
            time.sleep(1)
        wait_for(lambda: self.task()[0]["state"] == "done", 60, "the film")
        return self.task()[1]

    def position(self):
        return self.server.get(f"/api/v1/media/{self.item}").json["position"]

    def test_a_film_plays_without_the_server_which_hears_of_it_afterwards(self):
        app = self.start("--server", self.server.url)
        self.sign_in()
        folder = self.download()
        self.assertEqual((folder / "media").read_bytes(), self.film.read_bytes())
        wait_for(lambda: list(folder.glob("subtitle-*")), 60, "the subtitles beside it")
        self.assertIn("High water", next(folder.glob("subtitle-*")).read_text())
        self.assertEqual(self.position(), 0, "nothing was played for it")
        app.kill()
        app.wait()
        self.server.stop()

        app = self.start()
        wait_for(lambda: self.pressed_until_it_plays(), 60, "the film, from the computer")
        self.keys(*["l"] * 6)
        settings = next((self.home / "config").glob("**/marea.conf"))
        wait_for(lambda: self.kept(settings) > 50, 60, "the place to be kept")
        self.keys("Escape")
        self.server.start()
        self.server.login()
        wait_for(lambda: 50 < self.position() < SECONDS, 60, "the server to hear where it was left")
        wait_for(lambda: self.kept(settings) == 0, 60, "nothing left to tell")
        self.ends_cleanly(app)

    def pressed_until_it_plays(self):
        if not self.said("click_to_first_frame_ms="):
            self.keys("Return")
            time.sleep(1)
        return self.said("click_to_first_frame_ms=")

    @staticmethod
    def kept(settings):
        """The position that waits for the server; 0: none."""
        for line in settings.read_text().splitlines():
            if line.startswith("changes="):
                text = line.split("=", 1)[1]
                text = text.removeprefix('"@ByteArray(').removeprefix("@ByteArray(").rstrip('"').removesuffix(")").replace('\\"', '"')
                return max([change["change"].get("position", 0) for change in json.loads(text)], default=0)
        return 0


if __name__ == "__main__":
    unittest.main()
