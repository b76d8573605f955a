// The program says exactly what tests/golden keeps, command by command.
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
const std::string folder = JIXIAO_SOURCE_DIR "/tests/golden/";

struct Command {
  std::string name;
  std::string arguments;
  int status = 0;
};

std::string trimmed(const std::string& s) {
  const auto first = s.find_first_not_of(' ');
  return first == std::string::npos ? "" : s.substr(first, s.find_last_not_of(' ') - first + 1);
}

std::vector<Command> commands() {
  std::vector<Command> out;
  std::ifstream in(folder + "commands.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto first = line.find('|');
    const auto last = line.rfind('|');
    REQUIRE(first < last);
    out.push_back({trimmed(line.substr(0, first)),
                   trimmed(line.substr(first + 1, last - first - 1)),
                   std::stoi(line.substr(last + 1))});
  }
  return out;
}

// A file that is not there reads as something no program says.
std::string content(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return "(no file " + file + ")";
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Nothing when equal; else the first line that differs.
std::string difference(const std::string& is, const std::string& should) {
  if (is == should) return {};
  std::istringstream a(is);
  std::istringstream b(should);
  std::string line_a;
  std::string line_b;
  for (int line = 1;; ++line) {
    const bool more_a = static_cast<bool>(std::getline(a, line_a));
    const bool more_b = static_cast<bool>(std::getline(b, line_b));
    if (!more_a) line_a = "(end)";
    if (!more_b) line_b = "(end)";
    if (line_a != line_b || (!more_a && !more_b))
      return "line " + std::to_string(line) + "\n  says:   " + line_a + "\n  golden: " + line_b;
  }
}

// Long options of one help text.
std::set<std::string> options_in(const std::string& help) {
  std::set<std::string> out;
  std::istringstream in(help);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("  -")) continue;
    const auto at = line.find("--");
    if (at != std::string::npos) out.insert(line.substr(at, line.find_first_of(" ,=", at) - at));
  }
  return out;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

}  // namespace

// What `jixiao --help` lists under Subcommands.
std::set<std::string> subcommands_in(const std::string& help) {
  std::set<std::string> out;
  std::istringstream lines(help.substr(std::min(help.find("Subcommands:"), help.size())));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && line.starts_with("  ")) {
    if (line[2] != ' ') out.insert(line.substr(2, line.find(' ', 2) - 2));
  }
  return out;
}

TEST_CASE("every command says what its golden says", "[golden]") {
  std::string pattern = (fs::temp_directory_path() / "jixiao-golden-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  const std::vector<Command> all = commands();
  REQUIRE(all.size() >= 60);
  for (const Command& command : all) {
    const std::string out = pattern + "/out";
    const std::string err = pattern + "/err";
    const std::string call = "cd '" JIXIAO_SOURCE_DIR "' && tests/golden/run '" JIXIAO_PROGRAM
                             "' '" +
                             out + "' '" + err + "' " + command.arguments;
    const int status = std::system(call.c_str());
    INFO(command.name << ": jixiao " << command.arguments
                      << "\nif it should be so: tests/golden/regenerate, then git diff");
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == command.status);
    CHECK(difference(content(out), content(folder + command.name + ".out")) == "");
    CHECK(difference(content(err), content(folder + command.name + ".err")) == "");
  }
  fs::remove_all(pattern);
}

TEST_CASE("every option of every command is in a golden", "[golden]") {
  const std::vector<Command> all = commands();
  std::set<std::string> helped;
  for (const Command& help : all) {
    if (!help.arguments.ends_with("--help")) continue;
    std::vector<std::string> command = words_of(help.arguments);  // "rules show --help" -> rules
                                                                  // show
    command.pop_back();
    if (command.size() == 1) helped.insert(command.front());
    const std::set<std::string> known = options_in(content(folder + help.name + ".out"));
    CHECK(!known.empty());
    for (const std::string& option : known) {
      bool used = false;
      for (const Command& other : all) {
        const std::vector<std::string> words = words_of(other.arguments);
        std::set<std::string> seen(words.begin(), words.end());
        bool same = seen.contains(option);
        for (const std::string& word : command) same = same && seen.contains(word);
        used = used || same;
      }
      INFO(help.arguments << " lists " << option << ", and no line of commands.txt uses it");
      CHECK(used);
    }
  }
  CHECK(helped == subcommands_in(content(folder + "help.out")));
}

TEST_CASE("every golden belongs to a command", "[golden]") {
  std::set<std::string> names;
  for (const Command& command : commands()) {
    INFO(command.name);
    CHECK(names.insert(command.name).second);
  }
  for (const auto& item : fs::directory_iterator(folder)) {
    const std::string extension = item.path().extension().string();
    if (extension != ".out" && extension != ".err") continue;
    INFO(item.path().string());
    CHECK(names.contains(item.path().stem().string()));
  }
}
