"""What a search shows is to be read by itself: the item around a passage, tasks of a unit, documents that are named."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from assistant import Assistant, SearchHit
from assistant.library.surroundings import LIMIT

AssistantOf = Callable[..., Assistant]

FILLER = "各村要逐户登记造册,落实专人看护,发现问题立即上报并跟踪整改到位,形成工作闭环。"
ITEM = f"""青岭区防火方案

一、主要任务

(一)整治老旧线路。全面排查老旧小区电气线路。{FILLER * 13}2025年3月底前完成。(牵头单位:区住建局;配合单位:区供电公司)

(二)建设消防水鹤。在主干道沿线新建消防水鹤30个。{FILLER * 4}(牵头单位:区水务局)
"""
LONG = "望溪区巡查办法\n\n一、巡查要求\n\n" + "\n\n".join(f"{n}号桥面每日由养护班组巡查两遍,并做好第{n}号台账。{FILLER * 3}" for n in range(1, 20)) + "\n"
HEADINGS = "松台镇工作要点\n\n一、夜间值守安排\n\n(一)镇政府每晚两人值守。\n\n(二)水库每晚一人值守。\n\n二、其他\n\n" + FILLER * 30 + "\n"


def overlapping(hits: tuple[SearchHit, ...]) -> bool:
    ordered = sorted((hit.document_id, hit.start, hit.end) for hit in hits)
    return any(a[0] == b[0] and b[1] < a[2] for a, b in pairwise(ordered))


def test_a_hit_brings_the_whole_item_with_the_office_at_its_end(assistant_of: AssistantOf) -> None:
    best = assistant_of(ITEM).search("老旧小区电气线路排查", k=3)[0]
    assert "(一)整治老旧线路" in best.quote and best.quote.endswith("配合单位:区供电公司)") and "水鹤" not in best.quote
    assert 500 < len(best.quote) <= LIMIT and best.path[-1].startswith("(一)")


def test_a_long_section_gives_the_neighbours_of_a_passage_and_no_more(assistant_of: AssistantOf) -> None:
    hits = assistant_of(LONG).search("13号桥面巡查台账", k=5)
    assert "13号桥面" in hits[0].quote and 200 < len(hits[0].quote) <= LIMIT
    assert not overlapping(hits)


def test_a_heading_comes_with_what_stands_under_it(assistant_of: AssistantOf) -> None:
    best = assistant_of(HEADINGS).search("夜间值守安排", k=3)[0]
    assert best.quote.startswith("一、夜间值守安排") and best.quote.endswith("水库每晚一人值守。")


def test_hits_are_cut_from_their_documents_and_scores_descend(assistant_of: AssistantOf) -> None:
    assistant = assistant_of(ITEM, LONG, HEADINGS)
    for query in ("巡查", "牵头单位", "值守 台账", "完全无关的天文望远镜"):
        hits = assistant.search(query, k=10)
        assert all(assistant.store.document(h.document_id).text[h.start : h.end] == h.quote and h.quote.strip() == h.quote for h in hits)
        assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
        assert not overlapping(hits)


TASKS = "河湾区任务分工\n\n一、重点任务\n\n" + "\n\n".join(
    f"({mark}){what}。{FILLER * 12}(牵头单位:{lead};配合单位:{support})"
    for mark, what, lead, support in (
        ("一", "清理楼道", "区城管局", "区民政局"), ("二", "更换灯具", "区民政局", "区城管局"), ("三", "修补路面", "区城管局", "区民政局、区民政局下属单位"),
        ("四", "走访老人", "区民政局", "区财政局"), ("五", "民政局驻点帮扶,民政局值班", "区城管局", "区民政局"), ("六", "发放补贴", "区财政局", "区民政局"),
    )
) + "\n"  # fmt: skip


def test_the_tasks_of_a_unit_come_before_places_that_only_name_it(assistant_of: AssistantOf) -> None:
    hits = assistant_of(TASKS, ITEM).search("区民政局牵头哪些任务?", k=4)
    assert all(any("牵头单位:区民政局" in hit.quote for hit in (one,)) for one in hits[:2])


def test_the_document_a_query_names_comes_first_and_others_stand_behind_it(assistant_of: AssistantOf) -> None:
    other = ITEM.replace("青岭区", "石桥区").replace("30个", "45个")
    hits = assistant_of(**{"青岭.txt": ITEM, "石桥.txt": other}).search("石桥区新建多少个消防水鹤?", k=6)
    assert hits[0].doc == "石桥.txt" and "45个" in hits[0].quote
    docs = [hit.doc for hit in hits]
    assert docs == sorted(docs, key=lambda doc: doc != "石桥.txt") and set(docs) == {"青岭.txt", "石桥.txt"}
