"""Words of asking: how people put a question, not what it is about.

That no document uses them says nothing against an answer, so that words of this table which the library does not know are left out of a
question's terms. They are general spoken Chinese (relations of time and degree, pronouns with a measure word, modal verbs with an
everyday verb, words for the form of a paper or a figure); none comes from a single document. A word that names a thing, a place, a
trade or an act that somebody regulates (加班, 认定, 就业) must not stand here: that no document says it speaks against an answer.
"""

from __future__ import annotations

_LINES = (
    # when, how often, how much
    "之内 以内 之前 之后 以后 以前 后来 后面 前面 下面 上面 最后 最终 最先 最早 最快 一直 一般 平时 平常 经常 老是 总是 已经 曾经 刚刚 马上 赶紧 到底 究竟",
    "每次 每回 每人 每家 每天 每个月 那次 那回 这次 这回 上次 下次 头一回 头一次 一回 两回 那天 这天 那段 那会儿 这会儿 段时间 时间段 天内 年内 月内 天里 全都 一律 各自 各有 各报",
    "最高 最低 最长 最短 最大 最小 最少 起码 顶多 上限 下限 数量 总数 次数 频次 频率 周期 幅度 计划数 目标数 实际数 个数 人数 天数",
    # this and that
    "这块 那块 这类 那类 这种 那种 这边 那边 那栋 这栋 那座 这座 那场 这部 那部 那个会 这会 那会 会上 省里 市里 县里 区里 镇里 村里 上头 上级 下级 外面 里边 旁边 跟前 家里 我家 我们家 别人 有人 大家伙",
    # can, must, want, happen
    "不让 不给 不能 不会 不用 不管 不要 不行 不好 能用 能带 能不能 可不可以 够不够 算不算 算进 就要 还要 要建 再补 做到 装到 发到 放到 放在 放好 拿到 拿出 报给 出来 出去 出过 出事 回来 下来 起来 说了算 就行了 一定 必需 打算 需不需要",
    "看见 看到 发现 碰到 遇到 听说 知道 觉得 参与 参加 包括 包含 享受 满足 出现 发生 经过 因为 由于 所以 然后 同时 还是 或者 咋办 咋样 咋弄 怎么着 为止 是从 限制 容易 理解 承认 叫法 差别 共同 下面 换成 改成 改完 停掉 换掉 清掉 弄丢",
    # the form of a paper
    "挂帅 职务 职位 文号 号文 号令 落款 网页 挂网 挂出 全称 表里 表上 表中 系统 形式 号码 电话 打电话 目标 起草 定义 界定 政策 条款 作数 作废",
)
ASKING = frozenset(word for line in _LINES for word in line.split())
