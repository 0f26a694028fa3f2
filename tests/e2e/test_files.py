"""The pages for files at /files: who comes in, what is listed, what is kept, and how they look on a phone."""
import base64
import html
import pathlib
import re
import shutil
import tempfile
import unittest
import urllib.parse

from browser import Browser
from media import make_cover
from support import PASSWORD, Server, http_request, make_album, make_film, require_program, wait_for

SECRET = "Nightfall"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        require_program("ffmpeg")
        folder = tempfile.TemporaryDirectory(prefix="marea-files-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        cls.film = root / "Films" / "Tide (2020)" / "Tide (2020).mkv"
        make_film(cls.film, 3)
        shutil.copyfile(make_cover(), cls.film.parent / "poster.jpg")
        make_film(root / "Films" / "Tides" / "Season 1" / "Tides S01E02.mp4", 3)
        make_film(root / "Films" / "<b>Bold (2019).mp4", 3)
        make_film(root / "Other" / f"{SECRET} (2021).mp4", 3)
        cls.songs = make_album(root / "Music" / "Low Water")
        cls.server = Server(libraries={"Films": root / "Films", "Other": root / "Other", "Music": root / "Music"})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        libraries = {library["name"]: library["id"] for library in cls.server.libraries()}
        cls.server.post("/api/v1/household/members", {"username": "ben", "password": PASSWORD, "role": "member",
                                                      "libraries": [libraries["Films"], libraries["Music"]]}, expect=201)
        cls.owner, cls.ben = cls.enter("owner", PASSWORD), cls.enter("ben", PASSWORD)

    @classmethod
    def enter(cls, name, password, expect=303, **headers):
        body = urllib.parse.urlencode({"username": name, "password": password})
        answer = http_request(cls.server.url + "/files/enter", "POST", body, headers={**FORM, **headers})
        if answer.status != expect:
            raise AssertionError(f"expected {expect}: {answer}")
        return answer.headers["set-cookie"].split(";")[0] if expect == 303 else answer

    def page(self, path, cookie=None, expect=200, **headers):
        answer = http_request(self.server.url + path, headers={**({"Cookie": cookie} if cookie else {}), **headers})
        self.assertEqual(answer.status, expect, answer)
        return answer

    def links(self, answer, pattern):
        return [html.unescape(link) for link in re.findall(r'(?:href|src)="([^"]*)"', answer.text) if re.search(pattern, link)]

    def test_the_address_alone_leads_here(self):
        self.assertEqual(self.page("/", expect=303).headers["location"], "/files")

    def test_who_is_not_in_sees_how_to_come_in_and_nothing_else(self):
        for cookie in (None, "marea-files=forged", "marea-files=" + "A" * 90):
            text = self.page("/files?kind=films", cookie).text
            self.assertIn('action="/files/enter"', text)
            self.assertNotIn("Tide", text)
        film = next(item for item in self.server.all_media() if item["title"] == "Tide")
        file = self.server.get(f"/api/v1/media/{film['id']}").json["files"][0]["id"]
        self.assertEqual(self.page(f"/files/get/{film['id']}/{file}", expect=303).headers["location"], "/files")

    def test_wrong_passwords_are_refused(self):
        answer = self.enter("owner", "wrong", 401, **{"Accept-Language": "es"})
        self.assertIn("El nombre o la contraseña no son correctos.", answer.text)
        self.assertNotIn("set-cookie", answer.headers)
        self.assertEqual(self.enter("owner", PASSWORD, 403, **{"Sec-Fetch-Site": "cross-site"}).status, 403)

    def test_over_plain_http_forms_come_from_their_own_origin(self):
        self.assertEqual(self.page("/files").headers["referrer-policy"], "same-origin")
        self.enter("owner", PASSWORD, **{"Origin": self.server.url})
        for origin in ("http://127.0.0.1:1", "https://evil.example", "null"):
            self.assertIn("another page", self.enter("owner", PASSWORD, 403, Origin=origin).text)

    def test_an_app_password_comes_in(self):
        made = self.server.post("/api/v1/me/app-passwords", {"name": "Phone"}, expect=201).json["password"]
        for _ in range(12):  # a right one is never a wrong try
            cookie = self.enter("owner", made)
        text = self.page("/files", cookie).text
        self.assertIn("Tide", text)
        self.assertNotIn("/files/password", text)
        before = len(self.server.get("/api/v1/me/app-passwords").json["items"])
        answer = http_request(self.server.url + "/files/password", "POST", b"", headers={"Cookie": cookie})
        self.assertEqual(answer.status, 303, "it would outlive the one that came in")
        self.assertEqual(len(self.server.get("/api/v1/me/app-passwords").json["items"]), before)

    def test_who_came_by_an_app_password_is_out_with_it(self):
        made = self.server.post("/api/v1/me/app-passwords", {"name": "Lost phone"}, expect=201).json
        by_it, by_name = self.enter("owner", made["password"]), self.enter("owner", PASSWORD)
        self.assertIn("Tide", self.page("/files", by_it).text)
        self.server.delete(f"/api/v1/me/app-passwords/{made['id']}")
        self.assertNotIn("Tide", self.page("/files", by_it).text)
        self.assertIn("Tide", self.page("/files", by_name).text)
        clients = {one["client_id"] for one in self.server.get("/api/v1/me/devices").json["items"]}
        self.assertNotIn(f"app-password:{made['id']}", clients)

    def test_who_came_and_what_was_made_is_in_the_audit_log(self):
        self.enter("ben", "wrong", 401)
        cookie = self.enter("ben", PASSWORD)
        http_request(self.server.url + "/files/password", "POST", b"", headers={"Cookie": cookie})
        http_request(self.server.url + "/files/leave", "POST", b"", headers={"Cookie": cookie})

        def lines():
            items = self.server.get("/api/v1/admin/audit?limit=200").json["items"]
            return [(one["action"], one["username"], one["subject"], one["status"]) for one in items]
        wanted = {("login", None, "ben", 401), ("login", "ben", None, 200), ("app-password.add", "ben", None, 201), ("logout", "ben", None, 200)}
        wait_for(lambda: wanted <= set(lines()), 30, "the lines of the audit log")

    def test_the_cookie_opens_these_pages_alone(self):
        token = self.owner.split("=", 1)[1]
        self.assertEqual(self.server.request("GET", "/api/v1/me", token=token).status, 401)
        self.assertEqual(self.server.request("GET", "/api/v1/me", token=False, headers={"Cookie": self.owner}).status, 401)
        film = next(item["id"] for item in self.server.all_media() if item["title"] == "Tide")
        self.assertEqual(self.server.request("GET", f"/stream/{token}/{film}/artwork", token=False).status, 401)

    def test_pages_are_strict(self):
        for answer in (self.page("/files"), self.page("/files", self.owner)):
            policy = answer.headers["content-security-policy"]
            self.assertRegex(policy, r"^default-src 'none'; style-src 'sha256-[^']+'; img-src 'self'; form-action 'self'; "
                                     r"base-uri 'none'; frame-ancestors 'none'$")
            self.assertNotRegex(answer.text, r"(?i)<script|https?://|javascript:| on\w+=")
        self.assertIn("&lt;b&gt;Bold", self.page("/files", self.owner).text)

    def test_the_cookie_is_kept_from_scripts_and_other_sites(self):
        body = urllib.parse.urlencode({"username": "owner", "password": PASSWORD})
        answer = http_request(self.server.url + "/files/enter", "POST", body, headers=FORM)
        self.assertRegex(answer.headers["set-cookie"], r"^marea-files=[\w-]+; Path=/; Max-Age=172800; HttpOnly; SameSite=Strict$")

    def test_films_are_listed_with_their_picture_and_kept(self):
        answer = self.page("/files?kind=films", self.owner)
        picture = self.links(answer, r"^/stream/.*artwork")[0]
        self.assertTrue(self.page(picture).headers["content-type"].startswith("image/"))
        found = {}
        for link in self.links(answer, "^/files/get/"):
            got = self.page(link, self.owner)
            found[urllib.parse.unquote(got.headers["content-disposition"].split("''")[1])] = got.body
        self.assertEqual(found["Tide (2020).mkv"], self.film.read_bytes())
        part = self.page(self.links(answer, "^/files/get/")[0], self.owner, 206, Range="bytes=0-9")
        self.assertEqual(len(part.body), 10)
        outside = self.page(self.links(answer, "^/files/get/")[0], self.owner, 416, Range="bytes=99999999999-")
        self.assertIn("problem+json", outside.headers["content-type"])
        self.assertNotIn("content-disposition", outside.headers)

    def test_series_and_albums_lead_to_what_they_have(self):
        season = self.page(self.links(self.page("/files?kind=series", self.ben), r"^/files\?in=")[0], self.ben)
        self.assertIn("Season 1", season.text)
        episodes = self.page(self.links(season, r"^/files\?in=")[0], self.ben)
        self.assertEqual(len(self.links(episodes, "^/files/get/")), 1)
        album = self.page(self.links(self.page("/files?kind=music", self.ben), r"^/files\?in=")[0], self.ben)
        kept = [self.page(link, self.ben).body for link in self.links(album, "^/files/get/")]
        self.assertEqual(kept, [song.read_bytes() for song in self.songs])

    def test_search_finds(self):
        self.assertIn("Song 2", self.page("/files?q=song", self.ben).text)
        self.assertIn("Nothing was found", self.page("/files?q=zzzz", self.ben).text)
        self.assertIn("&lt;i&gt;", self.page("/files?q=%3Ci%3E", self.ben).text)

    def test_what_is_somebody_elses_is_not_there(self):
        secret = next(item["id"] for item in self.server.all_media() if item["title"] == SECRET)
        file = self.server.get(f"/api/v1/media/{secret}").json["files"][0]["id"]
        self.assertIn(SECRET, self.page("/files", self.owner).text)
        for path in ("/files", f"/files?q={SECRET}"):
            self.assertNotIn(f"<b>{SECRET}", self.page(path, self.ben).text)
        self.page(f"/files/get/{secret}/{file}", self.ben, 404)
        self.page(f"/files?in={secret}", self.ben, 404)
        film = next(item["id"] for item in self.server.all_media() if item["title"] == "Tide")
        self.page(f"/files/get/{film}/{file}", self.ben, 404)

    def test_protected_titles_are_not_given(self):
        film = next(item["id"] for item in self.server.all_media() if item["title"] == "Tide")
        file = self.server.get(f"/api/v1/media/{film}").json["files"][0]["id"]
        self.server.put(f"/api/v1/admin/media/{film}/protection", {"protected": True})
        try:
            self.assertIn("Protected", self.page("/files", self.owner).text)
            answer = self.page(f"/files/get/{film}/{file}", self.owner, 403, **{"Accept-Language": "es"})
            self.assertIn("Esto no se puede descargar", answer.text)
            self.assertNotIn("Esto no está aquí", answer.text)
        finally:
            self.server.delete(f"/api/v1/admin/media/{film}/protection", expect=(200, 204))

    def test_a_browser_is_a_device_that_can_be_signed_out(self):
        cookie = self.enter("owner", PASSWORD, **{"User-Agent": "Mozilla/5.0 (Linux; Android 14)"})
        device = next(one for one in self.server.get("/api/v1/me/devices").json["items"] if one["name"] == "Browser (Android)")
        self.assertIn("Tide", self.page("/files", cookie).text)
        self.server.delete(f"/api/v1/me/devices/{device['id']}")
        self.assertNotIn("Tide", self.page("/files", cookie).text)
        another = self.enter("owner", PASSWORD)
        answer = http_request(self.server.url + "/files/leave", "POST", b"", headers={"Cookie": another})
        self.assertEqual((answer.status, "Max-Age=0" in answer.headers["set-cookie"]), (303, True))
        self.assertNotIn("Tide", self.page("/files", another).text)

    def test_a_file_manager_gets_a_password_of_its_own(self):
        def ask(**headers):
            return http_request(self.server.url + "/files/password", "POST", b"", headers=headers)
        self.assertEqual(ask().status, 303)
        self.assertEqual(ask(Cookie=self.ben, **{"Sec-Fetch-Site": "cross-site"}).status, 403)
        shown = re.findall(r"<dd>([^<]*)</dd>", ask(Cookie=self.ben).text)
        self.assertEqual(shown[:2], [self.server.url + "/dav", "ben"])
        login = "Basic " + base64.b64encode(f"ben:{shown[2]}".encode()).decode()
        answer = http_request(shown[0] + "/Films", headers={"Authorization": login})
        self.assertIn("Tide (2020).mkv", answer.text)
        self.assertNotIn(SECRET, answer.text)

    def test_a_phone_finds_and_keeps(self):
        for language in ("en", "es"):
            with self.subTest(language), Browser(["--window-size=360,740", f"--accept-lang={language}"]) as browser:
                self.finds_and_keeps(browser, language)

    def finds_and_keeps(self, browser, language):
        browser.open(self.server.url + "/")
        browser.run("document.querySelector('[name=username]').value = 'owner'; document.querySelector('[name=password]').value = arguments[0];"
                    "document.querySelector('form').submit()", PASSWORD)
        wait_for(lambda: browser.run("return document.querySelectorAll('a.get').length") >= 3, 30, "the list of films")
        look = browser.run("""
            const wide = document.documentElement;
            const small = [...document.querySelectorAll('a.get, button, nav a')].filter(e => e.getBoundingClientRect().height < 36);
            const art = [...document.querySelectorAll('img')];
            return {language: wide.lang, wide: wide.scrollWidth <= wide.clientWidth, small: small.length, art: art.length,
                    titles: document.querySelectorAll('li').length, policy: getComputedStyle(document.querySelector('a.get')).display}""")
        self.assertEqual(look, {"language": language, "wide": True, "small": 0, "art": look["art"], "titles": 3, "policy": "flex"})
        self.assertGreaterEqual(look["art"], 1)
        shown = browser.run_async("const done = arguments[0], one = document.querySelector('img'); one.loading = 'eager';"
                                  "one.decode().then(() => done(one.naturalWidth), () => done(0))")
        self.assertGreater(shown, 0)


if __name__ == "__main__":
    unittest.main()
