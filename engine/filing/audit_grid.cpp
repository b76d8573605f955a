#include <algorithm>
#include <cmath>
#include <map>

#include "filing/papers.hpp"
#include "filing/words.hpp"
#include "page/audit_words.hpp"
#include "page/numbers.hpp"
#include "report/audit_terms.hpp"
#include "value/rounding.hpp"

namespace jixiao::filing {
namespace {

namespace words = page::word;

// The file without its folders: a report travels, folders stay.
std::string place_of(const Diagnostic& found) {
  const std::string name = found.file.substr(found.file.find_last_of('/') + 1);
  return found.line == 0 ? name : name + ":" + std::to_string(found.line);
}

class AuditLayout {
 public:
  AuditLayout(const Reviewed& reviewed, const SelfEvaluation& form, bool with_rows)
      : audited_(reviewed.audited), form_(form), language_(form.language), with_rows_(with_rows) {
    if (with_rows) rows_ = form_rows(form);
    for (std::size_t i = 0; i < form.lines.size(); ++i)
      lines_[reviewed.card.indicators[form.lines[i].story].name.in(Language::zh)] = i;
    for (const Diagnostic& each : reviewed.card.diagnostics) {
      const bool told = std::any_of(
          audited_.findings.begin(), audited_.findings.end(),
          [&](const AuditFinding& found) { return found.message.zh == each.message.zh; });
      if (!told) checked_.push_back(&each);
    }
    std::stable_sort(checked_.begin(), checked_.end(),
                     [](const auto* a, const auto* b) { return a->severity > b->severity; });
  }

  Grid lay_out() {
    grid_.widths = {8, 12, 18, 20, 40, 14, 14, 34};
    put(1, 8, Role::title, in(word::audit));
    ++row_;
    put(1, 8, Role::note, outcome());
    ++row_;
    put(1, 8, Role::note, in(words::meaning));
    ++row_;
    findings();
    if (!checked_.empty()) checks();
    return std::move(grid_);
  }

 private:
  [[nodiscard]] std::string in(const page::Label& label) const {
    return std::string(label.in(language_));
  }
  [[nodiscard]] std::string in(const Text& text) const { return text.in(language_); }
  [[nodiscard]] std::string say(std::string_view zh, std::string_view en) const {
    return std::string(language_ == Language::zh ? zh : en);
  }

  void put(std::size_t column, std::size_t columns, Role role, std::string text) {
    grid_.cells.push_back({row_, column, 1, columns, role, std::move(text), {}, {}, false});
  }

  [[nodiscard]] std::string severity(Severity severity) const {
    return std::string(page::severity_text(severity, language_));
  }

  // What was found in all, and the totals beside each other.
  [[nodiscard]] std::string outcome() const {
    const auto number = [](double x) { return value::plain(x, 4); };
    const std::string stop = say("。", ". ");
    std::string out = say("按规则集 ", "Computed anew by the rule set ") + audited_.rules +
                      say(" 用表上的数重算：", ": ") + report::counts_text(audited_, language_) +
                      stop;
    if (audited_.total_computed) {
      out += say("按规则重算总分 ", "The rules make the total ") + number(*audited_.total_computed);
      if (audited_.total_summed)
        out += say("，自评合计 ", "; the points reported make ") + number(*audited_.total_summed) +
               say("，相差 ", ", a difference of ") +
               number(*audited_.total_summed - *audited_.total_computed);
      out += stop;
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
  }

  // Where it stands on the form of this report; and where in the project's files.
  [[nodiscard]] std::string place(const AuditFinding& found) const {
    const std::string file = in(found.place.where);
    if (!with_rows_) return file;
    std::size_t row = 0;
    if (const auto line = lines_.find(found.subject); line != lines_.end())
      row = rows_.lines[line->second];
    else if (found.subject == word::year_total.zh)
      row = rows_.money;
    if (row == 0) return file;
    const std::string on_form =
        say("自评表第" + std::to_string(row) + "行", "form, row " + std::to_string(row));
    return file.empty() ? on_form : on_form + "\n" + file;
  }

  [[nodiscard]] std::string subject(const AuditFinding& found) const {
    const auto line = lines_.find(found.subject);
    return line != lines_.end() ? form_.lines[line->second].name : found.subject;
  }

  void findings() {
    if (audited_.findings.empty()) {
      put(1, 8, Role::text,
          say("没有发现问题：表上所写与推算相符。",
              "No findings: what the form says follows from its own numbers."));
      ++row_;
      return;
    }
    std::size_t column = 0;
    for (const page::Label* heading :
         {&words::severity, &words::check, &words::where, &words::indicator, &words::finding,
          &words::printed, &words::follows, &words::explanation_of})
      put(++column, 1, Role::heading, in(*heading));
    grid_.repeated_rows = row_;
    ++row_;
    for (const AuditFinding& found : audited_.findings) {
      put(1, 1, Role::centred, severity(found.severity));
      put(2, 1, Role::centred, found.check);
      put(3, 1, Role::text, place(found));
      put(4, 1, Role::text, subject(found));
      put(5, 1, Role::text, in(found.message));
      put(6, 1, Role::centred, found.printed);
      put(7, 1, Role::centred, found.computed);
      put(8, 1, Role::text, in(found.explanation));
      ++row_;
    }
  }

  // What the project's files were warned of, as `jixiao check` says it.
  void checks() {
    put(1, 8, Role::heading,
        say("填报检查（jixiao check）", "Of the project's files (jixiao check)"));
    ++row_;
    put(1, 1, Role::heading, in(words::severity));
    put(2, 1, Role::heading, in(words::check));
    put(3, 1, Role::heading, in(words::where));
    put(4, 2, Role::heading, in(words::finding));
    put(6, 3, Role::heading, say("怎么办", "what to do"));
    ++row_;
    for (const Diagnostic* each : checked_) {
      put(1, 1, Role::centred, severity(each->severity));
      put(2, 1, Role::centred, each->code);
      put(3, 1, Role::text, place_of(*each));
      put(4, 2, Role::text, in(each->message));
      put(6, 3, Role::text, in(each->help));
      ++row_;
    }
  }

  const AuditedForm& audited_;
  const SelfEvaluation& form_;
  Language language_;
  bool with_rows_;
  FormRows rows_;
  std::map<std::string, std::size_t> lines_;  // by the indicator's Chinese name, as the audit names
                                              // it
  std::vector<const Diagnostic*> checked_;
  std::size_t row_ = 1;
  Grid grid_;
};

}  // namespace

Grid audit_grid(const Reviewed& reviewed, const SelfEvaluation& form, bool with_rows) {
  return AuditLayout(reviewed, form, with_rows).lay_out();
}

}  // namespace jixiao::filing
