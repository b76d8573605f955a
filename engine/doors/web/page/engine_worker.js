'use strict';
// In the page's worker: calls come as {id, call, options}, answers go as {id, answer, findings} or
// {id, failure}. The first message brings the engine itself.
let calls = null;
onmessage = async ({data}) => {
  try {
    if (data.wasm) {
      const engine = await jixiaoEngine({wasmBinary: data.wasm, print: () => {}, printErr: () => {}});
      calls = engineCalls(engine);
      postMessage({id: data.id, answer: calls.version()});
      return;
    }
    const told = calls[data.call](data.options || {});
    postMessage({id: data.id, ...told});
  } catch (error) {
    postMessage({id: data.id, failure: String(error && error.message || error)});
  }
};
