// Studies as tables for other programs: the first column says which table of the answer a record is
// of.
#include <cmath>

#include "chart/study_terms.hpp"
#include "page/csv.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace chart;
using namespace page;
namespace {

std::string cell(double x) { return std::isfinite(x) ? value::plain(x, 9) : ""; }

class StudyRows {
 public:
  StudyRows(const StudyReport& report, Language language) : report_(report), language_(language) {}
  std::string write() {
    std::visit([this](const auto& answer) { put(answer); }, report_.answer);
    return std::move(out_);
  }

 private:
  void line(const std::vector<std::string>& cells) { out_ += csv_line(cells); }
  [[nodiscard]] std::string name(std::size_t i) const {
    return i < report_.inputs.size() ? report_.inputs[i].name : "";
  }
  [[nodiscard]] std::string label(std::size_t i) const {
    return i < report_.inputs.size() ? input_label(report_, i, language_) : "";
  }

  [[nodiscard]] std::string output(std::size_t o) const {
    return o < report_.outputs.size() ? report_.outputs[o].name : report_.output;
  }

  static std::string spaced(const std::vector<std::string>& ids) {
    std::string out;
    for (const std::string& id : ids) out += (out.empty() ? "" : " ") + id;
    return out;
  }

  void put(const Tornado& answer) {
    line({"section", "input", "label", "low", "low_shown", "low_output", "low_rating", "high",
          "high_shown", "high_output", "high_rating", "lowest", "highest", "violated", "followed",
          "of"});
    for (std::size_t o = 0; o <= answer.further.size(); ++o) {
      for (const TornadoBar& bar : o == 0 ? answer.bars : answer.further[o - 1])
        line({"tornado", name(bar.input), label(bar.input), cell(bar.low.value), bar.low.shown,
              cell(bar.low.output), bar.low.rating, cell(bar.high.value), bar.high.shown,
              cell(bar.high.output), bar.high.rating, cell(bar.lowest), cell(bar.highest),
              spaced(bar.violated), bar.followed ? "true" : "false", output(o)});
    }
  }

  void put(const InputGrid& answer) {
    line({"section", "x", "x_value", "x_shown", "y", "y_value", "y_shown", "output", "rating",
          "violated", "of"});
    put_places(answer, answer.values, answer.ratings, 0);
    for (std::size_t o = 0; o < answer.further.size(); ++o)
      put_places(answer, answer.further[o], {}, o + 1);
  }

  void put_places(const InputGrid& answer, const std::vector<double>& values,
                  const std::vector<std::string>& ratings, std::size_t of) {
    const std::size_t rows = answer.y ? answer.ys.size() : 1;
    const auto text = [](const std::vector<std::string>& all, std::size_t i) {
      return i < all.size() ? all[i] : std::string();
    };
    for (std::size_t j = 0; j < rows; ++j) {
      for (std::size_t i = 0; i < answer.xs.size(); ++i) {
        const std::size_t at = j * answer.xs.size() + i;
        line({"grid", name(answer.x), cell(answer.xs[i]), text(answer.xs_shown, i),
              answer.y ? name(*answer.y) : "", answer.y ? cell(answer.ys[j]) : "",
              answer.y ? text(answer.ys_shown, j) : "", at < values.size() ? cell(values[at]) : "",
              text(ratings, at),
              at < answer.violated.size() && answer.violated[at] != 0 ? "true" : "false",
              output(of)});
      }
    }
  }

  void put(const BreakEvens& answer) {
    std::vector<std::string> head{"section", "input",       "label",        "direction",
                                  "found",   "last",        "last_shown",   "last_output",
                                  "first",   "first_shown", "first_output", "first_rating",
                                  "limit",   "step",        "monotone"};
    for (std::size_t o = 1; o < report_.outputs.size(); ++o)
      head.insert(head.end(),
                  {"last_" + report_.outputs[o].name, "first_" + report_.outputs[o].name});
    line(head);
    for (const BreakEven& row : answer.rows) {
      std::vector<std::string> cells{"break-even", name(row.input), label(row.input),
                                     row.upwards ? "up" : "down", row.found ? "true" : "false"};
      if (row.found) {
        cells.insert(cells.end(), {cell(row.last.value), row.last.shown, cell(row.last.output),
                                   cell(row.first.value), row.first.shown, cell(row.first.output),
                                   row.first.rating});
      } else {
        cells.resize(cells.size() + 7);
      }
      cells.insert(cells.end(), {cell(row.limit), cell(row.step), row.monotone ? "true" : "false"});
      for (std::size_t o = 0; o < row.last.further.size(); ++o)
        cells.insert(cells.end(),
                     {cell(row.last.further[o]),
                      row.found && o < row.first.further.size() ? cell(row.first.further[o]) : ""});
      line(cells);
    }
  }

  void put(const MonteCarloAnswer& answer) {
    line({"section", "output", "name", "label", "value", "error", "low", "high"});
    for (const RatingChance& chance : answer.ratings)
      line({"rating", "total", chance.id, chance.label.in(language_), cell(chance.share),
            cell(chance.error), cell(chance.low), cell(chance.high)});
    for (const RatingChance& chance : answer.constraints)
      line({"constraint", "", chance.id, chance.label.in(language_), cell(chance.share),
            cell(chance.error), cell(chance.low), cell(chance.high)});
    for (const Spread& spread : answer.outputs) {
      const std::string said = name_of(spread.label, spread.output, language_);
      const auto one = [&](const std::string& what, double x, double error = std::nan("")) {
        line({"summary", spread.output, what, said, cell(x), cell(error), "", ""});
      };
      one("samples", static_cast<double>(spread.samples));
      one("uncomputable", static_cast<double>(spread.uncomputable));
      one("mean", spread.mean, spread.mean_error);
      one("deviation", spread.deviation);
      one("lowest", spread.low);
      one("highest", spread.high);
      for (const QuantileRow& row : spread.quantiles)
        line({"quantile", spread.output, cell(row.level), said, cell(row.value), cell(row.error),
              cell(row.low), cell(row.high)});
      for (std::size_t i = 0;
           i < spread.histogram.counts.size() && i + 1 < spread.histogram.edges.size(); ++i)
        line({"bin", spread.output, std::to_string(i + 1), said,
              std::to_string(spread.histogram.counts[i]), "", cell(spread.histogram.edges[i]),
              cell(spread.histogram.edges[i + 1])});
    }
  }

  void put(const SensitivityAnswer& answer) {
    line({"section", "output", "index", "input", "label", "value", "error", "low", "high"});
    const bool sobol = answer.method == "sobol", morris = answer.method == "morris";
    for (const Sensitivity& of : answer.outputs) {
      const auto all = [&](const std::vector<IndexEstimate>& estimates, const std::string& index) {
        for (std::size_t i = 0; i < estimates.size(); ++i)
          line({answer.method, of.output, index, name(i), label(i), cell(estimates[i].value),
                cell(estimates[i].error), cell(estimates[i].low), cell(estimates[i].high)});
      };
      all(of.first, morris ? "mu" : "S1");
      all(of.total, sobol ? "ST" : morris ? "mu_star" : "shapley");
      all(of.spread, "sigma");
      std::size_t pair = 0;
      for (std::size_t a = 0; a < report_.inputs.size(); ++a) {
        for (std::size_t b = a + 1; b < report_.inputs.size() && pair < of.second.size();
             ++b, ++pair) {
          const IndexEstimate& e = of.second[pair];
          line({answer.method, of.output, "S2", name(a) + " " + name(b),
                label(a) + " × " + label(b), cell(e.value), cell(e.error), cell(e.low),
                cell(e.high)});
        }
      }
    }
  }

  void put(const Allocation& answer) {
    line({"section", "name", "label", "before", "after", "least", "most", "marginal", "money",
          "score", "bound", "rating"});
    line({"total", answer.goal, "", cell(answer.before), cell(answer.after), "", "", "",
          cell(answer.money), cell(answer.after), cell(answer.bound), answer.rating_after});
    for (const AllocatedPart& part : answer.parts)
      line({"part", part.id, part.label.in(language_), cell(part.before), cell(part.after),
            cell(part.least), cell(part.most), cell(part.marginal), "", "", "", ""});
    for (const FrontierPoint& point : answer.frontier)
      line({"frontier", "", "", "", "", "", "", "", cell(point.money), cell(point.score),
            cell(point.bound), point.rating});
  }

  void put(const Stability& answer) {
    std::vector<std::string> head{
        "section",          "project", "label",     "total",     "rating",
        "lowest",           "highest", "certain",   "flips_to",  "flip_distance",
        "flipping_weights", "rank",    "best_rank", "worst_rank"};
    for (const RatingBand& band : report_.bands) head.push_back("share_" + band.id);
    line(head);
    for (const StableProject& project : answer.projects) {
      std::string weights;
      for (const auto& [id, weight] : project.flipping_weights)
        weights += (weights.empty() ? "" : " ") + id + "=" + value::plain(weight, 9);
      std::vector<std::string> cells{"stability",
                                     project.id,
                                     project.label.in(language_),
                                     cell(project.total),
                                     project.rating,
                                     cell(project.lowest),
                                     cell(project.highest),
                                     project.certain ? "true" : "false",
                                     project.flips_to,
                                     project.certain ? "" : cell(project.flip_distance),
                                     weights,
                                     cell(project.rank),
                                     cell(project.best_rank),
                                     cell(project.worst_rank)};
      for (std::size_t b = 0; b < report_.bands.size(); ++b)
        cells.push_back(b < project.shares.size() ? cell(project.shares[b]) : "");
      line(cells);
    }
  }

  const StudyReport& report_;
  Language language_;
  std::string out_;
};

}  // namespace

std::string study_csv(const StudyReport& report, Language language) {
  return StudyRows(report, language).write();
}

}  // namespace jixiao::report
