#include "study/studied_model.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace jixiao::study {

using formula::Column;

StudiedModel::StudiedModel(std::unique_ptr<const sampling::Model> base,
                           std::vector<std::size_t> varied, std::vector<double> held,
                           std::size_t shown, std::vector<Condition> conditions)
    : base_(std::move(base)),
      varied_(std::move(varied)),
      held_(std::move(held)),
      shown_(shown),
      conditions_(std::move(conditions)) {
  for (const std::size_t i : varied_) inputs_.push_back(base_->inputs()[i]);
  outputs_.assign(base_->outputs().begin(),
                  base_->outputs().begin() + static_cast<std::ptrdiff_t>(shown_));
  if (!conditions_.empty()) outputs_.push_back({"where", {}});
}

std::string StudiedModel::identity() const {
  std::string text = fmt::format("studied [{}] held [{}] shown {}\n", fmt::join(varied_, " "),
                                 fmt::join(held_, " "), shown_);
  for (const Condition& condition : conditions_) text += "where " + condition.formula.text() + "\n";
  return text + base_->identity();
}

void StudiedModel::evaluate(std::span<const Column> in,
                            std::span<const std::span<double>> out) const {
  if (out.empty() || out.front().empty()) return;
  std::vector<Column> columns(held_.size());
  for (std::size_t i = 0; i < held_.size(); ++i) columns[i] = Column::uniform(held_[i]);
  for (std::size_t k = 0; k < varied_.size(); ++k) columns[varied_[k]] = in[k];
  if (shown_ == base_->outputs().size() && conditions_.empty())
    return base_->evaluate(columns, out);
  const std::size_t samples = out.front().size(), hidden = base_->outputs().size() - shown_;
  std::vector<double> behind(hidden * samples);
  std::vector<std::span<double>> base_out(out.begin(),
                                          out.begin() + static_cast<std::ptrdiff_t>(shown_));
  for (std::size_t h = 0; h < hidden; ++h)
    base_out.emplace_back(behind.data() + h * samples, samples);
  base_->evaluate(columns, base_out);
  if (!conditions_.empty()) judge(columns, base_out, out[shown_]);
}

void StudiedModel::judge(std::span<const Column> in, std::span<const std::span<double>> base_out,
                         std::span<double> verdict) const {
  std::fill(verdict.begin(), verdict.end(), 1.0);
  std::vector<double> holds(verdict.size());
  for (const Condition& condition : conditions_) {
    std::vector<Column> columns(condition.variables);
    for (const Condition::Term& term : condition.terms)
      columns[term.variable] = term.is_output ? Column::of(base_out[term.index]) : in[term.index];
    condition.formula.evaluate(columns, holds);
    // Neither 0 nor NaN: it holds.
    for (std::size_t row = 0; row < verdict.size(); ++row)
      verdict[row] = holds[row] < 0 || holds[row] > 0 ? verdict[row] : 0.0;
  }
}

}  // namespace jixiao::study
