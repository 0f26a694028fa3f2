"""Music as an MP3 file that is made while it is sent: of the length said before, in parts, gapless."""
import pathlib
import subprocess
import tempfile
import unittest
import urllib.request

from support import Server, require_program

CLIENT = {"protocols": ["progressive"], "containers": ["mp3"], "audio": [{"codec": "mp3", "max_channels": 2}]}


def fetch(url, method="GET", **fields):
    request = urllib.request.Request(url, method=method, headers=fields)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status, answer.headers, answer.read()


def samples(path):
    """What ffmpeg decodes, at 48 kHz."""
    done = subprocess.run(["ffmpeg", "-v", "error", "-xerror", "-i", str(path), "-f", "s16le", "-ac", "2", "-ar", "48000", "-"],
                          check=True, capture_output=True)
    return len(done.stdout) // 4


class Mp3(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        require_program("ffmpeg")
        folder = tempfile.TemporaryDirectory(prefix="marea-mp3-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        music = cls.folder / "Music"
        music.mkdir()
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "aevalsrc='0.3*sin(2*PI*(300+20*t)*t)|0.2*sin(2*PI*440*t)':s=48000:d=31.3",
                        "-metadata", "title=Sweep", "-metadata", "artist=Nobody", "-metadata", "album=One", str(music / "Sweep.flac")], check=True)
        cls.server = Server(libraries={"Music": music})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.item = cls.server.all_media("kind=track")[0]

    def made(self):
        lines = self.server.get("/metrics").text.splitlines()
        return float(next(line.split()[1] for line in lines if line.startswith("marea_segments_made_total ")))

    def play(self, **limits):
        answer = self.server.post(f"/api/v1/media/{self.item['id']}/playback", {"capabilities": {**CLIENT, **limits}}).json
        self.assertEqual((answer["protocol"], answer["mode"], answer["mime_type"]), ("progressive", "transcode", "audio/mpeg"))
        self.assertTrue(answer["audio"]["reasons"])
        return self.server.url + answer["url"]

    def test_it_is_a_whole_file_of_the_length_said_before(self):
        url = self.play()
        _, head, _ = fetch(url, "HEAD")
        status, fields, body = fetch(url)
        self.assertEqual((status, fields["Content-Type"]), (200, "audio/mpeg"))
        self.assertEqual(int(head["Content-Length"]), len(body))
        path = self.folder / "whole.mp3"
        path.write_bytes(body)
        self.assertEqual(samples(path), samples(self.folder / "Music/Sweep.flac"))
        self.assertEqual(fetch(url)[2], body)

    def test_any_part_of_it_is_what_stands_there_whether_made_or_not(self):
        url = self.play(max_bitrate=200_000)  # 192 kbit/s
        size = int(fetch(url, "HEAD")[1]["Content-Length"])
        parts = {}
        for first in (size - 5000, 300_000, 0, 100, 576, 577, 123_456):  # the end first, before anything is made
            status, fields, parts[first] = fetch(url, Range=f"bytes={first}-{first + 4999}")
            self.assertEqual((status, fields["Content-Range"]), (206, f"bytes {first}-{first + 4999}/{size}"))
        whole = fetch(url)[2]
        for first, part in parts.items():
            self.assertEqual(part, whole[first:first + 5000], first)

    def test_a_jump_to_the_middle_costs_no_more_than_the_way_there(self):
        url = self.play(max_bitrate=64_000)
        size = int(fetch(url, "HEAD")[1]["Content-Length"])
        before = self.made()
        fetch(url, Range=f"bytes={size // 2}-{size // 2 + 99}")
        self.assertLess(self.made() - before, 5)  # of 10; it and the next ones


if __name__ == "__main__":
    unittest.main()
