'use strict';
// The calls of jixiao.h, for JavaScript: text in, text or bytes out, findings as objects. Files are
// those of the engine's own file system, which is memory; each call leaves none behind but what it
// is told to write. `engine`: the module that emscripten made.
function engineCalls(engine) {  // eslint-disable-line no-unused-vars
  const FORMAT = {text: 0, json: 1, csv: 2, markdown: 3, html: 4};
  const LANGUAGE = {zh: 0, en: 1};
  const SEVERITY = ['note', 'warning', 'error'];
  const FS = engine.FS;

  // Memory that a call needs, given back when it is done.
  class Memory {
    constructor() { this.taken = []; }
    room(bytes) {
      const at = engine._malloc(bytes);
      this.taken.push(at);
      for (let i = 0; i < bytes; i += 4) engine.setValue(at + i, 0, 'i32');
      return at;
    }
    text(words) {
      if (words === null || words === undefined) return 0;
      const bytes = engine.lengthBytesUTF8(words) + 1;
      const at = engine._malloc(bytes);
      this.taken.push(at);
      engine.stringToUTF8(words, at, bytes);
      return at;
    }
    list(words) {
      const at = this.room(4 * Math.max(words.length, 1));
      words.forEach((word, i) => engine.setValue(at + 4 * i, this.text(word), 'i32'));
      return at;
    }
    style({format = 'json', language = 'zh', width = 100}) {
      const at = this.room(12);
      engine.setValue(at, FORMAT[format], 'i32');
      engine.setValue(at + 4, LANGUAGE[language], 'i32');
      engine.setValue(at + 8, width, 'i32');
      return at;
    }
    free() { for (const at of this.taken) engine._free(at); }
  }

  const pointer = (at) => engine.getValue(at, 'i32');
  const words = (at) => engine.UTF8ToString(at);

  // The text of a call, which is freed; null where there is none.
  function taken(at) {
    if (at === 0) return null;
    const text = words(at);
    engine._jx_free(at);
    return text;
  }

  function findingsOf(at) {
    const out = [];
    if (at === 0) return out;
    const room = engine._malloc(48);
    for (let i = 0; i < engine._jx_findings_count(at); ++i) {
      if (engine._jx_findings_get(at, i, room) === 0) continue;
      out.push({
        severity: SEVERITY[pointer(room)], code: words(pointer(room + 4)),
        file: words(pointer(room + 8)), line: pointer(room + 12), column: pointer(room + 16),
        length: pointer(room + 20), source: words(pointer(room + 24)),
        message: {zh: words(pointer(room + 28)), en: words(pointer(room + 32))},
        help: {zh: words(pointer(room + 36)), en: words(pointer(room + 40))},
      });
    }
    engine._free(room);
    engine._jx_findings_free(at);
    return out;
  }

  // Each finding once, in the order they came: a card tells those of its project again.
  function distinct(findings) {
    const seen = new Set();
    return findings.filter((one) => {
      const key = JSON.stringify([one.code, one.file, one.line, one.column, one.message]);
      return !seen.has(key) && seen.add(key);
    });
  }

  // Runs `call(memory, findings, took)`; its answer, and what was found. Each call of jixiao.h writes
  // *findings anew: took(answer) takes over what one found before the next is made.
  function run(call) {
    const memory = new Memory(), findings = memory.room(4), found = [];
    const took = (answer) => {
      found.push(...findingsOf(pointer(findings)));
      engine.setValue(findings, 0, 'i32');
      return answer;
    };
    try {
      const answer = call(memory, findings, took);
      took();
      return {answer, findings: distinct(found)};
    } finally {
      memory.free();
    }
  }

  function empty(folder) {
    for (const name of FS.readdir(folder)) {
      if (name === '.' || name === '..') continue;
      const path = folder + '/' + name;
      if (FS.isDir(FS.stat(path).mode)) {
        empty(path);
        FS.rmdir(path);
      } else {
        FS.unlink(path);
      }
    }
  }

  // Puts files {name: text or bytes} into an empty folder `project` and runs `call` there: names in
  // findings are then those that the user knows.
  function inFolder(files, call) {
    if (!FS.analyzePath('/project').exists) FS.mkdirTree('/project');
    empty('/project');
    FS.chdir('/');
    for (const [name, content] of Object.entries(files)) FS.writeFile('project/' + name, content);
    try {
      return call();
    } finally {
      FS.chdir('/');
      empty('/project');
    }
  }

  // Runs `call(by)` with the rule set of that id, or with none.
  function withRules(rules, memory, findings, took, call) {
    if (!rules) return call(0);
    const by = took(engine._jx_rules_read(memory.text(rules), findings));
    if (by === 0) return null;
    try {
      return call(by);
    } finally {
      engine._jx_rules_free(by);
    }
  }

  // Opens what a call needs of a project, and closes it.
  function withProject(files, rules, call) {
    return inFolder(files, () => run((memory, findings, took) => {
      const project = took(engine._jx_project_read(memory.text('project'), 0, findings));
      if (project === 0) return null;
      try {
        return withRules(rules, memory, findings, took, (by) => call(memory, findings, project, by));
      } finally {
        engine._jx_project_free(project);
      }
    }));
  }

  return {
    version: () => words(engine._jx_version()),
    // Every rule set, as JSON.
    rules: () => run((memory) => taken(engine._jx_rules_list(memory.style({})))),
    // A form, by its file's name and bytes and its number there (from 1): {project, results}, the
    // texts of two files.
    importForm: ({name, bytes, form = 1, language}) => inFolder({[name]: bytes}, () => run((memory, findings) => {
      const project = memory.room(4), results = memory.room(4);
      const done = engine._jx_import(memory.text('project/' + name + '#' + form), LANGUAGE[language || 'zh'],
                                     project, results, findings);
      if (done !== 1) return null;
      return {project: taken(pointer(project)), results: taken(pointer(results))};
    })),
    // The card of a project in each of the formats asked for.
    score: ({files, rules, formats, language, width}) =>
      withProject(files, rules, (memory, findings, project, by) => {
        const card = engine._jx_score(project, by, findings);
        if (card === 0) return null;
        const out = {};
        for (const format of formats)
          out[format] = taken(engine._jx_card_text(card, memory.style({format, language, width})));
        engine._jx_card_free(card);
        return out;
      }),
    next: ({files, rules, format, language}) =>
      withProject(files, rules, (memory, findings, project, by) =>
        taken(engine._jx_next(project, by, NaN, memory.style({format, language}), findings))),
    // What-if: `set`: ["results.x=90"]; `scenarios`: names of files that are in `files`.
    simulate: ({files, rules, scenarios = [], set = [], format, language}) =>
      inFolder(files, () => run((memory, findings, took) => withRules(rules, memory, findings, took, (by) =>
        taken(engine._jx_simulate(memory.text('project'), by, memory.list(scenarios), scenarios.length,
                                  memory.list(set), set.length, memory.style({format, language}), findings))))),
    study: ({files, rules, study, format, language}) =>
      inFolder(files, () => run((memory, findings, took) => withRules(rules, memory, findings, took, (by) =>
        taken(engine._jx_study(memory.text('project'), by, memory.text(study), 1,
                               memory.style({format, language}), findings))))),
    // What the audit finds in forms and projects; their names and bytes.
    audit: ({files, rules, format, language}) => inFolder(files, () => run((memory, findings) => {
      const paths = Object.keys(files).map((name) => 'project/' + name);
      return taken(engine._jx_audit(memory.list(paths), paths.length, memory.text(rules || ''),
                                    memory.style({format, language}), findings));
    })),
    // The official form: bytes. `name` ends in .xlsx, .docx, .html or .md.
    file: ({files, rules, name, language}) =>
      withProject(files, rules, (memory, findings, project, by) => {
        const done = engine._jx_file(project, by, LANGUAGE[language || 'zh'],
                                     memory.text('project/' + name), findings);
        return done === 1 ? FS.readFile('project/' + name) : null;
      }),
    // A table of projects: the portfolio, and the tables of totals and of faults.
    batch: ({name, bytes, rules, format, language}) => inFolder({[name]: bytes}, () => run((memory, findings, took) =>
      withRules(rules, memory, findings, took, (by) => {
        const failed = memory.room(8);
        const portfolio = taken(engine._jx_batch(
          by, memory.list(['project/' + name]), 1, memory.text('project/totals.csv'),
          memory.text('project/faults.csv'), 1, memory.style({format, language}), failed, findings));
        if (portfolio === null) return null;
        const read = (file) => FS.analyzePath(file).exists ? FS.readFile(file, {encoding: 'utf8'}) : '';
        return {portfolio, failed: pointer(failed), totals: read('project/totals.csv'),
                faults: read('project/faults.csv')};
      }))),
  };
}
if (typeof module !== 'undefined') module.exports = {engineCalls};
