"""The store's pages on a screen, by real clicks: an owner makes a product; somebody else redeems a voucher, buys it, plays it, has its
receipt, and gives it back."""
import pathlib
import subprocess
import tempfile
import unittest
import urllib.parse

import screenreader
import seat
from media import make_album, require_program
from support import PASSWORD, PATIENCE, Server, is_long, wait_for

XDG_OPEN = """#!/bin/sh
printf '%s\\n' "$1" >> "$MAREA_TEST_OPENED"
"""
SECONDS = 40


def is_within(inner, outer):
    return all(outer[at] <= inner[at] and inner[at] + inner[size] <= outer[at] + outer[size] for at, size in (("x", "width"), ("y", "height")))


class StorePages(seat.Hands):
    screen = "1280x1500x24"   # a whole page at once

    def setUp(self):
        if not is_long():
            self.skipTest("only with --long")
        super().setUp()
        require_program("playerctl", "playerctl")
        folder = tempfile.TemporaryDirectory(prefix="marea-store-pages-")
        self.addCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        make_album(root / "Shop" / "The Tides" / "Low Water", tracks=2, seconds=SECONDS)
        self.server = Server(libraries={"Shop": root / "Shop"})
        self.addCleanup(self.server.close)
        self.server.wait_until_idle()
        tools = self.home / "bin"
        tools.mkdir()
        (tools / "xdg-open").write_text(XDG_OPEN)
        (tools / "xdg-open").chmod(0o755)
        self.opened = self.home / "opened"
        self.reader = screenreader.ScreenReader(self.environment())

    def environment(self):
        env = super().environment()
        return {**env, "PATH": f"{self.home}/bin:{env['PATH']}", "MAREA_TEST_OPENED": str(self.home / "opened")}

    def start(self, *arguments):
        app = super().start(*arguments)
        self.sizes_window(1200, 1400)
        return app

    def sign_in(self, name):
        wait_for(self.form_is_shown, 60, "the form")
        self.keys("Tab", "Return")  # by a password
        for text in (name, PASSWORD):
            self.display.xdotool("type", text)
            self.keys("Return")
        self.press("Sign in", lambda: self.reader.find("Home"), "push button")   # again, where the server took too long

    def in_sheet(self, name):
        """What has that name in the sheet, whatever the page below it has."""
        shown = self.reader.shown()
        sheet = next((thing for thing in shown if thing["role"] == "dialog"), None)
        return sheet and next((thing for thing in shown if thing["name"] == name and thing["enabled"] and is_within(thing, sheet)), None)

    def begins(self, text):
        return next((thing for thing in self.reader.shown() if thing["name"].startswith(text) and thing["enabled"]), None)

    def products(self):
        return self.server.get("/api/v1/admin/products").json["items"]

    def for_sale(self):
        library = self.server.libraries()[0]["id"]
        return self.server.get(f"/api/v1/admin/libraries/{library}/sale").json["for_sale"]

    def playerctl(self, *words):
        done = subprocess.run(["playerctl", "--player=marea", *words], env=self.environment(), capture_output=True, text=True,
                              timeout=60 * PATIENCE)
        return done.stdout.strip()

    def sell(self):
        """As its owner does who has nothing for sale yet."""
        app = self.start("--server", self.server.url)
        self.sign_in("owner")
        self.press("Store", lambda: self.reader.find("Sell something"))
        self.press("Sell something", lambda: self.reader.find("New product"))
        self.press("Shop", lambda: self.reader.find("Put it up"), "check box")
        self.press("Put it up", self.for_sale)
        self.press("New product", lambda: self.reader.find("Keep as a draft"))
        self.write("Find a film, an album or a series", "Low Water")
        self.press("Add Low Water", lambda: self.reader.find("Remove Low Water"))
        self.write("Price", "4.50")
        self.press("Publish", lambda: [one for one in self.products() if one["state"] == "active"])
        made = self.products()[0]
        self.assertEqual((made["kind"], made["title"], made["prices"]), ("album", "Low Water", [{"currency": "EUR", "amount": 450}]))
        self.ends_cleanly(app)

    def orders(self, token):
        return self.server.get("/api/v1/store/orders", token=token).json["items"]

    def credit(self, token):
        return sum(one["amount"] for one in self.server.get("/api/v1/store/wallet", token=token).json["balances"])

    def states(self, token):
        return [one["state"] for one in self.orders(token)]

    def test_an_album_is_sold_bought_heard_and_given_back(self):
        self.sell()
        code = self.server.post("/api/v1/admin/vouchers", {"amount": 1000, "currency": "EUR", "count": 1}, expect=201).json["vouchers"][0]
        self.server.post("/api/v1/household/members", {"username": "eva", "password": PASSWORD}, expect=201)
        token = self.server.post("/api/v1/login", {"username": "eva", "password": PASSWORD, "device_name": "test"}, token=False).json["access_token"]
        app = self.start_as_another("--server", self.server.url)
        self.sign_in("eva")
        self.press("Store", lambda: self.reader.find("Search the store"))
        self.press("Low Water, The Tides", lambda: self.reader.find("Listen to Song 1"), find=self.begins)
        self.press("Listen to Song 1", lambda: self.reader.find("Stop Song 1"))
        self.press("Buy for 4.50", lambda: self.reader.find("Voucher code"), find=self.begins)
        self.write("Voucher code", code)
        self.press("Redeem", lambda: self.credit(token) == 1000)   # that one can pay is not told: the button is there before
        self.press("Pay 4.50", lambda: self.states(token) == ["fulfilled"], find=self.begins)
        wait_for(lambda: self.reader.find("It is in your library."), 60, "what was bought")
        self.press("Play", lambda: self.playerctl("status") == "Playing", find=self.in_sheet)
        self.assertEqual(self.playerctl("metadata", "xesam:album"), "Low Water")
        self.playerctl("stop")
        self.assertEqual([one["title"] for one in self.server.get("/api/v1/library?state=owned", token=token).json["items"]], ["Low Water"])
        self.gives_it_back(token)
        self.ends_cleanly(app)

    def gives_it_back(self, token):
        self.press("Store", lambda: self.reader.find("Purchases"))
        self.press("Purchases", lambda: self.reader.find("Receipt for Low Water"))
        self.press("Receipt for Low Water", lambda: self.opened.exists())
        receipt = urllib.parse.unquote(self.opened.read_text().splitlines()[0].removeprefix("file://"))
        self.assertIn("4.50 EUR", pathlib.Path(receipt).read_text())
        self.press("Give Low Water back", lambda: self.reader.find("Give it back"))
        self.press("Give it back", lambda: self.states(token) == ["refunded"])
        wait_for(lambda: not self.reader.find("Give Low Water back"), 60, "the page to say so")
        self.assertEqual(self.server.get("/api/v1/media?kind=album", token=token).json["items"], [])

    def start_as_another(self, *arguments):
        """With a home of its own; the bus stays."""
        home = self.home
        self.home = home / "eva"
        self.home.mkdir(mode=0o700)   # else its sockets are elsewhere
        (self.home / "bin").symlink_to(home / "bin")
        self.opened = self.home / "opened"
        self.log = self.home / "log"
        self.reader = screenreader.ScreenReader(self.environment())
        return self.start(*arguments)


if __name__ == "__main__":
    unittest.main()
