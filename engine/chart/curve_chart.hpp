// Curves of scoring methods as charts.
#pragma once

#include <vector>

#include "chart/chart.hpp"
#include "jixiao/proof.hpp"

namespace jixiao::chart {

// One chart a curve, in the order of the proof.
std::vector<Chart> charts_of(const RulesProof& proof, Language language);

}  // namespace jixiao::chart
