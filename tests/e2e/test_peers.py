"""Two computers of one person, each with a library of its own: paired by digits, and in step without a server between them."""
import time
import unittest

import seat
from support import is_long, wait_for

CHIP = "check box"   # by its role
STARS = r"(\S+) of 5 stars"


class Peers(unittest.TestCase):
    def setUp(self):
        if not is_long():
            self.skipTest("only with --long")
        self.desk, self.lap = (seat.Seat.taken_by(self) for _ in range(2))
        self.apps = [one.begins_with_music() for one in (self.desk, self.lap)]

    def opens_pairing(self, one):
        one.press("Account", lambda: one.sees("Settings"))
        one.press("Settings", lambda: one.sees("This computer"))
        one.press("This computer", lambda: one.reader.find("Sync with other computers", CHIP), CHIP)
        one.press("Sync with other computers", lambda: one.sees("Pair and manage"), CHIP)
        one.press("Pair and manage", lambda: one.sees("Pair another computer"))
        one.press("Pair another computer", lambda: one.sees("Address of the other computer"))
        wait_for(lambda: one.setting("peers", "port"), 120, "the port to be open")

    def pairs(self):
        """Returns the digits that both show."""
        self.opens_pairing(self.lap)
        self.opens_pairing(self.desk)
        self.desk.press("Address of the other computer")
        self.desk.types(f"127.0.0.1:{self.lap.setting('peers', 'port')}")
        self.desk.press("Connect", lambda: self.desk.named("Digits: .*"))
        digits = [one.waits_for("Digits: (.*)", "the digits")[1] for one in (self.desk, self.lap)]
        self.desk.press("They are the same", lambda: self.desk.sees("Waiting for the other computer…"))
        self.lap.press("They are the same", lambda: self.lap.sees("Done"))
        for one in (self.desk, self.lap):
            one.press("Done", lambda one=one: not one.sees("Done"))
        return digits

    def opens_album(self, one):
        one.press("Home", lambda: one.named("Low Water.*"))
        one.press(one.named("Low Water.*").group(), lambda: one.sees("Play"))

    def opens_peer(self, one):
        one.press("Devices", lambda: one.sees("Pair another computer"))
        row = one.waits_for(r".+, (?:Synced .*|Never synced|Syncing.*|.*not paired.*|.*reached.*)", "the paired computer")
        one.press(row.group(), lambda: one.sees("Unpair…"))

    def syncs_until(self, one, condition, what):
        """Also a sync that was under way before may be what “Sync now” finds: then once more."""
        self.opens_peer(one)
        tries = iter(range(8))

        def seen():
            if condition():
                return True
            if next(tries, None) is not None:
                one.press("Sync now")
            end = time.monotonic() + 10
            while time.monotonic() < end:
                if condition():
                    return True
            return False
        wait_for(seen, 240, what)

    def test_what_is_done_on_one_is_seen_on_the_other_until_they_are_unpaired(self):
        first, second = self.pairs()
        self.assertEqual(first, second)
        self.assertEqual(len(first.replace(" ", "")), 6)

        self.opens_album(self.desk)
        self.desk.press("Not rated", lambda: self.desk.named(STARS))
        rated = self.desk.named(STARS).group()
        self.desk.press("Playlists", lambda: self.desk.sees("New playlist"))
        self.desk.press("New playlist", lambda: self.desk.sees("Name"))
        self.desk.press("Name")
        self.desk.types("Evenings")
        self.desk.keys("Return")
        self.desk.waits_for("Evenings.*", "the playlist")
        self.opens_album(self.lap)
        self.syncs_until(self.desk, lambda: self.lap.named(STARS), "the stars that were given on the other computer")
        self.assertEqual(self.lap.named(STARS).group(), rated)
        self.lap.waits_for("Evenings.*", "the playlist of the other computer")

        self.opens_peer(self.lap)
        self.lap.press("Unpair…", lambda: self.lap.named("Unpair .*\\?"))
        self.lap.press("Unpair", lambda: self.lap.sees("This computer is not paired any more."))
        self.opens_peer(self.desk)
        self.desk.press("Sync now", lambda: self.desk.named(".*(?:not paired|paired any more).*"))
        for one, app in zip((self.desk, self.lap), self.apps):
            one.ends_cleanly(app)

    def test_digits_that_differ_pair_nobody(self):
        self.opens_pairing(self.lap)
        self.opens_pairing(self.desk)
        self.desk.press("Address of the other computer")
        self.desk.types(f"127.0.0.1:{self.lap.setting('peers', 'port')}")
        self.desk.press("Connect", lambda: self.desk.named("Digits: .*"))
        self.lap.press("They differ", lambda: self.lap.sees("Address of the other computer"))
        self.desk.press("They are the same", lambda: self.desk.sees("Address of the other computer"))
        for one in (self.desk, self.lap):
            one.press("Cancel", lambda one=one: not one.sees("Address of the other computer"))
            self.assertFalse(one.named(".*(?:Never synced|Synced).*"))


if __name__ == "__main__":
    unittest.main()
