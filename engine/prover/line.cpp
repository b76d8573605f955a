#include "prover/line.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace jixiao::prover {
namespace {

// How many parts are looked at, of a region and of a whole line.
constexpr int cells_of_region = 5000;
constexpr int cells_of_line = 12000;
constexpr double largest_tried = 1e6;
const double not_known = std::nan("");

// Doubles in order, as whole numbers in order: a range is halved by how many doubles it has.
std::int64_t order_of(double x) {
  const auto bits = std::bit_cast<std::int64_t>(x == 0 ? 0.0 : x);
  return bits >= 0 ? bits : std::numeric_limits<std::int64_t>::min() - bits;
}
double of_order(std::int64_t at) {
  return std::bit_cast<double>(at >= 0 ? at : std::numeric_limits<std::int64_t>::min() - at);
}
double between(double low, double high) {
  const std::int64_t first = order_of(low), last = order_of(high);
  const std::int64_t middle = (first & last) + ((first ^ last) >> 1);
  return of_order(middle);
}
bool are_neighbours(double low, double high) { return order_of(high) - order_of(low) <= 1; }

// Regions that share the work: no part of the line takes all of it.
std::vector<double> region_ends(const Range& range) {
  std::vector<double> ends{range.low};
  for (const double end : {-1e9, -1e6, -1e4, -1e3, -100.0, -10.0, -1.0, 0.0, 1.0, 10.0, 100.0, 1e3,
                           1e4, 2e4, 1e6, 1e9}) {
    if (end > range.low && end < range.high) ends.push_back(end);
  }
  ends.push_back(range.high);
  return ends;
}

enum class Inside { yes, no, maybe };

// The conditions and the formula over parts of the line.
class Looker {
 public:
  explicit Looker(const Problem& problem)
      : problem_(problem), box_(problem.box), encloser_(problem.formula), line_(problem.is_line()) {
    for (const Graph& condition : problem.conditions) conditions_.emplace_back(condition);
    for (const auto& [a, b] : problem.orders) {
      encloser_.know(a, b);
      for (Encloser& condition : conditions_) condition.know(a, b);
    }
    for (const Range& range : box_.variables) row_.push_back(range.low);
  }

  [[nodiscard]] bool is_line() const { return line_; }

  Enclosure over(double low, double high) {
    box_.variables[box_.x] = {low, high};
    return encloser_.enclose(box_);
  }

  Inside inside(double low, double high) {
    box_.variables[box_.x] = {low, high};
    Inside out = Inside::yes;
    for (const Encloser& condition : conditions_) {
      const Enclosure holds = condition.enclose(box_);
      if (holds.is_false() && !holds.may_be_none) return Inside::no;
      if (!holds.is_true() || holds.may_be_none) out = Inside::maybe;
    }
    return out;
  }

  // At one place of a line.
  bool holds_at(double x) {
    row_[box_.x] = x;
    return std::all_of(problem_.conditions.begin(), problem_.conditions.end(),
                       [this](const Graph& condition) {
                         const double holds = condition.evaluate(row_);
                         return std::isfinite(holds) && holds != 0;
                       });
  }
  double at(double x) {
    row_[box_.x] = x;
    return problem_.formula.evaluate(row_);
  }

 private:
  const Problem& problem_;
  Box box_;
  Encloser encloser_;
  std::vector<Encloser> conditions_;
  bool line_;
  std::vector<double> row_;
};

class LineReader {
 public:
  explicit LineReader(const Problem& problem) : problem_(problem), look_(problem) {}

  Line read() {
    const Range range = problem_.box.variables[problem_.box.x];
    if (range.is_point()) {
      read_cell(range.low, range.high);
    } else {
      const std::vector<double> ends = region_ends(range);
      for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
        left_ = std::min(cells_of_region, all_left_);
        all_left_ -= left_;
        split(ends[i], ends[i + 1]);
        all_left_ += std::max(left_, 0);
      }
    }
    join_cliffs();
    tidy();
    round_ends();
    return std::move(out_);
  }

 private:
  static bool is_close(double a, double b) {
    return std::fabs(a - b) <= 1e-12 * std::max(1.0, std::fabs(a));
  }

  // Leaves out what is no longer than the rounding of a number, and joins what then is one piece.
  void tidy() {
    std::vector<Piece> kept;
    for (const Piece& piece : out_.pieces) {
      const bool still = piece.shape == Shape::flat || piece.shape == Shape::outside ||
                         ((piece.shape == Shape::rises || piece.shape == Shape::falls) &&
                          std::fabs(piece.at_to - piece.at_from) <= problem_.tolerance);
      if (still && is_close(piece.from, piece.to) && piece.from != piece.to) continue;
      const bool parted =
          kept.empty() || kept.back().shape != piece.shape ||
          std::any_of(out_.cliffs.begin(), out_.cliffs.end(), [&](const Cliff& cliff) {
            return is_close(cliff.at, piece.from) || is_close(cliff.at, kept.back().to);
          });
      if (parted) {
        kept.push_back(piece);
      } else {
        kept.back().to = piece.to;
        kept.back().at_to = piece.at_to;
      }
    }
    out_.pieces = std::move(kept);
  }

  // Where a piece ends without a jump is known to the tolerance only.
  void round_ends() {
    for (std::size_t i = 0; i + 1 < out_.pieces.size(); ++i) {
      Piece& piece = out_.pieces[i];
      Piece& next = out_.pieces[i + 1];
      const auto cliff =
          std::find_if(out_.cliffs.begin(), out_.cliffs.end(), [&](const Cliff& one) {
            return is_close(one.at, piece.to) || is_close(one.at, next.from);
          });
      const double end = cliff != out_.cliffs.end() ? cliff->at : rounder(piece.to);
      if (std::fabs(end - next.from) > 1e-5 * std::max(1.0, std::fabs(end))) continue;
      piece.to = next.from = end;
    }
    for (Cliff& cliff : out_.cliffs) cliff.at = rounder(cliff.at);
    for (Piece& piece : out_.pieces) {
      piece.from = rounder(piece.from);
      piece.to = rounder(piece.to);
    }
  }

  void split(double low, double high) {
    --left_;
    if (read_cell(low, high)) return;
    if (are_neighbours(low, high)) return neighbours(low, high);
    if (left_ <= 0) return give_up(low, high);
    const double middle = between(low, high);
    split(low, middle);
    split(middle, high);
  }

  // Whether that was all there is to say of the cell.
  bool read_cell(double low, double high) {
    const Inside inside = look_.inside(low, high);
    if (inside == Inside::no) {
      put({low, high, Shape::outside, not_known, not_known}, false);
      return true;
    }
    const Enclosure found = look_.over(low, high);
    last_ = found;
    if (inside == Inside::maybe || found.may_be_none) return false;
    const bool negligible = found.value.width() <= problem_.tolerance;
    if (negligible && look_.is_line()) {
      const bool is_short = high - low <= 1e-6 * std::max(1.0, std::fabs(low));
      put(piece(low, high, Shape::flat), is_short && !found.is_flat());
      return true;
    }
    if (found.has_jumps) return false;
    const Shape shape = found.is_flat()     ? Shape::flat
                        : found.never_falls ? Shape::rises
                        : found.never_rises ? Shape::falls
                                            : Shape::unknown;
    if (shape == Shape::unknown) return false;
    put(piece(low, high, shape), false);
    return true;
  }

  Piece piece(double low, double high, Shape shape) {
    if (!look_.is_line()) return {low, high, shape, not_known, not_known};
    return {low, high, shape, look_.at(low), look_.at(high)};
  }

  void neighbours(double low, double high) {
    if (!look_.is_line()) {
      // Where the other variables move, what lies between is known by its enclosure alone.
      if (last_.may_be_none || look_.inside(low, high) == Inside::maybe) {
        if (look_.inside(low, high) == Inside::maybe) return;
        out_.is_whole = false;
        put({low, high, Shape::unknown, not_known, not_known}, false);
      } else if (last_.never_falls || last_.never_rises) {
        out_.may_jump = true;
        put({low, high, last_.never_falls ? Shape::steps_up : Shape::steps_down, not_known,
             not_known},
            false);
      } else {
        out_.may_jump = true;
        out_.is_whole = false;
        put({low, high, Shape::unknown, not_known, not_known}, false);
      }
      return;
    }
    const bool first = look_.holds_at(low), second = look_.holds_at(high);
    const double before = look_.at(low), after = look_.at(high);
    if (first && !std::isfinite(before)) out_.none_at.push_back(low);
    if (second && !std::isfinite(after)) out_.none_at.push_back(high);
    if (!first || !second) return;
    if (!std::isfinite(before) || !std::isfinite(after))
      return put({low, high, Shape::none, not_known, not_known}, false);
    if (std::fabs(after - before) > problem_.tolerance)
      steps_.push_back({low, high, before, after, out_.pieces.size()});
  }

  // A cell nothing more is found about.
  void give_up(double low, double high) {
    const Inside inside = look_.inside(low, high);
    if (look_.is_line()) {
      for (const double x : {low, between(low, high), high}) {
        if (!look_.holds_at(x) || std::isfinite(look_.at(x))) continue;
        out_.none_at.push_back(x);
        put({low, high, Shape::none, not_known, not_known}, false);
        return;
      }
    }
    Shape shape = Shape::unknown;
    if (!last_.may_be_none && (last_.never_falls || last_.never_rises)) {
      shape = last_.never_falls ? Shape::steps_up : Shape::steps_down;
      out_.may_jump = true;
    } else {
      out_.is_whole = false;
      out_.may_jump = true;
    }
    (void)inside;
    put(piece(low, high, shape), false);
  }

  // `neutral`: too small a change to say which way.
  void put(const Piece& piece, bool neutral) {
    if (!out_.pieces.empty() && (steps_.empty() || steps_.back().piece != out_.pieces.size())) {
      Piece& last = out_.pieces.back();
      const bool moves = last.shape == Shape::flat || last.shape == Shape::rises ||
                         last.shape == Shape::falls;
      if (neutral_ && moves && piece.shape != Shape::outside) last.shape = piece.shape;
      if (last.shape == piece.shape || (neutral && moves)) {
        last.to = piece.to;
        last.at_to = piece.at_to;
        neutral_ = neutral_ && neutral;
        return;
      }
    }
    neutral_ = neutral;
    out_.pieces.push_back(piece);
  }

  // Steps between neighbours that are one edge: apart by no more than the rounding of a number.
  void join_cliffs() {
    for (std::size_t i = 0; i < steps_.size();) {
      std::size_t end = i + 1;
      while (end < steps_.size() && steps_[end].low - steps_[end - 1].high <=
                                        1e-12 * std::max(1.0, std::fabs(steps_[end].low)))
        ++end;
      Cliff cliff{place(steps_[i], steps_[end - 1]), steps_[i].before, steps_[end - 1].after,
                  not_known};
      for (std::size_t k = i; k + 1 < end; ++k) {
        const double value = steps_[k].after;
        const double least = std::min(cliff.before, cliff.after) - problem_.tolerance;
        const double most = std::max(cliff.before, cliff.after) + problem_.tolerance;
        if (value < least || value > most) cliff.alone = value;
      }
      if (std::fabs(cliff.after - cliff.before) > problem_.tolerance || std::isfinite(cliff.alone))
        out_.cliffs.push_back(cliff);
      i = end;
    }
  }

  struct Step {
    double low, high, before, after;
    std::size_t piece;  // how many pieces there were before it
  };

  // The roundest number at the edge.
  static double place(const Step& first, const Step& last) {
    double best = first.high;
    std::size_t shortest = 99;
    for (const double x : {first.low, first.high, last.low, last.high}) {
      char text[40];
      const auto length = static_cast<std::size_t>(std::snprintf(text, sizeof text, "%.15g", x));
      if (length < shortest) shortest = length, best = std::strtod(text, nullptr);
    }
    return best;
  }

  const Problem& problem_;
  Looker look_;
  Line out_;
  std::vector<Step> steps_;
  Enclosure last_;
  int left_ = 0, all_left_ = cells_of_line;
  bool neutral_ = false;
};

class SignReader {
 public:
  explicit SignReader(const Problem& problem) : problem_(problem), look_(problem) {}

  Sign read() {
    const Range range = problem_.box.variables[problem_.box.x];
    const std::vector<double> ends = region_ends(range);
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
      left_ = std::min(cells_of_region, all_left_);
      all_left_ -= left_;
      split(ends[i], ends[i + 1]);
      all_left_ += std::max(left_, 0);
    }
    out_.is_proved = sure_ && out_.above.empty();
    join();
    return std::move(out_);
  }

 private:
  void split(double low, double high) {
    --left_;
    const Inside inside = look_.inside(low, high);
    if (inside == Inside::no) return;
    const Enclosure found = look_.over(low, high);
    if (found.value.high <= problem_.tolerance) return;
    if (look_.is_line() && inside == Inside::yes && !found.may_be_none &&
        found.value.low > problem_.tolerance)
      return take(low, high);
    if (are_neighbours(low, high) || low == high) return neighbours(low, high);
    if (left_ <= 0) {
      sure_ = false;
      for (const double x : {low, between(low, high), high}) try_at(x);
      return;
    }
    const double middle = between(low, high);
    split(low, middle);
    split(middle, high);
  }

  // Ranges so near that what lies between is of no meaning are one.
  void join() {
    std::vector<Range> joined;
    for (const Range& range : out_.above) {
      if (!joined.empty() &&
          range.low - joined.back().high <= 1e-6 * std::max(1.0, std::fabs(range.low))) {
        joined.back().high = range.high;
      } else {
        joined.push_back(range);
      }
    }
    for (Range& range : joined) range = {rounder(range.low), rounder(range.high)};
    out_.above = std::move(joined);
  }

  void take(double low, double high) {
    if (!out_.above.empty() && out_.above.back().high >= low) {
      out_.above.back().high = high;
    } else {
      out_.above.push_back({low, high});
    }
    for (const double x : {low, high}) note(x, look_.at(x));
  }

  void note(double x, double value) {
    if (!(value > out_.most)) return;
    out_.most = value;
    out_.at = x;
  }

  bool try_at(double x) {
    if (!look_.is_line() || !look_.holds_at(x)) return false;
    const double value = look_.at(x);
    if (!(value > problem_.tolerance)) return false;
    note(x, value);
    if (out_.above.empty() || out_.above.back().high < x) out_.above.push_back({x, x});
    return true;
  }

  void neighbours(double low, double high) {
    if (!look_.is_line()) {
      sure_ = false;
      return;
    }
    try_at(low);
    try_at(high);
  }

  const Problem& problem_;
  Looker look_;
  Sign out_;
  int left_ = 0, all_left_ = cells_of_line;
  bool sure_ = true;
};

class NumberReader {
 public:
  explicit NumberReader(const Problem& problem) : problem_(problem), look_(problem) {}

  bool read() {
    const std::vector<double> ends = region_ends(problem_.box.variables[problem_.box.x]);
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
      left_ = cells_of_region;
      if (!split(ends[i], ends[i + 1])) return false;
    }
    return true;
  }

 private:
  bool split(double low, double high) {
    const Inside inside = look_.inside(low, high);
    if (inside == Inside::no) return true;
    if (!look_.over(low, high).may_be_none) return true;
    if (look_.is_line() && are_neighbours(low, high)) return is_right(low) && is_right(high);
    if (--left_ <= 0 || are_neighbours(low, high)) return false;
    const double middle = between(low, high);
    return split(low, middle) && split(middle, high);
  }
  bool is_right(double x) { return !look_.holds_at(x) || std::isfinite(look_.at(x)); }

  const Problem& problem_;
  Looker look_;
  int left_ = 0;
};

}  // namespace

double rounder(double x) {
  if (std::fabs(x) < 1e-6) return 0;
  if (!std::isfinite(x) || std::fabs(x) >= 1e15) return x;
  char text[40];
  for (int digits = 1; digits <= 15; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, x);
    const double round = std::strtod(text, nullptr);
    if (std::fabs(round - x) <= 1e-6 * std::max(1.0, std::fabs(x))) return round;
  }
  return x;
}

bool is_everywhere_a_number(const Problem& problem) { return NumberReader(problem).read(); }

std::optional<std::vector<double>> row_above(const Problem& problem) {
  constexpr int rows = 4000;
  std::mt19937_64 random(20261201);
  const auto unit = [&] { return static_cast<double>(random() >> 11U) * 0x1p-53; };
  const auto drawn = [&](const Range& range) {
    if (range.is_point()) return range.low;
    const double near[] = {range.low, range.high, 0, 1, 10, 100};
    const auto way = random() % 10;
    if (way < 6) return std::clamp(near[way], range.low, range.high);
    const double size = way < 8 ? 2.0 : way < 9 ? 200.0 : largest_tried;
    const Range part{std::max(range.low, -size), std::min(range.high, size)};
    return part.low < part.high ? part.low + (part.high - part.low) * unit() : range.low;
  };
  std::vector<double> row(problem.box.variables.size());
  for (int i = 0; i < rows; ++i) {
    for (std::size_t name = 0; name < row.size(); ++name)
      row[name] = drawn(problem.box.variables[name]);
    // What is given beside another number is often that number, to the cent.
    if (random() % 2 == 0) {
      const double other = std::round(row[random() % row.size()] * 100) / 100;
      double& x = row[problem.box.x];
      if (problem.box.variables[problem.box.x].contains(other)) x = other;
    }
    const bool holds = std::all_of(problem.conditions.begin(), problem.conditions.end(),
                                   [&](const Graph& condition) {
                                     const double one = condition.evaluate(row);
                                     return std::isfinite(one) && one != 0;
                                   });
    if (holds && problem.formula.evaluate(row) > problem.tolerance) return row;
  }
  return std::nullopt;
}

bool Problem::is_line() const {
  for (std::size_t i = 0; i < box.variables.size(); ++i) {
    if (i == box.x || box.variables[i].is_point()) continue;
    if (formula.names(i)) return false;
    for (const Graph& condition : conditions) {
      if (condition.names(i)) return false;
    }
  }
  return true;
}

bool Line::never_falls() const {
  const auto is_right = [](const Piece& piece) {
    return piece.shape != Shape::falls && piece.shape != Shape::steps_down &&
           piece.shape != Shape::unknown;
  };
  return is_whole && std::all_of(pieces.begin(), pieces.end(), is_right) &&
         std::all_of(cliffs.begin(), cliffs.end(), [](const Cliff& cliff) {
           return cliff.after >= cliff.before && !std::isfinite(cliff.alone);
         });
}

bool Line::never_rises() const {
  const auto is_right = [](const Piece& piece) {
    return piece.shape != Shape::rises && piece.shape != Shape::steps_up &&
           piece.shape != Shape::unknown;
  };
  return is_whole && std::all_of(pieces.begin(), pieces.end(), is_right) &&
         std::all_of(cliffs.begin(), cliffs.end(), [](const Cliff& cliff) {
           return cliff.after <= cliff.before && !std::isfinite(cliff.alone);
         });
}

Line line_of(const Problem& problem) { return LineReader(problem).read(); }
Sign sign_of(const Problem& problem) { return SignReader(problem).read(); }

}  // namespace jixiao::prover
