// What the server answers about one place of a text.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "server.hpp"
#include "wire.hpp"

namespace jixiao::lsp {
namespace {

namespace fs = std::filesystem;

struct Spot {
  std::size_t line = 0;
  Cursor cursor;
};

Spot spot_of(const Document& document, const Json& parameters) {
  const Json& position = parameters.at("position");
  const auto line = position.at("line").get<std::size_t>();
  const auto units = position.at("character").get<std::size_t>();
  return {line, document.at(line, byte_of_utf16(document.line(line), units))};
}

// Bytes [from, from + count) of a line as a range of the protocol.
Json range_of(std::string_view line, std::size_t number, std::size_t from, std::size_t count) {
  const auto units = [&](std::size_t bytes) {
    return utf16_units(line.substr(0, std::min(bytes, line.size())), std::string::npos);
  };
  return {{"start", {{"line", number}, {"character", units(from)}}},
          {"end", {{"line", number}, {"character", units(from + count)}}}};
}

std::vector<std::string> path_of(const Cursor& cursor) {
  std::vector<std::string> path = cursor.table;
  if (cursor.part != Cursor::Part::header && !cursor.key.empty()) path.push_back(cursor.key);
  return path;
}

Json item(std::string label, int kind, const std::string& detail, std::string text) {
  return {{"label", std::move(label)},
          {"kind", kind},
          {"documentation", detail},
          {"insertText", std::move(text)}};
}
constexpr int item_method = 2, item_property = 10, item_value = 12, item_reference = 18;

std::string quoted_unless(bool quoted, const std::string& word) {
  return quoted ? word : '"' + word + '"';
}

// A word of JSON as a person types it inside quotes that are open already.
std::string bare(const std::string& word) {
  return word.size() > 1 && word.front() == '"' ? word.substr(1, word.size() - 2) : word;
}

std::optional<std::string> text_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

// The rule set a document is, or asks for, as its JSON; null when it cannot be read.
Json rules_of(const Document& document, const RuleLibrary& library) {
  std::string wanted = document.kind() == "ruleset" ? document.path() : document.top_value("rules");
  const fs::path folder = fs::path(document.path()).parent_path();
  if (wanted.empty()) {
    const auto project = read_project({folder.string(), ""});
    if (project) wanted = project->rules();
  } else if (wanted.ends_with(".toml") && fs::path(wanted).is_relative()) {
    wanted = (folder / wanted).string();
  }
  auto rules = read_rules(wanted, library);
  // A rule set that is being written often does not compile: then what it extends.
  if (!rules && document.kind() == "ruleset")
    rules = read_rules(document.top_value("extends"), library);
  if (!rules) return nullptr;
  return Json::parse(render_rules(*rules, {Format::json, Language::en, false, 100}), nullptr,
                     false);
}

std::string method_words(const Json& method, bool zh) {
  std::string out = "**" + method.value("id", "") + "** ";
  const Json title = method.value("title", Json::object());
  out += title.value(zh ? "zh" : "en", "");
  if (method.contains("points") && method["points"].is_string())
    out += "\n\n`" + method["points"].get<std::string>() + "`";
  return out;
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

// Every place of `word` by itself in a text, as edits; in keys "results.word" and formulas too.
Json edits_of(const Document& document, const std::string& word, const std::string& instead) {
  Json edits = Json::array();
  for (std::size_t n = 0; n < document.line_count(); ++n) {
    const std::string_view line = document.line(n);
    for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
      const bool begins = at == 0 || !is_word_byte(line[at - 1]);
      const std::size_t end = at + word.size();
      const bool ends = end == line.size() || !is_word_byte(line[end]);
      const bool in_comment = line.substr(0, at).find('#') != std::string_view::npos;
      if (begins && ends && !in_comment)
        edits.push_back({{"range", range_of(line, n, at, word.size())}, {"newText", instead}});
    }
  }
  return edits;
}

}  // namespace

std::string Server::explain(const Document& document, const std::string& id) const {
  const std::string folder = fs::path(document.path()).parent_path().string();
  const auto project = read_project({folder, ""});
  if (!project) return {};
  const auto rules = read_rules(project->rules(), library_, project->needs());
  if (!rules) return {};
  return render_explanation(score(*rules, *project), id, {Format::markdown, language_, false, 100});
}

Json Server::hover(const Json& parameters) const {
  const Document* document = find(parameters);
  if (document == nullptr) return nullptr;
  const auto [line, cursor] = spot_of(*document, parameters);
  const bool zh = language_ == Language::zh;
  std::string words;
  if (cursor.part == Cursor::Part::value && (cursor.key == "method" || cursor.key == "id")) {
    const Json rules = rules_of(*document, library_);
    for (const Json& method :
         rules.is_object() ? rules.value("methods", Json::array()) : Json::array()) {
      if (method.value("id", "") == cursor.word) words = method_words(method, zh);
    }
  }
  const std::string kind = document->kind();
  const bool of_project = kind == "project" || kind == "results";
  if (words.empty() && of_project && !cursor.word.empty()) {
    const auto dot = cursor.word.rfind('.');
    words =
        explain(*document, dot == std::string::npos ? cursor.word : cursor.word.substr(dot + 1));
  }
  if (words.empty()) {
    std::vector<std::string> path = cursor.part == Cursor::Part::header ? std::vector{cursor.word}
                                                                        : path_of(cursor);
    words = schemas_.description(kind, path);
  }
  if (words.empty()) return nullptr;
  return {{"contents", {{"kind", "markdown"}, {"value", words}}},
          {"range", range_of(document->line(line), line, cursor.word_begin, cursor.word.size())}};
}

Json Server::complete(const Json& parameters) const {
  const Document* document = find(parameters);
  Json items = Json::array();
  if (document == nullptr) return items;
  const auto [line, cursor] = spot_of(*document, parameters);
  const std::string kind = document->kind();
  if (cursor.part == Cursor::Part::header) {
    for (const SchemaKey& key : schemas_.keys(kind, {})) {
      if (key.is_list || key.is_table)
        items.push_back(item(key.name, item_property, key.description, key.name));
    }
  } else if (cursor.part == Cursor::Part::key) {
    const auto taken = document->keys_around(line);
    for (const SchemaKey& key : schemas_.keys(kind, cursor.table)) {
      if (std::find(taken.begin(), taken.end(), key.name) == taken.end())
        items.push_back(item(key.name, item_property, key.description, key.name + " = "));
    }
  } else if (cursor.part == Cursor::Part::value) {
    for (const std::string& word : schemas_.words(kind, path_of(cursor)))
      items.push_back(item(bare(word), item_value, "", cursor.quoted ? bare(word) : word));
    if (cursor.key == "rules" || cursor.key == "extends") {
      for (const RuleSummary& rules : list_rules(library_))
        items.push_back(item(rules.id, item_reference, rules.title.in(language_),
                             quoted_unless(cursor.quoted, rules.id)));
    }
    const Json rules = rules_of(*document, library_);
    const auto each = [&](const char* what, int item_kind) {
      for (const Json& one : rules.is_object() ? rules.value(what, Json::array()) : Json::array()) {
        const std::string id = one.value("id", "");
        const Json name = one.contains("title") ? one["title"] : one.value("name", Json::object());
        const std::string words =
            name.is_object() ? name.value(language_ == Language::zh ? "zh" : "en", "") : "";
        items.push_back(item(id, item_kind, words, quoted_unless(cursor.quoted, id)));
      }
    };
    if (cursor.key == "method" ||
        (cursor.key == "id" && cursor.table == std::vector<std::string>{"method"}))
      each("methods", item_method);
    if (cursor.key == "block") each("blocks", item_reference);
    const bool in_formula = cursor.quoted && kind == "ruleset" && cursor.key != "method" &&
                            cursor.key != "block";
    if (in_formula) {
      for (const char* what : {"inputs", "indicators", "blocks"}) each(what, item_reference);
    }
  }
  return items;
}

Json Server::definition(const Json& parameters) const {
  const Document* document = find(parameters);
  if (document == nullptr) return nullptr;
  const auto [number, cursor] = spot_of(*document, parameters);
  const fs::path folder = fs::path(document->path()).parent_path();
  const auto place = [](const std::string& path, std::size_t line) -> Json {
    const Json start = {{"line", line}, {"character", 0}};
    return {{"uri", uri_of_path(path)}, {"range", {{"start", start}, {"end", start}}}};
  };
  if (cursor.part == Cursor::Part::value && (cursor.key == "rules" || cursor.key == "extends")) {
    const std::string wanted = document->top_value(cursor.key);
    if (wanted.ends_with(".toml")) return place((folder / wanted).string(), 0);
    for (const RuleSummary& rules : list_rules(library_)) {
      if (rules.id == wanted && !rules.file.starts_with("built-in:")) return place(rules.file, 0);
    }
    return nullptr;
  }
  const auto dot = cursor.word.rfind('.');
  std::vector<std::string> wanted{cursor.word};
  if (dot != std::string::npos) wanted.push_back(cursor.word.substr(dot + 1));
  // In this text first, then in the project beside it, then up the line of rule sets.
  std::vector<std::string> files{document->path(), (folder / "project.toml").string()};
  std::string parent = document->top_value(document->kind() == "ruleset" ? "extends" : "rules");
  for (int step = 0; step < 16 && !parent.empty(); ++step) {
    std::string file;
    for (const RuleSummary& rules : list_rules(library_)) {
      if (rules.id == parent) file = rules.file;
    }
    const auto text = file.empty() ? std::nullopt : text_of_file(file);
    if (!text) break;
    files.push_back(file);
    parent = Document(file, *text).top_value("extends");
  }
  for (const std::string& id : wanted) {
    for (const std::string& file : files) {
      const auto open = documents_.find(uri_of_path(file));
      const auto text = open == documents_.end() ? text_of_file(file) : open->second.text();
      if (!text) continue;
      const Document other(file, *text);
      const std::size_t line = other.line_of_id(id);
      const bool itself = file == document->path() && line == number;
      if (line < other.line_count() && !itself) return place(file, line);
    }
  }
  return nullptr;
}

Json Server::rename(const Json& parameters) const {
  const Document* document = find(parameters);
  if (document == nullptr) return nullptr;
  const auto [number, cursor] = spot_of(*document, parameters);
  const auto dot = cursor.word.rfind('.');
  const std::string old = dot == std::string::npos ? cursor.word : cursor.word.substr(dot + 1);
  const std::string instead = parameters.at("newName");
  const bool good = !instead.empty() && std::all_of(instead.begin(), instead.end(), [](char c) {
    return is_word_byte(c) || static_cast<unsigned char>(c) >= 0x80U;
  });
  if (old.empty() || !good) return nullptr;
  Json changes = Json::object();
  std::error_code error;
  const fs::path folder = fs::path(document->path()).parent_path();
  // The project, its results, scenarios and studies stand in one folder.
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string file = entry.path().string();
    if (entry.path().extension() != ".toml") continue;
    const std::string uri = uri_of_path(file);
    const auto open = documents_.find(uri);
    const auto text = open == documents_.end() ? text_of_file(file) : open->second.text();
    if (!text) continue;
    Json edits = edits_of(Document(file, *text), old, instead);
    if (!edits.empty()) changes[uri] = std::move(edits);
  }
  return {{"changes", std::move(changes)}};
}

Json Server::actions(const Json& parameters) const {
  Json out = Json::array();
  const std::string uri = parameters.at("textDocument").at("uri");
  for (const Json& finding : parameters.at("context").at("diagnostics")) {
    const std::string help = finding.value("data", Json::object()).value("help", "");
    constexpr std::string_view mark = "did you mean '";
    const auto from = help.find(mark);
    if (from == std::string::npos) continue;
    const std::string word =
        help.substr(from + mark.size(), help.find('\'', from + mark.size()) - from - mark.size());
    // Only a range that holds the word, with or without quotes, can be replaced by it.
    const Document* document = find(parameters);
    const Json& range = finding.at("range");
    if (document == nullptr || range["start"]["line"] != range["end"]["line"]) continue;
    const std::string_view line = document->line(range["start"]["line"].get<std::size_t>());
    const std::size_t begin = byte_of_utf16(line, range["start"]["character"].get<std::size_t>());
    const std::size_t end = byte_of_utf16(line, range["end"]["character"].get<std::size_t>());
    const std::string_view there = line.substr(begin, end - begin);
    const bool with_quotes = there.size() > 1 && (there.front() == '"' || there.front() == '\'');
    const std::string text = with_quotes ? there.front() + word + there.back() : word;
    out.push_back({{"title", (language_ == Language::zh ? "改为 " : "change to ") + word},
                   {"kind", "quickfix"},
                   {"diagnostics", {finding}},
                   {"isPreferred", true},
                   {"edit", {{"changes", {{uri, {{{"range", range}, {"newText", text}}}}}}}}});
  }
  return out;
}

}  // namespace jixiao::lsp
