"""A film in HDR gets a window of mpv's own, and comes back into the page."""
import subprocess
import unittest

from desktop import DesktopCase
from media import require_program
from support import wait_for


class HdrWindow(DesktopCase):
    def film(self, name, *colours):
        require_program("ffmpeg", "ffmpeg")
        path = self.home / name
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:d=120:r=10", "-pix_fmt", "yuv420p10le",
                        "-c:v", "libx264", "-preset", "ultrafast", *colours, path], check=True, timeout=180)
        return path

    def hdr_film(self):
        return self.film("Sparks.mkv", "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc")

    def windows(self, name):
        """The visible ones that are called like that."""
        return self.display.xdotool("search", "--onlyvisible", "--name", name).split()

    def key_in(self, window, key):
        self.display.xdotool("windowfocus", "--sync", window, "key", key)

    def shows_picture(self, window):
        """Bars and a clock have many colours; a black or empty window has one."""
        done = subprocess.run(["import", "-window", window, "-format", "%k", "info:"], env=self.display.env, capture_output=True, text=True, timeout=180)
        return done.returncode == 0 and int(done.stdout.strip() or 0) > 40

    def test_goes_out_and_comes_back(self):
        require_program("import", "imagemagick")
        app = self.start(self.hdr_film())
        wait_for(lambda: self.said("click_to_first_frame_ms="), 30, "the first picture")
        main = self.display.xdotool("search", "--onlyvisible", "--class", "marea").split()[0]
        self.assertTrue(wait_for(lambda: self.shows_picture(main), 30, "the picture in the page"))

        def opened():
            if not self.windows("^Sparks – Marea$"):
                self.key_in(main, "h")
            return self.windows("^Sparks – Marea$")
        own = wait_for(opened, 60, "the window for HDR", pause=2)[0]
        wait_for(lambda: self.shows_picture(own), 60, "the picture in it")
        self.key_in(own, "h")
        wait_for(lambda: not self.windows("^Sparks – Marea$"), 60, "its end")
        wait_for(lambda: self.shows_picture(main), 60, "the picture back in the page")
        self.ends_cleanly(app, 20)

    def test_other_films_have_none(self):
        app = self.start(self.film("Plain.mkv", "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"))
        wait_for(lambda: self.said("click_to_first_frame_ms="), 30, "the first picture")
        self.keys("h", "i")
        self.assertFalse(self.windows("^Plain – Marea$"))
        self.ends_cleanly(app, 20)


if __name__ == "__main__":
    unittest.main()
