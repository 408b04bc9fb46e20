"""Measure the portal: `make bench`, or `python bench/run.py 1000 --rounds 3`.

Prints what each page takes as a ratio to a bare page that does the same work, asked in turn with it; writes all figures to
bench/results/. How to read them: docs/performance.md.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import scenarios, weight
from bench.generate import prepared
from bench.load import Block, Browser, at_once, measure, percentile
from bench.scenarios import Scenario
from bench.servers import BARE_FLASK, FLOOR, PORTAL, Server, machine, serving

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench" / "results"
SIZES = (1_000, 100_000)
WARMING, A_ROUND, ROUNDS, BROWSERS = 8, 8, 5, 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="how many cases")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", default="", help="the names of scenarios, joined by commas")
    wanted = parser.parse_args()
    told: dict[str, Any] = {"machine": machine(), "at": time.strftime("%Y-%m-%d %H:%M"), "sizes": {}}
    for cases in wanted.sizes:
        print(f"\n{cases} cases: generating, or copying what was generated before", flush=True)
        told["sizes"][cases] = _size(prepared(cases), wanted.rounds, wanted.only)
    told["machine"]["load_after"] = machine()["load"]
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{time.strftime('%Y%m%d-%H%M%S')}.json"
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False))
    print(f"\nAll figures: {path.relative_to(ROOT)}")


def _size(kept: Path, rounds: int, only: str) -> dict[str, Any]:
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=kept.parent)))
        servers = (("portal", PORTAL), ("floor", FLOOR), ("bare Flask", BARE_FLASK))
        portal, floor, bare = (stack.enter_context(serving(*one, kept, scratch)) for one in servers)
        found = {}
        print(HEAD, flush=True)
        for scenario in scenarios.of(kept / "portal.db"):
            if not only or scenario.name in only.split(","):
                beside = bare if scenario.beside == bare.name else floor
                found[scenario.name] = _compared(scenario, portal, beside, rounds)
                print(_line(scenario.name, found[scenario.name]), flush=True)
        memory = _memory(portal, bare)
        print(f"\nMemory of a worker (proportional share): {memory['portal']['Pss'] // 1024} MiB, "
              f"bare Flask + SQLAlchemy {memory['bare Flask']['Pss'] // 1024} MiB: {memory['ratio']:.2f} ×")  # fmt: skip
        first = weight.of_first_visit(portal)
        print(f"First visit: {first['requests']} requests, {first['bytes'] / 1024:.1f} KiB as sent")
    return {"pages": found, "memory": memory, "first_visit": first}


HEAD = f"\n{'':<22}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9} │{'floor':>8}{'CPU':>8} │{'time ×':>8}{'from–to':>12}{'CPU ×':>8} │{'KiB':>6}{'zipped':>8}{'4 at once: p95, a second':>26}"


def _line(name: str, one: dict[str, Any]) -> str:
    mine, floor = one["portal"], one["floor"]
    steady = f"{one['from']:.1f}–{one['to']:.1f}"
    return (
        f"{name:<22}{mine['p50']:9.1f}{mine['p95']:9.1f}{mine['cpu']:9.1f} │{floor['p50']:8.1f}{floor['cpu']:8.1f} │"
        f"{one['time']:8.1f}{steady:>12}{one['cpu']:8.1f} │{mine['raw'] / 1024:6.1f}{mine['zipped'] / 1024:8.1f}"
        f"{one['at_once']['p95']:18.0f}{one['at_once']['a_second']:8.0f}"
    )


def _compared(scenario: Scenario, portal: Server, floor: Server, rounds: int) -> dict[str, Any]:
    """Some requests to the one, then as many to the other, for some rounds; ratios are taken within a round."""
    pages = {"portal": scenario.visit(portal), "floor": scenario.visit(floor)}
    browsers = {name: page.browser() for name, page in pages.items()}
    number = 0
    blocks: dict[str, list[Block]] = {"portal": [], "floor": []}
    for turn in range(-1, rounds):
        count = scenario.count(WARMING if turn < 0 else A_ROUND)
        for name in ("portal", "floor") if turn % 2 else ("floor", "portal"):
            asked = pages[name].requests(browsers[name], number, count)
            block = measure(browsers[name], asked)
            if turn >= 0:
                blocks[name].append(block)
        number += count
    ratios = [mine.p50 / bare.p50 for mine, bare in zip(blocks["portal"], blocks["floor"], strict=True)]
    cpu = [mine.cpu_ms / bare.cpu_ms for mine, bare in zip(blocks["portal"], blocks["floor"], strict=True)]
    return {
        "time": statistics.median(ratios), "from": min(ratios), "to": max(ratios), "cpu": statistics.median(cpu),
        **{name: _summed(of) for name, of in blocks.items()},
        "at_once": _together(scenario, portal, number),
    }  # fmt: skip


def _summed(blocks: Sequence[Block]) -> dict[str, float]:
    took = [ms for block in blocks for ms in block.ms]
    return {
        "p50": statistics.median(took), "p95": percentile(took, 0.95), "requests": len(took),
        "cpu": statistics.median(block.cpu_ms for block in blocks), "sent": blocks[-1].sent, "raw": blocks[-1].raw,
        "zipped": blocks[-1].zipped,
    }  # fmt: skip


def _together(scenario: Scenario, portal: Server, number: int) -> dict[str, float]:
    page = scenario.visit(portal)
    browsers = [page.browser() for _ in range(BROWSERS)]
    count = scenario.count(A_ROUND)
    took, a_second = at_once(browsers, lambda which: page.requests(browsers[which], number + which * count, count))
    return {"p50": statistics.median(took), "p95": percentile(took, 0.95), "a_second": a_second}


def _memory(portal: Server, bare: Server) -> dict[str, Any]:
    """What a worker holds after the same pages: the portal's has answered everything above as well."""
    for _worker in range(2 * WARMING):
        browser = Browser(bare)
        browser.sign_in(scenarios.CHIEF, scenarios.PASSWORD)
        for request in scenarios.for_memory():
            browser.must(request)
    memory = {server.name: server.memory_kib() for server in (portal, bare)}
    return {**memory, "ratio": memory["portal"]["Pss"] / memory["bare Flask"]["Pss"]}


if __name__ == "__main__":
    main()
