// jixiao.h: rule sets, projects, scorecards, columns.
#include <cmath>
#include <limits>
#include <span>

#include "handles.hpp"

using namespace jixiao;
using namespace jixiao::doors;

jx_rules* jx_rules_read(const char* id_or_path, jx_findings** findings) {
  return guarded<jx_rules*>(findings, nullptr, [&](Findings& found) -> jx_rules* {
    const auto rules = read_rules(id_or_path == nullptr ? "" : id_or_path, RuleLibrary::standard());
    add(rules.diagnostics(), found);
    return rules ? new jx_rules{*rules} : nullptr;
  });
}

char* jx_rules_list(const jx_style* style) {
  return guarded<char*>(nullptr, nullptr, [&](Findings&) {
    return text_for_caller(render_rule_list(list_rules(RuleLibrary::standard()), style_of(style)));
  });
}

char* jx_rules_text(const jx_rules* rules, const jx_style* style) {
  if (rules == nullptr) return nullptr;
  return guarded<char*>(nullptr, nullptr, [&](Findings&) {
    return text_for_caller(render_rules(rules->rules, style_of(style)));
  });
}

jx_project* jx_project_read(const char* project, const char* results, jx_findings** findings) {
  return guarded<jx_project*>(findings, nullptr, [&](Findings& found) -> jx_project* {
    const auto read =
        read_project({project == nullptr ? "" : project, results == nullptr ? "" : results});
    add(read.diagnostics(), found);
    return read ? new jx_project{*read} : nullptr;
  });
}

jx_card* jx_score(const jx_project* project, const jx_rules* rules, jx_findings** findings) {
  return guarded<jx_card*>(findings, nullptr, [&](Findings& found) -> jx_card* {
    if (project == nullptr) {
      found.push_back(fault_of_call("没有给出项目", "no project is given"));
      return nullptr;
    }
    const auto by = rules_for(rules, project->project);
    if (!by) {
      add(by.diagnostics(), found);
      return nullptr;
    }
    auto* card = new jx_card{score(*by, project->project)};
    found = card->card.diagnostics;
    return card;
  });
}

int jx_card_total(const jx_card* card, double* total, const char** rating) {
  const bool scored = card != nullptr && card->card.scored;
  if (total != nullptr)
    *total = scored ? card->card.total : std::numeric_limits<double>::quiet_NaN();
  if (rating != nullptr) *rating = scored ? card->card.rating.c_str() : "";
  return scored ? 1 : 0;
}

char* jx_card_text(const jx_card* card, const jx_style* style) {
  if (card == nullptr) return nullptr;
  return guarded<char*>(nullptr, nullptr, [&](Findings&) {
    return text_for_caller(render_scorecard(card->card, style_of(style)));
  });
}

char* jx_card_explain(const jx_card* card, const char* indicator, const jx_style* style,
                      jx_findings** findings) {
  return guarded<char*>(findings, nullptr, [&](Findings& found) -> char* {
    if (card == nullptr) {
      found.push_back(fault_of_call("没有给出评分卡", "no scorecard is given"));
      return nullptr;
    }
    const std::string which = indicator == nullptr ? "" : indicator;
    const std::string text = render_explanation(card->card, which, style_of(style));
    if (!text.empty()) return text_for_caller(text);
    found.push_back(no_such_indicator(card->card, which));
    return nullptr;
  });
}

int jx_check(const char* path, const char* rules, jx_findings** findings) {
  return guarded<int>(findings, 0, [&](Findings& found) {
    found = check_file(path == nullptr ? "" : path, RuleLibrary::standard(),
                       rules == nullptr ? "" : rules);
    return has_error(found) ? 0 : 1;
  });
}

jx_columns* jx_columns_bind(const jx_rules* rules, const char* const* names, size_t count,
                            uint32_t threads, jx_findings** findings) {
  return guarded<jx_columns*>(findings, nullptr, [&](Findings& found) -> jx_columns* {
    if (rules == nullptr || (names == nullptr && count != 0)) {
      found.push_back(
          fault_of_call("没有给出规则集或列名", "no rule set or no names of columns are given"));
      return nullptr;
    }
    const std::vector<std::string> given(names, names + count);
    ColumnOptions options;
    options.threads = threads;
    const auto bound = ColumnScorer::bind(rules->rules, given, options);
    add(bound.diagnostics(), found);
    return bound ? new jx_columns{*bound} : nullptr;
  });
}

int jx_columns_score(jx_columns* columns, const double* const* values, size_t rows, double* total,
                     uint32_t* band, uint8_t* state, jx_findings** findings) {
  return guarded<int>(findings, 0, [&](Findings& found) {
    if (columns == nullptr || values == nullptr) {
      found.push_back(fault_of_call("没有给出列", "no columns are given"));
      return 0;
    }
    ColumnScorer& scorer = columns->scorer;
    std::vector<std::span<const double>> spans;
    spans.reserve(scorer.columns());
    for (std::size_t i = 0; i < scorer.columns(); ++i) spans.emplace_back(values[i], rows);
    found = scorer.score(spans);
    if (!found.empty()) return 0;
    const ColumnScores& scores = scorer.scores();
    if (total != nullptr) std::copy(scores.total.begin(), scores.total.end(), total);
    if (band != nullptr) std::copy(scores.band.begin(), scores.band.end(), band);
    if (state != nullptr)
      std::transform(scores.state.begin(), scores.state.end(), state,
                     [](TotalState s) { return static_cast<uint8_t>(s); });
    return 1;
  });
}

const char* jx_columns_band(const jx_columns* columns, size_t number) {
  if (columns == nullptr) return nullptr;
  const auto& bands = columns->scorer.scores().bands;
  return number < bands.size() ? bands[number].c_str() : nullptr;
}
