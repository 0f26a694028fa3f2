"""VP9 and Opus in WebM by DASH, for clients that take nothing else or like it better; HDR in VP9, in WebM and in MP4: ffprobe,
mpv, and Shaka Player and hls.js in Chromium play them."""
import pathlib
import re
import tempfile
import unittest

import players
from support import Browser, Server, http_request, make_media, wait_for
from test_streaming import HDR10
from webtools import Site

SECONDS, RATE = 12, 24
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "24", "-bf", "2", "-pix_fmt", "yuv420p")
VP9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "24", "-b:v", "400k", "-c:a", "libopus")
WEBM = {"preset": "chromium", "protocols": ["dash"], "containers": ["webm"]}


class Webm(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-webm-")
        cls.addClassCleanup(folder.cleanup)
        cls.films = films = pathlib.Path(folder.name) / "Films"
        films.mkdir()
        source = players.flash_and_beep(SECONDS, rate=RATE)
        make_media(films / "Tide (2020).mp4", *source, *H264, "-c:a", "aac", "-movflags", "+faststart")
        make_media(films / "Ebb (2021).webm", *source, *VP9)
        make_media(films / "Dune (2022).mkv", *source, *HDR10, "-c:a", "aac")
        cls.server = Server(libraries={"Films": films})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.ids = {item["title"]: item["id"] for item in cls.server.all_media()}

    def ask(self, title, capabilities, **more):
        answer = self.server.post(f"/api/v1/media/{self.ids[title]}/playback", {"capabilities": capabilities, **more}, expect=201).json
        return {**answer, "full_url": self.server.url + answer["url"]}

    def test_who_takes_nothing_else_gets_webm(self):
        for title, names in (("Tide", ("v0-vp9-240", "a1-opus-1")), ("Ebb", ("v0-copy", "a1-copy")), ("Dune", ("v0-vp9-240", "a1-opus-1"))):
            session = self.ask(title, WEBM)
            self.assertEqual((session["protocol"], session["mime_type"]), ("dash", "application/dash+xml"))
            self.assertTrue(session["url"].endswith(f"/{'.'.join(names)}/webm.mpd"), session["url"])
            manifest = http_request(session["full_url"]).text
            self.assertEqual(re.findall(r'mimeType="(\w+/webm)"', manifest), ["video/webm", "audio/webm"])
            self.assertNotIn(".m4s", manifest)
            media = session["full_url"].split("/dash/")[0] + f"/m/{session['file_id']}/"
            for name, kind in zip(names, ("video/webm", "audio/webm")):
                head, first = (http_request(f"{media}{name}/{piece}.webm") for piece in ("init", "0"))
                self.assertEqual((head.status, head.headers["content-type"], head.body[:4]), (200, kind, b"\x1a\x45\xdf\xa3"))
                self.assertEqual((first.status, first.headers["content-type"], first.body[:4]), (200, kind, b"\x1f\x43\xb6\x75"))
            self.assertEqual(http_request(f"{media}v0-h264-240/init.webm").status, 422 if title != "Dune" else 404)

    def test_a_profile_may_like_it_better(self):
        self.server.post("/api/v1/admin/profiles", {"name": "webm", "formats": ["webm", "cmaf"]}, expect=201)
        both = {"preset": "chromium", "protocols": ["dash"]}
        self.assertTrue(self.ask("Tide", both)["url"].endswith("/manifest.mpd"))
        self.assertTrue(self.ask("Tide", both, profile="webm")["url"].endswith("/webm.mpd"))
        self.server.delete("/api/v1/admin/profiles/webm")

    def test_protected_titles_do_not_go_out_in_it(self):
        path = f"/api/v1/admin/media/{self.ids['Ebb']}/protection"
        session = self.ask("Ebb", WEBM)
        self.server.put(path, {"protected": True})
        self.addCleanup(self.server.put, path, {"protected": False})
        self.assertEqual(http_request(session["full_url"]).status, 403)
        answer = self.server.request("POST", f"/api/v1/media/{self.ids['Ebb']}/playback", {"capabilities": WEBM})
        self.assertEqual(answer.status, 422, answer)
        self.assertTrue(self.ask("Ebb", {"preset": "chromium", "protocols": ["dash"]})["url"].endswith("/manifest.mpd"))

    def test_ffprobe_and_mpv_play_it(self):
        for title in ("Tide", "Ebb", "Dune"):
            with self.subTest(title=title):
                url = self.ask(title, WEBM)["full_url"]
                seen = players.by_ffprobe(url)
                self.assertTrue(seen["ok"], seen["text"])
                self.assertEqual((seen["video"][0]["codec_name"], seen["audio"][0]["codec_name"]), ("vp9", "opus"))
                self.assertAlmostEqual(int(seen["video"][0]["nb_read_frames"]), SECONDS * RATE, delta=1)
                played = players.by_mpv(url)
                self.assertTrue(played["ok"] and played["video"] and played["audio"], played["text"])
                self.assertGreater(played["time"], SECONDS - 0.5)

    def kept(self, title):
        """The title as a WebM file to keep, in the library once more: the URL of the file itself."""
        order = {"media_id": self.ids[title], "format": "webm"}
        download = self.server.request("POST", "/api/v1/downloads", order).json
        ready = wait_for(lambda: (now := self.server.get(f"/api/v1/downloads/{download['id']}").json)["state"] not in ("queued", "making")
                         and now, 600, "the download")
        self.assertEqual((ready["state"], ready["mime_type"]), ("ready", "video/webm"), ready)
        (self.films / f"{title} kept (2023).webm").write_bytes(self.server.get(ready["url"]).body)

        def listed():
            return next((item["id"] for item in self.server.all_media() if item["title"] == f"{title} kept"), None)
        self.ids[f"{title} kept"] = wait_for(listed, 120, "the file in the library")
        session = self.ask(f"{title} kept", {"preset": "chromium"})
        self.assertEqual((session["mode"], session["protocol"]), ("direct", "progressive"))
        return session["full_url"]

    def test_a_file_to_keep_plays_everywhere(self):
        urls = {title: self.kept(title) for title in ("Tide", "Ebb")}
        for title, url in urls.items():
            with self.subTest(title=title):
                seen = players.by_ffprobe(url)
                self.assertTrue(seen["ok"], seen["text"])
                self.assertEqual((seen["video"][0]["codec_name"], seen["audio"][0]["codec_name"]), ("vp9", "opus"))
                self.assertEqual(int(seen["video"][0]["nb_read_frames"]), SECONDS * RATE)
                # The copied sound has a frame more, as its source.
                self.assertAlmostEqual(seen["duration"], SECONDS, delta=0.001 if title == "Tide" else 0.03)
                offsets = players.beeps_after_flashes(url)
                self.assertGreaterEqual(len(offsets), SECONDS // 2 - 1, offsets)
                self.assertLess(max(map(abs, offsets)), 0.04, offsets)
                for start in ((), ("--start=7",)):
                    played = players.by_mpv(url, *start)
                    self.assertTrue(played["ok"] and played["video"] and played["audio"], played["text"])
                    self.assertGreater(played["time"], SECONDS - 0.5)
        with Site(upstream=self.server.url, tools=True) as site, Browser() as browser:
            titles = [{"name": title, "engine": "file", "text": False, "url": url.replace(self.server.url, site.url)}
                      for title, url in urls.items()]
            seen = players.in_browser(browser, site, titles)
        for name, told in seen.items():
            with self.subTest(name=name):
                self.assertTrue(told["ok"], told)
                self.assertEqual((told["errors"], told["jumps"]), ([], []))
                # Chromium counts from the first sample on that it throws away.
                self.assertAlmostEqual(told["duration"], SECONDS, delta=0.1)
                self.assertGreater(told["frames"], RATE)  # a busy machine draws few of them
                self.assertGreater(told["audioBytes"], 1000)

    def test_sound_and_picture_are_together(self):
        for title in ("Tide", "Ebb"):
            offsets = players.beeps_after_flashes(self.ask(title, WEBM)["full_url"])
            self.assertGreaterEqual(len(offsets), SECONDS // 2 - 1, offsets)
            self.assertLess(max(map(abs, offsets)), 0.04, offsets)

    def test_chromium_plays_it(self):
        titles = [{"name": title, "engine": "shaka", "text": False, "url": self.ask(title, WEBM)["url"]} for title in ("Tide", "Ebb", "Dune")]
        small = {"preset": "chromium", "video": [{"codec": "h264"}, {"codec": "vp9", "max_bit_depth": 10}]}  # no HEVC
        hdr = {engine: self.ask("Dune", {**small, "protocols": [protocol]}) for engine, protocol in (("hls", "hls"), ("shaka", "dash"))}
        for engine, session in hdr.items():
            self.assertIn("/v0-vp9-240.", session["url"])
            titles.append({"name": f"HDR {engine}", "engine": engine, "text": False, "url": session["url"]})
        with Site(upstream=self.server.url, tools=True) as site, Browser() as browser:
            seen = players.in_browser(browser, site, [{**title, "url": site.url + title["url"]} for title in titles])
        for name, told in seen.items():
            with self.subTest(name=name):
                self.assertTrue(told["ok"], told)
                self.assertEqual((told["errors"], told["jumps"]), ([], []))
                self.assertAlmostEqual(told["duration"], SECONDS, delta=0.15)
                self.assertGreater(told["frames"], RATE)  # a busy machine draws few of them
                self.assertGreater(told["audioBytes"], 1000)


if __name__ == "__main__":
    unittest.main()
