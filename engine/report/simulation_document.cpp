// Scenarios beside each other, and why each total differs.
#include <algorithm>

#include "chart/study_terms.hpp"
#include "page/document.hpp"
#include "page/numbers.hpp"
#include "page/portfolio_terms.hpp"
#include "page/simulation_words.hpp"
#include "report/rendering.hpp"
#include "report/study_document.hpp"
#include "text/source.hpp"

namespace jixiao::report {

using namespace chart;
using namespace page;
namespace {

constexpr std::size_t words_at_least = 30;  // columns left for what a row is about

class SimulationWriter {
 public:
  SimulationWriter(const Simulation& simulation, Language language)
      : simulation_(simulation), language_(language) {}

  Document write(std::size_t width) {
    const char* const colon = language_ == Language::zh ? "：" : ": ";
    out_.title = say(word::simulation) + colon + simulation_.project.in(language_);
    if (simulation_.illustrative) out_.banner(say(word::illustrative_banner));
    std::vector<Fact> facts{{say(word::year), std::to_string(simulation_.year)},
                            {say(word::unit), simulation_.unit}};
    for (const ScenarioStory& column : simulation_.columns)
      facts.push_back({head(column), column.title.in(language_)});
    out_.facts(std::move(facts));
    const std::size_t count = simulation_.columns.size();
    for (std::size_t first = 1, end = 0; first == 1 || first < count; first = end) {
      end = width == 0 ? std::max<std::size_t>(count, 2) : fitting(first, width);
      compare(first, std::min(count, end));
    }
    out_.paragraph(say(word::same_rows));
    if (count > 1) out_.heading(say(word::why));
    for (std::size_t c = 1; c < count; ++c) explain(simulation_.columns[c]);
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const {
    return std::string(label.in(language_));
  }
  [[nodiscard]] std::string head(const ScenarioStory& column) const {
    if (&column == simulation_.columns.data()) return say(word::baseline);
    return column.file.empty() && column.id == "typed" ? say(word::typed) : column.id;
  }

  // How many scenarios from `first` on stand side by side in `width` columns; at least one.
  [[nodiscard]] std::size_t fitting(std::size_t first, std::size_t width) const {
    constexpr std::size_t number = 12, gap = 2;
    std::size_t used = words_at_least + 2 * gap +
                       std::max(number, text::display_width(say(word::baseline)));
    std::size_t end = first;
    while (end < simulation_.columns.size()) {
      used += gap + std::max(number, text::display_width(head(simulation_.columns[end])));
      if (used > width && end > first) break;
      ++end;
    }
    return std::max(end, first + 1);
  }

  // Whether one of these columns differs from the first.
  static bool differs(const SimulatedNumber& number, const std::vector<std::size_t>& columns) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](std::size_t c) { return number.values[c] != number.values[0]; });
  }

  // A block's weight, or one that a scenario moves itself: those of single indicators follow their
  // block.
  [[nodiscard]] bool tells_weight(const SimulatedNumber& number) const {
    const std::string id = number.name.substr(number.name.find('.') + 1);
    const auto moves = [&](const ScenarioStory& column) {
      return std::any_of(column.changes.begin(), column.changes.end(),
                         [&](const ChangeStory& change) { return change.name == number.name; });
    };
    return std::any_of(simulation_.blocks.begin(), simulation_.blocks.end(),
                       [&](const auto& block) { return block.name == "blocks." + id; }) ||
           std::any_of(simulation_.columns.begin(), simulation_.columns.end(), moves);
  }

  void compare(std::size_t first, std::size_t end) {
    out_.heading(say(first == 1 ? word::side_by_side : word::more_columns));
    std::vector<std::size_t> columns{0};
    for (std::size_t c = first; c < end; ++c) columns.push_back(c);
    Grid grid{{{""}}, {}};
    for (const std::size_t c : columns)
      grid.columns.push_back({head(simulation_.columns[c]), true});
    const auto row = [&](std::string name, auto&& cell) {
      std::vector<std::string> cells{std::move(name)};
      for (const std::size_t c : columns) cells.push_back(cell(simulation_.columns[c], c));
      grid.rows.push_back(std::move(cells));
    };
    const bool rules_differ = std::any_of(columns.begin(), columns.end(), [&](std::size_t c) {
      return simulation_.columns[c].rules != simulation_.columns[0].rules;
    });
    if (rules_differ)
      row(say(word::rules), [](const ScenarioStory& column, std::size_t) { return column.rules; });
    row(say(word::total), [](const ScenarioStory& column, std::size_t) {
      return column.scored ? total_text(column.total, column.digits) : "–";
    });
    row(say(word::scenario_change), [](const ScenarioStory& column, std::size_t c) {
      return c == 0                               ? std::string()
             : column.attributed || column.scored ? signed_text(column.change, column.digits)
                                                  : "–";
    });
    row(say(word::rating), [&](const ScenarioStory& column, std::size_t) {
      return column.rating_label.in(language_);
    });
    const auto numbers = [&](const std::vector<SimulatedNumber>& table, const std::string& kind,
                             const auto& shown) {
      for (const SimulatedNumber& number : table) {
        if (!shown(number)) continue;
        row(kind + number.label.in(language_), [&](const ScenarioStory&, std::size_t c) {
          return number.shown[c].empty() ? "–" : number.shown[c];
        });
      }
    };
    const std::string gap = language_ == Language::zh ? "：" : ": ";
    const auto changed = [&](const SimulatedNumber& number) { return differs(number, columns); };
    numbers(simulation_.money, "", [&](const SimulatedNumber& number) {
      return changed(number) || number.name == "money.total";
    });
    numbers(simulation_.drivers, say(word::drivers) + gap, changed);
    numbers(simulation_.targets, say(word::targets) + gap, changed);
    numbers(simulation_.results, say(word::results) + gap, changed);
    numbers(simulation_.weights, say(word::weight) + gap,
            [&](const SimulatedNumber& number) { return changed(number) && tells_weight(number); });
    for (const SimulatedNumber& number : simulation_.points) {
      if (!changed(number)) continue;
      row(say(word::points) + gap + number.label.in(language_),
          [&](const ScenarioStory& column, std::size_t c) {
            return number.values[c] ? points_text(*number.values[c], column.digits) : "–";
          });
    }
    if (!simulation_.constraints.empty()) {
      row(say(word::violated), [&](const ScenarioStory& column, std::size_t) {
        std::string all;
        for (const std::string& id : column.violated) all += (all.empty() ? "" : ", ") + id;
        return all.empty() ? say(word::none_violated) : all;
      });
    }
    const auto& all = simulation_.columns;
    if (std::any_of(all.begin(), all.end(), [](const auto& c) { return !c.vetoes.empty(); })) {
      row(say(word::vetoes_here), [&](const ScenarioStory& column, std::size_t) {
        std::string names;
        for (const Text& veto : column.vetoes)
          names += (names.empty() ? "" : "; ") + veto.in(language_);
        return names.empty() ? say(word::none_violated) : names;
      });
    }
    if (std::any_of(all.begin(), all.end(), [&](const auto& c) { return !told_checks(c).empty(); }))
      row(say(word::checks_here),
          [&](const ScenarioStory& column, std::size_t) { return check_counts(column.checks); });
    out_.grid(std::move(grid));
    if (first == 1) tell_checks(all.front());
  }

  // "1 error, 2 warnings".
  [[nodiscard]] std::string check_counts(const std::vector<Diagnostic>& checks) const {
    std::string out;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
      const auto count = std::count_if(checks.begin(), checks.end(), [&](const Diagnostic& one) {
        return one.severity == severity;
      });
      if (count == 0) continue;
      out += (out.empty() ? "" : ", ") + std::string(severity_text(severity, language_)) + " " +
             std::to_string(count);
    }
    return out.empty() ? say(word::none_violated) : out;
  }

  // Of the project as it stands errors alone, for the rest is told by `check`; of a scenario those
  // that the project as it stands does not have.
  [[nodiscard]] std::vector<const Diagnostic*> told_checks(const ScenarioStory& column) const {
    const ScenarioStory& before = simulation_.columns.front();
    std::vector<const Diagnostic*> out;
    for (const Diagnostic& one : column.checks) {
      const bool news =
          std::none_of(before.checks.begin(), before.checks.end(), [&](const Diagnostic& other) {
            return other.severity == one.severity && other.message.en == one.message.en;
          });
      if (&column == &before ? one.severity == Severity::error : news) out.push_back(&one);
    }
    return out;
  }

  void tell_checks(const ScenarioStory& column) {
    for (const Diagnostic* one : told_checks(column))
      out_.paragraph(std::string(severity_text(one->severity, language_)) +
                     (language_ == Language::zh ? "：" : ": ") + one->message.in(language_) +
                     (language_ == Language::zh ? "（" : " (") + one->help.in(language_) +
                     (language_ == Language::zh ? "）" : ")"));
  }

  void explain(const ScenarioStory& column) {
    out_.heading(scenario_heading(column, language_), 3);
    if (!column.note.empty()) out_.paragraph(column.note.in(language_));
    tell_checks(column);
    if (column.changes.empty()) return out_.paragraph(say(word::nothing_changed));
    Grid grid{{{say(word::the_change), false, true},
               {""},
               {say(word::from_value), true},
               {say(word::to_value), true}},
              {}};
    if (column.attributed) grid.columns.push_back({say(word::share_of_change), true});
    for (const ChangeStory& change : column.changes) {
      grid.rows.push_back({change.name, change.label.in(language_), change.before.in(language_),
                           change.after.in(language_)});
      if (column.attributed) grid.rows.back().push_back(signed_text(change.points, column.digits));
    }
    if (column.attributed)
      grid.rows.push_back(
          {say(word::sum_of_changes), "", "", "", signed_text(column.change, column.digits)});
    out_.grid(std::move(grid));
    for (const std::string& id : column.violated) {
      const auto at = std::find_if(simulation_.constraints.begin(), simulation_.constraints.end(),
                                   [&](const auto& c) { return c.id == id; });
      if (at != simulation_.constraints.end())
        out_.paragraph(say(word::violated) + (language_ == Language::zh ? "：" : ": ") +
                       at->text.in(language_));
    }
    out_.paragraph(say(!column.attributed ? word::not_attributed
                       : column.exact     ? word::exact_shares
                                          : word::sampled_shares));
  }

  const Simulation& simulation_;
  Language language_;
  Document out_;
};

}  // namespace

Document simulation_document(const Simulation& simulation, Language language, std::size_t width) {
  return SimulationWriter(simulation, language).write(width);
}

}  // namespace jixiao::report
