#include "server.hpp"

#include <algorithm>
#include <istream>
#include <ostream>
#include <utility>

#include "serve.hpp"
#include "wire.hpp"

namespace jixiao::lsp {
namespace {

// Codes of JSON-RPC.
constexpr int parse_error = -32700, unknown_method = -32601, invalid_request = -32600,
              internal_error = -32603;

std::string uri_of(const Json& parameters) {
  return parameters.at("textDocument").at("uri").get<std::string>();
}

// A finding as the protocol has it. Its line may be one of an unsaved text: it is the finding's
// own.
Json shown(const Diagnostic& d, Language language) {
  const std::size_t line = d.line == 0 ? 0 : d.line - 1;
  const std::size_t from = d.column == 0 ? 0 : d.column - 1;
  const Json start = {{"line", line}, {"character", utf16_units(d.source_line, from)}};
  const Json end = {
      {"line", line},
      {"character", utf16_units(d.source_line, from + std::max<std::size_t>(d.length, 1))}};
  std::string message = d.message.in(language);
  if (!d.help.empty())
    message += (language == Language::zh ? "\n建议：" : "\nhelp: ") + d.help.in(language);
  return {{"range", {{"start", start}, {"end", end}}},
          {"severity", d.severity == Severity::error     ? 1
                       : d.severity == Severity::warning ? 2
                                                         : 3},
          {"code", d.code},
          {"source", "jixiao"},
          {"message", std::move(message)},
          {"data", {{"help", d.help.en}}}};
}

}  // namespace

Server::Server(RuleLibrary library, Language language, std::ostream& out)
    : library_(std::move(library)), language_(language), out_(out) {}

int Server::serve(std::istream& in) {
  while (!done_) {
    const auto content = read_message(in);
    if (!content) return 1;
    const Json message = Json::parse(*content, nullptr, false);
    if (message.is_discarded()) {
      refuse(nullptr, parse_error, "the message is not JSON");
    } else {
      take(message);
    }
  }
  return shutting_down_ ? 0 : 1;
}

void Server::take(const Json& message) {
  const Json id = message.is_object() ? message.value("id", Json()) : Json();
  if (!message.is_object() || !message.contains("method") || !message["method"].is_string()) {
    // An answer to something we asked has no method: nothing is asked here.
    if (!message.is_object() || !message.contains("result"))
      refuse(id, invalid_request, "the message has no method");
    return;
  }
  const std::string method = message["method"];
  const Json parameters = message.value("params", Json::object());
  const bool asks = message.contains("id");
  try {
    if (shutting_down_ && method != "exit") {
      if (asks) refuse(id, invalid_request, "the server is shutting down");
    } else if (asks) {
      Json result = answer(method, parameters);
      if (result.is_discarded()) {
        refuse(id, unknown_method, "no such method: " + method);
      } else {
        respond(id, std::move(result));
      }
    } else if (method == "textDocument/didOpen") {
      open(parameters.at("textDocument"));
    } else if (method == "textDocument/didChange") {
      change(parameters);
    } else if (method == "textDocument/didClose") {
      close(parameters);
    } else if (method == "textDocument/didSave") {
      check();
    } else if (method == "exit") {
      done_ = true;
    }
  } catch (const Json::exception& fault) {
    if (asks)
      refuse(id, invalid_request, std::string("the parameters of ") + method + ": " + fault.what());
  } catch (const std::exception& fault) {
    if (asks) refuse(id, internal_error, fault.what());
  }
}

Json Server::answer(const std::string& method, const Json& parameters) {
  if (method == "initialize") {
    return {{"capabilities",
             {{"textDocumentSync", {{"openClose", true}, {"change", 1}, {"save", true}}},
              {"hoverProvider", true},
              {"completionProvider", {{"triggerCharacters", {"\"", "'", "[", "."}}}},
              {"definitionProvider", true},
              {"renameProvider", true},
              {"codeActionProvider", {{"codeActionKinds", {"quickfix"}}}}}},
            {"serverInfo", {{"name", "jixiao"}, {"version", engine_name()}}}};
  }
  if (method == "shutdown") {
    shutting_down_ = true;
    return nullptr;
  }
  if (method == "textDocument/hover") return hover(parameters);
  if (method == "textDocument/completion") return complete(parameters);
  if (method == "textDocument/definition") return definition(parameters);
  if (method == "textDocument/rename") return rename(parameters);
  if (method == "textDocument/codeAction") return actions(parameters);
  return Json(Json::value_t::discarded);
}

// Text that is no UTF-8 is shown with a replacement character, as everywhere in JSON.
void Server::respond(const Json& id, Json result) {
  const Json message = {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}};
  write_message(out_, message.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void Server::refuse(const Json& id, int code, const std::string& why) {
  const Json message = {
      {"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", code}, {"message", why}}}};
  write_message(out_, message.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void Server::notify(const std::string& method, Json parameters) {
  const Json message = {{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(parameters)}};
  write_message(out_, message.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void Server::open(const Json& item) {
  const std::string uri = item.at("uri");
  const std::string path = path_of_uri(uri);
  if (path.empty()) return;  // a text that is no file has no folder its names could be looked up in
  keep_unsaved(path, item.at("text"));
  documents_.insert_or_assign(uri, Document(path, item.at("text")));
  check();
}

void Server::change(const Json& parameters) {
  const auto document = documents_.find(uri_of(parameters));
  if (document == documents_.end()) return;
  const std::string path = document->second.path();
  // The whole text each time, as `initialize` asked for.
  for (const Json& one : parameters.at("contentChanges")) {
    keep_unsaved(path, one.at("text"));
    document->second = Document(path, one.at("text"));
  }
  check();
}

void Server::close(const Json& parameters) {
  const auto document = documents_.find(uri_of(parameters));
  if (document == documents_.end()) return;
  forget_unsaved(document->second.path());
  documents_.erase(document);
  check();
}

void Server::check() {
  std::map<std::string, Json> by_uri;
  for (const auto& [uri, document] : documents_) by_uri[uri] = Json::array();
  for (const std::string& uri : shown_) by_uri[uri] = Json::array();
  for (const auto& [uri, document] : documents_) {
    for (const Diagnostic& d : check_file(document.path(), library_)) {
      const bool here = d.file.empty() || d.file.starts_with("built-in:") ||
                        d.file == document.path();
      Json& list =
          by_uri.try_emplace(here ? uri : uri_of_path(d.file), Json::array()).first->second;
      Json one = shown(d, language_);
      // Results are checked with their project, and the project with its results.
      if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(std::move(one));
    }
  }
  shown_.clear();
  for (auto& [uri, list] : by_uri) {
    if (!list.empty()) shown_.insert(uri);
    notify("textDocument/publishDiagnostics", {{"uri", uri}, {"diagnostics", std::move(list)}});
  }
}

const Document* Server::find(const Json& parameters) const {
  const auto document = documents_.find(uri_of(parameters));
  return document == documents_.end() ? nullptr : &document->second;
}

int serve_editor(const RuleLibrary& library, Language language, std::istream& in,
                 std::ostream& out) {
  return Server(library, language, out).serve(in);
}

}  // namespace jixiao::lsp
