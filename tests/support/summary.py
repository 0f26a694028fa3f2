#!/usr/bin/env python3
"""Counts the tests of one or more build folders: <folder>/junit.xml as ctest wrote it, where an entry that wrote
<folder>/junit/<entry>.xml of its own (end-to-end files, Qt Quick tests) is counted by its cases.

What failed and was run again alone (<folder>/junit.again.xml, what it said first in <folder>/first) counts as it ended
then, and is named as unstable when that was well.

Prints failures, skips and what is unstable by name, then one line alone: "N passed, N failed, N skipped". Exit code 1
on a failure or when no test ran.
"""
import pathlib
import sys
import xml.etree.ElementTree as xml


def first_line(entry):
    """What an element says, in one line."""
    text = entry.get("message") or (entry.text or "")
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1][:200] if lines else ""


def outcome(case):
    for child in case:
        tag = child.tag.rsplit("}", 1)[-1]
        if tag in ("failure", "error"):
            return "failed", first_line(child)
        if tag == "skipped":
            return "skipped", skip_reason(case, child)
    if case.get("status") == "notrun":
        return "failed", "not run"
    return "passed", ""


def skip_reason(case, child):
    """GoogleTest writes the reason on the line after the place of GTEST_SKIP, into what ctest keeps as output."""
    said = first_line(child)
    output = case.findtext("system-out") or ""
    lines = [line.strip() for line in output.splitlines()]
    for at, line in enumerate(lines[:-1]):
        if line.endswith(": Skipped") and lines[at + 1]:
            return lines[at + 1][:200]
    return said


def read(path):
    try:
        return list(xml.parse(path).getroot().iter("testcase"))
    except (OSError, xml.ParseError):
        return []


def entries_of(folder):
    """The entries of ctest, each as it ended last."""
    again = {entry.get("name"): entry for entry in read(folder / "junit.again.xml")}
    return [again.get(entry.get("name"), entry) for entry in read(folder / "junit.xml")]


def unstable_of(folder):
    """What failed first and passed, or was skipped, when it was run again: name and what it said."""
    after = {name: result for name, result, _ in cases_of(folder)}
    return [(name, text) for name, result, text in cases_of(folder / "first")
            if result == "failed" and after.get(name) in ("passed", "skipped")]


def cases_of(folder):
    for entry in entries_of(folder):
        name = entry.get("name")
        if entry.get("status") == "disabled":
            continue  # no test, but what a test starts as a process of its own
        result, text = outcome(entry)
        inner = [(f"{name}: {c.get('classname', '')}.{c.get('name')}" if not c.get("name").startswith(name.split(".")[-1])
                  else c.get("name"), *outcome(c)) for c in read(folder / "junit" / f"{name}.xml")]
        if not inner:
            yield name, result, text
            continue
        yield from inner
        if result == "failed" and not any(r == "failed" for _, r, _ in inner):
            yield name, "failed", text or "ended badly after its cases"


def main():
    counted = {"passed": 0, "failed": 0, "skipped": 0}
    shown = {"failed": [], "skipped": []}
    unstable = []
    for folder in map(pathlib.Path, sys.argv[1:]):
        for name, result, text in cases_of(folder):
            counted[result] += 1
            if result in shown:
                shown[result].append(f"{result.upper():8}{name}{': ' + text if text else ''}")
        unstable += [f"UNSTABLE {name}{': ' + text if text else ''}" for name, text in unstable_of(folder)]
    for line in shown["skipped"] + unstable + shown["failed"]:
        print(line)
    if not sum(counted.values()):
        print("No test ran.")
    print(f"{counted['passed']} passed, {counted['failed']} failed, {counted['skipped']} skipped")
    return 1 if counted["failed"] or not counted["passed"] + counted["skipped"] else 0


if __name__ == "__main__":
    sys.exit(main())
