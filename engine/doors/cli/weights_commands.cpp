#include "weights_commands.hpp"

#include <iostream>

#include "writing.hpp"

namespace jixiao::cli {

int weights(const Call& call, WeightsCall what) {
  for (const std::string& pair : what.map)
    what.request.map.emplace_back(pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1));
  const auto found = weigh(what.request, call.library);
  report(call, found.diagnostics());
  if (!found) return input_wrong;
  if (!what.rules_file.empty() && !write_whole(call, what.rules_file, weighted_rules(*found)))
    return own_fault;
  std::cout << render_weights(*found, what.view, call.out);
  return done;
}

}  // namespace jixiao::cli
