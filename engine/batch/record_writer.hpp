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
  void write_projects(const PieceContent& piece, const scoring::Scorecards& cards, std::span<const scoring::MostLost> lost, Scored& out);
  void write_indicators(const PieceContent& piece, const scoring::Scorecards& cards, std::span<const scoring::Strip> strips, std::string& to);

 private:
  struct IndicatorCells;

  void write_losses(const PieceContent& piece, std::size_t project, const scoring::MostLost& lost, bool scored, Scored& out) const;
  void write_indicator(std::string& to, const IndicatorCells& cells) const;
  void tell(const PieceContent& piece, const scoring::Scorecards& cards, std::span<const scoring::Strip> strips);
  [[nodiscard]] std::string_view indicator_at(const PieceContent& piece, std::size_t project, std::uint32_t which) const;
  void append_points(std::string& to, double points, const std::optional<value::Rounding>& rounding) const;

  const ruleset::RuleSet& rules_;
  const Plan& plan_;
  Language language_;
  std::vector<std::string> reasons_;                     // of each row of the batch
  std::vector<std::vector<std::string>> fixed_reasons_;  // [rule-set indicator][project]
  std::vector<std::vector<std::string>> fixed_actuals_;
};

}  // namespace jixiao::batch
