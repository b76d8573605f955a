#include <algorithm>
#include <cmath>
#include <filesystem>

#include "project/read_words.hpp"
#include "project/reading.hpp"
#include "scenario/scenario.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "text/table_reader.hpp"

namespace jixiao {
namespace scenario {

namespace fs = std::filesystem;
using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

namespace {

constexpr std::size_t most_layers = 64;
constexpr std::size_t most_changes = 10'000;

// drivers.rate = 350 comes as tables inside tables; { low, high } is a value.
void read_changes(Operation operation, const std::string& prefix, const Node& table,
                  std::vector<Change>& out) {
  for (const Node::Entry& entry : table.entries) {
    const std::string name = prefix.empty() ? entry.key : prefix + "." + entry.key;
    const bool inner = entry.value.kind == NodeKind::table &&
                       (entry.value.find("low") == nullptr || entry.value.find("high") == nullptr);
    if (inner) {
      read_changes(operation, name, entry.value, out);
    } else {
      out.push_back({operation, name, entry.key_place, entry.value});
    }
  }
}

std::optional<double> read_percent(TableReader& reader, std::vector<Diagnostic>& diagnostics) {
  const Node* node = reader.node("percent");
  if (node == nullptr) return std::nullopt;
  const auto field = project::read_value(*node, value::Unit::percent(), 0, diagnostics);
  if (!field) return std::nullopt;
  if (field->kind != value::Kind::number || field->low != field->high || field->low < 0 ||
      field->low > 100) {
    diagnostics.push_back(
        text::diagnose(Code::value_number, node->place,
                       {"percent 应在 0 至 100 之间", "a percent is between 0 and 100"},
                       {"percent = 15", "percent = 15"}));
    return std::nullopt;
  }
  return field->low;
}

Cut read_cut(const Node& table, std::vector<Diagnostic>& diagnostics) {
  TableReader reader(table, "[cut]", diagnostics);
  Cut cut;
  cut.place = table.place;
  const bool has_amount = reader.has("amount");
  cut.percent = read_percent(reader, diagnostics);
  if (has_amount) {
    const project::Amount amount = project::read_amount(reader, "amount", diagnostics);
    if (amount.yuan.ok()) cut.amount = amount.yuan.value;
  }
  if (has_amount == reader.has("percent"))
    reader.report(Code::key_missing, table.place,
                  {"[cut] 要写 percent 或 amount 中的一个",
                   "a [cut] has a percent or an amount: one of the two"},
                  {"percent = 15，或 amount = \"18万元\"", "percent = 15, or amount = \"18万元\""});
  const auto share = reader.choice("share", {"pro_rata", "priority"});
  cut.by_priority = share.value_or(0) == 1;
  cut.priority = project::read_words(reader, "priority", diagnostics);
  cut.protect = project::read_words(reader, "protect", diagnostics);
  if (const Node* keep = reader.table("keep")) {
    TableReader inner(*keep, "keep", diagnostics);
    for (const Node::Entry& entry : keep->entries) {
      const project::Amount amount = project::read_amount(inner, entry.key, diagnostics);
      if (amount.yuan.ok()) cut.keep.push_back({{entry.key, entry.key_place}, amount.yuan.value});
    }
  }
  if (cut.by_priority && cut.priority.empty())
    reader.report(Code::key_missing, table.place,
                  {"share = \"priority\" 要写 priority = [先减的, 后减的]",
                   "share = \"priority\" needs priority = [first, next]"});
  if (!cut.by_priority && !cut.priority.empty())
    reader.report(Code::value_choice, reader.place("priority"),
                  {"priority 只用于 share = \"priority\"", "priority is for share = \"priority\""},
                  {"写 share = \"priority\"", "write share = \"priority\""});
  reader.finish();
  return cut;
}

class ScenarioReader {
 public:
  explicit ScenarioReader(std::vector<Diagnostic>& diagnostics) : diagnostics_(diagnostics) {}

  // Appends the layers of the file and what it extends. Titles are those of the file asked for.
  void read(const std::string& file, const text::Place& from, Scenario& out) {
    if (std::find(open_.begin(), open_.end(), file) != open_.end()) {
      std::string circle;
      for (auto at = std::find(open_.begin(), open_.end(), file); at != open_.end(); ++at)
        circle += fs::path(*at).stem().string() + " → ";
      circle += fs::path(file).stem().string();
      diagnostics_.push_back(
          text::diagnose(Code::extends_cycle, from,
                         {"情景继承自己：" + circle, "the scenario extends itself: " + circle},
                         {"去掉其中一个 extends", "remove one of the extends"}));
      return;
    }
    if (out.layers.size() + open_.size() >= most_layers) {
      diagnostics_.push_back(
          text::diagnose(Code::file_too_large, from,
                         {"继承的情景超过 64 层", "more than 64 scenarios are extended"}));
      return;
    }
    const auto source = text::read_source(file, diagnostics_);
    const auto root = source ? text::parse_toml(source, diagnostics_) : nullptr;
    if (!root) return;
    open_.push_back(file);
    read_tree(*root, file, out);
    open_.pop_back();
  }

 private:
  void read_tree(const Node& root, const std::string& file, Scenario& out) {
    TableReader top(root, "scenario", diagnostics_);
    top.require("schema");
    if (const auto schema = top.string("schema"); schema && *schema != "jixiao/scenario/1") {
      top.report(Code::schema_unknown, top.place("schema"),
                 {"schema 应为 'jixiao/scenario/1'，这里是 '" + *schema + "'",
                  "the schema should be 'jixiao/scenario/1', this is '" + *schema + "'"});
    }
    for (const project::Word& base : project::read_words(top, "extends", diagnostics_)) {
      const bool is_path = base.text.find('/') != std::string::npos || base.text.ends_with(".toml");
      const fs::path path = fs::path(file).parent_path() /
                            (is_path ? base.text : base.text + ".toml");
      read(path.lexically_normal().string(), base.place, out);
    }
    Layer layer;
    layer.id = fs::path(file).stem().string();
    layer.file = file;
    out.id = layer.id;
    out.file = file;
    out.title = top.text("title").value_or(Text{layer.id, layer.id});
    out.note = top.text("note").value_or(Text{});
    layer.rules = {top.string("rules").value_or(""), top.place("rules")};
    layer.drop = project::read_words(top, "drop", diagnostics_);
    for (const Node* table : top.tables("indicator")) layer.indicators.push_back(*table);
    const char* const keys[] = {"set", "add", "scale"};
    for (const Operation operation : {Operation::set, Operation::add, Operation::scale}) {
      if (const Node* table = top.table(keys[static_cast<std::size_t>(operation)]))
        read_changes(operation, "", *table, layer.changes);
    }
    if (layer.changes.size() > most_changes)
      top.report(Code::file_too_large, root.place,
                 {"改动超过 10000 处", "more than 10,000 changes"});
    if (const Node* table = top.table("cut")) layer.cut = read_cut(*table, diagnostics_);
    top.finish();
    out.layers.push_back(std::move(layer));
  }

  std::vector<Diagnostic>& diagnostics_;
  std::vector<std::string> open_;  // files being read, outermost first
};

std::string file_of(const std::string& name, const std::string& project) {
  if (name.find('/') != std::string::npos || name.ends_with(".toml")) return name;
  std::error_code error;
  fs::path folder(project);
  if (!fs::is_directory(folder, error)) folder = folder.parent_path();
  return (folder / (name + ".toml")).string();
}

// "did you mean": the scenarios beside the project.
void suggest_beside(const std::string& name, const std::string& file,
                    std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> known;
  std::vector<Diagnostic> ignored;
  std::error_code error;
  for (fs::directory_iterator at(fs::path(file).parent_path(), error), end;
       !error && at != end && known.size() < 200; at.increment(error)) {
    if (at->path().extension() != ".toml") continue;
    const auto source = text::read_source(at->path().string(), ignored, std::size_t{1} << 20U);
    if (source && source->text().find("jixiao/scenario/") != std::string_view::npos)
      known.push_back(at->path().stem().string());
  }
  std::sort(known.begin(), known.end());
  diagnostics.push_back(text::diagnose_file(
      Code::file_unreadable, file,
      {"没有情景 '" + name + "'", "there is no scenario '" + name + "'"},
      known.empty()
          ? Text{"在项目旁写一个 " + name + ".toml", "write a " + name + ".toml beside the project"}
          : text::suggestion(name, known)));
}

void read_one(const std::string& name, const std::string& project, Scenario& out,
              std::vector<Diagnostic>& diagnostics) {
  const std::string file = file_of(name, project);
  std::error_code error;
  if (!fs::exists(file, error)) return suggest_beside(name, file, diagnostics);
  ScenarioReader(diagnostics).read(file, {}, out);
}

// "drivers.rate=350" as a change; its places are those of a file of its own, so that messages can
// show what was typed.
void read_typed(Operation operation, const std::string& typed, Layer& layer,
                std::vector<Diagnostic>& diagnostics) {
  const char* const options[] = {"--set", "--add", "--scale"};
  const auto source =
      text::source_from_text(options[static_cast<std::size_t>(operation)], typed, diagnostics);
  const std::size_t equals = typed.find('=');
  if (!source) return;
  const std::size_t names = text::character_count(std::string_view(typed).substr(0, equals));
  const text::Place place{source, 1, 1, names};
  if (equals == std::string::npos || equals == 0 || equals + 1 == typed.size()) {
    diagnostics.push_back(
        text::diagnose(Code::value_text, {source, 1, 1, text::character_count(typed)},
                       {"'" + typed + "' 应写成 名称=值", "'" + typed + "' should be NAME=VALUE"},
                       {"例如 drivers.rate=350", "such as drivers.rate=350"}));
    return;
  }
  Change change;
  change.operation = operation;
  change.name = typed.substr(0, equals);
  change.name_place = place;
  const std::string value = typed.substr(equals + 1);
  change.value.kind = NodeKind::string;
  change.value.string = value;
  change.value.place = {source, 1, names + 2, text::character_count(value)};
  if (const auto number = value::read_number(value)) {
    change.value.kind = NodeKind::number;
    change.value.number = *number;
  }
  layer.changes.push_back(std::move(change));
}

}  // namespace
}  // namespace scenario

Checked<Scenario> read_scenario(const std::string& name, const std::string& project) {
  std::vector<Diagnostic> diagnostics;
  scenario::Scenario out;
  Text title;
  std::string id;
  std::size_t parts = 0;
  // A file may have a plus sign in its name.
  std::error_code error;
  const bool whole = std::filesystem::exists(scenario::file_of(name, project), error);
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t plus = whole ? std::string::npos : name.find('+', at);
    const std::string part = name.substr(at, plus == std::string::npos ? plus : plus - at);
    scenario::read_one(part, project, out, diagnostics);
    title = parts == 0 ? out.title
                       : Text{title.zh + "；" + out.title.zh, title.en + "; " + out.title.en};
    id += (parts++ == 0 ? "" : "+") + out.id;
    at = plus == std::string::npos ? name.size() + 1 : plus + 1;
  }
  if (parts > 1) out.title = title, out.id = id, out.note = {};
  text::sort_by_place(diagnostics);
  if (text::has_error(diagnostics)) return diagnostics;
  return {Scenario(std::make_shared<const scenario::Scenario>(std::move(out))),
          std::move(diagnostics)};
}

Checked<Scenario> scenario_of(const TypedChanges& changes) {
  std::vector<Diagnostic> diagnostics;
  scenario::Scenario out;
  scenario::Layer layer;
  for (const auto& typed : changes.set)
    scenario::read_typed(scenario::Operation::set, typed, layer, diagnostics);
  for (const auto& typed : changes.add)
    scenario::read_typed(scenario::Operation::add, typed, layer, diagnostics);
  for (const auto& typed : changes.scale)
    scenario::read_typed(scenario::Operation::scale, typed, layer, diagnostics);
  layer.id = out.id = "typed";
  std::string all;
  for (const auto& change : layer.changes) {
    const char* const sign = change.operation == scenario::Operation::set   ? "="
                             : change.operation == scenario::Operation::add ? "+="
                                                                            : "*=";
    all += (all.empty() ? "" : " ") + change.name + sign + change.value.string;
  }
  out.title = {all, all};
  out.layers.push_back(std::move(layer));
  if (text::has_error(diagnostics)) return diagnostics;
  return {Scenario(std::make_shared<const scenario::Scenario>(std::move(out))),
          std::move(diagnostics)};
}

}  // namespace jixiao
