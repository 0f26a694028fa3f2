"""Music as a file that is made while it is sent: of the length said before, in parts, from any time on, gapless."""
import pathlib
import re
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

from support import Server, require_program

CODECS = {"mp3": ("mp3", "audio/mpeg"), "opus": ("ogg", 'audio/ogg; codecs="opus"'), "flac": ("flac", "audio/flac")}


def client(codec, **limits):
    return {"protocols": ["progressive"], "containers": [CODECS[codec][0]], "audio": [{"codec": codec, "max_channels": 2}], **limits}


def fetch(url, method="GET", **fields):
    request = urllib.request.Request(url, method=method, headers=fields)
    with urllib.request.urlopen(request, timeout=180) as answer:
        return answer.status, answer.headers, answer.read()


def samples(path):
    """What ffmpeg decodes, at 48 kHz."""
    done = subprocess.run(["ffmpeg", "-v", "error", "-xerror", "-i", str(path), "-f", "s16le", "-ac", "2", "-ar", "48000", "-"],
                          check=True, capture_output=True)
    return len(done.stdout) // 4


class Music(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        require_program("ffmpeg")
        folder = tempfile.TemporaryDirectory(prefix="marea-music-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        music = cls.folder / "Music"
        music.mkdir()
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "aevalsrc='0.3*sin(2*PI*(300+20*t)*t)|0.2*sin(2*PI*440*t)':s=48000:d=31.3",
                        "-c:a", "wavpack", "-metadata", "title=Sweep", "-metadata", "artist=Nobody", "-metadata", "album=One",
                        "-metadata", "REPLAYGAIN_TRACK_GAIN=-3.00 dB", str(music / "Sweep.wv")], check=True)
        cls.source = samples(music / "Sweep.wv")
        cls.server = Server(libraries={"Music": music})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.item = cls.server.all_media("kind=track")[0]
        until = time.monotonic() + 360  # its tags change when it is measured
        while (cls.server.get(f"/api/v1/media/{cls.item['id']}").json.get("loudness") or {}).get("source") != "measured":
            assert time.monotonic() < until, "the sound is never measured"
            time.sleep(0.1)

    def made(self):
        lines = self.server.get("/metrics").text.splitlines()
        return float(next(line.split()[1] for line in lines if line.startswith("marea_segments_made_total ")))

    def play(self, codec, **limits):
        answer = self.server.post(f"/api/v1/media/{self.item['id']}/playback", {"capabilities": client(codec, **limits)}).json
        self.assertEqual((answer["protocol"], answer["mode"], answer["mime_type"]), ("progressive", "transcode", CODECS[codec][1]))
        self.assertTrue(answer["audio"]["reasons"])
        return self.server.url + answer["url"]

    def test_it_is_a_whole_file_of_the_length_said_before(self):
        for codec in ("mp3", "opus"):
            with self.subTest(codec):
                url = self.play(codec)
                _, head, _ = fetch(url, "HEAD")
                status, fields, body = fetch(url)
                self.assertEqual((status, fields["Accept-Ranges"]), (200, "bytes"))
                self.assertEqual(int(head["Content-Length"]), len(body))
                path = self.folder / f"whole.{codec}"
                path.write_bytes(body)
                self.assertEqual(samples(path), self.source)
                self.assertEqual(fetch(url)[2], body)

    def test_any_part_of_it_is_what_stands_there_whether_made_or_not(self):
        for codec in ("mp3", "opus"):
            with self.subTest(codec):
                url = self.play(codec, max_bitrate=130_000)  # 128 kbit/s
                size = int(fetch(url, "HEAD")[1]["Content-Length"])
                parts = {}
                for first in (size - 5000, 300_000, 0, 100, 576, 577, 123_456):  # the end first, before anything is made
                    status, fields, parts[first] = fetch(url, Range=f"bytes={first}-{first + 4999}")
                    self.assertEqual((status, fields["Content-Range"]), (206, f"bytes {first}-{first + 4999}/{size}"))
                whole = fetch(url)[2]
                for first, part in parts.items():
                    self.assertEqual(part, whole[first:first + 5000], first)

    def test_a_jump_to_the_middle_costs_no_more_than_the_way_there(self):
        for codec in ("mp3", "opus"):
            with self.subTest(codec):
                url = self.play(codec, max_bitrate=64_000)
                size = int(fetch(url, "HEAD")[1]["Content-Length"])
                before = self.made()
                fetch(url, Range=f"bytes={size // 2}-{size // 2 + 99}")
                self.assertLess(self.made() - before, 5)  # of 10; it and the next ones

    def test_flac_has_a_length_when_all_of_it_is_made(self):
        url = self.play("flac")
        _, fields, body = fetch(url)
        self.assertIsNone(fields["Content-Length"])
        path = self.folder / "whole.flac"
        path.write_bytes(body)
        self.assertEqual(samples(path), self.source)
        status, part_fields, part = fetch(url, Range="bytes=100000-104999")
        self.assertEqual((status, part_fields["Content-Range"]), (206, f"bytes 100000-104999/{len(body)}"))
        self.assertEqual(part, body[100_000:105_000])
        self.assertEqual(part_fields["ETag"], fields["ETag"])

    def test_it_begins_where_one_asks(self):
        for codec, left in (("mp3", self.source - 600_024), ("opus", self.source - 600_024), ("flac", self.source - 130 * 4608)):
            with self.subTest(codec):
                path = self.folder / f"from.{codec}"
                path.write_bytes(fetch(self.play(codec) + "?from=12.5005")[2])
                self.assertEqual(samples(path), left)
                for wrong in ("40", "-1", "x"):
                    with self.assertRaises(urllib.error.HTTPError) as refused:
                        fetch(self.play(codec) + f"?from={wrong}")
                    self.assertEqual(refused.exception.code, 400)

    def test_it_says_how_loud_it_is(self):
        answer = self.server.post(f"/api/v1/media/{self.item['id']}/playback", {"capabilities": client("opus")}).json
        gain = answer["loudness"]["track_gain"]
        body = fetch(self.play("mp3"))[2]
        self.assertIn(f"REPLAYGAIN_TRACK_GAIN\0{gain:+.2f} dB".encode(), body[:4000])
        body = fetch(self.play("opus"))[2]
        said = int(re.search(rb"R128_TRACK_GAIN=(-?[0-9]+)", body[:4000])[1])
        self.assertAlmostEqual(said / 256, gain - 5, delta=0.02)


if __name__ == "__main__":
    unittest.main()
