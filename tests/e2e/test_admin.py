"""What owners see of a server and steer, by its API and by commands beside it while it runs."""
import json
import pathlib
import signal
import subprocess
import tempfile
import unittest

from support import PATIENCE, Server, Underway, lengthen, make_film, play, program, wait_for

CONFIG = """
[limits]
sessions_per_user = {sessions}
[gateway]
cors_origins = [{origins}]
[log]
level = "{level}"
"""


class Admin(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        root = pathlib.Path(cls.folder.name)
        cls.films, cls.more, cls.config = root / "films", root / "more", root / "server.toml"
        for folder in (cls.films, cls.more):
            folder.mkdir()
        lengthen(make_film(cls.films / "Ebb (2019).mp4", seconds=3))
        make_film(cls.more / "Flow (2020).mp4", seconds=3)
        cls.configure()
        cls.server = Server(libraries={"Films": cls.films}, args=["--config", str(cls.config)])
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.film = cls.server.all_media("kind=movie")[0]["id"]

    @classmethod
    def configure(cls, sessions=5, origins="", level="info", more=""):
        cls.config.write_text(CONFIG.format(sessions=sessions, origins=origins, level=level) + more)

    def run_command(self, *words, code=0):
        done = subprocess.run([str(program("marea-server")), *words, "--data", str(self.server.data)], capture_output=True,
                              text=True, timeout=60 * PATIENCE, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def command(self, *words):
        return json.loads(self.run_command(*words, "--json").stdout)

    def records(self, query=""):
        return self.server.get("/api/v1/admin/logs?limit=1000" + query).json["items"]

    def test_a_playback_is_seen_and_ended_with_a_reason(self):
        session = play(self.server, self.film)
        self.server.put(f"/api/v1/sessions/{session['session_id']}", {"position": 1.5, "state": "playing"})
        one = next(s for s in self.command("sessions")["items"] if s["id"] == session["session_id"])
        self.assertEqual((one["username"], one["title"], one["mode"], one["position"]), ("owner", "Ebb", "direct", 1.5))
        self.assertEqual(self.server.raw("GET", session["url"], token=False).status, 200)
        self.run_command("sessions", "end", session["session_id"], "--reason", "The server moves house")
        said = self.server.raw("PUT", f"/api/v1/sessions/{session['session_id']}", body={"position": 2, "state": "playing"})
        self.assertEqual(said.status, 404)
        self.assertIn("The server moves house", said.json["detail"])
        refused = self.server.raw("GET", session["url"], token=False)
        self.assertEqual(refused.status, 403)
        self.assertIn("The server moves house", refused.json["detail"])
        again = play(self.server, self.film)
        self.assertEqual(self.server.raw("GET", again["url"], token=False).status, 200)
        self.server.delete(f"/api/v1/sessions/{again['session_id']}")
        self.assertIn("sessions end", self.run_command("audit", "--action", "command.sessions").stdout)

    def cut(self, url, end, headers=None):
        """What is under way ends when `end` is called, and not before."""
        under_way = Underway(self.server.url + url, headers)
        self.assertEqual(under_way.status, 200)
        end()
        self.assertLess(under_way.take_rest(), under_way.length // 2)

    def test_an_answer_under_way_ends_with_its_playback(self):
        session = play(self.server, self.film)
        another = Underway(self.server.url + f"/api/v1/media/{self.film}/file", {"Authorization": f"Bearer {self.server.token}"})
        self.cut(session["url"], lambda: self.run_command("sessions", "end", session["session_id"], "--reason", "Bedtime"))
        said = self.server.raw("PUT", f"/api/v1/sessions/{session['session_id']}", body={"position": 2, "state": "playing"})
        self.assertEqual((said.json["code"], said.json["message"]), ("ended_by_owner", "Bedtime"))
        session = play(self.server, self.film)
        self.cut(session["url"], lambda: self.server.delete(f"/api/v1/sessions/{session['session_id']}"))
        self.assertEqual(another.take_rest(), another.length)  # a download is no part of it

    def test_one_of_two_playbacks_of_a_device_leaves_the_other_its_answers(self):
        first, second = play(self.server, self.film), play(self.server, self.film)
        under_way = Underway(self.server.url + first["url"])
        self.server.delete(f"/api/v1/sessions/{first['session_id']}")
        self.assertEqual(under_way.take_rest(), under_way.length)
        self.server.delete(f"/api/v1/sessions/{second['session_id']}")

    def test_answers_under_way_end_with_a_sign_out_and_an_app_password(self):
        mine = self.server.token
        self.addCleanup(lambda: setattr(self.server, "token", mine))
        self.server.login(device="guest room")
        guest = {"Authorization": f"Bearer {self.server.token}"}
        session = play(self.server, self.film)
        download = Underway(self.server.url + f"/api/v1/media/{self.film}/file", guest)
        device = next(d for d in self.server.get("/api/v1/me/devices").json["items"] if d["current"])
        self.cut(session["url"], lambda: self.server.delete(f"/api/v1/me/devices/{device['id']}"))
        self.assertLess(download.take_rest(), download.length // 2)
        self.server.token = mine
        self.run_command("sessions", "end", session["session_id"])
        made = self.server.post("/api/v1/me/app-passwords", {"name": "Phone"}).json
        self.cut(f"/rest/stream?c=test&v=1.16.1&id={self.film}&apiKey={made['password']}",
                 lambda: self.server.delete(f"/api/v1/me/app-passwords/{made['id']}"))

    def test_answers_to_an_app_password_end_when_the_account_gets_another_password(self):
        mine = self.server.token
        self.addCleanup(lambda: setattr(self.server, "token", mine))
        member = self.server.post("/api/v1/household/members", {"username": "cut", "password": "a long enough one", "role": "member"}).json
        self.server.login("cut", "a long enough one")
        made = self.server.post("/api/v1/me/app-passwords", {"name": "Phone"}).json
        self.server.token = mine
        self.cut(f"/rest/stream?c=test&v=1.16.1&id={self.film}&apiKey={made['password']}",
                 lambda: self.server.put(f"/api/v1/household/members/{member['id']}", {"password": "another long one"}))

    def test_the_log_is_read_and_followed_without_secrets(self):
        page = self.server.get("/api/v1/admin/logs?level=info&limit=1000").json
        self.assertIn("server.started", [record["event"] for record in page["items"]])
        self.assertEqual([record["seq"] for record in page["items"]], sorted(record["seq"] for record in page["items"]))
        self.assertNotIn(self.server.token, json.dumps(page))
        follower = subprocess.Popen([str(program("marea-server")), "logs", "--follow", "--json", "--limit", "1", "--data",
                                     str(self.server.data)], stdout=subprocess.PIPE, text=True)
        try:
            json.loads(follower.stdout.readline())  # the latest: it follows from here
            self.server.post("/api/v1/admin/reload")
            while json.loads(follower.stdout.readline())["event"] != "config.reloaded":
                pass
        finally:
            follower.kill()
            follower.communicate()

    def test_sighup_takes_what_can_be_taken_and_a_mistake_changes_nothing(self):
        origin = "https://player.example"

        def allowed():
            answer = self.server.raw("GET", "/api/v1/server", token=False, headers={"Origin": origin})
            return answer.headers.get("access-control-allow-origin") == origin
        self.assertFalse(allowed())
        self.configure(sessions=1, origins=f'"{origin}"', level="debug", more="[farm]\nlease = 77\n")
        self.server.process.send_signal(signal.SIGHUP)
        wait_for(allowed, what="the origin to be let in")
        record = wait_for(lambda: next((r for r in self.records() if r["event"] == "config.reloaded" and "farm" in r["needs_restart"]), None))
        self.assertEqual(json.loads(record["taken"]), ["log.level", "gateway.cors_origins", "limits.sessions_per_user"])
        self.assertEqual(json.loads(record["needs_restart"]), ["farm.lease"])
        first = play(self.server, self.film)
        self.assertEqual(self.server.raw("POST", f"/api/v1/media/{self.film}/playback", body={"capabilities": {"preset": "mpv"}}).status, 429)
        self.server.delete(f"/api/v1/sessions/{first['session_id']}")

        self.configure(more="[farm]\nlease = true\n")
        self.server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: any(r["event"] == "config.not_reloaded" for r in self.records("&level=error")))
        self.assertTrue(allowed())
        refused = self.server.raw("POST", "/api/v1/admin/reload")
        self.assertEqual(refused.status, 422)
        self.assertRegex(refused.json["detail"], r"server\.toml:\d+: ")

        self.configure()
        self.assertEqual(self.command("reload")["needs_restart"], [])
        wait_for(lambda: not allowed())

    def test_libraries_and_scans_beside_the_running_server(self):
        self.assertEqual(self.command("library", "list")["items"][0]["name"], "Films")
        added = self.command("library", "add", "More", str(self.more))
        try:
            self.command("scan", "start", "More")
            self.assertIn("Flow", [item["title"] for item in self.server.all_media("kind=movie")])
            self.assertEqual({one["state"] for one in self.command("scan", "status")["items"]}, {"idle"})
            self.command("scan", "cancel")
            self.run_command("scan", "start", "Nowhere", code=1)
            self.assertIn("looks up what has no match.", self.run_command("library", "refresh").stdout)
        finally:
            self.command("library", "remove", "More")
        self.assertNotIn(added["id"], [library["id"] for library in self.server.libraries()])

    def test_storage_and_jobs(self):
        report = self.command("storage")
        self.assertEqual(set(report), set(self.server.get("/api/v1/admin/storage").json))
        library = next(one for one in report["libraries"] if one["name"] == "Films")
        self.assertEqual((library["files"], library["bytes"]), (1, (self.films / "Ebb (2019).mp4").stat().st_size))
        self.assertGreater(library["total"], library["free"])
        self.assertGreater(report["database"]["bytes"], 0)
        self.assertIn("Database", self.run_command("storage").stdout)
        sprites = wait_for(lambda: self.command("jobs", "list", "--kind", "sprites")["items"], what="a job for the film")
        self.assertEqual({job["kind"] for job in sprites}, {"sprites"})
        self.run_command("jobs", "cancel", "nothing", code=1)
        self.run_command("jobs", "--state", "lost", code=1)

    def test_every_command_explains_itself(self):
        for command in ("jobs", "sessions", "storage", "logs", "reload", "audit", "scan", "library"):
            self.assertIn("--json", self.run_command(command, "--help").stdout)
        self.run_command("sessions", "end", code=2)
        self.run_command("jobs", "cancel", code=2)
        self.run_command("scan", "faster", code=2)


class Alone(unittest.TestCase):
    def test_without_a_server_what_needs_one_says_so(self):
        with tempfile.TemporaryDirectory() as data:
            for command in ("sessions", "logs", "reload"):
                done = subprocess.run([str(program("marea-server")), command, "--data", data], capture_output=True, text=True,
                                      timeout=60 * PATIENCE)
                self.assertEqual(done.returncode, 1)
                self.assertIn("No server runs", done.stderr)
            done = subprocess.run([str(program("marea-server")), "storage", "--json", "--data", data], capture_output=True, text=True,
                                  timeout=60 * PATIENCE)
            self.assertEqual(json.loads(done.stdout)["libraries"], [])


if __name__ == "__main__":
    unittest.main()
