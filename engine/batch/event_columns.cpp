#include "batch/event_columns.hpp"

#include <algorithm>

#include "value/occurrence.hpp"

namespace jixiao::batch {

namespace {

template <class Named>
std::optional<std::size_t> find_named(const std::vector<Named>& list, std::string_view word) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].id == word || list[i].name.zh == word || list[i].name.en == word) return i;
  }
  return std::nullopt;
}

}  // namespace

std::optional<EventName> find_event(const ruleset::RuleSet& rules, std::string_view word) {
  if (word.empty()) return std::nullopt;
  if (const auto at = find_named(rules.adjustments, word)) return EventName{false, *at};
  if (const auto at = find_named(rules.vetoes, word)) return EventName{true, *at};
  return std::nullopt;
}

std::vector<std::string> event_words(const ruleset::RuleSet& rules) {
  std::vector<std::string> out = {"initial", "adjusted", "executed"};
  for (const auto& input : rules.inputs) out.push_back(input.id);
  for (const auto& adjustment : rules.adjustments) out.push_back(adjustment.id);
  for (const auto& veto : rules.vetoes) out.push_back(veto.id);
  return out;
}

double read_event_count(PieceContent& piece, std::size_t project, std::size_t record,
                        std::size_t column) {
  if (piece.cells.kinds(column)[record] == table::CellKind::number) {
    const double n = piece.cells.numbers(column)[record];
    if (n >= 0) return n;
  }
  const std::string text(piece.cells.cell(column, record));
  const auto n = value::read_occurrence(text);
  if (n) return *n;
  const Text expected =
      text.empty()
          ? Text{"这里空着：没有说发生了几次；没有发生写 0",
                 "the cell is empty and does not say how often it happened; write 0 where it did "
                 "not"}
          : Text{"应为不小于 0 的数，或“是”“否”；没有发生写 0",
                 "expected a number of at least 0, or yes or no; write 0 where it did not happen"};
  piece.fault(project, record, piece.plan.header[column], text, "value.number", Severity::error,
              expected);
  return 0;
}

void add_event(scoring::Batch& batch, std::size_t project, const EventName& event, double n) {
  (event.is_veto ? batch.vetoes : batch.adjustments).push_back({project, event.which, n});
}

}  // namespace jixiao::batch
