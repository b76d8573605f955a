// The command line: words understood, and what they ask for done.
#pragma once

#include "jixiao/ranks.hpp"

namespace jixiao::cli {

// Ends with the exit status; what it throws is our own fault. `ranks`: this process is one of those
// that do a study together. Then every rank gets the same words, the first one prints, and nothing
// but `study` is done. `threads`: of a study whose call names no number; 0: as many as the machine
// has.
int run(int argc, char** argv, Ranks* ranks = nullptr, unsigned threads = 0);

// The same alone, with what is thrown said.
int run_program(int argc, char** argv);

}  // namespace jixiao::cli
