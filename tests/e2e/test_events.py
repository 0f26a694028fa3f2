"""What happens is told to every device of whom it concerns, also after a break; and devices control each other."""
import collections
import json
import os
import pathlib
import subprocess
import tempfile
import threading
import unittest

from media import require_program
from support import PASSWORD, PATIENCE, Client, Server, make_film, play, program, wait_for
from syncwire import Device as SyncDevice
from webtools import WEB, web_tools


class Listeners:
    """ws as a process that has any number of sockets open."""

    def __init__(self):
        env = {**os.environ, "MAREA_WEB_MODULES": str(web_tools())}
        self.process = subprocess.Popen([require_program("node", "nodejs"), str(WEB / "events.mjs")], env=env, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.happened = collections.defaultdict(list)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            told = json.loads(line)
            self.happened[told.pop("name")].append(told)

    def tell(self, task, name, **parameters):
        self.process.stdin.write(json.dumps({"do": task, "name": name, **parameters}) + "\n")
        self.process.stdin.flush()

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(10 * PATIENCE)
        finally:
            self.process.kill()
            self.reader.join(5)
            self.process.stdout.close()


class Device(Client):
    """One log-in of a user, and what it hears."""

    def __init__(self, server, listeners, name, username="owner"):
        self.server, self.listeners, self.name = server, listeners, f"{username}/{name}"
        answer = server.post("/api/v1/login", {"username": username, "password": PASSWORD, "device_name": name},
                             expect=200, token=False).json
        self.token = answer["access_token"]
        self.id = self.get("/api/v1/me").json["session_id"]
        self.answering = None

    @property
    def url(self):
        return self.server.url

    @property
    def happened(self):
        return self.listeners.happened[self.name]

    @property
    def messages(self):
        return [told["message"] for told in self.happened if "message" in told]

    def ticket(self):
        return self.post("/api/v1/events/ticket", expect=201).json["ticket"]

    def open(self, query="", headers=None, ticket=True):
        self.listeners.happened[self.name] = []
        address = self.url.replace("http:", "ws:") + "/api/v1/events?" + query
        if ticket:
            address += "&ticket=" + (self.ticket() if ticket is True else ticket)
        self.listeners.tell("open", self.name, url=address, headers=headers or {})
        return self

    def listen(self, query=""):
        self.open(query)
        return self.hear(type="hello")

    def outcome(self, kind):
        """The first thing of that kind ("closed", "refused") that happened to the socket."""
        return wait_for(lambda: next(([told[kind]] for told in self.happened if kind in told), None), 20,
                        f"{kind} of {self.name}: {self.happened}")[0]

    def hear(self, count=1, **fields):
        """The last of the first `count` messages that have those fields."""
        def heard():
            found = [m for m in self.messages if all(m.get(k) == v for k, v in fields.items())]
            return found[count - 1] if len(found) >= count else None
        return wait_for(heard, 20, f"{fields} at {self.name}: {self.happened[-5:]}")

    def say(self, message):
        self.listeners.tell("send", self.name, text=json.dumps(message))

    def numbers(self):
        return [m["seq"] for m in self.messages if m["type"] == "library"]

    def remote(self, device, body, **more):
        return self.request("POST", f"/api/v1/devices/{device.id}/remote", body, **more)


class Player:
    """Answers what its device is told to do, as a player would, from a thread of its own."""

    def __init__(self, device, refuse=()):
        self.device, self.refuse, self.state, self.asked, self.answered = device, refuse, {}, [], set()
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def begin(self, **state):
        self.state = state
        self.device.say({"type": "player", "controllable": True, "state": self.state})
        self.thread.start()
        return self

    def run(self):
        while not self.ended.wait(0.02):
            for message in [m for m in self.device.messages if m["type"] == "remote" and m["id"] not in self.answered]:
                self.answered.add(message["id"])
                self.asked.append(message)
                self.answer(message)

    def answer(self, message):
        command = message["command"]
        if command in self.refuse:
            self.device.say({"type": "result", "id": message["id"], "error": f"cannot {command}"})
            return
        if command == "play":
            self.state = {"media_id": message["media_id"], "position": message.get("position", 0), "paused": False}
        elif command == "seek":
            self.state["position"] = message["position"]
        elif command in ("pause", "resume"):
            self.state["paused"] = command == "pause"
        elif command == "stop":
            self.state = {}
        self.device.say({"type": "result", "id": message["id"], "state": self.state})
        self.device.say({"type": "player", "controllable": True, "state": self.state})

    def commands(self):
        return [m["command"] for m in self.asked]

    def close(self):
        self.ended.set()
        self.thread.join(5)


class Events(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        web_tools()
        folder = tempfile.TemporaryDirectory(prefix="marea-events-")
        cls.addClassCleanup(folder.cleanup)
        cls.root = pathlib.Path(folder.name)
        make_film(cls.root / "Films" / "Tide (2020).mkv", 4)
        cls.server = Server(libraries={"Films": cls.root / "Films"})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.film = cls.server.all_media("kind=movie")[0]["id"]
        added = subprocess.run([str(program("marea-server")), "user", "add", "bob", "--data", str(cls.server.data)],
                               input=PASSWORD + "\n", text=True, capture_output=True, timeout=60 * PATIENCE)
        assert added.returncode == 0, added.stderr

    def setUp(self):
        self.listeners = Listeners()
        self.addCleanup(self.listeners.close)

    def device(self, name, username="owner"):
        return Device(self.server, self.listeners, name, username)

    def player(self, device, refuse=(), **state):
        player = Player(device, refuse).begin(**state)
        self.addCleanup(player.close)
        return player

    def rate(self, device, stars):
        device.put(f"/api/v1/library/{self.film}", {"rating": stars})

    def test_a_change_is_told_to_all_devices_of_its_user_and_to_nobody_else(self):
        phone, desk, bob = self.device("phone"), self.device("desk"), self.device("tablet", "bob")
        for device in (phone, desk, bob):
            device.listen()
        self.rate(phone, 7)
        for device in (phone, desk):
            told = device.hear(type="library")
            self.assertEqual((told["event"]["type"], told["event"]["media_id"]), ("RATED", self.film))
            self.assertEqual(told["event"]["device_id"], phone.id)
            self.assertEqual(told["seq"], told["event"]["seq"])
        self.rate(bob, 3)
        self.assertEqual(bob.hear(type="library")["event"]["data"]["rating"], 3)
        self.assertEqual(len(bob.numbers()), 1)
        self.assertEqual(len(phone.numbers()), 1)

    def test_a_device_that_was_away_hears_what_it_missed_in_order_and_once(self):
        phone, desk = self.device("phone"), self.device("desk")
        known = phone.listen()["seq"]
        self.listeners.tell("close", phone.name)
        phone.outcome("closed")
        for stars in (1, 2, 3):
            self.rate(desk, stars)
        self.assertFalse(phone.listen(f"since={known}")["reset"])
        phone.hear(3, type="library")
        self.rate(desk, 4)
        phone.hear(4, type="library")
        self.assertEqual(phone.numbers(), [known + 1, known + 2, known + 3, known + 4])
        self.assertTrue(phone.listen("since=1000000")["reset"], "what never was")

    def test_what_a_device_brings_by_syncing_is_told_to_the_others(self):
        phone, desk, bob = self.device("phone"), self.device("desk"), self.device("tablet", "bob")
        for device in (desk, bob):
            device.listen()
        copy = SyncDevice("phone")
        copy.register(phone)
        copy.edit("item", self.film, rating=6)
        copy.push(phone)
        self.assertEqual(desk.hear(type="sync")["device_id"], phone.id)
        self.assertEqual(desk.hear(type="library")["event"]["data"]["rating"], 6)
        self.rate(bob, 2)
        bob.hear(type="library")
        self.assertEqual([m for m in bob.messages if m["type"] == "sync"], [])

    def test_events_outlast_a_restart_of_the_server(self):
        server = Server()
        self.addCleanup(server.close)
        device = Device(server, self.listeners, "restarted")
        device.listen()
        made = device.post("/api/v1/playlists", {"name": "One"}, expect=201).json
        first = device.hear(type="library")["seq"]
        server.kill()
        device.outcome("closed")
        server.start()
        device.put(f"/api/v1/playlists/{made['id']}", {"name": "Two"})
        device.listen(f"since={first}")
        self.assertEqual(device.hear(type="library")["seq"], first + 1)

    def test_tickets_open_one_socket_once_and_nothing_else(self):
        device = self.device("phone")
        ticket = device.ticket()
        device.open(ticket=ticket)
        device.hear(type="hello")
        other = self.device("other")
        for wrong in (ticket, "x", ""):
            other.open(ticket=wrong or False)
            self.assertEqual(other.outcome("refused"), 401, wrong)
        other.open(ticket=False, headers={"Authorization": f"Bearer {other.token}"})
        other.hear(type="hello")
        self.assertEqual(device.get(f"/api/v1/me?ticket={device.ticket()}", token=False, expect=None).status, 401)
        self.assertEqual(device.get("/api/v1/events", expect=None).status, 426)
        self.assertNotIn(ticket, self.server.log)

    def test_signing_out_ends_it_at_once(self):
        phone, desk = self.device("phone"), self.device("desk")
        phone.listen(), desk.listen()
        late = phone.ticket()
        desk.delete(f"/api/v1/me/devices/{phone.id}")
        self.assertEqual(phone.outcome("closed"), 4401)
        phone.open(ticket=late)
        self.assertEqual(phone.outcome("refused"), 401)

    def test_a_playback_and_a_download_are_told_as_they_go_on(self):
        phone, desk, bob = self.device("phone"), self.device("desk"), self.device("tablet", "bob")
        for device in (desk, bob):
            device.listen()
        session = play(phone, self.film)
        began = desk.hear(type="session", session_id=session["session_id"])
        self.assertEqual((began["device_id"], began["media_id"], began["state"]), (phone.id, self.film, "playing"))
        phone.put(f"/api/v1/sessions/{session['session_id']}", {"position": 1.5, "state": "playing"})
        desk.hear(type="session", position=1.5)
        phone.put(f"/api/v1/sessions/{session['session_id']}", {"position": 2.0, "state": "stopped"})
        self.assertEqual(desk.hear(type="session", state="ended")["position"], 2.0)
        ordered = phone.post("/api/v1/downloads", {"media_id": self.film, "quality": "480p", "format": "mp4"}).json
        desk.hear(type="download", id=ordered["id"], state="ready")
        desk.hear(type="job", kind="download", state="done")
        self.assertEqual({m["type"] for m in bob.messages}, {"hello"}, "none of it is bob's")

    def test_new_titles_are_told(self):
        device = self.device("phone")
        device.listen()
        make_film(self.root / "Films" / "Ebb (2021).mkv", 2)
        device.hear(type="catalogue")

    def test_one_device_controls_another(self):
        phone, tv, desk, bob = (self.device("phone"), self.device("tv"), self.device("desk"), self.device("tablet", "bob"))
        for device in (phone, tv, desk):
            device.listen()
        self.assertEqual(phone.remote(tv, {"command": "pause"}).status, 409, "it has not said that it is a player")
        player = self.player(tv)
        self.assertEqual(phone.hear(type="player")["device_id"], tv.id)
        answer = phone.remote(tv, {"command": "play", "media_id": self.film, "position": 1.25})
        self.assertEqual((answer.status, answer.json["state"]["position"]), (200, 1.25))
        self.assertEqual(player.asked[0]["from"], phone.id)
        listed = {d["name"]: d for d in phone.get("/api/v1/devices").json["items"]}
        self.assertEqual(set(listed), {"phone", "tv", "desk"})
        self.assertTrue(listed["phone"]["current"] and listed["tv"]["controllable"])
        self.assertFalse(listed["desk"]["controllable"])
        wait_for(lambda: next(d for d in phone.get("/api/v1/devices").json["items"] if d["name"] == "tv")["state"].get("media_id")
                 == self.film, 20)
        for wrong in ({"command": "reboot"}, {"command": "seek"}, {"command": "pause", "x": 1}):
            self.assertEqual(phone.remote(tv, wrong).status, 400, wrong)
        self.assertEqual(bob.remote(tv, {"command": "stop"}).status, 404, "not his")
        self.assertEqual(player.commands(), ["play"])
        self.assertIsNone(listed["tv"]["commands"])
        tv.say({"type": "player", "controllable": True, "commands": ["play", "pause", "stop"], "state": player.state})
        wait_for(lambda: next(d for d in phone.get("/api/v1/devices").json["items"] if d["name"] == "tv")["commands"] == ["play", "pause", "stop"], 20)
        self.assertEqual(phone.remote(tv, {"command": "audio", "track": 1}).status, 422, "it does not take that")
        self.assertEqual(phone.remote(tv, {"command": "pause"}).status, 200)
        self.assertEqual(bob.get("/api/v1/devices").json["items"], [])

    def test_a_film_is_handed_over_at_the_same_place(self):
        phone, tv, broken = self.device("phone"), self.device("tv"), self.device("broken")
        for device in (phone, tv, broken):
            device.listen()
        on_phone = self.player(phone, media_id=self.film, position=2.5, paused=False)
        on_tv, on_broken = self.player(tv), self.player(broken, refuse=("play",))
        phone.hear(type="player", device_id=tv.id)
        phone.hear(type="player", device_id=broken.id)
        refused = tv.remote(phone, {"command": "hand_over", "to": broken.id})
        self.assertEqual(refused.status, 409)
        self.assertIn("cannot play", refused.json["detail"])
        wait_for(lambda: on_phone.commands() == ["pause", "resume"], 20)
        self.assertEqual(on_broken.commands(), ["play"])
        answer = tv.remote(phone, {"command": "hand_over", "to": tv.id})
        self.assertEqual((answer.status, answer.json["state"]["position"]), (200, 2.5))
        self.assertEqual(on_tv.state, {"media_id": self.film, "position": 2.5, "paused": False})
        wait_for(lambda: on_phone.commands()[2:] == ["pause", "stop"], 20)

    def test_a_device_that_goes_away_answers_nobody(self):
        phone, tv = self.device("phone"), self.device("tv")
        phone.listen(), tv.listen()
        tv.say({"type": "player", "controllable": True})
        phone.hear(type="player")
        answers = []
        asking = threading.Thread(target=lambda: answers.append(phone.remote(tv, {"command": "pause"}).status))
        asking.start()
        tv.hear(type="remote")
        self.listeners.tell("close", tv.name)
        asking.join(30 * PATIENCE)
        self.assertEqual(answers, [409])
        silent = self.device("silent")
        silent.listen()
        silent.say({"type": "player", "controllable": True})
        phone.hear(type="player", device_id=silent.id)
        answer = phone.remote(silent, {"command": "pause"})
        self.assertEqual(answer.status, 503)
        self.assertIn("retry-after", answer.headers)

    def test_nonsense_ends_the_connection(self):
        device = self.device("phone")
        for nonsense in ("hello", "[]", '{"type":"library"}', '{"type":"player","state":{"token":"x"}}'):
            device.listen()
            self.listeners.tell("send", device.name, text=nonsense)
            self.assertEqual(device.outcome("closed"), 1008, nonsense)


if __name__ == "__main__":
    unittest.main()
