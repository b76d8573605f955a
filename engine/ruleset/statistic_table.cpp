#include "ruleset/statistic_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "system/fingerprint.hpp"
#include "text/diagnostics.hpp"
#include "text/table_reader.hpp"

namespace jixiao::ruleset {
namespace {

using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

constexpr const char* schema = "jixiao/statistics/1";

// The fewest digits that read back to the same bits.
std::string exact(double x) {
  if (std::isnan(x)) return "nan";
  std::array<char, 40> room{};
  const bool plain = std::abs(x) < 1e15;
  const auto [end, error] = plain ? std::to_chars(room.data(), room.data() + room.size(), x)
                                  : std::to_chars(room.data(), room.data() + room.size(), x,
                                                  std::chars_format::scientific);
  return error == std::errc() ? std::string(room.data(), end) : "nan";
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out + '"';
}

void append_list(std::string& out, const char* key, const std::vector<double>& numbers) {
  if (numbers.empty()) return;
  out += std::string(key) + " = [";
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) out += i % 8 == 0 ? ",\n  " : ", ";
    out += exact(numbers[i]);
  }
  out += "]\n";
}

std::vector<double> numbers(TableReader& reader, std::string_view key) {
  std::vector<double> out;
  const Node* list = reader.node(key);
  if (list == nullptr) return out;
  out.reserve(list->items.size());
  for (const Node& item : list->items) {
    if (item.kind == NodeKind::integer || item.kind == NodeKind::number) out.push_back(item.number);
  }
  return out;
}

std::optional<StatisticGroup> read_group(const Node& node, const Statistic& statistic, bool is_part,
                                         std::vector<Diagnostic>& diagnostics) {
  TableReader reader(node, "[[statistic.group]]", diagnostics);
  StatisticGroup out;
  out.key = reader.number("key").value_or(0);
  out.count = static_cast<std::uint64_t>(reader.integer("count", 0, 1L << 52).value_or(0));
  out.without = static_cast<std::uint64_t>(reader.integer("without", 0, 1L << 52).value_or(0));
  out.value = reader.number("value").value_or(std::nan(""));
  out.ordered = numbers(reader, "ordered");
  out.sum = numbers(reader, "sum");
  out.squares = numbers(reader, "squares");
  reader.finish();
  const bool ordered = needs_order(statistic.is) && (is_part || is_own(statistic.is));
  if ((ordered && out.ordered.size() != out.count) ||
      !std::is_sorted(out.ordered.begin(), out.ordered.end())) {
    reader.report(
        Code::statistic_table, node.place,
        {"统计量 '" + statistic.id + "' 的取值不全或未排序",
         "the values of the statistic '" + statistic.id + "' are not all there, or not in order"},
        {"用 jixiao survey 重新生成", "make the file again with jixiao survey"});
    return std::nullopt;
  }
  return out;
}

}  // namespace

namespace {

void add_words(const RuleSet& rules, std::size_t name, std::string& out) {
  if (name < rules.first_input_name() || name >= rules.first_block_name()) return;
  const Input& input = rules.inputs[name - rules.first_input_name()];
  for (std::size_t i = 0; i < input.values.size(); ++i)
    out += (i == 0 ? ", " + input.id + " being " : " ") + input.values[i];
}

}  // namespace

std::string definition(const RuleSet& rules, const Statistic& statistic) {
  std::string out = std::string(name(statistic.is)) + " of " + statistic.of.text();
  if (statistic.is == StatisticKind::quantile) out += " at " + exact(statistic.at);
  if (statistic.smallest_first) out += " smallest first";
  if (statistic.by == project_year)
    out += " by year";
  else if (statistic.by != none)
    out += " by " + rules.inputs[statistic.by - rules.first_input_name()].id;
  // Where words stand for numbers, other words are another table.
  for (const std::size_t name : statistic.of.used()) add_words(rules, name, out);
  if (statistic.by != none) add_words(rules, statistic.by, out);
  return out;
}

namespace {

std::string written(const RuleSet& rules, const StatisticFile& file, std::size_t s) {
  const Statistic& statistic = rules.statistics[s];
  std::string out = "\n[[statistic]]\nid = " + in_quotes(statistic.id) +
                    "\nis = " + in_quotes(definition(rules, statistic)) + "\n";
  for (const StatisticGroup& group : file.table.of[s]) {
    out += "  [[statistic.group]]\n";
    if (statistic.by != none) out += "  key = " + exact(group.key) + "\n";
    out += "  count = " + std::to_string(group.count) + "\n";
    if (group.without > 0) out += "  without = " + std::to_string(group.without) + "\n";
    if (!std::isnan(group.value)) out += "  value = " + exact(group.value) + "\n";
    const bool ordered = needs_order(statistic.is) &&
                         (file.part.has_value() || is_own(statistic.is));
    if (ordered) append_list(out, "  ordered", group.ordered);
    if (!file.part) continue;
    append_list(out, "  sum", group.sum);
    append_list(out, "  squares", group.squares);
  }
  return out;
}

// Of everything that is scored by, in whatever order the rule set has its statistics.
std::string check_of(const RuleSet& rules, const StatisticFile& file) {
  std::vector<std::string> all;
  for (std::size_t s = 0; s < rules.statistics.size(); ++s) all.push_back(written(rules, file, s));
  std::sort(all.begin(), all.end());
  system::Digest digest;
  digest.add(std::to_string(file.table.projects));
  for (const std::string& one : all) digest.add(one);
  return digest.hex().substr(0, 16);
}

}  // namespace

std::string written(const RuleSet& rules, const StatisticFile& file) {
  std::string out = std::string("# jixiao survey\nschema = \"") + schema +
                    "\"\nrules = " + in_quotes(rules.id) +
                    "\nversion = " + in_quotes(rules.version) + "\ntables = [";
  for (std::size_t t = 0; t < file.table.tables.size(); ++t)
    out += (t > 0 ? ", " : "") + in_quotes(file.table.tables[t]);
  out += "]\nprojects = " + std::to_string(file.table.projects) + "\n";
  if (file.part)
    out += "part = [" + std::to_string(file.part->index) + ", " + std::to_string(file.part->count) +
           "]\n";
  out += "check = " + in_quotes(check_of(rules, file)) + "\n";
  for (std::size_t s = 0; s < rules.statistics.size(); ++s) out += written(rules, file, s);
  return out;
}

namespace {

class FileReader {
 public:
  FileReader(const RuleSet& rules, const Node& root, const std::string& path,
             std::vector<Diagnostic>& diagnostics)
      : rules_(rules), diagnostics_(diagnostics), top_(root, "statistics", diagnostics) {
    out_.table.file = path;
  }

  std::optional<StatisticFile> read() {
    const std::size_t before = diagnostics_.size();
    if (top_.required_string("schema") != schema) {
      refuse(top_.place("schema"), {"不是统计量文件", "this is no file of statistics"});
      return std::nullopt;
    }
    const std::string whose = top_.required_string("rules");
    top_.allow("version");
    if (whose != rules_.id) {
      refuse(top_.place("rules"),
             {"这些统计量属于规则集 '" + whose + "'，不是 '" + rules_.id + "'",
              "these statistics are of the rule set '" + whose + "', not of '" + rules_.id + "'"});
      return std::nullopt;
    }
    out_.table.tables = top_.strings("tables");
    out_.table.projects =
        static_cast<std::uint64_t>(top_.integer("projects", 0, 1L << 52).value_or(0));
    if (const Node* part = top_.node("part"); part != nullptr && part->items.size() == 2)
      out_.part = StatisticPart{static_cast<std::size_t>(part->items[0].number),
                                static_cast<std::size_t>(part->items[1].number)};
    out_.table.of.resize(rules_.statistics.size());
    std::vector<bool> there(rules_.statistics.size(), false);
    for (const Node* table : top_.tables("statistic")) read_statistic(*table, there);
    for (std::size_t s = 0; s < there.size(); ++s) {
      if (there[s]) continue;
      const std::string& id = rules_.statistics[s].id;
      refuse(top_.place(),
             {"文件中没有统计量 '" + id + "'", "the statistic '" + id + "' is not in the file"});
      break;
    }
    const auto check = top_.string("check");
    top_.finish();
    if (text::has_error(std::span(diagnostics_).subspan(before))) return std::nullopt;
    if (!check || *check != check_of(rules_, out_)) {
      refuse(top_.place("check"),
             check ? Text{"文件在统计之后被改动过：数字与校验码 check 不符",
                          "the file was changed after it was surveyed: its numbers do not make its "
                          "check"}
                   : Text{"文件没有校验码 check，不能确定数字未被改动",
                          "the file has no check: nothing says that its numbers are as surveyed"});
      return std::nullopt;
    }
    return std::move(out_);
  }

 private:
  void refuse(const text::Place& at, Text message) {
    diagnostics_.push_back(
        text::diagnose(Code::statistic_table, at, std::move(message),
                       {"用这套规则重新统计：jixiao survey 表 --rules " + rules_.id + " -o 文件",
                        "survey the table by this rule set: jixiao survey TABLE --rules " +
                            rules_.id + " -o FILE"}));
  }

  void read_statistic(const Node& node, std::vector<bool>& there) {
    TableReader reader(node, "[[statistic]]", diagnostics_);
    const std::string id = reader.required_string("id");
    const std::string is = reader.required_string("is");
    const auto groups = reader.tables("group");
    reader.finish();
    const auto found = std::find_if(rules_.statistics.begin(), rules_.statistics.end(),
                                    [&](const Statistic& one) { return one.id == id; });
    if (found == rules_.statistics.end()) {
      refuse(reader.place("id"),
             {"规则集没有统计量 '" + id + "'", "the rule set has no statistic '" + id + "'"});
      return;
    }
    const auto s = static_cast<std::size_t>(found - rules_.statistics.begin());
    there[s] = true;
    const std::string wanted = definition(rules_, *found);
    if (is != wanted) {
      refuse(reader.place("is"),
             {"统计量 '" + id + "' 在规则集中是 '" + wanted + "'",
              "the statistic '" + id + "' is '" + wanted + "' in the rule set"});
      return;
    }
    for (const Node* group : groups) {
      if (auto read = read_group(*group, *found, out_.part.has_value(), diagnostics_))
        out_.table.of[s].push_back(*std::move(read));
    }
    std::sort(out_.table.of[s].begin(), out_.table.of[s].end(),
              [](const StatisticGroup& a, const StatisticGroup& b) { return a.key < b.key; });
  }

  const RuleSet& rules_;
  std::vector<Diagnostic>& diagnostics_;
  TableReader top_;
  StatisticFile out_;
};

}  // namespace

std::optional<StatisticFile> read_statistic_file(const RuleSet& rules, const std::string& path,
                                                 std::vector<Diagnostic>& diagnostics) {
  const auto source = text::read_source(path, diagnostics);
  const auto root = source ? text::parse_toml(source, diagnostics) : nullptr;
  if (!root) return std::nullopt;
  return FileReader(rules, *root, path, diagnostics).read();
}

}  // namespace jixiao::ruleset
