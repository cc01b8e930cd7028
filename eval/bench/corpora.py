"""Large libraries for the benchmarks: real laws and policies, repeated with other places, years and figures until they are enough."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import re
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from corpus.parse import parse
from corpus.store import Store
from corpus.types import Document

PLACES = ["北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "广西", "宁夏", "新疆", "西藏", "广州", "深圳", "杭州", "宁波", "南京", "苏州", "无锡", "武汉", "长沙", "成都", "西安", "济南", "青岛", "大连", "沈阳", "长春", "厦门", "福州", "南昌", "合肥", "郑州", "昆明", "贵阳", "兰州", "太原", "汕头", "珠海"]
_PLACE = re.compile("|".join(PLACES))
_YEAR = re.compile(r"(?<!\d)(19|20)(\d\d)(?=年)")
_FIGURE = re.compile(r"(?<![\d第.])[1-9]\d(?![\d年月日号条.])")
_STATE = "中华人民共和国"

BATCH = 200
"""Documents parsed before the next are read."""


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Give (name, text) of the real documents: files `*.jsonl.gz` of lines with `id`, `title`, `text`, the policies first."""
    for file in sorted(folder.glob("*.jsonl.gz"), reverse=True):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                named = row["text"].lstrip().startswith(row["title"][:6])
                yield f"{file.name.partition('.')[0]}-{row['id']}.txt", row["text"] if named else f"{row['title']}\n\n{row['text']}"


def varied(name: str, text: str, turn: int) -> tuple[str, str]:
    """Give the document as another place might have issued it some years later; turn 0 is the document itself."""
    if not turn:
        return name, text
    step = 7 * turn
    text = text.replace(_STATE, PLACES[(len(name) * 5 + sum(map(ord, name)) + step) % 29] + "省")
    text = _PLACE.sub(lambda m: PLACES[(PLACES.index(m.group()) + step) % len(PLACES)], text)
    text = _YEAR.sub(lambda m: f"{m.group(1)}{(int(m.group(2)) + 4 * turn) % 28 if m.group(1) == '20' else int(m.group(2)):02d}", text)
    text = _FIGURE.sub(lambda m: str((int(m.group()) * 3 + step) % 89 + 10), text)
    return f"{turn}-{name}", text


def documents(folder: Path) -> Iterator[tuple[str, str]]:
    """Give the documents and then their variations, without end. Raises ValueError when the folder holds none."""
    for turn in count():
        none = True
        for name, text in texts(folder):
            none = False
            yield varied(name, text, turn)
        if none:
            raise ValueError(f"no *.jsonl.gz in {folder}")


def _parsed(item: tuple[str, str]) -> tuple[Document, bytes]:
    name, text = item
    data = text.encode()
    return parse(data, name), data


def fill(store: Store, folder: Path, passages: int, *, workers: int = 2) -> int:
    """Put documents into the catalog, parsed as `add` parses them, until it has that many passages; give their number."""
    shelves = store.shelves()
    held, known = sum(shelf.passages for shelf in shelves), {shelf.name for shelf in shelves}
    waiting = (item for item in documents(folder) if item[0] not in known)
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        # In batches: `imap` alone would read the endless stream ahead.
        while held < passages:
            for document, data in pool.imap(_parsed, list(islice(waiting, BATCH)), chunksize=4):
                if held < passages:
                    store.put(document, data, f"bench/{document.name}")
                    held += len(document.passages)
    return held
