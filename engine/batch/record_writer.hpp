// Scored projects and their indicators as records of CSV.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "batch/piece_content.hpp"
#include "scoring/evaluation.hpp"

namespace jixiao::batch {

class RecordWriter {
 public:
  RecordWriter(const ruleset::RuleSet& rules, const Plan& plan, Language language);
  // `evaluator`: with the cards of the piece's batch.
  void write_projects(const PieceContent& piece, const scoring::Scorecards& cards,
                      std::span<const scoring::MostLost> lost, Scored& out);
  void write_indicators(const PieceContent& piece, const scoring::Scorecards& cards,
                        std::span<const scoring::MethodRows> row_sets, Scored& out);

 private:
  struct IndicatorCells;

  void count_missing(const PieceContent& piece, const scoring::Scorecards& cards);
  void name_vetoes(const PieceContent& piece, const scoring::Scorecards& cards);
  void stand(const PieceContent& piece, const scoring::Scorecards& cards, Scored& out);
  void rank_losses(const PieceContent& piece, std::span<const scoring::MostLost> lost,
                   portfolio::Standings& standings) const;
  void put_points(table::TextBuffer& to, double points) const;
  void write_loss(table::TextBuffer& to, std::string_view name, const scoring::MostLost& lost,
                  std::size_t k) const;
  void write_indicator(std::string& to, const IndicatorCells& cells) const;
  void tell(const PieceContent& piece, const scoring::Scorecards& cards,
            std::span<const scoring::MethodRows> row_sets);
  [[nodiscard]] std::string_view indicator_at(const PieceContent& piece, std::size_t project,
                                              std::uint32_t which) const;
  void append_points(std::string& to, double points,
                     const std::optional<value::Rounding>& rounding) const;

  const ruleset::RuleSet& rules_;
  const Plan& plan_;
  Language language_;
  std::vector<std::string> band_cells_;   // ratings as cells
  std::vector<std::string> loss_starts_;  // "name -" of the rule set's indicators; empty where that
                                          // must be looked at closely
  std::vector<std::string> formula_names_;  // of the total, then of each block; empty where all are
                                            // sums
  std::vector<std::uint8_t> scored_;        // of each project of the piece
  std::vector<std::uint32_t> missing_;
  std::vector<std::string> vetoes_;   // of each project, by name; empty without vetoes in the rule
                                      // set
  std::vector<std::string> reasons_;  // of each row of the batch
  std::vector<std::vector<std::string>> fixed_reasons_;  // [rule-set indicator][project]
  std::vector<std::vector<std::string>> fixed_actuals_;
  std::vector<std::vector<std::string>> fixed_targets_;
};

}  // namespace jixiao::batch
