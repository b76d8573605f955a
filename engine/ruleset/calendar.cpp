#include "ruleset/calendar.hpp"

#include "text/table_reader.hpp"

namespace jixiao::ruleset {
namespace {

using text::Code;

std::set<value::Date> read_days(const text::Node* list, const std::set<int>& years, bool weekend,
                                std::vector<Diagnostic>& diagnostics) {
  std::set<value::Date> out;
  if (list == nullptr) return out;
  for (const text::Node& item : list->items) {
    const auto day = value::Date::parse_iso(item.string);
    if (!day) {
      diagnostics.push_back(text::diagnose(
          Code::value_text, item.place,
          {"没有 '" + item.string + "' 这一天", "there is no day '" + item.string + "'"},
          {"写成 \"2020-01-31\"", "write \"2020-01-31\""}));
      continue;
    }
    if (!years.contains(day->year())) {
      diagnostics.push_back(text::diagnose(Code::value_choice, item.place,
                                           {item.string + " 不在 years 所列年份中",
                                            item.string + " is in none of the years listed"}));
    }
    if ((day->weekday() >= 6) != weekend) {
      diagnostics.push_back(
          text::diagnose(Code::value_choice, item.place,
                         weekend ? Text{item.string + " 不是周末，无须列为调休上班日",
                                        item.string + " is no weekend day: it is worked anyway"}
                                 : Text{item.string + " 是周末，无须列为假日",
                                        item.string + " is a weekend day: it is off anyway"}));
    }
    out.insert(*day);
  }
  return out;
}

}  // namespace

std::shared_ptr<const value::Calendar> read_calendar_file(const std::string& path,
                                                          std::vector<Diagnostic>& diagnostics) {
  std::vector<Diagnostic> found;
  std::shared_ptr<value::Calendar> calendar;
  if (const auto source = text::read_source(path, found)) {
    if (const auto root = text::parse_toml(source, found)) {
      calendar = std::make_shared<value::Calendar>();
      text::TableReader reader(*root, "calendar", found);
      if (reader.required_string("schema") != "jixiao/calendar/1")
        reader.report(
            Code::schema_unknown, reader.place("schema"),
            {"schema 应为 'jixiao/calendar/1'", "the schema should be 'jixiao/calendar/1'"});
      calendar->id = reader.required_string("id");
      reader.allow("cite");
      reader.allow("title");
      reader.allow("note");
      if (const text::Node* years = reader.node("years")) {
        for (const text::Node& year : years->items)
          calendar->years.insert(static_cast<int>(year.number));
      }
      reader.require("years");
      calendar->holidays = read_days(reader.node("holidays"), calendar->years, false, found);
      calendar->workdays = read_days(reader.node("workdays"), calendar->years, true, found);
      reader.finish();
    }
  }
  if (text::has_error(found)) calendar.reset();
  diagnostics.insert(diagnostics.end(), found.begin(), found.end());
  return calendar;
}

}  // namespace jixiao::ruleset
