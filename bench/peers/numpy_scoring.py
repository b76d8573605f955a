"""The wide table of bench_many_projects in NumPy: python3 numpy_scoring.py COLUMNS TOTALS N REPEATS

Reads ten columns of N raw doubles, scores them column by column, writes the totals and prints the seconds of the best run.
"""
import sys
import time

import numpy as np

WEIGHTS = [12, 10, 8, 10, 10, 10, 8, 12, 10, 10]


def score(a, target):
    points = []
    for i in range(7):
        w = WEIGHTS[i]
        points.append(np.maximum(0, np.minimum(w, w * a[i] / target[i])))
    w, x, t = WEIGHTS[7], a[7], target[7]
    points.append(np.where(x >= 0.9 * t, w, np.where(x >= 0.8 * t, 0.8 * w, np.where(x >= 0.6 * t, 0.5 * w, 0))))
    w, x, t = WEIGHTS[8], a[8], target[8]
    points.append(np.where(x <= t, w, np.where(x <= 1.1 * t, 0.6 * w, np.where(x <= 1.2 * t, 0.3 * w, 0))))
    w, x, t = WEIGHTS[9], a[9], target[9]
    points.append(np.clip(w * (1 - (x / t - 1) * (x / t - 1)), 0, w))
    output = points[0] + points[1] + points[2] + points[3] + points[4] + points[5]
    benefit = points[6] + points[7] + points[8] + points[9]
    total = output + benefit
    band = np.where(total >= 90, 0, np.where(total >= 80, 1, np.where(total >= 60, 2, 3))).astype(np.uint32)
    return total, band


def main():
    columns, totals, n, repeats = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    a = np.fromfile(columns).reshape(10, n)
    target = [100.0 + 7 * i for i in range(10)]
    total, _ = score(a, target)
    total.tofile(totals)
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        score(a, target)
        best = min(best, time.perf_counter() - start)
    print(best)


main()
