"""Colours and fonts come from the theme; text from outside is plain."""
import re
import unittest

import tree

COLOUR = re.compile(r"\"#(?:[0-9a-fA-F]{3,4}){1,2}\"|Qt\.rgba\(|Qt\.hsla\(")
LITERAL_FONT = re.compile(r"font\.(?:pixelSize|pointSize)\s*:\s*\d")


def files():
    return [name for name in tree.with_suffix(".qml", under=("qml",)) if "/Theme/" not in name]


class Qml(unittest.TestCase):
    def test_colours_come_from_the_theme(self):
        wrong = [f"{name}:{at}: {line.strip()}" for name in files()
                 for at, line in enumerate(tree.text(name).splitlines(), 1) if COLOUR.search(line)]
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_font_sizes_come_from_the_theme(self):
        wrong = [f"{name}:{at}: {line.strip()}" for name in files()
                 for at, line in enumerate(tree.text(name).splitlines(), 1) if LITERAL_FONT.search(line)]
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_no_rich_text(self):
        wrong = [f"{name}:{at}" for name in files() for at, line in enumerate(tree.text(name).splitlines(), 1)
                 if re.search(r"Text\.(RichText|StyledText|AutoText|MarkdownText)", line)]
        self.assertEqual(wrong, [], "metadata is plain text: it may hold anything")
