# Two commands: `make run` starts the web app, `make test` runs the whole test suite. Both make the environment first;
# a second call finds it ready. uv is used when it is installed, pip otherwise.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
TORCH := $(shell grep '^torch==' constraints.txt)

# uv ignores pip's settings, so they are passed on; where it fails, pip gets its turn. Linked files make nltk refuse its
# own data, hence copies.
UV := $(shell command -v uv 2>/dev/null)
ifneq ($(UV),)
ifneq ($(PIP_FIND_LINKS),)
export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)
endif
ifneq ($(PIP_INDEX_URL),)
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif
ifneq ($(PIP_CERT),)
export SSL_CERT_FILE ?= $(PIP_CERT)
endif
endif
WITH_UV = $(UV) pip install --python $(BIN)/python --link-mode copy --compile-bytecode --constraint constraints.txt
WITH_PIP = $(BIN)/python -m pip install --quiet --constraint constraints.txt
install = $(if $(UV),$(WITH_UV) $(1) || )$(WITH_PIP) $(1)

# In variables, as a comma would end the argument of `call`.
FOR_USE = -e '.[ocr,mcp]'
FOR_TESTS = -e '.[ocr,mcp,test]'
FOR_BENCH = -e '.[ocr,mcp,test,bench]'

.PHONY: run test screenshots setup bench bench-large train-encoder made-questions train-reader train-reranker fit-kinds fit-choice clean kill-add hostile fuzz schemathesis load poison permissions attacks

run: setup
	$(BIN)/policy-assistant serve --samples

# The tests of a file stay together: they share servers and browsers.
test: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

# The pictures in docs/, made by the tests of the pages; an ordinary test run writes none.
screenshots: $(VENV)/.tested
	SCREENSHOTS=1 $(BIN)/python -m pytest -m browser

# Kills a program that adds 200 files at 50 random moments; some minutes.
kill-add: $(VENV)/.tested
	$(BIN)/python tests/corpus/killing.py 50 200

# `make test` sends all hostile files but the costliest, and only some through the upload route; here all go both ways, some minutes.
hostile: $(VENV)/.tested
	HOSTILE_WHOLE=1 $(BIN)/python -m pytest tests/test_hostile.py

# Fifty questions with sixty documents that give orders, and ten thousand copies beside the document that answers; long.
poison: $(VENV)/.tested
	POISON_WHOLE=1 $(BIN)/python -m pytest tests/test_poisoned.py

# All 300 payloads in every place of the pages, and the time of 500 logins with known and unknown names; half an hour.
attacks: $(VENV)/.tested
	ATTACKS_WHOLE=1 $(BIN)/python -m pytest tests/test_payloads_browser.py tests/assistant/test_accounts.py -k "r01 or w08"

# A hundred thousand triples of person, document and surface: nothing of a document reaches somebody who may not see it. Ten minutes and more.
permissions: $(VENV)/.tested
	$(BIN)/python -m tests.permissions $(or $(TRIPLES),100000)

# Damaged files of every format for half a minute each; SEED=N repeats a run, SECONDS=N sets the time for each.
fuzz: $(VENV)/.tested
	$(BIN)/python -m tests.fuzzing --seconds $(or $(SECONDS),30) $(if $(SEED),--seed $(SEED))

# Requests of every shape to every operation of the REST interface, until CASES have been sent; half an hour and more.
schemathesis: $(VENV)/.tested
	$(BIN)/python -m tests.api_schema --cases $(or $(CASES),50000)

# Fifty people for a minute, then 500 at once, through REST and the chat page; table and JSON in build/bench.
load: $(VENV)/.tested
	$(BIN)/python -m eval.bench.load --out build/bench

setup: $(VENV)/.installed

# torch goes first and alone: a local wheel of it is only taken when the exact version is asked for.
$(VENV)/.installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新的版本 / Python 3.11 or newer is needed" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(call install,$(TORCH))
	$(call install,$(FOR_USE))
	touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(call install,$(FOR_TESTS))
	touch $@

# What the benchmarks and the training read is not part of the project: `make bench DATA=FOLDER` says where it lies.
DATA ?= ../shared/data

BENCH_DOCUMENTS ?= corpus/samples
BENCH_QUESTIONS ?= eval/questions/samples.jsonl
BENCH_WORK ?= bench-work
SPEED = $(BIN)/python -m eval.bench.speed --data $(DATA)/scale --work $(BENCH_WORK) --out build/bench

# Retrieval, side by side with other tools over BENCH_DOCUMENTS, and speed; tables, JSON and PNG in build/bench.
bench: $(VENV)/.bench
	$(BIN)/python -m eval.bench.retrieval $(DATA)/retrieval --out build/bench
	$(BIN)/python -m eval.bench.beside --documents $(BENCH_DOCUMENTS) --questions $(BENCH_QUESTIONS) --out build/bench
	$(SPEED) --sizes 10000

# Up to an hour. The libraries stay in BENCH_WORK, so that a second run only measures.
bench-large: $(VENV)/.bench
	$(SPEED) --sizes 10000 100000 1000000

$(VENV)/.bench: $(VENV)/.tested
	$(call install,$(FOR_BENCH))
	touch $@

# Questions whose documents are in the repository are asked; those of `wordings.jsonl` have their kind written beside them.
# The fourteenth, the fifteenth and the eighteenth set are kept out: they tell what is worth on questions nobody has worked on.
FAMILIES := $(filter-out eval/families/fourteenth/% eval/families/fifteenth/% eval/families/eighteenth/%,$(wildcard eval/families/*.jsonl eval/families/*/*.jsonl))
fit-kinds: $(VENV)/.tested
	nice -n 10 $(BIN)/python -m eval.question_kinds eval/questions/wordings.jsonl eval/questions/samples.jsonl=corpus/samples \
		$(foreach file,$(FAMILIES),$(file)=$(dir $(file))documents) $(if $(DEV),$(DEV))

# All that could be said to the same questions, and which of it is said; a quarter of an hour.
fit-choice: $(VENV)/.tested
	mkdir -p build
	nice -n 10 $(BIN)/python -m eval.drafts eval/questions/samples.jsonl=corpus/samples \
		$(foreach file,$(FAMILIES),$(file)=$(dir $(file))documents) $(if $(DEV),$(DEV)) -o build/drafts.jsonl.gz
	nice -n 10 $(BIN)/python -m eval.choosing build/drafts.jsonl.gz -o assistant/reading/choice.json

# A stopped run goes on from its last checkpoint in build/train-encoder.
train-encoder: $(VENV)/.tested
	nice -n 10 $(BIN)/python -m index.training.train --data $(DATA) --out index/model --work build/train-encoder

# Questions made by rule from laws and policies, for training and measuring readers: train.jsonl.gz and eval.jsonl.gz in build/questions.
made-questions: build/questions/train.jsonl.gz

build/questions/train.jsonl.gz: | $(VENV)/.tested
	nice -n 10 $(BIN)/python -m index.training.questions.make $(DATA) $(@D)

# The sets of questions the reader is trained on at last; the fourth, the fifth and those from the thirteenth on are kept to measure it.
POLICY = eval/questions/samples.jsonl=corpus/samples \
	$(foreach set,. second third sixth seventh eighth eleventh twelfth,eval/families/$(set)/questions.jsonl=eval/families/$(set)/documents) \
	$(foreach set,. second third sixth seventh,eval/families/$(set)/reworded.jsonl=eval/families/$(set)/documents)

# Made questions first, then the reader, then people's questions on policies; about 70 minutes of one core. A stopped run goes on from its last
# checkpoint. START=index/model/reader goes on from the shipped reader and makes the last stage alone.
train-reader: build/questions/train.jsonl.gz
	$(if $(START),,nice -n 10 $(BIN)/python -m index.training.train_reader --data $(DATA) --genre $< --out build/train-reader/reader --work build/train-reader)
	nice -n 10 $(BIN)/python -m index.training.reader_tuned --data $(DATA) --genre $< --start $(or $(START),build/train-reader/reader) \
		--policy $(POLICY) --passages eval/questions/passages.jsonl --out index/model/reader --work build/tune-reader

# Half an hour of one core, after the search has found the candidates.
train-reranker: build/questions/train.jsonl.gz
	nice -n 10 $(BIN)/python -m index.training.train_reranker --data $(DATA) --genre $< --out index/model/reranker --work build/train-reranker

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
