#include "shard/part_head.hpp"

#include <nlohmann/json.hpp>

namespace jixiao::shard {
namespace {

using Json = nlohmann::ordered_json;

Json inputs_json(const PartHead& head) {
  Json out = Json::array();
  for (const batch::Inputs::Identity& input : head.inputs) {
    out.push_back({{"name", input.name},
                   {"size", input.size},
                   {"content", input.content},
                   {"mine", input.mine},
                   {"begin", input.range.begin},
                   {"end", input.range.end},
                   {"first_line", input.range.first_line},
                   {"first_record", input.range.first_record}});
  }
  return out;
}

Json forced_json(const std::vector<ForcedLimit>& limits) {
  Json out = Json::array();
  for (const ForcedLimit& limit : limits)
    out.push_back(
        {{"rating", limit.rating}, {"percent", limit.percent}, {"or_better", limit.or_better}});
  return out;
}

Json settings_json(const PartHead& head) {
  const PortfolioRequest& p = head.portfolio;
  return {{"language", head.language == Language::zh ? "zh" : "en"},
          {"strict", head.strict},
          {"indicators", head.with_indicators},
          {"map", head.map},
          {"ties", static_cast<int>(p.ties)},
          {"roll_up", p.roll_up},
          {"weight", static_cast<int>(p.weight)},
          {"forced", forced_json(p.forced)},
          {"forced_by", p.forced_by},
          {"forced_ties", static_cast<int>(p.forced_ties)},
          {"near", p.near},
          {"earlier", p.earlier},
          {"earlier_sha256", head.earlier_sha256}};
}

Json form_json(const batch::TableForm& form) {
  return {{"rows", form.rows},
          {"indicators", form.indicators},
          {"late", form.late},
          {"wide", form.wide},
          {"title", form.title}};
}

void read_inputs(const Json& from, PartHead& head) {
  for (const Json& input : from) {
    batch::Inputs::Identity identity;
    input.at("name").get_to(identity.name);
    input.at("size").get_to(identity.size);
    identity.content = input.value("content", std::string());
    input.at("mine").get_to(identity.mine);
    input.at("begin").get_to(identity.range.begin);
    input.at("end").get_to(identity.range.end);
    input.at("first_line").get_to(identity.range.first_line);
    input.at("first_record").get_to(identity.range.first_record);
    head.form.inputs.push_back(identity.name);
    head.inputs.push_back(std::move(identity));
  }
}

void read_settings(const Json& from, PartHead& head) {
  PortfolioRequest& p = head.portfolio;
  head.language = from.at("language") == "zh" ? Language::zh : Language::en;
  from.at("strict").get_to(head.strict);
  from.at("indicators").get_to(head.with_indicators);
  from.at("map").get_to(head.map);
  p.ties = static_cast<Ties>(from.at("ties").get<int>());
  from.at("roll_up").get_to(p.roll_up);
  p.weight = static_cast<RollUpWeight>(from.at("weight").get<int>());
  for (const Json& limit : from.at("forced"))
    p.forced.push_back({limit.at("rating").get<std::string>(), limit.at("percent").get<double>(),
                        limit.at("or_better").get<bool>()});
  from.at("forced_by").get_to(p.forced_by);
  p.forced_ties = static_cast<ForcedTies>(from.at("forced_ties").get<int>());
  from.at("near").get_to(p.near);
  from.at("earlier").get_to(p.earlier);
  from.at("earlier_sha256").get_to(head.earlier_sha256);
}

}  // namespace

std::string to_line(const PartHead& head) {
  const Json line{{"engine", head.engine},
                  {"rules",
                   {{"id", head.rules_id},
                    {"version", head.rules_version},
                    {"sha256", head.rules_sha256},
                    {"file", head.rules_file}}},
                  {"shard", {{"index", head.shard.index}, {"count", head.shard.count}}},
                  {"inputs", inputs_json(head)},
                  {"columns", head.columns},
                  {"form", form_json(head.form)},
                  {"settings", settings_json(head)}};
  return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<PartHead> head_of_line(std::string_view line) {
  try {
    const Json from = Json::parse(line);
    PartHead head;
    from.at("engine").get_to(head.engine);
    from.at("rules").at("id").get_to(head.rules_id);
    from.at("rules").at("version").get_to(head.rules_version);
    from.at("rules").at("sha256").get_to(head.rules_sha256);
    from.at("rules").at("file").get_to(head.rules_file);
    from.at("shard").at("index").get_to(head.shard.index);
    from.at("shard").at("count").get_to(head.shard.count);
    from.at("columns").get_to(head.columns);
    const Json& form = from.at("form");
    form.at("rows").get_to(head.form.rows);
    form.at("indicators").get_to(head.form.indicators);
    form.at("late").get_to(head.form.late);
    form.at("wide").get_to(head.form.wide);
    form.at("title").get_to(head.form.title);
    read_inputs(from.at("inputs"), head);
    read_settings(from.at("settings"), head);
    return head;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

Text difference(const PartHead& head, const PartHead& other) {
  if (other.engine != head.engine) {
    return {"由 " + other.engine + " 生成，其余由 " + head.engine,
            "it was made by " + other.engine + ", the others by " + head.engine};
  }
  if (other.rules_id != head.rules_id || other.rules_sha256 != head.rules_sha256) {
    const bool same = other.rules_id == head.rules_id;
    return {"规则集是 " + other.rules_id + (same ? "，但内容不同" : "，其余是 " + head.rules_id),
            "its rule set is " + other.rules_id +
                (same ? ", with other content" : ", that of the others " + head.rules_id)};
  }
  if (other.shard.count != head.shard.count) {
    return {"它属于 " + std::to_string(other.shard.count) + " 个分片，其余属于 " +
                std::to_string(head.shard.count) + " 个",
            "it is one of " + std::to_string(other.shard.count) + " shards, the others of " +
                std::to_string(head.shard.count)};
  }
  const auto same_table = [](const batch::Inputs::Identity& a, const batch::Inputs::Identity& b) {
    return a.name == b.name && a.size == b.size && a.content == b.content;
  };
  if (other.columns != head.columns ||
      !std::equal(head.inputs.begin(), head.inputs.end(), other.inputs.begin(), other.inputs.end(),
                  same_table)) {
    return {"读的是别的表：" + other.form.title + "（其余：" + head.form.title +
                "），或表在两次运行之间改过",
            "it is of other tables: " + other.form.title + " (the others: " + head.form.title +
                "), or the table changed between the runs"};
  }
  if (settings_json(other) != settings_json(head) ||
      form_json(other.form) != form_json(head.form)) {
    return {"选项与其余分片不同", "its options differ from those of the others"};
  }
  return {};
}

}  // namespace jixiao::shard
