#include <cmath>
#include <filesystem>

#include "database/failure.hpp"
#include "database/postgres.hpp"
#include "database/spool.hpp"
#include "table/cells.hpp"

namespace jixiao::database {
namespace {

// PostgreSQL cuts longer names short without an error: two columns could become one.
constexpr std::size_t longest_name = 63;
constexpr std::size_t message_bytes = std::size_t{128} << 10;

// A cell in the text form of COPY.
void append_escaped(std::string& to, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '\\': to += "\\\\"; break;
      case '\t': to += "\\t"; break;
      case '\n': to += "\\n"; break;
      case '\r': to += "\\r"; break;
      default: to += c;
    }
  }
}

void append_value(std::string& to, const Column& type, const table::Cells& cells, std::size_t row,
                  std::size_t column) {
  if (cells.text(column)[row].empty()) {
    to += "\\N";
  } else if (type.number && !std::isnormal(cells.numbers(column)[row])) {
    table::append_number(to, cells.numbers(column)[row]);  // the server refuses text that rounds to
                                                           // zero
  } else {
    append_escaped(to, cells.text(column)[row]);
  }
}

// One transaction that puts a new table in the place of an old one. The old one can be read until
// the last moment; a transaction that does not commit() leaves nothing.
class Replacement {
 public:
  Replacement(const Postgres& postgres, const std::string& table, bool replace)
      : postgres_(postgres), table_(table) {
    const PostgresResult place = postgres.run(
        "SELECT CASE WHEN n.nspname IS NULL THEN quote_ident(current_schema()) ELSE "
        "quote_ident(n.nspname) END, "
        "CASE WHEN n.nspname IS NULL THEN $1 ELSE substr($1, length(n.nspname) + 2) END, "
        "pg_backend_pid() "
        "FROM (SELECT 1) AS one LEFT JOIN pg_namespace n ON length($1) > length(n.nspname) + 1 AND "
        "left($1, length(n.nspname) + 1) = "
        "n.nspname || '.'",
        {table});
    check(place, PGRES_TUPLES_OK);
    const std::string schema = place.at(0, 0) + ".";
    check_name(place.at(0, 1));
    name_ = identifier(place.at(0, 1));
    final_ = schema + name_;
    incoming_ = schema + identifier("jixiao_incoming_" + place.at(0, 2));
    look_at_existing(replace);
  }

  void begin(const std::vector<Column>& columns) {
    run("BEGIN");
    std::string types;
    for (const Column& column : columns) {
      check_name(column.name);
      types += (types.empty() ? "" : ", ") + identifier(column.name) +
               (column.number ? " double precision" : " text");
    }
    run("CREATE TABLE " + incoming_ + " (" + types + ")");
    check(postgres_.run("COPY " + incoming_ + " FROM STDIN"), PGRES_COPY_IN);
  }

  void copy(const std::vector<Column>& columns, const table::Cells& cells) {
    for (std::size_t row = 0; row < cells.records(); ++row) {
      for (std::size_t column = 0; column < columns.size(); ++column) {
        if (column > 0) message_ += '\t';
        append_value(message_, columns[column], cells, row, column);
      }
      message_ += '\n';
      if (message_.size() >= message_bytes) send();
    }
  }

  void commit() {
    send();
    postgres_.libpq().PQputCopyEnd(postgres_.handle(), nullptr);
    check(postgres_.ended(), PGRES_COMMAND_OK);
    const std::vector<std::string> kept = what_hangs_on_it();
    run("DROP TABLE IF EXISTS " + final_);
    run("ALTER TABLE " + incoming_ + " RENAME TO " + name_);
    run("COMMENT ON TABLE " + final_ + " IS '" + ours + "'");
    for (const std::string& sql : kept) {
      const PostgresResult made = postgres_.run(sql);
      if (!made.is(PGRES_COMMAND_OK))
        throw table::StreamFailure(
            cannot_keep(postgres_.where(), table_, sql, postgres_.said(made)));
    }
    run("COMMIT");
  }

 private:
  static constexpr const char* ours = "written by jixiao";

  // Only a plain table of ours, or any plain table when that is wanted, is replaced; and only when
  // nothing of it would be lost.
  void look_at_existing(bool replace) const {
    const PostgresResult found = postgres_.run(
        "SELECT c.relkind, coalesce(obj_description(c.oid, 'pg_class'), ''), array_to_string(ARRAY["
        "(SELECT min('constraint ' || conname) FROM pg_constraint WHERE conrelid = c.oid OR "
        "confrelid = c.oid), "
        "(SELECT min('view ' || w.ev_class::regclass::text) FROM pg_depend d JOIN pg_rewrite w ON "
        "w.oid = d.objid WHERE d.classid = "
        "'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid), "
        "(SELECT min('policy ' || polname) FROM pg_policy WHERE polrelid = c.oid), "
        "(SELECT min('table ' || inhrelid::regclass::text) FROM pg_inherits WHERE inhrelid = c.oid "
        "OR inhparent = c.oid)], ', ') "
        "FROM pg_class c WHERE c.oid = to_regclass($1::text)",
        {final_});
    check(found, PGRES_TUPLES_OK);
    if (found.rows() == 0) return;
    if (found.at(0, 0) == "v" || found.at(0, 0) == "m")
      throw table::StreamFailure(is_view(postgres_.where(), table_));
    if (found.at(0, 0) != "r" || (!replace && found.at(0, 1) != ours))
      throw table::StreamFailure(not_ours(postgres_.where(), table_));
    if (!found.at(0, 2).empty())
      throw table::StreamFailure(cannot_keep(postgres_.where(), table_, found.at(0, 2), {}));
  }

  // The statements that give the new table the indexes, triggers and rights of the one it replaces.
  [[nodiscard]] std::vector<std::string> what_hangs_on_it() const {
    std::vector<std::string> out;
    for (const char* of :
         {"SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = to_regclass($1::text)",
          "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = to_regclass($1::text) AND "
          "NOT "
          "tgisinternal",
          "SELECT format('GRANT %s ON %s TO %s%s', a.privilege_type, $1::text, CASE a.grantee WHEN "
          "0 "
          "THEN 'PUBLIC' ELSE "
          "quote_ident(pg_get_userbyid(a.grantee)) END, CASE WHEN a.is_grantable THEN ' WITH GRANT "
          "OPTION' ELSE '' END) "
          "FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = to_regclass($1::text) AND "
          "a.grantee <> "
          "c.relowner"}) {
      const PostgresResult found = postgres_.run(of, {final_});
      check(found, PGRES_TUPLES_OK);
      for (int row = 0; row < found.rows(); ++row) out.push_back(found.at(row, 0));
    }
    return out;
  }

  void send() {
    if (message_.empty()) return;
    const int sent = postgres_.libpq().PQputCopyData(postgres_.handle(), message_.data(),
                                                     static_cast<int>(message_.size()));
    if (sent != 1) fail(postgres_.said({postgres_.libpq(), nullptr}));
    message_.clear();
  }

  void run(const std::string& sql) const { check(postgres_.run(sql), PGRES_COMMAND_OK); }

  void check(const PostgresResult& result, ExecStatusType wanted) const {
    if (!result.is(wanted)) fail(postgres_.said(result));
  }

  [[noreturn]] void fail(const std::string& said) const {
    throw table::StreamFailure(
        unwritable(postgres_.where(),
                   with_what_it_said({"PostgreSQL 写不进去，数据库保持原样",
                                      "PostgreSQL took nothing, the database is as it was"},
                                     said),
                   {"请看服务器说了什么，改好后再运行一次",
                    "see what the server said, and run again once that is mended"}));
  }

  void check_name(const std::string& name) const {
    if (name.size() <= longest_name) return;
    throw table::StreamFailure(unwritable(
        postgres_.where(),
        {"名称 '" + name + "' 超过 63 字节（约 21 个汉字），PostgreSQL 会把它截短",
         "the name '" + name + "' is longer than 63 bytes, PostgreSQL would cut it short"},
        {"请缩短表名或列名", "shorten the name of the table or column"}));
  }

  const Postgres& postgres_;
  std::string table_;
  std::string name_, final_, incoming_;
  std::string message_;
};

class PostgresSink : public SpooledSink {
 public:
  PostgresSink(std::string connection, std::string table, bool replace, const std::string& where)
      : SpooledSink(std::filesystem::temp_directory_path().string(), where),
        connection_(std::move(connection)),
        table_(std::move(table)),
        replace_(replace) {}

 protected:
  void load(SpooledTable& spooled) override {
    const std::vector<Column> columns = spooled.columns();
    std::vector<Diagnostic> diagnostics;
    // A new connection: the first one would have had to stay open, doing nothing, for as long as
    // the table took to make.
    const auto postgres = Postgres::connect(connection_, diagnostics);
    if (!postgres) throw table::StreamFailure(diagnostics.back());
    Replacement replacement(*postgres, table_, replace_);
    replacement.begin(columns);
    spooled.each(columns, [&](const table::Cells& cells) { replacement.copy(columns, cells); });
    replacement.commit();
  }

 private:
  std::string connection_;
  std::string table_;
  bool replace_;
};

}  // namespace

std::unique_ptr<table::ByteSink> open_postgres_sink(const std::string& connection,
                                                    const std::string& table, bool replace,
                                                    std::vector<Diagnostic>& diagnostics) {
  try {
    // what is wrong is said before anything is computed for it
    const auto postgres = Postgres::connect(connection, diagnostics);
    if (!postgres) return nullptr;
    const Replacement can_be_named(*postgres, table, replace);
    return std::make_unique<PostgresSink>(connection, table, replace, postgres->where());
  } catch (const table::StreamFailure& failure) {
    diagnostics.push_back(failure.diagnostic);
    return nullptr;
  }
}

}  // namespace jixiao::database
