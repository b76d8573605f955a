// Opening: forms, projects saved before, tables of many projects.
const formEndings = ['docx', 'xlsx', 'xls', 'csv', 'tsv', 'txt', 'md', 'html', 'htm'];
const ending = (name) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();
const largest = 60 * 1024 * 1024;

async function filesOf(transfer) {
  const out = [];
  const walk = async (entry) => {
    if (entry.isFile) {
      out.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
    } else {
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (some.length === 0) break;
        for (const one of some) await walk(one);
      }
    }
  };
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  if (entries.length === 0) return [...transfer.files];
  for (const entry of entries) await walk(entry);
  return out;
}

const nameOf = (project_text) => {
  const found = /^name\s*=\s*("(?:[^"\\]|\\.)*"|\{[^}]*zh\s*=\s*("(?:[^"\\]|\\.)*")[^}]*\})/m.exec(project_text);
  try {
    return found ? JSON.parse(found[2] || found[1]) : '';
  } catch (error) {
    return '';
  }
};

async function openFiles(files) {
  const problems = [];
  const texts = files.filter((file) => ending(file.name) === 'toml');
  const others = files.filter((file) => ending(file.name) !== 'toml' && !file.name.startsWith('.'));
  if (texts.length > 0) await openProject(texts, problems);
  for (const [i, file] of others.entries()) {
    state.busy = t(`正在读第 ${i + 1} 份，共 ${others.length} 份：${file.name}`, `reading ${i + 1} of ${others.length}: ${file.name}`);
    draw();
    if (file.size > largest) {
      problems.push({name: file.name, findings: [fault(t('文件超过 60 MB', 'the file is larger than 60 MB'))]});
    } else if (['zst', 'gz', 'jsonl', 'ndjson'].includes(ending(file.name))) {
      if (ending(file.name) === 'zst') problems.push({name: file.name, findings: [fault(t('网页不能解开 zst：先解压，或用程序 jixiao batch', 'the page does not unpack zst: unpack it first, or use the program: jixiao batch'))]});
      else state.tables.push({name: file.name, bytes: new Uint8Array(await file.arrayBuffer())});
    } else if (formEndings.includes(ending(file.name))) {
      await openForm(file, problems);
    } else {
      problems.push({name: file.name, findings: [fault(t('不认识这种文件：可打开 .docx .xlsx .csv 绩效表、project.toml，或项目总表 .csv', 'this kind of file is not known: open a form (.docx .xlsx .csv), a project.toml, or a table of projects (.csv)'))]});
    }
  }
  state.busy = '';
  state.problems = problems;
  if (problems.length > 0) state.current = state.table = null;
  keep();
  draw();
}

const fault = (words) => ({severity: 'error', code: '', message: {zh: words, en: words}, help: {zh: '', en: ''}, source: ''});

async function openProject(texts, problems) {
  const files = {};
  for (const file of texts) files[file.name] = await file.text();
  if (!files['project.toml']) {
    problems.push({name: texts.map((file) => file.name).join('、'), findings: [fault(t('要有 project.toml（可连同 results.toml 和情景文件一起拖入）', 'project.toml is missing: drop it together with results.toml and the scenarios'))]});
    return;
  }
  add({name: nameOf(files['project.toml']) || 'project.toml', files, rules: '', from: 'project.toml'});
}

function add(project) {
  state.projects.push(project);
  state.current = project;
  state.tab = questionsOf(project).length > 0 ? 'read' : 'card';
}

// Whether text in columns is a table of projects: its first row names a column of them.
function isTable(bytes) {
  const head = new TextDecoder('utf-8').decode(bytes.subarray(0, 4096)).replace(/^\ufeff/, '').split(/\r?\n/)[0];
  return head.split(/[,;\t|]/).some((cell) => ['project', '项目', '项目名称', '项目编号'].includes(cell.trim().replace(/^"|"$/g, '').toLowerCase())) &&
    !head.includes('三级指标');
}

async function openForm(file, problems) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (['csv', 'tsv', 'txt'].includes(ending(file.name)) && isTable(bytes)) {
    state.tables.push({name: file.name, bytes});
    if (state.projects.length === 0) state.table = state.tables[state.tables.length - 1];
    return;
  }
  try {
    for (let form = 1; ; ++form) {
      const told = await ask('importForm', {name: file.name, bytes, form, language: state.language});
      if (!told.answer) {
        if (form === 1) problems.push({name: file.name, findings: told.findings});
        break;
      }
      const files = {'project.toml': told.answer.project};
      if (told.answer.results) files['results.toml'] = told.answer.results;
      add({name: nameOf(told.answer.project) || file.name, files, rules: '', from: file.name + (form > 1 ? ' #' + form : ''),
           form: {name: file.name, bytes}, findings: told.findings});
    }
  } catch (error) {
    problems.push({name: file.name, findings: [fault(t('读这份文件时引擎停了：', 'the engine stopped at this file: ') + error.message)]});
  }
}

async function openExample() {
  const files = JSON.parse(document.getElementById('example').textContent);
  add({name: nameOf(files['project.toml']), files, rules: '', from: t('示例', 'example')});
  keep();
  draw();
}

function openView() {
  const input = h('input', {type: 'file', multiple: true, id: 'files', style: 'display:none',
    onchange: (event) => openFiles([...event.target.files])});
  const drop = h('div', {class: 'drop',
    ondragover: (event) => { event.preventDefault(); drop.classList.add('over'); },
    ondragleave: () => drop.classList.remove('over'),
    ondrop: async (event) => { event.preventDefault(); drop.classList.remove('over'); openFiles(await filesOf(event.dataTransfer)); }},
    h('p', null, h('strong', null, t('把绩效表拖到这里', 'Drop forms here'))),
    h('p', null, t('Word、Excel、CSV 的目标申报表或自评表，一份、几份或一个文件夹；项目总表（CSV）；存过的 project.toml',
      'Declarations and self-evaluations as Word, Excel or CSV, one, several or a folder; a table of many projects (CSV); a saved project.toml')),
    h('p', null, h('button', {class: 'main', onclick: () => input.click()}, t('选择文件', 'Choose files')), ' ',
      h('button', {onclick: openExample}, t('打开示例', 'Open the example'))),
    input);
  return [
    drop,
    h('p', {class: 'status', role: 'status', 'aria-live': 'polite'}, state.busy),
    (state.problems || []).map((problem) => [h('h3', null, problem.name), problem.findings.map(findingView)]),
    state.projects.length > 0 && h('section', null,
      h('h2', null, t('打开着的项目', 'Projects that are open')),
      h('table', null,
        h('thead', null, h('tr', null, h('th', null, t('项目', 'Project')), h('th', null, t('来自', 'From')), h('th', null, t('待核对', 'To confirm')), h('th', null))),
        h('tbody', null, state.projects.map((project) => h('tr', null,
          h('td', null, h('button', {class: 'plain', onclick: () => { state.current = project; state.tab = 'card'; draw(); }}, project.name)),
          h('td', null, project.from),
          h('td', {class: 'number'}, questionsOf(project).length),
          h('td', null, h('button', {class: 'plain', 'aria-label': t('关闭 ', 'close ') + project.name, onclick: () => {
            state.projects = state.projects.filter((one) => one !== project);
            if (state.current === project) state.current = null;
            keep();
            draw();
          }}, t('关闭', 'close')))))))),
    state.tables.length > 0 && h('section', null,
      h('h2', null, t('项目总表', 'Tables of projects')),
      state.tables.map((table) => h('p', null, h('button', {class: 'plain', onclick: () => { state.current = null; state.table = table; draw(); }}, table.name)))),
  ];
}
