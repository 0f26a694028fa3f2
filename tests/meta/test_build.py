"""Every source is built, migrations are numbered, the code is formatted."""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import tree

# Sources that a build only has when it is asked for, or on another system.
NOT_ALWAYS_BUILT = ("tests/bench/", "tests/fuzz/")
OTHER_SYSTEM = re.compile(r"_(windows|macos|portable|posix)\.(cpp|mm)$")


def sources_of(path):
    """The file itself, or what a bundle of several (MAREA_UNITY, MAREA_UNITY_TESTS) includes."""
    if not re.fullmatch(r"unity_\w+_cxx\.cxx", path.name):
        return [str(path)]
    return re.findall(r'^#include "(.*)"$', path.read_text(), re.M)


def compiled():
    path = pathlib.Path(os.environ.get("MAREA_BUILD_DIR", tree.ROOT / "build" / "dev")) / "compile_commands.json"
    if not path.exists():
        raise unittest.SkipTest("no compile_commands.json: set MAREA_BUILD_DIR")
    files = {pathlib.Path(entry["file"]) for entry in json.loads(path.read_text())}
    return {os.path.relpath(source, tree.ROOT) for file in files for source in sources_of(file)}


class Build(unittest.TestCase):
    def test_every_source_is_in_a_target(self):
        built = compiled()
        wrong = [name for name in tree.with_suffix(".cpp") if name not in built and not name.startswith(NOT_ALWAYS_BUILT)
                 and not OTHER_SYSTEM.search(name)]
        self.assertEqual(wrong, [], "no target compiles these")

    def test_migrations_are_numbered_without_gaps(self):
        names = [pathlib.PurePath(name).name for name in tree.tracked()
                 if re.fullmatch(r"core/db/schema/[^/]+\.sql", name)]
        if not names:
            self.skipTest("no migrations yet")
        self.assertEqual([name[:5] for name in sorted(names)], [f"{n:04}_" for n in range(1, len(names) + 1)])

    def test_the_server_alone_can_be_built_and_so_can_what_is_built_only_for_long_tests(self):
        if not shutil.which("cmake") or not os.environ.get("MAREA_BUILD_DIR"):
            self.skipTest("no cmake, or no build to be beside")
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(["cmake", "--preset", "tsan", "-B", folder, "-Wno-dev"], cwd=tree.ROOT, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])

    def test_commands_are_executable(self):
        for name in ("run", "test", "bench", ".ci/run", "scripts/demo-library.sh"):
            self.assertTrue(os.access(tree.ROOT / name, os.X_OK), name)

    def test_shell_scripts_parse(self):
        for name in ("run", "test", "bench", ".ci/run", *(n for n in tree.tracked() if n.endswith(".sh"))):
            subprocess.run(["bash", "-n", str(tree.ROOT / name)], check=True)


class Format(unittest.TestCase):
    def test_the_code_is_formatted(self):
        tool = shutil.which("clang-format-14") or shutil.which("clang-format")
        said = subprocess.run([tool, "--version"], capture_output=True, text=True).stdout if tool else ""
        if "version 14." not in said:
            self.skipTest("clang-format 14 is not installed (package clang-format)")
        files = [str(tree.ROOT / name) for name in tree.with_suffix(".h", ".cpp")]
        parts = [files[i:i + 50] for i in range(0, len(files), 50)]

        def wrong(part):
            done = subprocess.run([tool, "--dry-run", "-Werror", *part], capture_output=True, text=True)
            return sorted(set(re.findall(r"^(.+?):\d+:\d+: error", done.stderr, re.M))) or [done.stderr] * bool(done.returncode)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            found = sum(pool.map(wrong, parts), [])
        self.assertEqual(found, [], "run clang-format -i on these")
