// replay FOLDER...   gives a target every seed in the folders, without libFuzzer: a test on any
// machine.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "fuzz.hpp"

int main(int argc, char** argv) {
  std::size_t seeds = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      std::ifstream in(entry.path(), std::ios::binary);
      std::ostringstream bytes;
      bytes << in.rdbuf();
      const std::string text = bytes.str();
      std::cout << entry.path().filename().string() << std::endl;  // flushed: the last one named is
                                                                   // the one that failed
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
      ++seeds;
    }
  }
  std::cout << seeds << " seeds\n";
  return seeds > 0 ? 0 : 1;
}
