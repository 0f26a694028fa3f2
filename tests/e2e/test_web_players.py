"""What the server streams, in other people's players: hls.js and Shaka Player in Chromium, ffprobe, mpv and VLC, over a
small matrix of titles; and by the checkers of tests/e2e/web. docs/compatibility.md lists what is known not to work."""
import concurrent.futures
import functools
import pathlib
import re
import tempfile
import unittest

import players
from support import ROOT, Browser, Server, make_album, make_media
from test_web_checks import make_fixture
from webtools import Site, check, web_tools

SECONDS, RATE = 12, 24
# In Matroska, ffmpeg moves the picture to after the sound's priming: a transcode then has a picture for that moment too.
PICTURES = (SECONDS * RATE, SECONDS * RATE + 1)
# Cues may come this much later than the source has them: by that priming, and in hls.js, which counts from the first
# decoding time, by as long as pictures wait for reordering (as do picture and sound there).
CUE_LATE = {"Shaka Player": 0.03, "hls.js": 0.12}
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "24", "-bf", "2", "-pix_fmt", "yuv420p")
HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:keyint=48:open-gop=0", "-pix_fmt", "yuv420p")
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
    make_media(films / "Late (2023).mkv", *source[:4], "-itsoffset", "4", *source[4:], "-t", str(SECONDS), *H264, "-c:a", "aac")
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
        titles = [{"name": engine + folder, "engine": engine, "url": f"{folder}/{start}", "text": engine == "hls",
                   "patience": 20 if folder else 90}
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


class Streams(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-web-players-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        make_titles(root)
        cls.server = Server(libraries={"Films": root / "Films", "Music": root / "Music"})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.items = {item["title"]: item["id"] for item in cls.server.all_media("kind=movie,track")}
        cls.known = known_failures()

    @classmethod
    @functools.lru_cache
    def ask(cls, title, preset, protocol):
        """The playback answer for a client that takes streams by `protocol` alone, with "full_url"."""
        body = {"capabilities": {"preset": preset, "protocols": [protocol]}}
        answer = cls.server.post(f"/api/v1/media/{cls.items[title]}/playback", body, expect=201).json
        return {**answer, "full_url": cls.server.url + answer["url"]}

    def judge(self, title, player, wrong):
        """`wrong`: what is wrong, or nothing. A failure that docs/compatibility.md has is expected, and must be one."""
        reason = self.known.get((title, player))
        if reason:
            self.assertTrue(wrong, f"{title} plays in {player} now: take it out of docs/compatibility.md")
        else:
            self.assertFalse(wrong, f"{title} in {player}: {wrong}")

    def each(self, titles, work):
        """(title, what `work` answers), two at a time: the titles' processes wait for the server most of the time."""
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            yield from zip(titles, pool.map(work, titles))

    def test_answers_say_how_and_why(self):
        wanted = {"Tide": ("remux", "remux", "remux"), "Ebb": ("transcode", "remux", "transcode"),
                  "Foam": ("transcode", "transcode", "remux"), "Song 1": ("remux", None, "remux")}
        for title, (mode, video, audio) in wanted.items():
            for protocol, mime in (("hls", "application/vnd.apple.mpegurl"), ("dash", "application/dash+xml")):
                with self.subTest(title=title, protocol=protocol):
                    told = self.ask(title, "chromium", protocol)
                    self.assertEqual((told["protocol"], told["mime_type"].split(";")[0]), (protocol, mime))
                    self.assertEqual((told["mode"], (told["video"] or {}).get("mode"), told["audio"]["mode"]), (mode, video, audio))
                    self.assertTrue(told["audio"]["reasons"])
                    self.assertAlmostEqual(told["duration"], SECONDS, delta=0.1)

    def rules(self, kind, title, preset):
        report = check(kind, self.ask(title, preset, kind)["full_url"], *(["--origin", "10"] if kind == "hls" else []))
        self.assertEqual(report["problems"][:8], [], f"{title} by {kind} for {preset}")
        return report["facts"]

    def test_hls_follows_the_rules(self):
        for title in VIDEO_TITLES + AUDIO_TITLES:
            for preset in ("chromium", "mpv"):
                with self.subTest(title=title, preset=preset):
                    facts = self.rules("hls", title, preset)
                    kinds = {rendition["kind"] for rendition in facts["renditions"]}
                    if "ts" not in kinds:
                        self.assertLessEqual({"audio"} if title in AUDIO_TITLES else {"audio", "video"}, kinds)
                    for rendition in facts["renditions"]:
                        self.assertAlmostEqual(rendition["seconds"], SECONDS, delta=0.1, msg=rendition)
                        if rendition["kind"] == "video":
                            self.assertIn(rendition["samples"], PICTURES)

    def test_sound_that_begins_late(self):
        facts = self.rules("hls", "Late", "chromium")
        self.assertEqual(sorted(rendition["kind"] for rendition in facts["renditions"]), ["audio", "video"])
        for engine in ("hls", "shaka"):
            told = self.seen_in_chromium()[f"Late {engine}"]
            self.assertTrue(told["ok"] and told["audioBytes"] > 1000, told)
            self.assertEqual(told["errors"], [], engine)

    def test_transport_streams_for_old_players(self):
        """Multiplexed, and seekable for players on FFmpeg 5.1, which cannot seek in HLS with MP4 segments."""
        for title in VIDEO_TITLES:
            with self.subTest(title=title):
                url = self.ask(title, "basic-hls", "hls")["full_url"].rsplit("/", 1)[0] + "/ts.m3u8"
                report = check("hls", url)
                self.assertEqual(report["problems"][:8], [])
                told = players.by_ffprobe(url)
                self.assertTrue(told["ok"], told)
                self.assertIn(int(told["video"][0]["nb_read_frames"]), PICTURES)
                sought = players.by_mpv(url, "--start=8")
                self.assertTrue(sought["ok"], sought)
                self.assertGreater(sought["first"], 7)

    def test_dash_follows_the_rules(self):
        for title in VIDEO_TITLES + AUDIO_TITLES:
            with self.subTest(title=title):
                facts = self.rules("dash", title, "chromium")
                self.assertAlmostEqual(facts["duration"], SECONDS, delta=0.1)

    def test_text_follows_the_rules(self):
        for title in ("Tide", "Ebb"):
            with self.subTest(title=title):
                text = next(s for s in self.ask(title, "chromium", "hls")["subtitles"] if s["format"] in ("webvtt", "srt", "subrip"))
                report = check("vtt", self.server.url + text["url"])
                self.assertEqual(report["problems"], [])
                self.assertEqual(report["facts"]["cues"], 2)
                self.assertAlmostEqual(report["facts"]["first"]["start"], CUES[0][0], delta=0.03)

    def test_sound_and_picture_are_together(self):
        """Within 40 ms, as ffmpeg decodes it; the DASH manifest names the same segments."""
        for title, offsets in self.each(VIDEO_TITLES, lambda t: players.beeps_after_flashes(self.ask(t, "chromium", "hls")["full_url"])):
            with self.subTest(title=title):
                self.assertEqual(len(offsets), SECONDS // 2 - 1, offsets)
                self.assertLess(max(map(abs, offsets)), 0.04, offsets)

    @classmethod
    @functools.lru_cache
    def seen_in_chromium(cls):
        """All titles in both engines side by side: playing in real time is what takes the time."""
        titles = [{"name": f"{title} {engine}", "engine": engine, "text": title in ("Tide", "Ebb"),
                   "url": cls.ask(title, "chromium", protocol)["url"]}
                  for title in (*VIDEO_TITLES, *AUDIO_TITLES, "Late") for engine, protocol in (("hls", "hls"), ("shaka", "dash"))]
        titles.append({"name": "Tide shaka by HLS", "engine": "shaka", "text": False, "url": cls.ask("Tide", "chromium", "hls")["url"]})
        with Site(upstream=cls.server.url, tools=True) as site, Browser() as browser:
            return players.in_browser(browser, site, [{**title, "url": site.url + title["url"]} for title in titles])

    def wrong_in_chromium(self, title, player, told):
        if not told["ok"] or told["errors"] or told["jumps"]:
            return told
        wrong = {}
        if abs(told["duration"] - SECONDS) > 0.15:
            wrong["duration"] = told["duration"]
        if told["audioBytes"] < 1000:
            wrong["audio"] = told["audioBytes"]
        if title in VIDEO_TITLES and (told["frames"] < RATE or told["width"] < 160):
            wrong["video"] = (told["frames"], told["width"])
        if title in ("Tide", "Ebb"):
            seen = {cue["text"]: cue for cue in told["cues"]}
            for start, end, text in CUES:
                cue = seen.get(text)
                if not cue or not -0.01 <= cue["start"] - start <= CUE_LATE[player] or not start - 0.05 <= cue["at"] <= end + 0.2:
                    wrong[f"cue {text}"] = cue
        return wrong

    def in_chromium(self, engine, name):
        for title in VIDEO_TITLES + AUDIO_TITLES:
            with self.subTest(title=title):
                self.judge(title, name, self.wrong_in_chromium(title, name, self.seen_in_chromium()[f"{title} {engine}"]))

    def test_thumbnails_in_shaka_player(self):
        seen = self.seen_in_chromium()
        for name in [f"{title} shaka" for title in VIDEO_TITLES] + ["Tide shaka by HLS"]:
            with self.subTest(name=name):
                tiles = seen[name]["thumbnails"]
                self.assertEqual(len(tiles), 3)
                for tile in tiles:
                    self.assertEqual(tile["sheet"], tile["picture"])
                    self.assertEqual((tile["width"], tile["height"]), (320, 180))
                    self.assertLessEqual(tile["start"], tile["time"])
                    self.assertLess(tile["time"], tile["start"] + 1.01)
                self.assertEqual([(tile["x"], tile["y"]) for tile in tiles], [(0, 0), (320, 180), (320, 360)])
        self.assertIsNone(seen["Song 1 shaka"]["thumbnails"])

    def test_pictures_and_thumbnails_are_listed(self):
        for title in VIDEO_TITLES:
            with self.subTest(title=title):
                facts = self.rules("hls", title, "chromium")
                self.assertGreaterEqual(facts["pictures"][0]["count"], 4)
                self.assertEqual(facts["sheets"], 1)
                self.assertEqual(self.rules("dash", title, "chromium")["sheets"], 1)

    def test_hls_js(self):
        self.in_chromium("hls", "hls.js")

    def test_shaka_player(self):
        self.in_chromium("shaka", "Shaka Player")

    def test_ffprobe(self):
        for title, told in self.each(VIDEO_TITLES + AUDIO_TITLES, lambda t: players.by_ffprobe(self.ask(t, "mpv", "hls")["full_url"])):
            with self.subTest(title=title):
                wrong = {} if told["ok"] else {"text": told["text"]}
                if title in VIDEO_TITLES and not (told["video"] and int(told["video"][0]["nb_read_frames"]) in PICTURES):
                    wrong["frames"] = told["video"]
                if not told["audio"] or abs(told["duration"] - SECONDS) > 0.15:
                    wrong["audio"] = (told["audio"], told["duration"])
                self.judge(title, "ffprobe", wrong)

    def test_mpv(self):
        for title, told in self.each(VIDEO_TITLES + AUDIO_TITLES, lambda t: players.by_mpv(self.ask(t, "mpv", "hls")["full_url"])):
            with self.subTest(title=title):
                complete = told["ok"] and told["audio"] and told["video"] == (title in VIDEO_TITLES) and \
                    abs((told["duration"] or 0) - SECONDS) < 0.15 and (title in AUDIO_TITLES or told["time"] > SECONDS - 0.5)
                self.judge(title, "mpv", None if complete else told)

    def test_vlc(self):
        for title, told in self.each(VIDEO_TITLES + AUDIO_TITLES, lambda t: players.by_vlc(self.ask(t, "vlc", "hls")["full_url"])):
            with self.subTest(title=title):
                complete = told["ok"] and told["audio"] and told["video"] == (title in VIDEO_TITLES)
                self.judge(title, "VLC", None if complete else told["text"] or {k: told[k] for k in ("audio", "video")})


if __name__ == "__main__":
    unittest.main()
