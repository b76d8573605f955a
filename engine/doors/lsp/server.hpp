// The language server: what an editor asks about TOML files of jixiao while they are written.
#pragma once

#include <iosfwd>
#include <map>
#include <set>
#include <string>

#include "document.hpp"
#include "jixiao/jixiao.hpp"
#include "schema.hpp"

namespace jixiao::lsp {

class Server {
 public:
  Server(RuleLibrary library, Language language, std::ostream& out);
  // Answers messages until `exit`, or until the stream ends. The exit status the protocol asks for:
  // 0 after `shutdown`, 1 without it.
  int serve(std::istream& in);

 private:
  void take(const Json& message);
  Json answer(const std::string& method, const Json& parameters);
  void respond(const Json& id, Json result);
  void refuse(const Json& id, int code, const std::string& why);
  void notify(const std::string& method, Json parameters);

  void open(const Json& item);
  void change(const Json& parameters);
  void close(const Json& parameters);
  // Checks every open document and shows what was found, in whichever files it is.
  void check();

  [[nodiscard]] const Document* find(const Json& parameters) const;
  [[nodiscard]] Json hover(const Json& parameters) const;
  [[nodiscard]] Json complete(const Json& parameters) const;
  [[nodiscard]] Json definition(const Json& parameters) const;
  [[nodiscard]] Json rename(const Json& parameters) const;
  [[nodiscard]] Json actions(const Json& parameters) const;
  [[nodiscard]] std::string explain(const Document& document, const std::string& id) const;

  RuleLibrary library_;
  Language language_;
  std::ostream& out_;
  Schemas schemas_;
  std::map<std::string, Document> documents_;  // open ones, by URI
  std::set<std::string> shown_;                // URIs that have findings in the editor
  bool shutting_down_ = false;
  bool done_ = false;
};

}  // namespace jixiao::lsp
