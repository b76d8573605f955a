// What is kept of every scored project, and what it adds up to.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/batch.hpp"
#include "jixiao/portfolio.hpp"
#include "portfolio/forced.hpp"
#include "portfolio/totals.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::portfolio {

// Some projects, column by column, in the order of the table. Views live as long as the call that
// takes them. A column nobody filled (no money, no roll-ups, no losses) may stay empty.
struct Standings {
  std::vector<std::string_view> project;
  std::vector<double> total;                        // as decided; NaN without
  std::vector<std::uint32_t> band;                  // index into RuleSet::bands; no_band without
  std::vector<double> initial, adjusted, executed;  // yuan; NaN where not given
  std::vector<std::vector<double>> blocks;          // [block][project]; NaN without a total
  // [column][project]: the cell, of each roll-up and then of the column that limits on ratings hold
  // within, where no roll-up is of it.
  std::vector<std::vector<std::string_view>> groups;
  std::vector<std::vector<std::string_view>> lost_most;  // [0..2][project]: the indicator that lost
                                                         // most, second, third; empty without
  std::vector<std::vector<double>> lost_points;          // [0..2][project]
  [[nodiscard]] std::size_t size() const { return project.size(); }
  void clear();
};

// Takes standings in the order of the table; every sum is made in that order, so that it has the
// same bits however the table was cut. Memory: 10 bytes per project; where ratings
// are limited 24, and 4 a roll-up, more; about 300 bytes and the name a group, at most 100,000
// groups a roll-up column; at most 10,000 names of indicators; the projects listed; 24 to 72 bytes
// per project of an earlier table. Where totals are not rounded, ranks() takes 32 bytes per project
// while it runs, portfolio() 8; where a veto fixed some rating, ranks() takes 32 too.
class Ledger {
 public:
  // Mistakes in the request (an unknown band, a share over 100) are diagnostics; what they are
  // about is left out. `rules` must outlive the ledger.
  Ledger(const ruleset::RuleSet& rules, const PortfolioRequest& request, std::string input,
         std::vector<Diagnostic>& diagnostics);
  ~Ledger();
  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;

  // Another scored table (columns project, total, rating) to compare with, record by record, before
  // anything is added. Only with request.earlier.
  bool add_earlier(std::string_view project, double total, std::string_view rating);
  void add(const Standings& piece);

  // Everything is in: limits on ratings are applied, and the following may be asked for.
  void close();
  // Who was moved to another rating; null without limits. Lives as long as the ledger.
  [[nodiscard]] const ForcedRatings* forced() const;
  // The rating of a project as limits leave it; no_band without. Only with limits.
  [[nodiscard]] std::uint32_t band(std::size_t project) const;
  // Rank of each project among those with a total (NaN without), by request.ties; empty for
  // Ties::none. A project whose rating a veto fixed stands among those of that rating, above them
  // by its total. Lives as long as the ledger.
  [[nodiscard]] RankColumn ranks() const;
  [[nodiscard]] Portfolio portfolio() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jixiao::portfolio
