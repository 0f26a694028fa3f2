"""Every route of the OpenAPI document is tried by people who may not: without a token, as somebody else, as a child, and as
somebody without the library. What each has to get follows from the operation's "x-marea-access":

    public       anybody
    owner        owners: 403 for others
    user         anybody who is signed in; nothing of what somebody may not see is in the answer
    user:title   about a title, or a collection of such: 404 for who may not see it
    user:own     about what one person has made: 404 for everybody else
    ticket       a ticket in the query, which somebody who is signed in asked for
    stream       the token in the path is the credential: 401 with another
"""
import base64
import pathlib
import re
import shutil
import tempfile
import unittest

from contract import operations, resolve
from media import make_cover
from support import PASSWORD, ROOT, Server, make_film, play
from syncwire import Device

MPV = {"capabilities": {"preset": "mpv"}}
FILM = "Nightfall"
# Routes about one thing that everybody who is signed in may ask about, and what keeps them apart.
FOR_EVERYBODY = {
    "/api/v1/household/members/{id}": "members see each other; who is no owner gets a name and no more",
    "/api/v1/store/products/{id}": "what is for sale is shown; what is not is tried below",
    "/api/v1/store/products/{id}/artwork": "the same", "/api/v1/store/products/{id}/preview": "the same",
    "/api/v1/store/products/{id}/trailer": "the same",
    "/api/v1/store/products/{id}/reviews": "the same", "/api/v1/store/products/{id}/review": "everybody's own",
}
# What somebody has is found in a list of theirs, where there is no GET for it alone.
LISTS = {"/api/v1/devices/": "/api/v1/me/devices"}
NAMES_SOMETHING = re.compile(r"(_id|_ids|^kids)$")


def alike(path):
    return re.sub(r"\{[^}]*\}", "{}", path)


def accesses_in_source():
    """(METHOD, path) of every route in the server's sources → what its Access is. Where that does not stand beside it, it
    is what the path says; the other tests see what it is in truth."""
    usual = {"stream": "stream", "admin": "owner"}
    found = {}
    for source in (ROOT / "server").rglob("*.cpp"):
        pattern = r'Method::(\w+),\s*"(/[^"]*)"\s*,(?:\s*Access::(\w+))?'
        for method, path, access in re.findall(pattern, source.read_text()):
            kind = path.removeprefix("/api/v1/").strip("/").split("/")[0]
            found[(method.upper(), alike(path))] = access.lower() or usual.get(kind, "user")
        for path, access in re.findall(r'WebSocketRoute\{\s*"(/[^"]*)"\s*,\s*Access::(\w+)', source.read_text()):
            found[("GET", alike(path))] = access.lower()
    return found


class Access(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-access-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        film = root / "Films" / f"{FILM} (2020)"
        make_film(film / f"{FILM} (2020).mp4", 3)
        (film / f"{FILM} (2020).nfo").write_text(f"<movie><title>{FILM}</title><mpaa>FSK 16</mpaa><genre>Dusk</genre></movie>")
        (film / f"{FILM} (2020).en.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n")
        shutil.copyfile(make_cover(), film / "poster.jpg")
        (root / "Other").mkdir()
        make_film(root / "Shop" / "Ware (2020).mp4", 3)
        cls.server = Server(libraries={"Films": root / "Films", "Other": root / "Other", "Shop": root / "Shop"})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.operations = operations(cls.server.get("/api/v1/openapi.json", token=False).json)
        cls.libraries = {library["name"]: library["id"] for library in cls.server.libraries()}
        cls.film = next(item for item in cls.server.all_media() if item["title"] == FILM)
        cls.tokens = {"member": cls.person("member"), "child": cls.person("child", libraries=None, age_limit=12),
                      "outsider": cls.person("member", libraries=[cls.libraries["Other"]])}
        cls.make_things()

    @classmethod
    def person(cls, role, **rights):
        """A new one's access token."""
        name = f"{role}{len(cls.server.get('/api/v1/household/members').json['items'])}"
        cls.server.post("/api/v1/household/members", {"username": name, "password": PASSWORD, "role": role, **rights}, expect=201)
        answer = cls.server.post("/api/v1/login", {"username": name, "password": PASSWORD}, token=False).json
        return answer["access_token"]

    @classmethod
    def make_things(cls):
        """What the owner has, for every part of a path."""
        server, film = cls.server, cls.film["id"]
        playing = play(server, film)
        playlist = server.post("/api/v1/playlists", {"name": "Mine", "media_ids": [film]}).json["id"]
        entry = server.get(f"/api/v1/playlists/{playlist}/entries").json["items"][0]["id"]
        download = server.post("/api/v1/downloads", {"media_id": film}).json["id"]
        password = server.post("/api/v1/me/app-passwords", {"name": "Phone"}).json["id"]
        device = server.get("/api/v1/me/devices").json["items"][0]["id"]
        member = server.get("/api/v1/household/members").json["items"][1]["id"]
        server.put("/api/v1/me/preferences", {"user": {"sync.item": "ask_me"}})
        for stars in (2, 9):  # by two devices that do not know of each other: a question
            copy = Device()
            copy.register(server)
            copy.edit("item", film, rating=stars)
            copy.push(server)
        conflict = server.get("/api/v1/sync/conflicts").json["items"][0]["id"]
        product, order, licence = cls.shop()
        collection = server.post("/api/v1/admin/collections", {"name": "Dusk", "media_ids": [film]}, expect=201).json["id"]
        detail = server.get(f"/api/v1/media/{film}").json
        cls.things = {
            "/api/v1/media/": film, "/api/v1/library/": film, "/api/v1/admin/media/": film,
            "/api/v1/sessions/": playing["session_id"], "/api/v1/downloads/": download, "/api/v1/me/devices/": device, "/api/v1/devices/": device,
            "/api/v1/me/app-passwords/": password, "/api/v1/me/external-accounts/": password, "/api/v1/playlists/": playlist, "/api/v1/admin/libraries/": cls.libraries["Films"],
            "/api/v1/store/products/": product, "/api/v1/store/orders/": order, "/api/v1/drm/licences/": licence,
            "/api/v1/sync/conflicts/": conflict, "/api/v1/collections/": collection, "/api/v1/household/members/": member, "/api/v1/admin/users/": member,
        }
        cls.entry, cls.file = entry, detail["files"][0]["id"]
        cls.bodies = {
            ("POST", "/api/v1/media/{id}/playback"): MPV, ("POST", "/api/v1/media/{id}/playback/plan"): MPV,
            ("PUT", "/api/v1/library/{media_id}"): {"rating": 7}, ("POST", "/api/v1/downloads"): {"media_id": film},
            ("PUT", "/api/v1/sessions/{id}"): {"position": 1, "state": "playing"},
            ("PUT", "/api/v1/playlists/{id}"): {"name": "Theirs"}, ("POST", "/api/v1/playlists/{id}/entries"): {"media_ids": [film]},
            ("PUT", "/api/v1/playlists/{id}/entries/{entry}"): {"after": None},
            ("POST", "/api/v1/sync/devices"): {"id": Device().id, "name": "Theirs"}, ("POST", "/api/v1/sync/conflicts/{id}"): {"choose": 0},
            ("POST", "/api/v1/drm/clearkey"): {"kids": [cls.kid], "type": "persistent-license"},
            ("POST", "/api/v1/store/orders"): {"product_id": cls.draft, "currency": "EUR"},
            ("POST", "/api/v1/sync/pair"): {"device": Device().id, "certificate": "ab" * 32},
            ("POST", "/api/v1/playlists"): {"name": "Theirs"}, ("POST", "/api/v1/playlists/preview"): {"rules": {"rules": []}}, ("POST", "/api/v1/playlists/import"): {"content": f"#EXTM3U\n{FILM} (2020).mp4\n"},
            ("POST", "/api/v1/devices/{id}/remote"): {"command": "pause"}, ("PUT", "/api/v1/me/preferences"): {"user": {}}, ("POST", "/api/v1/me/app-passwords"): {"name": "Theirs"},
        }

    @classmethod
    def shop(cls):
        """Something for sale, which the owner has bought, and has a licence to keep of: the ids of all three."""
        server, ware = cls.server, next(item["id"] for item in cls.server.all_media() if item["title"] == "Ware")
        server.put(f"/api/v1/admin/libraries/{cls.libraries['Shop']}/sale", {"for_sale": True})
        product = server.post("/api/v1/admin/products", {"kind": "single", "title": "Ware", "media_ids": [ware], "pricing": "free", "state": "active"},
                              expect=201).json["id"]
        order = server.post("/api/v1/store/orders", {"product_id": product, "currency": "EUR"}, headers={"Idempotency-Key": "ware"},
                            expect=201).json["id"]
        server.put(f"/api/v1/admin/media/{ware}/protection", {"protected": True})
        playing = server.post(f"/api/v1/media/{ware}/playback", {"capabilities": {"preset": "chromium", "protection": ["clearkey-cenc"]}},
                              expect=201).json
        key = re.search(r"KEYID=0x(\w+)", server.get(playing["url"], token=False).text)[1]
        kid = base64.urlsafe_b64encode(bytes.fromhex(key)).decode().rstrip("=")
        cls.kid, cls.ware, cls.protected = kid, ware, playing
        cls.key = server.post("/api/v1/drm/clearkey", {"kids": [kid], "type": "persistent-license"}, expect=200).json["keys"][0]["k"]
        cls.draft = server.post("/api/v1/admin/products", {"kind": "single", "title": "Draft", "media_ids": [ware], "pricing": "free"},
                                expect=201).json["id"]
        return product, order, server.get("/api/v1/drm/licences").json["items"][0]["id"]

    def path_of(self, pattern):
        """The address of a thing of the owner's. A route whose parts are not known here needs a line in `things`."""
        path = pattern
        for start, thing in self.things.items():
            if path.startswith(start) and "{" in path:
                path = re.sub(r"\{\w+\}", thing, path, count=1)
                break
        path = path.replace("{entry}", self.entry)
        return re.sub(r"\{\w+\}", "x", path) if pattern.startswith("/api/v1/admin/") or pattern.startswith("/stream/") else path

    def of(self, *accesses):
        found = [(method, path) for (method, path), operation in self.operations.items() if operation["x-marea-access"] in accesses]
        self.assertTrue(found)
        return found

    def ask(self, method, pattern, token):
        path = self.path_of(pattern)
        self.assertNotIn("{", path, f"no thing is known for {method} {pattern}")
        queries = {"/api/v1/search": "?q=night", "/api/v1/media/facets": "?facet=genre", "/api/v1/drm/licence": f"?system=widevine&media_id={self.ware}"}
        query = queries.get(pattern, "")
        headers = {"Idempotency-Key": "theirs"} if pattern == "/api/v1/store/orders" else None
        return self.server.request(method, path + query, self.bodies.get((method, pattern)), headers=headers, token=token)

    def test_every_operation_says_who_may_call_it_and_the_router_agrees(self):
        told = {(method, alike(path)): operation.get("x-marea-access") for (method, path), operation in self.operations.items()}
        known = {"public", "owner", "user", "user:title", "user:own", "stream", "ticket"}
        self.assertEqual({key for key, access in told.items() if access not in known}, set())
        self.assertEqual({key: access.split(":")[0] for key, access in told.items()}, accesses_in_source())
        for (method, path), operation in self.operations.items():
            open_to_all = operation["x-marea-access"] in ("public", "stream")
            self.assertEqual(operation["security"] == [], open_to_all, f"{method} {path}")

    def test_nothing_but_what_is_public_is_answered_without_a_token(self):
        for method, pattern in self.of("owner", "user", "user:title", "user:own", "stream"):
            for token in (None, "forged"):
                answer = self.ask(method, pattern, token)
                self.assertEqual(answer.status, 401, f"{method} {pattern}: {answer}")

    def test_what_is_for_owners_is_refused_to_others(self):
        for method, pattern in self.of("owner"):
            for who, token in self.tokens.items():
                answer = self.ask(method, pattern, token)
                self.assertEqual(answer.status, 403, f"{who}: {method} {pattern}: {answer}")

    def test_what_somebody_has_made_is_not_there_for_others(self):
        for method, pattern in self.of("user:own"):
            for who, token in self.tokens.items():
                answer = self.ask(method, pattern, token)
                # A title that is not there for them is told first, of whatever list.
                other = (method, pattern) == ("POST", "/api/v1/playlists/{id}/entries") and who != "member"
                self.assertEqual(answer.status, 422 if other else 404, f"{who}: {method} {pattern}: {answer}")

    def test_a_title_is_not_there_for_who_may_not_see_it(self):
        for method, pattern in self.of("user:title"):
            missing = pattern.endswith(("/lyrics", "/trailer", "/waveform"))  # the film has none: it is not there for anybody
            answer = self.ask(method, pattern, self.tokens["member"])
            self.assertTrue(missing or answer.status in (200, 201), f"{method} {pattern}: {answer}")
            for who in ("child", "outsider"):
                answer = self.ask(method, pattern, self.tokens[who])
                self.assertEqual(answer.status, 404, f"{who}: {method} {pattern}: {answer}")

    def test_what_anybody_may_ask_tells_nothing_of_what_is_hidden(self):
        secrets = (FILM, self.film["id"], "Dusk", self.key, "Draft")
        shown = set()
        for method, pattern in self.of("user"):
            answer = self.ask(method, pattern, self.tokens["member"])
            self.assertIn(answer.status // 100, (2, 4), f"{method} {pattern}: {answer}")
            self.assertNotIn(answer.status, (401, 403), f"{method} {pattern}: {answer}")
            shown |= {pattern} if any(secret in answer.text for secret in secrets) else set()
            for who in ("child", "outsider"):
                answer = self.ask(method, pattern, self.tokens[who])
                self.assertNotIn(answer.status, (401, 403, 500), f"{who}: {method} {pattern}: {answer}")
                for secret in secrets:
                    told = answer.text.replace(f"{FILM} (2020).mp4", "")  # an import says what of it was not found
                    self.assertNotIn(secret, told, f"{who}: {method} {pattern}")
        # Else the test would see nothing: these do tell who may see it.
        self.assertLessEqual({"/api/v1/media", "/api/v1/media/facets", "/api/v1/search", "/api/v1/home"}, shown)

    def test_what_is_tried_is_there_for_its_owner(self):
        """Else it would not be there for anybody, and the others' 404 would say nothing."""
        for _, pattern in self.of("user:own"):
            if "{" not in pattern:  # what it is about stands in the body
                continue
            start = next(start for start in self.things if pattern.startswith(start))
            if start == "/api/v1/me/external-accounts/":  # takes another server: test_oidc.py
                continue
            thing, alone = self.things[start], start + "{id}"
            if start == "/api/v1/sessions/":  # ends by itself when its player says nothing
                own = play(self.server, self.film["id"])["session_id"]
                self.server.put(f"{start}{own}", {"position": 1, "state": "playing"})
            elif ("GET", alone) in self.operations:
                self.assertEqual(self.ask("GET", alone, True).status, 200, pattern)
            else:
                there = self.server.get(LISTS.get(start, start.rstrip("/"))).json["items"]
                self.assertIn(thing, [one["id"] for one in there], pattern)

    def test_every_route_about_one_thing_says_whose_it_is(self):
        about_one = {path for _, path in self.of("user", "ticket") if "{" in path}
        self.assertEqual(about_one, set(FOR_EVERYBODY), "of one thing: user:title or user:own, or a reason in FOR_EVERYBODY")

    def test_every_body_that_names_something_is_tried_with_what_is_the_owners(self):
        document = self.server.get("/api/v1/openapi.json", token=False).json
        for method, pattern in self.of("user", "user:title", "user:own"):
            body = self.operations[method, pattern].get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            names = [name for name in resolve(document, body).get("properties", {}) if NAMES_SOMETHING.search(name)] if body else []
            if names:
                self.assertIn((method, pattern), self.bodies, f"{method} {pattern} names {names}: it needs a line in `bodies`")

    def test_what_is_not_for_sale_is_not_there_for_who_may_buy(self):
        products = [(method, path) for (method, path) in self.operations if path.startswith("/api/v1/store/products/{id}")]
        self.assertTrue(products)
        for method, pattern in products:
            path = pattern.replace("{id}", self.draft)
            body = {"stars": 5} if method == "PUT" else None
            for who, token in self.tokens.items():
                answer = self.server.request(method, path, body, token=token)
                told = answer.status == 200 and answer.json == {"items": [], "next_cursor": None}
                self.assertTrue(told or answer.status in (403, 404), f"{who}: {method} {pattern}: {answer}")

    def test_keys_are_for_who_may_play_it(self):
        for kind in ("temporary", "persistent-license"):
            for who, token in self.tokens.items():
                answer = self.server.request("POST", "/api/v1/drm/clearkey", {"kids": [self.kid], "type": kind}, token=token)
                self.assertEqual(answer.status, 404, f"{who}: {kind}: {answer}")
                self.assertNotIn(self.key, answer.text)

    def test_a_stream_token_opens_its_own_title_alone(self):
        """A member's token, good for what they may see, in every address of what is the owner's."""
        playing = self.server.post(f"/api/v1/media/{self.film['id']}/playback", MPV, token=self.tokens["member"], expect=201).json
        token, kind = playing["url"].split("/")[2], self.protected["protection"]["kind"]
        hers = self.protected["url"].split("/")
        file, plan = hers[hers.index(kind) + 2], hers[hers.index(kind) + 3]
        parts = {"token": token, "protection": kind, "plan": plan, "name": hers[-1], "rendition": "v0", "piece": "init.mp4", "sidecar": file,
                 "system": "widevine"}
        for method, pattern in self.of("stream"):
            for title, its_file in ((self.ware, file), (self.film["id"], file)):
                path = re.sub(r"\{(\w+)\}", lambda match: {**parts, "title": title, "file": its_file}[match[1]], pattern)
                answer = self.server.request(method, path, {"kids": [self.kid], "type": "temporary"} if method == "POST" else None, token=False)
                picture = pattern.endswith("/artwork") and title == self.film["id"]  # the member's own to see
                self.assertTrue(picture or answer.status in (401, 404), f"{method} {path}: {answer}")
                self.assertNotIn(self.key, answer.text if not picture else "")

    def test_counts_do_not_tell_of_it_either(self):
        for who, films in (("member", 1), ("child", 0), ("outsider", 0)):
            token = self.tokens[who]
            page = self.server.get("/api/v1/media?kind=movie&fields=letters", token=token).json
            self.assertEqual((page["total"], len(page["letters"])), (films, films), who)
            libraries = self.server.get("/api/v1/libraries", token=token).json["items"]
            self.assertEqual(sum(library["items"] for library in libraries), films, who)
            self.assertEqual(sum(library["files"] for library in libraries), films, who)
            self.assertEqual([library["name"] for library in libraries], ["Other"] if who == "outsider" else ["Films", "Other"])


if __name__ == "__main__":
    unittest.main()
