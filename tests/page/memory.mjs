// node memory.mjs ENGINE_FOLDER SOURCES FORMS   reads, scores and files forms over and over: the engine's memory stays what it was.
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';

const [engine_folder, sources, folder] = process.argv.slice(2).map((one) => path.resolve(one));
const require = createRequire(import.meta.url);
const engine = await require(path.join(engine_folder, 'engine.js'))(
  {wasmBinary: fs.readFileSync(path.join(engine_folder, 'engine.wasm')), printErr: () => {}});
const {engineCalls} = require(path.join(sources, 'engine/doors/web/page/engine_calls.js'));
const calls = engineCalls(engine);
const forms = fs.readdirSync(folder).filter((name) => /\.(xlsx|docx|csv)$/.test(name));
let done = 0, first = 0;
for (let turn = 0; done < 220; ++turn) {
  const name = forms[turn % forms.length];
  const told = calls.importForm({name, bytes: fs.readFileSync(path.join(folder, name)), language: 'zh'});
  ++done;
  if (told.answer) {
    const files = {'project.toml': told.answer.project, 'results.toml': told.answer.results || 'schema = "jixiao/results/1"\n'};
    calls.score({files, formats: ['json', 'html'], language: 'zh'});
    calls.file({files, name: 'form.xlsx', language: 'zh'});
  }
  if (done === 20) first = engine._malloc(1) && engine.HEAPU8.length;
}
const last = engine.HEAPU8.length;
console.log(`${done} forms: ${(first / 2 ** 20).toFixed(0)} MB after 20, ${(last / 2 ** 20).toFixed(0)} MB at the end`);
process.exit(last <= first + 8 * 2 ** 20 ? 0 : 1);
