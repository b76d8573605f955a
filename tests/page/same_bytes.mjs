// node same_bytes.mjs PROGRAM ENGINE_FOLDER SOURCES   the page's engine against the program: every project and form of the tree, the same
// bytes of every format in both languages.
import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';

const [program, engine_folder, sources] = process.argv.slice(2).map((one) => path.resolve(one));
const require = createRequire(import.meta.url);
const make = require(path.join(engine_folder, 'engine.js'));
const {engineCalls} = require(path.join(sources, 'engine/doors/web/page/engine_calls.js'));
const calls = engineCalls(await make({wasmBinary: fs.readFileSync(path.join(engine_folder, 'engine.wasm')), printErr: () => {}}));

const all = (folder) => fs.readdirSync(folder, {withFileTypes: true}).flatMap((one) =>
  one.isDirectory() ? all(path.join(folder, one.name)) : [path.join(folder, one.name)]);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'same-bytes-'));
// Alone in a folder the program has no rule sets but those inside it, as the page.
fs.copyFileSync(program, path.join(work, 'jixiao'));
fs.chmodSync(path.join(work, 'jixiao'), 0o755);
const ran = (...words) => spawnSync(path.join(work, 'jixiao'), words, {cwd: work, encoding: 'utf8', maxBuffer: 1 << 28,
                                                     env: {PATH: process.env.PATH, COLUMNS: '100'}});

let compared = 0;
const differ = [];
function same(what, page, native) {
  ++compared;
  if (page === native) return;
  let at = 0;
  while (at < Math.min(page.length, native.length) && page[at] === native[at]) ++at;
  differ.push(`${what}: at ${at}: page ${JSON.stringify(page.slice(at, at + 60))}, program ${JSON.stringify(native.slice(at, at + 60))}`);
}

const texts = (folder) => Object.fromEntries(fs.readdirSync(folder).filter((name) => /\.(toml|csv)$/.test(name))
  .map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
const folders = ['scenarios', 'tests'].flatMap((top) => all(path.join(sources, top)))
  .filter((file) => path.basename(file) === 'project.toml').map((file) => path.dirname(file));
for (const folder of folders) {
  const files = texts(folder);
  fs.rmSync(path.join(work, 'project'), {recursive: true, force: true});
  fs.mkdirSync(path.join(work, 'project'));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(work, 'project', name), text);
  for (const language of ['zh', 'en']) {
    for (const format of ['json', 'html', 'text', 'csv', 'md']) {
      const native = ran('score', 'project', '--format', format, '--lang', language);
      const page = calls.score({files, formats: [format === 'md' ? 'markdown' : format], language});
      const text = page.answer ? page.answer[format === 'md' ? 'markdown' : format] : '';
      same(`${path.relative(sources, folder)} ${format} ${language}`, text, native.stdout);
    }
  }
}
const forms = process.env.JIXIAO_FORMS ? all(process.env.JIXIAO_FORMS).filter((file) => /\.(xlsx|docx|csv|html|md)$/.test(file)) : [];
for (const file of forms) {
  const name = path.basename(file), bytes = fs.readFileSync(file);
  fs.rmSync(path.join(work, 'project'), {recursive: true, force: true});
  fs.mkdirSync(path.join(work, 'project'));
  fs.writeFileSync(path.join(work, 'project', name), bytes);
  const audit = calls.audit({files: {[name]: bytes}, format: 'json', language: 'zh'});
  same(`${name} audit`, audit.answer || '', ran('audit', 'project/' + name, '--format', 'json', '--lang', 'zh').stdout);
  ran('import', 'project/' + name, '-o', 'out', '--lang', 'zh');
  const several = fs.existsSync(path.join(work, 'out/1'));
  for (let form = 1; form === 1 || (several && fs.existsSync(path.join(work, 'out', String(form)))); ++form) {
    const page = calls.importForm({name, bytes, form, language: 'zh'});
    for (const kind of ['project', 'results']) {
      const written = path.join(work, 'out', several ? String(form) : '', kind + '.toml');
      same(`${name} ${form} ${kind}`, page.answer ? page.answer[kind] || '' : '', fs.existsSync(written) ? fs.readFileSync(written, 'utf8') : '');
    }
  }
  fs.rmSync(path.join(work, 'out'), {recursive: true, force: true});
}
fs.rmSync(work, {recursive: true, force: true});
console.log(`${folders.length} projects, ${forms.length} forms, ${compared} outputs compared, ${differ.length} differ`);
for (const one of differ.slice(0, 40)) console.log('  ' + one);
process.exit(compared > 0 && differ.length === 0 ? 0 : 1);
