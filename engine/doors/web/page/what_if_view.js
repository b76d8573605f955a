// What if: each number that may move, beside the plan, with the engine's exact attribution.
const tornado = (inputs) => 'schema = "jixiao/study/1"\nkind = "tornado"\n' + inputs;

// Levers: the inputs with a declared range, else the results as they stand.
async function leversOf(project) {
  const files = {...project.files, 'page-tornado.toml': tornado('inputs = ["*"]\n')};
  const told = await ask('study', {files, rules: project.rules, study: 'page-tornado', format: 'json', language: state.language});
  if (!told.answer) return {levers: [], findings: told.findings};
  const report = JSON.parse(told.answer);
  const bars = new Map((report.answer.bars || []).map((bar) => [bar.input, bar]));
  return {findings: [], baseline: report, levers: report.inputs.filter((input) => bars.has(input.name)).map((input) => {
    const bar = bars.get(input.name);
    return {name: input.name, label: say(input.label), unit: input.unit, nominal: input.nominal, shown: input.nominal_shown,
            low: bar.low.value, high: bar.high.value, date: /^\d{4}-/.test(input.nominal_shown || ''), spread: bar.highest - bar.lowest};
  })};
}

// Once the hand rests: keys and mouse move a lever faster than anybody reads a comparison.
let waiting = 0;
function soon(what) {
  clearTimeout(waiting);
  waiting = setTimeout(what, 150);
}

// The number as a simulation takes it.
function typed(lever, x) {
  if (lever.date) return new Date(Math.round(x) * 86400000).toISOString().slice(0, 10);
  return String(Number(x.toPrecision(12))) + (lever.unit || '');
}

function leverView(lever, moved, changed) {
  const step = lever.date || (Number.isInteger(lever.low) && Number.isInteger(lever.high) && lever.high - lever.low >= 20) ? 1 : (lever.high - lever.low) / 200;
  const shown = h('output', null, moved.has(lever.name) ? typed(lever, moved.get(lever.name)) : lever.shown);
  const range = h('input', {type: 'range', min: lever.low, max: lever.high, step, 'aria-label': lever.label,
    oninput: () => { shown.textContent = typed(lever, Number(range.value)); },
    onchange: () => { moved.set(lever.name, Number(range.value)); soon(changed); }});
  range.value = moved.has(lever.name) ? moved.get(lever.name) : lever.nominal;
  return h('div', {class: 'lever'}, h('span', null, lever.label), shown, range);
}

// Kinds of numbers, those that a plan decides first.
const kinds = [['drivers', '动因', 'Drivers'], ['results', '实际完成值', 'Results'], ['money', '资金', 'Money'], ['items', '支出项', 'Items'],
               ['targets', '目标', 'Targets'], ['weights', '权重', 'Weights']];
function kindOf(name) {
  const kind = kinds.find(([word]) => name.startsWith(word + '.'));
  return kind ? t(kind[1], kind[2]) : t('其他', 'Others');
}
const order = (shown) => kinds.findIndex(([, zh, en]) => shown === zh || shown === en);

function whatIfView(project) {
  const moved = new Map();
  const outcome = h('section', null);
  const levers_place = h('section', null, h('p', {class: 'status'}, t('正在找可以变动的量…', 'looking for what may move…')));
  const refresh = () => later(outcome, async () => {
    if (moved.size === 0) return [h('p', {class: 'soft'}, t('拖动左边的量，看总分怎样变。', 'Move a number, and see what becomes of the total.'))];
    const set = [...moved].map(([name, x]) => name + '=' + typed(project.levers.find((one) => one.name === name), x));
    const told = await ask('simulate', {files: project.files, rules: project.rules, set, format: 'json', language: state.language});
    if (!told.answer) return told.findings.map(findingView);
    const columns = JSON.parse(told.answer).columns;
    const html = await ask('simulate', {files: project.files, rules: project.rules, set, format: 'html', language: state.language});
    const now = columns[columns.length - 1];
    return [
      h('div', {class: 'total', role: 'status', 'aria-live': 'polite'}, h('b', null, now.scored ? points(now.total, now.digits) : '—'), h('span', {class: 'rating'}, say(now.rating_label)),
        now.change ? h('span', {class: 'change ' + (now.change > 0 ? 'up' : 'down')}, signed(now.change, now.digits)) : null),
      html.answer && reportView(html.answer, t('情景比较', 'comparison')),
      findingsView(told.findings),
    ];
  });
  const drawLevers = () => later(levers_place, async () => {
    const {levers, findings} = await leversOf(project);
    project.levers = levers;
    if (levers.length === 0) return [h('p', null, t('没有可以变动的量。', 'Nothing can move.')), findings.map(findingView)];
    levers.sort((a, b) => b.spread - a.spread);
    const kinds = [...new Set(levers.map((lever) => kindOf(lever.name)))].sort((a, b) => order(a) - order(b));
    return [h('h2', null, t('变动', 'Move')), kinds.map((kind, i) => h('details', {open: i === 0}, h('summary', null, kind),
        levers.filter((lever) => kindOf(lever.name) === kind).map((lever) => leverView(lever, moved, refresh)))),
      h('p', null, h('button', {onclick: () => { moved.clear(); drawLevers(); refresh(); }}, t('都放回去', 'Put all back')))];
  });
  const next = h('section', null);
  later(next, async () => {
    const told = await ask('next', {files: project.files, rules: project.rules, format: 'html', language: state.language});
    return told.answer ? [h('h2', null, t('怎样到上一等级', 'What reaches the next rating')), reportView(told.answer, t('上一等级', 'next rating'))] : [];
  });
  drawLevers();
  refresh();
  return [h('div', {class: 'columns'}, levers_place, outcome), chanceView(project), next];
}

// How likely each rating is: every result drawn alike within its declared range.
function chanceView(project) {
  const outcome = h('section', null), stop = h('button', {hidden: true}, t('停下', 'Stop'));
  const bar = h('progress', {hidden: true, 'aria-label': t('正在抽样', 'drawing')});
  const run = h('button', {onclick: async () => {
    bar.hidden = stop.hidden = false;
    run.disabled = true;
    const files = {...project.files, 'page-chance.toml': 'schema = "jixiao/study/1"\nkind = "monte-carlo"\nsamples = 100000\ninputs = ["*"]\n'};
    try {
      const told = await ask('study', {files, rules: project.rules, study: 'page-chance', format: 'html', language: state.language});
      outcome.replaceChildren(...(told.answer ? [reportView(told.answer, t('各等级的概率', 'chance of each rating'))] : told.findings.map(findingView)));
    } catch (error) {
      outcome.replaceChildren(h('p', {class: 'soft'}, t('停下了。', 'stopped.')));
    }
    bar.hidden = stop.hidden = true;
    run.disabled = false;
  }}, t('各等级有多大可能（抽 10 万次）', 'How likely is each rating (100,000 draws)'));
  stop.addEventListener('click', () => giveUp('stopped'));
  return h('section', null, h('h2', null, t('概率', 'Chance')), h('p', {class: 'soft'}, t('每个声明了范围的量在其范围内同样可能。', 'Each number with a declared range is equally likely anywhere in it.')), h('p', null, run, ' ', bar, ' ', stop), outcome);
}
