#include <algorithm>
#include <cmath>
#include <map>

#include "forms/form_rows.hpp"
#include "forms/headings.hpp"
#include "forms/understanding.hpp"
#include "value/rounding.hpp"

namespace jixiao::forms {
namespace {

std::string stem_of(const std::string& printed) {
  const auto pointed = pointed_name(printed);
  return pointed ? pointed->name : printed;
}

struct LevelSum {
  double weight = 0;
  std::size_t unweighted = 0;
  std::optional<double> printed;  // behind the level, or in its name
};

class ScoringTable {
 public:
  ScoringTable(const Form& form, const Scale& scale, Draft& draft)
      : form_(form), scale_(scale), draft_(draft) {}

  void understand() {
    for (const IndicatorRow& row : form_.indicators) read(row);
    // Last, so that the rows of the form and of the draft have the same numbers.
    for (const MoneyRow& row : form_.money) {
      if (points_of(row.weight.text) && points_of(row.points.text)) {
        read_execution(row);
        break;
      }
    }
    weigh();
  }

 private:
  DraftLevel& block_of_row(const Entry& printed) {
    const std::string name = printed.there() ? stem_of(printed.text) : "评分表";
    const auto [found, fresh] = blocks_.try_emplace(folded(name), draft_.blocks.size());
    if (fresh) {
      DraftLevel block;
      block.id = "block_" + std::to_string(draft_.blocks.size() + 1);
      block.name = printed;
      block.name.text = name;
      draft_.blocks.push_back(std::move(block));
      sums_.emplace_back();
    }
    return draft_.blocks[found->second];
  }

  std::string type_of_row(const IndicatorRow& row, const Entry& printed, DraftLevel& block) {
    if (!printed.there()) return {};
    const std::string name = stem_of(printed.text);
    const auto [found, fresh] = types_.try_emplace(block.id + folded(name), draft_.types.size());
    if (fresh) {
      DraftLevel type;
      type.id = "type_" + std::to_string(draft_.types.size() + 1);
      type.name = printed;
      type.name.text = name;
      if (!row.type_weight.blank())
        type.others.push_back({"分值", row.type_weight.text, row.type_weight.place});
      block.types.push_back(type.id);
      draft_.types.push_back(std::move(type));
      type_sums_.emplace_back();
    }
    LevelSum& sum = type_sums_[found->second];
    sum.printed = sum.printed ? sum.printed : points_of(row.type_weight.text);
    sum.weight += points_of(row.weight.text).value_or(0) * scale_.weight;
    return draft_.types[found->second].id;
  }

  // The points a level prints for itself: no project has a place for them.
  void keep_points(const IndicatorRow& row, const Field& points, const std::string& level,
                   const std::string& id) {
    if (points.blank() || id.empty()) return;
    const auto same_level = [&](const DraftIndicator& each) {
      return each.block.text == id || each.type.text == id;
    };
    const auto& rows = draft_.indicators;
    if (points.place.row != row.name.place.row || std::any_of(rows.begin(), rows.end(), same_level))
      return;
    draft_.others.push_back({level + " / 得分", points.text, points.place});
  }

  // The budget's own row of points, which stands with the money.
  void read_execution(const MoneyRow& row) {
    IndicatorRow own;
    own.block = {"预算执行", row.name.place};
    own.name = {"预算执行率", row.name.place};
    own.weight = row.weight;
    own.points = row.points;
    read(own);
  }

  void read(const IndicatorRow& row) {
    DraftIndicator out;
    out.id = "indicator_" + std::to_string(draft_.indicators.size() + 1);
    out.name = entry_of(row.name);
    if (row.weight.place.row == row.name.place.row &&
        row.weight.place.column == row.name.place.column)
      out.name.text = stem_of(row.name.text);
    out.block = entry_of(row.block);
    out.type = entry_of(row.type);
    DraftLevel& block = block_of_row(out.block);
    if (!out.block.there()) out.block.place = row.name.place;
    out.type.text = type_of_row(row, out.type, block);
    keep_points(row, row.block_points, row.block.text, block.id);
    keep_points(row, row.type_points, row.type.text, out.type.text);
    out.block.text = block.id;
    out.method = "value.direct";
    read_weight(row, out);
    read_words(row, out);
    read_points(row, out);
    draft_.indicators.push_back(std::move(out));
  }

  void read_weight(const IndicatorRow& row, DraftIndicator& out) {
    LevelSum& sum = sums_[block_index(out)];
    sum.printed = sum.printed ? sum.printed : points_of(row.block_weight.text);
    out.weight = entry_of(row.weight);
    const auto weight = points_of(row.weight.text);
    if (!weight) {
      ++sum.unweighted;
      out.weight.text.clear();
      if (!says_nothing(row.weight.text))
        ask(draft_, out.weight, Sure::guess,
            {"分值“" + row.weight.text + "”不是数",
             "the weight '" + row.weight.text + "' is no number"},
            {"写上 weight", "write the weight"});
      return;
    }
    out.weight.text = value::plain(*weight * scale_.weight, 9);
    sum.weight += *weight * scale_.weight;
  }

  [[nodiscard]] std::size_t block_index(const DraftIndicator& row) const {
    const auto found = std::find_if(draft_.blocks.begin(), draft_.blocks.end(),
                                    [&](const auto& each) { return each.id == row.block.text; });
    return static_cast<std::size_t>(found - draft_.blocks.begin());
  }

  void read_words(const IndicatorRow& row, DraftIndicator& out) {
    if (!says_nothing(row.rule.text)) out.standard = entry_of(row.rule);
    for (const Field& more : row.more_rule) {
      if (!out.standard.there()) out.standard.place = more.place;
      out.standard.text += (out.standard.there() ? "\n" : "") + more.text;
    }
    for (const auto& [from, to] :
         {std::pair{&row.baseline, &out.baseline}, std::pair{&row.calculation, &out.calculation},
          std::pair{&row.source, &out.source}, std::pair{&row.reason, &out.reason},
          std::pair{&row.remedy, &out.remedy}}) {
      if (!says_nothing(from->text)) *to = entry_of(*from);
    }
    leave_out_draft(out.reason, draft_);
    const bool note_is_reason = !row.reason.on_form() && may_be_reason(row.note.text) &&
                                points_of(row.points.text).value_or(0) <
                                    points_of(row.weight.text).value_or(0);
    if (note_is_reason) out.reason = entry_of(row.note);
    for (const auto& [words, field] :
         {std::pair{"完成值", &row.actual}, std::pair{"完成率", &row.completion},
          std::pair{"单位", &row.unit}, std::pair{"备注", &row.note}}) {
      if (!field->blank() && !(note_is_reason && field == &row.note))
        out.others.push_back({words, field->text, field->place});
    }
    for (const SecondValue& other : row.others)
      out.others.push_back({other.heading, other.field.text, other.field.place});
  }

  void read_points(const IndicatorRow& row, DraftIndicator& out) {
    if (!draft_.reports) return;
    const std::string words = folded(row.points.text);
    out.actual = entry_of(row.points);
    out.actual.text.clear();
    if (is_any(words, "不适用|不涉及|不参与评分|不评分|缺项|不计分|N/A|n/a")) {
      out.not_applicable = true;
      if (!out.reason.there()) {
        out.reason = entry_of(row.points);
        ask(draft_, out.reason, Sure::likely,
            {"得分处写的是“" + row.points.text + "”，按不适用读",
             "the points say '" + row.points.text + "': read as not applicable"},
            {"不对就写 actual", "write the actual if it does apply"});
      }
      return;
    }
    const auto points = points_of(row.points.text);
    if (!points) {
      const bool blank = says_nothing(row.points.text);
      if (!blank) out.actual.text = row.points.text;
      out.actual.unwritten = !blank;
      ask(draft_, blank ? out.name : out.actual, Sure::guess,
          blank ? Text{"没有得分", "it has no points"}
                : Text{"得分“" + row.points.text + "”不是数",
                       "the points '" + row.points.text + "' are no number"},
          {"在结果里写 actual", "write the actual in the results"});
      return;
    }
    const double weight = points_of(row.weight.text).value_or(0);
    const double made = weight > 0 ? scale_.points_of(*points, weight) : *points * scale_.points;
    out.actual.text = value::plain(made, 6);
    out.reported = {out.actual.text, row.points.place, {}, false};
    if (row.weight.blank() || (made <= weight * scale_.weight + 1e-9 && made >= 0)) return;
    ask(draft_, out.actual, Sure::guess,
        {"得分 " + row.points.text + " 不在 0 到分值 " + row.weight.text + " 之间，计分时会被拒绝",
         "the points, " + row.points.text + ", are not within 0 and the weight of " +
             row.weight.text + ": they will be refused"},
        {"核对得分与分值", "compare points and weight"});
  }

  // Blocks weigh what their rows do; where a row has no weight, what is printed beside the block.
  void weigh() {
    double whole = 0;
    bool known = !draft_.blocks.empty();
    for (std::size_t i = 0; i < draft_.blocks.size(); ++i) {
      LevelSum& sum = sums_[i];
      if (sum.unweighted > 0 && sum.printed) sum.weight = *sum.printed * scale_.weight;
      known = known && (sum.unweighted == 0 || sum.printed);
      draft_.blocks[i].weight = known ? value::plain(sum.weight, 9) : std::string();
      compare(draft_.blocks[i], sum);
      whole += sum.weight;
    }
    for (std::size_t i = 0; i < draft_.types.size(); ++i) compare(draft_.types[i], type_sums_[i]);
    Entry& at = draft_.indicators.front().weight;
    if (!known) {
      ask(draft_, at, Sure::guess, {"有的行没有分值", "some rows have no weight"},
          {"写上各行与各块的 weight", "write the weight of each row and block"});
      return;
    }
    if (std::abs(whole - 100) < 1e-6) return;
    draft_.full_marks = value::plain(whole, 9);
    ask(draft_, at, Sure::guess,
        {"各行分值合计 " + draft_.full_marks + "，不是 100：按满分 " + draft_.full_marks +
             " 计，不评等级",
         "the weights add up to " + draft_.full_marks + ", not to 100: full marks are " +
             draft_.full_marks + ", and there is no rating"},
        {"补齐各行，或改正分值；满 100 时删去 [printed] 的 scale",
         "add the rows that are missing, or correct the weights; at 100, remove scale from "
         "[printed]"});
  }

  void compare(DraftLevel& level, const LevelSum& sum) {
    if (!sum.printed || std::abs(*sum.printed * scale_.weight - sum.weight) < 1e-6) return;
    const std::string printed = value::plain(*sum.printed, 6), rows = value::plain(sum.weight, 6);
    ask(draft_, level.name, Sure::guess,
        {"“" + level.name.text + "”写的分值是 " + printed + "，其下各行合计 " + rows + "：按各行计",
         "'" + level.name.text + "' is given " + printed + " points, its rows make " + rows +
             ": the rows count"},
        {"补齐各行，或改正分值", "add the rows that are missing, or correct the weights"});
  }

  const Form& form_;
  const Scale& scale_;
  Draft& draft_;
  std::map<std::string, std::size_t> blocks_, types_;  // by their names
  std::vector<LevelSum> sums_, type_sums_;             // of each block, of each type
};

}  // namespace

bool may_be_reason(std::string_view note) {
  return !says_nothing(note) && folded(note).find_first_of("0123456789") != 0 && !points_of(note);
}

void understand_scoring(const Form& form, const Scale& scale, Draft& draft) {
  ScoringTable(form, scale, draft).understand();
}

}  // namespace jixiao::forms
