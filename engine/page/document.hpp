// A report as headings, labelled lines and tables, before it takes a format.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "jixiao/report.hpp"

namespace jixiao::page {

enum class FactKind {
  plain,
  code,
  loss,
  place
};  // place: a file and a line; pages leave its folders out
struct Fact {
  std::string label;
  std::string text;
  FactKind kind = FactKind::plain;
};

struct Grid {
  struct Head {
    std::string title;
    bool number = false;  // right-aligned
    bool code = false;    // formulas and ids
    bool bar = false;     // drawn by bar(); has no title

    static Head of_bars() { return {{}, false, false, true}; }
  };
  std::vector<Head> columns;
  std::vector<std::vector<std::string>> rows;
};

// Plain text throughout; each format escapes it.
struct Document {
  struct Part {
    enum class Kind { heading, paragraph, banner, facts, grid } kind;
    int level = 2;
    std::string text;
    std::vector<Fact> facts;
    Grid grid;
  };
  std::string title;
  std::vector<Part> parts;

  void heading(std::string text, int level = 2) {
    parts.push_back({Part::Kind::heading, level, std::move(text), {}, {}});
  }
  void paragraph(std::string text) {
    parts.push_back({Part::Kind::paragraph, 0, std::move(text), {}, {}});
  }
  void banner(std::string text) {
    parts.push_back({Part::Kind::banner, 0, std::move(text), {}, {}});
  }
  void facts(std::vector<Fact> facts) {
    parts.push_back({Part::Kind::facts, 0, {}, std::move(facts), {}});
  }
  void grid(Grid grid);  // columns without any text are left out
};

// Labels in one column, texts wrapped beside them.
std::string facts_text(const std::vector<Fact>& facts, const Style& style);
std::string document_text(const Document& document, const Style& style);
std::string document_markdown(const Document& document);
std::string part_html(const Document::Part& part);
std::string document_html(const Document& document, Language language);  // a whole page

// Text as a paragraph, or a cell, of Markdown: nothing in it is markup, line ends become spaces.
std::string markdown_escaped(std::string_view text);
std::string markdown_code(std::string_view text);

}  // namespace jixiao::page
