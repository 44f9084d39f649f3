#!/usr/bin/env python3
"""Writes Sources/Drawing/Core/FontWidths.swift: how far each character of the text font advances.

Liberation Sans shares its widths with Arimo, Arial and Helvetica. Needs fonttools and the fonts
(Debian: fonts-liberation). Its output goes to that file.
"""
import sys
from fontTools.ttLib import TTFont

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/truetype/liberation"
FACES = [("regular", "LiberationSans-Regular.ttf"), ("bold", "LiberationSans-Bold.ttf")]
BLOCKS = [(0x20, 0x7E), (0xA0, 0x17F), (0x370, 0x3FF), (0x400, 0x45F), (0x2010, 0x2044),
          (0x20A0, 0x20BF), (0x2190, 0x2195), (0x2200, 0x2265)]


def block(cmap, advance, first, last):
    """The widths of a block; 0 stands for a character that the font lacks."""
    return [advance[cmap[c]][0] if c in cmap else 0 for c in range(first, last + 1)]


def rows(numbers):
    line, out = "       ", []
    for number in numbers:
        word = f" {number},"
        if len(line) + len(word) > 100:
            out.append(line)
            line = "       "
        line += word
    return "\n".join(out + [line])


print("// Written by scripts/font-widths.py from Liberation Sans; do not edit.\n")
print("/// Advance widths of one run of characters, in units of the font; 0 where it has none.")
print("struct FontBlock: Sendable {\n  let first: UInt32\n  let widths: [UInt16]\n}\n")
print("/// Advance widths of the text font, by face.\nenum FontWidths {")
for index, (name, file) in enumerate(FACES):
    font = TTFont(f"{FOLDER}/{file}")
    cmap, advance = font.getBestCmap(), font["hmtx"].metrics
    if index == 0:
        print("  /// Units in one em.")
        print(f"  static let unitsPerEm: Double = {font['head'].unitsPerEm}\n")
    print(f"  // swift-format-ignore\n  static let {name}: [FontBlock] = [")
    for first, last in BLOCKS:
        print(f"    FontBlock(\n      first: {first:#x},\n      widths: [")
        print(rows(block(cmap, advance, first, last)))
        print("      ]\n    ),")
    print("  ]" + ("\n" if index == 0 else ""))
print("}")
