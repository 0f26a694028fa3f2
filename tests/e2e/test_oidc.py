"""Signing in with an account elsewhere: the pages of the server and somebody else's OpenID Connect provider (npm: oidc-provider)."""
import base64
import contextlib
import hashlib
import html
import http.client
import json
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.parse

from support import PASSWORD, Server, http_request
from webtools import npm_folder

HERE = pathlib.Path(__file__).resolve().parent / "oidc"
PUBLIC = "http://media.example:8470"
CALLBACK = PUBLIC + "/oauth/external/callback"
VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
ASKED = {"response_type": "code", "client_id": "marea", "redirect_uri": "http://127.0.0.1:9/callback", "state": "mine",
         "code_challenge": CHALLENGE, "code_challenge_method": "S256"}


class Browser:
    """Keeps cookies by host and follows redirects, but for those to `stops`."""

    def __init__(self, server, stops=("http://127.0.0.1:9/",)):
        self.server, self.stops, self.cookies, self.url = server, stops, {}, ""

    def go(self, url, form=None):
        for _ in range(12):
            self.url = url = urllib.parse.urljoin(self.url or self.server.url, url)
            if url.startswith(self.stops):
                return None
            # The server's own name is not in any name service here.
            reached = self.server.url + url[len(PUBLIC):] if url.startswith(PUBLIC) else url
            host = urllib.parse.urlsplit(reached).netloc
            jar = self.cookies.setdefault(host, {})
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())} if jar else {}
            if form is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            answer = self.ask(reached, headers, None if form is None else urllib.parse.urlencode(form))
            for name, value in answer.cookies:
                jar[name] = value
            if answer.status not in (302, 303):
                return answer
            url, form = answer.headers["location"], None
        raise AssertionError(f"too many redirects: {self.url}")

    def ask(self, url, headers, body):
        parts = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=180)
        with contextlib.closing(connection):
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST" if body is not None else "GET", target, body, headers)
            answer = connection.getresponse()
            answer.text = answer.read().decode()
            pairs = [value.split(";")[0].split("=", 1) for name, value in answer.getheaders() if name.lower() == "set-cookie"]
            answer.cookies = [(name, value) for name, value in pairs]
            return answer

    def page(self):
        return self.go("/oauth/authorize?" + urllib.parse.urlencode(ASKED))

    def external(self, page):
        """The button beside the password."""
        return self.go(html.unescape(re.search(r'href="(/oauth/external[^"]*)"', page.text)[1]))

    def send(self, page, action, **more):
        hidden = {name: html.unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)}
        return self.go("/oauth/authorize", {**hidden, "action": action, **more})

    def tokens(self, page):
        """Allows the program, and what it gets."""
        assert self.send(page, "allow") is None, self.url
        answered = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.url).query))
        return self.server.form("/oauth/token", {
            "grant_type": "authorization_code", "code": answered["code"], "client_id": "marea", "code_verifier": VERIFIER,
            "redirect_uri": ASKED["redirect_uri"]}).json


class Oidc(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        tools = npm_folder(HERE, "oidc-tools")
        folder = tempfile.TemporaryDirectory(prefix="marea-oidc-")
        cls.addClassCleanup(folder.cleanup)
        cls.provider = subprocess.Popen(["node", str(HERE / "provider.mjs"), str(tools), CALLBACK], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        cls.addClassCleanup(cls.provider.stdout.close)
        cls.addClassCleanup(cls.provider.wait)
        cls.addClassCleanup(cls.provider.kill)
        cls.issuer = json.loads(cls.provider.stdout.readline())["issuer"]
        cls.config = pathlib.Path(folder.name) / "server.toml"
        cls.configure("link")
        cls.server = Server(args=["--config", str(cls.config)])
        cls.addClassCleanup(cls.server.close)

    @classmethod
    def configure(cls, users):
        cls.config.write_text(f"""public_url = "{PUBLIC}"
[outbound]
allow = ["127.0.0.1"]
[oidc]
issuer = "{cls.issuer}"
client_id = "marea"
client_secret = "se:cret & more"
name = "Home"
users = "{users}"
allowed_domains = ["home.example"]
required_claims = ["groups=family"]
""")

    def come_as(self, account):
        http_request(f"{self.issuer}/account/{account}")
        return Browser(self.server)

    def test_accounts_of_a_real_provider(self):
        # Nobody here has that account: its owner signs in by password once.
        browser = self.come_as("ana")
        page = browser.page()
        self.assertIn("Sign in with Home", page.text)
        page = browser.external(page)
        self.assertIn("Nobody here is linked", page.text)
        page = browser.send(page, "sign-in", username="owner", password=PASSWORD)
        self.assertIn('value="allow"', page.text)

        # From then on without, in any browser; the program gets tokens as always.
        browser = self.come_as("ana")
        page = browser.external(browser.page())
        self.assertIn('value="allow"', page.text)
        tokens = browser.tokens(page)
        me = self.server.get("/api/v1/me", token=tokens["access_token"]).json
        self.assertEqual((me["username"], me["role"]), ("owner", "owner"))
        account = self.server.get("/api/v1/me/external-accounts").json["items"]
        self.assertEqual([(one["issuer"], one["label"]) for one in account], [(self.issuer, "ana@home.example")])

        # A code counts once, at the provider and here.
        browser = self.come_as("ana")
        browser.stops = (CALLBACK,)
        self.assertIsNone(browser.external(browser.page()))
        back = browser.url
        browser.stops = ("http://127.0.0.1:9/",)
        self.assertIn('value="allow"', browser.go(back).text)
        self.assertEqual(browser.go(back).status, 400)
        self.assertEqual(Browser(self.server).go(back).status, 400)

        # Who is not of the family stays out.
        browser = self.come_as("stranger")
        refused = browser.external(browser.page())
        self.assertEqual(refused.status, 403)
        self.assertIn("did not confirm who you are", refused.text)

        # Members are made where the owner wishes so.
        self.server.stop()
        self.configure("create")
        self.server.start()
        browser = self.come_as("bea")
        tokens = browser.tokens(browser.external(browser.page()))
        me = self.server.get("/api/v1/me", token=tokens["access_token"]).json
        self.assertEqual((me["username"], me["role"]), ("bea", "member"))

        # With the provider gone the password still works.
        browser = self.come_as("ana")
        browser.stops = (CALLBACK,)
        self.assertIsNone(browser.external(browser.page()))
        self.provider.kill()
        self.provider.wait()
        back = browser.url
        browser.stops = ("http://127.0.0.1:9/",)
        gone = browser.go(back)
        self.assertEqual(gone.status, 503)
        self.assertIn("Sign in with your name and password instead", gone.text)
        page = browser.send(browser.page(), "sign-in", username="owner", password=PASSWORD)
        self.assertIn('value="allow"', page.text)

        actions = [one["action"] for one in self.server.get("/api/v1/admin/audit?action=external-account.").json["items"]]
        self.assertIn("external-account.link", actions)
        self.assertIn("external-account.sign-in", actions)
        self.assertNotIn("cret & more", self.server.log)


if __name__ == "__main__":
    unittest.main()
