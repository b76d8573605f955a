#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "allocation/question.hpp"
#include "project/beside.hpp"
#include "project/read_words.hpp"
#include "study/read_inputs.hpp"
#include "study/study.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "text/unsaved.hpp"

namespace jixiao {
namespace study {

namespace fs = std::filesystem;
using text::Code;
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
  StudyReader(std::shared_ptr<const Node> root, std::vector<Diagnostic>& diagnostics)
      : reader_(*root, "study", diagnostics), diagnostics_(diagnostics) {
    study_.root = std::move(root);
  }

  std::optional<Study> read(const std::string& id, const std::string& file) {
    const std::size_t before = diagnostics_.size();
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
      allocation::read_question(reader_, diagnostics_);  // its mistakes are told now; asked again
                                                         // when it is answered
    }
    const auto is_error = [](const Diagnostic& d) { return d.severity == Severity::error; };
    if (std::any_of(diagnostics_.begin() + static_cast<std::ptrdiff_t>(before), diagnostics_.end(),
                    is_error))
      return std::nullopt;
    return std::move(study_);
  }

 private:
  void read_schema() {
    reader_.require("schema");
    const auto schema = reader_.string("schema");
    if (schema && *schema != "jixiao/study/1")
      reader_.report(Code::schema_unknown, reader_.place("schema"),
                     {"schema 应为 'jixiao/study/1'，这里是 '" + *schema + "'",
                      "the schema should be 'jixiao/study/1', this is '" + *schema + "'"});
  }

  std::optional<Kind> read_kind() {
    reader_.require("kind");
    const auto word = reader_.string("kind");
    study_.kind_place = reader_.place("kind");
    if (!word) return std::nullopt;
    const auto at = std::find(kind_words.begin(), kind_words.end(), *word);
    if (at != kind_words.end()) return static_cast<Kind>(at - kind_words.begin());
    const std::vector<std::string> known(kind_words.begin(), kind_words.end());
    reader_.report(Code::value_choice, study_.kind_place,
                   {"没有 '" + *word + "' 这种研究", "there is no kind of study '" + *word + "'"},
                   text::suggestion(*word, known));
    return std::nullopt;
  }

  void read_heading() {
    study_.title = reader_.text("title").value_or(Text{});
    study_.note = reader_.text("note").value_or(Text{});
    study_.seed = static_cast<std::uint64_t>(reader_.integer("seed", 0, most_seed).value_or(1));
    if (const auto samples = reader_.integer("samples", 1, most_samples))
      study_.samples = static_cast<std::size_t>(*samples);
    study_.apply = project::read_words(reader_, "apply", diagnostics_);
  }

  void read_question() {
    read_formulas();
    const bool own = !study_.formulas.empty();
    if (own && !study_.apply.empty())
      reader_.report(Code::value_choice, reader_.place("apply"),
                     {"有 [formula] 的研究没有项目，情景无处可用",
                      "a study with [formula] has no project a scenario could change"},
                     {"删去 apply", "leave apply out"});
    study_.outputs = project::read_words(reader_, "output", diagnostics_);
    for (const project::Word& word : project::read_words(reader_, "inputs", diagnostics_)) {
      StudyInput input;
      input.name = word.text;
      input.name_place = input.place = word.place;
      study_.inputs.push_back(std::move(input));
    }
    const std::string folder = study_.file.empty() ? std::string(".")
                                                   : fs::path(study_.file).parent_path().string();
    if (const Node* table = reader_.table("input"))
      read_inputs(*table, own, folder, study_.inputs, diagnostics_);
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
    const auto refuse = [&](const char* key, Text why, Text help) {
      if (!reader_.has(key)) return;
      reader_.allow(key);
      reader_.report(Code::value_choice, reader_.place(key), std::move(why), std::move(help));
    };
    const std::string kind(kind_word(study_.kind));
    const bool draws = study_.kind == Kind::sobol || study_.kind == Kind::morris ||
                       study_.kind == Kind::shapley;
    if (draws) {
      refuse("where",
             {"where 用于 monte-carlo 和 grid；" + kind +
                  " 要把每个输入单独换值，去掉一部分样本后方差份额不再有意义",
              "where is for monte-carlo and grid; " + kind +
                  " exchanges inputs one by one, and shares of the variance mean nothing once some "
                  "samples are left out"},
             {"把输入的范围收窄，或用 kind = \"monte-carlo\"",
              "narrow the ranges of the inputs, or take kind = \"monte-carlo\""});
    } else if (study_.kind != Kind::monte_carlo && study_.kind != Kind::grid) {
      refuse("where",
             {"where 用于 monte-carlo 和 grid；" + kind + " 会说出在哪里违反项目的约束",
              "where is for monte-carlo and grid; a " + kind +
                  " says where constraints of the project are violated"},
             {"把它写成项目的 [[constraint]]，或收窄范围",
              "write it as a [[constraint]] of the project, or narrow the ranges"});
    }
    if (study_.kind == Kind::monte_carlo) return;
    refuse("correlation",
           {"[[correlation]] 只用于 monte-carlo；" + kind + " 要求各输入相互独立",
            "a [[correlation]] is for monte-carlo; " + kind + " takes independent inputs"},
           {"用 kind = \"monte-carlo\"；相关的输入可在 sobol 中归入一个 [[group]]",
            "take kind = \"monte-carlo\"; in sobol, inputs that go together can be one [[group]]"});
    refuse("weights",
           {"一起抽取的 [[weights]] 只用于 monte-carlo",
            "[[weights]] drawn together are for monte-carlo"},
           {"写成各自的范围：weights.x = { low = 5, high = 15 }",
            "give each its range: weights.x = { low = 5, high = 15 }"});
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
      reader_.report(Code::value_type, entry.value.place,
                     {"'" + entry.key + "' 应为公式文字，这里是" + found.zh,
                      "'" + entry.key + "' should be a formula, this is " + found.en},
                     {entry.key + " = 'x1 + x2'", entry.key + " = 'x1 + x2'"});
    }
    if (table->entries.empty())
      reader_.report(Code::key_missing, table->place,
                     {"[formula] 里没有公式", "there is no formula in [formula]"},
                     {"y = 'x1 + x2'", "y = 'x1 + x2'"});
  }

  void check_name(const std::string& name, const text::Place& place) {
    if (formula::is_name(name)) return;
    reader_.report(
        Code::id_invalid, place,
        {"'" + name + "' 不能用在公式里", "'" + name + "' cannot stand in a formula"},
        {"名称用字母、汉字、数字和下划线，不以数字开头，也不是函数名",
         "use letters, digits and '_', not starting with a digit, and no function's name"});
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
      reader_.report(Code::key_missing, study_.kind_place,
                     {"这项研究没有要变动的输入", "this study has no inputs to vary"},
                     {"写 [input]，例如 drivers.rate = { low = 200, high = 400 }；命令行上写 "
                      "drivers.rate=200..400",
                      "write [input], such as drivers.rate = { low = 200, high = 400 }; in a call: "
                      "drivers.rate=200..400"});
    }
    if (study_.kind == Kind::grid && varied > 2)
      reader_.report(Code::value_choice, study_.kind_place,
                     {"grid 有一个或两个输入，这里有 " + std::to_string(varied) + " 个",
                      "a grid has one or two inputs, this has " + std::to_string(varied)},
                     {"其余的写成一个值，例如 drivers.days = 3",
                      "give the others one value, such as drivers.days = 3"});
  }

  void read_correlation(const Node& table) {
    TableReader reader(table, "[[correlation]]", diagnostics_);
    WrittenCorrelation out;
    out.place = table.place;
    reader.require("of");
    out.of = project::read_words(reader, "of", diagnostics_);
    const std::size_t n = out.of.size();
    if (n < 2)
      reader.report(Code::key_missing, reader.place("of"),
                    {"相关系数要写两个以上的输入", "a correlation is between two inputs or more"},
                    {"of = [\"results.attendance\", \"results.satisfaction\"]",
                     "of = [\"results.attendance\", \"results.satisfaction\"]"});
    const auto value = reader.number("value");
    const Node* matrix = reader.node("matrix");
    if (value.has_value() == (matrix != nullptr)) {
      reader.report(Code::key_missing, table.place,
                    {"[[correlation]] 要写 value 或 matrix 中的一个",
                     "a [[correlation]] has a value or a matrix"},
                    {"value = 0.6", "value = 0.6"});
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
    const std::string count = std::to_string(n);
    reader_.report(Code::value_type, node.place,
                   {"matrix 应为 " + count + " 行，每行 " + count + " 个数",
                    "the matrix should be " + count + " rows of " + count + " numbers"},
                   {"matrix = [[1, 0.5], [0.5, 1]]", "matrix = [[1, 0.5], [0.5, 1]]"});
  }

  void read_weights(const Node& table) {
    TableReader reader(table, "[[weights]]", diagnostics_);
    WrittenWeights out;
    out.place = table.place;
    reader.require("of");
    out.of = project::read_words(reader, "of", diagnostics_);
    out.dirichlet = read_numbers(reader, "dirichlet", diagnostics_);
    out.low = read_numbers(reader, "low", diagnostics_);
    out.high = read_numbers(reader, "high", diagnostics_);
    out.total = reader.number("total");
    const std::size_t n = out.of.size();
    const bool by_law = out.dirichlet.size() == n && out.low.empty() && out.high.empty();
    const bool by_range = out.dirichlet.empty() && out.low.size() == n && out.high.size() == n;
    if (n < 2 || (!by_law && !by_range)) {
      reader.report(
          Code::key_missing, table.place,
          {"[[weights]] 要写 of（两个以上）和每个权重的 dirichlet，或 low 与 high",
           "[[weights]] has two names or more, and for each of them a dirichlet number, or a low "
           "and a high"},
          {"low = [40, 20, 5]，high = [60, 40, 15]", "low = [40, 20, 5], high = [60, 40, 15]"});
    }
    reader.finish();
    study_.weights.push_back(std::move(out));
  }

  void read_group(const Node& table) {
    TableReader reader(table, "[[group]]", diagnostics_);
    WrittenGroup out;
    out.id.text = reader.required_string("id");
    out.id.place = reader.place("id");
    out.title = reader.text("title").value_or(Text{out.id.text, out.id.text});
    reader.require("of");
    out.of = project::read_words(reader, "of", diagnostics_);
    reader.finish();
    for (const WrittenGroup& other : study_.groups) {
      if (other.id.text == out.id.text)
        reader.report(Code::id_duplicate, out.id.place,
                      {"'" + out.id.text + "' 写了两次", "'" + out.id.text + "' is there twice"},
                      {"给其中一个换个名字", "rename one of the two"});
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
      reader_.report(Code::value_type, item.place, {"where 应为公式", "where takes formulas"},
                     {"where = 'results_trained >= 150'", "where = 'results_trained >= 150'"});
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
          reader_.report(Code::value_number, reader_.place("grid_levels"),
                         {"grid_levels 应为偶数", "grid_levels should be even"},
                         {"grid_levels = 4", "grid_levels = 4"});
        return;
      case Kind::break_even: study_.threshold = reader_.number("threshold"); return;
      default: return;
    }
  }

  void read_chances() {
    read_confidence();
    if (const auto bins = reader_.integer("bins", 1, 10'000))
      study_.bins = static_cast<std::size_t>(*bins);
    study_.levels = read_numbers(reader_, "levels", diagnostics_);
    if (study_.levels.empty()) study_.levels = {0.05, 0.25, 0.5, 0.75, 0.95};
    for (const double level : study_.levels) {
      if (!(level >= 0 && level <= 1))
        reader_.report(Code::value_number, reader_.place("levels"),
                       {"分位数水平在 0 至 1 之间", "the levels of quantiles are between 0 and 1"},
                       {"levels = [0.05, 0.5, 0.95]", "levels = [0.05, 0.5, 0.95]"});
    }
  }

  void read_confidence() { study_.confidence = fraction("confidence").value_or(0.95); }

  // Between 0 and 1, neither of them.
  std::optional<double> fraction(std::string_view key) {
    const auto value = reader_.number(key);
    if (!value || (*value > 0 && *value < 1)) return value;
    const std::string word(key);
    reader_.report(Code::value_number, reader_.place(key),
                   {word + " 应在 0 与 1 之间", word + " is between 0 and 1"});
    return std::nullopt;
  }

  TableReader reader_;
  std::vector<Diagnostic>& diagnostics_;
  Study study_;
};

// "did you mean": the studies beside the project, and what can be typed.
void suggest(const std::string& name, const std::string& file,
             std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> known = project::names_beside(file, "jixiao/study/");
  known.insert(known.end(), kind_words.begin(), kind_words.end());
  std::sort(known.begin(), known.end());
  diagnostics.push_back(text::diagnose_file(
      Code::file_unreadable, file, {"没有研究 '" + name + "'", "there is no study '" + name + "'"},
      text::suggestion(name, known)));
}

}  // namespace

std::string_view kind_word(Kind kind) { return kind_words[static_cast<std::size_t>(kind)]; }

void allow_shared_keys(TableReader& reader) {
  for (const char* key : {"schema", "kind", "title", "note", "seed", "samples", "apply"})
    reader.allow(key);
}

std::optional<Study> read_tree(std::shared_ptr<const Node> root, const std::string& id,
                               const std::string& file, std::vector<Diagnostic>& diagnostics) {
  return StudyReader(std::move(root), diagnostics).read(id, file);
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
