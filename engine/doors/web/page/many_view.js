// A table of many projects: portfolio, ranks, search, and each project's row.
function rowsOf(csv) {
  const rows = [];
  let row = [], cell = '', quoted_cell = false;
  for (let i = 0; i < csv.length; ++i) {
    const c = csv[i];
    if (quoted_cell) {
      if (c === '"' && csv[i + 1] === '"') { cell += '"'; ++i; }
      else if (c === '"') quoted_cell = false;
      else cell += c;
    } else if (c === '"') quoted_cell = true;
    else if (c === ',') { row.push(cell); cell = ''; }
    else if (c === '\n') { row.push(cell.replace(/\r$/, '')); rows.push(row); row = []; cell = ''; }
    else cell += c;
  }
  if (cell !== '' || row.length > 0) { row.push(cell); rows.push(row); }
  return rows;
}

const perPage = 100;

function tableView(rows, name) {
  const [heading, ...all] = rows;
  const place = h('div');
  const view = {sort: null, down: false, search: '', page: 0};
  const redraw = () => {
    let shown = all;
    if (view.search) shown = shown.filter((row) => row.some((cell) => cell.toLowerCase().includes(view.search)));
    if (view.sort !== null) {
      const numeric = shown.every((row) => row[view.sort] === '' || !Number.isNaN(Number(row[view.sort])));
      const sign = view.down ? -1 : 1;
      shown = [...shown].sort((a, b) => {
        const [x, y] = [a[view.sort], b[view.sort]];
        if (x === '' || y === '') return x === y ? 0 : x === '' ? 1 : -1;
        return sign * (numeric ? Number(x) - Number(y) : x.localeCompare(y, 'zh'));
      });
    }
    const pages = Math.max(1, Math.ceil(shown.length / perPage));
    view.page = Math.min(view.page, pages - 1);
    place.replaceChildren(
      h('div', {class: 'pages'}, t(`${shown.length} 行`, `${shown.length} rows`),
        h('button', {disabled: view.page === 0, onclick: () => { --view.page; redraw(); }}, t('上一页', 'Back')),
        `${view.page + 1} / ${pages}`,
        h('button', {disabled: view.page + 1 >= pages, onclick: () => { ++view.page; redraw(); }}, t('下一页', 'Next'))),
      h('div', {class: 'wide'}, h('table', null,
        h('thead', null, h('tr', null, heading.map((title, i) => h('th', {scope: 'col', 'aria-sort': view.sort === i ? (view.down ? 'descending' : 'ascending') : 'none'},
          h('button', {class: 'plain', onclick: () => { view.down = view.sort === i && !view.down; view.sort = i; redraw(); }}, title, view.sort === i ? (view.down ? ' ↓' : ' ↑') : ''))))),
        h('tbody', null, shown.slice(view.page * perPage, (view.page + 1) * perPage).map((row) => h('tr', null,
          row.map((cell) => h('td', {class: cell !== '' && !Number.isNaN(Number(cell)) ? 'number' : ''}, cell))))))));
  };
  redraw();
  return [h('p', null, h('input', {type: 'search', placeholder: t('查找', 'search'), 'aria-label': t('查找', 'search'),
    oninput: (event) => { view.search = event.target.value.toLowerCase(); view.page = 0; redraw(); }}), ' ',
    h('button', {onclick: () => download(name, '\ufeff' + rows.map((row) => row.map((cell) => /[",\n]/.test(cell) ? '"' + cell.replace(/"/g, '""') + '"' : cell).join(',')).join('\r\n'), 'text/csv')}, t('存为 CSV', 'Save as CSV'))), place];
}

function manyView(table) {
  const outcome = h('section', null);
  const stop = h('button', {hidden: true, onclick: () => giveUp(t('停下了', 'stopped'))}, t('停下', 'Stop'));
  const bar = h('progress', {hidden: true, 'aria-label': t('正在计分', 'scoring')});
  const score = (rules) => {
    table.rules = rules;
    if (!rules) return;
    bar.hidden = stop.hidden = false;
    later(outcome, async () => {
      try {
        const told = await ask('batch', {name: table.name, bytes: table.bytes, rules, format: 'html', language: state.language});
        if (!told.answer) return told.findings.map(findingView);
        const faults = rowsOf(told.answer.faults);
        return [
          told.answer.failed > 0 && h('p', {class: 'down'}, t(`${told.answer.failed} 个项目未能计分，见下面的问题表`, `${told.answer.failed} projects could not be scored: see the table of faults below`)),
          findingsView(told.findings),
          h('h2', null, t('各项目', 'Projects')), tableView(rowsOf(told.answer.totals), 'totals.csv'),
          faults.length > 1 && [h('h2', null, t('问题', 'Faults')), tableView(faults, 'faults.csv')],
          h('h2', null, t('项目组合', 'Portfolio')), reportView(told.answer.portfolio, t('项目组合', 'portfolio')),
        ];
      } finally {
        bar.hidden = stop.hidden = true;
      }
    });
  };
  if (table.rules) score(table.rules);
  return [
    h('h2', null, table.name),
    h('p', null, t('按哪一套规则计分？', 'Score by which rule set? '), ' ', rulesSelect(table.rules || '', '—', score, t('规则集', 'rule set')), ' ', bar, ' ', stop),
    h('p', {class: 'soft'}, t('第一行是列名，有一列 project；每行一个项目（宽表），或每行一个指标（长表）。', 'The first row names the columns, one of them project; a row is a project (wide), or an indicator (long).')),
    outcome,
  ];
}
