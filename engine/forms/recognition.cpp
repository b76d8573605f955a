#include "forms/recognition.hpp"

#include <algorithm>

#include "forms/form_rows.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::forms {
namespace {

using text::Code;

bool has_label(const Table& table, std::size_t row, Label wanted) {
  const auto cells = table.row(row);
  return std::any_of(cells.begin(), cells.end(),
                     [&](const DocumentCell* cell) { return label_of(cell->text) == wanted; });
}

bool has_title(const Table& table, std::size_t row) {
  const auto cells = table.row(row);
  return std::any_of(cells.begin(), cells.end(),
                     [](const DocumentCell* cell) { return is_title(cell->text); });
}

// Rows that belong together: a form, or what stands before one.
struct Stretch {
  RowRange rows;
  std::vector<IndicatorHeading> headings;
  bool names_project = false;
};

std::vector<Stretch> stretches(const Document& document) {
  std::vector<Stretch> out;
  for (const Table& table : document.tables) {
    if (table.rows() == 0) continue;
    Stretch now{{&table, 1, 0}, {}, false};
    for (std::size_t row = 1; row <= table.rows(); ++row) {
      const bool names = has_label(table, row, Label::project);
      if ((names || has_title(table, row)) && !now.headings.empty()) {
        out.push_back(std::move(now));
        now = {{&table, row, row}, {}, false};
      }
      now.names_project = now.names_project || names;
      now.rows.last = row;
      if (auto heading = indicator_heading(table, row)) {
        row = now.rows.last = heading->last_row;
        now.headings.push_back(std::move(*heading));
      }
    }
    out.push_back(std::move(now));
  }
  return out;
}

class Recogniser {
 public:
  Recogniser(const Document& document, std::vector<Diagnostic>& diagnostics)
      : document_(document), diagnostics_(diagnostics) {}

  std::vector<Form> run() {
    std::vector<Stretch> before;
    for (Stretch& stretch : stretches(document_)) {
      if (stretch.headings.empty()) {
        before.push_back(std::move(stretch));
        continue;
      }
      const bool goes_on = !forms_.empty() && !stretch.names_project && before.empty() &&
                           !document_.worksheets;
      if (!goes_on) begin(before, stretch);
      read_rows(stretch);
      before.clear();
    }
    finish(before);
    return std::move(forms_);
  }

 private:
  void begin(const std::vector<Stretch>& before, const Stretch& stretch) {
    Form& form = forms_.emplace_back();
    form.file = document_.file;
    // What stands before the tables speaks of the first form that follows.
    std::vector<const Paragraph*> words;
    const std::size_t first_table = before.empty() ? stretch.rows.table->number()
                                                   : before.front().rows.table->number();
    for (const Paragraph& paragraph : document_.paragraphs) {
      if (paragraph.number > last_paragraph_ &&
          paragraph.tables_before < std::max(first_table, stretch.rows.table->number()))
        words.push_back(&paragraph);
    }
    if (!words.empty()) last_paragraph_ = words.back()->number;
    read_labels(stretch.rows, form);
    read_goals(stretch.rows, form);
    read_money(stretch.rows, form);
    for (auto each = before.rbegin(); each != before.rend(); ++each) {
      if (stretch.names_project && document_.worksheets) break;  // another sheet, another matter
      read_labels(each->rows, form);
      read_goals(each->rows, form);
      read_money(each->rows, form);
    }
    read_paragraphs(words, form);
  }

  void read_rows(const Stretch& stretch) {
    Form& form = forms_.back();
    for (std::size_t i = 0; i < stretch.headings.size(); ++i) {
      const std::size_t last = i + 1 < stretch.headings.size()
                                   ? stretch.headings[i + 1].first_row - 1
                                   : stretch.rows.last;
      const IndicatorHeading& heading = stretch.headings[i];
      read_indicators(*stretch.rows.table, heading, last, form, diagnostics_);
      const bool reports = heading.of(Column::actual).there() || heading.of(Column::points).there();
      if (reports) form.kind = FormKind::self_evaluation;
    }
  }

  void finish(const std::vector<Stretch>& behind) {
    if (!forms_.empty()) {
      for (const Stretch& stretch : behind) {
        if (!document_.worksheets) read_labels(stretch.rows, forms_.back());
      }
    }
    std::erase_if(forms_, [](const Form& form) { return form.indicators.empty(); });
    if (!forms_.empty()) return;
    std::size_t rows = 0;
    for (const Table& table : document_.tables) rows += table.rows();
    const std::string tables = std::to_string(document_.tables.size());
    diagnostics_.push_back(text::diagnose_file(
        Code::form_none, document_.file,
        {"共 " + tables + " 张表、" + std::to_string(rows) +
             " 行，没有找到带“三级指标”和“指标值”两个表头并有指标的绩效表",
         tables + " tables with " + std::to_string(rows) +
             " rows, and none with the headings 三级指标 and 指标值 over indicators"},
        {"检查表头；扫描件或图片中的表须先转成文字",
         "check the headings; a scanned form must be turned into text first"}));
  }

  const Document& document_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<Form> forms_;
  std::size_t last_paragraph_ = 0;
};

}  // namespace

std::vector<Form> recognise(const Document& document, std::vector<Diagnostic>& diagnostics) {
  return Recogniser(document, diagnostics).run();
}

}  // namespace jixiao::forms
