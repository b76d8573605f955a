// The parts of understanding a form. Private to this room.
#pragma once

#include "forms/draft.hpp"
#include "forms/scale.hpp"

namespace jixiao::forms {

// Adds a question and ties it to `entry`.
void ask(Draft& draft, Entry& entry, Sure sure, Text taken, Text change);
Entry entry_of(const Field& field);
// What a report proposed and nobody has made theirs is no word of the unit: 【拟稿】 …
void leave_out_draft(Entry& entry, Draft& draft);
// Nothing but a sign for nothing: /, —, 无.
bool says_nothing(std::string_view text);
// Words of a column of notes that may be why points were lost: no number, and not nothing.
bool may_be_reason(std::string_view note);
// "12.5" of a cell that holds a plain number, perhaps with 分 behind it.
std::optional<double> points_of(std::string_view text);

void understand_money(const Form& form, Draft& draft);
// Needs the year.
void understand_indicators(const Form& form, const Scale& scale, int year, Draft& draft);
// Points that stand once beside several rows are shared out among them.
void share_weights(Draft& draft);
// A block shared out among three or seven rows prints 16.67 each: rows that are equal and add up to
// a round number but for their last digit are read as equal shares of it.
void undo_rounding(Draft& draft);
// The execution's points, from the money table or a row of their own, and the reason beside them.
void understand_execution(const Form& form, const Scale& scale, Draft& draft);
// In place of it, of a scoring table: its levels, and the points it gives.
void understand_scoring(const Form& form, const Scale& scale, Draft& draft);
// Bonuses, deductions and vetoes.
void understand_events(const Form& form, const Scale& scale, int year, Draft& draft);
// Needs the indicators: block weights, and the rule set that fits them.
void choose_rules(const Form& form, Draft& draft);

}  // namespace jixiao::forms
