#include "forms/form_rows.hpp"

#include <algorithm>
#include <initializer_list>

namespace jixiao::forms {

std::string short_text(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return std::string(text.substr(0, bytes)) + "…";
}

Field field_of(const Table& table, std::size_t row, std::size_t column) {
  const DocumentCell* cell = table.at(row, column);
  if (cell == nullptr) return {};
  return {cell->text, table.place(row, column)};
}

Field field_under(const Table& table, std::size_t row, ColumnRange columns, bool merged) {
  Field blank;
  for (std::size_t column = columns.from; columns.there() && column <= columns.to; ++column) {
    const DocumentCell* cell = table.at(row, column);
    if (cell == nullptr) continue;
    Field field{cell->text, table.place(row, column)};
    if (!merged && cell->row != row) field.text.clear();
    if (!field.blank()) return field;
    if (!blank.on_form()) blank = field;
  }
  return blank;
}

Field right_of(const Table& table, std::size_t row, std::size_t column) {
  const DocumentCell* here = table.at(row, column);
  const std::size_t next = here == nullptr ? column + 1 : here->column + here->columns;
  return field_of(table, row, next);
}

namespace {

// In a file saved from merged cells the blank ones behind a heading belong to it.
void widen_headings(const Table& table, std::size_t row, std::vector<HeadingCell>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const DocumentCell* cell = table.at(row, cells[i].range.from);
    if (cell == nullptr || cell->line == 0 || cell->columns != 1 || !table.has_exact_columns())
      continue;
    const std::size_t behind = i + 1 < cells.size() ? cells[i + 1].range.from : table.columns() + 1;
    cells[i].range.to = std::max(cells[i].range.to, behind - 1);
  }
}

struct Known {
  std::size_t count = 0;
  bool block = false, type = false, name = false, weak_name = false, target = false, actual = false,
       points = false;
  bool weight = false, given = false, rule = false, reason = false;
  [[nodiscard]] bool is_heading() const {
    const bool named = name || weak_name;
    if (!named || count < 3) return false;
    if (block || type) return target || actual;
    return (target && (actual || points)) || (actual && points);
  }
  // Points given by somebody, or to be given by a rule, and no targets to compute them from.
  [[nodiscard]] bool is_scoring() const {
    if (target || count < 3 || !(name || weak_name || type)) return false;
    if (actual && !rule && !(given && (block || type))) return false;
    if (given && (block || type)) return (name || weak_name || block) && (weight || rule || reason);
    if (given) return (weight || rule) && (rule || reason);
    return weight && rule && block && (name || weak_name || type);
  }
};

Known known_of(const std::vector<HeadingCell>& cells) {
  Known out;
  for (const HeadingCell& cell : cells) {
    if (!cell.role) {
      if (may_head_names(cell.text) && !out.weak_name) out.weak_name = true, ++out.count;
      continue;
    }
    ++out.count;
    switch (*cell.role) {
      case Column::block: out.block = true; break;
      case Column::type: out.type = true; break;
      case Column::name: out.name = true; break;
      case Column::op:
      case Column::target: out.target = true; break;
      case Column::actual: out.actual = true; break;
      case Column::weight: out.points = out.weight = true; break;
      case Column::points: out.points = out.given = true; break;
      case Column::rule: out.rule = true; break;
      case Column::reason: out.reason = true; break;
      default: break;
    }
  }
  return out;
}

// The second row of headings: what stands under a wide one (指标性质, 指标值, 度量单位; 2022年,
// 2023年).
bool is_second_row(const Table& table, std::size_t row, const std::vector<HeadingCell>& upper) {
  std::size_t known = 0;
  for (const DocumentCell* cell : table.row(row)) {
    if (cell->text.empty()) continue;
    const auto above = std::find_if(upper.begin(), upper.end(), [&](const HeadingCell& each) {
      return cell->column >= each.range.from && cell->column <= each.range.to;
    });
    const bool under_wide = above != upper.end() && above->range.from != above->range.to;
    const bool year_alone = under_wide && !year_in(cell->text).empty() && cell->text.size() <= 24;
    if (!indicator_column(cell->text) && !year_alone) return false;
    if (above != upper.end() && above->role && !under_wide && *above->role <= Column::name)
      return false;
    ++known;
  }
  return known > 0;
}

// The cells of a second row take the place of the wide heading they stand under, and its words.
void put_under(const Table& table, std::size_t row, std::vector<HeadingCell>& upper) {
  std::vector<HeadingCell> lower = headings_in(table, row);
  for (HeadingCell& cell : lower) {
    const auto above = std::find_if(upper.begin(), upper.end(), [&](const HeadingCell& each) {
      return cell.range.from >= each.range.from && cell.range.from <= each.range.to;
    });
    if (above == upper.end()) continue;
    if (!cell.role) cell.role = above->role;
    if (cell.year.empty()) cell.year = above->year;
    if (cell.role && cell.variant == Variant::none)
      cell.variant = variant_of(above->text, *cell.role);
    cell.text = above->text + " " + cell.text;
  }
  std::erase_if(upper, [&](const HeadingCell& each) {
    return std::any_of(lower.begin(), lower.end(), [&](const HeadingCell& cell) {
      return cell.range.from >= each.range.from && cell.range.from <= each.range.to;
    });
  });
  upper.insert(upper.end(), lower.begin(), lower.end());
  std::sort(upper.begin(), upper.end(),
            [](const HeadingCell& a, const HeadingCell& b) { return a.range.from < b.range.from; });
}

bool speaks_of_long_term(std::string_view text) {
  const std::string words = bare(text);
  return has_any(words, "长期|中期|实施期|规划期|总体") && has_any(words, "指标|目标") &&
         !has_any(words, "年度|当年");
}

// How well a column answers for its role, the smallest first.
int rank_of(const HeadingCell& cell) {
  const auto place = [&](std::initializer_list<Variant> order) {
    const auto found = std::find(order.begin(), order.end(), cell.variant);
    return found == order.end() ? static_cast<int>(order.size())
                                : static_cast<int>(found - order.begin());
  };
  switch (*cell.role) {
    case Column::target:
    case Column::weight:
    case Column::unit:
    case Column::op:
      return place(
          {Variant::adjusted, Variant::annual, Variant::none, Variant::initial, Variant::longterm});
    case Column::points:
    case Column::reason:
    case Column::remedy:
      return place(
          {Variant::self, Variant::yearend, Variant::none, Variant::reviewed, Variant::midyear});
    default:
      return place(
          {Variant::yearend, Variant::none, Variant::self, Variant::reviewed, Variant::midyear});
  }
}

class Chooser {
 public:
  Chooser(IndicatorHeading& heading, std::string year, ReadingMap* map)
      : heading_(heading), year_(std::move(year)), map_(map) {}

  void run() {
    for (ColumnRange& range : heading_.columns) range = {};
    if (heading_.scoring) name_levels();
    heading_.midterm_name = {};
    for (HeadingCell& cell : heading_.cells) cell.kept_because = {};
    settle_years();
    choose_name();
    for (std::size_t i = 0; i < heading_.columns.size(); ++i) {
      const auto role = static_cast<Column>(i);
      if (role == Column::name) continue;
      std::vector<HeadingCell*> found = candidates(role);
      if (found.empty()) continue;
      if (role == Column::target && found.size() > 1 && heading_.midterm_name.there()) {
        heading_.of(Column::midterm_target) = found.front()->range;
        found.erase(found.begin());
      }
      if (heading_.midterm_name.there() && found.size() > 1) {
        // The levels of the mid-term's indicators stand left of their names.
        std::vector<HeadingCell*> annual;
        for (HeadingCell* each : found) {
          if (each->range.from > heading_.midterm_name.to)
            annual.push_back(each);
          else
            each->kept_because = {"中期的", "of the mid-term"};
        }
        if (!annual.empty()) found = std::move(annual);
      }
      if (role == Column::note) {  // a form may have several
        heading_.of(role) = found.front()->range;
        for (std::size_t other = 1; other < found.size(); ++other)
          found[other]->kept_because = {"另一栏", "another column"};
        continue;
      }
      heading_.of(role) = choose(role, found).range;
    }
    give_long_term();
    if (heading_.scoring) give_level_points();
  }

 private:
  // Without a column of names the finest level has them; a column left of the names that is called
  // by no word known here is their block.
  void name_levels() {
    const auto has = [&](Column role) { return !candidates(role).empty(); };
    const bool weak = std::any_of(heading_.cells.begin(), heading_.cells.end(),
                                  [](const auto& c) { return !c.role && may_head_names(c.text); });
    if (!has(Column::name) && !weak) {
      for (const Column level : {Column::type, Column::block}) {
        const auto found = candidates(level);
        if (found.empty()) continue;
        found.back()->role = Column::name;
        break;
      }
    }
    if (has(Column::block) || has(Column::type)) return;
    HeadingCell* before = nullptr;
    for (HeadingCell& cell : heading_.cells) {
      if (cell.role == Column::name || (!cell.role && may_head_names(cell.text))) break;
      before = !cell.role && !is_any(bare(cell.text), "序号|编号|No|No.|no") ? &cell : nullptr;
    }
    if (before != nullptr) before->role = Column::block;
  }

  // 分值 and 得分 behind the block and the type, or called 一级指标分值.
  void give_level_points() {
    std::optional<Column> last;
    for (HeadingCell& cell : heading_.cells) {
      const bool read = cell.role && cell.kept_because.empty();
      if (read && *cell.role <= Column::name) last = *cell.role;
      if (!cell.level) cell.level = level_of(cell, last);
      if (!cell.level) continue;
      const bool points = cell.role == Column::points;
      ColumnRange& range = *cell.level == Column::block
                               ? (points ? heading_.block_points : heading_.block_weight)
                               : (points ? heading_.type_points : heading_.type_weight);
      cell.kept_because = {"另一栏", "another column"};
      if (range.there() && range.from != cell.range.from) continue;
      range = cell.range;
      cell.kept_because = *cell.level == Column::block ? Text{"一级指标的", "of the blocks"}
                                                       : Text{"二级指标的", "of the types"};
    }
  }

  // The level a column of weights or points is of, when it is not the rows' own; its role is then
  // one of these two.
  std::optional<Column> level_of(HeadingCell& cell, std::optional<Column> last) {
    const std::string words = bare(cell.text);
    const bool points = has_any(words, "得分|评分") && !has_any(words, "得分率|评分标准");
    if (!points && !has_any(words, "分值|权重|满分|标准分")) return std::nullopt;
    const bool second = cell.role && !cell.kept_because.empty() &&
                        (*cell.role == Column::weight || *cell.role == Column::points);
    std::optional<Column> level;
    if (has_any(words, "一级"))
      level = Column::block;
    else if (has_any(words, "二级"))
      level = Column::type;
    else if (second)
      level = last;
    if (level != Column::block && level != Column::type) return std::nullopt;
    if (cell.role && cell.kept_because.empty() && *cell.role != Column::note) return std::nullopt;
    if (heading_.of(Column::note).from == cell.range.from) heading_.of(Column::note) = {};
    cell.role = points ? Column::points : Column::weight;
    return level;
  }

  std::vector<HeadingCell*> candidates(Column role) {
    std::vector<HeadingCell*> out;
    for (HeadingCell& cell : heading_.cells) {
      if (cell.role == role && !cell.level) out.push_back(&cell);
    }
    return out;
  }

  // Targets and results are of one year: the form's, else the last one that has both.
  void settle_years() {
    std::vector<std::string> targets, actuals;
    for (const HeadingCell& cell : heading_.cells) {
      if (cell.year.empty() || !cell.role) continue;
      if (*cell.role == Column::target) targets.push_back(cell.year);
      if (*cell.role == Column::actual) actuals.push_back(cell.year);
    }
    if (targets.empty() && actuals.empty()) return;
    const auto has = [](const std::vector<std::string>& years, const std::string& year) {
      return std::find(years.begin(), years.end(), year) != years.end();
    };
    const bool fits = (targets.empty() || has(targets, year_)) &&
                      (actuals.empty() || has(actuals, year_));
    if (fits && !year_.empty()) return;
    std::string last;
    for (const std::string& year : targets.empty() ? actuals : targets) {
      if ((actuals.empty() || targets.empty() || has(actuals, year)) && year > last) last = year;
    }
    const bool several = targets.size() > 1 || actuals.size() > 1;
    if (last.empty() || !several) return;
    year_ = last;
    doubt(heading_.cells.front().place,
          {"各栏分属几个年度，按 " + last + " 年的目标与完成值读",
           "the columns are of several years: those of " + last + " are read"},
          {"若是另一年，把年度写进标题，或用 --columns 指定",
           "name the year in the title, or the columns with --columns, if it is another"});
  }

  // What each level is called, the finest first; two of one name are the mid-term's and the year's.
  void choose_name() {
    std::vector<HeadingCell*> found = candidates(Column::name);
    if (found.empty()) {
      // 绩效指标, where nothing else is headed as a name: the last such column before the values.
      for (HeadingCell& cell : heading_.cells) {
        if (!cell.role && may_head_names(cell.text)) found.assign(1, &cell);
      }
      if (!found.empty()) found.front()->role = Column::name;
    }
    if (found.empty()) return;
    const std::size_t targets = candidates(Column::target).size() +
                                candidates(Column::midterm_target).size();
    if (found.size() > 1 && targets > 1 &&
        has_any(bare(found[0]->text), "三级|指标名称|指标内容") &&
        bare(found[0]->text) == bare(found[1]->text)) {
      heading_.midterm_name = found[0]->range;
      heading_.of(Column::name) = found[1]->range;
      return;
    }
    const auto finer = [](const HeadingCell& cell) {
      const std::string words = bare(cell.text);
      return has_any(words, "五级")   ? 5
             : has_any(words, "四级") ? 4
             : has_any(words, "三级") ? 3
                                      : 2;
    };
    HeadingCell* best = found.front();
    for (HeadingCell* each : found) {
      if (finer(*each) > finer(*best)) best = each;
    }
    heading_.of(Column::name) = best->range;
    for (HeadingCell* each : found) {
      if (each != best) each->kept_because = {"另一级名称", "a name of another level"};
    }
  }

  HeadingCell& choose(Column role, const std::vector<HeadingCell*>& found) {
    std::vector<HeadingCell*> left = found;
    const bool any_year = std::any_of(found.begin(), found.end(),
                                      [](const HeadingCell* each) { return !each->year.empty(); });
    if (any_year && found.size() > 1) {
      const bool fits = std::any_of(found.begin(), found.end(),
                                    [&](const HeadingCell* each) { return each->year == year_; });
      std::erase_if(left, [&](const HeadingCell* each) {
        return fits ? each->year != year_ : !each->year.empty();
      });
      if (left.empty())
        left = {*std::max_element(found.begin(), found.end(),
                                  [](const auto* a, const auto* b) { return a->year < b->year; })};
    }
    const auto best = [&] {
      return *std::min_element(left.begin(), left.end(), [](const auto* a, const auto* b) {
        return rank_of(*a) < rank_of(*b);
      });
    };
    HeadingCell* chosen = best();
    std::vector<HeadingCell*> equal;
    for (HeadingCell* each : left) {
      if (rank_of(*each) == rank_of(*chosen)) equal.push_back(each);
    }
    if (equal.size() > 1 && role == Column::points && heading_.scoring) {
      // 得分 behind each level, likewise; of several behind the names one is a guess.
      const std::size_t name = heading_.of(Column::name).to;
      std::erase_if(equal, [&](const HeadingCell* each) { return each->range.from <= name; });
      if (!equal.empty()) chosen = equal.front();
      if (equal.size() > 1) ask(role, *chosen, equal);
    } else if (equal.size() > 1 && role == Column::weight) {
      // 分值 behind each level: those behind the names are the rows'.
      const std::size_t name = heading_.of(Column::name).to;
      for (HeadingCell* each : equal) {
        if (each->range.from > name) {
          chosen = each;
          break;
        }
      }
    } else if (equal.size() > 1) {
      ask(role, *chosen, equal);
    }
    for (HeadingCell* each : found) {
      if (each == chosen) continue;
      const Text variant = words_for(each->variant);
      if (!each->year.empty() && each->year != chosen->year)
        each->kept_because = {each->year + " 年的", "of " + each->year};
      else if (!variant.empty() && each->variant != chosen->variant)
        each->kept_because = variant;
      else
        each->kept_because = {"另一栏", "another column"};
    }
    return *chosen;
  }

  void ask(Column role, const HeadingCell& chosen, const std::vector<HeadingCell*>& equal) {
    if (!(role == Column::target || role == Column::actual || role == Column::weight ||
          role == Column::points))
      return;
    Text others;
    for (const HeadingCell* each : equal) {
      if (each == &chosen) continue;
      others.zh += "、" + each->text;
      others.en += ", '" + each->text + "'";
    }
    const Text words = words_for(role);
    doubt(chosen.place,
          {"有几栏都像" + words.zh + "：“" + chosen.text + "”" + others.zh + "；按“" + chosen.text +
               "”读，其余照录",
           "several columns look like the " + words.en + ": '" + chosen.text + "'" + others.en +
               "; '" + chosen.text + "' is read, the others are kept"},
          {std::string("不对就用 --columns 指定，如 --columns '") +
               column_name(equal.back()->range.from) + "=" + name(role) + "'",
           std::string("name the column if it is another: --columns '") +
               column_name(equal.back()->range.from) + "=" + name(role) + "'"});
    if (map_ != nullptr) map_->unsure_columns = true;
  }

  // A long-term target beside an annual one is the project's mid-term target.
  void give_long_term() {
    if (heading_.of(Column::midterm_target).there()) return;
    for (HeadingCell& cell : heading_.cells) {
      if (cell.role == Column::target && cell.variant == Variant::longterm &&
          !cell.kept_because.empty()) {
        heading_.of(Column::midterm_target) = cell.range;
        cell.kept_because = {};
        cell.role = Column::midterm_target;
        return;
      }
    }
  }

  void doubt(const FormPlace& place, const Text& taken, const Text& change) {
    if (map_ != nullptr) map_->doubts.push_back({place, taken, change, true});
  }

  IndicatorHeading& heading_;
  std::string year_;
  ReadingMap* map_;
};

}  // namespace

std::vector<HeadingCell> headings_in(const Table& table, std::size_t row) {
  std::vector<HeadingCell> out;
  for (const DocumentCell* cell : table.row(row)) {
    if (cell->text.empty()) continue;
    HeadingCell heading;
    heading.role = indicator_column(cell->text);
    heading.range = {cell->column, cell->column + cell->columns - 1};
    heading.text = cell->text;
    if (cell->text.size() <= 120) heading.year = year_in(cell->text);
    if (heading.role) heading.variant = variant_of(cell->text, *heading.role);
    heading.place = table.place(row, cell->column);
    out.push_back(std::move(heading));
  }
  widen_headings(table, row, out);
  return out;
}

std::optional<IndicatorHeading> indicator_heading(const Table& table, std::size_t row) {
  IndicatorHeading out;
  out.first_row = out.last_row = row;
  out.cells = headings_in(table, row);
  const bool below = row < table.rows() && is_second_row(table, row + 1, out.cells);
  std::vector<HeadingCell> both = out.cells;
  if (below) put_under(table, row + 1, both);
  const auto is_one = [](const Known& known) { return known.is_heading() || known.is_scoring(); };
  if (!is_one(known_of(out.cells)) &&
      !(below && known_of(out.cells).count >= 2 && is_one(known_of(both))))
    return std::nullopt;
  if (below) {
    out.cells = std::move(both);
    out.last_row = row + 1;
  }
  const Known known = known_of(out.cells);
  out.scoring = known.is_scoring();
  out.flat = !known.type && !(known.block && known.name);
  if (out.scoring) out.flat = !known.given || !(known.type || known.block);
  for (const HeadingCell& cell : out.cells)
    out.longterm = out.longterm || (!cell.role && speaks_of_long_term(cell.text));
  Chooser(out, {}, nullptr).run();
  return out;
}

std::optional<IndicatorHeading> given_heading(const Table& table, const GivenColumns& given) {
  std::size_t row = given.row;
  std::size_t best = 0;
  for (std::size_t each = 1; given.row == 0 && each <= std::min<std::size_t>(table.rows(), 200);
       ++each) {
    std::size_t score = known_of(headings_in(table, each)).count;
    // Else the first row with words over every column that was named.
    const bool over_all =
        std::all_of(given.columns.begin(), given.columns.end(), [&](const auto& column) {
          const DocumentCell* cell = table.at(each, column.first);
          return cell != nullptr && !cell->text.empty() && cell->row == each;
        });
    score = 2 * score + (over_all ? 1 : 0);
    if (score > best) best = score, row = each;
  }
  if (row == 0 || row > table.rows()) return std::nullopt;
  IndicatorHeading out;
  out.given = true;
  out.first_row = out.last_row = row;
  out.cells = headings_in(table, row);
  for (const auto& [column, role] : given.columns) {
    for (HeadingCell& cell : out.cells) {
      if (cell.role == role && !(column >= cell.range.from && column <= cell.range.to))
        cell.role.reset();
    }
    const auto found =
        std::find_if(out.cells.begin(), out.cells.end(), [&](const HeadingCell& cell) {
          return column >= cell.range.from && column <= cell.range.to;
        });
    if (found != out.cells.end()) {
      found->role = role;
      found->variant = Variant::none;
      continue;
    }
    HeadingCell cell;
    cell.role = role;
    cell.range = {column, column};
    cell.text = column_name(column);
    cell.place = table.place(row, column);
    out.cells.push_back(std::move(cell));
  }
  Chooser(out, {}, nullptr).run();
  if (!out.of(Column::name).there()) return std::nullopt;
  return out;
}

void choose_columns(IndicatorHeading& heading, const std::string& year, ReadingMap& map) {
  Chooser(heading, year, &map).run();
}

}  // namespace jixiao::forms
