"""Sources of one library can be compiled in bundles (MAREA_UNITY): what two of them name for themselves must not clash,
or one of the two goes into another bundle by cmake/apart.txt."""
import collections
import pathlib
import re
import unittest

import tree

LIST = "cmake/apart.txt"


def plain(text):
    """Without comments and the insides of literals."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r'R"\((.*?)\)"|"(\\.|[^"\\\n])*"', '""', text, flags=re.S)


def outermost(text, begin):
    """What stands at the top of the braces that open before `begin`, without the bodies in it."""
    depth, top = 1, []
    for char in text[begin:]:
        depth -= char == "}"
        if depth == 1:
            top.append(char)
        if depth == 0:
            break
        depth += char == "{"
        if char == "{" and depth == 2:
            top.append(char)
    return "".join(top)


def own_names(text):
    """Functions with the types of their parameters, types and constants of anonymous namespaces."""
    text, names = plain(text), set()
    for space in re.finditer(r"\bnamespace \{", text):
        top = outermost(text, space.end())
        for function in re.finditer(r"\b(\w+)\(([^{};]*)\)[^;{}]*\{", top):
            types = re.sub(r"\s*\b\w+(,|$)", r"\1", re.sub(r"\s+", " ", function[2]))
            if not re.match(r"(TYPED_)?TEST(_[FP])?$|(INSTANTIATE|TYPED)_", function[1]):
                names.add(f"{function[1]}({types})")
        names.update(re.findall(r"\b(?:class|struct|enum class) (\w+)(?=[^;(>]*\{)", top))
        names.update(re.findall(r"\bconst(?:expr)? [^;={(]*?\b(\w+)(?:\[\w*\])? =", top))
    return names


def clashes(apart):
    """What more than one source of a bundle calls its own; a folder's sources are taken for one bundle, but those that
    `apart` gives to others by number."""
    owners = collections.defaultdict(list)
    for name in tree.with_suffix(".cpp"):
        if not name.startswith(("tests/bench/", "tests/fuzz/")):
            for own in own_names(tree.text(name)):
                owners[str(pathlib.PurePath(name).parent), apart.get(name, 0), own].append(name)
    return [f"{own}: {', '.join(files)}" for (_, _, own), files in sorted(owners.items()) if len(files) > 1]


class Bundles(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        lines = [line for line in (tree.ROOT / LIST).read_text().splitlines() if line and not line.startswith("#")]
        self.names = [line.split()[0] for line in lines]
        self.apart = {name: int(bundle) for name, bundle in map(str.split, lines)}

    def test_names_do_not_clash(self):
        self.assertEqual(clashes(self.apart), [], f"name them otherwise, share them, or give all but one file another bundle in {LIST}")

    def test_the_list_is_in_order_and_true(self):
        self.assertEqual(self.names, sorted(set(self.names)))
        self.assertEqual([name for name in self.names if not (tree.ROOT / name).exists()], [], "gone")

    def test_a_clash_is_seen(self):
        text = "namespace {\nconstexpr int kMost = 1;\nstruct Place { int a; };\nint f(int a, const T& b) {\n return g({1}); }\n}\n"
        self.assertEqual(own_names(text), {"kMost", "Place", "f(int, const T&)"})
