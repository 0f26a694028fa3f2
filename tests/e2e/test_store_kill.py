"""The store's server is killed between what it writes and what it answers: who asks again has what was bought, once, and paid once."""
import json
import pathlib
import socket
import tempfile
import time
import unittest
import urllib.parse

from support import PASSWORD, Server, make_film
from test_accounts import command

PRICE = 100
# How long the server has before it is killed. Whatever it has done by then, what follows has to be right.
MOMENTS = (0, 0.002, 0.005, 0.01, 0.03, 0.3)


class StoreKill(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-store-kill-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        make_film(root / "Shop" / "Tide (2020).mp4", 3)
        cls.server = server = Server(libraries={"Shop": root / "Shop"})
        cls.addClassCleanup(server.close)
        server.wait_until_idle()
        server.put(f"/api/v1/admin/libraries/{server.libraries()[0]['id']}/sale", {"for_sale": True})
        film = server.all_media("kind=movie")[0]["id"]
        cls.product = server.post("/api/v1/admin/products", {"kind": "single", "title": "Tide", "media_ids": [film], "state": "active",
                                                             "prices": [{"currency": "EUR", "amount": PRICE}]}, expect=201).json["id"]
        server.post("/api/v1/household/members", {"username": "Ana", "password": PASSWORD, "role": "member"}, expect=201)
        code = server.post("/api/v1/admin/vouchers", {"amount": 5 * PRICE, "currency": "EUR", "count": 1}, expect=201).json["vouchers"][0]
        server.post("/api/v1/store/vouchers/redeem", {"code": code}, token=cls.sign_in())

    @classmethod
    def sign_in(cls):
        return cls.server.post("/api/v1/login", {"username": "Ana", "password": PASSWORD}, token=False).json["access_token"]

    def killed_while_it_answers(self, path, body, key, moment):
        """Sends the request whole, and kills the server after that long, without a look at its answer."""
        token, text = self.sign_in(), json.dumps(body).encode() if body else b""
        address = urllib.parse.urlsplit(self.server.url)
        head = (f"POST {path} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {key}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(text)}\r\n\r\n")
        with socket.create_connection((address.hostname, address.port)) as wire:
            wire.sendall(head.encode() + text)
            time.sleep(moment)
            self.server.kill()
        self.server.start()
        self.server.login()
        return self.sign_in()

    def balance(self, token):
        return sum(one["amount"] for one in self.server.get("/api/v1/store/wallet", token=token).json["balances"])

    def check_books(self):
        checked = command(self.server, "ledger", "check", "--json")
        self.assertEqual((checked.returncode, json.loads(checked.stdout)["problems"]), (0, []), checked.stdout)

    def test_it_is_had_and_paid_once_and_given_back_once(self):
        wish = {"product_id": self.product, "currency": "EUR"}
        for number, moment in enumerate(MOMENTS):
            with self.subTest(moment=moment):
                key = f"key{number}"
                token = self.killed_while_it_answers("/api/v1/store/orders", wish, key, moment)
                order = self.server.post("/api/v1/store/orders", wish, token=token, headers={"Idempotency-Key": key}, expect=(200, 201)).json
                self.assertEqual(order["state"], "fulfilled")
                self.assertEqual(self.balance(token), 4 * PRICE)
                owned = [one["order_id"] for one in self.server.get("/api/v1/store/purchases", token=token).json["items"]]
                self.assertEqual(owned, [order["id"]])
                refund = f"/api/v1/store/orders/{order['id']}/refund"
                token = self.killed_while_it_answers(refund, None, key + "-back", moment)
                again = self.server.request("POST", refund, token=token)
                self.assertIn(again.status, (200, 409), again)  # now, or before it was killed
                self.assertEqual(self.server.get(f"/api/v1/store/orders/{order['id']}", token=token).json["state"], "refunded")
                self.assertEqual(self.balance(token), 5 * PRICE)
                self.assertEqual(self.server.get("/api/v1/store/purchases", token=token).json["items"], [])
                self.check_books()


if __name__ == "__main__":
    unittest.main()
