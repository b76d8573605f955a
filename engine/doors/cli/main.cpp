#include "command_line.hpp"
#include "many_processes.hpp"

int main(int argc, char** argv) {
  // Under mpirun a study is for the program that can share it out.
  if (const auto status = jixiao::cli::hand_over(argc, argv)) return *status;
  return jixiao::cli::run_program(argc, argv);
}
