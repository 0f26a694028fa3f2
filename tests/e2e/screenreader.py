"""What a program says of itself to screen readers (AT-SPI): what is to be seen, by name, and where. Tests click there.

As a script it prints that of the program whose name is its argument, for the bus in the environment. It is one of its own
since the bindings are the system's Python's.
"""
import json
import pathlib
import subprocess
import sys
import unittest

SYSTEM_PYTHON = pathlib.Path("/usr/bin/python3")
IMPORTS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"


def require():
    """Skips the calling test where there are no bindings."""
    if not SYSTEM_PYTHON.exists() or subprocess.run([SYSTEM_PYTHON, "-c", IMPORTS], capture_output=True, timeout=180).returncode:
        raise unittest.SkipTest("no AT-SPI for Python (packages python3-gi, gir1.2-atspi-2.0)")


class ScreenReader:
    """`env` is that of the program, with a session bus; `program` as it calls itself."""

    def __init__(self, env, program="marea"):
        self.env, self.program = env, program

    def shown(self):
        """Everything with a name that is on the screen: {"role", "name", "x", "y", "width", "height", "enabled"}."""
        done = subprocess.run([SYSTEM_PYTHON, __file__, self.program], env=self.env, capture_output=True, text=True, timeout=600)
        return json.loads(done.stdout) if done.returncode == 0 and done.stdout else []

    def find(self, name, role=None):
        """The first of that name that can be used, or None."""
        for thing in self.shown():
            if thing["name"] == name and thing["enabled"] and role in (None, thing["role"]):
                return thing
        return None


def walk(node, states, found):
    from gi.repository import Atspi
    here = node.get_state_set()
    if not here.contains(states.SHOWING) or not here.contains(states.VISIBLE):
        return
    name = node.get_name()
    if name:
        place = node.get_extents(Atspi.CoordType.SCREEN)
        text = node.get_text_iface()
        found.append({"role": node.get_role_name(), "name": name, "x": place.x, "y": place.y, "width": place.width, "height": place.height,
                      "enabled": here.contains(states.ENABLED),
                      "text": text and Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))})
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child:
            walk(child, states, found)


def main():
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi
    desktop = Atspi.get_desktop(0)
    found = []
    for index in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(index)
        if program and program.get_name() == sys.argv[1]:
            for window in range(program.get_child_count()):
                walk(program.get_child_at_index(window), Atspi.StateType, found)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
