#include <sstream>

#include "command_model.hpp"

namespace jixiao::cli {
namespace {

// As text of a line of roff: no character of it is a command.
std::string roff(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string shown_names(const OptionModel& option) {
  std::string out;
  for (const std::string& name : option.names) out += (out.empty() ? "" : ", ") + name;
  if (!option.value.empty()) out += " " + option.value;
  return out;
}

// "PROJECT", "[INDICATOR]", "FILE ...".
std::string shown_argument(const OptionModel& option) {
  std::string out = option.names.front();
  if (option.repeated) out += " ...";
  return option.required ? out : "[" + out + "]";
}

void add_options(std::string& page, const CommandModel& command, bool positional) {
  for (const OptionModel& option : command.options) {
    if (option.positional != positional) continue;
    page += ".TP\n.B " + roff(positional ? option.names.front() : shown_names(option)) + "\n" +
            roff(option.description) + "\n";
  }
}

// The footer of --help: a heading in two languages, then lines of examples; exit statuses stand in
// a line of their own.
void add_footer(std::string& page, const std::string& footer) {
  std::istringstream lines(footer);
  std::string line;
  bool open = false;
  const auto close = [&] {
    if (open) page += ".EE\n";
    open = false;
  };
  while (std::getline(lines, line)) {
    if (line.starts_with("Example")) {
      page += ".SH EXAMPLES\n.EX\n";
      open = true;
    } else if (line.starts_with("Exit status")) {
      close();
      const std::size_t colon = line.find(": ");
      page += ".SH EXIT STATUS\n" +
              roff(colon == std::string::npos ? line : line.substr(colon + 2)) + "\n";
    } else if (!line.empty()) {
      page += roff(line) + "\n";
    }
  }
  close();
}

// `called`: "jixiao rules show".
void add_pages(std::vector<ManualPage>& pages, const CommandModel& command,
               const std::string& called, const std::string& engine) {
  std::string name = called;
  for (char& c : name) c = c == ' ' ? '-' : c;
  std::string title = name;
  for (char& c : title) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  std::string page = ".TH " + title + " 1 \"\" \"" + engine + "\" \"jixiao manual\"\n.SH NAME\n" +
                     roff(name) + " \\- " + roff(first_line(command.description)) +
                     "\n.SH SYNOPSIS\n.B " + roff(called) + "\n[OPTIONS]";
  for (const OptionModel& option : command.options) {
    if (option.positional) page += " " + roff(shown_argument(option));
  }
  if (!command.commands.empty()) page += " COMMAND";
  page += "\n.SH DESCRIPTION\n";
  std::istringstream description(command.description);
  for (std::string line; std::getline(description, line);) page += roff(line) + "\n.br\n";
  bool any = false;
  for (const OptionModel& option : command.options) any = any || option.positional;
  if (any) page += ".SH ARGUMENTS\n";
  add_options(page, command, true);
  page += ".SH OPTIONS\n";
  add_options(page, command, false);
  if (!command.commands.empty()) page += ".SH COMMANDS\n";
  for (const CommandModel& sub : command.commands) {
    page += ".TP\n.B " + roff(called + " " + sub.name) + "\n" + roff(first_line(sub.description)) +
            "\n";
  }
  add_footer(page, command.footer);
  if (called != "jixiao") page += ".SH SEE ALSO\n.BR jixiao (1)\n";
  pages.push_back({name + ".1", page});
  for (const CommandModel& sub : command.commands)
    add_pages(pages, sub, called + " " + sub.name, engine);
}

}  // namespace

std::vector<ManualPage> manual_pages(const CommandModel& program, const std::string& engine) {
  std::vector<ManualPage> out;
  add_pages(out, program, program.name, engine);
  return out;
}

}  // namespace jixiao::cli
