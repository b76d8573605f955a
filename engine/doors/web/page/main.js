// The page as a whole.
const tabs = [['read', '读到了什么', 'What was read', readView], ['card', '得分', 'Scorecard', cardView],
              ['if', '如果', 'What if', whatIfView], ['take', '取走', 'Take away', takeAwayView]];

function topView() {
  return [
    h('h1', null, h('button', {class: 'plain', onclick: () => { state.current = null; state.table = null; draw(); }}, '绩效 jixiao')),
    h('span', {class: 'soft'}, t('数据不离开这台电脑', 'nothing leaves this computer')),
    h('span', {class: 'gap'}),
    h('button', {class: 'plain', lang: state.language === 'zh' ? 'en' : 'zh', onclick: () => { state.language = state.language === 'zh' ? 'en' : 'zh'; keep(); draw(); }}, state.language === 'zh' ? 'English' : '中文'),
    state.projects.length > 0 && h('button', {class: 'plain', onclick: () => {
      if (confirm(t('关闭所有项目，并删去这个浏览器里存的？', 'Close all projects and delete what this browser keeps?'))) { forget(); draw(); }
    }}, t('全部清除', 'Delete all')),
  ];
}

function projectView(project) {
  const tab = tabs.find(([id]) => id === state.tab) || tabs[1];
  return [
    h('h2', null, project.name),
    h('nav', {class: 'tabs', role: 'tablist'}, tabs.map(([id, zh, en]) => h('button', {role: 'tab', id: 'tab-' + id, 'aria-selected': String(id === tab[0]), onclick: () => { state.tab = id; draw(); document.getElementById('tab-' + id).focus(); }},
      t(zh, en), id === 'read' && questionsOf(project).length > 0 ? ` (${questionsOf(project).length})` : ''))),
    h('div', {role: 'tabpanel', 'aria-labelledby': 'tab-' + tab[0]}, tab[3](project)),
  ];
}

function draw() {
  document.documentElement.lang = state.language === 'zh' ? 'zh-CN' : 'en';
  const fill = (id, made) => document.getElementById(id).replaceChildren(...[made].flat(9).filter(Boolean));
  fill('top', topView());
  fill('main', state.current ? projectView(state.current) : state.table ? manyView(state.table) : openView());
  fill('bottom', [h('p', null, state.version, ' · ', t('打开的项目存在这个浏览器里，“全部清除”即删去。', 'Open projects are kept in this browser; "Delete all" removes them.'))]);
}

async function begin() {
  takeUp();
  state.rules = [];
  draw();
  try {
    const version = await start();
    state.version = version.answer;
    const told = await ask('rules', {});
    state.rules = JSON.parse(told.answer);
  } catch (error) {
    document.getElementById('main').replaceChildren(findingView(fault(t('引擎没有启动：请用 2021 年 5 月以后的 Chrome 或 Edge（91 版起）。', 'The engine did not start: use Chrome or Edge of May 2021 (version 91) or later. ') + ' ' + error.message)));
    return;
  }
  draw();
}

addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', async (event) => {
  if (event.defaultPrevented) return;
  event.preventDefault();
  state.current = state.table = null;
  openFiles(await filesOf(event.dataTransfer));
});
begin();
