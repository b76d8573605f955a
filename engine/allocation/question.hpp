// What somebody asks about splitting money: as written, checked against a project when it is
// answered.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "project/project.hpp"
#include "text/table_reader.hpp"

namespace jixiao::allocation {

enum class Goal { best_total, least_money };

// What items get at least of which no indicator measures what they deliver (less money never costs
// them a point).
enum class Unmeasured {
  in_proportion,  // their share of the money there is, as in a cut borne by all
  keep,           // what they have
  free            // nothing: the split may take all of it
};

// An amount, or a percentage of something the key says.
struct MoneyText {
  std::optional<double> yuan;
  std::optional<double> percent;
  text::Place place;
};

struct WrittenLimit {
  project::Word item;  // an item's id, or a project's
  MoneyText money;
};

struct WrittenProject {
  std::string folder;  // as written; relative to the study
  text::Place place;
  std::string rules;  // empty: its own
  double weight = 1;  // of its total
  MoneyText least, most;
};

struct Question {
  Goal goal = Goal::best_total;
  text::Place place;  // of the whole
  MoneyText money;    // to be split; a percentage of what there is. Nothing: what there is
  MoneyText step;     // every amount is a whole number of these; nothing: about a ten-thousandth of
                      // the money
  std::vector<WrittenLimit> least;  // percentages of what the item has
  std::vector<WrittenLimit> most;
  std::vector<WrittenLimit> steps;
  std::vector<project::Word> protect;  // stay what they are
  std::vector<project::Word> drop;     // constraints that need not be kept
  std::vector<project::Word> beyond;   // indicators whose curves may be left at either end of their
                                       // points; "*": all
  Unmeasured unmeasured = Unmeasured::in_proportion;
  project::Word rating;         // least-money: to be kept; empty: the one there is
  std::optional<double> total;  // least-money: or this total
  text::Place total_place;
  std::size_t frontier = 0;  // points; 0: none
  MoneyText frontier_from, frontier_to;
  std::vector<WrittenProject> projects;  // not empty: the money is split over these
};

// Reads it from the tree of a study, whose other keys the reader already knows; reports every
// mistake and every key nobody knows.
Question read_question(text::TableReader& reader, std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::allocation
