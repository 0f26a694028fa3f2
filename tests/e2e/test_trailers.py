"""Trailers: told of with their film, no titles of their own, and seen before it is bought."""
import pathlib
import tempfile
import unittest

from media import make_film
from support import PASSWORD, Server, http_request


class Trailers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-trailers-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name) / "Shop"
        make_film(root / "Tide (2020)" / "Tide (2020).mp4", 8)
        cls.trailer = root / "Tide (2020)" / "Tide (2020)-trailer.mp4"
        make_film(cls.trailer, 3)
        make_film(root / "Foam (2022)" / "Foam (2022).mp4", 6)
        cls.look = root / "Foam (2022)" / "Trailers" / "First look.mp4"
        make_film(cls.look, 2)
        make_film(root / "Calm (2021)" / "Calm (2021).mp4", 5)
        cls.server = server = Server(libraries={"Shop": root})
        cls.addClassCleanup(server.close)
        server.wait_until_idle()
        cls.items = {item["title"]: item["id"] for item in server.all_media()}

    def person(self, name, **more):
        self.server.post("/api/v1/household/members", {"username": name, "password": PASSWORD, **more}, expect=201)
        return self.server.post("/api/v1/login", {"username": name, "password": PASSWORD, "device_name": "tablet"}, token=False).json["access_token"]

    def test_they_are_of_their_film_and_no_titles(self):
        self.assertEqual(set(self.items), {"Tide", "Foam", "Calm"})
        item = self.server.get(f"/api/v1/media/{self.items['Tide']}").json
        self.assertEqual([one["title"] for one in item["trailers"]], ["Tide (2020)-trailer"])
        self.assertAlmostEqual(item["trailers"][0]["duration"], 3, delta=0.3)
        link = self.server.get(f"/api/v1/media/{self.items['Foam']}/trailer").json
        self.assertEqual(link["title"], "First look")
        whole = http_request(self.server.url + link["url"])
        self.assertEqual((whole.status, whole.body), (200, self.look.read_bytes()))
        part = http_request(self.server.url + link["url"], headers={"Range": "bytes=10-29"})
        self.assertEqual((part.status, part.body), (206, self.look.read_bytes()[10:30]))
        self.server.get(f"/api/v1/media/{self.items['Calm']}/trailer", expect=404)
        self.server.get("/api/v1/media/nothing/trailer", expect=404)

    def test_seen_before_it_is_bought_and_nothing_else_is(self):
        server = self.server
        library = server.libraries()[0]["id"]
        server.put(f"/api/v1/admin/libraries/{library}/sale", {"for_sale": True})
        self.addCleanup(lambda: server.put(f"/api/v1/admin/libraries/{library}/sale", {"for_sale": False}))
        server.put(f"/api/v1/admin/media/{self.items['Tide']}/protection", {"protected": True})
        def product(title):
            return server.post("/api/v1/admin/products", {"kind": "single", "title": title, "media_ids": [self.items[title]], "state": "active",
                                                          "prices": [{"currency": "EUR", "amount": 500}]}, expect=201).json["id"]
        tide, calm = product("Tide"), product("Calm")
        ana = self.person("Ana")
        server.get(f"/api/v1/media/{self.items['Tide']}/trailer", token=ana, expect=404)
        self.assertTrue(server.get(f"/api/v1/store/products/{tide}", token=ana).json["trailer"])
        self.assertFalse(server.get(f"/api/v1/store/products/{calm}", token=ana).json["trailer"])
        server.get(f"/api/v1/store/products/{calm}/trailer", token=ana, expect=404)
        link = server.get(f"/api/v1/store/products/{tide}/trailer", token=ana).json
        self.assertEqual(http_request(server.url + link["url"]).body, self.trailer.read_bytes())
        # The link opens that and nothing else.
        _, _, token, file, _ = link["url"].split("/")
        film = server.get(f"/api/v1/media/{self.items['Tide']}").json["files"][0]["id"]
        for path in (f"/stream/{token}/{self.items['Tide']}/direct/{film}", f"/stream/{token}/{film}/trailer",
                     f"/stream/{token}/{file}/direct/{film}", f"/stream/{token}/{file}/direct/{file}", f"/stream/x{token}/{file}/trailer"):
            self.assertIn(http_request(server.url + path).status, (401, 403, 404), path)
        # Who may not see the product sees no trailer of it.
        nil = self.person("Nil", role="child")
        server.get(f"/api/v1/store/products/{tide}/trailer", token=nil, expect=404)
        server.get(f"/api/v1/store/products/{tide}/trailer", token=False, expect=401)


if __name__ == "__main__":
    unittest.main()
