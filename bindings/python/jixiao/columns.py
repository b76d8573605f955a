"""Columns of numbers in, totals and ratings out."""

import ctypes

import numpy as np

from ._library import Handle, lib, texts
from .findings import JixiaoError, Out
from .project import RuleSet

_STATES = ("scored", "missing", "error")
_NO_BAND = np.uint32(0xFFFFFFFF)


class Scores:
    """Totals of a table, one entry a row.

    `total`: float64, NaN unless scored. `band`: uint32, number of the rating from the best, 2**32-1
    without one. `state`: uint8, an index into `states`. `bands`: ids of the ratings.
    """

    states = _STATES

    def __init__(self, total, band, state, bands):
        self.total, self.band, self.state, self.bands = total, band, state, bands

    def rating(self):
        """Ids of the ratings, an object array; None without one."""
        names = np.array([*self.bands, None], dtype=object)
        return names[np.where(self.band == _NO_BAND, len(self.bands), self.band)]

    def __len__(self):
        return len(self.total)


class Scorer:
    """A rule set bound to names of columns: for many small tables, or row after row.

    rules: an id, a path or a RuleSet whose indicators are all its own. names: its inputs; initial,
    adjusted, executed (yuan), year. threads: 0 for all; any number gives the same bits. Used by one
    thread at a time. It can be pickled: a worker of another process binds its own.
    """

    def __init__(self, rules, names, threads=1):
        self.rules = rules if isinstance(rules, RuleSet) else RuleSet(rules)
        self.names = tuple(str(name) for name in names)
        self.threads = threads
        out = Out()
        array, count = texts(self.names)
        address = lib.jx_columns_bind(self.rules._handle.address, array, count, threads, out.reference)
        found = out.take()
        if not address:
            raise JixiaoError(found)
        self._handle = Handle(address, lib.jx_columns_free)
        self.bands = []
        while (band := lib.jx_columns_band(address, len(self.bands))) is not None:
            self.bands.append(band.decode("utf-8"))

    def __reduce__(self):
        return Scorer, (self.rules.source, self.names, self.threads)

    def __call__(self, columns):
        """Scores columns given in the order of the names: arrays of one length, NaN for missing.

        Contiguous float64 arrays are read where they are; others are copied once.
        """
        arrays = [np.ascontiguousarray(column, dtype=np.float64) for column in columns]
        if len(arrays) != len(self.names):
            raise ValueError(f"{len(arrays)} columns are given, {len(self.names)} were bound: "
                             + ", ".join(self.names))
        rows = arrays[0].shape[0] if arrays and arrays[0].ndim == 1 else 0
        for name, array in zip(self.names, arrays):
            if array.ndim != 1 or array.shape[0] != rows:
                raise ValueError(f"column {name!r} has shape {array.shape}, should be ({rows},)")
        total = np.empty(rows, dtype=np.float64)
        band = np.empty(rows, dtype=np.uint32)
        state = np.empty(rows, dtype=np.uint8)
        addresses = (ctypes.c_void_p * max(len(arrays), 1))(*[a.ctypes.data for a in arrays])
        out = Out()
        done = lib.jx_columns_score(self._handle.address, addresses, rows, total.ctypes.data,
                                    band.ctypes.data, state.ctypes.data, out.reference)
        found = out.take()
        if not done:
            raise JixiaoError(found)
        return Scores(total, band, state, self.bands)


def columns(table, rules, threads=1):
    """Scores a mapping of names to arrays (a dict, a pandas or polars frame): see Scorer."""
    names = list(table.keys() if hasattr(table, "keys") else table.columns)
    return Scorer(rules, names, threads)([table[name] for name in names])
