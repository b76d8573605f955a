#include "filing/self_evaluation.hpp"

#include <algorithm>
#include <cmath>

#include "filing/words.hpp"
#include "text/toml.hpp"
#include "value/rounding.hpp"

namespace jixiao::filing {

namespace {

using value::Kind;

bool is_whole_hundreds(double yuan) { return std::abs(yuan / 100 - std::round(yuan / 100)) < 1e-9; }

class Filler {
 public:
  Filler(const ruleset::RuleSet& rules, const project::Project& project, const Scorecard& card,
         Language language)
      : rules_(rules), project_(project), card_(card), language_(language) {
    out_.language = language;
  }

  SelfEvaluation fill_in() {
    find_out_whether_scoring();
    head();
    money();
    for (std::size_t i = 0; i < card_.indicators.size(); ++i) {
      if (!in_money(card_.indicators[i])) out_.lines.push_back(line(i));
    }
    sort_lines();
    merge_headings();
    foot();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string in(const Text& text) const { return text.in(language_); }
  [[nodiscard]] bool zh() const { return language_ == Language::zh; }

  void find_out_whether_scoring() {
    const auto& all = project_.indicators;
    out_.scoring = !all.empty() && std::all_of(all.begin(), all.end(), is_assessed);
  }

  static bool is_assessed(const project::Indicator& indicator) {
    return !indicator.target && indicator.method.text == "value.direct";
  }

  void head() {
    out_.project = in(project_.name);
    out_.department = project_.department;
    if (out_.department.empty() && project_.declaration && project_.declaration->department)
      out_.department = project_.declaration->department->text;
    out_.unit = project_.unit;
    out_.year = project_.year;
    out_.illustrative = card_.illustrative;
    if (project_.declaration && project_.declaration->annual_goals)
      out_.goal = project_.declaration->annual_goals->text;
    // Of invented results the note says that they are invented: no word about the goals.
    if (!card_.illustrative) out_.reached = in(card_.results_note);
    if (out_.reached.empty() && project_.has_results && !out_.scoring) {
      out_.reached = draft_mark(language_) + proposed_outcome(card_, language_);
      out_.reached_proposed = true;
    }
  }

  // The execution of the budget stands beside the money, not among the indicators.
  [[nodiscard]] bool in_money(const IndicatorStory& story) const {
    return std::any_of(rules_.indicators.begin(), rules_.indicators.end(), [&](const auto& fixed) {
      return fixed.id == story.id && fixed.block != ruleset::none &&
             rules_.blocks[fixed.block].id == "execution";
    });
  }

  void money() {
    const project::Money& money = project_.money;
    const auto amount = [](const project::Amount& a) {
      return a.yuan.ok() ? std::optional(a.yuan.value) : std::nullopt;
    };
    MoneyLine total{std::string(word::year_total.in(language_)),
                    amount(money.initial),
                    amount(money.adjusted),
                    amount(money.executed),
                    {},
                    {},
                    {}};
    total.rate = card_.execution_rate;
    for (const IndicatorStory& story : card_.indicators) {
      if (!in_money(story)) continue;
      total.weight = total.weight.value_or(0) + story.weight;
      if (story.state == "ok") total.points = total.points.value_or(0) + story.points;
    }
    out_.money.push_back(total);
    for (const project::MoneySource& source : money.sources)
      out_.money.push_back({std::string(word::of_which.in(language_)) + in(source.name),
                            amount(source.initial),
                            amount(source.adjusted),
                            amount(source.executed),
                            {},
                            {},
                            {}});
    bool whole = true;
    for (const MoneyLine& each : out_.money) {
      for (const auto& yuan : {each.initial, each.adjusted, each.executed})
        whole = whole && (!yuan || is_whole_hundreds(*yuan));
    }
    out_.money_scale = whole ? 10000 : 1;
    out_.money_unit = zh() ? (whole ? "万元" : "元") : (whole ? "10,000 yuan" : "yuan");
  }

  [[nodiscard]] const project::Indicator* indicator_of(const IndicatorStory& story) const {
    const auto found = std::find_if(project_.indicators.begin(), project_.indicators.end(),
                                    [&](const auto& i) { return i.id == story.id; });
    return found == project_.indicators.end() ? nullptr : &*found;
  }

  // The target as written, with the sign or deadline it has; Chinese, as targets are.
  [[nodiscard]] std::string target_of(const IndicatorStory& story,
                                      const project::Indicator* indicator) const {
    if (indicator == nullptr)
      return story.target.empty() ? std::string() : story.sign + story.target;
    if (!indicator->target || indicator->kind == Kind::key_points) {
      if (indicator->kind == Kind::grade && indicator->target_text.empty())
        return zh() ? "达成预期指标" : "as expected";
      return indicator->target_text;
    }
    const value::Field& field = *indicator->target;
    if (field.direction || (indicator->kind != Kind::number && indicator->kind != Kind::date))
      return indicator->target_text;
    if (indicator->kind != Kind::date || indicator->direction != value::Direction::at_most)
      return story.sign + indicator->target_text;
    const value::Date day{static_cast<std::int32_t>(field.high)};
    if (!zh()) return "by " + day.iso();
    return std::to_string(day.year()) + "年" + std::to_string(day.month()) + "月" +
           std::to_string(day.day()) + "日前";
  }

  [[nodiscard]] std::string actual_of(const IndicatorStory& story,
                                      const project::Indicator* indicator) const {
    if (indicator == nullptr) return story.state == "ok" ? story.actual : std::string();
    if (!indicator->result) return {};
    if (indicator->result->not_applicable) return std::string(word::not_applicable.in(language_));
    if (!indicator->result->key_points.empty()) return story.actual;
    return indicator->result->text;
  }

  // A method the project names itself, by its id and parameters: an import reads them back.
  [[nodiscard]] std::string rule_of(const IndicatorStory& story,
                                    const project::Indicator* indicator) const {
    if (indicator == nullptr || (indicator->method.text.empty() && indicator->params.empty()))
      return {};
    const std::string id = indicator->method.text.empty() ? story.method : indicator->method.text;
    if (id.empty()) return {};
    std::string out = "〔" + id;
    for (const auto& param : indicator->params)
      out += "；" + param.name + "=" + value::plain(param.value, 9);
    return out + "〕" + in(story.method_title);
  }

  // （15分）, as scoring tables print the points of their levels.
  [[nodiscard]] std::string points_text(double weight) const {
    const std::string points = value::plain(weight, 4);
    return zh() ? "（" + points + "分）" : " (" + points + "分)";
  }

  [[nodiscard]] double weight_of(const std::string& block, const std::string& type) const {
    double out = 0;
    for (const IndicatorStory& story : card_.indicators)
      out += story.block == block && (type.empty() || story.type == type) ? story.weight : 0;
    return out;
  }

  // What the project's own [printed] adds to or takes from the total.
  void events() {
    if (!project_.printed) return;
    for (const auto& [key, given] :
         {std::pair{"adjustment", &project_.adjustments}, std::pair{"veto", &project_.vetoes}}) {
      const text::Node::Entry* tables = project_.printed->find(key);
      if (tables == nullptr) continue;
      for (const text::Node& table : tables->value.items) event(table, key, *given);
    }
    // What stands in the table is not told again below it.
    std::erase_if(out_.adjustments, [&](const auto& each) {
      return std::any_of(out_.events.begin(), out_.events.end(),
                         [&](const EventRow& row) { return row.name == each.first; });
    });
  }

  static std::string word_in(const text::Node& table, std::string_view key) {
    const text::Node::Entry* entry = table.find(key);
    return entry != nullptr ? entry->value.string : std::string();
  }

  void event(const text::Node& table, std::string_view key,
             const std::vector<project::Event>& given) {
    const std::string id = word_in(table, "id");
    const auto found = std::find_if(given.begin(), given.end(),
                                    [&](const auto& each) { return each.id.text == id; });
    EventRow row;
    row.name = word_in(table, "name").empty() ? id : word_in(table, "name");
    if (found != given.end()) row.reason = found->reason;
    const bool told = found != given.end();
    if (key == "veto") {
      row.block = word::veto_row.in(language_);
      if (told) row.points = (found->n > 0 ? word::happened : word::did_not_happen).in(language_);
      row.count = row.points;
    } else {
      const bool adds = word_in(table, "kind") != "penalty";
      row.block = (adds ? word::bonus_row : word::penalty_row).in(language_);
      if (const auto* limit = table.find("limit"))
        row.limit = (adds ? "" : "-") + value::plain(limit->value.number, 4);
      row.rule = case_rule(word_in(table, "points"), adds);
      if (told && !row.rule.empty()) row.count = value::plain(found->n, 4);
      for (const AdjustmentStory& story : card_.adjustments) {
        if (story.id == id) row.points = value::plain(story.points, 4);
      }
    }
    out_.events.push_back(std::move(row));
  }

  // "2*n" in words; empty for any other formula than points for each case.
  static std::string case_rule(const std::string& formula, bool adds) {
    std::string points = "1", cases = formula;
    if (const std::size_t times = formula.find('*'); times != std::string::npos) {
      points = formula.substr(0, times);
      cases = formula.substr(times + 1);
    } else if (formula == "n") {
      return {};
    }
    std::string size;
    if (cases.starts_with("floor(n/") && cases.ends_with(")"))
      size = cases.substr(8, cases.size() - 9);
    else if (cases != "n")
      return {};
    if (!value::read_number(points) || (!size.empty() && !value::read_number(size))) return {};
    return "每" + size + "项" + (adds ? "加" : "扣") + points + "分";
  }

  IndicatorLine line(std::size_t i) const {
    const IndicatorStory& story = card_.indicators[i];
    const project::Indicator* indicator = indicator_of(story);
    IndicatorLine out;
    out.story = i;
    out.block = in(story.block_name);
    out.type = in(story.type_name);
    out.name = in(story.name);
    out.target = target_of(story, indicator);
    out.actual = actual_of(story, indicator);
    out.weight = story.weight;
    if (story.state == "ok") out.points = story.points;
    out.rule = rule_of(story, indicator);
    if (out_.scoring && indicator != nullptr) {
      out.rule = indicator->standard;
      out.block += points_text(weight_of(story.block, {}));
      if (!out.type.empty()) out.type += points_text(weight_of(story.block, story.type));
    }
    out.reason = story.given_reason;
    if (!story.remedy.empty())
      out.reason += (out.reason.empty() ? "" : "\n") + std::string(word::remedy.in(language_)) +
                    story.remedy;
    if (story.state == "informational") out.reason = std::string(word::not_scored.in(language_));
    if (out.reason.empty() && story.lost > 0) {
      out.reason = draft_mark(language_) + proposed_reason(story, language_);
      out.proposed = true;
    }
    return out;
  }

  // In the order of the rule set's blocks and types; inside a type as in the project.
  void sort_lines() {
    const auto place = [&](const IndicatorLine& line) {
      const IndicatorStory& story = card_.indicators[line.story];
      return std::pair(rules_.find_block(story.block), rules_.find_type(story.type));
    };
    std::stable_sort(out_.lines.begin(), out_.lines.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
  }

  void merge_headings() {
    std::size_t block = 0, type = 0;
    for (std::size_t i = 0; i < out_.lines.size(); ++i) {
      const bool new_block = i == 0 || out_.lines[i].block != out_.lines[i - 1].block;
      const bool new_type = new_block || out_.lines[i].type != out_.lines[i - 1].type;
      if (new_block) block = i;
      if (new_type) type = i;
      ++out_.lines[block].block_rows;
      ++out_.lines[type].type_rows;
      out_.has_rules = out_.has_rules || !out_.lines[i].rule.empty();
    }
  }

  void foot() {
    out_.scale = card_.scale;
    out_.digits = card_.digits;
    if (card_.scored) out_.total = card_.total;
    out_.rating = in(card_.rating_label);
    out_.rules = card_.rules.id + " " + card_.rules.version;
    out_.rules_title = in(card_.rules.title);
    for (const AdjustmentStory& each : card_.adjustments)
      out_.adjustments.emplace_back(in(each.name), in(each.effect));
    events();
    const bool any_draft = out_.reached_proposed ||
                           std::any_of(out_.lines.begin(), out_.lines.end(),
                                       [](const auto& line) { return line.proposed; });
    if (any_draft)
      out_.notes.push_back(
          zh() ? "“" + draft_mark(language_) +
                     "”开头的文字由计分结果生成，供填表人核实修改；改定后请删去这几个字。"
               : "Text that begins with \"" + draft_mark(language_) +
                     "\" was drafted from the scores: check it, make it yours, and remove these "
                     "words.");
    if (!card_.scored)
      out_.notes.push_back(
          zh() ? "有缺失或有误的结果，总分未能算出；见“问题清单”。"
               : "Results are missing or wrong, so there is no total; see the findings.");
  }

  const ruleset::RuleSet& rules_;
  const project::Project& project_;
  const Scorecard& card_;
  Language language_;
  SelfEvaluation out_;
};

}  // namespace

SelfEvaluation fill_in(const ruleset::RuleSet& rules, const project::Project& project,
                       const Scorecard& card, Language language) {
  return Filler(rules, project, card, language).fill_in();
}

bool has_money(const SelfEvaluation& form) {
  return std::any_of(form.money.begin(), form.money.end(), [](const MoneyLine& each) {
    return each.initial || each.adjusted || each.executed || each.weight;
  });
}

std::string draft_mark(Language language) {
  return language == Language::zh ? "【拟稿】" : "[draft] ";
}

std::string proposed_reason(const IndicatorStory& story, Language language) {
  const bool zh = language == Language::zh;
  const std::string lost = value::plain(story.lost, 2);
  if (story.state == "missing") return zh ? "没有结果，待补。" : "No result yet.";
  const std::string why = story.reason.in(language);
  if (zh)
    return why + (why.empty() ? "" : "，") + "失 " + lost +
           " 分。原因：＿＿＿＿；改进措施：＿＿＿＿";
  return why + (why.empty() ? "" : "; ") + lost + " points lost. Reason: ____ Remedy: ____";
}

std::string proposed_outcome(const Scorecard& card, Language language) {
  const bool zh = language == Language::zh;
  std::size_t scored = 0, full = 0;
  std::string most;
  double worst = 0;
  for (const IndicatorStory& story : card.indicators) {
    if (story.state != "ok") continue;
    ++scored;
    if (story.lost <= 0) ++full;
    if (story.lost > worst) worst = story.lost, most = story.name.in(language);
  }
  const std::string n = std::to_string(scored), m = std::to_string(full);
  const std::string rate = card.execution_rate ? value::plain(*card.execution_rate, 2) + "%"
                                               : std::string();
  if (zh) {
    std::string out = n + " 项指标中 " + m + " 项得满分";
    if (!rate.empty()) out += "，预算执行率 " + rate;
    if (!most.empty()) out += "；失分最多的是“" + most + "”（" + value::plain(worst, 2) + " 分）";
    return out + "。";
  }
  std::string out = m + " of " + n + " indicators reached full marks";
  if (!rate.empty()) out += ", " + rate + " of the budget executed";
  if (!most.empty())
    out += "; most points were lost on " + most + " (" + value::plain(worst, 2) + ")";
  return out + ".";
}

}  // namespace jixiao::filing
