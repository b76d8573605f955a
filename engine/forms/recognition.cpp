#include "forms/recognition.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "document/readers.hpp"
#include "forms/form_rows.hpp"
#include "text/diagnostics.hpp"
#include "value/field.hpp"

namespace jixiao::forms {
namespace {

using text::Code;

bool has_label(const Table& table, std::size_t row, Label wanted) {
  const auto cells = table.row(row);
  return std::any_of(cells.begin(), cells.end(),
                     [&](const DocumentCell* cell) { return label_of(cell->text) == wanted; });
}

// A title stands alone in its row; an indicator may be called by one (编制绩效目标申报表数量).
bool has_title(const Table& table, std::size_t row) {
  const DocumentCell* only = nullptr;
  for (const DocumentCell* cell : table.row(row)) {
    if (cell->text.empty()) continue;
    if (only != nullptr) return false;
    only = cell;
  }
  return only != nullptr && is_title(only->text);
}

// Rows that belong together: a form, or what stands before one.
struct Stretch {
  RowRange rows;
  std::vector<IndicatorHeading> headings;
  bool names_project = false;
};

std::vector<Stretch> stretches(const Document& document, const GivenColumns& given) {
  std::vector<Stretch> out;
  for (const Table& table : document.tables) {
    if (table.rows() == 0) continue;
    if (given.there()) {
      Stretch whole{{&table, 1, table.rows()}, {}, false};
      if (auto heading = given_heading(table, given)) whole.headings.push_back(std::move(*heading));
      out.push_back(std::move(whole));
      continue;
    }
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
        // A scoring table and a form with targets are two.
        if (!now.headings.empty() && now.headings.back().scoring != heading->scoring) {
          now.rows.last = row - 1;
          out.push_back(std::move(now));
          now = {{&table, row, row}, {}, false};
        }
        row = now.rows.last = heading->last_row;
        now.headings.push_back(std::move(*heading));
      }
    }
    out.push_back(std::move(now));
  }
  return out;
}

// Beside a form with blocks and types a table of names and points alone is its calculation or its
// summary, not another form.
void drop_flat_headings(std::vector<Stretch>& all) {
  const auto flat = [](const IndicatorHeading& heading) { return heading.flat && !heading.given; };
  const bool levels = std::any_of(all.begin(), all.end(), [&](const Stretch& stretch) {
    return std::any_of(stretch.headings.begin(), stretch.headings.end(),
                       [&](const IndicatorHeading& each) { return !flat(each); });
  });
  if (!levels) return;
  for (Stretch& stretch : all) std::erase_if(stretch.headings, flat);
}

class Recogniser {
 public:
  // `upright`: the document as it stands, where `document` has tables on their side.
  Recogniser(const Document& document, const Document* upright, const GivenColumns& given,
             std::vector<Diagnostic>& diagnostics)
      : document_(document), upright_(upright), given_(given), diagnostics_(diagnostics) {}

  std::vector<Form> run() {
    std::vector<Stretch> before;
    std::vector<Stretch> all = stretches(document_, given_);
    drop_flat_headings(all);
    for (Stretch& stretch : all) {
      if (stretch.headings.empty()) {
        if (before.empty() && goes_on_with(stretch)) {
          read_on(*stretch.rows.table, *last_heading_, forms_.back(), diagnostics_);
          ranges_.back().push_back(stretch.rows);
          continue;
        }
        before.push_back(std::move(stretch));
        continue;
      }
      const bool goes_on = !forms_.empty() && !stretch.names_project && before.empty() &&
                           !document_.worksheets && last_heading_ &&
                           last_heading_->scoring == stretch.headings.front().scoring;
      if (!goes_on) begin(before, stretch);
      read_rows(stretch);
      before.clear();
    }
    finish(before);
    return std::move(forms_);
  }

 private:
  // A table cut in two by a page.
  [[nodiscard]] bool goes_on_with(const Stretch& stretch) const {
    if (forms_.empty() || document_.worksheets || !last_heading_ || stretch.names_project)
      return false;
    const Table& table = *stretch.rows.table;
    return stretch.rows.first == 1 && table.columns() == last_columns_ && !has_title(table, 1) &&
           forms::goes_on(table, *last_heading_);
  }

  void begin(const std::vector<Stretch>& before, const Stretch& stretch) {
    Form& form = forms_.emplace_back();
    ranges_.emplace_back();
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
    read_head(stretch.rows, form);
    if (upright_ != nullptr) {
      // Upright, 自评得分 is the heading of a row of points, not the label of the total.
      const Field total = form.total;
      for (const Table& table : upright_->tables) {
        if (table.number() == stretch.rows.table->number())
          read_head({&table, 1, table.rows()}, form);
      }
      form.total = total;
    }
    for (auto each = before.rbegin(); each != before.rend(); ++each) {
      if (stretch.names_project && document_.worksheets) break;  // another sheet, another matter
      read_head(each->rows, form);
      ranges_.back().push_back(each->rows);
    }
    read_paragraphs(words, form);
  }

  static void read_head(const RowRange& rows, Form& form) {
    read_labels(rows, form);
    read_goals(rows, form);
    read_money(rows, form);
  }

  static std::string year_of(const Form& form) {
    if (!form.year.blank()) return form.year.text;
    return year_in(form.period_to.blank() ? form.period_from.text : form.period_to.text);
  }

  void read_rows(const Stretch& stretch) {
    Form& form = forms_.back();
    ranges_.back().push_back(stretch.rows);
    for (std::size_t i = 0; i < stretch.headings.size(); ++i) {
      const std::size_t last = i + 1 < stretch.headings.size()
                                   ? stretch.headings[i + 1].first_row - 1
                                   : stretch.rows.last;
      IndicatorHeading heading = stretch.headings[i];
      choose_columns(heading, year_of(form), form.map);
      read_indicators(*stretch.rows.table, heading, last, form, diagnostics_);
      form.scoring = heading.scoring;
      const bool reports = heading.of(Column::actual).there() || heading.of(Column::points).there();
      if (reports) form.kind = FormKind::self_evaluation;
      last_heading_ = std::move(heading);
      last_columns_ = stretch.rows.table->columns();
    }
  }

  void finish(const std::vector<Stretch>& behind) {
    if (!forms_.empty()) {
      for (const Stretch& stretch : behind) {
        if (document_.worksheets) continue;
        read_labels(stretch.rows, forms_.back());
        ranges_.back().push_back(stretch.rows);
      }
    }
    for (std::size_t i = 0; i < forms_.size(); ++i) {
      join_long_term(forms_[i]);
      account_for(ranges_[i], forms_[i]);
    }
    std::erase_if(forms_, [](const Form& form) { return form.indicators.empty(); });
  }

  // Long-term indicators beside those of the year are their mid-term targets; alone, they are the
  // form's.
  static void join_long_term(Form& form) {
    if (form.indicators.empty()) {
      form.indicators = std::move(form.longterm);
      form.longterm.clear();
      return;
    }
    for (const IndicatorRow& row : form.longterm) {
      const auto annual = std::find_if(
          form.indicators.begin(), form.indicators.end(), [&](const IndicatorRow& each) {
            return folded(each.name.text) == folded(row.name.text) && each.midterm_target.blank();
          });
      if (annual == form.indicators.end()) continue;
      annual->midterm_target = row.target;
    }
  }

  const Document& document_;
  const Document* upright_;
  const GivenColumns& given_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<Form> forms_;
  std::vector<std::vector<RowRange>> ranges_;  // of each form
  std::optional<IndicatorHeading> last_heading_;
  std::size_t last_columns_ = 0;
  std::size_t last_paragraph_ = 0;
};

struct Nearest {
  const Table* table = nullptr;
  std::size_t row = 0, known = 0;
  std::vector<HeadingCell> cells;
};

// The row with the most headings of indicators.
Nearest nearest_heading(const Document& document) {
  Nearest out;
  for (const Table& table : document.tables) {
    for (std::size_t row = 1; row <= std::min<std::size_t>(table.rows(), 500); ++row) {
      std::vector<HeadingCell> cells = headings_in(table, row);
      const auto known = static_cast<std::size_t>(std::count_if(
          cells.begin(), cells.end(),
          [](const HeadingCell& cell) { return cell.role || may_head_names(cell.text); }));
      if (known > out.known) out = {&table, row, known, std::move(cells)};
    }
  }
  return out;
}

void refuse_without_form(const Document& document, std::vector<Diagnostic>& diagnostics) {
  std::size_t rows = 0;
  for (const Table& table : document.tables) rows += table.rows();
  const std::string tables = std::to_string(document.tables.size());
  Text what{"共 " + tables + " 张表、" + std::to_string(rows) +
                " 行，没有找到带“三级指标”和“指标值”两个表头并有指标的绩效表",
            tables + " tables with " + std::to_string(rows) +
                " rows, and none with the headings 三级指标 and 指标值 over indicators"};
  Text help{"检查表头；扫描件或图片中的表须先转成文字",
            "check the headings; a scanned form must be turned into text first"};
  const Nearest nearest = nearest_heading(document);
  if (nearest.known < 2) {
    diagnostics.push_back(text::diagnose_file(Code::form_none, document.file, what, help));
    return;
  }
  Text known, unknown;
  const auto has = [&](std::initializer_list<Column> wanted) {
    return std::any_of(nearest.cells.begin(), nearest.cells.end(), [&](const HeadingCell& cell) {
      return cell.role && std::find(wanted.begin(), wanted.end(), *cell.role) != wanted.end();
    });
  };
  std::string free_column;
  for (const HeadingCell& cell : nearest.cells) {
    const std::string letter =
        column_name(nearest.table->place(nearest.row, cell.range.from).column);
    const std::string words = short_text(cell.text, 60);
    if (cell.role) {
      known.zh += (known.zh.empty() ? "" : "、") + letter + "“" + words + "”＝" +
                  words_for(*cell.role).zh;
      known.en += (known.en.empty() ? "" : ", ") + letter + " '" + words +
                  "' = " + words_for(*cell.role).en;
    } else {
      unknown.zh += (unknown.zh.empty() ? "" : "、") + letter + "“" + words + "”";
      unknown.en += (unknown.en.empty() ? "" : ", ") + letter + " '" + words + "'";
      if (free_column.empty()) free_column = letter;
    }
  }
  Text lacks;
  const auto lack = [&](bool there, const char* zh, const char* en) {
    if (there) return;
    lacks.zh += (lacks.zh.empty() ? "" : "、") + std::string(zh);
    lacks.en += (lacks.en.empty() ? "" : ", ") + std::string(en);
  };
  lack(has({Column::name}), "指标名称（三级指标）", "a name (三级指标)");
  lack(has({Column::block, Column::type}), "一级或二级指标",
       "a block or type (一级指标, 二级指标)");
  lack(has({Column::target, Column::op}), "指标值", "a target (指标值)");
  lack(has({Column::actual}), "完成值", "a result (完成值)");
  lack(has({Column::weight, Column::points}), "分值或得分", "weights or points (分值, 得分)");
  const std::string place_zh =
      describe(nearest.table->place(nearest.row, nearest.cells.front().range.from), Language::zh);
  const std::string place_en =
      describe(nearest.table->place(nearest.row, nearest.cells.front().range.from), Language::en);
  what.zh += "；最接近表头的是" + place_zh + "起的一行：认出 " + known.zh +
             (unknown.zh.empty() ? "" : "；不认识 " + unknown.zh) +
             (lacks.zh.empty() ? "；其下没有指标" : "；缺 " + lacks.zh);
  what.en += "; the nearest row of headings begins at " + place_en + ": known " + known.en +
             (unknown.en.empty() ? "" : "; not known " + unknown.en) +
             (lacks.en.empty() ? "; no indicator stands below it" : "; it lacks " + lacks.en);
  const std::string row = std::to_string(nearest.row);
  const std::string letter = free_column.empty() ? "C" : free_column;
  help = {"改表头，或指明各栏：--columns '" + row + ":" + letter +
              "=target,...'（name、target、actual、weight、points …）",
          "change the headings, or name the columns: --columns '" + row + ":" + letter +
              "=target,...' (name, target, actual, weight, points ...)"};
  diagnostics.push_back(text::diagnose_file(Code::form_none, document.file, what, help));
  diagnostics.back().line =
      nearest.table->place(nearest.row, nearest.cells.front().range.from).line;
}

// Tables whose headings stand in a column, turned; nothing when there are none.
std::optional<Document> turned(const Document& document) {
  Document out = document;
  bool any = false;
  for (Table& table : out.tables) {
    Table side = table.transposed(out.squares_left);
    if (side.is_too_large()) continue;
    bool found = false;
    for (std::size_t row = 1; row <= std::min<std::size_t>(side.rows(), 60) && !found; ++row)
      found = indicator_heading(side, row).has_value();
    if (!found) continue;
    table = std::move(side);
    any = true;
  }
  return any ? std::optional(std::move(out)) : std::nullopt;
}

// What may be missed, in one warning a form; the map lists every cell.
void report_unread(const Form& form, std::vector<Diagnostic>& diagnostics) {
  constexpr std::size_t most_named = 12;
  Text named;
  std::size_t count = 0, line = 0;
  for (const Unread& each : form.map.unread) {
    if (!each.counts) continue;
    if (++count > most_named) continue;
    if (count == 1) line = each.place.line;
    const std::string words = short_text(each.text, 60);
    named.zh += (named.zh.empty() ? "" : "；") + describe(each.place, Language::zh) + "“" + words +
                "”（" + each.reason.zh + "）";
    named.en += (named.en.empty() ? "" : "; ") + describe(each.place, Language::en) + " '" + words +
                "' (" + each.reason.en + ")";
  }
  if (count == 0) return;
  const std::string n = std::to_string(count);
  if (count > most_named) named.zh += "……", named.en += " ...";
  diagnostics.push_back(text::diagnose_file(
      Code::form_reading, form.file,
      {"表上有 " + n + " 处没有读进项目：" + named.zh,
       n + (count == 1 ? " cell was" : " cells were") + " not read into the project: " + named.en},
      {"核对 project.toml 开头的读表说明；要紧的补进项目，或用 --columns 指明各栏",
       "look at the map at the top of project.toml; add what matters, or name the columns with "
       "--columns"}));
  diagnostics.back().line = line;
}

}  // namespace

std::vector<Form> recognise(const Document& document, const GivenColumns& given,
                            std::vector<Diagnostic>& diagnostics) {
  std::vector<Form> out = Recogniser(document, nullptr, given, diagnostics).run();
  if (out.empty() && !given.there()) {
    if (const auto side = turned(document))
      out = Recogniser(*side, &document, given, diagnostics).run();
  }
  if (out.empty()) refuse_without_form(document, diagnostics);
  for (const Form& form : out) report_unread(form, diagnostics);
  return out;
}

std::optional<GivenColumns> read_given_columns(std::string_view text,
                                               std::vector<Diagnostic>& diagnostics) {
  const auto refuse = [&](std::string_view part) {
    diagnostics.push_back(text::diagnose_file(
        Code::value_choice, {},
        {"--columns 里的“" + std::string(part) + "”读不懂",
         "'" + std::string(part) + "' in --columns is not understood"},
        {"写成 'C=name,D=target,E=actual,F=weight,G=points'，前面可加表头的行号：'6:C=name,...'；"
         "还有 block、type、op、unit、reason、remedy、rule、completion、baseline、source、note",
         "write 'C=name,D=target,E=actual,F=weight,G=points', perhaps with the row of the headings "
         "in front: '6:C=name,...'; there "
         "are also block, type, op, unit, reason, remedy, rule, completion, baseline, source and "
         "note"}));
    return std::nullopt;
  };
  GivenColumns out;
  std::string_view rest = text;
  if (const std::size_t colon = rest.find(':'); colon != std::string_view::npos) {
    const auto row = value::read_number(rest.substr(0, colon));
    if (!row || *row < 1 || *row > static_cast<double>(Table::most_rows) ||
        *row != static_cast<double>(static_cast<std::size_t>(*row)))
      return refuse(rest.substr(0, colon));
    out.row = static_cast<std::size_t>(*row);
    rest.remove_prefix(colon + 1);
  }
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    const std::string part = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(rest.size(), end + 1));
    const std::size_t sign = part.find('=');
    if (sign == std::string::npos || sign == 0 || sign > 3) return refuse(part);
    std::size_t column = 0;
    for (std::size_t i = 0; i < sign; ++i) {
      const char c = part[i] >= 'a' && part[i] <= 'z' ? static_cast<char>(part[i] - 'a' + 'A')
                                                      : part[i];
      if (c < 'A' || c > 'Z') return refuse(part);
      column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    }
    const auto role = column_named(trimmed(std::string_view(part).substr(sign + 1)));
    if (!role || column > Table::most_columns) return refuse(part);
    out.columns.emplace_back(column, *role);
  }
  if (out.columns.empty()) return refuse(text);
  return out;
}

}  // namespace jixiao::forms
