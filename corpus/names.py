"""Chinese personal names: is a word one, and where do names printed without a separator part.

The surnames are the frequent ones of the national register; a name is a surname with one or two given characters. Words
that end like a post (`副主任`) are none, although many begin with a character that is also a surname.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.clauses import HAN

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾"
    "毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房"
    "滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕"
    "楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
COMPOUND = ("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "令狐", "慕容", "司徒", "夏侯", "公孙", "端木", "南宫", "独孤", "轩辕", "呼延", "长孙", "宇文", "申屠")
_NO_NAME = re.compile(r"(?:[长员任记导管师委人席官督察科处局部厅股室站所队院校区市县镇乡村组会司厂店课表项量性等者级类位单主副总办各]|同志|秘书|干事|经理|政委)$")
_NO_PAIR = re.compile(r"[长员任委记导]$")
_WORDS = frozenset(
    ["农业", "安全", "时间", "和平", "单位", "管理", "项目", "文化", "武警", "商务", "方案", "向上", "成立", "全体", "包括", "强化", "都市", "双方", "计划", "明确", "广告", "党政", "党群", "党建", "全县", "全区", "全市", "全镇", "全乡", "全省", "空缺", "常务", "专职", "兼任", "主持", "水利", "林业", "任务", "经济", "和谐", "高度", "常态", "左右", "平时", "万元", "成果", "方法", "方面", "文件", "文明", "时期", "温度", "项下", "高级", "中级", "简称", "干部", "华侨", "管委", "公安", "全部", "有关", "应急", "司法", "海事", "房管", "城管", "交通", "教育", "卫生", "民政", "财政"]
)
_NO_GIVEN = frozenset("的和与及或由在为对副总兼各等任是将把")
_POST_END = ("长", "主任", "书记", "员", "主席", "经理", "总监", "总师", "工程师", "政委", "指挥", "秘书", "助理", "负责人", "干部", "代表", "教授", "主管", "会计")


@lru_cache(maxsize=4096)
def is_name(word: str) -> bool:
    """Tell whether a word of 2 to 4 characters reads like a personal name."""
    if not 2 <= len(word) <= 4 or not re.fullmatch(rf"[{HAN}·]+", word):
        return False
    if word in _WORDS or (_NO_NAME if len(word) > 2 else _NO_PAIR).search(word) or any(character in _NO_GIVEN for character in word[1:]):
        return False
    if word.startswith(COMPOUND):
        return 3 <= len(word) <= 4
    return word[0] in SURNAMES and len(word) <= 3


def split_names(word: str) -> tuple[str, ...]:
    """Part a run of characters into names, `汪柄坤何娟` -> (汪柄坤, 何娟); () when it does not part into names only."""
    if is_name(word) or not 4 <= len(word) <= 24:
        return (word,) if is_name(word) else ()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for width in (3, 2, 4):
            before = best[end - width] if end >= width else None
            part = word[end - width : end]
            if before is not None and is_name(part) and (best[end] is None or _better((*before, part), best[end] or ())):
                best[end] = (*before, part)
    return best[-1] or ()


def _better(names: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Prefer fewer names, then longer first ones: three characters are the rule."""
    return (len(names), [-len(name) for name in names]) < (len(other), [-len(name) for name in other])


def titled_name(word: str) -> tuple[str, str] | None:
    """Part `副大队长向阳华` into post and name; None when it does not end in a name."""
    for width in (3, 2):
        post, name = word[:-width], word[-width:]
        if post.endswith(_POST_END) and is_name(name):
            return post, name
    return None
