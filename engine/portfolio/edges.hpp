// Who stands near the edge of a band.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "jixiao/portfolio.hpp"
#include "portfolio/top_k.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::portfolio {

// Projects whose rating a veto fixed stand near nothing. Memory: the projects that are listed.
class NearEdges {
 public:
  NearEdges(const ruleset::RuleSet& rules, std::size_t listed);
  void add(std::string_view project, double total, std::uint32_t band);
  [[nodiscard]] std::vector<NearEdge> nearest() const { return nearest_.sorted(); }

 private:
  struct Side {
    double edge = 0;
    std::size_t other = ruleset::none;  // none: nothing beyond
  };
  struct Sides {
    Side lower, upper;
  };
  const ruleset::RuleSet* rules_;
  std::vector<Sides> sides_;  // one per band
  TopK<NearEdge> nearest_;
};

}  // namespace jixiao::portfolio
