"""Writes the man page of a program made with swift-argument-parser, from what it says of itself.

    scripts/manual.py PROGRAM
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

Command = dict[str, Any]


def escaped(text: str) -> str:
    """The text as roff takes it: nothing in it is a request, and hyphens are those that can be typed."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("\u2192", "\\(->").replace("\u00b7", "\\(pc")
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in text.split("\n"))


def dashed(name: dict[str, str]) -> str:
    return ("-" if name["kind"] == "short" else "--") + name["name"]


def heading(argument: dict[str, Any]) -> str:
    """What is typed for an argument: -o, --output <file>."""
    value = f"<{argument.get('valueName', '')}>"
    if argument["kind"] == "positional":
        return escaped(value)
    names = sorted(map(dashed, argument["names"]), key=lambda name: (len(name) > 2, name))
    words = ", ".join(f"\\fB{escaped(name)}\\fR" for name in names)
    return words if argument["kind"] == "flag" else f"{words} {escaped(value)}"


def explained(argument: dict[str, Any]) -> str:
    text = argument.get("abstract", "")
    if "defaultValue" in argument and argument["kind"] == "option":
        text += f" (default: {argument['defaultValue']})"
    return escaped(text.strip() or "See above.")


def arguments(command: Command) -> Iterator[str]:
    for argument in command.get("arguments", []):
        names = {name["name"] for name in argument.get("names", [])}
        if argument.get("shouldDisplay", True) and not names & {"help", "version"}:
            yield from (".TP", heading(argument), explained(argument))


def discussion(command: Command) -> Iterator[str]:
    """Paragraphs as they are; lines that are set in stay lines."""
    for paragraph in filter(None, command.get("discussion", "").strip().split("\n\n")):
        yield ".PP"
        if any(line.startswith("  ") for line in paragraph.split("\n")):
            yield from (".nf", escaped(paragraph), ".fi")
        else:
            yield escaped(paragraph)


def sections(command: Command, path: str) -> Iterator[str]:
    """A section for each command that does something, in the order of `ouro help`."""
    for part in command.get("subcommands", []):
        if not part.get("shouldDisplay", True) or part["commandName"] == "help":
            continue
        name = f"{path} {part['commandName']}"
        yield from (f".SS {escaped(name)}", escaped(part.get("abstract", "")))
        yield from discussion(part)
        yield from arguments(part)
        yield from sections(part, name)


def page(program: str) -> str:
    told = subprocess.run([program, "--experimental-dump-help"], check=True, capture_output=True)
    command: Command = json.loads(told.stdout)["command"]
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True)
    name, number = command["commandName"], version.stdout.split()[1].rstrip(",")
    lines = [
        f'.TH {name.upper()} 1 "" "{name} {number}" "User commands"',
        ".SH NAME",
        f"{name} \\- {escaped(command['abstract'].rstrip('.').lower())}",
        ".SH SYNOPSIS",
        f"\\fB{name}\\fR <command> [<options>]",
        ".SH DESCRIPTION",
        "Every command takes \\fB\\-\\-help\\fR, which shows its options and examples that work, and most take "
        "\\fB\\-\\-json\\fR. Data is written to standard output, words to standard error; \\- is standard input.",
        ".SH COMMANDS",
        *sections(command, name),
        ".SH EXIT STATUS",
        "0 done, 64 the command line is wrong, 65 the data is wrong, 66 there is no such input, 74 the output could "
        "not be written, 130 stopped by Ctrl\\-C.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page(sys.argv[1]))
