// Every diagnostic code, once. docs/diagnostics.md and tests/cases/errors/ hold one entry for each.
#pragma once

#include <span>
#include <string_view>

#include "jixiao/diagnostic.hpp"

namespace jixiao::text {

// JIXIAO_CODE(identifier, "stable.name", default severity, "one line in English")
#define JIXIAO_CODES(JIXIAO_CODE)                                                                  \
  JIXIAO_CODE(file_unreadable, "file.unreadable", error,                                           \
              "a file that is missing or cannot be read")                                          \
  JIXIAO_CODE(file_too_large, "file.too-large", error, "a file over the size limit")               \
  JIXIAO_CODE(encoding_gbk, "encoding.gbk", warning,                                               \
              "a GBK file, converted to UTF-8 while reading")                                      \
  JIXIAO_CODE(encoding_invalid, "encoding.invalid", error, "bytes that are neither UTF-8 nor GBK") \
  JIXIAO_CODE(toml_syntax, "toml.syntax", error, "text that is not TOML")                          \
  JIXIAO_CODE(schema_unknown, "schema.unknown", error, "a missing, unknown or newer schema line")  \
  JIXIAO_CODE(key_unknown, "key.unknown", error, "a key nobody reads")                             \
  JIXIAO_CODE(key_missing, "key.missing", error, "a key that must be there")                       \
  JIXIAO_CODE(value_type, "value.type", error, "a value of the wrong kind")                        \
  JIXIAO_CODE(value_choice, "value.choice", error, "a word outside the list of allowed ones")      \
  JIXIAO_CODE(value_number, "value.number", error, "NaN, an infinity or a number out of range")    \
  JIXIAO_CODE(value_text, "value.text", error,                                                     \
              "field text nobody can read (amount, date, target, unit)")                           \
  JIXIAO_CODE(value_doubtful, "value.doubtful", warning, "field text read with a guess")           \
  JIXIAO_CODE(id_invalid, "id.invalid", error, "an id that formulas could not name")               \
  JIXIAO_CODE(id_duplicate, "id.duplicate", error, "the same id twice")                            \
  JIXIAO_CODE(reference_unknown, "reference.unknown", error, "a name that refers to nothing")      \
  JIXIAO_CODE(extends_cycle, "extends.cycle", error, "a rule set that extends itself")             \
  JIXIAO_CODE(formula_syntax, "formula.syntax", error, "text muParser cannot read")                \
  JIXIAO_CODE(formula_name, "formula.name", error, "a name a formula cannot know")                 \
  JIXIAO_CODE(formula_refused, "formula.refused", error,                                           \
              "what muParser reads but a rule must not say")                                       \
  JIXIAO_CODE(formula_limit, "formula.limit", error, "a formula too long or too deep")             \
  JIXIAO_CODE(formula_domain, "formula.domain", error,                                             \
              "a formula that divides by a value without saying where it holds")                   \
  JIXIAO_CODE(formula_unit, "formula.unit", error, "units that do not fit in a formula")           \
  JIXIAO_CODE(weights_sum, "weights.sum", error, "weights that do not add up")                     \
  JIXIAO_CODE(weights_invalid, "weights.invalid", error,                                           \
              "a weight that is negative or outside its limits")                                   \
  JIXIAO_CODE(case_failed, "case.failed", error, "a case of a rule set that does not come out")    \
  JIXIAO_CODE(bands_gap, "bands.gap", error, "values no band covers")                              \
  JIXIAO_CODE(bands_overlap, "bands.overlap", error,                                               \
              "values two bands cover, or a band nothing can reach")                               \
  JIXIAO_CODE(comparisons_matrix, "comparisons.matrix", error,                                     \
              "a comparison matrix that is not whole, positive and reciprocal")                    \
  JIXIAO_CODE(comparisons_inconsistent, "comparisons.inconsistent", error,                         \
              "judgements that contradict each other")                                             \
  JIXIAO_CODE(weights_data, "weights.data", error,                                                 \
              "a table that weights cannot be computed from, or weights that are not its")         \
  JIXIAO_CODE(weights_decimals, "weights.decimals", warning,                                       \
              "a weight with more decimals than its points may")                                   \
  JIXIAO_CODE(bands_order, "bands.order", warning,                                                 \
              "bands that stand neither from high to low nor from low to high")                    \
  JIXIAO_CODE(method_reversed, "method.reversed", warning,                                         \
              "a method that pays more for missing the target")                                    \
  JIXIAO_CODE(inapplicable_refused, "inapplicable.refused", error,                                 \
              "what may not apply where it cannot be taken out")                                   \
  JIXIAO_CODE(method_none, "method.none", error, "an indicator no method fits")                    \
  JIXIAO_CODE(method_ambiguous, "method.ambiguous", error,                                         \
              "an indicator two methods fit equally well")                                         \
  JIXIAO_CODE(evidence_missing, "evidence.missing", error,                                         \
              "a rule without source or evidence status")                                          \
  JIXIAO_CODE(block_empty, "block.empty", warning, "a block with weight but without indicators")   \
  JIXIAO_CODE(block_unused, "block.unused", warning, "a block the total's formula does not name")  \
  JIXIAO_CODE(block_misplaced, "block.misplaced", warning,                                         \
              "an indicator in a block its type does not belong to")                               \
  JIXIAO_CODE(unit_clash, "unit.clash", error, "values whose units differ")                        \
  JIXIAO_CODE(identity_broken, "identity.broken", error,                                           \
              "an arithmetic identity that does not hold")                                         \
  JIXIAO_CODE(money_sum, "money.sum", error, "money rows that do not add up")                      \
  JIXIAO_CODE(result_missing, "result.missing", error, "an indicator or amount without a result")  \
  JIXIAO_CODE(result_unknown, "result.unknown", error,                                             \
              "a result for something the project does not declare")                               \
  JIXIAO_CODE(result_invalid, "result.invalid", error, "a result outside what its method accepts") \
  JIXIAO_CODE(result_uncomputable, "result.uncomputable", error, "points that cannot be computed") \
  JIXIAO_CODE(statistic_circle, "statistic.circle", error,                                         \
              "statistics of a table that go in a circle")                                         \
  JIXIAO_CODE(statistic_needed, "statistic.needed", error,                                         \
              "a rule set that scores by numbers of a table, without the table")                   \
  JIXIAO_CODE(statistic_empty, "statistic.empty", warning,                                         \
              "a statistic of nothing, of one value or of equal values")                           \
  JIXIAO_CODE(statistic_table, "statistic.table", error,                                           \
              "a file of statistics that is damaged, a part, or of another rule set")              \
  JIXIAO_CODE(rating_limit, "rating.limit", warning,                                               \
              "a limit on ratings that leaves nobody room, or that one project cannot keep")       \
  JIXIAO_CODE(rule_check, "rule.check", warning, "a check the rule set itself declares")           \
  JIXIAO_CODE(form_citation, "form.citation", warning,                                             \
              "documents cited differently in two places of the form")                             \
  JIXIAO_CODE(form_period, "form.period", warning, "a period that does not fit the money")         \
  JIXIAO_CODE(form_unit, "form.unit", warning, "a unit that differs from the form's own heading")  \
  JIXIAO_CODE(form_placement, "form.placement", warning,                                           \
              "an indicator filed under the wrong heading")                                        \
  JIXIAO_CODE(form_name, "form.name", warning,                                                     \
              "an indicator whose name does not say what is measured")                             \
  JIXIAO_CODE(form_midterm, "form.midterm", warning,                                               \
              "mid-term targets that do not follow from the annual ones")                          \
  JIXIAO_CODE(form_unmeasurable, "form.unmeasurable", warning,                                     \
              "a target nobody can measure as written")                                            \
  JIXIAO_CODE(form_wording, "form.wording", warning,                                               \
              "two terms mixed up, or words where a value belongs")                                \
  JIXIAO_CODE(form_blank, "form.blank", note, "something the form leaves out")                     \
  JIXIAO_CODE(form_deadline, "form.deadline", warning, "deadlines that contradict each other")     \
  JIXIAO_CODE(form_uncovered, "form.uncovered", warning, "money no indicator speaks for")          \
  JIXIAO_CODE(file_unwritable, "file.unwritable", error,                                           \
              "a file or database that cannot be written")                                         \
  JIXIAO_CODE(file_conflict, "file.conflict", error,                                               \
              "a file or table that would be written over though the run reads it")                \
  JIXIAO_CODE(table_header, "table.header", error,                                                 \
              "a table whose header is not the one that is needed")                                \
  JIXIAO_CODE(table_reading, "table.reading", warning,                                             \
              "a table read otherwise than its words alone say")                                   \
  JIXIAO_CODE(table_total, "table.total", error, "a row of totals among the projects")             \
  JIXIAO_CODE(shard_impossible, "shard.impossible", error,                                         \
              "tables that cannot be split into shards this way")                                  \
  JIXIAO_CODE(part_wrong, "part.wrong", error,                                                     \
              "a part that is missing, damaged, there twice or of another run")                    \
  JIXIAO_CODE(model_circle, "model.circle", error,                                                 \
              "definitions of a cost model that go in a circle")                                   \
  JIXIAO_CODE(constraint_violated, "constraint.violated", warning,                                 \
              "a constraint the project itself does not keep")                                     \
  JIXIAO_CODE(document_kind, "document.kind", error,                                               \
              "a kind of document that cannot be read here")                                       \
  JIXIAO_CODE(document_damaged, "document.damaged", error,                                         \
              "a document that is cut short, damaged or built to do harm")                         \
  JIXIAO_CODE(document_locked, "document.locked", error, "a document protected by a password")     \
  JIXIAO_CODE(form_none, "form.none", error, "a document in which no form was found")              \
  JIXIAO_CODE(form_reading, "form.reading", warning,                                               \
              "something in a form that was read with a guess, to be confirmed")

enum class Code {
#define JIXIAO_CODE(identifier, name, severity, summary) identifier,
  JIXIAO_CODES(JIXIAO_CODE)
#undef JIXIAO_CODE
};

struct CodeEntry {
  Code code;
  std::string_view name;
  Severity severity;
  std::string_view summary;
};

std::span<const CodeEntry> all_codes();
const CodeEntry& entry(Code code);

}  // namespace jixiao::text
