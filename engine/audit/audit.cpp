#include "jixiao/audit.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "audit/checks.hpp"
#include "audit/rule_set_cache.hpp"
#include "forms/read_back.hpp"
#include "forms/reading_map.hpp"
#include "text/diagnostics.hpp"

namespace jixiao {
namespace audit {
namespace {

void put_rows(const Claims& claims, const CheckContext& context, AuditedForm& out) {
  const Recomputed* recomputed = context.recomputed;
  for (std::size_t i = 0; i < claims.rows.size(); ++i) {
    const Row& row = claims.rows[i];
    AuditedRow audited;
    audited.id = row.id;
    audited.name = row.name.text;
    audited.block = row.block.text;
    audited.place = row.name.place;
    audited.target = row.target.text;
    audited.actual = row.actual.text;
    audited.weight = row.weight.value;
    audited.reported = row.points.value;
    audited.explanation = context.explanations[i];
    if (recomputed != nullptr) {
      const RowPoints& due = row.indicator == none ? recomputed->execution : recomputed->rows[i];
      if (row.indicator != none || claims.total_money() != nullptr) {
        audited.computed = due.points;
        audited.method = due.title;
        if (claims.of_project && !audited.weight && due.weight > 0) audited.weight = due.weight;
      }
      if (due.printed_rule)
        audited.method = {due.title.zh + "（表上的规则）",
                          due.title.in(Language::en) + " (the rule on the form)"};
    }
    out.rows.push_back(std::move(audited));
  }
}

// The money table's own row of points, first, as on the form.
void put_execution(const Claims& claims, const Recomputed* recomputed, AuditedForm& out) {
  const MoneyLine* money = claims.total_money();
  const bool own_rows = std::any_of(claims.rows.begin(), claims.rows.end(),
                                    [](const Row& row) { return row.indicator == none; });
  if (money == nullptr || own_rows ||
      (!money->points.there() && !money->weight.there() && recomputed == nullptr))
    return;
  AuditedRow row;
  row.id = "execution";
  row.name = "预算执行率";
  row.block = "预算执行";
  row.place = money->points.words.place.where.empty() ? money->name.place
                                                      : money->points.words.place;
  row.target = money->adjusted.there() ? money->adjusted.words.text : money->initial.words.text;
  row.actual = money->executed.words.text;
  row.weight = money->weight.value;
  row.reported = money->points.value;
  if (recomputed != nullptr) {
    row.computed = recomputed->execution.points;
    row.method = recomputed->execution.title;
    if (!row.weight && recomputed->execution.weight > 0) row.weight = recomputed->execution.weight;
  }
  out.rows.push_back(std::move(row));
}

void put_events(const Claims& claims, const Recomputed* recomputed, AuditedForm& out) {
  for (const EventLine& event : claims.events) {
    if (event.kind == forms::EventKind::veto) continue;  // it has no points
    AuditedRow row;
    row.id = event.id;
    row.name = event.name.text;
    row.block = event.block.text;
    row.place = event.name.place;
    row.target = event.rule.text;
    row.actual = event.actual.text;
    row.reported = event.change();
    if (recomputed != nullptr) row.computed = event_points(*recomputed, event);
    out.rows.push_back(std::move(row));
  }
}

void put_totals(const Claims& claims, const Recomputed* recomputed, const RuleSet* rules,
                AuditedForm& out) {
  out.total_printed = claims.total.value;
  out.rating_printed = claims.rating.text;
  double summed = 0;
  bool any = false;
  bool all = true;  // that have points by the rules have points of the unit's own, too
  for (const AuditedRow& row : out.rows) {
    if (!row.reported) {
      all = all && !row.computed;
      continue;
    }
    any = true;
    summed += *row.reported;
    if (!row.computed) continue;
    ++out.compared;
    out.compared_reported += *row.reported;
    out.compared_computed += *row.computed;
  }
  // A project keeps the points of some rows only: their sum is no total to hold against the rules'.
  if (any && (all || !claims.of_project)) out.total_summed = summed;
  if (rules != nullptr && claims.total.there())
    out.rating_due = rating_of(*rules, *claims.total.value);
  if (recomputed == nullptr) return;
  out.total_computed = recomputed->total;
  out.rating_computed = recomputed->rating;
}

// What is found about one row stands together: first the rows with an error, then those with a
// warning, each by where it stands, and of one row the heaviest first.
void sort(std::vector<AuditFinding>& findings) {
  const auto row_of = [](const AuditFinding& f) {
    return std::tuple(f.place.table, f.place.row, f.place.line);
  };
  std::map<decltype(row_of(findings.front())), int> heaviest;
  for (const AuditFinding& each : findings) {
    int& most = heaviest[row_of(each)];
    most = std::max(most, static_cast<int>(each.severity));
  }
  const auto key = [&](const AuditFinding& f) {
    return std::tuple(-heaviest[row_of(f)], row_of(f), -static_cast<int>(f.severity),
                      f.place.column);
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const AuditFinding& a, const AuditFinding& b) { return key(a) < key(b); });
}

struct Subject {
  Claims claims;
  const forms::Draft* draft = nullptr;
  std::shared_ptr<const project::Project> project;  // null when there is none to compute with
  std::vector<Diagnostic> diagnostics;
  bool computable = false;
};

AuditedForm examine(const Subject& subject, const RuleSetCache& cache,
                    const AuditOptions& options) {
  AuditedForm out;
  const Claims& claims = subject.claims;
  out.file = claims.file;
  out.read = true;
  out.reports = claims.reports;
  out.project = claims.project;
  out.unit = claims.unit;
  if (claims.year != 0) out.year = std::to_string(claims.year);
  out.rules = options.rules.empty() ? claims.rules : options.rules;
  const std::optional<RuleSet> read = cache.find(
      out.rules, subject.project != nullptr ? subject.project->printed : nullptr, out.diagnostics);
  const RuleSet* rules = read ? &*read : nullptr;
  std::optional<Recomputed> recomputed;
  if (rules != nullptr && subject.computable && claims.reports)
    recomputed = recompute(*rules, subject.project, claims, options.as_filed);
  CheckContext context{claims, recomputed ? &*recomputed : nullptr, out.findings,
                       std::vector<Text>(claims.rows.size())};
  // Sums of rows of which some were lost, or of a column that was guessed, say nothing of the form.
  if (claims.whole) {
    check_weights(context);
    check_sums(context);
  }
  check_cells(context);
  check_points(context);
  check_events(context);
  check_money(context);
  check_narrative(context);
  check_targets(context);
  check_results(context);
  check_reasons(context);
  if (rules != nullptr && claims.whole) check_rating(context, *rules);
  check_reading(context, subject.draft, subject.project.get(), subject.diagnostics);
  sort(out.findings);
  put_execution(claims, context.recomputed, out);
  put_rows(claims, context, out);
  put_events(claims, context.recomputed, out);
  put_totals(claims, context.recomputed, rules, out);
  for (const AuditedRow& row : out.rows) {
    out.recomputable += row.computed ? 1 : 0;
    ++out.scored_rows;
  }
  return out;
}

}  // namespace

AuditedForm audit_one(const FilledForm& filled, const RuleSetCache& cache,
                      const AuditOptions& options) {
  forms::Draft draft = forms::understand(filled.model());
  const std::string year = draft.year.text;
  forms::ReadBack back = forms::read_back(draft, true);
  draft.year.text = year;
  Subject subject{claims_of_form(filled.model(), draft), &draft, back.project,
                  std::move(back.diagnostics), false};
  subject.computable = back.project != nullptr && !text::has_error(subject.diagnostics);
  if (year.empty()) {
    // What is said of days was held against a year that only stands in.
    std::erase_if(subject.diagnostics, [](const Diagnostic& each) {
      return each.code == "form.deadline" || each.code == "form.period";
    });
  }
  AuditedForm out = examine(subject, cache, options);
  out.map = forms::lines_of(filled.model());
  for (Diagnostic& question : forms::questions_of(draft))
    out.diagnostics.push_back(std::move(question));
  return out;
}

AuditedForm audit_one(const Project& project, const RuleSetCache& cache,
                      const AuditOptions& options) {
  const project::Project& model = project.model();
  // The rule set's checks and the form's own are one list there; here each is looked at where it
  // stands.
  Subject subject{claims_of_project(model), nullptr, std::make_shared<project::Project>(model),
                  model.findings, true};
  return examine(subject, cache, options);
}

}  // namespace audit

AuditedForm audit_form(const FilledForm& form, const RuleLibrary& library,
                       const AuditOptions& options) {
  const audit::RuleSetCache cache(library);
  return audit::audit_one(form, cache, options);
}

AuditedForm audit_project(const Project& project, const RuleLibrary& library,
                          const AuditOptions& options) {
  const audit::RuleSetCache cache(library);
  return audit::audit_one(project, cache, options);
}

}  // namespace jixiao
