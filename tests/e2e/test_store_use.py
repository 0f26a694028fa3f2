"""What counts as use of what was bought: whoever had more than a listen-in sent, by whatever stream, is not given the money back by asking."""
import pathlib
import tempfile
import unittest

from support import PASSWORD, Server, http_request, lengthen, make_film, make_tone

MEMBERS = "/api/v1/household/members"
EVERYTHING_ENCODED = {"capabilities": {"protocols": ["hls"], "containers": ["mp4"], "video": [{"codec": "h264", "max_level": 41}],
                                       "audio": [{"codec": "aac", "max_channels": 2}]}}


class StoreUse(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-store-use-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        make_film(root / "Shop" / "Tide (2020).mp4", 24)
        make_film(root / "Shop" / "Ebb (2021).mkv", 24)
        make_tone(root / "Shop" / "Low Water" / "1.flac", 60, 330, {"title": "Song", "artist": "The Swell", "album": "Low Water", "track": "1"})
        lengthen(root / "Shop" / "Tide (2020).mp4")  # longer than what a socket takes
        cls.server = server = Server(libraries={"Shop": root / "Shop"})
        cls.addClassCleanup(server.close)
        server.wait_until_idle()
        server.put(f"/api/v1/admin/libraries/{server.libraries()[0]['id']}/sale", {"for_sale": True})
        cls.items = {item["title"]: item["id"] for kind in ("movie", "track") for item in server.all_media(f"kind={kind}")}
        cls.products = {title: server.post("/api/v1/admin/products", {"kind": "single", "title": title, "media_ids": [media], "pricing": "free",
                                                                      "state": "active"}, expect=201).json["id"]
                        for title, media in cls.items.items()}

    def buyer(self, name):
        self.server.post(MEMBERS, {"username": name, "password": PASSWORD, "role": "member"}, expect=201)
        return self.server.post("/api/v1/login", {"username": name, "password": PASSWORD}, token=False).json["access_token"]

    def buy(self, token, title, key="once"):
        return self.server.post("/api/v1/store/orders", {"product_id": self.products[title], "currency": "EUR"}, token=token,
                                headers={"Idempotency-Key": key}, expect=201).json["id"]

    def play(self, token, title, body=None):
        return self.server.post(f"/api/v1/media/{self.items[title]}/playback", body or {"capabilities": {"preset": "mpv"}}, token=token,
                                expect=201).json

    def give_back(self, token, order, expect):
        return self.server.post(f"/api/v1/store/orders/{order}/refund", token=token, expect=expect).json

    def fetch(self, path, first, last):
        return http_request(self.server.url + path, headers={"Range": f"bytes={first}-{last}"})

    def test_a_file_that_was_sent_whole_is_not_given_back(self):
        token = self.buyer("Ana")
        order, url = self.buy(token, "Tide"), self.play(token, "Tide")["url"]
        self.assertEqual(http_request(self.server.url + url).status, 200)
        said = self.give_back(token, order, 422)["detail"]
        self.assertIn("more than a quarter of it was sent", said)
        self.give_back(True, order, 200)  # by the owner

    def test_a_look_into_it_is_given_back_and_a_little_more_is_not(self):
        token = self.buyer("Ben")
        order, url = self.buy(token, "Tide"), self.play(token, "Tide")["url"]
        size = int(self.fetch(url, 0, 0).headers["content-range"].split("/")[1])
        part = size // 64
        for _ in range(3):  # the same however often
            self.assertEqual(self.fetch(url, 0, part * 14).status, 206)
        self.give_back(token, order, 200)
        order, url = self.buy(token, "Tide", "again"), self.play(token, "Tide")["url"]
        for piece in range(30, 36):  # elsewhere in it, and less than a quarter
            self.assertEqual(self.fetch(url, piece * part + 9, piece * part + 99).status, 206)
        self.give_back(token, order, 422)

    def test_segments_count_as_what_they_show(self):
        token = self.buyer("Kim")
        order = self.buy(token, "Ebb")
        session = self.play(token, "Ebb", EVERYTHING_ENCODED)
        self.assertEqual(session["protocol"], "hls")
        playlist = self.playlists(session["url"])[0]
        segments = [line for line in self.text(playlist).splitlines() if line and not line.startswith("#")]
        self.assertGreater(len(segments), 4)
        place = playlist.rsplit("/", 1)[0]
        for name in segments:
            self.assertEqual(http_request(f"{self.server.url}{place}/{name}", "HEAD").status, 200)
        self.give_back(token, order, 200)  # nothing of it was sent
        order = self.buy(token, "Ebb", "again")
        session = self.play(token, "Ebb", EVERYTHING_ENCODED)
        playlist = self.playlists(session["url"])[0]
        place = playlist.rsplit("/", 1)[0]
        self.assertEqual(http_request(f"{self.server.url}{place}/{segments[0]}").status, 200)
        self.server.kill()  # what was written stays, and what was not is no harm
        self.server.start()
        token = self.server.post("/api/v1/login", {"username": "Kim", "password": PASSWORD}, token=False).json["access_token"]
        session = self.play(token, "Ebb", EVERYTHING_ENCODED)
        place = self.playlists(session["url"])[0].rsplit("/", 1)[0]
        for name in segments[1:]:
            self.assertEqual(http_request(f"{self.server.url}{place}/{name}").status, 200)
        self.give_back(token, order, 422)

    def text(self, path):
        answer = http_request(self.server.url + path)
        self.assertEqual(answer.status, 200)
        return answer.text

    def playlists(self, master):
        """Paths of what a master playlist names, its variants."""
        folder = master.rsplit("/", 1)[0]
        names = [line for line in self.text(master).splitlines() if line and not line.startswith("#")]
        return [self.joined(folder, name) for name in names]

    @staticmethod
    def joined(folder, name):
        parts = folder.split("/")
        for step in name.split("/"):
            parts = parts[:-1] if step == ".." else [*parts, step]
        return "/".join(parts)

    def test_music_that_is_made_for_it_counts_and_other_players_too(self):
        token = self.buyer("Lia")
        order = self.buy(token, "Song")
        session = self.play(token, "Song", {"capabilities": {"protocols": ["progressive"], "containers": ["mp3"], "audio": [{"codec": "mp3"}]}})
        self.assertIn("/m/", session["url"])
        self.assertEqual(http_request(self.server.url + session["url"]).status, 200)
        self.give_back(token, order, 422)
        other = self.buyer("Tom")
        order = self.buy(other, "Song")
        key = self.server.post("/api/v1/me/app-passwords", {"name": "Player"}, token=other).json["password"]
        sound = self.server.get(f"/rest/stream?id={self.subsonic_song(key)}&f=json&apiKey={key}", token=False)
        self.assertNotIn("json", sound.headers["content-type"])
        self.give_back(other, order, 422)

    def test_who_gets_no_key_hears_why_when_it_begins(self):
        server, film = self.server, self.items["Ebb"]
        server.put(f"/api/v1/admin/media/{film}/protection", {"protected": True}, expect=200)
        self.addCleanup(lambda: server.put(f"/api/v1/admin/media/{film}/protection", {"protected": False}, expect=200))
        one = server.post("/api/v1/admin/products", {"kind": "single", "title": "One", "media_ids": [film], "pricing": "free", "state": "active",
                                                     "max_devices": 1}, expect=201).json["id"]
        phone = self.buyer("Uma")
        server.post(f"/api/v1/media/{film}/playback", {"capabilities": {"preset": "mpv"}}, token=phone, expect=404)  # not bought
        order = server.post("/api/v1/store/orders", {"product_id": one, "currency": "EUR"}, token=phone, headers={"Idempotency-Key": "o"},
                            expect=201).json["id"]
        playing = self.play(phone, "Ebb")
        self.assertEqual(playing["protection"]["kind"], "aes-128")
        tablet = server.post("/api/v1/login", {"username": "Uma", "password": PASSWORD, "device_name": "tablet"}, token=False).json["access_token"]
        refused = server.post(f"/api/v1/media/{film}/playback", {"capabilities": {"preset": "mpv"}}, token=tablet, expect=403).json
        self.assertIn("on as many devices as it may be", refused["detail"])
        self.give_back(True, order, 200)
        server.post(f"/api/v1/media/{film}/playback", {"capabilities": {"preset": "mpv"}}, token=phone, expect=404)

    def subsonic_song(self, key):
        found = self.server.get(f"/rest/search3?query=Song&f=json&apiKey={key}", token=False).json["subsonic-response"]["searchResult3"]
        return found["song"][0]["id"]


if __name__ == "__main__":
    unittest.main()
