#include "study/read_inputs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "project/csv.hpp"
#include "project/reading.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "value/field.hpp"

namespace jixiao::study {

using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

namespace {

constexpr std::size_t most_values = 200'000;

struct LawForm {
  std::string_view word;
  std::size_t numbers;  // 0: any
  Text example;
};
const std::array<LawForm, 8> law_forms{
    {{"constant", 1, {"constant = 值", "constant = value"}},
     {"uniform", 2, {"uniform = [最低, 最高]", "uniform = [lowest, highest]"}},
     {"triangular",
      3,
      {"triangular = [最低, 最可能, 最高]", "triangular = [lowest, likeliest, highest]"}},
     {"pert", 3, {"pert = [最低, 最可能, 最高]", "pert = [lowest, likeliest, highest]"}},
     {"normal", 2, {"normal = [均值, 标准差]", "normal = [mean, deviation]"}},
     {"lognormal",
      2,
      {"lognormal = [对数均值, 对数标准差]", "lognormal = [mean of the logarithm, its deviation]"}},
     {"discrete", 0, {"discrete = [值, 值]", "discrete = [value, value]"}},
     {"empirical",
      0,
      {"empirical = [值, 值]，或 empirical = \"文件.csv\" 加 column",
       "empirical = [value, value], or empirical = \"file.csv\" with a column"}}}};

bool is_known_word(std::string_view key) {
  if (key == "low" || key == "high" || key == "step" || key == "value") return true;
  return std::any_of(law_forms.begin(), law_forms.end(),
                     [&](const LawForm& form) { return form.word == key; });
}

// drivers.rate = { low = 200 } comes as tables inside tables.
bool says_something(const Node& table) {
  if (table.entries.empty()) return true;
  return std::any_of(table.entries.begin(), table.entries.end(), [](const Node::Entry& e) {
    return e.value.kind != NodeKind::table && is_known_word(e.key);
  });
}

class InputReader {
 public:
  InputReader(bool own_formulas, const std::string& folder, std::vector<StudyInput>& out,
              std::vector<Diagnostic>& diagnostics)
      : own_formulas_(own_formulas), folder_(folder), out_(out), diagnostics_(diagnostics) {}

  void read(const std::string& prefix, const Node& table) {
    for (const Node::Entry& entry : table.entries) {
      const std::string name = prefix.empty() ? entry.key : prefix + "." + entry.key;
      if (entry.value.kind == NodeKind::table && !says_something(entry.value)) {
        read(name, entry.value);
        continue;
      }
      StudyInput input;
      input.name = name;
      input.name_place = entry.key_place;
      input.place = entry.value.place;
      if (entry.value.kind == NodeKind::table) {
        read_one(entry.value, input);
      } else if (entry.value.kind == NodeKind::array || entry.value.kind == NodeKind::boolean) {
        const Text found = text::kind_name(entry.value.kind);
        report(Code::value_type, entry.value.place,
               {"'" + name + "' 应为 { low, high }、一种分布或一个值，这里是" + found.zh,
                "'" + name + "' should be { low, high }, a law or a value, this is " + found.en},
               {name + " = { low = 0, high = 10 }", name + " = { low = 0, high = 10 }"});
        continue;
      } else {
        input.value = entry.value;
      }
      out_.push_back(std::move(input));
    }
  }

 private:
  void report(Code code, const text::Place& place, Text message, Text help = {}) {
    diagnostics_.push_back(text::diagnose(code, place, std::move(message), std::move(help)));
  }

  void read_one(const Node& table, StudyInput& input) {
    TableReader reader(table, input.name, diagnostics_);
    const auto take = [&](const char* key) -> std::optional<Node> {
      const Node* node = reader.node(key);
      return node != nullptr ? std::optional(*node) : std::nullopt;
    };
    input.low = take("low"), input.high = take("high"), input.step = take("step");
    if (own_formulas_) {
      input.value = take("value");
      input.label = reader.text("name").value_or(Text{});
      if (reader.has("unit"))
        input.unit = project::read_unit(reader, "unit", diagnostics_).value_or(value::Unit());
    }
    for (const LawForm& form : law_forms) {
      const Node* node = reader.node(form.word);
      if (node == nullptr) continue;
      if (input.law) {
        report(Code::value_choice, node->place,
               {"'" + input.name + "' 有两种分布", "'" + input.name + "' has two laws"},
               {"留下一种", "keep one of them"});
        continue;
      }
      input.law = WrittenLaw{std::string(form.word), node->place, {}, {}};
      read_law(form, *node, reader, *input.law);
    }
    check_parts(input, reader);
    reader.finish();
  }

  void read_law(const LawForm& form, const Node& node, TableReader& reader, WrittenLaw& law) {
    if (form.word == "empirical" && node.kind == NodeKind::string)
      return read_column(node, reader, law);
    if (form.word == "constant" && node.kind != NodeKind::array && node.kind != NodeKind::table) {
      law.numbers = {node};
      return;
    }
    const bool wrong_count = form.numbers > 0 && node.items.size() != form.numbers;
    if (node.kind != NodeKind::array || wrong_count || node.items.empty()) {
      report(Code::value_type, node.place,
             {std::string(form.word) + " 的写法不对",
              std::string(form.word) + " is not written that way"},
             form.example);
      return;
    }
    law.numbers = node.items;
    if (form.word != "discrete") return;
    if (reader.has("weights")) law.weights = read_numbers(reader, "weights", diagnostics_);
    if (law.weights.empty()) law.weights.assign(law.numbers.size(), 1);
  }

  // empirical = "survey.csv", column = "satisfaction"
  void read_column(const Node& node, TableReader& reader, WrittenLaw& law) {
    const std::string wanted = reader.required_string("column");
    const auto path = (std::filesystem::path(folder_) / node.string).lexically_normal().string();
    std::vector<Diagnostic> found;
    const auto source = text::read_source(path, found);
    const project::Table table = source ? project::read_table(source, found) : project::Table{};
    for (Diagnostic& d : found) {
      // A file that is not there: the line that names it is what is wrong.
      if (d.line == 0)
        d = text::diagnose(d.severity, Code::file_unreadable, node.place, d.message, d.help);
      diagnostics_.push_back(std::move(d));
    }
    if (!source || wanted.empty()) return;
    std::vector<std::string> names;
    for (const project::Cell& cell : table.header) names.push_back(cell.text);
    const auto at = std::find(names.begin(), names.end(), wanted);
    if (at == names.end()) {
      return report(Code::reference_unknown, reader.place("column"),
                    {node.string + " 没有列 '" + wanted + "'",
                     node.string + " has no column '" + wanted + "'"},
                    text::suggestion(wanted, names));
    }
    const auto column = static_cast<std::size_t>(at - names.begin());
    if (table.rows.size() > most_values) {
      return report(Code::file_too_large, node.place,
                    {node.string + " 超过 200000 行", node.string + " has more than 200,000 rows"});
    }
    for (const auto& row : table.rows) {
      if (row[column].text.empty()) continue;
      Node value;
      value.place = row[column].place;
      value.kind = NodeKind::string;
      value.string = row[column].text;
      if (const auto number = value::read_number(row[column].text))
        value.kind = NodeKind::number, value.number = *number;
      law.numbers.push_back(std::move(value));
    }
    if (law.numbers.empty())
      report(Code::value_number, reader.place("column"),
             {"列 '" + wanted + "' 没有值", "the column '" + wanted + "' has no values"},
             {"至少要一个值", "one value at least"});
  }

  void check_parts(const StudyInput& input, TableReader& reader) {
    const bool ends = input.low || input.high;
    if (!input.law && input.low.has_value() != input.high.has_value()) {
      report(Code::key_missing, input.place,
             {"'" + input.name + "' 的范围只有一端",
              "'" + input.name + "' has one end of a range only"},
             {"low 和 high 都要写", "write both low and high"});
    }
    if (!ends && input.step && !input.law) {
      report(Code::key_missing, input.place,
             {"'" + input.name + "' 有 step 而没有范围",
              "'" + input.name + "' has a step but no range"},
             {"low 和 high 都要写", "write low and high"});
    }
    if (input.law && input.step) {
      report(Code::value_choice, reader.place("step"),
             {"step 只用于范围，不用于分布", "a step goes with a range, not with a law"},
             {"离散取值用 discrete = [...]", "for separate values write discrete = [...]"});
    }
    if (input.law && ends && input.law->word != "normal") {
      report(Code::value_choice, reader.place(input.low ? "low" : "high"),
             {"low、high 只截断 normal 分布", "low and high cut off a normal law only"},
             {"把两端写进 " + input.law->word + " 的参数，或改用 normal",
              "put the ends into the numbers of " + input.law->word + ", or use normal"});
    }
  }

  bool own_formulas_;
  const std::string& folder_;
  std::vector<StudyInput>& out_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

void read_inputs(const Node& table, bool own_formulas, const std::string& folder,
                 std::vector<StudyInput>& out, std::vector<Diagnostic>& diagnostics) {
  InputReader(own_formulas, folder, out, diagnostics).read("", table);
}

std::vector<double> read_numbers(TableReader& reader, std::string_view key,
                                 std::vector<Diagnostic>& diagnostics) {
  std::vector<double> out;
  const Node* node = reader.node(key);
  if (node == nullptr) return out;
  const auto is_number = [](const Node& item) {
    return (item.kind == NodeKind::number || item.kind == NodeKind::integer) &&
           std::isfinite(item.number);
  };
  if (node->kind != NodeKind::array ||
      !std::all_of(node->items.begin(), node->items.end(), is_number)) {
    diagnostics.push_back(
        text::diagnose(Code::value_type, node->place,
                       {"'" + std::string(key) + "' 应为数的列表",
                        "'" + std::string(key) + "' should be a list of numbers"},
                       {std::string(key) + " = [1, 2]", std::string(key) + " = [1, 2]"}));
    return out;
  }
  for (const Node& item : node->items) out.push_back(item.number);
  return out;
}

}  // namespace jixiao::study
