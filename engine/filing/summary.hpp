// One page for a leader: the score, the rating, where points were lost. Private to this room.
#pragma once

#include <string>
#include <vector>

#include "filing/grid.hpp"
#include "jixiao/scorecard.hpp"
#include "workbook/workbook.hpp"

namespace jixiao::filing {

struct BlockPart {
  std::string name;
  double weight = 0, points = 0;
};

struct Loss {
  std::string name, target, actual, why;
  double lost = 0;
  double share = 0;  // of all that was lost, 0..1
};

struct Summary {
  Language language = Language::zh;
  std::string project, unit, rating, rules;
  int year = 0;
  bool illustrative = false;
  double scale = 100;
  std::optional<double> total;
  int digits = 2;
  std::string verdict;  // one sentence
  std::vector<BlockPart> blocks;
  std::vector<Loss> losses;  // the worst first, at most seven
  std::size_t more_losses = 0;
  std::optional<double> initial, adjusted, executed, rate;  // yuan; percent points
};

Summary summarise(const Scorecard& card, Language language);

// Tables only; `first_rows`: where each of its three tables has its first row of numbers, for
// charts.
struct SummaryGrid {
  Grid grid;
  std::size_t blocks_row = 0, losses_row = 0, money_row = 0;
};
SummaryGrid summary_grid(const Summary& summary);
std::string summary_html(const Summary& summary);
std::string summary_markdown(const Summary& summary);
void add_summary(const Summary& summary, workbook::Workbook& book);

}  // namespace jixiao::filing
