#include "filing/papers.hpp"
#include "filing/rendering.hpp"
#include "filing/words.hpp"
#include "value/rounding.hpp"

namespace jixiao::filing {
namespace {

// In one line of a table, and no markup.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "<br>";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      if (std::string_view("|*_`[]\\~").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& each : cells) out += " " + cell(each) + (each.empty() ? "|" : " |");
  return out + "\n";
}

std::string rule(std::size_t columns, std::size_t first_number, std::size_t last_number) {
  std::string out = "|";
  for (std::size_t i = 0; i < columns; ++i)
    out += i >= first_number && i <= last_number ? "---:|" : "---|";
  return out + "\n";
}

std::string number(std::optional<double> x, int digits) {
  return x ? value::plain(*x, digits) : std::string();
}

// Titles and notes as words; a table below each row of headings.
std::string audit_markdown(const Grid& grid) {
  std::string out;
  for (std::size_t at = 0; at < grid.cells.size();) {
    const GridCell& first = grid.cells[at];
    std::vector<std::string> cells;
    for (; at < grid.cells.size() && grid.cells[at].row == first.row; ++at)
      cells.push_back(grid.cells[at].text);
    if (first.role == Role::title)
      out += "## " + cell(first.text) + "\n\n";
    else if (first.role == Role::heading && cells.size() == 1)
      out += "\n### " + cell(first.text) + "\n\n";
    else if (cells.size() == 1)
      out += cell(first.text) + "\n\n";
    else
      out += row(cells) +
             (first.role == Role::heading ? rule(cells.size(), 99, 99) : std::string());
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

std::string money_markdown(const SelfEvaluation& form) {
  const auto in = [&](const word::Label& label) { return std::string(label.in(form.language)); };
  const bool zh = form.language == Language::zh;
  std::string out;
  out += row({in(word::money) + (zh ? "（" + form.money_unit + "）" : " (" + form.money_unit + ")"),
              in(word::initial), in(word::adjusted), in(word::executed), in(word::weight),
              in(word::rate), in(word::points)}) +
         rule(7, 1, 6);
  for (const MoneyLine& line : form.money) {
    const auto scaled = [&](std::optional<double> yuan) {
      return yuan ? number(*yuan / form.money_scale, 6) : std::string();
    };
    out += row({line.name, scaled(line.initial), scaled(line.adjusted), scaled(line.executed),
                number(line.weight, 4), line.rate ? number(line.rate, 2) + "%" : std::string(),
                number(line.points, 4)});
  }
  return out;
}

// Adjustments, rating, rule set and notes.
std::string foot_markdown(const SelfEvaluation& form) {
  const auto in = [&](const word::Label& label) { return std::string(label.in(form.language)); };
  const bool zh = form.language == Language::zh;
  std::string out;
  for (const auto& [name, effect] : form.adjustments)
    out += "- " + cell(name) + ": " + cell(effect) + "\n";
  if (!form.rating.empty())
    out += "- " + in(word::rating) + (zh ? "：" : ": ") + "**" + cell(form.rating) + "**\n";
  out += "- " + in(word::rules) + (zh ? "：" : ": ") + cell(form.rules) + (zh ? "（" : " (") +
         cell(form.rules_title) + (zh ? "）" : ")") + "\n";
  for (const std::string& note : form.notes) out += "- " + cell(note) + "\n";
  return out;
}

std::string sum_row(const SelfEvaluation& form, std::size_t columns, std::size_t weight) {
  std::vector<std::string> sums(columns);
  sums[0] = word::total.in(form.language);
  sums[weight] = value::plain(form.scale, 4);
  if (form.total) sums[weight + 1] = value::fixed(*form.total, form.digits);
  return row(sums) + "\n";
}

// The rows of a scoring table, and what stands below them.
std::string scored_markdown(const SelfEvaluation& form) {
  const auto in = [&](const word::Label& label) { return std::string(label.in(form.language)); };
  std::string out = row({in(word::level_1), in(word::level_2), in(word::level_3), in(word::rule),
                         in(word::weight), in(word::points), in(word::reason)}) +
                    rule(7, 4, 5);
  for (const IndicatorLine& line : form.lines)
    out += row({line.block_rows > 0 ? line.block : std::string(),
                line.type_rows > 0 ? line.type : std::string(), line.name, line.rule,
                number(line.weight, 4), number(line.points, 4), line.reason});
  for (const EventRow& event : form.events)
    out += row({event.block, "", event.name, event.rule, event.limit, event.points, event.reason});
  return out + sum_row(form, 7, 4) + foot_markdown(form);
}

}  // namespace

std::string form_markdown(const SelfEvaluation& form, const Grid& audit) {
  const auto in = [&](const word::Label& label) { return std::string(label.in(form.language)); };
  const bool zh = form.language == Language::zh;
  std::string out = "# " + in(form.scoring ? word::scoring_title : word::form_title) +
                    (zh ? "（" : " (") + std::to_string(form.year) + (zh ? "年度）\n\n" : ")\n\n");
  if (form.illustrative)
    out += "> **" + std::string(page::word::illustrative_banner.in(form.language)) + "**\n\n";
  out += row({in(word::project), form.project}) + rule(2, 9, 9) +
         row({in(word::department), form.department}) + row({in(word::unit), form.unit}) + "\n";
  if (!form.scoring || has_money(form)) out += money_markdown(form);
  if (!form.scoring || !form.goal.empty() || !form.reached.empty())
    out += "\n" + row({in(word::expected), in(word::reached)}) + rule(2, 9, 9) +
           row({form.goal, form.reached});
  out += "\n";
  if (form.scoring) return out + scored_markdown(form) + "\n" + audit_markdown(audit);
  std::vector<std::string> headings{in(word::level_1), in(word::level_2), in(word::level_3),
                                    in(word::target),  in(word::actual),  in(word::weight),
                                    in(word::points)};
  if (form.has_rules) headings.push_back(in(word::rule));
  headings.push_back(in(word::reason));
  out += row(headings) + rule(headings.size(), 5, 6);
  for (const IndicatorLine& line : form.lines) {
    std::vector<std::string> cells{line.block_rows > 0 ? line.block : std::string(),
                                   line.type_rows > 0 ? line.type : std::string(),
                                   line.name,
                                   line.target,
                                   line.actual,
                                   number(line.weight, 4),
                                   number(line.points, 4)};
    if (form.has_rules) cells.push_back(line.rule);
    cells.push_back(line.reason);
    out += row(cells);
  }
  for (const EventRow& event : form.events) {
    std::vector<std::string> cells{event.block, "",          event.name,  event.rule,
                                   event.count, event.limit, event.points};
    if (form.has_rules) cells.emplace_back();
    cells.push_back(event.reason);
    out += row(cells);
  }
  out += sum_row(form, headings.size(), 5);
  return out + foot_markdown(form) + "\n" + audit_markdown(audit);
}

}  // namespace jixiao::filing
