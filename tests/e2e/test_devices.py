"""The pages of a device on a screen: what the server has comes to a stick by a click, made into what it plays, and what is no longer there goes."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

from desktop import DesktopCase
from media import make_album, make_film, require_program
from support import PASSWORD, PATIENCE, Server, wait_for


class Devices(DesktopCase):
    def setUp(self):
        super().setUp()
        require_program("ffprobe", "ffmpeg")
        folder = tempfile.TemporaryDirectory(prefix="marea-devices-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        music, films = self.folder / "Music", self.folder / "Films"
        make_album(music / "Ana Ribera" / "Low Water", artist="Ana Ribera", album="Low Water", year=2021, tracks=2, suffix=".flac")
        make_film(films / "Tide (2020)" / "Tide (2020).mkv", seconds=4)
        self.server = Server(libraries={"Music": music, "Films": films})
        self.addCleanup(self.server.close)
        self.server.wait_until_idle()
        self.stick = self.folder / "STICK"
        (self.stick / "Mine").mkdir(parents=True)
        (self.stick / "Mine" / "photo.jpg").write_bytes(b"a picture")
        settings = self.home / "config" / "marea" / "marea.conf"
        settings.parent.mkdir(parents=True)
        settings.write_text(f"[devices]\nfolders={self.stick}\n")

    def sign_in(self):
        wait_for(self.form_is_shown, 60, "the form")
        self.keys("Tab", "Return")  # by a password
        for text in ("owner", PASSWORD):
            self.display.xdotool("type", text)
            self.keys("Return")
        wait_for(lambda: [f for f in (self.home / "cache").glob("**/artwork/*") if f.is_file()] or not self.form_is_shown(), 60, "the pages")

    def kept(self):
        """What the program keeps of the device."""
        for file in (self.home / "data").glob("marea/sync/*.device.json"):
            return json.loads(file.read_text())
        return {}

    def click_until(self, done, what):
        """Opens the device's page and clicks what has the accent there: its button, and the chip of the library that is chosen already. Once more
        when that came too early."""
        end = time.monotonic() + 120 * PATIENCE
        while not done():
            self.assertLess(time.monotonic(), end, what)
            self.keys("ctrl+1", "ctrl+8")
            time.sleep(1)
            self.keys("Return")
            for _ in range(5):
                time.sleep(1)
                for place in self.display.areas("#2BB3C0", "#0B7F8C", least=3000)[:3]:
                    self.display.click(*place)
                if done():
                    return

    def files(self):
        return {str(f.relative_to(self.stick)) for f in self.stick.rglob("*") if f.is_file() and f.name != "marea-library.json"}

    def syncs(self):
        return [past for past in self.kept().get("history", []) if not past["error"]]

    def test_a_click_brings_what_the_server_has(self):
        app = self.start("--server", self.server.url)
        self.sign_in()
        self.click_until(lambda: len(self.syncs()) >= 1, "it was not synced")
        self.assertEqual(self.syncs()[0]["problems"], 0, self.kept())
        there = self.files()
        self.assertIn("Mine/photo.jpg", there)
        songs = [path for path in there if path.endswith(".mp3")]
        self.assertEqual(len(songs), 2, there)
        self.assertTrue(any(path.endswith(".mp4") and "Tide" in path for path in there), there)
        self.assertEqual(len(there), 4)
        for path in there - {"Mine/photo.jpg"}:
            found = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", self.stick / path],
                                   capture_output=True, text=True, check=True, timeout=180)
            self.assertTrue(set(found.stdout.split()) <= {"mp3", "mjpeg", "aac", "h264"}, found.stdout)

        shutil.rmtree(self.folder / "Films" / "Tide (2020)")
        for library in self.server.get("/api/v1/libraries").json["items"]:
            self.server.post(f"/api/v1/admin/libraries/{library['id']}/scan")
        self.server.wait_until_idle()
        self.click_until(lambda: len(self.syncs()) >= 2, "it was not synced again")
        self.assertEqual(self.files(), there - {path for path in there if "Tide" in path}, "what is gone goes, the rest stays")
        self.ends_cleanly(app)


if __name__ == "__main__":
    unittest.main()
