#include "batch/piece_scorer.hpp"

#include <algorithm>

#include "batch/long_reader.hpp"
#include "batch/piece_content.hpp"
#include "batch/record_writer.hpp"
#include "batch/unscored.hpp"
#include "batch/wide_reader.hpp"
#include "scoring/evaluation.hpp"
#include "scoring/statistics.hpp"

namespace jixiao::batch {

void Scored::clear() {
  records = 0;
  rows.clear();
  late_at.clear();
  indicators.clear();
  faults.clear();
  failed = 0;
  keys.clear();
  lines.clear();
  standings.clear();
}

struct PieceScorer::State {
  PieceContent content;
  LongReader long_reader;
  scoring::Evaluator evaluator;
  RecordWriter writer;
  const scoring::Scorecards* cards = nullptr;

  State(const ruleset::RuleSet& rules, const Plan& plan, Language language)
      : content(rules, plan, language),
        long_reader(rules, plan.remembered),
        evaluator(rules),
        writer(rules, plan, language) {}
};

PieceScorer::PieceScorer(const ruleset::RuleSet& rules, const Plan& plan, Language language)
    : state_(std::make_unique<State>(rules, plan, language)) {}
PieceScorer::~PieceScorer() = default;
PieceScorer::PieceScorer(PieceScorer&&) noexcept = default;

void PieceScorer::score(const table::Piece& piece, Scored& out) {
  State& s = *state_;
  out.clear();
  s.content.begin(piece, out.faults);
  out.records = s.content.cells.records();
  s.content.plan.shape == Shape::long_rows ? s.long_reader.read(s.content) : read_wide(s.content);
  scoring::fill_statistics(s.content.rules, s.content.batch);
  s.cards = &s.evaluator.run(s.content.batch);
  report_unscored(s.content, *s.cards, s.evaluator.row_sets());
  report_checks(s.content, *s.cards, s.evaluator.row_sets());
  if (s.content.plan.with_indicators)
    s.writer.write_indicators(s.content, *s.cards, s.evaluator.row_sets(), out.indicators);
  s.writer.write_projects(s.content, *s.cards, s.evaluator.most_lost(s.content.batch), out);
  std::stable_sort(out.faults.begin(), out.faults.end(),
                   [](const Fault& a, const Fault& b) { return a.line < b.line; });
}

const scoring::Batch& PieceScorer::batch() const { return state_->content.batch; }
const scoring::Scorecards& PieceScorer::cards() const { return *state_->cards; }
std::string_view PieceScorer::indicator_of(std::size_t row) const {
  return state_->content.cell(role_indicator, state_->content.rows[row].record);
}

std::vector<std::string> errors_header() {
  return {"line", "project", "column", "cell", "code", "severity", "message"};
}

void append_fault(std::string& to, const Fault& fault, Language language) {
  table::append_number(to, static_cast<double>(fault.line));
  for (const std::string_view text :
       {std::string_view(fault.project), std::string_view(fault.column),
        std::string_view(fault.cell), std::string_view(fault.code),
        std::string_view(fault.severity == Severity::error     ? "error"
                         : fault.severity == Severity::warning ? "warning"
                                                               : "note"),
        std::string_view(in(fault.message, language))}) {
    to += ',';
    table::append_cell(to, text);
  }
  to += '\n';
}

Diagnostic to_diagnostic(const Fault& fault, const std::string& table) {
  Diagnostic d;
  d.severity = fault.severity;
  d.code = fault.code;
  d.file = table;
  d.line = fault.line;
  const std::string where = fault.column.empty() ? ""
                                                 : fault.column + (fault.cell.empty() ? ": " : " ");
  const std::string cell = fault.cell.empty() ? "" : "'" + fault.cell + "': ";
  const Text project = fault.project.empty() ? Text{}
                                             : Text{"项目 " + fault.project + "，",
                                                    "project " + fault.project + ", "};
  d.message = {project.zh + where + cell + fault.message.zh,
               project.en + where + cell + fault.message.en};
  return d;
}

}  // namespace jixiao::batch
