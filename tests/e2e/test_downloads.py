"""Downloads: titles as files to keep, judged by ffprobe and by decoding them to their ends; called off, interrupted, shared."""
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

from support import PASSWORD, Server, make_album, make_film, make_media, require_program, wait_for

DOWNLOADS = "/api/v1/downloads"
CHAPTERS = ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=4000\ntitle=Rising\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=4000\nEND=9000\ntitle=Falling\n"
SUBTITLES = "1\n00:00:01,000 --> 00:00:03,000\n<i>High</i> & low\n\n2\n00:00:05,500 --> 00:00:07,000\nwater\n"


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=400)
    if done.returncode:
        raise AssertionError(f"{' '.join(command)}:\n{done.stderr[-2000:]}")
    return done.stdout + done.stderr


def probe(path):
    return json.loads(run("ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", "-show_chapters", str(path)))


def decoded(path, stream):
    """Seconds of one stream, as ffmpeg counts what it decodes to the end without an error."""
    # WebM with its own times: they begin before zero where Opus has samples to leave out.
    own = ["-copyts"] if path.suffix == ".webm" else []
    said = run("ffmpeg", "-nostdin", "-hide_banner", "-xerror", "-v", "error", "-stats", *own, "-i", str(path), "-map", f"0:{stream}",
               "-f", "null", "-")
    hours, minutes, seconds = re.findall(r"time=(\d+):(\d+):([\d.]+)", said)[-1]
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


class DownloadCase(unittest.TestCase):
    settings = "[farm]\nlease = 2\nsprites = false\nloudness = false\n"

    def setUp(self):
        require_program("ffprobe", "ffmpeg")
        folder = tempfile.TemporaryDirectory(prefix="marea-downloads-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.media, self.data = self.root / "Media", self.root / "data"
        (self.root / "server.toml").write_text(self.settings)
        self.prepare()
        self.server = Server(libraries={"Media": self.media}, data=self.data, args=("--config", str(self.root / "server.toml")))
        self.addCleanup(self.server.close)
        self.server.wait_until_idle()
        self.items = self.server.all_media("fields=files")

    def item(self, title):
        return next(item for item in self.items if title in item["title"] and item["kind"] in ("movie", "track", "video"))

    def order(self, title, expect=201, **order):
        return self.server.post(DOWNLOADS, {"media_id": self.item(title)["id"], **order}, expect=expect).json

    def ready(self, download, seconds=600):
        def ended():
            now = self.server.get(f"{DOWNLOADS}/{download['id']}").json
            return now if now["state"] not in ("queued", "making") else None
        now = wait_for(ended, seconds, "the download", 0.1)
        self.assertEqual((now["state"], now["error"]), ("ready", None))
        return now

    def fetched(self, download):
        answer = self.server.get(f"{DOWNLOADS}/{download['id']}/file")
        path = self.root / download["file_name"]
        path.write_bytes(answer.body)
        return path

    def made(self, title, **order):
        """The file, as a client gets it."""
        return self.fetched(self.ready(self.order(title, **order)))


class Downloads(DownloadCase):
    def prepare(self):
        chapters = self.root / "chapters.txt"
        chapters.write_text(CHAPTERS)
        make_media(self.media / "Tide (2020).mkv", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=24:duration=9", "-f", "lavfi",
                   "-i", "sine=frequency=330:duration=9:sample_rate=48000", "-f", "lavfi", "-i", "sine=frequency=660:duration=9:sample_rate=48000",
                   "-i", str(chapters), "-map", "0", "-map", "1", "-map", "2", "-map_chapters", "3", "-c:v", "libx264", "-preset",
                   "ultrafast", "-bf", "2", "-g", "24", "-pix_fmt", "yuv420p", "-c:a", "aac", "-metadata:s:a:0", "language=eng",
                   "-metadata:s:a:1", "language=spa")
        (self.media / "Tide (2020).en.srt").write_text(SUBTITLES)
        # Sound that begins late, pictures in another order than they are decoded in, and a codec to be encoded.
        make_media(self.media / "Beeps (2021).mkv", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=8", "-f", "lavfi",
                   "-itsoffset", "0.5", "-i", "sine=frequency=500:duration=7.5:sample_rate=44100", "-c:v", "mpeg2video", "-bf", "2",
                   "-q:v", "5", "-c:a", "ac3")
        make_album(self.media / "Low Water", tracks=1, suffix=".flac", seconds=7)

    def check_streams(self, path, wanted, duration, frame=0.045):
        """The streams' codecs, and that each decodes to its end, in time."""
        found = probe(path)
        self.assertEqual([stream["codec_name"] for stream in found["streams"]], wanted)
        self.assertAlmostEqual(float(found["format"]["duration"]), duration, delta=frame)
        for stream in found["streams"]:
            if stream["codec_type"] in ("video", "audio") and not stream["disposition"]["attached_pic"]:
                self.assertAlmostEqual(decoded(path, stream["index"]), duration, delta=frame, msg=str(stream["index"]))
        return found

    def first_packets(self, path):
        """The first presentation time of each stream's packets, without those that are left out."""
        out = run("ffprobe", "-v", "error", "-of", "json", "-show_entries", "packet=stream_index,pts_time,flags", str(path))
        first = {}
        for packet in json.loads(out)["packets"]:
            if "D" not in packet["flags"] and "pts_time" in packet:
                index = packet["stream_index"]
                first[index] = min(first.get(index, 1e9), float(packet["pts_time"]))
        return first

    def samples(self, path):
        """How many there are, decoded at 48 kHz."""
        raw = self.root / "out.raw"
        run("ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-map", "0:a", "-ar", "48000", "-ac", "1", "-f", "s16le", "-y", str(raw))
        return raw.stat().st_size // 2

    def test_a_film_is_copied_with_what_belongs_to_it(self):
        path = self.made("Tide", format="mp4", audio=["es", "en"], subtitles=["en"])
        self.assertEqual(path.name, "Tide (2020).mp4")
        found = self.check_streams(path, ["h264", "aac", "aac", "mov_text"], 9)
        languages = [stream["tags"].get("language") for stream in found["streams"]]
        self.assertEqual(languages[1:], ["spa", "eng", "eng"])
        self.assertEqual([stream["disposition"]["default"] for stream in found["streams"]][1:3], [1, 0])
        self.assertEqual([(c["tags"]["title"], round(float(c["start_time"]))) for c in found["chapters"]], [("Rising", 0), ("Falling", 4)])
        self.assertEqual(found["format"]["tags"]["title"], "Tide")
        text = re.sub("</?font[^>]*>", "", run("ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-map", "0:s:0", "-f", "srt", "-"))
        self.assertEqual(re.findall(r"(\S+) --> (\S+)\s+(.+)", text), [("00:00:01,000", "00:00:03,000", "High & low"),
                                                                       ("00:00:05,500", "00:00:07,000", "water")])
        # The same pictures as in the source, in the same places; what players need first is in front.
        frames = [run("ffmpeg", "-nostdin", "-v", "error", "-i", str(p), "-map", "0:v", "-f", "framemd5", "-").splitlines()
                  for p in (path, self.media / "Tide (2020).mkv")]
        sums = [[line.split(",")[-1].strip() for line in lines if not line.startswith("#")] for lines in frames]
        self.assertEqual(sums[0], sums[1])
        self.assertEqual(len(sums[0]), 9 * 24)
        head = path.read_bytes()[:200_000]
        self.assertLess(head.index(b"moov"), head.index(b"mdat"))
        for first in self.first_packets(path).values():
            self.assertAlmostEqual(first, 0, delta=0.022)

    def test_a_film_is_converted_and_stays_in_step(self):
        path = self.made("Beeps", format="mp4", quality="240p")
        found = self.check_streams(path, ["h264", "aac"], 8)
        self.assertEqual((found["streams"][0]["width"], found["streams"][0]["height"]), (426, 240))
        # The tone begins half a second after the picture, to the frame.
        said = run("ffmpeg", "-nostdin", "-hide_banner", "-i", str(path), "-af", "silencedetect=noise=-40dB:d=0.1", "-vn", "-f", "null", "-")
        self.assertAlmostEqual(float(re.search(r"silence_end: ([\d.]+)", said)[1]), 0.5, delta=0.03)
        self.assertAlmostEqual(self.first_packets(path)[0], 0, delta=0.001)

    def test_a_film_becomes_webm(self):
        path = self.made("Tide", format="webm", audio=["es", "en"], subtitles=["en"])
        self.assertEqual(path.name, "Tide (2020).webm")
        found = self.check_streams(path, ["vp9", "opus", "opus", "webvtt"], 9)
        self.assertEqual([stream.get("tags", {}).get("language") for stream in found["streams"]][1:], ["spa", "eng", "eng"])
        self.assertEqual([stream["disposition"]["default"] for stream in found["streams"]][1:3], [1, 0])
        self.assertEqual([(c["tags"]["title"], round(float(c["start_time"]))) for c in found["chapters"]], [("Rising", 0), ("Falling", 4)])
        self.assertEqual({key.lower(): value for key, value in found["format"]["tags"].items()}["title"], "Tide")
        self.assertEqual(found["streams"][0]["r_frame_rate"], "24/1")
        text = re.sub("</?font[^>]*>", "", run("ffmpeg", "-nostdin", "-v", "error", "-copyts", "-i", str(path), "-map", "0:s:0", "-f", "srt", "-"))
        self.assertEqual(re.findall(r"(\S+) --> (\S+)\s+(.+)", text), [("00:00:01,000", "00:00:03,000", "<i>High</i> & low"),
                                                                       ("00:00:05,500", "00:00:07,000", "water")])
        for index, first in self.first_packets(path).items():
            if index < 3:
                self.assertAlmostEqual(first, 0, delta=0.001 if index == 0 else 0.081)
        head = path.read_bytes()
        self.assertLess(head.index(b"\x1c\x53\xbb\x6b"), head.index(b"\x1f\x43\xb6\x75"), "cues in front of the clusters")
        # A jump shows the picture that stands there in the whole.
        def pictures(*options):
            """(number, checksum) of each."""
            lines = run("ffmpeg", "-nostdin", "-v", "error", "-copyts", *options, "-map", "0:v", "-f", "framemd5", "-").splitlines()
            return [(int(line.split(",")[2]), line.split(",")[-1].strip()) for line in lines if not line.startswith("#")]
        whole = pictures("-i", str(path))
        self.assertEqual([number for number, _ in whole], list(range(len(whole))))
        self.assertAlmostEqual(float(found["format"]["duration"]), len(whole) / 24, delta=0.001)
        for second in (8, 2, 5):
            number, checksum = pictures("-ss", str(second), "-i", str(path), "-frames:v", "1")[0]
            self.assertEqual(checksum, whole[number][1], second)
            self.assertAlmostEqual(number / 24, second, delta=0.1)  # ffmpeg counts from the file's first time

    def test_music_has_tags_a_cover_and_no_gaps(self):
        source = next(self.media.glob("Low Water/*.flac"))
        # ffprobe counts an MP3's first and last frame whole.
        for form, codec, quality, frames in (("m4a", "aac", "original", 0.03), ("mp3", "mp3", "192", 0.05)):
            path = self.made("Song 1", format=form, quality=quality)
            found = self.check_streams(path, [codec, "mjpeg"], 7, frames)
            tags = {key.lower(): value for key, value in found["format"]["tags"].items()}
            self.assertEqual((tags["title"], tags["artist"], tags["album"], tags["genre"]), ("Song 1", "The Tides", "Low Water", "Ambient"))
            self.assertTrue(tags["track"].startswith("1"))
            # Decoded, it is as long as the source, to a frame.
            self.assertAlmostEqual(self.samples(path), self.samples(source), delta=1200, msg=form)
        # ffprobe counts what an Opus decoder throws away first.
        for form, codec, quality, frames in (("opus", "opus", "128", 0.1), ("flac", "flac", "original", 0.03)):
            path = self.made("Song 1", format=form, quality=quality)
            found = self.check_streams(path, [codec], 7, frames)
            tags = {key.lower(): value for key, value in {**found["format"].get("tags", {}), **found["streams"][0].get("tags", {})}.items()}
            self.assertEqual((tags["title"], tags["artist"], tags["album"], tags["genre"]), ("Song 1", "The Tides", "Low Water", "Ambient"))
            self.assertAlmostEqual(self.samples(path), self.samples(source), delta=1200 if form == "opus" else 0, msg=form)
        self.assertIn(b"iTunSMPB", self.fetched(self.ready(self.order("Song 1", 200, format="m4a"))).read_bytes())

    def test_parts_are_those_of_the_whole(self):
        download = self.ready(self.order("Tide", format="mp4"))
        whole = self.server.get(download["url"])
        self.assertEqual(len(whole.body), download["size"])
        self.assertIn("attachment", whole.headers["content-disposition"])
        for first, last in ((0, 99), (1000, 70_000), (download["size"] - 10, download["size"] - 1)):
            answer = self.server.get(download["url"], expect=206, headers={"Range": f"bytes={first}-{last}"})
            self.assertEqual(answer.body, whole.body[first:last + 1])
        self.assertEqual(self.server.raw("HEAD", download["url"]).headers["content-length"], str(download["size"]))
        original = self.order("Tide")
        self.assertEqual(original["state"], "ready")
        self.assertEqual(self.server.get(original["url"]).body, (self.media / "Tide (2020).mkv").read_bytes())

    def test_what_is_impossible_is_said(self):
        self.assertIn("picture", self.order("Song 1", 422, format="mp4")["detail"])
        self.order("Song 1", 400, format="mp3", quality="720p")
        self.order("Song 1", 400, format="mp3", quality="191")
        self.order("Tide", 400, format="mp4", audio=["no language"])
        download = self.order("Tide", format="mp4", audio=["de"])
        def failed():
            now = self.server.get(f"{DOWNLOADS}/{download['id']}").json
            return now if now["state"] == "failed" else None
        self.assertIn("German", wait_for(failed, 600, "the download to fail")["error"])
        self.assertEqual(list((self.data / "downloads").glob("*/*")), [])

    def test_requests_are_answered_once_and_lists_are_ones_own(self):
        order = {"media_id": self.item("Tide")["id"], "format": "mp4"}
        key = {"Idempotency-Key": "a-1"}
        first = self.server.post(DOWNLOADS, order, expect=201, headers=key).json
        self.assertEqual(self.server.post(DOWNLOADS, order, expect=200, headers=key).json["id"], first["id"])
        self.server.post(DOWNLOADS, {**order, "quality": "240p"}, expect=409, headers=key)
        self.ready(first)
        made = {path: path.stat().st_mtime_ns for path in (self.data / "downloads" / "files").iterdir()}
        line = [str(self.server.command()[0]), "user", "add", "bob", "--data", str(self.data)]
        subprocess.run(line, input=PASSWORD + "\n", text=True, check=True, capture_output=True, timeout=180)
        bob = wait_for(lambda: (a := self.server.raw("POST", "/api/v1/login", token=False, body={
            "username": "bob", "password": PASSWORD, "device_name": "x"})).status == 200 and a.json, 20, "bob")["access_token"]
        self.assertEqual(self.server.get(DOWNLOADS, token=bob).json["items"], [])
        for method, path in (("GET", ""), ("GET", "/file"), ("DELETE", "")):
            self.assertEqual(self.server.raw(method, f"{DOWNLOADS}/{first['id']}{path}", token=bob).status, 404)
            self.assertEqual(self.server.raw(method, f"{DOWNLOADS}/{first['id']}{path}", token=False).status, 401)
        # The file that is there is theirs at once.
        his = self.server.post(DOWNLOADS, order, expect=201, token=bob, headers=key).json
        self.assertEqual(his["state"], "ready")
        self.assertNotEqual(his["id"], first["id"])
        self.server.delete(f"{DOWNLOADS}/{first['id']}")
        self.assertEqual(len(self.server.get(his["url"], token=bob).body), his["size"])
        self.assertEqual({path: path.stat().st_mtime_ns for path in (self.data / "downloads" / "files").iterdir()}, made)


class Groups(DownloadCase):
    def prepare(self):
        make_album(self.media / "Low Water", tracks=3, suffix=".flac", seconds=3)
        for season, episode in ((1, 2), (1, 1), (2, 1)):
            make_film(self.media / "The Coast" / f"Season {season}" / f"The Coast S0{season}E0{episode}.mkv", 2)
        make_film(self.media / "The Coast" / "Season 2" / "The Coast S02E02.mkv", 2, audio=0)

    def group(self, kind, **order):
        item = next(item for item in self.items if item["kind"] == kind and order.get("title", "") in item["title"])
        order.pop("title", None)
        return item, lambda expect, **more: self.server.post(DOWNLOADS, {"media_id": item["id"], **order}, expect=expect, **more).json

    def test_an_album_is_one_request(self):
        album, ask = self.group("album", format="opus")
        key = {"Idempotency-Key": "an-album"}
        first = ask(201, headers=key)
        self.assertEqual((first["media_id"], first["refused"]), (album["id"], []))
        self.assertEqual(len(first["items"]), 3)
        tracks = self.server.get(f"/api/v1/media?parent={album['id']}&sort=index").json["items"]
        self.assertEqual([d["media_id"] for d in first["items"]], [t["id"] for t in tracks])
        ids = [d["id"] for d in first["items"]]
        for again in (ask(200, headers=key), ask(200)):
            self.assertEqual([d["id"] for d in again["items"]], ids)
        self.server.post(DOWNLOADS, {"media_id": album["id"], "format": "mp3"}, expect=409, headers=key)
        self.assertEqual({d["id"] for d in self.server.get(DOWNLOADS).json["items"]}, set(ids))
        for download in first["items"]:
            self.assertGreater(self.fetched(self.ready(download)).stat().st_size, 1000)

    def test_a_season_and_a_series_have_their_episodes(self):
        season, ask = self.group("season", title="1")
        self.assertEqual([d["file_name"] for d in ask(201)["items"]], ["The Coast S01E01.mkv", "The Coast S01E02.mkv"])
        _series, ask = self.group("series", format="mp3")
        answer = ask(201)
        self.assertEqual(len(answer["items"]), 3)
        self.assertEqual([(r["title"] != "", "sound" in r["reason"]) for r in answer["refused"]], [(True, True)])
        self.server.post(DOWNLOADS, {"media_id": season["id"], "file_id": answer["items"][0]["file_id"]}, expect=400)

    def test_what_nothing_can_be_had_of_is_refused(self):
        _album, ask = self.group("album", format="mp4")
        self.assertIn("picture", ask(422)["detail"])
        self.assertEqual(self.server.get(DOWNLOADS).json["items"], [])


class Interrupted(DownloadCase):
    def prepare(self):
        make_film(self.media / "Ebb (2021).mp4", 120, size="640x360")

    def parts(self):
        return {path.name: path.stat().st_mtime_ns for path in (self.data / "downloads" / "work").glob("*/*")
                if ".new-" not in path.name}

    def begin(self):
        download = self.order("Ebb", format="mp4", quality="240p")
        wait_for(lambda: len(self.parts()) >= 4, 300, "the first parts", 0.01)
        return download

    def test_a_killed_server_goes_on_where_it_was(self):
        download = self.begin()
        self.server.kill()
        made = self.parts()
        self.server.start()
        self.server.login()
        parts = {}
        def watch():
            parts.update(self.parts())
            return self.server.get(f"{DOWNLOADS}/{download['id']}").json["state"] == "ready"
        wait_for(watch, 900, "the download to be finished", 0.05)
        self.assertEqual({name: parts[name] for name in made if name in parts}, made)
        self.assertTrue(set(made) & set(parts), "it was not seen at work after the start")
        path = self.fetched(self.ready(download))
        self.assertAlmostEqual(decoded(path, 0), 120, delta=0.045)
        self.assertAlmostEqual(decoded(path, 1), 120, delta=0.045)
        self.assertEqual(list((self.data / "downloads" / "work").iterdir()), [])

    def test_what_is_called_off_leaves_nothing(self):
        download = self.begin()
        self.server.delete(f"{DOWNLOADS}/{download['id']}")
        self.server.get(f"{DOWNLOADS}/{download['id']}", expect=404)
        job, = self.server.get("/api/v1/admin/jobs").json["items"]
        self.assertEqual((job["kind"], job["priority"], job["state"]), ("download", "download", "cancelled"))
        wait_for(lambda: not list((self.data / "downloads").glob("*/*")), 30, "nothing to be left")

    def test_no_more_than_the_server_keeps(self):
        self.server.stop()
        (self.root / "server.toml").write_text(self.settings + "[downloads]\nsize = \"200 kB\"\n")
        self.server.start()
        self.server.login()
        download = self.order("Ebb", format="mp4", quality="240p")
        def failed():
            now = self.server.get(f"{DOWNLOADS}/{download['id']}").json
            return now if now["state"] == "failed" else None
        self.assertIn("does not fit", wait_for(failed, 600, "the download to fail")["error"])
        self.assertEqual(list((self.data / "downloads").glob("*/*")), [])


if __name__ == "__main__":
    unittest.main()
