"""Signing in by OAuth, driven by an independent client: every grant, and what has to be refused."""
import base64
import json
import time
import unittest
import urllib.parse

from oauth import Program, Reader, Refused
from support import PASSWORD, Browser, Server, wait_for
from webtools import Site

ISSUER = "https://music.example"
REDIRECT = "http://127.0.0.1:49152/callback"
CODE_FIELDS = {"response_type": "code", "client_id": "marea", "redirect_uri": REDIRECT, "state": "s",
               "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256"}


def authorize(**changes):
    fields = {name: value for name, value in {**CODE_FIELDS, **changes}.items() if value is not None}
    return "/oauth/authorize?" + urllib.parse.urlencode(fields)


def answered(url):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))


class OAuth(unittest.TestCase):
    """A server behind its public address, and a program that knows nothing but that."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server(args=("--public-url", ISSUER))
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        self.program = Program(self.server.url)
        self.addCleanup(self.program.close)
        self.reader = Reader(self.server.url)

    def discover(self, client="marea"):
        return self.program.call("discover", issuer=ISSUER, client_id=client)

    def consent(self, url):
        """The page that asks for consent; signs in before, where nobody has."""
        page = self.reader.open(url.removeprefix(ISSUER))
        return page if page.has("allow") else self.reader.sign_in(page, PASSWORD)

    def allowed(self, redirect=REDIRECT, **more):
        """Asks and allows; what the program was sent back."""
        asked = self.program.call("ask", redirect_uri=redirect, **more)
        page = self.reader.press(self.consent(asked["url"]), "allow")
        self.assertEqual(page.status, 303, page)
        return {"url": page.location, "state": asked["state"]}

    def works(self, tokens):
        return self.server.raw("GET", "/api/v1/me", token=tokens["access_token"]).status == 200

    def refused(self, error, task, **parameters):
        with self.assertRaises(Refused) as raised:
            self.program.call(task, **parameters)
        self.assertEqual(raised.exception.error, error, raised.exception)


class CodeGrant(OAuth):
    def test_a_program_signs_in_by_code(self):
        metadata = self.discover()
        self.assertEqual(metadata["code_challenge_methods_supported"], ["S256"])
        back = self.allowed()
        self.assertTrue(back["url"].startswith(REDIRECT + "?code="))
        self.assertEqual(answered(back["url"])["iss"], ISSUER)
        tokens = self.program.call("exchange", **back)
        self.assertTrue(self.works(tokens))
        token = self.program.call("verify", token=tokens["access_token"])
        self.assertEqual((token["header"]["typ"], token["header"]["alg"]), ("at+jwt", "ES256"))
        self.assertEqual((token["payload"]["iss"], token["payload"]["client_id"]), (ISSUER, "marea"))

    def test_every_loopback_port_and_no_other_address(self):
        self.discover()
        for redirect in ("http://127.0.0.1:1/callback", "http://[::1]:65535/callback", "http://127.0.0.1/callback"):
            self.assertTrue(self.works(self.program.call("exchange", **self.allowed(redirect))), redirect)

    def test_a_registered_client(self):
        made = self.server.post("/api/v1/admin/clients", {"name": "Player", "redirect_uris": ["https://player.example/cb?a=1"]},
                                expect=201).json
        self.discover(made["id"])
        back = self.allowed("https://player.example/cb?a=1")
        self.assertEqual(answered(back["url"])["a"], "1")
        page = self.reader.open(authorize(client_id=made["id"], redirect_uri="https://player.example/cb?a=1"))
        self.assertIn("Allow Player?", page.words)
        self.assertIn("player.example", page.words)
        # The client computes the redirect address from the URL it came to, so that its own query is left out there.
        self.refused("invalid_grant", "exchange", **back)
        other = self.server.post("/api/v1/admin/clients", {"name": "Plain", "redirect_uris": ["https://plain.example/cb"]},
                                 expect=201).json
        self.discover(other["id"])
        tokens = self.program.call("exchange", **self.allowed("https://plain.example/cb"))
        self.assertTrue(self.works(tokens))
        self.server.delete(f"/api/v1/admin/clients/{other['id']}")
        self.assertFalse(self.works(tokens))

    def test_a_code_is_good_once(self):
        self.discover()
        back = self.allowed()
        tokens = self.program.call("exchange", **back)
        self.refused("invalid_grant", "exchange", **back)
        self.assertFalse(self.works(tokens), "what it gave is over")
        self.refused("invalid_grant", "refresh", token=tokens["refresh_token"])
        self.assertEqual(self.server.get("/api/v1/me").status, 200)

    def test_a_code_needs_its_verifier(self):
        self.discover()
        self.refused("invalid_grant", "exchange", **self.allowed(), verifier="a" * 43)

    def test_there_is_no_plain_and_no_way_without(self):
        for changes in ({"code_challenge_method": "plain"}, {"code_challenge_method": None},
                        {"code_challenge": None, "code_challenge_method": None}, {"code_challenge": "short"}):
            back = answered(self.reader.open(authorize(**changes)).location)
            self.assertEqual((back["error"], back["state"], back["iss"]), ("invalid_request", "s", ISSUER), changes)

    def test_nothing_is_sent_to_an_address_that_was_not_registered(self):
        for redirect in ("https://evil.example/callback", "http://127.0.0.1:5000/other", "http://127.0.0.1:5000/callback/../x",
                         "http://127.0.0.1:5000/callback#part", "http://127.0.0.1:5000@evil.example/callback",
                         "http://user@127.0.0.1:5000/callback", "http://127.0.0.1.evil.example/callback",
                         "http://localhost:5000/callback", "https://127.0.0.1:5000/callback", "//evil.example/callback",
                         "javascript:alert(1)", "http://127.0.0.1:5000/callback?x=1", "http://127.0.0.1:5000/callback\r\nX: y", "", None):
            # A mistake that would be told to the program, were the address its own.
            page = self.reader.open(authorize(redirect_uri=redirect, response_type="token"))
            self.assertEqual((page.status, page.location), (400, ""), redirect)
        page = self.reader.open(authorize() + "&redirect_uri=https%3A%2F%2Fevil.example%2F")
        self.assertEqual((page.status, page.location), (400, ""))
        page = self.reader.open(authorize(client_id="nobody"))
        self.assertEqual((page.status, page.location), (400, ""))

    def test_who_does_not_allow_it_is_believed(self):
        asked = self.reader.sign_in(self.reader.open(authorize()), PASSWORD)
        self.assertEqual(answered(self.reader.press(asked, "deny").location)["error"], "access_denied")

    def test_pages_are_safe_and_speak_spanish(self):
        self.reader.language = "es-ES,es;q=0.9,en;q=0.5"
        page = self.reader.open(authorize())
        self.assertIn("Inicia sesión en Marea", page.words)
        self.assertNotIn("<script", page.body)
        self.assertIn("frame-ancestors 'none'", page.headers["content-security-policy"])
        self.assertEqual(page.headers["x-frame-options"], "DENY")
        wrong = self.reader.sign_in(page, "wrong", username="nobody there")
        self.assertEqual(wrong.status, 401)
        self.assertIn("El nombre o la contraseña no son correctos.", wrong.words)
        self.assertIn('value="nobody there"', wrong.body)

    def test_a_form_from_elsewhere_does_nothing(self):
        page = self.reader.sign_in(self.reader.open(authorize()), PASSWORD)
        fields = {**page.form_with("allow")["fields"], "action": "allow"}
        for forged in ({**fields, "form_token": "x"}, {k: v for k, v in fields.items() if k != "form_token"}):
            self.assertEqual((self.reader.send("POST", "/oauth/authorize", forged)).status, 403)
        self.assertEqual(Reader(self.server.url).send("POST", "/oauth/authorize", fields).status, 403, "without the cookie")


class Limits(unittest.TestCase):
    def test_guessing_on_the_page_is_slowed_down(self):
        with Server() as server:
            reader = Reader(server.url)
            page = reader.open(authorize())
            tries = [reader.sign_in(page, f"guess {n}") for n in range(6)]
            self.assertEqual([one.status for one in tries], [401] * 5 + [429])
            self.assertGreater(int(tries[-1].headers["retry-after"]), 0)
            self.assertIn("Too many tries.", tries[-1].words)
            login = {"username": "owner", "password": PASSWORD}
            self.assertEqual(server.raw("POST", "/api/v1/login", body=login, token=None).status, 429, "one limit for all ways")


class RefreshAndRevoke(OAuth):
    def tokens(self):
        self.discover()
        return self.program.call("exchange", **self.allowed())

    def test_refresh_tokens_rotate_and_one_that_comes_back_ends_all(self):
        first = self.tokens()
        second = self.program.call("refresh", token=first["refresh_token"])
        third = self.program.call("refresh", token=second["refresh_token"])
        self.assertEqual(len({t["refresh_token"] for t in (first, second, third)}), 3)
        self.refused("invalid_grant", "refresh", token=first["refresh_token"])
        self.assertFalse(self.works(third))
        self.refused("invalid_grant", "refresh", token=third["refresh_token"])

    def test_a_lost_answer_may_be_asked_for_again(self):
        first = self.tokens()
        self.program.call("refresh", token=first["refresh_token"])
        again = self.program.call("refresh", token=first["refresh_token"])
        self.assertTrue(self.works(self.program.call("refresh", token=again["refresh_token"])))

    def test_revocation(self):
        for kind in ("refresh_token", "access_token"):
            tokens = self.tokens()
            self.assertIsNone(self.program.call("revoke", token=tokens[kind]))
            self.assertFalse(self.works(tokens))
            self.refused("invalid_grant", "refresh", token=tokens["refresh_token"])
        self.program.call("revoke", token="unknown")


class Devices(OAuth):
    def start(self, **parameters):
        self.discover()
        return self.program.call("startDevice", **parameters)

    def decide(self, device, button):
        page = self.reader.open(device["verification_uri_complete"].removeprefix(ISSUER))
        if page.has("sign-in"):
            page = self.reader.sign_in(page, PASSWORD)
        self.assertIn(device["user_code"], page.words)
        return self.reader.press(page, button)

    def test_a_device_is_let_in(self):
        device = self.start(device_name="Living room")
        self.program.tell("awaitDevice")
        self.assertIn("is connected", self.decide(device, "allow").words)
        tokens = self.program.hear()
        self.assertTrue(self.works(tokens))
        listed = self.server.get("/api/v1/me/devices").json["items"]
        found = next(d for d in listed if d["name"] == "Living room")
        self.server.delete(f"/api/v1/me/devices/{found['id']}")
        self.assertFalse(self.works(tokens))

    def test_a_device_is_refused(self):
        device = self.start()
        self.program.tell("awaitDevice")
        self.decide(device, "deny")
        with self.assertRaises(Refused) as raised:
            self.program.hear()
        self.assertEqual(raised.exception.error, "access_denied")

    def test_the_code_is_typed_and_a_wrong_one_is_said(self):
        device = self.start()
        page = self.reader.sign_in(self.reader.open("/oauth/device"), PASSWORD)
        wrong = self.reader.press(page, None, user_code="BBBB-BBBB")
        self.assertEqual(wrong.status, 404)
        self.assertIn("There is no such code", wrong.words)
        typed = device["user_code"].replace("-", "").lower()
        self.assertIn(device["user_code"], self.reader.press(wrong, None, user_code=typed).words)

    def test_a_device_that_nobody_has_let_in_waits_and_shows_a_picture(self):
        device = self.start()
        form = {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": device["device_code"],
                "client_id": "marea"}
        self.assertEqual(self.server.form("/oauth/token", form, expect=400).json["error"], "authorization_pending")
        picture = self.server.get(device["verification_qr_uri"].removeprefix(ISSUER), token=False)
        self.assertTrue(picture.text.startswith("<svg"))


class Forgery(OAuth):
    def test_tokens_that_are_not_quite_right_are_refused(self):
        self.discover()
        tokens = self.program.call("exchange", **self.allowed())
        good = self.program.call("verify", token=tokens["access_token"])
        pem = (self.server.data / "keys" / "access-es256.pem").read_text()
        header, payload = good["header"], good["payload"]
        now = int(time.time())

        def status(**changes):
            signed = self.program.call("sign", header={**header, **changes.get("header", {})},
                                       payload={**payload, **changes.get("payload", {})}, pem=pem)
            return self.server.raw("GET", "/api/v1/me", token=signed).status
        self.assertEqual(status(), 200, "signed as the server does it, it is taken")
        for changes in ({"payload": {"aud": "another"}}, {"payload": {"iss": "https://evil.example"}},
                        {"payload": {"exp": now - 1, "iat": now - 100}}, {"header": {"typ": "JWT"}}, {"header": {"kid": "unknown"}},
                        {"payload": {"role": "root"}}, {"payload": {"sid": ""}}):
            self.assertEqual(status(**changes), 401, changes)
        encode = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")  # noqa: E731
        none = f"{encode({**header, 'alg': 'none'})}.{encode(payload)}."
        self.assertEqual(self.server.raw("GET", "/api/v1/me", token=none).status, 401)
        key = next(k for k in self.server.get("/oauth/jwks.json", token=False).json["keys"] if k["kid"] == header["kid"])
        for secret in (json.dumps(key), key["x"], pem):
            confused = self.program.call("sign", header={**header, "alg": "HS256"}, payload=payload,
                                         secret=base64.urlsafe_b64encode(secret.encode()).decode().rstrip("="))
            self.assertEqual(self.server.raw("GET", "/api/v1/me", token=confused).status, 401)


class InABrowser(unittest.TestCase):
    def test_a_person_signs_in_in_chromium_and_comes_back_to_the_program(self):
        with Server() as server, Site({"/callback": b"<!DOCTYPE html><p>back"}) as program, Browser() as browser:
            browser.open(server.url + authorize(redirect_uri=program.url + "/callback"))
            fill = ("document.getElementById('name').value = 'owner'; document.getElementById('password').value = arguments[0];"
                    "document.querySelector('button.main').click()")
            browser.run(fill, PASSWORD)
            wait_for(lambda: browser.run("return document.querySelector('button[value=allow]') !== null"), 60, "the question")
            browser.run("document.querySelector('button[value=allow]').click()")
            wait_for(lambda: "/callback" in program.requests, 60, "the way back")
            back = wait_for(lambda: answered(browser.run("return location.href")), 60, "the address")
            self.assertEqual((back["state"], back["iss"]), ("s", server.url))
            self.assertTrue(back["code"])


if __name__ == "__main__":
    unittest.main()
