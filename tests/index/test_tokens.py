from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ConfigError
from index.segment import private_folder
from index.tokens import LEXICON, PIECE, REWRITES, UNITS, Tokens, characters, normalise, pieces_of, read_dictionary

ROOT = Path(__file__).resolve().parents[2]
POLICY_TEXT = st.text(
    alphabet=st.sampled_from("由消防救援大队牵头防盗窗清零二〇二五年底前95%以上,。\n Aa12ａ１"), max_size=60
)


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return Tokens()


@pytest.mark.parametrize("backend", ["rjieba", "jieba"])
def test_terms_of_the_genre_stay_whole_and_their_parts_are_found_too(backend: str, tmp_path: Path) -> None:
    words = Tokens(backend=backend, cache=tmp_path / "cache").words("实现人员密集场所防盗窗动态清零。")  # type: ignore[arg-type]
    assert {"人员密集场所", "场所", "防盗窗", "动态清零", "清零"} <= set(words)
    assert "。" not in words


def test_the_fast_segmenter_and_the_reference_give_the_same_words(tmp_path: Path) -> None:
    text = "各镇(街道)要严格落实安全生产责任制,2025年底前完成有限空间作业专项整治,整改率达到百分之九十五。"
    reference = Tokens(backend="jieba", cache=tmp_path / "cache")
    assert Tokens(backend="rjieba").words(text) == reference.words(text)


def test_the_words_of_a_user_dictionary_stay_whole(tmp_path: Path) -> None:
    dictionary = tmp_path / "words.txt"
    dictionary.write_text("# 我们的说法\n石榴籽工程 5 n\n\n", encoding="utf-8")
    assert "石榴籽工程" in Tokens(dictionary=dictionary).words("推进石榴籽工程建设")
    assert "石榴籽工程" not in Tokens().words("推进石榴籽工程建设")


def test_another_dictionary_gives_another_fingerprint(tmp_path: Path) -> None:
    dictionary = tmp_path / "words.txt"
    dictionary.write_text("石榴籽工程\n", encoding="utf-8")
    assert Tokens().fingerprint == Tokens().fingerprint
    assert Tokens(dictionary=dictionary).fingerprint != Tokens().fingerprint


def test_two_tokenisers_in_one_process_do_not_share_words(tmp_path: Path) -> None:
    dictionary = tmp_path / "words.txt"
    dictionary.write_text("石榴籽工程\n", encoding="utf-8")
    ours = Tokens(dictionary=dictionary, backend="jieba", cache=tmp_path / "cache")
    other = Tokens(backend="jieba", cache=tmp_path / "cache")
    assert "石榴籽工程" in ours.words("石榴籽工程")
    assert "石榴籽工程" not in other.words("石榴籽工程")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", None])
def test_an_unreadable_dictionary_is_reported_with_its_path(content: bytes | None, tmp_path: Path) -> None:
    dictionary = tmp_path / "words.txt"
    if content is not None:
        dictionary.write_bytes(content)
    with pytest.raises(ConfigError, match="words.txt"):
        Tokens(dictionary=dictionary)


def test_the_lexicon_has_each_word_once_and_only_chinese_ones() -> None:
    lines = [line for line in LEXICON.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) == len(set(lines)) == len(read_dictionary(LEXICON)) >= 300
    assert all("\u4e00" <= character <= "\u9fff" for line in lines for character in line)


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("二〇二五年十二月底前", "2025年12月底前"),
        ("百分之九十五以上", "95%以上"),
        ("百分之99.5", "99.5%"),
        ("1,200家", "1200家"),
        ("第九条、第二十一款", "第9条、第21款"),
        ("二十五家企业", "25家企业"),
        ("三管三必须", "三管三必须"),
        ("第一责任人", "第一责任人"),
        ("一家企业、一次性", "一家企业、一次性"),
        ("ＡＢ１２", "ab12"),
        ("有限\n空间 作业", "有限空间作业"),
        ("应急局\n\n消防大队", "应急局 消防大队"),
        ("fire  safety", "fire safety"),
    ],
)
def test_spellings_of_one_thing_are_unified(text: str, normalised: str) -> None:
    assert normalise(text) == normalised


@given(
    st.lists(st.text("二〇三年月由消防,。窗", min_size=1), max_size=5), st.sampled_from(["\n", " ", "\u3000", "\r\n  "])
)
def test_line_wraps_and_blanks_inside_chinese_text_change_nothing(pieces: list[str], blank: str) -> None:
    assert normalise(blank.join(pieces)) == normalise("".join(pieces))


@given(POLICY_TEXT)
def test_no_token_holds_a_blank_or_is_empty(tokens: Tokens, text: str) -> None:
    for token in (*characters(text), *tokens.words(text)):
        assert token and not any(c.isspace() for c in token)


def test_characters_are_unigrams_and_bigrams_of_chinese_runs_and_whole_latin_runs() -> None:
    assert characters("防盗窗GB 95%") == ["防", "盗", "窗", "防盗", "盗窗", "gb", "95%"]


def test_an_article_number_is_one_token() -> None:
    assert characters("依照第九条") == ["依", "照", "依照", "第9条"]
    assert "第9条" in Tokens().words("依照第九条")
    assert "第" in characters("第9天")


@pytest.mark.parametrize(("unit", "spelling"), [(unit, s) for unit, spellings in UNITS for s in spellings])
def test_every_spelling_of_a_unit_of_measure_becomes_one_word(unit: str, spelling: str, tokens: Tokens) -> None:
    assert tokens.words(f"5{spelling}")[-1] == tokens.words(f"5{unit}")[-1] == unit


def test_each_rewrite_rule_is_needed() -> None:
    examples = ("1,200", "百分之三", "第三条", "三月", "三十人")
    assert all(any(rule.pattern.search(text) for text in examples) for rule in REWRITES)
    assert all(any(rule.pattern.search(text) for rule in REWRITES) for text in examples)


@given(st.integers(0, 3 * PIECE))
def test_pieces_cover_a_run(length: int) -> None:
    pieces = list(pieces_of("安" * length))
    assert "".join(pieces) == "安" * length
    assert all(0 < len(piece) <= PIECE for piece in pieces)


def test_the_cache_of_jieba_lies_in_a_folder_of_our_own(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    Tokens(backend="jieba", cache=cache).words("安全生产")
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert [path.name for path in cache.iterdir()] == ["jieba.cache"]


def test_a_cache_folder_that_others_may_write_to_is_refused(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    with pytest.raises(ConfigError, match="shared"):
        private_folder(shared)


def test_importing_loads_no_segmenter() -> None:
    code = "import sys, index.tokens; print(sorted(sys.modules.keys() & {'jieba', 'rjieba', 'tantivy', 'faiss'}))"
    printed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == "[]"
