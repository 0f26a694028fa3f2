"""Colours and fonts come from the theme; text from outside is plain."""
import re
import unittest

import tree

COLOUR = re.compile(r"\"#(?:[0-9a-fA-F]{3,4}){1,2}\"|Qt\.rgba\(|Qt\.hsla\(")
LITERAL_FONT = re.compile(r"font\.(?:pixelSize|pointSize)\s*:\s*\d")


def files():
    return [name for name in tree.with_suffix(".qml", under=("qml",)) if "/Theme/" not in name]


def element_around(text, at):
    """What is between the braces around a place, without the elements in it."""
    start, depth = at, 0
    while start > 0 and not (text[start] == "{" and depth == 0):
        depth += {"}": 1, "{": -1}.get(text[start], 0)
        start -= 1
    own, depth = [], 0
    for character in text[start + 1:]:
        if character == "}" and depth == 0:
            break
        depth -= character == "}"
        if depth == 0:
            own.append(character)
        depth += character == "{"
    return "".join(own)


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

    def test_password_fields_have_names(self):
        """For screen readers. Qt hides the name of what says `passwordEdit` of itself, as fields do."""
        wrong, found = [], 0
        for name in files():
            text = tree.text(name)
            for place in re.finditer(r"\bsecret: true|\bechoMode:.*Password", text):
                found += 1
                element = element_around(text, place.start())
                is_field = place[0].startswith("secret")
                named = r"\b(?:placeholderText|label|Accessible\.name): *(?!\"\")\S" if is_field else r"\bAccessible\.name: *\S"
                shown = is_field or "Accessible.onPasswordEditChanged: Accessible.passwordEdit = false" in element
                if not re.search(named, element) or not shown:
                    wrong.append(f"{name}:{text.count(chr(10), 0, place.start()) + 1}")
        self.assertGreater(found, 3)
        self.assertEqual(wrong, [], "no name for screen readers")
