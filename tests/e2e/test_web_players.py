"""What the server streams, in other people's players: hls.js and Shaka Player in Chromium, ffprobe, mpv and VLC, over a
small matrix of titles; and by the checkers of tests/e2e/web. docs/compatibility.md lists what is known not to work."""
import concurrent.futures
import functools
import pathlib
import re
import tempfile
import unittest

import players
from support import ROOT, Browser, Server, make_album, make_media, require_program
from test_web_checks import make_fixture
from webtools import Site, check, web_tools

SECONDS, RATE = 12, 24
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "24", "-bf", "2", "-pix_fmt", "yuv420p")
HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:keyint=48", "-pix_fmt", "yuv420p")
CUES = [(0.5, 1.5, "Early"), (10.5, 11.5, "Late")]
VIDEO_TITLES, AUDIO_TITLES = ("Tide", "Ebb", "Foam"), ("Song 1",)


def srt():
    stamp = lambda seconds: f"00:00:{int(seconds):02},{round(seconds % 1 * 1000):03}"
    return "".join(f"{number}\n{stamp(start)} --> {stamp(end)}\n{text}\n\n" for number, (start, end, text) in enumerate(CUES, 1))


def make_titles(root):
    """H.264 with AAC and text beside it in MP4; H.264 with AC-3 and text inside in Matroska; HEVC; and FLAC."""
    source = players.flash_and_beep(SECONDS, rate=RATE)
    films = root / "Films"
    make_media(films / "Tide (2020).mp4", *source, *H264, "-c:a", "aac", "-movflags", "+faststart")
    (films / "Tide (2020).en.srt").write_text(srt())
    text = root / "text.srt"
    text.write_text(srt())
    make_media(films / "Ebb (2021).mkv", *source, "-i", str(text), "-map", "0", "-map", "1", "-map", "2", *H264, "-c:a", "ac3",
               "-c:s", "srt", "-metadata:s:s:0", "language=eng")
    make_media(films / "Foam (2022).mkv", *source, *HEVC, "-c:a", "aac")
    make_album(root / "Music" / "Low Water", tracks=1, suffix=".flac", seconds=SECONDS)


def known_failures():
    """(title, player) → reason, from the table in docs/compatibility.md."""
    path = ROOT / "docs" / "compatibility.md"
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", path.read_text(), re.MULTILINE) if path.exists() else []
    return {(title, player.strip()): reason.strip() for title, player, reason in rows}


class Page(unittest.TestCase):
    """The page tells what plays from what does not: on streams made by ffmpeg, some broken."""

    def test_the_page_sees_what_is_broken(self):
        web_tools()
        with tempfile.TemporaryDirectory(prefix="marea-web-page-") as folder:
            files = make_fixture(folder)
        served = {f"/{name}": data for name, data in files.items()}
        served |= {f"/broken/{name}": data for name, data in files.items()}
        served["/broken/video-1.m4s"] = served["/broken/dash-0-2.m4s"] = b"\0\0\0\x08free" * 20
        titles = [{"name": engine + folder, "engine": engine, "url": f"{folder}/{start}", "text": engine == "hls"}
                  for engine, start in (("hls", "master.m3u8"), ("shaka", "manifest.mpd")) for folder in ("", "/broken")]
        with Site(served, tools=True) as site, Browser() as browser:
            for title in titles:
                title["url"] = site.url + title["url"]
            told = players.in_browser(browser, site, titles)
        for engine in ("hls", "shaka"):
            good, bad = told[engine], told[engine + "/broken"]
            self.assertTrue(good["ok"], good)
            self.assertEqual((good["width"], good["height"]), (320, 180))
            self.assertGreater(good["frames"], 40)
            self.assertGreater(good["audioBytes"], 1000)
            self.assertEqual((good["errors"], good["jumps"]), ([], []))
            self.assertTrue(bad["errors"] or bad["jumps"] or not bad["ok"], bad)
        self.assertEqual([cue["text"] for cue in told["hls"]["cues"]], ["One", "Two"])


if __name__ == "__main__":
    unittest.main()
