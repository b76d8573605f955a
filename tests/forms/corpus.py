"""Self-evaluation forms in many layouts, spellings and kinds of file, made without any library. All of it is invented.

forms() yields Form(name, rows, expected, ...): a clean one, or one with a single fault planted. write(form, kind, path) writes it.
A cell is text, (text, columns), (text, columns, rows), or None where a merged one covers it.
"""
import html
import random
import zipfile
from dataclasses import dataclass, field

C = None
OUT, BEN, SAT = "产出指标", "效益指标", "满意度指标"


@dataclass
class Row:
    block: str
    kind: str
    name: str
    sign: str
    target: str
    unit: str
    actual: str
    weight: float
    points: float
    reason: str = ""


@dataclass
class Form:
    name: str
    layout: str
    rows: list
    leaves: list
    total: float
    planted: str = ""       # the check that should find it; empty: a clean twin
    must_say: list = field(default_factory=list)  # words that must be kept or listed
    kinds: tuple = ("xlsx", "docx", "csv", "txt")
    scored: bool = True     # the project scores the printed total


# name, type, sign, unit, targets, shares of the target that were reached; ≤: how much of the limit was used
OUTPUTS = [
    ("{}培训人数", "数量指标", "≥", "人", (200, 120, 80), (1, 0.93, 0.9)),
    ("审核{}对象户数", "数量指标", "≥", "户", (100, 400), (1, 0.95)),
    ("{}考核合格率", "质量指标", "≥", "%", (95, 90), (1, 0.96)),
    ("负责人{}持证率", "质量指标", "≥", "%", (80, 60), (1, 0.9)),
    ("说明会{}参会率", "质量指标", "≥", "%", (90,), (1, 0.98)),
    ("{}人均成本", "成本指标", "≤", "元/人", (900, 600), (0.97, 1)),
    ("财务{}检查次数", "数量指标", "≥", "次", (4, 12), (1, 0.75)),
    ("编制{}申报表数量", "数量指标", "≥", "份", (5, 20), (1, 0.8)),
]
BENEFITS = [
    ("{}受益人口覆盖率", "社会效益指标", "≥", "%", (85, 60), (1, 0.95)),
    ("{}事故发生起数", "社会效益指标", "≤", "起", (4, 10), (0.5, 1)),
    ("{}带动就业人数", "经济效益指标", "≥", "人", (50, 300), (1, 0.92)),
]
TOPICS = ["社工", "养老", "护林", "水利", "低保", "校舍", "农技", "路灯", "图书", "疫苗", "河道", "消防"]


def plain(x, digits=2):
    return f"{round(x + 1e-9, digits):g}"


def leaf(random_, block, kind, topic, weight):
    pattern, level, sign, unit, targets, shares = kind
    target, share = random_.choice(targets), random_.choice(shares)
    actual = round(target * share, 2 if unit == "%" else 0) if sign == "≥" else round(target * share, 0)
    done = min(1, actual / target) if sign == "≥" else 1
    points = round(weight * done + 1e-9, 2)
    return Row(block, level, pattern.format(topic), sign, f"{target:g}", unit, f"{actual:g}", weight, points, "场地所限" if points < weight else "")


def leaves_of(random_, topic):
    outputs = random_.sample(OUTPUTS, random_.choice((3, 4, 5)))
    weights = {3: (20, 20, 10), 4: (20, 10, 10, 10), 5: (10, 10, 10, 10, 10)}[len(outputs)]
    rows = [leaf(random_, OUT, kind, topic, w) for kind, w in zip(sorted(outputs, key=lambda k: k[1]), weights)]
    rows += [leaf(random_, BEN, kind, topic, 15) for kind in sorted(random_.sample(BENEFITS, 2), key=lambda k: k[1])]
    target = random_.choice((90, 95))
    rows.append(Row(SAT, "服务对象满意度指标", topic + "群众满意度", "≥", str(target), "%", str(target + 2), 10, 10))
    return rows


MONEY = [("20", "18", "17.1", "95%", "9.5"), ("120", "110", "110", "100%", "10"), ("300", "250", "235", "94%", "9.4")]
HEADINGS = [
    ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
    ("一级指标", "二级指标", "三级指标", "计划完成值", "实际完成值", "权重", "自评得分", "未完成原因分析"),
    ("一级 指标", "二级 指标", "三级 指标", "年初目标值", "全年完成值", "分值（权重）", "得分", "偏差原因"),
    ("一级指标", "二级指标", "指标名称", "预期指标值", "实际完成情况", "标准分", "自评", "备注（偏差原因）"),
    ("一级指标", "二级指标", "绩效指标", "目标值", "完成值", "满分", "评分", "原因说明"),
    ("一级指标", "二级指标", "三级指标", "目标", "完成", "分值", "得分", "未完成原因和改进措施"),
    ("一级指标", "二级指标", "具体指标", "预计完成数", "实际完成数", "权重分", "自评分", "扣分原因"),
    ("一级指标", "二级指标", "三级指标", "年度指标值（A）", "实际完成值（B）", "分值", "得分", "偏差原因分析\n及改进措施"),
]


def target_text(row, spelling):
    if row.unit == "%" or spelling % 4 == 0:
        return row.sign + row.target + row.unit
    words = {"≥": ("≥", ">=", "不少于", "≧"), "≤": ("≤", "<=", "不超过", "≦")}[row.sign][spelling % 4]
    return words + row.target + row.unit


def head(title, project, money, money_words="项目资金（万元）", labels=("年度资金总额",), weight="10", width=8):
    pad = [""] * (width - 8)
    return [
        [(title, width)] + [C] * (width - 1),
        ["项目名称", project, "", "主管部门", "某区民政局", "", "", ""] + pad,
        [money_words, "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"] + pad,
        ["", labels[0], money[0], money[1], money[2], weight, money[3], money[4]] + pad,
    ]


def body(leaves, spelling, cells, first=True):
    """Rows of indicators; blocks and types stand once. `cells(row, target, actual)` makes what is right of the name."""
    out = []
    for i, row in enumerate(leaves):
        new_block = i == 0 or leaves[i - 1].block != row.block
        new_kind = new_block or leaves[i - 1].kind != row.kind
        out.append([row.block if new_block else "", row.kind if new_kind else "", row.name, *cells(row, target_text(row, spelling), row.actual + row.unit)])
    return out


def usual(row, target, actual):
    return [target, actual, plain(row.weight), plain(row.points), row.reason]


def total_of(leaves, money):
    return round(sum(row.points for row in leaves) + float(money[4]), 2)


def build(layout, seed):
    random_ = random.Random(f"{layout} {seed}")
    topic, money, spelling = random_.choice(TOPICS), random_.choice(MONEY), seed % len(HEADINGS)
    heads = HEADINGS[spelling]
    leaves = leaves_of(random_, topic)
    total = total_of(leaves, money)
    title = "项目支出绩效自评表（2023年度）"
    project = topic + "补助（示例）"
    rows = head(title, project, money)
    sum_row = ["总分", "", "", "", "", "100", plain(total), ""]
    more = {}
    if layout == "standard":
        rows += [list(heads)] + body(leaves, spelling, usual) + [sum_row]
    elif layout == "label column":
        rows = head(title, project, money, width=9)
        rows += [["绩效指标", *heads]] + [["", *row] for row in body(leaves, spelling, usual)] + [["", *sum_row]]
    elif layout == "sign, value, unit":
        rows = head(title, project, money, width=10)
        rows += [[*heads[:3], "指标性质", "指标值", "度量单位", *heads[4:]]]
        rows += body(leaves, spelling, lambda r, t, a: [r.sign, r.target, r.unit, r.actual, plain(r.weight), plain(r.points), r.reason])
        rows += [["总分", "", "", "", "", "", "", "100", plain(total), ""]]
    elif layout == "two rows of headings":
        rows = head(title, project, money, width=10)
        rows += [[*[(h, 1, 2) for h in heads[:3]], ("年度指标值", 3), C, C, *[(h, 1, 2) for h in heads[4:]]], [C, C, C, "性质", "指标值", "单位", C, C, C, C]]
        rows += body(leaves, spelling, lambda r, t, a: [r.sign, r.target, r.unit, r.actual, plain(r.weight), plain(r.points), r.reason])
        rows += [["总分", "", "", "", "", "", "", "100", plain(total), ""]]
        more["kinds"] = ("xlsx", "docx", "csv")
    elif layout == "weights first":
        rows += [[*heads[:3], heads[5], heads[3], heads[4], heads[6], heads[7]]]
        rows += body(leaves, spelling, lambda r, t, a: [plain(r.weight), t, a, plain(r.points), r.reason]) + [["总分", "", "", "100", "", "", plain(total), ""]]
    elif layout == "completion rate":
        rows = head(title, project, money, width=9)
        rows += [[*heads[:5], "完成率", *heads[5:]]]
        rows += body(leaves, spelling, lambda r, t, a: [t, a, "", plain(r.weight), plain(r.points), r.reason]) + [["总分", "", "", "", "", "", "100", plain(total), ""]]
    elif layout == "execution in a row":
        rows = rows[:2] + [["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "", "", ""], ["", "年度资金总额", *money[:3], "", "", ""]]
        rows += [list(heads), ["预算执行", "预算执行", "预算执行率", "100%", money[3], "10", money[4], ""]] + body(leaves, spelling, usual) + [sum_row]
    elif layout == "names of blocks in rows":
        rows += [list(heads)]
        for block in (OUT, BEN, SAT):
            rows += [[(block, 8)] + [C] * 7]
            rows += [["", *row[1:]] for row in body([r for r in leaves if r.block == block], spelling, usual)]
        rows += [sum_row]
        more["kinds"] = ("xlsx", "docx", "csv")
    elif layout == "subtotals":
        rows += [list(heads)]
        for block in (OUT, BEN, SAT):
            of = [r for r in leaves if r.block == block]
            rows += body(of, spelling, usual) + [["小计", "", "", "", "", plain(sum(r.weight for r in of)), plain(sum(r.points for r in of)), ""]]
        rows += [sum_row]
    elif layout == "two years":
        rows = head("项目支出绩效自评表（2022-2023年度）", project, money, width=10)
        rows += [[*heads[:3], "2022年目标值", "2022年完成值", "2023年目标值", "2023年完成值", *heads[5:]]]
        rows += body(leaves, spelling, lambda r, t, a: [r.sign + "7" + r.unit, "6" + r.unit, t, a, plain(r.weight), plain(r.points), r.reason])
        rows += [["总分", "", "", "", "", "", "", "100", plain(total), ""]]
    elif layout == "mid-year":
        rows = head(title, project, money, width=9)
        rows += [[*heads[:4], "上半年完成值", "全年完成值", *heads[5:]]]
        rows += body(leaves, spelling, lambda r, t, a: [t, "3" + r.unit, a, plain(r.weight), plain(r.points), r.reason]) + [["总分", "", "", "", "", "", "100", plain(total), ""]]
    elif layout == "reviewed":
        rows = head(title, project, money, width=9)
        rows += [[*heads[:6], "自评得分", "复核得分", heads[7]]]
        rows += body(leaves, spelling, lambda r, t, a: [t, a, plain(r.weight), plain(r.points), plain(r.points * 0.9), r.reason])
        rows += [["总分", "", "", "", "", "100", plain(total), plain(total * 0.9), ""]]
    elif layout == "adjusted targets":
        rows = head(title, project, money, width=9)
        rows += [[*heads[:3], "年初指标值", "调整后指标值", *heads[4:]]]
        rows += body(leaves, spelling, lambda r, t, a: [r.sign + "77" + r.unit, t, a, plain(r.weight), plain(r.points), r.reason]) + [["总分", "", "", "", "", "", "100", plain(total), ""]]
    elif layout == "percent weights":
        rows = head(title, project, money, weight="10%")
        rows += [list(heads)] + body(leaves, spelling, lambda r, t, a: [t, a, plain(r.weight) + "%", plain(r.points), r.reason]) + [["总分", "", "", "", "", "100%", plain(total), ""]]
    elif layout == "parts of one":
        rows = head(title, project, money, weight="0.1")
        rows += [list(heads)] + body(leaves, spelling, lambda r, t, a: [t, a, plain(r.weight / 100), plain(r.points), r.reason]) + [["总分", "", "", "", "", "1", plain(total), ""]]
    elif layout == "total of ten":
        ten = (*money[:4], plain(float(money[4]) / 10, 3))
        rows = head(title, project, ten, weight="1")
        rows += [list(heads)] + body(leaves, spelling, lambda r, t, a: [t, a, plain(r.weight / 10), plain(r.points / 10, 4), r.reason]) + [["总分", "", "", "", "", "10", plain(total / 10, 4), ""]]
    elif layout == "an unknown column":
        rows = head(title, project, money, width=9)
        rows += [[*heads[:5], "责任科室", *heads[5:]]]
        rows += body(leaves, spelling, lambda r, t, a: [t, a, "综合科" + r.target, plain(r.weight), plain(r.points), r.reason]) + [["总分", "", "", "", "", "", "100", plain(total), ""]]
        more["must_say"] = ["综合科" + row.target for row in leaves]
    elif layout == "four levels":
        rows = head(title, project, money, width=9)
        rows += [["一级指标", "二级指标", "三级指标", "四级指标", *heads[3:]]]
        rows += [[row[0], row[1], "具体工作", *row[2:]] for row in body(leaves, spelling, usual)] + [["总分", "", "", "", "", "", "100", plain(total), ""]]
    elif layout == "lines below":
        rows += [list(heads)] + body(leaves, spelling, usual) + [sum_row]
        rows += [["说明：请如实填写", "", "", "", "", "", "", ""], ["填报人：", "某某", "联系电话：", "", "填报日期：", "2024年1月5日", "", ""]]
    elif layout == "headings again":
        rows += [list(heads)]
        made = body(leaves, spelling, usual)
        rows += made[:3] + [list(heads)] + made[3:] + [sum_row]
    elif layout == "blocks with their points":
        named = [Row(f"{r.block}（{sum(x.weight for x in leaves if x.block == r.block)}分）", r.kind, r.name, r.sign, r.target, r.unit, r.actual, r.weight, r.points, r.reason) for r in leaves]
        rows += [list(heads)] + body(named, spelling, usual) + [sum_row]
    elif layout == "on its side":
        made = body(leaves, spelling, usual)
        for i, row in enumerate(made):  # nothing repeats to the right
            row[0], row[1] = leaves[i].block, leaves[i].kind
        table = [list(heads), *made]
        rows = [[title]] + [list(column) for column in zip(*table)]
        total = round(total - float(money[4]), 2)
        more["kinds"] = ("xlsx", "docx", "csv")
        more["scored"] = False
    elif layout == "traditional":
        words = str.maketrans("级标预算执计际报评绩资额总项满产数质量时长务对绩实现", "級標預算執計際報評績資額總項滿產數質量時長務對績實現")
        rows += [[h.translate(words) for h in heads]] + body(leaves, spelling, usual) + [[(c or "").translate(words) for c in sum_row]]
        rows[0] = [(title.translate(words), 8)] + [C] * 7
        rows[2:4] = [[c.translate(words) for c in row] for row in rows[2:4]]
    elif layout == "english":
        rows = [["Project self-evaluation form (2023)"] + [""] * 7, ["Project name", project] + [""] * 6,
                ["Level 1", "Level 2", "Level 3 indicator", "Annual target", "Actual value", "Weight", "Score", "Reason"]]
        names = {OUT: "Output", BEN: "Benefit", SAT: "Satisfaction"}
        for row in body(leaves, 0, usual):
            rows.append([names.get(row[0], row[0]), *row[1:]])
        rows += [["Total", "", "", "", "", "90", plain(total - float(money[4])), ""]]
        total = round(total - float(money[4]), 2)
        more["scored"] = False
    elif layout == "units in formats":
        rows += [list(heads)] + body(leaves, 0, usual) + [sum_row]
        more["kinds"] = ("xlsx formats",)
    elif layout == "hidden":
        rows += [list(heads)] + body(leaves, spelling, usual) + [sum_row]
        more["kinds"] = ("xlsx hidden", "docx hidden")
        more["must_say"] = ["旧指标"]
    elif layout == "money label column":
        rows[2][0], rows[2][1] = "", "年度预算数（万元）"
        rows += [list(heads)] + body(leaves, spelling, usual) + [sum_row]
    elif layout == "money in yuan":
        yuan = [plain(float(x) * 10000, 0) for x in money[:3]]
        yuan = [f"{int(float(x) * 10000):,}" for x in money[:3]]
        rows[2][0], rows[3][2:5] = "项目资金（单位：人民币元）", yuan
        rows += [list(heads)] + body(leaves, spelling, usual) + [sum_row]
    elif layout == "marks":
        rows += [list(heads)] + body(leaves, spelling, lambda r, t, a: [t, a + "*", plain(r.weight) + "分", plain(r.points), r.reason]) + [sum_row]
    elif layout == "sources":
        rows += [["", "其中：财政拨款", money[0], money[1], money[2], "—", money[3], "—"], ["", "其他资金", "0", "0", "0", "—", "", "—"]]
        rows += [list(heads)] + body(leaves, spelling, usual) + [sum_row]
    elif layout == "bonuses and vetoes":
        words = [("加分项", "扣分项", "一票否决项"), ("附加分", "减分项", "否决项"), ("加减分项", "加减分项", "一票否决"), ("奖励加分（最高3分）", "倒扣分", "一票否决指标")][seed % 4]
        bonus, penalty = random_.choice((0, 1, 2)), random_.choice((0, 1, 2, 3))
        rows += [list(heads)] + body(leaves, spelling, usual)
        rows += [[words[0], "", topic + "获表彰", "每获1项加1.5分，最多3分", f"{bonus}项", "3", plain(min(3, 1.5 * bonus)), "有文件"],
                 [words[1], "", topic + "审计问题", "每个扣1分，最多扣5分", f"{penalty}个", "-5", plain(-penalty), "审计报告"],
                 [words[2], "", topic + "重大责任事故", "不发生", "未发生", "—", "—", ""]]
        total = round(total + min(3, 1.5 * bonus) - penalty, 2)
        rows += [["总分", "", "", "", "", "100", plain(min(100, total)), ""]]
        total = min(100, total)
    elif layout == "goals":
        rows += [["年度总体目标", "预期目标", "", "", "实际完成情况", "", "", ""], ["", "按计划完成全年工作", "", "", "全部完成", "", "", ""]]
        rows += [list(heads)] + body(leaves, spelling, usual) + [sum_row]
    else:
        raise ValueError(layout)
    return Form(f"{layout}.{seed}", layout, rows, leaves, total, **more)


LAYOUTS = ["standard", "label column", "sign, value, unit", "two rows of headings", "weights first", "completion rate", "execution in a row",
           "names of blocks in rows", "subtotals", "two years", "mid-year", "reviewed", "adjusted targets", "percent weights", "parts of one", "total of ten",
           "an unknown column", "four levels", "lines below", "headings again", "blocks with their points", "on its side", "traditional", "english",
           "units in formats", "hidden", "money label column", "money in yuan", "marks", "sources", "goals", "bonuses and vetoes"]
# Scoring tables: points given by a reviewer, no targets

SCORING = {
    "投入": [("预算配置", ["在职人员控制率", "“三公经费”变动率", "重点支出安排率"])],
    "过程": [("预算执行", ["预算调整率", "支付进度率", "资金结余情况"]), ("预算管理", ["管理制度健全性", "资金使用合规性", "信息公开情况"])],
    "产出及效果": [("职责履行", ["重点工作完成率", "质量达标率"]), ("履职效益", ["经济效益", "社会公众满意度"])],
}
STANDARDS = ["以100%为标准，达到计满分；每超过一个百分点扣0.5分，扣完为止。", "制度健全得满分，缺一项扣1分。", "≥90%计满分；80%（含）-90%，计一半；低于80%不得分。", "由评价组综合评定。"]
SCORING_HEADS = [
    ("一级指标", "二级指标", "三级指标", "分值", "评分标准", "自评得分", "扣分原因和其他说明"),
    ("一级 指标", "二级 指标", "三级 指标", "权重", "评价标准", "得分", "扣分说明"),
    ("一级指标", "二级指标", "指标名称", "标准分", "计分规则", "评价得分", "扣分原因"),
    ("一级指标", "二级指标", "评价指标", "满分", "赋分标准", "实际得分", "原因说明"),
]


def scored_leaves(random_):
    rows = []
    for block, types in SCORING.items():
        for kind, names in types:
            for name in names:
                rows.append([block, kind, name])
    weights = [10, 8, 6, 8, 10, 6, 10, 8, 6, 8, 7, 7, 6]
    random_.shuffle(weights)
    out = []
    for (block, kind, name), weight in zip(rows, weights):
        lost = random_.choice((0, 0, 0, 1, 0.5, 1.6))
        out.append(Row(block, kind, name, "", "", "", "", weight, round(weight - lost, 2), "评审时材料不全" if lost else ""))
    return out


def scoring(layout, seed):
    random_ = random.Random(f"{layout} {seed}")
    heads = SCORING_HEADS[seed % len(SCORING_HEADS)]
    leaves = scored_leaves(random_)
    standards = [random_.choice(STANDARDS) for _ in leaves]
    total = round(sum(r.points for r in leaves), 2)
    title = ["部门整体支出绩效评价指标评分表（2023年度）", "2023年度部门整体支出绩效自评表", "项目支出绩效评价评分表（2023年度）", "2023年度预算绩效评价指标打分表"][seed % 4]

    def under(level, key):
        return plain(sum(r.weight for r in leaves if getattr(r, level) == key))

    def earned(level, key):
        return plain(sum(r.points for r in leaves if getattr(r, level) == key))

    def new(i, level):
        return i == 0 or getattr(leaves[i], level) != getattr(leaves[i - 1], level)

    def span(i, level):
        return sum(getattr(r, level) == getattr(leaves[i], level) for r in leaves)

    more = {}
    if layout == "scoring, three levels with points":
        merged = seed % 2 == 0
        rows = [[heads[0], heads[3], heads[1], heads[3], heads[2], heads[3], heads[4], heads[5], heads[6]]]
        for i, r in enumerate(leaves):
            cells = []
            for level, key in (("block", r.block), ("kind", r.kind)):
                for text in (key, under(level, key)):
                    cells.append((text, 1, span(i, level)) if new(i, level) and merged else text if new(i, level) else C if merged else "")
            rows.append([*cells, r.name, plain(r.weight), standards[i], plain(r.points), r.reason])
        rows.append(["合计", "100", "", "100", "", "100", "", plain(total), ""])
    elif layout == "scoring, points in names":
        rows = [[heads[0], heads[1], heads[2], heads[4], heads[5], heads[6]]]
        bracket = [("（", "分）"), ("(", "分)"), ("（", "分）"), ("[", "分]")][seed % 4]
        for i, r in enumerate(leaves):
            rows.append([f"{r.block}{bracket[0]}{under('block', r.block)}{bracket[1]}" if new(i, "block") else "",
                         f"{r.kind}{bracket[0]}{under('kind', r.kind)}{bracket[1]}" if new(i, "kind") else "",
                         f"{r.name}{bracket[0]}{plain(r.weight)}{bracket[1]}", standards[i], plain(r.points), r.reason])
        rows.append(["合计（100分）", "", "", "", plain(total), ""])
    elif layout == "scoring, two levels":
        rows = [["一级指标", heads[3], "二级指标", heads[3], heads[4], heads[5], heads[6]]]
        for i, r in enumerate(leaves):
            rows.append([r.block if new(i, "block") else "", under("block", r.block) if new(i, "block") else "", r.name, plain(r.weight), standards[i], plain(r.points), r.reason])
        rows.append(["总分", "100", "", "100", "", plain(total), ""])
    elif layout == "scoring, one level":
        rows = [["序号", ["评价内容", "考核内容", "评价指标", "评分项目"][seed % 4], heads[3], heads[4], heads[5], heads[6]]]
        rows += [[str(i + 1), r.name, plain(r.weight), standards[i], plain(r.points), r.reason] for i, r in enumerate(leaves)]
        rows.append(["合计", "", "100", "", plain(total), ""])
    elif layout == "scoring, rule last":
        rows = [[heads[0], heads[1], heads[2], "指标解释", heads[3], heads[5], heads[4], heads[6]]]
        for i, r in enumerate(leaves):
            rows.append([r.block if new(i, "block") else "", r.kind if new(i, "kind") else "", r.name, "用以反映" + r.name, plain(r.weight), plain(r.points), standards[i], r.reason])
        rows.append(["总分", "", "", "", "100", plain(total), "", ""])
    elif layout == "scoring, subtotals":
        rows = [[*heads]]
        for block in SCORING:
            of = [i for i, r in enumerate(leaves) if r.block == block]
            for i in of:
                r = leaves[i]
                rows.append([r.block if new(i, "block") else "", r.kind if new(i, "kind") else "", r.name, plain(r.weight), standards[i], plain(r.points), r.reason])
            rows.append(["小计", "", "", under("block", block), "", earned("block", block), ""])
        rows.append(["合计", "", "", "100", "", plain(total), ""])
    elif layout == "scoring, points at each level":
        rows = [["一级指标", "一级指标分值", "一级指标得分", heads[1], heads[2], heads[3], heads[4], heads[5], heads[6]]]
        for i, r in enumerate(leaves):
            first = new(i, "block")
            rows.append([r.block if first else "", under("block", r.block) if first else "", earned("block", r.block) if first else "",
                         r.kind if new(i, "kind") else "", r.name, plain(r.weight), standards[i], plain(r.points), r.reason])
        rows.append(["合计", "100", plain(total), "", "", "100", "", plain(total), ""])
    elif layout == "scoring, bonuses":
        rows = [[*heads]]
        for i, r in enumerate(leaves):
            rows.append([r.block if new(i, "block") else "", r.kind if new(i, "kind") else "", r.name, plain(r.weight), standards[i], plain(r.points), r.reason])
        rows.append([["加分项", "附加分", "加分指标", "奖励分"][seed % 4], "", "获省级表彰", "2", "每项加1分，最多加2分。", "1", "有文件"])
        rows.append([["扣分项", "减分项", "扣分指标", "倒扣分"][seed % 4], "", "审计查出问题", "-5", "由评价组酌情扣分。", "-2", "审计报告"])
        total = round(total + 1 - 2, 2)
        rows.append(["总得分", "", "", "100", "", plain(total), ""])
    elif layout == "scoring, english":
        rows = [["Level 1", "Level 2", "Indicator", "Weight", "Scoring standard", "Score", "Reason"]]
        for i, r in enumerate(leaves):
            rows.append([r.block if new(i, "block") else "", r.kind if new(i, "kind") else "", r.name, plain(r.weight), standards[i], plain(r.points), r.reason])
        rows.append(["Total", "", "", "100", "", plain(total), ""])
    else:
        raise ValueError(layout)
    width = len(rows[0])
    rows = [[(title, width)] + [C] * (width - 1), *rows]
    if any(isinstance(cell, tuple) and len(cell) == 3 for row in rows for cell in row):
        more["kinds"] = ("xlsx", "docx", "csv")
    return Form(f"{layout}.{seed}", layout, rows, leaves, total, **more)


SCORING_LAYOUTS = ["scoring, three levels with points", "scoring, points in names", "scoring, two levels", "scoring, one level", "scoring, rule last",
                   "scoring, subtotals", "scoring, points at each level", "scoring, bonuses", "scoring, english"]


def plant_scoring(form, check):
    """One thing changed in a scoring table; None where its layout has no place for it."""
    def row_of(leaf_): return next(row for row in form.rows if any(isinstance(c, str) and c.startswith(leaf_.name) for c in row))
    heading = form.rows[1]
    points = next(i for i, c in enumerate(heading) if c in [h[5] for h in SCORING_HEADS] + ["Score"])
    short = [leaf_ for leaf_ in form.leaves if leaf_.points < leaf_.weight]
    total_row = form.rows[-1]
    if check == "k1":
        if form.layout in ("scoring, one level", "scoring, subtotals", "scoring, points in names"): return None
        weights = [i for i, c in enumerate(heading) if c in [h[3] for h in SCORING_HEADS] + ["Weight"]]
        row_of(form.leaves[-1])[weights[-1]] = plain(form.leaves[-1].weight + 2)
    elif check == "k2":
        total_row[points] = plain(form.total - 3)
    elif check == "over-weight":
        leaf_ = form.leaves[2]
        row_of(leaf_)[points] = plain(leaf_.weight + 1)
    elif check == "k14":
        if not short: return None
        row_of(short[0])[-1] = ""
    form.planted = check
    form.name += "." + check
    return form


PLANTS = ["k1", "k2", "k5", "over-weight", "k14"]
PLANTED_LAYOUTS = ["standard", "label column", "weights first", "lines below", "goals", "sources", "money in yuan", "subtotals", "bonuses and vetoes"]


def plant(form, check):
    """One thing changed in the rows of the form; the layouts here have weight, points and reason in known columns."""
    heading = next(row for row in form.rows if any(isinstance(c, str) and c.replace(" ", "").startswith("一级") for c in row))
    at = {c: i for i, c in enumerate(heading) if isinstance(c, str)}
    heads = next(h for h in HEADINGS if h[5] in at and h[6] in at and h[4] in at and h[7] in at)
    actual, weight, points, reason = (at[heads[i]] for i in (4, 5, 6, 7))
    def row_of(leaf_): return next(row for row in form.rows if leaf_.name in row)
    short = [leaf_ for leaf_ in form.leaves if leaf_.points < leaf_.weight]
    last = form.leaves[-1]
    if check == "k1":
        row_of(last)[weight] = plain(last.weight + 2)
        if form.layout == "subtotals": return None
    elif check == "k2":
        total_row = next(row for row in form.rows if "总分" in row)
        total_row[total_row.index(plain(form.total))] = plain(form.total - 1.5)
    elif check == "k5":
        if not short: return None
        leaf_ = short[0]
        if (leaf_.weight - leaf_.points) < 0.3: return None
        row_of(leaf_)[points] = plain(leaf_.weight)
        total_row = next(row for row in form.rows if "总分" in row)
        total_row[total_row.index(plain(form.total))] = plain(form.total + leaf_.weight - leaf_.points)
        if form.layout == "subtotals": return None
    elif check == "over-weight":
        row_of(last)[points] = plain(last.weight + 1)
        if form.layout == "subtotals": return None
        total_row = next(row for row in form.rows if "总分" in row)
        total_row[total_row.index(plain(form.total))] = plain(form.total + 1)
    elif check == "k14":
        if not short: return None
        row_of(short[0])[reason] = ""
    form.planted = check
    form.name += "." + check
    return form


def forms(per_layout=4):
    for layout in LAYOUTS:
        for seed in range(per_layout):
            yield build(layout, seed)
    for layout in SCORING_LAYOUTS:
        for seed in range(per_layout):
            yield scoring(layout, seed)
        for check in ("k1", "k2", "over-weight", "k14"):
            for seed in (1, 2):
                spoilt = plant_scoring(scoring(layout, seed), check)
                if spoilt is not None:
                    yield spoilt
    for layout in PLANTED_LAYOUTS:
        for check in PLANTS:
            for seed in (1, 3):
                spoilt = plant(build(layout, seed), check)
                if spoilt is not None:
                    yield spoilt


# Kinds of file

def placed(rows):
    """(row, column, text, rows, columns) of every cell."""
    for r, row in enumerate(rows, 1):
        for c, cell in enumerate(row, 1):
            if cell is None:
                continue
            text, columns, height = (cell, 1, 1) if isinstance(cell, str) else (*cell, 1)[:3] if len(cell) == 2 else cell
            yield r, c, text, height, columns


def letter(column):
    return chr(64 + column)


def xlsx(form, path, extra):
    cells, merges, formats = {}, [], ["General"]
    hidden_row = None
    rows = form.rows
    if extra == "hidden":  # a row nobody sees, before the last indicator
        at = next(i for i, row in enumerate(rows) if form.leaves[-1].name in row)
        rows = rows[:at] + [["", "", "旧指标", "≥3次", "1次", "5", "2", ""]] + rows[at:]
        hidden_row = at + 1
    for r, c, text, height, width in placed(rows):
        if height > 1 or width > 1:
            merges.append(f"{letter(c)}{r}:{letter(c + width - 1)}{r + height - 1}")
        style, number = 0, None
        if extra == "formats" and text[:1] in "≥≤" and text[1:].rstrip("%人户次份起元/").replace(".", "").isdigit():
            number = text[1:].rstrip("%人户次份起元/")
            code = f'"{text[0]}"0"{text[1 + len(number):]}"'
            if code not in formats:
                formats.append(code)
            style = formats.index(code)
        if number is not None:
            cells.setdefault(r, []).append(f'<c r="{letter(c)}{r}" s="{style}"><v>{number}</v></c>')
        else:
            cells.setdefault(r, []).append(f'<c r="{letter(c)}{r}" t="inlineStr"><is><t xml:space="preserve">{html.escape(text)}</t></is></c>')
    hidden = {r: ' hidden="1"' if r == hidden_row else "" for r in cells}
    data = "".join(f'<row r="{r}"{hidden[r]}>{"".join(cells[r])}</row>' for r in sorted(cells))
    merged = "".join(f'<mergeCell ref="{m}"/>' for m in merges)
    merged = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    styles = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{html.escape(code)}"/>' for i, code in enumerate(formats))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("_rels/.rels", f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        out.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="自评表" sheetId="1" r:id="rId1"/></sheets></workbook>')
        out.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
                     f'<Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/></Relationships>')
        out.writestr("xl/styles.xml", f'<styleSheet xmlns="{main}"><numFmts>{styles}</numFmts><cellXfs>'
                     + "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(formats))) + "</cellXfs></styleSheet>")
        out.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData>{merged}</worksheet>')


def docx(form, path, extra):
    tall = {}  # column: rows a merged cell still covers
    body_ = ""
    for row in form.rows:
        line = ""
        for c, cell in enumerate(row):
            if cell is None:
                if tall.get(c, (0, 1))[0] > 0:
                    left, width = tall[c]
                    tall[c] = (left - 1, width)
                    span = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
                    line += f"<w:tc><w:tcPr>{span}<w:vMerge/></w:tcPr><w:p/></w:tc>"
                continue
            text, columns, height = (cell, 1, 1) if isinstance(cell, str) else (*cell, 1)[:3] if len(cell) == 2 else cell
            properties = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
            if height > 1:
                properties += '<w:vMerge w:val="restart"/>'
                tall[c] = (height - 1, columns)
            runs = "".join(f"<w:p><w:r><w:t>{html.escape(part)}</w:t></w:r></w:p>" for part in text.split("\n"))
            if extra == "hidden" and text == form.leaves[-1].name:
                runs = f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>旧指标</w:t></w:r><w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>"
            line += f"<w:tc><w:tcPr>{properties}</w:tcPr>{runs}</w:tc>"
        body_ += f"<w:tr>{line}</w:tr>"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("word/document.xml", f'<w:document xmlns:w="{word}"><w:body><w:tbl>{body_}</w:tbl></w:body></w:document>')


def grid(form):
    """Every row at full width, merged cells blank: as a spreadsheet program saves text."""
    width = max(len(row) for row in form.rows)
    out = []
    for row in form.rows:
        cells = ["" if cell is None else cell if isinstance(cell, str) else cell[0] for cell in row]
        out.append(cells + [""] * (width - len(cells)))
    return out


def quoted(text):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def write(form, kind, path):
    kind, _, extra = kind.partition(" ")
    if kind == "xlsx":
        xlsx(form, path, extra)
    elif kind == "docx":
        docx(form, path, extra)
    elif kind == "csv":
        path.write_text("".join(",".join(quoted(cell) for cell in row) + "\n" for row in grid(form)), encoding="utf-8")
    elif kind == "txt":
        path.write_text("".join("\t".join(cell.replace("\n", "") for cell in row) + "\n" for row in grid(form)), encoding="utf-8")
    elif kind == "md":
        lines = ["| " + " | ".join(cell.replace("\n", "<br>").replace("|", "\\|") for cell in row) + " |" for row in grid(form)]
        lines.insert(1, "|" + "---|" * len(grid(form)[0]))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    elif kind == "html":
        made = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}" for cell in row) for row in grid(form))
        path.write_text(f"<html><head><meta charset=utf-8></head><body><table border=1>{made}</table></body></html>", encoding="utf-8")
