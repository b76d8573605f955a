// Where points are lost, indicator by indicator, while the projects come in.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "jixiao/portfolio.hpp"
#include "portfolio/names.hpp"
#include "portfolio/running_sum.hpp"

namespace jixiao::portfolio {

// Memory: the first 10,000 names (16 MiB of them at most); what later ones lose is kept together.
class Losses {
 public:
  static constexpr std::size_t most_names = 10'000;
  static constexpr std::size_t most_name_bytes = std::size_t{16} << 20;
  static constexpr std::size_t listed = 20;

  void add(std::string_view indicator, double points);
  [[nodiscard]] std::vector<LostMost> most() const;

 private:
  struct Lost {
    std::size_t projects = 0;
    RunningSum points;
    void add(double more) {
      ++projects;
      points.add(more);
    }
  };
  using Names = ByName<Lost>;
  // The end for a name too many.
  Names::iterator find(std::string_view indicator);

  // Names of late, by their hash: they come again and again.
  struct Near {
    std::string_view name;  // of by_name_
    Lost* lost = nullptr;
  };
  std::array<Near, 64> near_;
  Names by_name_;
  Lost beyond_;
  std::size_t name_bytes_ = 0;
};

}  // namespace jixiao::portfolio
