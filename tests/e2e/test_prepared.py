"""Films made ahead: every rung plays without work, in the middle too, also after kill -9; what does not fit is refused."""
import pathlib
import tempfile
import unittest

from media import make_media
from support import Server, play, require_program, wait_for
from test_streaming import Stream, metric

SECONDS = 32


class PreparedCase(unittest.TestCase):
    settings = "[farm]\nlease = 2\nsprites = false\nloudness = false\nladders = false\n"

    def setUp(self):
        require_program("ffmpeg")
        folder = tempfile.TemporaryDirectory(prefix="marea-prepared-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.films, self.data = self.root / "Films", self.root / "data"
        # Two rungs, and sound that a browser does not take.
        make_media(self.films / "Tide (2020).mkv", "-f", "lavfi", "-i", f"testsrc2=size=1280x720:rate=24:duration={SECONDS}", "-f",
                   "lavfi", "-i", f"sine=frequency=330:duration={SECONDS}:sample_rate=48000", "-c:v", "mpeg2video", "-q:v", "3",
                   "-g", "24", "-c:a", "ac3")
        self.server = self.start()
        self.server.wait_until_idle()
        self.film, = self.server.all_media()
        self.path = f"/api/v1/admin/media/{self.film['id']}/prepared"

    def start(self):
        (self.root / "server.toml").write_text(self.settings)
        server = Server(libraries={"Films": self.films}, data=self.data, args=("--config", str(self.root / "server.toml")))
        self.addCleanup(server.close)
        return server

    def state(self):
        item, = self.server.get(self.path).json["items"]
        return item

    def ready(self):
        def ended():
            now = self.state()
            return now if now["state"] not in ("queued", "making") else None
        now = wait_for(ended, 900, "the film", 0.2)
        self.assertEqual((now["state"], now["error"], now["progress"]), ("ready", None, 1))
        return now

    def segments(self):
        """What is in the cache: when each was made."""
        return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns)
                for path in (self.data / "cache" / "segments").glob("*/*") if not path.name.startswith(".")}

    def check_plays_without_work(self, renditions, **more):
        before = metric(self.server, "marea_worker_jobs_total")
        session = play(self.server, self.film["id"], "chromium", **more)
        self.assertEqual(session["protocol"], "hls")
        self.assertNotIn("@", session["url"])
        stream = Stream(self.server, session)
        self.assertEqual(stream.renditions, sorted(renditions))
        for rendition in stream.renditions:
            pieces = stream.pieces(rendition)
            self.assertGreater(len(pieces), SECONDS / 5)
            for piece in pieces:
                self.assertEqual(stream.get(rendition, piece).status, 200, f"{rendition}/{piece}")
        self.server.delete(f"/api/v1/sessions/{session['session_id']}")
        self.assertEqual(metric(self.server, "marea_worker_jobs_total"), before)


class Prepared(PreparedCase):
    def test_a_film_made_ahead_plays_without_work(self):
        asked = self.server.put(self.path, {}, expect=202).json
        self.assertIn(asked["state"], ("queued", "making"))
        now = self.ready()
        self.assertGreaterEqual(sum(name.startswith("v0-h264-") for name in now["renditions"]), 2, now)
        self.assertLessEqual(now["size"], now["most_size"])
        self.assertEqual(metric(self.server, "marea_prepared_bytes"), now["size"])
        self.assertEqual(metric(self.server, "marea_prepared_files"), len(self.segments()))
        self.check_plays_without_work(now["renditions"])
        self.check_plays_without_work(now["renditions"], start=17)
        self.assertEqual(self.server.put(self.path, {}, expect=200).json["state"], "ready")
        self.server.stop()
        self.server = self.start()
        self.server.login()
        self.server.wait_until_idle()
        self.check_plays_without_work(now["renditions"])
        wait_for(lambda: metric(self.server, "marea_prepared_bytes") == now["size"], 20, "the count")
        self.server.delete(self.path)
        self.assertEqual(self.server.get(self.path).json["items"], [])
        self.assertEqual(metric(self.server, "marea_prepared_bytes"), 0)
        self.server.delete(self.path, expect=404)

    def test_a_killed_server_goes_on_where_it_was(self):
        self.server.put(self.path, {}, expect=202)
        wait_for(lambda: len(self.segments()) > 8, 600, "the first segments")
        self.server.kill()
        before = self.segments()
        self.server = self.start()
        self.server.login()
        self.server.wait_until_idle()
        now = self.ready()
        after = self.segments()
        self.assertGreater(len(after), len(before))
        self.assertEqual({name: after[name] for name in before}, before)
        self.check_plays_without_work(now["renditions"])

    def test_a_film_that_goes_is_let_go(self):
        self.server.put(self.path, {"capabilities": {"preset": "chromium", "max_height": 480}}, expect=202)
        self.ready()
        next(self.films.glob("*.mkv")).unlink()
        self.server.post(f"/api/v1/admin/libraries/{self.server.libraries()[0]['id']}/scan")
        wait_for(lambda: metric(self.server, "marea_prepared_bytes") == 0, 30, "the film to be let go")


class Full(PreparedCase):
    settings = PreparedCase.settings + '[stream]\nprepared_size = "1 MiB"\n'

    def test_what_does_not_fit_is_refused_in_words(self):
        answer = self.server.put(self.path, {}, expect=413).json
        self.assertIn("stream.prepared_size", str(answer))
        self.assertEqual(self.server.get("/api/v1/admin/prepared").json["items"], [])
        self.assertEqual(self.server.get("/api/v1/admin/jobs?kind=prepare").json["items"], [])


if __name__ == "__main__":
    unittest.main()
