"""What files do not say, from services that speak as TMDB and MusicBrainz do: looked up, shown, put right and forgotten."""
import http.server
import json
import pathlib
import subprocess
import tempfile
import threading
import unittest
import urllib.parse

from support import ROOT, Server, make_album, make_film, program, require_program, wait_for

RECORDED = ROOT / "tests" / "data" / "metadata"
ANSWERS = {"/3/search/movie": "tmdb-movie-search.json", "/3/movie/603": "tmdb-movie.json",
           "/ws/2/release-group": "musicbrainz-album-search.json",
           "/ws/2/release-group/8e8a594f-2175-38c7-a871-abb68ec363e7": "musicbrainz-album.json",
           "/ws/2/artist": "musicbrainz-artist-search.json",
           "/ws/2/artist/561d854a-6a28-4aa7-8c99-323e6ce46c2a": "musicbrainz-artist.json"}


class Service(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, picture):
        super().__init__(("127.0.0.1", 0), Handler)
        self.picture, self.asked, self.agents = picture, [], set()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body, fields=()):
        self.send_response(status)
        for name, value in (("Content-Length", str(len(body))), *fields):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path).path
        self.server.asked.append(self.path)
        self.server.agents.add(self.headers["User-Agent"])
        if path.startswith("/covers/"):  # as the Cover Art Archive leads on
            return self.answer(307, b"", [("Location", "/images/cover.jpg")])
        if path.startswith("/images/"):
            return self.answer(200, self.server.picture, [("Content-Type", "image/jpeg")])
        if path in ANSWERS:
            return self.answer(200, (RECORDED / ANSWERS[path]).read_bytes(), [("Content-Type", "application/json")])
        return self.answer(404, b"{}")


class MetadataLookup(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-lookup-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        make_film(root / "Films" / "The Matrix (1999).mp4", 3)
        make_album(root / "Music" / "Kind of Blue", album="Kind of Blue", artist="Miles Davis", year=1959, tracks=1, seconds=2)
        (root / "Music" / "Kind of Blue" / "cover.jpg").unlink()
        picture = root / "picture.jpg"
        subprocess.run([require_program("ffmpeg"), "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=60x90", "-frames:v", "1", picture],
                       check=True, stdin=subprocess.DEVNULL)
        cls.service = Service(picture.read_bytes())
        cls.addClassCleanup(cls.service.server_close)
        cls.addClassCleanup(cls.service.shutdown)
        config = root / "server.toml"
        config.write_text(f"""[outbound]
allow = ["127.0.0.1"]
contact = "ana@home.example"
[metadata]
providers = ["musicbrainz", "tmdb"]
musicbrainz_url = "{cls.service.url}/ws/2"
cover_art_url = "{cls.service.url}/covers"
tmdb_url = "{cls.service.url}/3"
tmdb_images_url = "{cls.service.url}/images"
tmdb_key = "very-secret-key"
""")
        cls.server = Server(libraries={"Films": root / "Films", "Music": root / "Music"}, args=["--config", str(config)])
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()

    def test_from_files_to_what_is_shown(self):
        server = self.server
        wait_for(lambda: server.get("/api/v1/admin/metadata").json["matched"] == 3, 60, "film, album and artist to be looked up")
        film = server.all_media("kind=movie")[0]
        detail = server.get(f"/api/v1/media/{film['id']}").json
        self.assertTrue(detail["overview"].startswith("Set in the 22nd century"), detail)
        self.assertEqual(detail["genres"], ["Action", "Science Fiction"])
        self.assertEqual([one["title"] for one in server.get("/api/v1/media?genre=Action").json["items"]], ["The Matrix"])
        picture = server.get(f"/api/v1/media/{film['id']}/artwork?w=60")
        self.assertEqual(picture.headers["content-type"], "image/jpeg")
        album = server.all_media("kind=album")[0]
        self.assertTrue(album["artwork_url"], album)
        self.assertTrue(all("ana@home.example" in agent for agent in self.service.agents), self.service.agents)

        # An owner says that it is something else, and that it is nothing at all.
        path = f"/api/v1/admin/media/{film['id']}/match"
        match = server.get(path).json
        self.assertEqual((match["state"], match["chosen"], match["by_owner"]), ("matched", "603", False))
        self.assertEqual(server.put(path, {"id": match["candidates"][0]["id"]}).json["by_owner"], True)
        server.put(path, {"id": "999999"}, expect=422)
        server.delete(path)
        detail = server.get(f"/api/v1/media/{film['id']}").json
        self.assertEqual((detail["overview"], detail["genres"], detail["artwork_url"]), (None, [], None))

        # Nothing of it is asked again by itself, nor the key told.
        server.post("/api/v1/admin/metadata/refresh", {"scope": "all"}, expect=202)
        wait_for(lambda: server.get("/api/v1/admin/metadata").json["matched"] == 2, 60, "the others to be looked up anew")
        self.assertEqual(server.get(path).json["state"], "ignored")

        # The command makes the next start look for what has no match.
        server.stop()
        done = subprocess.run([str(program("marea-server")), "library", "refresh", "--data", str(server.data), "--json"],
                              capture_output=True, text=True, timeout=180)
        self.assertEqual((done.returncode, json.loads(done.stdout)), (0, {"refresh": "unmatched"}), done.stderr)
        self.assertNotIn("very-secret-key", server.log)
        self.assertNotIn(b"very-secret-key", (server.data / "marea.db").read_bytes())


if __name__ == "__main__":
    unittest.main()
