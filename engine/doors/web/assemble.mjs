// node assemble.mjs ENGINE_FOLDER PAGE.html   puts the engine, the page's scripts and the example into one file.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import {fileURLToPath} from 'node:url';

const [engine, out] = process.argv.slice(2);
const here = path.dirname(fileURLToPath(import.meta.url));
const read = (...names) => fs.readFileSync(path.join(here, ...names), 'utf8');
// Text inside a <script> element ends at its end tag, wherever that stands.
const inScript = (text) => text.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');

const scripts = ['view', 'worker_link', 'project_files', 'open_view', 'project_view', 'what_if_view', 'many_view', 'main'];
const page = '"use strict";\n(() => {\n' + scripts.map((name) => read('page', name + '.js')).join('\n') + '\n})();';
const worker = [fs.readFileSync(path.join(engine, 'engine.js'), 'utf8'), read('page', 'engine_calls.js'), read('page', 'engine_worker.js')].join('\n');
const wasm = zlib.gzipSync(fs.readFileSync(path.join(engine, 'engine.wasm')), {level: 9}).toString('base64');
const example = {};
const folder = path.join(here, '../../../scenarios/chenggong-2020');
for (const name of fs.readdirSync(folder).sort()) {
  if (name.endsWith('.toml')) example[name] = fs.readFileSync(path.join(folder, name), 'utf8');
}
const parts = {'page.css': read('page', 'page.css'), engine: wasm, worker: inScript(worker), page: inScript(page),
               example: JSON.stringify(example).replace(/</g, '\\u003c')};
const html = read('page', 'page.html').replace(/@([a-z.]+)@/g, (whole, name) => parts[name] ?? whole);
fs.writeFileSync(out, html);
