"""Streams made on request, from the outside: what a client cannot take as it is decodes to its end; segments are the same
bytes whenever they are made, once however many ask; the cache keeps within its bound; a link opens its own title alone."""
import concurrent.futures
import hashlib
import pathlib
import random
import re
import shutil
import socket
import subprocess
import tempfile
import unittest
import urllib.parse

import players
from media import make_media
from support import PASSWORD, Client, Server, http_request, is_long, play, require_program, wait_for

SECONDS, RATE = 20, 24
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "48", "-bf", "2", "-pix_fmt", "yuv420p")
HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:keyint=48", "-pix_fmt", "yuv420p")
TEXT = "1\n00:00:01,000 --> 00:00:02,500\nAhoy\n\n2\n00:00:18,000 --> 00:00:19,000\nGoodbye\n"


def make_films(films):
    """H.264 with AC-3 and text inside; HEVC with AAC."""
    films.mkdir(parents=True, exist_ok=True)
    text = films.parent / "text.srt"
    text.write_text(TEXT)
    source = players.flash_and_beep(SECONDS, rate=RATE)
    make_media(films / "Ebb (2021).mkv", *source, "-i", str(text), "-map", "0", "-map", "1", "-map", "2", *H264, "-c:a", "ac3",
               "-c:s", "srt", "-metadata:s:s:0", "language=eng")
    (films / "Ebb (2021).es.srt").write_bytes("1\n00:00:01,000 --> 00:00:02,000\n¡Olé!\n".encode("cp1252"))
    make_media(films / "Reef (2022).mkv", *source, *HEVC, "-c:a", "aac")


class Stream:
    """A stream as a player walks it: the playlist, its renditions, their pieces."""

    def __init__(self, server, session):
        self.url, self.session = server.url + session["url"], session
        self.master = http_request(self.url).text
        self.media = urllib.parse.urljoin(self.url, f"../../../m/{session['file_id']}/")
        self.renditions = sorted(set(re.findall(rf"m/{session['file_id']}/([va][^/]*)/media\.m3u8", self.master)))

    def pieces(self, rendition):
        playlist = http_request(f"{self.media}{rendition}/media.m3u8").text
        return re.findall(r'#EXT-X-MAP:URI="([^"]+)"', playlist) + re.findall(r"^\d+\.(?:m4s|ts)$", playlist, re.MULTILINE)

    def get(self, rendition, piece, **more):
        return http_request(f"{self.media}{rendition}/{piece}", timeout=180, **more)

    def hashes(self, rendition, backwards=False):
        pieces = self.pieces(rendition)
        found = {}
        for piece in reversed(pieces) if backwards else pieces:
            answer = self.get(rendition, piece)
            assert answer.status == 200, (rendition, piece, answer)
            found[piece] = hashlib.sha256(answer.body).hexdigest()
        return found


def metric(server, name):
    return float(re.search(rf"^{name} (\S+)$", server.get("/metrics").text, re.MULTILINE).group(1))


def quiet(server):
    """Waits until nothing is being made, not even ahead of time."""
    wait_for(lambda: metric(server, "marea_segments_making") == 0, 60, "the end of all makings")


class Streaming(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-streaming-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        cls.films = root / "Films"
        make_films(cls.films)
        cls.server = Server(libraries={"Films": cls.films})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.ids = {i["title"]: i["id"] for i in cls.server.all_media()}

    def session(self, title, preset="chromium", **more):
        return play(self.server, self.ids[title], preset, **more)

    def stream(self, title, **more):
        return Stream(self.server, self.session(title, **more))

    def wipe(self):
        quiet(self.server)
        shutil.rmtree(self.server.data / "cache" / "segments")

    def decoded_whole(self, url, slack=0):
        seen = players.by_ffprobe(url)
        self.assertTrue(seen["ok"], seen["text"])
        pictures, frames = int(seen["video"][0]["nb_read_frames"]), int(seen["audio"][0]["nb_read_frames"])
        self.assertAlmostEqual(pictures, SECONDS * RATE, delta=slack)
        self.assertAlmostEqual(frames * 1024 / 48000, SECONDS, delta=0.1)
        return seen

    def mpv_plays(self, url):
        seen = players.by_mpv(url)
        self.assertTrue(seen["ok"], seen["text"])
        self.assertTrue(seen["video"] and seen["audio"])
        self.assertGreater(seen["time"], SECONDS - 0.5)

    def test_a_copied_picture_and_encoded_sound_decode_to_the_end(self):
        session = self.session("Ebb")
        self.assertEqual((session["mode"], session["protocol"]), ("transcode", "hls"))
        self.assertEqual((session["video"]["mode"], session["audio"]["mode"]), ("remux", "transcode"))
        self.assertIn("The browser has no Dolby Digital decoder", session["audio"]["reasons"])
        self.assertEqual(self.decoded_whole(session["full_url"])["video"][0]["codec_name"], "h264")
        self.mpv_plays(session["full_url"])

    def test_an_encoded_picture_decodes_to_the_end(self):
        session = self.session("Reef")
        self.assertEqual((session["video"]["mode"], session["audio"]["mode"]), ("transcode", "remux"))
        # On a grid of its own from the title's start, which the sound's priming puts a few milliseconds earlier.
        self.assertEqual(self.decoded_whole(session["full_url"], slack=1)["video"][0]["codec_name"], "h264")
        self.mpv_plays(session["full_url"])

    def test_old_players_get_transport_streams(self):
        session = self.session("Reef", preset="basic-hls")
        self.assertTrue(session["url"].endswith("/ts.m3u8"), session["url"])
        self.decoded_whole(session["full_url"], slack=1)
        self.mpv_plays(session["full_url"])
        sought = players.by_mpv(session["full_url"], "--start=15")
        self.assertTrue(sought["ok"], sought["text"])
        self.assertGreater(sought["first"], 13)
        piece = http_request(urllib.parse.urljoin(session["full_url"], re.search(
            r"^\.\./.*$", http_request(session["full_url"]).text, re.MULTILINE).group()).replace("media.m3u8", "0.ts"))
        self.assertEqual((piece.status, piece.headers["content-type"], piece.body[0]), (200, "video/mp2t", 0x47))

    def test_dash_is_the_same_files(self):
        ffmpeg = require_program("ffmpeg")
        if " dash " not in subprocess.run([ffmpeg, "-v", "error", "-demuxers"], capture_output=True, text=True).stdout:
            self.skipTest("this ffmpeg reads no DASH")
        answer = self.server.post(f"/api/v1/media/{self.ids['Ebb']}/playback",
                                  {"capabilities": {"preset": "chromium", "protocols": ["dash"]}}, expect=201).json
        self.assertEqual((answer["protocol"], answer["mime_type"]), ("dash", "application/dash+xml"))
        manifest = http_request(self.server.url + answer["url"])
        self.assertEqual(manifest.headers["content-type"], "application/dash+xml")
        done = subprocess.run([ffmpeg, "-nostdin", "-v", "verbose", "-i", self.server.url + answer["url"], "-map", "0:v",
                               "-map", "0:a", "-f", "null", "-"], capture_output=True, text=True, timeout=400)
        decoded = {kind: int(n) for kind, n in re.findall(r"\((\w+)\): \d+ packets read .*?; (\d+) frames decoded", done.stderr)}
        self.assertEqual((done.returncode, decoded.get("video")), (0, SECONDS * RATE))
        self.assertAlmostEqual(decoded["audio"] * 1024 / 48000, SECONDS, delta=0.1)
        quiet(self.server)
        made = metric(self.server, "marea_segments_made_total")
        stream = self.stream("Ebb")
        for rendition in stream.renditions:
            stream.hashes(rendition)
        self.assertEqual(metric(self.server, "marea_segments_made_total"), made)

    def test_bytes_are_the_same_after_a_wipe_and_backwards(self):
        for title in ("Ebb", "Reef"):
            stream = self.stream(title)
            for rendition in stream.renditions:
                first = stream.hashes(rendition)
                self.assertGreater(len(first), 5)
                self.wipe()
                self.assertEqual(stream.hashes(rendition, backwards=True), first, rendition)

    def test_two_viewers_are_one_making(self):
        stream = self.stream("Reef")
        other = Client()
        other.url = self.server.url
        other.token = self.server.post("/api/v1/login", {"username": "owner", "password": PASSWORD, "device_name": "tv"},
                                       expect=200, token=False).json["access_token"]
        second = Stream(other, play(other, self.ids["Reef"], "chromium"))
        self.assertNotEqual(stream.url, second.url)
        self.wipe()
        before = metric(self.server, "marea_segments_made_total")
        rendition = next(r for r in stream.renditions if r.startswith("v"))
        pieces = stream.pieces(rendition)[1:]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            for piece in pieces:
                asked = [pool.submit(viewer.get, rendition, piece) for viewer in (stream, second) for _ in range(4)]
                self.assertEqual({a.result().status for a in asked}, {200})
                self.assertEqual(len({a.result().body for a in asked}), 1)
        quiet(self.server)
        self.assertEqual(metric(self.server, "marea_segments_made_total") - before, len(pieces))

    def test_the_middle_can_be_first(self):
        stream = self.stream("Reef", start=SECONDS / 2)
        self.wipe()
        rendition = next(r for r in stream.renditions if r.startswith("v"))
        pieces = stream.pieces(rendition)
        middle = pieces[1 + len(pieces) // 2]
        data = stream.get(rendition, middle).body
        head = stream.get(rendition, pieces[0]).body
        with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
            file.write(head + data)
            file.flush()
            seen = subprocess.run([require_program("ffprobe", "ffmpeg"), "-v", "error", "-select_streams", "v",
                                   "-show_entries", "frame=pts_time", "-of", "csv=p=0", file.name],
                                  capture_output=True, text=True)
        times = sorted(float(line.strip(",")) for line in seen.stdout.split())
        lengths = [float(x) for x in re.findall(r"#EXTINF:([\d.]+)", http_request(f"{stream.media}{rendition}/media.m3u8").text)]
        number = int(middle.split(".")[0])
        self.assertEqual(seen.stderr, "")
        self.assertAlmostEqual(times[0], 10 + sum(lengths[:number]), delta=0.002)  # all is presented ten seconds later
        self.assertEqual(len(times), round(lengths[number] * RATE))

    def test_a_link_opens_its_own_title_alone(self):
        ebb, reef = self.stream("Ebb"), self.stream("Reef")
        own, other = (urllib.parse.urlsplit(s.url).path.split("/") for s in (ebb, reef))
        other_title = "/".join(own[:3] + other[3:])  # the token of one, the rest of the other
        self.assertEqual(http_request(self.server.url + other_title).status, 401)
        other_file = "/".join(own[:4] + other[4:])
        self.assertEqual(http_request(self.server.url + other_file).status, 404)
        piece = f"/stream/{own[2]}/{own[3]}/m/{reef.session['file_id']}/v0-copy/0.m4s"
        self.assertEqual(http_request(self.server.url + piece).status, 404)
        forged = ebb.url.replace(own[2], own[2][:-2] + ("AA" if own[2][-2:] != "AA" else "BB"))
        self.assertEqual(http_request(forged).status, 401)

    def test_what_is_not_there_is_said_in_words(self):
        stream = self.stream("Ebb")
        for rendition, piece in (("v0-copy", "999.m4s"), ("v0-copy", "0.ts"), ("v0-copy", "x"), ("v7-copy", "0.m4s"),
                                 ("a0-aac-2", "0.m4s"), ("s0", "subtitles.vtt"), ("sprites", "99.jpg"), ("v0-copy", "-1.m4s")):
            answer = stream.get(rendition, piece)
            if (rendition, piece) == ("v0-copy", "0.ts"):
                self.assertIn(answer.status, (200, 404))  # a picture alone in MPEG-TS is fine
                continue
            self.assertEqual((answer.status, answer.headers["content-type"]), (404, "application/problem+json"), (rendition, piece))
            self.assertTrue(answer.json["detail"])

    def test_pieces_are_labelled_for_caches(self):
        stream = self.stream("Ebb")
        self.assertEqual(http_request(stream.url).headers["content-type"], "application/vnd.apple.mpegurl")
        for piece, kind in (("init.mp4", "video/mp4"), ("0.m4s", "video/mp4")):
            whole = stream.get("v0-copy", piece)
            self.assertEqual((whole.status, whole.headers["content-type"]), (200, kind))
            self.assertIn("immutable", whole.headers["cache-control"])
            self.assertRegex(whole.headers["etag"], r'^"[0-9a-f]{32}"$')
            quiet(self.server)
            head = stream.get("v0-copy", piece, method="HEAD")
            self.assertEqual((head.status, head.headers["content-length"]), (200, str(len(whole.body))))
            same = stream.get("v0-copy", piece, headers={"If-None-Match": whole.headers["etag"]})
            self.assertEqual(same.status, 304)
            part = stream.get("v0-copy", piece, headers={"Range": "bytes=8-99"})
            self.assertEqual((part.status, part.body), (206, whole.body[8:100]))

    def test_text_comes_as_web_vtt(self):
        stream = self.stream("Ebb")
        self.assertIn("TYPE=SUBTITLES", stream.master)
        listed = {s["language"]: s for s in stream.session["subtitles"]}
        # Text inside the film counts from the film's own start, which may be a few milliseconds off zero.
        for language, words, stamp in (("en", "Ahoy", r"00:00:01\.00\d --> 00:00:02\.50\d"),
                                       ("es", "¡Olé!", r"00:00:01\.000 --> 00:00:02\.000")):
            self.assertEqual((listed[language]["format"], listed[language]["mode"]), ("webvtt", "direct"))
            answer = http_request(self.server.url + listed[language]["url"])
            self.assertEqual(answer.headers["content-type"], "text/vtt; charset=utf-8")
            self.assertTrue(answer.text.startswith("WEBVTT\n"))
            self.assertIn(words, answer.text)
            self.assertRegex(answer.text, stamp)
            hls = http_request(self.server.url + listed[language]["url"].replace("subtitles.vtt", "hls.vtt"))
            self.assertIn("X-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000", hls.text)

    def test_text_laid_beside_a_film_that_plays_is_there_at_once(self):
        stream = self.stream("Reef")
        self.assertEqual(stream.get(stream.renditions[-1], "media.m3u8").status, 200)  # looked up, and kept for the next pieces
        beside = self.films / "Reef (2022).pt.srt"
        self.addCleanup(beside.unlink, missing_ok=True)

        def listed():
            return [s["id"] for s in self.server.get(f"/api/v1/media/{self.ids['Reef']}").json["sidecars"]]
        self.assertEqual(listed(), [])
        for words in ("Maré alta", "Maré baixa"):
            beside.write_text(f"1\n00:00:01,000 --> 00:00:02,000\n{words}\n")
            text = "x" + wait_for(listed, 60, "the text to be listed")[0]
            # What is listed is there; another text under the same name follows when it was noticed.
            self.assertEqual(stream.get(text, "subtitles.vtt").status, 200)
            wait_for(lambda: words in stream.get(text, "subtitles.vtt").text, 60, "the text to be told")
        beside.unlink()
        wait_for(lambda: not listed(), 60, "the text to be gone")
        self.assertEqual(stream.get(text, "subtitles.vtt").status, 404)

    def test_thumbnails(self):
        session = self.session("Ebb", preset="mpv")
        cues = http_request(self.server.url + session["sprites_url"])
        self.assertEqual(cues.headers["content-type"], "text/vtt; charset=utf-8")
        name, x, y, width, height = re.search(r"^(\d+\.jpg)#xywh=(\d+),(\d+),(\d+),(\d+)$", cues.text, re.MULTILINE).groups()
        picture = http_request(urllib.parse.urljoin(self.server.url + session["sprites_url"], name), timeout=180)
        self.assertEqual((picture.status, picture.headers["content-type"]), (200, "image/jpeg"))
        with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
            file.write(picture.body)
            file.flush()
            size = subprocess.run([require_program("ffprobe", "ffmpeg"), "-v", "error", "-show_entries", "stream=width,height",
                                   "-of", "csv=p=0", file.name], capture_output=True, text=True).stdout.strip().split(",")
        self.assertEqual((int(x), int(y), int(size[0]) % int(width), int(size[1]) % int(height)), (0, 0, 0, 0))


class Gone(unittest.TestCase):
    def test_work_for_somebody_who_left_is_not_done(self):
        root = pathlib.Path(tempfile.mkdtemp(prefix="marea-gone-"))
        self.addCleanup(shutil.rmtree, root, True)
        make_media(root / "Films" / "Swell (2023).mkv", *players.flash_and_beep(44, "1280x720", 25), "-c:v", "mpeg2video", "-g", "25",
                   "-b:v", "9M", "-c:a", "aac")
        with Server(libraries={"Films": root / "Films"}) as server:
            server.wait_until_idle()
            stream = Stream(server, play(server, server.all_media()[0]["id"], "chromium"))
            quiet(server)
            rendition = next(r for r in stream.renditions if r.startswith("v"))
            pieces = stream.pieces(rendition)[2:]  # not the head, nor the first, which is made ahead
            self.assertGreaterEqual(len(pieces), 10)
            before = metric(server, "marea_segments_made_total")
            parts = urllib.parse.urlsplit(f"{stream.media}{rendition}/")
            viewers = []
            for piece in pieces:
                viewer = socket.create_connection((parts.hostname, parts.port))
                viewer.sendall(f"GET {parts.path}{piece} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
                viewers.append(viewer)
            wait_for(lambda: metric(server, "marea_segments_making") > 2, 30, "pieces being made")
            for viewer in viewers:
                viewer.close()
            quiet(server)
            self.assertLess(metric(server, "marea_segments_made_total") - before, len(pieces) - 2)
            self.assertEqual(stream.get(rendition, pieces[-1]).status, 200)


HDR10 = ("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-x265-params",
         "log-level=error:keyint=48:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:hdr10=1:repeat-headers=1:"
         "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):max-cll=1000,400",
         "-color_trc", "smpte2084", "-color_primaries", "bt2020", "-colorspace", "bt2020nc")
HLG = ("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-x265-params",
       "log-level=error:keyint=48:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc",
       "-color_trc", "arib-std-b67", "-color_primaries", "bt2020", "-colorspace", "bt2020nc")


class HighDynamicRange(unittest.TestCase):
    """HDR is kept in every rung for a client that shows it, whatever codec it takes it in; others get SDR."""
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-hdr-")
        cls.addClassCleanup(folder.cleanup)
        films = pathlib.Path(folder.name) / "Films"
        films.mkdir()
        source = players.flash_and_beep(6, "1280x720", RATE)
        make_media(films / "Dune (2021).mkv", *source, *HDR10, "-c:a", "aac")
        make_media(films / "Cape (2022).mkv", *source, *HLG, "-c:a", "aac")
        cls.films = films
        cls.server = Server(libraries={"Films": films})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.ids = {i["title"]: i["id"] for i in cls.server.all_media()}

    def stream(self, title, codec, hdr):
        """By a client that takes H.264 too, and a height that needs a new encoding."""
        capabilities = {"protocols": ["hls"], "containers": ["mp4"], "audio": [{"codec": "aac"}], "hdr": hdr, "max_height": 480,
                        "video": [{"codec": "h264"}, {"codec": codec, "max_bit_depth": 10}]}
        answer = self.server.post(f"/api/v1/media/{self.ids[title]}/playback", {"capabilities": capabilities}, expect=201).json
        return Stream(self.server, answer)

    def colours(self, path, *more):
        done = subprocess.run([require_program("ffprobe", "ffmpeg"), "-v", "error", "-select_streams", "v", "-show_frames",
                               "-read_intervals", "%+#1", *more, str(path)], capture_output=True, text=True, check=True)
        return {name: re.findall(rf"^{name}=(\S+)$", done.stdout, re.MULTILINE) for name in
                ("color_transfer", "color_primaries", "color_space", "pix_fmt", "red_x", "max_luminance", "max_content")}

    def segment(self, stream):
        name, = [r for r in stream.renditions if r.startswith("v")]
        path = self.films.parent / f"{name}.mp4"
        path.write_bytes(stream.get(name, "init.mp4").body + stream.get(name, "1.m4s").body)
        return path

    def test_hdr10_is_kept_with_its_metadata(self):
        for codec, named in (("hevc", r"hvc1\.2\.4\.L\d+\.90"), ("vp9", r"vp09\.02\.\d+\.10\.00\.09\.16\.09\.00"),
                             ("av1", r"av01\.0\.\d+M\.10\.0\.110\.09\.16\.09\.0")):
            stream = self.stream("Dune", codec, ["hdr10"])
            self.assertRegex(stream.master, rf'CODECS="{named},mp4a\.40\.2"')
            self.assertIn("VIDEO-RANGE=PQ", stream.master)
            self.assertNotIn("VIDEO-RANGE=SDR", stream.master)
            segment = self.segment(stream)
            told, source = self.colours(segment), self.colours(self.films / "Dune (2021).mkv")
            self.assertEqual((told["color_transfer"], told["color_primaries"], told["pix_fmt"]),
                             (["smpte2084"], ["bt2020"], ["yuv420p10le"]), codec)
            if codec == "hevc":  # the others have it in the head of the file alone
                self.assertEqual(told["red_x"] + told["max_luminance"] + told["max_content"],
                                 source["red_x"] + source["max_luminance"] + source["max_content"])
            head = segment.read_bytes()
            self.assertIn(b"mdcv", head[:4000])
            self.assertIn(b"clli", head[:4000])

    def test_hlg_stays_hlg(self):
        stream = self.stream("Cape", "hevc", ["hdr10", "hlg"])
        self.assertIn("VIDEO-RANGE=HLG", stream.master)
        self.assertEqual(self.colours(self.segment(stream))["color_transfer"], ["arib-std-b67"])

    def test_others_get_standard_range(self):
        for title, hdr in (("Dune", []), ("Dune", ["hlg"]), ("Cape", ["hdr10"])):
            stream = self.stream(title, "hevc", hdr)
            self.assertIn("VIDEO-RANGE=SDR", stream.master)
            self.assertRegex(stream.master, 'CODECS="avc1')
            told = self.colours(self.segment(stream))
            self.assertEqual((told["color_transfer"], told["pix_fmt"]), (["bt709"], ["yuv420p"]))


class Bound(unittest.TestCase):
    def test_the_cache_keeps_within_its_bound(self):
        root = pathlib.Path(tempfile.mkdtemp(prefix="marea-bound-"))
        self.addCleanup(shutil.rmtree, root, True)
        make_films(root / "Films")
        config = root / "marea.toml"
        config.write_text('[stream]\ncache_size = "300 KiB"\n')
        with Server(libraries={"Films": root / "Films"}, args=["--config", str(config)]) as server:
            server.wait_until_idle()
            item = next(i for i in server.all_media() if i["title"] == "Reef")
            stream = Stream(server, play(server, item["id"], "chromium"))
            for rendition in stream.renditions:
                for piece in stream.pieces(rendition):
                    self.assertEqual(stream.get(rendition, piece).status, 200)
                    self.within(server, 300 << 10)
            quiet(server)
            self.assertGreater(metric(server, "marea_segment_cache_evicted_total"), 0)
            self.assertEqual(metric(server, "marea_segment_cache_bytes"), self.on_disk(server))

    def test_jumping_about_leaves_nothing_behind(self):
        root = pathlib.Path(tempfile.mkdtemp(prefix="marea-jumps-"))
        self.addCleanup(shutil.rmtree, root, True)
        make_films(root / "Parts")
        times = 360 if is_long() else 30  # of 20 seconds
        make_media(root / "Films" / "Tide (2020).mkv", "-stream_loop", str(times - 1), "-i", str(root / "Parts" / "Reef (2022).mkv"), "-c", "copy")
        config = root / "marea.toml"
        config.write_text('[stream]\ncache_size = "300 KiB"\n[farm]\nsprites = false\nloudness = false\nladders = false\n')
        with Server(libraries={"Films": root / "Films"}, args=["--config", str(config)]) as server:
            server.wait_until_idle()
            stream = Stream(server, play(server, server.all_media()[0]["id"], "chromium"))
            pieces = {rendition: stream.pieces(rendition)[1:] for rendition in stream.renditions}
            before, chance = len(server.workers()), random.Random(1)
            with concurrent.futures.ThreadPoolExecutor(2) as viewers:
                for _ in range(200 if is_long() else 15):
                    place = chance.random()
                    answers = viewers.map(lambda one: stream.get(one[0], one[1][int(place * len(one[1]))]), pieces.items())
                    self.assertEqual([answer.status for answer in answers], [200] * len(pieces))
                    self.within(server, 300 << 10)
            quiet(server)
            self.assertGreater(metric(server, "marea_segment_cache_evicted_total"), 0)
            self.assertEqual(metric(server, "marea_segment_cache_bytes"), self.on_disk(server))
            wait_for(lambda: len(server.workers()) <= before, 60, "no more workers than before")

    def within(self, server, bytes):
        """What is made ahead at the same moment is on the disk for an instant, until it has its place or the oldest went."""
        wait_for(lambda: self.on_disk(server) <= bytes, 20, "the cache to be within its bound", 0.01)

    def on_disk(self, server):
        total = 0
        for path in (server.data / "cache" / "segments").rglob("*"):
            try:
                total += path.stat().st_size if path.is_file() else 0
            except FileNotFoundError:
                pass  # went meanwhile
        return total


if __name__ == "__main__":
    unittest.main()
