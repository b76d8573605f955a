// node in_chromium.mjs PAGE.html PROGRAM [PICTURES]   the page as people use it, in a real Chromium: forms, answers, results typed, what if,
// tables, what is taken away, both languages, a narrow window, hostile text. Needs playwright-core and Debian's chromium.
import assert from 'node:assert';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';

const [page_file, program, pictures] = process.argv.slice(2).map((one) => path.resolve(one));
const {chromium} = createRequire(process.env.JIXIAO_PLAYWRIGHT + '/')('playwright-core');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'in-chromium-'));
const here = path.dirname(new URL(import.meta.url).pathname);
const sources = path.join(here, '../..');
const put = (name, text) => { fs.writeFileSync(path.join(work, name), text); return path.join(work, name); };
const picture = async (page, name) => { if (pictures) await page.screenshot({path: path.join(pictures, name + '.png'), fullPage: true}); };

const browser = await chromium.launch({executablePath: '/usr/bin/chromium', args: ['--no-sandbox']});
const context = await browser.newContext({viewport: {width: 1366, height: 768}, acceptDownloads: true, locale: 'zh-CN'});
const troubles = [];
async function opened() {
  const page = await context.newPage();
  page.on('pageerror', (error) => troubles.push('error: ' + error.message));
  page.on('dialog', (dialog) => { troubles.push('dialog: ' + dialog.message()); dialog.dismiss(); });
  page.on('request', (request) => { if (!/^(file|blob|data|about):/.test(request.url())) troubles.push('request: ' + request.url()); });
  await page.goto('file://' + page_file);
  await page.waitForFunction(() => document.getElementById('bottom').textContent.includes('jixiao '), null, {timeout: 60000});
  return page;
}
const home = (page) => page.getByRole('button', {name: '绩效 jixiao'}).click();
const tab = (page, name) => page.getByRole('tab', {name}).click();
const total = async (page, wanted) => {
  await page.waitForFunction((text) => document.getElementById('total') && document.getElementById('total').textContent === text, wanted, {timeout: 60000});
};
async function downloaded(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  const file = path.join(work, download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

const steps = {
  async 'the example scores, and a result that is typed moves it'(page) {
    await page.getByText('打开示例').click();
    await total(page, '94.87');
    await picture(page, 'card');
    const trained = page.getByLabel('实际完成值：社区干部培训人数');
    await trained.fill('200人');
    await trained.press('Tab');
    await total(page, '95.30');
    assert.match(await page.textContent('.total'), /\+0\.43/);
    await page.getByRole('button', {name: '社区干部培训人数'}).click();
    assert.ok(await page.getByText('公式').first().isVisible());
  },
  async 'another rule set beside it'(page) {
    await page.getByLabel('比较的规则集').selectOption('beijing-unit');
    await page.getByText('两套规则').waitFor({timeout: 60000});
    await page.getByLabel('比较的规则集').selectOption('');
  },
  async 'a lever moves the total as the program does'(page) {
    await tab(page, '如果');
    const lever = page.getByLabel('每人每天培训标准', {exact: false}).or(page.locator('.lever input')).first();
    await lever.waitFor({timeout: 60000});
    await lever.focus();
    await page.keyboard.press('Home');
    await page.locator('.columns .total b').waitFor({timeout: 60000});
    await picture(page, 'what-if');
  },
  async 'ratings have their chances, and the page does not stand still'(page) {
    await page.getByRole('button', {name: /各等级有多大可能/}).click();
    await tab(page, '得分');
    await tab(page, '如果');
    await page.getByRole('button', {name: /各等级有多大可能/}).click();
    await page.frameLocator('iframe[title="各等级的概率"]').locator('body').waitFor({timeout: 120000});
  },
  async 'what is taken away opens again and is what the program writes'(page) {
    await tab(page, '取走');
    const xlsx = await downloaded(page, () => page.getByRole('button', {name: 'Excel (.xlsx)'}).click());
    const project = await downloaded(page, () => page.getByRole('button', {name: 'project.toml'}).click());
    const results = await downloaded(page, () => page.getByRole('button', {name: 'results.toml'}).click());
    fs.mkdirSync(path.join(work, 'again'), {recursive: true});
    fs.copyFileSync(project, path.join(work, 'again/project.toml'));
    fs.copyFileSync(results, path.join(work, 'again/results.toml'));
    const card = JSON.parse(execFileSync(program, ['score', path.join(work, 'again'), '--format', 'json']));
    assert.equal(card.total, 95.3);
    assert.ok(fs.statSync(xlsx).size > 5000);
    await home(page);
    await page.setInputFiles('#files', [path.join(work, 'again/project.toml'), path.join(work, 'again/results.toml')]);
    await total(page, '95.30');
  },
  async 'a form is read, its questions are answered, and it scores'(page) {
    const form = put('乡镇培训.csv', ['项目支出绩效自评表,,,,,,,', '（2023年度）,,,,,,,', '项目名称,乡镇培训（示例）,,,主管部门,某区民政局,,',
      '项目资金（万元）,,年初预算数,全年预算数,全年执行数,分值,执行率,得分', '年度资金总额,,20,18,17.1,10,95%,9.5',
      '一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因', '产出指标,数量指标,培训人数,200人,186人,30,27.9,',
      '产出指标,质量指标,考核合格率,≥95%,97%,20,20,', '效益指标,社会效益指标,持证率,≥60%,57%,30,28.5,',
      '满意度指标,服务对象满意度指标,学员满意度,≥90%,93%,10,10,', '总分,,,,,100,95.9,'].join('\n') + '\n');
    await home(page);
    await page.setInputFiles('#files', form);
    await page.locator('.question').first().waitFor({timeout: 60000});
    await picture(page, 'read');
    while (await page.locator('.question').count() > 0) {
      const count = await page.locator('.question').count();
      const question = page.locator('.question').first();
      if (await question.locator('input').inputValue() === '') await question.locator('input').fill('2023');
      await question.getByRole('button').click();
      await page.waitForFunction((n) => document.querySelectorAll('.question').length < n, count);
    }
    await tab(page, '得分');
    await total(page, '95.90');
  },
  async 'a table of many projects is ranked, searched and saved'(page) {
    const rows = ['project,adjusted,executed'];
    for (let i = 0; i < 1500; ++i) rows.push(`项目${i},1000,${1000 - i % 300}`);
    rows.push('坏项目,1000,abc');
    const example = path.join(sources, 'tests/page/many.csv');
    const table = fs.existsSync(example) ? example : put('many.csv', rows.join('\n') + '\n');
    await home(page);
    await page.setInputFiles('#files', table);
    if (!(await page.getByLabel('规则集', {exact: true}).isVisible())) await page.getByRole('button', {name: path.basename(table)}).click();
    await page.getByLabel('规则集', {exact: true}).selectOption('cn-mof-2021-101-no-cost');
    await page.getByText('项目组合').first().waitFor({timeout: 60000});
    await page.getByLabel('查找').first().fill('项目12');
    await picture(page, 'many');
  },
  async 'what is no form says so'(page) {
    await home(page);
    await page.setInputFiles('#files', [put('broken.xlsx', 'PK\u0003\u0004 not a workbook'), put('letter.txt', '通知\n请各单位按时报送。\n')]);
    await page.locator('.finding.error').first().waitFor({timeout: 60000});
  },
  async 'text of a form is never markup'(page) {
    const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    const form = put('evil.csv', ['项目支出绩效自评表,,,,,', '（2023年度）,,,,,', `项目名称,"${evil}",,,,`, '一级指标,三级指标,年度指标值,实际完成值,分值,得分',
      `产出指标,"培训${evil}",≥200人,186人,100,93`].join('\n') + '\n');
    await page.setInputFiles('#files', form);
    await page.locator('[role=tab]').first().waitFor({timeout: 60000});
    for (const name of ['得分', '如果', '取走']) { await tab(page, name); await page.waitForTimeout(1500); }
    assert.equal(await page.locator('main img').count(), 0);
    assert.equal(await page.locator('main script').count(), 0);
  },
  async 'nothing is lost when the page is closed, and all goes when asked'(page) {
    await page.close();
    const again = await opened();
    await again.getByText('乡镇培训（示例）').first().waitFor({timeout: 60000});
    await again.getByRole('button', {name: 'English'}).click();
    await again.getByText('Drop forms here').waitFor();
    await again.setViewportSize({width: 390, height: 844});
    await again.getByRole('button', {name: '社区建设管理工作经费'}).first().click();
    await again.locator('#total').waitFor({timeout: 60000});
    assert.ok(await again.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than a phone');
    await picture(again, 'phone-en');
    again.removeAllListeners('dialog');
    again.on('dialog', (dialog) => dialog.accept());
    await again.getByRole('button', {name: 'Delete all'}).click();
    await again.reload();
    await again.waitForFunction(() => document.getElementById('bottom').textContent.includes('jixiao '), null, {timeout: 60000});
    assert.equal(await again.getByText('乡镇培训（示例）').count(), 0);
  },
};

let failed = 0;
const page = await opened();
for (const [name, step] of Object.entries(steps)) {
  const began = Date.now();
  try {
    await step(page);
    console.log(`ok   ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    ++failed;
    console.log(`FAIL ${name}: ${String(error.message).split('\n').slice(0, 4).join(' ')}`);
    if (pictures && !page.isClosed()) await picture(page, 'failed-' + failed);
  }
}
await browser.close();
fs.rmSync(work, {recursive: true, force: true});
for (const trouble of troubles) console.log('FAIL ' + trouble);
process.exit(failed + troubles.length === 0 ? 0 : 1);
