#include <algorithm>
#include <cmath>
#include <filesystem>

#include "jixiao/project.hpp"
#include "project/reading.hpp"
#include "system/fingerprint.hpp"
#include "text/suggestion.hpp"
#include "value/most_money.hpp"

namespace jixiao {

namespace fs = std::filesystem;
using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

const std::string& Project::rules() const { return model_->rules; }

RuleNeeds Project::needs() const {
  RuleNeeds needs{false, {}, RuleNeeds::Subject{model_->year, {}}, model_->printed};
  for (const project::NamedValue& input : model_->inputs)
    needs.subject->inputs.emplace_back(input.name, input.value);
  for (const auto& indicator : model_->indicators) {
    if (!indicator.method.text.empty()) needs.methods.push_back(indicator.method.text);
  }
  return needs;
}

namespace project {

std::optional<value::Unit> read_unit(TableReader& reader, std::string_view key,
                                     std::vector<Diagnostic>& diagnostics) {
  const auto written = reader.string(key);
  if (!written || written->empty()) return std::nullopt;
  auto unit = value::Unit::parse(*written);
  if (!unit)
    diagnostics.push_back(text::diagnose(
        Code::value_text, reader.place(key),
        {"读不懂单位 '" + *written + "'", "the unit '" + *written + "' cannot be read"},
        {"例如 人、%、元/人/天", "such as 人, %, 元/人/天"}));
  return unit;
}

Amount read_amount(TableReader& reader, std::string_view key,
                   std::vector<Diagnostic>& diagnostics) {
  Amount out;
  out.place = reader.place(key);
  const Node* node = reader.node(key);
  if (node == nullptr) return out;
  out.yuan = value::Cell::error();
  const Text help{"写上单位，如 \"120万元\" 或 \"1200000元\"",
                  "give the unit: \"120万元\" or \"1200000元\""};
  if (node->kind == NodeKind::integer || node->kind == NodeKind::number) {
    diagnostics.push_back(text::diagnose(
        Code::unit_clash, node->place,
        {"金额没有单位：是元还是万元？", "an amount without a unit: 元 or 万元?"}, help));
    return out;
  }
  const auto field = node->kind == NodeKind::string ? value::read_field(node->string)
                                                    : std::nullopt;
  if (!field || field->kind != value::Kind::number || field->low != field->high ||
      field->direction) {
    diagnostics.push_back(text::diagnose(
        Code::value_text, node->place,
        {"读不懂金额 '" + node->string + "'", "the amount '" + node->string + "' cannot be read"},
        help));
    return out;
  }
  if (!field->unit.is_money()) {
    diagnostics.push_back(text::diagnose(Code::unit_clash, node->place,
                                         {"金额 '" + node->string + "' 没有货币单位",
                                          "the amount '" + node->string + "' has no unit of money"},
                                         help));
    return out;
  }
  if (field->low < 0) {
    diagnostics.push_back(text::diagnose(Code::value_number, node->place,
                                         {"金额不能为负", "an amount cannot be negative"}));
    return out;
  }
  if (field->low > value::most_yuan) {
    diagnostics.push_back(text::diagnose(Code::value_number, node->place,
                                         {"金额 '" + node->string + "' 超过一亿亿元",
                                          "the amount '" + node->string + "' is over 10^16 yuan"},
                                         {"请检查位数与单位", "check its digits and its unit"}));
    return out;
  }
  out.yuan = value::Cell::of(field->low);
  return out;
}

namespace {

std::vector<NamedValue> read_named(const Node* table, bool may_be_word,
                                   std::vector<Diagnostic>& diagnostics) {
  std::vector<NamedValue> out;
  if (table == nullptr) return out;
  for (const Node::Entry& entry : table->entries) {
    if (may_be_word && entry.value.kind == NodeKind::string) {
      out.push_back({entry.key, std::nan(""), entry.value.place, entry.value.string});
    } else if (entry.value.kind != NodeKind::integer && entry.value.kind != NodeKind::number) {
      const Text found = text::kind_name(entry.value.kind);
      diagnostics.push_back(
          text::diagnose(Code::value_type, entry.value.place,
                         {"'" + entry.key + "' 应为数，这里是" + found.zh,
                          "'" + entry.key + "' should be a number, this is " + found.en}));
    } else if (!std::isfinite(entry.value.number)) {
      diagnostics.push_back(text::diagnose(
          Code::value_number, entry.value.place,
          {"'" + entry.key + "' 必须是有限的数", "'" + entry.key + "' must be a finite number"}));
    } else {
      out.push_back({entry.key, entry.value.number, entry.value.place});
    }
  }
  return out;
}

}  // namespace

std::vector<NamedValue> read_numbers(const Node* table, std::vector<Diagnostic>& diagnostics) {
  return read_named(table, false, diagnostics);
}
std::vector<NamedValue> read_inputs(const Node* table, std::vector<Diagnostic>& diagnostics) {
  return read_named(table, true, diagnostics);
}

namespace {

void read_heading(const Node& root, TableReader& top, Project& project,
                  std::vector<Diagnostic>& diagnostics) {
  top.require("schema");
  if (const auto schema = top.string("schema"); schema && *schema != "jixiao/project/1") {
    top.report(Code::schema_unknown, top.place("schema"),
               {"schema 应为 'jixiao/project/1'，这里是 '" + *schema + "'",
                "the schema should be 'jixiao/project/1', this is '" + *schema + "'"},
               {"本程序只读第 1 版；更新的文件需要更新的 jixiao",
                "this program reads version 1; a newer file needs a newer jixiao"});
  }
  project.rules = top.string("rules").value_or("");
  project.rules_place = top.place("rules");
  top.require("project");
  const Node* table = top.table("project");
  if (table == nullptr) {
    project.name = {root.place.source->name(), root.place.source->name()};
    return;
  }
  TableReader reader(*table, "[project]", diagnostics);
  reader.require("name");
  project.name = reader.text("name").value_or(Text{});
  reader.require("year");
  project.year = static_cast<int>(reader.integer("year", 1900, 2200).value_or(0));
  project.unit = reader.string("unit").value_or("");
  project.note = reader.text("note").value_or(Text{});
  project.department = reader.string("department").value_or("");
  for (const char* known : {"code", "period", "filed_on", "region"}) reader.allow(known);
  reader.finish();
}

void read_money(TableReader& top, Project& project, std::vector<Diagnostic>& diagnostics) {
  const Node* table = top.table("money");
  if (table == nullptr) return;
  TableReader reader(*table, "[money]", diagnostics);
  project.money.initial = read_amount(reader, "initial", diagnostics);
  project.money.adjusted = read_amount(reader, "adjusted", diagnostics);
  if (!reader.has("adjusted")) project.money.adjusted = project.money.initial;
  if (reader.has("executed")) project.money.executed = read_amount(reader, "executed", diagnostics);
  double initial = 0;
  double adjusted = 0;
  bool all_initial = true;
  bool all_adjusted = true;
  const auto sources = reader.tables("source");
  for (const Node* item : sources) {
    TableReader source(*item, "[[money.source]]", diagnostics);
    source.require("name");
    const Text name = source.text("name").value_or(Text{});
    const Amount a = read_amount(source, "initial", diagnostics);
    const Amount b = source.has("adjusted") ? read_amount(source, "adjusted", diagnostics) : a;
    const Amount c = read_amount(source, "executed", diagnostics);
    source.finish();
    project.money.sources.push_back({name, a, b, c});
    all_initial = all_initial && a.yuan.ok();
    all_adjusted = all_adjusted && b.yuan.ok();
    initial += a.yuan.value;
    adjusted += b.yuan.value;
  }
  reader.finish();
  const auto compare = [&](const Amount& total, double sum, const char* zh, const char* en) {
    if (!total.yuan.ok() || total.yuan.value == sum) return;
    const std::string is = value::show(total.yuan.value, value::Unit::money());
    const std::string rows = value::show(sum, value::Unit::money());
    diagnostics.push_back(
        text::diagnose(Code::money_sum, total.place,
                       {std::string(zh) + " " + is + "，各来源合计 " + rows,
                        std::string(en) + " " + is + ", its sources add up to " + rows}));
  };
  if (!sources.empty() && all_initial)
    compare(project.money.initial, initial, "年初预算", "the initial budget is");
  if (!sources.empty() && all_adjusted && (reader.has("adjusted") || adjusted != initial))
    compare(project.money.adjusted, adjusted, "全年预算", "the adjusted budget is");
}

// How a planner may turn a driver.
void read_play(TableReader& reader, Driver& driver, int year,
               std::vector<Diagnostic>& diagnostics) {
  const auto end = [&](std::string_view key) -> std::optional<double> {
    const Node* node = reader.node(key);
    const auto field = node != nullptr ? read_value(*node, driver.unit, year, diagnostics)
                                       : std::nullopt;
    return field ? std::optional(field->low) : std::nullopt;
  };
  driver.fixed = reader.boolean("fixed").value_or(false);
  const auto low = end("low");
  const auto high = end("high");
  driver.step = reader.number("step");
  if (driver.step && *driver.step <= 0) {
    reader.report(Code::value_number, reader.place("step"),
                  {"step 必须大于 0", "a step must be above 0"});
    driver.step.reset();
  }
  if (reader.has("low") != reader.has("high")) {
    reader.report(Code::key_missing, reader.place(reader.has("low") ? "low" : "high"),
                  {"low 与 high 要一起写", "low and high go together"});
    return;
  }
  if (!low || !high) return;
  if (*low > *high) {
    reader.report(Code::value_number, reader.place("low"),
                  {"范围上下颠倒：low 大于 high", "the range is upside down: low is above high"},
                  {"对调两个数", "swap the two"});
    return;
  }
  driver.range = {*low, *high};
  if (driver.value < *low || driver.value > *high) {
    reader.report(Code::value_number, reader.place("low"),
                  {"现值 " + value::show(driver.value, driver.unit) + " 不在 low 至 high 之间",
                   "the value itself, " + value::show(driver.value, driver.unit) +
                       ", is not between low and high"},
                  {"放宽范围，或改正 value", "widen the range, or correct the value"});
  }
}

void read_drivers(TableReader& top, Project& project, std::vector<Diagnostic>& diagnostics) {
  const Node* table = top.table("drivers");
  if (table == nullptr) return;
  for (const Node::Entry& entry : table->entries) {
    if (!formula::is_name(entry.key)) {
      diagnostics.push_back(text::diagnose(Code::id_invalid, entry.key_place,
                                           {"'" + entry.key + "' 不能在公式中使用",
                                            "'" + entry.key + "' could not be used in a formula"}));
      continue;
    }
    Driver driver;
    driver.id = entry.key;
    driver.name = {entry.key, entry.key};
    driver.place = entry.key_place;
    const auto take_value = [&](const Node& written, const value::Unit& unit) {
      const auto field = read_value(written, unit, project.year, diagnostics);
      if (!field) return false;
      if (field->low != field->high || field->kind == value::Kind::phrase) {
        diagnostics.push_back(
            text::diagnose(Code::value_text, written.place,
                           {"驱动量应为一个数或日期", "a driver is one number or date"}));
        return false;
      }
      driver.value = field->low;
      driver.unit = field->kind == value::Kind::date ? value::Unit::date() : field->unit;
      return true;
    };
    bool good = false;
    if (entry.value.kind == NodeKind::table) {
      TableReader reader(entry.value, "driver " + entry.key, diagnostics);
      reader.require("value");
      const Node* written = reader.node("value");
      const value::Unit unit = read_unit(reader, "unit", diagnostics).value_or(value::Unit{});
      driver.name = reader.text("name").value_or(driver.name);
      good = written != nullptr && take_value(*written, unit);
      if (good) read_play(reader, driver, project.year, diagnostics);
      for (const char* known : {"low", "high", "step", "fixed", "note"}) reader.allow(known);
      reader.finish();
    } else {
      good = take_value(entry.value, value::Unit{});
    }
    if (good) project.drivers.push_back(std::move(driver));
  }
}

void read_constraints(TableReader& top, Project& project, std::vector<Diagnostic>& diagnostics) {
  for (const Node* table : top.tables("constraint")) {
    TableReader reader(*table, "[[constraint]]", diagnostics);
    Constraint constraint;
    constraint.place = table->place;
    constraint.id = reader.required_string("id");
    if (std::any_of(project.constraints.begin(), project.constraints.end(),
                    [&](const auto& c) { return c.id == constraint.id; }))
      reader.report(Code::id_duplicate, reader.place("id"),
                    {"id '" + constraint.id + "' 已被使用",
                     "the id '" + constraint.id + "' is already taken"});
    constraint.formula = reader.required_formula("formula").value_or(text::Located{});
    constraint.text =
        reader.text("text").value_or(Text{constraint.formula.text, constraint.formula.text});
    reader.allow("note");
    reader.finish();
    if (!constraint.formula.text.empty()) project.constraints.push_back(std::move(constraint));
  }
}

void read_items(TableReader& top, Project& project, std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> taken;
  for (const Node* table : top.tables("item")) {
    TableReader reader(*table, "[[item]]", diagnostics);
    Item item;
    item.place = table->place;
    item.id = reader.required_string("id");
    if (std::find(taken.begin(), taken.end(), item.id) != taken.end())
      reader.report(Code::id_duplicate, reader.place("id"),
                    {"id '" + item.id + "' 已被使用", "the id '" + item.id + "' is already taken"});
    if (!item.id.empty() && !formula::is_name(item.id))
      reader.report(Code::id_invalid, reader.place("id"),
                    {"'" + item.id + "' 不能在公式中使用",
                     "'" + item.id + "' could not be used in a formula"});
    taken.push_back(item.id);
    item.name = reader.text("name").value_or(Text{item.id, item.id});
    reader.require("amount");
    item.amount = read_amount(reader, "amount", diagnostics);
    item.identity = reader.formula("identity");
    item.due = reader.string("due").value_or("");
    item.due_place = reader.place("due");
    reader.allow("note");
    reader.finish();
    project.items.push_back(std::move(item));
  }
  taken.clear();
  for (const Node* table : top.tables("identity")) {
    TableReader reader(*table, "[[identity]]", diagnostics);
    Identity identity;
    identity.place = table->place;
    identity.id = reader.required_string("id");
    identity.text = reader.text("text").value_or(Text{identity.id, identity.id});
    identity.left = reader.required_formula("left").value_or(text::Located{});
    reader.require("equals");
    if (const auto right = reader.formula("equals")) {
      const auto field = value::read_field(right->text);
      if (field && field->kind == value::Kind::number && field->unit.is_money() &&
          field->low == field->high) {
        identity.amount = field->low;
      } else {
        identity.equals = *right;
      }
    }
    reader.allow("note");
    reader.finish();
    if (!identity.left.text.empty()) project.identities.push_back(std::move(identity));
  }
}

}  // namespace

void read_declared(const Node& root, Project& project, std::vector<Diagnostic>& diagnostics) {
  TableReader top(root, "project", diagnostics);
  read_heading(root, top, project, diagnostics);
  read_money(top, project, diagnostics);
  project.block_weights = read_numbers(top.table("weights"), diagnostics);
  project.inputs = read_inputs(top.table("inputs"), diagnostics);
  read_drivers(top, project, diagnostics);
  read_items(top, project, diagnostics);
  read_constraints(top, project, diagnostics);
  std::vector<std::string> taken;
  const auto indicators = top.tables("indicator");
  constexpr std::size_t most_indicators = 5000;  // every two are compared somewhere; a project has
                                                 // dozens
  if (indicators.size() > most_indicators) {
    top.report(Code::file_too_large, top.place("indicator"),
               {"指标超过 " + std::to_string(most_indicators) + " 个",
                "more than " + std::to_string(most_indicators) + " indicators"},
               {"拆分为几个项目", "split it into several projects"});
    return;
  }
  for (const Node* table : indicators)
    project.indicators.push_back(read_indicator(*table, project.year, taken, diagnostics));
  read_improvements(top, project, diagnostics);
  if (const Node* table = top.table("printed"))
    project.printed = std::make_shared<const Node>(*table);
  if (const Node* table = top.table("declaration"))
    project.declaration = read_declaration(*table, diagnostics);
  top.finish();
}

namespace {

// Where the results are: the file named, or the one beside the project; empty when there is none.
// A project from standard input has nothing beside it.
std::string results_beside(const ProjectFiles& files, const fs::path& project_file) {
  if (!files.results.empty() || project_file == "-") return files.results;
  std::error_code error;
  for (const char* name : {"results.toml", "results.csv"}) {
    const fs::path path = project_file.parent_path() / name;
    if (fs::exists(path, error)) return path.string();
  }
  return {};
}

}  // namespace
}  // namespace project

Checked<Project> read_project(const ProjectFiles& files) {
  std::vector<Diagnostic> diagnostics;
  auto model = std::make_shared<project::Project>();
  std::error_code error;
  fs::path path(files.project);
  if (fs::is_directory(path, error)) path /= "project.toml";
  model->file = path.string();
  system::Fingerprint fingerprint;
  const auto source = text::read_source(model->file, diagnostics);
  const auto root = source ? text::parse_toml(source, diagnostics) : nullptr;
  if (!root) return diagnostics;
  fingerprint.add(source->text());
  project::read_declared(*root, *model, diagnostics);
  const bool is_rule_path = model->rules.find('/') != std::string::npos ||
                            model->rules.ends_with(".toml");
  if (is_rule_path && fs::path(model->rules).is_relative())
    model->rules = (path.parent_path() / model->rules).lexically_normal().string();

  model->results_file = project::results_beside(files, path);
  if (!model->results_file.empty()) {
    if (const auto results = text::read_source(model->results_file, diagnostics)) {
      fingerprint.add(results->text());
      model->has_results = true;
      if (model->results_file.ends_with(".csv")) {
        project::read_results_table(results, *model, diagnostics);
      } else if (const auto tree = text::parse_toml(results, diagnostics)) {
        project::read_results(*tree, *model, diagnostics);
      }
    }
  }
  model->inputs_sha256 = fingerprint.hex();
  project::check_arithmetic(*model, diagnostics);
  if (!text::has_error(diagnostics)) project::check_cost_model(*model, diagnostics);
  project::check_form(*model, diagnostics);
  text::sort_by_place(diagnostics);
  if (text::has_error(diagnostics)) return diagnostics;
  model->findings = diagnostics;
  return {Project(std::move(model)), std::move(diagnostics)};
}

}  // namespace jixiao
