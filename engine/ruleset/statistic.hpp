// Numbers of a whole table: what a rule set asks of it ([[statistic]]), and what a table answered
// (a file of statistics).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "jixiao/text.hpp"
#include "text/toml.hpp"

namespace jixiao::ruleset {

enum class StatisticKind {
  min,
  max,
  mean,
  sum,
  sd,             // of a sample: divided by n - 1
  sd_population,  // divided by n
  median,
  quantile,  // between neighbours in proportion: of n values in order, place 1 + (n - 1) at
  count,
  rank,          // 1 + how many are larger (or smaller, with `order`)
  percent_rank,  // 100 * how many are smaller / (n - 1)
  share,         // 100 * value / sum, percent
};
const char* name(StatisticKind kind);

// Whether it is a number of each project among the others, not one of the table.
inline bool is_own(StatisticKind kind) { return kind >= StatisticKind::rank; }
// Whether all values have to be known in order.
inline bool needs_order(StatisticKind kind) {
  return kind == StatisticKind::median || kind == StatisticKind::quantile ||
         kind == StatisticKind::rank || kind == StatisticKind::percent_rank;
}

struct Statistic {
  std::string id;
  formula::Formula of;  // over the project names, then points_ID of every rule-set indicator
  StatisticKind is = StatisticKind::min;
  double at = 0.5;              // quantile, 0..1
  bool smallest_first = false;  // rank
  // The project name that makes groups: project_year or an input; -1: the whole table is one.
  std::size_t by = static_cast<std::size_t>(-1);
  std::size_t input = 0;  // the input that holds it
  // 0: from what projects bring; n: from what the statistics below n bring as well.
  unsigned stage = 0;
  bool of_method = false;      // declared by the method of an indicator
  bool names_outcome = false;  // points, blocks or the total
  text::Place place;
};

// What the projects of one group, or all of a table, have.
struct StatisticGroup {
  double key = 0;               // the year, the input's value; 0 without `by`
  std::uint64_t count = 0;      // projects with a value
  std::uint64_t without = 0;    // projects whose value is missing or cannot be computed
  double value = 0;             // NaN where it has none; of a share: the sum
  std::vector<double> ordered;  // of ranks (and of parts): all values, rising
  std::vector<double> sum;      // of parts: the exact sum, as numbers to be added
  std::vector<double> squares;  // of parts: of the squares
};

// What a table said, to be kept.
struct StatisticTable {
  std::string file;                 // empty: made in this run
  std::vector<std::string> tables;  // that were read
  std::uint64_t projects = 0;
  std::vector<std::vector<StatisticGroup>> of;  // one per Statistic, groups by key
};

}  // namespace jixiao::ruleset
