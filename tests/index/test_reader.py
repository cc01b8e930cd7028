from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from corpus.errors import ConfigError
from index.reader import NOTHING, READER, WINDOW, Reader, window_starts
from index.reading.features import FEATURES, Analysed, Lexicon, codes_of, key_of, shared
from index.reading.files import MEASURES_FILE, WEIGHTS_FILE, quantised, write_parts
from index.reading.network import Logits, Network
from index.reading.shape import Shape
from index.reading.spans import LONGEST, Scale, best_span
from index.training.reader_material import Item, stacked
from index.training.reader_network import ReaderNetwork, tensors

PASSAGE = "第一条 市应急管理局负责森林防火工作。\n第二条 每季度组织一次应急演练,参加人员不少于30人。"
QUESTIONS = ("谁负责森林防火工作?", "多久组织一次应急演练?")
WORDS = ("森林", "防火", "负责", "应急", "演练", "组织")


def lexicon() -> Lexicon:
    keys = np.array(sorted(map(key_of, WORDS)), dtype=np.uint32)
    weights = np.linspace(1, 8, len(WORDS) + 1).astype(np.float32)
    characters = np.array(sorted(set(codes_of(PASSAGE).tolist())), dtype=np.uint32)
    return Lexicon(characters, keys, np.arange(1, len(WORDS) + 1, dtype=np.int32), weights)


def network() -> ReaderNetwork:
    """Make a small network of chance, with nothing left at the zero it begins with."""
    torch.manual_seed(3)
    shape = Shape(characters=2 + len(lexicon().characters), embedding=12, words=8, tags=4, width=24, kernel=5, head=8)
    made = ReaderNetwork(shape, torch.randn(len(WORDS) + 1, 8))
    with torch.no_grad():
        for parameter in made.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)
    return made.eval()


def weights_of(made: ReaderNetwork) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    return {name: tensor.numpy() for name, tensor in made.state_dict().items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = network()
    write_parts(
        tmp_path, kind="reader", shape=made.shape, scale={"heat": 1.0, "absent": 0.0}, lexicon=lexicon(), weights=weights_of(made)
    )
    return tmp_path


@pytest.mark.parametrize("question", QUESTIONS)
def test_numpy_computes_what_torch_computes(question: str) -> None:
    made, analyse = network(), lexicon().analyser()
    asked, passage = analyse(question), analyse(PASSAGE)
    # Beside a longer one, so that padding is shown to change nothing.
    longer = analyse(PASSAGE * 2)
    sides = stacked([Item(asked, passage, (), True), Item(analyse(QUESTIONS[0] * 2), longer, (), True)])
    with torch.no_grad():
        wanted = made(tensors(sides[0]), tensors(sides[1]))
    given = Network(made.shape, weights_of(made)).read(asked, passage)
    size = len(passage)
    assert np.allclose(given.starts, wanted["starts"][0, 1 : size + 1].numpy(), atol=1e-4)
    assert np.allclose(given.ends, wanted["ends"][0, 1 : size + 1].numpy(), atol=1e-4)
    assert given.absent == pytest.approx((float(wanted["starts"][0, 0]), float(wanted["ends"][0, 0])), abs=1e-4)


def test_a_reader_from_its_folder_gives_spans_and_probabilities(folder: Path) -> None:
    reader = Reader.open(folder)
    readings = reader.read(QUESTIONS[0], [PASSAGE, "", PASSAGE * 30])
    assert readings[1] == NOTHING
    for reading, text in zip(readings, (PASSAGE, "", PASSAGE * 30), strict=True):
        assert 0 <= reading.start <= reading.end <= len(text)
        assert 0 <= reading.score <= 1 and 0 <= reading.no_answer <= 1
    assert reader.read("", [PASSAGE]) == (NOTHING,)
    assert reader.read(QUESTIONS[0], [PASSAGE])[0] == readings[0]


def test_a_passage_is_read_once_for_one_question() -> None:
    analyse, analysed = lexicon().analyser(), list[str]()

    def counting(text: str) -> Analysed:
        analysed.append(text)
        return analyse(text)

    made = network()
    reader = Reader(Network(made.shape, weights_of(made)), counting, Scale(), "counting")
    first = reader.read(QUESTIONS[0], [PASSAGE, PASSAGE[:20]])
    assert reader.read(QUESTIONS[0], [PASSAGE[:20], PASSAGE]) == first[::-1]
    assert analysed.count(PASSAGE) == 1
    assert reader.read(QUESTIONS[1], [PASSAGE]) != first[:1]
    assert analysed.count(PASSAGE) == 2


def test_a_reader_is_known_by_its_weights(folder: Path) -> None:
    name = Reader.open(folder).name
    made = network()
    with torch.no_grad():
        made.last.bias.add_(0.1)
    write_parts(folder, kind="reader", shape=made.shape, scale={"heat": 1.0, "absent": 0.0}, lexicon=lexicon(), weights=weights_of(made))
    assert Reader.open(folder).name != name


@pytest.mark.parametrize("file", [WEIGHTS_FILE, MEASURES_FILE])
def test_one_wrong_byte_is_refused(folder: Path, file: str) -> None:
    content = bytearray((folder / file).read_bytes())
    content[-2] ^= 1
    (folder / file).write_bytes(content)
    with pytest.raises(ConfigError, match="校验值") as caught:
        Reader.open(folder)
    assert caught.value.code == "bad_setting"


@pytest.mark.parametrize("kind", ["reranker", "encoder"])
def test_another_kind_of_network_is_refused(folder: Path, kind: str) -> None:
    made = network()
    write_parts(folder, kind=kind, shape=made.shape, scale={}, lexicon=lexicon(), weights=weights_of(made))
    with pytest.raises(ConfigError, match=kind):
        Reader.open(folder)


def test_a_folder_without_a_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        Reader.open(tmp_path)


def test_the_best_span_is_the_likeliest_of_all_within_reach() -> None:
    chance = np.random.default_rng(1)
    starts, ends = (chance.normal(size=130).astype(np.float32) * 2 for _ in range(2))
    sums = {
        (a, b + 1): float(starts[a] + ends[b]) for a in range(130) for b in range(a, min(a + LONGEST, 130))
    }
    total = sum(np.exp(value) for value in sums.values()) + np.exp(1.5)
    start, end, score, absent = best_span(Logits(starts, ends, (1.0, 0.5)), Scale())
    assert (start, end) == max(sums, key=lambda span: sums[span])
    assert score == pytest.approx(np.exp(sums[start, end]) / total, rel=1e-4)
    assert absent == pytest.approx(np.exp(1.5) / total, rel=1e-4)


def test_heat_flattens_and_absence_is_raised() -> None:
    logits = Logits(np.array([4, 0, 0], dtype=np.float32), np.array([0, 4, 0], dtype=np.float32), (1.0, 1.0))
    cool, hot, doubting = (best_span(logits, scale) for scale in (Scale(), Scale(heat=3.0), Scale(absent=3.0)))
    assert cool[:2] == (0, 2)
    assert hot[2] < cool[2]
    assert doubting[3] > cool[3]


def test_what_a_text_has_in_common_with_a_question() -> None:
    analyse = lexicon().analyser()
    passage, question = analyse(PASSAGE), analyse(QUESTIONS[0])
    common = shared(passage, question)
    assert common.shape == (len(PASSAGE), FEATURES)
    at = PASSAGE.index("森林防火")
    assert common[at : at + 4, [0, 4]].all()
    assert not common[PASSAGE.index("演练"), [0, 1, 2, 3, 4]].any()
    # The first sentence says most of what is asked, the second less.
    assert common[at, 11] == 1 and common[-1, 11] == 0
    assert not shared(passage, analyse("")).any()


def test_every_character_is_analysed_in_place() -> None:
    analyse = lexicon().analyser()
    for text in ("", "a", "森林防火ABC123。𠀀好", "Ⅱ级 Ａ"):
        analysed = analyse(text)
        assert len(analysed) == len(text)
        assert analysed.part(1, 3).text == text[1:3]


def test_windows_cover_a_passage() -> None:
    assert list(window_starts(WINDOW)) == [0]
    for size in (WINDOW + 1, 2000, 5000):
        starts = list(window_starts(size))
        assert starts[-1] < size <= starts[-1] + WINDOW
        assert all(after - before < WINDOW for before, after in zip(starts, starts[1:], strict=False))


def test_word_vectors_lose_little_in_eight_bits() -> None:
    vectors = np.random.default_rng(0).normal(size=(50, 8)).astype(np.float32)
    whole, factors = quantised(vectors)
    assert np.abs(whole * factors - vectors).max() < 0.02


def test_reading_needs_no_torch(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from index.reader import Reader; "
        f"Reader.open(Path({str(folder)!r})).read('谁负责?', ['市应急管理局负责。']); "
        "assert not {'torch', 'index.training'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])


def test_the_shipped_reader_reads() -> None:
    text = "第三条 市应急管理局负责全市森林防火工作。\n第四条 企业应当每季度组织一次应急演练,参加人员不少于30人。"
    reader = Reader.open()
    who, none = reader.read("谁负责全市森林防火工作?", [text, "第九条 本办法自2025年1月1日起施行。"])
    assert text[who.start : who.end] == "市应急管理局"
    assert who.no_answer < 0.2 < 0.8 < none.no_answer
    assert sum(file.stat().st_size for file in READER.parent.rglob("*") if file.is_file()) < 40_000_000


def test_reading_stays_on_one_core(folder: Path) -> None:
    # In a process of its own, where nothing else has limited NumPy before.
    code = (
        "import sys; from pathlib import Path; from threadpoolctl import threadpool_info; from index.reader import Reader;"
        "Reader.open(Path(sys.argv[1])); print([p['num_threads'] for p in threadpool_info() if p['internal_api'] == 'openblas'])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert set(done.stdout.strip(" []\n").split(", ")) <= {"1", ""}
