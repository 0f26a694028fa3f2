"""What users make of the titles: kept through kills, told by events, made anew from them."""
import json
import pathlib
import random
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import unittest

from support import PASSWORD, Client, Server, is_long, make_album, play, program, wait_for

KILLS = 50 if is_long() else 3


def command(server, *arguments, stdin=""):
    return subprocess.run([str(program("marea-server")), *arguments, "--data", str(server.data)], capture_output=True,
                          text=True, timeout=120, input=stdin)


class Somebody(Client):
    """Another user of a server."""

    def __init__(self, server, name):
        self.server = server
        added = command(server, "user", "add", name, stdin=PASSWORD + "\n")
        assert added.returncode == 0, added.stderr
        self.token = server.post("/api/v1/login", {"username": name, "password": PASSWORD, "device_name": "theirs"},
                                 expect=200, token=False).json["access_token"]

    @property
    def url(self):
        return self.server.url


class Rater(threading.Thread):
    """Rates titles one after the other, until the server answers no more. `acknowledged`: what was, by title."""

    def __init__(self, server, titles, seed):
        super().__init__(daemon=True)
        self.server, self.titles, self.dice = server, titles, random.Random(seed)
        self.acknowledged, self.asked = {}, {}

    def run(self):
        while True:
            title, stars = self.dice.choice(self.titles), self.dice.randint(1, 10)
            self.asked[title] = stars
            try:
                answer = self.server.raw("PUT", f"/api/v1/library/{title}", body={"rating": stars})
            except OSError:
                return
            except Exception:  # an answer cut off by the kill
                return
            if answer.status == 200:
                self.acknowledged[title] = stars


class Library(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        root = pathlib.Path(tempfile.mkdtemp(prefix="marea-library-"))
        cls.addClassCleanup(shutil.rmtree, root, True)
        for album in ("High Water", "Low Water"):
            make_album(root / album, album=album, tracks=4)
        cls.root = root

    def server(self):
        server = Server(libraries={"Music": self.root})
        self.addCleanup(server.close)
        server.wait_until_idle()
        return server

    def assert_events_tell_the_same(self, server):
        said = command(server, "replay", "--check", "--json")
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)
        return {one["username"]: one["events"] for one in json.loads(said.stdout)["items"]}

    def test_kills_lose_nothing_that_was_acknowledged(self):
        server, dice = self.server(), random.Random(7)
        tracks = [item["id"] for item in server.all_media("kind=track")]
        kept = {}
        for number in range(KILLS):
            halves = (tracks[:4], tracks[4:])  # each its own titles, so that the last word is known
            raters = [Rater(server, half, 100 * number + at) for at, half in enumerate(halves)]
            for rater in raters:
                rater.start()
            enough = dice.randint(5, 40)
            wait_for(lambda: sum(len(r.asked) for r in raters) >= min(enough, 8) or not any(r.is_alive() for r in raters), 60,
                     "ratings", dice.uniform(0.001, 0.05))
            server.kill()
            for rater in raters:
                rater.join(60)
                self.assertFalse(rater.is_alive())
            server.start()
            server.login()
            for rater in raters:
                kept.update(rater.acknowledged)
                for title, stars in rater.acknowledged.items():
                    found = server.get(f"/api/v1/media/{title}").json["rating"]
                    # The very last one may have been written without being answered.
                    self.assertIn(found, (stars, rater.asked[title]), f"round {number}")
            self.assert_events_tell_the_same(server)
        self.assertTrue(kept, "no rating was acknowledged in any round")

    def test_a_replay_makes_libraries_anew(self):
        server = self.server()
        tracks = [item["id"] for item in server.all_media("kind=track")]
        bea = Somebody(server, "Bea")
        for stars, title in enumerate(tracks[:5], 1):
            server.put(f"/api/v1/library/{title}", {"rating": stars, "favourite": stars % 2 == 0, "position": 1.5})
            bea.put(f"/api/v1/library/{title}", {"rating": 11 - stars})
        session = play(server, tracks[0])
        server.put(f"/api/v1/sessions/{session['session_id']}", {"position": 2, "state": "stopped"})
        bea.post("/api/v1/history/undo")
        self.assertEqual(self.assert_events_tell_the_same(server), {"owner": 8, "Bea": 6})
        before = [[c.get(f"/api/v1/media/{t}").json["rating"] for t in tracks] for c in (server, bea)]
        self.assertEqual(before[1][4], None)

        refused = command(server, "replay")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("Stop it first", refused.stderr)
        server.stop()
        with sqlite3.connect(server.data / "marea.db") as database:
            database.execute("UPDATE user_library SET rating = 1")
            database.execute("DELETE FROM user_library WHERE media_id = ?", (tracks[1],))
        database.close()
        self.assertEqual(command(server, "replay", "--check").returncode, 1)
        said = command(server, "replay", "--user", "bea", "--json")
        self.assertEqual([one["username"] for one in json.loads(said.stdout)["items"]], ["Bea"], said.stderr)
        self.assertEqual(command(server, "replay", "--check", "--user", "BEA").returncode, 0)
        self.assertEqual(command(server, "replay", "--check", "--user", "owner").returncode, 1)
        self.assertEqual(command(server, "replay", "--user", "nobody").returncode, 1)
        self.assertEqual(command(server, "replay").returncode, 0)
        server.start()
        server.login()
        self.assertEqual([[c.get(f"/api/v1/media/{t}").json["rating"] for t in tracks] for c in (server, bea)], before)
        self.assert_events_tell_the_same(server)

    def test_history_is_told_and_taken_back(self):
        server = self.server()
        title = server.all_media("kind=track")[0]["id"]
        server.put(f"/api/v1/library/{title}", {"rating": 4})
        server.put(f"/api/v1/library/{title}", {"rating": 9})
        page = server.get("/api/v1/history?limit=1").json
        self.assertEqual(page["items"][0]["data"], {"rating": 9})
        self.assertEqual(page["media"][title]["rating"], 9)
        older = server.get(f"/api/v1/history?limit=1&cursor={page['next_cursor']}").json
        self.assertEqual((older["items"][0]["data"], older["next_cursor"]), ({"rating": 4}, None))
        self.assertEqual(server.post("/api/v1/history/undo").json["by"]["undoes"], 2)
        self.assertEqual(server.get(f"/api/v1/media/{title}").json["rating"], 4)
        bea = Somebody(server, "Bea")
        self.assertEqual(bea.get("/api/v1/history").json["items"], [])
        bea.post("/api/v1/history/undo", {"seq": 1}, expect=404)
        self.assertIsNone(bea.get(f"/api/v1/media/{title}").json["rating"])

    def test_lists_are_the_users_own(self):
        server = self.server()
        tracks = [item["id"] for item in server.all_media("kind=track")]
        bea = Somebody(server, "Bea")
        for stars, title in enumerate(tracks[:5], 1):
            server.put(f"/api/v1/library/{title}", {"rating": stars, "favourite": stars > 2})
        bea.put(f"/api/v1/library/{tracks[6]}", {"favourite": True, "position": 2})
        ids = lambda who, query: [item["id"] for item in who.get(f"/api/v1/library?{query}").json["items"]]
        self.assertEqual(ids(server, "state=favourite&sort=rating"), tracks[4:1:-1])
        self.assertEqual(ids(server, "state=rated,favourite&sort=rating&order=asc"), tracks[2:5])
        self.assertEqual(ids(bea, "state=favourite"), [tracks[6]])
        self.assertEqual(ids(server, "state=rated&kind=movie"), [])
        self.assertEqual(ids(server, "state=in_progress"), [])
        home = bea.get("/api/v1/home?limit=3").json
        self.assertEqual([item["id"] for item in home["continue_watching"]], [tracks[6]])
        self.assertEqual({item["kind"] for item in home["recently_added"]}, {"album"})
        bea.put("/api/v1/me/preferences", {"user": {"theme": "dark"}})
        self.assertEqual(server.get("/api/v1/me/preferences").json["user"], {})
        self.assertEqual(bea.get("/api/v1/me/preferences").json, {"user": {"theme": "dark"}, "device": {}})

    def test_what_is_played_becomes_popular(self):
        server = self.server()
        tracks = server.all_media("kind=track")
        chosen = tracks[5]
        for _ in range(2):
            session = play(server, chosen["id"])
            server.put(f"/api/v1/sessions/{session['session_id']}", {"position": 4, "state": "stopped"})  # to its end
        first = lambda kind: server.get(f"/api/v1/media?kind={kind}&sort=popular&limit=1").json["items"][0]["id"]
        wait_for(lambda: first("track") == chosen["id"] and first("album") == chosen["album_id"], 60, "the track to climb")
        popular = lambda: [item["id"] for item in server.get("/api/v1/home").json["popular"]]
        self.assertEqual(popular(), [chosen["album_id"]])
        for _ in range(2):
            server.post("/api/v1/history/undo")
        self.assertEqual(server.get(f"/api/v1/media/{chosen['id']}").json["play_count"], 0)
        wait_for(lambda: popular() == [], 60, "it to be popular no more")

    def test_collaborators_changes_all_hold(self):
        server = self.server()
        tracks = [item["id"] for item in server.all_media("kind=track")]
        bea = Somebody(server, "Bea")
        made = server.post("/api/v1/playlists", {"name": "Ours", "visibility": "collaborative", "media_ids": tracks[:2]}).json
        entries = f"/api/v1/playlists/{made['id']}/entries"
        first = server.get(entries).json["items"][0]["id"]
        added = {}

        def work(who, at):
            mine = added.setdefault(at, [])
            for number in range(10):
                mine.extend(who.post(entries, {"media_ids": [tracks[number % len(tracks)]], "after": first}, expect=201).json["entry_ids"])
                if number % 3 == 2:
                    who.put(f"{entries}/{mine[0]}", {})
                if number % 5 == 4:
                    who.delete(f"{entries}/{mine.pop()}")

        workers = [threading.Thread(target=work, args=(who, at)) for at, who in enumerate((server, bea, server, bea))]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(120)
            self.assertFalse(worker.is_alive())
        there, cursor = [], ""
        while cursor is not None:
            page = bea.get(f"{entries}?limit=7&cursor={cursor}").json
            there += [entry["id"] for entry in page["items"]]
            cursor = page["next_cursor"]
        self.assertEqual(there[0], first)
        self.assertEqual(len(there), len(set(there)))
        self.assertEqual({one for mine in added.values() for one in mine} - set(there), set())
        self.assertEqual(len(there), 2 + 4 * 8)
        self.assert_events_tell_the_same(server)

    def test_playlists_go_to_other_programs_and_come_back(self):
        server = self.server()
        tracks = [item["id"] for item in server.all_media("kind=track")]
        chosen = [tracks[3], tracks[0], tracks[5], tracks[0]]
        made = server.post("/api/v1/playlists", {"name": "Low & high", "media_ids": chosen}).json
        of = lambda playlist: [e["media_id"] for e in server.get(f"/api/v1/playlists/{playlist}/entries").json["items"]]
        for form, ours in (("m3u8", "#MAREA:"), ("xspf", "identifier")):
            text = server.get(f"/api/v1/playlists/{made['id']}/export?format={form}").text
            bare = "".join(line for line in text.splitlines(keepends=True) if ours not in line)  # by path and tags alone
            for content in (text, bare):
                back = server.post("/api/v1/playlists/import", {"content": content}, expect=201).json
                self.assertEqual((back["matched"], back["unmatched"], back["playlist"]["name"]), (4, [], "Low & high"))
                self.assertEqual(of(back["playlist"]["id"]), chosen)
        foreign = "#EXTM3U\n#EXTINF:3,The Tides - Song 2\nC:\\Music\\Low Water\\02 Song 2.mp3\n#EXTINF:9,Nobody - Nothing\n/etc/passwd\n"
        back = server.post("/api/v1/playlists/import", {"name": "Old", "content": foreign}, expect=201).json
        self.assertEqual(back["unmatched"], [{"number": 2, "location": "/etc/passwd", "title": "Nothing", "artist": "Nobody"}])
        self.assertEqual(server.get(f"/api/v1/media/{of(back['playlist']['id'])[0]}").json["title"], "Song 2")
        server.post("/api/v1/playlists/import", {"format": "xspf", "content": "<playlist>"}, expect=422)


if __name__ == "__main__":
    unittest.main()
