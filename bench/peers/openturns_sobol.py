#!/usr/bin/python3
"""openturns_sobol.py N   Sobol indices of the g-function with 10 inputs by OpenTURNS; one JSON object with indices and seconds.

The function is an OpenTURNS SymbolicFunction (compiled once, evaluated over whole samples, on all threads OpenTURNS takes).
"""
import json
import sys
import time

import openturns as ot

N = int(sys.argv[1]) if len(sys.argv) > 1 else 2**14
A = [0, 1, 4.5, 9, 99, 99, 99, 99, 99, 99]
names = ["x%d" % (i + 1) for i in range(len(A))]
model = ot.SymbolicFunction(names, ["*".join("(abs(4*%s-2)+%g)/(1+%g)" % (x, a, a) for x, a in zip(names, A))])
law = ot.ComposedDistribution([ot.Uniform(0, 1)] * len(A))


def study(with_intervals):
    start = time.perf_counter()
    ot.RandomGenerator.SetSeed(1)
    sample = ot.SobolIndicesExperiment(law, N, False).generate()
    drawn = time.perf_counter()
    values = model(sample)
    evaluated = time.perf_counter()
    algorithm = ot.SaltelliSensitivityAlgorithm(sample, values, N)
    if with_intervals:
        algorithm.setUseAsymptoticDistribution(False)
        algorithm.setBootstrapSize(400)
    else:
        # As quick as OpenTURNS goes: nothing but the indices.
        algorithm.setUseAsymptoticDistribution(True)
    first, total = list(algorithm.getFirstOrderIndices()), list(algorithm.getTotalOrderIndices())
    if with_intervals:
        algorithm.getFirstOrderIndicesInterval()
        algorithm.getTotalOrderIndicesInterval()
    done = time.perf_counter()
    return {"sampling": drawn - start, "evaluation": evaluated - drawn, "indices": done - evaluated, "all": done - start, "first": first, "total": total}


study(False)
plain = min((study(False) for _ in range(7)), key=lambda run: run["all"])
full = min((study(True) for _ in range(2)), key=lambda run: run["all"])
print(json.dumps({"version": ot.__version__, "evaluations": N * (len(A) + 2), "plain": plain, "with_intervals": full}))
