// A study in words and tables.
#include "report/study_document.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "chart/chart_axes.hpp"
#include "chart/rating_zones.hpp"
#include "chart/study_terms.hpp"
#include "page/numbers.hpp"
#include "page/portfolio_terms.hpp"
#include "page/study_words.hpp"
#include "page/table.hpp"
#include "report/allocation_notes.hpp"
#include "text/source.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace chart;
using namespace page;
namespace {

constexpr std::size_t study_bar_columns = 12;
constexpr std::size_t cells_across = 14;  // of a grid of two inputs

class StudyWriter {
 public:
  StudyWriter(const StudyReport& report, Language language, bool with_bars)
      : report_(report),
        language_(language),
        with_bars_(with_bars),
        ratings_(report.bands, language) {}

  Document write() {
    put_heading();
    std::visit([this](const auto& answer) { put(answer); }, report_.answer);
    put_inputs();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const {
    return std::string(label.in(language_));
  }
  [[nodiscard]] std::string output(double x) const { return output_text(report_, x); }
  [[nodiscard]] std::string input(std::size_t index) const {
    return input_label(report_, index, language_);
  }
  [[nodiscard]] std::string rating(const std::string& id) const {
    return id.empty() ? "" : ratings_.name(id);
  }
  [[nodiscard]] std::string rated(double x, const std::string& id) const {
    return output(x) + (id.empty() ? "" : " " + rating(id));
  }
  [[nodiscard]] std::string interval(double low, double high, const auto& shown) const {
    return std::isfinite(low) && std::isfinite(high) ? shown(low) + " – " + shown(high) : "";
  }

  void put_heading() {
    const std::string title = report_.title.empty() ? kind_text(report_, language_)
                                                    : report_.title.in(language_);
    const std::string subject = report_.project.in(language_);
    out_.title = title +
                 (subject.empty() ? "" : (language_ == Language::zh ? "：" : ": ") + subject);
    if (report_.illustrative) out_.banner(say(word::illustrative_banner));
    if (!report_.complete) out_.banner(say(word::stopped));
    std::vector<Fact> facts;
    const auto fact = [&](const Label& label, std::string text) {
      if (!text.empty()) facts.push_back({say(label), std::move(text)});
    };
    fact(word::study_kind, kind_text(report_, language_));
    if (report_.year != 0) fact(word::year, std::to_string(report_.year));
    fact(word::unit, report_.unit);
    if (!report_.rules.empty())
      fact(word::rules,
           report_.rules + " " + report_.rules_version + "  " + report_.rules_title.in(language_));
    put_start(facts);
    if (report_.samples > 0) {
      fact(word::samples, grouped_count(report_.samples));
      fact(word::seed, std::to_string(report_.seed));
    }
    out_.facts(std::move(facts));
    if (!report_.note.empty()) out_.paragraph(report_.note.in(language_));
  }

  // The project as it stands, and with the scenarios the study starts from.
  void put_start(std::vector<Fact>& facts) const {
    if (!report_.applied.empty()) {
      std::string names;
      for (const AppliedScenario& own : report_.applied) {
        const std::string title = own.title.in(language_);
        names += (names.empty()               ? ""
                  : language_ == Language::zh ? "；"
                                              : "; ") +
                 own.id + (title.empty() || title == own.id ? "" : "  " + title);
      }
      facts.push_back({say(word::starts_from), names});
      if (!report_.output.empty()) {
        const std::string stands = std::isfinite(report_.stands)
                                       ? rated(report_.stands, report_.stands_rating)
                                       : say(word::cannot_compute);
        facts.push_back({say(word::as_it_stands), output_label(report_, language_) + " " + stands});
      }
    }
    if (std::isfinite(report_.baseline) && !report_.output.empty())
      facts.push_back(
          {start_label(report_, language_),
           output_label(report_, language_) + " " + rated(report_.baseline, report_.rating)});
  }

  // A terminal has no room for the least and the most in the range: the swing says how far apart
  // they are.
  void put(const Tornado& answer) {
    put_bars(seen_as(report_, 0), answer.bars, 0);
    for (std::size_t o = 0; o < answer.further.size(); ++o)
      put_bars(seen_as(report_, o + 1), answer.further[o], o + 1);
  }

  void put_bars(const StudyReport& seen, const std::vector<TornadoBar>& bars_of,
                std::size_t index) {
    const auto output = [&](double x) { return output_text(seen, x); };
    const auto rated = [&](double x, const std::string& id) {
      return output(x) + (id.empty() ? "" : " " + rating(id));
    };
    out_.heading(output_heading(word::kind_tornado, report_, index, language_));
    double widest = 0;
    for (const TornadoBar& bar : bars_of) widest = std::max(widest, bar.highest - bar.lowest);
    const std::string named = output_label(seen, language_);  // headings do not wrap
    const std::string total = with_bars_ && text::display_width(named) > 12 ? say(word::outcome)
                                                                            : named;
    Grid grid{{{say(word::input)},
               {say(word::lower_end), true},
               {total, true},
               {say(word::upper_end), true},
               {total, true}},
              {}};
    if (!with_bars_)
      grid.columns.insert(grid.columns.end(),
                          {{say(word::least_output), true}, {say(word::most_output), true}});
    grid.columns.insert(grid.columns.end(),
                        {{say(word::swing), true}, Grid::Head::of_bars(), {say(word::violates)}});
    for (const TornadoBar& bar : bars_of) {
      const double swing = bar.highest - bar.lowest;
      std::vector<std::string> cells{input(bar.input), bar.low.shown,
                                     rated(bar.low.output, bar.low.rating), bar.high.shown,
                                     rated(bar.high.output, bar.high.rating)};
      if (!with_bars_) cells.insert(cells.end(), {output(bar.lowest), output(bar.highest)});
      cells.insert(cells.end(),
                   {output(swing), bars(swing, widest), joined(bar.violated, language_)});
      grid.rows.push_back(std::move(cells));
    }
    out_.grid(std::move(grid));
    put_not_followed(bars_of);
  }

  // Why some bars have no width.
  void put_not_followed(const std::vector<TornadoBar>& bars_of) {
    std::vector<std::string> inputs, moved;
    for (const TornadoBar& bar : bars_of) {
      if (bar.followed) continue;
      inputs.push_back(input(bar.input));
      for (const std::string& name : bar.moves) {
        if (std::find(moved.begin(), moved.end(), name) == moved.end()) moved.push_back(name);
      }
    }
    if (inputs.empty()) return;
    const bool zh = language_ == Language::zh;
    std::string what = say(word::not_followed) + (zh ? "：" : ": ") + joined(inputs, language_);
    if (moved.empty()) {
      what += zh ? "（没有公式用到）" : " (no formula names it)";
    } else {
      what += (zh ? "（只带动 " : " (what moves with it: ") + joined(moved, language_) +
              (zh ? "）" : ")");
    }
    out_.paragraph(what + (zh ? "，所以幅度是 0。给指标写 model = '…' 或 curve，结果才会跟着动"
                              : "; that is why the swing is 0. Give an indicator a model = '…' or "
                                "a curve, and its result will follow"));
  }

  void put(const InputGrid& answer) {
    put_grid(seen_as(report_, 0), answer, answer.values, answer.ratings, 0);
    for (std::size_t o = 0; o < answer.further.size(); ++o)
      put_grid(seen_as(report_, o + 1), answer, answer.further[o], {}, o + 1);
  }

  void put_grid(const StudyReport& seen, const InputGrid& answer, const std::vector<double>& values,
                const std::vector<std::string>& ratings, std::size_t index) {
    out_.heading(output_heading(word::kind_grid, report_, index, language_));
    const auto cell = [&](std::size_t at) {
      std::string out = at < values.size() ? output_text(seen, values[at]) : "–";
      if (at < ratings.size() && !ratings[at].empty()) out += " " + rating(ratings[at]);
      if (at < answer.violated.size() && answer.violated[at] != 0) out += " !";
      return out;
    };
    const bool any_violated =
        std::any_of(answer.violated.begin(), answer.violated.end(), [](auto v) { return v != 0; });
    const auto x_shown = [&](std::size_t i) {
      return i < answer.xs_shown.size() ? answer.xs_shown[i] : significant(answer.xs[i], 6);
    };
    if (!answer.y) {
      Grid grid{{{input(answer.x), true}, {output_label(seen, language_), true}}, {}};
      for (std::size_t i = 0; i < answer.xs.size(); ++i) grid.rows.push_back({x_shown(i), cell(i)});
      out_.grid(std::move(grid));
    } else {
      out_.paragraph((language_ == Language::zh ? "行：" : "rows: ") + input(*answer.y) +
                     (language_ == Language::zh ? "；列：" : "; columns: ") + input(answer.x));
      // A wide grid is shown in pieces of so many columns.
      for (std::size_t first = 0; first < answer.xs.size(); first += cells_across) {
        const std::size_t end = std::min(first + cells_across, answer.xs.size());
        Grid grid{{{"", true}}, {}};
        for (std::size_t i = first; i < end; ++i) grid.columns.push_back({x_shown(i), true});
        for (std::size_t j = answer.ys.size(); j-- > 0;) {
          std::vector<std::string> row{j < answer.ys_shown.size() ? answer.ys_shown[j]
                                                                  : significant(answer.ys[j], 6)};
          for (std::size_t i = first; i < end; ++i) row.push_back(cell(j * answer.xs.size() + i));
          grid.rows.push_back(std::move(row));
        }
        out_.grid(std::move(grid));
      }
    }
    if (any_violated)
      out_.paragraph(language_ == Language::zh ? "! ：违反约束" : "!: a constraint is violated");
  }

  void put(const BreakEvens& answer) {
    out_.heading(say(word::kind_break_even));
    Grid grid{{{say(word::input)},
               {start_label(report_, language_), true},
               {say(word::direction_of_move)},
               {say(word::keeps_until), true},
               {say(word::changes_at), true},
               {say(word::becomes)}},
              {}};
    for (std::size_t o = 1; o < report_.outputs.size(); ++o)
      grid.columns.push_back(
          {name_of(report_.outputs[o].label, report_.outputs[o].name, language_), true});
    for (const BreakEven& row : answer.rows) {
      const std::string nominal =
          row.input < report_.inputs.size() ? report_.inputs[row.input].nominal_shown : "";
      std::vector<std::string> cells{input(row.input), nominal,
                                     say(row.upwards ? word::upwards : word::downwards)};
      if (row.found) {
        const std::string back =
            row.monotone ? "" : (language_ == Language::zh ? "；" : "; ") + say(word::changes_back);
        cells.insert(cells.end(), {row.last.shown, row.first.shown,
                                   rated(row.first.output, row.first.rating) + back});
      } else {
        cells.insert(cells.end(), {row.limit_shown, "–", say(word::kept_to_the_end)});
      }
      for (std::size_t o = 0; o < row.last.further.size(); ++o) {
        const std::string there = significant(row.last.further[o], 6);
        cells.push_back(row.found && o < row.first.further.size()
                            ? there + " | " + significant(row.first.further[o], 6)
                            : there);
      }
      grid.rows.push_back(std::move(cells));
    }
    out_.grid(std::move(grid));
  }

  void put_chances(const Label& heading, const std::vector<RatingChance>& chances) {
    if (chances.empty()) return;
    out_.heading(say(heading));
    Grid grid{{{""},
               {say(word::chance), true},
               {say(word::interval), true},
               {say(word::standard_error), true},
               Grid::Head::of_bars()},
              {}};
    for (const RatingChance& chance : chances)
      grid.rows.push_back({name_of(chance.label, chance.id, language_), share_text(chance.share),
                           interval(chance.low, chance.high, share_text), share_text(chance.error),
                           bars(chance.share, 1)});
    out_.grid(std::move(grid));
  }

  void put(const MonteCarloAnswer& answer) {
    if (const std::string note = note_on_laws(report_, language_); !note.empty()) out_.banner(note);
    if (answer.left_out > 0)
      out_.facts({{say(word::left_out), fmt::format("{} / {}", grouped_count(answer.left_out),
                                                    grouped_count(answer.drawn))}});
    put_chances(word::chances, answer.ratings);
    for (const Spread& spread : answer.outputs) {
      const bool total = spread.output == "total";
      const Measure measure(spread.unit, false,
                            std::max(std::abs(spread.low), std::abs(spread.high)), language_);
      const auto shown = [&](double x) { return total ? output(x) : measure.text(x); };
      out_.heading(spread_heading(spread, language_));
      std::vector<Fact> facts{
          {say(word::mean_value), shown(spread.mean) + " ± " + significant(spread.mean_error, 2)},
          {say(word::standard_deviation), significant(spread.deviation)},
          {say(word::least_output), shown(spread.low)},
          {say(word::most_output), shown(spread.high)}};
      if (spread.uncomputable > 0)
        facts.push_back({say(word::uncomputable), grouped_count(spread.uncomputable)});
      out_.facts(std::move(facts));
      Grid grid{{{say(word::quantile), true},
                 {name_of(spread.label, spread.output, language_), true},
                 {say(word::interval), true},
                 {say(word::standard_error), true}},
                {}};
      for (const QuantileRow& row : spread.quantiles)
        grid.rows.push_back({value::plain(100 * row.level, 2) + "%", shown(row.value),
                             interval(row.low, row.high, shown), significant(row.error, 2)});
      out_.grid(std::move(grid));
    }
    put_chances(word::constraints_kept, answer.constraints);
  }

  void put(const SensitivityAnswer& answer) {
    const auto index = [](double x) {
      return std::isfinite(x) ? value::fixed(x, 3) : std::string("–");
    };
    const auto range = [&](const IndexEstimate& e) { return interval(e.low, e.high, index); };
    for (const Sensitivity& of : answer.outputs) {
      out_.heading(sensitivity_heading(report_, answer, of, language_));
      std::vector<Fact> facts{{say(word::mean_value), significant(of.mean, 6)},
                              {say(word::variance), significant(of.variance, 5)},
                              {say(word::evaluations), grouped_count(of.evaluations)}};
      if (answer.method == "morris") facts.erase(facts.begin() + 1);
      if (of.uncomputable > 0)
        facts.push_back({say(word::uncomputable), grouped_count(of.uncomputable)});
      out_.facts(std::move(facts));
      if (answer.method == "morris") {
        put_effects(of);
      } else {
        const bool sobol = answer.method == "sobol";
        double most = 0;
        for (const IndexEstimate& e : of.total)
          most = std::max(most, std::isfinite(e.value) ? e.value : 0);
        Grid grid{{{say(word::input)}}, {}};
        if (sobol)
          grid.columns.insert(grid.columns.end(),
                              {{say(word::alone), true}, {say(word::interval), true}});
        grid.columns.insert(grid.columns.end(),
                            {{say(sobol ? word::with_others : word::effect_share), true},
                             {say(word::interval), true},
                             Grid::Head::of_bars()});
        for (const std::size_t i : by_value(of.total)) {
          std::vector<std::string> row{input(i)};
          if (sobol && i < of.first.size())
            row.insert(row.end(), {index(of.first[i].value), range(of.first[i])});
          row.insert(row.end(),
                     {index(of.total[i].value), range(of.total[i]), bars(of.total[i].value, most)});
          row.resize(grid.columns.size());
          grid.rows.push_back(std::move(row));
        }
        out_.grid(std::move(grid));
      }
      out_.paragraph(say(of.settled ? word::settled : word::not_settled));
      put_pairs(answer, of, index, range);
    }
  }

  void put_effects(const Sensitivity& of) {
    Grid grid{{{say(word::input)},
               {say(word::mean_size), true},
               {say(word::interval), true},
               {say(word::mean_effect), true},
               {say(word::effect_spread), true}},
              {}};
    const auto four = [](double x) { return significant(x); };
    for (const std::size_t i : by_value(of.total))
      grid.rows.push_back({input(i), four(of.total[i].value),
                           interval(of.total[i].low, of.total[i].high, four),
                           i < of.first.size() ? four(of.first[i].value) : "",
                           i < of.spread.size() ? four(of.spread[i].value) : ""});
    out_.grid(std::move(grid));
  }

  void put_pairs(const SensitivityAnswer& answer, const Sensitivity& of, const auto& index,
                 const auto& range) {
    const std::vector<std::string> names = pair_names(report_, language_);
    if (of.second.empty() || names.size() != of.second.size()) return;
    out_.heading(pairs_heading(answer, of, language_));
    Grid grid{{{""}, {say(word::pairs), true}, {say(word::interval), true}}, {}};
    for (const std::size_t i : by_value(of.second))
      grid.rows.push_back({names[i], index(of.second[i].value), range(of.second[i])});
    out_.grid(std::move(grid));
  }

  void put(const Allocation& answer) {
    double now = 0;
    for (const AllocatedPart& part : answer.parts) now += part.before;
    const Measure money =
        Measure::money(std::max({std::abs(answer.money), std::abs(now), 1.0}), language_);
    const bool least = answer.goal == "least-money";
    const auto total = [&](double x, const std::string& id) {
      return output(x) + (id.empty() ? "" : " " + rating(id));
    };
    std::vector<Fact> facts{
        {say(word::allocation_goal), say(least ? word::goal_least : word::goal_best)},
        {say(least ? word::money_needed : word::money_split), money.text(answer.money)},
        {say(word::before_split), money.text(now) + (language_ == Language::zh ? "，" : ", ") +
                                      total(answer.before, answer.rating_before)},
        {say(word::after_split), total(answer.after, answer.rating_after)},
        {say(word::bound), least ? money.text(answer.bound) : output(answer.bound)}};
    if (answer.evaluations > 0)
      facts.push_back({say(word::evaluations), grouped_count(answer.evaluations)});
    if (!answer.violated.empty())
      facts.push_back(
          {say(word::violated_here), joined(answer.violated, language_), FactKind::loss});
    out_.heading(say(word::parts_split));
    out_.facts(std::move(facts));
    for (std::string& note : allocation_notes(answer, report_.digits, language_))
      out_.paragraph(std::move(note));
    Grid grid{{{say(word::item)},
               {say(word::before_split), true},
               {say(word::after_split), true},
               {say(word::difference_of_split), true},
               {say(word::what_it_may_get), true},
               {say(word::marginal_short), true}},
              {}};
    for (const AllocatedPart& part : answer.parts) {
      const double change = part.after - part.before;
      grid.rows.push_back({name_of(part.label, part.id, language_),
                           money_text(part.before, language_), money_text(part.after, language_),
                           (change > 0 ? "+" : "") + money_text(change, language_),
                           std::isinf(part.most) ? "≥" + money_text(part.least, language_)
                                                 : money_text(part.least, language_) + " – " +
                                                       money_text(part.most, language_),
                           std::isfinite(part.marginal) ? value::plain(part.marginal, 4) : "–"});
    }
    out_.grid(std::move(grid));
    if (answer.frontier.empty()) return;
    out_.heading(say(word::frontier));
    Grid frontier{{{say(word::money_axis), true},
                   {say(word::best_found), true},
                   {say(word::rating)},
                   {say(word::bound_short), true}},
                  {}};
    for (const FrontierPoint& point : answer.frontier)
      frontier.rows.push_back({money_text(point.money, language_), output(point.score),
                               rating(point.rating), output(point.bound)});
    out_.grid(std::move(frontier));
  }

  void put(const Stability& answer) {
    out_.heading(say(word::stability_intervals));
    out_.facts({{say(word::certain_ratings), fmt::format("{} / {}", grouped_count(answer.certain),
                                                         grouped_count(answer.projects.size()))},
                {say(word::draws), grouped_count(answer.draws)},
                {say(word::rank_shift), significant(answer.mean_rank_shift, 3)}});
    Grid grid{{{say(word::project_column)},
               {say(word::total_now), true},
               {say(word::rating)},
               {say(word::least_output), true},
               {say(word::most_output), true},
               {say(word::certain_ratings)},
               {say(word::flips_to)},
               {say(word::same_rating_chance), true},
               {say(word::flip_distance), true},
               {say(word::flip_weights)},
               {say(word::rank_range), true}},
              {}};
    for (const StableProject& project : answer.projects) {
      const std::size_t own = ratings_.index(project.rating);
      std::string weights;
      for (const auto& [name, weight] : project.flipping_weights)
        weights += (weights.empty() ? "" : "  ") + name + " " + significant(weight);
      grid.rows.push_back(
          {name_of(project.label, project.id, language_), output(project.total),
           rating(project.rating), output(project.lowest), output(project.highest),
           project.certain ? (language_ == Language::zh ? "是" : "yes")
                           : (language_ == Language::zh ? "否" : "no"),
           rating(project.flips_to),
           own < project.shares.size() ? share_text(project.shares[own]) : "",
           project.certain ? "" : significant(project.flip_distance, 3), weights,
           fmt::format("{} ({}–{})", significant(project.rank), significant(project.best_rank),
                       significant(project.worst_rank))});
    }
    out_.grid(std::move(grid));
  }

  void put_inputs() {
    if (report_.inputs.empty()) return;
    out_.heading(say(word::inputs_varied));
    const bool applied = !report_.applied.empty();
    Grid grid{{{say(word::input)}, {"", false, true}}, {}};
    if (applied) grid.columns.push_back({say(word::as_it_stands), true});
    grid.columns.insert(grid.columns.end(),
                        {{start_label(report_, language_), true}, {say(word::law)}});
    for (const StudiedInput& one : report_.inputs) {
      std::vector<std::string> cells{name_of(one.label, one.name, language_), one.name};
      if (applied) cells.push_back(one.stands_shown);
      cells.insert(cells.end(), {one.nominal_shown, one.law});
      grid.rows.push_back(std::move(cells));
    }
    out_.grid(std::move(grid));
  }

  // A bar for the terminal; nothing on a page.
  [[nodiscard]] std::string bars(double x, double full) const {
    if (!with_bars_ || !std::isfinite(x) || !(full > 0)) return "";
    return bar(std::clamp(x / full, 0.0, 1.0), study_bar_columns);
  }

  const StudyReport& report_;
  Language language_;
  bool with_bars_;
  Ratings ratings_;
  Document out_;
};

}  // namespace

std::string note_on_laws(const StudyReport& report, Language language) {
  std::vector<std::string> without;
  for (std::size_t i = 0; i < report.inputs.size(); ++i) {
    const std::string& law = report.inputs[i].law;
    if (law.find("..") != std::string::npos) without.push_back(input_label(report, i, language));
  }
  if (without.empty()) return {};
  const bool zh = language == Language::zh;
  const bool all = without.size() == report.inputs.size();
  if (all)
    return zh ? "没有给出概率分布：各项在各自范围内均匀取值。下面的概率说的是得分随这些范围怎样变动"
                "，"
                "不是预测"
              : "No laws were given: each number is drawn evenly over its range. The chances say "
                "how "
                "the score moves over these ranges; they are no forecast";
  const std::string names = joined(without, language);
  return zh ? "没有给出概率分布、在范围内均匀取值的：" + names
            : "Without a law, drawn evenly over the range: " + names;
}

Document study_document(const StudyReport& report, Language language, bool with_bars) {
  return StudyWriter(report, language, with_bars).write();
}

}  // namespace jixiao::report
