"""Documents name what is there, and no file names somebody's machine."""
import re
import unittest

import tree

TOP = ("app", "core", "player", "qml", "server", "sync", "tests", "docs", "scripts", "resources", "packaging", "cmake", ".ci")
# `path/like/this`, [text](path) and plain server/host/main.cpp; {a,b} stands for both.
PATH = re.compile(r"(?<![\w/.:$-])((?:" + "|".join(map(re.escape, TOP)) + r")/[\w./{},*-]*[\w/}*])")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
HOME = re.compile(r"(?<![\w/.~$}])/(?:work|root|home/(?!user\b|you\b|me\b)[a-z]\w*|Users/[A-Z]\w*)/\w")


def documents():
    return [name for name in tree.tracked() if name.endswith(".md")]


def spread(path):
    """server/{video,audio} as both paths."""
    found = re.match(r"(.*?)\{([^}]*)\}(.*)", path)
    if not found:
        return [path]
    return [whole for middle in found[2].split(",") for whole in spread(found[1] + middle + found[3])]


def exists(path):
    return any(True for _ in tree.ROOT.glob(path.rstrip("/"))) if "*" in path else (tree.ROOT / path).exists()


class Documents(unittest.TestCase):
    def test_paths_exist(self):
        wrong = []
        for name in documents():
            for found in PATH.findall(tree.text(name)):
                wrong += [f"{name} names {path}" for path in spread(found) if not exists(path)]
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_links_lead_somewhere(self):
        wrong = []
        for name in documents():
            for target in LINK.findall(tree.text(name)):
                if not (tree.ROOT / name).parent.joinpath(target).exists():
                    wrong.append(f"{name} links to {target}")
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_no_path_of_a_machine(self):
        wrong = [f"{name}: {line.strip()[:120]}" for name in tree.text_files() for line in tree.text(name).splitlines()
                 if HOME.search(line)]
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_every_setting_is_documented(self):
        source = tree.ROOT / "server/host/config.cpp"
        if not source.exists():
            self.skipTest("no server/host/config.cpp yet")
        keys = re.findall(r'^\s*\{"([a-z_.]+)",', source.read_text(), re.MULTILINE)
        self.assertGreater(len(keys), 5, "the settings' table was not found")
        documented = set(re.findall(r"`([a-z_.]+)`", tree.text("docs/configuration.md")))
        self.assertEqual([key for key in keys if key not in documented], [], "not in docs/configuration.md")

    def test_what_a_newcomer_looks_for_is_there(self):
        for name in ("README.md", "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs/ARCHITECTURE.md"):
            self.assertTrue((tree.ROOT / name).exists(), name)
