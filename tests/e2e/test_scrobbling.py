"""Listens told to a service: from every player, once each, across a service that is down and a server that is killed."""
import http.server
import json
import pathlib
import tempfile
import threading
import time
import unittest
import urllib.parse

from support import Server, http_request, make_album, play, wait_for

TOKEN = "6d2a6f0e-token-of-ana"


class Service(http.server.ThreadingHTTPServer):
    """What ListenBrainz does with listens, as far as it matters here: one listen of a song at a second is one."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.listens, self.now, self.agents, self.down, self.lock = [], [], set(), False, threading.Lock()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/listens"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def distinct(self):
        with self.lock:
            return {(one["listened_at"], one["track_metadata"]["track_name"]) for one in self.listens}


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        known = self.headers["Authorization"] == f"Token {TOKEN}" and self.path == "/listens/1/validate-token"
        self.answer(200, {"code": 200, "valid": known, "user_name": "ana"})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != f"Token {TOKEN}" or self.path != "/listens/1/submit-listens":
            return self.answer(401, {"code": 401, "error": "Invalid authorization token."})
        if self.server.down:
            return self.answer(503, {"code": 503})
        with self.server.lock:
            self.server.agents.add(self.headers["User-Agent"])
            (self.server.now if body["listen_type"] == "playing_now" else self.server.listens).extend(body["payload"])
        return self.answer(200, {"status": "ok"})


class Scrobbling(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-scrobbling-")
        cls.addClassCleanup(folder.cleanup)
        music = pathlib.Path(folder.name) / "Music"
        make_album(music / "Low Water", tracks=3, seconds=6)
        cls.service = Service()
        cls.addClassCleanup(cls.service.server_close)
        cls.addClassCleanup(cls.service.shutdown)
        config = pathlib.Path(folder.name) / "server.toml"
        config.write_text(f'[outbound]\nallow = ["127.0.0.1"]\ncontact = "ana@home.example"\n'
                          f'[scrobbling]\nservices = ["{cls.service.url}/"]\n')
        cls.server = Server(libraries={"Music": music}, args=["--config", str(config)])
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.songs = {one["title"]: one["id"] for one in cls.server.all_media("kind=track")}
        cls.key = cls.server.post("/api/v1/me/app-passwords", {"name": "Test"}).json["password"]

    def state(self):
        return self.server.get("/api/v1/me/scrobbling").json

    def scrobble(self, media, at, submission=True):
        asked = {"v": "1.16.1", "c": "test", "f": "json", "apiKey": self.key, "id": media, "time": at,
                 "submission": str(submission).lower()}
        answer = http_request(f"{self.server.url}/rest/scrobble?{urllib.parse.urlencode(asked)}")
        self.assertEqual(answer.json["subsonic-response"]["status"], "ok", answer)

    def test_from_every_player_through_outages_and_kills(self):
        self.assertEqual(self.state()["state"], "off")
        self.server.put("/api/v1/me/scrobbling", {"token": "another"}, expect=422)
        self.server.put("/api/v1/me/scrobbling", {"token": TOKEN, "address": "https://elsewhere.example"}, expect=403)
        begun = self.server.put("/api/v1/me/scrobbling", {"token": TOKEN}).json
        self.assertEqual((begun["state"], begun["address"], begun["waiting"]), ("on", self.service.url, 0))

        # One of our own players.
        first, second, third = self.songs
        session = play(self.server, self.songs[first])
        wait_for(lambda: self.service.now, what="what plays now to be told")
        self.assertEqual(self.service.now[0]["track_metadata"]["track_name"], first)
        # To its end: on the way a song counts by the time that it was played for.
        self.server.put(f"/api/v1/sessions/{session['session_id']}", {"position": 7, "state": "playing"})
        self.server.delete(f"/api/v1/sessions/{session['session_id']}")
        wait_for(lambda: len(self.service.distinct()) == 1, what="the listen to be told")
        self.assertEqual(self.service.listens[0]["track_metadata"]["track_name"], first)
        self.assertTrue(all("ana@home.example" in agent for agent in self.service.agents), self.service.agents)

        # A Subsonic client, while the service is down and the server is killed again and again.
        self.service.down = True
        started = int(time.time()) - 4000
        expected = self.service.distinct()
        for number in range(6):
            at = (started + number * 60) * 1000
            self.scrobble(self.songs[(second, third)[number % 2]], at)
            if number % 2:
                self.server.kill()
                self.server.start()
        wait_for(lambda: self.state()["problem"], what="the failure to be noted")
        self.assertEqual(self.state()["waiting"], 6)
        self.service.down = False
        # It would be tried again within half a minute: a new token begins at once.
        self.server.put("/api/v1/me/scrobbling", {"token": TOKEN})
        wait_for(lambda: self.service.listens, what="listens")
        self.server.kill()
        self.server.start()
        wait_for(lambda: self.state()["waiting"] == 0, 60, "all to be told")
        told = self.service.distinct() - expected
        self.assertEqual(len(told), 6, told)
        self.assertEqual({name for _, name in told}, {second, third})
        self.assertEqual(self.state()["problem"], None)

        # What plays now by /rest, and the end of it.
        before = len(self.service.now)
        self.scrobble(self.songs[third], int(time.time() * 1000), submission=False)
        wait_for(lambda: len(self.service.now) > before, what="what plays now to be told")
        self.server.delete("/api/v1/me/scrobbling")
        self.assertEqual(self.state()["state"], "off")
        self.assertNotIn(TOKEN, self.server.log)
        metrics = self.server.get("/metrics").text
        self.assertIn("marea_outbound_requests_total", metrics)
        self.assertNotIn("marea_outbound_requests_total 0\n", metrics)


if __name__ == "__main__":
    unittest.main()
