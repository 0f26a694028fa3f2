"""One library on two devices and the server, as docs/sync.md says it: without a network for a while, over connections that
break, with clocks that are days off, and with a server that is killed."""
import http.client
import json
import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import threading
import time
import unittest
import uuid

from badnetwork import BadNetwork, OwnNetwork
from support import PASSWORD, PATIENCE, Client, Server, is_long, make_film, program, thrown_dice, wait_for
from syncwire import DAY, Device

KILLS = 4


class Through(Client):
    """The server by way of the proxy."""

    def __init__(self, server, url):
        self.url, self.token = url, server.token


def synced(folder, server, token, changes=(), prefix=(), kill_after=None):
    """One run of the program, with its copy in a folder. Its exit code, the JSON objects that it said, and all of its words."""
    folder.mkdir(exist_ok=True)
    command = [*prefix, program("marea"), "sync", "--device", "cloud", "--server", server, "--state", folder, "--json"]
    if changes:
        (folder / "changes").write_text("".join(json.dumps(change) + "\n" for change in changes))
        command += ["--changes", folder / "changes"]
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               env={**os.environ, "MAREA_TOKEN": token})
    killer = threading.Timer(kill_after, process.kill) if kill_after is not None else None
    if killer:
        killer.start()
    said, wrong = process.communicate(timeout=60 * PATIENCE)
    if killer:
        killer.cancel()
        killer.join()
    return process.returncode, [json.loads(line) for line in said.splitlines() if line.startswith("{") and line.endswith("}")], said + wrong


class Copies:
    """Copies of one account's library on two computers, which only meet by way of the server. What they were told is noted: a run keeps
    it before it asks anybody. `sync(folder, changes, good)` is one run; `good`: over a network that is one."""

    def __init__(self, test, films, sync):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="marea-copies-"))
        test.addCleanup(shutil.rmtree, self.root, True)
        self.test, self.films, self.sync = test, films, sync
        self.both = [self.root / "desk", self.root / "lap"]
        self.plays, self.notes = dict.fromkeys(films, 0), {film: {} for film in films}

    def live(self, dice, rounds):
        for number in range(rounds):
            film = dice.choice(self.films)
            self.notes[film][f"note {number}"] = number
            self.plays[film] += 1
            self.sync(dice.choice(self.both), [{"kind": "item", "id": film, "set": {f"note {number}": number}, "count": {"plays": 1}}], False)

    def comes_through(self, folder, good=False):
        def done():
            return [line for line in self.sync(folder, (), good)[-1:] if line["event"] == "done"]
        return wait_for(done, 120, "an exchange that was not cut")[0]

    def records(self, folder, changes=()):
        """What came, by its title, as a whole."""
        said = self.sync(folder, changes, True)
        self.test.assertEqual(said[-1]["event"], "done")
        return {line["id"]: (line["cells"], line["counts"]) for line in said if line["event"] == "changed" and line["id"] in self.films}

    def end_equal(self):
        """Both and the server have the same, with all that was noted."""
        for folder in self.both * 2:
            self.comes_through(folder)
        for folder in self.both:
            self.test.assertEqual(self.comes_through(folder, True), {"event": "done", "sent": 0, "received": 0}, "nothing goes twice")
        for one, other in (self.both, self.both[::-1]):
            self.records(one, [{"kind": "item", "id": film, "set": {f"seen by {one.name}": True}} for film in self.films])
            theirs = self.records(other)
            self.test.assertEqual(theirs, self.records(self.root / f"new beside {other.name}"))
            for film in self.films:
                cells, counts = theirs[film]
                self.test.assertEqual(counts.get("plays", 0), self.plays[film])
                self.test.assertEqual({name: cells.get(name) for name in self.notes[film]}, self.notes[film])


class Cloud(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        root = pathlib.Path(tempfile.mkdtemp(prefix="marea-cloud-"))
        cls.addClassCleanup(shutil.rmtree, root, True)
        for name in ("Ebb", "Flow", "Tide"):
            make_film(root / "Films" / f"{name} (2020).mp4", 3)
        cls.server = Server(libraries={"Films": root / "Films"}, data=root / "data")
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.films = [item["id"] for item in sorted(cls.server.all_media(), key=lambda item: item["title"])]

    def setUp(self):
        """Each test has an account of its own."""
        name = f"p{uuid.uuid4().hex[:8]}"
        self.name = name
        self.server.post("/api/v1/household/members", {"username": name, "password": PASSWORD, "role": "member"}, expect=201)
        answer = self.server.post("/api/v1/login", {"username": name, "password": PASSWORD, "device_name": "test"}, token=False)
        self.who = Client()
        self.who.url, self.who.token = self.server.url, answer.json["access_token"]

    def device(self, name, skew=0):
        device = Device(name, skew)
        device.register(self.who, expect=201)
        return device

    def state(self, film):
        return self.who.get(f"/api/v1/media/{film}").json

    def replayed(self):
        done = subprocess.run([str(program("marea-server")), "replay", "--check", "--json", "--user", self.name,
                               "--data", str(self.server.data)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_what_two_devices_and_the_account_do_apart_comes_together(self):
        ebb, flow, tide = self.films
        self.who.put(f"/api/v1/library/{ebb}", {"rating": 4, "favourite": True})
        playlist = self.who.post("/api/v1/playlists", {"name": "Evening", "media_ids": [ebb, flow]}).json["id"]
        desk, phone = self.device("Desk", skew=-3 * DAY), self.device("Phone", skew=3 * DAY)
        for device in (desk, phone):
            device.meet(self.who)
            self.assertEqual(device.value("item", ebb, "rating"), 4)
            self.assertEqual(device.value("playlist", playlist, "name"), "Evening")
        desk.edit("item", flow, rating=9, watched=True)  # knew of nothing else: holds, whatever its clock says
        desk.count("item", ebb, "plays", 2)
        phone.count("item", ebb, "plays", 3)
        phone.edit("item", ebb, rating=8)                # knew of the 4
        own = str(uuid.uuid4())
        phone.edit("playlist", own, name="Road")
        phone.place(own, tide, 2000)
        phone.place(own, ebb, 1000)
        self.who.put(f"/api/v1/library/{tide}", {"favourite": True})
        for device in (desk, phone, desk):
            device.meet(self.who)
        self.assertEqual(self.state(ebb)["rating"], 8)
        self.assertEqual(self.state(ebb)["play_count"], 5)
        self.assertTrue(self.state(ebb)["favourite"], "what nobody touched stays")
        self.assertEqual((self.state(flow)["rating"], self.state(flow)["watched"]), (9, True))
        entries = self.who.get(f"/api/v1/playlists/{own}/entries").json["items"]
        self.assertEqual([entry["media_id"] for entry in entries], [ebb, tide])
        for device in (desk, phone):
            self.assertEqual((device.value("item", ebb, "rating"), device.plays(ebb)), (8, 5))
            self.assertEqual(device.value("item", tide, "favourite"), True)
        self.who.delete(f"/api/v1/playlists/{playlist}")
        desk.pull(self.who)
        self.assertFalse(desk.is_there("playlist", playlist))
        self.replayed()

    def test_what_cannot_be_merged_is_asked_where_one_wishes(self):
        ebb = self.films[0]
        self.who.put("/api/v1/me/preferences", {"user": {"sync.item": "ask_me"}}, expect=200)
        desk, phone = self.device("Desk"), self.device("Phone")
        desk.edit("item", ebb, rating=2)
        phone.edit("item", ebb, rating=9)
        desk.meet(self.who)
        phone.meet(self.who)
        questions = self.who.get("/api/v1/sync/conflicts").json["items"]
        self.assertEqual([(q["kind"], q["record_id"], q["cell"]) for q in questions], [("item", ebb, "rating")])
        sides = {side["device"]["name"]: side["value"] for side in questions[0]["sides"]}
        self.assertEqual(sides, {"Desk": 2, "Phone": 9})
        choice = [side["value"] for side in questions[0]["sides"]].index(2)
        path = f"/api/v1/sync/conflicts/{questions[0]['id']}"
        self.server.post(path, {"choose": choice}, expect=404)  # the owner has no such question
        self.who.post(path, {"choose": choice}, expect=204)
        self.assertEqual(self.state(ebb)["rating"], 2)
        self.assertEqual(self.who.get("/api/v1/sync/conflicts").json["items"], [])
        self.who.post(path, {"choose": choice}, expect=404)
        phone.pull(self.who)
        self.assertEqual(phone.value("item", ebb, "rating"), 2)

    def test_what_is_refused_is_refused_in_words(self):
        ebb = self.films[0]
        stranger = Device("Stranger")
        stranger.edit("item", ebb, rating=3)
        said = self.who.post("/api/v1/sync/changes", stranger.message(), expect=409)
        self.assertIn("Register", said.json["detail"])
        device = self.device("Desk")
        device.edit("item", ebb, rating=3)
        said = self.who.post("/api/v1/sync/changes", {**device.message(version=2), "colour": "red"}, expect=422)
        self.assertIn("newer Marea", said.json["detail"])
        self.server.post("/api/v1/sync/changes", device.message(), expect=409)  # it is not the owner's
        for broken in ({}, {"version": 1}, {**device.message(), "records": [{"kind": "item"}]},
                       {**device.message(), "replicas": []}):
            self.who.post("/api/v1/sync/changes", broken, expect=400)
        ahead = self.device("Ahead", skew=11 * DAY)
        ahead.edit("item", ebb, rating=10)
        said = self.who.post("/api/v1/sync/changes", ahead.message(), expect=422)
        self.assertIn("ten days ahead", said.json["detail"])
        self.assertIsNone(self.state(ebb)["rating"])
        self.who.get("/api/v1/sync/changes?since=soon", expect=400)
        device.push(self.who)
        self.assertEqual(self.state(ebb)["rating"], 3)

    def sync(self, folder, changes=(), url=None, expect=0, kill_after=None):
        code, lines, said = synced(folder, url or self.server.url, self.who.token, changes, kill_after=kill_after)
        if kill_after is None and expect is not None:
            self.assertEqual(code, expect, said)
        return lines

    def test_the_program_tells_its_options(self):
        said = subprocess.run([str(program("marea")), "sync", "--device", "cloud", "--help"], capture_output=True, text=True, timeout=60)
        self.assertEqual(said.returncode, 0, said.stderr)
        self.assertIn("--changes FILE", said.stdout)

    def test_the_program_keeps_copies_on_two_computers_whatever_ends_it(self):
        ebb, flow = self.films[:2]
        root = pathlib.Path(tempfile.mkdtemp(prefix="marea-copies-"))
        self.addCleanup(shutil.rmtree, root, True)
        desk, lap = root / "desk", root / "lap"
        offline = self.sync(desk, [{"kind": "item", "id": ebb, "set": {"rating": 7}, "count": {"plays": 2}}],
                            url="http://127.0.0.1:9", expect=1)
        self.assertEqual(offline[-1]["event"], "failed")
        self.assertEqual(self.sync(desk)[-1], {"event": "done", "sent": 1, "received": 0}, "it was kept")
        self.assertEqual((self.state(ebb)["rating"], self.state(ebb)["play_count"]), (7, 2))
        came = self.sync(lap)
        self.assertEqual((came[0]["id"], came[0]["cells"]["rating"], came[0]["counts"]), (ebb, 7, {"plays": 2}))
        dice = random.Random(4)
        for round_number in range(4):  # killed at any moment: what was kept is kept as a whole, and the next goes on
            self.sync(dice.choice([desk, lap]), [{"kind": "item", "id": flow, "set": {f"note {round_number}": "x" * 2000}}],
                      kill_after=dice.uniform(0, 0.2))
        for folder in (desk, lap, desk):
            self.assertEqual(self.sync(folder)[-1]["event"], "done")
        self.sync(lap, [{"kind": "item", "id": ebb, "remove": True}])
        gone = self.sync(desk)
        self.assertEqual([(record["id"], record["there"]) for record in gone if record["event"] == "changed"], [(ebb, False)])
        self.assertIsNone(self.state(ebb)["rating"])
        wrong = self.sync(lap, [{"kind": "item"}], expect=1)
        self.assertIn("line 1", wrong[-1]["reason"])
        self.replayed()

    def test_a_network_that_delays_and_cuts_loses_nothing(self):
        dice = thrown_dice("delays and cuts")
        proxy = BadNetwork(self.server.url, dice.random(), longest=0.05)
        self.addCleanup(proxy.close)
        copies = Copies(self, self.films, lambda folder, changes, good: self.sync(folder, changes, None if good else proxy.url, None))
        copies.live(dice, 120 if is_long() else 16)
        copies.end_equal()
        self.assertGreater(proxy.cut, 0, "no connection was cut: the test shows nothing")
        self.assertEqual([self.state(film)["play_count"] for film in self.films], list(copies.plays.values()))
        self.replayed()

    def test_broken_connections_and_a_killed_server_lose_nothing(self):
        dice = random.Random(20)
        proxy, cut = BadNetwork(self.server.url, 7), 0
        devices = [self.device("Desk", -DAY), self.device("Phone", DAY)]
        plays = {film: 0 for film in self.films}

        def attempt(device):
            try:
                device.meet(Through(self.who, proxy.url), limit=3)
                return True
            except (OSError, AssertionError, ValueError, http.client.HTTPException):
                return False  # cut off; whatever was done, the next goes on

        for kill in range(KILLS):
            for device in devices:
                for _ in range(4):
                    film = dice.choice(self.films)
                    device.count("item", film, "plays")
                    plays[film] += 1
                    device.edit("item", film, **{f"note {device.name} {kill}": dice.randrange(1000)})
            killer = threading.Timer(dice.uniform(0, 0.3), self.server.kill)
            killer.start()
            while killer.is_alive():  # any moment is as good as another
                attempt(dice.choice(devices))
            killer.join()
            self.server.start()
            self.who.url = self.server.url
            proxy.close()
            cut += proxy.cut
            proxy = BadNetwork(self.server.url, kill)
        for device in devices + devices:
            wait_for(lambda one=device: attempt(one), 60, "an exchange that was not cut")
        proxy.close()
        self.assertGreater(cut + proxy.cut, 0, "no connection was cut: the test shows nothing")
        for film, count in plays.items():
            self.assertEqual([self.state(film)["play_count"], *(device.plays(film) for device in devices)], [count] * 3)
        for device in devices:
            device.pull(self.who)
        for key, record in devices[0].records.items():
            self.assertEqual(record, devices[1].records[key], key)
        self.replayed()


class ServerInNetwork(Server):
    """Begins in the network of the tests, where they can ask it."""

    network = None

    def command(self):
        return self.network.command(*super().command()) if self.network else super().command()

    def moves_to(self, network):
        self.stop()
        self.network = network
        self.start()


class CloudOverLink(unittest.TestCase):
    def flips(self, network, dice, ended):
        """Takes the link down and up until it is told to end, and leaves it up."""
        while not ended.wait(dice.uniform(0.02, 0.4)):
            network.link("down")
            time.sleep(dice.uniform(0, 0.5))
            network.link("up")

    def test_a_link_that_was_down_loses_nothing(self):
        network, dice, ended = OwnNetwork(self), thrown_dice("moments of the link"), threading.Event()
        root = pathlib.Path(tempfile.mkdtemp(prefix="marea-link-"))
        self.addCleanup(shutil.rmtree, root, True)
        for name in ("Ebb", "Flow"):
            make_film(root / "Films" / f"{name} (2020).mp4", 3)
        server = ServerInNetwork(libraries={"Films": root / "Films"}, data=root / "data")
        self.addCleanup(server.close)
        server.wait_until_idle()
        films = [item["id"] for item in server.all_media()]
        server.moves_to(network)

        def sync(folder, changes, _):
            return synced(folder, server.url, server.token, changes, network.command())[1]

        copies = Copies(self, films, sync)
        flipping = threading.Thread(target=self.flips, args=(network, random.Random(dice.random()), ended))
        flipping.start()
        try:
            copies.live(dice, 60 if is_long() else 10)
        finally:
            ended.set()
            flipping.join()
        copies.end_equal()
        server.moves_to(None)
        self.assertEqual([server.get(f"/api/v1/media/{film}").json["play_count"] for film in films], list(copies.plays.values()))


if __name__ == "__main__":
    unittest.main()
