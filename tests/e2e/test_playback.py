"""Direct play from the outside: ranges, who may open what, resuming, and files that are not what they say."""
import http.client
import pathlib
import random
import shutil
import socket
import tempfile
import threading
import unittest
import urllib.parse

from support import PASSWORD, Server, http_request, make_album, make_film, play, wait_for


class Trap:
    """Listens on a port and counts who comes."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.visits = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.visits += 1
            connection.close()

    def close(self):
        self.listener.close()


class Playback(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-playback-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        films, music = root / "Films", root / "Music"
        cls.film_path = make_film(films / "Tide (2020).mp4", 120, size="160x90", rate=12)
        make_film(films / "Ebb (2021).mkv", 3, audio=2)
        (films / "Tide (2020).es.srt").write_bytes(b"\xff\xfe" + "1\n00:00:00,000 --> 00:00:01,000\n¡Olé!\n".encode("utf-16-le"))
        make_album(music / "Low Water", tracks=2)
        cls.trap = Trap()
        cls.addClassCleanup(cls.trap.close)
        cls.make_traps(films)
        cls.server = Server(libraries={"Films": films, "Music": music})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.items = cls.server.all_media("fields=files")

    @classmethod
    def make_traps(cls, films):
        """Playlists that call themselves films."""
        other, address = cls.film_path, f"http://127.0.0.1:{cls.trap.port}"
        films = films / "Traps"
        films.mkdir()
        (films / "trap hls.mp4").write_text(
            f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{address}/a.ts\n#EXTINF:10,\nfile://{other}\n#EXT-X-ENDLIST\n")
        (films / "trap concat.mp4").write_text(f"ffconcat version 1.0\nfile '{address}/b.mp4'\nfile '{other}'\n")
        (films / "trap local.mkv").write_text(f"ffconcat version 1.0\nfile '{other.name}'\n")
        (films / "trap dash.mp4").write_text(
            f'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{address}/</BaseURL></MPD>')

    def item(self, title):
        return next(i for i in self.items if i["title"] == title and i["kind"] in ("movie", "video", "track"))

    def test_two_hundred_random_ranges_equal_the_files_bytes(self):
        data, url = self.film_path.read_bytes(), play(self.server, self.item("Tide")["id"])["url"]
        parts = urllib.parse.urlsplit(self.server.url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=180)
        self.addCleanup(connection.close)
        dice = random.Random(7)
        for _ in range(200):
            first = dice.randrange(len(data))
            last = min(len(data) - 1, first + dice.choice([0, 1, 100, 65536, len(data)]))
            wanted = dice.choice([f"bytes={first}-{last}", f"bytes={first}-", f"bytes=-{len(data) - first}"])
            connection.request("GET", url, headers={"Range": wanted})
            answer = connection.getresponse()
            body = answer.read()
            end = last + 1 if not wanted.endswith("-") and not wanted.startswith("bytes=-") else len(data)
            self.assertEqual((answer.status, body == data[first:end]), (206, True), wanted)
            self.assertEqual(answer.getheader("Content-Range"), f"bytes {first}-{end - 1}/{len(data)}")

    def test_the_whole_file_and_its_head(self):
        session = play(self.server, self.item("Tide")["id"])
        whole = http_request(session["full_url"])
        self.assertEqual(whole.body, self.film_path.read_bytes())
        self.assertTrue(whole.headers["content-type"].startswith("video/mp4"))
        self.assertRegex(whole.headers["etag"], r'^"[^"]+"$')
        head = http_request(session["full_url"], "HEAD")
        self.assertEqual((head.status, head.body, head.headers["content-length"]), (200, b"", str(len(whole.body))))
        same = http_request(session["full_url"], headers={"If-None-Match": whole.headers["etag"]})
        self.assertEqual(same.status, 304)
        download = self.server.get(f"/api/v1/media/{self.item('Tide')['id']}/file")
        self.assertEqual(download.body, whole.body)

    def test_a_file_that_changed_is_still_sent_as_one(self):
        path = make_film(self.film_path.parent / "Swell (2019).mp4", 3)
        wait_for(lambda: any(i["title"] == "Swell" for i in self.server.all_media()), 60, "the new film")
        item = next(i for i in self.server.all_media() if i["title"] == "Swell")
        session = play(self.server, item["id"])
        before = http_request(session["full_url"])
        path.write_bytes(path.read_bytes() + b"\0" * 4096)
        after = wait_for(lambda: self.changed(session, before), 30, "the changed file")
        self.assertEqual(after.body, path.read_bytes())
        self.assertNotEqual(after.headers["etag"], before.headers["etag"])

    def changed(self, session, before):
        answer = http_request(session["full_url"])
        return answer if answer.status == 200 and answer.headers["etag"] != before.headers["etag"] else None

    def test_a_token_for_one_title_opens_no_other(self):
        tide = play(self.server, self.item("Tide")["id"])
        ebb = play(self.server, self.item("Ebb")["id"])
        _, _, token, title, rest = tide["url"].split("/", 4)
        other_title, other_rest = ebb["url"].split("/", 4)[3:]
        for path in (f"/stream/{token}/{other_title}/{other_rest}", f"/stream/{token}/{title}/{other_rest}",
                     f"/stream/{token}/{other_title}/{rest}", f"/stream/{token}/{title}/../{other_title}/{other_rest}"):
            self.assertIn(http_request(self.server.url + path).status, (400, 401, 404), path)

    def test_forged_tokens_are_refused(self):
        url = play(self.server, self.item("Tide")["id"])["url"]
        token = url.split("/")[2]
        for forged in (token[:-2] + ("AA" if token[-2:] != "AA" else "BB"), token[:-1], "A" * len(token), "x",
                       "B" + token[1:] if token[0] != "B" else "C" + token[1:]):
            self.assertEqual(http_request(self.server.url + url.replace(token, forged)).status, 401, forged)

    def test_signing_a_device_out_ends_its_stream_urls(self):
        first_token = self.server.token
        self.server.login(device="guest room")
        try:
            session = play(self.server, self.item("Tide")["id"])
            self.assertEqual(http_request(session["full_url"]).status, 200)
            devices = self.server.get("/api/v1/me/devices").json["items"]
            current = next(d for d in devices if d["current"])
            self.server.delete(f"/api/v1/me/devices/{current['id']}")
            self.assertEqual(http_request(session["full_url"]).status, 401)
            self.assertEqual(self.server.raw("GET", "/api/v1/me").status, 401)
        finally:
            self.server.token = first_token

    def test_text_beside_the_film_comes_in_utf8(self):
        session = play(self.server, self.item("Tide")["id"])
        subtitle = next(s for s in session["subtitles"] if not s["embedded"])
        self.assertEqual((subtitle["language"], subtitle["format"], subtitle["mode"]), ("es", "srt", "direct"))
        answer = http_request(self.server.url + subtitle["url"])
        self.assertIn("¡Olé!", answer.text)
        self.assertEqual(answer.headers["content-type"], "text/plain; charset=utf-8")

    def test_what_needs_work_is_said_with_reasons(self):
        answer = self.server.post(f"/api/v1/media/{self.item('Ebb')['id']}/playback",
                                  {"capabilities": {"preset": "chromium", "protocols": ["progressive"]}}, expect=422).json
        self.assertEqual((answer["mode"], answer["video"]["mode"], answer["audio"]["mode"]), ("remux", "remux", "remux"))
        self.assertIn("The browser cannot open Matroska files", answer["reasons"])

    def test_films_that_are_playlists_open_nothing(self):
        traps = {f["name"]: i for i in self.items for f in i.get("files", []) if f["name"].startswith("trap ")}
        self.assertEqual(len(traps), 4)
        for name, item in traps.items():
            self.assertEqual(item["status"], "broken", name)
            self.assertTrue(item["problem"], name)
            self.server.post(f"/api/v1/media/{item['id']}/playback", {"capabilities": {"preset": "mpv"}}, expect=422)
        self.assertEqual(self.trap.visits, 0)


class Resuming(unittest.TestCase):
    def setUp(self):
        root = pathlib.Path(tempfile.mkdtemp(prefix="marea-resume-"))
        self.addCleanup(shutil.rmtree, root, True)
        make_film(root / "Tide (2020).mp4", 120, size="160x90", rate=12)
        self.server = Server(libraries={"Films": root})
        self.addCleanup(self.server.close)
        self.server.wait_until_idle()
        self.film = self.server.all_media("kind=movie")[0]["id"]

    def put(self, session, position, state="playing", **more):
        return self.server.put(f"/api/v1/sessions/{session['session_id']}", {"position": position, "state": state}, **more)

    def test_a_second_session_goes_on_and_so_does_one_after_a_restart(self):
        first = play(self.server, self.film)
        self.assertEqual(first["position"], 0)
        self.put(first, 41.5)
        second = play(self.server, self.film)
        self.assertEqual(second["position"], 41.5)
        self.put(second, 60.25, "stopped")
        self.server.stop()
        self.server.start()
        self.server.login(password=PASSWORD)
        third = play(self.server, self.film)
        self.assertEqual(third["position"], 60.25)
        listed = self.server.get("/api/v1/library?state=in_progress").json["items"]
        self.assertEqual([(i["id"], i["position"]) for i in listed], [(self.film, 60.25)])

    def test_a_session_goes_on_over_a_restart_and_its_last_position_is_kept(self):
        session = play(self.server, self.film)
        self.put(session, 50)
        self.server.stop()
        self.server.start()
        self.server.login()
        self.put(session, 55)
        self.server.delete(f"/api/v1/sessions/{session['session_id']}")
        self.assertEqual(play(self.server, self.film)["position"], 55)

    def test_a_stopped_position_survives_a_kill(self):
        session = play(self.server, self.film)
        self.put(session, 44, "stopped")
        self.server.kill()
        self.server.start()
        self.server.login()
        self.assertEqual(play(self.server, self.film)["position"], 44)

    def test_the_end_is_watched_and_counted_once(self):
        session = play(self.server, self.film)
        for position in (100, 112, 118):
            self.put(session, position)
        self.put(session, 120, "stopped")
        item = self.server.get(f"/api/v1/media/{self.film}").json
        self.assertEqual((item["watched"], item["position"], item["play_count"]), (True, 0, 1))
        self.put(session, 10, expect=404)


if __name__ == "__main__":
    unittest.main()
