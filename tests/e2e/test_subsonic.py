"""OpenSubsonic at /rest: who gets in, everything in both formats, sound that decodes, and a client of somebody else's."""
import contextlib
import hashlib
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.parse
import xml.etree.ElementTree as ElementTree

from support import PASSWORD, PATIENCE, ROOT, Server, http_request, make_album, make_film, make_tone, program, require_program, wait_for
from webtools import WEB, web_tools

SPACE = "{http://subsonic.org/restapi}"
UNKNOWN = "01900000-0000-7000-8000-000000000000"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

# What the protocol's schema (1.16.1) wants of the elements that are given out here: attributes that have to be there.
REQUIRED = {
    "musicFolder": {"id"}, "index": {"name"}, "indexes": {"lastModified", "ignoredArticles"}, "artists": {"ignoredArticles"},
    "genre": {"songCount", "albumCount"}, "directory": {"id", "name"}, "child": {"id", "isDir", "title"},
    "entry": {"id", "isDir", "title"}, "song": {"id", "isDir", "title"}, "user": {
        "username", "scrobblingEnabled", "adminRole", "settingsRole", "downloadRole", "uploadRole", "playlistRole", "coverArtRole",
        "commentRole", "podcastRole", "streamRole", "jukeboxRole", "shareRole"},
    "scanStatus": {"scanning"}, "license": {"valid"}, "error": {"code"}, "playlist": {
        "id", "name", "songCount", "duration", "created", "changed"},
    "bookmark": {"position", "username", "created", "changed"}, "playQueue": {"username", "changed", "changedBy"},
    "internetRadioStation": {"id", "name", "streamUrl"}}
# Albums and artists have another shape by folders and by tags.
BY_TAGS = {"album": {"id", "name", "songCount", "duration", "created"}, "artist": {"id", "name", "albumCount"}}
BY_FOLDERS = {"album": {"id", "isDir", "title"}, "artist": {"id", "name"}}
FOLDER_ANSWERS = {"indexes", "albumList", "starred", "searchResult2", "directory"}


def samples(data):
    """What ffmpeg decodes of a sound, at 48 kHz."""
    done = subprocess.run(["ffmpeg", "-v", "error", "-xerror", "-i", "pipe:0", "-f", "s16le", "-ac", "2", "-ar", "48000", "-"],
                          input=data, check=True, capture_output=True)
    return len(done.stdout) // 4


class Subsonic(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        require_program("ffmpeg")
        folder = tempfile.TemporaryDirectory(prefix="marea-subsonic-")
        cls.addClassCleanup(folder.cleanup)
        music = pathlib.Path(folder.name) / "Music"
        first = make_album(music / "Low Water", seconds=6)[0]
        first.with_suffix(".lrc").write_text("[00:00.50]First line\n[00:01.50]Second line\n")
        make_album(music / "High Water", album="High Water", year=2019, tracks=2, suffix=".flac", seconds=4)
        make_film(music / "Tide Tables (2020).mp4", seconds=3)
        make_tone(music / "Other" / "One.opus", 3, 500, {"title": "One", "artist": "Árbol", "album": "Raíz", "genre": "Folk", "track": "1"})
        cls.server = Server(libraries={"Music": music})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.key = cls.server.post("/api/v1/me/app-passwords", {"name": "Test"}).json["password"]

    def url(self, method, credentials=None, **parameters):
        asked = {"apiKey": self.key} if credentials is None else credentials
        pairs = [(name, value) for name, values in {"v": "1.16.1", "c": "test", **asked, **parameters}.items()
                 for value in (values if isinstance(values, (list, tuple)) else [values])]
        return f"{self.server.url}/rest/{method}?{urllib.parse.urlencode(pairs)}"

    def raw(self, method, credentials=None, headers=None, verb="GET", **parameters):
        return http_request(self.url(method, credentials, **parameters), verb, headers=headers)

    def json(self, method, **parameters):
        """The answer in JSON; what is in XML beside it says the same."""
        answer = self.raw(method, f="json", **parameters)
        self.assertEqual((answer.status, answer.headers["content-type"]), (200, "application/json"), answer)
        said = answer.json["subsonic-response"]
        self.assertEqual((said["version"], said["type"], said["openSubsonic"]), ("1.16.1", "marea", True))
        return said

    def ok(self, method, **parameters):
        said = self.json(method, **parameters)
        self.assertEqual(said["status"], "ok", (method, parameters, said))
        return said

    def failure(self, method, credentials=None, **parameters):
        """The code of the failure, which XML and JSON agree on."""
        answer = self.raw(method, credentials, f="json", **parameters)
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.headers["content-type"], "application/json", (method, answer))
        said = answer.json["subsonic-response"]
        self.assertEqual(said["status"], "failed", (method, parameters, said))
        self.assertEqual(set(said) - {"status", "version", "type", "serverVersion", "openSubsonic"}, {"error"})
        self.assertTrue(said["error"]["message"])
        root = ElementTree.fromstring(self.raw(method, credentials, **parameters).text)
        self.assertEqual(root.find(f"{SPACE}error").get("code"), str(said["error"]["code"]))
        return said["error"]["code"]

    def songs(self):
        return {song["title"]: song for song in self.ok("search3", query="")["searchResult3"]["song"]}

    def album(self, name="Low Water"):
        found = self.ok("getAlbumList2", type="alphabeticalByName", size=500)["albumList2"]["album"]
        return next(album for album in found if album["name"] == name)

    # Who gets in.

    def methods(self):
        """Every method that the server's source has."""
        source = (ROOT / "server/apps/subsonic/endpoints.cpp").read_text()
        return re.findall(r'^    \{(?:\.name = )?"(\w+)"', source, re.M)

    def test_every_method_is_told_of(self):
        told = re.findall(r"`(\w+)`", "".join(line for line in (ROOT / "docs/subsonic.md").read_text().splitlines(True)
                                              if line.startswith("|")))
        self.assertEqual(set(self.methods()) - set(told), set())

    def test_every_method_refuses_who_has_no_app_password(self):
        salt = "c19b2d"
        wrong = {
            10: [{}, {"u": "owner"}, {"u": "owner", "t": "x"}],
            40: [{"u": "owner", "p": PASSWORD}],
            43: [{"apiKey": self.key, "u": "owner"}],
            44: [{"apiKey": PASSWORD}]}
        methods = self.methods()
        self.assertIn("stream", methods)
        self.assertGreater(len(methods), 55)
        for number, all_of_it in wrong.items():
            if number in (40, 44):
                continue  # tries are counted: below
            for credentials in all_of_it:
                for method in methods:
                    if method != "getOpenSubsonicExtensions":
                        self.assertEqual(self.failure(method, credentials), number, (method, credentials))
        token = hashlib.md5((PASSWORD + salt).encode()).hexdigest()
        self.assertEqual(self.failure("ping", wrong[40][0]), 40, "a main password does not open it")
        self.assertEqual(self.failure("ping", {"u": "owner", "t": token, "s": salt}), 40)
        self.assertEqual(self.failure("ping", wrong[44][0]), 44)
        bearer = {"Authorization": f"Bearer {self.server.token}"}
        said = self.raw("getArtists", {}, headers=bearer, f="json").json["subsonic-response"]
        self.assertEqual(said["error"]["code"], 10, "a token of the API does not open it")
        self.assertEqual(self.server.get("/api/v1/me", token=self.key, expect=401).status, 401, "nor the other way round")
        self.assertEqual(self.raw("getOpenSubsonicExtensions", {}, f="json").json["subsonic-response"]["status"], "ok")

    def test_wrong_tries_are_counted(self):
        with Server() as server:
            key = server.post("/api/v1/me/app-passwords", {"name": "Test"}).json["password"]
            def ping(**credentials):
                asked = urllib.parse.urlencode({"f": "json", **credentials})
                return http_request(f"{server.url}/rest/ping?{asked}").json["subsonic-response"]
            self.assertEqual(ping(u="owner", p=key)["status"], "ok")
            def closed():
                """Ten tries close the name for a while, and for the right password too; on a slow machine the while may be over."""
                codes = [ping(u="owner", p="wrong")["error"]["code"] for _ in range(11)]
                self.assertEqual((codes[:10], codes[10] in (0, 40)), ([40] * 10, True))
                return ping(u="owner", p=key).get("error", {}).get("code") == 0
            wait_for(closed, what="wrong tries to close the name")
            methods = self.methods()
            for method in methods:  # by now each one is refused, and none does anything
                if method != "getOpenSubsonicExtensions":
                    asked = urllib.parse.urlencode({"f": "json", "u": "owner", "p": "wrong"})
                    said = http_request(f"{server.url}/rest/{method}?{asked}").json["subsonic-response"]
                    self.assertEqual(said["status"], "failed", method)

    def test_log_ins_of_every_kind(self):
        salt = "c19b2d"
        token = hashlib.md5((self.key + salt).encode()).hexdigest()
        for credentials in ({"u": "owner", "p": self.key}, {"u": "OWNER", "p": "enc:" + self.key.encode().hex()},
                            {"u": "owner", "t": token, "s": salt}, {"apiKey": self.key}):
            for method in ("ping", "ping.view"):
                said = self.raw(method, credentials, f="json").json["subsonic-response"]
                self.assertEqual(said["status"], "ok", credentials)
        form = urllib.parse.urlencode({"f": "json", "apiKey": self.key})
        self.assertEqual(http_request(self.server.url + "/rest/ping", "POST", form, FORM).json["subsonic-response"]["status"], "ok")
        self.assertEqual(self.ok("tokenInfo")["tokenInfo"], {"username": "owner"})
        self.assertEqual(self.failure("getNothing"), 70)
        self.assertEqual(self.failure("ping", v="2.0.0"), 30)
        said = self.raw("ping", f="jsonp", callback="cb").text
        self.assertTrue(said.startswith("cb({") and said.endswith("});"), said)
        self.assertNotIn(self.key, self.server.log)

    # Browsing, in both formats.

    def test_artists_albums_and_songs(self):
        letters = self.ok("getArtists")["artists"]["index"]
        self.assertEqual([letter["name"] for letter in letters], ["A", "T"])
        artist = letters[1]["artist"][0]
        self.assertEqual((artist["name"], artist["albumCount"]), ("The Tides", 2))
        albums = self.ok("getArtist", id=artist["id"])["artist"]["album"]
        self.assertEqual([album["name"] for album in albums], ["High Water", "Low Water"])
        album = self.ok("getAlbum", id=albums[1]["id"])["album"]
        self.assertEqual((album["songCount"], album["year"], album["genre"], album["artistId"]), (3, 2021, "Ambient", artist["id"]))
        self.assertEqual([song["track"] for song in album["song"]], [1, 2, 3])
        song = album["song"][0]
        self.assertEqual((song["title"], song["suffix"], song["contentType"], song["duration"]), ("Song 1", "mp3", "audio/mpeg", 6))
        self.assertEqual(self.ok("getSong", id=song["id"])["song"], song)
        self.assertEqual(self.failure("getSong", id=album["id"]), 70, "that is an album")
        self.assertEqual(self.failure("getAlbum", id=UNKNOWN), 70)
        self.assertEqual(self.failure("getAlbum", id="al-1"), 70)
        self.assertEqual(self.failure("getAlbum"), 10)

    def test_folders(self):
        folder = self.ok("getMusicFolders")["musicFolders"]["musicFolder"][0]
        self.assertEqual(folder["name"], "Music")
        indexes = self.ok("getIndexes", musicFolderId=folder["id"])["indexes"]
        artist = indexes["index"][1]["artist"][0]
        self.assertEqual(self.ok("getIndexes", ifModifiedSince=indexes["lastModified"])["indexes"]["index"], [])
        albums = self.ok("getMusicDirectory", id=artist["id"])["directory"]["child"]
        self.assertEqual([(a["title"], a["isDir"], a["parent"]) for a in albums],
                         [("High Water", True, artist["id"]), ("Low Water", True, artist["id"])])
        songs = self.ok("getMusicDirectory", id=albums[0]["id"])["directory"]["child"]
        self.assertEqual([(s["title"], s["isDir"], s["parent"]) for s in songs],
                         [(f"Song {n}", False, albums[0]["id"]) for n in (1, 2)])
        self.assertEqual(self.failure("getIndexes", musicFolderId=1), 70)

    def test_lists_of_albums_and_songs(self):
        def names(**parameters):
            return [album["name"] for album in self.ok("getAlbumList2", **parameters)["albumList2"]["album"]]
        self.assertEqual(names(type="alphabeticalByName"), ["High Water", "Low Water", "Raíz"])
        self.assertEqual(names(type="alphabeticalByName", size=1, offset=1), ["Low Water"])
        self.assertEqual(names(type="alphabeticalByArtist"), ["Raíz", "High Water", "Low Water"])
        self.assertEqual(names(type="byYear", fromYear=2000, toYear=2030), ["High Water", "Low Water"])
        self.assertEqual(names(type="byYear", fromYear=2030, toYear=2000), ["Low Water", "High Water"])
        self.assertEqual(names(type="byGenre", genre="folk"), ["Raíz"])
        for kind in ("random", "newest"):
            self.assertEqual(sorted(names(type=kind)), ["High Water", "Low Water", "Raíz"])
        self.assertEqual(names(type="highest"), [])
        self.assertEqual([a["title"] for a in self.ok("getAlbumList", type="byGenre", genre="Folk")["albumList"]["album"]], ["Raíz"])
        for wrong in ({}, {"type": "best"}, {"type": "byYear"}, {"type": "byGenre"}, {"type": "newest", "size": "x"}):
            self.assertEqual(self.failure("getAlbumList2", **wrong), 10, wrong)
        genres = {g["value"]: (g["songCount"], g["albumCount"]) for g in self.ok("getGenres")["genres"]["genre"]}
        self.assertEqual(genres, {"Ambient": (5, 2), "Folk": (1, 1)})
        self.assertEqual(len(self.ok("getRandomSongs", size=4)["randomSongs"]["song"]), 4)
        self.assertEqual(len(self.ok("getRandomSongs", genre="Folk", fromYear=1, toYear=2)["randomSongs"]["song"]), 0)
        self.assertEqual(len(self.ok("getSongsByGenre", genre="Ambient", count=3, offset=3)["songsByGenre"]["song"]), 2)

    def test_search_and_the_whole_library_page_by_page(self):
        found = self.ok("search3", query="water")["searchResult3"]
        self.assertEqual({album["name"] for album in found["album"]}, {"High Water", "Low Water"})
        self.assertEqual([artist["name"] for artist in self.ok("search2", query="arbol")["searchResult2"]["artist"]], ["Árbol"])
        seen = []
        for query in ("", '""'):
            pages = [self.ok("search3", query=query, songCount=2, songOffset=offset, albumCount=0, artistCount=0)["searchResult3"]
                     for offset in (0, 2, 4, 6)]
            seen.append([song["id"] for page in pages for song in page["song"]])
            self.assertEqual(pages[0]["album"], [])
        self.assertEqual(len(set(seen[0])), 6)
        self.assertEqual(seen[0], seen[1])
        self.assertEqual(self.failure("search3"), 10)

    def test_words_may_be_mistyped(self):
        found = wait_for(lambda: self.ok("search3", query="warer")["searchResult3"].get("album"), what="the words to be known")
        self.assertEqual({album["name"] for album in found}, {"High Water", "Low Water"})

    def test_films_are_videos(self):
        video = self.ok("getVideos")["videos"]["video"][0]
        self.assertEqual((video["title"], video["isVideo"], video["type"], video["suffix"]), ("Tide Tables", True, "video", "mp4"))
        whole = self.raw("stream", id=video["id"])
        self.assertEqual((whole.status, len(whole.body)), (200, video["size"]))
        self.assertEqual(self.raw("stream", id=video["id"], headers={"Range": "bytes=0-9"}).body, whole.body[:10])
        self.assertEqual(self.raw("download", id=video["id"]).body, whole.body)
        self.assertNotIn("Tide Tables", self.songs())

    def test_xml_has_what_the_schema_wants(self):
        song, album = self.songs()["Song 1"], self.album()
        asked = [("ping", {}), ("getLicense", {}), ("getOpenSubsonicExtensions", {}), ("getMusicFolders", {}), ("getIndexes", {}),
                 ("getMusicDirectory", {"id": album["id"]}), ("getMusicDirectory", {"id": album["artistId"]}), ("getArtists", {}),
                 ("getArtist", {"id": album["artistId"]}), ("getAlbum", {"id": album["id"]}), ("getSong", {"id": song["id"]}),
                 ("getGenres", {}), ("getVideos", {}), ("getAlbumList", {"type": "newest"}), ("getAlbumList2", {"type": "newest"}),
                 ("getRandomSongs", {}), ("getSongsByGenre", {"genre": "Ambient"}), ("getNowPlaying", {}), ("getStarred", {}),
                 ("getStarred2", {}), ("search2", {"query": "water"}), ("search3", {"query": ""}), ("getScanStatus", {}),
                 ("getUser", {"username": "owner"}), ("getUsers", {}), ("tokenInfo", {}), ("getArtistInfo", {"id": song["id"]}),
                 ("getArtistInfo2", {"id": album["artistId"]}), ("getAlbumInfo", {"id": album["id"]}),
                 ("getAlbumInfo2", {"id": album["id"]}), ("getSimilarSongs", {"id": song["id"]}),
                 ("getSimilarSongs2", {"id": album["artistId"]}), ("getTopSongs", {"artist": "The Tides"}),
                 ("getLyrics", {"artist": "The Tides", "title": "Song 1"}), ("getLyricsBySongId", {"id": song["id"]})]
        for method, parameters in asked:
            with self.subTest(method):
                said = self.ok(method, **parameters)
                answer = self.raw(method, **parameters)
                self.assertEqual(answer.headers["content-type"], "application/xml; charset=utf-8")
                root = ElementTree.fromstring(answer.text)
                self.assertEqual((root.tag, root.get("status")), (SPACE + "subsonic-response", "ok"))
                self.judge_xml(root)
                if "Random" not in method and "Similar" not in method:
                    self.assert_same(root, said)

    def judge_xml(self, root):
        for top in root:
            shapes = {**REQUIRED, **(BY_FOLDERS if top.tag.removeprefix(SPACE) in FOLDER_ANSWERS else BY_TAGS)}
            for element in top.iter():
                name = element.tag.removeprefix(SPACE)
                if set(element.keys()) != {"id", "name"}:  # OpenSubsonic's short form of an artist is in lists of names
                    missing = shapes.get(name, set()) - set(element.keys())
                    self.assertEqual(missing, set(), ElementTree.tostring(element)[:300])

    def assert_same(self, element, said, where=""):
        """That XML says what JSON says."""
        if not isinstance(said, dict):
            self.assertEqual(element.text or "", said if isinstance(said, str) else json.dumps(said), where)
            return
        for name, value in said.items():
            children = element.findall(SPACE + name)
            if isinstance(value, list):
                self.assertEqual(len(children), len(value), f"{where}/{name}")
                for child, entry in zip(children, value):
                    self.assert_same(child, entry, f"{where}/{name}")
            elif isinstance(value, dict):
                self.assertEqual(len(children), 1, f"{where}/{name}")
                self.assert_same(children[0], value, f"{where}/{name}")
            elif name == "value":
                self.assertEqual(element.text or "", value)
            else:
                text = value if isinstance(value, str) else json.dumps(value)
                found = element.get(name)
                same = found == text or (isinstance(value, float) and abs(float(found) - value) < 1e-4)
                self.assertTrue(same, f"{where}/{name}: {found} is not {text}")

    def test_lyrics(self):
        song = self.songs()["Song 1"]
        lyrics = [self.ok("getLyricsBySongId", id=s["id"])["lyricsList"]["structuredLyrics"]
                  for s in self.ok("getAlbum", id=self.album()["id"])["album"]["song"]]
        self.assertEqual([len(one) for one in lyrics], [1, 0, 0])
        self.assertTrue(lyrics[0][0]["synced"])
        self.assertEqual(lyrics[0][0]["line"], [{"start": 500, "value": "First line"}, {"start": 1500, "value": "Second line"}])
        plain = self.ok("getLyrics", artist="the tides", title="Song 1")["lyrics"]
        self.assertEqual(plain["value"], "First line\nSecond line")
        self.assertEqual(self.ok("getLyrics", artist="nobody", title=song["title"])["lyrics"], {})

    # Sound and pictures.

    def test_streams_are_the_file_or_made_of_it(self):
        album = self.ok("getAlbum", id=self.album("High Water")["id"])["album"]
        song = album["song"][0]
        whole = self.raw("stream", id=song["id"])
        self.assertEqual((whole.status, whole.headers["content-type"], len(whole.body)), (200, "audio/flac", song["size"]))
        self.assertEqual(samples(whole.body), 4 * 48000)
        part = self.raw("stream", id=song["id"], headers={"Range": "bytes=100-199"})
        self.assertEqual((part.status, part.body), (206, whole.body[100:200]))
        head = self.raw("stream.view", id=song["id"], verb="HEAD")
        self.assertEqual((head.status, head.body, int(head.headers["content-length"])), (200, b"", song["size"]))
        self.assertEqual(self.raw("download", id=song["id"]).body, whole.body)
        self.assertEqual(self.raw("stream", id=song["id"], format="raw", maxBitRate=64).body, whole.body)
        for format, kind in (("mp3", "audio/mpeg"), ("opus", "audio/ogg"), ("aac", "audio/mpeg")):
            made = self.raw("stream", id=song["id"], format=format, maxBitRate=96)
            self.assertEqual((made.status, made.headers["content-type"].split(";")[0]), (200, kind))
            self.assertEqual(int(made.headers["content-length"]), len(made.body), "of a length known before")
            self.assertAlmostEqual(len(made.body) * 8 / 4 / 96000, 1, delta=0.25)
            self.assertAlmostEqual(samples(made.body) / 48000, 4, delta=0.1)
        middle = self.raw("stream", id=song["id"], format="mp3", maxBitRate=96, headers={"Range": "bytes=1000-1999"})
        self.assertEqual((middle.status, len(middle.body)), (206, 1000))
        late = self.raw("stream", id=song["id"], format="mp3", timeOffset=2)
        self.assertAlmostEqual(samples(late.body) / 48000, 2, delta=0.2)
        self.assertEqual(self.failure("stream", id=album["id"]), 70)
        self.assertEqual(self.failure("stream", id=UNKNOWN), 70)
        self.assertEqual(self.failure("stream"), 10)
        self.assertEqual(self.failure("download", id=UNKNOWN), 70)

    def test_pictures(self):
        song, album = self.songs()["Song 1"], self.album()
        for id in (song["coverArt"], album["coverArt"], album["artistId"], song["id"]):
            for size in (None, 100):
                answer = self.raw("getCoverArt", id=id, **({"size": size} if size else {}))
                self.assertEqual((answer.status, answer.headers["content-type"]), (200, "image/jpeg"), answer)
        self.assertEqual(self.failure("getCoverArt", id=UNKNOWN), 70)
        tag = self.raw("getCoverArt", id=album["id"]).headers["etag"]
        self.assertEqual(self.raw("getCoverArt", id=album["id"], headers={"If-None-Match": tag}).status, 304)

    # What users make of it.

    def test_stars_and_ratings_are_the_librarys(self):
        song, album = self.songs()["Song 2"], self.album()
        self.ok("star", id=song["id"], albumId=album["id"], artistId=[album["artistId"]])
        starred = self.ok("getStarred2")["starred2"]
        self.assertEqual([[one["id"] for one in starred[kind]] for kind in ("artist", "album", "song")],
                         [[album["artistId"]], [album["id"]], [song["id"]]])
        self.assertRegex(starred["song"][0]["starred"], r"^20\d\d-.*Z$")
        self.assertEqual(self.ok("getStarred")["starred"]["album"][0]["title"], "Low Water")
        self.assertEqual(self.ok("getAlbumList2", type="starred")["albumList2"]["album"][0]["id"], album["id"])
        self.assertTrue(self.server.get(f"/api/v1/media/{song['id']}").json["favourite"])
        self.ok("unstar", id=[song["id"], album["id"], album["artistId"]])
        self.assertEqual(self.ok("getStarred2")["starred2"], {"artist": [], "album": [], "song": []})
        self.ok("setRating", id=album["id"], rating=4)
        self.assertEqual(self.ok("getAlbum", id=album["id"])["album"]["userRating"], 4)
        self.assertEqual(self.server.get(f"/api/v1/media/{album['id']}").json["rating"], 8)
        self.assertEqual([a["id"] for a in self.ok("getAlbumList2", type="highest")["albumList2"]["album"]], [album["id"]])
        self.ok("setRating", id=album["id"], rating=0)
        self.assertNotIn("userRating", self.ok("getAlbum", id=album["id"])["album"])
        for method, parameters, number in (("star", {}, 10), ("star", {"id": UNKNOWN}, 70), ("setRating", {"id": song["id"]}, 10),
                                           ("setRating", {"id": song["id"], "rating": 6}, 10), ("setRating", {"rating": 1}, 10)):
            self.assertEqual(self.failure(method, **parameters), number, (method, parameters))

    def test_a_play_counts_once(self):
        song, album = self.songs()["One"], self.album("Raíz")
        self.raw("stream", id=song["id"])
        self.ok("scrobble", id=song["id"], submission="false")
        playing = self.ok("getNowPlaying")["nowPlaying"]["entry"]
        self.assertEqual([(e["id"], e["username"], e["playerName"], e["minutesAgo"]) for e in playing], [(song["id"], "owner", "test", 0)])
        self.assertNotIn("playCount", self.ok("getSong", id=song["id"])["song"])
        at = 1_600_000_000_000
        for time in (at, at, at + 1000):  # the answer was lost
            self.ok("scrobble", id=song["id"], time=time)
        self.assertEqual(self.ok("getNowPlaying")["nowPlaying"]["entry"], [])
        self.ok("scrobble", id=[song["id"], song["id"]], time=[at + 60_000, at + 120_000])
        self.assertEqual(self.ok("getSong", id=song["id"])["song"]["playCount"], 3)
        plays = [e for e in self.server.get("/api/v1/history?type=PLAYED").json["items"] if e["media_id"] == song["id"]]
        self.assertEqual(sorted(e["at"] for e in plays), [at, at + 60_000, at + 120_000])
        for kind in ("frequent", "recent"):
            self.assertEqual([a["id"] for a in self.ok("getAlbumList2", type=kind)["albumList2"]["album"]], [album["id"]])
        top = wait_for(lambda: self.ok("getTopSongs", artist="Árbol")["topSongs"]["song"], what="its place among the popular ones")
        self.assertEqual([s["id"] for s in top], [song["id"]])
        self.assertEqual(self.failure("scrobble", id=album["id"]), 70)
        self.assertEqual(self.failure("scrobble"), 10)

    def test_playlists(self):
        songs = self.ok("getAlbum", id=self.album()["id"])["album"]["song"]
        ids = [song["id"] for song in songs]
        made = self.ok("createPlaylist", name="Evening", songId=[ids[0], ids[1], ids[0]])["playlist"]
        self.assertEqual(([e["id"] for e in made["entry"]], made["songCount"], made["duration"], made["public"], made["owner"]),
                         ([ids[0], ids[1], ids[0]], 3, 18, False, "owner"))
        list_id = made["id"]
        self.ok("updatePlaylist", playlistId=list_id, name="Night", comment="slow", public="true", songIdToAdd=[ids[2], ids[2]],
                songIndexToRemove=[0, 1])
        now = self.ok("getPlaylist", id=list_id)["playlist"]
        self.assertEqual(([e["id"] for e in now["entry"]], now["name"], now["comment"], now["public"]), ([ids[0], ids[2], ids[2]], "Night", "slow", True))
        self.assertEqual(self.raw("getCoverArt", id=list_id).headers["content-type"], "image/jpeg")
        self.assertEqual(self.server.get(f"/api/v1/playlists/{list_id}").json["name"], "Night")
        root = ElementTree.fromstring(self.raw("getPlaylist", id=list_id).text)
        self.judge_xml(root)
        self.assert_same(root, self.ok("getPlaylist", id=list_id))
        self.ok("createPlaylist", playlistId=list_id, songId=ids[1])
        self.assertEqual([e["id"] for e in self.ok("getPlaylist", id=list_id)["playlist"]["entry"]], [ids[1]])
        self.assertIn(list_id, [one["id"] for one in self.ok("getPlaylists")["playlists"]["playlist"]])
        many = urllib.parse.urlencode([("name", "Long"), ("f", "json"), ("apiKey", self.key)] + [("songId", i) for i in ids * 500])
        long = http_request(self.server.url + "/rest/createPlaylist", "POST", many, FORM).json["subsonic-response"]["playlist"]
        self.assertEqual((long["songCount"], len(long["entry"])), (1500, 1500))
        for list_ in (list_id, long["id"]):
            self.ok("deletePlaylist", id=list_)
            self.assertEqual(self.failure("getPlaylist", id=list_), 70)
        for method, parameters, number in (("createPlaylist", {}, 10), ("createPlaylist", {"name": "x", "songId": UNKNOWN}, 70),
                                           ("updatePlaylist", {"playlistId": UNKNOWN, "name": "x"}, 70), ("deletePlaylist", {"id": UNKNOWN}, 70)):
            self.assertEqual(self.failure(method, **parameters), number, (method, parameters))

    def test_queue_and_bookmarks(self):
        ids = [song["id"] for song in self.ok("getAlbum", id=self.album()["id"])["album"]["song"]]
        self.assertNotIn("playQueue", self.ok("getPlayQueue"))
        self.ok("savePlayQueue", id=[ids[2], ids[0], ids[1]], current=ids[0], position=1500)
        queue = self.ok("getPlayQueue")["playQueue"]
        self.assertEqual(([e["id"] for e in queue["entry"]], queue["current"], queue["position"], queue["changedBy"]),
                         ([ids[2], ids[0], ids[1]], ids[0], 1500, "test"))
        self.ok("savePlayQueueByIndex", id=[ids[0], ids[0], ids[1]], currentIndex=1, position=7)
        queue = self.ok("getPlayQueueByIndex")["playQueueByIndex"]
        self.assertEqual(([e["id"] for e in queue["entry"]], queue["currentIndex"], queue["position"]), ([ids[0], ids[0], ids[1]], 1, 7))
        self.assertEqual(self.ok("getPlayQueue")["playQueue"]["current"], ids[0])
        for method, parameters, number in (("savePlayQueueByIndex", {"id": ids, "currentIndex": 3}, 10), ("savePlayQueueByIndex", {"id": ids}, 10),
                                           ("savePlayQueue", {"id": ids[0], "current": ids[1]}, 10), ("savePlayQueue", {"id": UNKNOWN}, 70)):
            self.assertEqual(self.failure(method, **parameters), number, (method, parameters))
        root = ElementTree.fromstring(self.raw("getPlayQueue").text)
        self.judge_xml(root)
        self.assert_same(root, self.ok("getPlayQueue"))
        self.ok("savePlayQueue")
        self.assertNotIn("playQueueByIndex", self.ok("getPlayQueueByIndex"))
        self.ok("createBookmark", id=ids[0], position=3000, comment="here")
        self.ok("createBookmark", id=ids[0], position=4000, comment="there")
        marks = self.ok("getBookmarks")["bookmarks"]["bookmark"]
        self.assertEqual([(m["position"], m["comment"], m["username"], m["entry"]["id"]) for m in marks], [(4000, "there", "owner", ids[0])])
        root = ElementTree.fromstring(self.raw("getBookmarks").text)
        self.judge_xml(root)
        self.ok("deleteBookmark", id=ids[0])
        self.assertEqual(self.ok("getBookmarks")["bookmarks"]["bookmark"], [])
        self.assertEqual(self.failure("deleteBookmark", id=ids[0]), 70)
        self.assertEqual(self.failure("createBookmark", id=ids[0]), 10)

    def test_radio_and_people(self):
        self.ok("createInternetRadioStation", name="Waves", streamUrl="https://radio.example/waves", homepageUrl="https://radio.example/")
        stations = self.ok("getInternetRadioStations")["internetRadioStations"]["internetRadioStation"]
        self.assertEqual([(s["name"], s["streamUrl"], s["homePageUrl"]) for s in stations],
                         [("Waves", "https://radio.example/waves", "https://radio.example/")])
        self.judge_xml(ElementTree.fromstring(self.raw("getInternetRadioStations").text))
        self.assertEqual(self.failure("createInternetRadioStation", name="x", streamUrl="file:///etc/passwd"), 10)
        station = stations[0]["id"]
        self.ok("updateInternetRadioStation", id=station, name="Sea", streamUrl="http://radio.example/sea")
        self.assertEqual(self.failure("updateInternetRadioStation", id=UNKNOWN, name="Sea", streamUrl="http://radio.example/sea"), 70)
        with self.member("ben") as ben:
            for method in ("createInternetRadioStation", "updateInternetRadioStation", "deleteInternetRadioStation", "startScan"):
                self.assertEqual(self.failure(method, ben, id=station, name="x", streamUrl="http://x.example/"), 50, method)
            audited = self.server.get("/api/v1/admin/audit?action=radio.").json["items"]
            self.assertIn(("radio.add", "owner", "Waves", 200), [(e["action"], e["username"], e["subject"], e["status"]) for e in audited])
            self.assertIn(("radio.remove", "ben", station, 403), [(e["action"], e["username"], e["subject"], e["status"]) for e in audited])
            self.assertEqual(self.raw("getInternetRadioStations", ben, f="json").json["subsonic-response"]["internetRadioStations"][
                "internetRadioStation"][0]["name"], "Sea")
            self.assertEqual(self.failure("getUser", ben, username="owner"), 50)
            own = self.raw("getUser", ben, username="ben", f="json").json["subsonic-response"]["user"]
            self.assertEqual((own["username"], own["adminRole"], own["downloadRole"], len(own["folder"])), ("ben", False, True, 1))
            users = self.raw("getUsers", ben, f="json").json["subsonic-response"]["users"]["user"]
            self.assertEqual([user["username"] for user in users], ["ben"])
            self.assertEqual({user["username"] for user in self.ok("getUsers")["users"]["user"]}, {"owner", "ben"})
            # Nothing of one is another's.
            song = self.songs()["Song 1"]["id"]
            self.ok("star", id=song)
            self.ok("savePlayQueue", id=song)
            hidden = self.ok("createPlaylist", name="Hidden", songId=song)["playlist"]["id"]
            self.assertEqual(self.raw("getStarred2", ben, f="json").json["subsonic-response"]["starred2"]["song"], [])
            self.assertNotIn("playQueue", self.raw("getPlayQueue", ben, f="json").json["subsonic-response"])
            self.assertEqual(self.failure("getPlaylist", ben, id=hidden), 70)
            self.assertEqual(self.failure("deletePlaylist", ben, id=hidden), 70)
            self.ok("unstar", id=song)
            self.ok("savePlayQueue")
            self.ok("deletePlaylist", id=hidden)
        self.ok("deleteInternetRadioStation", id=station)
        self.assertEqual(self.failure("deleteInternetRadioStation", id=station), 70)
        self.assertTrue(isinstance(self.ok("startScan")["scanStatus"]["count"], int))
        wait_for(lambda: not self.ok("getScanStatus")["scanStatus"]["scanning"], what="the scan to end")
        self.assertEqual(self.ok("getScanStatus")["scanStatus"]["count"], 7)

    @contextlib.contextmanager
    def member(self, name):
        """Credentials of somebody else, who is gone afterwards."""
        def command(*words):
            line = [str(program("marea-server")), "user", *words, "--data", str(self.server.data)]
            subprocess.run(line, input=PASSWORD + "\n", text=True, check=True, capture_output=True, timeout=60 * PATIENCE)
        command("add", name, "--role", "member")
        token = self.server.post("/api/v1/login", {"username": name, "password": PASSWORD, "device_name": "test"}, token=False).json["access_token"]
        yield {"apiKey": self.server.post("/api/v1/me/app-passwords", {"name": "Test"}, token=token).json["password"]}
        command("remove", name)

    # Somebody else's client.

    def test_subsonic_api_logs_in_browses_streams_and_stars(self):
        env = {**os.environ, "MAREA_WEB_MODULES": str(web_tools())}
        done = subprocess.run([require_program("node", "nodejs"), str(WEB / "subsonic.mjs"), self.server.url, "owner", self.key], env=env,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60 * PATIENCE)
        self.assertEqual(done.returncode, 0, done.stderr[-3000:])
        said = json.loads(done.stdout)
        self.assertEqual(said["artists"], ["Árbol", "The Tides"])
        self.assertEqual((said["found"], said["starred"], said["unstarred"]), (["Song 1"], ["Song 1"], []))
        self.assertEqual((said["type"], said["bytes"]), ("audio/mpeg", said["size"]))
        self.assertEqual((said["cover"], said["list"], said["key"]), ("image/jpeg", ["Song 1"], "owner"))
        self.assertEqual(said["wrong"], 40)


class Books(unittest.TestCase):
    """Audiobooks, as albums of their author."""

    @classmethod
    def setUpClass(cls):
        require_program("ffmpeg")
        folder = tempfile.TemporaryDirectory(prefix="marea-subsonic-books-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        make_tone(root / "Music" / "Song.mp3", 2, 440, {"title": "Song", "artist": "Tides", "album": "Low", "track": "1"})
        cls.files = [make_tone(root / "Books" / "Audiobooks" / "Ana Coll" / "The Long Tide" / f"{number}.mp3", 3, 200 * number, {
            "title": f"Chapter {number}", "artist": "Ana Coll", "album": "The Long Tide", "track": str(number)}) for number in (1, 2)]
        cls.server = Server(libraries={"Music": root / "Music", "Books": root / "Books"})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.key = cls.server.post("/api/v1/me/app-passwords", {"name": "Test"}).json["password"]

    def raw(self, method, **parameters):
        asked = {"v": "1.16.1", "c": "test", "apiKey": self.key, **parameters}
        return http_request(f"{self.server.url}/rest/{method}?{urllib.parse.urlencode(asked)}")

    def ok(self, method, **parameters):
        said = self.raw(method, f="json", **parameters).json["subsonic-response"]
        self.assertEqual(said["status"], "ok", (method, parameters, said))
        return said

    def book(self):
        return self.ok("search3", query="long tide")["searchResult3"]["album"][0]

    def test_a_book_is_found_and_browsed_but_is_no_music(self):
        names = lambda said: [artist["name"] for index in said["index"] for artist in index["artist"]]
        self.assertEqual(names(self.ok("getArtists")["artists"]), ["Tides"])
        folder = next(f["id"] for f in self.ok("getMusicFolders")["musicFolders"]["musicFolder"] if f["name"] == "Books")
        self.assertEqual(names(self.ok("getArtists", musicFolderId=folder)["artists"]), ["Ana Coll"])
        listed = lambda **more: [a["name"] for a in self.ok("getAlbumList2", type="alphabeticalByName", **more)["albumList2"]["album"]]
        self.assertEqual((listed(), listed(musicFolderId=folder)), (["Low"], ["The Long Tide"]))
        book = self.book()
        self.assertEqual((book["name"], book["artist"], book["songCount"]), ("The Long Tide", "Ana Coll", 2))
        author = self.ok("getArtist", id=book["artistId"])["artist"]
        self.assertEqual(([album["id"] for album in author["album"]], author["albumCount"]), ([book["id"]], 1))
        songs = self.ok("getAlbum", id=book["id"])["album"]["song"]
        self.assertEqual([(s["title"], s["track"], s["type"], s["albumId"], s["suffix"]) for s in songs],
                         [("Chapter 1", 1, "audiobook", book["id"], "mp3"), ("Chapter 2", 2, "audiobook", book["id"], "mp3")])
        self.assertEqual([child["id"] for child in self.ok("getMusicDirectory", id=book["id"])["directory"]["child"]], [s["id"] for s in songs])
        self.assertEqual(self.ok("getSong", id=songs[1]["id"])["song"], songs[1])
        self.ok("star", albumId=book["id"])
        self.assertEqual([album["id"] for album in self.ok("getStarred2")["starred2"]["album"]], [book["id"]])
        self.ok("unstar", albumId=book["id"])

    def test_its_parts_are_played_marked_and_heard(self):
        book = self.book()
        first, second = (song["id"] for song in self.ok("getAlbum", id=book["id"])["album"]["song"])
        self.assertEqual(self.raw("stream", id=second, format="raw").body, self.files[1].read_bytes())
        self.assertEqual(self.raw("download", id=first).body, self.files[0].read_bytes())
        made = self.raw("stream", id=second, format="opus")
        self.assertEqual(made.status, 200)
        self.assertAlmostEqual(samples(made.body), 3 * 48000, delta=2400)
        self.ok("createBookmark", id=second, position=1500)
        mark = self.ok("getBookmarks")["bookmarks"]["bookmark"][0]
        self.assertEqual((mark["position"], mark["entry"]["id"], mark["entry"]["parent"]), (1500, second, book["id"]))
        self.ok("deleteBookmark", id=second)
        self.assertEqual(self.raw("savePlayQueue", id=first, current=first, f="json").json["subsonic-response"]["status"], "ok")
        self.assertEqual([e["id"] for e in self.ok("getPlayQueue")["playQueue"]["entry"]], [first])
        plays = lambda: self.server.get(f"/api/v1/media/{book['id']}").json["play_count"]
        self.ok("scrobble", id=first)
        self.assertEqual(plays(), 0)
        self.ok("scrobble", id=second)
        self.assertEqual(plays(), 1)
        for method in ("getSong", "stream"):
            said = self.raw(method, id=book["id"], f="json").json["subsonic-response"]
            self.assertEqual(said["error"]["code"], 70, method)


if __name__ == "__main__":
    unittest.main()
