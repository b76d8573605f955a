// Collecting diagnostics, and printing them the way compilers do.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "text/code.hpp"
#include "text/source.hpp"

namespace jixiao::text {

// Makes a diagnostic of `code` (its severity is the code's own unless given) at `place`.
Diagnostic diagnose(Code code, const Place& place, Text message, Text help = {});
Diagnostic diagnose(Severity severity, Code code, const Place& place, Text message, Text help = {});
// About a whole file, or about no file when `file` is empty.
Diagnostic diagnose_file(Code code, const std::string& file, Text message, Text help = {});

bool has_error(std::span<const Diagnostic> diagnostics);
// By file (in order of first mention), then line, column; equal ones once.
void sort_by_place(std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::text
