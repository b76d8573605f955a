#include "study/read_inputs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "project/csv.hpp"
#include "project/reading.hpp"
#include "study/messages.hpp"
#include "text/diagnostics.hpp"
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
              text::Findings findings)
      : own_formulas_(own_formulas), folder_(folder), out_(out), findings_(findings) {}

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
        findings_.report(entry.value.place, message::input_unreadable(name, found));
        continue;
      } else {
        input.value = entry.value;
      }
      out_.push_back(std::move(input));
    }
  }

 private:
  void read_one(const Node& table, StudyInput& input) {
    TableReader reader(table, input.name, findings_.all());
    const auto take = [&](const char* key) -> std::optional<Node> {
      const Node* node = reader.node(key);
      return node != nullptr ? std::optional(*node) : std::nullopt;
    };
    input.low = take("low"), input.high = take("high"), input.step = take("step");
    if (own_formulas_) {
      input.value = take("value");
      input.label = reader.text("name").value_or(Text{});
      if (reader.has("unit"))
        input.unit = project::read_unit(reader, "unit", findings_.all()).value_or(value::Unit());
    }
    for (const LawForm& form : law_forms) {
      const Node* node = reader.node(form.word);
      if (node == nullptr) continue;
      if (input.law) {
        findings_.report(node->place, message::two_laws(input.name));
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
      findings_.report(node.place, message::law_unreadable(std::string(form.word), form.example));
      return;
    }
    law.numbers = node.items;
    if (form.word != "discrete") return;
    if (reader.has("weights")) law.weights = read_numbers(reader, "weights", findings_);
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
        findings_.report(node.place, {text::Code::file_unreadable, d.message, d.help, d.severity});
      else
        findings_.add({d});
    }
    if (!source || wanted.empty()) return;
    std::vector<std::string> names;
    for (const project::Cell& cell : table.header) names.push_back(cell.text);
    const auto at = std::find(names.begin(), names.end(), wanted);
    if (at == names.end()) {
      return findings_.report(reader.place("column"),
                              message::column_unknown(node.string, wanted, names));
    }
    const auto column = static_cast<std::size_t>(at - names.begin());
    if (table.rows.size() > most_values) {
      return findings_.report(node.place, message::column_too_long(node.string));
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
      findings_.report(reader.place("column"), message::column_empty(wanted));
  }

  void check_parts(const StudyInput& input, TableReader& reader) {
    const bool ends = input.low || input.high;
    if (!input.law && input.low.has_value() != input.high.has_value()) {
      findings_.report(input.place, message::range_half(input.name));
    }
    if (!ends && input.step && !input.law) {
      findings_.report(input.place, message::step_without_range(input.name));
    }
    if (input.law && input.step) {
      findings_.report(reader.place("step"), message::step_of_law());
    }
    if (input.law && ends && input.law->word != "normal") {
      findings_.report(reader.place(input.low ? "low" : "high"),
                       message::law_cut_off(input.law->word));
    }
  }

  bool own_formulas_;
  const std::string& folder_;
  std::vector<StudyInput>& out_;
  text::Findings findings_;
};

}  // namespace

void read_inputs(const Node& table, bool own_formulas, const std::string& folder,
                 std::vector<StudyInput>& out, text::Findings findings) {
  InputReader(own_formulas, folder, out, findings).read("", table);
}

std::vector<double> read_numbers(TableReader& reader, std::string_view key,
                                 text::Findings findings) {
  std::vector<double> out;
  const Node* node = reader.node(key);
  if (node == nullptr) return out;
  const auto is_number = [](const Node& item) {
    return (item.kind == NodeKind::number || item.kind == NodeKind::integer) &&
           std::isfinite(item.number);
  };
  if (node->kind != NodeKind::array ||
      !std::all_of(node->items.begin(), node->items.end(), is_number)) {
    findings.report(node->place, message::not_a_list(std::string(key)));
    return out;
  }
  for (const Node& item : node->items) out.push_back(item.number);
  return out;
}

}  // namespace jixiao::study
