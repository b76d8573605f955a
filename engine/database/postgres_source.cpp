#include "database/failure.hpp"
#include "database/postgres.hpp"
#include "database/records.hpp"
#include "table/cells.hpp"

namespace jixiao::database {
namespace {

constexpr Oid boolean_type = 16, bytes_type = 17;

class PostgresSource : public RecordSource {
 public:
  PostgresSource(std::unique_ptr<Postgres> postgres, std::string header,
                 const std::atomic<bool>* stop)
      : postgres_(std::move(postgres)), header_(std::move(header)), stop_(stop) {}

 protected:
  [[nodiscard]] std::string where() const override { return postgres_->where(); }

  bool append_records(std::string& to) override {
    to += header_;
    header_.clear();
    const Libpq& libpq = postgres_->libpq();
    while (to.size() < enough) {
      char* row = nullptr;
      int bytes = libpq.PQgetCopyData(postgres_->handle(), &row, stop_ == nullptr ? 0 : 1);
      while (bytes == 0) {  // nothing there yet: only when it does not wait by itself
        postgres_->wait(*stop_);
        bytes = libpq.PQgetCopyData(postgres_->handle(), &row, 1);
      }
      if (bytes < 0) {
        end();
        return false;
      }
      const std::size_t start = to.size();
      to.append(row, static_cast<std::size_t>(bytes) - 1);  // without its line end
      libpq.PQfreemem(row);
      end_record(to, start);
    }
    return true;
  }

 private:
  // The server says whether that was all.
  void end() const {
    const PostgresResult result = postgres_->ended();
    if (result.is(PGRES_COMMAND_OK)) return;
    throw table::StreamFailure(unreadable(
        where(),
        with_what_it_said({"PostgreSQL 的数据没有传完", "PostgreSQL did not send all of its data"},
                          postgres_->said(result)),
        {"请检查服务器和网络，再运行一次", "check the server and the network, then run again"}));
  }

  std::unique_ptr<Postgres> postgres_;
  std::string header_;
  const std::atomic<bool>* stop_;
};

// Opens a table or query in steps, each of which may say why it cannot.
class Opening {
 public:
  Opening(const Postgres& postgres, std::vector<Diagnostic>& diagnostics)
      : postgres_(postgres), diagnostics_(diagnostics) {}

  // "" when something was said.
  std::string copy_statement(const std::string& table_or_query, std::string& header) {
    if (!ran("BEGIN TRANSACTION READ ONLY") ||
        !ran("SET LOCAL datestyle TO 'ISO'; SET LOCAL extra_float_digits TO 1"))
      return {};
    const std::string select = select_of(table_or_query);
    if (select.empty() || !is_one_query(select)) return {};
    const PostgresResult columns(postgres_.libpq(),
                                 postgres_.libpq().PQdescribePrepared(postgres_.handle(), ""));
    if (!said_well(columns, PGRES_COMMAND_OK)) return {};
    return copy_of(select, columns, header);
  }

  // "" when something was said.
  std::string select_of(const std::string& table_or_query) {
    return is_query(table_or_query) ? std::string(without_end(table_or_query))
                                    : select_from(table_or_query);
  }

  bool said_well(const PostgresResult& result, ExecStatusType wanted) {
    if (result.is(wanted)) return true;
    diagnostics_.push_back(unreadable(
        postgres_.where(),
        with_what_it_said({"PostgreSQL 报错", "PostgreSQL says"}, postgres_.said(result))));
    return false;
  }

 private:
  bool ran(const std::string& sql) { return said_well(postgres_.run(sql), PGRES_COMMAND_OK); }

  // Alone, as one statement: nothing in it can close the brackets it will stand in.
  bool is_one_query(const std::string& select) {
    const Libpq& libpq = postgres_.libpq();
    return said_well({libpq, libpq.PQprepare(postgres_.handle(), "", select.c_str(), 0, nullptr)},
                     PGRES_COMMAND_OK);
  }

  // By name, or by schema.name.
  std::string select_from(const std::string& table) {
    const PostgresResult found = postgres_.run(
        "SELECT format('%I.%I', n.nspname, c.relname), CASE WHEN pg_table_is_visible(c.oid) THEN "
        "c.relname ELSE n.nspname || '.' || "
        "c.relname END "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', "
        "'p', 'v', 'm', 'f') "
        "AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 2");
    if (!said_well(found, PGRES_TUPLES_OK)) return {};
    std::vector<std::string> known;
    for (int row = 0; row < found.rows(); ++row) {
      if (found.at(row, 1) == table) return "SELECT * FROM " + found.at(row, 0);
      known.push_back(found.at(row, 1));
    }
    const PostgresResult qualified = postgres_.run(
        "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid "
        "= c.relnamespace "
        "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname || '.' || c.relname = $1",
        {table});
    if (!said_well(qualified, PGRES_TUPLES_OK)) return {};
    if (qualified.rows() > 0) return "SELECT * FROM " + qualified.at(0, 0);
    diagnostics_.push_back(unknown_table(postgres_.where(), table, known));
    return {};
  }

  static std::string copy_of(const std::string& select, const PostgresResult& columns,
                             std::string& header) {
    std::string names, values;
    bool is_changed = false;
    for (int column = 0; column < columns.columns(); ++column) {
      const std::string name = columns.name(column), inner = identifier(std::to_string(column));
      if (column > 0) header += ',', names += ", ", values += ", ";
      table::append_cell(header, name);
      names += inner;
      if (columns.type(column) == boolean_type) {
        is_changed = true;
        values += "CASE WHEN " + inner + " THEN '是' WHEN NOT " + inner + " THEN '否' END";
      } else if (columns.type(column) == bytes_type) {
        is_changed = true;
        values += "U&'\\FFFD(' || length(" + inner + ") || ' bytes)'";
      } else {
        values += inner;
      }
    }
    end_record(header, 0);
    const std::string rows =
        is_changed ? "SELECT " + values + " FROM (" + select + "\n) AS q(" + names + ")" : select;
    return "COPY (" + rows + "\n) TO STDOUT WITH (FORMAT csv)";
  }

  const Postgres& postgres_;
  std::vector<Diagnostic>& diagnostics_;
};

class PostgresIdentities : public TableIdentities {
 public:
  explicit PostgresIdentities(std::unique_ptr<Postgres> postgres)
      : postgres_(std::move(postgres)) {}

  // Whoever plans a query holds a lock on each relation that it looks at until the transaction
  // ends.
  std::vector<std::string> read_by(const std::string& table_or_query) override {
    std::vector<Diagnostic> said_by_the_reader;
    std::vector<std::string> out;
    const std::string select = Opening(*postgres_, said_by_the_reader).select_of(table_or_query);
    if (select.empty()) return out;
    static_cast<void>(postgres_->run("BEGIN TRANSACTION READ ONLY"));
    // one statement, whatever stands in it
    static_cast<void>(postgres_->run("EXPLAIN " + select, std::vector<std::string>()));
    const PostgresResult locks = postgres_->run(
        "SELECT DISTINCT relation::text FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = "
        "'relation'");
    if (locks.is(PGRES_TUPLES_OK)) {
      for (int row = 0; row < locks.rows(); ++row) out.push_back(locks.at(row, 0));
    }
    static_cast<void>(postgres_->run("ROLLBACK"));
    return out;
  }

  std::string written_as(const std::string& table) override {
    const PostgresResult place = postgres_->run(
        "SELECT coalesce((SELECT c.oid::text FROM pg_class c JOIN pg_namespace s ON s.oid = "
        "c.relnamespace WHERE s.nspname = p.schema AND "
        "c.relname = p.name), p.schema || '.' || p.name) FROM (SELECT coalesce(n.nspname::text, "
        "current_schema()::text) AS schema, CASE "
        "WHEN n.nspname IS NULL THEN $1 ELSE substr($1, length(n.nspname) + 2) END AS name FROM "
        "(SELECT 1) AS one LEFT JOIN pg_namespace n "
        "ON length($1) > length(n.nspname) + 1 AND left($1, length(n.nspname) + 1) = n.nspname || "
        "'.') AS p",
        {table});
    return place.is(PGRES_TUPLES_OK) && place.rows() > 0 ? place.at(0, 0) : table;
  }

 private:
  std::unique_ptr<Postgres> postgres_;
};

}  // namespace

std::unique_ptr<TableIdentities> postgres_identities(const std::string& connection) {
  std::vector<Diagnostic> said_by_the_reader;
  auto postgres = Postgres::connect(connection, said_by_the_reader);
  return postgres == nullptr ? nullptr : std::make_unique<PostgresIdentities>(std::move(postgres));
}

std::unique_ptr<table::ByteSource> open_postgres(const std::string& connection,
                                                 const std::string& table_or_query,
                                                 std::vector<Diagnostic>& diagnostics,
                                                 const std::atomic<bool>* stop) {
  std::unique_ptr<Postgres> postgres = Postgres::connect(connection, diagnostics);
  if (!postgres) return nullptr;
  Opening opening(*postgres, diagnostics);
  std::string header;
  const std::string copy = opening.copy_statement(table_or_query, header);
  if (copy.empty()) return nullptr;
  try {
    // The server says nothing before it has rows, or enough of them.
    const PostgresResult begun = stop == nullptr ? postgres->run(copy)
                                                 : postgres->run_until(copy, *stop);
    if (!opening.said_well(begun, PGRES_COPY_OUT)) return nullptr;
  } catch (const table::StreamFailure& failure) {
    diagnostics.push_back(failure.diagnostic);
    return nullptr;
  }
  return std::make_unique<PostgresSource>(std::move(postgres), std::move(header), stop);
}

}  // namespace jixiao::database
