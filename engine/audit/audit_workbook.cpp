#include <algorithm>
#include <cmath>

#include "jixiao/audit.hpp"
#include "text/source.hpp"
#include "workbook/workbook.hpp"

namespace jixiao {
namespace {

using workbook::Look;
using workbook::Sheet;

struct Column {
  Text title;
  double width;
};

class AuditBook {
 public:
  AuditBook(const AuditReport& report, Language language) : report_(report), language_(language) {
    head_.bold = true;
    head_.border = true;
    head_.wrap = true;
    head_.across = workbook::Across::centre;
    head_.fill = 0xE8EEF4;
    cell_.border = true;
    cell_.wrap = true;
    cell_.top = true;
  }

  workbook::Workbook make() {
    book_.title = say({"绩效表审核", "Audit of forms"});
    put_forms();
    put_findings();
    put_points();
    put_kinds();
    return std::move(book_);
  }

 private:
  [[nodiscard]] std::string say(const Text& text) const { return text.in(language_); }
  [[nodiscard]] std::string severity(Severity severity) const {
    return severity == Severity::error     ? say({"错误", "error"})
           : severity == Severity::warning ? say({"警告", "warning"})
                                           : say({"提示", "note"});
  }
  static std::string name(const AuditedForm& form) {
    // A workbook travels, folders stay.
    const std::string file = form.file.substr(form.file.find_last_of('/') + 1);
    return form.number == 0 ? file : file + " (" + std::to_string(form.number) + ")";
  }

  Sheet& begin(const Text& title, std::initializer_list<Column> columns) {
    Sheet& sheet = book_.sheet(say(title));
    std::size_t at = 0;
    for (const Column& column : columns) {
      sheet.text(1, ++at, say(column.title), head_);
      sheet.width(at, column.width);
    }
    sheet.freeze(1);
    sheet.page.landscape = true;
    sheet.page.repeated_rows = 1;
    sheet.page.footer = "&P / &N";
    row_ = 1;
    return sheet;
  }

  void put_forms() {
    Sheet& sheet = begin({"各表概览", "Forms"}, {{{"文件", "file"}, 34},
                                                 {{"项目", "project"}, 28},
                                                 {{"单位", "unit"}, 22},
                                                 {{"年度", "year"}, 8},
                                                 {{"规则集", "rule set"}, 16},
                                                 {{"错误", "errors"}, 8},
                                                 {{"警告", "warnings"}, 9},
                                                 {{"提示", "notes"}, 8},
                                                 {{"表上总分", "total printed"}, 11},
                                                 {{"按规则重算", "by the rules"}, 11},
                                                 {{"差", "difference"}, 9},
                                                 {{"等级", "rating"}, 9},
                                                 {{"应为", "due"}, 9}});
    for (const AuditedForm& form : report_.forms) {
      ++row_;
      sheet.text(row_, 1, name(form), cell_);
      if (!form.read) {
        sheet.text(row_, 2, say({"读不了", "not read"}), warn());
        continue;
      }
      sheet.text(row_, 2, form.project, cell_);
      sheet.text(row_, 3, form.unit, cell_);
      sheet.text(row_, 4, form.year, cell_);
      sheet.text(row_, 5, form.rules, cell_);
      const std::size_t errors = form.count(Severity::error);
      sheet.number(row_, 6, static_cast<double>(errors), errors > 0 ? warn() : cell_);
      sheet.number(row_, 7, static_cast<double>(form.count(Severity::warning)), cell_);
      sheet.number(row_, 8, static_cast<double>(form.count(Severity::note)), cell_);
      sheet.number(row_, 9, form.total_printed, points());
      sheet.number(row_, 10, form.total_computed, points());
      if (form.total_printed && form.total_computed)
        sheet.number(row_, 11, *form.total_printed - *form.total_computed, points());
      sheet.text(row_, 12, form.rating_printed, cell_);
      sheet.text(row_, 13, say(form.rating_due), cell_);
    }
  }

  void put_findings() {
    Sheet& sheet = begin({"问题清单", "Findings"}, {{{"文件", "file"}, 30},
                                                    {{"项目", "project"}, 22},
                                                    {{"级别", "severity"}, 8},
                                                    {{"检查项", "check"}, 18},
                                                    {{"位置", "where"}, 20},
                                                    {{"指标", "row"}, 22},
                                                    {{"问题", "finding"}, 48},
                                                    {{"表上写", "printed"}, 16},
                                                    {{"推算应为", "follows"}, 16},
                                                    {{"最小的解释", "smallest explanation"}, 36}});
    for (const AuditedForm& form : report_.forms) {
      for (const AuditFinding& finding : form.findings) {
        ++row_;
        std::size_t at = 0;
        double lines = 1;
        for (const std::string& words :
             {name(form), form.project, severity(finding.severity), finding.check,
              say(finding.place.where), finding.subject, say(finding.message), finding.printed,
              finding.computed, say(finding.explanation)}) {
          constexpr double widths[] = {30, 22, 8, 18, 20, 22, 48, 16, 16, 36};  // as begun above
          lines = std::max(
              lines, std::ceil(static_cast<double>(text::display_width(words)) / (widths[at] - 1)));
          ++at;
          sheet.text(row_, at, words,
                     at == 3 && finding.severity == Severity::error ? warn() : cell_);
        }
        // Not every program makes room for wrapped text by itself.
        constexpr double line_height = 15;
        if (lines > 1) sheet.height(row_, line_height * lines);
      }
      if (form.read) continue;
      for (const Diagnostic& why : form.diagnostics) {
        ++row_;
        sheet.text(row_, 1, name(form), cell_);
        sheet.text(row_, 3, severity(why.severity), warn());
        sheet.text(row_, 4, why.code, cell_);
        sheet.text(row_, 7, say(why.message), cell_);
        sheet.text(row_, 10, say(why.help), cell_);
      }
    }
  }

  void put_points() {
    Sheet& sheet = begin({"得分对照", "Points"}, {{{"文件", "file"}, 30},
                                                  {{"项目", "project"}, 22},
                                                  {{"指标", "row"}, 26},
                                                  {{"目标", "target"}, 14},
                                                  {{"实际", "actual"}, 14},
                                                  {{"分值", "weight"}, 8},
                                                  {{"自评", "reported"}, 9},
                                                  {{"重算", "computed"}, 9},
                                                  {{"差", "difference"}, 9},
                                                  {{"方法或解释", "method or explanation"}, 44}});
    for (const AuditedForm& form : report_.forms) {
      for (const AuditedRow& row : form.rows) {
        if (!row.reported && !row.computed) continue;
        ++row_;
        std::size_t at = 0;
        for (const std::string& text : {name(form), form.project, row.name, row.target, row.actual})
          sheet.text(row_, ++at, text, cell_);
        sheet.number(row_, 6, row.weight, points());
        sheet.number(row_, 7, row.reported, points());
        sheet.number(row_, 8, row.computed, points());
        const double gap = row.reported && row.computed ? *row.reported - *row.computed : 0;
        if (row.reported && row.computed)
          sheet.number(row_, 9, gap, std::abs(gap) > 0.005 ? warn_points() : points());
        sheet.text(row_, 10, say(row.explanation.empty() ? row.method : row.explanation), cell_);
      }
    }
  }

  void put_kinds() {
    Sheet& sheet = begin({"问题种类", "Kinds"}, {{{"检查项", "check"}, 16},
                                                 {{"说明", "what it is"}, 48},
                                                 {{"问题数", "findings"}, 10},
                                                 {{"涉及表数", "forms"}, 10}});
    for (const AuditCount& count : report_.counts) {
      ++row_;
      sheet.text(row_, 1, count.check, cell_);
      for (const AuditCheck& check : audit_checks()) {
        if (check.id == count.check) sheet.text(row_, 2, say(check.title), cell_);
      }
      sheet.number(row_, 3, static_cast<double>(count.findings), cell_);
      sheet.number(row_, 4, static_cast<double>(count.forms), cell_);
    }
    if (row_ > 1) sheet.bars({{2, 3, row_ - 1, 1}});
  }

  [[nodiscard]] Look points() const {
    Look out = cell_;
    out.format = "0.00##";
    return out;
  }
  [[nodiscard]] Look warn() const {
    Look out = cell_;
    out.bold = true;
    out.ink = 0xB34700;
    return out;
  }
  [[nodiscard]] Look warn_points() const {
    Look out = points();
    out.ink = 0xB34700;
    return out;
  }

  const AuditReport& report_;
  Language language_;
  Look head_, cell_;
  workbook::Workbook book_;
  std::size_t row_ = 1;
};

}  // namespace

Checked<std::string> audit_workbook(const AuditReport& report, Language language,
                                    const std::string& file) {
  std::vector<Diagnostic> diagnostics;
  auto bytes = workbook::to_xlsx(AuditBook(report, language).make(), file, diagnostics);
  if (!bytes) return diagnostics;
  return {std::move(*bytes), std::move(diagnostics)};
}

}  // namespace jixiao
