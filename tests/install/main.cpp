// consumer RULES PROJECT: the total and the rating of the project, through the public headers
// alone.
#include <iostream>
#include <jixiao/jixiao.hpp>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const jixiao::RuleLibrary library{{argv[1]}};
  const auto project = jixiao::read_project({argv[2], ""});
  if (!project) return 1;
  const auto rules = jixiao::read_rules(project->rules(), library, project->needs());
  if (!rules) return 1;
  const auto card = jixiao::score(*rules, *project);
  std::cout << card.total << " " << card.rating << "\n";
  return card.scored ? 0 : 1;
}
