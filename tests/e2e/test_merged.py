"""Two servers and this computer's own folder as one library: each title once, played from where it is, also while one of them is away."""
import pathlib
import re
import subprocess
import tempfile
import time
import unittest

import seat
from media import make_album, make_film, make_tone, require_program
from support import PASSWORD, PATIENCE, Server, wait_for

CHIP, ROW = "check box", "list item"   # by their roles
COVE = "Cove, Ana, Piso"
WHOLE = ["Anchor, Ana, This computer", "Buoy, Ana", COVE, "Song 1, The Tides", "Song 2, The Tides"]
WITHOUT_CASA = ["Anchor, Ana, This computer", COVE, "Song 1, The Tides, This computer", "Song 2, The Tides, This computer"]


def add_song(folder, title, seconds=30):
    make_tone(folder / "Ana" / title / f"{title}.mp3", seconds, tags={"title": title, "artist": "Ana", "album_artist": "Ana", "album": title})


class Merged(unittest.TestCase):
    def setUp(self):
        require_program("playerctl", "playerctl")
        self.desk = seat.Seat.taken_by(self)
        self.desk.keyring()   # the sign-in at the server that is not in use stays there
        folder = tempfile.TemporaryDirectory(prefix="marea-merged-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.casa = self.server("Casa", "Buoy", 30, ("Gulf (2018)", "Tide (2020)"))
        self.piso = self.server("Piso", "Cove", 900, ("Reef (2019)", "Tide (2020)"))   # a long song: it goes on to the end of the test
        for server in (self.casa, self.piso):
            server.wait_until_idle()

    def server(self, name, song, seconds, films):
        """With a song of its own, those of the album that all have, and films."""
        root = self.folder / name
        make_album(root / "Music" / "The Tides" / "Low Water", tracks=2, seconds=30)
        add_song(root / "Music", song, seconds)
        for film in films:
            make_film(root / "Films" / f"{film}.mp4", seconds=3)
        settings = self.folder / f"{name}.toml"
        settings.write_text(f'name = "{name}"\n')
        server = Server(libraries={"Music": root / "Music", "Films": root / "Films"}, data=self.folder / f"{name}-data",
                        args=["--config", str(settings)])
        self.addCleanup(server.close)
        server.listen = server.url.split("//")[1]   # there again after it was away
        return server

    def signs_in(self, server):
        desk = self.desk
        app = desk.start("--server", server.url)
        desk.sizes_window(*desk.window)
        desk.press("Sign in here with a password", lambda: desk.sees("Name"))
        desk.write("Name", "owner")
        desk.keys("Return")   # on to the password, whose field is not told
        desk.waits(self.enters, "the pages")
        return app

    def enters(self):
        """Once more, where the page took some of the keys away meanwhile."""
        self.desk.keys("ctrl+a")
        self.desk.types(PASSWORD)
        self.desk.keys("Return")
        end = time.monotonic() + 20
        while not self.desk.sees("Home") and time.monotonic() < end:
            time.sleep(0.2)
        return self.desk.sees("Home")

    def begins(self):
        """The own folder first, then one server, then the other, which stays the one in use."""
        add_song(self.desk.music, "Anchor")
        self.desk.ends_cleanly(self.desk.begins_with_music(tracks=2, seconds=30))
        self.desk.ends_cleanly(self.signs_in(self.piso))
        return self.signs_in(self.casa)

    def tracks(self):
        """What the rows of the table say, each as often as it is there."""
        shown = [thing["name"] for thing in self.desk.reader.shown() if thing["role"] == ROW]
        return sorted(name for name in shown if re.match(r"(Anchor|Buoy|Cove|Song \d), ", name))

    def films(self):
        shown = [thing["name"] for thing in self.desk.reader.shown()]
        return sorted(name.split(",")[0] for name in shown if re.match("(Gulf|Reef|Tide), ", name))

    def playerctl(self, *words):
        done = subprocess.run(["playerctl", "--player=marea", *words], env=self.desk.environment(), capture_output=True, text=True,
                              timeout=60 * PATIENCE)
        return done.stdout.strip()

    def position(self):
        return float(self.playerctl("position") or 0)

    def goes_on(self):
        before = self.position()
        wait_for(lambda: self.position() > before + 1, 60, "the sound to go on")
        self.assertEqual((self.playerctl("status"), self.playerctl("metadata", "xesam:title")), ("Playing", "Cove"))

    def plays_the_chosen_row(self):
        if self.playerctl("status") == "Playing":
            return True
        row = self.desk.reader.find(COVE, ROW)
        if row:
            self.desk.click(row)
            self.desk.keys("Return")
        return False

    def offers_playlists(self):
        if self.desk.sees("Add to playlist…"):
            return True
        self.desk.keys("shift+F10")
        return False

    def adds_to_a_playlist(self):
        """A new one: each library that a title is of has it."""
        desk = self.desk
        desk.waits(self.offers_playlists, "the menu of the row")
        desk.press("Add to playlist…", lambda: desk.reader.find("New playlist", "text"))
        desk.write("New playlist", "Evening")
        desk.keys("Return")
        wait_for(lambda: self.entries_of("Evening", self.piso) == ["Cove"], 60, "the song in the playlist of its library")
        self.assertEqual(self.entries_of("Evening", self.casa), [])

    @staticmethod
    def entries_of(name, server):
        """The titles in the playlist of that name, or None."""
        for one in server.get("/api/v1/playlists").json["items"]:
            if one["name"] == name:
                return [entry["media"]["title"] for entry in server.get(f"/api/v1/playlists/{one['id']}/entries").json["items"]]
        return None

    def sorts_the_other_way(self, until):
        """Which asks for the list anew."""
        heading = re.compile("Title, (ascending|descending)")
        self.desk.press("Title", until, find=lambda _: next((thing for thing in self.desk.reader.shown() if heading.fullmatch(thing["name"])), None))

    def test_what_several_have_is_one_list_also_while_one_is_away(self):
        app, desk = self.begins(), self.desk
        desk.press("Films", lambda: self.films() == ["Gulf", "Reef", "Tide"])
        desk.press("Music", lambda: desk.reader.find("Tracks", CHIP))
        desk.press("Tracks", lambda: self.tracks() == WHOLE, CHIP)
        self.assertIsNone(desk.named("Couldn't reach .+"))

        desk.waits(self.plays_the_chosen_row, "the song of the server that is not in use")
        self.assertEqual(self.playerctl("metadata", "xesam:title"), "Cove")
        wait_for(lambda: self.piso.get("/api/v1/admin/sessions").json["items"], 60, "its server to play it")
        self.adds_to_a_playlist()

        self.casa.kill()
        self.sorts_the_other_way(lambda: self.tracks() == WITHOUT_CASA)
        desk.waits_for(r"Couldn't reach Casa\. .+", "who is away")
        self.goes_on()

        self.casa.start()
        desk.waits(lambda: self.tracks() == WHOLE, "the list to be whole again")
        desk.waits(lambda: not desk.named("Couldn't reach .+"), "the words to go")
        self.goes_on()
        desk.ends_cleanly(app)


if __name__ == "__main__":
    unittest.main()
