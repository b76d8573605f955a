// A piece of a long table: a record an indicator, `@` records for money and events.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "batch/piece_content.hpp"
#include "scoring/weights.hpp"

namespace jixiao::batch {

class LongReader {
 public:
  // `memory`: for rows it has read and may meet again.
  LongReader(const ruleset::RuleSet& rules, std::uint64_t memory);
  // The batch of a piece that has begun.
  void read(PieceContent& piece);

 private:
  void read_project(PieceContent& piece, std::size_t project);
  // What is known of a record before it is read.
  struct Known {
    int year;
    std::uint64_t name_hash;  // of its indicator
  };
  void read_record(PieceContent& piece, std::size_t project, std::size_t record,
                   const Known& known);
  void read_money(PieceContent& piece, std::size_t project, std::size_t record, std::size_t which);
  void read_event(PieceContent& piece, std::size_t project, std::size_t record,
                  std::string_view id);
  void read_remark(PieceContent& piece, std::size_t project, std::size_t record, std::size_t fixed);
  void read_own(PieceContent& piece, std::size_t project, std::size_t record, int year);
  double read_reported(PieceContent& piece, std::size_t project, std::size_t record);
  void check_names(PieceContent& piece, std::size_t project);
  void check_shares(PieceContent& piece, std::size_t project);

  const ruleset::RuleSet& rules_;
  RowReader reader_;
  AmountReader amounts_;
  std::unordered_map<std::string_view, std::size_t> fixed_;  // indicators of the rule set, by id
                                                             // and name
  std::uint64_t fixed_bits_ = 0;  // one for each of their names, by its hash: few other names have
                                  // it
  std::vector<std::uint64_t> names_;  // hashes of a project's indicators
  std::vector<scoring::BlockShare> shares_;
  bool unbound_ = false;  // an indicator of the project fits nowhere: its block only looks empty
};

}  // namespace jixiao::batch
