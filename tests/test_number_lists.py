from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from portal.search.number_lists import (
    cut_varints,
    places_of,
    starts_of_lists,
    starts_of_runs,
    varint,
    varint_sizes,
)


def test_lists_are_found_where_they_stand() -> None:
    assert starts_of_runs(np.array([0, 0, 7, 7, 0])).tolist() == [0, 2, 4]
    assert starts_of_runs(np.array([], int)).tolist() == []
    assert starts_of_lists(np.array([2, 0, 3])).tolist() == [0, 2, 2]
    assert places_of(np.array([5, 0, 9]), np.array([2, 1, 0])).tolist() == [5, 6, 0]


def test_numbers_take_seven_bits_a_byte() -> None:
    assert [varint(n) for n in (0, 127, 128, 300)] == [b"\0", b"\x7f", b"\x80\1", b"\xac\2"]


LIMITS = [
    0,
    1,
    *(limit + step for limit in (1 << 7, 1 << 14, 1 << 21, 1 << 28) for step in (-1, 0)),
]


@given(st.lists(st.sampled_from(LIMITS), min_size=1), st.data())
def test_many_numbers_are_written_as_each_one_is(numbers: list[int], data: st.DataObject) -> None:
    starts = sorted(data.draw(st.sets(st.sampled_from(range(len(numbers))))) | {0})
    lists = [numbers[begin:end] for begin, end in zip(starts, [*starts[1:], None], strict=True)]
    flat = np.array(numbers)
    assert varint_sizes(flat).tolist() == [len(varint(number)) for number in numbers]
    assert cut_varints(flat, np.array(starts)) == [b"".join(map(varint, each)) for each in lists]


SMALL = """
import sys
from pathlib import Path
from portal.search.index import PageSource, SearchHelp, write_index
write_index(Path(sys.argv[1]), PageSource.of([]), SearchHelp())
print("numpy" in sys.modules)
"""


def test_a_small_site_does_not_wait_for_numpy(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SMALL, str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
