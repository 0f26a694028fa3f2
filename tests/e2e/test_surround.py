"""Sound of eight channels through the whole chain: who takes eight gets each loudspeaker's own sound, others get 5.1 or
stereo in which each is where it belongs."""
import array
import math
import pathlib
import subprocess
import tempfile
import unittest

from media import make_media, require_program
from support import Server

SECONDS, RATE = 6, 48000
# A tone for each loudspeaker, in the order of 7.1 in files: none is a multiple of another.
TONES = {"FL": 310, "FR": 430, "FC": 570, "LFE": 70, "BL": 730, "BR": 890, "SL": 1130, "SR": 1370}
FIVE_ONE = ("FL", "FR", "FC", "LFE", "BL", "BR")
# What of the source is heard from each loudspeaker of a mix.
MIX_51 = {"FL": {"FL"}, "FR": {"FR"}, "FC": {"FC"}, "LFE": {"LFE"}, "BL": {"BL", "SL"}, "BR": {"BR", "SR"}}
MIX_2 = {"FL": {"FL", "FC", "BL", "SL"}, "FR": {"FR", "FC", "BR", "SR"}}


def power(samples, tone):
    """Of a tone, by Goertzel's algorithm, as a share of full scale."""
    factor = 2 * math.cos(2 * math.pi * tone / RATE)
    before = last = 0.0
    for sample in samples:
        before, last = last, sample + factor * last - before
    return math.sqrt(max(before * before + last * last - factor * before * last, 0)) * 2 / len(samples)


class Surround(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-surround-")
        cls.addClassCleanup(folder.cleanup)
        films = pathlib.Path(folder.name) / "Films"
        films.mkdir()
        voices = "|".join(f"0.2*sin(2*PI*{tone}*t)" for tone in TONES.values())
        source = ["-f", "lavfi", "-i", f"testsrc2=size=320x180:rate=24:duration={SECONDS}",
                  "-f", "lavfi", "-i", f"aevalsrc='{voices}':c=7.1:s={RATE}:d={SECONDS}",
                  "-c:v", "libx264", "-preset", "ultrafast", "-g", "24", "-pix_fmt", "yuv420p"]
        # Their titles are no codecs: those are taken out of names.
        encoders = {"Lossless": ["flac"], "Lossy": ["aac", "-b:a", "768k"], "Plain": ["pcm_s16le"],
                    "Round": ["libopus", "-mapping_family", "1", "-b:a", "768k"]}
        for name, encoder in encoders.items():
            make_media(films / f"{name} (2017).mkv", *source, "-c:a", *encoder)
        # What ffmpeg encodes of cinemas' codecs: six channels at most, of TrueHD, E-AC-3 and DTS alike.
        voices = "|".join(f"0.2*sin(2*PI*{TONES[name]}*t)" for name in FIVE_ONE)
        source[7] = f"aevalsrc='{voices}':c=5.1:s={RATE}:d={SECONDS}"
        sides = ["-af", "channelmap=channel_layout=5.1(side)", "-b:a", "640k"]
        encoders = {"Cinema": ["truehd", "-strict", "-2"], "Plus": ["eac3", *sides], "Theatre": ["dca", "-strict", "-2", *sides[:2], "-b:a", "1411k"],
                    "Older": ["ac3", *sides]}
        for name, encoder in encoders.items():
            make_media(films / f"{name} (2018).mkv", *source, "-c:a", *encoder)
        cls.server = Server(libraries={"Films": films})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.ids = {item["title"]: item["id"] for item in cls.server.all_media() if item["year"] == 2017}
        cls.cinema = {item["title"]: item["id"] for item in cls.server.all_media() if item["year"] == 2018}

    def played(self, source, codec, channels):
        """What comes of the film for a client of that codec and so many channels: samples of each channel."""
        client = {"protocols": ["hls"], "containers": ["mp4"], "video": [{"codec": "h264"}],
                  "audio": [{"codec": codec, "max_channels": channels}]}
        item = self.ids.get(source) or self.cinema[source]
        answer = self.server.post(f"/api/v1/media/{item}/playback", {"capabilities": client}, expect=201).json
        line = [require_program("ffmpeg"), "-v", "error", "-nostdin", "-i", self.server.url + answer["url"], "-map", "0:a:0"]
        probe = subprocess.run([require_program("ffprobe", "ffmpeg"), "-v", "error", "-select_streams", "a:0", "-show_entries",
                                "stream=channels,channel_layout,codec_name", "-of", "default=nk=1:nw=1", self.server.url + answer["url"]],
                               capture_output=True, text=True, timeout=120)
        name, count, layout = probe.stdout.split()[:3]
        raw = subprocess.run([*line, "-f", "f32le", "-ar", str(RATE), "-"], capture_output=True, timeout=240)
        self.assertEqual(raw.returncode, 0, raw.stderr.decode())
        samples = array.array("f", raw.stdout)
        count = int(count)
        middle = slice(2 * RATE * count, 3 * RATE * count)
        return answer, layout, [samples[middle][channel::count] for channel in range(count)]

    def expect(self, channels, mix):
        """Each loudspeaker has what belongs there, and no more than a trace of others."""
        self.assertEqual(len(channels), len(mix))
        for (speaker, wanted), samples in zip(mix.items(), channels):
            loud = {name: power(samples, tone) for name, tone in TONES.items()}
            for name, level in loud.items():
                if name in wanted:
                    self.assertGreater(level, 0.02, (speaker, loud))
                else:
                    self.assertLess(level, 0.006, (speaker, loud))

    def test_who_takes_eight_channels_gets_them_in_their_places(self):
        for source in self.ids:
            for codec in ("flac", "aac", "opus"):
                with self.subTest(source=source, codec=codec):
                    _answer, layout, channels = self.played(source, codec, 8)
                    self.assertEqual(layout, "7.1")
                    self.expect(channels, {name: {name} for name in TONES})

    def test_who_takes_six_gets_a_mix_of_the_backs_and_sides(self):
        for codec in ("flac", "aac", "opus"):
            with self.subTest(codec=codec):
                answer, layout, channels = self.played("Lossless", codec, 6)
                self.assertEqual(answer["audio"]["mode"], "transcode")
                self.assertIn(layout, ("5.1", "5.1(side)"))
                self.expect(channels, MIX_51)

    def test_stereo_has_each_on_its_side(self):
        for codec in ("flac", "aac", "opus"):
            with self.subTest(codec=codec):
                _answer, layout, channels = self.played("Lossless", codec, 2)
                self.assertEqual(layout, "stereo")
                self.expect(channels, MIX_2)

    def test_six_channels_of_cinemas_codecs_are_in_their_places(self):
        for source in self.cinema:
            with self.subTest(source=source):
                answer, layout, channels = self.played(source, "flac", 8)
                self.assertEqual(answer["audio"]["mode"], "transcode")
                self.assertIn(layout, ("5.1", "5.1(side)"))
                self.expect(channels, {name: {name} for name in FIVE_ONE})

    def test_what_is_copied_stays_as_it_is(self):
        answer, layout, channels = self.played("Lossless", "flac", 8)
        self.assertEqual(answer["audio"]["mode"], "remux")
        self.assertEqual(layout, "7.1")
        self.expect(channels, {name: {name} for name in TONES})


if __name__ == "__main__":
    unittest.main()
