#include <algorithm>
#include <cmath>

#include "forms/cell_value.hpp"
#include "forms/headings.hpp"
#include "forms/placing.hpp"
#include "forms/understanding.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::forms {
namespace {

constexpr double small_money = 100000;  // a budget below this many is written in 万元 rather than
                                        // 元

class MoneyReader {
 public:
  MoneyReader(const Form& form, Draft& draft) : form_(form), draft_(draft) {}

  // The amount with its unit; empty for a blank cell or one that says nothing.
  Entry amount(const Field& field) {
    Entry out = entry_of(field);
    std::string words = folded(field.text);
    out.text.clear();
    if (says_nothing(field.text)) return out;
    for (const std::string_view sign : {"¥", "￥", "人民币", "RMB"}) {
      if (words.starts_with(sign))
        words = words.substr(sign.size()) +
                (words.find("元") == std::string::npos && form_.heading_unit.blank() ? "元" : "");
    }
    const CellValue cell = read_cell_value(words, "", 0);
    if (cell.placeholder) {
      ask(draft_, out, Sure::guess,
          {"“" + field.text + "”是没有填写的占位符",
           "'" + field.text + "' is a placeholder nobody filled in"},
          {"写上金额", "write the amount"});
      return out;
    }
    words = cell.text.starts_with("约") && cell.about ? cell.text.substr(3) : cell.text;
    for (const Remark& remark : cell.remarks)
      ask(draft_, out, remark.sure, remark.words, {"写确切的金额", "write the exact amount"});
    const auto read = value::read_field(words);
    if (read && read->kind == value::Kind::number && read->low == read->high && !read->direction &&
        read->unit.is_money()) {
      out.text = words;
      return out;
    }
    const auto number = value::read_number(words);
    if (!number) {
      out.text = field.text;
      out.unwritten = true;
      ask(draft_, out, Sure::guess,
          {"“" + field.text + "”读不成金额", "'" + field.text + "' cannot be read as an amount"},
          {"写成 120万元 这样的金额", "write an amount such as 120万元"});
      return out;
    }
    out.text = value::plain(*number, 9) + unit(*number, out);
    return out;
  }

  static double yuan(const Entry& entry) {
    const auto read = entry.unwritten ? std::nullopt : value::read_field(entry.text);
    return read && read->kind == value::Kind::number ? read->low : std::nan("");
  }

 private:
  std::string unit(double number, Entry& entry) {
    if (!form_.heading_unit.blank()) return form_.heading_unit.text;
    if (guessed_.empty()) {
      // By the largest amount on the form: a year without an initial budget begins with 0.
      guessed_ = std::max(std::abs(number), largest()) < small_money ? "万元" : "元";
      ask(draft_, entry, Sure::guess,
          {"表上没有写金额单位，按" + guessed_ + "读",
           "the form gives no unit of money: read as " + guessed_},
          {"不对就改 [money] 各行的单位", "change the units in [money] if it is another"});
    }
    return guessed_;
  }

  [[nodiscard]] double largest() const {
    double out = 0;
    for (const MoneyRow& row : form_.money) {
      for (const Field* field : {&row.initial, &row.adjusted, &row.executed}) {
        if (const auto amount = value::read_number(folded(field->text)))
          out = std::max(out, std::abs(*amount));
      }
    }
    return out;
  }

  const Form& form_;
  Draft& draft_;
  std::string guessed_;
};

// Sources that do not make up the total are kept as remarks.
void compare_sources(Draft& draft, Entry DraftAmount::*column) {
  const double total = MoneyReader::yuan(draft.money.*column);
  double sum = 0;
  bool any = false;
  for (const DraftAmount& source : draft.sources) {
    if (!(source.*column).there()) continue;
    any = true;
    sum += MoneyReader::yuan(source.*column);
  }
  if (!any || std::isnan(total) || std::abs(sum - total) < 0.005) return;
  for (DraftAmount& source : draft.sources) (source.*column).unwritten = true;
  ask(draft, draft.money.*column, Sure::guess,
      {"各来源合计 " + value::plain(sum, 2) + " 元，与总额不符：来源只作注释保留",
       "the sources add up to " + value::plain(sum, 2) +
           " 元, not to the total: they are kept as remarks"},
      {"核对后去掉 # 号", "compare with the form and remove the #"});
}

}  // namespace

void understand_money(const Form& form, Draft& draft) {
  MoneyReader reader(form, draft);
  const MoneyRow* total = nullptr;
  for (const MoneyRow& row : form.money) {
    if (row.total && total == nullptr) total = &row;
  }
  if (total == nullptr && form.money.size() == 1) total = &form.money.front();
  if (total != nullptr) {
    draft.money = {entry_of(total->name), reader.amount(total->initial),
                   reader.amount(total->adjusted), reader.amount(total->executed),
                   reader.amount(total->midterm)};
    if (!draft.money.initial.there() && !draft.money.initial.unwritten &&
        draft.money.adjusted.there() && !draft.money.adjusted.unwritten) {
      draft.money.initial = draft.money.adjusted;
      draft.money.initial.questions.clear();
    }
  }
  for (const MoneyRow& row : form.money) {
    if (&row == total || row.total) continue;
    DraftAmount source{entry_of(row.name), reader.amount(row.initial), reader.amount(row.adjusted),
                       reader.amount(row.executed), reader.amount(row.midterm)};
    for (const std::string_view word : {"其中：", "其中:", "其中"}) {
      if (source.name.text.starts_with(word) && source.name.text.size() > word.size())
        source.name.text.erase(0, word.size());
    }
    if (source.initial.there() || source.adjusted.there() || source.executed.there())
      draft.sources.push_back(std::move(source));
  }
  compare_sources(draft, &DraftAmount::initial);
  compare_sources(draft, &DraftAmount::adjusted);
  for (const ItemRow& row : form.items)
    draft.items.push_back({entry_of(row.name), reader.amount(row.amount)});
  double items = 0;
  for (const DraftItem& item : draft.items) items += MoneyReader::yuan(item.amount);
  const double year = MoneyReader::yuan(draft.money.initial);
  if (!draft.items.empty() && !std::isnan(year) && std::abs(items - year) >= 0.005)
    ask(draft, draft.items.front().amount, Sure::guess,
        {"正文各项合计 " + value::plain(items, 2) + " 元，与年度资金不符",
         "the items in the text add up to " + value::plain(items, 2) +
             " 元, not to the year's money"},
        {"核对各 [[item]]", "compare every [[item]]"});
}

void understand_execution(const Form& form, const Scale& scale, Draft& draft) {
  DraftExecution& out = draft.execution;
  double sum = 0;
  const auto add = [&](const Field& points, const Field& weight) {
    const auto number = points_of(points.text);
    if (!number || scale.unsure) return false;
    const double of = points_of(weight.text).value_or(0);
    sum += of > 0 ? scale.points_of(*number, of) : *number * scale.points;
    if (!out.reported.there()) out.reported = entry_of(points);
    out.reported.text = value::plain(sum, 6);
    return true;
  };
  bool in_money = false;
  for (const MoneyRow& row : form.money) in_money = in_money || add(row.points, row.weight);
  for (const IndicatorRow& row : form.indicators) {
    if (block_of(row.block.text) != "execution") continue;
    if (!in_money) add(row.points, row.weight);
    if (!says_nothing(row.reason.text) && !out.reason.there()) out.reason = entry_of(row.reason);
    if (!says_nothing(row.remedy.text) && !out.remedy.there()) out.remedy = entry_of(row.remedy);
  }
  leave_out_draft(out.reason, draft);
}

}  // namespace jixiao::forms
