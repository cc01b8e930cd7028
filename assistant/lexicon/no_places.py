"""Everyday words that the dictionary of the word segmenter tags as names of places: 礼拜, 城建, 治安 name none.

Taken from jieba's dictionary (tag ns), those that people use for something else; without them a question with such a word would be
refused for want of documents of a place of that name.
"""

from __future__ import annotations

_LINES = (
    # doors, and what is done at them
    "上门 出门 开门 部门 专门 后门 前门 大门 校门 家门 城门 登门 入门 南门 北门 西门 东门",
    # building, land, water
    "城建 土建 古建 新建 中建 改建 商城 新城 旧城 新旧 古城 老城 城墙 城南 城北 城东 城西 城关 绕城 都城 古堡 城堡 塔楼 塔台 平原 高原 山坡 山林 山脉 山峰 山洞 山丘 山岭 山川 山水 山泉 山崖 山沟 山谷 山塘 陡坡 下坡 上坡 滑坡",
    "河道 河沟 河水 河畔 河底 河渠 河滩 江水 江堤 湖水 湖泊 湖畔 池塘 泉水 井水 深水 深井 深坑 大坝 大堤 大桥 大沟 水井 阴沟 冰川 海洋 海滩 海滨 大洋 松林 灌木林 荷塘 菜园 葡萄园 井台 井盖 仰角 横梁",
    # government, work, law
    "城管 海关 治安 治本 治沙 防沙 福利 普及 惠及 波及 旁及 关联 串联 并联 联合 加盟 上岗 上台 下达 上达 中断 中考 中小 中度 中风 深度 长度 广度 密度 满意度 高度 延时 长跑 越野 攀岩 循环赛 嘉宾 贵宾 法典 法度 法律化 重典 会徽 团徽",
    "礼拜 日志 馆藏 库藏 珍藏 典藏 保鲜 海鲜 密封 加密 冰封 合龙 扎根 铺平 安顿 安定 安宁 长寿 欢庆 喜庆 庆典 天黑 午休 北风 新鲜 美化 美丽 美感 香水 墨水 苏打 蓝牙 西瓜 南瓜 牡丹 昆曲 吉他 巴士 中巴 黑马",
    "上铺 上屋 上楼 下拉 上下水 上水 里弄 坎儿井 新店 古典 古今 神圣 英雄 太平 广义 伦理 契约 理论 平安 兴旺 繁荣 和谐 振兴 复兴 兴安 利民 惠民 便民 土坡 土庙 台地 坡地 远洋 非市场",
)
NO_PLACES = frozenset(word for line in _LINES for word in line.split())
