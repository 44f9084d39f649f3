"""What the peers of static networks share: the pairs of a file, and the last line of output."""
import resource

import numpy


def pairs(path):
    """The parties, payers, payees and amounts of a `.pairs` file."""
    nodes, count = (int(number) for number in numpy.fromfile(path, "<i8", 2))
    payer = numpy.fromfile(path, "<i4", count, offset=16)
    payee = numpy.fromfile(path, "<i4", count, offset=16 + 4 * count)
    amount = numpy.fromfile(path, "<i8", count, offset=16 + 8 * count)
    return nodes, payer, payee, amount


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def report(runs, body, answer=str):
    """Runs `body` and prints the least CPU seconds, the megabytes and the answer."""
    seconds = []
    for _ in range(runs):
        began = cpu()
        result = body()
        seconds.append(cpu() - began)
    tell(min(seconds), answer(result))


def tell(seconds, answer):
    """Prints the last line: CPU seconds, peak megabytes, the answer."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{seconds:.4f} {peak} {answer}")
