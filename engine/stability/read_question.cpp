#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "jixiao/project.hpp"
#include "project/csv.hpp"
#include "project/project.hpp"
#include "ruleset/versions.hpp"
#include "scoring/binding.hpp"
#include "scoring/statistics.hpp"
#include "stability/question.hpp"
#include "system/fingerprint.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "text/table_reader.hpp"
#include "value/field.hpp"
#include "value/total_name.hpp"

namespace jixiao::stability {

namespace fs = std::filesystem;
using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;
using value::Cell;

namespace {

constexpr std::size_t most_members = 100'000;
constexpr long most_draws = 10'000'000;

class QuestionReader {
 public:
  QuestionReader(const Node& root, const std::string& file, const RuleLibrary& library,
                 std::vector<Diagnostic>& diagnostics)
      : reader_(root, "study", diagnostics),
        folder_(fs::path(file).parent_path()),
        library_(library),
        diagnostics_(diagnostics) {}

  std::unique_ptr<Question> read() {
    const std::size_t before = diagnostics_.size();
    for (const char* key : {"schema", "kind"}) reader_.allow(key);
    out_->title = reader_.text("title").value_or(Text{});
    out_->note = reader_.text("note").value_or(Text{});
    out_->seed =
        static_cast<std::uint64_t>(reader_.integer("seed", 0, 9'007'199'254'740'991).value_or(1));
    out_->draws =
        static_cast<std::size_t>(reader_.integer("samples", 1, most_draws).value_or(10'000));
    const bool by_table = reader_.has("table");
    if (by_table == reader_.has("projects"))
      reader_.report(Code::key_missing, reader_.place(),
                     {"要写 table 或 projects 中的一个",
                      "a study of stability has a table or projects: one of the two"},
                     {"table = \"countries.csv\"，或 projects = [\"../a\", \"../b\"]",
                      "table = \"countries.csv\", or projects = [\"../a\", \"../b\"]"});
    if (by_table) {
      read_table();
    } else {
      read_projects();
    }
    if (out_->rules) {
      read_weights();
    } else {  // not read for want of rules, and no unknown keys for that
      for (const char* key : {"weights", "spread", "id", "map"}) reader_.allow(key);
    }
    reader_.finish();
    out_->inputs_sha256 = fingerprint_.hex();
    const bool wrong =
        std::any_of(diagnostics_.begin() + static_cast<std::ptrdiff_t>(before), diagnostics_.end(),
                    [](const Diagnostic& d) { return d.severity == Severity::error; });
    return wrong || !out_->rules ? nullptr : std::move(out_);
  }

 private:
  [[nodiscard]] std::string beside(const std::string& path) const {
    return fs::path(path).is_absolute() ? path : (folder_ / path).lexically_normal().string();
  }

  bool take_rules(const std::string& wanted, const text::Place& place, const RuleNeeds& needs) {
    const bool is_path = wanted.find('/') != std::string::npos || wanted.ends_with(".toml");
    const auto read = read_rules(is_path ? beside(wanted) : wanted, library_, needs);
    for (const Diagnostic& d : read.diagnostics()) {
      if (d.severity != Severity::error) continue;
      // It was not found: the line that names it is what is wrong.
      diagnostics_.push_back(
          d.file.empty() ? text::diagnose(Code::reference_unknown, place, d.message, d.help) : d);
    }
    if (!read || !ruleset::is_one_version(read->model(), diagnostics_)) return false;
    const auto kept = std::make_shared<RuleSet>(*read);
    out_->rules = std::shared_ptr<const ruleset::RuleSet>(kept, &kept->model());
    return true;
  }

  void read_table() {
    reader_.require("rules");
    const std::string wanted = reader_.string("rules").value_or("");
    std::map<std::string, std::string> map;
    if (const Node* table = reader_.table("map")) {
      for (const Node::Entry& entry : table->entries) {
        if (entry.value.kind == NodeKind::string) map[entry.key] = entry.value.string;
      }
    }
    const std::string id = reader_.string("id").value_or("");
    const std::string file = reader_.string("table").value_or("");
    if (wanted.empty() || !take_rules(wanted, reader_.place("rules"), {})) return;
    const auto source = text::read_source(beside(file), diagnostics_);
    if (!source) return;
    fingerprint_.add(source->text());
    const project::Table table = project::read_table(source, diagnostics_);
    if (table.rows.size() > most_members)
      return reader_.report(Code::file_too_large, reader_.place("table"),
                            {"超过 100000 个项目", "more than 100,000 projects"});
    const std::size_t name = id.empty() ? first_of(table, {"project", "name", "country"})
                                        : column(table, id, reader_.place("id"));
    if (out_->rules->lacks_table()) {
      diagnostics_.push_back(scoring::statistics_needed(*out_->rules));
      return;
    }
    check_names(table, name);
    fill(table, name, map);
  }

  // Rows that are no project, and projects that are there twice.
  void check_names(const project::Table& table, std::size_t name) {
    std::map<std::string_view, std::size_t> lines;
    for (const auto& row : table.rows) {
      if (name >= row.size()) continue;  // said where the table was read
      const project::Cell& cell = row[name];
      const auto refuse = [&](Code code, Text message, Text help) {
        diagnostics_.push_back(
            text::diagnose(code, cell.place, std::move(message), std::move(help)));
      };
      if (cell.text.empty()) {
        refuse(Code::key_missing, {"这一行没有项目名", "the row has no project"},
               {"合并的单元格要逐行填上，不是项目的行请删去",
                "fill in merged cells row by row, and remove rows that are no project"});
      } else if (value::says_total(cell.text)) {
        refuse(Code::table_total,
               {"'" + cell.text + "' 像是合计行，不是项目",
                "'" + cell.text + "' looks like a row of totals, not a project"},
               {"删去这一行；若确是项目请改名", "remove it, or rename the project"});
      } else if (const auto [there, fresh] = lines.emplace(cell.text, cell.place.line); !fresh) {
        refuse(
            Code::id_duplicate,
            {"项目 '" + cell.text + "' 在第 " + std::to_string(there->second) + " 行已有",
             "the project '" + cell.text + "' is also on line " + std::to_string(there->second)},
            {"删去一行，或给各自的名字", "remove one of the rows, or give each a name of its own"});
      }
    }
  }

  [[nodiscard]] static std::size_t first_of(const project::Table& table,
                                            std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
      for (std::size_t c = 0; c < table.header.size(); ++c) {
        if (table.header[c].text == name) return c;
      }
    }
    return 0;
  }

  std::size_t column(const project::Table& table, const std::string& name,
                     const text::Place& place) {
    std::vector<std::string> known;
    for (const auto& cell : table.header) known.push_back(cell.text);
    const auto at = std::find(known.begin(), known.end(), name);
    if (at == known.end())
      diagnostics_.push_back(
          text::diagnose(Code::table_header, place,
                         {"表中没有列 '" + name + "'", "the table has no column '" + name + "'"},
                         text::suggestion(name, known)));
    return static_cast<std::size_t>(at - known.begin());
  }

  // One batch of all rows: projects that bring nothing but values for the inputs of the rule set.
  void fill(const project::Table& table, std::size_t name,
            const std::map<std::string, std::string>& map) {
    const ruleset::RuleSet& rules = *out_->rules;
    const std::size_t n = table.rows.size();
    scoring::Batch batch;
    batch.projects = n;
    batch.year.assign(n, 0);
    batch.row_begin.assign(n + 1, 0);
    batch.block_weights.resize(rules.blocks.size());
    batch.fixed.resize(rules.indicators.size());
    for (auto& fixed : batch.fixed) {
      fixed.has_reason.assign(n, 0);
      fixed.has_evidence.assign(n, 0);
      fixed.not_applicable.assign(n, 0);
    }
    const auto missing = [&](scoring::CellColumn& cells) {
      for (std::size_t i = 0; i < n; ++i) cells.push(Cell::none());
    };
    missing(batch.initial);
    missing(batch.adjusted);
    missing(batch.executed);
    for (const auto& input : rules.inputs) {
      if (input.statistic != ruleset::none) {
        batch.inputs.emplace_back();
        continue;
      }
      const auto mapped = map.find(input.id);
      const std::size_t at =
          column(table, mapped == map.end() ? input.id : mapped->second,
                 table.header.empty() ? reader_.place("table") : table.header.front().place);
      scoring::CellColumn cells;
      for (const auto& row : table.rows)
        cells.push(at < row.size() ? number(row[at], input) : Cell::none());
      batch.inputs.push_back(std::move(cells));
    }
    scoring::fill_statistics(rules, batch);
    for (const auto& row : table.rows) {
      const std::string& id = name < row.size() ? row[name].text : std::string();
      out_->members.push_back({id, {id, id}});
    }
    out_->batches.push_back(std::move(batch));
  }

  Cell number(const project::Cell& cell, const ruleset::Input& input) {
    if (cell.text.empty()) return Cell::none();
    const auto read = value::read_number(cell.text);
    if (read && (!input.range || input.range->contains(*read))) return Cell::of(*read);
    diagnostics_.push_back(text::diagnose(
        Code::value_number, cell.place,
        {"'" + cell.text + "' 不是 " + input.id + " 能有的数",
         "'" + cell.text + "' is no number " + input.id + " can be"},
        input.range ? Text{"范围 " + input.range->text(), "it lies in " + input.range->text()}
                    : Text{}));
    return Cell::error();
  }

  void read_projects() {
    const std::vector<std::string> paths = reader_.strings("projects");
    const std::string wanted = reader_.string("rules").value_or("");
    std::vector<Project> projects;
    RuleNeeds needs{false, {}};
    for (const std::string& path : paths) {
      const auto project = read_project({beside(path), ""});
      for (const Diagnostic& d : project.diagnostics()) {
        if (d.severity == Severity::error) diagnostics_.push_back(d);
      }
      if (!project) continue;
      const RuleNeeds more = project->needs();
      needs.everything = needs.everything || more.everything;
      needs.methods.insert(needs.methods.end(), more.methods.begin(), more.methods.end());
      // Rules of one form say nothing of the others: beside others it lacks them, which binding
      // says.
      if (paths.size() == 1) needs.printed = more.printed;
      if (paths.size() == 1) needs.subject = more.subject;
      projects.push_back(*project);
    }
    if (projects.empty()) return;
    const std::string rules = wanted.empty() ? projects.front().rules() : wanted;
    if (rules.empty())
      return reader_.report(Code::key_missing, reader_.place("projects"),
                            {"没有指定规则集", "no rule set is named"},
                            {"rules = \"cn-mof-2020\"", "rules = \"cn-mof-2020\""});
    for (const Project& project : projects) {
      if (!wanted.empty() || project.rules() == rules) continue;
      reader_.report(Code::value_choice, reader_.place("projects"),
                     {"这些项目的规则集不同：" + rules + "、" + project.rules(),
                      "these projects have different rule sets: " + rules + ", " + project.rules()},
                     {"写 rules = \"" + rules + "\"，都按它计分",
                      "write rules = \"" + rules + "\" to score all of them by it"});
    }
    if (!take_rules(rules, reader_.place(wanted.empty() ? "projects" : "rules"), needs)) return;
    for (const Project& project : projects) add_project(project.model());
  }

  void add_project(const project::Project& project) {
    if (!project.has_results)
      diagnostics_.push_back(
          text::diagnose_file(Code::result_missing, project.file,
                              {"没有结果文件，无法评分", "there are no results to score"}));
    std::vector<Diagnostic> found;
    scoring::Binding binding = scoring::bind(*out_->rules, project, false, found);
    std::copy_if(found.begin(), found.end(), std::back_inserter(diagnostics_),
                 [](const Diagnostic& d) { return d.severity == Severity::error; });
    fingerprint_.add(project.inputs_sha256);
    out_->illustrative = out_->illustrative || project.illustrative;
    out_->members.push_back({project.file, project.name});
    out_->batches.push_back(std::move(binding.batch));
  }

  void read_weights() {
    const ruleset::RuleSet& rules = *out_->rules;
    std::vector<Weight> blocks, indicators;
    for (std::size_t b = 0; b < rules.blocks.size(); ++b)
      blocks.push_back({b, rules.blocks[b].id, rules.blocks[b].name, rules.blocks[b].weight, 0, 0});
    for (std::size_t f = 0; f < rules.indicators.size(); ++f) {
      const auto& indicator = rules.indicators[f];
      if (indicator.weight)
        indicators.push_back({f, indicator.id, indicator.name, *indicator.weight, 0, 0});
    }
    // An index weighs its indicators, an office its blocks.
    const bool all_fixed = std::all_of(out_->batches.begin(), out_->batches.end(),
                                       [](const auto& batch) { return batch.rows.size() == 0; });
    out_->of_blocks = !(all_fixed && indicators.size() > 1);
    const Node* table = reader_.table("weights");
    const auto spread = reader_.number("spread");
    out_->weights_place = table != nullptr ? table->place : reader_.place("spread");
    if (table == nullptr && !spread)
      return reader_.report(
          Code::key_missing, reader_.place(),
          {"没有说权重可在什么范围内变动", "nothing says how far weights may move"},
          {"spread = 20（各增减两成），或 [weights] output = [40, 60]",
           "spread = 20 (a fifth either way), or [weights] output = [40, 60]"});
    if (spread && !(*spread > 0 && *spread <= 100))
      reader_.report(Code::value_number, reader_.place("spread"),
                     {"spread 应在 0 与 100 之间", "spread is between 0 and 100"},
                     {"spread = 20", "spread = 20"});
    if (table != nullptr) choose(*table, blocks, indicators);
    std::vector<Weight>& moving = out_->of_blocks ? blocks : indicators;
    for (Weight& weight : moving) {
      const Node::Entry* given = table != nullptr ? table->find(weight.name) : nullptr;
      if (given != nullptr) {
        read_range(*given, weight);
      } else if (spread) {
        weight.low = weight.nominal * (1 - *spread / 100);
        weight.high = weight.nominal * (1 + *spread / 100);
      } else {
        continue;
      }
      out_->weights.push_back(weight);
    }
    if (out_->weights.size() < 2)
      reader_.report(Code::key_missing, out_->weights_place,
                     {"至少要有两个可变的权重：一个增，另一个减",
                      "at least two weights move: what one gains another loses"});
  }

  // Whether [weights] speaks of blocks or of indicators; a name that is neither is reported.
  void choose(const Node& table, const std::vector<Weight>& blocks,
              const std::vector<Weight>& indicators) {
    const auto has = [](const std::vector<Weight>& list, const std::string& name) {
      return std::any_of(list.begin(), list.end(),
                         [&](const Weight& weight) { return weight.name == name; });
    };
    std::vector<std::string> known;
    for (const auto* list : {&blocks, &indicators}) {
      for (const Weight& weight : *list) known.push_back(weight.name);
    }
    std::size_t of_blocks = 0, of_indicators = 0;
    for (const Node::Entry& entry : table.entries) {
      if (has(blocks, entry.key)) {
        ++of_blocks;
      } else if (has(indicators, entry.key)) {
        ++of_indicators;
      } else {
        diagnostics_.push_back(text::diagnose(
            Code::reference_unknown, entry.key_place,
            {"没有权重 '" + entry.key + "'", "there is no weight '" + entry.key + "'"},
            text::suggestion(entry.key, known)));
      }
    }
    if (of_blocks > 0 && of_indicators > 0)
      diagnostics_.push_back(
          text::diagnose(Code::value_choice, table.place,
                         {"一级指标和单项指标的权重不能混写",
                          "weights of blocks and of indicators do not go together"},
                         {"只写其中一种", "write one kind of them"}));
    if (of_blocks + of_indicators > 0) out_->of_blocks = of_blocks > 0;
  }

  void read_range(const Node::Entry& entry, Weight& weight) {
    const Node& node = entry.value;
    const auto number = [](const Node& item) {
      return (item.kind == NodeKind::integer || item.kind == NodeKind::number) &&
             std::isfinite(item.number);
    };
    if (node.kind != NodeKind::array || node.items.size() != 2 || !number(node.items[0]) ||
        !number(node.items[1])) {
      diagnostics_.push_back(
          text::diagnose(Code::value_type, node.place,
                         {"权重的范围是两个数", "the range of a weight is two numbers"},
                         {entry.key + " = [40, 60]", entry.key + " = [40, 60]"}));
      return;
    }
    weight.low = node.items[0].number;
    weight.high = node.items[1].number;
    if (weight.low > weight.high || weight.low < 0)
      diagnostics_.push_back(
          text::diagnose(Code::weights_invalid, node.place,
                         {"范围上下颠倒或为负", "the range is upside down or negative"},
                         {"写成 [低, 高]", "write [low, high]"}));
  }

  TableReader reader_;
  fs::path folder_;
  const RuleLibrary& library_;
  std::vector<Diagnostic>& diagnostics_;
  system::Fingerprint fingerprint_;
  std::unique_ptr<Question> out_ = std::make_unique<Question>();
};

}  // namespace

std::unique_ptr<Question> read_question(const Node& root, const std::string& file,
                                        const RuleLibrary& library,
                                        std::vector<Diagnostic>& diagnostics) {
  return QuestionReader(root, file, library, diagnostics).read();
}

}  // namespace jixiao::stability
