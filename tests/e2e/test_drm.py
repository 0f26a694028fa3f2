"""Widevine, PlayReady and FairPlay: what players are told, the keys as a CPIX document that other programs open, and licences
from a provider, played by a double here."""
import base64
import hashlib
import hmac
import http.server
import json
import pathlib
import re
import struct
import subprocess
import tempfile
import threading
import time
import unittest
import xml.etree.ElementTree as xml

from media import require_program
from support import PASSWORD, Server, http_request, make_film
from test_accounts import command
from webtools import check

WIDEVINE, PLAYREADY, FAIRPLAY = ("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed", "9a04f079-9840-4286-ab92-e65be0885f95",
                                 "94ce86fb-07ff-4f43-adb8-93d2fa968ca2")
CPIX = {"c": "urn:dashif:org:cpix", "pskc": "urn:ietf:params:xml:ns:keyprov:pskc", "enc": "http://www.w3.org/2001/04/xmlenc#",
        "ds": "http://www.w3.org/2000/09/xmldsig#"}
P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")
CHALLENGE = b"\x08\x01\x12\x00 what the player's system says \xff"


def unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def openssl(*arguments, data=b""):
    return subprocess.run([require_program("openssl"), *map(str, arguments)], input=data, capture_output=True, timeout=180, check=True).stdout


def pssh(box):
    """(system, key ids, data) of a `pssh` box."""
    size, kind, version = struct.unpack_from(">I4sB", box)
    assert (size, kind) == (len(box), b"pssh"), box
    system, at, ids = box[12:28], 28, []
    if version:
        count = struct.unpack_from(">I", box, at)[0]
        ids, at = [box[at + 4 + 16 * i:at + 20 + 16 * i] for i in range(count)], at + 4 + 16 * count
    length = struct.unpack_from(">I", box, at)[0]
    assert at + 4 + length == len(box)
    h = system.hex()
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}", ids, box[at + 4:]


def fields(message):
    """Of a protocol buffer: {number: value}; none comes twice here."""
    found, at = {}, 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte, at = message[at], at + 1
            value, shift = value | (byte & 127) << shift, shift + 7
            if byte < 128:
                return value

    while at < len(message):
        key = varint()
        if key & 7 == 2:
            length = varint()
            found[key >> 3], at = message[at:at + length], at + length
        else:
            found[key >> 3] = varint()
    return found


def header_of(playready):
    """The WRMHEADER of a PlayReady object."""
    length, records, kind, size = struct.unpack_from("<IHHH", playready)
    assert (length, records, kind, size) == (len(playready), 1, 1, len(playready) - 10)
    return xml.fromstring(playready[10:].decode("utf-16-le"))


def guid(key_id):
    return key_id[3::-1] + key_id[5:3:-1] + key_id[7:5:-1] + key_id[8:]


class Provider(http.server.ThreadingHTTPServer):
    """Gives licences to whoever brings an entitlement of the server, as it says."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.status, self.wait, self.bytes = [], 200, 0, 0
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_POST(self):
        body, provider = self.rfile.read(int(self.headers["Content-Length"])), self.server
        provider.asked.append({"path": self.path, "body": body, **{name.lower(): value for name, value in self.headers.items()}})
        time.sleep(provider.wait)
        text = b"licence for " + body + bytes(provider.bytes)
        try:
            self.send_response(provider.status)
            self.send_header("Content-Type", "application/x-licence")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
        except OSError:
            pass  # it did not wait


class OtherSystems(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-drm-")
        cls.addClassCleanup(folder.cleanup)
        cls.root = root = pathlib.Path(folder.name)
        make_film(root / "Shop" / "Tide (2020).mp4", 6)
        make_film(root / "Shop" / "Ebb (2021).mp4", 6)
        cls.provider = Provider()
        cls.addClassCleanup(cls.provider.server_close)
        cls.addClassCleanup(cls.provider.shutdown)
        cls.config = root / "server.toml"
        cls.config.write_text('public_url = "https://marea.example"\n[outbound]\nallow = ["127.0.0.1"]\n[drm]\nwidevine_provider = "marea_test"\n' +
                              "".join(f'{name}_url = "{cls.provider.url}/{name}"\n' for name in ("widevine", "playready", "fairplay")))
        cls.server = server = Server(libraries={"Shop": root / "Shop"}, args=["--config", str(cls.config)])
        cls.addClassCleanup(server.close)
        server.wait_until_idle()
        library = server.libraries()[0]["id"]
        server.put(f"/api/v1/admin/libraries/{library}/sale", {"for_sale": True})
        server.put(f"/api/v1/admin/libraries/{library}/protection", {"protected": True})
        cls.items = {item["title"]: item["id"] for item in server.all_media("kind=movie")}
        cls.count = 0

    def setUp(self):
        self.provider.status, self.provider.wait, self.provider.bytes = 200, 0, 0
        self.provider.asked.clear()

    def play(self, title, kind, protocol="hls", token=True, expect=201):
        body = {"capabilities": {"preset": "chromium", "protocols": [protocol], "protection": [kind]}}
        return self.server.post(f"/api/v1/media/{self.items[title]}/playback", body, token=token, expect=expect).json

    def head(self, answer):
        path = answer["url"].split(f"/{answer['protocol']}/")
        rendition = path[1].split("/")[1].split(".")[0]
        return http_request(f"{self.server.url}{path[0]}/m/{answer['file_id']}/{rendition}/init.mp4").body

    def licence_url(self, answer, system):
        return next(one["licence_url"] for one in answer["protection"]["systems"] if one["key_system"] == system)

    def buyer(self, title):
        """(token, order) of somebody new who bought that."""
        type(self).count += 1
        name, server = f"Buyer{self.count}", self.server
        server.post("/api/v1/household/members", {"username": name, "password": PASSWORD}, expect=201)
        token = server.post("/api/v1/login", {"username": name, "password": PASSWORD, "device_name": "television"}, token=False).json["access_token"]
        product = server.post("/api/v1/admin/products", {"kind": "single", "title": title, "media_ids": [self.items[title]], "state": "active",
                                                         "pricing": "free"}, expect=201).json
        order = server.post("/api/v1/store/orders", {"product_id": product["id"], "currency": "EUR"}, token=token,
                            headers={"Idempotency-Key": name}, expect=201).json
        return token, order["id"]

    def ask(self, url, body=CHALLENGE, **more):
        return http_request(self.server.url + url, "POST", body, {"Content-Type": "application/octet-stream"}, timeout=60, **more)

    def test_dash_and_heads_tell_each_system_what_it_wants(self):
        answer = self.play("Tide", "drm-cenc", "dash")
        url = self.server.url + answer["url"]
        self.assertEqual([one["key_system"] for one in answer["protection"]["systems"]], ["com.widevine.alpha", "com.microsoft.playready"])
        found = xml.fromstring(http_request(url).body).findall(".//{*}ContentProtection")
        key_id = bytes.fromhex(next(e for e in found if "mp4protection" in e.get("schemeIdUri")).get("{urn:mpeg:cenc:2013}default_KID").replace("-", ""))
        boxes = {pssh(base64.b64decode(e.find("{*}pssh").text))[0]: base64.b64decode(e.find("{*}pssh").text) for e in found if len(e)}
        self.assertEqual(set(boxes), {WIDEVINE, PLAYREADY})
        self.assertEqual(fields(pssh(boxes[WIDEVINE])[2]), {2: key_id, 3: b"marea_test", 4: self.items["Tide"].encode()})
        header = header_of(pssh(boxes[PLAYREADY])[2])
        self.assertEqual(header.get("version"), "4.3.0.0")
        told = header.find(".//{*}KID")
        self.assertEqual((told.get("ALGID"), base64.b64decode(told.get("VALUE"))), ("AESCTR", guid(key_id)))
        self.assertEqual(next(base64.b64decode(e.find("{*}pro").text) for e in found if e.find("{*}pro") is not None), pssh(boxes[PLAYREADY])[2])
        head = self.head(answer)
        for box in boxes.values():
            self.assertIn(box, head)
        self.assertEqual(head.count(b"pssh"), 2)
        self.assertEqual(check("dash", url)["problems"][:6], [])

    def test_hls_has_a_line_for_each_and_other_players_read_it(self):
        answer = self.play("Tide", "drm-cbcs")
        url = self.server.url + answer["url"]
        lines = re.findall("(?m)^#EXT-X-SESSION-KEY:(.*)$", http_request(url).text)
        self.assertEqual([re.search('KEYFORMAT="([^"]+)"', line)[1] for line in lines],
                         ["urn:uuid:" + WIDEVINE, "com.microsoft.playready", "com.apple.streamingkeydelivery"])
        self.assertTrue(all(line.startswith("METHOD=SAMPLE-AES,") for line in lines))
        key_id = bytes.fromhex(re.search("KEYID=0x(\\w+)", lines[0])[1])
        data = lambda line: base64.b64decode(re.search("base64,([^\"]+)", line)[1])  # noqa: E731
        self.assertEqual(fields(pssh(data(lines[0]))[2])[9], int.from_bytes(b"cbcs", "big"))
        self.assertEqual(header_of(data(lines[1])).find(".//{*}KID").get("ALGID"), "AESCBC")
        self.assertEqual(re.search('skd://([^"]+)', lines[2])[1].replace("-", ""), key_id.hex())
        head = self.head(answer)
        self.assertEqual((head[head.index(b"tenc") + 12:][:16], head.count(b"pssh")), (key_id, 2))
        self.assertEqual(check("hls", url, "--origin", "10")["problems"][:6], [])
        clear = self.play("Tide", "clearkey-cbcs")
        self.assertNotIn("systems", clear["protection"])
        self.assertNotIn("skd://", http_request(self.server.url + clear["url"]).text)

    def test_without_a_provider_there_is_nothing_of_it(self):
        with Server(libraries={"Shop": self.root / "Shop"}) as server:
            server.wait_until_idle()
            item = server.all_media("kind=movie")[0]["id"]
            server.put(f"/api/v1/admin/media/{item}/protection", {"protected": True})
            body = {"capabilities": {"preset": "chromium", "protection": ["drm-cbcs", "clearkey-cenc"]}}
            answer = server.post(f"/api/v1/media/{item}/playback", body, expect=201).json
            self.assertEqual(answer["protection"]["kind"], "clearkey-cenc")
            self.assertEqual(http_request(server.url + answer["url"].replace("clearkey-cenc", "drm-cenc")).status, 404)
            licence = answer["protection"]["licence_url"].replace("clearkey-cenc/clearkey", "drm-cenc/licence/widevine")
            self.assertEqual(http_request(server.url + licence, "POST", CHALLENGE).status, 404)

    def keys_of(self, title):
        """{scheme: (id, key)} as Clear Key gives them."""
        found = {}
        for scheme in ("cenc", "cbcs"):
            answer = self.play(title, f"clearkey-{scheme}")
            key_id = bytes.fromhex(re.search(r"KEYID=0x(\w+)", http_request(self.server.url + answer["url"]).text)[1])
            wish = {"kids": [base64.urlsafe_b64encode(key_id).decode().rstrip("=")], "type": "temporary"}
            told = http_request(self.server.url + answer["protection"]["licence_url"], "POST", wish).json["keys"][0]
            found[scheme] = (key_id, unbase64(told["k"]))
        return found

    def export(self, title, name, *how):
        path = self.root / name
        done = command(self.server, "keys", "export", self.items[title], "--config", str(self.config), "--cpix", str(path), *how, "--json")
        return done, path

    def test_keys_go_out_for_their_recipient_alone(self):
        key, certificate = self.root / "provider.key", self.root / "provider.pem"
        openssl("req", "-x509", "-newkey", "rsa:3072", "-nodes", "-keyout", key, "-out", certificate, "-subj", "/CN=provider", "-days", "2")
        done, path = self.export("Tide", "tide.xml", "--recipient", str(certificate))
        self.assertEqual((done.returncode, json.loads(done.stdout)["keys"], path.stat().st_mode & 0o777), (0, 2, 0o600), done)
        document = xml.parse(path).getroot()
        self.assertEqual((document.get("version"), document.get("contentId")), ("2.3", self.items["Tide"]))
        told = document.find(".//ds:X509Certificate", CPIX).text
        self.assertEqual(base64.b64decode(told), openssl("x509", "-in", certificate, "-outform", "DER"))

        def opened(where):
            value = document.find(where + "//enc:CipherValue", CPIX).text
            return openssl("pkeyutl", "-decrypt", "-inkey", key, "-pkeyopt", "rsa_padding_mode:oaep", data=base64.b64decode(value))

        document_key, mac_key = opened(".//c:DocumentKey"), opened(".//c:MACMethod/pskc:MACKey")
        keys = self.keys_of("Tide")
        for element in document.findall(".//c:ContentKey", CPIX):
            sealed = base64.b64decode(element.find(".//enc:CipherValue", CPIX).text)
            mac = hmac.new(mac_key, sealed, hashlib.sha512).digest()
            self.assertEqual(base64.b64decode(element.find(".//pskc:ValueMAC", CPIX).text), mac)
            clear = openssl("enc", "-d", "-aes-256-cbc", "-K", document_key.hex(), "-iv", sealed[:16].hex(), data=sealed[16:])
            scheme = element.get("commonEncryptionScheme")
            self.assertEqual((bytes.fromhex(element.get("kid").replace("-", "")), clear), keys[scheme])
            for form in (clear, clear.hex().encode(), base64.b64encode(clear)):
                self.assertNotIn(form, path.read_bytes() + done.stdout.encode() + self.server.log.encode())
        head = self.head(self.play("Tide", "clearkey-cbcs"))
        vector = base64.b64decode(document.find(".//c:ContentKey[@explicitIV]", CPIX).get("explicitIV"))
        self.assertIn(b"\x10" + vector, head)
        self.same_as_played(document, "Tide")

    def same_as_played(self, document, title):
        systems = {(one.get("systemId"), one.get("kid")): one for one in document.findall(".//c:DRMSystem", CPIX)}
        self.assertEqual(len(systems), 5)
        played = {scheme: http_request(self.server.url + self.play(title, f"drm-{scheme}")["url"]).text for scheme in ("cenc", "cbcs")}
        for key in document.findall(".//c:ContentKey", CPIX):
            for system in (WIDEVINE, PLAYREADY, FAIRPLAY)[:3 if key.get("commonEncryptionScheme") == "cbcs" else 2]:
                one = systems[system, key.get("kid")]
                for line in one.findall("c:HLSSignalingData", CPIX):
                    text = base64.b64decode(line.text).decode()
                    if line.get("playlist") == "master":
                        self.assertIn(text, played[key.get("commonEncryptionScheme")])
                if system != FAIRPLAY:
                    box = base64.b64decode(one.find("c:PSSH", CPIX).text)
                    self.assertEqual(pssh(box)[0], system)
                    inside = xml.fromstring(b"<a>" + base64.b64decode(one.find("c:ContentProtectionData", CPIX).text) + b"</a>")
                    self.assertEqual(base64.b64decode(inside[0].text), box)

    def test_keys_in_the_clear_want_to_be_asked_for(self):
        self.assertEqual(self.export("Tide", "none.xml")[0].returncode, 2)
        done, path = self.export("Tide", "clear.xml", "--clear")
        self.assertEqual(done.returncode, 0, done)
        found = {one.get("commonEncryptionScheme"): base64.b64decode(one.find(".//pskc:PlainValue", CPIX).text)
                 for one in xml.parse(path).getroot().findall(".//c:ContentKey", CPIX)}
        self.assertEqual(found, {scheme: key for scheme, (_, key) in self.keys_of("Tide").items()})
        again, _ = self.export("Tide", "clear.xml", "--clear")
        self.assertEqual(again.returncode, 1, "a file that is there is not written over")
        (self.root / "no.pem").write_text("no certificate")
        refused, path = self.export("Tide", "refused.xml", "--recipient", str(self.root / "no.pem"))
        self.assertEqual((refused.returncode, path.exists()), (1, False))
        subjects = [one["subject"] for one in self.server.get("/api/v1/admin/audit?action=command.").json["items"]]
        self.assertIn(f"keys export {self.items['Tide']}", subjects)

    def verified(self, token):
        """The claims of an entitlement, its signature looked at by nothing of ours."""
        head, payload, signature = token.split(".")
        told = json.loads(unbase64(head))
        self.assertEqual((told["alg"], told["typ"]), ("ES256", "entitlement+jwt"))
        key = next(one for one in self.server.get("/oauth/jwks.json", token=False).json["keys"] if one["kid"] == told["kid"])
        raw = unbase64(signature)
        number = lambda part: b"\x02" + bytes([len(part)]) + part  # noqa: E731
        both = b"".join(number((b"\0" if half[0] & 128 else b"") + half) for half in (raw[:32].lstrip(b"\0"), raw[32:].lstrip(b"\0")))
        with tempfile.TemporaryDirectory() as folder:
            public, sign = pathlib.Path(folder, "key"), pathlib.Path(folder, "sign")
            public.write_bytes(P256 + b"\4" + unbase64(key["x"]) + unbase64(key["y"]))
            sign.write_bytes(b"\x30" + bytes([len(both)]) + both)
            openssl("dgst", "-sha256", "-verify", public, "-keyform", "DER", "-signature", sign, data=f"{head}.{payload}".encode())
        return json.loads(unbase64(payload))

    def test_the_provider_is_told_of_which_household_and_where(self):
        server = self.server
        self.buyer("Tide")
        server.post("/api/v1/household/members", {"username": "Nil", "password": PASSWORD, "role": "child"}, expect=201)
        nil = server.post("/api/v1/login", {"username": "Nil", "password": PASSWORD, "device_name": "tablet"}, token=False).json
        person = nil["user"]["id"] if "user" in nil else server.get("/api/v1/me", token=nil["access_token"]).json["id"]
        libraries = [one["id"] for one in server.libraries()]
        server.put(f"/api/v1/household/members/{person}", {"libraries": libraries, "unrated": True})
        own = f"/api/v1/drm/licence?system=playready&media_id={self.items['Tide']}"
        self.assertEqual(server.raw("POST", own, body=CHALLENGE, token=nil["access_token"]).status, 404)
        self.assertEqual(self.provider.asked, [])
        server.put("/api/v1/household", {"share_purchases": "everybody"})
        self.addCleanup(lambda: server.put("/api/v1/household", {"share_purchases": "nobody"}))
        server.put(f"/api/v1/admin/store/regions/{person}", {"region": "PT"})
        answer = self.play("Tide", "drm-cenc", token=nil["access_token"])
        self.assertEqual(self.ask(self.licence_url(answer, "com.widevine.alpha")).status, 200)
        claims = self.verified(self.provider.asked[0]["authorization"].split(" ", 1)[1])
        self.assertEqual((claims["household"]["role"], claims["household"]["shared"], claims["region"]), ("child", True, "PT"))
        server.put("/api/v1/household", {"share_purchases": "nobody"})
        self.assertEqual(self.ask(self.licence_url(answer, "com.widevine.alpha")).status, 404)
        self.assertEqual(len(self.provider.asked), 1)

    def test_who_is_entitled_gets_the_providers_licence(self):
        token, _ = self.buyer("Tide")
        answer = self.play("Tide", "drm-cenc", token=token)
        got = self.ask(self.licence_url(answer, "com.widevine.alpha"))
        self.assertEqual((got.status, got.body, got.headers["cache-control"]), (200, b"licence for " + CHALLENGE, "no-store"))
        asked = self.provider.asked[0]
        self.assertEqual((asked["path"], asked["body"]), ("/widevine", CHALLENGE))
        claims = self.verified(asked["authorization"].split(" ", 1)[1])
        key_id = self.keys_of("Tide")["cenc"][0].hex()
        self.assertEqual((claims["iss"], claims["aud"], claims["content_id"], claims["system"]),
                         ("https://marea.example", "127.0.0.1", self.items["Tide"], "widevine"))
        self.assertIn(key_id, [one.replace("-", "") for one in claims["kids"]])
        self.assertEqual((claims["household"], claims["region"], claims["max_devices"]),
                         ({"id": "https://marea.example", "role": "member", "shared": False}, None, 5))
        self.assertTrue(0 < claims["exp"] - time.time() <= 61)
        self.assertEqual(self.server.raw("GET", "/api/v1/me", token=asked["authorization"].split(" ", 1)[1]).status, 401)
        own = f"/api/v1/drm/licence?system=playready&media_id={self.items['Tide']}"
        self.assertEqual(self.server.raw("POST", own, body=CHALLENGE, token=token, headers={"Content-Type": "text/xml"}).status, 200)
        self.assertEqual((self.provider.asked[-1]["path"], self.provider.asked[-1]["content-type"]), ("/playready", "text/xml"))
        self.assertNotIn(asked["authorization"].split(" ", 1)[1], self.server.log)
        licences = self.server.get("/api/v1/drm/licences", token=token).json["items"]
        self.assertEqual({one["media_id"] for one in licences}, {self.items["Tide"]})  # the device is counted

    def test_nobody_else_does_and_the_provider_is_not_asked(self):
        token, order = self.buyer("Tide")
        answer = self.play("Tide", "drm-cenc", token=token)
        url = self.licence_url(answer, "com.widevine.alpha")
        stranger, _ = self.buyer("Ebb")
        other = f"/api/v1/drm/licence?system=widevine&media_id={self.items['Tide']}"
        refused = self.server.raw("POST", other, body=CHALLENGE, token=stranger, headers={"Content-Type": "application/octet-stream"})
        self.assertEqual(refused.status, 404)
        self.assertEqual(self.ask(url.replace(self.items["Tide"], self.items["Ebb"])).status, 401)
        self.assertEqual(self.ask(url.replace("widevine", "fairplay")).status, 404)  # takes cbcs alone
        self.assertEqual(self.ask(url, bytes(70_000)).status, 413)
        self.assertEqual(self.provider.asked, [])
        self.assertEqual(self.ask(url).status, 200)
        self.server.post(f"/api/v1/store/orders/{order}/refund", token=True, expect=200)
        self.assertIn(self.ask(url).status, (401, 404))
        self.assertEqual(len(self.provider.asked), 1)

    def test_a_device_too_many_gets_none(self):
        token, _ = self.buyer("Ebb")
        name = f"Buyer{self.count}"
        statuses = []
        for number in range(6):
            device = self.server.post("/api/v1/login", {"username": name, "password": PASSWORD, "device_name": f"tablet {number}"},
                                      token=False).json["access_token"]
            statuses.append(self.ask(self.licence_url(self.play("Ebb", "drm-cenc", token=device), "com.widevine.alpha")).status)
        self.assertEqual(statuses, [200] * 5 + [403])
        self.assertEqual(len(self.provider.asked), 5)

    def test_a_provider_that_is_down_slow_or_too_much(self):
        url = self.licence_url(self.play("Tide", "drm-cenc"), "com.widevine.alpha")
        self.provider.bytes = 1_000_000
        self.assertEqual(self.ask(url).status, 503)
        self.provider.bytes, self.provider.status = 0, 403
        refused = self.ask(url)
        self.assertEqual((refused.status, b"licence for" in refused.body), (422, False))
        self.provider.status = 500
        down = self.ask(url)
        self.assertEqual((down.status, "retry-after" in down.headers), (503, True))
        self.provider.status, self.provider.wait = 200, 15
        began = time.monotonic()
        self.assertEqual(self.ask(url).status, 503)
        self.assertLess(time.monotonic() - began, 14)
        self.provider.wait = 0
        self.assertEqual(self.ask(url).status, 200)
        self.assertIn("licence.not_given", self.server.log)


if __name__ == "__main__":
    unittest.main()
