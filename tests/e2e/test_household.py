"""A household on the real server: people come, change and go; what is taken from them ends; devices and streams are counted."""
import json
import pathlib
import tempfile
import unittest

from support import PASSWORD, Server, make_film, play, wait_for
from test_accounts import command

MEMBERS = "/api/v1/household/members"


class Household(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-household-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        for name, rating in (("Ants (2000)", "FSK 6"), ("Bats (2001)", "Rated R for bats")):
            make_film(root / "Films" / name / f"{name}.mp4", 3)
            (root / "Films" / name / f"{name}.nfo").write_text(f"<movie><title>{name[:4]}</title><mpaa>{rating}</mpaa></movie>")
        make_film(root / "Films" / "Cats (2002).mkv", 3)
        (root / "Home").mkdir()
        (root / "marea.toml").write_text("[limits]\nidle_session = 20\n")
        cls.server = Server(libraries={"Films": root / "Films", "Home": root / "Home"}, args=["--config", str(root / "marea.toml")])
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.films = {item["title"]: item["id"] for item in cls.server.all_media("kind=movie")}
        cls.library = {library["name"]: library["id"] for library in cls.server.libraries()}

    def add(self, name, **rights):
        person = self.server.post(MEMBERS, {"username": name, "password": PASSWORD, **rights}, expect=201).json
        self.addCleanup(lambda: self.server.delete(f"{MEMBERS}/{person['id']}", expect=(204, 404)))
        return person

    def sign_in(self, name, device="phone", expect=200, **more):
        answer = self.server.post("/api/v1/login", {"username": name, "password": PASSWORD, "device_name": device, **more},
                                  token=False, expect=expect)
        return answer.json["access_token"] if expect == 200 else answer.json

    def titles(self, token):
        return {item["title"] for item in self.server.get("/api/v1/media?kind=movie", token=token).json["items"]}

    def playback(self, title, token, expect=201):
        return self.server.post(f"/api/v1/media/{self.films[title]}/playback", {"capabilities": {"preset": "mpv"}}, token=token,
                                expect=expect)

    def test_people_come_change_and_go(self):
        server = self.server
        key = {"Idempotency-Key": "bea-1"}
        body = {"username": "Bea", "password": PASSWORD}
        bea = server.post(MEMBERS, body, headers=key, expect=201).json
        self.assertEqual(server.post(MEMBERS, body, headers=key, expect=200).json["id"], bea["id"])
        server.post(MEMBERS, body, expect=409)
        self.assertEqual((bea["role"], bea["libraries"], bea["age_limit"]), ("member", None, None))
        token = self.sign_in("bea")
        self.assertEqual(self.titles(token), {"Ants", "Bats", "Cats"})
        names = server.get(MEMBERS, token=token).json["items"]
        self.assertEqual([sorted(one) for one in names if one["username"] == "owner"], [["id", "role", "username"]])
        self.assertEqual(server.get(f"{MEMBERS}/{bea['id']}", token=token).json["devices"], 1)
        server.put(f"{MEMBERS}/{bea['id']}", {"role": "owner"}, expect=403, token=token)
        server.put(f"/api/v1/admin/users/{bea['id']}", {"role": "child", "libraries": [self.library["Films"]]})
        self.assertEqual(server.raw("GET", "/api/v1/me", token=token).status, 401)
        self.assertEqual(self.titles(self.sign_in("bea")), {"Ants"})
        server.put(f"{MEMBERS}/{bea['id']}", {"age_limit": 18, "unrated": True})
        self.assertEqual(self.titles(self.sign_in("bea")), {"Ants", "Bats", "Cats"})
        owner = server.get("/api/v1/me").json["id"]
        server.put(f"{MEMBERS}/{owner}", {"role": "member"}, expect=409)
        server.delete(f"{MEMBERS}/{owner}", expect=409)
        server.delete(f"{MEMBERS}/{bea['id']}")
        self.sign_in("bea", expect=401)
        server.get(f"{MEMBERS}/{bea['id']}", expect=404)

    def test_what_is_taken_from_somebody_ends_at_once(self):
        server, kim = self.server, self.add("Kim", role="child", libraries=[self.library["Films"]], age_limit=18, unrated=True)
        token = self.sign_in("kim")
        direct, segments = play_as(server, token, self.films["Bats"]), play_as(server, token, self.films["Cats"], preset="chromium")
        links = [direct["url"], segments["url"]]
        list_link = server.get(segments["url"], token=False).text  # the playlist: its pieces are opened by the same token
        self.assertIn("#EXTM3U", list_link)
        download = server.post("/api/v1/downloads", {"media_id": self.films["Bats"]}, token=token).json["id"]
        server.get(f"/api/v1/downloads/{download}/file", token=token)
        for link in links:
            server.get(link, token=False)
        server.put(f"{MEMBERS}/{kim['id']}", {"age_limit": 6, "unrated": False})
        for link in links:
            server.get(link, token=False, expect=404)
        for session in (direct, segments):
            server.put(f"/api/v1/sessions/{session['session_id']}", {"position": 1, "state": "playing"}, token=token, expect=404)
        server.get(f"/api/v1/downloads/{download}/file", token=token, expect=404)
        server.get(f"/api/v1/downloads/{download}", token=token, expect=404)
        self.assertEqual(server.get("/api/v1/downloads", token=token).json["items"], [])
        self.assertEqual(self.titles(token), {"Ants"})  # still signed in
        self.playback("Ants", token)

    def test_streams_are_counted_and_dead_ones_leave_their_place(self):
        server, ana = self.server, self.add("Ana", max_streams=1)
        tv, phone = self.sign_in("ana", "tv"), self.sign_in("ana", "phone")
        first = self.playback("Ants", tv).json
        refused = self.playback("Bats", phone, expect=429)
        self.assertIn("You are playing one thing already", refused.json["detail"])
        self.assertGreater(int(refused.headers["retry-after"]), 0)
        self.playback("Ants", tv)  # its player had died: it is the same stream
        server.put(f"{MEMBERS}/{ana['id']}", {"max_streams": 2})
        self.playback("Bats", phone)
        server.put(f"{MEMBERS}/{ana['id']}", {"max_streams": 1})
        server.delete(f"/api/v1/sessions/{first['session_id']}", token=tv)
        # What says nothing more is over by itself.
        wait_for(lambda: server.raw("POST", f"/api/v1/media/{self.films['Cats']}/playback", body={"capabilities": {"preset": "mpv"}},
                                    token=tv).status == 201, 30, "the dead streams to leave their places")

    def test_the_household_plays_so_much_together(self):
        server = self.server
        self.addCleanup(lambda: server.put("/api/v1/household", {"max_streams": None}))
        self.add("Eve"), self.add("Joe")
        eve, joe = self.sign_in("eve"), self.sign_in("joe")
        server.put("/api/v1/household", {"max_streams": 1}, token=eve, expect=403)
        self.assertEqual(server.put("/api/v1/household", {"max_streams": 1, "share_purchases": "members"}).json["max_streams"], 1)
        self.assertEqual(server.get("/api/v1/household", token=eve).json["share_purchases"], "members")
        session = wait_for(lambda: self.started("Ants", eve), 30, "other tests' streams to end")
        refused = self.playback("Bats", joe, expect=429)
        self.assertIn("Your household is playing one thing already", refused.json["detail"])
        server.put(f"/api/v1/sessions/{session}", {"position": 2, "state": "stopped"}, token=eve)
        self.playback("Bats", joe)

    def started(self, title, token):
        answer = self.server.raw("POST", f"/api/v1/media/{self.films[title]}/playback", body={"capabilities": {"preset": "mpv"}}, token=token)
        return answer.json["session_id"] if answer.status == 201 else None

    def test_devices_are_counted(self):
        server = self.server
        self.addCleanup(lambda: server.put("/api/v1/household", {"when_full": "refuse"}))
        self.add("Max", max_devices=2)
        tv, phone = self.sign_in("max", "tv"), self.sign_in("max", "phone")
        refused = self.sign_in("max", "laptop", expect=409)
        self.assertEqual(refused["type"], "urn:marea:error:too_many_devices")
        self.assertEqual({device["name"] for device in refused["devices"]}, {"tv", "phone"})
        gone = next(device["id"] for device in refused["devices"] if device["name"] == "tv")
        self.sign_in("max", "laptop", remove_device=gone)
        self.assertEqual(server.raw("GET", "/api/v1/me", token=tv).status, 401)
        self.assertEqual(server.raw("GET", "/api/v1/me", token=phone).status, 200)
        server.put("/api/v1/household", {"when_full": "replace"})
        self.sign_in("max", "watch")
        self.assertEqual(server.raw("GET", "/api/v1/me", token=phone).status, 401)  # silent longest
        refused = server.post("/api/v1/login", {"username": "max", "password": "wrong wrong"}, token=False, expect=401)
        self.assertNotIn("devices", refused.json)

    def test_the_command_line_says_the_same(self):
        server = self.server
        added = command(server, "user", "add", "Lee", "--role", "child", "--libraries", "Films", "--rating", "FSK 12", "--json",
                        stdin="battery staple\n")
        self.assertEqual(added.returncode, 0, added.stderr)
        lee = json.loads(added.stdout)
        self.addCleanup(lambda: server.delete(f"{MEMBERS}/{lee['id']}", expect=(204, 404)))
        self.assertEqual((lee["age_limit"], lee["libraries"]), (12, [self.library["Films"]]))
        login = {"username": "lee", "password": "battery staple"}
        token = server.post("/api/v1/login", login, token=False, expect=200).json["access_token"]
        self.assertEqual(self.titles(token), {"Ants"})
        changed = command(server, "user", "set", "Lee", "--rating", "18", "--unrated", "yes", "--streams", "2", "--json")
        self.assertEqual(json.loads(changed.stdout)["max_streams"], 2, changed.stderr)
        wait_for(lambda: self.titles(token) == {"Ants", "Bats", "Cats"}, 15, "the server to take it in")
        listed = json.loads(command(server, "user", "list", "--json").stdout)["items"]
        self.assertEqual(next(one for one in listed if one["username"] == "Lee")["unrated"], True)
        self.assertEqual(command(server, "user", "set", "Lee", "--libraries", "Nowhere").returncode, 1)
        self.assertEqual(command(server, "user", "set", "Lee", "--rating", "nonsense").returncode, 2)
        self.assertEqual(command(server, "user", "remove", "Lee").returncode, 0)
        wait_for(lambda: server.raw("GET", "/api/v1/me", token=token).status == 401, 15, "the log-in to end")


def play_as(server, token, film, preset="mpv"):
    return server.post(f"/api/v1/media/{film}/playback", {"capabilities": {"preset": preset}}, token=token, expect=201).json


if __name__ == "__main__":
    unittest.main()
