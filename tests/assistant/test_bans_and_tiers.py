"""What is forbidden, who is barred, what follows on it; grades with their figures; who does what; attachments."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking

RULE = """云台县换新补贴细则

一、申领步骤

第一步,交旧。到回收网点交车。

第二步,注销。到窗口注销。

第三步,申请。在小程序上传资料。

二、参与企业

参与门店应当同时具备以下条件:1.开业满一年;2.能开具发票;3.信用良好。门店不得先涨价后补贴,不得强制搭售商品。

三、禁止事项

参与门店不得有以下行为:1.虚构交易套取补贴;2.翻新旧车销售;3.拒收旧车。一经查实,取消资格、追回资金。

四、部门分工

县商务局统筹,负责资金审核;县公安局负责注销;县财政局负责拨付。

五、考核结果

考核结果分为优秀、良好、末等三个等次:90分以上的为优秀,60分以上的为良好,不足60分的为末等。

六、工作组

指挥部下设三个工作组。

(一)回收组:由县商务局牵头,县公安局参加,负责回收。

(二)宣传组:由县融媒体中心牵头,负责宣传。

(三)保障组:由县财政局牵头,县公安局参加,负责资金。

七、防控职责

县林业局:组织普查。

县交通局:协助检查。

县供电公司:回收松木材料。

被预约的图书不得续借。

八、问答

问:旧车丢了电池还能参加吗?

答:不能。缺电池的旧车不予回收。

附件:1.回收网点名单

2.补贴申请表

附件1

回收网点名单

城东网点,人民路8号。

附件2

补贴申请表

姓名、车牌号。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("bans"), {"细则.txt": RULE}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("参与门店哪些事不能做", "翻新旧车", "开业满一年"),
        ("门店套取补贴怎么处理", "取消资格、追回资金", "开业满一年"),
        ("考核结果分哪几等,各多少分", "60分", "发票"),
        ("旧车没了电池还能参加不", "不能", "资格"),
        ("换新补贴怎么个领法", "交旧", "发票"),
        ("防控各部门怎么分工", "县供电公司:回收松木材料", "优秀"),
        ("别人预约的图书我能续借吗", "不可以", "是。"),
        ("换新补贴细则后面附了哪些附件", "补贴申请表", "优秀"),
        ("指挥部有哪几个组", "保障组", "优秀"),
        ("县公安局参加了哪几个组", "保障组", "宣传组"),
    ],
)
def test_the_question_is_answered_by_the_list_of_its_kind(assistant: Assistant, question: str, said: str, not_said: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert said in answer.answer and not_said not in answer.answer


def test_steps_are_told_in_their_order(assistant: Assistant) -> None:
    said = assistant.ask("申领步骤有哪些").answer
    assert [said.index(word) for word in ("交旧", "注销", "申请")] == sorted(said.index(word) for word in ("交旧", "注销", "申请"))
