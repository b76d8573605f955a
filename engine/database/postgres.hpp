// A connection to a PostgreSQL server through libpq, which is loaded when first asked for.
#pragma once

#include <libpq-fe.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "database/database.hpp"
#include "jixiao/diagnostic.hpp"
#include "system/shared_library.hpp"
#include "table/stream.hpp"

namespace jixiao::database {

// The functions of libpq that are used here, under their own names.
#define JIXIAO_LIBPQ_FUNCTIONS(JIXIAO_FUNCTION) \
  JIXIAO_FUNCTION(PQconninfoParse)              \
  JIXIAO_FUNCTION(PQconninfoFree)               \
  JIXIAO_FUNCTION(PQconnectdbParams)            \
  JIXIAO_FUNCTION(PQstatus)                     \
  JIXIAO_FUNCTION(PQfinish)                     \
  JIXIAO_FUNCTION(PQerrorMessage)               \
  JIXIAO_FUNCTION(PQsetNoticeReceiver)          \
  JIXIAO_FUNCTION(PQexec)                       \
  JIXIAO_FUNCTION(PQexecParams)                 \
  JIXIAO_FUNCTION(PQprepare)                    \
  JIXIAO_FUNCTION(PQdescribePrepared)           \
  JIXIAO_FUNCTION(PQresultStatus)               \
  JIXIAO_FUNCTION(PQresultErrorField)           \
  JIXIAO_FUNCTION(PQclear)                      \
  JIXIAO_FUNCTION(PQntuples)                    \
  JIXIAO_FUNCTION(PQnfields)                    \
  JIXIAO_FUNCTION(PQfname)                      \
  JIXIAO_FUNCTION(PQftype)                      \
  JIXIAO_FUNCTION(PQgetvalue)                   \
  JIXIAO_FUNCTION(PQgetResult)                  \
  JIXIAO_FUNCTION(PQgetCopyData)                \
  JIXIAO_FUNCTION(PQputCopyData)                \
  JIXIAO_FUNCTION(PQputCopyEnd)                 \
  JIXIAO_FUNCTION(PQsendQuery)                  \
  JIXIAO_FUNCTION(PQisBusy)                     \
  JIXIAO_FUNCTION(PQconsumeInput)               \
  JIXIAO_FUNCTION(PQsocket)                     \
  JIXIAO_FUNCTION(PQgetCancel)                  \
  JIXIAO_FUNCTION(PQcancel)                     \
  JIXIAO_FUNCTION(PQfreeCancel)                 \
  JIXIAO_FUNCTION(PQfreemem)

struct Libpq {
#define JIXIAO_FUNCTION(name) decltype(&::name) name = nullptr;
  JIXIAO_LIBPQ_FUNCTIONS(JIXIAO_FUNCTION)
#undef JIXIAO_FUNCTION
};

// Null with a diagnostic that says how to install it.
std::unique_ptr<const Libpq> load_libpq(const std::string& name,
                                        std::vector<Diagnostic>& diagnostics);

// Rows of text.
class PostgresResult {
 public:
  PostgresResult(const Libpq& libpq, PGresult* result)
      : libpq_(&libpq), result_(result, Clear{&libpq}) {}

  [[nodiscard]] bool is(ExecStatusType status) const {
    return libpq_->PQresultStatus(result_.get()) == status;
  }
  [[nodiscard]] int rows() const { return libpq_->PQntuples(result_.get()); }
  [[nodiscard]] int columns() const { return libpq_->PQnfields(result_.get()); }
  [[nodiscard]] std::string at(int row, int column) const {
    return libpq_->PQgetvalue(result_.get(), row, column);
  }
  [[nodiscard]] std::string name(int column) const {
    return libpq_->PQfname(result_.get(), column);
  }
  [[nodiscard]] Oid type(int column) const { return libpq_->PQftype(result_.get(), column); }
  // "" when there is nothing to say.
  [[nodiscard]] std::string error() const;

 private:
  struct Clear {
    const Libpq* libpq;
    void operator()(PGresult* result) const { libpq->PQclear(result); }
  };
  const Libpq* libpq_;
  std::unique_ptr<PGresult, Clear> result_;
};

class Postgres {
 public:
  // Null with a diagnostic. `connection`: a URI or key=value words.
  static std::unique_ptr<Postgres> connect(const std::string& connection,
                                           std::vector<Diagnostic>& diagnostics);

  [[nodiscard]] const Libpq& libpq() const { return *libpq_; }
  [[nodiscard]] PGconn* handle() const { return connection_.get(); }
  // postgres://user@host:port/name, the way a user may see it.
  [[nodiscard]] const std::string& where() const { return where_; }

  [[nodiscard]] PostgresResult run(const std::string& sql) const;
  [[nodiscard]] PostgresResult run(const std::string& sql,
                                   const std::vector<std::string>& parameters) const;
  // The same, given up when `stop` turns true: throws StreamFailure then.
  [[nodiscard]] PostgresResult run_until(const std::string& sql,
                                         const std::atomic<bool>& stop) const;
  // A moment, for the server to say more; cancels what it does and throws StreamFailure on `stop`.
  void wait(const std::atomic<bool>& stop) const;
  // The end of a COPY or of a statement; null results are taken away.
  [[nodiscard]] PostgresResult ended() const;
  // What went wrong, by the result or else the connection; never with the password.
  [[nodiscard]] std::string said(const PostgresResult& result) const;

 private:
  struct Finish {
    const Libpq* libpq;
    void operator()(PGconn* connection) const { libpq->PQfinish(connection); }
  };
  Postgres() = default;
  bool read_words(const std::string& connection);
  [[nodiscard]] std::string without_password(std::string said) const;

  std::unique_ptr<const Libpq> libpq_;
  std::unique_ptr<PGconn, Finish> connection_{nullptr, Finish{nullptr}};
  std::string where_;
  std::string password_;
};

std::unique_ptr<table::ByteSource> open_postgres(const std::string& connection,
                                                 const std::string& table_or_query,
                                                 std::vector<Diagnostic>& diagnostics,
                                                 const std::atomic<bool>* stop);
std::unique_ptr<table::ByteSink> open_postgres_sink(const std::string& connection,
                                                    const std::string& table, bool replace,
                                                    std::vector<Diagnostic>& diagnostics);
std::unique_ptr<TableIdentities> postgres_identities(const std::string& connection);

}  // namespace jixiao::database
