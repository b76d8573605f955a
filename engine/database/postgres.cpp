#include "database/postgres.hpp"

#include <poll.h>

#include <array>
#include <map>

#include "database/failure.hpp"

namespace jixiao::database {
namespace {

constexpr const char* libpq_name = "libpq.so.5";

std::string address(const std::map<std::string, std::string>& words) {
  const auto word = [&](const char* key) {
    const auto found = words.find(key);
    return found == words.end() ? std::string() : found->second;
  };
  std::string where = "postgres://";
  if (!word("user").empty()) where += word("user") + "@";
  where += word("host").empty() ? word("hostaddr") : word("host");
  if (!word("port").empty()) where += ":" + word("port");
  return where + "/" + word("dbname");
}

}  // namespace

std::unique_ptr<const Libpq> load_libpq(const std::string& name,
                                        std::vector<Diagnostic>& diagnostics) {
  system::SharedLibrary library(name);
  auto libpq = std::make_unique<Libpq>();
#define JIXIAO_FUNCTION(function) library.find(#function, libpq->function);
  JIXIAO_LIBPQ_FUNCTIONS(JIXIAO_FUNCTION)
#undef JIXIAO_FUNCTION
  if (library.is_there()) return libpq;
  diagnostics.push_back(
      unreadable("PostgreSQL",
                 with_what_it_said({"连接 PostgreSQL 要用的库 libpq 没有装",
                                    "libpq, which PostgreSQL is reached through, is not installed"},
                                   library.why_not()),
                 {"请运行：apt-get install libpq5", "run: apt-get install libpq5"}));
  return nullptr;
}

std::string PostgresResult::error() const {
  std::string out;
  for (const int field :
       {PG_DIAG_MESSAGE_PRIMARY, PG_DIAG_MESSAGE_DETAIL, PG_DIAG_MESSAGE_HINT, PG_DIAG_CONTEXT}) {
    const char* said = libpq_->PQresultErrorField(result_.get(), field);
    if (said) out += (out.empty() ? "" : "; ") + in_one_line(said);
  }
  return out;
}

// Who and where, and the password that must not be repeated.
bool Postgres::read_words(const std::string& connection) {
  char* ignored = nullptr;  // may quote the whole string, with the password
  PQconninfoOption* const options = libpq_->PQconninfoParse(connection.c_str(), &ignored);
  libpq_->PQfreemem(ignored);
  if (!options) return false;
  std::map<std::string, std::string> words;
  for (const PQconninfoOption* option = options; option->keyword; ++option) {
    if (option->val) words[option->keyword] = option->val;
  }
  libpq_->PQconninfoFree(options);
  password_ = words["password"];
  where_ = without_password(address(words));
  return true;
}

std::unique_ptr<Postgres> Postgres::connect(const std::string& connection,
                                            std::vector<Diagnostic>& diagnostics) {
  std::unique_ptr<Postgres> postgres(new Postgres);
  postgres->libpq_ = load_libpq(libpq_name, diagnostics);
  if (!postgres->libpq_) return nullptr;
  if (!postgres->read_words(connection)) {
    diagnostics.push_back(
        unreadable("PostgreSQL", {"连接字符串看不懂", "the connection string cannot be read"},
                   {"写法：postgres://用户:密码@主机:5432/库名，或 host=主机 dbname=库名 "
                    "user=用户（密码里的特殊字符写成 %XX）",
                    "write postgres://user:password@host:5432/name, or host=... dbname=... "
                    "user=... (special characters of a password as %XX)"}));
    return nullptr;
  }
  // What stands before dbname, the string may overrule; what stands after it, not.
  const std::array<const char*, 5> keys = {"connect_timeout", "dbname", "client_encoding",
                                           "fallback_application_name", nullptr};
  const std::array<const char*, 5> values = {"10", connection.c_str(), "UTF8", "jixiao", nullptr};
  const Libpq* libpq = postgres->libpq_.get();
  postgres->connection_ = {libpq->PQconnectdbParams(keys.data(), values.data(), 1), Finish{libpq}};
  PGconn* const handle = postgres->handle();
  libpq->PQsetNoticeReceiver(
      handle, [](void*, const PGresult*) {}, nullptr);  // not on our stderr
  if (libpq->PQstatus(handle) == CONNECTION_OK) return postgres;
  diagnostics.push_back(unreadable(
      postgres->where_,
      with_what_it_said({"连不上 PostgreSQL 服务器", "the PostgreSQL server cannot be reached"},
                        postgres->without_password(libpq->PQerrorMessage(handle))),
      {"请检查主机、端口、库名、用户和密码，服务器是否在运行",
       "check host, port, database, user and password, and that the server is running"}));
  return nullptr;
}

PostgresResult Postgres::run(const std::string& sql) const {
  return {*libpq_, libpq_->PQexec(handle(), sql.c_str())};
}

PostgresResult Postgres::run(const std::string& sql,
                             const std::vector<std::string>& parameters) const {
  std::vector<const char*> values;
  for (const std::string& parameter : parameters) values.push_back(parameter.c_str());
  return {*libpq_, libpq_->PQexecParams(handle(), sql.c_str(), static_cast<int>(values.size()),
                                        nullptr, values.data(), nullptr, nullptr, 0)};
}

PostgresResult Postgres::run_until(const std::string& sql, const std::atomic<bool>& stop) const {
  if (libpq_->PQsendQuery(handle(), sql.c_str()) != 1) return {*libpq_, nullptr};
  while (libpq_->PQisBusy(handle()) != 0) wait(stop);
  return {*libpq_, libpq_->PQgetResult(handle())};
}

void Postgres::wait(const std::atomic<bool>& stop) const {
  if (stop.load()) {
    if (PGcancel* const cancel = libpq_->PQgetCancel(handle())) {
      std::array<char, 256> said{};
      libpq_->PQcancel(cancel, said.data(), static_cast<int>(said.size()));
      libpq_->PQfreeCancel(cancel);
    }
    throw table::StreamFailure(stopped(where_));
  }
  constexpr int moment_ms = 100;
  pollfd socket{libpq_->PQsocket(handle()), POLLIN, 0};
  if (::poll(&socket, 1, moment_ms) > 0) libpq_->PQconsumeInput(handle());
}

PostgresResult Postgres::ended() const {
  PostgresResult last(*libpq_, libpq_->PQgetResult(handle()));
  while (PGresult* const more = libpq_->PQgetResult(handle())) {
    PostgresResult next(*libpq_, more);
    // A connection that broke within a COPY goes on saying so for ever.
    if (libpq_->PQstatus(handle()) != CONNECTION_OK) return next;
  }
  return last;
}

std::string Postgres::said(const PostgresResult& result) const {
  const std::string error = result.error();
  return without_password(error.empty() ? in_one_line(libpq_->PQerrorMessage(handle())) : error);
}

std::string Postgres::without_password(std::string said) const {
  if (password_.empty()) return said;
  for (std::size_t at = said.find(password_); at != std::string::npos;
       at = said.find(password_, at + 3))
    said.replace(at, password_.size(), "***");
  return said;
}

}  // namespace jixiao::database
