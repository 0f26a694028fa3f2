"""Includes follow the table of edges; pure folders stay pure."""
import re
import unittest

import edges
import tree

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)
OURS = ("app/", "core/", "player/", "qml/", "server/", "sync/", "tests/")


def includes(name):
    return INCLUDE.findall(tree.text(name))


class Includes(unittest.TestCase):
    def test_edges_are_allowed(self):
        wrong = []
        for name in tree.with_suffix(".h", ".cpp"):
            rule = edges.rule_for(name)
            for quote, target in includes(name):
                if quote != '"' or not target.startswith(OURS):
                    continue
                allowed = edges.ALLOWED.get(rule, ()) + ((rule,) if rule else ())
                if not any(edges.is_below(target, folder) for folder in allowed):
                    wrong.append(f"{name} includes {target}")
        self.assertEqual(wrong, [], "forbidden by tests/meta/edges.py:\n" + "\n".join(wrong))

    def test_every_folder_has_a_rule(self):
        without = sorted({name.rsplit("/", 1)[0] for name in tree.with_suffix(".h", ".cpp") if not edges.rule_for(name)})
        self.assertEqual(without, [], "folders without a line in tests/meta/edges.py")

    def test_included_files_of_ours_exist(self):
        wrong = [f"{name} includes {target}" for name in tree.with_suffix(".h", ".cpp") for quote, target in includes(name)
                 if quote == '"' and target.startswith(OURS) and not (tree.ROOT / target).exists()]
        self.assertEqual(wrong, [])

    def test_pure_folders_do_no_input_or_output(self):
        wrong = []
        for name in tree.with_suffix(".h", ".cpp"):
            if not any(edges.is_below(name, folder) for folder in edges.PURE) or name in edges.IMPURE_ALLOWED:
                continue
            wrong += [f"{name} includes {target}" for _, target in includes(name) if target.startswith(edges.IMPURE_HEADERS)]
        self.assertEqual(wrong, [], "pure folders decide on values, and leave acting to the edges")

    def test_headers_are_guarded_by_pragma_once(self):
        wrong = [name for name in tree.with_suffix(".h") if not tree.text(name).lstrip().startswith("#pragma once")
                 and "#pragma once" not in "\n".join(tree.text(name).splitlines()[:12])]
        self.assertEqual(wrong, [])
