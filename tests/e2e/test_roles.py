"""Roles in processes of their own: background jobs are done by a helper beside the server, which takes over what a killed
server left."""
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import unittest

from support import Server, make_film, play, program, wait_for

JOBS = "/api/v1/admin/jobs"
LEASE = 2  # seconds


class Helper(Server):
    """A process with the role "transcode" alone, on a server's data folder."""

    def __init__(self, server, listen="127.0.0.1:0", args=()):
        super().__init__(data=server.data, setup=False, start=False, listen=listen, args=args)
        self.token = server.token

    def command(self):
        listen = ["--listen", self.listen] if self.listen else []
        return [str(program("marea-server")), "serve", "--roles", "transcode", "--data", str(self.data), *listen, *self.args]

    @property
    def log_path(self):
        return self.data.parent / f"{self.data.name}.helper.log"


class Roles(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="marea-roles-")
        self.addCleanup(folder.cleanup)
        self.films, self.data = pathlib.Path(folder.name) / "Films", pathlib.Path(folder.name) / "data"
        self.settings = pathlib.Path(folder.name) / "server.toml"
        self.settings.write_text(f"[farm]\nlease = {LEASE}\nloudness = false\n")

    def server(self, *args, start=True):
        server = Server(libraries={"Films": self.films}, data=self.data, start=start, args=("--config", str(self.settings), *args))
        self.addCleanup(server.close)
        return server

    def helper(self, server, **more):
        helper = Helper(server, args=("--config", str(self.settings)), **more)
        self.addCleanup(helper.close)
        helper.start()
        return helper

    def sheets(self):
        return sorted((self.data / "cache" / "sprites").glob("*/*.jpg"), key=lambda path: int(path.stem))

    def job(self):
        """The one job, as the database has it."""
        with sqlite3.connect(self.data / "marea.db", timeout=180) as database:
            database.row_factory = sqlite3.Row
            row = database.execute("SELECT * FROM jobs").fetchone()
        database.close()
        return row

    def test_a_helper_does_what_the_server_queues(self):
        make_film(self.films / "Tide (2020).mkv", 40)
        server = self.server("--roles", "apps,vs,as")
        wait_for(lambda: self.job(), 60, "the job")
        self.assertEqual(self.job()["state"], "queued")
        self.assertIn('marea_role{role="apps"} 1', server.get("/metrics").text)
        helper = self.helper(server)
        self.assertIsNone(helper.ready["setup_code"])
        wait_for(lambda: self.job()["state"] == "done", 300, "the helper's work")
        job, = server.get(JOBS).json["items"]
        self.assertEqual((job["state"], job["attempts"]), ("done", 1))
        self.assertTrue(job["worker"].startswith(f"transcode process {helper.pid} "), job["worker"])
        wait_for(lambda: "marea_farm_jobs_done_total 1\n" in helper.get("/metrics").text, 20, "the helper's metrics")
        told = server.get("/metrics").text
        self.assertIn("marea_farm_jobs_done_total 0\n", told)
        self.assertIn('marea_role{role="transcode"} 1', helper.get("/metrics").text)
        # What it made is the server's to give out.
        played = play(server, server.all_media()[0]["id"])
        for path in self.sheets():
            answer = server.get(played["sprites_url"].replace("sprites.vtt", path.name), token=False)
            self.assertEqual(answer.body, path.read_bytes())
        self.assertIn("\nmarea_title_parts_made_total 0\n", server.get("/metrics").text)

    def test_a_helper_answers_no_users(self):
        self.films.mkdir()
        server = self.server()
        helper = self.helper(server)
        self.assertEqual(helper.get("/healthz", token=False).json, {"status": "ok"})
        wait_for(lambda: helper.raw("GET", "/readyz", token=False).status == 200, 20, "its workers")
        helper.get("/metrics", expect=401, token=False)
        for path in ("/api/v1/media", "/api/v1/me", "/api/v1/openapi.json", JOBS, "/"):
            self.assertEqual(helper.raw("GET", path).status, 404, path)
        self.assertEqual(helper.stop(), 0)
        quiet = self.helper(server, listen=None)
        self.assertIsNone(quiet.ready["url"])
        self.assertEqual(quiet.stop(10), 0)

    def test_a_killed_servers_job_is_taken_over_and_gone_on_with(self):
        make_film(self.films / "Ebb (2021).mp4", 300, size="640x360", rate=4)
        server = self.server()
        wait_for(lambda: self.sheets(), 300, "the first sheet", 0.005)
        # Nothing more comes of the server's work, so that the kill is in the middle of it.
        for worker in server.workers():
            os.kill(worker, signal.SIGSTOP)
        helper = self.helper(server)
        self.assertEqual(self.job()["state"], "leased", "the film was too short for this test")
        self.assertTrue(self.job()["lease_owner"].startswith(f"server process {server.pid} "))
        made = {path.name: path.stat().st_mtime_ns for path in self.sheets()}
        server.kill()
        wait_for(lambda: self.job()["state"] == "done", 300, "the helper to take over")
        self.assertEqual(self.job()["attempts"], 2)
        self.assertTrue(self.job()["lease_owner"].startswith(f"transcode process {helper.pid} "))
        after = {path.name: path.stat().st_mtime_ns for path in self.sheets()}
        self.assertEqual(len(after), 4)
        self.assertLess(len(made), 4)
        self.assertEqual({name: after[name] for name in made}, made, "sheets that were there are not made again")
        # A new server finds the helper at work, and its results.
        server.start()
        server.login()
        job, = server.get(JOBS).json["items"]
        self.assertEqual(job["state"], "done")
        played = play(server, server.all_media()[0]["id"])
        self.assertIn("3.jpg#xywh=", server.get(played["sprites_url"], token=False).text)

    def test_a_helper_that_ends_gives_its_job_back(self):
        make_film(self.films / "Ebb (2021).mp4", 300, size="640x360", rate=4)
        server = self.server("--roles", "apps,vs,as")
        wait_for(lambda: self.job(), 60, "the job")
        helper = self.helper(server)
        wait_for(lambda: self.job()["state"] != "queued", 30, "the helper to begin", 0.005)
        for worker in helper.workers():
            os.kill(worker, signal.SIGSTOP)
        self.assertEqual(helper.stop(10), 0)
        self.assertEqual((self.job()["state"], self.job()["attempts"]), ("queued", 0), "the film was too short for this test")
        self.helper(server)
        wait_for(lambda: self.job()["state"] == "done", 300, "the next helper's work")

    def test_who_may_use_a_data_folder(self):
        self.films.mkdir()
        server = self.server()
        helper = self.helper(server, listen=None)

        def refused(*command):
            line = [str(program("marea-server")), *command, "--data", str(self.data)]
            done = subprocess.run(line, capture_output=True, text=True, timeout=180)
            self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
            return done.stderr
        self.assertIn(f"process {server.pid}", refused("serve", "--listen", "127.0.0.1:0"))
        server.stop()
        backup = self.data.parent / "copy.db"
        shutil.copy(self.data / "marea.db", backup)
        self.assertIn("Helpers", refused("restore", str(backup)))
        helper.stop()
        for version, words in ((1, "older version"), (9999, "newer version")):
            with sqlite3.connect(self.data / "marea.db") as database:
                before, = database.execute("PRAGMA user_version").fetchone()
                database.execute(f"PRAGMA user_version = {version}")
            self.assertIn(words, refused("serve", "--roles", "transcode"))
            database.execute(f"PRAGMA user_version = {before}")
            database.close()
        # Helpers of another version keep a server from changing anything.
        lock = self.data / "helpers.lock"
        with subprocess.Popen(["flock", "--shared", str(lock), "cat"], stdin=subprocess.PIPE) as other:
            lock.write_text("0.0.1+old")
            wait_for(lambda: subprocess.run(["flock", "--exclusive", "--nonblock", str(lock), "true"]).returncode, 10, "the lock")
            self.assertIn("0.0.1+old", refused("serve", "--listen", "127.0.0.1:0"))
            self.assertIn("0.0.1+old", refused("serve", "--roles", "transcode"))
            other.stdin.close()
        server.start()


if __name__ == "__main__":
    unittest.main()
