"""Tables of many projects: files, or frames of numbers."""

import ctypes
import json
import os

from ._library import byref, lib, take_text, texts
from .answers import style
from .columns import columns
from .findings import JixiaoError, Out
from .project import RuleSet


class Portfolio:
    """All projects of a table together: `data` as in docs/schema/portfolio.schema.json, `failed`
    (projects without a total), `findings` (the first twenty faults)."""

    def __init__(self, data, failed, findings):
        self.data, self.failed, self.findings = data, failed, findings


def batch(table, rules, output=None, errors=None, threads=0, language="zh"):
    """Scores a table.

    A pandas frame of numbers (columns: inputs of the rule set, in base units) gives a frame of the
    same index: total, rating (ordered categorical, the best highest), state (categorical).
    A file or a list of files, with `output`, is `jixiao batch`: scored into files, in bounded
    memory; gives a Portfolio.
    """
    if hasattr(table, "columns") and hasattr(table, "index"):
        if output is not None or errors is not None:
            raise ValueError("output and errors go with files; a frame comes back as a frame")
        return _batch_frame(table, rules, threads)
    if output is None:
        raise ValueError("a file is scored into files: give output='scored.csv'")
    inputs = [table] if isinstance(table, (str, os.PathLike)) else list(table)
    kept = rules if isinstance(rules, RuleSet) else RuleSet(rules)
    names, count = texts(os.fspath(name) for name in inputs)
    failed = ctypes.c_uint64()
    out = Out()
    how = style("json", language)
    text = take_text(lib.jx_batch(kept._handle.address, names, count, os.fspath(output).encode("utf-8"),
                                  os.fspath(errors).encode("utf-8") if errors else None, threads,
                                  byref(how), byref(failed), out.reference))
    found = out.take()
    if text is None:
        raise JixiaoError(found)
    return Portfolio(json.loads(text), failed.value, found)


def _batch_frame(frame, rules, threads):
    import pandas as pd

    wrong = [str(name) for name, kind in frame.dtypes.items()
             if not pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_complex_dtype(kind)]
    if wrong:
        raise TypeError("columns that are not numbers: " + ", ".join(wrong)
                        + "; convert them, or leave them out: frame.drop(columns=...)")
    def values(column):
        # Only kinds with a missing value of their own need to be copied.
        if column.dtype == "float64":
            return column.to_numpy()
        return column.to_numpy(dtype="float64", na_value=float("nan"))

    scores = columns({str(name): values(frame[name]) for name in frame.columns}, rules, threads)
    count = len(scores.bands)
    # From the worst to the best, so that frame.rating >= "good" says what it means.
    codes = (count - 1 - scores.band.astype("int64")).clip(-1).astype("int16")
    return pd.DataFrame({
        "total": scores.total,
        "rating": pd.Categorical.from_codes(codes, categories=scores.bands[::-1], ordered=True),
        "state": pd.Categorical.from_codes(scores.state, categories=list(scores.states)),
    }, index=frame.index)
