#include "scenario/edits.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "project/reading.hpp"
#include "ruleset/ruleset.hpp"
#include "scenario/messages.hpp"
#include "system/fingerprint.hpp"
#include "text/suggestion.hpp"

namespace jixiao::scenario {

using project::Indicator;
using text::Code;
using text::Node;
using text::NodeKind;

namespace {

constexpr std::size_t nobody = static_cast<std::size_t>(-1);

Text named(const std::string& text) { return {text, text}; }

class EditFinder {
 public:
  EditFinder(const Project& project, const RuleSet& rules, const RuleLibrary& library,
             text::Findings findings)
      : project_(project.model()),
        handle_(project),
        rules_(rules),
        library_(library),
        findings_(findings) {
    for (const Indicator& indicator : project_.indicators) taken_.push_back(indicator.id);
  }

  void look_at(const Layer& layer, std::vector<const Change*>& left) {
    if (!layer.rules.text.empty()) other_rules(layer);
    for (const project::Word& word : layer.drop) drop(word);
    for (const Node& table : layer.indicators) add(table);
    for (const Change& change : layer.changes) {
      if (change.operation != Operation::set || !(retarget(change) || reword(change)))
        left.push_back(&change);
    }
  }

  std::vector<Edit> edits;

 private:
  void put(Edit edit) {
    const auto same = std::find_if(edits.begin(), edits.end(),
                                   [&](const Edit& other) { return other.name == edit.name; });
    if (same == edits.end()) {
      edits.push_back(std::move(edit));
    } else {
      *same = std::move(edit);
    }
  }

  void other_rules(const Layer& layer) {
    namespace fs = std::filesystem;
    std::string wanted = layer.rules.text;
    const bool is_path = wanted.find('/') != std::string::npos || wanted.ends_with(".toml");
    if (is_path && fs::path(wanted).is_relative())
      wanted = (fs::path(layer.file).parent_path() / wanted).lexically_normal().string();
    auto read = read_rules(wanted, library_, handle_.needs());
    for (const Diagnostic& d : read.diagnostics()) {
      if (d.severity != Severity::error) continue;
      // The rule set itself was not found: the line that names it is what is wrong.
      if (d.file.empty()) {
        findings_.report(layer.rules.place, {text::Code::reference_unknown, d.message, d.help});
      } else {
        findings_.add({d});
      }
    }
    if (!read) return;
    Edit edit;
    edit.kind = Edit::Kind::rules;
    edit.name = "rules";
    edit.label = {"规则集", "rule set"};
    edit.before = named(rules_.model().id);
    edit.after = named(read->model().id);
    if (read->model().sha256 == rules_.model().sha256) return;
    edit.rules = *read;
    put(std::move(edit));
  }

  std::size_t find(const std::string& id) const {
    for (std::size_t i = 0; i < project_.indicators.size(); ++i) {
      if (project_.indicators[i].id == id) return i;
    }
    return nobody;
  }

  void drop(const project::Word& word) {
    const std::size_t i = find(word.text);
    const auto& constraints = project_.constraints;
    const auto constraint = std::find_if(constraints.begin(), constraints.end(),
                                         [&](const auto& c) { return c.id == word.text; });
    if (i == nobody && constraint != constraints.end())
      return drop_constraint(static_cast<std::size_t>(constraint - constraints.begin()));
    if (i == nobody) {
      std::vector<std::string> known = taken_;
      for (const auto& other : constraints) known.push_back(other.id);
      findings_.report(word.place, message::unknown_indicator_or_constraint(word.text, known));
      return;
    }
    Edit edit;
    edit.kind = Edit::Kind::drop;
    edit.name = "drop." + word.text;
    edit.label = project_.indicators[i].name;
    edit.before = {"计分", "scored"};
    edit.after = {"去掉", "dropped"};
    edit.indicator = i;
    put(std::move(edit));
  }

  void drop_constraint(std::size_t i) {
    Edit edit;
    edit.kind = Edit::Kind::drop_constraint;
    edit.name = "drop." + project_.constraints[i].id;
    edit.label = project_.constraints[i].text;
    edit.before = {"遵守", "to be kept"};
    edit.after = {"去掉", "dropped"};
    edit.indicator = i;
    put(std::move(edit));
  }

  // A project's [[indicator]] with its `actual`.
  void add(Node table) {
    std::optional<Node> actual;
    const auto at = std::find_if(table.entries.begin(), table.entries.end(),
                                 [](const Node::Entry& entry) { return entry.key == "actual"; });
    if (at != table.entries.end()) {
      actual = at->value;
      table.entries.erase(at);
    }
    Indicator indicator = project::read_indicator(table, project_.year, taken_, findings_.all());
    if (actual) {
      project::Result result;
      result.place = table.place;
      project::read_actual_into(result, *actual, indicator, project_.year, findings_.all());
      indicator.result = std::move(result);
    } else if (project_.has_results) {
      findings_.report(table.place, message::added_without_actual(indicator.id));
    }
    Edit edit;
    edit.kind = Edit::Kind::add;
    edit.name = "indicator." + indicator.id;
    edit.label = indicator.name;
    edit.after = {"新增", "added"};
    edit.replacement = std::move(indicator);
    put(std::move(edit));
  }

  // The indicator a change speaks of, when its name is prefix + id.
  const Indicator* subject(const Change& change, std::string_view prefix) {
    if (!change.name.starts_with(prefix)) return nullptr;
    subject_ = find(change.name.substr(prefix.size()));
    return subject_ == nobody ? nullptr : &project_.indicators[subject_];
  }

  Edit edit_of(Edit::Kind kind, const Change& change, const Indicator& before) {
    Edit edit;
    edit.kind = kind;
    edit.name = change.name;
    edit.label = before.name;
    edit.indicator = subject_;
    edit.replacement = before;
    return edit;
  }

  // A target of another shape: "600人--700人" for "≥200人".
  bool retarget(const Change& change) {
    const Indicator* indicator = subject(change, "targets.");
    if (indicator == nullptr || indicator->kind == value::Kind::key_points) return false;
    std::optional<value::Field> field;
    const std::size_t before = findings_.size();
    if (change.value.kind == NodeKind::table) {
      field = project::read_range(change.value, indicator->unit, project_.year, findings_.all());
    } else {
      field = project::read_value(change.value, indicator->unit, project_.year, findings_.all());
    }
    if (!field) return findings_.size() > before;
    const bool range = field->low != field->high;
    const bool had_range = indicator->target && indicator->target->low != indicator->target->high;
    const bool same_direction = !field->direction || *field->direction == indicator->direction;
    if (indicator->target && field->kind == indicator->kind && same_direction && !range &&
        !had_range) {
      findings_.all().resize(before, Diagnostic{});  // it is read again as a number
      return false;
    }
    if (field->kind == value::Kind::phrase) return false;
    Edit edit = edit_of(Edit::Kind::target, change, *indicator);
    Indicator& now = *edit.replacement;
    now.target = field;
    now.target_place = change.value.place;
    const std::string unit = (field->unit.is_number() ? now.unit : field->unit).text();
    now.target_text = change.value.kind == NodeKind::string
                          ? change.value.string
                          : value::plain(field->low, 9) +
                                (range ? "-" + value::plain(field->high, 9) : "") + unit;
    now.kind = field->kind;
    const bool keeps = now.direction != value::Direction::between;
    now.direction = range              ? value::Direction::between
                    : field->direction ? *field->direction
                    : keeps            ? now.direction
                                       : value::Direction::at_least;
    if (now.unit.is_number()) now.unit = field->unit;
    edit.before = named(indicator->target_text);
    edit.after = named(now.target_text);
    put(std::move(edit));
    return true;
  }

  // A result in words: a grade.
  bool reword(const Change& change) {
    const Indicator* indicator = subject(change, "results.");
    if (indicator == nullptr) return false;
    const bool words =
        indicator->kind == value::Kind::grade || indicator->kind == value::Kind::phrase ||
        (indicator->kind == value::Kind::key_points && change.value.kind == NodeKind::array);
    if (!words) return false;
    Edit edit = edit_of(Edit::Kind::result, change, *indicator);
    project::Result result = indicator->result.value_or(project::Result{});
    result.field.reset();
    result.key_points.clear();
    result.not_applicable = false;
    result.place = change.name_place;
    project::read_actual_into(result, change.value, *indicator, project_.year, findings_.all());
    edit.before = named(indicator->result ? indicator->result->text : "");
    edit.after = named(result.text);
    edit.replacement->result = std::move(result);
    put(std::move(edit));
    return true;
  }

  const project::Project& project_;
  const Project& handle_;
  const RuleSet& rules_;
  const RuleLibrary& library_;
  text::Findings findings_;
  std::vector<std::string> taken_;
  std::size_t subject_ = nobody;
};

// What the others of a block are scaled by, when an indicator of weight `weight` goes or comes:
// nothing where none of them is given one.
void scale_given(std::vector<Indicator>& indicators, const std::string& block, double whole,
                 double left) {
  double given = 0;
  for (const Indicator& other : indicators) {
    if (other.block.text != block || other.informational) continue;
    if (!other.weight) return;  // the open ones take or leave what there is
    given += *other.weight;
  }
  if (given <= 0 || whole <= 0) return;
  for (Indicator& other : indicators) {
    if (other.block.text == block && !other.informational)
      other.weight = *other.weight * (left / given);
  }
}

}  // namespace

std::vector<Edit> find_edits(const Scenario& scenario, const Project& project, const RuleSet& rules,
                             const RuleLibrary& library, std::vector<const Change*>& left,
                             text::Findings findings) {
  EditFinder finder(project, rules, library, findings);
  for (const Layer& layer : scenario.layers) finder.look_at(layer, left);
  return std::move(finder.edits);
}

Project edited(const Project& project, std::span<const Edit> edits, const std::vector<bool>& made) {
  auto copy = std::make_shared<project::Project>(project.model());
  system::Fingerprint fingerprint;
  fingerprint.add(copy->inputs_sha256);
  for (std::size_t e = 0; e < edits.size(); ++e) {
    if (!made[e] || edits[e].kind == Edit::Kind::rules) continue;
    const Edit& edit = edits[e];
    fingerprint.add(edit.name + "=" + edit.after.en);
    if (edit.kind == Edit::Kind::add) {
      Indicator fresh = *edit.replacement;
      if (fresh.weight) {
        double given = 0;
        for (const Indicator& other : copy->indicators) {
          if (other.block.text == fresh.block.text && !other.informational)
            given += other.weight.value_or(0);
        }
        scale_given(copy->indicators, fresh.block.text, given, given - *fresh.weight);
      }
      copy->indicators.push_back(std::move(fresh));
      continue;
    }
    if (edit.kind == Edit::Kind::drop_constraint) {
      const std::string& id = project.model().constraints[edit.indicator].id;
      std::erase_if(copy->constraints,
                    [&](const project::Constraint& constraint) { return constraint.id == id; });
      continue;
    }
    Indicator& old = copy->indicators[edit.indicator];
    if (edit.kind == Edit::Kind::drop) {
      // It stays in the model, where other formulas may name it.
      double given = 0;
      for (const Indicator& other : copy->indicators) {
        if (other.block.text == old.block.text && !other.informational)
          given += other.weight.value_or(0);
      }
      old.informational = true;
      scale_given(copy->indicators, old.block.text, given, given);
    } else if (edit.kind == Edit::Kind::result) {
      old.result = edit.replacement->result;
    } else {
      const auto result = old.result;
      const bool informational = old.informational;
      old = *edit.replacement;
      old.result = result;
      old.informational = informational;
    }
  }
  copy->inputs_sha256 = fingerprint.hex();
  return Project(std::move(copy));
}

}  // namespace jixiao::scenario
