"""The store on the real server: what is for sale is shown and not given, what was bought is there at once for whoever bought it
and for nobody else, and gone when it is given back."""
import base64
import csv
import io
import json
import pathlib
import re
import subprocess
import tempfile
import time
import unittest

from support import PASSWORD, Server, http_request, make_album, make_film, make_tone, require_program, wait_for
from test_accounts import command

MEMBERS = "/api/v1/household/members"


class Store(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-store-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        make_album(root / "Shop" / "Low Water", tracks=3, seconds=6)
        make_tone(root / "Shop" / "Long Tide" / "1.mp3", 200, 330, {"title": "Song 1 of Long Tide", "artist": "The Swell", "album_artist": "The Swell",
                                                                    "album": "Long Tide", "track": "1/1"})
        make_film(root / "Shop" / "Tide (2020).mp4", 6)
        make_film(root / "Shop" / "Ebb (2021).mp4", 6)
        make_film(root / "Open" / "Free (2019).mp4", 3)
        config = root / "server.toml"
        config.write_text('[store]\nregion = "ES"\n')
        cls.server = server = Server(libraries={"Shop": root / "Shop", "Open": root / "Open"}, args=["--config", str(config)])
        cls.addClassCleanup(server.close)
        server.wait_until_idle()
        cls.shop = next(one["id"] for one in server.libraries() if one["name"] == "Shop")
        server.put(f"/api/v1/admin/libraries/{cls.shop}/sale", {"for_sale": True})
        cls.items = {item["title"]: item for kind in ("movie", "album", "track") for item in server.all_media(f"kind={kind}")}
        cls.people = {}

    def person(self, name, **rights):
        """Somebody new, signed in."""
        made = self.server.post(MEMBERS, {"username": name, "password": PASSWORD, **rights}, expect=201).json
        self.people[name] = made["id"]
        return self.sign_in(name)

    def sign_in(self, name, device="phone"):
        return self.server.post("/api/v1/login", {"username": name, "password": PASSWORD, "device_name": device},
                                token=False).json["access_token"]

    def product(self, named, euros=500, **more):
        body = {"kind": "single", "title": named, "media_ids": [self.items[named]["id"]], "state": "active",
                "prices": [{"currency": "EUR", "amount": euros}], **more}
        return self.server.post("/api/v1/admin/products", body, expect=201).json

    def credit(self, token, euros):
        code = self.server.post("/api/v1/admin/vouchers", {"amount": euros, "currency": "EUR", "count": 1}, expect=201).json["vouchers"][0]
        return self.server.post("/api/v1/store/vouchers/redeem", {"code": code.lower().replace("-", " ")}, token=token, expect=200).json

    def buy(self, token, product, key, expect=201, **more):
        return self.server.post("/api/v1/store/orders", {"product_id": product["id"], "currency": "EUR", **more}, token=token,
                                headers={"Idempotency-Key": key}, expect=expect).json

    def balance(self, token):
        return {one["currency"]: one["amount"] for one in self.server.get("/api/v1/store/wallet", token=token).json["balances"]}

    def titles(self, token, kind="movie"):
        return {item["title"] for item in self.server.get(f"/api/v1/media?kind={kind}", token=token).json["items"]}

    def play(self, token, title, expect=201, preset="mpv"):
        return self.server.post(f"/api/v1/media/{self.items[title]['id']}/playback", {"capabilities": {"preset": preset}},
                                token=token, expect=expect).json

    def check_books(self):
        checked = command(self.server, "ledger", "check", "--json")
        self.assertEqual((checked.returncode, json.loads(checked.stdout)["problems"]), (0, []), checked.stdout)

    def test_what_is_for_sale_is_shown_and_not_given(self):
        server, token = self.server, self.person("Eva")
        tide = self.product("Tide", sales=[{"percent": 50, "from": 0, "until": 4_000_000_000_000}])
        shown = server.get(f"/api/v1/store/products/{tide['id']}", token=token).json
        self.assertEqual((shown["titles"][0]["title"], shown["owned"]), ("Tide", False))
        self.assertEqual([(one["amount"], one["list_amount"]) for one in shown["prices"]], [(250, 500)])
        self.assertEqual([(one["title"], one["preview"]) for one in shown["parts"]], [("Tide", False)])
        album = server.get(f"/api/v1/store/products/{self.product('Low Water', 700, kind='album')['id']}", token=token).json
        self.assertEqual([(one["title"], one["track"], one["preview"]) for one in album["parts"]], [(f"Song {n}", n, True) for n in (1, 2, 3)])
        self.assertIn(tide["id"], [one["id"] for one in server.get("/api/v1/store/products?q=tid&currency=EUR", token=token).json["items"]])
        self.assertEqual(self.titles(token), {"Free"})
        self.assertEqual({one["name"] for one in server.get("/api/v1/libraries", token=token).json["items"]}, {"Open"})
        self.assertEqual(server.get("/api/v1/search?q=tide", token=token).json["items"], [])
        film = self.items["Tide"]["id"]
        for path in (f"/api/v1/media/{film}", f"/api/v1/media/{film}/file", f"/api/v1/media/{film}/artwork", f"/api/v1/media/{film}/similar"):
            server.get(path, token=token, expect=404)
        self.play(token, "Tide", expect=404)
        server.post("/api/v1/downloads", {"media_id": film}, token=token, expect=404)
        self.assertEqual(self.titles(True), {"Free", "Tide", "Ebb"})  # owners see all of it
        draft = self.product("Ebb", state="draft")
        server.get(f"/api/v1/store/products/{draft['id']}", token=token, expect=404)
        elsewhere = self.product("Ebb", territories=["PT"])
        server.get(f"/api/v1/store/products/{elsewhere['id']}", token=token, expect=404)
        server.put(f"/api/v1/admin/store/regions/{self.people['Eva']}", {"region": "PT"})
        server.get(f"/api/v1/store/products/{elsewhere['id']}", token=token)
        open_film = server.post("/api/v1/admin/products", {"kind": "single", "title": "Free", "media_ids": [self.items["Free"]["id"]],
                                                           "pricing": "free"}, expect=422)
        self.assertIn("for sale", open_film.json["detail"])

    def hear(self, token, product, query=""):
        """Seconds of what is to be heard of it, as another program hears them."""
        sound = self.server.get(f"/api/v1/store/products/{product['id']}/preview{query}", token=token)
        self.assertEqual(sound.headers["content-type"], "audio/mpeg")
        probed = subprocess.run([require_program("ffprobe", "ffmpeg"), "-v", "error", "-count_packets", "-show_entries",
                                 "stream=codec_name,nb_read_packets,sample_rate", "-of", "json", "-"], input=sound.body, capture_output=True, timeout=180)
        stream = json.loads(probed.stdout)["streams"][0]
        self.assertEqual(stream["codec_name"], "mp3")
        return int(stream["nb_read_packets"]) * 1152 / int(stream["sample_rate"])

    def test_half_a_minute_is_heard_of_what_is_for_sale(self):
        token, album = self.person("Ear"), self.product("Long Tide", 900, kind="album")
        self.assertAlmostEqual(self.hear(token, album), 30, delta=2)
        named = self.hear(token, album, f"?media_id={self.items['Song 1 of Long Tide']['id']}")
        self.assertAlmostEqual(named, 30, delta=2)
        self.server.get(f"/api/v1/store/products/{album['id']}/preview?media_id={self.items['Song 2']['id']}", token=token, expect=404)
        self.assertAlmostEqual(self.hear(token, self.product("Song 2", 100)), 6, delta=1)

    def test_buying_with_credit(self):
        server, ana, ben = self.server, self.person("Ana"), self.person("Ben")
        album = self.product("Low Water", 700, kind="album")
        self.assertEqual(self.buy(ana, album, "a1", expect=422)["status"], 422)
        self.assertEqual(self.credit(ana, 1000)["credited"], {"amount": 1000, "currency": "EUR"})
        order = self.buy(ana, album, "a1")
        self.assertEqual((order["state"], order["price"]["amount"]), ("fulfilled", 700))
        self.assertEqual([one["state"] for one in order["history"]], ["created", "pending", "paid", "fulfilled"])
        self.assertEqual(self.buy(ana, album, "a1", expect=200)["id"], order["id"])
        self.assertEqual(self.balance(ana), {"EUR": 300})
        self.assertEqual(self.titles(ana, "track"), {"Song 1", "Song 2", "Song 3"})
        self.assertEqual((self.titles(ana, "album"), self.titles(ana, "artist")), ({"Low Water"}, {"The Tides"}))
        self.assertEqual(self.titles(ben, "track"), set())
        song = self.items["Song 2"]["id"]
        session = self.play(ana, "Song 2")
        self.assertEqual(http_request(server.url + session["url"]).status, 200)
        server.get(f"/api/v1/media/{song}/file", token=ana)
        server.post(f"/api/v1/store/orders/{order['id']}/refund", token=ana, expect=422)  # it was taken to keep
        events = server.get("/api/v1/history?type=PURCHASED", token=ana).json["items"]
        self.assertEqual([(one["media_id"], one["undoable"]) for one in events], [(self.items["Low Water"]["id"], False)])
        owned = server.get("/api/v1/library?state=owned", token=ana).json["items"]
        self.assertEqual([one["id"] for one in owned], [self.items["Low Water"]["id"]])
        self.assertEqual(server.get("/api/v1/library?state=owned", token=ben).json["items"], [])
        bought = server.get("/api/v1/store/purchases", token=ana).json["items"]
        self.assertEqual([one["order_id"] for one in bought], [order["id"]])
        self.others_have_nothing(ben, order, song)
        self.orders_have_their_picture(ana, album)
        replayed = command(server, "replay", "--check", "--json")
        self.assertEqual(replayed.returncode, 0, replayed.stdout + replayed.stderr)
        self.check_books()

    def orders_have_their_picture(self, token, product):
        """In their list, as long as the product is to be seen."""
        def picture():
            return self.server.get("/api/v1/store/orders", token=token).json["items"][0]["artwork_url"]
        self.assertEqual(picture(), self.server.get(f"/api/v1/store/products/{product['id']}", token=token).json["artwork_url"])
        self.assertTrue(self.server.get(picture(), token=token).headers["content-type"].startswith("image/"))
        self.server.put(f"/api/v1/admin/products/{product['id']}", {"state": "retired"})
        self.assertIsNone(picture())

    def others_have_nothing(self, token, order, song):
        server = self.server
        for path in (f"/api/v1/store/orders/{order['id']}", f"/api/v1/media/{song}", f"/api/v1/media/{song}/file"):
            server.get(path, token=token, expect=404)
        server.post(f"/api/v1/store/orders/{order['id']}/refund", token=token, expect=404)
        server.post("/api/v1/downloads", {"media_id": song}, token=token, expect=404)
        for path in ("/api/v1/store/orders", "/api/v1/store/purchases", "/api/v1/store/wallet"):
            self.assertEqual(server.get(path, token=token).json["items"], [])
        for method, path in (("GET", "/api/v1/admin/products"), ("GET", "/api/v1/admin/vouchers"), ("POST", "/api/v1/admin/store/reconcile")):
            self.assertEqual(server.raw(method, path, token=token).status, 403)

    def test_giving_back_ends_what_plays(self):
        server, kim = self.server, self.person("Kim")
        ebb = self.product("Ebb", 0, pricing="choose")
        self.credit(kim, 400)
        order = self.buy(kim, ebb, "k1", amount=400)
        session = self.play(kim, "Ebb")
        download = server.post("/api/v1/downloads", {"media_id": self.items["Ebb"]["id"]}, token=kim).json["id"]
        server.get(session["url"], token=False)
        server.get(f"/api/v1/downloads/{download}/file", token=kim)
        refused = server.post(f"/api/v1/store/orders/{order['id']}/refund", token=kim, expect=422)
        self.assertIn("used already", refused.json["detail"])
        refunded = server.post(f"/api/v1/store/orders/{order['id']}/refund", expect=200).json  # by the owner
        self.assertEqual(refunded["state"], "refunded")
        shown = server.get(f"/api/v1/store/products/{ebb['id']}", token=kim).json
        self.assertEqual((shown["owned"], shown["withheld"]), (False, "refunded"))
        self.assertEqual(self.balance(kim), {"EUR": 400})
        server.get(session["url"], token=False, expect=404)
        server.put(f"/api/v1/sessions/{session['session_id']}", {"position": 1, "state": "playing"}, token=kim, expect=404)
        for path in (f"/api/v1/downloads/{download}/file", f"/api/v1/media/{self.items['Ebb']['id']}"):
            server.get(path, token=kim, expect=404)
        server.post(f"/api/v1/store/orders/{order['id']}/refund", expect=409)
        self.check_books()

    def test_gifts_and_sharing(self):
        server, max_, lia = self.server, self.person("Max"), self.person("Lia")
        tide = self.product("Tide", 100)
        self.credit(max_, 200)
        order = self.buy(max_, tide, "m1", gift_to="lia")
        self.assertEqual((order["gift"], order["recipient_id"]), (True, self.people["Lia"]))
        self.assertEqual((self.titles(max_), self.titles(lia)), ({"Free"}, {"Free", "Tide"}))
        self.buy(max_, tide, "m2", gift_to="lia", expect=409)
        self.addCleanup(lambda: server.put("/api/v1/household", {"share_purchases": "nobody"}))
        server.put("/api/v1/household", {"share_purchases": "members"})
        self.assertIn("Tide", self.titles(max_))
        self.play(max_, "Tide")
        server.put("/api/v1/household", {"share_purchases": "nobody"})
        self.play(max_, "Tide", expect=404)

    def test_reviews_receipts_and_reports(self):
        server, amy, bob = self.server, self.person("Amy"), self.person("Bob")
        product = self.product("Tide", 150, title='=Tide, "live" <b>')
        place = f"/api/v1/store/products/{product['id']}"
        server.put(f"{place}/review", {"stars": 5}, token=amy, expect=403)
        self.credit(amy, 150)
        order = self.buy(amy, product, "r1")
        server.put(f"{place}/review", {"stars": 2, "text": "Wet"}, token=amy)
        server.put(f"{place}/review", {"stars": 4, "text": "Wet, and good"}, token=amy)
        said = server.get(f"{place}/reviews", token=bob).json["items"]
        self.assertEqual([(one["username"], one["stars"], one["text"], one["own"]) for one in said], [("Amy", 4, "Wet, and good", False)])
        self.assertEqual(server.get(place, token=bob).json["stars"], 4)
        server.delete(f"{place}/review", token=bob, expect=404)
        server.delete(f"/api/v1/admin/products/{product['id']}/reviews/{self.people['Amy']}")
        self.assertEqual(server.get(f"{place}/reviews", token=bob).json["items"], [])
        receipt = f"/api/v1/store/orders/{order['id']}/receipt"
        page = server.get(receipt, token=amy, headers={"Accept-Language": "es-ES,en;q=0.5"}).text
        self.assertIn(f"<h2>Recibo {order['receipt']}</h2>", page)
        self.assertIn("1,50 EUR", page)
        self.assertIn("&lt;b&gt;", page)
        self.assertIn("1.50 EUR", server.get(receipt, token=amy).text)
        server.get(receipt, token=bob, expect=404)
        lines = list(csv.DictReader(io.StringIO(server.get("/api/v1/admin/store/sales").text)))
        line = next(one for one in lines if one["order"] == order["id"])
        self.assertEqual((line["buyer"], line["amount"], line["currency"], line["refunded"]), ("Amy", "1.50", "EUR", "no"))
        self.assertEqual(line["product"], "'=Tide, \"live\" <b>")  # nothing that a table reckons with
        server.get("/api/v1/admin/store/sales", token=amy, expect=403)

    def test_vouchers_count_once(self):
        server, zoe, tom = self.server, self.person("Zoe"), self.person("Tom")
        batch = server.post("/api/v1/admin/vouchers", {"amount": 50, "currency": "EUR", "count": 2, "label": "Fair"}, expect=201).json
        first, second = batch["vouchers"]
        redeem = lambda code, token, expect: server.post("/api/v1/store/vouchers/redeem", {"code": code}, token=token, expect=expect)  # noqa: E731
        self.assertFalse(redeem(first, zoe, 200).json["before"])
        self.assertTrue(redeem(first, zoe, 200).json["before"])
        redeem(first, tom, 404)
        server.delete(f"/api/v1/admin/vouchers/{batch['id']}")
        redeem(second, tom, 404)
        self.assertEqual((self.balance(zoe), self.balance(tom)), ({"EUR": 50}, {}))
        listed = next(one for one in server.get("/api/v1/admin/vouchers").json["items"] if one["id"] == batch["id"])
        self.assertEqual((listed["codes"], listed["redeemed"], "vouchers" in listed), (2, 1, False))

    def test_what_is_ordered_ahead_comes_by_itself(self):
        server, uma = self.server, self.person("Uma")
        tide = self.product("Tide", 100, release_at=int(time.time() * 1000) + 4_000)
        self.credit(uma, 100)
        order = self.buy(uma, tide, "u1")
        self.assertIn(order["state"], ("paid", "fulfilled"))  # the machine may be slow
        wait_for(lambda: server.get(f"/api/v1/store/orders/{order['id']}", token=uma).json["state"] == "fulfilled", 30, "its day")
        self.assertIn("Tide", self.titles(uma))

    def test_keys_are_for_who_is_entitled_on_so_many_devices_where_it_is_sold(self):
        server, ida, leo = self.server, self.person("Ida"), self.person("Leo")
        film = self.items["Ebb"]["id"]
        server.put(f"/api/v1/admin/media/{film}/protection", {"protected": True}, expect=200)
        self.addCleanup(lambda: server.put(f"/api/v1/admin/media/{film}/protection", {"protected": False}, expect=200))
        product = self.product("Ebb", pricing="free", prices=[], max_devices=1, territories=["ES"])
        self.assertTrue(server.get(f"/api/v1/store/products/{product['id']}", token=ida).json["protected"])
        order = self.buy(ida, product, "i1")

        def key_id(token):
            played = server.post(f"/api/v1/media/{film}/playback", token=token, expect=201, body={
                "capabilities": {"preset": "chromium", "protection": ["clearkey-cenc"]}}).json
            found = re.search(r"KEYID=0x(\w+)", server.get(played["url"], token=False).text)[1]
            return base64.urlsafe_b64encode(bytes.fromhex(found)).decode().rstrip("=")

        def ask(token, expect, kind="temporary"):
            return server.post("/api/v1/drm/clearkey", {"kids": [key], "type": kind}, token=token, expect=expect).json

        key = key_id(ida)
        self.assertEqual(len(ask(ida, 200)["keys"]), 1)
        ask(leo, 404)
        tablet = self.sign_in("Ida", "tablet")
        key_id(tablet)
        self.assertIn("as many devices", ask(tablet, 403)["detail"])
        held = server.get("/api/v1/drm/licences", token=tablet).json["items"]
        server.delete(f"/api/v1/drm/licences/{held[0]['id']}", token=leo, expect=404)
        server.delete(f"/api/v1/drm/licences/{held[0]['id']}", token=tablet)
        kept = ask(tablet, 200, "persistent-license")
        self.assertGreater(kept["expires_at"], time.time() * 1000 + 29 * 86_400_000)
        renewed = ask(tablet, 200, "persistent-license")
        self.assertEqual(renewed["licence_id"], kept["licence_id"])
        self.assertGreaterEqual(renewed["expires_at"], kept["expires_at"])
        ask(ida, 403)  # the other one has it now
        ask(leo, 404, "persistent-license")
        server.put(f"/api/v1/admin/store/regions/{self.people['Ida']}", {"region": "PT"})
        ask(tablet, 404, "persistent-license")
        server.put(f"/api/v1/admin/store/regions/{self.people['Ida']}", {"region": None})
        ask(tablet, 200)
        server.post(f"/api/v1/store/orders/{order['id']}/refund", token=ida, expect=422)  # it was kept
        server.post(f"/api/v1/store/orders/{order['id']}/refund", expect=200)
        ask(tablet, 404)
        ask(tablet, 404, "persistent-license")
        states = {one["state"] for one in server.get("/api/v1/drm/licences", token=tablet).json["items"]}
        self.assertEqual(states, {"revoked"})

    def test_other_peoples_players_see_no_more(self):
        server, nil = self.server, self.person("Nil")
        key = server.post("/api/v1/me/app-passwords", {"name": "Player"}, token=nil).json["password"]
        def albums():
            answer = server.get(f"/rest/getAlbumList2?type=newest&f=json&apiKey={key}", token=False).json["subsonic-response"]
            return [one["name"] for one in answer["albumList2"].get("album", [])]
        self.assertEqual(albums(), [])
        self.buy(nil, self.product("Song 1", pricing="free", prices=[]), "n1")
        self.assertEqual(albums(), ["Low Water"])
        self.assertEqual(self.titles(nil, "track"), {"Song 1"})
        self.assertEqual(server.get(f"/api/v1/media/{self.items['Low Water']['id']}", token=nil).json["track_count"], 1)


if __name__ == "__main__":
    unittest.main()
