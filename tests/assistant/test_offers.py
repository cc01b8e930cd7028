"""What is offered to ask next: found out once for a state of the library, and nobody waits long for it."""

from __future__ import annotations

from assistant.accounts.types import LOCAL
from assistant.programs.verbs import EVERYWHERE
from assistant.web.chat.offers import Offers
from tests.conftest import AssistantOf

PLAN = "某区消防方案\n\n一、任务\n1.清理楼道杂物。2024年6月底前完成。(牵头单位:区住建局;配合单位:区应急管理局)\n"
QUESTION = "清理楼道杂物由谁牵头?"


def test_what_is_offered_is_answered_and_found_out_once(assistant_of: AssistantOf) -> None:
    assistant, offers = assistant_of(PLAN), Offers()
    answer = assistant.ask(QUESTION)
    offered = offers.after(answer, (), EVERYWHERE, "zh", assistant, LOCAL)
    assert offered and QUESTION not in offered
    with offers._looking:
        # While somebody else's are looked for: what is known is given, what is not is left out.
        assert offers.after(answer, (), EVERYWHERE, "zh", assistant, LOCAL) == offered
        assert offers.after(answer, (), EVERYWHERE, "en", assistant, LOCAL) == ()
    assert offers.after(answer, (), EVERYWHERE, "en", assistant, LOCAL)


def test_a_change_of_the_library_makes_new_offers(assistant_of: AssistantOf) -> None:
    assistant, offers = assistant_of(PLAN), Offers()
    answer = assistant.ask(QUESTION)
    assert offers.after(answer, (), EVERYWHERE, "zh", assistant, LOCAL)
    assistant.remove("文件1.txt")
    assert offers.after(answer, (), EVERYWHERE, "zh", assistant, LOCAL) == ()
