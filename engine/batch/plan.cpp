#include "batch/plan.hpp"

#include <algorithm>
#include <cctype>
#include <tuple>

#include "batch/event_columns.hpp"
#include "batch/memory_plan.hpp"
#include "ruleset/versions.hpp"
#include "scoring/uncomputable.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"

namespace jixiao::batch {

using text::Code;

namespace {

// Every way a column is named; the first is the one shown.
const std::array<std::vector<std::string_view>, roles> role_names = {{
    {"project", "项目", "项目名称", "项目编号"},
    {"indicator", "指标", "指标名称", "三级指标"},
    {"block", "一级指标", "块"},
    {"type", "二级指标", "类型"},
    {"op", "operator", "运算符", "指标性质"},
    {"target", "目标", "目标值", "年度指标值"},
    {"unit", "单位", "计量单位"},
    {"actual", "实际", "实际完成值", "完成值"},
    {"weight", "权重", "分值"},
    {"method", "方法", "计分方法"},
    {"reported", "自评得分", "得分"},
    {"reason", "原因", "偏差原因"},
    {"evidence", "依据", "佐证"},
}};
constexpr std::array<std::array<std::string_view, 4>, 3> money_names = {{
    {"initial", "年初预算数", "年初预算", "@initial"},
    {"adjusted", "全年预算数", "全年预算", "@adjusted"},
    {"executed", "全年执行数", "执行数", "@executed"},
}};

// How a column of the project table is called besides its id, in the order of OutputCell; of
// carried columns and of blocks there are own names.
constexpr std::array<std::array<std::string_view, 2>, 13> output_words = {{
    {"项目", "project"},
    {"", ""},
    {"总分", "total"},
    {"等级", "rating"},
    {"下调前等级", "rating before limits"},
    {"下调原因", "why moved down"},
    {"一票否决", "veto"},
    {"名次", "rank"},
    {"执行率", "execution rate"},
    {"", ""},
    {"失分最多", "most points lost"},
    {"缺结果", "missing results"},
    {"错误数", "errors"},
}};

std::string plain_form(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c != ' ' && c != '\t')
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

class Planner {
 public:
  Planner(const std::string& table, const std::vector<std::string>& header,
          const ruleset::RuleSet& rules, const BatchRequest& request,
          std::vector<Diagnostic>& diagnostics)
      : rules_(rules),
        request_(request),
        diagnostics_(diagnostics),
        meaning_(header),
        read_(header.size(), false) {
    plan_.table = table;
    plan_.header = header;
    plan_.role.fill(none);
    plan_.wanted.assign(header.size(), table::Wanted::nothing);
    plan_.remembered = plan_memory(request).remembered;
    plan_.with_indicators = !request.indicators.empty();
  }

  std::optional<Plan> plan() {
    const std::size_t before = diagnostics_.size();
    rename();
    for (std::size_t r = 0; r < roles; ++r) plan_.role[r] = find(role_names[r]);
    plan_.shape = plan_.role[role_indicator] == none ? Shape::wide : Shape::long_rows;
    plan_.year = find({"year", "年度", "年份"});
    plan_.shape == Shape::long_rows ? plan_long() : plan_wide();
    plan_year();
    if (plan_.year != none) take(plan_.year, table::Wanted::number, false);
    for (const std::string& name : request_.portfolio.roll_up)
      group(name, {"，无法按它汇总", " to roll up by"});
    group_limits();
    head_outputs();
    const bool failed = text::has_error(std::span(diagnostics_).subspan(before));
    return failed ? std::nullopt : std::optional(std::move(plan_));
  }

 private:
  void report(Code code, Text message, Text help = {}) {
    diagnostics_.push_back(
        text::diagnose_file(code, plan_.table, std::move(message), std::move(help)));
  }
  void warn(Code code, Text message, Text help = {}, Severity severity = Severity::warning) {
    report(code, std::move(message), std::move(help));
    diagnostics_.back().severity = severity;
  }

  void rename() {
    for (const auto& [from, to] : request_.map) {
      const auto found = std::find(plan_.header.begin(), plan_.header.end(), from);
      if (found == plan_.header.end()) {
        report(Code::reference_unknown,
               {"表中没有列 '" + from + "'", "the table has no column '" + from + "'"},
               text::suggestion(from, plan_.header));
        continue;
      }
      meaning_[static_cast<std::size_t>(found - plan_.header.begin())] = to;
    }
  }

  template <class Names>
  std::size_t find(const Names& names) {
    std::size_t at = none;
    for (std::size_t c = 0; c < meaning_.size(); ++c) {
      const bool same = std::any_of(names.begin(), names.end(), [&](std::string_view name) {
        return plain_form(meaning_[c]) == name;
      });
      if (!same) continue;
      if (at != none)
        report(Code::id_duplicate,
               {"两列都是 '" + std::string(*names.begin()) + "'：'" + plan_.header[at] + "' 与 '" +
                    plan_.header[c] + "'",
                "two columns are '" + std::string(*names.begin()) + "': '" + plan_.header[at] +
                    "' and '" + plan_.header[c] + "'"},
               {"用 --map 改名，或删去一列", "rename one with --map, or remove it"});
      at = c;
    }
    return at;
  }
  // What to type for a column that goes by none of these names, the first of which is the one
  // shown.
  Text map_advice(const std::vector<std::string_view>& names) const {
    const std::string wanted(names.front());
    for (const std::string_view name : names) {
      const std::string near = text::nearest(name, plan_.header);
      if (near.empty()) continue;
      const std::string option = (near.find(' ') == std::string::npos ? near : "'" + near + "'") +
                                 "=" + wanted;
      return {"是否就是列 '" + near + "'？加上 --map " + option,
              "is it the column '" + near + "'? add --map " + option};
    }
    return {"用 --map 列名=" + wanted + " 指定", "name it with --map COLUMN=" + wanted};
  }
  std::size_t find(std::initializer_list<std::string_view> names) {
    return find(std::vector<std::string_view>(names));
  }

  void want(std::size_t column, table::Wanted wanted) {
    plan_.wanted[column] = static_cast<table::Wanted>(static_cast<unsigned>(plan_.wanted[column]) |
                                                      static_cast<unsigned>(wanted));
  }

  void take(std::size_t column, table::Wanted wanted, bool consumed = true) {
    if (column == none) return;
    want(column, wanted);
    read_[column] = read_[column] || consumed;
  }

  // One column may be several that something else separates.
  void tell_separators() {
    constexpr std::array<std::string_view, 8> signs = {"，", "；", "、", "｜", "^", "~", ":", "  "};
    for (const std::string_view sign : signs) {
      if (plan_.header[0].find(sign) == std::string::npos) continue;
      warn(Code::table_reading,
           {"表头只有一列 '" + plan_.header[0] + "'，像是用 '" + std::string(sign) + "' 分隔的",
            "the header is one column, '" + plan_.header[0] + "', that looks separated by '" +
                std::string(sign) + "'"},
           {"认得的分隔符：逗号、制表符、分号、|；也可在第一行写 sep=分隔符（一个 ASCII 字符）",
            "separators known are comma, tab, semicolon and |; or name one of ASCII in a first "
            "line, sep=^"});
      return;
    }
  }

  void plan_long() {
    for (std::size_t r = 0; r < roles; ++r)
      take(plan_.role[r], r == role_actual ? table::Wanted::number : table::Wanted::text);
    for (const Role needed : {role_project, role_actual}) {
      if (plan_.role[needed] == none)
        report(Code::key_missing,
               {"长表需要列 '" + std::string(name(needed)) + "'",
                "a long table needs the column '" + std::string(name(needed)) + "'"},
               map_advice(role_names[needed]));
    }
    plan_.project = plan_.role[role_project];
  }

  // Whether a formula that may be used reads the year.
  [[nodiscard]] bool scores_by_year() const {
    const auto reads = [](const formula::Formula& formula, std::size_t name) {
      const auto used = formula.used();
      return std::find(used.begin(), used.end(), name) != used.end();
    };
    const auto method_reads = [&](const ruleset::Method& method) {
      return reads(method.points, ruleset::row_year) ||
             (method.domain && reads(*method.domain, ruleset::row_year)) ||
             (method.outside.points && reads(*method.outside.points, ruleset::row_year));
    };
    const bool statistics = std::any_of(
        rules_.statistics.begin(), rules_.statistics.end(), [&](const ruleset::Statistic& one) {
          return one.by == ruleset::project_year || reads(one.of, ruleset::project_year);
        });
    if (statistics) return true;
    const bool rows = plan_.shape == Shape::long_rows &&
                      std::any_of(rules_.methods.begin(), rules_.methods.end(), method_reads);
    const bool fixed =
        std::any_of(rules_.indicators.begin(), rules_.indicators.end(),
                    [&](const ruleset::FixedIndicator& indicator) {
                      return method_reads(rules_.methods[indicator.method]) ||
                             reads(indicator.actual, ruleset::project_year) ||
                             (indicator.domain && reads(*indicator.domain, ruleset::project_year));
                    });
    const bool project =
        (rules_.combine && reads(*rules_.combine, ruleset::project_year)) ||
        std::any_of(rules_.vetoes.begin(), rules_.vetoes.end(), [&](const ruleset::Veto& veto) {
          return veto.when && reads(*veto.when, ruleset::project_year);
        });
    return rows || fixed || project;
  }

  [[nodiscard]] bool has_versions_by_year() const {
    return rules_.versions && (!rules_.versions->years.empty() || rules_.versions->since);
  }

  void plan_year() {
    plan_.needs_year = scores_by_year() || has_versions_by_year();
    if (!plan_.needs_year || plan_.year != none) return;
    report(Code::key_missing,
           {"规则集 " + rules_.id + " 按年度（fiscal_year）计分，表中没有列 'year'（年度）",
            "the rule set " + rules_.id +
                " scores by the year (fiscal_year), and the table has no column 'year'"},
           map_advice({"year", "年度", "年份"}));
  }

  // A table without a column 'indicator' has only what the rule set brings.
  void tell_wide() {
    std::vector<std::string> of_long;
    for (const Role role : {role_op, role_target, role_actual, role_method}) {
      if (plan_.role[role] != none && plan_.wanted[plan_.role[role]] == table::Wanted::nothing)
        of_long.push_back(plan_.header[plan_.role[role]]);
    }
    bool empty = false;
    for (std::size_t b = 0; b < rules_.blocks.size(); ++b) {
      const ruleset::Block& block = rules_.blocks[b];
      const bool used = std::any_of(rules_.indicators.begin(), rules_.indicators.end(),
                                    [&](const auto& indicator) { return indicator.block == b; });
      if (used || !scoring::block_counts(rules_, b, block.weight)) continue;
      empty = true;
      const scoring::WhyNot why = scoring::block_is_empty(block, block.weight);
      warn(why.code, {"每个项目：" + why.message.zh, "every project: " + why.message.en}, {},
           scoring::severity_of_empty(block));
    }
    if (!empty && of_long.empty()) return;
    std::string columns;
    for (const std::string& column : of_long) columns += (columns.empty() ? "" : ", ") + column;
    warn(Code::table_reading,
         {"没有列 'indicator'（指标），按宽表读：一行一个项目" +
              (columns.empty() ? "" : "；列 " + columns + " 不计分"),
          "taken as wide, a row a project: no column 'indicator'" +
              (columns.empty() ? "" : "; the columns " + columns + " score nothing")},
         map_advice(role_names[role_indicator]));
  }

  void plan_wide() {
    if (plan_.header.size() == 1) tell_separators();
    if (plan_.header[0].starts_with("{\""))
      warn(Code::table_reading,
           {"表头像是 JSON：" + plan_.header[0], "the header looks like JSON: " + plan_.header[0]},
           {"JSON Lines 的文件名以 .jsonl 结尾",
            "a file of JSON Lines has a name that ends in .jsonl"});
    if (rules_.indicators.empty() || rules_.inputs.empty()) {
      bool money_only = !rules_.indicators.empty();
      for (const auto& indicator : rules_.indicators) {
        for (const std::size_t used : indicator.actual.used())
          money_only = money_only && used < ruleset::project_names;
      }
      if (!money_only)
        report(Code::key_missing,
               {"表中没有 indicator 列，而规则集 " + rules_.id + " 也没有输入列可对应",
                "the table has no column 'indicator', and the rule set " + rules_.id +
                    " names no inputs that columns could be"},
               {"长表：每行一个指标，列 project,indicator,target,actual；宽表需要有 [[input]] "
                "的规则集",
                "a long table has one indicator a row: project,indicator,target,actual; a wide one "
                "needs a rule set with [[input]]"});
    }
    plan_.project = plan_.role[role_project];
    for (std::size_t i = 0; i < rules_.inputs.size(); ++i) {
      if (rules_.inputs[i].statistic != ruleset::none) {
        plan_.input.push_back(none);
        continue;
      }
      const std::string id = plain_form(rules_.inputs[i].id);
      const std::string zh = plain_form(rules_.inputs[i].name.zh);
      const std::string en = plain_form(rules_.inputs[i].name.en);
      std::size_t at = find({std::string_view(id)});
      if (at == none) at = find({std::string_view(zh), std::string_view(en)});
      plan_.input.push_back(at);
      if (at == none) {
        report(Code::key_missing,
               {"表中没有规则集 " + rules_.id + " 的输入 '" + rules_.inputs[i].id + "'（" +
                    rules_.inputs[i].name.zh + "）",
                "the table has no column for the input '" + rules_.inputs[i].id + "' (" +
                    rules_.inputs[i].name.en + ") of the rule set " + rules_.id},
               map_advice(std::vector<std::string_view>{
                   rules_.inputs[i].id, rules_.inputs[i].name.zh, rules_.inputs[i].name.en}));
        continue;
      }
      take(at, table::Wanted::number_alone);
    }
    for (std::size_t m = 0; m < 3; ++m) {
      plan_.money[m] = find(money_names[m]);
      take(plan_.money[m], table::Wanted::number_alone);
    }
    plan_events();
    if (plan_.project == none) {
      for (std::size_t c = 0; c < plan_.header.size() && plan_.project == none; ++c) {
        if (plan_.wanted[c] == table::Wanted::nothing && c != plan_.year) plan_.project = c;
      }
    }
    take(plan_.project, table::Wanted::text);
    tell_wide();
  }

  // Columns `@id` of a wide table.
  void plan_events() {
    for (std::size_t c = 0; c < meaning_.size(); ++c) {
      const std::string& word = meaning_[c];
      if (!word.starts_with('@') || plan_.wanted[c] != table::Wanted::nothing) continue;
      const auto event = find_event(rules_, std::string_view(word).substr(1));
      if (!event) {
        report(Code::reference_unknown,
               {"规则集 " + rules_.id + " 没有加减分或否决事项 '" + word + "'",
                "the rule set " + rules_.id + " has no adjustment or veto '" + word + "'"},
               text::suggestion(word.substr(1), event_words(rules_)));
        continue;
      }
      const auto same = std::find_if(
          plan_.events.begin(), plan_.events.end(), [&](const Plan::EventColumn& other) {
            return other.is_veto == event->is_veto && other.which == event->which;
          });
      if (same != plan_.events.end()) {
        report(Code::id_duplicate,
               {"两列都是 '" + word + "'：'" + plan_.header[same->column] + "' 与 '" +
                    plan_.header[c] + "'",
                "two columns are '" + word + "': '" + plan_.header[same->column] + "' and '" +
                    plan_.header[c] + "'"},
               {"只保留一列", "keep one of them"});
        continue;
      }
      plan_.events.push_back({c, event->is_veto, event->which});
      take(c, table::Wanted::number_alone);
    }
    std::sort(plan_.events.begin(), plan_.events.end(),
              [](const Plan::EventColumn& a, const Plan::EventColumn& b) {
                return std::tie(a.is_veto, a.which) < std::tie(b.is_veto, b.which);
              });
    warn_of_carried_events();
  }

  // A column named as an adjustment or a veto, without '@', is carried along and counts nothing.
  void warn_of_carried_events() {
    for (std::size_t c = 0; c < meaning_.size(); ++c) {
      const auto event = find_event(rules_, meaning_[c]);
      const bool counted = event && std::any_of(plan_.events.begin(), plan_.events.end(),
                                                [&](const Plan::EventColumn& other) {
                                                  return other.is_veto == event->is_veto &&
                                                         other.which == event->which;
                                                });
      if (!event || counted || read_[c] || plan_.wanted[c] != table::Wanted::nothing) continue;
      const std::string& id = event->is_veto ? rules_.vetoes[event->which].id
                                             : rules_.adjustments[event->which].id;
      report(Code::value_doubtful,
             {"列 '" + plan_.header[c] + "' 只是照抄，不计入总分：它的名字是" +
                  (event->is_veto ? "否决" : "加减分") + "事项",
              "the column '" + plan_.header[c] +
                  "' is carried along and counts nothing, though it is named as " +
                  (event->is_veto ? "a veto" : "an adjustment")},
             {"要计入，把列名写成 '@" + id + "'", "to count it, name the column '@" + id + "'"});
    }
  }

  // The column that limits on ratings hold within.
  void group_limits() {
    plan_.is_forced = portfolio::has_limits(rules_, request_.portfolio);
    const std::string& by = portfolio::column_of_limits(rules_, request_.portfolio);
    const std::vector<std::string>& rolled_up = request_.portfolio.roll_up;
    if (by.empty() || std::find(rolled_up.begin(), rolled_up.end(), by) != rolled_up.end()) return;
    const bool is_asked = !request_.portfolio.forced_by.empty();
    group(by, is_asked ? Text{"，无法在其中限制等级比例（--forced-by）",
                              " to limit ratings within (--forced-by)"}
                       : Text{"：规则集 " + rules_.id + " 在其中限制等级比例",
                              ": the rule set " + rules_.id + " limits ratings within it"});
  }

  // `why`: the end of what is said where it is not there.
  void group(const std::string& name, const Text& why) {
    const auto found = std::find(plan_.header.begin(), plan_.header.end(), name);
    if (found == plan_.header.end()) {
      report(
          Code::reference_unknown,
          {"表中没有列 '" + name + "'" + why.zh, "the table has no column '" + name + "'" + why.en},
          text::suggestion(name, plan_.header));
      return;
    }
    const auto column = static_cast<std::size_t>(found - plan_.header.begin());
    plan_.grouped.push_back(column);
    want(column, table::Wanted::text);
  }

  // Everything there may be in the project table, in its order.
  void head_outputs() {
    using Cell = OutputCell;
    std::vector<std::pair<std::string, OutputColumn>> own{{"total", {Cell::total}},
                                                          {"rating", {Cell::rating}}};
    if (plan_.is_forced) {
      own.push_back({"rating_earned", {Cell::rating_earned}});
      own.push_back({"moved", {Cell::moved}});
    }
    if (!rules_.vetoes.empty()) own.push_back({"veto", {Cell::veto}});
    if (request_.portfolio.ties != Ties::none) own.push_back({"rank", {Cell::rank}});
    own.push_back({"execution", {Cell::execution}});
    const std::size_t blocks = own.size();
    for (std::size_t place = 0; place < 3; ++place)
      own.push_back({"lost_most_" + std::to_string(place + 1), {Cell::lost_most, place}});
    own.push_back({"missing", {Cell::missing}});
    own.push_back({"errors", {Cell::errors}});
    const auto is_own = [&](const std::string& name) {
      return name == "project" || name == "rank" ||
             std::any_of(own.begin(), own.end(), [&](const auto& o) { return o.first == name; });
    };
    std::vector<std::pair<std::string, OutputColumn>> of_blocks;
    for (std::size_t b = 0; b < rules_.blocks.size(); ++b) {
      const std::string& id = rules_.blocks[b].id;
      of_blocks.push_back({is_own(id) ? id + "_points" : id, {Cell::block, b}});
    }
    own.insert(own.begin() + static_cast<std::ptrdiff_t>(blocks), of_blocks.begin(),
               of_blocks.end());
    std::vector<std::pair<std::string, OutputColumn>> all{{"project", {Cell::project}}};
    const auto is_taken = [&](const std::string& name) {
      return is_own(name) || std::any_of(all.begin(), all.end(),
                                         [&](const auto& column) { return column.first == name; });
    };
    for (std::size_t c = 0; c < plan_.header.size(); ++c) {
      if (read_[c]) continue;
      const std::string name = carried_name(c, is_taken);
      all.push_back({name, {Cell::carried, c}});
    }
    all.insert(all.end(), own.begin(), own.end());
    choose(all);
    for (const OutputColumn& column : plan_.output) {
      if (column.cell == Cell::carried) want(column.which, table::Wanted::text);
      if (column.cell == Cell::rank) plan_.late.push_back(LateCell::rank);
      if (column.cell == Cell::rating && plan_.is_forced) plan_.late.push_back(LateCell::rating);
      if (column.cell == Cell::moved) plan_.late.push_back(LateCell::moved);
    }
    plan_.indicators_header = {"project", "indicator", "block", "method",   "target",     "actual",
                               "weight",  "points",    "lost",  "reported", "difference", "reason"};
  }

  // The name a column nobody reads has in the output.
  template <class Taken>
  std::string carried_name(std::size_t column, const Taken& is_taken) {
    const std::string& own = plan_.header[column];
    const std::string number = std::to_string(column + 1);
    std::string name = own.empty() ? "column_" + number : own;
    if (!own.empty() && !is_taken(name)) return name;
    if (!own.empty()) name += "_given";
    while (is_taken(name)) name += "_" + number;
    warn(Code::table_reading,
         own.empty()
             ? Text{"第 " + number + " 列没有名字，在结果中叫 '" + name + "'",
                    "column " + number + " has no name and is called '" + name + "' in the result"}
             : Text{"结果中另有列 '" + own + "'，表中第 " + number + " 列 '" + own + "' 改名为 '" +
                        name + "' 保留",
                    "the result has another column '" + own + "': column " + number +
                        " of the table is kept as '" + name + "'"},
         own.empty() ? Text{}
                     : Text{"用别的列名，或 --columns 选择要写的列",
                            "give it another name, or choose columns with --columns"});
    return name;
  }

  // Whether `word` is what people call the column: as its reports do, in either language.
  [[nodiscard]] bool is_called(const OutputColumn& column, const std::string& word) const {
    if (column.cell == OutputCell::carried) return false;
    if (column.cell == OutputCell::block) {
      const Text& name = rules_.blocks[column.which].name;
      return word == name.zh || word == name.en;
    }
    const auto& words = output_words[static_cast<std::size_t>(column.cell)];
    const bool counted = column.cell == OutputCell::lost_most;
    const std::string number = std::to_string(column.which + 1);
    return word == std::string(words[0]) + (counted ? number : "") ||
           word == std::string(words[1]) + (counted ? " " + number : "");
  }

  // Those that were asked for, in that order; all of them when none were.
  void choose(const std::vector<std::pair<std::string, OutputColumn>>& all) {
    const auto take_output = [this](const std::pair<std::string, OutputColumn>& column) {
      plan_.output_header.push_back(column.first);
      plan_.output.push_back(column.second);
    };
    if (request_.columns.empty()) std::for_each(all.begin(), all.end(), take_output);
    for (const std::string& word : request_.columns) {
      auto found = std::find_if(all.begin(), all.end(),
                                [&](const auto& column) { return column.first == word; });
      if (found == all.end())
        found = std::find_if(all.begin(), all.end(),
                             [&](const auto& column) { return is_called(column.second, word); });
      const std::string& name = found == all.end() ? word : found->first;
      if (std::find(plan_.output_header.begin(), plan_.output_header.end(), name) !=
          plan_.output_header.end()) {
        report(Code::id_duplicate,
               {"--columns 中 '" + name + "' 写了两次", "--columns names '" + name + "' twice"},
               {"每列写一次", "name each column once"});
      } else if (found != all.end()) {
        take_output(*found);
      } else {
        std::vector<std::string> names;
        for (const auto& column : all) names.push_back(column.first);
        report(Code::reference_unknown,
               {"结果中没有列 '" + name + "'", "the scored table has no column '" + name + "'"},
               text::suggestion(name, names));
      }
    }
  }

  const ruleset::RuleSet& rules_;
  const BatchRequest& request_;
  std::vector<Diagnostic>& diagnostics_;
  Plan plan_;
  std::vector<std::string> meaning_;  // the header after --map
  std::vector<bool> read_;
};

}  // namespace

const char* name(Role role) { return role_names[role].front().data(); }

std::optional<Plan> plan_table(const std::string& table, const std::vector<std::string>& header,
                               const ruleset::RuleSet& rules, const BatchRequest& request,
                               std::vector<Diagnostic>& diagnostics) {
  return Planner(table, header, rules, request, diagnostics).plan();
}

}  // namespace jixiao::batch
