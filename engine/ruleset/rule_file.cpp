#include "ruleset/rule_file.hpp"

#include <algorithm>
#include <cmath>

#include "ruleset/citation.hpp"

namespace jixiao::ruleset {

using text::Code;
using text::TableReader;

bool is_number(const text::Node& node) {
  return (node.kind == text::NodeKind::integer || node.kind == text::NodeKind::number) &&
         std::isfinite(node.number);
}

void RuleFileReader::read_head(std::string_view schema, RuleFileHead& out) {
  top_.require("schema");
  const std::string wanted(schema);
  if (const auto found = top_.string("schema"); found && *found != wanted)
    top_.report(Code::schema_unknown, top_.place("schema"),
                {"schema 应为 '" + wanted + "'，这里是 '" + *found + "'",
                 "the schema should be '" + wanted + "', this is '" + *found + "'"});
  out.id = top_.required_string("id");
  out.version = top_.required_string("version");
  top_.require("title");
  out.title = top_.text("title").value_or(Text{});
  out.note = top_.text("note").value_or(Text{});
  top_.allow("extends");
  out.cite = read_citations(top_, "cite", true, "rule set", diagnostics_);
  out.lineage = lineage_.ancestors;
  out.file = lineage_.file;
  out.sha256 = lineage_.sha256;
}

void RuleFileReader::read_params(
    const std::function<void(const std::string&, const text::Place&)>& check,
    std::vector<Parameter>& out) {
  const text::Node* table = top_.table("params");
  if (table == nullptr) return;
  for (const text::Node::Entry& entry : table->entries) {
    if (!is_number(entry.value)) {
      top_.report(Code::value_type, entry.value.place,
                  {"参数 '" + entry.key + "' 应为数",
                   "the parameter '" + entry.key + "' should be a number"});
      continue;
    }
    check(entry.key, entry.key_place);
    out.push_back({entry.key, entry.value.number});
  }
}

std::string RuleFileReader::read_id(TableReader& reader, std::vector<std::string>& taken) {
  std::string id = reader.required_string("id");
  if (!id.empty() && std::find(taken.begin(), taken.end(), id) != taken.end())
    reader.report(Code::id_duplicate, reader.place("id"),
                  {"id '" + id + "' 已被使用", "the id '" + id + "' is already taken"},
                  {"换一个 id", "choose another id"});
  taken.push_back(id);
  return id;
}

Wording RuleFileReader::read_wording(TableReader& reader, std::string_view key,
                                     const formula::Scope& scope) {
  Wording out;
  reader.require(key);
  const text::Node* words = reader.table(key);
  if (words == nullptr) return out;
  TableReader both(*words, std::string(key), diagnostics_);
  if (const auto zh = both.formula("zh")) out.zh = compile_sentence(*zh, scope, diagnostics_);
  if (const auto en = both.formula("en")) out.en = compile_sentence(*en, scope, diagnostics_);
  both.require("zh");
  both.finish();
  return out;
}

std::optional<formula::Formula> RuleFileReader::compiled(const std::optional<text::Located>& source,
                                                         const formula::Scope& scope) {
  return source ? formula::compile(*source, scope, diagnostics_) : std::nullopt;
}

void RuleFileReader::refuse_name(const std::string& name, const text::Place& place) {
  top_.report(Code::id_invalid, place,
              {"'" + name + "' 不能在公式中使用，或已另有所指",
               "'" + name + "' could not be used in a formula, or already means something"},
              {"换一个名称", "choose another name"});
}

}  // namespace jixiao::ruleset
