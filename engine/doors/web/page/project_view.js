// One project: what was read of its form, its card, what if, and what to take away.
async function scored(project, rules) {
  return ask('score', {files: project.files, rules: rules || project.rules, formats: ['json'], language: state.language});
}

// Shows what `make` makes when it is there; what is shown until then stays.
function later(place, make) {
  const turn = (place.turn || 0) + 1;
  place.turn = turn;
  place.setAttribute('aria-busy', 'true');
  make().then((made) => {
    if (place.turn === turn) place.replaceChildren(...[made].flat(5).filter(Boolean));
  }).catch((error) => {
    if (place.turn === turn) place.replaceChildren(findingView(fault(t('没有算成：', 'it was not computed: ') + error.message)));
  }).finally(() => { if (place.turn === turn) place.removeAttribute('aria-busy'); });
  return place;
}

function readView(project) {
  const questions = questionsOf(project);
  return [
    h('section', null,
      h('h2', null, questions.length > 0 ? t(`${questions.length} 处待核对`, `${questions.length} to confirm`) : t('没有待核对的', 'Nothing to confirm')),
      questions.filter((one) => !one.missing).length > 1 && h('p', null, h('button', {onclick: () => {
        for (const question of questions.filter((one) => !one.missing)) answer(project, question, question.value);
        keep();
        draw();
      }}, t('其余都按这样读', 'Read all of them so'))),
      questions.map((question) => {
        const input = h('input', {value: question.value, 'aria-label': question.why});
        const done = () => { if (input.value.trim() === '') return input.focus(); answer(project, question, input.value.trim()); keep(); draw(); };
        return h('form', {class: 'question', onsubmit: (event) => { event.preventDefault(); done(); }},
          h('div', null, h('strong', null, question.name || t('表头', 'heading')), ' ', h('span', {class: 'soft'}, question.place)),
          h('div', null, question.why),
          h('div', {class: 'row'}, input, h('button', {class: 'main', type: 'submit'}, question.missing ? t('填上', 'Fill in') : t('就按这样读', 'Read it so'))));
      })),
    (project.findings || []).length > 0 && h('section', null, h('h2', null, t('导入时发现', 'Found while reading')), project.findings.map(findingView)),
    h('section', null, h('h2', null, t('这份表是怎样读的', 'How the form was read')), h('pre', null, mapOf(project) || t('不是由表导入的', 'it was not read from a form'))),
    project.form && later(h('section', null), async () => {
      const told = await ask('audit', {files: {[project.form.name]: project.form.bytes}, format: 'html', language: state.language});
      return [h('h2', null, t('表的审核', 'Audit of the form')), told.answer ? reportView(told.answer, t('审核', 'audit')) : told.findings.map(findingView)];
    }),
  ];
}

// The total, its rating, how far it is from the next, and what a change made of it.
function totalView(card, before) {
  if (!card.scored) {
    return h('div', {class: 'total', role: 'status'}, h('b', null, '—'), h('span', {class: 'rating down'}, t('未能计分', 'not scored')));
  }
  const change = before !== null && before !== undefined ? card.total - before : 0;
  const distance = card.distance || {};
  return h('div', {class: 'total', role: 'status', 'aria-live': 'polite'},
    h('b', {id: 'total'}, points(card.total, card.digits)),
    h('span', {class: 'rating'}, card.rating ? say(card.rating.label) : ''),
    Math.abs(change) > 1e-9 && h('span', {class: 'change ' + (change > 0 ? 'up' : 'down')}, signed(change, card.digits)),
    h('span', {class: 'soft'}, t('满分 ', 'of ') + points(card.scale, 0),
      distance.next_band && distance.to_next_band !== null ? t(`，距上一等级 ${points(distance.to_next_band)} 分`, `, ${points(distance.to_next_band)} to the next rating`) : '',
      distance.to_lower_band !== null && distance.to_lower_band !== undefined ? t(`，高出本等级下限 ${points(distance.to_lower_band)} 分`, `, ${points(distance.to_lower_band)} above the edge of this one`) : ''));
}

function detailView(indicator) {
  const source = (indicator.sources || []).map((one) => one.text).join('；') || indicator.cite;
  return h('dl', null,
    say(indicator.reason) && [h('dt', null, t('理由', 'Reason')), h('dd', null, say(indicator.reason))],
    indicator.given_reason && [h('dt', null, t('单位说明', 'Given reason')), h('dd', null, typeof indicator.given_reason === 'string' ? indicator.given_reason : say(indicator.given_reason))],
    [h('dt', null, t('公式', 'Formula')), h('dd', null, h('code', null, indicator.formula))],
    [h('dt', null, t('代入', 'Numbers')), h('dd', null, h('code', null, indicator.substituted), ' = ', points(indicator.unrounded))],
    indicator.reported !== null && [h('dt', null, t('表上自评', 'Given by the form')), h('dd', null, points(indicator.reported))],
    [h('dt', null, t('出处', 'Source')), h('dd', null, source)]);
}

function cardTable(project, card, changed) {
  const rows = [];
  let block = null;
  for (const indicator of card.indicators) {
    if (indicator.block !== block) {
      block = indicator.block;
      const of = (card.blocks || []).find((one) => one.id === block);
      if (of) rows.push(h('tr', {class: 'block'}, h('td', {class: 'name', colspan: 3}, say(of.name)),
        h('td', {class: 'number', 'data-title': t('分值', 'Weight')}, points(of.weight, 0)),
        h('td', {class: 'number', 'data-title': t('得分', 'Points')}, points(of.points)),
        h('td', {class: 'number', 'data-title': t('失分', 'Lost')}, points(of.weight - of.points)), h('td')));
    }
    const detail = h('tr', {hidden: true}, h('td', {colspan: 7}, detailView(indicator)));
    const open = h('button', {class: 'plain', 'aria-expanded': 'false', onclick: () => {
      detail.hidden = !detail.hidden;
      open.setAttribute('aria-expanded', String(!detail.hidden));
    }}, say(indicator.name));
    const actual = h('input', {value: indicator.actual || '', size: 12, 'data-indicator': indicator.id,
      'aria-label': t('实际完成值：', 'result of ') + say(indicator.name),
      onchange: () => { setActual(project, indicator.id, actual.value.trim()); keep(); changed(); }});
    rows.push(h('tr', {class: indicator.lost > 0 ? 'lost' : ''},
      h('td', {class: 'name'}, open), h('td', {'data-title': t('目标', 'Target')}, indicator.target || ''),
      h('td', {'data-title': t('实际', 'Result')}, indicator.id === 'execution' ? h('span', null, actual, h('span', {class: 'soft'}, ' ', t('执行额', 'executed'))) : actual),
      h('td', {class: 'number', 'data-title': t('分值', 'Weight')}, points(indicator.weight, 0)),
      h('td', {class: 'number', 'data-title': t('得分', 'Points')}, indicator.points === null ? '—' : points(indicator.points)),
      h('td', {class: 'number', 'data-title': t('失分', 'Lost')}, indicator.lost ? points(indicator.lost) : ''),
      h('td', {class: 'reason'}, say(indicator.reason))), detail);
    if (indicator.id === 'execution') {
      const money = card.money || {};
      actual.value = money.executed !== null && money.executed !== undefined ? money.executed.toLocaleString('en-US', {maximumFractionDigits: 2}) + '元' : '';
    }
  }
  const title = (zh, en, number) => h('th', {scope: 'col', class: number ? 'number' : ''}, t(zh, en));
  return h('div', {class: 'wide'}, h('table', {class: 'card'},
    h('caption', null, t('点指标名称看公式、数字和出处；改实际完成值，总分随之变化', 'Click an indicator for its formula, numbers and source; change a result and the total follows')),
    h('thead', null, h('tr', null, title('指标', 'Indicator'), title('目标', 'Target'), title('实际', 'Result'),
      title('分值', 'Weight', true), title('得分', 'Points', true), title('失分', 'Lost', true), title('说明', 'Reason'))),
    h('tbody', null, rows)));
}

function rulesSelect(chosen, own, onchange, label) {
  const select = h('select', {'aria-label': label, onchange: () => onchange(select.value)},
    h('option', {value: ''}, own), state.rules.filter((one) => !one.abstract).map((one) =>
      h('option', {value: one.id, selected: one.id === chosen}, say(one.title) + ' (' + one.id + ')')));
  return select;
}

function cardView(project) {
  const place = h('section', null, h('p', {class: 'status'}, t('正在计分…', 'scoring…')));
  const compared = h('section', null);
  const refresh = () => later(place, async () => {
    const told = await scored(project);
    if (!told.answer) return [h('h2', null, t('还不能计分', 'It cannot be scored yet')), findingsView(told.findings)];
    const card = JSON.parse(told.answer.json);
    const before = project.first;
    if (card.scored && project.first === undefined) project.first = card.total;
    return [
      totalView(card, before),
      card.illustrative && h('p', {class: 'soft'}, t('示例数据，不代表真实项目', 'illustrative data, not of a real project')),
      h('p', {class: 'soft'}, t('规则集：', 'Rule set: '), say(card.rules.title) + ' ' + card.rules.version, card.unit ? '；' + card.unit : '', card.year ? '；' + card.year : ''),
      cardTable(project, card, refresh),
      findingsView(told.findings),
    ];
  });
  refresh();
  return [
    h('p', {class: 'no-print'}, t('规则集 ', 'Rules '), rulesSelect(project.rules, t('项目自己写的', "the project's own"), (id) => { project.rules = id; project.first = undefined; keep(); refresh(); }, t('规则集', 'rule set')), ' ',
      t('与另一套比较 ', 'compare with '), rulesSelect('', '—', (id) => later(compared, async () => {
        if (!id) return [];
        const [one, other] = [await scored(project), await scored(project, id)];
        if (!one.answer || !other.answer) return [h('h3', null, t('不能比较', 'They cannot be compared')), other.findings.concat(one.findings).filter((f) => f.severity === 'error').map(findingView)];
        const a = JSON.parse(one.answer.json), b = JSON.parse(other.answer.json);
        return compareView(a, b);
      }), t('比较的规则集', 'rule set to compare with'))),
    place, compared,
  ];
}

function compareView(a, b) {
  const of = new Map(b.indicators.map((one) => [one.id, one]));
  return [h('h3', null, t('两套规则', 'Two rule sets')),
    h('div', {class: 'wide'}, h('table', null,
      h('thead', null, h('tr', null, h('th', null, t('指标', 'Indicator')), h('th', {class: 'number'}, a.rules.id), h('th', {class: 'number'}, b.rules.id), h('th', {class: 'number'}, t('差', 'Difference')))),
      h('tbody', null,
        h('tr', {class: 'block'}, h('td', null, t('总分', 'Total')), h('td', {class: 'number'}, a.scored ? points(a.total) + ' ' + say(a.rating && a.rating.label) : '—'),
          h('td', {class: 'number'}, b.scored ? points(b.total) + ' ' + say(b.rating && b.rating.label) : '—'), h('td', {class: 'number'}, a.scored && b.scored ? signed(b.total - a.total) : '')),
        a.indicators.map((one) => {
          const other = of.get(one.id);
          return h('tr', null, h('td', null, say(one.name)), h('td', {class: 'number'}, points(one.points)), h('td', {class: 'number'}, other ? points(other.points) : '—'),
            h('td', {class: 'number'}, other && one.points !== null && other.points !== null ? signed(other.points - one.points) : ''));
        }))))];
}

function takeAwayView(project) {
  const status = h('p', {class: 'status', role: 'status', 'aria-live': 'polite'});
  const base = (project.name || 'project').replace(/[\\/:*?"<>|\s]+/g, '_');
  const file = (kind) => async () => {
    status.textContent = t('正在写…', 'writing…');
    const told = await ask('file', {files: project.files, rules: project.rules, name: 'form.' + kind, language: state.language});
    if (!told.answer) { status.replaceChildren(...told.findings.map(findingView)); return; }
    download(base + '.' + kind, told.answer);
    status.textContent = base + '.' + kind;
  };
  return [
    h('h2', null, t('填好的表', 'The filled form')),
    h('p', null, h('button', {class: 'main', onclick: file('xlsx')}, 'Excel (.xlsx)'), ' ', h('button', {class: 'main', onclick: file('docx')}, 'Word (.docx)'), ' ', h('button', {onclick: file('html')}, 'HTML')),
    h('h2', null, t('评分报告', 'The report')),
    h('p', null, h('button', {onclick: async () => {
      const told = await ask('score', {files: project.files, rules: project.rules, formats: ['html'], language: state.language});
      if (told.answer) download(base + '-' + t('报告', 'report') + '.html', told.answer.html, 'text/html');
      else status.replaceChildren(...told.findings.map(findingView));
    }}, t('报告 (.html)', 'Report (.html)')), ' ', h('button', {onclick: () => print()}, t('打印', 'Print'))),
    h('h2', null, t('项目文件', 'The project')),
    h('p', null, t('程序 jixiao 能读，这个页面也能再打开：', 'the program reads them, and this page opens them again: '),
      Object.keys(project.files).map((name) => [h('button', {onclick: () => download(name, project.files[name], 'text/plain')}, name), ' '])),
    status,
    h('details', null, h('summary', null, t('改项目文件的文字', 'Change the text of the files')),
      Object.keys(project.files).map((name) => {
        const area = h('textarea', {rows: 18, spellcheck: 'false', 'aria-label': name});
        area.value = project.files[name];
        return [h('h3', null, name), area, h('p', null, h('button', {onclick: () => { project.files[name] = area.value; keep(); draw(); }}, t('用改过的', 'Use it')))];
      })),
  ];
}
