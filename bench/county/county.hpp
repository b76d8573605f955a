// A made-up county and its projects: every fact follows from the seed and the number of the
// project, in any order, without memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace bench {

// A stream of numbers that depends on its start alone (SplitMix64), the same on any machine.
class Draws {
 public:
  explicit Draws(std::uint64_t start) : state_(start) {}
  std::uint64_t next();
  std::uint32_t below(std::uint32_t n);  // 0..n-1
  double unit();                         // [0,1)
  bool one_in(double share) { return unit() < share; }

 private:
  std::uint64_t state_;
};

std::uint64_t mixed(std::uint64_t a, std::uint64_t b);

// A number with a few decimals, exact: digits / 10^decimals.
struct Decimal {
  std::int64_t digits = 0;
  int decimals = 0;
};

struct County {
  std::uint64_t seed = 1;
  std::uint64_t projects = 1000;
  double faults = 0;   // percent of the projects
  bool plain = false;  // numbers and >= <= = only
};

struct Project {
  std::uint64_t number = 0;
  std::uint64_t start = 0;  // of its draws
  std::uint32_t bureau = 0;
  std::uint32_t district = 0;
  std::uint32_t subject = 0;
  int year = 2023;
  double quality = 0;  // shifts what it reaches: -0.06..0.03, some far below
  std::int64_t initial = 0, adjusted = 0, executed = 0;  // hundredths of 万元
  std::uint32_t outputs = 4, benefits = 3, served = 1;   // indicators of each block
  bool weighted = false;                                 // brings its own weights
  int faulty_row = -1;                                   // its row with a fault
};

inline constexpr std::uint32_t most_rows = 3 + 14;  // three of money, and the indicators

Project project_of(const County& county, std::uint64_t number);
inline std::uint32_t rows_of(const Project& project) {
  return 3 + project.outputs + project.benefits + project.served;
}

// Text of the tables, appended to a buffer.
void append(std::string& to, Decimal number);
void append_name(std::string& to, const Project& project);
const char* bureau_name(std::uint32_t bureau);
const char* district_name(std::uint32_t district);

// The record of row `row` (0..rows_of) of a project in the long table, and of a project in the wide
// one; with their line ends.
const char* long_header(const County& county);
void append_long(std::string& to, const County& county, const Project& project, std::uint32_t row);
const char* wide_header();
void append_wide(std::string& to, const County& county, std::uint64_t number);

}  // namespace bench
