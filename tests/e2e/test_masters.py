"""What comes from cameras and editing, through the whole of the server: each plays in a browser's codecs to its end, with
the picture it has, the right way up, without combs, and its sound in time."""
import pathlib
import re
import subprocess
import tempfile
import unittest

import players
from media import make_media
from support import Server, play, require_program

SECONDS, RATE = 6, 24
SIZE = "640x360"
HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-x265-params", "log-level=error")
# A bar that moves, on which combs are plain to see.
BAR = ("color=gray:s=720x576:r=50:d={seconds},split[b][c];[c]crop=90:400,lutyuv=y=16[w];[b][w]overlay=x='mod(t*250,630)':y=88,"
       "drawbox=color=white:t=fill:enable='lt(mod(t,2),0.12)'").format(seconds=SECONDS)
INTERLACED = ("-vf", "tinterlace=interleave_top,fieldorder=tff", "-r", "25", "-c:v", "mpeg2video", "-flags", "+ildct+ilme",
              "-b:v", "8M", "-g", "12", "-c:a", "mp2")


def turned(path):
    """A film as a phone held upright writes it: lying down, with a note to turn it."""
    options = subprocess.run([require_program("ffmpeg"), "-h", "full"], capture_output=True, text=True).stdout
    source = make_media(path.parent.parent / "lying.mov", *players.flash_and_beep(SECONDS, SIZE, RATE), *HEVC, "-c:a", "aac")
    if "-display_rotation" in options:
        return make_media(path, "-display_rotation", "90", "-i", str(source), "-c", "copy")
    return make_media(path, "-i", str(source), "-c", "copy", "-metadata:s:v:0", "rotate=90")


def make_films(films):
    source = players.flash_and_beep(SECONDS, SIZE, RATE)
    fields = ("-f", "lavfi", "-i", BAR, *source[4:])
    return {
        "Prores": make_media(films / "Prores (2020).mov", *source, "-c:v", "prores_ks", "-profile:v", "2", "-pix_fmt",
                             "yuv422p10le", "-c:a", "pcm_s24le"),
        "Dnxhr": make_media(films / "Dnxhr (2020).mov", *source, "-c:v", "dnxhd", "-profile:v", "dnxhr_sq", "-pix_fmt",
                            "yuv422p", "-c:a", "pcm_s16le"),
        "Archive": make_media(films / "Archive (2020).mkv", *source, "-c:v", "ffv1", "-level", "3", "-pix_fmt", "yuv444p10le",
                              "-c:a", "flac"),
        "Raw": make_media(films / "Raw (2020).y4m", *source[:4], "-pix_fmt", "yuv420p"),
        "Fields": make_media(films / "Fields (2020).mpg", *fields, *INTERLACED),
        "Uneven": make_media(films / "Uneven (2020).mkv", *source, "-vf", "select='not(eq(mod(n,5),3))'", "-vsync", "vfr", *HEVC,
                             "-c:a", "aac"),
        "Turned": turned(films / "Turned (2020).mov"),
    }


def likeness(url, path):
    """SSIM of the stream's pictures beside the file's own, as ffmpeg decodes, turns and scales them."""
    done = subprocess.run([require_program("ffmpeg"), "-hide_banner", "-nostats", "-nostdin", "-i", url, "-i", str(path), "-lavfi",
                           "[1:v:0]format=yuv420p,setpts=PTS-STARTPTS[a];[0:v:0]setpts=PTS-STARTPTS[b];[a][b]scale2ref[c][d];[d][c]ssim",
                           "-f", "null", "-"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=players.TIMEOUT)
    found = re.search(r"SSIM .*All:([\d.]+)", done.stderr)
    assert found, done.stderr[-800:]
    return float(found[1])


def combed(url):
    """How many pictures look made of two fields, and how many do not."""
    done = subprocess.run([require_program("ffmpeg"), "-hide_banner", "-nostats", "-nostdin", "-i", url, "-vf", "idet", "-an", "-f",
                           "null", "-"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=players.TIMEOUT)
    top, bottom, whole = re.search(r"Multi frame detection: TFF: *(\d+) BFF: *(\d+) Progressive: *(\d+)", done.stderr).groups()
    return int(top) + int(bottom), int(whole)


class Masters(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-masters-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        cls.files = make_films(root / "Films")
        cls.server = Server(libraries={"Films": root / "Films"})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.ids = {i["title"]: i["id"] for i in cls.server.all_media()}

    def played(self, title, pictures, size=(640, 360), sound=True):
        session = play(self.server, self.ids[title], "chromium")
        self.assertEqual(session["video"]["mode"], "transcode", session)
        url = session["full_url"]
        seen = players.by_ffprobe(url)
        self.assertTrue(seen["ok"], seen["text"])
        picture = seen["video"][0]
        self.assertEqual((picture["codec_name"], len(seen["audio"]) > 0), ("h264", sound))
        self.assertEqual((picture["width"], picture["height"]), size)
        self.assertAlmostEqual(int(picture["nb_read_frames"]), pictures, delta=1)
        self.assertAlmostEqual(seen["duration"], SECONDS, delta=0.1)
        if sound:
            late, own = players.beeps_after_flashes(url), players.beeps_after_flashes(str(self.files[title]))
            self.assertGreaterEqual(len(late), SECONDS // 2 - 1)
            self.assertLessEqual(max(abs(a - b) for a, b in zip(late, own)), 0.04, (late, own))
        return url

    def test_prores(self):
        self.assertGreater(likeness(self.played("Prores", SECONDS * RATE), self.files["Prores"]), 0.93)

    def test_dnxhr(self):
        self.assertGreater(likeness(self.played("Dnxhr", SECONDS * RATE), self.files["Dnxhr"]), 0.93)

    def test_ffv1(self):
        self.assertGreater(likeness(self.played("Archive", SECONDS * RATE), self.files["Archive"]), 0.93)

    def test_raw_pictures_without_sound(self):
        self.assertGreater(likeness(self.played("Raw", SECONDS * RATE, sound=False), self.files["Raw"]), 0.93)

    def test_fields_become_whole_pictures(self):
        self.assertGreater(combed(str(self.files["Fields"]))[0], SECONDS * 25 // 2)
        url = self.played("Fields", SECONDS * 25, size=(720, 576))
        self.assertEqual(combed(url)[0], 0)

    def test_uneven_times(self):
        self.assertGreater(likeness(self.played("Uneven", SECONDS * RATE), self.files["Uneven"]), 0.9)

    def test_a_phone_held_upright(self):
        self.assertGreater(likeness(self.played("Turned", SECONDS * RATE, size=(360, 640)), self.files["Turned"]), 0.93)


if __name__ == "__main__":
    unittest.main()
