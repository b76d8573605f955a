#include <algorithm>
#include <cmath>
#include <filesystem>

#include "project/beside.hpp"
#include "project/read_words.hpp"
#include "project/reading.hpp"
#include "scenario/messages.hpp"
#include "scenario/scenario.hpp"
#include "text/suggestion.hpp"
#include "text/table_reader.hpp"
#include "text/unsaved.hpp"

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

std::optional<double> read_percent(TableReader& reader, text::Findings findings) {
  const Node* node = reader.node("percent");
  if (node == nullptr) return std::nullopt;
  const auto field = project::read_value(*node, value::Unit::percent(), 0, findings.all());
  if (!field) return std::nullopt;
  if (field->kind != value::Kind::number || field->low != field->high || field->low < 0 ||
      field->low > 100) {
    findings.report(node->place, message::percent_out_of_range());
    return std::nullopt;
  }
  return field->low;
}

Cut read_cut(const Node& table, text::Findings findings) {
  TableReader reader(table, "[cut]", findings.all());
  Cut cut;
  cut.place = table.place;
  const bool has_amount = reader.has("amount");
  cut.percent = read_percent(reader, findings);
  if (has_amount) {
    const project::Amount amount = project::read_amount(reader, "amount", findings.all());
    if (amount.yuan.ok()) cut.amount = amount.yuan.value;
  }
  if (has_amount == reader.has("percent"))
    findings.report(table.place, message::cut_without_size());
  const auto share = reader.choice("share", {"pro_rata", "priority"});
  cut.by_priority = share.value_or(0) == 1;
  cut.priority = project::read_words(reader, "priority", findings.all());
  cut.protect = project::read_words(reader, "protect", findings.all());
  if (const Node* keep = reader.table("keep")) {
    TableReader inner(*keep, "keep", findings.all());
    for (const Node::Entry& entry : keep->entries) {
      const project::Amount amount = project::read_amount(inner, entry.key, findings.all());
      if (amount.yuan.ok()) cut.keep.push_back({{entry.key, entry.key_place}, amount.yuan.value});
    }
  }
  if (cut.by_priority && cut.priority.empty())
    findings.report(table.place, message::priority_missing());
  if (!cut.by_priority && !cut.priority.empty())
    findings.report(reader.place("priority"), message::priority_unused());
  reader.finish();
  return cut;
}

class ScenarioReader {
 public:
  explicit ScenarioReader(text::Findings findings) : findings_(findings) {}

  // Appends the layers of the file and what it extends. Titles are those of the file asked for.
  void read(const std::string& file, const text::Place& from, Scenario& out) {
    if (std::find(open_.begin(), open_.end(), file) != open_.end()) {
      std::string circle;
      for (auto at = std::find(open_.begin(), open_.end(), file); at != open_.end(); ++at)
        circle += fs::path(*at).stem().string() + " → ";
      circle += fs::path(file).stem().string();
      findings_.report(from, message::extends_itself(circle));
      return;
    }
    if (out.layers.size() + open_.size() >= most_layers) {
      findings_.report(from, message::too_many_extended());
      return;
    }
    const auto source = text::read_source(file, findings_.all());
    const auto root = source ? text::parse_toml(source, findings_.all()) : nullptr;
    if (!root) return;
    open_.push_back(file);
    read_tree(*root, file, out);
    open_.pop_back();
  }

 private:
  void read_tree(const Node& root, const std::string& file, Scenario& out) {
    TableReader top(root, "scenario", findings_.all());
    top.require("schema");
    if (const auto schema = top.string("schema"); schema && *schema != "jixiao/scenario/1") {
      findings_.report(top.place("schema"), message::unknown_schema(*schema));
    }
    for (const project::Word& base : project::read_words(top, "extends", findings_.all())) {
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
    layer.drop = project::read_words(top, "drop", findings_.all());
    for (const Node* table : top.tables("indicator")) layer.indicators.push_back(*table);
    const char* const keys[] = {"set", "add", "scale"};
    for (const Operation operation : {Operation::set, Operation::add, Operation::scale}) {
      if (const Node* table = top.table(keys[static_cast<std::size_t>(operation)]))
        read_changes(operation, "", *table, layer.changes);
    }
    if (layer.changes.size() > most_changes)
      findings_.report(root.place, message::too_many_changes());
    if (const Node* table = top.table("cut")) layer.cut = read_cut(*table, findings_);
    top.finish();
    out.layers.push_back(std::move(layer));
  }

  text::Findings findings_;
  std::vector<std::string> open_;  // files being read, outermost first
};

void read_one(const std::string& name, const std::string& project, Scenario& out,
              text::Findings findings) {
  const std::string file = project::file_beside(project, name);
  std::error_code error;
  if (!fs::exists(file, error) && !text::unsaved_text(file)) {
    const auto known = project::names_beside(file, "jixiao/scenario/");
    return findings.report_file(file, message::unknown_scenario(name, known));
  }
  ScenarioReader(findings).read(file, {}, out);
}

// "drivers.rate=350" as a change; its places are those of a file of its own, so that messages can
// show what was typed.
void read_typed(Operation operation, const std::string& typed, Layer& layer,
                text::Findings findings) {
  const char* const options[] = {"--set", "--add", "--scale"};
  const auto source =
      text::source_from_text(options[static_cast<std::size_t>(operation)], typed, findings.all());
  const std::size_t equals = typed.find('=');
  if (!source) return;
  const std::size_t names = text::character_count(std::string_view(typed).substr(0, equals));
  const text::Place place{source, 1, 1, names};
  if (equals == std::string::npos || equals == 0 || equals + 1 == typed.size()) {
    findings.report({source, 1, 1, text::character_count(typed)},
                    message::not_an_assignment(typed));
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
  // As in a file, where a key stands once: nobody can say which of two was meant.
  if (std::any_of(layer.changes.begin(), layer.changes.end(), [&](const Change& other) {
        return other.operation == operation && other.name == change.name;
      }))
    return findings.report(place, message::named_twice(change.name));
  layer.changes.push_back(std::move(change));
}

// A word of the call with a place of its own, for messages.
project::Word typed_word(const char* option, const std::string& word, text::Findings findings) {
  const auto source = text::source_from_text(option, word, findings.all());
  return {word, source ? text::Place{source, 1, 1, text::character_count(word)} : text::Place{}};
}

// What --cut, --protect and --by say, as a [cut] would.
Cut typed_cut(const TypedChanges& changes, text::Findings findings) {
  Cut cut;
  cut.place = typed_word("--cut", changes.cut, findings).place;
  const auto field = value::read_field(changes.cut);
  const bool one = field && field->kind == value::Kind::number && field->low == field->high &&
                   !field->direction && field->low >= 0;
  if (one && field->unit.is_percent() && field->low <= 100) {
    cut.percent = field->low;
  } else if (one && field->unit.is_money()) {
    cut.amount = field->low;
  } else {
    findings.report(cut.place, message::typed_cut_unreadable(changes.cut));
  }
  for (const std::string& word : changes.protect)
    cut.protect.push_back(typed_word("--protect", word, findings));
  cut.by_priority = !changes.by.empty() && changes.by != "pro-rata";
  if (!cut.by_priority || changes.by == "priority") return cut;
  for (std::size_t at = 0; at <= changes.by.size();) {
    const std::size_t comma = std::min(changes.by.find(',', at), changes.by.size());
    cut.priority.push_back(typed_word("--by", changes.by.substr(at, comma - at), findings));
    at = comma + 1;
  }
  return cut;
}

// "压减15%，保 van", as a file's title would say it.
Text title_of_cut(const TypedChanges& changes) {
  Text out{"压减" + changes.cut, changes.cut + " less"};
  std::string kept;
  for (const std::string& word : changes.protect) kept += (kept.empty() ? "" : ", ") + word;
  if (!kept.empty()) out.zh += "，保 " + kept, out.en += ", " + kept + " protected";
  if (!changes.by.empty() && changes.by != "pro-rata")
    out.zh += "，按先后次序", out.en += ", in order of priority";
  return out;
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
  const bool whole = std::filesystem::exists(project::file_beside(project, name), error);
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
  if (!changes.cut.empty()) {
    layer.cut = scenario::typed_cut(changes, diagnostics);
    const Text title = scenario::title_of_cut(changes);
    out.title = all.empty() ? title : Text{all + "；" + title.zh, all + "; " + title.en};
  } else if (!changes.protect.empty() || !changes.by.empty()) {
    text::Findings(diagnostics)
        .report(scenario::typed_word(changes.by.empty() ? "--protect" : "--by",
                                     changes.by.empty() ? changes.protect.front() : changes.by,
                                     diagnostics)
                    .place,
                scenario::message::cut_missing());
  }
  out.layers.push_back(std::move(layer));
  if (text::has_error(diagnostics)) return diagnostics;
  return {Scenario(std::make_shared<const scenario::Scenario>(std::move(out))),
          std::move(diagnostics)};
}

}  // namespace jixiao
