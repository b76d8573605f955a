/* A C program over jixiao.h: every function, well and wrongly used. Prints what a test compares. */
#include <jixiao.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WANT(condition)                                                          \
  do {                                                                           \
    if (!(condition)) {                                                          \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);    \
      exit(1);                                                                   \
    }                                                                            \
  } while (0)

static void want_finding(jx_findings** findings, const char* code) {
  jx_finding one;
  size_t i, seen = 0;
  for (i = 0; i < jx_findings_count(*findings); ++i) {
    WANT(jx_findings_get(*findings, i, &one));
    seen += strcmp(one.code, code) == 0 && one.severity == JX_ERROR && one.message_en[0] != 0 &&
            one.message_zh[0] != 0;
  }
  if (seen == 0) fprintf(stderr, "no finding %s\n", code);
  WANT(seen > 0);
  WANT(!jx_findings_get(*findings, jx_findings_count(*findings), &one));
  jx_findings_free(*findings);
  *findings = NULL;
}

static void want_text(char* text, const char* part) {
  WANT(text != NULL);
  if (strstr(text, part) == NULL) fprintf(stderr, "no '%s' in: %s\n", part, text);
  WANT(strstr(text, part) != NULL);
  jx_free(text);
}

static void columns_of_a_table(void) {
  const char* names[] = {"le", "eys", "mys", "gnipc"};
  const char* wrong[] = {"le", "eys", "mys", "gnipx"};
  const double le[] = {83.2, 72.3, 54.0}, eys[] = {18.1, 13.9, 9.1}, mys[] = {13.0, 7.9, 0.0};
  const double gnipc[] = {66494, 16057, 2100};
  double missing[3];
  const double* values[4];
  double total[3], one[1];
  uint32_t band[3];
  uint8_t state[3];
  int i;
  jx_findings* findings = NULL;
  jx_rules* rules = jx_rules_read("undp-hdi-2010", &findings);
  jx_columns* columns;
  WANT(rules != NULL);
  jx_findings_free(findings);
  WANT(jx_columns_bind(rules, wrong, 4, 1, &findings) == NULL);
  want_finding(&findings, "reference.unknown");
  WANT(jx_columns_bind(NULL, names, 4, 1, &findings) == NULL);
  want_finding(&findings, "key.missing");
  columns = jx_columns_bind(rules, names, 4, 1, &findings);
  WANT(columns != NULL && findings == NULL);
  memcpy(missing, mys, sizeof mys);
  missing[2] = NAN;
  values[0] = le, values[1] = eys, values[2] = missing, values[3] = gnipc;
  WANT(jx_columns_score(columns, values, 3, total, band, state, &findings));
  WANT(findings == NULL);
  WANT(state[0] == JX_SCORED && state[1] == JX_SCORED && state[2] == JX_MISSING);
  WANT(isnan(total[2]) && band[2] == UINT32_MAX);
  WANT(strcmp(jx_columns_band(columns, band[0]), "very_high") == 0);
  WANT(jx_columns_band(columns, 1000) == NULL);
  /* Row after row through the same handle: the same bits. */
  for (i = 0; i < 2; ++i) {
    values[0] = le + i, values[1] = eys + i, values[2] = missing + i, values[3] = gnipc + i;
    WANT(jx_columns_score(columns, values, 1, one, NULL, NULL, NULL));
    WANT(memcmp(one, total + i, sizeof one) == 0);
  }
  WANT(jx_columns_score(columns, values, 0, NULL, NULL, NULL, NULL));
  WANT(!jx_columns_score(columns, NULL, 1, one, NULL, NULL, &findings));
  want_finding(&findings, "key.missing");
  jx_rules_free(rules); /* the bound handle keeps what it needs */
  values[0] = le, values[1] = eys, values[2] = missing, values[3] = gnipc;
  WANT(jx_columns_score(columns, values, 3, total, band, state, NULL));
  jx_columns_free(columns);
}

static void one_project(const char* path) {
  const jx_style json = {JX_JSON, JX_EN, 0}, text = {JX_TEXT, JX_EN, 0};
  jx_findings* findings = NULL;
  const char* rating = NULL;
  char *project_text = NULL, *results_text = NULL;
  double total = 0;
  const char* set[] = {"drivers.rate=350"};
  jx_card* card;
  jx_project* project = jx_project_read("no such folder", NULL, &findings);
  WANT(project == NULL);
  want_finding(&findings, "file.unreadable");
  project = jx_project_read(path, NULL, &findings);
  WANT(project != NULL);
  jx_findings_free(findings);
  card = jx_score(project, NULL, &findings);
  WANT(card != NULL);
  jx_findings_free(findings);
  WANT(jx_card_total(card, &total, &rating) && total == 94.87 && strcmp(rating, "excellent") == 0);
  fputs(project_text = jx_card_text(card, &json), stdout); /* compared with the program's */
  jx_free(project_text);
  want_text(jx_card_text(card, &text), "94.87");
  want_text(jx_card_explain(card, NULL, &text, NULL), "budget execution rate");
  WANT(jx_card_explain(card, "nobody", &text, &findings) == NULL);
  want_finding(&findings, "reference.unknown");
  want_text(jx_next(project, NULL, 96, &text, NULL), "96");
  want_text(jx_simulate(path, NULL, NULL, 0, set, 1, &text, NULL), "drivers.rate=350");
  set[0] = "drivers.nothing=1";
  WANT(jx_simulate(path, NULL, NULL, 0, set, 1, &text, &findings) == NULL);
  WANT(jx_findings_count(findings) > 0);
  want_text(jx_findings_text(findings, &text), "drivers.nothing");
  jx_findings_free(findings);
  want_text(jx_audit(&path, 1, NULL, &json, &findings), "forms");
  jx_findings_free(findings);
  WANT(jx_file(project, NULL, JX_EN, "filed.md", NULL));
  WANT(!jx_file(project, NULL, JX_EN, "filed.pdf", &findings));
  want_finding(&findings, "key.missing");
  WANT(!jx_import("no such form.docx", JX_EN, &project_text, &results_text, &findings));
  want_finding(&findings, "file.unreadable");
  WANT(jx_import("filed.md", JX_ZH, &project_text, &results_text, &findings));
  jx_findings_free(findings);
  want_text(project_text, "schema");
  jx_free(results_text);
  WANT(jx_check(path, NULL, &findings));
  jx_findings_free(findings);
  WANT(!jx_check("no such file.toml", NULL, &findings));
  want_finding(&findings, "file.unreadable");
  jx_card_free(card);
  jx_project_free(project);
}

static void table_and_study(const char* table) {
  const jx_style json = {JX_JSON, JX_EN, 0};
  jx_findings* findings = NULL;
  uint64_t failed = 1;
  jx_rules* rules = jx_rules_read("undp-hdi-2010", NULL);
  WANT(rules != NULL);
  want_text(jx_rules_text(rules, &json), "undp-hdi-2010");
  want_text(jx_rules_list(&json), "cn-mof-2020");
  want_text(jx_batch(rules, &table, 1, "scored.csv", NULL, 2, &json, &failed, &findings), "projects");
  WANT(failed == 0);
  jx_findings_free(findings);
  WANT(jx_batch(rules, &table, 1, table, NULL, 2, &json, NULL, &findings) == NULL);
  want_finding(&findings, "file.conflict");
  WANT(jx_study(NULL, NULL, "no-such-study.toml", 1, &json, &findings) == NULL);
  want_finding(&findings, "file.unreadable");
  jx_rules_free(rules);
}

/* c_program PROJECT TABLE   writes into the working folder */
int main(int argc, char** argv) {
  WANT(argc == 3);
  WANT(jx_abi_version() == JX_ABI_VERSION);
  WANT(strncmp(jx_version(), "jixiao ", 7) == 0);
  columns_of_a_table();
  one_project(argv[1]);
  table_and_study(argv[2]);
  jx_free(NULL);
  jx_findings_free(NULL);
  jx_rules_free(NULL);
  jx_project_free(NULL);
  jx_card_free(NULL);
  jx_columns_free(NULL);
  return 0;
}
