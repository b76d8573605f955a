#include "batch/piece_scorer.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "batch/long_reader.hpp"
#include "batch/piece_content.hpp"
#include "batch/record_writer.hpp"
#include "batch/unscored.hpp"
#include "batch/wide_reader.hpp"
#include "ruleset/versions.hpp"
#include "scoring/evaluation.hpp"
#include "scoring/statistics.hpp"

namespace jixiao::batch {

void Scored::clear() {
  records = 0;
  rows.clear();
  late_at.clear();
  row_ends.clear();
  indicators.clear();
  indicator_ends.clear();
  faults.clear();
  failed = 0;
  keys.clear();
  lines.clear();
  standings.clear();
  parts.clear();
}

namespace {

// Why a project has no version of the rule set; no message where reading it says so.
struct Refusal {
  Text message;
  std::size_t column = none;  // of the table
};

// What one version of a rule set needs to score pieces.
struct VersionScorer {
  PieceContent content;
  LongReader long_reader;
  scoring::Evaluator evaluator;
  RecordWriter writer;
  const scoring::Scorecards* cards = nullptr;

  VersionScorer(const ruleset::RuleSet& rules, const Plan& plan, Language language,
                std::size_t versions)
      : content(rules, plan, language),
        long_reader(rules, plan.remembered / versions),
        evaluator(rules),
        writer(rules, plan, language) {}

  void read(const table::Piece& piece, std::vector<Fault>& faults) {
    content.begin(piece, faults);
    content.plan.shape == Shape::long_rows ? long_reader.read(content) : read_wide(content);
  }

  void refuse(std::size_t project, const Refusal& refusal) {
    if (refusal.message.empty() && content.failed(project)) return;
    content.fault(project, content.first_record(project),
                  refusal.column == none ? std::string() : content.plan.header[refusal.column], {},
                  "result.missing", Severity::error, refusal.message);
  }

  // `refusals`: none, or one for each project of the piece.
  void score(const table::Piece& piece, std::span<const Refusal> refusals, Scored& out) {
    read(piece, out.faults);
    for (std::size_t p = 0; p < refusals.size(); ++p) refuse(p, refusals[p]);
    out.records = content.cells.records();
    scoring::fill_statistics(content.rules, content.batch);
    cards = &evaluator.run(content.batch);
    report_unscored(content, *cards, evaluator.row_sets());
    report_checks(content, *cards, evaluator.row_sets());
    if (content.plan.with_indicators)
      writer.write_indicators(content, *cards, evaluator.row_sets(), out);
    writer.write_projects(content, *cards, evaluator.most_lost(content.batch), out);
    std::stable_sort(out.faults.begin(), out.faults.end(),
                     [](const Fault& a, const Fault& b) { return a.line < b.line; });
  }
};

// The projects of a piece that have one version.
struct VersionGroup {
  const ruleset::Versions::Key* key = nullptr;  // null: none of them has any
  std::vector<std::uint32_t> records;           // of the piece, rising
  std::vector<std::uint32_t> first_records;     // of each project
  std::vector<Refusal> refusals;
};

std::unique_ptr<table::Piece> piece_of(const table::Cells& cells, const table::Piece& whole,
                                       const std::vector<std::uint32_t>& records) {
  auto out = std::make_unique<table::Piece>();
  out->index = whole.index;
  out->first_record = whole.first_record;
  out->first_line = whole.first_line;
  out->offset = whole.offset;
  for (const std::uint32_t record : records) {
    out->text.put(cells.record(record));
    out->text.put('\n');
    out->lines.push_back(cells.line(record));
  }
  return out;
}

// A project of one of several pieces, and where it stood in the whole.
struct Seat {
  std::uint32_t record;
  std::uint32_t part;
  std::uint32_t project;
};

// One column of all parts, in the order of the seats; empty where no part has it.
template <class T, class Of>
void join_column(const std::vector<Scored>& parts, const std::vector<Seat>& seats, const Of& of,
                 T without, std::vector<T>& to) {
  to.clear();
  if (std::all_of(parts.begin(), parts.end(), [&](const Scored& part) { return of(part).empty(); }))
    return;
  to.reserve(seats.size());
  for (const Seat& seat : seats) {
    const std::vector<T>& column = of(parts[seat.part]);
    to.push_back(seat.project < column.size() ? column[seat.project] : without);
  }
}

template <class T, class Of>
void join_columns(const std::vector<Scored>& parts, const std::vector<Seat>& seats, const Of& of,
                  T without, std::vector<std::vector<T>>& to) {
  to.resize(of(parts[0]).size());
  for (std::size_t c = 0; c < to.size(); ++c)
    join_column(
        parts, seats, [&](const Scored& part) -> const std::vector<T>& { return of(part)[c]; },
        without, to[c]);
}

void join_standings(const std::vector<Scored>& parts, const std::vector<Seat>& seats,
                    portfolio::Standings& to) {
  using portfolio::Standings;
  const auto one = [&](auto member, auto without) {
    join_column(
        parts,
        seats, [member](const Scored& part) -> const auto& { return part.standings.*member; },
        without, to.*member);
  };
  const auto all = [&](auto member, auto without) {
    join_columns(
        parts,
        seats, [member](const Scored& part) -> const auto& { return part.standings.*member; },
        without, to.*member);
  };
  one(&Standings::project, std::string_view());
  one(&Standings::band, portfolio::no_band);
  for (const auto member :
       {&Standings::total, &Standings::initial, &Standings::adjusted, &Standings::executed})
    one(member, std::nan(""));
  for (const auto member : {&Standings::blocks, &Standings::lost_points}) all(member, std::nan(""));
  for (const auto member : {&Standings::groups, &Standings::lost_most})
    all(member, std::string_view());
}

template <class Text>
std::string_view stretch(const Text& text, const std::vector<std::uint32_t>& ends, std::size_t i) {
  const std::size_t begin = i == 0 ? 0 : ends[i - 1];
  return std::string_view(text).substr(begin, ends[i] - begin);
}

// All parts as one piece, its projects where they stood.
void join(std::vector<Scored>& parts, const std::vector<Seat>& seats, Scored& out) {
  for (const Seat& seat : seats) {
    const Scored& part = parts[seat.part];
    const std::size_t p = seat.project;
    const std::size_t late = part.late_at.size() / part.keys.size();
    const std::size_t begin = p == 0 ? 0 : part.row_ends[p - 1];
    for (std::size_t cell = 0; cell < late; ++cell)
      out.late_at.push_back(
          static_cast<std::uint32_t>(part.late_at[p * late + cell] - begin + out.rows.size()));
    out.rows.put(stretch(part.rows, part.row_ends, p));
    out.row_ends.push_back(static_cast<std::uint32_t>(out.rows.size()));
    if (!part.indicator_ends.empty()) {
      out.indicators += stretch(part.indicators, part.indicator_ends, p);
      out.indicator_ends.push_back(static_cast<std::uint32_t>(out.indicators.size()));
    }
    out.keys.push_back(part.keys[p]);
    out.lines.push_back(part.lines[p]);
  }
  join_standings(parts, seats, out.standings);
  for (Scored& part : parts) {
    out.records += part.records;
    out.failed += part.failed;
    out.faults.insert(out.faults.end(), std::make_move_iterator(part.faults.begin()),
                      std::make_move_iterator(part.faults.end()));
  }
  std::stable_sort(out.faults.begin(), out.faults.end(),
                   [](const Fault& a, const Fault& b) { return a.line < b.line; });
}

}  // namespace

struct PieceScorer::State {
  State(const ruleset::RuleSet& rule_set, const Plan& a_plan, Language a_language)
      : rules(rule_set),
        plan(a_plan),
        language(a_language),
        versions(rule_set.versions ? rule_set.versions->all.size() + 1 : 1),
        first(rule_set, plan, language, versions) {}

  VersionScorer& scorer(const ruleset::Versions::Key& key) {
    std::unique_ptr<VersionScorer>& own = of_version[key];
    if (!own)
      own = std::make_unique<VersionScorer>(*rules.versions->all.at(key), plan, language, versions);
    return *own;
  }

  Refusal refusal(const ruleset::VersionChoice& choice, std::size_t project) const {
    const PieceContent& content = first.content;
    const int year = static_cast<int>(content.batch.year[project]);
    ruleset::NoVersion why = ruleset::no_version(rules, *rules.versions, choice, year);
    Refusal out{{why.message.zh + "；" + why.help.zh, why.message.en + "; " + why.help.en}, none};
    if (choice.is_year_missing) return {};  // a year that is needed is told where it is read
    if (choice.is_too_early) {
      out.column = plan.year;
    } else if (choice.missing_input != none) {
      if (content.batch.inputs[choice.missing_input].states[project] != value::CellState::missing)
        return {};
      if (plan.shape == Shape::wide) out.column = plan.input[choice.missing_input];
    }
    return out;
  }

  // The projects of the piece by version; those of none last.
  std::vector<VersionGroup> groups_of(const table::Piece& piece) {
    scratch.clear();
    first.read(piece, scratch);
    const PieceContent& content = first.content;
    std::map<ruleset::Versions::Key, VersionGroup> by_version;
    VersionGroup refused;
    std::vector<double> inputs(rules.inputs.size());
    for (std::size_t p = 0; p < content.projects.size(); ++p) {
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        const scoring::CellColumn& column = content.batch.inputs[i];
        const bool there = p < column.size() && column.states[p] == value::CellState::ok;
        inputs[i] = there ? column.values[p] : std::nan("");
      }
      const auto choice =
          ruleset::choose_version(*rules.versions, static_cast<int>(content.batch.year[p]), inputs);
      VersionGroup& group = choice.found() ? by_version[choice.key] : refused;
      if (!choice.found()) group.refusals.push_back(refusal(choice, p));
      group.first_records.push_back(static_cast<std::uint32_t>(content.first_record(p)));
      for (std::size_t k = content.begin_of[p]; k < content.begin_of[p + 1]; ++k)
        group.records.push_back(content.order[k]);
    }
    std::vector<VersionGroup> out;
    for (auto& [key, group] : by_version) {
      group.key = &rules.versions->all.find(key)->first;
      out.push_back(std::move(group));
    }
    if (!refused.records.empty()) out.push_back(std::move(refused));
    for (VersionGroup& group : out) std::sort(group.records.begin(), group.records.end());
    return out;
  }

  void score_by_version(const table::Piece& piece, Scored& out) {
    const std::vector<VersionGroup> groups = groups_of(piece);
    if (groups.size() == 1 && groups[0].key != nullptr)
      return scorer(*groups[0].key).score(piece, {}, out);
    std::vector<Scored> parts(groups.size());
    std::vector<Seat> seats;
    for (const VersionGroup& group : groups)
      out.parts.push_back(piece_of(first.content.cells, piece, group.records));
    for (std::size_t g = 0; g < groups.size(); ++g) {
      VersionScorer& own = groups[g].key != nullptr ? scorer(*groups[g].key) : first;
      own.score(*out.parts[g], groups[g].refusals, parts[g]);
      for (std::size_t p = 0; p < groups[g].first_records.size(); ++p)
        seats.push_back({groups[g].first_records[p], static_cast<std::uint32_t>(g),
                         static_cast<std::uint32_t>(p)});
    }
    std::sort(seats.begin(), seats.end(),
              [](const Seat& a, const Seat& b) { return a.record < b.record; });
    if (!parts.empty()) join(parts, seats, out);
  }

  const ruleset::RuleSet& rules;
  const Plan& plan;
  Language language;
  std::size_t versions;
  VersionScorer first;  // of what stands outside all versions
  std::map<ruleset::Versions::Key, std::unique_ptr<VersionScorer>> of_version;
  std::vector<Fault> scratch;
};

PieceScorer::PieceScorer(const ruleset::RuleSet& rules, const Plan& plan, Language language)
    : state_(std::make_unique<State>(rules, plan, language)) {}
PieceScorer::~PieceScorer() = default;
PieceScorer::PieceScorer(PieceScorer&&) noexcept = default;

void PieceScorer::score(const table::Piece& piece, Scored& out) {
  out.clear();
  state_->rules.versions ? state_->score_by_version(piece, out)
                         : state_->first.score(piece, {}, out);
}

const scoring::Batch& PieceScorer::batch() const { return state_->first.content.batch; }
const scoring::Scorecards& PieceScorer::cards() const { return *state_->first.cards; }
std::string_view PieceScorer::indicator_of(std::size_t row) const {
  const PieceContent& content = state_->first.content;
  return content.cell(role_indicator, content.rows[row].record);
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
