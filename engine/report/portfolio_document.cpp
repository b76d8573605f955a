#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "page/document.hpp"
#include "page/numbers.hpp"
#include "page/page_name.hpp"
#include "page/portfolio_terms.hpp"
#include "page/portfolio_words.hpp"
#include "page/table.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
namespace {

constexpr std::size_t portfolio_bar_columns = 24;
constexpr std::size_t groups_on_a_terminal = 50;
constexpr std::size_t histogram_lines = 20;

class PortfolioDocument {
 public:
  PortfolioDocument(const Portfolio& portfolio, Language language, bool with_bars)
      : portfolio_(portfolio), language_(language), with_bars_(with_bars) {}

  Document make() {
    put_heading();
    put_ratings();
    put_forced();
    put_distribution();
    put_blocks();
    for (const RollUp& roll_up : portfolio_.roll_ups) put_roll_up(roll_up);
    put_near_edges();
    put_losses();
    if (portfolio_.change) put_change(*portfolio_.change);
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const {
    return std::string(label.in(language_));
  }
  [[nodiscard]] const char* colon() const { return language_ == Language::zh ? "：" : ": "; }
  [[nodiscard]] std::string total(double x) const { return total_text(x, portfolio_.digits); }
  [[nodiscard]] std::string band(const std::string& id) const {
    return band_text(portfolio_.bands, id, language_);
  }
  [[nodiscard]] std::string bar_of(double share) const {
    return with_bars_ ? bar(share, portfolio_bar_columns) : std::string();
  }
  static std::string count(std::size_t n) { return value::plain(static_cast<double>(n), 0, true); }

  void put_heading() {
    out_.title = say(word::portfolio) + colon() + page_name(portfolio_.input);
    if (portfolio_.scored == 0) out_.banner(say(word::nothing_scored));
    std::vector<Fact> facts;
    const auto add = [&](const Label& label, std::string text) {
      facts.push_back({say(label), std::move(text)});
    };
    add(word::rules, fmt::format("{} {} {}", portfolio_.rules, portfolio_.rules_version,
                                 portfolio_.rules_title.in(language_)));
    add(word::projects,
        fmt::format("{}{}{} {}{}{} {}", count(portfolio_.projects),
                    language_ == Language::zh ? "，" : ", ", say(word::scored_projects),
                    count(portfolio_.scored), language_ == Language::zh ? "，" : ", ",
                    say(word::failed_projects), count(portfolio_.failed)));
    if (portfolio_.scored > 0) {
      add(word::mean, total(portfolio_.mean));
      add(word::deviation, total(portfolio_.deviation));
      add(word::lowest, total(portfolio_.lowest));
      add(word::highest, total(portfolio_.highest));
    }
    if (portfolio_.initial != 0) add(word::initial, money_text(portfolio_.initial, language_));
    if (portfolio_.adjusted != 0) add(word::adjusted, money_text(portfolio_.adjusted, language_));
    if (portfolio_.executed != 0) add(word::executed, money_text(portfolio_.executed, language_));
    if (std::isfinite(portfolio_.execution))
      add(word::execution_rate, percent_text(portfolio_.execution));
    out_.facts(std::move(facts));
  }

  void put_ratings() {
    if (portfolio_.bands.empty() || portfolio_.scored == 0) return;
    out_.heading(say(word::rating_shares));
    Grid grid{{{say(word::rating)},
               {say(word::projects), true},
               {say(word::share), true},
               Grid::Head::of_bars()},
              {}};
    for (const BandCount& one : portfolio_.bands)
      grid.rows.push_back({band_text(one, language_), count(one.projects), percent_text(one.share),
                           bar_of(one.share / 100)});
    out_.grid(std::move(grid));
  }

  void put_forced() {
    if (portfolio_.forced.empty()) return;
    const bool grouped = !portfolio_.forced_by.empty();
    out_.heading(say(word::forced));
    out_.paragraph(say(portfolio_.forced_ties == ForcedTies::up ? word::forced_ties_up
                                                                : word::forced_ties_down));
    Grid grid;
    if (grouped) grid.columns.push_back({portfolio_.forced_by});
    for (const Label* column : {&word::rating, &word::forced_limit, &word::share, &word::allowed,
                                &word::projects, &word::moved_down, &word::cut})
      grid.columns.push_back({say(*column), column != &word::rating});
    for (const ForcedShare& one : portfolio_.forced) {
      std::vector<std::string> row;
      if (grouped) row.push_back(one.group.empty() ? say(word::empty_name) : one.group);
      const std::string label = one.label.empty() ? one.band : one.label.in(language_);
      row.push_back(label + (one.or_better ? say(word::or_better) : ""));
      row.insert(row.end(),
                 {percent_text(one.limit), percent_text(one.share), count(one.allowed),
                  count(one.projects), count(one.moved), one.kept ? "" : total(one.cut)});
      grid.rows.push_back(std::move(row));
    }
    out_.grid(std::move(grid));
  }

  void put_distribution() {
    if (portfolio_.scored == 0) return;
    out_.heading(say(word::distribution));
    Grid quantiles;
    std::vector<std::string> row;
    for (const Quantile& quantile : portfolio_.quantiles) {
      quantiles.columns.push_back({percent_text(quantile.percent), true});
      row.push_back(total(quantile.total));
    }
    quantiles.rows.push_back(std::move(row));
    out_.paragraph(say(word::quantiles_note));
    out_.grid(std::move(quantiles));
    put_histogram();
  }

  void put_histogram() {
    const std::vector<std::size_t>& bins = portfolio_.histogram;
    const auto taken = [](std::size_t n) { return n > 0; };
    const auto first =
        static_cast<std::size_t>(std::find_if(bins.begin(), bins.end(), taken) - bins.begin());
    const auto beyond =
        static_cast<std::size_t>(bins.rend() - std::find_if(bins.rbegin(), bins.rend(), taken));
    if (first >= beyond) return;
    // As few bins together as make no more lines than can be taken in: 1, 5, 10, 50 ... of them.
    std::size_t each = 1;
    for (bool by_five = true; (beyond - 1) / each - first / each >= histogram_lines;
         by_five = !by_five)
      each *= by_five ? 5 : 2;
    std::vector<std::size_t> counts((beyond - 1) / each - first / each + 1);
    for (std::size_t i = first; i < beyond; ++i) counts[i / each - first / each] += bins[i];
    const auto most = static_cast<double>(*std::max_element(counts.begin(), counts.end()));
    const double step = (portfolio_.histogram_high - portfolio_.histogram_low) /
                        static_cast<double>(bins.size());
    Grid grid{{{say(word::total)}, {say(word::projects), true}, Grid::Head::of_bars()}, {}};
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const std::size_t begin = (first / each + i) * each,
                        end = std::min(begin + each, bins.size());
      const auto edge = [&](std::size_t bin) {
        return value::plain(portfolio_.histogram_low + static_cast<double>(bin) * step, 6);
      };
      grid.rows.push_back(
          {fmt::format("[{}, {}{}", edge(begin), edge(end), end == bins.size() ? "]" : ")"),
           count(counts[i]), bar_of(static_cast<double>(counts[i]) / most)});
    }
    out_.grid(std::move(grid));
  }

  void put_blocks() {
    if (portfolio_.blocks.empty() || portfolio_.scored == 0) return;
    out_.heading(say(word::block_means));
    Grid grid{{{say(word::block)}, {say(word::mean), true}}, {}};
    for (const BlockMean& block : portfolio_.blocks)
      grid.rows.push_back(
          {block.name.empty() ? block.id : block.name.in(language_), total(block.mean)});
    out_.grid(std::move(grid));
  }

  void put_roll_up(const RollUp& roll_up) {
    out_.heading(say(word::roll_up) + colon() + roll_up.column);
    if (roll_up.refused) return out_.paragraph(say(word::refused));
    out_.paragraph(std::string(weight_text(roll_up.weight, language_)));
    const std::size_t shown = with_bars_ ? std::min(roll_up.groups.size(), groups_on_a_terminal)
                                         : roll_up.groups.size();
    const std::vector<std::vector<Grid::Head>> heads = group_heads();
    std::vector<Grid> grids(heads.size());
    for (std::size_t g = 0; g < heads.size(); ++g) {
      grids[g].columns.push_back({roll_up.column});
      grids[g].columns.insert(grids[g].columns.end(), heads[g].begin(), heads[g].end());
    }
    for (std::size_t i = 0; i < shown; ++i) {
      const std::vector<std::string> row = group_row(roll_up.groups[i]);
      std::size_t at = 0;
      for (std::size_t g = 0; g < heads.size(); ++g) {
        std::vector<std::string> cells{group_text(roll_up.groups[i], language_)};
        for (std::size_t c = 0; c < heads[g].size(); ++c) cells.push_back(row[at++]);
        grids[g].rows.push_back(std::move(cells));
      }
    }
    for (Grid& grid : grids) {
      const bool says_something =
          std::any_of(grid.rows.begin(), grid.rows.end(), [](const std::vector<std::string>& row) {
            return std::any_of(row.begin() + 1, row.end(),
                               [](const std::string& cell) { return !cell.empty(); });
          });
      if (says_something) out_.grid(std::move(grid));
    }
    const std::size_t left = roll_up.groups.size() - shown;
    if (left > 0)
      out_.paragraph(
          language_ == Language::zh
              ? fmt::format("另有 {} 组，见 JSON、CSV 或 HTML 报告", count(left))
              : fmt::format("{} more groups are in the JSON, CSV and HTML reports", count(left)));
  }

  // The columns after the name: in one table, which is too wide for a terminal; there in three.
  [[nodiscard]] std::vector<std::vector<Grid::Head>> group_heads() const {
    std::vector<std::vector<Grid::Head>> out(3);
    for (const Label& label : {word::rank, word::projects, word::scored_projects, word::mean})
      out[0].push_back({say(label), true});
    out[0].push_back({say(word::rating)});
    for (const Label& label : {word::lowest, word::highest}) out[0].push_back({say(label), true});
    for (const BandCount& one : portfolio_.bands)
      out[1].push_back({band_text(one, language_), true});
    for (const Label& label : {word::adjusted, word::execution_rate, word::unweighted})
      out[2].push_back({say(label), true});
    if (with_bars_) return out;
    for (const std::size_t part : {1u, 2u})
      out[0].insert(out[0].end(), out[part].begin(), out[part].end());
    out.resize(1);
    return out;
  }

  std::vector<std::string> group_row(const Group& group) {
    std::vector<std::string> row{std::isfinite(group.rank) ? value::plain(group.rank, 1) : "",
                                 count(group.projects),
                                 count(group.scored),
                                 total(group.mean),
                                 band(group.band),
                                 total(group.lowest),
                                 total(group.highest)};
    for (std::size_t b = 0; b < portfolio_.bands.size(); ++b)
      row.push_back(b < group.bands.size() ? count(group.bands[b]) : "");
    row.push_back(group.adjusted != 0 ? value::plain(group.adjusted, 2, true) : "");
    row.push_back(std::isfinite(group.execution) ? percent_text(group.execution) : "");
    row.push_back(group.unweighted > 0 ? count(group.unweighted) : "");
    return row;
  }

  void put_near_edges() {
    if (portfolio_.near_edges.empty()) return;
    out_.heading(say(word::near_edges));
    Grid grid{{{say(word::project)},
               {say(word::total), true},
               {say(word::rating)},
               {say(word::edge), true},
               {say(word::distance), true},
               {say(word::beyond_edge)}},
              {}};
    for (const NearEdge& near : portfolio_.near_edges) {
      grid.rows.push_back({near.project, total(near.total), band(near.band),
                           value::plain(near.edge), signed_text(near.distance, portfolio_.digits),
                           band(near.other)});
    }
    out_.grid(std::move(grid));
  }

  void put_losses() {
    if (portfolio_.lost_most.empty()) return;
    out_.heading(say(word::lost_most));
    out_.paragraph(say(word::lost_note));
    double all = 0, most = 0;
    for (const LostMost& lost : portfolio_.lost_most) {
      all += lost.points;
      most = std::max(most, lost.points);
    }
    Grid grid{{{say(word::indicator)},
               {say(word::projects), true},
               {say(word::lost), true},
               {say(word::running_share), true},
               Grid::Head::of_bars()},
              {}};
    double running = 0;
    for (const LostMost& lost : portfolio_.lost_most) {
      running += lost.points;
      grid.rows.push_back({lost.indicator.empty() ? say(word::others) : lost.indicator,
                           count(lost.projects), value::plain(lost.points, 2, true),
                           percent_text(100 * running / all), bar_of(lost.points / most)});
    }
    out_.grid(std::move(grid));
  }

  void put_change(const Change& change) {
    out_.heading(say(word::change_since) + colon() + page_name(change.earlier));
    std::vector<Fact> facts{{say(word::in_both), count(change.both)},
                            {say(word::only_now), count(change.only_now)},
                            {say(word::only_earlier), count(change.only_earlier)}};
    if (change.both > 0)
      facts.push_back({say(word::mean_change), signed_text(change.mean_change, portfolio_.digits)});
    if (change.unrated > 0) facts.push_back({say(word::unrated), count(change.unrated)});
    out_.facts(std::move(facts));
    if (!change.moved.empty() && change.both > change.unrated) {
      out_.heading(say(word::moved), 3);
      out_.paragraph(say(word::moved_axis));
      out_.grid(matrix_grid(portfolio_.bands, portfolio_.bands, change.moved, language_));
    }
    put_movers(word::risen, change.risen);
    put_movers(word::fallen, change.fallen);
  }

  void put_movers(const Label& title, const std::vector<Change::Mover>& movers) {
    if (movers.empty()) return;
    out_.heading(say(title), 3);
    Grid grid{{{say(word::project)},
               {say(word::then), true},
               {say(word::rating)},
               {say(word::this_time), true},
               {say(word::rating)},
               {say(word::total_change), true}},
              {}};
    for (const Change::Mover& mover : movers) {
      grid.rows.push_back({mover.project, total(mover.earlier), band(mover.band_earlier),
                           total(mover.now), band(mover.band_now),
                           signed_text(mover.now - mover.earlier, portfolio_.digits)});
    }
    out_.grid(std::move(grid));
  }

  const Portfolio& portfolio_;
  Language language_;
  bool with_bars_;
  Document out_;
};

}  // namespace

Grid matrix_grid(std::span<const BandCount> rows, std::span<const BandCount> columns,
                 const std::vector<std::vector<std::size_t>>& counts, Language language) {
  Grid grid{{{std::string(word::rating.in(language))}}, {}};
  for (const BandCount& band : columns) grid.columns.push_back({band_text(band, language), true});
  for (std::size_t r = 0; r < std::min(rows.size(), counts.size()); ++r) {
    std::vector<std::string> row{band_text(rows[r], language)};
    for (std::size_t c = 0; c < columns.size(); ++c)
      row.push_back(c < counts[r].size() ? value::plain(static_cast<double>(counts[r][c]), 0, true)
                                         : "");
    grid.rows.push_back(std::move(row));
  }
  return grid;
}

Document portfolio_document(const Portfolio& portfolio, Language language, bool with_bars) {
  return PortfolioDocument(portfolio, language, with_bars).make();
}

}  // namespace jixiao::report
