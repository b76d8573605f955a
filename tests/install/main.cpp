// consumer PROJECT [RULES]: the total and the rating of the project, through the public headers
// alone; by the rule sets inside the library when no folder of them is named.
#include <iostream>
#include <jixiao/jixiao.hpp>

int main(int argc, char** argv) {
  if (argc != 2 && argc != 3) return 2;
  const jixiao::RuleLibrary library = argc == 3 ? jixiao::RuleLibrary{{argv[2]}}
                                                : jixiao::RuleLibrary::standard();
  const auto project = jixiao::read_project({argv[1], ""});
  if (!project) return 1;
  const auto rules = jixiao::read_rules(project->rules(), library, project->needs());
  if (!rules) return 1;
  const auto card = jixiao::score(*rules, *project);
  std::cout << card.total << " " << card.rating << "\n";
  return card.scored ? 0 : 1;
}
