"""The OpenAPI document and the server say the same: every route is in it, every answer follows it."""
import base64
import pathlib
import re
import tempfile
import unittest

from contract import KNOWN, answer_problems, operations, problems, request_schemas
from support import PASSWORD, ROOT, Server, make_album, make_film, play, wait_for
from syncwire import Device

UNKNOWN = "01900000-0000-7000-8000-000000000000"
MPV = {"capabilities": {"preset": "mpv"}}
# Protocols with errors of their own, whose handlers check everything (RFC 6749 sections 3.2 and 5.2).
CHECKED_BY_HANDLERS = {"token", "revoke", "authorize", "authorizeAnswer", "deviceStart", "devicePage", "deviceAnswer", "deviceQr",
                       "externalSignIn", "externalCallback", "subsonic", "subsonicForm", "storeWebhook", "dav", "davTop", "davOptions", "davTopOptions",
                       "davPropfind", "davTopPropfind", "top", "filesPage", "filesGet", "filesEnter", "filesLeave",
                       "filesPassword",
                       "syncPush"}  # its version is told before its form


def named_alike(path):
    """Paths compare without the names of their parts."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def routes_in_source():
    """Every (METHOD, path) that the server's sources add to a router."""
    found = set()
    for source in (ROOT / "server").rglob("*.cpp"):
        for method, path in re.findall(r'Method::(\w+),\s*"(/[^"]*)"\s*,', source.read_text()):
            found.add((method.upper(), named_alike(path)))
        for path in re.findall(r'WebSocketRoute\{\s*"(/[^"]*)"', source.read_text()):
            found.add(("GET", named_alike(path)))
    return found


class Contract(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-contract-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        films, music = root / "Films", root / "Music"
        make_film(films / "Tide (2020)" / "Tide (2020).mkv", 3, audio=2)
        make_film(films / "Ebb (2021).mp4", 3)
        (films / "Ebb (2021).en.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n")
        (films / "broken.mp4").write_bytes(b"this is no film" * 100)
        first = make_album(music / "Low Water")[0]
        first.with_suffix(".lrc").write_text("[00:00.50]First line\n[00:01.50]Second line\n")
        (root / "More").mkdir()
        cls.more = root / "More"
        cls.server = Server(libraries={"Films": films, "Music": music}, setup=False)
        cls.addClassCleanup(cls.server.close)
        cls.document = cls.server.get("/api/v1/openapi.json", token=False).json
        cls.operations = operations(cls.document)
        cls.seen = set()
        cls.setup_answer = cls.server.request("POST", "/api/v1/setup", {
            "code": cls.server.setup_code, "username": "owner", "password": PASSWORD}, token=False)
        cls.server.login()
        cls.server.wait_until_idle()
        cls.items = cls.server.all_media()

    def item(self, kind, title=""):
        return next(i for i in self.items if i["kind"] == kind and title in i["title"] and i["status"] == "ok")

    def check(self, method, pattern, path=None, body=None, expect=None, **more):
        """Sends a request to `pattern` with its parts filled in as `path`, and judges the answer."""
        operation = self.operations[(method, pattern)]
        answer = self.server.request(method, path or pattern, body, **more)
        self.judge(operation, method, pattern, answer, expect)
        return answer

    def judge(self, operation, method, pattern, answer, expect):
        self.seen.add((method, pattern))
        if expect:
            self.assertEqual(answer.status, expect, f"{method} {pattern}: {answer}")
        self.assertEqual(answer_problems(self.document, operation, answer), [], f"{method} {pattern} {answer.status}")

    def test_the_document_is_the_one_in_the_sources(self):
        answer = self.server.get("/api/v1/openapi.json", token=False)
        self.assertEqual(answer.body, (ROOT / "server/web/openapi.json").read_bytes())
        self.assertEqual(self.document["openapi"], "3.1.0")

    def test_routes_and_document_are_the_same_set(self):
        documented = {(method, named_alike(path)) for method, path in self.operations}
        self.assertEqual(routes_in_source(), documented)

    def test_operation_ids_are_unique_and_references_lead_somewhere(self):
        ids = [operation["operationId"] for operation in self.operations.values()]
        self.assertEqual(len(ids), len(set(ids)))
        text = str(self.document)
        for name in set(re.findall(r"#/components/schemas/(\w+)", text)):
            self.assertIn(name, self.document["components"]["schemas"])
        for name in self.document["components"]["schemas"]:
            self.assertTrue(f"#/components/schemas/{name}'" in text, f"{name} is used nowhere")

    def test_request_bodies_are_closed(self):
        for operation in self.operations.values():
            content = operation.get("requestBody", {}).get("content", {})
            if "subsonic" in operation["tags"]:
                continue  # other people's protocol, whose programs send what they like
            for media in (m for kind, m in content.items() if not kind.endswith("octet-stream") and not kind.startswith("image/")):
                self.assertTrue(problems(self.document, media["schema"], {"no_such_field": 1}), operation["operationId"])
                sent = media["schema"]["$ref"].split("/")[-1]
                self.assertIs(self.document["components"]["schemas"][sent].get("additionalProperties"), False, sent)

    def test_what_handlers_check_alone_was_reviewed(self):
        found = {operation["operationId"] for operation in self.operations.values() if "x-checked-by" in operation}
        self.assertEqual(found, CHECKED_BY_HANDLERS)

    def test_what_owners_change_is_in_the_audit_log(self):
        for (method, path), operation in self.operations.items():
            if path.startswith("/api/v1/admin/") and method in ("POST", "PUT", "DELETE"):
                self.assertRegex(operation.get("x-audit", ""), r"^[a-z-]+\.[a-z-]+$", operation["operationId"])

    def test_schemas_of_requests_can_be_checked_in_bounded_time(self):
        for where, schema in request_schemas(self.document):
            self.assertEqual(set(schema) - KNOWN, set(), where)
            self.assertTrue("maxItems" in schema or "uniqueItems" not in schema, f"{where}: uniqueItems without maxItems")
            pattern = schema.get("pattern", "^$")
            self.assertTrue(pattern.startswith("^") and pattern.endswith("$"), f"{where}: {pattern} is not whole")
            self.assertIsNone(re.search(r"[*+]|,}", pattern), f"{where}: {pattern} repeats without end")

    def test_every_operation_refuses_what_the_document_does_not_list(self):
        for (method, path), operation in self.operations.items():
            name = operation["operationId"]
            if "x-checked-by" in operation or path.startswith("/stream/") or "101" in operation["responses"]:
                continue
            filled = re.sub(r"\{[^}]*\}", UNKNOWN, path)
            answer = self.server.request(method, filled + "?no_such_parameter=1")
            self.assertEqual(answer.status, 400, f"{name}: {answer}")
            self.assertEqual(answer_problems(self.document, operation, answer), [], name)
            self.assertRegex(answer.text, "no_such_parameter|is missing", name)
            if "application/json" in operation.get("requestBody", {}).get("content", {}):
                answer = self.server.request(method, filled, {"no_such_field": 1})
                self.assertEqual((answer.status, answer.json["type"]), (400, "urn:marea:error:invalid"), f"{name}: {answer}")

    def test_every_route_answers_as_described(self):
        self.judge(self.operations[("POST", "/api/v1/setup")], "POST", "/api/v1/setup", self.setup_answer, 201)
        self.public_routes()
        self.identity_routes()
        self.household_routes()
        self.catalogue_routes()
        self.playback_routes()
        self.subsonic_routes()
        self.webdav_routes()
        self.files_routes()
        self.event_routes()
        self.playlist_routes()
        self.history_routes()
        self.sync_routes()
        self.download_routes()
        self.admin_routes()
        self.protection_routes()
        self.metadata_routes()
        self.collection_routes()
        self.store_routes()
        self.assertEqual(set(self.operations) - self.seen, set())

    def public_routes(self):
        for path in ("/healthz", "/readyz", "/api/v1/server", "/api/v1/openapi.json", "/oauth/jwks.json",
                     "/.well-known/oauth-authorization-server"):
            self.check("GET", path, token=False, expect=200)
        self.check("GET", "/metrics", expect=200)
        self.check("GET", "/metrics", token=False, expect=401)

    def identity_routes(self):
        login = {"username": "owner", "password": PASSWORD, "device_name": "second"}
        other = self.check("POST", "/api/v1/login", body=login, token=False, expect=200).json
        self.check("POST", "/api/v1/login", body={**login, "password": "wrong"}, token=False, expect=401)
        self.check("POST", "/api/v1/login", body={**login, "x": 1}, token=False, expect=400)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        again = self.check("POST", "/oauth/token", token=False, headers=form, expect=200,
                           body=f"grant_type=refresh_token&refresh_token={other['refresh_token']}").json
        self.check("POST", "/oauth/token", body="grant_type=password", token=False, headers=form, expect=400)
        self.check("GET", "/api/v1/me", expect=200)
        self.check("GET", "/api/v1/me", token="forged", expect=401)
        devices = self.check("GET", "/api/v1/me/devices", expect=200).json["items"]
        unused = next(d for d in devices if not d["current"] and d["name"] != "second")
        path = "/api/v1/me/devices/{id}"
        self.check("DELETE", path, f"/api/v1/me/devices/{unused['id']}", expect=204)
        self.check("DELETE", path, f"/api/v1/me/devices/{UNKNOWN}", expect=404)
        self.check("POST", "/oauth/revoke", body=f"token={again['refresh_token']}", token=False, headers=form, expect=200)
        self.oauth_routes(form)
        passwords = "/api/v1/me/app-passwords"
        made = self.check("POST", passwords, body={"name": "Phone"}, expect=201).json
        self.check("POST", passwords, body={"name": ""}, expect=400)
        self.check("GET", passwords, expect=200)
        self.check("DELETE", passwords + "/{id}", f"{passwords}/{made['id']}", expect=204)
        self.check("DELETE", passwords + "/{id}", f"{passwords}/{UNKNOWN}", expect=404)
        for path in ("/oauth/external", "/oauth/external/callback"):
            self.check("GET", path, path + "?state=x", token=False, expect=404)
        accounts = "/api/v1/me/external-accounts"
        self.check("GET", accounts, expect=200)
        self.check("DELETE", accounts + "/{id}", f"{accounts}/{UNKNOWN}", expect=404)
        scrobbling = "/api/v1/me/scrobbling"
        self.check("GET", scrobbling, expect=200)
        self.check("PUT", scrobbling, body={"token": "t"}, expect=403)
        self.check("PUT", scrobbling, body={"token": ""}, expect=400)
        self.check("DELETE", scrobbling, expect=204)

    def subsonic_routes(self):
        key = self.server.post("/api/v1/me/app-passwords", {"name": "Subsonic"}).json["password"]
        song, path = self.item("track")["id"], "/rest/{method}"
        for method in ("ping", "ping.view", "getArtists", f"getSong?id={song}", f"getSong?id={UNKNOWN}"):
            for format in ("xml", "json", "jsonp"):
                mark = "&" if "?" in method else "?"
                self.check("GET", path, f"/rest/{method}{mark}f={format}&callback=x&apiKey={key}", token=False, expect=200)
        self.check("GET", path, f"/rest/stream?id={song}&apiKey={key}", token=False, expect=200)
        self.check("GET", path, f"/rest/stream?id={song}&apiKey={key}", token=False, expect=206, headers={"Range": "bytes=0-9"})
        self.check("GET", path, "/rest/ping?f=json", expect=200)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self.check("POST", path, "/rest/ping", body=f"f=json&apiKey={key}", token=False, headers=form, expect=200)

    def webdav_routes(self):
        for path, named in (("/dav", "/dav"), ("/dav/{path}", "/dav/Films/Tide%20%282020%29.mkv")):
            self.check("GET", path, named, expect=200)
            self.check("OPTIONS", path, named, expect=200)
            self.check("PROPFIND", path, named, headers={"Depth": "1"}, expect=207)
            self.check("PROPFIND", path, named, expect=403)
            self.check("PROPFIND", path, named, headers={"Depth": "few"}, expect=400)
            for method in ("GET", "OPTIONS", "PROPFIND"):
                self.check(method, path, named, token=False, expect=401)
        film, folder = "/dav/Films/Tide%20%282020%29.mkv", "/dav/{path}"
        self.check("GET", folder, film, headers={"Range": "bytes=0-9"}, expect=206)
        self.check("GET", folder, film, headers={"Range": "bytes=99999999-"}, expect=416)
        self.check("GET", folder, "/dav/Films", expect=200)
        self.check("GET", folder, "/dav/Films/None.mkv", expect=404)
        self.check("PROPFIND", folder, "/dav/Films/None.mkv", headers={"Depth": "0"}, expect=404)

    def files_routes(self):
        self.check("GET", "/", token=False, expect=303)
        self.check("GET", "/files", token=False, expect=200)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        enter = "/files/enter"
        self.check("POST", enter, body="username=owner&password=wrong", token=False, headers=form, expect=401)
        self.check("POST", enter, body="password", token=False, headers=form, expect=400)
        self.check("POST", enter, body="password=x", token=False, headers={**form, "Sec-Fetch-Site": "cross-site"}, expect=403)
        answer = self.check("POST", enter, body=f"username=owner&password={PASSWORD}".replace(" ", "+"), token=False, headers=form, expect=303)
        cookie = {"Cookie": answer.headers["set-cookie"].split(";")[0]}
        self.check("GET", "/files", headers=cookie, token=False, expect=200)
        self.check("GET", "/files", f"/files?in={UNKNOWN}", headers=cookie, token=False, expect=404)
        film = self.server.get(f"/api/v1/media/{self.item('movie', 'Tide')['id']}").json
        path, at = "/files/get/{id}/{file}", f"/files/get/{film['id']}/{film['files'][0]['id']}"
        self.check("GET", path, at, headers=cookie, token=False, expect=200)
        self.check("GET", path, at, headers={**cookie, "Range": "bytes=0-9"}, token=False, expect=206)
        self.check("GET", path, at, token=False, expect=303)
        self.check("GET", path, f"/files/get/{film['id']}/{UNKNOWN}", headers=cookie, token=False, expect=404)
        self.check("POST", "/files/password", headers=cookie, token=False, expect=200)
        self.check("POST", "/files/password", token=False, expect=303)
        self.check("POST", "/files/leave", headers={**cookie, "Sec-Fetch-Site": "cross-site"}, token=False, expect=403)
        self.check("POST", "/files/leave", headers=cookie, token=False, expect=303)

    def oauth_routes(self, form):
        page, device = "/oauth/authorize", "/oauth/device"
        asked = ("response_type=code&client_id=marea&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcallback&code_challenge_method=S256"
                 "&code_challenge=" + "A" * 43)
        self.check("GET", page, f"{page}?{asked}", token=False, expect=200)
        self.check("GET", page, f"{page}?{asked}&scope=wrong", token=False, expect=303)
        self.check("GET", page, page, token=False, expect=400)
        self.check("POST", page, body="request=" + asked.replace("%", "%25").replace("&", "%26"), token=False, headers=form, expect=403)
        self.check("POST", page, body="", token=False, headers=form, expect=400)
        started = self.check("POST", device, body="client_id=marea", token=False, headers=form, expect=200).json
        self.check("POST", device, body="client_id=nobody", token=False, headers=form, expect=400)
        self.check("GET", device, f"{device}?user_code={started['user_code']}", token=False, expect=200)
        self.check("POST", device + "/answer", body="action=allow", token=False, headers=form, expect=403)
        qr = device + "/qr.svg"
        self.check("GET", qr, started["verification_qr_uri"].removeprefix(self.server.url), token=False, expect=200)
        self.check("GET", qr, qr + "?user_code=x", token=False, expect=400)
        clients = "/api/v1/admin/clients"
        made = self.check("POST", clients, body={"name": "Player", "redirect_uris": ["https://player.example/"]}, expect=201).json
        self.check("POST", clients, body={"name": "Player", "redirect_uris": ["http://player.example/"]}, expect=400)
        self.check("GET", clients, expect=200)
        self.check("DELETE", clients + "/{id}", f"{clients}/{made['id']}", expect=204)
        self.check("DELETE", clients + "/{id}", f"{clients}/{UNKNOWN}", expect=404)
        self.check("DELETE", clients + "/{id}", f"{clients}/marea", expect=409)

    def household_routes(self):
        self.check("GET", "/api/v1/household", expect=200)
        self.check("PUT", "/api/v1/household", body={"share_purchases": "members", "max_devices": 50}, expect=200)
        self.check("PUT", "/api/v1/household", body={"share_purchases": "friends"}, expect=400)
        for base in ("/api/v1/household/members", "/api/v1/admin/users"):
            wish = {"username": f"Kim of {base}"[:30], "password": PASSWORD, "role": "child", "libraries": None}
            made = self.check("POST", base, body=wish, headers={"Idempotency-Key": "kim"}, expect=201).json
            self.check("POST", base, body=wish, headers={"Idempotency-Key": "kim"}, expect=200)
            self.check("POST", base, body=wish, expect=409)
            self.check("POST", base, body={**wish, "username": "Lee", "role": "member", "age_limit": 6}, expect=422)
            self.check("GET", base, expect=200)
            one, path = base + "/{id}", f"{base}/{made['id']}"
            self.check("GET", one, path, expect=200)
            self.check("PUT", one, path, {"age_limit": 12, "max_streams": 2}, 200)
            self.check("PUT", one, path, {"age_limit": 99}, 400)
            self.check("DELETE", one, path, expect=204)
            self.check("PUT", one, path, {"role": "member"}, 404)
            self.check("GET", one, path, expect=404)
        owner = f"/api/v1/household/members/{self.server.get('/api/v1/me').json['id']}"
        self.check("DELETE", "/api/v1/household/members/{id}", owner, expect=409)

    def catalogue_routes(self):
        self.check("GET", "/api/v1/libraries", expect=200)
        for query in ("", "?fields=files&status=broken", "?kind=album,movie&sort=added&order=desc&limit=2", "?fields=letters", "?kind=track&sort=artist&fields=letters",
                      "?resolution=sd&hdr=none&state=unwatched&duration_to=60&added_from=1&year_to=2030&genre=a&genre=b&album=x&series=y"):
            self.check("GET", "/api/v1/media", f"/api/v1/media{query}", expect=200)
        self.check("GET", "/api/v1/media/facets", expect=200)
        self.check("GET", "/api/v1/media/facets", "/api/v1/media/facets?facet=genre&kind=track", expect=200)
        self.check("GET", "/api/v1/media/facets", "/api/v1/media/facets?facet=secret", expect=400)
        self.check("GET", "/api/v1/media", "/api/v1/media?sort=secret", expect=400)
        self.check("GET", "/api/v1/search", "/api/v1/search?q=low", expect=200)
        for item in self.items:
            self.check("GET", "/api/v1/media/{id}", f"/api/v1/media/{item['id']}", expect=200)
        self.check("GET", "/api/v1/media/{id}", f"/api/v1/media/{UNKNOWN}", expect=404)
        album = self.item("album")
        self.check("GET", "/api/v1/media/{id}/artwork", f"/api/v1/media/{album['id']}/artwork?w=100", expect=200)
        self.check("GET", "/api/v1/media/{id}/artwork", f"/api/v1/media/{UNKNOWN}/artwork", expect=404)
        self.check("GET", "/stream/{token}/{title}/artwork", album["artwork_url"] + "&w=200", token=False, expect=200)
        track = self.item("track", "Song 1")
        self.check("GET", "/api/v1/media/{id}/lyrics", f"/api/v1/media/{track['id']}/lyrics", expect=200)
        self.check("GET", "/api/v1/media/{id}/lyrics", f"/api/v1/media/{self.item('movie')['id']}/lyrics", expect=404)
        waveform = ("GET", "/api/v1/media/{id}/waveform")
        drawn = self.check(*waveform, f"/api/v1/media/{track['id']}/waveform", expect=200)
        self.assertEqual(max(drawn.json["peaks"]), 255)
        etag = {"If-None-Match": drawn.headers["etag"]}
        self.check(*waveform, f"/api/v1/media/{track['id']}/waveform", headers=etag, expect=304)
        self.check(*waveform, f"/api/v1/media/{self.item('movie')['id']}/waveform", expect=404)
        self.check("GET", "/api/v1/media/{id}/trailer", f"/api/v1/media/{self.item('movie')['id']}/trailer", expect=404)
        self.check("GET", "/stream/{token}/{title}/trailer", f"/stream/forged/{UNKNOWN}/trailer", token=False, expect=401)

    def metadata_routes(self):
        path, pattern = f"/api/v1/admin/media/{self.item('movie', 'Ebb')['id']}", "/api/v1/admin/media/{id}"
        self.check("PUT", pattern + "/metadata", path + "/metadata", {"title": "Flood", "genres": ["Drama"], "lock": ["year"]}, 200)
        self.check("PUT", pattern + "/metadata", path + "/metadata", {"title": ""}, 400)
        self.check("PUT", pattern + "/metadata", path + "/metadata", {"track": 1}, 422)
        self.check("GET", pattern + "/metadata", path + "/metadata", expect=200)
        self.check("GET", pattern + "/metadata", f"/api/v1/admin/media/{UNKNOWN}/metadata", expect=404)
        picture = self.server.get(f"/api/v1/media/{self.item('album')['id']}/artwork?w=100").body
        self.check("PUT", pattern + "/artwork", path + "/artwork", picture, 200, headers={"Content-Type": "image/jpeg"})
        self.check("PUT", pattern + "/artwork", path + "/artwork", b"no picture", 422, headers={"Content-Type": "image/png"})
        self.check("DELETE", pattern + "/artwork", path + "/artwork", expect=204)
        self.check("DELETE", pattern + "/metadata", path + "/metadata", expect=204)
        self.check("GET", "/api/v1/admin/metadata", expect=200)
        self.check("POST", "/api/v1/admin/metadata/refresh", body={"scope": "all"}, expect=202)
        match, nothing = pattern + "/match", f"/api/v1/admin/media/{UNKNOWN}/match"
        self.check("GET", match, path + "/match", expect=422)
        self.check("GET", match, nothing, expect=404)
        self.check("PUT", match, path + "/match", {"id": "603"}, 422)
        self.check("PUT", match, path + "/match", {}, 400)
        self.check("POST", match + "/search", path + "/match/search", {"title": "Ebb"}, 422)
        self.check("DELETE", match, nothing, expect=404)
        self.check("DELETE", match, path + "/match", expect=204)

    def collection_routes(self):
        film, lists, admin = self.item("movie", "Ebb")["id"], "/api/v1/collections", "/api/v1/admin/collections"
        made = self.check("POST", admin, body={"name": "The Seas", "media_ids": [film]}, expect=201).json
        self.check("POST", admin, body={"name": "x", "media_ids": [UNKNOWN]}, expect=422)
        self.check("POST", admin, body={"overview": "x"}, expect=400)
        self.check("GET", lists, expect=200)
        self.check("GET", lists, lists + "?cursor=x", expect=400)
        self.assertEqual([one["id"] for one in self.check("GET", lists, f"{lists}?item={film}", expect=200).json["items"]], [made["id"]])
        self.check("GET", lists, f"{lists}?item={UNKNOWN}", expect=404)
        self.check("GET", lists + "/{id}", f"{lists}/{made['id']}", expect=200)
        self.check("GET", lists + "/{id}", f"{lists}/{UNKNOWN}", expect=404)
        self.check("PUT", admin + "/{id}", f"{admin}/{made['id']}", {"name": "Seas", "media_ids": []}, 200)
        self.check("DELETE", admin + "/{id}", f"{admin}/{made['id']}", expect=204)
        self.check("DELETE", admin + "/{id}", f"{admin}/{made['id']}", expect=404)
        similar = "/api/v1/media/{id}/similar"
        self.check("GET", similar, f"/api/v1/media/{film}/similar", expect=200)
        self.check("GET", similar, f"/api/v1/media/{UNKNOWN}/similar", expect=404)

    def playback_routes(self):
        film, broken = self.item("movie", "Ebb"), next(i for i in self.items if i["status"] == "broken")
        start = "/api/v1/media/{id}/playback"
        played = self.check("POST", start, f"/api/v1/media/{film['id']}/playback", MPV, 201).json
        self.check("POST", start, f"/api/v1/media/{UNKNOWN}/playback", MPV, 404)
        self.plan_route(film, broken)
        self.check("POST", start, f"/api/v1/media/{broken['id']}/playback", MPV, 422)
        self.check("POST", start, f"/api/v1/media/{film['id']}/playback", {"capabilities": {"preset": "x"}}, 400)
        convert = {"capabilities": {"preset": "chromium", "protocols": ["progressive"]}}
        tide = f"/api/v1/media/{self.item('movie', 'Tide')['id']}/playback"
        self.check("POST", start, tide, {"capabilities": {"preset": "chromium"}}, 201)
        answer = self.check("POST", start, tide, convert, 422)
        self.assertEqual(answer.json["mode"], "remux")
        self.check("GET", "/api/v1/media/{id}/file", f"/api/v1/media/{film['id']}/file", expect=200)
        self.check("GET", "/api/v1/media/{id}/file", f"/api/v1/media/{film['id']}/file", expect=206,
                   headers={"Range": "bytes=0-9"})
        direct = "/stream/{token}/{title}/direct/{file}"
        self.check("GET", direct, played["url"], token=False, expect=200)
        self.check("GET", direct, played["url"], token=False, expect=416, headers={"Range": "bytes=999999999-"})
        self.check("GET", "/stream/{token}/{title}/sidecar/{sidecar}", played["subtitles"][0]["url"], token=False, expect=200)
        self.stream_routes(played)
        session, path = f"/api/v1/sessions/{played['session_id']}", "/api/v1/sessions/{id}"
        self.check("PUT", path, session, {"position": 1, "state": "playing"}, 204)
        self.check("PUT", path, session, {"position": 1, "state": "dancing"}, 400)
        self.check("PUT", path, f"/api/v1/sessions/{UNKNOWN}", {"position": 1, "state": "paused"}, 404)
        self.check("DELETE", path, session, expect=204)
        self.check("DELETE", path, f"/api/v1/sessions/{UNKNOWN}", expect=404)
        change = "/api/v1/library/{media_id}"
        self.check("PUT", change, f"/api/v1/library/{film['id']}", {"rating": 9, "favourite": True}, 200)
        self.check("PUT", change, f"/api/v1/library/{film['id']}", {"rating": 90}, 400)
        self.check("PUT", change, f"/api/v1/library/{UNKNOWN}", {"rating": 9}, 404)
        for query in ("?state=rated", "?state=favourite,unwatched&kind=movie&sort=title&order=desc"):
            self.check("GET", "/api/v1/library", "/api/v1/library" + query, expect=200)
        self.check("GET", "/api/v1/home", "/api/v1/home?limit=2", expect=200)
        self.check("GET", "/api/v1/home", "/api/v1/home?limit=0", expect=400)
        preferences = "/api/v1/me/preferences"
        self.check("PUT", preferences, body={"user": {"theme": "dark"}, "device": {"volume": 0.5}}, expect=200)
        self.check("PUT", preferences, body={"user": {"No Key": 1}}, expect=400)
        self.check("PUT", preferences, body={"user": {"k": "x" * 20000}}, expect=413)
        self.check("GET", preferences, expect=200)
        self.check("GET", "/api/v1/library", "/api/v1/library?state=all", expect=400)

    def playlist_routes(self):
        film, lists = self.item("movie", "Ebb")["id"], "/api/v1/playlists"
        rules = {"match": "any", "rules": [{"field": "kind", "op": "is", "value": "movie"}, {"rules": []}], "limit": 5}
        smart = self.check("POST", lists, body={"name": "Films", "rules": rules}, expect=201).json
        made = self.check("POST", lists, body={"name": "Some", "media_ids": [film, film]}, expect=201).json
        found = self.check("POST", lists + "/preview", body={"rules": rules}, expect=200).json
        self.assertGreaterEqual(found["count"], len(found["items"]))
        self.check("POST", lists + "/preview", body={"rules": {"rules": [{"field": "year", "op": "is", "value": "x"}]}}, expect=400)
        self.check("POST", lists, body={"name": "x", "rules": {"rules": [{"field": "secret", "op": "is", "value": 1}]}}, expect=400)
        self.check("POST", lists, body={"name": "x", "media_ids": [UNKNOWN]}, expect=422)
        self.check("GET", lists, lists + "?owner=me&limit=1", expect=200)
        self.check("GET", lists, lists + "?owner=x", expect=400)
        one, path, gone = lists + "/{id}", f"{lists}/{made['id']}", f"{lists}/{UNKNOWN}"
        seen = self.check("GET", one, path, expect=200).headers["etag"]
        self.check("GET", one, gone, expect=404)
        self.check("PUT", one, path, {"name": "Others"}, 200, headers={"If-Match": seen})
        self.check("PUT", one, path, {"name": "Lost"}, 412, headers={"If-Match": seen})
        self.check("PUT", one, path, {"rules": rules}, 422)
        self.check("PUT", one, path, {}, 400)
        entries = self.check("GET", one + "/entries", path + "/entries?limit=1", expect=200).json
        self.check("GET", one + "/entries", f"{lists}/{smart['id']}/entries", expect=200)
        self.check("GET", one + "/entries", gone + "/entries", expect=404)
        first = entries["items"][0]["id"]
        self.check("POST", one + "/entries", path + "/entries", {"media_ids": [film], "after": first}, 201)
        self.check("POST", one + "/entries", path + "/entries", {"media_ids": [film], "after": UNKNOWN}, 409)
        self.check("POST", one + "/entries", path + "/entries", {"media_ids": []}, 400)
        self.check("POST", one + "/entries", f"{lists}/{smart['id']}/entries", {"media_ids": [film]}, 422)
        self.check("PUT", one + "/entries/{entry}", f"{path}/entries/{first}", {"after": None}, 200)
        self.check("PUT", one + "/entries/{entry}", f"{path}/entries/{UNKNOWN}", {}, 404)
        for form in ("m3u8", "xspf"):
            self.check("GET", one + "/export", f"{path}/export?format={form}", expect=200)
        self.check("GET", one + "/export", path + "/export?format=pls", expect=400)
        self.check("POST", lists + "/import", body={"content": "#EXTM3U\nEbb (2021).mp4\nnothing.mp3\n"}, expect=201)
        self.check("POST", lists + "/import", body={"content": "<x/>"}, expect=422)
        self.check("DELETE", one + "/entries/{entry}", f"{path}/entries/{first}", expect=204)
        self.check("DELETE", one + "/entries/{entry}", f"{path}/entries/{first}", expect=404)
        self.check("DELETE", one, path, expect=204)
        self.check("DELETE", one, path, expect=404)

    def history_routes(self):
        for query in ("", "?type=RATED,FAVOURITED&limit=1", f"?media_id={self.item('movie', 'Ebb')['id']}"):
            self.check("GET", "/api/v1/history", "/api/v1/history" + query, expect=200)
        self.check("GET", "/api/v1/history", "/api/v1/history?type=DANCED", expect=400)
        undone = self.check("POST", "/api/v1/history/undo", expect=200).json["undone"]
        for seq, status in ((undone["seq"], 409), (99999, 404), (0, 400)):
            self.check("POST", "/api/v1/history/undo", body={"seq": seq}, expect=status)

    def sync_routes(self):
        film = self.item("movie", "Ebb")["id"]
        self.server.put("/api/v1/me/preferences", {"user": {"sync.item": "ask_me"}})
        devices, changes, conflicts = "/api/v1/sync/devices", "/api/v1/sync/changes", "/api/v1/sync/conflicts"
        desk, phone = Device("Desk"), Device("Phone")
        for device, stars in ((desk, 2), (phone, 9)):
            device.edit("item", film, rating=stars)
            self.check("POST", changes, body=device.message(), expect=409)
            self.check("POST", devices, body={"id": device.id, "name": device.name}, expect=201)
            self.check("POST", devices, body={"id": device.id, "name": device.name, "kind": "phone"}, expect=200)
            self.check("POST", changes, body=device.message(), expect=200)
        self.check("POST", devices, body={"id": "x" * 36, "name": "No"}, expect=400)
        self.check("POST", changes, body={"version": 99}, expect=422)
        self.check("POST", changes, body={"no_such_field": 1}, expect=400)
        self.assertEqual(len(self.check("GET", devices, expect=200).json["items"]), 2)
        for query, status in (("", 200), ("?since=1.0&limit=1", 200), (f"?device={desk.id}", 200), ("?since=x", 400), (f"?device={UNKNOWN}", 409)):
            self.check("GET", changes, changes + query, expect=status)
        question = self.check("GET", conflicts, conflicts + "?limit=1", expect=200).json["items"][0]
        self.check("GET", conflicts, conflicts + "?cursor=x", expect=400)
        one = conflicts + "/{id}"
        self.check("POST", one, f"{conflicts}/{question['id']}", body={"choose": 9}, expect=400)
        self.check("POST", one, f"{conflicts}/{question['id']}", body={"choose": 1}, expect=204)
        self.check("POST", one, f"{conflicts}/{question['id']}", body={"choose": 1}, expect=404)
        pair = "/api/v1/sync/pair"
        for device, certificate, others in ((desk, "aa" * 32, 0), (phone, "bb" * 32, 1)):
            answer = self.check("POST", pair, body={"device": device.id, "certificate": certificate}, expect=200)
            self.assertEqual(len(answer.json["items"]), others)
        self.check("POST", pair, body={"device": Device().id, "certificate": "cc" * 32}, expect=409)
        self.check("POST", pair, body={"device": desk.id, "certificate": "no"}, expect=400)
        self.server.put("/api/v1/me/preferences", {"user": {"sync.item": "last_write_wins"}})
        for device, stars in ((desk, 3), (phone, 8)):
            device.edit("item", film, rating=stars)
            device.push(self.server)
        self.assertEqual(self.check("GET", conflicts, expect=200).json["items"], [])
        found = self.check("GET", conflicts, conflicts + "?all=true", expect=200).json["items"]
        self.assertEqual([(one["cell"], one["asks"], one["sides"][one["shown"]]["value"]) for one in found], [("rating", False, 8)])
        self.check("GET", conflicts, conflicts + "?all=yes", expect=400)
        self.check("DELETE", conflicts, expect=204)
        self.assertEqual(self.check("GET", conflicts, conflicts + "?all=true", expect=200).json["items"], [])

    def plan_route(self, film, broken):
        plan = "/api/v1/media/{id}/playback/plan"
        path = f"/api/v1/media/{film['id']}/playback/plan"
        self.assertEqual(self.check("POST", plan, path, MPV, 200).json["mode"], "direct")
        limited = {"capabilities": {"preset": "mpv", "max_bitrate": 100_000}}
        answer = self.check("POST", plan, path, limited, 200).json
        self.assertEqual(answer["mode"], "transcode")
        self.assertTrue(answer["video"]["reasons"])
        self.check("POST", plan, path, {"capabilities": {"preset": "x"}}, 400)
        self.check("POST", plan, f"/api/v1/media/{UNKNOWN}/playback/plan", MPV, 404)
        self.check("POST", plan, f"/api/v1/media/{broken['id']}/playback/plan", MPV, 422)

    def download_routes(self):
        film, downloads = self.item("movie", "Ebb"), "/api/v1/downloads"
        order = {"media_id": film["id"], "format": "mp4"}
        made = self.check("POST", downloads, body=order, expect=201).json
        self.check("POST", downloads, body=order, expect=200)
        self.check("POST", downloads, body={**order, "media_id": UNKNOWN}, expect=404)
        self.check("POST", downloads, body={**order, "format": "avi"}, expect=400)
        self.check("POST", downloads, body={**order, "media_id": self.item("album")["id"]}, expect=422)
        self.check("GET", downloads, downloads + "?limit=1", expect=200)
        self.check("GET", downloads, downloads + "?cursor=x", expect=400)
        one, path = downloads + "/{id}", f"{downloads}/{made['id']}"
        wait_for(lambda: self.check("GET", one, path, expect=200).json["state"] == "ready", 60, "the download")
        self.check("GET", one, f"{downloads}/{UNKNOWN}", expect=404)
        file = one + "/file"
        self.check("GET", file, path + "/file", expect=200)
        self.check("GET", file, path + "/file", expect=206, headers={"Range": "bytes=5-9"})
        self.check("GET", file, path + "/file", expect=416, headers={"Range": "bytes=999999999-"})
        self.check("GET", file, f"{downloads}/{UNKNOWN}/file", expect=404)
        self.check("DELETE", one, path, expect=204)
        self.check("DELETE", one, path, expect=404)

    def stream_routes(self, played):
        base, file = played["url"].split("direct/")[0], played["file_id"]
        stream = "/stream/{token}/{title}/"
        for kind, name in (("hls", "master.m3u8"), ("dash", "manifest.mpd")):
            pattern = stream + kind + "/{file}/{plan}/{name}"
            self.check("GET", pattern, f"{base}{kind}/{file}/v9-copy/{name}", token=False, expect=404)
            self.check("GET", pattern, f"{base}{kind}/{UNKNOWN}/v0-copy/{name}", token=False, expect=404)
        converted = self.server.post(f"/api/v1/media/{self.item('movie', 'Tide')['id']}/playback",
                                     {"capabilities": {"preset": "chromium"}}, expect=201).json
        self.check("GET", stream + "hls/{file}/{plan}/{name}", converted["url"], token=False, expect=200)
        manifest = converted["url"].replace("/hls/", "/dash/").replace("master.m3u8", "manifest.mpd")
        self.check("GET", stream + "dash/{file}/{plan}/{name}", manifest, token=False, expect=200)
        pattern = stream + "m/{file}/{rendition}/{piece}"
        media = f"{converted['url'].split('hls/')[0]}m/{converted['file_id']}"
        for piece in ("v0-copy/media.m3u8", "v0-copy/init.mp4", "v0-copy/0.m4s", "a1-copy/0.m4s", "sprites/0.jpg"):
            self.check("GET", pattern, f"{media}/{piece}", token=False, expect=200)
        self.check("GET", pattern, f"{media}/v0-copy/0.m4s", token=False, expect=206, headers={"Range": "bytes=0-9"})
        self.check("GET", pattern, f"{base}m/{file}/sprites/sprites.vtt", token=False, expect=200)
        self.check("GET", pattern, f"{base}m/{file}/v0-copy/no.m4s", token=False, expect=404)

    def event_routes(self):
        self.check("POST", "/api/v1/events/ticket", expect=201)
        self.check("POST", "/api/v1/events/ticket", token=False, expect=401)
        self.check("GET", "/api/v1/events", expect=426)
        self.check("GET", "/api/v1/devices", expect=200)
        pattern, own = "/api/v1/devices/{id}/remote", self.server.get("/api/v1/me").json["session_id"]
        path = f"/api/v1/devices/{own}/remote"
        self.check("POST", pattern, path, body={"command": "pause"}, expect=409)
        self.check("POST", pattern, path, body={"command": "reboot"}, expect=400)
        self.check("POST", pattern, path, body={"command": "hand_over", "to": own}, expect=422)
        self.check("POST", pattern, f"/api/v1/devices/{UNKNOWN}/remote", body={"command": "pause"}, expect=404)

    def protection_routes(self):
        film, library = self.item("movie", "Ebb")["id"], self.server.libraries()[0]["id"]
        for kind, name, other in (("media", film, UNKNOWN), ("libraries", library, film)):
            pattern = "/api/v1/admin/" + kind + "/{id}/protection"
            path = f"/api/v1/admin/{kind}/{name}/protection"
            self.check("GET", pattern, path, expect=200)
            self.check("PUT", pattern, path, {"protected": True}, 200)
            self.check("PUT", pattern, path, {"protected": True, "schemes": ["rot13"]}, 400)
            self.check("PUT", pattern, f"/api/v1/admin/{kind}/{other}/protection", {"protected": True}, 404)
        played = {kind: self.check("POST", "/api/v1/media/{id}/playback", f"/api/v1/media/{film}/playback",
                                   {"capabilities": {"preset": "chromium", "protection": [kind]}}, 201).json
                  for kind in ("clearkey-cenc", "aes-128")}
        self.check("GET", "/stream/{token}/{title}/e/{protection}/key", self.key_of(played["aes-128"]), token=False, expect=200)
        self.check("GET", "/stream/{token}/{title}/e/{protection}/key", self.key_of(played["clearkey-cenc"]), token=False, expect=404)
        common = played["clearkey-cenc"]
        hls = "/stream/{token}/{title}/e/{protection}/hls/{file}/{plan}/{name}"
        master = self.check("GET", hls, common["url"], token=False, expect=200)
        manifest = common["url"].replace("/hls/", "/dash/").replace("master.m3u8", "manifest.mpd")
        self.check("GET", hls.replace("/hls/", "/dash/"), manifest, token=False, expect=200)
        piece = "/stream/{token}/{title}/e/{protection}/m/{file}/{rendition}/{piece}"
        media = f"{common['url'].split('/hls/')[0]}/m/{common['file_id']}/"
        for name in ("v0-copy/media.m3u8", "v0-copy/init.mp4", "v0-copy/0.m4s", "a1-copy/0.m4s"):
            self.check("GET", piece, media + name, token=False, expect=200)
        self.check("GET", "/stream/{token}/{title}/m/{file}/{rendition}/{piece}", media.replace("e/clearkey-cenc/", "") + "v0-copy/0.m4s",
                   token=False, expect=403)
        self.check("GET", "/stream/{token}/{title}/direct/{file}", f"{common['url'].split('/e/')[0]}/direct/{common['file_id']}.mp4",
                   token=False, expect=403)
        key_id = base64.urlsafe_b64encode(bytes.fromhex(re.search(r"KEYID=0x(\w+)", master.text)[1])).decode().rstrip("=")
        for pattern, path, token in (("/api/v1/drm/clearkey", None, True),
                                     ("/stream/{token}/{title}/e/{protection}/clearkey", common["protection"]["licence_url"], False)):
            self.check("POST", pattern, path, {"kids": [key_id], "type": "temporary"}, 200, token=token)
            self.check("POST", pattern, path, {"kids": ["A" * 22]}, 404, token=token)
            self.check("POST", pattern, path, {"kids": []}, 400, token=token)
            self.check("POST", pattern, path, {"kids": [key_id], "type": "persistent-license"}, 200 if token else 422, token=token)
        outside, device = "/stream/{token}/{title}/e/{protection}/licence/{system}", "/api/v1/drm/licence"
        base = common["url"].split("/e/")[0]  # the owner has no provider: tests/e2e/test_drm.py has one
        self.check("POST", outside, f"{base}/e/drm-cenc/licence/widevine", b"challenge", 404, token=False)
        self.check("POST", device, f"{device}?system=widevine&media_id={film}", b"challenge", 404)
        self.check("POST", device, f"{device}?system=rot13&media_id={film}", b"challenge", 400)
        kept, licence = "/api/v1/drm/licences", "/api/v1/drm/licences/{id}"
        own = self.check("GET", kept, kept + "?limit=1", expect=200).json["items"][0]
        self.check("DELETE", licence, f"{kept}/{own['id']}", expect=204)
        self.check("DELETE", licence, f"{kept}/{UNKNOWN}", expect=404)
        for kind, name in (("media", film), ("libraries", library)):
            self.check("DELETE", "/api/v1/admin/" + kind + "/{id}/protection", f"/api/v1/admin/{kind}/{name}/protection", expect=200)
        self.check("DELETE", "/api/v1/admin/media/{id}/protection", f"/api/v1/admin/media/{UNKNOWN}/protection", expect=404)

    @staticmethod
    def key_of(played):
        return played["url"].split("/hls/")[0] + "/key"

    def admin_routes(self):
        libraries = "/api/v1/admin/libraries"
        added = self.check("POST", libraries, body={"name": "More", "path": str(self.more)}, expect=201).json
        folder = str(self.more)
        for wrong in ({"name": "More"}, {"name": "", "path": folder}, {"name": "x" * 201, "path": folder}, {"name": 1, "path": folder},
                      {"name": "More", "path": folder, "x": 1}):
            self.check("POST", libraries, body=wrong, expect=400)
        self.check("POST", libraries + "/{id}/scan", f"{libraries}/{added['id']}/scan", expect=202)
        self.check("POST", libraries + "/{id}/scan", f"{libraries}/{UNKNOWN}/scan", expect=404)
        self.check("DELETE", libraries + "/{id}/scan", f"{libraries}/{added['id']}/scan", expect=204)
        self.check("DELETE", libraries + "/{id}/scan", f"{libraries}/{UNKNOWN}/scan", expect=404)
        self.check("DELETE", libraries + "/{id}", f"{libraries}/{added['id']}", expect=204)
        self.check("DELETE", libraries + "/{id}", f"{libraries}/{UNKNOWN}", expect=404)
        jobs = "/api/v1/admin/jobs"
        for query in ("", "?state=done&kind=sprites&limit=1"):
            self.check("GET", jobs, jobs + query, expect=200)
        for wrong in ("state=lost", "limit=0", "limit=201", "limit=9x", "cursor=x", "kind=" + "k" * 65):
            self.check("GET", jobs, f"{jobs}?{wrong}", expect=400)
        self.check("DELETE", jobs + "/{id}", f"{jobs}/{UNKNOWN}", expect=404)
        self.check("GET", "/api/v1/admin/audit", expect=200)
        self.check("GET", "/api/v1/admin/audit", "/api/v1/admin/audit?action=library.&since=1&limit=1", expect=200)
        self.check("GET", "/api/v1/admin/audit", "/api/v1/admin/audit?cursor=x", expect=400)
        self.owner_routes()
        self.prepared_routes()
        self.profile_routes()
        self.upload_routes()

    def owner_routes(self):
        sessions, logs = "/api/v1/admin/sessions", "/api/v1/admin/logs"
        going = play(self.server, self.item("movie", "Ebb")["id"])["session_id"]
        self.assertIn(going, [one["id"] for one in self.check("GET", sessions, expect=200).json["items"]])
        self.check("DELETE", sessions + "/{id}", f"{sessions}/{going}?reason=enough", expect=204)
        self.check("DELETE", sessions + "/{id}", f"{sessions}/{going}", expect=404)
        self.check("DELETE", sessions + "/{id}", f"{sessions}/{going}?reason={'x' * 201}", expect=400)
        page = self.check("GET", logs, logs + "?level=info&limit=5", expect=200).json
        self.assertEqual(self.check("GET", logs, f"{logs}?after={page['last']}", expect=200).json["missed"], False)
        self.check("GET", logs, logs + "?level=loud", expect=400)
        self.check("GET", "/api/v1/admin/storage", expect=200)
        self.check("POST", "/api/v1/admin/reload", expect=200)

    def prepared_routes(self):
        pattern, film = "/api/v1/admin/media/{id}/prepared", self.item("movie", "Ebb")["id"]
        path = f"/api/v1/admin/media/{film}/prepared"
        made = self.check("PUT", pattern, path, {}, 202).json
        self.assertTrue(any(name.startswith("v0-h264-") for name in made["renditions"]), made)
        self.check("PUT", pattern, path, {"profile": "attic"}, 422)
        self.check("PUT", pattern, path, {"capabilities": {"preset": "x"}}, 400)
        self.check("PUT", pattern, f"/api/v1/admin/media/{UNKNOWN}/prepared", {}, 404)
        self.check("PUT", pattern, f"/api/v1/admin/media/{self.item('track')['id']}/prepared", {}, 422)
        wait_for(lambda: self.check("GET", pattern, path, expect=200).json["items"][0]["state"] == "ready", 60, "the film")
        self.check("PUT", pattern, path, {}, 200)
        self.check("GET", "/api/v1/admin/prepared", "/api/v1/admin/prepared?limit=1", expect=200)
        self.check("GET", "/api/v1/admin/prepared", "/api/v1/admin/prepared?limit=no", expect=400)
        self.check("DELETE", pattern, path, expect=204)
        self.check("DELETE", pattern, path, expect=404)

    def profile_routes(self):
        profiles, one = "/api/v1/admin/profiles", "/api/v1/admin/profiles/{id}"
        made = self.check("POST", profiles, body={"name": "den", "video": {"max_height": 720}}, expect=201).json
        self.check("POST", profiles, body={"name": "den"}, expect=409)
        self.check("POST", profiles, body={"name": "no", "video": {"rungs": []}}, expect=400)
        self.check("GET", profiles, expect=200)
        self.check("GET", "/api/v1/profiles", expect=200)
        self.check("GET", one, f"{profiles}/den", expect=200)
        self.check("GET", one, f"{profiles}/{UNKNOWN}", expect=404)
        self.check("PUT", one, f"{profiles}/den", {**made, "description": "The small set"}, 200)
        self.check("PUT", one, f"{profiles}/{UNKNOWN}", {}, 404)
        film = f"/api/v1/media/{self.item('movie', 'Tide')['id']}/playback"
        start, wish = "/api/v1/media/{id}/playback", {"capabilities": {"preset": "chromium"}}
        self.check("POST", start, film, {**wish, "profile": "den"}, 201)
        self.check("POST", start, film, {**wish, "profile": "attic"}, 422)
        self.check("DELETE", one, f"{profiles}/den", expect=204)
        self.check("DELETE", one, f"{profiles}/mobile", expect=409)

    def store_routes(self):
        film, library = self.item("movie", "Ebb")["id"], self.item("movie", "Ebb")["library_id"]
        sale = "/api/v1/admin/libraries/{id}/sale"
        self.check("PUT", sale, f"/api/v1/admin/libraries/{library}/sale", {"for_sale": True}, 200)
        self.check("PUT", sale, f"/api/v1/admin/libraries/{UNKNOWN}/sale", {"for_sale": True}, 404)
        self.check("GET", sale, f"/api/v1/admin/libraries/{library}/sale", expect=200)
        products, one = "/api/v1/admin/products", "/api/v1/admin/products/{id}"
        body = {"kind": "single", "title": "Ebb", "media_ids": [film], "state": "active", "prices": [{"currency": "EUR", "amount": 300}]}
        made = self.check("POST", products, body=body, expect=201).json
        self.check("POST", products, body={**body, "media_ids": [UNKNOWN]}, expect=422)
        self.check("POST", products, body={**body, "prices": [{"currency": "eur", "amount": 1}]}, expect=400)
        self.check("GET", products, products + "?state=active&limit=1", expect=200)
        self.check("GET", one, f"{products}/{made['id']}", expect=200)
        self.check("GET", one, f"{products}/{UNKNOWN}", expect=404)
        self.check("PUT", one, f"{products}/{made['id']}", {"staff_pick": 1}, 200)
        self.check("PUT", one, f"{products}/{UNKNOWN}", {"staff_pick": 1}, 404)
        shop = "/api/v1/store/products"
        self.check("GET", "/api/v1/store", expect=200)
        self.check("GET", shop, shop + "?shelf=staff&currency=EUR&price_to=300&q=ebb", expect=200)
        self.check("GET", shop, shop + "?sort=loudness", expect=400)
        self.check("GET", shop + "/{id}", f"{shop}/{made['id']}", expect=200)
        self.check("GET", shop + "/{id}", f"{shop}/{UNKNOWN}", expect=404)
        self.check("GET", shop + "/{id}/artwork", f"{shop}/{UNKNOWN}/artwork?w=200", expect=404)
        self.check("GET", shop + "/{id}/preview", f"{shop}/{made['id']}/preview", expect=404)  # a film
        self.check("GET", shop + "/{id}/trailer", f"{shop}/{made['id']}/trailer", expect=404)
        music = self.server.post(products, {"kind": "album", "title": "Low Water", "media_ids": [self.item("album")["id"]], "pricing": "free",
                                            "state": "active"}, expect=422)  # its library is open to everybody
        self.assertIn("for sale", music.json["detail"])
        vouchers = "/api/v1/admin/vouchers"
        batch = self.check("POST", vouchers, body={"amount": 300, "currency": "EUR", "count": 1}, expect=201).json
        self.check("POST", vouchers, body={"amount": 0, "currency": "EUR", "count": 1}, expect=400)
        self.check("GET", vouchers, expect=200)
        self.check("POST", "/api/v1/store/vouchers/redeem", body={"code": batch["vouchers"][0]}, expect=200)
        self.check("POST", "/api/v1/store/vouchers/redeem", body={"code": "ABCD"}, expect=404)
        self.check("DELETE", vouchers + "/{id}", f"{vouchers}/{batch['id']}", expect=204)
        self.check("DELETE", vouchers + "/{id}", f"{vouchers}/{UNKNOWN}", expect=404)
        self.check("GET", "/api/v1/store/wallet", expect=200)
        orders, wish = "/api/v1/store/orders", {"product_id": made["id"], "currency": "EUR"}
        self.check("POST", orders, body=wish, expect=400)
        key = {"Idempotency-Key": "one"}
        placed = self.check("POST", orders, body=wish, headers=key, expect=201).json
        self.check("POST", orders, body=wish, headers=key, expect=200)
        self.check("POST", orders, body={**wish, "currency": "USD"}, headers=key, expect=409)
        self.check("POST", orders, body={**wish, "product_id": UNKNOWN}, headers={"Idempotency-Key": "two"}, expect=404)
        self.check("GET", orders, expect=200)
        self.check("GET", orders + "/{id}", f"{orders}/{placed['id']}", expect=200)
        self.check("GET", orders + "/{id}", f"{orders}/{UNKNOWN}", expect=404)
        self.check("GET", "/api/v1/store/purchases", expect=200)
        review, place = shop + "/{id}/review", f"{shop}/{made['id']}"
        self.check("PUT", review, place + "/review", {"stars": 5, "text": "Good"}, 204)
        self.check("PUT", review, place + "/review", {"stars": 6}, 400)
        self.check("GET", shop + "/{id}/reviews", place + "/reviews", expect=200)
        self.check("DELETE", review, place + "/review", expect=204)
        self.check("DELETE", review, place + "/review", expect=404)
        self.check("DELETE", one + "/reviews/{user}", f"{products}/{made['id']}/reviews/{UNKNOWN}", expect=404)
        self.check("GET", orders + "/{id}/receipt", f"{orders}/{placed['id']}/receipt", expect=200)
        self.check("GET", orders + "/{id}/receipt", f"{orders}/{UNKNOWN}/receipt", expect=404)
        self.check("GET", "/api/v1/admin/store/sales", "/api/v1/admin/store/sales?from=0", expect=200)
        self.check("GET", "/api/v1/admin/store/sales", "/api/v1/admin/store/sales?from=x", expect=400)
        refund = orders + "/{id}/refund"
        self.check("POST", refund, f"{orders}/{placed['id']}/refund", expect=200)
        self.check("POST", refund, f"{orders}/{placed['id']}/refund", expect=409)
        self.check("POST", refund, f"{orders}/{UNKNOWN}/refund", expect=404)
        self.check("POST", "/api/v1/store/webhooks/{provider}", "/api/v1/store/webhooks/nobody", body={}, token=False, expect=404)
        self.check("GET", "/store/return", "/store/return?paid=yes", token=False, expect=200)
        self.check("POST", "/api/v1/admin/store/reconcile", expect=200)
        me = self.server.get("/api/v1/me").json["id"]
        region = "/api/v1/admin/store/regions"
        self.check("PUT", region + "/{id}", f"{region}/{me}", {"region": "ES"}, 200)
        self.check("PUT", region + "/{id}", f"{region}/{UNKNOWN}", {"region": None}, 404)
        self.check("DELETE", one, f"{products}/{made['id']}", expect=204)
        self.check("DELETE", one, f"{products}/{UNKNOWN}", expect=404)
        self.check("PUT", sale, f"/api/v1/admin/libraries/{library}/sale", {"for_sale": False}, 200)

    def upload_routes(self):
        uploads = "/api/v1/admin/uploads"
        library = base64.b64encode(self.server.libraries()[0]["id"].encode()).decode()
        fields = {"Upload-Length": "3", "Upload-Metadata": f"library {library},filename {base64.b64encode(b'x.flac').decode()}"}
        self.check("OPTIONS", uploads, expect=204)
        made = self.check("POST", uploads, headers=fields, expect=201).json
        self.check("POST", uploads, headers={**fields, "Upload-Length": "x"}, expect=400)
        self.check("GET", uploads, expect=200)
        one = f"{uploads}/{made['id']}"
        self.check("GET", uploads + "/{id}", one, expect=200)
        self.check("GET", uploads + "/{id}", f"{uploads}/{UNKNOWN}", expect=404)
        patch = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
        self.check("PATCH", uploads + "/{id}", one, body=b"ab", headers=patch, expect=204)
        self.check("PATCH", uploads + "/{id}", one, body=b"c", headers=patch, expect=409)
        self.check("DELETE", uploads + "/{id}", one, expect=204)
        self.check("DELETE", uploads + "/{id}", one, expect=404)


if __name__ == "__main__":
    unittest.main()
