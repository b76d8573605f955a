// Making elements, words in two languages, and waiting.
const state = {language: 'zh', projects: [], current: null, tab: 'read', tables: [], busy: ''};

// h('p', {class: 'soft', onclick: f}, 'text', element, ...): text is always text, never markup.
function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  for (const child of children.flat(9)) {
    if (child !== null && child !== undefined && child !== false)
      element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

const t = (zh, en) => state.language === 'zh' ? zh : en;
const say = (text) => !text ? '' : state.language === 'zh' ? text.zh : text.en;

// Decimals as decided: at least those of `digits`, no more than needed up to four.
function points(x, digits = 2) {
  if (x === null || x === undefined || Number.isNaN(x)) return '—';
  return x.toLocaleString('en-US', {minimumFractionDigits: digits, maximumFractionDigits: Math.max(4, digits)});
}
function signed(x, digits = 2) {
  return (x > 0 ? '+' : x < 0 ? '−' : '±') + points(Math.abs(x), digits);
}

function findingView(finding) {
  const severity = {error: t('错误', 'error'), warning: t('提醒', 'warning'), note: t('说明', 'note')}[finding.severity];
  return h('div', {class: 'finding ' + finding.severity},
    h('div', null, h('strong', null, severity + '：'), say(finding.message)),
    say(finding.help) && h('div', {class: 'help'}, t('改法：', 'What to do: '), say(finding.help)),
    finding.source && h('div', {class: 'soft'}, h('code', null, finding.source.trim())));
}

// Findings: errors at once, the others behind a line that counts them.
function findingsView(findings) {
  const errors = findings.filter((one) => one.severity === 'error');
  const others = findings.filter((one) => one.severity === 'warning');
  const rest = errors.splice(8);
  return [
    errors.map(findingView),
    rest.length > 0 && h('details', null, h('summary', null, t(`还有 ${rest.length} 处错误`, `${rest.length} more errors`)), rest.slice(0, 200).map(findingView)),
    others.length > 0 && h('details', null, h('summary', null, t(`${others.length} 处提醒`, `${others.length} warnings`)), others.slice(0, 200).map(findingView)),
  ];
}

// A report of the engine: its own page, shown in a frame where no script runs.
function reportView(html, title) {
  const frame = h('iframe', {sandbox: 'allow-same-origin', title, srcdoc: html});
  frame.addEventListener('load', () => {
    try {
      frame.style.height = Math.min(frame.contentDocument.documentElement.scrollHeight + 8, 6000) + 'px';
    } catch (error) {
      frame.style.height = '80vh';
    }
  });
  return frame;
}

function download(name, content, type) {
  const url = URL.createObjectURL(new Blob([content], {type: type || 'application/octet-stream'}));
  const link = h('a', {href: url, download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
