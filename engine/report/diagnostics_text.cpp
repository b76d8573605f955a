#include <algorithm>

#include <fmt/core.h>

#include "page/document.hpp"
#include "page/numbers.hpp"
#include "page/page_name.hpp"
#include "page/table.hpp"
#include "report/rendering.hpp"
#include "text/source.hpp"

namespace jixiao::report {

using namespace page;
namespace {

using text::display_width;

// A source line as the terminal shows it, with the stretch to underline in terminal columns.
struct Excerpt {
  std::string text;
  std::size_t before = 0;  // columns left of the caret
  std::size_t under = 1;   // columns of the underline
};

constexpr std::size_t tab_columns = 4;

struct Character {
  std::string shown;
  std::size_t width = 0;
};

std::vector<Character> characters_of(std::string_view line) {
  std::vector<Character> out;
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t bytes = std::max<std::size_t>(text::prefix_bytes(line.substr(at), 1), 1);
    Character character{std::string(line.substr(at, bytes))};
    if (character.shown == "\t") {
      character.width = tab_columns - column % tab_columns;
      character.shown = std::string(character.width, ' ');
    } else {
      character.shown = terminal_safe(one_line(character.shown), false);
      character.width = display_width(character.shown);
    }
    column += character.width;
    out.push_back(std::move(character));
    at += bytes;
  }
  return out;
}

Excerpt excerpt(const Diagnostic& diagnostic, std::size_t columns) {
  const std::vector<Character> line = characters_of(diagnostic.source_line);
  const std::size_t caret =
      std::min(diagnostic.column > 0 ? diagnostic.column - 1 : 0, line.size());
  const std::size_t end =
      std::min(caret + std::max<std::size_t>(diagnostic.length, 1), std::max(line.size(), caret));
  const auto width = [&](std::size_t from, std::size_t to) {
    std::size_t sum = 0;
    for (std::size_t i = from; i < to; ++i) sum += line[i].width;
    return sum;
  };
  // Too long a line is cut on both sides, about a third of the room left of the caret.
  std::size_t first = 0;
  std::size_t last = line.size();
  const bool cut = width(0, last) > columns && columns > 8;
  if (cut) {
    const std::size_t room = columns - 2;  // for an ellipsis on either side
    first = caret;
    std::size_t used = 0;
    while (first > 0 && used + line[first - 1].width <= room / 3) used += line[--first].width;
    last = caret;
    while (last < line.size() && used + line[last].width <= room) used += line[last++].width;
    while (first > 0 && used + line[first - 1].width <= room) used += line[--first].width;
  }
  Excerpt out;
  if (cut && first > 0) out.text = "…";
  for (std::size_t i = first; i < last; ++i) out.text += line[i].shown;
  if (cut && last < line.size()) out.text += "…";
  out.before = (cut && first > 0 ? 1 : 0) + width(first, std::min(caret, last));
  out.under = std::max<std::size_t>(width(std::min(caret, last), std::min(end, last)), 1);
  return out;
}

std::string place_of(const Diagnostic& diagnostic) {
  std::string out = one_line(diagnostic.file);
  if (diagnostic.line > 0) out += fmt::format("{}{}", out.empty() ? "" : ":", diagnostic.line);
  if (diagnostic.line > 0 && diagnostic.column > 0) out += fmt::format(":{}", diagnostic.column);
  return out;
}

}  // namespace

std::string diagnostics_text(std::span<const Diagnostic> diagnostics, const Style& style,
                             bool counted) {
  const Language language = style.language;
  const TerminalStyle terminal(style.colour);
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    const Color color = diagnostic.severity == Severity::error     ? Color::red
                        : diagnostic.severity == Severity::warning ? Color::yellow
                                                                   : Color::cyan;
    const std::string place = place_of(diagnostic);
    if (!place.empty()) out += terminal(place + ":", Color::bold) + " ";
    out += terminal(fmt::format("{}[{}]:", severity_text(diagnostic.severity, language),
                                diagnostic.code),
                    color) +
           " " + one_line(diagnostic.message.in(language)) + '\n';
    const std::string number = diagnostic.line > 0 ? std::to_string(diagnostic.line) : "";
    const std::size_t gutter = std::max<std::size_t>(number.size(), 5);
    if (diagnostic.line > 0 && !diagnostic.source_line.empty()) {
      const Excerpt shown =
          excerpt(diagnostic, style.width > gutter + 12 ? style.width - gutter - 4 : 8);
      out += terminal(padded_left(number, gutter) + " |", Color::dim) + " " + shown.text + '\n';
      if (diagnostic.column > 0) {
        out += terminal(std::string(gutter, ' ') + " |", Color::dim) + " " +
               std::string(shown.before, ' ') +
               terminal("^" + std::string(shown.under - 1, '~'), color) + '\n';
      }
    }
    if (!diagnostic.help.empty()) {
      out += std::string(gutter + 1, ' ') +
             terminal(fmt::format("{}:", word::help.in(language)), Color::green) + " " +
             one_line(diagnostic.help.in(language)) + '\n';
    }
    out += '\n';
  }
  if (!counted) return out;
  const bool errors = std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) {
    return d.severity == Severity::error;
  });
  return out + terminal(count_text(diagnostics, language), errors ? Color::red : Color::none) +
         '\n';
}

Document diagnostics_document(std::span<const Diagnostic> diagnostics, Language language) {
  Document out;
  out.title = word::findings.in(language);
  if (!diagnostics.empty()) {
    const auto say = [&](const Label& label) { return std::string(label.in(language)); };
    Grid grid;
    grid.columns = {{say(word::severity)},
                    {say(word::code), false, true},
                    {say(word::place), false, true},
                    {say(word::message)},
                    {say(word::help)}};
    for (const Diagnostic& d : diagnostics) {
      grid.rows.push_back({std::string(severity_text(d.severity, language)), d.code,
                           page_name(place_of(d)), d.message.in(language), d.help.in(language)});
    }
    out.grid(std::move(grid));
  }
  out.paragraph(count_text(diagnostics, language));
  return out;
}

}  // namespace jixiao::report
