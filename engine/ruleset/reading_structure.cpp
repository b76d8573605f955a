#include <algorithm>
#include <cmath>
#include <filesystem>

#include "ruleset/calendar.hpp"
#include "ruleset/citation.hpp"
#include "ruleset/reading.hpp"
#include "text/built_in.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"

namespace jixiao::ruleset {

using text::Code;
using text::TableReader;

namespace {

bool is_range(const text::Node& node) {
  const auto number = [](const text::Node& item) {
    return (item.kind == text::NodeKind::integer || item.kind == text::NodeKind::number) &&
           std::isfinite(item.number);
  };
  return node.kind == text::NodeKind::array && node.items.size() == 2 &&
         std::all_of(node.items.begin(), node.items.end(), number);
}

// The words an input may be, and those it has for missing and not applicable.
void read_words(TableReader& reader, Input& input) {
  input.values = reader.strings("values");
  input.missing = reader.strings("missing");
  input.not_applicable = reader.strings("not_applicable");
  std::unordered_set<std::string> seen;
  const auto look = [&](const char* key, const std::vector<std::string>& words,
                        std::vector<double>* numbers) {
    for (const std::string& word : words) {
      if (word.empty() || word.find('"') != std::string::npos)
        reader.report(
            Code::value_text, reader.place(key),
            {"词不能为空，也不能含有引号", "a word is not empty and has no quotes in it"},
            {"去掉它；空单元格本来就是缺失", "leave it out; an empty cell is missing anyway"});
      if (!seen.insert(word).second)
        reader.report(Code::id_duplicate, reader.place(key),
                      {"词 '" + word + "' 出现两次", "the word '" + word + "' is there twice"},
                      {"去掉一个", "take one out"});
      if (const auto number = numbers != nullptr ? value::read_number(word) : std::nullopt)
        numbers->push_back(*number);
    }
  };
  look("values", input.values, nullptr);
  const bool is_number = input.values.empty();
  look("missing", input.missing, is_number ? &input.missing_numbers : nullptr);
  look("not_applicable", input.not_applicable, is_number ? &input.not_applicable_numbers : nullptr);
  if (is_number && reader.has("values"))
    reader.report(Code::value_type, reader.place("values"),
                  {"'values' 应列出可取的词", "'values' should list the words it may be"},
                  {"例如 values = [\"east\", \"west\"]", "such as values = [\"east\", \"west\"]"});
  if (is_number) return;
  for (const char* key : {"range", "unit"}) {
    if (reader.has(key))
      reader.report(Code::key_unknown, reader.place(key),
                    {"取文字值的投入没有 '" + std::string(key) + "'",
                     "an input of words has no '" + std::string(key) + "'"},
                    {"去掉它，或去掉 values", "leave it out, or leave out 'values'"});
  }
  input.range = Interval{1, static_cast<double>(input.values.size()), true, true};
}

}  // namespace

Reading::Reading(const Lineage& lineage, const RuleNeeds& needs,
                 std::vector<Diagnostic>& diagnostics)
    : lineage_(lineage),
      needs_(needs),
      diagnostics_(diagnostics),
      top_(lineage.root, "rule set", diagnostics) {}

RuleSet Reading::read() {
  read_heading();
  read_calendar();
  read_types();
  read_blocks();
  read_inputs();
  read_methods();
  read_fixed_indicators();
  read_comparisons();
  read_total();
  read_adjustments();
  read_bands();
  read_vetoes();
  read_distribution();
  read_checks();
  read_statistics();
  read_cases();
  top_.finish();
  check_weights();
  check_bands();
  check_inapplicable();
  check_total();
  if (needs_.everything) {  // otherwise binding looks at the combinations there are
    check_methods();
    if (!text::has_error(diagnostics_)) check_reversed();  // its formulas are run
  }
  return std::move(out_);
}

void Reading::report(Code code, const text::Place& at, Text message, Text help) {
  diagnostics_.push_back(text::diagnose(code, at, std::move(message), std::move(help)));
}

std::vector<Citation> Reading::read_cite(TableReader& reader, std::string_view key, bool required,
                                         const std::string& whose) {
  return read_citations(reader, key, required, whose, diagnostics_);
}

std::string Reading::read_id(TableReader& reader, std::unordered_set<std::string>& taken,
                             std::string_view extra) {
  std::string id = reader.required_string("id");
  if (id.empty()) return id;
  const bool plain =
      extra.empty() ? formula::is_name(id) : std::all_of(id.begin(), id.end(), [&](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
               (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
               extra.find(c) != std::string_view::npos;
      });
  if (!plain || id.size() > 100) {
    report(Code::id_invalid, reader.place("id"),
           {"id '" + id.substr(0, 100) + "' 不能在公式中使用",
            "the id '" + id.substr(0, 100) + "' could not be used in a formula"},
           {"只用字母、汉字、数字和下划线，不以数字开头，不与函数同名",
            "use letters, digits and '_', not starting with a digit, and no function's name"});
  }
  if (!taken.insert(id).second) {
    report(Code::id_duplicate, reader.place("id"),
           {"id '" + id + "' 已被使用", "the id '" + id + "' is already taken"},
           {"换一个 id", "choose another id"});
  }
  return id;
}

std::size_t Reading::reference(const text::Place& place, std::string_view kind,
                               const std::string& id, const KnownIds& known) {
  if (const std::size_t found = known.find(id); found != none) return found;
  report(Code::reference_unknown, place,
         {"没有名为 '" + id + "' 的 " + std::string(kind),
          "there is no " + std::string(kind) + " '" + id + "'"},
         text::suggestion(id, known.all()));
  return none;
}

void Reading::read_heading() {
  top_.require("schema");
  if (const auto schema = top_.string("schema"); schema && *schema != "jixiao/ruleset/1") {
    report(Code::schema_unknown, top_.place("schema"),
           {"schema 应为 'jixiao/ruleset/1'，这里是 '" + *schema + "'",
            "the schema should be 'jixiao/ruleset/1', this is '" + *schema + "'"},
           {"本程序只读第 1 版；更新的文件需要更新的 jixiao",
            "this program reads version 1; a newer file needs a newer jixiao"});
  }
  top_.allow("extends");
  std::unordered_set<std::string> taken;
  out_.id = read_id(top_, taken, "-.");
  out_.version = top_.required_string("version");
  top_.require("title");
  out_.title = top_.text("title").value_or(Text{});
  out_.note = top_.text("note").value_or(Text{});
  out_.cite = read_cite(top_, "cite", true, "rule set");
  out_.abstract = top_.boolean("abstract").value_or(false);
  out_.lineage = lineage_.ancestors;
  out_.file = lineage_.file;
  out_.sha256 = lineage_.sha256;
  if (const auto scale = top_.number("scale")) {
    if (*scale > 0) {
      out_.scale = *scale;
    } else {
      report(Code::value_number, top_.place("scale"),
             {"'scale' 必须大于 0", "'scale' must be above 0"});
    }
  }
  out_.missing = top_.choice("missing", {"error", "zero"}).value_or(0) == 1 ? MissingPolicy::zero
                                                                            : MissingPolicy::error;

  if (const text::Node* table = top_.table("not_applicable")) {
    TableReader reader(*table, "[not_applicable]", diagnostics_);
    if (const auto policy = reader.choice("indicator", {"rescale", "full", "siblings", "refuse"}))
      out_.not_applicable = static_cast<NotApplicablePolicy>(*policy);
    reader.finish();
  }
  if (const text::Node* table = top_.table("rounding")) {
    TableReader reader(*table, "rounding", diagnostics_);
    const auto mode = static_cast<value::RoundingMode>(
        reader.choice("mode", {"half_up", "half_even", "down", "up"}).value_or(0));
    const auto place = [&](std::string_view key, std::optional<value::Rounding>& rounding) {
      if (const auto digits = reader.integer(key, 0, 9))
        rounding = value::Rounding{static_cast<int>(*digits), mode};
    };
    place("indicator", out_.indicator_rounding);
    place("block", out_.block_rounding);
    place("total", out_.total_rounding);
    reader.finish();
  }
  check_decimals(out_.total_rounding, out_.scale, top_.place("scale"), {"满分", "the full marks"});
}

void Reading::read_calendar() {
  const auto id = top_.string("calendar");
  if (!id) return;
  const std::string path =
      (std::filesystem::path(lineage_.folder) / "calendars" / (*id + ".toml")).string();
  // A derived rule set elsewhere still means the calendar beside the rule set it extends.
  std::vector<std::string> candidates{path};
  for (const Ancestor& ancestor : lineage_.ancestors) {
    candidates.push_back(
        (std::filesystem::path(ancestor.file).parent_path() / ".." / "calendars" / (*id + ".toml"))
            .lexically_normal()
            .string());
  }
  candidates.push_back(std::string(text::built_in_prefix) + "rules/calendars/" + *id + ".toml");
  for (const std::string& candidate : candidates) {
    if (!text::file_exists(candidate)) continue;
    out_.calendar = read_calendar_file(candidate, diagnostics_);
    return;
  }
  report(Code::reference_unknown, top_.place("calendar"),
         {"没有名为 '" + *id + "' 的日历（应在 " + path + "）",
          "there is no calendar '" + *id + "' (expected at " + path + ")"});
}

void Reading::read_types() {
  std::unordered_set<std::string> taken;
  for (const text::Node* table : top_.tables("type")) {
    TableReader reader(*table, "[[type]]", diagnostics_);
    Type type;
    type.id = read_id(reader, taken);
    type.name = reader.text("name").value_or(Text{type.id, type.id});
    type.also = reader.strings("also");
    reader.finish();
    types_.add(type.id);
    out_.types.push_back(std::move(type));
  }
}

void Reading::read_blocks() {
  const auto tables = top_.tables("block");
  std::unordered_set<std::string> taken{"total", "n",           "A",      "T",   "U", "W",
                                        "B",     "B0",          "E",      "P",   "S", "N",
                                        "V",     "fiscal_year", "points", "lost"};
  std::vector<std::pair<const text::Node*, std::size_t>> moves;
  for (const text::Node* table : tables) {
    TableReader reader(*table, "[[block]]", diagnostics_);
    Block block;
    block.place = table->place;
    block.id = read_id(reader, taken);
    block.name = reader.text("name").value_or(Text{block.id, block.id});
    block.also = reader.strings("also");
    const auto weight = reader.number("weight");
    // -1: left out, to be worked out from the indicators; a value that is there but wrong was
    // reported, and is no weight.
    block.weight = weight ? std::max(0.0, *weight) : reader.has("weight") ? 0 : -1;
    if (weight && *weight < 0)
      report(Code::weights_invalid, reader.place("weight"),
             {"权重不能为负", "a weight cannot be negative"});
    if (weight)
      check_decimals(out_.block_rounding, *weight, reader.place("weight"),
                     {"块 " + block.id, "block " + block.id});
    if (const auto range = reader.node("weight_range"); range != nullptr) {
      if (is_range(*range) && range->items[0].number <= range->items[1].number) {
        block.weight_range = Interval{range->items[0].number, range->items[1].number, true, true};
      } else {
        report(Code::value_type, range->place,
               {"'weight_range' 应为 [最小, 最大]", "'weight_range' should be [lowest, highest]"});
      }
    }
    const text::Place types_place = reader.place("types");
    for (const std::string& id : reader.strings("types")) {
      if (const std::size_t type = reference(types_place, "[[type]]", id, types_); type != none)
        block.types.push_back(type);
    }
    if (const text::Node* empty = reader.node("when_empty"); empty != nullptr) {
      if (empty->kind == text::NodeKind::table) {
        TableReader move(*empty, "when_empty", diagnostics_);
        if (const auto* to = move.node("move_to")) {
          block.when_empty = WhenEmpty::move;
          moves.emplace_back(to, out_.blocks.size());
        } else {
          move.require("move_to");
        }
        move.finish();
      } else if (const auto word = reader.choice("when_empty", {"lost", "rescale", "error"})) {
        block.when_empty = *word == 0   ? WhenEmpty::lost
                           : *word == 1 ? WhenEmpty::rescale
                                        : WhenEmpty::refuse;
      }
    }
    if (const text::Node* fold = reader.table("combine")) {
      TableReader parts(*fold, "combine", diagnostics_);
      const auto each = parts.required_formula("each");
      const auto total = parts.required_formula("total");
      parts.finish();
      if (each && total) {
        auto each_formula = formula::compile(
            *each, {{"P", "W"}, nullptr, {value::summed, value::computed}}, diagnostics_);
        auto total_formula = formula::compile(
            *total, {{"S", "N", "V"}, nullptr, {value::summed, 0, value::summed}}, diagnostics_);
        if (each_formula && total_formula)
          block.combine = Fold{*std::move(each_formula), *std::move(total_formula)};
      }
    }
    reader.finish();
    blocks_.add(block.id);
    out_.blocks.push_back(std::move(block));
  }
  for (const auto& [node, index] : moves) {
    if (node->kind != text::NodeKind::string) continue;
    out_.blocks[index].move_to = reference(node->place, "[[block]]", node->string, blocks_);
    if (out_.blocks[index].move_to == index) {
      report(Code::reference_unknown, node->place,
             {"权重不能移到自己", "a block's weight cannot move to itself"});
      out_.blocks[index].move_to = none;
    }
    if (out_.blocks[index].move_to == none) out_.blocks[index].when_empty = WhenEmpty::lost;
  }
}

void Reading::read_inputs() {
  std::unordered_set<std::string> taken(blocks_.all().begin(), blocks_.all().end());
  for (const char* reserved : {"total", "n", "A", "T", "U", "W", "B", "B0", "E", "fiscal_year",
                               "points", "lost", "has_reason", "has_evidence"})
    taken.insert(reserved);
  for (const text::Node* table : top_.tables("input")) {
    TableReader reader(*table, "[[input]]", diagnostics_);
    Input input;
    input.id = read_id(reader, taken);
    input.name = reader.text("name").value_or(Text{input.id, input.id});
    if (const auto unit = reader.string("unit")) {
      const auto parsed = value::Unit::parse(*unit);
      if (!parsed)
        report(Code::value_text, reader.place("unit"),
               {"读不懂单位 '" + *unit + "'", "the unit '" + *unit + "' cannot be read"});
      input.unit = parsed.value_or(value::Unit{});
    }
    if (const auto range = reader.string("range")) {
      input.range = Interval::parse(*range);
      if (!input.range)
        report(Code::value_text, reader.place("range"),
               {"读不懂区间 '" + *range + "'", "the interval '" + *range + "' cannot be read"},
               {"例如 \"[0,120]\"", "such as \"[0,120]\""});
    }
    read_words(reader, input);
    reader.finish();
    out_.inputs.push_back(std::move(input));
  }
  name_statistics(taken);
  out_.project_scope.variables = {"B0", "B", "E", "fiscal_year"};
  for (const Input& input : out_.inputs) out_.project_scope.variables.push_back(input.id);
  for (const Block& block : out_.blocks) out_.project_scope.add(block.id, value::summed);
  out_.project_scope.add("total", value::summed);
  out_.project_scope.words = word_lists(out_.inputs, project_names);
  out_.project_scope.calendar = out_.calendar;
}

void Reading::read_total() {
  out_.total_range = Interval{0, out_.scale, true, true};
  const text::Node* table = top_.table("total");
  if (table == nullptr) return;
  TableReader reader(*table, "[total]", diagnostics_);
  if (const auto combine = reader.formula("combine")) {
    formula::Scope scope = out_.project_scope;
    scope.variables.pop_back();  // the total itself
    scope.bounds.pop_back();
    out_.combine = formula::compile(*combine, scope, diagnostics_);
  }
  for (const text::Node* item : reader.tables("reason")) {
    TableReader reason(*item, "[[total.reason]]", diagnostics_);
    Reason made;
    if (const auto when = reason.formula("when"))
      made.when = formula::compile(*when, out_.project_scope, diagnostics_);
    made.wording = read_wording(reason, out_.project_scope);
    reason.finish();
    out_.total_reasons.push_back(std::move(made));
  }
  if (const text::Node* range = reader.node("range")) {
    if (range->kind == text::NodeKind::array && range->items.empty()) {
      out_.total_range.reset();
    } else if (is_range(*range) && range->items[0].number < range->items[1].number) {
      out_.total_range = Interval{range->items[0].number, range->items[1].number, true, true};
    } else {
      report(Code::value_type, range->place,
             {"'range' 应为 [最小, 最大] 或 []", "'range' should be [lowest, highest] or []"});
    }
  }
  reader.finish();
}

}  // namespace jixiao::ruleset
