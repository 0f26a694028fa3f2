"""What the server does about its process: privacy of its files and memory, crash traces, refused starts."""
import http.client
import pathlib
import signal
import sqlite3
import stat
import subprocess
import tempfile
import unittest
import wave

from support import Server, play, program, wait_for


class Process(unittest.TestCase):
    def test_its_files_are_for_its_owner_only(self):
        with Server() as server:
            for path in [server.data, *server.data.rglob("*")]:
                self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0, path)

    def test_its_memory_does_not_reach_a_core_dump(self):
        with Server() as server:
            limits = pathlib.Path(f"/proc/{server.pid}/limits").read_text()
            core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
            self.assertEqual(core.split()[4], "0")

    def test_a_crash_leaves_a_trace_without_secrets(self):
        with Server() as server:
            server.process.send_signal(signal.SIGSEGV)
            self.assertEqual(server.process.wait(10), -signal.SIGSEGV)
            traces = list((server.data / "crashes").glob("*.txt"))
            self.assertEqual(len(traces), 1)
            text = traces[0].read_text()
            self.assertIn("signal 11", text)
            self.assertRegex(text, r"marea-server.*\[0x[0-9a-f]+\]")
            for secret in (server.token, server.refresh_token, str(server.data), "--listen"):
                self.assertNotIn(secret, text)
            server.start()
            self.assertEqual(server.get("/api/v1/me").json["username"], "owner")

    def test_sigint_ends_it_too(self):
        with Server() as server:
            server.process.send_signal(signal.SIGINT)
            self.assertEqual(server.process.wait(10), 0)

    def test_an_answer_under_way_is_finished_before_the_end(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "long.wav"
            with wave.open(str(path), "wb") as sound:
                sound.setnchannels(2)
                sound.setsampwidth(2)
                sound.setframerate(48000)
                sound.writeframes(bytes(48000 * 4 * 300))  # 57 MB: more than the sockets take in
            with Server(libraries={"Music": folder}) as server:
                server.wait_until_idle()
                track = next(item for item in server.all_media() if item["kind"] == "track")
                connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=180)
                connection.request("GET", play(server, track["id"])["url"])
                answer = connection.getresponse()
                first = answer.read(100_000)
                server.process.send_signal(signal.SIGTERM)
                wait_for(lambda: "server.draining" in server.log, 5)
                self.assertEqual(len(first) + len(answer.read()), path.stat().st_size)
                connection.close()
                self.assertEqual(server.process.wait(10), 0)

    def test_a_newer_database_is_refused_untouched(self):
        with Server() as server:
            server.stop()
            database = sqlite3.connect(server.data / "marea.db")
            database.execute("PRAGMA user_version = 9999")
            database.close()
            done = subprocess.run(server.command(), capture_output=True, text=True, timeout=180)
            self.assertEqual(done.returncode, 1)
            self.assertIn("newer version", done.stderr)
            self.assertEqual(done.stdout, "")

    def test_a_folder_that_cannot_be_made_is_said(self):
        done = subprocess.run([str(program("marea-server")), "--data", "/proc/none", "--listen", "127.0.0.1:0"],
                              capture_output=True, text=True, timeout=180)
        self.assertEqual(done.returncode, 1)
        self.assertIn("/proc/none", done.stderr)

    def test_metrics_count(self):
        with Server() as server:
            wait_for(lambda: 'marea_ready{part="database"} 1' in server.get("/metrics").text, 10)
            self.assertIn("marea_http_requests_total", server.get("/metrics").text)


if __name__ == "__main__":
    unittest.main()
