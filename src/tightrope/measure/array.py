"""The kinds of array that the lower layer of `measure` works on."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Small: TypeAlias = NDArray[np.int8]
Boolean: TypeAlias = NDArray[np.bool_]
