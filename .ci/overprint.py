#!/usr/bin/env python3
"""Fails when words of a PDF are printed over each other.

Overprinted words pass every PDF/UA checker. Here two words are overprinted when the
boxes that pdftotext gives for them share more than a third of the smaller one.
"""

import re
import subprocess
import sys

LIMIT = 1 / 3
# A page may print the same mark twice on purpose; more than this many lines of report help nobody.
SHOWN = 20

PAGE = re.compile(r"<page ")
WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)


def pages(path):
    """The words of each page, as (left, top, right, bottom, text)."""
    command = ["pdftotext", "-bbox", path, "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")
    for page in PAGE.split(text)[1:]:
        words = [(*map(float, word[:4]), word[4]) for word in WORD.findall(page)]
        yield [word for word in words if area(word) > 0]


def area(box):
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def shared(a, b):
    both = (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
    if both[0] >= both[2] or both[1] >= both[3]:
        return 0.0
    return area(both) / min(area(a), area(b))


def overprinted(words):
    """Pairs of words that share too much, found from the top of the page down."""
    words = sorted(words, key=lambda word: word[1])
    for at, word in enumerate(words):
        for other in words[at + 1 :]:
            if other[1] >= word[3]:
                break
            if shared(word, other) > LIMIT:
                yield word, other


def main(paths):
    faults = 0
    for path in paths:
        count = 0
        for number, words in enumerate(pages(path), 1):
            count += len(words)
            for one, other in overprinted(words):
                faults += 1
                if faults <= SHOWN:
                    print(f"{path}: page {number}: {one[4]!r} and {other[4]!r} are printed over each other")
        print(f"{path}: {count} words")
        if count == 0:
            print(f"{path}: no words at all")
            faults += 1
    if faults:
        print(f"{faults} faults")
    return 1 if faults or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
