"""Self-evaluation forms for the audit: clean ones in the shapes of the regions, and each with one thing wrong. All of it is invented.

A form is a dictionary; `rows()` lays it out as make_forms does: rows of cells, None where a merged cell covers.
"""
import copy

C = None


def leaf(block, kind, name, target, actual, weight, points, reason="", **more):
    return dict(block=block, kind=kind, name=name, target=target, actual=actual, weight=weight, points=points, reason=reason, **more)


def form(project, leaves, money, year=2023, execution=("10", "95%", "9.5"), total=None, **more):
    out = dict(project=project, year=year, leaves=leaves, money=money, execution=execution, total=total, rating="", unit="某区民政局", money_unit="万元",
               goal="完成全年救助和培训任务", reached="全部工作按期完成", columns=(), subtotals=False, execution_row=False)
    out.update(more)
    return out


OUT, BEN, SAT, COST = "产出指标", "效益指标", "满意度指标", "成本指标"
QTY, QLT, TIM, CST = "数量指标", "质量指标", "时效指标", "成本指标"
SOC, SUS, SRV, ECO = "社会效益指标", "可持续影响指标", "服务对象满意度指标", "经济成本指标"
BUDGET = [("年度资金总额", "120", "110", "104.5"), ("其中：当年财政拨款", "100", "90", "84.5"), ("上年结转资金", "20", "20", "20"), ("其他资金", "", "", "")]

CLEAN = {
    # 10 + 50/30/10, the frame of document 10 of 2020
    "standard": form("城乡困难群众救助", [
        leaf(OUT, QTY, "救助困难群众人数", "≥1200人", "1180人", "15", "14.75", "部分对象迁出，下年提前核对"),
        leaf(OUT, QTY, "开展培训期数", "≥4期", "4期", "10", "10"),
        leaf(OUT, QLT, "救助对象认定准确率", "≥98%", "99.1%", "10", "10"),
        leaf(OUT, TIM, "资金发放完成时间", "2023年12月31日前", "2023年12月20日", "10", "10"),
        leaf(OUT, CST, "人均救助标准", "≤800元", "800元", "5", "5"),
        leaf(BEN, SOC, "困难群众生活保障水平", "有所提升", "达成预期指标", "20", "18", "保障面尚可扩大"),
        leaf(BEN, SUS, "救助机制健全率", "≥95%", "95%", "10", "10"),
        leaf(SAT, SRV, "受助群众满意度", "≥90%", "93.5%", "10", "10"),
    ], BUDGET, rating="优"),
    # 20 + 60/10/10 with the sign, value and unit apart, completion rates and rules beside the rows
    "baoshan": form("乡镇文化站建设", [
        leaf(OUT, QTY, "建设文化站", ("≥", "9", "个"), "8", "20", "19", "一处用地未落实", completion="88.89%", rule="达9个得20分，少一个扣1分"),
        leaf(OUT, QLT, "验收合格率", ("≥", "98", "%"), "96", "20", "19", "两处返工", completion="97.96%", rule="每低1个百分点扣0.5分"),
        leaf(OUT, TIM, "完工时间", ("≤", "2023年11月30日", ""), "2023年11月28日", "20", "20", completion="100%", rule="逾期不得分"),
        leaf(BEN, SOC, "服务群众人次", ("≥", "5", "万人次"), "6.2", "10", "10", completion="124%", rule="按完成比例得分"),
        leaf(SAT, SRV, "群众满意度", ("≥", "85", "%"), "92.5", "10", "10", completion="100%", rule=""),
    ], [("年度资金总额", "2,000,000", "1,800,000", "1,620,000")], execution=("20", "90%", "18"), money_unit="元", rating="优",
        columns=("signs", "completion", "rule")),
    # 20 + 40/30/10
    "hubei": form("公共就业服务", [
        leaf(OUT, QTY, "开展招聘会场次", "≥60场", "63场", "20", "20"),
        leaf(OUT, QLT, "岗位信息有效率", "≥95%", "97%", "20", "20"),
        leaf(BEN, SOC, "新增就业人数", "≥5000人", "4800人", "30", "28.8", "年末用工需求下降"),
        leaf(SAT, SRV, "求职者满意度", "≥90%", "91.2%", "10", "10"),
    ], [("年度资金总额", "500", "500", "480")], execution=("20", "96%", "19.2"), rating="优", subtotals=True),
    # a cost block: 10 + 20/40/20/10
    "cost": form("道路养护", [
        leaf(COST, ECO, "每公里养护成本", "≤1.2万元", "1.16万元", "20", "20"),
        leaf(OUT, QTY, "养护里程", "=250公里", "250公里", "20", "20"),
        leaf(OUT, QLT, "养护合格率", "≥95%", "96%", "10", "10"),
        leaf(OUT, TIM, "完成时限", "2023年10月底前", "2023年10月15日", "10", "10"),
        leaf(BEN, SOC, "群众投诉次数", "≤3次", "1次", "20", "20"),
        leaf(SAT, SRV, "群众满意度", "≥90%", "90.6%", "10", "10"),
    ], [("年度资金总额", "300", "300", "300")], execution=("10", "100%", "10")),
    # 40/30/20/10, execution among the rows
    "rows": form("健康知识宣传", [
        leaf(OUT, QTY, "宣传场次", "≥40场", "42场", "20", "20"),
        leaf(OUT, QLT, "宣传材料合格率", "≥98%", "98.5%", "20", "20"),
        leaf(BEN, SOC, "居民健康知识知晓率", "≥80%", "78%", "30", "29.25", "流动人口较多"),
        leaf(SAT, SRV, "居民满意度", "≥90%", "92%", "20", "20"),
    ], [("年度资金总额", "50", "50", "48")], execution=("10", "96%", "9.6"), execution_row=True),
    # 10 + 60/30, no one served, points to the block in the headings
    "sixty": form("机房设备更新", [
        leaf("产出指标（60分）", "数量指标（30分）", "更新服务器", "=12台", "12台", "30", "30"),
        leaf("产出指标（60分）", "质量指标（20分）", "设备验收合格率", "≥98%", "99%", "20", "20"),
        leaf("产出指标（60分）", "时效指标（10分）", "完成时间", "2023年9月底前", "2023年9月12日", "10", "10"),
        leaf("效益指标（30分）", "社会效益指标（15分）", "系统可用率", "≥99.5%", "99.7%", "15", "15"),
        leaf("效益指标（30分）", "可持续影响指标（15分）", "故障恢复时间", "≤4小时", "3小时", "15", "15"),
    ], [("年度资金总额", "260", "260", "255.06")], execution=("10", "98.1%", "9.81"), goal="更新机房设备", reached="设备全部更新"),
    # with a column of evidence
    "evidence": form("职业技能提升", [
        leaf(OUT, QTY, "培训学员人数", "≥300人", "312人", "20", "20", evidence="签到表"),
        leaf(OUT, QLT, "考核通过率", "≥90%", "92%", "20", "20", evidence="考核成绩单"),
        leaf(OUT, CST, "人均培训成本", "≤1500元", "1480元", "10", "10", evidence="决算明细"),
        leaf(BEN, SOC, "学员就业率", "≥60%", "63%", "30", "30", evidence="就业回访记录"),
        leaf(SAT, SRV, "学员满意度", "≥90%", "94%", "10", "10", evidence="回收问卷286份"),
    ], [("年度资金总额", "50", "50", "49")], execution=("10", "98%", "9.8"), columns=("evidence",)),
    # without a column for reasons; by the ratio where less is better
    "beijing": form("办公用房维修", [
        leaf(OUT, QTY, "维修面积", "≥2000平方米", "2000平方米", "30", "30"),
        leaf(OUT, CST, "单位维修成本", "≤500元/平方米", "550元/平方米", "20", "18.18", "材料价格上涨"),
        leaf(BEN, SUS, "设施完好率", "≥95%", "96%", "30", "30"),
        leaf(SAT, SRV, "使用人员满意度", "≥90%", "95%", "10", "10"),
    ], [("年度资金总额", "110", "110", "110")], execution=("10", "100%", "10"), rating="优"),
}


def points_of(form):
    texts = [each["points"] for each in form["leaves"]] + [form["execution"][2]]
    total = 0.0
    for text in texts:
        try:
            total += float(text)
        except ValueError:
            pass
    return f"{round(total, 6):g}"


# A rule that does not say what half a step costs: either way of counting it is clean.
CLEAN["half-a-step"] = copy.deepcopy(CLEAN["baoshan"])
CLEAN["half-a-step"]["leaves"][1].update(actual="96.5", completion="98.47%", points="19.25")
CLEAN["declaration"] = None  # laid out by itself
DECLARED = [
    (OUT, QTY, "培训社工", "600人", "培训社工", "≥200人"),
    (OUT, CST, "人均培训成本", "≤1000元", "人均培训成本", "≤1000元"),
    (BEN, SOC, "持证上岗率", "≥60%", "持证上岗率", "≥50%"),
    (SAT, SRV, "学员满意度", "≥95%", "学员满意度", "≥95%"),
]


def declaration(leaves=DECLARED, goal="培养持证社工二百名", period="2025年1月-2027年12月"):
    rows = [
        [("项目支出绩效目标申报表", 8)] + [C] * 7,
        [("（2025年度）", 8)] + [C] * 7,
        [("项目名称", 2), C, ("社会工作人才培养", 6)] + [C] * 5,
        [("主管部门及代码", 2), C, ("105 某市民政局", 2), C, ("实施单位", 2), C, ("某市民政局", 2), C],
        [("项目期", 2), C, (period, 6)] + [C] * 5,
        [("项目资金\n（万元）", 2, 2), C, ("中期资金总额：", 2), C, "60", ("年度资金总额：", 2), C, "20"],
        [C, C, ("其中：财政拨款", 2), C, "60", ("其中：财政拨款", 2), C, "20"],
        [("总体目标", 1, 2), ("中期目标", 4), C, C, C, ("年度目标", 3), C, C],
        [C, ("培养持证社工六百名", 4), C, C, C, (goal, 3), C, C],
        [("绩效指标", 1, 1 + len(leaves)), "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
    ]
    return rows + [[C, block, kind, name, target, kind, annual, value] for block, kind, name, target, annual, value in leaves]


def rows(form):
    """Rows of cells: text, or (text, columns) or (text, columns, rows)."""
    columns = form["columns"]
    heads = ["一级指标", "二级指标", "三级指标"]
    heads += ["指标性质", "指标值", "度量单位"] if "signs" in columns else ["年度指标值"]
    heads += ["实际完成值"]
    heads += ["完成率"] if "completion" in columns else []
    heads += ["评分标准"] if "rule" in columns else []
    heads += ["分值", "得分"]
    heads += ["偏差原因分析及改进措施"] if "no-reasons" not in columns else []
    heads += ["佐证材料"] if "evidence" in columns else []
    width = max(len(heads), 10)

    def line(*cells):
        out = []
        for cell in cells:
            text, span = cell if isinstance(cell, tuple) else (cell, 1)
            out.append((text, span) if span > 1 else text)
            out += [C] * (span - 1)
        assert len(out) <= width, out
        if len(out) < width:  # the last cell takes what is left
            last = len(out) - 1
            while out[last] is C:
                last -= 1
            text = out[last][0] if isinstance(out[last], tuple) else out[last]
            out = out[:last] + [(text, width - last)] + [C] * (width - last - 1)
        return out

    out = [line(("项目支出绩效自评表", width)), line((f"（{form['year']}年度）", width)), line(("项目名称", 2), (form["project"], width - 2)),
           line(("主管部门", 2), ("某区民政局", 3), ("实施单位", 2), (form["unit"], width - 7))]
    weight, rate, points = form["execution"]
    in_table = not form["execution_row"] or form.get("both")
    unit = f"（{form['money_unit']}）" if form["money_unit"] else ""
    out.append(line((f"项目资金{unit}", 2), ("", 1), "年初预算数", "全年预算数", "全年执行数", *(["分值", "执行率", "得分"] if in_table else ["执行率"])))
    for i, (name, *amounts) in enumerate(form["money"]):
        tail = ([weight, rate, points] if in_table else [rate]) if i == 0 else (["-", "", "-"] if in_table else [""])
        out.append(line(("", 2), (name, 1), *amounts, *tail))
    out.append(line(("年度总体目标", 2), ("预期目标", 3), ("实际完成情况", width - 5)))
    out.append(line(("", 2), (form["goal"], 3), (form["reached"], width - 5)))
    out.append(line(*heads))
    leaves = form["leaves"]
    if form["execution_row"]:
        leaves = [leaf("预算执行", "预算执行率", "预算执行率", "≥95%", rate, weight, points)] + leaves
    above = None
    block_rows = []

    def subtotal():
        if form["subtotals"] and block_rows:
            sums = [f"{sum(float(each[key]) for each in block_rows):g}" for key in ("weight", "points")]
            given = form.get("subtotal", {}).get(block_rows[0]["block"])
            at = heads.index("分值")
            out.append(line((block_rows[0]["block"] + "小计", at), *(given or sums), ""))

    for each in leaves:
        if above is not None and above["block"] != each["block"]:
            subtotal()
            block_rows.clear()
        new_block = above is None or above["block"] != each["block"]
        new_kind = new_block or above["kind"] != each["kind"]
        cells = [each["block"] if new_block else "", each["kind"] if new_kind else "", each["name"]]
        target = each["target"]
        cells += list(target if isinstance(target, tuple) else ("", target, "")) if "signs" in columns else [target]
        cells.append(each["actual"])
        cells += [each.get("completion", "")] if "completion" in columns else []
        cells += [each.get("rule", "")] if "rule" in columns else []
        cells += [each["weight"], each["points"]]
        cells += [each["reason"]] if "no-reasons" not in columns else []
        cells += [each.get("evidence", "")] if "evidence" in columns else []
        out.append(line(*cells))
        above = each
        if each["block"] != "预算执行":
            block_rows.append(each)
    subtotal()
    at = heads.index("分值")
    out.append(line(("总分", at), form.get("whole", "100"), form["total"] if form["total"] is not None else points_of(form), ""))
    if form["rating"]:
        out.append(line(("自评等级", 2), (form["rating"], width - 2)))
    return out


class Edit:
    """A copy of a clean form to spoil: edit[3] is a row."""

    def __init__(self, base):
        self.form = copy.deepcopy(CLEAN[base])

    def __getitem__(self, i):
        return self.form["leaves"][i]

    def leaf(self, i, **values):
        self[i].update(values)
        return self

    def money(self, i, *amounts):
        self.form["money"][i] = (self.form["money"][i][0], *amounts)
        return self

    def set(self, **values):
        self.form.update(values)
        return self


def cases():
    """name: (spoilt form, clean twin or the name of the clean form it comes from)."""
    E = Edit
    low = dict(execution=("10", "86.19%", "8.62"), reached="剩余资金待结算支付")
    out = {
        "k1-sum": (E("standard").leaf(1, weight="20", points="20"), "standard"),
        "k1-printed": (E("standard").set(whole="120"), "standard"),
        "k1-heading": (E("sixty").leaf(0, block="产出指标（50分）").leaf(1, block="产出指标（50分）").leaf(2, block="产出指标（50分）"), "sixty"),
        "k1-type": (E("sixty").leaf(0, kind="数量指标（20分）"), "sixty"),
        "k1-subtotal": (E("hubei").set(subtotal={OUT: ["50", "40"]}), "hubei"),
        "k2-total": (E("standard").set(total="98.25"), "standard"),
        "k2-left-out": (E("standard").set(total="87.75"), "standard"),
        "k2-twice": (E("cost").set(total="110"), "cost"),
        "k2-whole": (E("standard").set(total="97"), "standard"),
        "k2-subtotal": (E("hubei").set(subtotal={OUT: ["40", "39"]}), "hubei"),
        "k3-cut": (E("standard").money(0, "120", "110", "94.81").money(1, "100", "90", "74.81").set(execution=("10", "86.19%", "8"), reached="剩余资金待结算支付"),
                   E("standard").money(0, "120", "110", "94.81").money(1, "100", "90", "74.81").set(**low)),
        "k3-no-formula": (E("standard").leaf(0, target="≥8755户", actual="8676户", points="13"), E("standard").leaf(0, target="≥8755户", actual="8676户", points="14.86")),
        "k3-beside-the-rule": (E("baoshan").leaf(0, points="17.78"), "baoshan"),
        "k3-rate-first": (E("hubei").leaf(2, actual="4823人", points="28.95"), E("hubei").leaf(2, actual="4823人", points="28.94")),
        "k3-twice": (E("standard").leaf(0, points="2.21"), "standard"),
        "k3-initial": (E("standard").set(execution=("10", "95%", "8.71")), "standard"),
        "k3-grade": (E("standard").leaf(5, points="12"), "standard"),
        "k3-out-of-ten": (E("standard").leaf(0, points="9.83"), "standard"),
        "k4": (E("standard").leaf(1, points="9"), E("standard").leaf(1, points="9", reason="两期合并举办，按制度扣分")),
        "k5": (E("standard").leaf(0, points="15", reason=""), "standard"),
        "k5-whole": (E("rows").leaf(2, actual="79.6%", points="30", reason="流动人口较多"), E("rows").leaf(2, actual="79.6%", points="29.85")),
        "k6": (E("standard").leaf(1, actual="9期"), E("standard").leaf(1, actual="9期", reason="上级追加任务")),
        "k6-saved": (E("standard").leaf(4, actual="400元"), E("standard").leaf(4, actual="400元", reason="改为集中采购")),
        "k7": (E("standard").money(1, "100", "90", "94.5"), "standard"),
        "k7-nothing": (E("standard").money(0, "0", "0", "0").set(execution=("10", "", "0")), "standard"),
        "k8-sum": (E("standard").set(goal="办公费40万元、培训费25万元、设备费28万元，共102.6万元"), E("standard").set(goal="办公费40万元、培训费25万元、设备费45万元，共110万元")),
        "k8-nearly": (E("standard").set(reached="支出救助金50万元、培训费30万元、设备费24.49万元"), E("standard").set(reached="支出救助金50万元、培训费30万元、设备费24.5万元")),
        "k9": (E("standard").leaf(4, name="项目总成本", target="≤110万元", actual="110万元"), E("standard").leaf(4, name="项目总成本", target="≤110万元", actual="104.5万元")),
        "k10-hundred": (E("standard").leaf(2, target="≥100%", actual="100%"), E("standard").leaf(2, target="=100%", actual="100%")),
        "k10-above": (E("standard").leaf(2, target=">100%", actual="100%", points="10"), E("standard").leaf(2, target="=100%", actual="100%")),
        "k10-count": (E("standard").leaf(1, target="≤4期"), "standard"),
        "k10-cost": (E("standard").leaf(4, target="≥800元"), "standard"),
        "k11": (E("standard").leaf(0, weight="1", points="0.98").leaf(1, weight="1", points="1").leaf(2, weight="47", points="47").leaf(3, weight="1", points="1").leaf(4, weight="0", points="0"), "standard"),
        "k12-benefit": (E("sixty").set(leaves=copy.deepcopy(CLEAN["sixty"]["leaves"][:3])).leaf(0, block=OUT, kind=QTY, weight="45", points="45").leaf(1, block=OUT, kind=QLT, weight="35", points="35").leaf(2, block=OUT, kind=TIM), "sixty"),
        "k12-satisfaction": (E("standard").set(leaves=copy.deepcopy(CLEAN["standard"]["leaves"][:7])).leaf(6, weight="20", points="20"), "standard"),
        "k13-block": (E("standard").leaf(6, block=SAT), "standard"),
        "k13-type": (E("standard").leaf(2, name="资金发放及时率"), "standard"),
        "k13-swapped": (E("standard").leaf(3, name="2023年12月底", target="全部完成", actual="2023年12月20日"), "standard"),
        "k14": (E("standard").leaf(0, reason=""), "standard"),
        "k14-execution": (E("standard").money(0, "120", "110", "94.81").money(1, "100", "90", "74.81").set(execution=("10", "86.19%", "8.62")),
                          E("standard").money(0, "120", "110", "94.81").money(1, "100", "90", "74.81").set(**low)),
        "k14-no-column": (E("beijing").set(columns=("no-reasons",)), "beijing"),
        "k15-no-target": (E("standard").leaf(1, target=""), "standard"),
        "k15-short": (E("beijing").leaf(2, actual="60%", points="18.95", reason="").set(rating="良"), E("beijing").leaf(2, actual="60%", points="18.95", reason="部分设施老化").set(rating="良")),
        "k15-unproved": (E("evidence").leaf(3, target="明显提升", actual="达成预期指标", evidence=""), E("evidence").leaf(3, target="明显提升", actual="达成预期指标")),
        "k16-word": (E("standard").leaf(1, actual="完成"), "standard"),
        "k16-whether": (E("standard").leaf(7, name="受助群众是否满意"), "standard"),
        "k17-target": (E("standard").leaf(3, target="2022年12月31日前", actual="2022年12月20日"), "standard"),
        "k17-actual": (E("standard").leaf(3, actual="2021年12月20日"), "standard"),
        "k18-rate": (E("standard").set(execution=("10", "96%", "9.6")), "standard"),
        "k18-rounded": (E("standard").money(0, "120", "110", "94.8").money(1, "100", "90", "74.8").set(execution=("10", "86.19%", "8.62"), reached="剩余资金待结算支付"),
                        E("standard").money(0, "120", "110", "94.8").money(1, "100", "90", "74.8").set(execution=("10", "86.18%", "8.62"), reached="剩余资金待结算支付")),
        "k18-completion": (E("baoshan").leaf(0, completion="95%"), "baoshan"),
        "k19": (E("cost").money(0, "300", "300", "201").set(execution=("10", "67%", "5"), reached="剩余资金待结算支付"), "cost"),
        "k20-blank": (E("evidence").leaf(1, evidence=""), "evidence"),
        "k20-sample": (E("evidence").leaf(4, evidence="回收问卷12份"), "evidence"),
        "k20-repeated": (E("evidence").leaf(0, evidence="工作总结").leaf(1, evidence="工作总结").leaf(2, evidence="工作总结"), "evidence"),
        "k21": (E("hubei").leaf(0, actual="60场").leaf(1, actual="95%").leaf(2, actual="5000人", points="30", reason="").leaf(3, actual="90%"), "hubei"),
        "k21-words": (E("standard").leaf(5, actual="有所提升", points="20", reason=""), "standard"),
        "k22-product": (E("standard").set(goal="培训200人×3天×300元=200000元"), E("standard").set(goal="培训200人×3天×300元=180000元")),
        "inequality": (E("standard").leaf(2, actual="≥98%"), "standard"),
        "inequality-deadline": (E("standard").leaf(3, actual="2023年12月20日前"), "standard"),
        "unit-fraction": (E("standard").leaf(7, actual="0.935"), "standard"),
        "unit-kinds": (E("standard").leaf(1, actual="4万元"), "standard"),
        "unit-counts": (E("standard").leaf(1, actual="4人"), "standard"),
        "over-spent": (E("standard").money(0, "120", "110", "115.5").money(1, "100", "90", "95.5").set(execution=("10", "105%", "10")), "standard"),
        "over-rate": (E("standard").leaf(7, actual="290%"), "standard"),
        "over-rate-target": (E("standard").leaf(7, target="≥290%"), "standard"),
        "no-result": (E("standard").leaf(1, actual=""), "standard"),
        "no-points": (E("standard").leaf(1, points=""), "standard"),
        "weight-twice": (E("rows").set(both=True), "rows"),
        "total-place": (E("standard").set(execution=("10", "95%", "96.75")), "standard"),
        "over-weight": (E("standard").leaf(1, points="12"), "standard"),
        "not-a-number": (E("standard").leaf(1, points="优", weight="10").set(total="87.25"), "standard"),
        "rating": (E("standard").set(rating="良"), "standard"),
        "rating-looser": (E("hubei").leaf(0, actual="40场", points="13.33", reason="场地紧张").leaf(1, actual="80%", points="16.84", reason="核对不足").set(rating="优"),
                          E("hubei").leaf(0, actual="40场", points="13.33", reason="场地紧张").leaf(1, actual="80%", points="16.84", reason="核对不足").set(rating="良")),
        "rating-computed": (E("hubei").leaf(0, actual="30场", points="20", reason="场地紧张").leaf(1, points="20"), "hubei"),
    }
    forms = {}
    for name, (spoilt, twin) in out.items():
        forms[name] = (rows(spoilt.form), rows(twin.form) if isinstance(twin, Edit) else None)
    forms["k22-midterm"] = (declaration([(OUT, QTY, "培训社工", "900人", "培训社工", "≥200人")] + DECLARED[1:]), declaration())
    forms["k22-period"] = (declaration(period="2025年1月-12月"), None)
    return forms


def clean_forms():
    return {name: rows(form) for name, form in CLEAN.items() if form is not None}
