// The standard normal law with the same bits on every processor.
#pragma once

#include <span>

namespace jixiao::numeric::normal {

// values[i] = the u[i]-quantile (Wichura, AS 241); 0 < u < 1. In place is allowed.
void quantile(std::span<const double> u, std::span<double> values);
double quantile(double u);
double density(double x);
// Probability below x, accurate relative to itself far into the lower tail.
double cumulative(double x);
// cumulative of every value. In place is allowed.
void cumulative(std::span<const double> x, std::span<double> u);

}  // namespace jixiao::numeric::normal
