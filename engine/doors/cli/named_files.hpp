// Every file that stands on the command line held against every other, before a command begins.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "jixiao/file_uses.hpp"

namespace jixiao::cli {

// Declares what a parsed command line names. *Returns* the first conflict.
std::optional<Diagnostic> hold_names_apart(const CLI::App& app, FileUses& uses);

}  // namespace jixiao::cli
