#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "allocation/question.hpp"
#include "project/beside.hpp"
#include "project/read_words.hpp"
#include "study/messages.hpp"
#include "study/read_inputs.hpp"
#include "study/study.hpp"
#include "text/diagnostics.hpp"
#include "text/unsaved.hpp"

namespace jixiao {
namespace study {

namespace fs = std::filesystem;
using text::Node;
using text::NodeKind;
using text::TableReader;

namespace {

constexpr std::array<std::string_view, 9> kind_words{"tornado",     "grid",       "break-even",
                                                     "monte-carlo", "sobol",      "morris",
                                                     "shapley",     "allocation", "stability"};
constexpr long most_seed = 9'007'199'254'740'991;
constexpr long most_samples = 1L << 28;

class StudyReader {
 public:
  StudyReader(std::shared_ptr<const Node> root, text::Findings findings)
      : reader_(*root, "study", findings.all()), findings_(findings) {
    study_.root = std::move(root);
  }

  std::optional<Study> read(const std::string& id, const std::string& file) {
    const std::size_t before = findings_.size();
    study_.id = id;
    study_.file = file;
    if (!file.empty()) read_schema();
    const auto kind = read_kind();
    read_heading();
    if (!kind) return std::nullopt;
    study_.kind = *kind;
    if (*kind != Kind::allocation && *kind != Kind::stability) {
      read_question();
      read_settings();
      reader_.finish();
    }
    if (*kind == Kind::allocation && !file.empty()) {
      allow_shared_keys(reader_);
      allocation::read_question(reader_, findings_.all());  // its mistakes are told now; asked
                                                            // again when it is answered
    }
    const auto is_error = [](const Diagnostic& d) { return d.severity == Severity::error; };
    if (std::any_of(findings_.all().begin() + static_cast<std::ptrdiff_t>(before),
                    findings_.all().end(), is_error))
      return std::nullopt;
    return std::move(study_);
  }

 private:
  void read_schema() {
    reader_.require("schema");
    const auto schema = reader_.string("schema");
    if (schema && *schema != "jixiao/study/1")
      findings_.report(reader_.place("schema"), message::unknown_schema(*schema));
  }

  std::optional<Kind> read_kind() {
    reader_.require("kind");
    const auto word = reader_.string("kind");
    study_.kind_place = reader_.place("kind");
    if (!word) return std::nullopt;
    const auto at = std::find(kind_words.begin(), kind_words.end(), *word);
    if (at != kind_words.end()) return static_cast<Kind>(at - kind_words.begin());
    const std::vector<std::string> known(kind_words.begin(), kind_words.end());
    findings_.report(study_.kind_place, message::unknown_kind(*word, known));
    return std::nullopt;
  }

  void read_heading() {
    study_.title = reader_.text("title").value_or(Text{});
    study_.note = reader_.text("note").value_or(Text{});
    study_.seed = static_cast<std::uint64_t>(reader_.integer("seed", 0, most_seed).value_or(1));
    if (const auto samples = reader_.integer("samples", 1, most_samples))
      study_.samples = static_cast<std::size_t>(*samples);
    study_.apply = project::read_words(reader_, "apply", findings_.all());
  }

  void read_question() {
    read_formulas();
    const bool own = !study_.formulas.empty();
    if (own && !study_.apply.empty())
      findings_.report(reader_.place("apply"), message::apply_without_project());
    study_.outputs = project::read_words(reader_, "output", findings_.all());
    for (const project::Word& word : project::read_words(reader_, "inputs", findings_.all())) {
      StudyInput input;
      input.name = word.text;
      input.name_place = input.place = word.place;
      study_.inputs.push_back(std::move(input));
    }
    const std::string folder = study_.file.empty() ? std::string(".")
                                                   : fs::path(study_.file).parent_path().string();
    if (const Node* table = reader_.table("input"))
      read_inputs(*table, own, folder, study_.inputs, findings_);
    check_inputs(own);
    if (study_.kind == Kind::monte_carlo) {
      for (const Node* table : reader_.tables("correlation")) read_correlation(*table);
      for (const Node* table : reader_.tables("weights")) read_weights(*table);
    }
    if (study_.kind == Kind::sobol) {
      for (const Node* table : reader_.tables("group")) read_group(*table);
    }
    if (study_.kind == Kind::monte_carlo || study_.kind == Kind::grid) read_where();
    refuse_elsewhere();
  }

  // Keys that would make sense to somebody, but not of this kind.
  void refuse_elsewhere() {
    const auto refuse = [&](const char* key, text::Message why) {
      if (!reader_.has(key)) return;
      reader_.allow(key);
      findings_.report(reader_.place(key), std::move(why));
    };
    const std::string kind(kind_word(study_.kind));
    const bool draws = study_.kind == Kind::sobol || study_.kind == Kind::morris ||
                       study_.kind == Kind::shapley;
    if (draws) {
      refuse("where", message::where_of_shares(kind));
    } else if (study_.kind != Kind::monte_carlo && study_.kind != Kind::grid) {
      refuse("where", message::where_elsewhere(kind));
    }
    if (study_.kind == Kind::monte_carlo) return;
    refuse("correlation", message::correlation_elsewhere(kind));
    refuse("weights", message::weights_elsewhere());
  }

  void read_formulas() {
    const Node* table = reader_.table("formula");
    if (table == nullptr) return;
    for (const Node::Entry& entry : table->entries) {
      check_name(entry.key, entry.key_place);
      if (entry.value.kind == NodeKind::string) {
        study_.formulas.push_back({entry.key, text::located(entry.value)});
        continue;
      }
      const Text found = text::kind_name(entry.value.kind);
      findings_.report(entry.value.place, message::formula_not_text(entry.key, found));
    }
    if (table->entries.empty()) findings_.report(table->place, message::no_formula());
  }

  void check_name(const std::string& name, const text::Place& place) {
    if (formula::is_name(name)) return;
    findings_.report(place, message::unusable_name(name));
  }

  void check_inputs(bool own) {
    for (const StudyInput& input : study_.inputs) {
      if (own) check_name(input.name, input.name_place);
    }
    std::size_t varied = 0;
    const bool draws = study_.kind == Kind::monte_carlo || study_.kind == Kind::sobol ||
                       study_.kind == Kind::shapley;
    for (const StudyInput& input : study_.inputs) {
      const bool constant = input.law && input.law->word == "constant" && !draws;
      varied += constant || (input.value && !input.low && !input.law) ? 0 : 1;
    }
    const bool needs = own || study_.kind == Kind::grid;
    if (needs && varied == 0 && !reader_.has("weights")) {
      findings_.report(study_.kind_place, message::nothing_varies());
    }
    if (study_.kind == Kind::grid && varied > 2)
      findings_.report(study_.kind_place, message::grid_too_wide(varied));
  }

  void read_correlation(const Node& table) {
    TableReader reader(table, "[[correlation]]", findings_.all());
    WrittenCorrelation out;
    out.place = table.place;
    reader.require("of");
    out.of = project::read_words(reader, "of", findings_.all());
    const std::size_t n = out.of.size();
    if (n < 2) findings_.report(reader.place("of"), message::correlation_of_one());
    const auto value = reader.number("value");
    const Node* matrix = reader.node("matrix");
    if (value.has_value() == (matrix != nullptr)) {
      findings_.report(table.place, message::correlation_without_value());
    } else if (value) {
      out.place = reader.place("value");
      out.matrix.assign(n * n, *value);
      for (std::size_t i = 0; i < n; ++i) out.matrix[i * n + i] = 1;
    } else {
      out.place = matrix->place;
      read_matrix(*matrix, n, out);
    }
    reader.finish();
    study_.correlations.push_back(std::move(out));
  }

  void read_matrix(const Node& node, std::size_t n, WrittenCorrelation& out) {
    bool sound = node.kind == NodeKind::array && node.items.size() == n;
    for (const Node& row : node.items) {
      sound = sound && row.kind == NodeKind::array && row.items.size() == n;
      for (const Node& item : row.items) {
        sound = sound && (item.kind == NodeKind::number || item.kind == NodeKind::integer);
        out.matrix.push_back(item.number);
      }
    }
    if (sound) return;
    findings_.report(node.place, message::matrix_unreadable(n));
  }

  void read_weights(const Node& table) {
    TableReader reader(table, "[[weights]]", findings_.all());
    WrittenWeights out;
    out.place = table.place;
    reader.require("of");
    out.of = project::read_words(reader, "of", findings_.all());
    out.dirichlet = read_numbers(reader, "dirichlet", findings_);
    out.low = read_numbers(reader, "low", findings_);
    out.high = read_numbers(reader, "high", findings_);
    out.total = reader.number("total");
    const std::size_t n = out.of.size();
    const bool by_law = out.dirichlet.size() == n && out.low.empty() && out.high.empty();
    const bool by_range = out.dirichlet.empty() && out.low.size() == n && out.high.size() == n;
    if (n < 2 || (!by_law && !by_range)) {
      findings_.report(table.place, message::weights_incomplete());
    }
    reader.finish();
    study_.weights.push_back(std::move(out));
  }

  void read_group(const Node& table) {
    TableReader reader(table, "[[group]]", findings_.all());
    WrittenGroup out;
    out.id.text = reader.required_string("id");
    out.id.place = reader.place("id");
    out.title = reader.text("title").value_or(Text{out.id.text, out.id.text});
    reader.require("of");
    out.of = project::read_words(reader, "of", findings_.all());
    reader.finish();
    for (const WrittenGroup& other : study_.groups) {
      if (other.id.text == out.id.text)
        findings_.report(out.id.place, message::group_twice(out.id.text));
    }
    study_.groups.push_back(std::move(out));
  }

  void read_where() {
    const Node* node = reader_.node("where");
    if (node == nullptr) return;
    const bool list = node->kind == NodeKind::array;
    for (const Node& item : list ? node->items : std::vector<Node>{*node}) {
      if (item.kind == NodeKind::string) {
        study_.where.push_back(text::located(item));
        continue;
      }
      findings_.report(item.place, message::where_not_formula());
    }
  }

  void read_settings() {
    switch (study_.kind) {
      case Kind::monte_carlo: return read_chances();
      case Kind::sobol:
        read_confidence();
        study_.pairs = reader_.boolean("pairs").value_or(false);
        study_.settle = fraction("settle");
        if (const auto most = reader_.integer("most_samples", 1, most_samples))
          study_.most_samples = static_cast<std::size_t>(*most);
        return;
      case Kind::shapley: return read_confidence();
      case Kind::morris:
        if (const auto levels = reader_.integer("grid_levels", 2, 1000))
          study_.grid_levels = static_cast<std::size_t>(*levels);
        if (study_.grid_levels % 2 != 0)
          findings_.report(reader_.place("grid_levels"), message::odd_grid_levels());
        return;
      case Kind::break_even: study_.threshold = reader_.number("threshold"); return;
      default: return;
    }
  }

  void read_chances() {
    read_confidence();
    if (const auto bins = reader_.integer("bins", 1, 10'000))
      study_.bins = static_cast<std::size_t>(*bins);
    study_.levels = read_numbers(reader_, "levels", findings_);
    if (study_.levels.empty()) study_.levels = {0.05, 0.25, 0.5, 0.75, 0.95};
    for (const double level : study_.levels) {
      if (!(level >= 0 && level <= 1))
        findings_.report(reader_.place("levels"), message::level_out_of_range());
    }
  }

  void read_confidence() { study_.confidence = fraction("confidence").value_or(0.95); }

  // Between 0 and 1, neither of them.
  std::optional<double> fraction(std::string_view key) {
    const auto value = reader_.number(key);
    if (!value || (*value > 0 && *value < 1)) return value;
    findings_.report(reader_.place(key), message::not_a_fraction(std::string(key)));
    return std::nullopt;
  }

  TableReader reader_;
  text::Findings findings_;
  Study study_;
};

// "did you mean": the studies beside the project, and what can be typed.
void suggest(const std::string& name, const std::string& file, text::Findings findings) {
  std::vector<std::string> known = project::names_beside(file, "jixiao/study/");
  known.insert(known.end(), kind_words.begin(), kind_words.end());
  std::sort(known.begin(), known.end());
  findings.report_file(file, message::unknown_study(name, known));
}

}  // namespace

std::string_view kind_word(Kind kind) { return kind_words[static_cast<std::size_t>(kind)]; }

void allow_shared_keys(TableReader& reader) {
  for (const char* key : {"schema", "kind", "title", "note", "seed", "samples", "apply"})
    reader.allow(key);
}

std::optional<Study> read_tree(std::shared_ptr<const Node> root, const std::string& id,
                               const std::string& file, text::Findings findings) {
  return StudyReader(std::move(root), findings).read(id, file);
}

}  // namespace study

bool Study::needs_project() const {
  return model_->formulas.empty() && model_->kind != study::Kind::stability;
}

bool is_study_kind(const std::string& word) {
  return std::find(study::kind_words.begin(), study::kind_words.end(), word) !=
         study::kind_words.end();
}

Checked<Study> read_study(const std::string& name, const std::string& project) {
  std::vector<Diagnostic> diagnostics;
  const std::string file = project::file_beside(project, name);
  std::error_code error;
  if (!std::filesystem::exists(file, error) && !text::unsaved_text(file)) {
    study::suggest(name, file, diagnostics);
    return diagnostics;
  }
  const auto source = text::read_source(file, diagnostics);
  std::shared_ptr<const text::Node> root = source ? text::parse_toml(source, diagnostics) : nullptr;
  std::optional<study::Study> study;
  if (root)
    study = study::read_tree(root, std::filesystem::path(file).stem().string(), file, diagnostics);
  text::sort_by_place(diagnostics);
  if (!study || text::has_error(diagnostics)) return diagnostics;
  return {Study(std::make_shared<const study::Study>(std::move(*study))), std::move(diagnostics)};
}

}  // namespace jixiao
