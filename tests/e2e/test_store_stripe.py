"""Paying with Stripe: a double of its API, and its own library (npm: stripe) for the signatures of its messages. However often, late
and in whichever order they come: one charge, one entitlement."""
import concurrent.futures
import http.server
import json
import pathlib
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

from media import require_program
from support import PASSWORD, PATIENCE, Server, make_album, wait_for
from test_accounts import command
from webtools import npm_folder

HERE = pathlib.Path(__file__).resolve().parent / "stripe"
KEY, SECRET, OLD_SECRET = "sk_test_of_these_tests", "whsec_now_of_these_tests", "whsec_before_of_these_tests"


class Signer:
    """Stripe's library as a process that signs."""

    def __init__(self):
        tools = npm_folder(HERE, "stripe-tools")
        script = tools / "sign.mjs"
        script.write_bytes((HERE / "sign.mjs").read_bytes())
        self.process = subprocess.Popen([require_program("node", "nodejs"), str(script)], text=True, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)

    def sign(self, payload, secret=SECRET, timestamp=None):
        self.process.stdin.write(json.dumps({"payload": payload, "secret": secret, "timestamp": timestamp}) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(10 * PATIENCE)
        finally:
            self.process.kill()
            self.process.stdout.close()


class Double(http.server.ThreadingHTTPServer):
    """What Stripe does with Checkout Sessions and refunds, as far as it matters here."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.sessions, self.by_key, self.refunds, self.wrong, self.down, self.lock = {}, {}, [], [], False, threading.Lock()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def session(self, form):
        name = f"cs_test_{len(self.sessions) + 1}aB"
        self.sessions[name] = {
            "id": name, "object": "checkout.session", "status": "open", "payment_status": "unpaid", "url": f"https://checkout.stripe.com/c/{name}",
            "amount_total": int(form["line_items[0][price_data][unit_amount]"]), "currency": form["line_items[0][price_data][currency]"],
            "metadata": {"order_id": form["metadata[order_id]"]}, "payment_intent": None, "form": form}
        return self.sessions[name]

    def of_order(self, order):
        return next(one for one in self.sessions.values() if one["metadata"]["order_id"] == order)

    def pay(self, order):
        session = self.of_order(order)
        session.update(status="complete", payment_status="paid", payment_intent={
            "id": "pi_" + session["id"][8:], "latest_charge": {"refunded": False}})
        return session


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def refused(self):
        if self.server.down:
            self.answer(503, {"error": {"type": "api_error"}})
        elif self.headers["Authorization"] != f"Bearer {KEY}":
            self.server.wrong.append(self.headers["Authorization"])
            self.answer(401, {"error": {"type": "invalid_request_error"}})
        else:
            return False
        return True

    def do_GET(self):
        if self.refused():
            return None
        name = urllib.parse.urlsplit(self.path).path.rsplit("/", 1)[1]
        found = self.server.sessions.get(name)
        return self.answer(200 if found else 404, found or {"error": {}})

    def do_POST(self):
        form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        if self.refused():
            return None
        key = self.headers["Idempotency-Key"]
        with self.server.lock:
            if key in self.server.by_key:
                return self.answer(200, self.server.by_key[key])
            if self.path == "/v1/checkout/sessions":
                made = self.server.session(form)
            elif self.path.endswith("/expire"):
                made = self.server.sessions[self.path.split("/")[-2]]
                if made["status"] != "open":
                    return self.answer(400, {"error": {"type": "invalid_request_error"}})
                made["status"] = "expired"
            elif self.path == "/v1/refunds":
                made = {"id": f"re_{len(self.server.refunds)}", "status": "succeeded"}
                self.server.refunds.append(form)
                paid = next(s for s in self.server.sessions.values() if (s["payment_intent"] or {}).get("id") == form["payment_intent"])
                paid["payment_intent"]["latest_charge"]["refunded"] = True
            else:
                return self.answer(404, {"error": {}})
            self.server.by_key[key] = made
        return self.answer(200, made)


class StripePayments(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.signer = Signer()
        cls.addClassCleanup(cls.signer.close)
        folder = tempfile.TemporaryDirectory(prefix="marea-stripe-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        make_album(root / "Shop" / "Low Water", tracks=3)
        cls.stripe = Double()
        cls.addClassCleanup(cls.stripe.server_close)
        cls.addClassCleanup(cls.stripe.shutdown)
        config = root / "server.toml"
        config.write_text(f'public_url = "https://shop.example"\n[outbound]\nallow = ["127.0.0.1"]\n[store]\nstripe_url = "{cls.stripe.url}"\n'
                          f'stripe_key = "{KEY}"\nstripe_webhook_secrets = ["{SECRET}", "{OLD_SECRET}"]\n')
        cls.server = server = Server(libraries={"Shop": root / "Shop"}, args=["--config", str(config)])
        cls.addClassCleanup(server.close)
        server.wait_until_idle()
        server.put(f"/api/v1/admin/libraries/{server.libraries()[0]['id']}/sale", {"for_sale": True})
        cls.song = server.all_media("kind=track")[0]["id"]
        cls.count = 0

    def setUp(self):
        self.stripe.down = False
        type(self).count += 1
        name = f"Buyer{self.count}"
        self.server.post("/api/v1/household/members", {"username": name, "password": PASSWORD}, expect=201)
        login = {"username": name, "password": PASSWORD, "device_name": "phone"}
        self.token = self.server.post("/api/v1/login", login, token=False).json["access_token"]
        self.product = self.server.post("/api/v1/admin/products", {
            "kind": "single", "title": "Song & más", "media_ids": [self.song], "state": "active",
            "prices": [{"currency": "EUR", "amount": 250}]}, expect=201).json["id"]

    def order(self, key="one", expect=201):
        return self.server.post("/api/v1/store/orders", {"product_id": self.product, "currency": "EUR", "provider": "stripe"},
                                token=self.token, headers={"Idempotency-Key": key}, expect=expect).json

    @staticmethod
    def after_it_rested(ask, field):
        """The server leaves a host in peace that failed several times."""
        return wait_for(lambda: ask().get(field), 120, "the server to ask again")

    def state(self, order):
        return self.server.get(f"/api/v1/store/orders/{order}", token=self.token).json["state"]

    def has_it(self):
        return self.server.raw("GET", f"/api/v1/media/{self.song}", token=self.token).status == 200

    @staticmethod
    def event(name, kind, about):
        return json.dumps({"id": f"evt_{name}", "object": "event", "type": kind, "data": {"object": about}}, ensure_ascii=False)

    def completed(self, order, name=None, **more):
        session = {**self.stripe.of_order(order), "payment_intent": "pi_1", "status": "complete", "payment_status": "paid", **more}
        return self.event(name or f"paid_{order}", "checkout.session.completed", session)

    def deliver(self, payload, header=None, expect=200, **how):
        header = header or self.signer.sign(payload, **how)
        return self.server.post("/api/v1/store/webhooks/stripe", payload, token=False, expect=expect,
                                headers={"Stripe-Signature": header, "Content-Type": "application/json; charset=utf-8"})

    def check_books(self):
        checked = command(self.server, "ledger", "check", "--json")
        self.assertEqual((checked.returncode, json.loads(checked.stdout)["problems"]), (0, []), checked.stdout)

    def events_of(self, order):
        return [one["event"] for one in self.server.get(f"/api/v1/store/orders/{order}", token=self.token).json["history"]]

    def test_what_is_signed_counts_and_nothing_else(self):
        order = self.order()
        session = self.stripe.of_order(order["id"])
        self.assertEqual((order["state"], order["checkout_url"]), ("pending", session["url"]))
        form = session["form"]
        self.assertEqual((form["mode"], form["line_items[0][price_data][product_data][name]"], form["success_url"]),
                         ("payment", "Song & más", "https://shop.example/store/return?paid=yes"))
        self.assertEqual(self.order(expect=200)["checkout_url"], order["checkout_url"])
        paid, now = self.completed(order["id"]), int(time.time())
        good = self.signer.sign(paid)
        self.deliver(paid, secret="whsec_of_somebody_else", expect=401)
        self.deliver(paid, timestamp=now - 400, expect=401)  # replayed late
        self.deliver(paid, timestamp=now + 4000, expect=401)
        self.deliver(paid.replace("Song", "Sing"), header=good, expect=401)
        self.deliver(paid, header="t=1,v1=", expect=401)
        self.deliver(paid, header="v1=" + good.split("v1=")[1], expect=401)
        self.deliver("[]", expect=400)
        self.assertFalse(self.has_it())
        self.deliver(paid, header=good)
        self.deliver(paid, header=good)
        self.assertEqual((self.state(order["id"]), self.has_it()), ("fulfilled", True))
        self.deliver(self.completed(order["id"], "again"), secret=OLD_SECRET)
        self.assertEqual(self.events_of(order["id"]), ["created", "started", "paid", "delivered"])
        self.deliver(self.event("other", "customer.created", {"id": "cus_1"}))
        self.deliver(self.event("nobodys", "checkout.session.completed", {"id": "cs_x", "payment_status": "paid", "metadata": {}}))
        self.check_books()
        self.assertEqual(self.stripe.wrong, [])
        for secret in (KEY, SECRET, session["id"]):
            self.assertNotIn(secret, self.server.log)
        stored = b"".join(path.read_bytes() for path in self.server.data.glob("marea.db*"))
        self.assertNotIn(session["id"].encode(), stored)
        self.assertNotIn(b"checkout.stripe.com", stored)

    def test_a_hundred_at_once_are_one(self):
        order = self.order()["id"]
        same = self.completed(order)
        header = self.signer.sign(same)
        others = [self.completed(order, f"other_{order}_{i}") for i in range(50)]
        calls = [(same, header)] * 50 + [(one, self.signer.sign(one)) for one in others]
        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda call: self.deliver(*call).status, calls))
        self.assertEqual(answers, [200] * 100)
        self.assertEqual(self.events_of(order), ["created", "started", "paid", "delivered"])
        self.assertEqual(len(self.server.get("/api/v1/store/purchases", token=self.token).json["items"]), 1)
        self.check_books()

    def test_any_order_of_arrival(self):
        first = self.order()["id"]
        session = self.stripe.of_order(first)
        self.deliver(self.event(f"x_{first}", "checkout.session.expired", {**session, "status": "expired"}))
        self.assertEqual((self.state(first), self.has_it()), ("expired", False))
        self.deliver(self.completed(first))  # it had been paid before that
        self.assertEqual((self.state(first), self.has_it()), ("fulfilled", True))
        charge = {"id": "ch_1", "refunded": True, "metadata": {"order_id": first}}
        self.deliver(self.event(f"part_{first}", "charge.refunded", {**charge, "refunded": False}))
        self.assertTrue(self.has_it())
        self.deliver(self.event(f"back_{first}", "charge.refunded", charge))
        self.assertEqual((self.state(first), self.has_it()), ("refunded", False))
        second = self.order("two")["id"]
        self.deliver(self.event(f"back_{second}", "charge.refunded", {**charge, "metadata": {"order_id": second}}))
        self.assertEqual(self.state(second), "pending")
        self.deliver(self.completed(second))  # the refund was heard of first
        self.assertEqual((self.state(second), self.has_it()), ("refunded", False))
        third = self.order("three")["id"]
        self.deliver(self.completed(third, amount_total=1))  # not what it costs: for the owner to look at
        self.assertEqual(self.state(third), "pending")
        self.assertIn("store.payment_differs", self.server.log)
        self.check_books()

    def test_what_goes_back_in_part_and_what_is_disputed(self):
        order = self.order()["id"]
        payment = f"pi_{order}"
        charge = {"id": "ch_1", "refunded": False, "currency": "eur", "payment_intent": payment, "metadata": {"order_id": order}}
        self.deliver(self.event(f"p2_{order}", "charge.refunded", {**charge, "amount_refunded": 120}))
        self.deliver(self.completed(order, payment_intent=payment))
        self.deliver(self.event(f"p1_{order}", "charge.refunded", {**charge, "amount_refunded": 50}))  # late
        found = self.server.get(f"/api/v1/store/orders/{order}", token=self.token).json
        self.assertEqual((found["state"], found["refunded"], found["disputed"], self.has_it()), ("fulfilled", 120, False, True))
        self.check_books()

        def dispute(name, kind, status, about=payment, number="dp_1"):
            body = {"id": f"{number}_{order}", "object": "dispute", "amount": 130, "currency": "eur", "payment_intent": about, "status": status}
            self.deliver(self.event(f"{name}_{order}", f"charge.dispute.{kind}", body))
            return self.server.get(f"/api/v1/store/orders/{order}", token=self.token).json

        def withheld():
            return self.server.get(f"/api/v1/store/products/{found['product_id']}", token=self.token).json["withheld"]

        self.assertIsNone(withheld())
        self.assertFalse(dispute("d0", "created", "warning_needs_response")["disputed"])
        self.assertFalse(dispute("d1", "created", "needs_response", about="pi_of_somebody")["disputed"])
        number = "dp_2"
        self.assertEqual((dispute("d2", "created", "needs_response", number=number)["disputed"], self.has_it()), (True, False))
        self.assertEqual(withheld(), "disputed")
        self.server.post(f"/api/v1/store/orders/{order}/refund", token=True, expect=409)
        self.check_books()
        self.assertEqual((dispute("d3", "closed", "won", number=number)["disputed"], self.has_it()), (False, True))
        self.assertTrue(dispute("d4", "updated", "under_review", number=number)["state"] == "fulfilled")  # late
        self.assertTrue(self.has_it())
        lost = dispute("d5", "closed", "lost", number="dp_3")  # it was opened, which was not heard of
        self.assertEqual((lost["state"], lost["disputed"], self.has_it()), ("refunded", False, False))
        self.assertEqual(withheld(), "dispute_lost")
        self.assertEqual([one for one in self.events_of(order) if one not in ("created", "started")],
                         ["partly_refunded", "paid", "delivered", "disputed", "dispute_won", "disputed", "dispute_lost"])
        self.check_books()
        stored = b"".join(path.read_bytes() for path in self.server.data.glob("marea.db*"))
        self.assertNotIn(payment.encode(), stored)

    def test_what_was_not_heard_of_is_asked_for(self):
        self.stripe.down = True
        self.order(expect=503)
        self.stripe.down = False
        order = self.after_it_rested(lambda: self.order(expect=(200, 503)), "id")  # the same request: the same order
        self.assertEqual(len([one for one in self.stripe.sessions.values() if one["metadata"]["order_id"] == order]), 1)
        self.stripe.pay(order)
        asked = command(self.server, "ledger", "reconcile", "--json")
        report = json.loads(asked.stdout)
        self.assertGreaterEqual(report["asked"], 1, report)
        self.assertEqual((self.state(order), self.has_it()), ("fulfilled", True))
        self.assertNotIn(order, str(report["problems"]))
        refunded = self.server.post(f"/api/v1/store/orders/{order}/refund", token=self.token, expect=200).json
        self.assertEqual((refunded["state"], self.has_it()), ("refunded", False))
        self.assertEqual([one["metadata[order_id]"] for one in self.stripe.refunds].count(order), 1)
        self.server.post(f"/api/v1/store/orders/{order}/refund", token=self.token, expect=409)
        self.check_books()

    def test_what_is_paid_for_cannot_be_paid_for_once_more(self):
        first, second = self.order("one")["id"], self.order("two")["id"]
        self.deliver(self.completed(first))
        wait_for(lambda: self.state(second) == "expired", 60, "the other page to be closed")
        self.assertEqual((self.stripe.of_order(second)["status"], self.stripe.of_order(first)["status"]), ("expired", "open"))
        self.assertEqual((self.state(first), self.has_it()), ("fulfilled", True))
        self.check_books()

    def test_a_refund_while_stripe_is_down_takes_back_at_once(self):
        order = self.order()["id"]
        self.deliver(self.completed(order))
        self.stripe.pay(order)
        self.stripe.down = True
        asked = self.server.post(f"/api/v1/store/orders/{order}/refund", token=self.token, expect=202).json
        self.assertEqual((asked["refund_pending"], self.has_it()), (True, False))
        self.stripe.down = False
        again = lambda: self.server.post(f"/api/v1/store/orders/{order}/refund", token=self.token, expect=(200, 202, 409)).json  # noqa: E731
        wait_for(lambda: again().get("state") == "refunded" or self.state(order) == "refunded", 120, "the refund")
        self.check_books()


if __name__ == "__main__":
    unittest.main()
