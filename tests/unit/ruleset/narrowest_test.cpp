#include "ruleset/narrowest.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "scratch.hpp"

using namespace jixiao;
using ruleset::Method;
using ruleset::Selector;

namespace {

Selector made_up(std::mt19937& random) {
  const auto some = [&](std::size_t values) {
    std::vector<std::size_t> out;
    if (random() % 2 == 0) return out;
    for (std::size_t v = 0; v < values; ++v) {
      if (random() % 2 == 0) out.push_back(v);
    }
    if (out.empty()) out.push_back(random() % values);
    if (random() % 5 == 0) out.push_back(out.front());  // somebody may write it twice
    return out;
  };
  Selector out;
  out.blocks = some(3);
  out.types = some(3);
  for (const std::size_t d : some(2)) out.directions.push_back(static_cast<value::Direction>(d));
  if (random() % 3 == 0) out.target_zero = random() % 2 == 0;
  return out;
}

}  // namespace

TEST_CASE("the narrowest methods are those no other is narrower than", "[ruleset]") {
  std::mt19937 random(17);
  for (int round = 0; round < 300; ++round) {
    std::vector<Method> methods(1 + random() % 12);
    std::vector<std::size_t> fitting;
    for (std::size_t m = 0; m < methods.size(); ++m) {
      methods[m].when = made_up(random);
      if (random() % 4 != 0) fitting.push_back(m);
    }
    std::vector<std::size_t> expected;
    for (const std::size_t m : fitting) {
      const bool beaten = std::any_of(fitting.begin(), fitting.end(), [&](std::size_t other) {
        return methods[other].when->narrower_than(*methods[m].when);
      });
      if (!beaten) expected.push_back(m);
    }
    CHECK(ruleset::narrowest(methods, fitting) == expected);
  }
}

TEST_CASE("every ambiguous pair that an indicator can meet is told, one of each", "[ruleset]") {
  const scratch::Folder folder;
  const std::string head =
      "schema = \"jixiao/ruleset/1\"\nid = \"many\"\nversion = \"1\"\ntitle = \"many\"\ncite = { "
      "text = \"x\", evidence = \"illustrative\" }\n"
      "block = [{ id = \"a\", weight = 60 }, { id = \"b\", weight = 40 }]\nband = [{ id = \"p\", "
      "from = 60 }, { id = \"f\" }]\n";
  std::string types, methods;
  constexpr int count = 40;
  for (int i = 0; i < count; ++i) {
    const std::string n = std::to_string(i);
    types += "[[type]]\nid = \"t" + n + "\"\n";
    for (const char* half : {"x", "y"})
      methods += "[[method]]\nid = \"" + std::string(half) + n +
                 "\"\npoints = 'W'\nwhen = { type = \"t" + n +
                 "\" }\n"
                 "cite = { text = \"x\", evidence = \"illustrative\" }\n";
  }
  const auto rules = read_rules(folder.write("ruleset.toml", head + types + methods), {});
  REQUIRE_FALSE(rules.has_value());
  const auto& all = rules.diagnostics();
  CHECK(std::count_if(all.begin(), all.end(),
                      [](const Diagnostic& d) { return d.code == "method.ambiguous"; }) == count);
}
