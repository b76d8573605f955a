#include <algorithm>
#include <array>
#include <utility>

#include "audit/checks.hpp"

namespace jixiao::audit {
namespace {

struct Heard {
  const char* code;
  Check check;
  Severity severity;
};
// Which findings of a declaration are findings here. Placement and money are looked at where they
// stand.
constexpr std::array heard{
    Heard{"form.unmeasurable", Check::k15, Severity::note},
    Heard{"form.wording", Check::k15, Severity::note},
    Heard{"form.name", Check::k13, Severity::note},
    Heard{"form.midterm", Check::k22, Severity::warning},
    Heard{"form.period", Check::k22, Severity::warning},
    Heard{"form.unit", Check::unit_clash, Severity::note},
    Heard{"form.deadline", Check::k17, Severity::warning},
    Heard{"identity.broken", Check::k22, Severity::error},
};

void find_moved(CheckContext& context, const forms::Draft& draft) {
  for (const Row& row : context.claims.rows) {
    if (row.indicator == none || row.indicator >= draft.indicators.size()) continue;
    const forms::DraftIndicator& indicator = draft.indicators[row.indicator];
    if (!indicator.filed_name.empty()) {
      context.add(Check::k13, Severity::warning, row.name, row.name.text,
                  {"名称栏写的是日期“" + indicator.filed_name + "”，指标值栏写的是“" +
                       indicator.filed_target + "”：像是对调了",
                   "the name is a date, '" + indicator.filed_name + "', and the value is words, '" +
                       indicator.filed_target + "': they look swapped"});
    }
    if (!indicator.filed_block.empty()) {
      context
          .add(Check::k13, Severity::warning, row.type, row.name.text,
               {"“" + row.type.text + "”放在了“" + row.block.text + "”之下",
                "'" + row.type.text + "' stands under '" + row.block.text + "'"})
          .computed = indicator.block.text;
    }
    if (!indicator.filed_type.empty()) {
      context
          .add(Check::k13, Severity::note, row.type, row.name.text,
               {"“" + row.name.text + "”讲的是时间，放在了“" + row.type.text + "”",
                "'" + row.name.text + "' speaks of time and stands under '" + row.type.text + "'"})
          .computed = indicator.type.text;
    }
  }
}

// The row a line of the project's text belongs to; null for what stands before and behind the
// indicators.
const Row* row_at(const Claims& claims, const project::Project& project, std::size_t line,
                  std::size_t behind) {
  const Row* out = nullptr;
  if (behind != 0 && line >= behind) return nullptr;
  for (const Row& row : claims.rows) {
    if (row.indicator != none && row.indicator < project.indicators.size() &&
        project.indicators[row.indicator].place.line <= line)
      out = &row;
  }
  return out;
}

}  // namespace

void check_reading(CheckContext& context, const forms::Draft* draft,
                   const project::Project* project, const std::vector<Diagnostic>& diagnostics) {
  if (draft != nullptr) find_moved(context, *draft);
  if (project == nullptr) return;
  const std::size_t behind = project->declaration ? project->declaration->place.line : 0;
  for (const Diagnostic& each : diagnostics) {
    const auto known = std::find_if(heard.begin(), heard.end(),
                                    [&](const Heard& h) { return each.code == h.code; });
    if (known == heard.end()) continue;
    const Row* row = row_at(context.claims, *project, each.line, behind);
    // Swapped cells are told once.
    const bool swapped = row != nullptr && draft != nullptr &&
                         !draft->indicators[row->indicator].filed_name.empty();
    if (swapped && (known->code == std::string_view("form.name") ||
                    known->code == std::string_view("form.wording")))
      continue;
    PrintedText at = row != nullptr ? row->target : PrintedText{};
    if (row == nullptr) at.place = context.claims.execution_place();
    // A project's file is there to be looked at; the lines of one made of a form are not.
    if (draft == nullptr && each.line != 0) at.place = place_of_line(each.file, each.line);
    AuditFinding& found = context.add(known->check, known->severity, at,
                                      row != nullptr ? row->name.text : std::string(),
                                      each.message);
    found.explanation = each.help;
  }
}

}  // namespace jixiao::audit
