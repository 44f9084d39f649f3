"""Runs one check over many random cases, and says how many agree."""

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial


def disagree(what, check, cases, show=repr):
    """Calls `check(number, case)` on every case, in processes; prints how many agree and the first that do
    not, with `show(case)` below. True where any does not.
    """
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        found = list(pool.map(partial(fault, check), enumerate(cases), chunksize=8))
    faults = [(number, text) for number, text in enumerate(found) if text]
    print(f"{what:<11} {len(cases) - len(faults):>5} of {len(cases)} agree", flush=True)
    for number, text in faults[:3]:
        print(f"  case {number}: {text}\n    {show(cases[number])}")
    return bool(faults)


def fault(check, numbered):
    """What is wrong with one case; nothing where it agrees."""
    try:
        check(*numbered)
    except AssertionError as error:
        return str(error) or "no agreement"


def arguments(networks, most):
    """What a check of random files takes on its command line: how many by default, and at most."""
    parser = argparse.ArgumentParser()
    parser.add_argument("ouro")
    parser.add_argument("--networks", type=int, default=networks)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.networks = min(options.networks, most)
    return options


class Faults:
    """Those of many files that differ, the first five of them printed."""

    def __init__(self):
        self.count = 0

    def note(self, number, check, *case):
        """Calls `check(*case)` about the file of a number."""
        try:
            check(*case)
        except AssertionError as error:
            self.count += 1
            if self.count <= 5:
                print(f"file {number}: {error}")

    def end(self, what, files):
        """Says how many of so many files differ, and ends with 1 where any does."""
        print(f"{what}: {files} files, {self.count} differ")
        sys.exit(1 if self.count else 0)
