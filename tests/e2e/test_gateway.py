"""What the gateway does for every route: limits on requests, the audit log, CORS, and TLS with a certificate of its own."""
import http.client
import json
import os
import pathlib
import re
import ssl
import subprocess
import tempfile
import unittest
import urllib.parse

from media import require_program
from support import PASSWORD, PATIENCE, Server, http_request, program, wait_for

ORIGIN = "https://player.example"


def command(server, *words, given=None):
    """A command beside the running server; its JSON."""
    done = subprocess.run([str(program("marea-server")), *words, "--json", "--data", str(server.data)], input=given, text=True,
                          capture_output=True, timeout=30 * PATIENCE)
    if done.returncode:
        raise AssertionError(f"{words}: {done.stderr}")
    return json.loads(done.stdout)


class Requests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-gateway-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        config = cls.folder / "marea.toml"
        config.write_text(f"""
            gateway = {{ trusted_proxies = ["127.0.0.1"], cors_origins = ["{ORIGIN}"] }}
            limits = {{ searches_per_user = 1, requests_per_address = 20 }}
            rule = [{{ name = "figures from near", paths = ["/metrics"], from = ["192.0.2.128/25"] }}]
        """)
        cls.server = Server(args=["--config", str(config)])
        cls.addClassCleanup(cls.server.close)
        command(cls.server, "user", "add", "bea", given="another good password\n")
        cls.owner = cls.server.token
        cls.member = cls.server.post("/api/v1/login", {"username": "bea", "password": "another good password"},
                                     token=False).json["access_token"]

    def entries(self, query=""):
        return self.server.get(f"/api/v1/admin/audit?limit=200{query}").json["items"]

    def until_refused(self, path, address, **more):
        """Asks as a client of that address until it is too much; how often it was not, and the refusal."""
        for count in range(1000):
            answer = self.server.request("GET", path, headers={"X-Forwarded-For": address}, **more)
            if answer.status == 429:
                return count, answer
            self.assertEqual(answer.status, 200)
        self.fail("nothing was refused")

    def refusals(self):
        return int(re.search(r"^marea_http_rate_refusals_total (\d+)", self.server.get("/metrics").text, re.M)[1])

    def test_a_user_who_searches_too_often_waits(self):
        before = self.refusals()
        allowed, refused = self.until_refused("/api/v1/search?q=tide", "192.0.2.1")
        self.assertGreaterEqual(allowed, 10)
        self.assertGreaterEqual(int(refused.headers["retry-after"]), 1)
        self.assertEqual(refused.json["type"], "urn:marea:error:busy")
        elsewhere = {"X-Forwarded-For": "192.0.2.2"}
        self.server.get("/api/v1/search?q=tide", token=self.member, headers=elsewhere)
        self.server.get("/api/v1/me", headers=elsewhere)
        self.assertEqual(self.refusals(), before + 1)

    def test_pages_for_files_of_a_user_who_searches_too_often_wait_too(self):
        command(self.server, "user", "add", "cid", given="a third good password\n")
        near = {"X-Forwarded-For": "192.0.2.77"}
        entered = http_request(self.server.url + "/files/enter", "POST",
                               urllib.parse.urlencode({"username": "cid", "password": "a third good password"}),
                               headers={"Content-Type": "application/x-www-form-urlencoded", **near})
        self.assertEqual(entered.status, 303, entered)
        near["Cookie"] = entered.headers["set-cookie"].split(";")[0]
        statuses = []
        while len(statuses) < 100 and 429 not in statuses:
            answer = http_request(self.server.url + "/files?q=tide", headers=near)
            statuses.append(answer.status)
        self.assertEqual(set(statuses), {200, 429})
        self.assertGreaterEqual(int(answer.headers["retry-after"]), 1)
        self.assertEqual(http_request(self.server.url + "/files", headers=near).status, 200, "lists are no searches")

    def test_music_players_of_a_user_who_searches_too_often_wait_too(self):
        key = self.server.post("/api/v1/me/app-passwords", {"name": "Player"}, token=self.member).json["password"]
        allowed, refused = self.until_refused(f"/rest/search3?query=tide&f=json&apiKey={key}", "192.0.2.5", token=False)
        self.assertGreaterEqual(allowed, 5)  # of ten, which searches elsewhere count for, too
        self.assertGreaterEqual(int(refused.headers["retry-after"]), 1)
        self.assertEqual(refused.json["subsonic-response"]["status"], "failed")
        elsewhere = {"X-Forwarded-For": "192.0.2.6"}
        self.assertEqual(self.server.request("GET", f"/rest/ping?f=json&apiKey={key}", token=False, headers=elsewhere).status, 200)

    def test_an_address_that_asks_too_often_waits_whoever_it_says_it_is(self):
        allowed, _ = self.until_refused("/healthz", "192.0.2.3", token=False)
        self.assertGreaterEqual(allowed, 200)
        self.assertEqual(self.server.request("GET", "/healthz", headers={"X-Forwarded-For": "192.0.2.4"}).status, 200)
        self.assertEqual(self.server.request("GET", "/healthz").status, 200)

    def test_rules_of_the_configuration_and_those_of_every_server_hold(self):
        far = self.server.request("GET", "/metrics", headers={"X-Forwarded-For": "192.0.2.129"})
        self.assertEqual((far.status, far.json["type"]), (403, "urn:marea:error:refused"))
        self.assertEqual(self.server.request("GET", "/metrics", headers={"X-Forwarded-For": "192.0.2.127"}).status, 200)
        self.assertEqual(self.server.request("TRACE", "/healthz", token=False).status, 501)
        self.assertEqual(self.server.request("GET", "/api/v1/media/%252e%252e", token=False).status, 400)
        self.assertIn("rule figures from near", self.server.log)
        self.assertRegex(self.server.get("/metrics").text, r"(?m)^marea_http_rule_refusals_total [3-9]")

    def test_the_audit_log_has_who_did_what(self):
        libraries = "/api/v1/admin/libraries"
        (self.folder / "More").mkdir()
        self.server.post("/api/v1/login", {"username": "owner", "password": "wrong"}, expect=401, token=False,
                         headers={"X-Forwarded-For": "192.0.2.5"})
        made = self.server.post(libraries, {"name": "More", "path": str(self.folder / "More")}).json
        self.server.delete(f"{libraries}/{made['id']}", expect=403, token=self.member)
        self.server.delete(f"{libraries}/{made['id']}")
        command(self.server, "keys", "rotate")
        wait_for(lambda: len(self.entries("&action=library.")) == 3, 30, "the entries")
        removed, tried, added = self.entries("&action=library.")
        self.assertEqual([removed["action"], removed["status"], removed["username"], removed["subject"]],
                         ["library.remove", 204, "owner", made["id"]])
        self.assertEqual([tried["action"], tried["status"], tried["username"]], ["library.remove", 403, "bea"])
        self.assertEqual([added["action"], added["status"], added["subject"], added["peer"]],
                         ["library.add", 201, "More", "127.0.0.1"])
        failed = next(e for e in self.entries("&action=login") if e["status"] == 401)
        self.assertEqual([failed["subject"], failed["peer"], failed["user_id"]], ["owner", "192.0.2.5", None])
        commands = {e["subject"] for e in self.entries("&action=command.")}
        self.assertEqual(commands - {"user add cid"}, {"user add bea", "keys rotate"})  # cid comes in another test
        self.assertEqual({e["username"] for e in self.entries(f"&user_id={removed['user_id']}")}, {"owner"})
        whole = json.dumps(self.entries())
        for secret in (PASSWORD, "another good password", self.owner, self.member):
            self.assertNotIn(secret, whole)
        self.server.get("/api/v1/admin/audit", expect=403, token=self.member)

    def test_the_audit_log_comes_in_pages(self):
        seen, cursor = [], ""
        for _ in range(1000):
            page = self.server.get(f"/api/v1/admin/audit?limit=1{cursor}").json
            seen += [entry["seq"] for entry in page["items"]]
            if not page["next_cursor"]:
                break
            cursor = f"&cursor={page['next_cursor']}"
        self.assertGreaterEqual(len(seen), 2)
        self.assertEqual(seen, sorted(set(seen), reverse=True))

    def test_only_pages_that_were_named_may_read_answers(self):
        allowed = self.server.request("GET", "/api/v1/me", headers={"Origin": ORIGIN})
        self.assertEqual(allowed.headers["access-control-allow-origin"], ORIGIN)
        asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization"}
        preflight = self.server.request("OPTIONS", "/api/v1/me/preferences", token=False, headers={"Origin": ORIGIN, **asked})
        self.assertEqual(preflight.status, 204)
        self.assertIn("PUT", preflight.headers["access-control-allow-methods"])
        other = self.server.request("GET", "/api/v1/me", headers={"Origin": "https://evil.example"})
        self.assertNotIn("access-control-allow-origin", other.headers)
        self.assertEqual(other.headers["x-frame-options"], "DENY")


class OwnCertificate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.curl = require_program("curl")
        cls.openssl = require_program("openssl")
        folder = tempfile.TemporaryDirectory(prefix="marea-tls-")
        cls.addClassCleanup(folder.cleanup)
        config = pathlib.Path(folder.name) / "marea.toml"
        config.write_text('public_url = "https://media.example"\ntls = { self_signed = true }\n')
        cls.server = Server(args=["--config", str(config)], setup=False)
        cls.addClassCleanup(cls.server.close)
        cls.keys = cls.server.data / "keys"

    def fetch(self, pin):
        return subprocess.run([self.curl, "-sSki", "--noproxy", "*", "--pinnedpubkey", pin, self.server.url + "/healthz"],
                              capture_output=True, text=True, timeout=30 * PATIENCE)

    def certificate(self):
        parts = urllib.parse.urlsplit(self.server.url)
        return ssl.get_server_certificate((parts.hostname, parts.port), timeout=30 * PATIENCE)

    def test_clients_know_it_by_its_pin_which_stays(self):
        self.server.stop()
        self.server.start()
        pin = self.server.ready["tls_pin"]
        self.assertRegex(pin, r"^sha256//[A-Za-z0-9+/]{43}=$")
        good = self.fetch(pin)
        self.assertEqual((good.returncode, good.stdout.splitlines()[0]), (0, "HTTP/1.1 200 OK"), good.stderr)
        self.assertIn("strict-transport-security: max-age=31536000", good.stdout.lower())
        self.assertEqual(self.fetch("sha256//" + "A" * 43 + "=").returncode, 90)
        self.assertEqual(oct((self.keys / "tls.key").stat().st_mode & 0o777), "0o600")
        self.server.stop()
        self.server.start()
        self.assertEqual(self.server.ready["tls_pin"], pin)
        said = subprocess.run([self.openssl, "x509", "-noout", "-ext", "subjectAltName", "-in", str(self.keys / "tls-certificate.pem")],
                              capture_output=True, text=True)
        self.assertIn("DNS:localhost, IP Address:127.0.0.1", said.stdout)

    def test_another_certificate_is_taken_while_connections_go_on(self):
        parts = urllib.parse.urlsplit(self.server.url)
        trusting = ssl._create_unverified_context()
        kept = http.client.HTTPSConnection(parts.hostname, parts.port, context=trusting, timeout=30 * PATIENCE)
        self.addCleanup(kept.close)

        def answers():
            kept.request("GET", "/healthz")
            answer = kept.getresponse()
            answer.read()
            return answer.status
        self.assertEqual(answers(), 200)
        socket = kept.sock
        before = self.certificate()
        made = self.server.data / "new.pem", self.server.data / "new.key"
        subprocess.run([self.openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                        "-subj", "/CN=other", "-out", str(made[0]), "-keyout", str(made[1])], check=True, capture_output=True)
        wanted = made[0].read_text().strip()
        os.replace(made[0], self.keys / "tls-certificate.pem")
        os.replace(made[1], self.keys / "tls.key")
        wait_for(lambda: self.certificate().strip() == wanted, 30, "the new certificate", 0.2)
        self.assertNotEqual(before.strip(), wanted)
        self.assertEqual(answers(), 200)
        self.assertIs(kept.sock, socket)  # the connection of before


if __name__ == "__main__":
    unittest.main()
