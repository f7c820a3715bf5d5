"""Benchmarks the published pictures, or the handling of hostile files.

`measure_images.py DIR`: for each picture CPU seconds, peak memory of its process, bytes of every
format and width, their SSIM, and the bytes of a plain Pillow JPEG of the same SSIM; then the sums
and how much faster two workers are than one.

`measure_images.py --hostile DIR`: checks every file and counts the results, for example for the
test images in Pillow's source package (Tests/images in it):
    pip download --no-binary :all: --no-deps pillow && tar xf pillow-*.tar.gz
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from portal.system.command_line import run_command
from portal.images import inspection
from portal.images.encoding import EncodeTask, encode, read_rungs
from portal.images.formats import SUFFIXES
from portal.images.inspection import Inspection, inspect
from portal.images.variants import LIMITS, Picture, make_pictures
from portal.library.image_settings import ImageSettings
from portal.system.cache import Cache
from portal.system.workers import Failure, run_limited

WINDOW = 8  # pixels; side of SSIM's windows
PHONE_WIDTH = 800  # the width of 480, 800, 1200 that a 2× phone of 360 CSS pixels loads
Plane = NDArray[np.float64]


@dataclass(frozen=True)
class EncodingCost:
    """The cost of one picture: CPU seconds, peak memory in bytes, name → content."""

    seconds: float
    memory: int
    files: dict[str, bytes]


def measure_picture(task: EncodeTask) -> EncodingCost:
    """Encode one picture in a process of its own, whose peak memory is measured."""
    start = time.process_time()
    files = encode(task)
    return EncodingCost(time.process_time() - start, _peak_memory(), files)


def _peak_memory() -> int:
    """Return this process's peak memory in bytes; `getrusage` would include its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def ssim(first: Image.Image, second: Image.Image) -> float:
    """Return the mean structural similarity of two pictures' luma (Wang et al. 2004), 0 to 1."""
    x, y = (np.asarray(image.convert("L"), dtype=np.float64) for image in (first, second))
    mean_x, mean_y = _window_means(x), _window_means(y)
    variance_x, variance_y = (
        _window_means(x * x) - mean_x**2,
        _window_means(y * y) - mean_y**2,
    )
    covariance = _window_means(x * y) - mean_x * mean_y
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    likeness = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
    return float(
        np.mean(likeness / ((mean_x**2 + mean_y**2 + c1) * (variance_x + variance_y + c2)))
    )


def _window_means(plane: Plane) -> Plane:
    sums = np.pad(plane, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    k = WINDOW
    return np.asarray((sums[k:, k:] - sums[:-k, k:] - sums[k:, :-k] + sums[:-k, :-k]) / k**2)


def plain_jpeg_bytes(image: Image.Image, wanted: float) -> int:
    """Return the bytes of Pillow's default JPEG at this SSIM."""
    low, high = 1, 95
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if ssim(image, _jpeg(image, middle)[1]) >= wanted else (
            middle + 1,
            high,
        )  # fmt: skip
    return _jpeg(image, low)[0]


def _jpeg(image: Image.Image, quality: int) -> tuple[int, Image.Image]:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return stream.tell(), Image.open(stream)


def report_picture(file: Path, settings: ImageSettings) -> Iterator[str]:
    """Yield the lines about one picture."""
    ((_, cost),) = run_limited(measure_picture, [EncodeTask(file, settings)], LIMITS, 1)
    if isinstance(cost, Failure):
        yield f"{file.name}: {cost}"
        return
    size = file.stat().st_size // 1000
    yield f"{file.name}: {size} KB, {cost.seconds:.2f} CPU s, {cost.memory / 1e6:.0f} MB"
    if file.suffix == ".svg":
        return
    rungs = {rung.width: rung for rung in read_rungs(file, settings.widths)}
    for name, data in cost.files.items():
        rung = rungs[int(name.partition("x")[0])].convert("RGB")
        likeness = ssim(rung, Image.open(BytesIO(data)).convert("RGB"))
        plain = plain_jpeg_bytes(rung, likeness)
        share = len(data) / plain
        yield (
            f"  {name:16} {len(data) / 1000:7.1f} KB  SSIM {likeness:.4f}"
            f"  plain JPEG {plain / 1000:7.1f} KB  {share:5.0%}"
        )


@dataclass(frozen=True)
class Effort:
    """The time of encoding: wall seconds, CPU seconds here and in the workers."""

    wall: float
    alone: float
    workers: float


def make_timed(
    sources: dict[str, Path], settings: ImageSettings, processes: int, folder: Path
) -> tuple[dict[str, Picture], Effort]:
    """Return the pictures, encoded by so many workers without cache, and the effort."""
    before, alone, start = _children_seconds(), time.process_time(), time.perf_counter()
    pictures = make_pictures(sources, Cache(folder), settings, processes=processes)
    wall, alone = time.perf_counter() - start, time.process_time() - alone
    return pictures, Effort(wall, alone, _children_seconds() - before)


def _children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def report_sums(files: list[Path], settings: ImageSettings) -> Iterator[str]:
    """Yield the sums, a phone's download, and the speed-up by a second worker."""
    sources = {file.name: file for file in files}
    efforts = dict[int, Effort]()
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            pictures, efforts[workers] = make_timed(sources, settings, workers, Path(folder))
            bytes_of = Counter[str]()
            phone = list[int]()
            for picture in pictures.values():
                for variant in picture.variants:
                    bytes_of[variant.format] += variant.file.stat().st_size
                best = picture.of_format(picture.formats[0])
                taken = next((v for v in best if v.width >= PHONE_WIDTH), best[-1])
                phone.append(taken.file.stat().st_size)
    yield f"{len(files)} pictures, {sum(f.stat().st_size for f in files) / 1e6:.1f} MB in git"
    yield "  published: " + ", ".join(f"{n} {b / 1e6:.2f} MB" for n, b in bytes_of.items())
    yield f"  a 360-px phone at 2×: {sum(phone) / len(phone) / 1000:.0f} KB a picture"
    one, two = efforts[1], efforts[2]
    yield (
        f"  one worker {one.wall:.1f} s, two {two.wall:.1f} s: {one.wall / two.wall:.2f}× "
        "(only true on an idle machine)"
    )
    bound = (one.alone + one.workers) / (two.alone + two.workers / 2)
    yield (
        f"  CPU s: {two.alone:.2f} in this process, {two.workers:.1f} in the workers, "
        f"{one.workers:.1f} when there is one: at best {bound:.2f}×"
    )


def answer(file: Path) -> tuple[Inspection, float, int]:
    """Return the check's result for a file, its CPU seconds and the worker's peak in bytes."""
    start = time.process_time()
    return inspect(file), time.process_time() - start, _peak_memory()


def report_hostile(files: list[Path]) -> Iterator[str]:
    """Yield the check's results for files that may be malicious."""
    counts, slowest, peak = Counter[str](), (0.0, ""), 0
    for file, result in run_limited(answer, files, inspection.LIMITS):
        if isinstance(result, Failure):
            counts[f"ended: {result}"] += 1
            yield f"{file.name}: {result}"
            continue
        found, seconds, memory = result
        counts[f"refused: {found.refusal}" if found.refusal else "accepted"] += 1
        slowest, peak = max(slowest, (seconds, file.name)), max(peak, memory)
    yield from (f"{count:5} {what}" for what, count in counts.most_common())
    yield f"slowest: {slowest[1]}, {slowest[0]:.2f} CPU s; a worker's peak {peak / 1e6:.0f} MB"


def main(arguments: list[str] | None = None) -> int:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hostile", action="store_true", help="pass every file through the check")
    options = parser.parse_args(sys.argv[1:] if arguments is None else arguments)
    files = [file for file in sorted(options.folder.rglob("*")) if file.is_file()]
    if options.hostile:
        print(*report_hostile(files), sep="\n")
        return 0
    pictures = [file for file in files if file.suffix.lower() in SUFFIXES]
    for file in pictures:
        print(*report_picture(file, ImageSettings()), sep="\n", flush=True)
    print(*report_sums(pictures, ImageSettings()), sep="\n")
    return 0


if __name__ == "__main__":
    run_command(main)
