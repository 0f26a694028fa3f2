"""Subtitles that are pictures, in files beside a film: drawn into the picture for players that cannot draw them, and named in
the catalogue with their languages."""
import pathlib
import struct
import subprocess
import tempfile
import unittest

from media import make_media
from support import Server, play, require_program, wait_for

SECONDS, WIDTH, HEIGHT = 8, 320, 180
BOX = (40, 120, 240, 40)  # x, y, width, height


def _segment(at, kind, data):
    return b"PG" + struct.pack(">IIBH", round(at * 90000), 0, kind, len(data)) + data


def _window():
    return struct.pack(">BBHHHH", 1, 0, *BOX)


def pgs(spans):
    """A .sup with a white box from each start to its end."""
    x, y, width, height = BOX
    line = struct.pack(">BBBB", 0, 0xC0 | width >> 8, width & 0xFF, 1) + b"\0\0"
    pixels = line * height
    out = b""
    for number, (start, end) in enumerate(spans):
        head = struct.pack(">HHBH", WIDTH, HEIGHT, 0x10, 2 * number)
        out += _segment(start, 0x16, head + struct.pack(">BBBBHBBHH", 0x80, 0, 0, 1, 0, 0, 0, x, y))
        out += _segment(start, 0x17, _window())
        out += _segment(start, 0x14, bytes([0, 0, 1, 235, 128, 128, 255]))
        size = struct.pack(">I", len(pixels) + 4)[1:]
        out += _segment(start, 0x15, b"\0\0\0\xC0" + size + struct.pack(">HH", width, height) + pixels)
        out += _segment(start, 0x80, b"")
        head = struct.pack(">HHBH", WIDTH, HEIGHT, 0x10, 2 * number + 1)
        out += _segment(end, 0x16, head + bytes([0, 0, 0, 0])) + _segment(end, 0x17, _window()) + _segment(end, 0x80, b"")
    return out


class PictureSubtitles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-pictures-")
        cls.addClassCleanup(folder.cleanup)
        cls.films = pathlib.Path(folder.name) / "Films"
        cls.films.mkdir()
        make_media(cls.films / "Quay (2020).mp4", "-f", "lavfi", "-i", f"color=black:s={WIDTH}x{HEIGHT}:r=25:d={SECONDS}",
                   "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
        (cls.films / "Quay (2020).de.sup").write_bytes(pgs([(2, 4)]))
        (cls.films / "Quay (2020).idx").write_text(
            "# VobSub index file, v7 (do not modify this line!)\nsize: 720x576\nid: en, index: 0\n"
            "timestamp: 00:00:01:000, filepos: 000000000\nid: es, index: 1\ntimestamp: 00:00:01:000, filepos: 000000800\n")
        (cls.films / "Quay (2020).sub").write_bytes(b"\0\0\1\xBA" + bytes(4096))
        cls.server = Server(libraries={"Films": cls.films})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.film = cls.server.all_media()[0]["id"]

    def brightness(self, session):
        """Of the box, once a second."""
        x, y, width, height = BOX
        done = subprocess.run(
            [require_program("ffmpeg"), "-v", "error", "-nostdin", "-i", session["full_url"], "-vf",
             f"fps=1,scale={WIDTH}:{HEIGHT},crop={width - 20}:{height - 20}:{x + 10}:{y + 10},scale=1:1,format=gray",
             "-f", "rawvideo", "-"], capture_output=True, timeout=240)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return list(done.stdout)

    def seen(self, sidecar):
        """Its brightness in a session of its own; None where the server does not have it yet."""
        session = play(self.server, self.film, "chromium", subtitle=sidecar)
        there = self.server.raw("GET", session["url"]).status == 200
        shown = self.brightness(session) if there else None
        self.server.delete(f"/api/v1/sessions/{session['session_id']}")
        return shown

    def test_they_are_listed_with_their_languages(self):
        # Another test's file may still be going.
        sidecars = wait_for(lambda: (found := self.server.get(f"/api/v1/media/{self.film}").json["sidecars"]) and len(found) == 2 and found,
                            120, "the two files")
        listed = {s["format"]: s for s in sidecars}
        self.assertEqual(set(listed), {"sup", "idx"})
        self.assertEqual((listed["sup"]["language"], listed["sup"]["languages"]), ("de", ["de"]))
        self.assertEqual(listed["idx"]["languages"], ["en", "es"])
        offered = play(self.server, self.film, "chromium")["subtitles"]
        self.assertEqual([(s["language"], s["mode"], s["url"]) for s in offered],
                         [("de", "burn", None), ("en", "burn", None), ("es", "burn", None)])

    def test_a_browser_gets_them_in_the_picture(self):
        sidecars = self.server.get(f"/api/v1/media/{self.film}").json["sidecars"]
        chosen = next(s["id"] for s in sidecars if s["format"] == "sup")
        session = play(self.server, self.film, "chromium", subtitle=chosen)
        self.assertEqual(session["video"]["mode"], "transcode")
        self.assertIn("The chosen subtitles are pictures", " ".join(session["video"]["reasons"]))
        shown = self.brightness(session)
        self.assertEqual([value > 200 for value in shown[:SECONDS]], [2 <= at < 4 for at in range(SECONDS)], shown)

    def test_another_file_of_that_name_is_another_picture(self):
        beside = self.films / "Quay (2020).fr.sup"
        beside.write_bytes(pgs([(1, 3)]))
        self.addCleanup(beside.unlink)

        def sidecar():
            sidecars = self.server.get(f"/api/v1/media/{self.film}").json["sidecars"]
            return next((s["id"] for s in sidecars if s["language"] == "fr"), None)

        wait_for(sidecar, 120, "the new file in the catalogue")
        before = self.seen(sidecar())
        self.assertEqual([value > 200 for value in before[:7]], [1 <= at < 3 for at in range(7)], before)
        beside.write_bytes(pgs([(5, 7), (7.2, 7.4)]))
        # Who watches while the file changes may see some of both.
        wait_for(lambda: [value > 200 for value in self.seen(sidecar())[:7]] == [5 <= at < 7 for at in range(7)], 120, "the changed subtitles alone")


if __name__ == "__main__":
    unittest.main()
