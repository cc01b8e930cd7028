from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ConfigError
from index.encoder import CorpusEncoder, StaticEncoder, TransformerEncoder, fit, open_encoder, setting_of
from index.static import MODEL, digest_of, shipped_fingerprint

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ["防盗窗动态清零", "由消防救援大队牵头", "不认识的字:龘", "", "安全"]


@pytest.fixture(scope="module", autouse=True)
def offline() -> Iterator[None]:
    """Hold the model libraries to what is on this machine."""
    before = {name: os.environ.get(name) for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")}
    os.environ |= dict.fromkeys(before, "1")
    yield
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


@pytest.fixture(scope="module")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save a static embedding of random vectors, one per character, the way a trained one is saved."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    vocabulary = {token: i for i, token in enumerate(["[UNK]", *sorted(set("防盗窗动态清零由消防救援大队牵头安全"))])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split("", "isolated")
    weights = np.random.default_rng(0).standard_normal((len(vocabulary), 24)).astype(np.float32)
    folder = tmp_path_factory.mktemp("static") / "模型"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)]).save(str(folder))
    return folder


@pytest.fixture(scope="module")
def bert_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save a random BERT of one small layer with mean pooling."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("bert")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set("防盗窗动态清零由消防救援大队牵头安全"))]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    shape = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    BertModel(shape).save_pretrained(folder / "bert")
    layers = Transformer(str(folder / "bert")), Pooling(16)
    SentenceTransformer(modules=list(layers)).save(str(folder / "whole"))
    return folder / "whole"


def test_a_static_model_read_with_numpy_equals_sentence_transformers(static_folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(static_folder), device="cpu").encode(TEXTS, normalize_embeddings=True)
    vectors = StaticEncoder(static_folder).encode(TEXTS)
    assert vectors.dtype == np.float32
    assert np.allclose(vectors, reference, atol=1e-5)


def test_a_text_without_tokens_has_a_zero_row(static_folder: Path) -> None:
    encoder = StaticEncoder(static_folder)
    assert not encoder.encode([""]).any()
    assert encoder.encode([]).shape == (0, 24) == (0, encoder.dimension)


def test_the_name_of_a_static_model_follows_its_content(static_folder: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    other = tmp_path / "other"
    other.mkdir()
    (other / "tokenizer.json").write_bytes((static_folder / "tokenizer.json").read_bytes())
    weights = load_file(static_folder / "model.safetensors")
    save_file({"embeddings": (weights["embedding.weight"] + 1).astype(np.float16)}, other / "model.safetensors")
    assert StaticEncoder(static_folder).name == StaticEncoder(static_folder).name
    assert StaticEncoder(other).name != StaticEncoder(static_folder).name
    assert StaticEncoder(other).name.startswith("static-24-")


def test_weights_kept_as_mapping_and_weights_are_unfolded(static_folder: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    table = load_file(static_folder / "model.safetensors")["embedding.weight"]
    folded = {
        "embeddings": table[::-1].copy(),
        "mapping": np.arange(len(table))[::-1].copy(),
        "weights": np.ones(len(table), dtype=np.float32),
    }
    save_file(folded, tmp_path / "model.safetensors")
    (tmp_path / "tokenizer.json").write_bytes((static_folder / "tokenizer.json").read_bytes())
    assert np.allclose(StaticEncoder(tmp_path).encode(TEXTS), StaticEncoder(static_folder).encode(TEXTS), atol=1e-6)


def test_any_sentence_transformers_model_gives_rows_of_length_one(bert_folder: Path) -> None:
    encoder = open_encoder(f"transformer:{bert_folder}")
    assert encoder is not None
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (5, encoder.dimension) == (5, 16)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.encode([]).shape == (0, 16)
    assert encoder.name == TransformerEncoder(str(bert_folder)).name


def test_a_transformer_is_not_taken_for_a_static_model(bert_folder: Path) -> None:
    with pytest.raises(ConfigError, match="Transformer"):
        StaticEncoder(bert_folder)


def test_a_model_that_is_not_on_this_machine_is_not_fetched() -> None:
    with pytest.raises(ConfigError, match="打不开"):
        TransformerEncoder("nobody/no-such-model")


@pytest.mark.parametrize("name", ["tokenizer.json", "model.safetensors"])
@pytest.mark.parametrize("content", [b"", b"{", None])
def test_a_damaged_static_model_is_reported_with_its_folder(
    static_folder: Path, name: str, content: bytes | None, tmp_path: Path
) -> None:
    for part in ("tokenizer.json", "model.safetensors"):
        (tmp_path / part).write_bytes((static_folder / part).read_bytes())
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ConfigError, match="静态词向量"):
        StaticEncoder(tmp_path)


def test_the_setting_chooses_the_encoder(static_folder: Path, tmp_path: Path) -> None:
    fit(TEXTS)[0].save(tmp_path / "encoder")
    assert open_encoder("none") is None
    assert isinstance(open_encoder("corpus", fitted=tmp_path / "encoder"), CorpusEncoder)
    assert isinstance(open_encoder(f"static:{static_folder}"), StaticEncoder)


@pytest.mark.parametrize("setting", ["", "corpus", "static", "static:", "word2vec:/x", "transformer:"])
def test_an_unknown_setting_is_refused_with_the_choices(setting: str) -> None:
    with pytest.raises(ConfigError, match="static:文件夹"):
        open_encoder(setting)


def test_a_bare_folder_tells_what_kind_of_model_it_holds(static_folder: Path, bert_folder: Path) -> None:
    assert setting_of("") == setting_of("shipped") == f"shipped:{shipped_fingerprint()[:12]}"
    assert setting_of("corpus") == "corpus"
    assert setting_of("none") == "none"
    assert setting_of(str(static_folder)) == f"static:{static_folder}"
    assert setting_of(str(bert_folder)) == f"transformer:{bert_folder}"
    assert setting_of("static:any") == "static:any"


def test_a_library_is_indexed_anew_when_the_encoder_setting_changes(static_folder: Path, tmp_path: Path) -> None:
    from assistant import Assistant
    from assistant.config import Config

    text = tmp_path / "方案.txt"
    text.write_text("甲区方案\n一、任务\n1.防盗窗动态清零由区消防救援大队牵头。\n", encoding="utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add([text])
        assert assistant.library().index.encoder == setting_of("")
    with Assistant.open(tmp_path / "library", Config(encoder=str(static_folder))) as assistant:
        assert assistant.ask("防盗窗动态清零由谁牵头?").answer == "区消防救援大队"
        assert assistant.library().index.encoder == f"static:{static_folder}"


# ---------------------------------------------------------------- the shipped encoder


def test_the_shipped_encoder_is_what_sentence_transformers_makes_of_its_folder() -> None:
    from sentence_transformers import SentenceTransformer

    texts = [*TEXTS, "第三十六条 企业应当依法纳税。\n\n二〇二五年底前完成 95%(以上)", "5G base station ABC", "会" * 3000]
    reference = SentenceTransformer(str(MODEL), device="cpu").encode(texts)
    vectors = StaticEncoder(MODEL).encode(texts)
    assert np.allclose(vectors, reference, atol=1e-5)
    assert not vectors[3].any()


def test_the_shipped_encoder_is_the_one_its_fingerprint_names_and_small() -> None:
    assert digest_of(MODEL) == shipped_fingerprint()
    networks = sum(path.stat().st_size for name in ("reader", "reranker") for path in (MODEL / name).iterdir())
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) - networks <= 25_000_000
    assert networks <= 40_000_000


def test_the_shipped_encoder_brings_questions_near_their_answers() -> None:
    encoder = open_encoder(setting_of(""))
    assert encoder is not None
    question, answer, other = encoder.encode(["离婚手续怎么办", "婚姻登记机关应当查明情况", "开展森林草原防火宣传"])
    assert question @ answer > question @ other + 0.1


def test_the_shipped_encoder_needs_no_torch_and_opens_fast() -> None:
    code = (
        "import sys, time; from index.encoder import open_encoder, setting_of; began = time.process_time()\n"
        "open_encoder(setting_of('')).encode(['防盗窗']); print(time.process_time() - began)\n"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    # A fifth of a second alone; a busy machine may take several times as long.
    assert float(done.stdout) < 2


def test_a_shipped_encoder_that_was_changed_is_refused(static_folder: Path) -> None:
    assert StaticEncoder(static_folder, fingerprint=digest_of(static_folder)).dimension == 24
    with pytest.raises(ConfigError, match="校验值"):
        StaticEncoder(static_folder, fingerprint="0" * 64)


def test_a_weights_file_that_claims_more_than_it_holds_is_refused(static_folder: Path, tmp_path: Path) -> None:
    content = (static_folder / "model.safetensors").read_bytes()
    (tmp_path / "model.safetensors").write_bytes(content[: len(content) // 2])
    (tmp_path / "tokenizer.json").write_bytes((static_folder / "tokenizer.json").read_bytes())
    with pytest.raises(ConfigError, match="静态词向量"):
        StaticEncoder(tmp_path)
