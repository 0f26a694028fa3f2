"""People and tokens on the real server: rotation, theft, limits, and the commands beside it."""
import contextlib
import json
import pathlib
import sqlite3
import subprocess
import unittest

from support import PASSWORD, Server, program, wait_for


def command(server, *arguments, stdin=""):
    return subprocess.run([str(program("marea-server")), *arguments, "--data", str(server.data)], capture_output=True,
                          text=True, timeout=180, input=stdin)


def refresh(server, token):
    return server.raw("POST", "/oauth/token", body=f"grant_type=refresh_token&refresh_token={token}", token=None,
                      headers={"Content-Type": "application/x-www-form-urlencoded"})


class Tokens(unittest.TestCase):
    def test_refresh_tokens_rotate_over_restarts(self):
        with Server() as server:
            for _ in range(2):
                old = server.refresh_token
                server.stop()
                server.start()
                server.refresh()
                self.assertNotEqual(server.refresh_token, old)
                self.assertEqual(server.get("/api/v1/me").json["username"], "owner")

    def test_a_stolen_refresh_token_ends_the_log_in_for_both(self):
        with Server() as server:
            stolen = server.refresh_token
            server.refresh()
            server.refresh()
            access, current = server.token, server.refresh_token
            answer = refresh(server, stolen)
            self.assertEqual((answer.status, answer.json["error"]), (400, "invalid_grant"))
            for _ in range(2):
                self.assertEqual(server.raw("GET", "/api/v1/me", token=access).status, 401)
                self.assertEqual(refresh(server, current).status, 400)
                server.kill()
                server.start()
            server.login()
            self.assertEqual(server.get("/api/v1/me").json["role"], "owner")

    def test_a_lost_answer_locks_nobody_out(self):
        with Server() as server:
            old = server.refresh_token
            self.assertEqual(refresh(server, old).status, 200)
            server.kill()
            server.start()
            server.refresh_token = old
            server.refresh()
            server.refresh()
            self.assertEqual(server.get("/api/v1/me").json["username"], "owner")

    def test_sign_out_holds_at_once_and_over_a_kill(self):
        with Server() as server:
            access, current = server.token, server.refresh_token
            server.form("/oauth/revoke", {"token": current})
            self.assertEqual(server.raw("GET", "/api/v1/me", token=access).status, 401)
            server.kill()
            server.start()
            self.assertEqual(server.raw("GET", "/api/v1/me", token=access).status, 401)

    def test_guessing_passwords_is_slowed_down(self):
        with Server() as server:
            answers = [server.raw("POST", "/api/v1/login", body={"username": "owner", "password": f"guess {n}"}, token=None)
                       for n in range(8)]
            self.assertEqual([answer.status for answer in answers][:5], [401] * 5)
            self.assertEqual(answers[-1].status, 429)
            self.assertGreater(int(answers[-1].headers["retry-after"]), 0)
            self.assertEqual(answers[0].headers["content-type"], "application/problem+json")


class BesideTheServer(unittest.TestCase):
    def test_people_come_and_go(self):
        with Server() as server:
            added = command(server, "user", "add", "Bea", "--role", "member", "--json", stdin="battery staple\n")
            self.assertEqual(added.returncode, 0, added.stderr)
            self.assertEqual(json.loads(added.stdout)["role"], "member")
            self.assertEqual(command(server, "user", "add", "bea", stdin="battery staple\n").returncode, 1)
            login = {"username": "bea", "password": "battery staple"}
            bea = server.post("/api/v1/login", login, token=None).json["access_token"]
            self.assertEqual(server.get("/metrics", expect=403, token=bea).json["status"], 403)
            self.assertEqual(command(server, "user", "passwd", "Bea", stdin="another staple\n").returncode, 0)
            wait_for(lambda: server.raw("GET", "/api/v1/me", token=bea).status == 401, 15, "the old log-in to end")
            self.assertEqual(server.raw("POST", "/api/v1/login", body=login, token=None).status, 401)
            names = [user["username"] for user in json.loads(command(server, "user", "list", "--json").stdout)["items"]]
            self.assertEqual(names, ["owner", "Bea"])
            self.assertEqual(command(server, "user", "remove", "Bea").returncode, 0)
            self.assertEqual(command(server, "user", "remove", "owner").returncode, 1)

    def test_tokens_for_scripts(self):
        with Server() as server:
            made = json.loads(command(server, "token", "--user", "owner", "--days", "30", "--json").stdout)
            self.assertEqual(made["expires_in"], 30 * 86400)
            devices = server.get("/api/v1/me/devices", token=made["access_token"]).json["items"]
            self.assertIn("Command line", [device["name"] for device in devices])
            for wrong in (["--user", "nobody"], ):
                self.assertEqual(command(server, "token", *wrong).returncode, 1)
            for wrong in ([], ["--user", "owner", "--days", "0"], ["--user", "owner", "--scope", "x"]):
                self.assertEqual(command(server, "token", *wrong).returncode, 2)

    def test_keys_rotate_beside_the_server(self):
        with Server() as server:
            def published():
                return {key["kid"] for key in server.get("/oauth/jwks.json", token=None).json["keys"]}
            old = published()
            made = json.loads(command(server, "keys", "rotate", "--json").stdout)
            self.assertGreaterEqual(made["signs_from"] - made["created_at"], 600_000)
            wait_for(lambda: published() == old | {made["kid"]}, 30, "the new key to be published")
            self.assertEqual(command(server, "keys", "rotate").returncode, 1, "one is on its way")
            access = server.token
            self.assertEqual(server.get("/api/v1/me").status, 200)
            now = json.loads(command(server, "keys", "rotate", "--now", "--json").stdout)
            wait_for(lambda: server.raw("GET", "/api/v1/me", token=access).status == 401, 30, "the old key to be refused")
            self.assertEqual(published(), {now["kid"]})
            server.refresh()
            server.stop()
            server.start()
            self.assertEqual(server.get("/api/v1/me").json["username"], "owner")
            self.assertEqual(json.loads(command(server, "keys", "list", "--json").stdout)["items"][0]["kid"], now["kid"])

    def test_backup_and_restore(self):
        with Server() as server:
            copy = str(server.data / "copy.db")
            self.assertEqual(command(server, "backup", copy).returncode, 0)
            self.assertEqual(command(server, "backup", copy).returncode, 1, "nothing is overwritten")
            command(server, "user", "add", "Later", stdin=PASSWORD + "\n")
            self.assertEqual(command(server, "restore", copy).returncode, 1, "not under a running server")
            server.stop()
            restored = command(server, "restore", copy)
            self.assertEqual(restored.returncode, 0, restored.stderr)
            names = [user["username"] for user in json.loads(command(server, "user", "list", "--json").stdout)["items"]]
            self.assertEqual(names, ["owner"])
            server.start()
            self.assertEqual(server.get("/api/v1/me").json["username"], "owner")

    def test_what_was_there_before_a_restore_is_kept_whole_in_one_file(self):
        with Server() as server:
            copy = str(server.data / "copy.db")
            self.assertEqual(command(server, "backup", copy).returncode, 0)
            self.assertEqual(command(server, "user", "add", "Later", stdin=PASSWORD + "\n").returncode, 0)
            server.kill()
            self.assertGreater((server.data / "marea.db-wal").stat().st_size, 0, "what came last is in the log alone")
            restored = command(server, "restore", copy, "--json")
            self.assertEqual(restored.returncode, 0, restored.stderr)
            previous = pathlib.Path(json.loads(restored.stdout)["previous"])
            self.assertEqual([path.name for path in server.data.glob(previous.name + "*")], [previous.name])
            with contextlib.closing(sqlite3.connect(f"file:{previous}?immutable=1", uri=True)) as before:
                names = [name for name, in before.execute("SELECT username FROM users ORDER BY username")]
            self.assertEqual(names, ["Later", "owner"])
            server.start()
            self.assertEqual(server.get("/api/v1/me").json["username"], "owner")

    def test_rubbish_is_not_restored(self):
        with Server() as server:
            server.stop()
            rubbish = server.data / "rubbish"
            for content in (b"", b"x" * 9000):
                rubbish.write_bytes(content)
                self.assertEqual(command(server, "restore", str(rubbish)).returncode, 1)
            server.start()
            self.assertEqual(server.get("/api/v1/me").json["username"], "owner")

    def test_doctor_and_the_books(self):
        with Server() as server:
            found = command(server, "doctor", "--json")
            report = json.loads(found.stdout)
            self.assertEqual((found.returncode, report["ok"]), (0, True), report)
            self.assertIn("encoders on devices", [check["name"] for check in report["checks"]])
            self.assertEqual(command(server, "ledger", "burn").returncode, 2)
            said = command(server, "ledger", "check", "--json")
            self.assertEqual((said.returncode, json.loads(said.stdout)["ok"]), (0, True), said.stderr)


if __name__ == "__main__":
    unittest.main()
