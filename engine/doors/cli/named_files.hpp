// Every file that stands on the command line held against every other, before a command begins.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "jixiao/file_uses.hpp"

namespace jixiao::cli {

// Declares what a parsed command line names. *Returns* the first conflict.
std::optional<Diagnostic> hold_names_apart(const CLI::App& app, FileUses& uses);

// Of a command that reads a project or a file: where the command line says "-" in place of one,
// standard input is read to its end and stands for the file "-" from then on. *Returns* what is
// wrong: "-" stands there twice.
std::optional<Diagnostic> read_standard_input(const CLI::App& app);

}  // namespace jixiao::cli
