// A study in one line of the command line, as the tree a file would have.
#include <algorithm>

#include "study/messages.hpp"
#include "study/study.hpp"
#include "text/diagnostics.hpp"
#include "value/field.hpp"

namespace jixiao {
namespace study {

using text::Node;
using text::NodeKind;

namespace {

// One word of the line, as a file of its own so that messages can show what was typed.
class Typed {
 public:
  Typed(const std::string& option, const std::string& word, text::Findings findings)
      : source_(text::source_from_text(option, word, findings.all())), word_(word) {}

  [[nodiscard]] bool readable() const { return source_ != nullptr; }
  [[nodiscard]] text::Place place(std::size_t at, std::size_t length) const {
    const std::string_view all(word_);
    return {source_, 1, 1 + text::character_count(all.substr(0, at)),
            text::character_count(all.substr(at, length))};
  }
  // word[at .. at + length) as a number where it is one, else as text.
  [[nodiscard]] Node value(std::size_t at, std::size_t length) const {
    while (length > 0 && word_[at] == ' ') ++at, --length;
    while (length > 0 && word_[at + length - 1] == ' ') --length;
    Node node;
    node.kind = NodeKind::string;
    node.string = word_.substr(at, length);
    node.place = place(at, length);
    if (const auto number = value::read_number(node.string))
      node.kind = NodeKind::number, node.number = *number;
    return node;
  }
  [[nodiscard]] Node text_node() const {
    Node node;
    node.kind = NodeKind::string;
    node.string = word_;
    node.place = place(0, word_.size());
    return node;
  }

 private:
  std::shared_ptr<const text::Source> source_;
  const std::string& word_;
};

Node table_at(const text::Place& place) {
  Node node;
  node.place = place;
  return node;
}

Node list_at(const text::Place& place) {
  Node node;
  node.kind = NodeKind::array;
  node.place = place;
  return node;
}

void put(Node& table, const std::string& key, const text::Place& key_place, Node value) {
  table.entries.push_back({key, key_place, std::move(value)});
}

Node number_at(const text::Place& place, double number) {
  Node node;
  node.kind = NodeKind::integer;
  node.place = place;
  node.number = number;
  return node;
}

// "200..400/10": a range, every so many.
Node range_of(const Typed& typed, const std::string& word, std::size_t at) {
  const text::Place place = typed.place(at, word.size() - at);
  Node table = table_at(place);
  const std::size_t dots = word.find("..", at);
  std::size_t end = word.size();
  // A unit may have a slash of its own: the step stands behind the last one, and is a number.
  const std::size_t slash = word.rfind('/');
  if (slash != std::string::npos && slash > dots && slash + 1 < word.size() &&
      value::read_number(word.substr(slash + 1))) {
    put(table, "step", place, typed.value(slash + 1, word.size() - slash - 1));
    end = slash;
  }
  put(table, "low", place, typed.value(at, dots - at));
  put(table, "high", place, typed.value(dots + 2, end - dots - 2));
  return table;
}

// "normal(91, 2)", "normal(91, 2, 0, 100)": cut off there; "discrete(90:1, 95:3)",
// "empirical(survey.csv, satisfaction)".
Node law_of(const Typed& typed, const std::string& word, std::size_t at) {
  const std::size_t open = word.find('(', at);
  const std::string name = word.substr(at, open - at);
  const text::Place place = typed.place(at, word.size() - at);
  Node table = table_at(place), numbers = list_at(place), weights = list_at(place);
  for (std::size_t from = open + 1; from < word.size();) {
    const std::size_t end = std::min(word.find_first_of(",)", from), word.size() - 1);
    const std::size_t colon = word.find(':', from);
    const bool weighed = name == "discrete" && colon != std::string::npos && colon < end;
    numbers.items.push_back(typed.value(from, (weighed ? colon : end) - from));
    if (weighed) weights.items.push_back(typed.value(colon + 1, end - colon - 1));
    from = end + 1;
  }
  const auto is_text = [](const Node& n) { return n.kind == NodeKind::string; };
  if (name == "empirical" && numbers.items.size() == 2 && is_text(numbers.items[0]) &&
      is_text(numbers.items[1])) {
    put(table, "empirical", place, numbers.items[0]);
    put(table, "column", place, numbers.items[1]);
    return table;
  }
  if (name == "normal" && numbers.items.size() == 4) {
    put(table, "low", place, numbers.items[2]);
    put(table, "high", place, numbers.items[3]);
    numbers.items.resize(2);
  }
  put(table, name, place, std::move(numbers));
  if (!weights.items.empty()) put(table, "weights", place, std::move(weights));
  return table;
}

bool is_law(const Typed& typed, const std::string& name, std::size_t at, text::Findings findings) {
  static const std::vector<std::string> laws{"constant", "uniform",   "triangular", "pert",
                                             "normal",   "lognormal", "discrete",   "empirical"};
  if (std::find(laws.begin(), laws.end(), name) != laws.end()) return true;
  findings.report(typed.place(at, name.size()), message::unknown_law(name, laws));
  return false;
}

// NAME, or NAME=VALUE, NAME=LOW..HIGH/STEP, NAME=LAW(...)
void read_input(const std::string& kind, const std::string& word, Node& names, Node& inputs,
                text::Findings findings) {
  const Typed typed(kind, word, findings);
  if (!typed.readable()) return;
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos) {
    names.items.push_back(typed.text_node());
    return;
  }
  if (equals == 0 || equals + 1 == word.size()) {
    findings.report(typed.place(0, word.size()), message::not_a_range(word));
    return;
  }
  const std::size_t at = equals + 1;
  const bool law = word.back() == ')' && word.find('(', at) != std::string::npos &&
                   word.find('(', at) > at;
  const bool range = word.find("..", at) != std::string::npos;
  if (law && !is_law(typed, word.substr(at, word.find('(', at) - at), at, findings)) return;
  Node value = law     ? law_of(typed, word, at)
               : range ? range_of(typed, word, at)
                       : typed.value(at, word.size() - at);
  put(inputs, word.substr(0, equals), typed.place(0, equals), std::move(value));
}

Node tree_of(const TypedStudy& typed, text::Findings findings) {
  const Typed kind(typed.kind, typed.kind, findings);
  const text::Place place = kind.place(0, typed.kind.size());
  Node root = table_at(place), names = list_at(place), inputs = table_at(place);
  put(root, "kind", place, kind.text_node());
  for (const std::string& word : typed.inputs)
    read_input(typed.kind, word, names, inputs, findings);
  const auto list = [&](const std::string& key, const std::string& option,
                        const std::vector<std::string>& words) {
    Node all = list_at(place);
    for (const std::string& word : words) {
      const Typed one(option, word, findings);
      if (one.readable()) all.items.push_back(one.text_node());
    }
    if (!all.items.empty()) put(root, key, place, std::move(all));
  };
  if (!names.items.empty()) put(root, "inputs", place, std::move(names));
  if (!inputs.entries.empty()) put(root, "input", place, std::move(inputs));
  list("output", "--output", typed.outputs);
  list("where", "--where", typed.where);
  list("apply", "--apply", typed.apply);
  if (typed.seed) put(root, "seed", place, number_at(place, static_cast<double>(*typed.seed)));
  if (typed.samples)
    put(root, "samples", place, number_at(place, static_cast<double>(*typed.samples)));
  return root;
}

}  // namespace
}  // namespace study

Checked<Study> study_of(const TypedStudy& typed) {
  std::vector<Diagnostic> diagnostics;
  auto root = std::make_shared<const text::Node>(study::tree_of(typed, diagnostics));
  auto study = study::read_tree(std::move(root), "typed", "", diagnostics);
  if (!study || text::has_error(diagnostics)) return diagnostics;
  return {Study(std::make_shared<const study::Study>(std::move(*study))), std::move(diagnostics)};
}

}  // namespace jixiao
