#include "ruleset/versions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "ruleset/reading.hpp"
#include "system/fingerprint.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "value/rounding.hpp"

namespace jixiao::ruleset {

using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

// One [[from]] or [[for]]: what it changes, as a tree over the rule set's.
class VersionTables {
 public:
  struct Changes {
    int year = 0;                         // of [[from]]
    std::vector<Node::Entry> conditions;  // of [[for]]: its keys that change nothing
    Node changes;
    text::Place place;
  };
  std::optional<int> since;
  std::vector<Changes> from;  // by year
  std::vector<Changes> groups;
  text::Place place;
};

namespace {

constexpr std::size_t most_versions = 1000;
constexpr std::array<std::string_view, 9> changeable{
    "block", "indicator", "method", "band", "adjustment", "adjustments", "veto", "check", "total"};

bool changes_something(std::string_view key) {
  return std::find(changeable.begin(), changeable.end(), key) != changeable.end();
}

const std::vector<Node>& items_of(const Node& root, std::string_view key) {
  static const std::vector<Node> nothing;
  const Node::Entry* entry = root.find(key);
  return entry != nullptr && entry->value.kind == NodeKind::array ? entry->value.items : nothing;
}

// A version changes what there is. Methods and checks may be new: nothing counts them.
void check_ids(const Node& root, const Node& changes, std::vector<Diagnostic>& diagnostics) {
  for (const Node::Entry& entry : changes.entries) {
    if (entry.value.kind != NodeKind::array || entry.key == "method" || entry.key == "check")
      continue;
    std::vector<std::string> known;
    for (const Node& item : items_of(root, entry.key)) known.push_back(id_of(item));
    for (const Node& item : entry.value.items) {
      const std::string id = id_of(item);
      if (!id.empty() && std::find(known.begin(), known.end(), id) != known.end()) continue;
      Text help = text::suggestion(id, known);
      if (help.empty())
        help = {"写在 [[from]] 之外，所有版本共有", "write it outside, where all versions have it"};
      diagnostics.push_back(
          text::diagnose(Code::reference_unknown, item.place,
                         {"规则集没有 [[" + entry.key + "]] '" + id + "'，一个版本只能改已有的",
                          "the rule set has no [[" + entry.key + "]] '" + id +
                              "': a version changes what there is"},
                         help));
    }
  }
}

class TableTaker {
 public:
  TableTaker(Node& root, std::vector<Diagnostic>& diagnostics)
      : root_(root), diagnostics_(diagnostics) {}

  std::shared_ptr<const VersionTables> take() {
    if (root_.find("from") == nullptr && root_.find("for") == nullptr &&
        root_.find("since") == nullptr)
      return nullptr;
    for (const Node& table : tables("from")) take_from(table);
    for (const Node& table : tables("for")) take_group(table);
    if (const Node::Entry* since = root_.find("since")) {
      out_.since = year_of(since->value);
      if (!out_.place.source) out_.place = since->value.place;
    }
    std::stable_sort(out_.from.begin(), out_.from.end(),
                     [](const auto& a, const auto& b) { return a.year < b.year; });
    check_years();
    check_statistics();
    std::erase_if(root_.entries, [](const Node::Entry& entry) {
      return entry.key == "from" || entry.key == "for" || entry.key == "since";
    });
    return std::make_shared<const VersionTables>(std::move(out_));
  }

 private:
  void report(Code code, const text::Place& at, Text message, Text help) {
    diagnostics_.push_back(text::diagnose(code, at, std::move(message), std::move(help)));
  }

  std::vector<Node> tables(const std::string& key) {
    const Node::Entry* entry = root_.find(key);
    if (entry == nullptr) return {};
    std::vector<Node> out;
    for (const Node& item : items_of(root_, key)) {
      if (item.kind == NodeKind::table) out.push_back(item);
    }
    if (out.empty())
      report(Code::value_type, entry->value.place,
             {"'" + key + "' 应为表的数组", "'" + key + "' should be an array of tables"},
             {"写 [[" + key + "]]", "write [[" + key + "]]"});
    if (!out.empty() && !out_.place.source) out_.place = out.front().place;
    return out;
  }

  std::optional<int> year_of(const Node& node) {
    if (node.kind == NodeKind::integer && node.number >= 1900 && node.number <= 2200)
      return static_cast<int>(node.number);
    report(Code::value_number, node.place, {"年份应为四位数", "a year is four digits"},
           {"例如 2025", "such as 2025"});
    return std::nullopt;
  }

  void take_from(const Node& table) {
    VersionTables::Changes made;
    made.place = table.place;
    made.changes = table;
    made.changes.entries.clear();
    const Node::Entry* year = table.find("year");
    if (year == nullptr) {
      report(Code::key_missing, table.place, {"[[from]] 缺少 'year'", "[[from]] lacks 'year'"},
             {"写从哪一年起，例如 year = 2025", "say from which year on, such as year = 2025"});
      return;
    }
    const auto number = year_of(year->value);
    for (const Node::Entry& entry : table.entries) {
      if (entry.key == "year") continue;
      if (changes_something(entry.key)) {
        made.changes.entries.push_back(entry);
      } else {
        unknown(entry, "[[from]]");
      }
    }
    check_ids(root_, made.changes, diagnostics_);
    if (!number) return;
    made.year = *number;
    out_.from.push_back(std::move(made));
  }

  void take_group(const Node& table) {
    VersionTables::Changes made;
    made.place = table.place;
    made.changes = table;
    made.changes.entries.clear();
    std::vector<std::string> inputs;
    for (const Node& input : items_of(root_, "input")) inputs.push_back(id_of(input));
    for (const Node::Entry& entry : table.entries) {
      const bool names_input = std::find(inputs.begin(), inputs.end(), entry.key) != inputs.end();
      if (changes_something(entry.key)) {
        made.changes.entries.push_back(entry);
      } else if (names_input) {
        made.conditions.push_back(entry);
      } else {
        unknown(entry, "[[for]]", inputs);
      }
    }
    if (made.conditions.empty()) {
      report(Code::key_missing, table.place,
             {"[[for]] 没有说明对哪些项目有效", "[[for]] does not say for which projects"},
             {"写一个输入的值，例如 region = 1", "give a value of an input, such as region = 1"});
      return;
    }
    check_ids(root_, made.changes, diagnostics_);
    out_.groups.push_back(std::move(made));
  }

  void unknown(const Node::Entry& entry, const std::string& whose,
               std::vector<std::string> known = {}) {
    for (const std::string_view key : changeable) known.emplace_back(key);
    Text help = text::suggestion(entry.key, known);
    report(
        Code::key_unknown, entry.key_place,
        {whose + " 中没有 '" + entry.key + "' 这个键", whose + " has no key '" + entry.key + "'"},
        help);
  }

  void check_years() {
    for (std::size_t i = 0; i < out_.from.size(); ++i) {
      const VersionTables::Changes& here = out_.from[i];
      const std::string year = std::to_string(here.year);
      if (i > 0 && out_.from[i - 1].year == here.year)
        report(Code::id_duplicate, here.place,
               {"[[from]] year = " + year + " 写了两次",
                "[[from]] year = " + year + " is there twice"},
               {"合为一处", "put the two together"});
      if (out_.since && here.year <= *out_.since)
        report(
            Code::value_number, here.place,
            {"[[from]] year = " + year + " 不晚于 since = " + std::to_string(*out_.since),
             "[[from]] year = " + year + " is not after since = " + std::to_string(*out_.since)},
            {"since 之年由 [[from]] 之外的规则管", "the year of 'since' is what stands outside"});
    }
  }

  // A statistic is of the whole table, whatever versions its projects have.
  void check_statistics() {
    for (const Node& statistic : items_of(root_, "statistic"))
      report(Code::key_unknown, statistic.place,
             {"有 [[from]] 或 [[for]] 的规则集不能有整表统计量",
              "a rule set with [[from]] or [[for]] has no statistics of the table"},
             {"删去其一；按年度的统计量写 by = \"year\"",
              "leave out one of them; a statistic within a year is by = \"year\""});
  }

  Node& root_;
  std::vector<Diagnostic>& diagnostics_;
  VersionTables out_;
};

// The values of one condition.
GroupCondition::Among among_of(const Node::Entry& entry, const RuleSet& base,
                               std::vector<Diagnostic>& diagnostics) {
  GroupCondition::Among out;
  const auto input = std::find_if(base.inputs.begin(), base.inputs.end(),
                                  [&](const Input& one) { return one.id == entry.key; });
  if (input == base.inputs.end()) return out;
  out.input = static_cast<std::size_t>(input - base.inputs.begin());
  out.name = input->name;
  const std::vector<Node> alone{entry.value};
  for (const Node& value : entry.value.kind == NodeKind::array ? entry.value.items : alone) {
    if (value.kind == NodeKind::integer || value.kind == NodeKind::number) {
      out.values.push_back(value.number);
      out.words.push_back(value::plain(value.number));
    } else {
      diagnostics.push_back(
          text::diagnose(Code::value_type, value.place,
                         {"输入 '" + entry.key + "' 是数，这里也应为数",
                          "the input '" + entry.key + "' is a number, and so should this be"},
                         {"例如 " + entry.key + " = 1，或 " + entry.key + " = [1, 2]",
                          "such as " + entry.key + " = 1, or " + entry.key + " = [1, 2]"}));
    }
  }
  return out;
}

std::vector<GroupCondition> conditions_of(const VersionTables& tables, const RuleSet& base,
                                          std::vector<Diagnostic>& diagnostics) {
  std::vector<GroupCondition> out;
  for (const VersionTables::Changes& group : tables.groups) {
    GroupCondition made;
    made.place = group.place;
    for (const Node::Entry& entry : group.conditions)
      made.all.push_back(among_of(entry, base, diagnostics));
    out.push_back(std::move(made));
  }
  return out;
}

bool holds(const GroupCondition& condition, std::span<const double> inputs) {
  return std::all_of(condition.all.begin(), condition.all.end(), [&](const auto& among) {
    return among.input < inputs.size() && std::find(among.values.begin(), among.values.end(),
                                                    inputs[among.input]) != among.values.end();
  });
}

std::vector<std::size_t> held(const std::vector<GroupCondition>& conditions,
                              std::span<const double> inputs) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (holds(conditions[i], inputs)) out.push_back(i);
  }
  return out;
}

// Every set of groups that a project may belong to: each input has one of the values named, or
// another one. Nothing when they are too many.
std::optional<std::set<std::vector<std::size_t>>> possible_groups(
    const std::vector<GroupCondition>& conditions, std::size_t inputs, std::size_t most) {
  std::map<std::size_t, std::set<double>> named;
  for (const GroupCondition& condition : conditions) {
    for (const auto& among : condition.all)
      named[among.input].insert(among.values.begin(), among.values.end());
  }
  std::vector<std::vector<double>> ways{std::vector<double>(inputs, std::nan(""))};
  for (const auto& [input, values] : named) {
    if (input == none) continue;
    std::vector<std::vector<double>> more;
    for (const std::vector<double>& way : ways) {
      more.push_back(way);
      for (const double value : values) {
        more.push_back(way);
        more.back()[input] = value;
      }
    }
    ways.swap(more);
    if (ways.size() > most) return std::nullopt;
  }
  std::set<std::vector<std::size_t>> out;
  for (const std::vector<double>& way : ways) out.insert(held(conditions, way));
  return out;
}

Text name_of(const VersionTables& tables, const std::vector<GroupCondition>& conditions,
             const Versions::Key& key) {
  Text out;
  if (key.begun > 0) {
    const std::string year = std::to_string(tables.from[key.begun - 1].year);
    out = {year + "年起", "from " + year};
  } else if (!tables.from.empty()) {
    const std::string year = std::to_string(tables.from.front().year);
    out = {year + "年前", "before " + year};
  }
  for (const std::size_t group : key.groups) {
    for (const auto& among : conditions[group].all) {
      Text words;
      for (const std::string& word : among.words) {
        words.zh += (words.zh.empty() ? "" : "或") + word;
        words.en += (words.en.empty() ? "" : " or ") + word;
      }
      out.zh += (out.zh.empty() ? "" : "，") + among.name.zh + " " + words.zh;
      out.en += (out.en.empty() ? "" : ", ") + among.name.en + " " + words.en;
    }
  }
  return out;
}

template <class Rows>
bool same_ids(const Rows& a, const Rows& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.id == y.id; });
}

// What tables rely on: [[from]] and [[for]] leave the order of things alone.
void check_alike(const RuleSet& base, const RuleSet& version, const text::Place& at,
                 std::vector<Diagnostic>& diagnostics) {
  if (same_ids(base.bands, version.bands)) return;
  diagnostics.push_back(text::diagnose(
      Code::bands_order, at,
      {"这个版本使等级的高低次序变了", "this version changes the order of the ratings"},
      {"各版本的等级次序应相同，只改分数线", "keep their order, and change where they begin"}));
  diagnostics.back().severity = Severity::error;
}

std::shared_ptr<RuleSet> compiled(const VersionTables& tables,
                                  const std::vector<GroupCondition>& conditions,
                                  const Versions::Key& key, const Lineage& lineage,
                                  const RuleNeeds& needs, const RuleSet& base,
                                  std::vector<Diagnostic>& diagnostics) {
  Lineage own = lineage;
  text::Place last = tables.place;
  const auto change = [&](const VersionTables::Changes& changes) {
    own.root = changed(rule_sets(), std::move(own.root), changes.changes, diagnostics);
    last = changes.place;
  };
  for (std::size_t i = 0; i < key.begun; ++i) change(tables.from[i]);
  for (const std::size_t group : key.groups) change(tables.groups[group]);
  auto out = std::make_shared<RuleSet>(Reading(own, needs, diagnostics).read());
  check_alike(base, *out, last, diagnostics);
  const Text name = name_of(tables, conditions, key);
  if (name.empty()) return out;
  out->title.zh += "［" + name.zh + "］";
  out->title.en += " [" + name.en + "]";
  system::Digest digest;
  digest.add(out->sha256);
  digest.add(name.en);
  out->sha256 = digest.hex();
  return out;
}

// Versions share what is wrong with them: each finding is told once.
void take_new(std::vector<Diagnostic>& found, std::vector<Diagnostic>& diagnostics) {
  for (Diagnostic& one : found) {
    const bool told = std::any_of(diagnostics.begin(), diagnostics.end(), [&](const auto& other) {
      return other.code == one.code && other.file == one.file && other.line == one.line &&
             other.column == one.column && other.message.en == one.message.en;
    });
    if (!told) diagnostics.push_back(std::move(one));
  }
}

Versions plan_of(const VersionTables& tables, const RuleSet& base,
                 std::vector<Diagnostic>& diagnostics) {
  Versions out;
  out.since = tables.since;
  out.place = tables.place;
  for (const VersionTables::Changes& from : tables.from) out.years.push_back(from.year);
  out.groups = conditions_of(tables, base, diagnostics);
  return out;
}

}  // namespace

VersionChoice choose_version(const Versions& versions, int year, std::span<const double> inputs) {
  VersionChoice out;
  out.is_year_missing = year == 0 && (!versions.years.empty() || versions.since);
  out.is_too_early = year != 0 && versions.since && year < *versions.since;
  for (const int from : versions.years) out.key.begun += from <= year ? 1 : 0;
  for (const GroupCondition& condition : versions.groups) {
    for (const auto& among : condition.all) {
      if (among.input >= inputs.size() || std::isnan(inputs[among.input]))
        out.missing_input = among.input;
    }
  }
  out.key.groups = held(versions.groups, inputs);
  return out;
}

NoVersion no_version(const RuleSet& rules, const Versions& versions, const VersionChoice& choice,
                     int year) {
  const std::string id = rules.id;
  if (choice.is_year_missing)
    return {{"没有年度，不知道用规则集 " + id + " 的哪一版",
             "without a year it is not known which version of the rule set " + id + " holds"},
            {"写上年度，例如 year = " + std::to_string(versions.years.empty()
                                                           ? versions.since.value_or(2025)
                                                           : versions.years.back()),
             "give the year, such as year = " + std::to_string(versions.years.empty()
                                                                   ? versions.since.value_or(2025)
                                                                   : versions.years.back())}};
  if (choice.is_too_early) {
    const std::string since = std::to_string(*versions.since);
    const std::string own = std::to_string(year);
    return {{own + " 年没有版本：规则集 " + id + " 自 " + since + " 年起（since）",
             "no version for " + own + ": the rule set " + id + " begins in " + since + " (since)"},
            {"改 since，并写 [[from]] year = " + since + " 记下变化；或换用当年的规则集",
             "set 'since' back and say in [[from]] year = " + since +
                 " what changed then; or use the rule set of that year"}};
  }
  const std::string input = choice.missing_input < rules.inputs.size()
                                ? rules.inputs[choice.missing_input].id
                                : std::string();
  return {{"缺少输入 '" + input + "'，不知道用规则集 " + id + " 的哪一版",
           "without the input '" + input + "' it is not known which version of the rule set " + id +
               " holds"},
          {"填写 " + input, "give " + input}};
}

bool is_one_version(const RuleSet& rules, std::vector<Diagnostic>& diagnostics) {
  if (!rules.versions) return true;
  diagnostics.push_back(text::diagnose(
      Code::reference_unknown, rules.versions->place,
      {"规则集 " + rules.id + " 有几个版本（[[from]]、[[for]]），这里只能用一个",
       "the rule set " + rules.id +
           " has several versions ([[from]], [[for]]): here there can be one"},
      {"score、batch 会按每个项目选版本；否则用没有版本的规则集",
       "score and batch choose one for each project; else use a rule set without versions"}));
  return false;
}

const RuleSet& version_for(const RuleSet& rules, int year, std::span<const double> inputs) {
  if (!rules.versions) return rules;
  const VersionChoice choice = choose_version(*rules.versions, year, inputs);
  const auto found = rules.versions->all.find(choice.key);
  return found == rules.versions->all.end() ? rules : *found->second;
}

std::shared_ptr<const VersionTables> take_version_tables(Lineage& lineage,
                                                         std::vector<Diagnostic>& diagnostics) {
  return TableTaker(lineage.root, diagnostics).take();
}

void add_versions(const VersionTables& tables, const Lineage& lineage, const RuleNeeds& needs,
                  RuleSet& base, std::vector<Diagnostic>& diagnostics) {
  Versions made = plan_of(tables, base, diagnostics);
  const std::size_t years = made.years.size() + 1;
  const auto groups = possible_groups(made.groups, base.inputs.size(), most_versions / years);
  if (!groups) {
    diagnostics.push_back(text::diagnose(
        Code::value_number, tables.place,
        {"各 [[from]] 与 [[for]] 合起来超过 1000 个版本",
         "[[from]] and [[for]] make more than 1,000 versions together"},
        {"按一个输入分组，或分成几个规则集", "group by one input, or make several rule sets"}));
    return;
  }
  for (std::size_t begun = 0; begun < years; ++begun) {
    for (const std::vector<std::size_t>& held : *groups) {
      const Versions::Key key{begun, held};
      std::vector<Diagnostic> found;
      made.all.emplace(key, compiled(tables, made.groups, key, lineage, needs, base, found));
      take_new(found, diagnostics);
    }
  }
  base.versions = std::make_shared<const Versions>(std::move(made));
}

std::shared_ptr<RuleSet> version_of(const VersionTables& tables, const Lineage& lineage,
                                    const RuleNeeds& needs, const RuleSet& base,
                                    std::vector<Diagnostic>& diagnostics) {
  const Versions plan = plan_of(tables, base, diagnostics);
  std::vector<double> inputs(base.inputs.size(), std::nan(""));
  for (const auto& [name, value] : needs.subject->inputs) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (base.inputs[i].id == name) inputs[i] = value;
    }
  }
  const VersionChoice choice = choose_version(plan, needs.subject->year, inputs);
  if (!choice.found()) {
    NoVersion why = no_version(base, plan, choice, needs.subject->year);
    diagnostics.push_back(text::diagnose(Code::result_missing, tables.place, std::move(why.message),
                                         std::move(why.help)));
    return nullptr;
  }
  return compiled(tables, plan.groups, choice.key, lineage, needs, base, diagnostics);
}

}  // namespace jixiao::ruleset
