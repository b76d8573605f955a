/* jixiao for C, and for every language that can call C: scoring, tables, what-if, studies, forms.
 *
 * Text is UTF-8 and ends in a zero byte. A function that returns a handle or text returns NULL when
 * it cannot; why is in *findings. Each text returned is the caller's: jx_free. Each handle has its own
 * ..._free; all of them take NULL.
 *
 * findings: where what was found is put, errors, warnings and notes; it may be NULL. It is written
 * in every case, to NULL when there is nothing to say. It is the caller's: jx_findings_free.
 *
 * Threads: jx_rules, jx_project and jx_card do not change once they are made; any number of threads
 * may use them. A jx_columns is used by one thread at a time. Nothing is kept between calls. The environment
 * (JIXIAO_RULES) is read by calls that look for rule sets.
 *
 * Numbers of this file only ever grow: names, values and fields are added at the end, none is
 * changed or taken away while jx_abi_version() stays the same.
 */
#ifndef JIXIAO_H
#define JIXIAO_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define JX_API __attribute__((visibility("default")))
#else
#define JX_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define JX_ABI_VERSION 1

typedef struct jx_findings jx_findings;
typedef struct jx_rules jx_rules;
typedef struct jx_project jx_project;
typedef struct jx_card jx_card;
typedef struct jx_columns jx_columns;

typedef enum { JX_TEXT = 0, JX_JSON = 1, JX_CSV = 2, JX_MARKDOWN = 3, JX_HTML = 4 } jx_format;
typedef enum { JX_ZH = 0, JX_EN = 1 } jx_language;
typedef enum { JX_NOTE = 0, JX_WARNING = 1, JX_ERROR = 2 } jx_severity;
typedef enum { JX_SCORED = 0, JX_MISSING = 1, JX_FAILED = 2 } jx_state;

/* How a text is written. */
typedef struct {
  jx_format format;
  jx_language language;
  uint32_t width; /* columns of a terminal, for JX_TEXT; 0: 100 */
} jx_style;

/* One finding. The texts belong to the jx_findings. line and column count from 1, the column in
 * characters; 0: the finding is about the whole file, or about no file. */
typedef struct {
  jx_severity severity;
  const char* code; /* "weights.sum": docs/diagnostics.md */
  const char* file;
  size_t line, column, length;
  const char* source_line;
  const char* message_zh;
  const char* message_en;
  const char* help_zh;
  const char* help_en;
} jx_finding;

/* 1: JX_ABI_VERSION of the library. Ask before anything else. */
JX_API uint32_t jx_abi_version(void);
/* "jixiao 0.1.0"; not to be freed. */
JX_API const char* jx_version(void);
JX_API void jx_free(char* text);

JX_API size_t jx_findings_count(const jx_findings* findings);
/* 1, or 0 when there is no finding of that number (from 0). */
JX_API int jx_findings_get(const jx_findings* findings, size_t number, jx_finding* out);
/* As the command line prints them. */
JX_API char* jx_findings_text(const jx_findings* findings, const jx_style* style);
JX_API void jx_findings_free(jx_findings* findings);

/* A rule set by its id, or by the path of its file (anything with a '/' or ending in .toml). */
JX_API jx_rules* jx_rules_read(const char* id_or_path, jx_findings** findings);
/* Every rule set there is. */
JX_API char* jx_rules_list(const jx_style* style);
/* The rule set for reading: weights, methods, sources, bands. */
JX_API char* jx_rules_text(const jx_rules* rules, const jx_style* style);
JX_API void jx_rules_free(jx_rules* rules);

/* A project: a folder with project.toml, or that file. results: NULL or "": those beside it. */
JX_API jx_project* jx_project_read(const char* project, const char* results, jx_findings** findings);
JX_API void jx_project_free(jx_project* project);

/* rules here and below: NULL for the rule set that the project names. The card is there even when the total
 * could not be computed; jx_card_total says so, and the findings why. */
JX_API jx_card* jx_score(const jx_project* project, const jx_rules* rules, jx_findings** findings);
/* 1 and the total as decided; 0 where it could not be computed (total: NaN). rating, where wanted: the id of
 * the rating, of the card, "" without one. */
JX_API int jx_card_total(const jx_card* card, double* total, const char** rating);
/* What `jixiao score` prints. */
JX_API char* jx_card_text(const jx_card* card, const jx_style* style);
/* What `jixiao explain` prints; indicator: NULL or "" for all. */
JX_API char* jx_card_explain(const jx_card* card, const char* indicator, const jx_style* style,
                             jx_findings** findings);
JX_API void jx_card_free(jx_card* card);

/* What `jixiao check` finds in a file or folder. 1: no error; 0: some. rules: an id or path, or NULL. */
JX_API int jx_check(const char* path, const char* rules, jx_findings** findings);

/* A rule set bound to columns of numbers, one a name: inputs of the rule set, or initial, adjusted,
 * executed (yuan), year. threads: 0 for as many as there are; any number gives the same bits. */
JX_API jx_columns* jx_columns_bind(const jx_rules* rules, const char* const* names, size_t count,
                                   uint32_t threads, jx_findings** findings);
/* Scores `rows` rows: columns[i] has the values of names[i] in base units, NaN for a missing one. total (NaN
 * unless scored), band (number of the rating from the best, UINT32_MAX without one) and state
 * (jx_state) have room for `rows` values each; any of them may be NULL. 1: done. 0: nothing was
 * written. */
JX_API int jx_columns_score(jx_columns* columns, const double* const* values, size_t rows,
                            double* total, uint32_t* band, uint8_t* state, jx_findings** findings);
/* The id of a rating by its number, of the handle; NULL behind the last. */
JX_API const char* jx_columns_band(const jx_columns* columns, size_t number);
JX_API void jx_columns_free(jx_columns* columns);

/* `jixiao batch`: the tables `inputs` scored into the files `output` and, where wanted, `errors`
 * (NULL: by the name of output). Returns the portfolio of all projects in `style`. failed, where
 * wanted: how many projects have no total. */
JX_API char* jx_batch(const jx_rules* rules, const char* const* inputs, size_t count,
                      const char* output, const char* errors, uint32_t threads,
                      const jx_style* style, uint64_t* failed, jx_findings** findings);

/* `jixiao simulate`: scenarios by name (files beside the project) or path; set: changes typed, each
 * "drivers.rate=350", together one more scenario. Both may be NULL with a count of 0. `path`: where the
 * project was read from. */
JX_API char* jx_simulate(const char* path, const jx_rules* rules, const char* const* scenarios,
                         size_t scenario_count, const char* const* set, size_t set_count,
                         const jx_style* style, jx_findings** findings);
/* `jixiao study PATH NAME`: a study by name or path. path: NULL for one with formulas of its own. */
JX_API char* jx_study(const char* path, const jx_rules* rules, const char* study, uint32_t threads,
                      const jx_style* style, jx_findings** findings);
/* `jixiao next`: what reaches the next rating, or this total; NaN: the next rating. */
JX_API char* jx_next(const jx_project* project, const jx_rules* rules, double total,
                     const jx_style* style, jx_findings** findings);

/* `jixiao import`: a form of a document as project.toml and results.toml ("" where the form reports
 * nothing). document: a file, and "#2" behind its name for the second of several forms; without, the
 * first, and a warning says how many there are. 1: done, and both texts are the caller's; findings: its
 * questions. */
JX_API int jx_import(const char* document, jx_language language, char** project, char** results,
                     jx_findings** findings);
/* `jixiao audit`: forms, projects and folders of both. rules: an id or path, or NULL. */
JX_API char* jx_audit(const char* const* paths, size_t count, const char* rules,
                      const jx_style* style, jx_findings** findings);
/* `jixiao report`: the official form into a file, by its ending: .xlsx .docx .html .md. 1: done. A file
 * that is there is written over. */
JX_API int jx_file(const jx_project* project, const jx_rules* rules, jx_language language,
                   const char* file, jx_findings** findings);

#ifdef __cplusplus
}
#endif

#endif
