
#include "database/failure.hpp"
#include "database/postgres.hpp"
#include "database/records.hpp"
#include "table/cells.hpp"

namespace jixiao::database {
namespace {

constexpr Oid boolean_type = 16, bytes_type = 17;

class PostgresSource : public RecordSource {
 public:
  PostgresSource(std::unique_ptr<Postgres> postgres, std::string header)
      : postgres_(std::move(postgres)), header_(std::move(header)) {}

 protected:
  [[nodiscard]] std::string where() const override { return postgres_->where(); }

  bool append_records(std::string& to) override {
    to += header_;
    header_.clear();
    const Libpq& libpq = postgres_->libpq();
    while (to.size() < enough) {
      char* row = nullptr;
      const int bytes = libpq.PQgetCopyData(postgres_->handle(), &row, 0);
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
    const std::string select = is_query(table_or_query) ? std::string(without_end(table_or_query))
                                                        : select_from(table_or_query);
    if (select.empty() || !is_one_query(select)) return {};
    const PostgresResult columns(postgres_.libpq(),
                                 postgres_.libpq().PQdescribePrepared(postgres_.handle(), ""));
    if (!said_well(columns, PGRES_COMMAND_OK)) return {};
    return copy_of(table_or_query, select, columns, header);
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

  std::string copy_of(const std::string& what, const std::string& select,
                      const PostgresResult& columns, std::string& header) {
    std::string names, values;
    bool has_boolean = false;
    for (int column = 0; column < columns.columns(); ++column) {
      const std::string name = columns.name(column), inner = identifier(std::to_string(column));
      if (columns.type(column) == bytes_type) return refuse_bytes(what, name);
      if (column > 0) header += ',', names += ", ", values += ", ";
      table::append_cell(header, name);
      names += inner;
      if (columns.type(column) == boolean_type) {
        has_boolean = true;
        values += "CASE WHEN " + inner + " THEN '是' WHEN NOT " + inner + " THEN '否' END";
      } else {
        values += inner;
      }
    }
    end_record(header, 0);
    const std::string rows =
        has_boolean ? "SELECT " + values + " FROM (" + select + "\n) AS q(" + names + ")" : select;
    return "COPY (" + rows + "\n) TO STDOUT WITH (FORMAT csv)";
  }

  std::string refuse_bytes(const std::string& what, const std::string& column) {
    const std::string table = is_query(what) ? "SELECT" : what;
    diagnostics_.push_back(
        unreadable(postgres_.where(),
                   {table + " 的列 '" + column + "' 是二进制数据（bytea），不是文字或数",
                    "column '" + column + "' of " + table +
                        " holds binary data (bytea), neither text nor numbers"},
                   {"请用查询只选需要的列：SELECT 列, 列 FROM 表",
                    "choose the columns you need by a query: SELECT column, column FROM table"}));
    return {};
  }

  const Postgres& postgres_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

std::unique_ptr<table::ByteSource> open_postgres(const std::string& connection,
                                                 const std::string& table_or_query,
                                                 std::vector<Diagnostic>& diagnostics) {
  std::unique_ptr<Postgres> postgres = Postgres::connect(connection, diagnostics);
  if (!postgres) return nullptr;
  Opening opening(*postgres, diagnostics);
  std::string header;
  const std::string copy = opening.copy_statement(table_or_query, header);
  if (copy.empty() || !opening.said_well(postgres->run(copy), PGRES_COPY_OUT)) return nullptr;
  return std::make_unique<PostgresSource>(std::move(postgres), std::move(header));
}

}  // namespace jixiao::database
