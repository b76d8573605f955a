#include "sampling/monte_carlo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "numeric/philox.hpp"

namespace jixiao::sampling {
namespace {

constexpr std::size_t block_samples = 512;  // of all inputs at once: stays in the nearest caches

}  // namespace

std::string MonteCarlo::identity() const {
  return fmt::format("monte_carlo 1 {} {}\n{}\n{}", plan_.seed, plan_.samples, model_.identity(),
                     inputs_.identity());
}

std::size_t MonteCarlo::pieces() const {
  return (plan_.samples + samples_a_piece - 1) / samples_a_piece;
}

std::size_t MonteCarlo::samples_in(std::size_t piece) const {
  return std::min(samples_a_piece, plan_.samples - piece * samples_a_piece);
}

std::size_t MonteCarlo::record_length(std::size_t piece) const {
  return samples_in(piece) * model_.outputs().size();
}

void MonteCarlo::draw(std::uint64_t first, std::span<const std::span<double>> columns) const {
  const numeric::Stream stream(plan_.seed, numeric::Purpose::samples);
  for (std::size_t i = 0; i < columns.size(); ++i)
    stream.fill(first, static_cast<std::uint32_t>(i), columns[i]);
  inputs_.transform(columns, first, plan_.seed);
}

void MonteCarlo::run(std::size_t piece, std::span<double> record) const {
  const std::size_t samples = samples_in(piece);
  std::vector<double> drawn(inputs_.size() * block_samples);
  std::vector<std::span<double>> columns(inputs_.size());
  std::vector<formula::Column> in(inputs_.size());
  std::vector<std::span<double>> out(model_.outputs().size());
  for (std::size_t row = 0; row < samples; row += block_samples) {
    const std::size_t count = std::min(block_samples, samples - row);
    for (std::size_t i = 0; i < columns.size(); ++i)
      columns[i] = {drawn.data() + i * block_samples, count};
    draw(std::uint64_t{piece} * samples_a_piece + row, columns);
    for (std::size_t i = 0; i < columns.size(); ++i) in[i] = formula::Column::of(columns[i]);
    for (std::size_t o = 0; o < out.size(); ++o) out[o] = record.subspan(o * samples + row, count);
    model_.evaluate(in, out);
  }
}

std::vector<double> MonteCarlo::values(const Records& records, std::size_t output) const {
  std::vector<double> all;
  for (std::size_t piece = 0; piece < records.size(); ++piece) {
    const std::size_t samples = samples_in(piece);
    const auto column = records[piece].subspan(output * samples, samples);
    all.insert(all.end(), column.begin(), column.end());
  }
  return all;
}

Spread spread(std::vector<double> values, std::span<const double> levels, std::size_t bins,
              double confidence) {
  Spread result;
  result.samples = values.size();
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  result.uncomputable = result.samples - values.size();
  result.moments = moments(values);
  result.histogram = histogram(values, bins);
  result.quantiles = quantiles(values, levels, confidence);
  return result;
}

}  // namespace jixiao::sampling
