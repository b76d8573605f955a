#include "batch_commands.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <span>

#include "interruption.hpp"
#include "output_file.hpp"
#include "progress_bar.hpp"
#include "writing.hpp"

namespace jixiao::cli {
namespace {

constexpr const char* default_rules = "cn-mof-2020";  // what a long table is scored with when
                                                      // nobody says
constexpr std::size_t faults_shown = 5;

// The whole text as a number; false when it is anything else.
template <class T>
bool read_number(std::string_view text, T& out) {
  const auto [after, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && after == text.data() + text.size();
}

bool read_shard(const std::string& text, Shard& out) {
  const auto slash = text.find('/');
  return slash != std::string::npos &&
         read_number(std::string_view(text).substr(0, slash), out.index) &&
         read_number(std::string_view(text).substr(slash + 1), out.count);
}

// The number in RATING=PERCENT, with or without its sign.
std::string_view percent_in(std::string_view pair) {
  pair.remove_prefix(pair.rfind('=') + 1);
  if (pair.ends_with('%')) pair.remove_suffix(1);
  return pair;
}

int status_of(const std::vector<Diagnostic>& diagnostics) {
  const bool unwritable =
      std::any_of(diagnostics.begin(), diagnostics.end(),
                  [](const Diagnostic& d) { return d.code == "file.unwritable"; });
  return unwritable ? own_fault : input_wrong;
}

bool reader_gone(const std::vector<Diagnostic>& diagnostics) {
  return diagnostics.size() == 1 && diagnostics[0].file == "stdout" && reader_is_gone();
}

int fail(const Call& call, const std::vector<Diagnostic>& diagnostics) {
  if (reader_gone(diagnostics)) return broken_pipe;
  report(call, diagnostics);
  return status_of(diagnostics);
}

int say_interrupted(const Call& call) {
  std::cerr << (call.err.language == Language::zh ? "已中断：没有写出任何结果\n"
                                                  : "interrupted: nothing was written\n");
  return interrupted;
}

template <class Render>
bool show(const Call& call, const BatchCall& what, bool on_screen, Render&& render) {
  Style style = call.out;
  style.format = Format::text;
  if (on_screen) std::cout << render(style);
  if (what.report.empty()) return true;
  style.format = format_of(what.report).value_or(Format::text);
  style.colour = false;
  return write_whole(call, what.report, render(style));
}

// What is wrong with the table as a whole, and the first few faults. What they are together is
// counted elsewhere.
void print_findings(const Call& call, const std::vector<Diagnostic>& findings) {
  const std::span<const Diagnostic> all(findings);
  std::cerr << render_diagnostics(all.first(std::min(all.size(), faults_shown)), call.err, false);
}

std::string counted(std::uint64_t n, const char* one, const char* many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

// What is wrong, as one clause: how much, and where all of it is.
template <class Outcome>
std::string faults_clause(const Outcome& outcome, bool zh) {
  std::string out = zh ? "错误 " + std::to_string(outcome.faults) + " 处"
                       : counted(outcome.faults, "error", "errors");
  if (outcome.warnings > 0) {
    out += zh ? "，警告 " + std::to_string(outcome.warnings) + " 处"
              : ", " + counted(outcome.warnings, "warning", "warnings");
  }
  if (!outcome.errors_file.empty()) {
    out += (zh ? "，见 " : ", all in ") + outcome.errors_file;
  } else if (outcome.faults + outcome.warnings > faults_shown) {
    out += zh ? "；用 --errors 文件 记下全部" : "; --errors FILE keeps all of them";
  }
  return out;
}

void print_counts(const Call& call, const BatchOutcome& outcome) {
  const bool zh = call.err.language == Language::zh;
  const std::string scored = std::to_string(outcome.projects - outcome.failed);
  const std::string failed = std::to_string(outcome.failed);
  std::cerr << (zh ? "项目 " + std::to_string(outcome.projects) + " 个：已计分 " + scored +
                         "，未计分 " + failed + "；"
                   : counted(outcome.projects, "project", "projects") + ": " + scored +
                         " scored, " + failed + " not; ")
            << faults_clause(outcome, zh) << "\n";
}

void print_counts(const Call& call, const CompareOutcome& outcome) {
  const bool zh = call.err.language == Language::zh;
  const RulesComparison& of = outcome.comparison;
  const std::string both = std::to_string(of.scored_both);
  const std::string a = std::to_string(of.only_a), b = std::to_string(of.only_b),
                    neither = std::to_string(of.neither);
  std::cerr << (zh ? "项目 " + std::to_string(of.projects) + " 个：两套规则下都有总分 " + both +
                         "，只在 A 下 " + a + "，只在 B 下 " + b + "，都没有 " + neither + "；"
                   : counted(of.projects, "project", "projects") + ": " + both +
                         " scored under both, " + a + " under A only, " + b + " under B only, " +
                         neither + " under neither; ")
            << faults_clause(outcome, zh) << "\n";
}

BatchWatch watching(ProgressBar& bar) {
  BatchWatch watch;
  watch.progress = [&bar](const BatchProgress& progress) { bar.show(progress); };
  watch.stop = &interruption();
  return watch;
}

int print_outcome(const Call& call, const BatchCall& what, const BatchRequest& request,
                  const Checked<BatchOutcome>& outcome) {
  if (!outcome) return fail(call, outcome.diagnostics());
  if (outcome->interrupted) return say_interrupted(call);
  print_findings(call, outcome->findings);
  print_counts(call, *outcome);
  const bool whole = !request.shard;
  const bool on_screen = whole && request.output != "-" && request.indicators != "-" &&
                         request.errors != "-";
  if (whole && !show(call, what, on_screen, [&](const Style& style) {
        return render_portfolio(outcome->portfolio, style);
      }))
    return own_fault;
  // A part that was written is whole, whatever it says of its table: a scheduler must not run it
  // again.
  return whole && (outcome->faults > 0 || outcome->failed > 0) ? input_wrong : done;
}

}  // namespace

BatchRequest request_of(const Call& call, const BatchCall& what) {
  BatchRequest request = what.request;
  request.language = call.out.language;
  for (const std::string& pair : what.map)
    request.map.emplace_back(pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1));
  for (const std::string& pair : what.forced) {
    double share = 0;
    read_number(percent_in(pair), share);
    std::string rating = pair.substr(0, pair.rfind('='));
    const bool or_better = rating.ends_with('+');
    if (or_better) rating.pop_back();
    request.portfolio.forced.push_back({std::move(rating), share, or_better});
  }
  if (!what.shard.empty()) read_shard(what.shard, request.shard.emplace());
  return request;
}

std::string check_pair(const std::string& text) {
  const auto equals = text.find('=');
  return equals != std::string::npos && equals > 0 && equals + 1 < text.size()
             ? ""
             : "expected A=B, found " + text;
}

std::string check_share(const std::string& text) {
  double share = 0;
  const auto equals = text.rfind('=');
  const bool good = equals != std::string::npos && equals > 0 &&
                    read_number(percent_in(text), share);
  return good ? "" : "expected RATING=PERCENT (优=30) or RATING+=PERCENT (良+=70), found " + text;
}

std::string check_report(const std::string& file) {
  const bool plain = std::filesystem::path(file).extension().empty();  // text without an ending
  const bool good = file != "-" && (plain || format_of(file));
  return good ? "" : "expected a file that ends in .html .md .json .csv or .txt, found " + file;
}

std::string check_shard(const std::string& text) {
  Shard shard;
  const bool good = read_shard(text, shard) && shard.index >= 1 && shard.index <= shard.count;
  return good ? "" : "expected i/n with i from 1 to n (2/8), found " + text;
}

int batch(const Call& call, BatchCall what) {
  const BatchRequest request = request_of(call, what);
  const std::string wanted = what.rules.empty() ? default_rules : what.rules[0];
  if (what.rules.empty()) {
    std::cerr << (call.err.language == Language::zh ? "规则集：" : "rule set: ") << wanted
              << (call.err.language == Language::zh ? "（默认；用 --rules 另选）\n"
                                                    : " (the default; --rules for another)\n");
  }
  const auto rules = read_rules(wanted, call.library);
  report(call, rules.diagnostics());
  if (!rules) return input_wrong;
  const auto outcome = [&] {
    ProgressBar bar(call.err.language, call.err.width);
    return run_batch(*rules, request, watching(bar));
  }();
  return print_outcome(call, what, request, outcome);
}

int merge(const Call& call, BatchCall what) {
  const BatchRequest request = request_of(call, what);
  const auto outcome = [&] {
    ProgressBar bar(call.err.language, call.err.width);
    return merge_parts(request, call.library, watching(bar));
  }();
  return print_outcome(call, what, request, outcome);
}

int compare(const Call& call, BatchCall what) {
  const BatchRequest request = request_of(call, what);
  const auto a = read_rules(what.rules[0], call.library);
  report(call, a.diagnostics());
  const auto b = read_rules(what.rules[1], call.library);
  report(call, b.diagnostics());
  if (!a || !b) return input_wrong;
  const auto outcome = [&] {
    ProgressBar bar(call.err.language, call.err.width);
    return compare_rules(*a, *b, request, what.listed, watching(bar));
  }();
  if (!outcome) return fail(call, outcome.diagnostics());
  if (outcome->interrupted) return say_interrupted(call);
  print_findings(call, outcome->findings);
  print_counts(call, *outcome);
  const bool on_screen = request.output != "-" && request.errors != "-";
  if (!show(call, what, on_screen,
            [&](const Style& style) { return render_comparison(outcome->comparison, style); }))
    return own_fault;
  return outcome->faults > 0 ? input_wrong : done;
}

}  // namespace jixiao::cli
