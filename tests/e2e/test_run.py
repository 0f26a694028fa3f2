"""./run: the demo library, the server and the player by one command, and the end of all of it."""
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import unittest

from support import PASSWORD, ROOT, Client, Display, bin_dir, http_request, make_film, program, require_program, wait_for


class Running:
    """./run on the tests' build, its standard output and error in files."""

    def __init__(self, *arguments, env=None):
        self.folder = tempfile.TemporaryDirectory(prefix="marea-run-")
        self.out, self.err = pathlib.Path(self.folder.name) / "out", pathlib.Path(self.folder.name) / "err"
        env = {**os.environ, **(env or {}), "MAREA_BUILD": str(bin_dir().parent)}
        with open(self.out, "wb") as out, open(self.err, "wb") as err:
            self.process = subprocess.Popen([str(ROOT / "run"), *map(str, arguments)], env=env, stdin=subprocess.DEVNULL,
                                            stdout=out, stderr=err, preexec_fn=self.interruptible)

    @staticmethod
    def interruptible():
        """A shell cannot trap what was ignored when it started, as in a test run in the background."""
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    @property
    def said(self):
        return self.err.read_text(errors="replace")[-3000:]

    def ready(self, seconds=120):
        def line():
            text = self.out.read_text()
            return text.splitlines()[0] if "\n" in text else self.process.poll() is not None
        found = wait_for(line, seconds, "the ready line of ./run")
        if found is True:
            raise AssertionError(f"./run ended with {self.process.returncode}:\n{self.said}")
        return json.loads(found)

    def children(self):
        """Command lines of marea programs that run in this run's process tree."""
        from_pid, parents, names = self.process.pid, {}, {}
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                head, rest = stat.read_text().rsplit(")", 1)
            except OSError:
                continue
            parents[int(stat.parent.name)] = int(rest.split()[1])
            names[int(stat.parent.name)] = head.split("(", 1)[1]

        def below(pid):
            while pid and pid != from_pid:
                pid = parents.get(pid)
            return pid == from_pid
        return {pid: name for pid, name in names.items() if name.startswith("marea") and below(pid)}

    def end(self, how=signal.SIGTERM):
        started = self.children()
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            code = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError(f"./run did not end:\n{self.said}") from None
        left = [pid for pid in started if pathlib.Path(f"/proc/{pid}").exists()]
        self.folder.cleanup()
        return code, left


class Run(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        require_program("ffmpeg")
        folder = tempfile.TemporaryDirectory(prefix="marea-run-data-")
        cls.addClassCleanup(folder.cleanup)
        cls.root = pathlib.Path(folder.name)
        make_film(cls.root / "Clips" / "Foam (2020).mp4", 4)

    def running(self, *arguments, **more):
        running = Running(*arguments, **more)
        self.addCleanup(lambda: running.process.poll() is None and running.end())
        return running

    def test_without_a_folder_it_makes_a_library_and_serves_it(self):
        running = self.running("--server-only", "--port", "0", "--data", self.root / "demo")
        client = Client()
        ready = running.ready()
        client.url = ready["url"]
        client.token = client.post("/api/v1/setup", {"code": ready["setup_code"], "username": "ana", "password": PASSWORD},
                                   token=None).json["access_token"]
        client.wait_until_idle()
        items = client.all_media()
        kinds = [item["kind"] for item in items]
        self.assertEqual((kinds.count("movie"), kinds.count("album"), kinds.count("track")), (2, 1, 4))
        self.assertEqual({item["status"] for item in items}, {"ok"})
        film = client.get("/api/v1/media/" + next(i["id"] for i in items if i["title"] == "Tides")).json
        streams = film["files"][0]["streams"]
        self.assertEqual([c["title"] for c in film["chapters"]], ["Dawn", "The sea", "Deep water", "Night lights"])
        for kind in ("audio", "subtitle"):
            languages = [s["language"][:2] for s in streams if s["kind"] == kind]
            self.assertEqual(languages, ["en", "es"], kind)
        self.assertTrue(all(i["artwork_url"] for i in items if i["kind"] in ("movie", "album")))
        picture = http_request(client.url + film["artwork_url"] + "&w=320")
        self.assertEqual((picture.status, picture.headers["content-type"].split("/")[0]), (200, "image"))
        self.assertEqual(running.end(), (0, []))

    def test_interrupt_ends_all_of_it(self):
        running = self.running(self.root / "Clips", "--server-only", "--port", "0", "--data", self.root / "clips")
        running.ready()
        self.assertEqual(running.end(signal.SIGINT), (0, []))

    def test_a_second_start_needs_no_code(self):
        arguments = (self.root / "Clips", "--server-only", "--port", "0", "--data", self.root / "twice")
        first = self.running(*arguments)
        ready = first.ready()
        http_request(ready["url"] + "/api/v1/setup", "POST", {"code": ready["setup_code"], "username": "ana", "password": PASSWORD})
        first.end()
        second = self.running(*arguments)
        self.assertIsNone(second.ready()["setup_code"])
        self.assertEqual(second.end(), (0, []))

    def test_the_player_opens_where_there_is_a_screen(self):
        if not program("marea").exists():
            self.skipTest("the desktop player is not built")
        with Display() as display:
            running = self.running(self.root / "Clips", "--port", "0", "--data", self.root / "screen",
                                   env={**display.env, "XDG_CONFIG_HOME": str(self.root / "config"),
                                        "XDG_STATE_HOME": str(self.root / "state")})
            running.ready()
            wait_for(lambda: display.xdotool("search", "--onlyvisible", "--name", "Marea"), 60, "the player's window")
            self.assertEqual(running.end(), (0, []))

    def test_wrong_usage(self):
        for arguments, code in ((["--no-such"], 2), (["--port"], 2), (["--port", "x"], 2), (["/no/such/folder"], 1)):
            done = subprocess.run([str(ROOT / "run"), *arguments], capture_output=True, text=True, timeout=180,
                                  env={**os.environ, "MAREA_BUILD": str(bin_dir().parent), "HOME": str(self.root)})
            self.assertEqual(done.returncode, code, arguments)
            self.assertEqual(done.stdout, "")
            self.assertTrue(done.stderr)


if __name__ == "__main__":
    unittest.main()
