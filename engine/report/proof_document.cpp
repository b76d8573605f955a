// A rule set proved, for people and for other programs.
#include <cmath>

#include "page/csv.hpp"
#include "page/document.hpp"
#include "page/json_values.hpp"
#include "page/words.hpp"
#include "report/rendering.hpp"
#include "report/story.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
using page::number;
using page::text;
namespace {

Text property_name(const std::string& property) {
  constexpr struct {
    const char* id;
    const char* zh;
    const char* en;
  } names[] = {{"bounded", "范围", "bounded"},
               {"complete", "处处有得分", "complete"},
               {"monotone", "单调", "monotone"},
               {"direction", "方向", "direction"},
               {"continuous", "连续", "continuous"},
               {"reached", "分支", "branches"},
               {"weights", "权重", "weights"},
               {"total", "总分", "total"},
               {"bands", "等级", "ratings"},
               {"vetoes", "否决", "vetoes"},
               {"adjustments", "加扣分", "adjustments"},
               {"rounding", "舍入", "rounding"}};
  for (const auto& one : names) {
    if (property == one.id) return {one.zh, one.en};
  }
  return {property, property};
}

Text verdict_name(const ProofPoint& point) {
  switch (point.verdict) {
    case Verdict::holds: return {"✓ 成立", "✓ holds"};
    case Verdict::fails:
      if (point.is_fault) return {"✗ 有错", "✗ fault"};
      return {"– 不成立", "– not so"};
    case Verdict::undecided: break;
  }
  return {"? 不能确定", "? undecided"};
}

Text shape_name(const std::string& shape) {
  constexpr struct {
    const char* id;
    const char* zh;
    const char* en;
  } names[] = {{"flat", "不变", "stays"},
               {"rises", "上升", "rises"},
               {"falls", "下降", "falls"},
               {"steps up", "阶梯上升", "rises in steps"},
               {"steps down", "阶梯下降", "falls in steps"},
               {"unknown", "不能确定", "undecided"},
               {"outside", "不适用", "outside its domain"},
               {"none", "算不出", "no points"}};
  for (const auto& one : names) {
    if (shape == one.id) return {one.zh, one.en};
  }
  return {shape, shape};
}

class ProofPage {
 public:
  ProofPage(const RulesProof& proof, Language language) : proof_(proof), language_(language) {}

  Document make() {
    out_.title = (proof_.title.empty() ? proof_.rules : proof_.title.in(language_)) +
                 say({"：证明", ": proof"});
    head();
    if (!proof_.points.empty()) {
      out_.heading(say({"规则集整体", "The rule set as a whole"}));
      put_points(proof_.points);
    }
    for (const MethodProof& method : proof_.methods) put_method(method);
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Text& text) const { return text.in(language_); }
  [[nodiscard]] std::string label(const Label& label) const {
    return std::string(label.in(language_));
  }

  void head() {
    std::string methods = std::to_string(proof_.methods.size());
    if (proof_.by_name_only > 0)
      methods += say(
          {"（另有 " + std::to_string(proof_.by_name_only) + " 个只按名称选用，加 --all 一并证明）",
           " (" + std::to_string(proof_.by_name_only) +
               " more are used by name only: --all proves them too)"});
    out_.facts(
        {{label(word::rules), proof_.rules + " " + proof_.version},
         {say({"成立", "hold"}), std::to_string(proof_.count(Verdict::holds))},
         {say({"不成立", "not so"}), std::to_string(proof_.count(Verdict::fails))},
         {say({"不能确定", "undecided"}), std::to_string(proof_.count(Verdict::undecided))},
         {say({"方法与指标", "methods and indicators"}), methods},
         {say({"所证的数", "proved for"}),
          say({"绝对值不超过 10^15（正数不小于 10^-9）的一切数；差别在 10^-9 分以内视为舍入",
               "all numbers up to 10^15 in size, positive ones from 10^-9; differences within "
               "10^-9 points are rounding"})}});
  }

  void put_points(const std::vector<ProofPoint>& points) {
    Grid grid;
    grid.columns = {
        {say({"性质", "property"})}, {say({"结论", "verdict"})}, {say({"说明", "what was found"})}};
    for (const ProofPoint& point : points)
      grid.rows.push_back(
          {say(property_name(point.property)), say(verdict_name(point)), say(point.text)});
    out_.grid(std::move(grid));
  }

  void put_method(const MethodProof& method) {
    out_.heading(
        (method.indicator.empty() ? method.method : method.indicator + " ← " + method.method) +
            "  " + method.title.in(language_),
        3);
    std::vector<Fact> facts{{label(word::formula), method.formula, FactKind::code}};
    if (!method.domain.empty())
      facts.push_back({label(word::domain), method.domain, FactKind::code});
    out_.facts(std::move(facts));
    put_points(method.points);
    put_curves(method);
    bool has_cliffs = false;
    for (const ProvedCurve& curve : method.curves) has_cliffs = has_cliffs || !curve.cliffs.empty();
    if (!has_cliffs || method.cite.empty()) return;
    std::vector<Fact> sources;
    for (const Cited& cite : method.cite)
      sources.push_back({say({"跳跃的依据", "the jumps' source"}), cited_text(cite, language_)});
    out_.facts(std::move(sources));
  }

  [[nodiscard]] static std::string points_text(double points, const ProvedCurve& curve) {
    if (!std::isfinite(points)) return "";
    if (std::fabs(points) >= 1e9) return points > 0 ? "∞" : "-∞";
    const std::string text = value::plain(points, 6);
    if (curve.weight != 1 || text == "0") return text;
    return text == "1" ? "W" : text + "*W";
  }

  void put_curves(const MethodProof& method) {
    constexpr std::size_t most_rows = 12;
    Grid grid;
    grid.columns = {{say({"状态", "state"})},
                    {say({"情形", "with"}), false, true},
                    {"", false, true},
                    {say({"从", "from"}), true, true},
                    {say({"到", "to"}), true, true},
                    {say({"走势", "shape"})},
                    {say({"起点得分", "points there"}), true},
                    {say({"终点得分", "and at its end"}), true}};
    for (const ProvedCurve& curve : method.curves) {
      std::size_t shown = 0;
      for (const CurvePiece& piece : curve.pieces) {
        if (++shown > most_rows) {
          grid.rows.push_back({"", "", "", "…", "", "", "", ""});
          break;
        }
        grid.rows.push_back({curve.state.in(language_), curve.setting, curve.x, piece.from_text,
                             piece.to_text, say(shape_name(piece.shape)),
                             points_text(piece.from_points, curve),
                             points_text(piece.to_points, curve)});
      }
    }
    out_.grid(std::move(grid));
  }

  const RulesProof& proof_;
  Language language_;
  Document out_;
};

Json points_json(const std::vector<ProofPoint>& points) {
  Json out = Json::array();
  for (const ProofPoint& point : points)
    out.push_back({{"property", point.property},
                   {"verdict", name(point.verdict)},
                   {"fault", point.is_fault},
                   {"text", text(point.text)}});
  return out;
}

// Numbers at and beyond the largest are without end.
Json place_number(double x) { return std::fabs(x) >= 1e15 ? Json(nullptr) : number(x); }

Json curve_json(const ProvedCurve& curve) {
  Json out = {{"x", curve.x},
              {"setting", or_null(curve.setting)},
              {"state", curve.state.empty() ? Json(nullptr) : text(curve.state)},
              {"weight", number(curve.weight)},
              {"target", number(curve.target)},
              {"upper", number(curve.upper)},
              {"pieces", Json::array()},
              {"cliffs", Json::array()}};
  for (const CurvePiece& piece : curve.pieces)
    out["pieces"].push_back({{"shape", piece.shape},
                             {"from", place_number(piece.from)},
                             {"to", place_number(piece.to)},
                             {"from_text", piece.from_text},
                             {"to_text", piece.to_text},
                             {"from_points", number(piece.from_points)},
                             {"to_points", number(piece.to_points)}});
  for (const CurveCliff& cliff : curve.cliffs)
    out["cliffs"].push_back({{"at", number(cliff.at)},
                             {"place", cliff.place},
                             {"before", number(cliff.before)},
                             {"after", number(cliff.after)},
                             {"alone", number(cliff.alone)}});
  return out;
}

}  // namespace

Document proof_document(const RulesProof& proof, Language language) {
  return ProofPage(proof, language).make();
}

std::string proof_json(const RulesProof& proof) {
  Json out = {
      {"schema", "jixiao/proof/1"},
      {"engine", proof.engine},
      {"rules", {{"id", proof.rules}, {"version", proof.version}, {"title", text(proof.title)}}},
      {"faults", proof.has_fault()},
      {"holds", proof.count(Verdict::holds)},
      {"fails", proof.count(Verdict::fails)},
      {"undecided", proof.count(Verdict::undecided)},
      {"by_name_only", proof.by_name_only},
      {"points", points_json(proof.points)},
      {"methods", Json::array()}};
  for (const MethodProof& method : proof.methods) {
    Json one = {{"method", method.method},
                {"indicator", or_null(method.indicator)},
                {"title", text(method.title)},
                {"formula", method.formula},
                {"domain", or_null(method.domain)},
                {"may_leave", method.may_leave},
                {"never_falls", method.never_falls},
                {"never_rises", method.never_rises},
                {"cite", cited(method.cite)},
                {"points", points_json(method.points)},
                {"curves", Json::array()}};
    for (const ProvedCurve& curve : method.curves) one["curves"].push_back(curve_json(curve));
    out["methods"].push_back(std::move(one));
  }
  return dump(out);
}

std::string proof_csv(const RulesProof& proof, Language language) {
  const auto line = [](std::initializer_list<std::string> cells) {
    const std::vector<std::string> all(cells);
    return csv_line(all);
  };
  std::string out = line({"method", "indicator", "property", "verdict", "fault", "text"});
  const auto put = [&](const std::string& method, const std::string& indicator,
                       const std::vector<ProofPoint>& points) {
    for (const ProofPoint& point : points)
      out += line({method, indicator, point.property, name(point.verdict),
                   point.is_fault ? "1" : "0", point.text.in(language)});
  };
  put("", "", proof.points);
  for (const MethodProof& method : proof.methods)
    put(method.method, method.indicator, method.points);
  return out;
}

}  // namespace jixiao::report
