#include <map>

#include "audit/checks.hpp"
#include "forms/headings.hpp"
#include "forms/understanding.hpp"
#include "value/rounding.hpp"

namespace jixiao::audit {
namespace {

using value::Kind;

// Points lost without a word. A met target with points off is another matter (k4).
void check_losses(CheckContext& context) {
  const Claims& claims = context.claims;
  std::size_t silent = 0;
  const Row* first = nullptr;
  const bool column = claims.has(&Row::reason);
  for (std::size_t i = 0; i < claims.rows.size(); ++i) {
    const Row& row = claims.rows[i];
    if (row.indicator == none || !row.points.there() || !row.weight.there() || row.reason.there())
      continue;
    if (*row.points.value >= *row.weight.value - 1e-9) continue;
    const RowPoints* due = context.recomputed != nullptr ? &context.recomputed->rows[i] : nullptr;
    if (due != nullptr && due->points && !row.graded && near(*due->points, due->weight)) continue;
    if (column) {
      const std::string lost = number_text(*row.weight.value - *row.points.value);
      context
          .add(Check::k14, Severity::warning, {{}, row.reason.place, true}, row.name.text,
               {"失 " + lost + " 分，没有说明原因",
                lost + (lost == "1" ? " point" : " points") + " lost, and no reason given"})
          .computed = lost;
      continue;
    }
    ++silent;
    if (first == nullptr) first = &row;
  }
  if (silent == 0) return;
  const std::string n = std::to_string(silent);
  context.add(Check::k14, Severity::note, first->points.words, {},
              {n + " 行失分，而表上没有写原因的栏",
               counted(static_cast<double>(silent), "row", "rows") +
                   " lost points, and the form has no column for reasons"});
}

void check_measurable(CheckContext& context) {
  const bool evidence_column = context.claims.has(&Row::evidence);
  for (const Row& row : context.claims.rows) {
    if (row.indicator == none || row.assessed) continue;
    if (row.target.text.empty() || forms::says_nothing(row.target.text)) {
      context.add(Check::k15, Severity::warning, row.target, row.name.text,
                  {"没有指标值", "it has no target"});
      continue;
    }
    if (!context.claims.reports || row.evidence.there()) continue;
    if (row.graded && evidence_column && row.points.there()) {
      context.add(Check::k15, Severity::note, row.target, row.name.text,
                  {"目标“" + row.target.text + "”不能量化，也没有佐证",
                   "the target '" + row.target.text + "' has no number, and nothing proves it"});
    }
    const bool numbers = row.aim && row.reached && row.aim->kind == Kind::number &&
                         row.reached->kind == Kind::number && row.aim->low > 0;
    if (!numbers || row.aim->direction == value::Direction::at_most ||
        row.aim->direction == value::Direction::less_than)
      continue;
    if (!row.aim->unit.is_number() && !row.reached->unit.is_number() &&
        !row.aim->unit.same_dimension(row.reached->unit))
      continue;
    constexpr double far_short = 0.8;  // as a public checker of forms has it
    const double share = row.reached->low / row.aim->low;
    if (share < far_short && share > 0.011 && !row.reason.there()) {
      const std::string gap = value::plain(100 * (1 - share), 1) + "%";
      context
          .add(Check::k15, Severity::note, row.actual, row.name.text,
               {"比目标低 " + gap + "，既无原因也无佐证",
                gap + " short of the target, with neither a reason nor evidence"})
          .computed = gap;
    }
  }
}

// The count behind 问卷, 样本 and their kin: "发放问卷12份".
std::optional<double> sample_size(const std::string& written) {
  const std::string text = forms::folded(written);
  for (const std::string_view word :
       {"有效问卷", "回收问卷", "回收", "问卷", "样本", "抽样", "抽查", "随访", "受访", "调查"}) {
    const std::size_t at = text.find(word);
    if (at == std::string::npos) continue;
    std::size_t from = at + word.size();
    while (from < text.size() && from < at + word.size() + 12 &&
           (text[from] < '0' || text[from] > '9'))
      ++from;
    std::size_t end = from;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    if (end == from || !forms::has_any(text.substr(end, 3), "份|人|名|户|个")) continue;
    return value::read_number(text.substr(from, end - from));
  }
  return std::nullopt;
}

void check_evidence(CheckContext& context) {
  const Claims& claims = context.claims;
  constexpr double least_sample = 30;
  for (const Row& row : claims.rows) {
    if (row.block_id != "satisfaction") continue;
    for (const PrintedText* words : {&row.actual, &row.evidence, &row.note, &row.reason}) {
      const auto sample = sample_size(words->text);
      if (!sample || *sample >= least_sample) continue;
      context
          .add(Check::k20, Severity::warning, *words, row.name.text,
               {"只调查了 " + number_text(*sample) + " 份，说明不了满意度",
                "a survey of " + number_text(*sample) + " says little about satisfaction"})
          .computed = "≥" + number_text(least_sample);
      break;
    }
  }
  if (!claims.has(&Row::evidence)) return;
  std::map<std::string, std::size_t> uses;
  std::size_t blank = 0;
  std::size_t rows = 0;
  const Row* first_blank = nullptr;
  for (const Row& row : claims.rows) {
    if (row.indicator == none || !row.points.there() || (row.graded && !row.evidence.there()))
      continue;
    ++rows;
    if (row.evidence.there()) {
      ++uses[forms::folded(row.evidence.text)];
    } else {
      ++blank;
      if (first_blank == nullptr) first_blank = &row;
    }
  }
  if (blank > 0) {
    const std::string n = std::to_string(blank);
    context.add(
        Check::k20, Severity::note, first_blank->evidence, {},
        {n + " 行有得分而没有佐证",
         counted(static_cast<double>(blank), "row has", "rows have") + " points and no evidence"});
  }
  constexpr std::size_t often = 3;
  for (const Row& row : claims.rows) {
    const auto use = uses.find(forms::folded(row.evidence.text));
    if (use == uses.end() || use->second < often || 2 * use->second < rows) continue;
    const std::string n = std::to_string(use->second);
    context.add(Check::k20, Severity::note, row.evidence, {},
                {"“" + row.evidence.text + "”一份材料证明 " + n + " 行",
                 "one document is to prove " + n + " rows: " + row.evidence.text});
    uses.erase(use);
  }
}

}  // namespace

void check_reasons(CheckContext& context) {
  check_measurable(context);
  if (!context.claims.reports) return;
  check_losses(context);
  check_evidence(context);
}

}  // namespace jixiao::audit
