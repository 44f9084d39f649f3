"""Runs one check over many random cases, and says how many agree."""

import os
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
