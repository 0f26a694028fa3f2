"""The server as a process: start, ready line, accounts across restarts, the lock, the end."""
import json
import subprocess
import tempfile
import time
import unittest

from support import PATIENCE, PASSWORD, Server, program, wait_for


def run(*arguments, timeout=180):
    return subprocess.run([str(program("marea-server")), *arguments], capture_output=True, text=True, timeout=timeout,
                          stdin=subprocess.DEVNULL)


class CommandLine(unittest.TestCase):
    def test_version_names_the_commit(self):
        for name in ("marea-server", "marea-worker"):
            said = subprocess.run([str(program(name)), "--version"], capture_output=True, text=True, timeout=180)
            self.assertEqual(said.returncode, 0, name)
            self.assertRegex(said.stdout, r"\d+\.\d+\.\d+.*(?:[0-9a-f]{7,}|unknown)")

    def test_wrong_usage_is_2(self):
        for arguments in (["no-such-command"], ["serve", "--no-such-flag"], ["serve", "--listen", "nonsense"]):
            done = run(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertTrue(done.stderr.strip(), arguments)
            self.assertEqual(done.stdout, "")

    def test_help_is_on_standard_output(self):
        for arguments in (["--help"], ["serve", "--help"], ["token", "--help"]):
            done = run(*arguments)
            self.assertEqual(done.returncode, 0, arguments)
            self.assertIn("--", done.stdout)

    def test_a_mistake_in_the_configuration_is_named_with_its_line(self):
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/server.toml"
            with open(path, "w") as file:
                file.write('name = "x"\nlissen = "127.0.0.1:0"\n')
            done = run("serve", "--config", path, "--data", folder)
            self.assertIn(done.returncode, (1, 2))
            self.assertIn(":2", done.stderr)
            self.assertIn("lissen", done.stderr)


class Lifecycle(unittest.TestCase):
    def test_ready_line_and_health(self):
        with Server() as server:
            self.assertRegex(server.ready["url"], r"^http://127\.0\.0\.1:\d+$")
            self.assertTrue(server.ready["setup_code"])
            self.assertEqual(server.raw("GET", "/healthz", token=None).status, 200)
            self.assertEqual(server.raw("GET", "/readyz", token=None).status, 200)
            self.assertFalse(server.get("/api/v1/server", token=None).json["setup_needed"])

    def test_without_libraries_there_is_nothing_to_wait_for(self):
        with Server() as server:
            self.assertEqual(server.wait_until_idle(1), [])

    def test_standard_output_holds_json_alone(self):
        with Server() as server:
            server.stop()
            for line in server.output:
                json.loads(line)

    def test_sigterm_ends_it_well_and_soon(self):
        with Server() as server:
            began = time.monotonic()
            self.assertEqual(server.stop(), 0)
            self.assertLess(time.monotonic() - began, 10 * PATIENCE)
            self.assertEqual(server.workers(), [])

    def test_a_data_folder_has_one_server(self):
        with Server() as server:
            second = run("serve", "--listen", "127.0.0.1:0", "--data", str(server.data))
            self.assertEqual(second.returncode, 1)
            self.assertTrue(second.stderr.strip())
            self.assertEqual(server.raw("GET", "/healthz", token=None).status, 200)

    def test_a_taken_port_is_a_failure_in_words(self):
        with Server() as server, tempfile.TemporaryDirectory() as folder:
            done = run("serve", "--listen", server.url.removeprefix("http://"), "--data", folder)
            self.assertEqual(done.returncode, 1)
            self.assertTrue(done.stderr.strip())

    def test_log_in_survives_a_restart_and_a_kill(self):
        with Server() as server:
            server.kill()
            server.start()
            self.assertIsNone(server.ready["setup_code"])
            self.assertEqual(server.get("/api/v1/me").json["username"], "owner")
            server.stop()
            server.start()
            server.refresh()
            self.assertEqual(server.get("/api/v1/me").json["role"], "owner")

    def test_setup_works_once_and_with_the_code_alone(self):
        with Server(setup=False) as server:
            wrong = {"code": "wrong", "username": "owner", "password": PASSWORD}
            self.assertEqual(server.raw("POST", "/api/v1/setup", body=wrong, token=None).status, 403)
            server.setup()
            again = {"code": server.setup_code, "username": "other", "password": PASSWORD}
            self.assertEqual(server.raw("POST", "/api/v1/setup", body=again, token=None).status, 409)

    def test_logs_hold_no_secret(self):
        with Server() as server:
            server.login()
            server.raw("GET", "/api/v1/media?access_token=" + server.token)
            secrets = [server.token, server.refresh_token, PASSWORD]
            server.stop()
            for secret in secrets:
                self.assertNotIn(secret, server.log)

    def test_token_command(self):
        with Server() as server:
            done = run("token", "--user", "owner", "--data", str(server.data))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(server.get("/api/v1/me", token=done.stdout.strip()).json["username"], "owner")

    def test_an_ended_log_in_opens_nothing_more(self):
        with Server() as server:
            old = server.token
            server.login(device="second")
            devices = server.get("/api/v1/me/devices").json["items"]
            other = next(device for device in devices if not device["current"])
            server.delete(f"/api/v1/me/devices/{other['id']}")
            wait_for(lambda: server.raw("GET", "/api/v1/me", token=old).status == 401, 5)


if __name__ == "__main__":
    unittest.main()
