"""Background jobs: the thumbnails of films are made ahead, also when the server was killed in between; music is measured."""
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import unittest
import urllib.parse

import players
from media import make_media
from support import Server, http_request, make_film, play, wait_for

JOBS = "/api/v1/admin/jobs"


class FarmCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="marea-farm-")
        self.addCleanup(folder.cleanup)
        self.films, self.data = pathlib.Path(folder.name) / "Films", pathlib.Path(folder.name) / "data"
        make_film(self.films / "Tide (2020).mkv", 40)

    def server(self, sprites="true", loudness="false", more="ladders = false\n"):
        settings = self.data.parent / "server.toml"
        settings.write_text(f"[farm]\nsprites = {sprites}\nloudness = {loudness}\n{more}")
        server = Server(libraries={"Films": self.films}, data=self.data, args=("--config", str(settings)))
        self.addCleanup(server.close)
        return server

    def jobs(self, server, count=1, seconds=300):
        """The jobs, as soon as there are so many and all are finished."""
        def finished():
            found = server.get(JOBS).json["items"]
            return found if len(found) >= count and all(j["state"] not in ("queued", "leased") for j in found) else None
        return wait_for(finished, seconds, "the jobs to end")

    def sheets(self):
        return sorted(path for path in (self.data / "cache" / "sprites").glob("*/*.jpg"))


class Farm(FarmCase):
    def test_films_get_their_thumbnails(self):
        server = self.server()
        job, = self.jobs(server)
        self.assertEqual((job["kind"], job["state"], job["error"], job["progress"]), ("sprites", "done", None, 1))
        self.assertEqual([path.name for path in self.sheets()], ["0.jpg", "1.jpg"])
        for path in self.sheets():
            self.assertEqual(path.read_bytes()[:3], b"\xff\xd8\xff")
        self.assertEqual(server.request("DELETE", f"{JOBS}/{job['id']}").status, 409)
        def told():
            text = server.get("/metrics").body.decode()
            return "marea_farm_jobs_done_total 1\n" in text and 'marea_farm_jobs{state="running"} 0\n' in text
        wait_for(told, 20, "the metrics")
        played = play(server, server.all_media()[0]["id"])
        cues = server.get(played["sprites_url"], token=False).body.decode()
        self.assertIn("1.jpg#xywh=", cues)
        for path in self.sheets():
            answer = server.get(played["sprites_url"].replace("sprites.vtt", path.name), token=False)
            self.assertEqual(answer.body, path.read_bytes())
        self.assertIn("\nmarea_title_parts_made_total 0\n", server.get("/metrics").body.decode())
        make_film(self.films / "Ebb (2021).mp4", 3)
        self.jobs(server, 2)
        self.assertEqual(len(self.sheets()), 3)

    def test_thumbnails_keep_within_their_bound_and_are_made_again_when_somebody_looks(self):
        server = self.server(more='sprites_size = "10 KiB"\n')
        self.jobs(server)
        self.assertLessEqual(sum(path.stat().st_size for path in self.sheets()), 10 << 10)
        self.assertLess(len(self.sheets()), 2)
        played = play(server, server.all_media()[0]["id"])
        for sheet in (0, 1):
            answer = server.get(played["sprites_url"].replace("sprites.vtt", f"{sheet}.jpg"), token=False)
            self.assertEqual(answer.body[:3], b"\xff\xd8\xff")
        server.stop()
        server = self.server(more='sprites_size = "10 KiB"\n')
        server.login()
        server.wait_until_idle()
        self.assertEqual(len(self.jobs(server)), 1, "it counts as made")

    def test_a_lease_of_a_killed_server_is_taken_over(self):
        server = self.server()
        self.jobs(server)
        server.kill()
        for path in self.sheets():
            path.unlink()
        # As if it had been killed in the middle, a minute ago.
        with sqlite3.connect(self.data / "marea.db") as database:
            database.execute("UPDATE jobs SET state='leased', lease_owner='dead', lease_until=1, leases=leases+1")
        database.close()
        server = self.server()
        server.login()
        job, = self.jobs(server)
        self.assertEqual((job["state"], job["attempts"]), ("done", 2))
        self.assertEqual(len(self.sheets()), 2)

    def test_thumbnails_can_be_switched_off(self):
        server = self.server("false")
        server.wait_until_idle()
        self.assertEqual(server.get(JOBS).json["items"], [])
        self.assertFalse((self.data / "cache" / "sprites").exists())


@unittest.skipUnless(shutil.which("ffmpeg"), "no ffmpeg command")
class Ladders(FarmCase):
    """A film of one still picture needs few bits and one size; a noisy one what is usual."""
    def setUp(self):
        super().setUp()
        for name, picture in (("Slides (2021)", "smptehdbars=s=1280x720:r=24:d=24"),
                              ("Noise (2022)", "testsrc2=s=1280x720:r=24:d=24,noise=alls=70:allf=t:all_seed=3")):
            make_media(self.films / f"{name}.mkv", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=d=24", "-c:v",
                       "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj420p", "-c:a", "aac")

    def variants(self, server, session):
        """(bandwidth, address) of the master playlist's pictures."""
        text = http_request(server.url + session["url"]).text
        return re.findall(r"^#EXT-X-STREAM-INF:BANDWIDTH=(\d+).*\n(\S+)$", text, re.MULTILINE)

    def test_each_title_has_the_ladder_that_it_needs(self):
        server = self.server("false")
        server.wait_until_idle()
        ids = {item["title"]: item["id"] for item in server.all_media()}
        usual = {title: play(server, ids[title], "chromium") for title in ("Slides", "Noise")}
        for session in usual.values():
            self.assertIn("/v0-h264-720.v0-h264-480.", session["url"])
        before = self.variants(server, usual["Slides"])
        address = urllib.parse.urljoin(server.url + usual["Slides"]["url"], before[0][1].replace("media.m3u8", "0.m4s"))
        first = http_request(address).body
        server.stop()
        server = self.server("false", more="ladders = true\n")
        server.login()
        measured = self.jobs(server, 2, 300)
        self.assertEqual([(job["kind"], job["state"], job["error"]) for job in measured], [("rungs", "done", None)] * 2)
        self.assertIn("/v0-h264-720.v0-h264-480.", play(server, ids["Noise"], "chromium")["url"])
        simple = play(server, ids["Slides"], "chromium")
        after = self.variants(server, simple)
        self.assertEqual(len(after), 1, simple["url"])
        self.assertRegex(after[0][1], r"/v0-h264-720-b\d+/")
        self.assertLess(int(after[0][0]), int(before[0][0]) * 0.6)  # the sound is in both
        seen = players.by_ffprobe(server.url + simple["url"])
        self.assertTrue(seen["ok"], seen["text"])
        self.assertAlmostEqual(int(seen["video"][0]["nb_read_frames"]), 24 * 24, delta=1)  # the sound begins a frame before
        # What plays by the usual ladder goes on with it.
        again = http_request(re.sub(r"^http://[^/]+/stream/[^/]+/", server.url + simple["url"][:simple["url"].index("/", 8) + 1], address))
        self.assertEqual((again.status, again.body), (200, first))


# What makes a loud, a soft and a hardly audible track.
TRACKS = ("0.5", "0.12", "0.004")


@unittest.skipUnless(shutil.which("ffmpeg"), "no ffmpeg command")
class Loudness(FarmCase):
    """The figures are those of ffmpeg's ebur128, for each track, and for the album as one long sound."""
    def setUp(self):
        super().setUp()
        for number, volume in enumerate(TRACKS, 1):
            self.ffmpeg("-f", "lavfi", "-i", f"anoisesrc=d={4 + 3 * number}:c=pink:seed={number},aformat=cl=stereo,volume={volume}",
                        "-metadata", "album=Shore", "-metadata", "artist=Ana", "-metadata", f"track={number}",
                        "-metadata", f"title=Wave {number}", str(self.films / f"{number}.flac"))

    def ffmpeg(self, *arguments):
        ran = subprocess.run(("ffmpeg", "-nostdin", "-hide_banner", "-y", *arguments), capture_output=True, text=True, check=True)
        return ran.stderr

    def reference(self, *paths):
        """(LUFS, dBTP) of the files one behind the other."""
        inputs = [part for path in paths for part in ("-i", str(path))]
        graph = f"{''.join(f'[{i}:a]' for i in range(len(paths)))}concat=n={len(paths)}:v=0:a=1,ebur128=peak=true:framelog=verbose[out]"
        summary = self.ffmpeg(*inputs, "-filter_complex", graph, "-map", "[out]", "-f", "null", "-").rpartition("Summary:")[2]
        return float(re.search(r"I: +(\S+) LUFS", summary)[1]), float(re.search(r"Peak: +(\S+) dBFS", summary)[1])

    def test_tracks_and_albums_are_measured(self):
        server = self.server("false", "true")
        jobs = self.jobs(server, 4)
        self.assertEqual({(job["kind"], job["state"]) for job in jobs}, {("loudness", "done")})
        album, = server.get("/api/v1/media?kind=album").json["items"]
        tracks = server.get(f"/api/v1/media?parent={album['id']}&sort=index").json["items"]
        files = [self.films / f"{number}.flac" for number in range(1, 4)]
        self.assertEqual(len(tracks), 3)
        whole, loudest = self.reference(*files)
        for track, path in zip(tracks, files):
            told = track["loudness"]
            loudness, peak = self.reference(path)
            self.assertEqual(told["source"], "measured")
            self.assertAlmostEqual(told["integrated"], loudness, delta=0.1)
            self.assertAlmostEqual(told["track_gain"], -18 - loudness, delta=0.1)
            self.assertAlmostEqual(told["track_peak"], peak, delta=0.3)
            self.assertAlmostEqual(told["album_gain"], -18 - whole, delta=0.1)
            self.assertAlmostEqual(told["album_peak"], loudest, delta=0.3)
        self.assertAlmostEqual(album["loudness"]["integrated"], whole, delta=0.1)
        mean = sum(track["loudness"]["integrated"] for track in tracks) / 3
        self.assertGreater(whole - mean, 10)
        self.assertRegex(server.get(f"/api/v1/media/{tracks[0]['id']}").json["files"][0]["chromaprint"], "^AQ[A-Za-z0-9_-]+$")
        film, = server.get("/api/v1/media?kind=movie").json["items"]
        self.assertEqual(film["loudness"]["source"], "measured")

    def test_streams_come_at_one_loudness(self):
        server = self.server("false", "true")
        self.jobs(server, 4)
        album, = server.get("/api/v1/media?kind=album").json["items"]
        loud, soft, _ = server.get(f"/api/v1/media?parent={album['id']}&sort=index").json["items"]
        for track in (loud, soft):
            told = track["loudness"]
            for preset in ("chromium", "basic-hls"):
                played = play(server, track["id"], preset, audio_profile="normalised")
                self.assertEqual(played["mode"], "transcode")
                loudness, peak = self.reference(played["full_url"])
                gain = min(told["track_gain"], -1 - told["track_peak"])
                self.assertAlmostEqual(loudness, told["integrated"] + gain, delta=0.5)
                self.assertLess(peak, 0)
        night = play(server, soft["id"], "chromium", audio_profile="night")
        self.assertIn("-night", night["url"])
        self.assertGreater(self.reference(night["full_url"])[0], soft["loudness"]["integrated"] + 6)
        self.assertEqual(play(server, loud["id"], "chromium")["mode"], "direct")
        wrong = {"capabilities": {"preset": "mpv"}, "audio_profile": "loud"}
        server.post(f"/api/v1/media/{loud['id']}/playback", wrong, expect=400)


if __name__ == "__main__":
    unittest.main()
