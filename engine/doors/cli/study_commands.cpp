#include "study_commands.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <utility>

#include "interruption.hpp"
#include "output_file.hpp"
#include "progress_bar.hpp"

namespace jixiao::cli {
namespace {

namespace fs = std::filesystem;

// Whether this process and all it works with are well. The first that is not and knows why says so:
// the others found the same, or end with it.
template <class Say>
bool agree(const Call& call, bool well, bool knows_why, const Say& say_why) {
  if (call.ranks == nullptr) {
    if (!well) say_why();
    return well;
  }
  const std::size_t reporter = call.ranks->lowest_rank_where(!well && knows_why);
  if (reporter == call.ranks->rank()) say_why();
  return call.ranks->lowest_rank_where(!well) == call.ranks->count();
}

bool is_root(const Call& call) { return call.ranks == nullptr || call.ranks->rank() == 0; }

// A study file in place of the project: the project is what lies beside it, if anything does.
void find_project(StudyCall& what) {
  std::error_code error;
  const bool file = what.words.empty() && what.project.ends_with(".toml");
  if (!file) return;
  what.words = {what.project.find('/') == std::string::npos ? "./" + what.project : what.project};
  const fs::path beside = fs::path(what.words.front()).parent_path();
  what.project = fs::exists(beside / "project.toml", error) ? beside.string() : std::string();
}

std::vector<Study> read_studies(StudyCall& what, std::vector<Diagnostic>& diagnostics) {
  std::vector<Study> out;
  const auto take = [&](const Checked<Study>& study) {
    diagnostics.insert(diagnostics.end(), study.diagnostics().begin(), study.diagnostics().end());
    if (study) out.push_back(*study);
  };
  if (is_study_kind(what.words.front())) {
    what.typed.kind = what.words.front();
    what.typed.inputs.assign(what.words.begin() + 1, what.words.end());
    take(study_of(what.typed));
  } else {
    // Behind a kind that is misspelt its inputs would all be studies nobody has: the first that is
    // not there is said.
    for (const std::string& word : what.words) {
      take(read_study(word, what.project));
      if (has_error(diagnostics) && !diagnostics.empty() && diagnostics.back().line == 0) break;
    }
  }
  return out;
}

int say_stopped(const Call& call, const StudyOptions& options, std::size_t done, std::size_t all) {
  if (all == 0) {
    std::cerr << (call.err.language == Language::zh
                      ? "已停止，尚未完成任何部分。同一命令可从头再算\n"
                      : "stopped before any part was done; the same command starts anew\n");
    return interrupted;
  }
  const std::string share = std::to_string(done) + "/" + std::to_string(all);
  if (call.err.language == Language::zh)
    std::cerr << "已停止，完成 " << share << " 部分，保存在 " << options.state_file
              << "。同一命令加 --state " << options.state_file << " 可接着算，结果不变。\n";
  else
    std::cerr << "stopped: " << share << " parts are done and kept in " << options.state_file
              << "; the same command with --state " << options.state_file
              << " goes on from there, with the same numbers\n";
  return interrupted;
}

std::string state_file_of(const StudyCall& what) {
  const bool typed = is_study_kind(what.words.front());
  return (typed ? what.words.front() : fs::path(what.words.front()).stem().string()) +
         ".study-state.json";
}

struct Against {
  std::optional<RuleSet> rules;
  std::optional<Project> project;
};

// The project and its rules. Nothing of a study's own formulas needs them.
bool read_against(const Call& call, const StudyCall& what, Against& out,
                  std::vector<Diagnostic>& diagnostics) {
  const auto project = read_project({what.project, what.results});
  add_errors(project.diagnostics(), diagnostics);
  if (!project) return false;
  const std::string wanted = !what.rules.empty() ? what.rules : project->rules();
  if (wanted.empty()) {
    Diagnostic d;
    d.code = "reference.unknown";
    d.file = what.project;
    d.message = {"没有指定规则集", "no rule set is named"};
    d.help = {"在项目中写 rules = \"cn-mof-2020\"，或用 --rules",
              "write rules = \"cn-mof-2020\" in the project, or give --rules"};
    diagnostics.push_back(std::move(d));
    return false;
  }
  const auto rules = read_rules(wanted, call.library, project->needs());
  add_errors(rules.diagnostics(), diagnostics);
  if (!rules) return false;
  out.project = *project;
  out.rules = *rules;
  return true;
}

}  // namespace

namespace {

// What is wrong with the call itself.
std::optional<Text> refusal(const StudyCall& what) {
  if (what.words.empty())
    return Text{
        "没有说要做什么研究：写研究的名称，或 "
        "tornado、grid、break-even、monte-carlo、sobol、morris、shapley",
        "no study is named: give its name, or tornado, grid, break-even, monte-carlo, sobol, "
        "morris, shapley"};
  const bool typed = is_study_kind(what.words.front());
  const bool has_typed_words = !what.typed.outputs.empty() || !what.typed.where.empty() ||
                               !what.typed.apply.empty();
  if (!typed && has_typed_words)
    return Text{
        "--output、--where、--apply 只用于命令行上写出的研究；研究文件里写 output、where、apply",
        "--output, --where and --apply go with a study typed in the call; in a study file write "
        "output, where and apply"};
  const bool several = !typed && what.words.size() > 1;
  if (several && !what.options.state_file.empty())
    return Text{"--state 一次只用于一项研究", "--state goes with one study at a time"};
  if (several && !what.file.empty())
    return Text{"-o 一次只用于一项研究", "-o goes with one study at a time"};
  return std::nullopt;
}

// One study done and told.
int answer(const Call& call, const StudyCall& what, const Study& one, const Against& against,
           std::vector<Diagnostic> diagnostics) {
  StudyOptions options = what.options;
  std::size_t done_so_far = 0, all = 0;
  const auto found = [&] {
    ProgressBar bar(call.err.language, call.err.width);
    options.progress = [&](std::size_t d, std::size_t a) {
      done_so_far = d, all = a;
      if (is_root(call)) bar.show(d, a);
    };
    options.say = [&](const Diagnostic& d) { report(call, {d}); };
    const bool own = !one.needs_project() || !against.project;
    return own ? run_study(one, options, call.library)
               : run_study(*against.rules, *against.project, one, call.library, options);
  }();
  diagnostics.insert(diagnostics.end(), found.diagnostics().begin(), found.diagnostics().end());
  const auto say = [&] { report(call, diagnostics); };
  if (!agree(call, found.has_value(), has_error(diagnostics), say)) return input_wrong;
  // Of a portfolio no state is kept: what was drawn so far is the answer.
  const bool kept = found->kind != "stability";
  if (is_root(call)) say();
  if (!found->complete && kept)
    return is_root(call) ? say_stopped(call, options, done_so_far, all) : interrupted;
  bool written = true;
  if (is_root(call) && what.file.empty()) {
    std::cout << render_study(*found, call.out);
  } else if (is_root(call)) {
    written = write_result(
        call, what.file, [&](const Style& style) { return render_study(*found, style); },
        [&](const PictureStyle& style) { return study_sheet(*found, style); });
  }
  if (!agree(call, written, false, [] {})) return input_wrong;
  return found->complete ? done : interrupted;
}

}  // namespace

int study(const Call& call, StudyCall what) {
  find_project(what);
  const std::optional<Text> refused = refusal(what);
  const auto refuse = [&] {
    std::cerr << "jixiao: " << (call.err.language == Language::zh ? refused->zh : refused->en)
              << "\n";
  };
  if (!agree(call, !refused, true, refuse)) return call_wrong;
  std::vector<Diagnostic> diagnostics;
  const std::vector<Study> studies = read_studies(what, diagnostics);
  const bool needs =
      std::any_of(studies.begin(), studies.end(), [](const Study& s) { return s.needs_project(); });
  Against against;
  const bool read = !has_error(diagnostics) && (!needs || what.project.empty() ||
                                                read_against(call, what, against, diagnostics));
  if (!agree(call, read && !has_error(diagnostics), true, [&] { report(call, diagnostics); }))
    return input_wrong;
  if (what.options.state_file.empty())
    what.options.state_file = state_file_of(what), what.options.take_up = false;
  what.options.stop = &interruption();
  what.options.ranks = call.ranks;
  for (const Study& one : studies) {
    const int status = answer(call, what, one, against, std::exchange(diagnostics, {}));
    if (status != done) return status;
  }
  return done;
}

}  // namespace jixiao::cli
