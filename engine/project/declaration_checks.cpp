#include "project/declaration_checks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <set>
#include <utility>

#include "project/cited_document.hpp"
#include "project/organisation_code.hpp"
#include "text/suggestion.hpp"
#include "value/rounding.hpp"

namespace jixiao::project {

using text::Code;
using value::Field;
using value::Kind;
using value::plain;

void Form::report(Code code, const text::Place& place, Text message, Text help) const {
  diagnostics.push_back(text::diagnose(code, place, std::move(message), std::move(help)));
}

bool ends_with_any(std::string_view words, std::span<const std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return words.ends_with(ending); });
}

bool contains_any(std::string_view words, std::span<const std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return words.find(part) != std::string_view::npos;
  });
}

std::string name_as_filed(const FiledIndicator& indicator) {
  return indicator.filed_name.empty() ? indicator.name.in(Language::zh) : indicator.filed_name;
}

std::string target_as_filed(const FiledIndicator& indicator) {
  return indicator.filed_target.empty() ? indicator.target : indicator.filed_target;
}

std::string join(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : std::string(between)) + word;
  return out;
}

const FiledIndicator* find_indicator(const Form& form, std::string_view id) {
  const auto found = std::find_if(form.indicators.begin(), form.indicators.end(),
                                  [&](const FiledIndicator& i) { return i.id == id; });
  return found == form.indicators.end() ? nullptr : &*found;
}

namespace {

std::optional<double> money_of(const std::optional<Quote>& quote) {
  if (!quote) return std::nullopt;
  const std::optional<Field> field = value::read_field(quote->text);
  if (!field || field->kind != Kind::number || !(field->low > 0) || field->low != field->high)
    return std::nullopt;
  return field->low;
}

bool blank(std::string_view words) {
  return words.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// The place of `word` inside a quote, found in the file itself: a long quote spans lines, and its
// escapes shift columns.
text::Place place_of_word(const Quote& quote, std::string_view word) {
  if (!quote.place.source) return quote.place;
  const std::string_view file = quote.place.source->text();
  const std::size_t start = quote.place.source->offset(quote.place.line, quote.place.column);
  const std::size_t found = file.find(word, start);
  if (found == std::string_view::npos) return quote.place;
  text::Place place = quote.place;
  place.line +=
      static_cast<std::size_t>(std::count(file.begin() + static_cast<std::ptrdiff_t>(start),
                                          file.begin() + static_cast<std::ptrdiff_t>(found), '\n'));
  const std::size_t line_start = file.rfind('\n', found) == std::string_view::npos || found == 0
                                     ? 0
                                     : file.rfind('\n', found) + 1;
  place.column = text::character_count(file.substr(line_start, found - line_start)) + 1;
  place.length = text::character_count(word);
  return place;
}

const ItemFact* find_item(const Form& form, std::string_view id) {
  const auto found = std::find_if(form.items.begin(), form.items.end(),
                                  [&](const ItemFact& i) { return i.id == id; });
  return found == form.items.end() ? nullptr : &*found;
}

}  // namespace

std::optional<double> midterm_span(const Form& form) {
  if (form.declaration.midterm_years) return form.declaration.midterm_years;
  const std::optional<double> annual = money_of(form.declaration.annual_money);
  const std::optional<double> midterm = money_of(form.declaration.midterm_money);
  if (!annual || !midterm) return std::nullopt;
  const double ratio = *midterm / *annual;
  // A span is a whole number of years; any other ratio tells nothing about it.
  if (ratio < 0.5 || std::abs(ratio - std::round(ratio)) > 1e-9 * ratio) return std::nullopt;
  return std::round(ratio);
}

void check_references(const Form& form) {
  std::vector<std::string> indicators;
  for (const FiledIndicator& indicator : form.indicators) indicators.push_back(indicator.id);
  std::vector<std::string> items;
  for (const ItemFact& item : form.items) items.push_back(item.id);
  const auto unknown_indicator = [&](const Quote& quote) {
    if (find_indicator(form, quote.text) != nullptr) return;
    form.report(Code::reference_unknown, quote.place,
                {"没有指标 '" + quote.text + "'", "no indicator '" + quote.text + "'"},
                text::suggestion(quote.text, indicators));
  };
  for (const Quote& quote : form.declaration.standing) unknown_indicator(quote);
  for (const auto& [item, quotes] : form.declaration.covers) {
    if (find_item(form, item) == nullptr) {
      form.report(Code::reference_unknown, form.declaration.cover_places.at(item),
                  {"没有支出项 '" + item + "'", "no item '" + item + "'"},
                  text::suggestion(item, items));
    }
    for (const Quote& quote : quotes) unknown_indicator(quote);
  }
}

void check_citations(const Form& form) {
  struct Cited {
    CitedDocument document;
    const Quote* quote;
    std::size_t basis;
  };
  const std::vector<Basis>& bases = form.declaration.bases;
  std::vector<Cited> cited;
  for (std::size_t b = 0; b < bases.size(); ++b) {
    for (const Quote& quote : bases[b].cites)
      cited.push_back({read_cited_document(quote.text), &quote, b});
  }
  // Every two are compared; no real form comes near this.
  constexpr std::size_t most = 500;
  if (cited.size() > most) {
    form.report(Code::form_citation, form.declaration.place,
                {"引用文件超过 500 个，未作比较",
                 "more than 500 documents are cited: they were not compared"});
    return;
  }
  std::set<const Quote*> slips;
  for (std::size_t i = 0; i < cited.size(); ++i) {
    for (std::size_t j = i + 1; j < cited.size(); ++j) {
      const Cited& a = cited[i];
      const Cited& b = cited[j];
      if (a.basis == b.basis || !probable_slip(a.document, b.document)) continue;
      // Both numbers standing in one place are two documents.
      const auto also_cited = [&](const Cited& one, std::size_t basis) {
        return std::any_of(cited.begin(), cited.end(), [&](const Cited& c) {
          return c.basis == basis && same_document(c.document, one.document);
        });
      };
      if (also_cited(a, b.basis) || also_cited(b, a.basis)) continue;
      slips.insert(a.quote);
      slips.insert(b.quote);
      form.report(
          Code::form_citation, b.quote->place,
          {"文号不一致：" + bases[b.basis].place.zh + "写" + b.document.text + "，" +
               bases[a.basis].place.zh + "写" + a.document.text + "，疑为同一文件",
           "document numbers differ: " + bases[b.basis].place.in(Language::en) + " cites " +
               b.document.text + ", " + bases[a.basis].place.in(Language::en) + " " +
               a.document.text + "; probably one document"},
          {"核对原文，统一文号", "look the document up and write the same number in both places"});
    }
  }
  for (std::size_t i = 0; i < cited.size(); ++i) {
    const Cited& one = cited[i];
    const auto same = [&](const Cited& other) {
      return same_document(other.document, one.document);
    };
    const bool seen_before =
        std::any_of(cited.begin(), cited.begin() + static_cast<std::ptrdiff_t>(i), same);
    if (slips.contains(one.quote) || seen_before) continue;
    std::vector<std::string> lacking_zh;
    std::vector<std::string> lacking_en;
    for (std::size_t b = 0; b < bases.size(); ++b) {
      if (std::any_of(cited.begin(), cited.end(),
                      [&](const Cited& c) { return c.basis == b && same(c); }))
        continue;
      lacking_zh.push_back(bases[b].place.in(Language::zh));
      lacking_en.push_back(bases[b].place.in(Language::en));
    }
    if (lacking_zh.empty()) continue;
    form.report(Code::form_citation, one.quote->place,
                {one.document.text + " 见于" + bases[one.basis].place.zh + "，未见于" +
                     join(lacking_zh, "、"),
                 one.document.text + " is cited in " + bases[one.basis].place.in(Language::en) +
                     " but not in " + join(lacking_en, ", ")},
                {"各处依据应列同样的文件", "list the same documents in every place"});
  }
  const auto first = std::find_if(cited.begin(), cited.end(),
                                  [](const Cited& c) { return c.document.numbered(); });
  if (first == cited.end()) return;
  const auto other = std::find_if(first, cited.end(), [&](const Cited& c) {
    return c.document.numbered() && c.document.opening != first->document.opening;
  });
  if (other == cited.end()) return;
  form.report(Code::form_citation, other->quote->place,
              {"文号的括号不统一：" + other->document.text + "，而 " + first->document.text,
               "brackets are mixed: " + other->document.text + " here, " + first->document.text +
                   " elsewhere"},
              {"文号年份用六角括号〔〕", "put the year in 〔〕 everywhere"});
}

void check_period(const Form& form) {
  const Declaration& d = form.declaration;
  const bool has_midterm =
      d.midterm_money ||
      std::any_of(form.indicators.begin(), form.indicators.end(),
                  [](const FiledIndicator& i) { return !i.midterm_target.empty(); });
  const std::optional<double> annual = money_of(d.annual_money);
  const std::optional<double> midterm = money_of(d.midterm_money);
  const std::optional<double> years = midterm_span(form);
  if (has_midterm && !d.midterm_years) {
    const text::Place& place = d.midterm_money ? d.midterm_money->place : d.place;
    Text guess = years ? Text{"，从资金看是 " + plain(*years) + " 年",
                              "; the money suggests " + plain(*years)}
                       : Text{};
    form.report(Code::form_blank, place,
                {"表中没有写明中期是几年" + guess.zh,
                 "the form does not say how many years its mid-term column covers" + guess.en},
                {"写明中期年限；项目文件中用 midterm_years",
                 "state the years; midterm_years in the project file"});
  }
  if (d.midterm_years && annual && midterm &&
      std::abs(*midterm - *d.midterm_years * *annual) > 1e-9 * *midterm) {
    form.report(Code::form_midterm, d.midterm_money->place,
                {"中期资金 " + d.midterm_money->text + " 不等于 " + plain(*d.midterm_years) +
                     " 年 × 年度资金 " + d.annual_money->text,
                 "the mid-term money, " + d.midterm_money->text + ", is not " +
                     plain(*d.midterm_years) + " years of " + d.annual_money->text});
  }
  if (!d.period) return;
  const int months = d.period->months();
  if (months < 1) {
    form.report(Code::form_period, d.period->place,
                {"项目期的结束早于开始", "the period ends before it begins"});
    return;
  }
  if (has_midterm && years && months < *years * 12) {
    const std::string money_zh = midterm && annual ? "（" + d.midterm_money->text + "，年度 " +
                                                         d.annual_money->text + "）"
                                                   : "";
    const std::string money_en = midterm && annual ? " (" + d.midterm_money->text + " against " +
                                                         d.annual_money->text + " a year)"
                                                   : "";
    form.report(
        Code::form_period, d.period->place,
        {"项目期为 " + std::to_string(months) + " 个月，中期一栏却是 " + plain(*years) + " 年的量" +
             money_zh,
         "the period is " + std::to_string(months) + " months, but the mid-term column is worth " +
             plain(*years) + " years" + money_en},
        {"项目期写到中期末，或删去中期一栏",
         "let the period reach the end of the mid-term, or drop the mid-term column"});
  }
  if (form.year != 0 && (form.year < d.period->from_year || form.year > d.period->to_year)) {
    form.report(Code::form_period, d.period->place,
                {"项目期不含申报年度 " + std::to_string(form.year),
                 "the period does not include the form's year, " + std::to_string(form.year)});
  }
}

void check_money_units(const Form& form) {
  const std::optional<Quote>& heading = form.declaration.heading_unit;
  if (!heading || blank(heading->text)) return;
  const std::optional<value::Unit> unit = value::Unit::parse(heading->text);
  if (!unit || !unit->is_money()) {
    form.report(
        Code::value_text, heading->place,
        {"'" + heading->text + "' 不是金额单位", "'" + heading->text + "' is no unit of money"},
        {"写 \"元\" 或 \"万元\"", "write \"元\" or \"万元\""});
    return;
  }
  const auto check = [&](const std::optional<Quote>& cell, const Text& column) {
    if (!cell) return;
    const std::optional<Field> field = value::read_field(cell->text);
    if (!field || field->kind != Kind::number || !field->unit.is_money() ||
        field->unit.exponent() == unit->exponent())
      return;
    form.report(Code::form_unit, cell->place,
                {column.zh + "填 " + cell->text + "，表头单位却是" + heading->text,
                 column.en + " says " + cell->text + " under a heading in " + heading->text},
                {"填 " + plain(field->low * std::pow(10.0, -unit->exponent())) + "，或改表头单位",
                 "write " + plain(field->low * std::pow(10.0, -unit->exponent())) +
                     ", or change the heading"});
  };
  check(form.declaration.annual_money, {"年度资金", "the annual money"});
  check(form.declaration.midterm_money, {"中期资金", "the mid-term money"});
}

void check_terms(const Form& form) {
  const std::array<std::pair<const std::optional<Quote>*, Text>, 2> goals{
      {{&form.declaration.annual_goals, {"年度目标", "the annual goals"}},
       {&form.declaration.midterm_goals, {"中期目标", "the mid-term goals"}}}};
  // What the money and the indicators speak of: only that is paid for.
  std::vector<std::string> paid;
  for (const ItemFact& item : form.items) paid.push_back(item.name.in(Language::zh));
  for (const FiledIndicator& indicator : form.indicators) {
    paid.push_back(name_as_filed(indicator));
    paid.push_back(indicator.midterm_name);
  }
  const auto is_paid = [&](const std::string& word) {
    return std::any_of(paid.begin(), paid.end(),
                       [&](const std::string& s) { return s.find(word) != std::string::npos; });
  };
  for (const std::vector<std::string>& group : form.declaration.distinct_terms) {
    for (const auto& [goal, where] : goals) {
      if (!*goal) continue;
      const Quote& quote = **goal;
      for (const std::string& word : group) {
        if (quote.text.find(word) == std::string::npos || is_paid(word)) continue;
        const auto other = std::find_if(group.begin(), group.end(), [&](const std::string& w) {
          return w != word && is_paid(w);
        });
        if (other == group.end()) continue;
        form.report(Code::form_wording, place_of_word(quote, word),
                    {where.zh + "写“" + word + "”，支出和指标只有“" + *other + "”，两者不是一回事",
                     where.en + " speak of " + word + ", but only " + *other +
                         " is paid for and measured: not the same thing"},
                    {"目标改写“" + *other + "”，或为“" + word + "”列支出和指标",
                     "say " + *other + " in the goals, or add money and an indicator for " + word});
      }
    }
  }
}

void check_blanks(const Form& form) {
  const Declaration& d = form.declaration;
  if (d.department && blank(d.department->text)) {
    form.report(Code::form_blank, d.department->place,
                {"主管部门及代码未填", "the supervising department and its code are left blank"},
                {"填写主管部门名称和部门代码", "fill in the department's name and code"});
  }
  if (form.indicators.empty()) return;
  struct Attribute {
    Text name;
    bool (*has)(const Form&, const FiledIndicator&);
  };
  const std::array<Attribute, 5> attributes{{
      {{"权重（分值）", "weight"},
       [](const Form&, const FiledIndicator& i) { return i.has_weight; }},
      {{"指标性质（≥ ≤ =）", "operator (≥ ≤ =)"},
       [](const Form& f, const FiledIndicator& i) {
         const std::optional<Field> field = read_target(f, i, target_as_filed(i));
         // A date is a deadline, and words have no operator: neither lacks one. Words in a number's
         // place are reported as such.
         return !field || field->kind != Kind::number || field->direction.has_value();
       }},
      {{"基期值", "baseline"}, [](const Form&, const FiledIndicator& i) { return i.has_baseline; }},
      {{"佐证来源", "source of evidence"},
       [](const Form&, const FiledIndicator& i) { return i.has_source; }},
      {{"计算方法", "calculation"},
       [](const Form&, const FiledIndicator& i) { return i.has_calculation; }},
  }};
  for (const Attribute& attribute : attributes) {
    std::vector<std::string> lacking;
    for (const FiledIndicator& indicator : form.indicators) {
      if (!attribute.has(form, indicator)) lacking.push_back(indicator.id);
    }
    if (lacking.empty()) continue;
    const std::string count = std::to_string(lacking.size()) + "/" +
                              std::to_string(form.indicators.size());
    const bool all = lacking.size() == form.indicators.size();
    const Text which = all ? Text{"全部指标", "every indicator"}
                           : Text{join(lacking, "、"), join(lacking, ", ")};
    form.report(Code::form_blank, d.place,
                {count + " 个指标没有" + attribute.name.zh + "：" + which.zh,
                 count + " indicators have no " + attribute.name.en + ": " + which.en});
  }
}

void check_code(const Form& form) {
  const Declaration& d = form.declaration;
  if (!d.code || blank(d.code->text)) return;
  const OrganisationCode code = read_organisation_code(d.code->text);
  const Text credit{"统一社会信用代码", "unified social credit code"};
  const Text organisation{"组织机构代码", "organisation code"};
  if (code.kind == CodeKind::other) {
    form.report(
        Code::form_wording, d.code->place,
        {"代码既不是 18 位统一社会信用代码，也不是 9 位组织机构代码",
         "neither an 18-character unified social credit code nor a 9-character organisation code"});
    return;
  }
  const Text& kind = code.kind == CodeKind::credit ? credit : organisation;
  if (!code.valid)
    form.report(Code::form_wording, d.code->place,
                {kind.zh + "的校验码不对", "the check character of the " + kind.en + " is wrong"},
                {"核对代码", "look the code up"});
  const Text& other = code.kind == CodeKind::credit ? organisation : credit;
  if (d.code_label && d.code_label->text.find(other.zh) != std::string::npos &&
      d.code_label->text.find(kind.zh) == std::string::npos) {
    form.report(Code::form_wording, d.code_label->place,
                {"标为" + other.zh + "，填的是" + kind.zh,
                 "labelled " + other.en + ", but it is a " + kind.en},
                {"标签改为" + kind.zh, "call it " + kind.zh});
  }
}

}  // namespace jixiao::project
