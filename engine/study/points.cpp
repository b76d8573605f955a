#include <algorithm>
#include <charconv>
#include <cmath>

#include "study/question.hpp"
#include "value/field.hpp"

namespace jixiao::study {

double decimal(double x) {
  char digits[40];
  const auto written =
      std::to_chars(digits, digits + sizeof digits, x, std::chars_format::general, 12);
  double out = x;
  std::from_chars(digits, written.ptr, out);
  return out;
}

std::vector<double> places_of(const Range& range, std::size_t points, std::size_t most) {
  std::vector<double> out;
  const double width = range.high - range.low;
  const auto count = range.step > 0
                         ? static_cast<std::size_t>(std::min(width / range.step + 1e-9, 1e15)) + 1
                         : points;
  const double step = range.step > 0 ? range.step : width / static_cast<double>(points - 1);
  for (std::size_t i = 0; i < std::min(count, most); ++i)
    out.push_back(decimal(range.low + static_cast<double>(i) * step));
  if (range.step == 0 && !out.empty() && count <= most) out.back() = range.high;
  return out;
}

std::vector<std::vector<double>> outputs_at(const Question& question,
                                            const std::vector<std::vector<double>>& columns) {
  const std::size_t samples = columns.empty() ? 1 : columns.front().size();
  std::vector<std::vector<double>> values(question.model->outputs().size(),
                                          std::vector<double>(samples));
  std::vector<formula::Column> in;
  for (const auto& column : columns) in.push_back(formula::Column::of(column));
  std::vector<std::span<double>> out(values.begin(), values.end());
  question.model->evaluate(in, out);
  return values;
}

std::vector<std::vector<double>> outputs_along(const Question& question, std::size_t input,
                                               const std::vector<double>& places) {
  std::vector<std::vector<double>> values(question.model->outputs().size(),
                                          std::vector<double>(places.size()));
  std::vector<formula::Column> in;
  for (const AskedInput& own : question.inputs)
    in.push_back(formula::Column::uniform(own.facts.nominal));
  in[input] = formula::Column::of(places);
  std::vector<std::span<double>> out(values.begin(), values.end());
  question.model->evaluate(in, out);
  return values;
}

std::string rating_at(const Question& question, const std::vector<std::vector<double>>& outputs,
                      std::size_t at, std::size_t output) {
  if (!question.rating || question.outputs[output].name != "total") return {};
  const double band = outputs[*question.rating][at];
  return band >= 0 && band < static_cast<double>(question.bands.size())
             ? question.bands[static_cast<std::size_t>(band)].id
             : std::string();
}

StudiedPoint point_at(const Question& question, std::size_t input, double value,
                      const std::vector<std::vector<double>>& outputs, std::size_t at,
                      std::size_t output) {
  return {value, value::show(value, question.inputs[input].facts.unit), outputs[output][at],
          rating_at(question, outputs, at, output)};
}

}  // namespace jixiao::study
