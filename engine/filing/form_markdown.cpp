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

}  // namespace

std::string form_markdown(const SelfEvaluation& form, const Grid& audit) {
  const auto in = [&](const word::Label& label) { return std::string(label.in(form.language)); };
  const bool zh = form.language == Language::zh;
  std::string out = "# " + in(word::form_title) + (zh ? "（" : " (") + std::to_string(form.year) +
                    (zh ? "年度）\n\n" : ")\n\n");
  if (form.illustrative)
    out += "> **" + std::string(page::word::illustrative_banner.in(form.language)) + "**\n\n";
  out += row({in(word::project), form.project}) + rule(2, 9, 9) +
         row({in(word::department), form.department}) + row({in(word::unit), form.unit}) + "\n";
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
  out += "\n" + row({in(word::expected), in(word::reached)}) + rule(2, 9, 9) +
         row({form.goal, form.reached}) + "\n";
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
  std::vector<std::string> sums(headings.size());
  sums[0] = in(word::total);
  sums[5] = value::plain(form.scale, 4);
  if (form.total) sums[6] = value::fixed(*form.total, form.digits);
  out += row(sums) + "\n";
  for (const auto& [name, effect] : form.adjustments)
    out += "- " + cell(name) + ": " + cell(effect) + "\n";
  if (!form.rating.empty())
    out += "- " + in(word::rating) + (zh ? "：" : ": ") + "**" + cell(form.rating) + "**\n";
  out += "- " + in(word::rules) + (zh ? "：" : ": ") + cell(form.rules) + (zh ? "（" : " (") +
         cell(form.rules_title) + (zh ? "）" : ")") + "\n";
  for (const std::string& note : form.notes) out += "- " + cell(note) + "\n";
  return out + "\n" + audit_markdown(audit);
}

}  // namespace jixiao::filing
