// The texts of a project's two files, and changing one value of them in its place.
const quoted = (words) => JSON.stringify(words);

// Tables of a TOML text: {header, first, end} in lines; first is the line after the header.
function tablesOf(lines) {
  const out = [{header: '', first: 0, end: lines.length}];
  lines.forEach((line, i) => {
    const header = /^\s*(\[\[?[^\]]+\]\]?)\s*(#.*)?$/.exec(line);
    if (!header) return;
    out[out.length - 1].end = i;
    out.push({header: header[1].replace(/\s/g, ''), first: i + 1, end: lines.length});
  });
  return out;
}

const assignment = (key) => new RegExp('^(\\s*' + key + '\\s*=\\s*)("(?:[^"\\\\]|\\\\.)*"|[^#]*?)(\\s*(?:#.*)?)$');

function valueIn(lines, table, key) {
  for (let i = table.first; i < table.end; ++i) {
    const found = assignment(key).exec(lines[i]);
    if (found) return {line: i, written: found[2]};
  }
  return null;
}

// `text` with `key` of a table set to a TOML value; the table is the first that `wanted(header,
// value)` takes, where value(key) is what is written there; where there is none, `created` is added.
function withValue(text, wanted, key, written, created) {
  const lines = text.replace(/\n$/, '').split('\n');
  const table = tablesOf(lines).find((one) => wanted(one.header, (name) => (valueIn(lines, one, name) || {}).written));
  if (!table) return lines.concat('', created, key + ' = ' + written, '').join('\n');
  const at = valueIn(lines, table, key);
  if (at) {
    lines[at.line] = lines[at.line].replace(assignment(key), (_, before, __, after) => before + written + after);
  } else {
    let last = table.end;
    while (last > table.first && lines[last - 1].trim() === '') --last;
    lines.splice(last, 0, key + ' = ' + written);
  }
  return lines.join('\n') + '\n';
}

const emptyResults = 'schema = "jixiao/results/1"\n';

function setActual(project, indicator, value) {
  const results = project.files['results.toml'] || emptyResults;
  project.files['results.toml'] = indicator === 'execution'
    ? withValue(results, (header) => header === '[money]', 'executed', quoted(value), '[money]')
    : withValue(results, (header, of) => header === '[[result]]' && of('indicator') === quoted(indicator),
                'actual', quoted(value), '[[result]]\nindicator = ' + quoted(indicator));
}

// What a form left open: lines `key = value  # place  # ? why`, and `# key =  # ? why` for what it does
// not say.
function questionsOf(project) {
  const out = [];
  for (const [file, text] of Object.entries(project.files)) {
    let name = '';
    text.split('\n').forEach((line, i) => {
      if (/^\s*\[/.test(line)) name = '';
      const called = /^name\s*=\s*("(?:[^"\\]|\\.)*")/.exec(line);
      if (called) name = JSON.parse(called[1]);
      const of = /^indicator\s*=\s*"[^"]*"\s*#\s*(.*)$/.exec(line);
      if (of) name = of[1];
      const open = /^(#\s*)?([a-z_]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^#]*?)\s*(#(?!\s*\?).*?)?#\s*\?\s*(.*)$/.exec(line);
      if (open) {
        const text_value = open[3].startsWith('"');
        out.push({file, line: i, missing: Boolean(open[1]), key: open[2], name, is_text: text_value,
                  value: text_value ? JSON.parse(open[3]) : open[3], place: (open[4] || '').replace(/^#\s*/, '').trim(),
                  why: open[5]});
      }
    });
  }
  return out;
}

// The answer in its place; the mark of the question goes.
function answer(project, question, value) {
  const lines = project.files[question.file].split('\n');
  const number = /^[+-]?[0-9.]+$/.test(value) && !question.is_text;
  lines[question.line] = question.key + ' = ' + (number ? value : quoted(value)) +
    (question.place ? '  # ' + question.place : '');
  project.files[question.file] = lines.join('\n');
}

// How the form was read: the comments that the project's file begins with.
function mapOf(project) {
  const out = [];
  for (const line of (project.files['project.toml'] || '').split('\n')) {
    if (!line.startsWith('#')) break;
    out.push(line.replace(/^# ?/, ''));
  }
  return out.join('\n');
}

// Kept in this browser, so that nothing is lost when the page is closed.
const shelf = 'jixiao';
function keep() {
  try {
    localStorage.setItem(shelf, JSON.stringify({language: state.language, projects: state.projects.map(
      ({name, files, rules, from}) => ({name, files, rules, from}))}));
    return true;
  } catch (error) {
    return false;
  }
}
function takeUp() {
  try {
    const kept = JSON.parse(localStorage.getItem(shelf) || 'null');
    if (!kept) return;
    state.language = kept.language === 'en' ? 'en' : 'zh';
    state.projects = kept.projects.filter((one) => one.files && one.files['project.toml']);
  } catch (error) {
    state.projects = [];
  }
}
function forget() {
  try {
    localStorage.removeItem(shelf);
  } catch (error) {
    // A browser that keeps nothing has nothing to forget.
  }
  state.projects = [];
  state.tables = [];
  state.current = null;
}
