"""The alphabet beside the table of tracks, by clicks and keys: to a letter that is far down in a large library."""
import pathlib
import tempfile
import unittest

from media import make_tone
from seat import Seat

EACH = 250   # tracks of a letter: the last one is further down than is read to come there


def syncsafe(size):
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def with_tags(sound, **frames):
    """The bytes of an MP3 with these ID3v2.3 frames in place of what it begins with."""
    if sound.startswith(b"ID3"):
        sound = sound[10 + sum((sound[6 + i] & 0x7F) << 21 - 7 * i for i in range(4)):]
    body = b"".join(name.encode() + (1 + len(text)).to_bytes(4, "big") + b"\0\0\0" + text.encode("latin-1") for name, text in frames.items())
    return b"ID3\x03\0\0" + syncsafe(len(body)) + body + sound


class Letters(unittest.TestCase):
    def test_a_letter_takes_one_to_its_tracks(self):
        seat = Seat.taken_by(self)
        with tempfile.TemporaryDirectory(prefix="marea-tone-") as folder:
            tone = pathlib.Path(folder) / "tone.mp3"
            make_tone(tone, 1, 440, {"title": "Tone"})
            sound = tone.read_bytes()
        folder = seat.music / "The Tides" / "High Water"
        folder.mkdir(parents=True)
        for word in ("Anchor", "Meridian", "Zephyr"):
            for number in range(1, EACH + 1):
                title = f"{word} {number:03}"
                (folder / f"{title}.mp3").write_bytes(with_tags(sound, TIT2=title, TPE1="The Tides", TALB="High Water"))
        app = seat.begins_with_music()
        seat.press("Music", lambda: seat.sees("Tracks"))
        seat.press("Tracks", lambda: seat.named("Anchor 001, .*"))
        seat.press("Z", lambda: seat.named("Zephyr 001, .*"))   # again, until all of it is read
        self.assertIsNone(seat.named("Anchor 001, .*"))
        seat.press(seat.named("Zephyr 001, .*")[0])
        seat.keys("m")
        seat.waits(lambda: seat.named("Meridian 001, .*"), "the letter that was typed")
        seat.keys("Home")
        seat.waits(lambda: seat.named("Anchor 001, .*"), "the first of all")
        seat.ends_cleanly(app)


if __name__ == "__main__":
    unittest.main()
