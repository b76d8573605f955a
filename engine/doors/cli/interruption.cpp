#include "interruption.hpp"

#include <csignal>

namespace jixiao::cli {
namespace {

std::atomic<bool> asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void ask(int) { asked.store(true); }

}  // namespace

const std::atomic<bool>& interruption() {
  static const bool installed = [] {
    struct sigaction action {};
    action.sa_handler = ask;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGUSR1, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow further is one that cannot be
                                    // written
    return true;
  }();
  static_cast<void>(installed);
  return asked;
}

}  // namespace jixiao::cli
