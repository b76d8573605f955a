// What reaches the next rating, for other programs: JSON and CSV.
#include "page/csv.hpp"
#include "page/json_values.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
using page::number;
using page::text;
namespace {

Json turned(const std::optional<TurnedTo>& to) {
  if (!to) return nullptr;
  return {{"value", number(to->value)},
          {"shown", to->shown},
          {"change", to->change},
          {"total", number(to->total)},
          {"rating", or_null(to->rating)}};
}

Json joint_json(const JointChange& joint) {
  Json turns = Json::array();
  for (const JointTurn& turn : joint.turns) {
    turns.push_back({{"name", turn.name},
                     {"label", text(turn.label)},
                     {"before", turn.before},
                     {"after", turned(turn.after)},
                     {"cost", number(turn.cost)}});
  }
  return {{"possible", joint.possible},
          {"currency", joint.currency},
          {"cost", joint.possible ? number(joint.cost) : Json(nullptr)},
          {"total", number(joint.total)},
          {"rating", or_null(joint.rating)},
          {"best_total", number(joint.best_total)},
          {"exact", joint.exact},
          {"bound", number(joint.bound)},
          {"choices", joint.choices},
          {"turns", std::move(turns)}};
}

}  // namespace

std::string next_json(const NextRating& next) {
  Json out = {
      {"schema", "jixiao/next/1"},
      {"engine", next.engine},
      {"project",
       {{"name", text(next.project)},
        {"file", next.project_file},
        {"year", next.year},
        {"unit", next.unit},
        {"illustrative", next.illustrative},
        {"sha256", next.inputs_sha256}}},
      {"rules",
       {{"id", next.rules}, {"version", next.rules_version}, {"title", text(next.rules_title)}}},
      {"total", number(next.total)},
      {"digits", next.digits},
      {"scale", number(next.scale)},
      {"rating", or_null(next.rating)},
      {"rating_label", text(next.rating_label)},
      {"keeps_from", number(next.keeps_from)},
      {"goal", number(next.goal)},
      {"goal_rating", or_null(next.goal_rating)},
      {"goal_label", text(next.goal_label)}};
  out["indicators"] = Json::array();
  for (const TurnedIndicator& row : next.indicators) {
    out["indicators"].push_back({{"id", row.id},
                                 {"label", text(row.label)},
                                 {"result", or_null(row.shown)},
                                 {"points", number(row.points)},
                                 {"weight", number(row.weight)},
                                 {"can_turn", row.can_turn},
                                 {"step", or_null(row.step)},
                                 {"followers", row.followers},
                                 {"reaches", turned(row.reaches)},
                                 {"best", turned(row.best)},
                                 {"keeps", turned(row.keeps)},
                                 {"loses", turned(row.loses)}});
  }
  out["joint"] = next.joint ? joint_json(*next.joint) : Json(nullptr);
  return dump(out);
}

// One record an indicator and question, then one a number of the joint change.
std::string next_csv(const NextRating& next, Language language) {
  std::string out = "section,name,label,result,value,shown,change,total,rating,cost\n";
  const auto line = [&](const std::string& section, const std::string& name, const Text& label,
                        const std::string& result, const std::optional<TurnedTo>& to,
                        const std::string& cost) {
    std::vector<std::string> cells{section, name, label.in(language), result};
    if (to) {
      cells.insert(cells.end(), {value::plain(to->value, 9), to->shown, to->change,
                                 value::fixed(to->total, next.digits), to->rating});
    } else {
      cells.insert(cells.end(), 5, "");
    }
    cells.push_back(cost);
    out += csv_line(cells);
  };
  const TurnedTo now{next.total, "", "", next.total, next.rating};
  line("now", "total", {"总分", "total"}, "", now, "");
  if (next.goal)
    line("goal", "total", {"要达到", "to reach"}, "",
         TurnedTo{*next.goal, "", "", *next.goal, next.goal_rating}, "");
  for (const TurnedIndicator& row : next.indicators) {
    if (next.goal)
      line(row.reaches ? "reaches" : "best", row.id, row.label, row.shown,
           row.reaches ? row.reaches : row.best, "");
    line("keeps", row.id, row.label, row.shown, row.keeps, "");
    line("loses", row.id, row.label, row.shown, row.loses, "");
  }
  if (!next.joint) return out;
  for (const JointTurn& turn : next.joint->turns)
    line("joint", turn.name, turn.label, turn.before, turn.after, value::plain(turn.cost, 4));
  return out;
}

}  // namespace jixiao::report
